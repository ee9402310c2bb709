"""CSV files -> rows of text: separator, encoding, quotation marks, and limits told by place."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.file_faults import empty_file, file_problem, find_control, quote_text, too_long, too_much
from iku_analysis.sources.limits import LONGEST_HEADING, MOST_BYTES_OF_CSV, MOST_CELLS

SEPARATORS = (",", ";", "\t")
LINES_ABOVE = 50  # in which the headings are looked for

Rows = list[tuple[int, list[str]]]


def read_csv_rows(path: Path, name: str, find_separator: Callable[[str], str | None]) -> tuple[Rows, list[Problem]]:
    """Return the filled rows of a CSV file with their numbers, and what is wrong with it as a file.

    `find_separator` tells the separator of a text that does not name it in a first line, None where it has none.
    """
    if path.stat().st_size > MOST_BYTES_OF_CSV:
        return [], [too_much(name, f"{path.stat().st_size // 1_000_000} MB", f"{MOST_BYTES_OF_CSV // 1_000_000} MB")]
    try:
        text = decode(path.read_bytes())
    except UnicodeDecodeError:
        found = _("teks dengan pengodean yang tidak dikenal")
        return [], [file_problem(name, found, "UTF-8, cp1252", _('Di Excel pilih Simpan Sebagai, jenis "CSV UTF-8".'))]
    # A first line that only names the separator is for the spreadsheet program, which does not count it either.
    named = re.match(r'"?sep=([,;|\t])"?[ \t]*(\r\n|\r|\n)', text, flags=re.IGNORECASE)
    text = text[named.end() :] if named else text
    problem = find_control(text, name) if text.strip() else empty_file(name)
    if problem:
        return [], [problem]
    separator = named[1] if named else find_separator(text)
    if separator is not None:
        rows, problems = _split(text, name, separator)
        return rows, problems or list(_swallowed_rows(name, rows, separator))
    first = next(line for line in text.splitlines() if line.strip())[:LONGEST_HEADING]
    expected = _("baris judul dengan pemisah koma, titik koma atau tab")
    mend = _("Simpan ulang sebagai CSV dengan pemisah titik koma, judul kolom di baris pertama.")
    return [], [Problem(name, 1, None, quote_text(first), expected, mend)]


def _split(text: str, name: str, separator: str) -> tuple[Rows, list[Problem]]:
    rows: Rows = []
    number = cells = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            if any(row):
                rows.append((number, row))
                cells += len(row)
            if cells > MOST_CELLS:
                return [], [too_much(name, _("lebih banyak sel"), _("{count} sel", count=MOST_CELLS), number)]
    except csv.Error as error:  # in the row after the last that could be read
        if "field limit" in str(error):
            return [], [too_long(name, number + 1, None, csv.field_size_limit())]
        found = _("tanda kutip yang tidak ditutup ({error})", error=error)
        mend = _('Periksa tanda " di berkas, atau simpan ulang dari Excel.')
        return [], [Problem(name, number + 1, None, found, _("setiap tanda kutip berpasangan"), mend)]
    return rows, []


def separator_of_headings(headings: set[str], text: str) -> str | None:
    """Return the separator that yields most known headings in one of the first lines, else most cells, if any does."""
    lines = [line[:LONGEST_HEADING] for line in text[: LINES_ABOVE * LONGEST_HEADING].splitlines() if line.strip()]

    def cells(separator: str) -> Iterator[list[str]]:
        for line in lines[:LINES_ABOVE]:
            yield next(csv.reader([line], delimiter=separator))

    known = {
        each: max(len({cell.strip().casefold() for cell in row} & headings) for row in cells(each))
        for each in SEPARATORS
    }
    best = max(SEPARATORS, key=lambda each: known[each])
    if known[best] >= 2:
        return best
    width = {each: len(next(cells(each))) for each in SEPARATORS}
    widest = max(SEPARATORS, key=lambda each: width[each])
    return widest if width[widest] > 2 else None


def _swallowed_rows(name: str, rows: Rows, separator: str) -> Iterator[Problem]:
    """Yield the quoted texts in which whole rows stand: one quotation mark too many hides them."""
    width = max((len(row) for _number, row in rows[:LINES_ABOVE]), default=0)
    for number, row in rows:
        if "\n" in "".join(row) and any("\n" in cell and count_separated(cell, separator) >= width - 1 for cell in row):
            yield Problem(
                name,
                number,
                None,
                _("teks berkutip yang memuat baris lain: {text}", text=quote_text(max(row, key=len))),
                _("satu baris angka di setiap baris"),
                _('Periksa tanda " di baris ini dan di baris-baris sesudahnya.'),
            )


def count_separated(text: str, separators: str = "".join(SEPARATORS)) -> int:
    """Return how often cells seem to be parted in a text: by a separator without the blank of a sentence."""
    return len(re.findall(rf"[{separators}](?! )", text))


def decode(content: bytes) -> str:
    """Return the text of a file as offices save it: UTF-8, UTF-16 with its mark, or cp1252.

    Raises
    ------
    UnicodeDecodeError
        If it is none of them.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if b"\x00" in content:  # UTF-16 without its mark, or no text at all
        raise UnicodeDecodeError("utf-8", content, 0, 1, "NUL")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")
