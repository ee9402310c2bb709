"""Files of rows -> cells of text. Nothing is interpreted here, and nothing is guessed.

CSV: separator `,` `;` or tab, UTF-8 (with or without BOM) or cp1252. XLSX: every sheet;
a number cell becomes the text that the declared number format would show.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from iku_analysis.errors import Problem
from iku_analysis.language import _

SEPARATORS = (",", ";", "\t")
LONGEST_HEADING = 10_000  # characters; what is longer is no heading, and csv refuses very long cells

# What is no text: control characters but tab and line end, and two code points that no page or paper can hold.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True)
class Table:
    """Rows of text from one CSV file or one sheet. `rows` pairs each with its spreadsheet row number."""

    name: str
    rows: list[tuple[int, list[str]]]


def read_tables(path: Path, name: str, headings: set[str], number_format: str) -> tuple[list[Table], list[Problem]]:
    """Return the tables of a CSV or XLSX file, and what is wrong with it as a file.

    Parameters
    ----------
    name : str
        The name of the file in messages.
    headings : set of str
        All headings known, lower case; a CSV's separator is the one that yields most of them.
    number_format : {"id", "en"}
        How to write the number cells of a sheet as text.
    """
    if path.suffix.lower() == ".csv":
        return _read_csv(path, name, headings)
    return _read_xlsx(path, name, number_format)


def _read_csv(path: Path, name: str, headings: set[str]) -> tuple[list[Table], list[Problem]]:
    content = path.read_bytes()
    try:
        text = _decode(content)
    except UnicodeDecodeError:
        return [], [
            _file_problem(
                name,
                _("teks dengan pengodean yang tidak dikenal"),
                "UTF-8, cp1252",
                _('Di Excel pilih Simpan Sebagai, jenis "CSV UTF-8".'),
            )
        ]
    if not text.strip():
        return [], [_empty(name)]
    if problem := find_control(text, name):
        return [], [problem]
    first = next(line for line in text.splitlines() if line.strip())[:LONGEST_HEADING]

    def known(separator: str) -> int:
        cells = next(csv.reader([first], delimiter=separator))
        return sum(cell.strip().casefold() in headings for cell in cells)

    separator = max(SEPARATORS, key=known)
    if known(separator) < 2:
        return [], [
            Problem(
                name,
                1,
                None,
                _quote(first),
                _("baris judul dengan pemisah koma, titik koma atau tab"),
                _("Simpan ulang sebagai CSV dengan pemisah titik koma, judul kolom di baris pertama."),
            )
        ]
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        return [], [
            Problem(
                name,
                len(rows) + 1,  # the row in which the quoted text begins
                None,
                _("tanda kutip yang tidak ditutup ({error})", error=error),
                _("setiap tanda kutip berpasangan"),
                _('Periksa tanda " di berkas, atau simpan ulang dari Excel.'),
            )
        ]
    return [Table(name, list(enumerate(rows, start=1)))], []


def find_control(text: str, name: str) -> Problem | None:
    """Return where a text has its first control character, with the line it stands in."""
    control = CONTROL.search(text)
    if control is None:
        return None
    line = len(re.findall(r"\r\n|\r|\n", text[: control.start()])) + 1
    found = _("tanda yang tidak terlihat, U+{code}", code=f"{ord(control[0]):04X}")
    mend = _("Hapus tanda itu, atau ketik ulang barisnya dan simpan sebagai UTF-8.")
    return Problem(name, line, None, found, _("teks biasa"), mend)


def _decode(content: bytes) -> str:
    if b"\x00" in content:  # UTF-16, or no text at all
        raise UnicodeDecodeError("utf-8", content, 0, 1, "NUL")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _read_xlsx(path: Path, name: str, number_format: str) -> tuple[list[Table], list[Problem]]:
    from openpyxl import load_workbook

    try:
        values = load_workbook(path, data_only=True)
        formulas = load_workbook(path)
    except Exception as error:  # openpyxl lets through whatever its parsers raise: zip, XML, types, keys
        return [], [
            _file_problem(
                name,
                _("berkas yang tidak dapat dibuka ({error})", error=error),
                _("buku kerja Excel (.xlsx)"),
                _("Buka di Excel dan simpan ulang sebagai .xlsx, tanpa kata sandi."),
            )
        ]
    tables, problems = [], []
    for sheet in values.worksheets:
        label = f"{name} [{sheet.title}]"
        for merged in sheet.merged_cells.ranges:
            problems.append(
                Problem(
                    label,
                    merged.min_row,
                    None,
                    _("sel gabungan {cells}", cells=merged.coord),
                    _("satu nilai di setiap sel"),
                    _("Pisahkan sel gabungan (Unmerge Cells) dan isi setiap barisnya."),
                )
            )
        rows = []
        for cells, sources in zip(sheet.iter_rows(), formulas[sheet.title].iter_rows(), strict=True):
            for cell, source in zip(cells, sources, strict=True):
                if source.data_type == "f" and cell.value is None:
                    problems.append(
                        Problem(
                            label,
                            cell.row,
                            cell.column_letter,
                            _("rumus tanpa nilai: {formula}", formula=_quote(str(source.value))),
                            _("angka atau rumus yang sudah dihitung"),
                            _("Buka berkas di Excel, tunggu hitungan selesai, lalu simpan; atau tempel sebagai nilai."),
                        )
                    )
            rows.append((cells[0].row, [_text_of_cell(cell, number_format) for cell in cells]))
        if any(any(row) for _number, row in rows):
            tables.append(Table(label, rows))
    if not tables and not problems:
        problems.append(_empty(name))
    return tables, problems


def _text_of_cell(cell: object, number_format: str) -> str:
    """Return what a planner sees in the cell, as text in the declared number format."""
    value = cell.value  # type: ignore[attr-defined]
    # Without [colours and locales], "quoted" and \escaped characters: `0.0\%` only shows a percent sign.
    shown_as = re.sub(r'\[[^]]*\]|"[^"]*"|\\.', "", cell.number_format)  # type: ignore[attr-defined]
    if value is None:
        return ""
    if isinstance(value, datetime):
        # Excel turns a typed "2021-08" into a date; it still shows, and means, a month
        # unless its format has a day.
        return f"{value:%Y-%m}" if value.day == 1 and "d" not in shown_as.lower() else f"{value:%Y-%m-%d}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        percent = "%" in shown_as
        number = Decimal(f"{value:.15g}") * (100 if percent else 1)  # the 15 digits that Excel keeps
        text = format(number.normalize() + 0, "f")
        return (text.replace(".", ",") if number_format == "id" else text) + ("%" if percent else "")
    return str(value)


def _empty(name: str) -> Problem:
    return _file_problem(
        name,
        _("berkas kosong"),
        _("baris judul dan sedikitnya satu baris angka"),
        _("Isi berkas, atau hapus dari folder."),
    )


def _file_problem(name: str, found: str, expected: str, mend: str) -> Problem:
    return Problem(name, None, None, found, expected, mend)


def _quote(text: str, most: int = 80) -> str:
    shown = text if len(text) <= most else text[: most - 1] + "…"
    return f"“{shown}”"
