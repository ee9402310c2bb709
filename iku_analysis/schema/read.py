"""The frames that are read from the files of a data root."""

import pandera.pandas as pa

from iku_analysis.schema.columns import (
    AGENCY_SECTIONS,
    AGGREGATIONS,
    AREA,
    BASES,
    BREAKDOWN,
    DECREE,
    DIRECTIONS,
    INDICATOR_ID,
    INDICATOR_SECTIONS,
    MONTH,
    PATHS,
    PERIOD,
    PLACE,
    QUARTER,
    REGISTER_CHECK_WORDS,
    SOURCED,
    STATUSES,
    YEAR_OR_QUARTER,
    frame,
    number,
    one_of,
    text,
    year,
)

INDICATORS = frame(
    "indicators",
    ["decree", "indicator_id"],
    "The indicators as each decree names them, with what indicators.toml decides about them",
    {
        "decree": DECREE,
        "indicator_id": INDICATOR_ID,
        "number": pa.Column(int, pa.Check.ge(1), description="number in the annex"),
        "indicator": text("name, word for word"),
        "objective": text("strategic objective, word for word"),
        "unit": text("unit, word for word; that of a grade ends with its scale, worst first: `Predikat: C < B < A`"),
        "definition": text("operational definition, word for word"),
        "label": text("short name for figures, in the language in use"),
        "direction": one_of(DIRECTIONS, "which values are better"),
        "aggregation": one_of(AGGREGATIONS, "how parts make a whole"),
        "path": one_of(PATHS, "shape of the targets, which decides how pace is judged"),
        "lower_bound": number("smallest possible value, in the unit; below 0 where values may be negative"),
        "upper_bound": number("largest possible value, in the unit", nullable=True),
        "max_decimals": number("most decimals that a value of this indicator can have", nullable=True),
        "steady_denominator_pct": number(
            "change of the denominator in a year that is cautioned, in per cent", nullable=True
        ),
        "holder": text("who holds the data, in the language in use"),
        "ask": text("the document or data set to ask the holder for, in the language in use"),
    },
)

BREAKS = frame(
    "breaks",
    ["decree", "indicator_id", "year"],
    "Years from which an indicator measures something else than before",
    {
        "decree": DECREE,
        "indicator_id": INDICATOR_ID,
        "year": year("first year of the new meaning"),
        "note": text("what changed, in the language in use"),
    },
)

TARGETS = frame(
    "targets",
    ["indicator_id", "year"],
    "Yearly targets of the decree in force in each year",
    {
        "indicator_id": INDICATOR_ID,
        "year": year("year of the target"),
        "target": number("target, in the unit of the indicator; of a grade its place in the scale, from 1"),
        "targeted": pa.Column(bool, description="false where the decree's 0 means: no target this year"),
        "decree": DECREE,
        "target_high": number("upper end of a range, of which `target` is the lower", nullable=True),
        "sign": one_of(["", "<", ">"], "the bound that the target itself does not meet, as in `< 24`; else empty"),
        "source": text("document that sets the target, where the decree has none; else empty"),
        **PLACE,
    },
)

REALISATIONS = frame(
    "realisations",
    ["file", "row"],
    "What was achieved, one row of a realisation file each; never interpolated",
    {
        "indicator_id": INDICATOR_ID,
        "period": text("2021, 2021-Q3 or 2021-08", checks=pa.Check.str_matches(PERIOD)),
        "area": AREA,
        "breakdown": BREAKDOWN,
        "value": number("value, in the unit of the indicator; empty = missing", nullable=True),
        "numerator": number("numerator of a percentage, as a count", nullable=True),
        "denominator": number("denominator of a percentage, as a count", nullable=True),
        "basis": one_of(BASES, "what kind of figure"),
        "status": one_of(STATUSES, "final or provisional"),
        **SOURCED,
        "origin": text("file, sheet and cell that an imported figure stood in; empty = written in the file itself"),
    },
)

CONTEXT = frame(
    "context",
    ["file", "row"],
    "Published series that inform a reader but are not a realisation",
    {
        "indicator_id": INDICATOR_ID,
        "series": text("name of the series"),
        "period": text("2021, 2021-Q3 or 2021-08", checks=pa.Check.str_matches(PERIOD)),
        "value": number("value, in `unit`"),
        "unit": text("unit of the series"),
        **SOURCED,
    },
)

VERIFICATIONS = frame(
    "verifications",
    ["file", "row"],
    "Instruments verified in a month, and how long a verification is valid",
    {
        "kind": text("type of instrument"),
        "area": AREA,
        "period": text("month of the verification, 2021-08", checks=pa.Check.str_matches(MONTH)),
        "count": pa.Column(int, pa.Check.ge(0), description="instruments verified"),
        "valid_months": pa.Column(int, pa.Check.ge(1), description="months until they fall due again"),
        **SOURCED,
    },
)

QUARTER_TARGETS = frame(
    "quarter_targets",
    ["indicator_id", "period"],
    "Targets of the four quarters of a year, where an agency has set them; they make up the year's target",
    {
        "indicator_id": INDICATOR_ID,
        "period": text("2021-Q3", checks=pa.Check.str_matches(QUARTER)),
        "target": number("target of the quarter: its share of a sum; of a running total or a percentage, the value"),
        **SOURCED,
        "source": text("document that sets the target"),
    },
)

