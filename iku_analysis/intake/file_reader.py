"""A file of an office -> its reading: opened, its tables found, each read, all held against each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iku_analysis.intake.files import open_tables
from iku_analysis.intake.heading_rows import is_number
from iku_analysis.intake.marks import legend_of
from iku_analysis.intake.memory import recall, shape_of
from iku_analysis.intake.names import Known, match_area, own_name
from iku_analysis.intake.reading import Reading, rows_words
from iku_analysis.intake.settle import settle_records
from iku_analysis.intake.table_reader import read_table
from iku_analysis.intake.tables import Table, find_tables
from iku_analysis.language import _
from iku_analysis.sources.cells import cell_problem
from iku_analysis.sources.rows import quote
from iku_analysis.sources.sheet_cells import Sheet, letters_of
from iku_analysis.storage.digest import sha256

NUMBER_FORMATS = ("id", "en")
MOST_IN_NOTE = 3  # cells of a line that explains marks


@dataclass(frozen=True)
class FileReading:
    """A file and its SHA-256 with its reading, its shape, and the headings of the shape for people."""

    path: Path
    digest: str
    reading: Reading
    shape: str
    headings: str


def read_file(path: Path, known: Known, given: dict[str, str]) -> FileReading:
    """Return what a file says, with `given` answers before those that are kept for its shape."""
    name = path.name
    number_format = given.get("angka") or known.policy.number_format(name)
    digest = sha256(path)
    sheets, problems = open_tables(path, name, number_format)
    found = list(_tables_of(sheets))
    shape, headings = shape_of(table for _sheet, tables, _loose in found for table in tables)
    kept = recall(known.agency.root, shape)
    if "angka" not in given and kept.get("angka", number_format) != number_format:
        return read_file(path, known, {"angka": kept["angka"]} | given)
    reading = Reading(name, number_format, kept | given, problems=problems)
    if given.get("angka") in NUMBER_FORMATS:
        reading.ask("angka", "", _("Bentuk angka berkas ini?"), list(NUMBER_FORMATS))
    for sheet in sheets:
        if sheet.hidden and sheet.rows:
            why = _("lembar tersembunyi, {count} baris: tidak dibaca", count=len(sheet.rows))
            reading.leave(sheet.title, "", "", why)
    for sheet, tables, loose in found:
        if loose:
            words = " / ".join(words for _row, words in loose)
            reading.leave(
                sheet.title, rows_words([row for row, _words in loose]), words[:200], _("tidak ada tabel di lembar ini")
            )
            _refuse_unheaded({row for row, _words in loose}, sheet, known, reading)
        legend = legend_of(" ".join(row) for row in map(_words, sheet.rows) if row)
        for table in tables:
            _refuse_unseen(table, sheet, reading)
            read_table(table, known, reading, legend)
    is_read = bool(reading.records)
    settle_records(reading, known)
    if not is_read and not reading.records and not reading.problems and not reading.doubts:
        mend = _("Periksa judul kolomnya: indikator, periode dan angkanya harus bernama.")
        reading.refuse("", None, None, _("tidak ada angka yang dapat dibaca"), _("sedikitnya satu tabel angka"), mend)
    return FileReading(path, digest, reading, shape, headings)


def _tables_of(sheets: list[Sheet]) -> Iterator[tuple[Sheet, list[Table], list[tuple[int, str]]]]:
    """Yield each sheet that shows with its tables, else its lines of words; what a document says goes on."""
    said: list[str] = []
    for sheet in sheets:
        if not sheet.hidden:
            tables, loose = find_tables(sheet, said if sheet.follows else ())
            said = tables[-1].lines_for_next if tables else said if sheet.follows else []
            yield sheet, tables, loose


def _refuse_unheaded(rows: set[int], sheet: Sheet, known: Known, reading: Reading) -> None:
    """Refuse rows without headings that name an indicator before a figure, in a document an area too: its next page."""
    mend = _("Ulangi judul kolomnya di atas baris ini, juga di halaman berikutnya; atau minta berkas Excel asalnya.")
    expected = _("judul kolom di atas angka")
    for number, cells in sheet.rows:
        named = [
            place
            for place, cell in enumerate(cells)
            if own_name(cell, known.names) or (sheet.follows and cell and match_area(cell, known.policy))
        ]
        if number in rows and named and any(map(is_number, cells[named[0] + 1 :])):
            reading.refuse(sheet.title, number, None, quote(" ".join(filter(None, cells))), expected, mend)


def _words(row: tuple[int, list[str]]) -> list[str]:
    """Return the cells of a row that may be a note: a few, and no figure."""
    cells = [cell for cell in row[1] if cell.strip()]
    return cells if len(cells) <= MOST_IN_NOTE and not any(map(is_number, cells)) else []


def _refuse_unseen(table: Table, sheet: Sheet, reading: Reading) -> None:
    """Refuse what of a table does not show, and cells whose content is not what they show."""
    rows = {number for number, _cells in table.rows} | set(table.headings)
    places = {column.place for column in table.columns}
    mend = _("Tampilkan (Unhide; pada saringan: Clear Filter) bila dihitung; bila tidak, hapus dari berkas.")
    expected = _("isi yang tampak")
    for row in sorted(rows & set(sheet.hidden_rows)):
        reading.refuse(sheet.title, row, None, _("baris tersembunyi atau disaring"), expected, mend)
    for first, last in sheet.hidden_columns:
        for place in sorted(places & set(range(first, last + 1))):
            reading.refuse(
                sheet.title, None, place, _("kolom {columns} tersembunyi", columns=letters_of(place)), expected, mend
            )
    for row, place, kind, text in sheet.faults:
        if row in rows and place in places:
            reading.problems.append(cell_problem(reading.place(sheet.title), row, place, kind, text))
