"""Files of rows -> cells of text. Nothing is interpreted here, and nothing is guessed.

CSV: separator `,` `;` or tab, UTF-8 (with or without BOM), UTF-16 with BOM or cp1252. XLSX: every sheet;
a number cell becomes the text that the declared number format would show, a date the year or month it shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.account import Account, span
from iku_analysis.sources.csv_rows import read_csv_rows, separator_of_headings
from iku_analysis.sources.file_faults import (
    CONTROL,
    control_problem,
    empty_file,
    file_problem,
    quote_text,
    too_long,
    too_much,
)
from iku_analysis.sources.limits import LONGEST_TEXT
from iku_analysis.sources.sheet_cells import Sheet, TooMuchError, blocks, letters_of
from iku_analysis.sources.sheets import read_sheets

CUT_AT = (255, 256, LONGEST_TEXT)  # where programs cut a text off


@dataclass(frozen=True)
class Table:
    """Rows of text from one CSV file or one sheet. `rows` pairs each with its spreadsheet row number.

    Rows of a sheet may be shorter than others. `merged` names its merged cells, `uncomputed` its
    formulas without a value, by row and by column (counted from 0).
    """

    name: str
    rows: list[tuple[int, list[str]]]
    is_sheet: bool = False
    merged: tuple[str, ...] = ()
    uncomputed: tuple[tuple[int, int, Problem], ...] = ()


def read_tables(
    path: Path, name: str, headings: set[str], number_format: str, *, hidden: str, account: Account
) -> tuple[list[Table], list[Problem]]:
    """Return the tables of a CSV or XLSX file, and what is wrong with it as a file.

    Parameters
    ----------
    name : str
        The name of the file in messages.
    headings : set of str
        All headings known, lower case; a CSV's separator is the one that yields most of them.
    number_format : {"id", "en"}
        How to write the number cells of a sheet as text.
    hidden : {"refuse", "leave_out"}
        What to do with sheets, rows and columns that do not show.
    account : Account
        Hidden content that is left out is added here.
    """
    if path.suffix.lower() == ".csv":
        rows, problems = read_csv_rows(path, name, partial(separator_of_headings, headings))
        tables = [Table(name, rows)] if rows else []
    else:
        tables, problems = _read_xlsx(path, name, number_format, hidden, account)
    return tables, problems + [problem for table in tables for problem in check_texts(table)]


def check_texts(table: Table) -> Iterator[Problem]:
    """Yield the cells that are too long, or seem to be cut off; a too long text is shortened in the table."""
    for number, cells in table.rows:
        if table.is_sheet and (control := CONTROL.search("".join(cells))):
            place = next(place for place, cell in enumerate(cells) if control[0] in cell)
            yield control_problem(control[0], table.name, number, letters_of(place))
        if max(map(len, cells)) < CUT_AT[0]:
            continue
        for place, cell in enumerate(cells):
            if len(cell) > LONGEST_TEXT:
                yield too_long(table.name, number, letters_of(place), len(cell))
                cells[place] = cell[:80]
            elif len(cell) in CUT_AT and cell[-1].isalnum():
                yield Problem(
                    table.name,
                    number,
                    letters_of(place),
                    _("teks yang tepat {count} huruf: {text}", count=len(cell), text=quote_text(cell)),
                    _("teks yang utuh; banyak program memotongnya di sini"),
                    _("Lengkapi teksnya; bila memang selesai, akhiri dengan titik."),
                )


def _read_xlsx(
    path: Path, name: str, number_format: str, hidden: str, account: Account
) -> tuple[list[Table], list[Problem]]:
    try:
        sheets = read_sheets(path, number_format)
    except TooMuchError as error:
        return [], [
            too_much(f"{name} [{error.sheet}]" if error.sheet else name, error.found, error.most, error.row or None)
        ]
    except Exception as error:  # whatever zip, XML and crooked numbers raise
        return [], [
            file_problem(
                name,
                _("berkas yang tidak dapat dibuka ({error})", error=error),
                _("buku kerja Excel (.xlsx)"),
                _("Buka di Excel dan simpan ulang sebagai .xlsx, tanpa kata sandi."),
            )
        ]
    tables: list[Table] = []
    problems: list[Problem] = []
    for sheet in sheets:
        label = f"{name} [{sheet.title}]"
        shown = list(_take_hidden(sheet, label, hidden, account, problems))
        if shown:
            faults = [(*fault[:3], cell_problem(label, *fault)) for fault in sheet.faults]
            problems += [problem for _row, _column, kind, problem in faults if kind != "formula"]
            uncomputed = tuple((row, column, problem) for row, column, kind, problem in faults if kind == "formula")
            tables.append(Table(label, shown, is_sheet=True, merged=tuple(sheet.merged), uncomputed=uncomputed))
    if not any(sheet.rows for sheet in sheets):
        problems.append(empty_file(name))
    return tables, problems


def _take_hidden(
    sheet: Sheet, label: str, hidden: str, account: Account, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that show; note what does not as a problem, or in the account where the policy leaves it out."""

    def note(kind: str, rows: list[int], found: str, **values: object) -> None:
        if hidden == "leave_out":
            account.leave_out(label, rows, "", kind, **values)
            return
        mend = _(
            "Tampilkan (Unhide; pada saringan: Clear Filter) bila dihitung; bila tidak, pindahkan dari berkas ini, "
            'atau tulis hidden = "leave_out" di policy.toml, bagian [reading].'
        )
        problems.append(Problem(label, rows[0] if rows else None, None, found, _("isi yang tampak"), mend))

    if sheet.hidden:
        if count := len(sheet.rows):
            note("hidden_sheet", [], _("lembar tersembunyi, {count} baris", count=count), count=count)
        return
    for rows in blocks(sheet.hidden_rows):
        note("hidden_rows", list(rows), _("baris {rows} tersembunyi atau disaring", rows=span(rows)))
    unseen = set(sheet.hidden_rows)
    shown = [(number, cells) for number, cells in sheet.rows if number not in unseen]
    for first, last in sheet.hidden_columns:
        if any(any(cells[first : last + 1]) for _number, cells in shown):
            columns = letters_of(first) + (f"-{letters_of(last)}" if last > first else "")
            note("hidden_columns", [], _("kolom {columns} tersembunyi", columns=columns), columns=columns)
            for _number, cells in shown:
                cells[first : last + 1] = [""] * len(cells[first : last + 1])
    yield from shown


def cell_problem(name: str, row: int, column: int, kind: str, text: str) -> Problem:
    """Return what is wrong with one cell of a sheet, by its kind."""
    if kind == "formula":
        found, expected = (
            _("rumus tanpa nilai: {formula}", formula=quote_text(text)),
            _("angka atau rumus yang sudah dihitung"),
        )
        mend = _("Buka berkas di Excel, tunggu hitungan selesai, lalu simpan; atau tempel sebagai nilai.")
        return Problem(name, row, letters_of(column), found, expected, mend)
    if kind == "struck":
        found, expected = _("isi yang dicoret: {text}", text=quote_text(text)), _("sel tanpa coretan")
        mend = _("Hapus isi yang dicoret, atau hilangkan coretannya.")
        return Problem(name, row, letters_of(column), found, expected, mend)
    found = _("format angka {format}, yang menampilkan lain dari isi selnya", format=quote_text(text))
    mend = _("Ubah format selnya menjadi Umum (General), lalu periksa angkanya.")
    return Problem(name, row, letters_of(column), found, _("angka yang tampak seperti isinya"), mend)
