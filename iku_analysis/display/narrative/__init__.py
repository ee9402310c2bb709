"""All sentences around the figures: `describe_*(frame, ...) -> Markdown`."""

from iku_analysis.display.narrative.choosing import describe_choice
from iku_analysis.display.narrative.differences import describe_differences, describe_rewritten
from iku_analysis.display.narrative.letter import describe_known, describe_letter, describe_requests
from iku_analysis.display.narrative.method import describe_method
from iku_analysis.display.narrative.money import describe_budget, describe_untied
from iku_analysis.display.narrative.months import (
    describe_month_changes,
    describe_months,
    describe_months_outlook,
    describe_season,
)
from iku_analysis.display.narrative.outlook import (
    describe_backlog,
    describe_outlook,
    describe_ranges,
)
from iku_analysis.display.narrative.pages import (
    describe_account,
    describe_meaning,
    describe_result_of,
    describe_unjudged,
    head_of_indicator,
    numerals_of_indicator,
)
from iku_analysis.display.narrative.papers import (
    describe_flips,
    describe_gaps,
    describe_next_steps,
    describe_note,
    describe_paper,
    describe_plan,
    describe_plan_method,
    describe_promise,
    describe_shares,
    find_parties,
    plan_sentence,
)
from iku_analysis.display.narrative.reading import describe_reading
from iku_analysis.display.narrative.registers import (
    describe_audit,
    describe_coverage_ahead,
    describe_holders,
    describe_register,
    describe_registers,
    head_of_register,
)
from iku_analysis.display.narrative.summary import (
    columns_of_year,
    describe_untargeted,
    describe_verdict,
    numerals_of_year,
)
from iku_analysis.display.narrative.trend import (
    describe_context,
    describe_contributions,
    describe_coverage,
    describe_growth,
    describe_items,
    describe_quarters,
)
from iku_analysis.display.narrative.year import (
    describe_indicator,
    describe_result,
    describe_source,
)

__all__ = [
    "columns_of_year",
    "describe_account",
    "describe_audit",
    "describe_backlog",
    "describe_budget",
    "describe_choice",
    "describe_context",
    "describe_contributions",
    "describe_coverage",
    "describe_coverage_ahead",
    "describe_differences",
    "describe_flips",
    "describe_gaps",
    "describe_growth",
    "describe_holders",
    "describe_indicator",
    "describe_items",
    "describe_known",
    "describe_letter",
    "describe_meaning",
    "describe_method",
    "describe_month_changes",
    "describe_months",
    "describe_months_outlook",
    "describe_next_steps",
    "describe_note",
    "describe_outlook",
    "describe_paper",
    "describe_plan",
    "describe_plan_method",
    "describe_promise",
    "describe_quarters",
    "describe_ranges",
    "describe_reading",
    "describe_register",
    "describe_registers",
    "describe_requests",
    "describe_result",
    "describe_result_of",
    "describe_rewritten",
    "describe_season",
    "describe_shares",
    "describe_source",
    "describe_unjudged",
    "describe_untargeted",
    "describe_untied",
    "describe_verdict",
    "find_parties",
    "head_of_indicator",
    "head_of_register",
    "numerals_of_indicator",
    "numerals_of_year",
    "plan_sentence",
]
