"""OpenDocument spreadsheets (.ods) -> sheets of text cells, streamed: repeated blanks are not written out."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from iku_analysis.intake.cell_filler import CellFiller, new_book
from iku_analysis.intake.ods_formats import OFFICE, TABLE, TEXT, CellStyles
from iku_analysis.intake.opening import locked
from iku_analysis.language import _
from iku_analysis.sources.limits import MOST_BYTES_OF_SETTINGS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from iku_analysis.sources.sheet_cells import Book, Sheet, TooMuchError

ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
BOOLEANS = ("TRUE", "FALSE")
STYLES = (f"{OFFICE}styles", f"{OFFICE}automatic-styles")
UNFORMATTED = {"percentage": "0%", "date": "d/m/yyyy", "time": "h:mm:ss"}
DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(\d+)H(\d+)M(\d+(?:[.,]\d+)?)S")
FIRST_DAY = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell has no zone


def read_ods(path: Path, number_format: str) -> list[Sheet]:
    """Return the sheets of an ODS file.

    Raises
    ------
    RefusedError
        If it has a password.
    TooMuchError
        If it is larger than any workbook of figures.
    Exception
        Whatever zip and XML raise for a file that is damaged.
    """
    book = new_book(number_format)
    book.since_1904 = True  # dates are written out in the file: those before March 1900 need no care
    styles = CellStyles()
    with ZipFile(path) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in _small(archive, "META-INF/manifest.xml"):
            raise locked()
        if "styles.xml" in names:
            tree = ElementTree.fromstring(_small(archive, "styles.xml"))  # noqa: S314 - as in `sheets`
            styles.add(each for group in tree if group.tag in STYLES for each in group)
        with archive.open("content.xml") as stream:
            return list(_read(stream, styles, book))


def _small(archive: ZipFile, part: str) -> bytes:
    size = archive.getinfo(part).file_size
    if size > MOST_BYTES_OF_SETTINGS:
        raise TooMuchError(f"{part}: {size // 1_000_000} MB", f"{MOST_BYTES_OF_SETTINGS // 1_000_000} MB")
    return archive.read(part)


def _read(stream: IO[bytes], styles: CellStyles, book: Book) -> Iterator[Sheet]:
    """Yield the sheets; what has been read of them is dropped at once."""
    reader: _TableReader | None = None
    count = depth = 0
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):  # noqa: S314 - as in `sheets`
        tag = element.tag
        if event == "start":
            if tag == f"{TABLE}table":
                depth += 1
                if depth == 1:
                    count += 1
                    if count > MOST_SHEETS:
                        raise TooMuchError(_("lebih dari {count} lembar", count=MOST_SHEETS), str(MOST_SHEETS))
                    hidden = element.get(f"{TABLE}style-name") in styles.unseen
                    reader = _TableReader(CellFiller(Sheet(element.get(f"{TABLE}name", ""), hidden), book), styles)
            continue
        if tag in STYLES:
            styles.add(element)
        elif tag == f"{TABLE}table":
            depth -= 1
            element.clear()
            if reader and not depth:
                yield reader.filler.sheet
        elif reader and depth == 1 and tag == f"{TABLE}table-column":
            reader.add_columns(element)
        elif reader and depth == 1 and tag == f"{TABLE}table-row":
            reader.add_row(element)
            element.clear()


class _TableReader:
    """Reads the columns and rows of one table."""

    def __init__(self, filler: CellFiller, styles: CellStyles) -> None:
        self.filler, self.styles = filler, styles
        self.row = self.column = 0
        self.columns: list[tuple[int, str]] = []  # the end of each block of columns, and the style of its cells

    def add_columns(self, element: Element) -> None:
        """Take a block of columns."""
        first, self.column = self.column, self.column + _repeated(element, "columns")
        self.columns.append((self.column, element.get(f"{TABLE}default-cell-style-name", "")))
        if _unseen(element):
            self.filler.sheet.hidden_columns.append((first, min(self.column, MOST_COLUMNS) - 1))

    def add_row(self, element: Element) -> None:
        """Take a row, as often as it is repeated."""
        first, self.row = self.row + 1, self.row + _repeated(element, "rows")
        cells = [(each, _repeated(each, "columns")) for each in element if each.tag in CELLS]
        if not any(len(each) or each.attrib.keys() & {f"{TABLE}formula", f"{OFFICE}value-type"} for each, _n in cells):
            self._merge(first, cells)
            return
        sheet = self.filler.sheet
        for row in range(first, min(self.row, MOST_ROWS) + 1):
            column = 0
            for cell, times in cells:
                if len(cell) or cell.attrib:
                    self._add(row, column, times, cell)
                column += times
            if _unseen(element) and sheet.rows and sheet.rows[-1][0] == row:
                sheet.hidden_rows.append(row)
        self._merge(first, cells)

    def _merge(self, row: int, cells: list[tuple[Element, int]]) -> None:
        column = 0
        for cell, times in cells:
            across, down = (int(cell.get(f"{TABLE}number-{each}-spanned", 1)) for each in ("columns", "rows"))
            if across > 1 or down > 1:
                self.filler.merge(row, row + down - 1, column, column + across - 1)
            column += times

    def _add(self, row: int, column: int, times: int, cell: Element) -> None:
        """Put a cell into the sheet, as often as it is repeated."""
        kind, text = cell.get(f"{OFFICE}value-type"), _text(cell)
        formula = cell.get(f"{TABLE}formula")
        if kind is None and formula is not None and not text:
            self.filler.sheet.faults.append((row, column, "formula", f"={formula.removeprefix('of:').lstrip('=')}"))
            return
        wrong = cell.get(ERROR) == "error" or (formula is not None and text.startswith(("#", "Err:")))
        if not (text or kind):
            return
        for place in range(column, column + times):
            if kind in (None, "string") or wrong:
                self.filler.add(row, place, text or cell.get(f"{OFFICE}string-value", ""))
            elif kind == "boolean" or text in BOOLEANS:  # a formula shows one for a number
                self.filler.add(row, place, cell.get(f"{OFFICE}boolean-value", text).upper())
            else:
                code = self.styles.code(self._style(cell, place)) or UNFORMATTED.get(str(kind), "General")
                self.filler.add_number(row, place, _number(cell, str(kind)), code)
            if self.styles.is_struck(cell, self._style(cell, place)):
                self.filler.note_struck(row, place)

    def _style(self, cell: Element, column: int) -> str:
        style = cell.get(f"{TABLE}style-name")
        return style if style is not None else next((name for end, name in self.columns if column < end), "")


def _number(cell: Element, kind: str) -> float:
    if kind == "date":
        day = datetime.fromisoformat(cell.get(f"{OFFICE}date-value", "").rstrip("Z")).replace(tzinfo=None)
        return (day - FIRST_DAY).total_seconds() / 86_400
    if kind == "time":
        duration = DURATION.fullmatch(cell.get(f"{OFFICE}time-value", ""))
        if duration is None:
            raise ValueError(cell.get(f"{OFFICE}time-value"))
        sign, days, hours, minutes, seconds = duration.groups(default="0")
        total = int(days) * 86_400 + int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
        return total / (-86_400 if sign == "-" else 86_400)
    return float(cell.get(f"{OFFICE}value", ""))


def _repeated(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated", 1)))


def _unseen(element: Element) -> bool:
    return element.get(f"{TABLE}visibility", "visible") != "visible"


def _text(cell: Element) -> str:
    """Return the paragraphs of a cell; what is noted or drawn beside it is none."""
    return "\n".join("".join(_words(each)) for each in cell if each.tag == f"{TEXT}p")


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        kind = each.tag.removeprefix(TEXT)
        if kind == "s":
            yield " " * min(int(each.get(f"{TEXT}c", 1)), MOST_COLUMNS)
        elif kind in ("tab", "line-break"):
            yield "\t" if kind == "tab" else "\n"
        elif kind in ("span", "a", "ruby", "ruby-base", "sheet-name", "title", "date", "time"):
            yield from _words(each)
        yield each.tail or ""
