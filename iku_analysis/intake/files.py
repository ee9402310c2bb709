"""Files of an office -> sheets of cells."""

from pathlib import Path

from iku_analysis.errors import Problem
from iku_analysis.sources.csv_rows import read_csv_rows
from iku_analysis.sources.input_files import WORDS
from iku_analysis.sources.sheet_cells import Sheet
from iku_analysis.sources.sheets import read_sheets


def open_tables(path: Path, name: str, number_format: str) -> tuple[list[Sheet], list[Problem]]:
    """Return the sheets of a file, and what is wrong with it as a file."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return read_sheets(path, number_format), []
    rows, problems = read_csv_rows(path, name, set(WORDS.values()))
    return [Sheet("", rows=rows)], problems
