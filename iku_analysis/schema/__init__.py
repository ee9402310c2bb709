"""The frames of the package: columns, units, allowed values and keys.

These schemas are the data dictionary: the README's tables and the `datapackage.json`
of `iku process` are made from them. A key is unique; every other rule is on a column.
"""

import sys
from collections import defaultdict

import pandas as pd
import pandera.pandas as pa

# To make frames up, which nothing here does, pandera takes hypothesis if it is there: a fifth of a second.
if "hypothesis" not in sys.modules:
    sys.modules["hypothesis"] = None  # type: ignore[assignment]  # Python's way to say: not installed
    import pandera.backends.pandas.builtin_checks  # noqa: F401

    del sys.modules["hypothesis"]

from iku_analysis.schema.columns import (
    AGENCY_NUMBERS,
    AGENCY_SECTIONS,
    AGGREGATIONS,
    BASES,
    DIRECTIONS,
    INDICATOR_SECTIONS,
    MOVES,
    MOVING_NUMBERS,
    MOVING_WORDS,
    OUTLOOKS,
    PATHS,
    REGISTER_CHECK_WORDS,
    SCORED_BASES,
    STATES,
    STATUSES,
    VERDICTS,
)
from iku_analysis.schema.computed import ACHIEVEMENTS, AUDIT, DIFFERENCES, FIGURES, TRENDS
from iku_analysis.schema.read import (
    ARRIVALS,
    BREAKS,
    BUDGET,
    CONTEXT,
    EXPIRY,
    GAPS,
    HOLDERS,
    INDICATORS,
    NOTES,
    QUARTER_TARGETS,
    REALISATIONS,
    REGISTER_CHECKS,
    TARGETS,
    VERIFICATIONS,
    WAITS,
)

__all__ = [
    "ACHIEVEMENTS",
    "AGENCY_NUMBERS",
    "AGENCY_SECTIONS",
    "AGGREGATIONS",
    "ARRIVALS",
    "AUDIT",
    "BASES",
    "BREAKS",
    "BUDGET",
    "CONTEXT",
    "DIFFERENCES",
    "DIRECTIONS",
    "EXPIRY",
    "FIGURES",
    "FRAMES",
    "GAPS",
    "HOLDERS",
    "INDICATORS",
    "INDICATOR_SECTIONS",
    "MOVES",
    "MOVING_NUMBERS",
    "MOVING_WORDS",
    "NOTES",
    "OUTLOOKS",
    "PATHS",
    "QUARTER_TARGETS",
    "REALISATIONS",
    "REGISTER_CHECKS",
    "REGISTER_CHECK_WORDS",
    "SCORED_BASES",
    "STATES",
    "STATUSES",
    "TARGETS",
    "TRENDS",
    "VERDICTS",
    "VERIFICATIONS",
    "WAITS",
    "column_type",
    "data_dictionary",
    "make_frame",
]

FRAMES = {
    schema.name: schema
    for schema in (
        INDICATORS,
        BREAKS,
        TARGETS,
        QUARTER_TARGETS,
        REALISATIONS,
        CONTEXT,
        VERIFICATIONS,
        BUDGET,
        NOTES,
        FIGURES,
        ACHIEVEMENTS,
        TRENDS,
    )
}


_empty: dict[str, pd.DataFrame] = {}  # by the name of the schema
_right: defaultdict[pa.Check, set] = defaultdict(set)  # the values that have passed a check: the same few, ever again


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
    dtypes = {name: column_type(column) for name, column in schema.columns.items()}
    if not len(rows):  # many frames of most agencies
        if str(schema.name) not in _empty:
            _empty[str(schema.name)] = pd.DataFrame(columns=list(dtypes)).astype(dtypes)
        return _empty[str(schema.name)].copy()
    frame = pd.DataFrame(rows, columns=list(dtypes)).reset_index(drop=True)
    others = {name: dtype for name, dtype in dtypes.items() if frame[name].dtype != dtype}
    typed = frame.astype(others) if others else frame
    for name, dtype in others.items():  # astype cuts 2018.5 to 2018 and takes any text for True
        if dtype in ("int64", "bool") and not (typed[name] == frame[name]).all():
            raise ValueError(f"column {name} of frame {schema.name} is not {dtype}")
    return typed if _fits(schema, typed) else schema.validate(typed)


def _fits(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> bool:
    """Tell whether a frame with the types of the schema is right: every value is checked once, however often it stands.

    What is wrong `validate` tells; it takes ten milliseconds a frame whatever is in it, and an agency has sixteen.
    """
    for name, values in frame.items():
        column = schema.columns[name]
        if values.hasnans and (not column.nullable or name in schema.unique):
            return False
        for check in column.checks:
            new = set(values.dropna().to_list()) - _right[check]  # a list is far faster to go through than a column
            if new and not check(pd.Series(list(new), dtype=values.dtype, name=name)).check_passed:
                return False
            _right[check] |= new
    return len(set(zip(*(frame[name].to_list() for name in schema.unique), strict=True))) == len(frame)


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
