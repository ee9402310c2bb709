"""Binary workbooks of Excel (.xlsb, MS-XLSB) -> sheets of text cells.

Read here because no library tells the number formats of cells: without them 0.9 and 90% are the same.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from iku_analysis.intake.cell_filler import CellFiller, new_book
from iku_analysis.language import _
from iku_analysis.sources.cell_formats import BUILT_IN
from iku_analysis.sources.limits import MOST_COLUMNS, MOST_SHEETS
from iku_analysis.sources.sheet_cells import Book, Sheet, TooMuchError
from iku_analysis.sources.sheets import related_parts

# Records by their numbers in the specification.
ROW, RK, ERROR, BOOL, REAL, STRING, SHARED, RICH = 0, 2, 3, 4, 5, 6, 7, 62
FORMULA_STRING, FORMULA_NUMBER, FORMULA_BOOL, FORMULA_ERROR = 8, 9, 10, 11
SHARED_ITEM, FONT, FORMAT, STYLE, COLUMNS, WORKBOOK, SHEET, MERGED = 19, 43, 44, 47, 60, 153, 156, 176
BEGIN_STYLES, END_STYLES = 617, 618
TEXTS, NUMBERS = (STRING, FORMULA_STRING), (REAL, FORMULA_NUMBER)
HIDDEN_ROW, HIDDEN_COLUMN, STRUCK = 0x10, 0x01, 0x08
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#DATA!"}


def read_xlsb(path: Path, number_format: str) -> list[Sheet]:
    """Return the sheets of an XLSB file.

    Raises
    ------
    TooMuchError
        If it is larger than any workbook of figures.
    Exception
        Whatever zip and crooked records raise for a file that is damaged.
    """
    book = new_book(number_format)
    with ZipFile(path) as archive:
        main = next(part for _kind, part in related_parts(archive, "", "/officeDocument").values())
        related = related_parts(archive, main, "")
        for kind, part in related.values():
            if kind.endswith("/styles"):
                book.formats, book.struck = _formats(archive.read(part))
            if kind.endswith("/sharedStrings"):
                book.texts = [_text(body, 1) for number, body in _records(archive.read(part)) if number == SHARED_ITEM]
        listed = []
        for number, body in _records(archive.read(main)):
            if number == WORKBOOK:
                book.since_1904 = bool(body[0] & 1)
            elif number == SHEET:
                listed.append(body)
        if len(listed) > MOST_SHEETS:
            raise TooMuchError(_("{count} lembar", count=len(listed)), str(MOST_SHEETS))
        sheets = []
        for body in listed:
            kind, part = related[_text(body, 8)]
            if kind.endswith("/worksheet"):
                title = _text(body, 12 + 2 * _whole(body, 8))
                filler = CellFiller(Sheet(title, hidden=_whole(body, 0) != 0), book)
                _read(archive.read(part), filler)
                sheets.append(filler.sheet)
    return sheets


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the body of each record."""
    at = 0
    while at < len(content):
        number, at = _variable(content, at, 2)
        length, at = _variable(content, at, 4)
        if at + length > len(content):
            raise ValueError(f"record {number}")
        yield number, content[at : at + length]
        at += length


def _variable(content: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, and where it ends."""
    number = 0
    for place in range(most):
        byte = content[at + place]
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            break
    return number, at + place + 1


def _whole(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 4], "little")


def _text(body: bytes, at: int) -> str:
    end = at + 4 + 2 * _whole(body, at)
    if end > len(body):
        raise ValueError("text")
    return body[at + 4 : end].decode("utf-16-le", "surrogatepass")


def _formats(styles: bytes) -> tuple[list[str], set[int]]:
    """Return the number format of each style of cell, and the styles that are struck through."""
    own: dict[int, str] = {}
    formats: list[str] = []
    fonts: list[bool] = []
    struck: set[int] = set()
    of_cells = False
    for number, body in _records(styles):
        if number == FORMAT:
            own[int.from_bytes(body[:2], "little")] = _text(body, 2)
        elif number == FONT:
            fonts.append(bool(body[2] & STRUCK))
        elif number in (BEGIN_STYLES, END_STYLES):
            of_cells = number == BEGIN_STYLES
        elif number == STYLE and of_cells:
            key, font = (int.from_bytes(body[at : at + 2], "little") for at in (2, 4))
            struck |= {len(formats)} if fonts[font : font + 1] == [True] else set()
            formats.append(own.get(key, BUILT_IN.get(key, "General")))
    return formats, struck


def _read(content: bytes, filler: CellFiller) -> None:
    sheet, row = filler.sheet, 0
    hidden: set[int] = set()
    for number, body in _records(content):
        if number == ROW:
            row = _whole(body, 0) + 1
            if body[11] & HIDDEN_ROW:
                hidden.add(row)
        elif number == COLUMNS:
            if body[16] & HIDDEN_COLUMN:
                sheet.hidden_columns.append((_whole(body, 0), min(_whole(body, 4), MOST_COLUMNS - 1)))
        elif number == MERGED:
            first, last, left, right = struct.unpack_from("<4I", body)
            filler.merge(first + 1, last + 1, left, right)
        elif RK <= number <= FORMULA_ERROR or number == RICH:
            _add(number, body, row, filler)
    sheet.hidden_rows += [each for each, _cells in sheet.rows if each in hidden]


def _add(number: int, body: bytes, row: int, filler: CellFiller) -> None:
    """Put the cell of a record into the sheet."""
    column, book = _whole(body, 0), filler.book
    if number in (RK, *NUMBERS):
        value = _rk(body) if number == RK else struct.unpack_from("<d", body, 8)[0]
        filler.add_number(row, column, value, _format_of(body, book))
    elif number == SHARED:
        filler.add(row, column, book.texts[_whole(body, 8)])
    elif number in TEXTS:
        filler.add(row, column, _text(body, 8))
    elif number == RICH:
        filler.add(row, column, _text(body, 9))
    elif number in (BOOL, FORMULA_BOOL):
        filler.add(row, column, "TRUE" if body[8] else "FALSE")
    else:
        filler.add(row, column, ERRORS.get(body[8], "#ERROR!"))
    if int.from_bytes(body[4:7], "little") in book.struck:
        filler.note_struck(row, column)


def _format_of(body: bytes, book: Book) -> str:
    style = int.from_bytes(body[4:7], "little")
    return book.formats[style] if style < len(book.formats) else "General"


def _rk(body: bytes) -> float:
    """Return a number kept in 30 bits: whole, or the upper half of a float, and perhaps a hundredfold."""
    kept = _whole(body, 8)
    if kept & 2:
        value = float(struct.unpack("<i", struct.pack("<I", kept))[0] >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<Q", (kept & 0xFFFFFFFC) << 32))[0]
    return value / 100 if kept & 1 else value
