"""The form: what it asks for, how it is locked and checked, and that filled it is read as it was filled."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from iku_analysis import DataError, IkuError, Problem, load_agency, use_language
from iku_analysis.rollup import KEY, NUMBERS
from iku_analysis.sources.agency import Agency
from iku_analysis.sources.expected import expected_cells
from iku_analysis.sources.form import write_form

PROJECT = Path(__file__).parents[2]


def open_form(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def columns_of(sheet: Worksheet) -> dict[str, int]:
    """Return the place of each heading (counted from 1)."""
    return {cell.value: cell.column for cell in sheet[1] if cell.value}


def rows_to_fill(sheet: Worksheet) -> list[int]:
    return [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value]


@pytest.fixture
def empty_root(tmp_path: Path) -> Path:
    """The example without its realisations: a form is all it gets."""
    root = tmp_path / "root"
    shutil.copytree(
        PROJECT / "data" / "example", root, ignore=shutil.ignore_patterns("realisations", "targets", "budget")
    )
    (root / "realisations").mkdir()
    return root


def fill_from(book: Workbook, agency: Agency, *, english: bool = False) -> None:
    """Type into every row of a form what the agency's figures say."""
    figures = agency.figures[agency.figures["basis"] == "resmi"].set_index(["indicator_id", "area", "period"])
    names = ["indicator", "area", "period", "value", "numerator", "denominator", "status", "source"]
    if not english:
        names = ["indikator", "wilayah", "periode", "nilai", "pembilang", "penyebut", "status", "sumber"]
    for sheet in book.worksheets[1:]:
        places = columns_of(sheet)
        for row in rows_to_fill(sheet):
            indicator, area, period = (sheet.cell(row, places[name]).value or "" for name in names[:3])
            figure = figures.loc[(indicator, area, period.replace("TW", "Q"))]
            numbers = {names[4]: figure["numerator"], names[5]: figure["denominator"]}
            for name, number in (numbers if names[4] in places else {names[3]: figure["value"]}).items():
                sheet.cell(row, places[name]).value = number
            sheet.cell(row, places[names[6]]).value = "final"
            sheet.cell(row, places[names[7]]).value = "DATA CONTOH"


@pytest.mark.parametrize(("year", "quarter", "language"), [(2021, None, "id"), (2020, 3, "id"), (2022, None, "en")])
def test_filled_form_is_read_as_it_was_filled(
    example: Agency, empty_root: Path, year: int, quarter: int | None, language: str
) -> None:
    use_language(language)
    book = open_form(write_form(example, year, quarter))
    fill_from(book, example, english=language == "en")
    book.save(empty_root / "realisations" / "formulir.xlsx")
    read = load_agency(empty_root)
    cells = expected_cells(example, year, quarter)
    targeted = example.targets[(example.targets["year"] == year) & example.targets["targeted"]]["indicator_id"]
    wanted = {(each, area, period) for each in targeted for period in cells[each][0] for area in cells[each][1]}
    rows = read.realisations
    assert set(zip(rows["indicator_id"], rows["area"], rows["period"], strict=True)) == wanted
    assert len(rows) == len(wanted)
    assert set(rows["status"]) == {"final"} and set(rows["basis"]) == {"resmi"} and set(rows["breakdown"]) == {""}
    both = rows.merge(example.figures, on=KEY, suffixes=("", "_before"))
    assert len(both) == len(wanted)
    for column in NUMBERS:
        assert both[column].equals(both[f"{column}_before"])
