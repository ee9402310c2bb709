"""All tables a planner reads: `table_*(frame, ...) -> Table`."""

from iku_analysis.display.tables.differences import table_differences
from iku_analysis.display.tables.evaluation import (
    table_actions,
    table_evaluation,
    table_promises,
    table_quarters,
    table_scales,
    table_shares,
)
from iku_analysis.display.tables.forms import table_e81, table_e81_foot, table_tc23, table_tc29, table_tc30
from iku_analysis.display.tables.papers import (
    table_agreement,
    table_agreement_budget,
    table_budget,
    table_efficiency,
    table_open,
    table_plan,
    table_plan_quarters,
)
from iku_analysis.display.tables.registers import (
    table_audit,
    table_definitions,
    table_records,
    table_register_checks,
    table_waits,
)
from iku_analysis.display.tables.report import table_history, table_summary
from iku_analysis.display.tables.trend import (
    table_contributions,
    table_month_changes,
    table_parts,
    table_required_growth,
    table_shortfalls,
    table_within_year,
)
from iku_analysis.display.tables.year import (
    table_achievements,
    table_context,
    table_decree,
    table_indicator,
    table_missing,
    table_realisations,
    table_result,
    table_targets,
    table_unscored,
)

__all__ = [
    "table_achievements",
    "table_actions",
    "table_agreement",
    "table_agreement_budget",
    "table_audit",
    "table_budget",
    "table_context",
    "table_contributions",
    "table_decree",
    "table_definitions",
    "table_differences",
    "table_e81",
    "table_e81_foot",
    "table_efficiency",
    "table_evaluation",
    "table_history",
    "table_indicator",
    "table_missing",
    "table_month_changes",
    "table_open",
    "table_parts",
    "table_plan",
    "table_plan_quarters",
    "table_promises",
    "table_quarters",
    "table_realisations",
    "table_records",
    "table_register_checks",
    "table_required_growth",
    "table_result",
    "table_scales",
    "table_shares",
    "table_shortfalls",
    "table_summary",
    "table_targets",
    "table_tc23",
    "table_tc29",
    "table_tc30",
    "table_unscored",
    "table_waits",
    "table_within_year",
]
