"""Filled cells, one after the other -> the rows of a sheet, within the limits of any workbook."""

import time

from iku_analysis.language import _
from iku_analysis.sources.cell_formats import MisleadingFormatError, text_of_number
from iku_analysis.sources.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SECONDS
from iku_analysis.sources.sheet_cells import Book, Sheet, TooMuchError, letters_of


class CellFiller:
    """Fills one sheet; cells come row by row (from 1) and from left to right (from 0), blank ones need not."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        self.sheet, self.book = sheet, book

    def add(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell, none where it is empty."""
        if not text:
            return
        if not (0 < row <= MOST_ROWS and 0 <= column < MOST_COLUMNS):
            raise ValueError(f"cell {row}, {column + 1}")
        rows = self.sheet.rows
        if not rows or rows[-1][0] != row:
            self._check_time(row)
            rows.append((row, []))
        cells = rows[-1][1]
        blanks = column - len(cells)
        self.book.cells += blanks + 1
        if blanks < 0:
            raise ValueError(f"cell {row}, {column + 1}")
        if self.book.cells > MOST_CELLS:
            raise TooMuchError(_("lebih banyak sel"), _("{count} sel", count=MOST_CELLS), self.sheet.title, row)
        cells += [""] * blanks
        cells.append(text)

    def add_number(self, row: int, column: int, number: float, code: str) -> None:
        """Put a number into a cell as its format shows it; what cannot be told is noted as a fault of the sheet."""
        try:
            text = text_of_number(number, code, self.book.number_format, since_1904=self.book.since_1904)
        except MisleadingFormatError:
            self.sheet.faults.append((row, column, "format", code))
            text = f"{number:.15g}"
        self.add(row, column, text)

    def note_struck(self, row: int, column: int) -> None:
        """Note what was put into a cell last as struck through, if anything was."""
        rows = self.sheet.rows
        if rows and rows[-1][0] == row and len(rows[-1][1]) == column + 1:
            self.sheet.faults.append((row, column, "struck", rows[-1][1][column]))

    def merge(self, first_row: int, last_row: int, first_column: int, last_column: int) -> None:
        """Note merged cells by their first and last row and column."""
        merged = self.sheet.merged
        merged.append(f"{letters_of(first_column)}{first_row}:{letters_of(last_column)}{last_row}")
        if len(merged) > MOST_CELLS // 10:
            raise TooMuchError(_("{count} sel gabungan", count=len(merged)), str(MOST_CELLS // 10), self.sheet.title)

    def _check_time(self, row: int) -> None:
        if time.monotonic() > self.book.ends_at:
            seconds = _("{seconds} detik", seconds=MOST_SECONDS)
            raise TooMuchError(_("isi yang belum selesai dibaca"), seconds, self.sheet.title, row)


def new_book(number_format: str) -> Book:
    """Return what the sheets of a file share, with the time from now on that it may take."""
    return Book(number_format, ends_at=time.monotonic() + MOST_SECONDS)
