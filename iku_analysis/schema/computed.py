"""The frames that are computed from those read."""

import pandera.pandas as pa

from iku_analysis.schema.columns import (
    AGENCY_NUMBERS,
    AREA,
    BREAKDOWN,
    DECREE,
    INDICATOR_ID,
    MOVES,
    MOVING_NUMBERS,
    MOVING_WORDS,
    PERIOD,
    SCORED_BASES,
    STATES,
    STATUSES,
    VERDICTS,
    YEAR_OR_QUARTER,
    frame,
    number,
    one_of,
    text,
    year,
)

FIGURES = frame(
    "figures",
    ["indicator_id", "basis", "area", "breakdown", "period"],
    "Realisations rolled up: months to quarters to years, areas to the province; only complete wholes",
    {
        "indicator_id": INDICATOR_ID,
        "basis": one_of(SCORED_BASES, "what kind of figure"),
        "area": AREA,
        "breakdown": BREAKDOWN,
        "period": text("2021, 2021-Q3 or 2021-08", checks=pa.Check.str_matches(PERIOD)),
        "year": year("year of the period"),
        "grain": one_of(["month", "quarter", "semester", "year"], "length of the period"),
        "value": number("value, in the unit of the indicator", nullable=True),
        "numerator": number("numerator of a percentage, as a count", nullable=True),
        "denominator": number("denominator of a percentage, as a count", nullable=True),
        "status": one_of(STATUSES, "provisional if any part is"),
        "derived": pa.Column(bool, description="true if computed from parts, false if a file states it"),
    },
)

ACHIEVEMENTS = frame(
    "achievements",
    ["indicator_id", "year"],
    "Realisation against target, one row an indicator and year",
    {
        "indicator_id": INDICATOR_ID,
        "number": pa.Column(int, description="number in the annex"),
        "label": text("short name, in the language in use"),
        "unit": text("unit, word for word"),
        "year": year("year judged"),
        "period": text(
            "the year, or 2021-Q3: the year to the end of that quarter", checks=pa.Check.str_matches(YEAR_OR_QUARTER)
        ),
        "decree": DECREE,
        "target": number("target, in the unit; of a range its lower end", nullable=True),
        "target_high": number("upper end of a range", nullable=True),
        "sign": one_of(["", "<", ">"], "bound that the target itself does not meet", nullable=True),
        "realisation": number("realisation of the whole year and province, in the unit", nullable=True),
        "gap": number("realisation - target, in the unit (percentage points for a percentage)", nullable=True),
        "achievement_pct": number("achievement in per cent, 100 = target met; not capped", nullable=True),
        "rating": text("class of the achievement, from policy.toml", nullable=True),
        "state": one_of(STATES, "result in one word"),
        "reason": text("why something could not be computed, in the language in use"),
        "caution": text("what to check before signing, in the language in use"),
        "basis": one_of(SCORED_BASES, "what kind of figure", nullable=True),
        "status": one_of(STATUSES, "final or provisional", nullable=True),
    },
)

TRENDS = frame(
    "trends",
    ["indicator_id", "year"],
    "Movement up to each year, within one definition",
    {
        "indicator_id": INDICATOR_ID,
        "number": pa.Column(int, description="number in the annex"),
        "label": text("short name, in the language in use"),
        "unit": text("unit, word for word"),
        "year": year("year judged"),
        "realisation": number("realisation, in the unit", nullable=True),
        "previous": number("realisation of the year before, in the unit", nullable=True),
        "change": number("realisation - previous, in the unit", nullable=True),
        "change_pct": number("change in per cent of the previous; empty for a percentage", nullable=True),
        "target_change_pct": number("change of the target on the year before, in per cent", nullable=True),
        "cumulative": number("sum of yearly flows up to the year, complete years only", nullable=True),
        "cumulative_target": number("sum of the targets up to the year, for flows", nullable=True),
        "total_target": number("sum of all targets of the decree in force, for flows", nullable=True),
        "actual_per_year": number("mean change a year since the definition began, in the unit", nullable=True),
        "required_per_year": number("change a year still required to the last target, in the unit", nullable=True),
        "pace": number("actual_per_year / required_per_year", nullable=True),
        "points": pa.Column(int, description="years with a realisation since the definition began"),
        "verdict": one_of(VERDICTS, "movement in one word"),
        "reason": text("why it cannot be judged, or what limits the verdict, in the language in use"),
    },
)

DIFFERENCES = frame(
    "changes",
    ["indicator_id", "year", "what"],
    "What moved between two results of one agency, one row a number or word; each stands in its own kind of column",
    {
        "indicator_id": text("short name of the indicator; empty = the agency as a whole"),
        "label": text("short name, in the language in use"),
        "unit": text("unit, word for word"),
        "year": year("year judged"),
        "what": one_of([*MOVING_NUMBERS, *MOVING_WORDS, *AGENCY_NUMBERS], "what moved"),
        "old": number("the number before; empty = none", nullable=True),
        "new": number("the number now; empty = none", nullable=True),
        "old_word": text("the word before; empty = none", nullable=True),
        "new_word": text("the word now; empty = none", nullable=True),
        "kind": one_of(MOVES, "how it moved"),
    },
)

AUDIT = frame(
    "audit",
    ["indicator_id", "period", "area", "breakdown", "what"],
    "Official figures that are reported and that registers count",
    {
        "indicator_id": INDICATOR_ID,
        "year": year("year of the period"),
        "period": text("2021, 2021-Q3 or 2021-08", checks=pa.Check.str_matches(PERIOD)),
        "area": AREA,
        "breakdown": BREAKDOWN,
        "what": one_of(["value", "numerator", "denominator"], "which number"),
        "reported": number("number that the agency reports"),
        "counted": number("number that the registers give"),
        "difference": number("reported less counted"),
        "likely": one_of(["", "rows", "late", "cutoff"], "why they differ, where that can be told"),
        "source": text("where the reported figure comes from"),
    },
)
