"""The frames of the package: columns, units, allowed values and keys.

These schemas are the data dictionary: the README's tables and the `datapackage.json`
of `iku process` are made from them. A key is unique; every other rule is on a column.
"""

from typing import Any

import pandas as pd
import pandera.pandas as pa

DIRECTIONS = ["higher", "lower"]
AGGREGATIONS = ["sum", "last", "ratio"]
PATHS = ["rising", "flat"]
BASES = ["resmi", "publikasi", "proksi"]
SCORED_BASES = ["resmi", "publikasi"]  # in order of preference; a proxy is never scored
STATUSES = ["final", "sementara"]
STATES = ["met", "missed", "no_data", "not_targeted", "untargeted_realisation"]
VERDICTS = ["achieved", "on_track", "lagging", "far_behind", "away"]
VERDICTS += ["kept", "kept_falling", "not_kept_rising", "not_kept", "cannot_judge"]

OUTLOOKS = ["reached", "on_path", "needs_speed", "beyond_best", "beyond_reach", "not_reached", "cannot_judge"]

PERIOD = r"[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?"
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


def _text(description: str, **options: Any) -> pa.Column:
    return pa.Column(str, description=description, **options)


def _number(description: str, *, nullable: bool = False) -> pa.Column:
    return pa.Column(float, description=description, nullable=nullable)


def _year(description: str) -> pa.Column:
    return pa.Column(int, pa.Check.in_range(1945, 2100), description=description)


def _one_of(values: list[str], description: str, **options: Any) -> pa.Column:
    return pa.Column(str, pa.Check.isin(values), description=f"{description}: {', '.join(values)}", **options)


def _frame(name: str, key: list[str], description: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, name=name, unique=key, strict=True, ordered=True, description=description)


INDICATOR_ID = _text("short name of the indicator, from indicators.toml")
DECREE = _text("the decree in force, named by its folder")
AREA = _text("area; empty = the whole province")
BREAKDOWN = _text("part other than an area, as `kind: item`; empty = the whole")

INDICATORS = _frame(
    "indicators",
    ["decree", "indicator_id"],
    "The indicators as each decree names them, with what indicators.toml decides about them",
    {
        "decree": DECREE,
        "indicator_id": INDICATOR_ID,
        "number": pa.Column(int, pa.Check.ge(1), description="number in the annex"),
        "indicator": _text("name, word for word"),
        "objective": _text("strategic objective, word for word"),
        "unit": _text("unit, word for word"),
        "definition": _text("operational definition, word for word"),
        "label": _text("short name for figures, in the language in use"),
        "direction": _one_of(DIRECTIONS, "which values are better"),
        "aggregation": _one_of(AGGREGATIONS, "how parts make a whole"),
        "path": _one_of(PATHS, "shape of the targets, which decides how pace is judged"),
        "upper_bound": _number("largest possible value, in the unit", nullable=True),
        "max_decimals": _number("most decimals that a value of this indicator can have", nullable=True),
        "steady_denominator_pct": _number(
            "change of the denominator in a year that is cautioned, in per cent", nullable=True
        ),
        "holder": _text("who holds the data, in the language in use"),
    },
)

BREAKS = _frame(
    "breaks",
    ["decree", "indicator_id", "year"],
    "Years from which an indicator measures something else than before",
    {
        "decree": DECREE,
        "indicator_id": INDICATOR_ID,
        "year": _year("first year of the new meaning"),
        "note": _text("what changed, in the language in use"),
    },
)

TARGETS = _frame(
    "targets",
    ["indicator_id", "year"],
    "Yearly targets of the decree in force in each year",
    {
        "indicator_id": INDICATOR_ID,
        "year": _year("year of the target"),
        "target": _number("target, in the unit of the indicator"),
        "targeted": pa.Column(bool, description="false where the decree's 0 means: no target this year"),
        "decree": DECREE,
    },
)

