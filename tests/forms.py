"""Forms of `iku template` in tests: opened, looked up by their headings, filled in, put into a data root."""

import io
import subprocess
import warnings
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from iku_analysis import DataError, Problem, load_agency
from iku_analysis.agency.load import Agency
from iku_analysis.indonesian import parse_period


def open_form(content: bytes) -> Workbook:
    with warnings.catch_warnings():  # openpyxl keeps the bars of completeness, not their flat colour
        warnings.filterwarnings("ignore", "(Unknown|Conditional Formatting) extension")
        return load_workbook(io.BytesIO(content))


SAID = {"bulan": "periode", "triwulan": "periode", "month": "period", "quarter": "period"}


def heading_row(sheet: Worksheet) -> int:
    """Return the row of the headings: the form's own, or that of the form before it."""
    words = ("indikator", "indicator")
    (row,) = [row[0].row for row in sheet.iter_rows() if any(str(cell.value or "").casefold() in words for cell in row)]
    return row


def columns_of(sheet: Worksheet) -> dict[str, int]:
    """Return the place of each heading (counted from 1), by its word: without what follows in brackets."""
    words = {
        str(cell.value).partition(" (")[0].casefold(): cell.column for cell in sheet[heading_row(sheet)] if cell.value
    }
    return {SAID.get(word, word): place for word, place in words.items()}


def heading_of(sheet: Worksheet, word: str) -> str:
    return str(sheet.cell(heading_row(sheet), columns_of(sheet)[word]).value)


def rows_to_fill(sheet: Worksheet) -> list[int]:
    period = columns_of(sheet).get("periode") or columns_of(sheet)["period"]
    return [row for row in range(heading_row(sheet) + 1, sheet.max_row + 1) if sheet.cell(row, period).value]


def lines_of(sheet: Worksheet) -> dict[str, str]:
    """Return what stands above the rows, by its label."""
    rows = range(3, heading_row(sheet))
    return {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in rows if sheet.cell(row, 1).value}


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
            figure = figures.loc[(indicator, area, parse_period(period))]
            numbers = {names[4]: figure["numerator"], names[5]: figure["denominator"]}
            for name, number in (numbers if names[4] in places else {names[3]: figure["value"]}).items():
                sheet.cell(row, places[name]).value = number
            sheet.cell(row, places[names[6]]).value = "final"
            sheet.cell(row, places[names[7]]).value = "DATA CONTOH"


def recalculate(book: Workbook, folder: Path) -> Workbook:
    """Return a book as LibreOffice opens, computes and saves it."""
    (folder / "out").mkdir()
    book.save(folder / "formulir.xlsx")
    words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    done = subprocess.run(
        [*words, "--outdir", folder / "out", folder / "formulir.xlsx"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return load_workbook(folder / "out" / "formulir.xlsx", data_only=True)


def drop(book: Workbook, root: Path) -> list[Problem]:
    """Put a form into `realisations/`, and return what is wrong with it."""
    book.save(root / "realisations" / "formulir.xlsx")
    try:
        load_agency(root)
    except DataError as error:
        return list(error.problems)
    return []


def put(book: Workbook, sheet: str, nth: int, **cells: object) -> None:
    """Type into the nth row below the headings of a sheet, by heading."""
    places, row = columns_of(book[sheet]), heading_row(book[sheet]) + nth
    for heading, value in cells.items():
        book[sheet].cell(row, places[heading]).value = value
