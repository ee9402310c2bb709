"""All tables a planner reads: `table_*(frame, ...) -> Styler`."""

from iku_analysis.display.tables.moves import table_moves
from iku_analysis.display.tables.trend import (
    table_changes,
    table_contributions,
    table_parts,
    table_required_growth,
    table_shortfalls,
    table_within_year,
)
from iku_analysis.display.tables.year import (
    table_achievements,
    table_context,
    table_decree,
    table_history,
    table_indicator,
    table_inputs,
    table_missing,
    table_realisations,
    table_result,
    table_targets,
    table_unscored,
)

__all__ = [
    "table_achievements",
    "table_changes",
    "table_context",
    "table_contributions",
    "table_decree",
    "table_history",
    "table_indicator",
    "table_inputs",
    "table_missing",
    "table_moves",
    "table_parts",
    "table_realisations",
    "table_required_growth",
    "table_result",
    "table_shortfalls",
    "table_targets",
    "table_unscored",
    "table_within_year",
]