REALISATIONS = _frame(
    "realisations",
    ["file", "row"],
    "What was achieved, one row of a realisation file each; never interpolated",
    {
        "indicator_id": INDICATOR_ID,
        "period": _text("2021, 2021-Q3 or 2021-08", checks=pa.Check.str_matches(rf"^{PERIOD}$")),
        "area": AREA,
        "breakdown": BREAKDOWN,
        "value": _number("value, in the unit of the indicator; empty = missing", nullable=True),
        "numerator": _number("numerator of a percentage, as a count", nullable=True),
        "denominator": _number("denominator of a percentage, as a count", nullable=True),
        "basis": _one_of(BASES, "what kind of figure"),
        "status": _one_of(STATUSES, "final or provisional"),
        "source": _text("where the figure comes from"),
        "note": _text("remark"),
        "file": _text("file (and sheet) that holds the row"),
        "row": pa.Column(int, description="row as a spreadsheet shows it"),
    },
)

CONTEXT = _frame(
    "context",
    ["file", "row"],
    "Published series that inform a reader but are not a realisation",
    {
        "indicator_id": INDICATOR_ID,
        "series": _text("name of the series"),
        "period": _text("2021, 2021-Q3 or 2021-08", checks=pa.Check.str_matches(rf"^{PERIOD}$")),
        "value": _number("value, in `unit`"),
        "unit": _text("unit of the series"),
        "source": _text("where the figure comes from"),
        "note": _text("remark"),
        "file": _text("file (and sheet) that holds the row"),
        "row": pa.Column(int, description="row as a spreadsheet shows it"),
    },
)

FIGURES = _frame(
    "figures",
    ["indicator_id", "basis", "area", "breakdown", "period"],
    "Realisations rolled up: months to quarters to years, areas to the province; only complete wholes",
    {
        "indicator_id": INDICATOR_ID,
        "basis": _one_of(SCORED_BASES, "what kind of figure"),
        "area": AREA,
        "breakdown": BREAKDOWN,
        "period": _text("2021, 2021-Q3 or 2021-08", checks=pa.Check.str_matches(rf"^{PERIOD}$")),
        "year": _year("year of the period"),
        "grain": _one_of(["month", "quarter", "year"], "length of the period"),
        "value": _number("value, in the unit of the indicator", nullable=True),
        "numerator": _number("numerator of a percentage, as a count", nullable=True),
        "denominator": _number("denominator of a percentage, as a count", nullable=True),
        "status": _one_of(STATUSES, "provisional if any part is"),
        "derived": pa.Column(bool, description="true if computed from parts, false if a file states it"),
    },
)

VERIFICATIONS = _frame(
    "verifications",
    ["file", "row"],
    "Instruments verified in a month, and how long a verification is valid",
    {
        "kind": _text("type of instrument"),
        "area": AREA,
        "period": _text("month of the verification, 2021-08", checks=pa.Check.str_matches(MONTH)),
        "count": pa.Column(int, pa.Check.ge(0), description="instruments verified"),
        "valid_months": pa.Column(int, pa.Check.ge(1), description="months until they fall due again"),
        "source": _text("where the figure comes from"),
        "note": _text("remark"),
        "file": _text("file (and sheet) that holds the row"),
        "row": pa.Column(int, description="row as a spreadsheet shows it"),
    },
)

ACHIEVEMENTS = _frame(
    "achievements",
    ["indicator_id", "year"],
    "Realisation against target, one row an indicator and year",
    {
        "indicator_id": INDICATOR_ID,
        "number": pa.Column(int, description="number in the annex"),
        "label": _text("short name, in the language in use"),
        "unit": _text("unit, word for word"),
        "year": _year("year judged"),
        "decree": DECREE,
        "target": _number("target, in the unit", nullable=True),
        "realisation": _number("realisation of the whole year and province, in the unit", nullable=True),
        "gap": _number("realisation - target, in the unit (percentage points for a percentage)", nullable=True),
        "achievement_pct": _number("achievement in per cent, 100 = target met; not capped", nullable=True),
        "rating": _text("class of the achievement, from policy.toml", nullable=True),
        "state": _one_of(STATES, "result in one word"),
        "reason": _text("why something could not be computed, in the language in use"),
        "caution": _text("what to check before signing, in the language in use"),
        "basis": _one_of(SCORED_BASES, "what kind of figure", nullable=True),
        "status": _one_of(STATUSES, "final or provisional", nullable=True),
    },
)

