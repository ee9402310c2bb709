"""What the schemas of all frames are made of: allowed words, kinds of columns, columns that several frames have."""

from typing import Any

import pandera.pandas as pa

DIRECTIONS = ["higher", "lower", "range"]
AGGREGATIONS = ["sum", "last", "ratio", "mean"]
PATHS = ["rising", "flat"]
BASES = ["resmi", "publikasi", "proksi"]
SCORED_BASES = ["resmi", "publikasi"]  # in order of preference; a proxy is never scored
STATUSES = ["final", "sementara"]
STATES = ["met", "missed", "no_data", "not_targeted", "untargeted_realisation"]
VERDICTS = ["achieved", "on_track", "lagging", "far_behind", "away"]
VERDICTS += ["kept", "kept_falling", "not_kept_rising", "not_kept", "cannot_judge"]

OUTLOOKS = ["reached", "on_path", "needs_speed", "beyond_best", "beyond_reach", "not_reached", "cannot_judge"]

# What can move between two results: of an indicator's year, then of the agency's year.
MOVING_NUMBERS = ["target", "realisation", "numerator", "denominator", "achievement_pct"]
MOVING_WORDS = ["decree", "status", "basis", "state", "rating", "verdict"]
AGENCY_NUMBERS = ["targeted", "scored", "met", "mean_capped_pct", "mean_pct"]
MOVES = ["appeared", "changed", "vanished", "finalised", "provisional_again"]

# The sections of notes/YEAR.md: about one indicator, and about the agency as a whole.
INDICATOR_SECTIONS = ["causes", "obstacles", "solutions", "programmes", "standard", "next_steps"]
AGENCY_SECTIONS = ["organisation", "issues", "conclusion", "next_steps", "first_party", "second_party"]

# What is counted of a register: all rows, rows that are left out by their fault, missing numbers, days without rows.
REGISTER_CHECK_WORDS = ["rows", "missing", "impossible", "outside", "unknown", "range", "area", "repeated"]
REGISTER_CHECK_WORDS += ["gaps", "empty_days"]

PERIOD = r"^[0-9]{4}(-Q[1-4]|-S[12]|-(0[1-9]|1[0-2]))?$"
QUARTER = r"^[0-9]{4}-Q[1-4]$"
YEAR_OR_QUARTER = r"^[0-9]{4}(-Q[1-4])?$"
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


def text(description: str, **options: Any) -> pa.Column:
    """Return a column of text."""
    return pa.Column(str, description=description, **options)


def number(description: str, *, nullable: bool = False) -> pa.Column:
    """Return a column of numbers."""
    return pa.Column(float, description=description, nullable=nullable)


def year(description: str) -> pa.Column:
    """Return a column of years."""
    return pa.Column(int, pa.Check.in_range(1945, 2100), description=description)


def one_of(values: list[str], description: str, **options: Any) -> pa.Column:
    """Return a column of text that takes only some values."""
    return pa.Column(str, pa.Check.isin(values), description=f"{description}: {', '.join(values)}", **options)


def frame(name: str, key: list[str], description: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    """Return the schema of a frame: its columns in this order, no other, its key unique."""
    return pa.DataFrameSchema(columns, name=name, unique=key, strict=True, ordered=True, description=description)


INDICATOR_ID = text("short name of the indicator, from indicators.toml")
DECREE = text("the decree in force, named by its folder")
AREA = text("area; empty = the whole province")
BREAKDOWN = text("part other than an area, as `kind: item`; empty = the whole")
NOTE = text("remark")
PLACE = {
    "file": text("file (and sheet) that holds the row"),
    "row": pa.Column(int, description="row as a spreadsheet shows it"),
}
SOURCED = {"source": text("where the figure comes from"), "note": NOTE, **PLACE}  # how a row of an input file ends
