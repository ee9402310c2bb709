"""Names, texts and files as they stand in SQL, and the days that conditions may ask of."""

from collections.abc import Sequence
from pathlib import Path

# Columns that conditions may ask of beside a register's own.
DAYS = {"year_end": "make_date(year({date}), 12, 31)", "period_end": "last_day({date})"}
QUARTER_END = "last_day(date_trunc('quarter', {date})::DATE + INTERVAL 2 MONTH)"


def name(column: str) -> str:
    """Return the name of a column or table."""
    return '"' + column.replace('"', '""') + '"'


def same(column: str) -> str:
    """Return what makes a key or a thing the same as another: neither case, nor zeros that a spreadsheet has taken."""
    cell = f"lower({name(column)}::VARCHAR)"
    return f"CASE WHEN starts_with({cell}, '0') THEN regexp_replace({cell}, '^0+([1-9][0-9]*)$', '\\1') ELSE {cell} END"


def text(value: str) -> str:
    """Return a text."""
    return "'" + value.replace("'", "''") + "'"


def paths(files: Sequence[Path]) -> str:
    """Return a list of files, in which a bracket or a star of a name is no pattern."""
    names = (str(path).replace("[", "[[]").replace("*", "[*]").replace("?", "[?]") for path in files)
    return f"[{', '.join(map(text, names))}]"
