"""Names, texts and files as they stand in SQL."""

from collections.abc import Sequence
from pathlib import Path


def name(column: str) -> str:
    """Return the name of a column or table."""
    return '"' + column.replace('"', '""') + '"'


def text(value: str) -> str:
    """Return a text."""
    return "'" + value.replace("'", "''") + "'"


def paths(files: Sequence[Path]) -> str:
    """Return a list of files, in which a bracket or a star of a name is no pattern."""
    names = (str(path).replace("[", "[[]").replace("*", "[*]").replace("?", "[?]") for path in files)
    return f"[{', '.join(map(text, names))}]"
