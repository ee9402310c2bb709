"""Files of an office, of any kind -> sheets of cells as people see them."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from iku_analysis.intake.html_tables import read_html
from iku_analysis.intake.marks import is_note, take_mark
from iku_analysis.intake.ods import read_ods
from iku_analysis.intake.opening import RefusedError, open_file
from iku_analysis.intake.pdf_columns import read_columns
from iku_analysis.intake.pdf_joined import join_pages
from iku_analysis.intake.pdf_pages import read_pages
from iku_analysis.intake.separators import find_separator
from iku_analysis.intake.when import take_when
from iku_analysis.intake.xls import read_xls
from iku_analysis.intake.xlsb import read_xlsb
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.cells import Table, check_texts
from iku_analysis.sources.csv_rows import read_csv_rows
from iku_analysis.sources.file_faults import empty_file
from iku_analysis.sources.sheet_cells import Sheet
from iku_analysis.sources.sheets import read_sheets

NUMBERED = re.compile(r"([a-z0-9])\s*\)", re.IGNORECASE)
MOST_IN_TITLE, LONGEST_IN_TITLE = 5, 120  # lines above a table of a document, characters of one


def open_tables(path: Path, name: str, number_format: str) -> tuple[list[Sheet], list[Problem]]:
    """Return the sheets of a file, and what is wrong with it as a file.

    A sheet's title is its name in a workbook, `Tabel 2` in Word, `hal. 3` or `hal. 3 tabel 2` in PDF, "" in a text.

    Parameters
    ----------
    name : str
        The name of the file in messages.
    number_format : {"id", "en"}
        How to write the number cells of a workbook as text.
    """
    in_csv: list[Problem] = []
    readers: dict[str, Callable[[Path], list[Sheet]]] = {
        "xlsx": partial(read_sheets, number_format=number_format),
        "xlsb": partial(read_xlsb, number_format=number_format),
        "xls": partial(read_xls, number_format=number_format),
        "ods": partial(read_ods, number_format=number_format),
        "html": partial(read_html, number_format=number_format),
        "docx": _read_word,
        "pdf": _read_pdf,
        "text": partial(_read_text, name, in_csv),
    }
    expected = _("berkas Excel, ODS, CSV, Word (.docx) atau PDF")
    sheets, problems = open_file(path, name, readers, expected)
    problems += in_csv
    for sheet in sheets or []:
        label = f"{name} [{sheet.title}]" if sheet.title else name
        problems += check_texts(Table(label, sheet.rows, is_sheet=True))
    if not problems and not any(sheet.rows for sheet in sheets or []):
        problems.append(empty_file(name))
    return sheets or [], problems


def _title(lines: list[str]) -> list[str]:
    """Return the lines that end some as a title: the last one, and those above it up to a sentence."""
    first = len(lines) - 1
    while first > 0 and len(lines) - first < MOST_IN_TITLE and not _is_sentence(lines[first - 1]):
        first -= 1
    return lines[max(0, first) :]


def _is_numbered_title(line: str, above: Sheet) -> bool:
    """Tell whether a line below a table looks like a note but titles the next one: `2) Realisasi TW II 2022`.

    It names a period, and its number is no mark in the table above.
    """
    number = NUMBERED.match(line)
    when = take_when(line)[0]
    marks = {take_mark(cell)[0].rstrip(")") for _row, cells in above.rows for cell in cells}
    return number is not None and bool(when.year or when.part) and number[1].lower() not in marks


def _is_sentence(line: str) -> bool:
    return len(line) > LONGEST_IN_TITLE or line.endswith((".", ";", ","))


def _read_text(name: str, problems: list[Problem], path: Path) -> list[Sheet]:
    rows, found = read_csv_rows(path, name, find_separator)
    problems += found
    return [Sheet("", rows=rows)] if rows else []


def _read_word(path: Path) -> list[Sheet]:
    from iku_analysis.intake.word_blocks import read_blocks  # python-docx is slow to import

    return _tables(read_blocks(path))


def _read_pdf(path: Path) -> list[Sheet]:
    blocks = join_pages(read_pages(path))
    without_lines = [] if any(isinstance(block, Sheet) for block in blocks) else read_columns(path)
    return without_lines or _tables(blocks)


def _tables(blocks: list[str | Sheet]) -> list[Sheet]:
    """Return the tables among the blocks of a document, each with the words that stand around it as rows numbered 0.

    Above it stands its title, of short lines; below it the notes that explain its marks and name its source.
    """
    tables = [block for block in blocks if isinstance(block, Sheet)]
    words: list[str] = []  # since the last table, its notes apart
    last: Sheet | None = None  # the last table, as long as only notes have come after it
    for block in blocks:
        if isinstance(block, Sheet):
            block.rows[:0] = [(0, [line]) for line in _title(words)]
            block.follows = block is not tables[0]
            words, last = [], block
        elif line := " ".join(block.split()):
            if last is not None and is_note(line) and not _is_numbered_title(line, last):
                last.rows.append((0, [line]))
            else:
                words, last = [*words, line], None
    if not tables:
        mend = _("Minta berkas Excel asalnya, atau buat tabel dengan garis di setiap sel.")
        raise RefusedError(_("dokumen tanpa tabel"), _("sedikitnya satu tabel bergaris"), mend)
    return tables
