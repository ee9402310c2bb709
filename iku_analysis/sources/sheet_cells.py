"""The XML of one XLSX sheet -> its filled cells as text, one after the other as they come in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from iku_analysis.language import _
from iku_analysis.sources.cell_formats import MisleadingFormatError, text_of_number
from iku_analysis.sources.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

HIDDEN = ("1", "true")

MOST_EXACT = 1e15  # 15 digits


class TooMuchError(ValueError):
    """A file is larger than any table of figures: `found` and `most` tell what of it, `sheet` and `row` where."""

    def __init__(self, found: str, most: str, sheet: str = "", row: int | None = None):
        super().__init__(found)
        self.found, self.most, self.sheet, self.row = found, most, sheet, row


@dataclass
class Sheet:
    """The filled cells of a sheet, and what of it does not show. Columns count from 0.

    `follows` tells that it goes on with the sheet before it, as a table of a document does.
    """

    title: str
    hidden: bool = False
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    faults: list[tuple[int, int, str, str]] = field(default_factory=list)  # row, column, kind, text
    follows: bool = False
    rounded: list[tuple[int, int]] = field(default_factory=list)  # numbers of more digits than a spreadsheet keeps


@dataclass
class Book:
    """What all sheets of a file share; `cells` counts what has been read so far.

    `struck` are the styles of cells whose content is struck through, `struck_texts` the texts with words that are.
    """

    number_format: str
    texts: list[str] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    struck_texts: set[int] = field(default_factory=set)
    formats: list[str] = field(default_factory=list)
    since_1904: bool = False
    ends_at: float = 0.0
    cells: int = 0


class TextReader:
    """Collects the text of `t` elements, without the reading aids (`rPh`) of East Asian scripts."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.struck: set[int] = set()
        self._parts: list[str] = []
        self._open = self._aside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        tag = tag_of(name)
        if tag == "strike" and attributes.get("val", "1") in HIDDEN:
            self.struck.add(len(self.texts))
        self._open = tag == "t" and not self._aside
        self._aside = self._aside or tag == "rPh"

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._open:
            self._parts.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        tag = tag_of(name)
        self._open = False
        if tag == "rPh":
            self._aside = False
        elif tag == "si":
            self.texts.append(_plain("".join(self._parts)))
            self._parts.clear()
            if len(self.texts) > MOST_CELLS:
                raise TooMuchError(_("{count} teks", count=len(self.texts)), str(MOST_CELLS))


def _plain(text: str) -> str:
    """Return a text without the marks by which a file writes a line end, and the mark itself."""
    return text.replace("_x000D_", "").replace("_x005F_", "_") if "_x0" in text else text