TRENDS = _frame(
    "trends",
    ["indicator_id", "year"],
    "Movement up to each year, within one definition",
    {
        "indicator_id": INDICATOR_ID,
        "number": pa.Column(int, description="number in the annex"),
        "label": _text("short name, in the language in use"),
        "unit": _text("unit, word for word"),
        "year": _year("year judged"),
        "realisation": _number("realisation, in the unit", nullable=True),
        "previous": _number("realisation of the year before, in the unit", nullable=True),
        "change": _number("realisation - previous, in the unit", nullable=True),
        "change_pct": _number("change in per cent of the previous; empty for a percentage", nullable=True),
        "target_change_pct": _number("change of the target on the year before, in per cent", nullable=True),
        "cumulative": _number("sum of yearly flows up to the year, complete years only", nullable=True),
        "cumulative_target": _number("sum of the targets up to the year, for flows", nullable=True),
        "total_target": _number("sum of all targets of the decree in force, for flows", nullable=True),
        "actual_per_year": _number("mean change a year since the definition began, in the unit", nullable=True),
        "required_per_year": _number("change a year still required to the last target, in the unit", nullable=True),
        "pace": _number("actual_per_year / required_per_year", nullable=True),
        "points": pa.Column(int, description="years with a realisation since the definition began"),
        "verdict": _one_of(VERDICTS, "movement in one word"),
        "reason": _text("why it cannot be judged, or what limits the verdict, in the language in use"),
    },
)

FRAMES = {
    schema.name: schema
    for schema in (INDICATORS, BREAKS, TARGETS, REALISATIONS, CONTEXT, VERIFICATIONS, FIGURES, ACHIEVEMENTS, TRENDS)
}


def column_type(column: pa.Column) -> str:
    """Return the pandas name of a column's dtype: `str`, `float64`, `int64` or `bool`."""
    name = str(column.dtype)
    return "str" if name.startswith("string") else name  # pandera's word for pandas' own str


def make_frame(schema: pa.DataFrameSchema, rows: list[dict] | pd.DataFrame) -> pd.DataFrame:
    """Return a frame with the columns, order and dtypes of the schema, checked.

    A frame may have more columns, which are left out; a row may not. A failure here is a fault
    of the package, not of a planner's file.
    """
    if not isinstance(rows, pd.DataFrame) and (unknown := {name for row in rows for name in row} - set(schema.columns)):
        raise ValueError(f"frame {schema.name} has no column {', '.join(sorted(unknown))}")
    frame = pd.DataFrame(rows, columns=list(schema.columns)).reset_index(drop=True)
    dtypes = {name: column_type(column) for name, column in schema.columns.items()}
    typed = frame.astype(dtypes)
    for name in typed.select_dtypes(["int64", "bool"]):  # astype cuts 2018.5 to 2018 and takes any text for True
        if not (typed[name] == frame[name]).all():
            raise ValueError(f"column {name} of frame {schema.name} is not {dtypes[name]}")
    return schema.validate(typed)


def data_dictionary(schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return one row a column of the schema: name, type, empty allowed, meaning."""
    return pd.DataFrame(
        {
            "column": name,
            "type": column_type(column),
            "key": name in schema.unique,
            "may_be_empty": column.nullable,
            "meaning": column.description,
        }
        for name, column in schema.columns.items()
    )