BUDGET = frame(
    "budget",
    ["file", "row"],
    "Money of the agency's programmes, and the indicator each part of it serves",
    {
        "programme": text("name of the programme, word for word"),
        "indicator_id": text("indicator that the money serves; empty = none"),
        "period": text("2021 or 2021-Q3", checks=pa.Check.str_matches(YEAR_OR_QUARTER)),
        "budget": number("budget, in rupiah"),
        "realised": number("spent, in rupiah; empty = not yet known", nullable=True),
        **SOURCED,
    },
)

NOTES = frame(
    "notes",
    ["year", "indicator_id", "section"],
    "What only people know about a year, as they wrote it: causes, solutions, next steps",
    {
        "year": year("year that the text is about"),
        "indicator_id": text("indicator; empty = the agency as a whole"),
        "section": one_of(list(dict.fromkeys([*INDICATOR_SECTIONS, *AGENCY_SECTIONS])), "what the text says"),
        "text": text("the text as written; an empty line parts paragraphs"),
        "file": text("file that holds the text"),
        "row": pa.Column(int, description="line of its heading"),
    },
)

REGISTER_CHECKS = frame(
    "register_checks",
    ["register", "check", "column"],
    "What the registers of records/ are like: their rows, and those that are left out, by reason",
    {
        "register": text("name of the register in records.toml"),
        "check": one_of(REGISTER_CHECK_WORDS, "what was counted"),
        "column": text("column, by its meaning; empty = the register as a whole"),
        "count": pa.Column(int, pa.Check.ge(0), description="rows, missing numbers, or working days without a row"),
    },
)

ARRIVALS = frame(
    "arrivals",
    ["register", "day"],
    "How many rows of a register that may count have each day",
    {
        "register": text("name of the register in records.toml"),
        "day": text("2021-08-31, of the first column that is a date and not personal"),
        "rows": pa.Column(int, pa.Check.ge(1), description="rows"),
    },
)

GAPS = frame(
    "gaps",
    ["register", "place"],
    "The longest gaps in the numbers of a register that is numbered in their order",
    {
        "register": text("name of the register in records.toml"),
        "place": pa.Column(int, pa.Check.ge(1), description="1 for the longest"),
        "missing": pa.Column(int, pa.Check.ge(1), description="numbers that no row has"),
        "after": text("key before the gap; empty where records.toml calls it personal"),
        "before": text("key after the gap; empty where records.toml calls it personal"),
        "day": text("2021-08-31, as in `arrivals`, of the row before the gap; empty if it has none"),
    },
)

EXPIRY = frame(
    "expiry",
    ["kind", "area", "period"],
    "Things of a register that are valid for some months: what was verified, falls due and is overdue",
    {
        "kind": text("kind of the thing"),
        "area": AREA,
        "period": text("month, 2021-08; beyond the register those 12 months ahead", checks=pa.Check.str_matches(MONTH)),
        "verified": number("records in the month", nullable=True),
        "due": number("things that fall due in the month and have no record before"),
        "overdue": number("things that have fallen due and have no record since, at the month's end", nullable=True),
    },
)

HOLDERS = frame(
    "holders",
    ["indicator_id", "period"],
    "Between whom the sum of a register is divided, in each year in which it is complete",
    {
        "indicator_id": INDICATOR_ID,
        "period": text("2021", checks=pa.Check.str_matches("^[0-9]{4}$")),
        "count": pa.Column(int, pa.Check.ge(1), description="holders: those with a sum above 0 in the year"),
        "hhi": number("Herfindahl-Hirschman index, 0 to 1; empty where holders are few", nullable=True),
        "largest_share": number("share of the five largest, 0 to 1; empty where few are", nullable=True),
        "kept": number("holders of this year and the year before; empty in the first, or where few", nullable=True),
        "new": number("holders of this year alone; as `kept`", nullable=True),
        "lost": number("holders of the year before alone; as `kept`", nullable=True),
        "new_value": number("sum of the new; as `kept`", nullable=True),
        "lost_value": number("sum of the lost in the year before; as `kept`", nullable=True),
    },
)

WAITS = frame(
    "waits",
    ["indicator_id", "period"],
    "How long the records of a register waited for an answer, as it was known at the end of each quarter",
    {
        "indicator_id": INDICATOR_ID,
        "period": text("2021-Q3", checks=pa.Check.str_matches(QUARTER)),
        "answered": pa.Column(int, pa.Check.ge(0), description="records answered in the quarter"),
        "median_days": number("half of them took no longer, in days; empty where they are few", nullable=True),
        "p90_days": number("nine of ten took no longer, in days; empty where they are few", nullable=True),
        "open": pa.Column(int, pa.Check.ge(0), description="records without an answer at the end of the quarter"),
        "open_30": pa.Column(int, pa.Check.ge(0), description="of these older than 30 days"),
        "open_90": pa.Column(int, pa.Check.ge(0), description="of these older than 90 days"),
    },
)