class SheetReader:
    """Reads the cells of one sheet as its XML comes in: a blank cell costs no memory, a far one no rows between."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        self.sheet, self.book, self.row = sheet, book, 0
        self._cells: list[str] = []
        self._column = -1
        self._kind = self._style = ""
        self._value: str | None = None
        self._formula: str | None = None
        self._parts: list[str] = []
        self._open = self._aside = self._row_hidden = self._struck = False
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._start_cell,
            "row": self._start_row,
            "col": self._add_column,
            "mergeCell": self._add_merged,
            "rPh": self._begin_aside,
            "strike": self._strike,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        tag = tag_of(name)
        if tag in ("v", "f", "t"):
            self._open = not self._aside
            if tag != "t":
                self._parts.clear()
        elif tag in self._starts:
            self._starts[tag](attributes)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._open:
            self._parts.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        tag = tag_of(name)
        if tag in ("v", "f", "t"):
            self._open = False
            if tag == "f":
                self._formula = "".join(self._parts)
            elif not self._aside:
                self._value = "".join(self._parts)
        elif tag == "c":
            if self._value is not None or self._formula is not None:
                self._end_cell()
        elif tag == "row":
            self._end_row()
        elif tag == "rPh":
            self._aside = False

    def _begin_aside(self, _attributes: dict[str, str]) -> None:
        self._aside = True

    def _strike(self, attributes: dict[str, str]) -> None:
        self._struck = self._struck or attributes.get("val", "1") in HIDDEN

    def _add_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in HIDDEN or float(attributes.get("width", 1)) == 0:
            self.sheet.hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))
        if len(self.sheet.hidden_columns) > MOST_COLUMNS:
            raise ValueError("cols")

    def _add_merged(self, attributes: dict[str, str]) -> None:
        self.sheet.merged.append(attributes["ref"])
        if len(self.sheet.merged) > MOST_CELLS // 10:
            raise TooMuchError(_("{count} sel gabungan", count=len(self.sheet.merged)), str(MOST_CELLS // 10))

    def _start_row(self, attributes: dict[str, str]) -> None:
        row = int(attributes.get("r", self.row + 1))
        if not self.row < row <= MOST_ROWS:
            raise ValueError(f"row {row}")
        self.row, self._column, self._cells = row, -1, []
        self._row_hidden = attributes.get("hidden") in HIDDEN or float(attributes.get("ht", 1)) == 0

    def _end_row(self) -> None:
        if any(self._cells):
            self.sheet.rows.append((self.row, self._cells))
            if self._row_hidden:
                self.sheet.hidden_rows.append(self.row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        column = self._column + 1 if reference is None else column_of(reference.rstrip("0123456789"))
        if not self._column < column < MOST_COLUMNS:
            raise ValueError(f"cell {reference}")
        self._column, self._kind, self._style = column, attributes.get("t", "n"), attributes.get("s", "0")
        self._value = self._formula = None
        self._struck = int(self._style) in self.book.struck
        self._parts.clear()

    def _end_cell(self) -> None:
        cells, book = self._cells, self.book
        blanks = self._column - len(cells)
        book.cells += blanks + 1
        if book.cells > MOST_CELLS:
            raise TooMuchError(_("lebih banyak sel"), _("{count} sel", count=MOST_CELLS), self.sheet.title, self.row)
        if blanks:
            cells += [""] * blanks
        text = self._text()
        in_words = self._kind == "s" and int(self._value or 0) in book.struck_texts
        if text and (in_words or self._struck):
            self._note("struck", text)
        cells.append(text)

    def _text(self) -> str:
        """Return the text that the cell shows; what cannot be told is noted as a fault of the sheet."""
        value = self._value
        if value is None or (not value and self._kind == "n"):
            if self._formula is not None:
                self._note("formula", f"={self._formula}")
            return ""
        if self._kind == "n":
            if abs(float(value)) >= MOST_EXACT:
                self.sheet.rounded.append((self.row, self._column))
            style = int(self._style)
            code = self.book.formats[style] if style < len(self.book.formats) else "General"
            try:
                return text_of_number(float(value), code, self.book.number_format, since_1904=self.book.since_1904)
            except MisleadingFormatError:
                self._note("format", code)
                return value
        if self._kind == "s":
            return self.book.texts[int(value)]
        return {"1": "TRUE", "0": "FALSE"}.get(value, value) if self._kind == "b" else _plain(value)

    def _note(self, kind: str, text: str) -> None:
        self.sheet.faults.append((self.row, self._column, kind, text))


@cache
def tag_of(name: str) -> str:
    """Return the local name of an element of spreadsheets, nothing for that of drawings and the like."""
    place, _brace, local = name.rpartition("}")
    return local if place.endswith(("spreadsheetml/2006/main", "spreadsheetml/main")) else ""


@cache
def column_of(letters: str) -> int:
    """Return the column of its letters, counted from 0: `A` is 0."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def letters_of(column: int) -> str:
    """Return the letters of a column that is counted from 0."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def blocks(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of following numbers."""
    begin = None
    for number, after in zip(numbers, [*numbers[1:], None], strict=False):
        begin = number if begin is None else begin
        if after != number + 1:
            yield begin, number
            begin = None
