"""Documents -> their paragraphs and tables in reading order."""

from pathlib import Path

from iku_analysis.errors import Problem
from iku_analysis.sources.file_faults import read_text
from iku_analysis.sources.sheet_cells import Sheet


def read_document(path: Path, name: str) -> tuple[list[str | Sheet], list[Problem]]:
    """Return the lines of a text."""
    text, problems = read_text(path, name)
    return list(text.splitlines()), problems
