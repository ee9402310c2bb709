"""The files of a register -> parts of one layout, that the engine can read; headings are held against records.toml."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pandas as pd

from iku_analysis.indonesian import MISSING
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.records import sql
from iku_analysis.records.settings import RegisterSettings, files_of
from iku_analysis.sources.account import span
from iku_analysis.sources.csv_rows import separator_of_headings
from iku_analysis.sources.file_faults import empty_file, file_problem, too_much
from iku_analysis.sources.rows import suggest
from iku_analysis.sources.sheet_cells import Sheet, TooMuchError, letters_of
from iku_analysis.sources.sheets import read_sheets
from iku_analysis.storage.data_root import RECORDS, RECORDS_FILE

FIRST_BYTES = 1 << 16
# Types that a Parquet file may give a column of a kind; all others are read as text, as a CSV is. A time with a zone is
# another day elsewhere.
TYPED = {
    "date": re.compile(r"DATE$|TIMESTAMP(_S|_MS|_NS)?$"),
    "number": re.compile("U?(TINY|SMALL|BIG|HUGE)?INT|DECIMAL|FLOAT|DOUBLE"),
}
NEVER = re.compile("(?!)")
ROW = "_row_of_the_file"  # the column of their numbers


@dataclass(frozen=True)
class Part:
    """Files of one layout: what reads them, the cells of each meaning, and which of these carry their type."""

    files: tuple[Path, ...]
    folder: Path
    reading: Callable[[Sequence[Path]], str]
    source: dict[str, str]
    typed: frozenset[str]

    @property
    def table(self) -> str:
        """What stands after FROM."""
        return self.reading(self.files)

    @property
    def is_csv(self) -> bool:
        """Whether these are CSV files."""
        return self.files[0].suffix.lower() == ".csv"

    def named(self, path: Path) -> str:
        """Return a file as messages name it."""
        return path.relative_to(self.folder).as_posix()


def open_parts(
    connection: duckdb.DuckDBPyConnection, name: str, settings: RegisterSettings, root: Path
) -> tuple[list[Part], list[Problem]]:
    """Return the parts of a register, and what is wrong with its files."""
    folder = root / RECORDS
    files, problems = _find(name, settings, root)
    parts: list[Part] = []
    for path in files:
        file = f"{RECORDS}/{path.relative_to(folder).as_posix()}"
        if path.suffix.lower() == ".parquet":
            found = _parquet(connection, path)
        elif path.suffix.lower() == ".xlsx":
            found = _workbook(connection, path, file, settings)
        else:
            found = _csv(path, file, settings)
        if isinstance(found, list):
            expected, mend = _("tabel dengan judul kolom di baris pertama"), _("Perbaiki atau hapus berkasnya.")
            problems += found or [file_problem(file, _("berkas yang tidak dapat dibaca"), expected, mend)]
            continue
        types, reading = found
        source, faults = _match(settings, list(types), file)
        problems += faults
        typed = frozenset(
            each
            for each, heading in source.items()
            if TYPED.get(settings.columns[each].type, NEVER).match(types[heading])
        )
        cells = {each: _cell(heading, types[heading], typed=each in typed) for each, heading in source.items()}
        parts.append(Part((path,), folder, reading, cells, typed))
    return _alike(parts), problems


def _cell(heading: str, kind: str, *, typed: bool) -> str:
    """Return a cell by the type of its file: files of other types are other parts, else the first's would round."""
    cell = f"{sql.name(heading)}::{kind}"
    if typed:
        return cell
    # pandas writes whole numbers of which one is missing as 3171.0, which is 3171
    return f"regexp_replace({cell}::VARCHAR, '\\.0$', '')" if kind in ("FLOAT", "DOUBLE") else f"{cell}::VARCHAR"


def _find(name: str, settings: RegisterSettings, root: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files that the register names, and the names that no file has."""
    found = {pattern: files_of(pattern, root) for pattern in settings.files}
    there = [path.relative_to(root / RECORDS).as_posix() for path in files_of(".", root)]
    mend, expected, place = _("Perbaiki namanya."), _("berkas yang ada di records/"), f"register.{name}.files"
    problems = [
        Problem(f"{RECORDS}/{RECORDS_FILE}", None, place, pattern, expected, mend + suggest(pattern, there))
        for pattern, files in found.items()
        if not files
    ]
    return list(dict.fromkeys(path for files in found.values() for path in files)), problems


# Headings with their types and what reads the file; or what is wrong with it, nothing where that is not known.
Found = tuple[dict[str, str], Callable[[Sequence[Path]], str]] | list[Problem]


def _csv(path: Path, file: str, settings: RegisterSettings) -> Found:
    """Return the headings of a CSV file and what reads it."""
    with path.open("rb") as stream:
        first = stream.read(FIRST_BYTES)
    try:
        line = first.decode("utf-8-sig", errors="ignore" if len(first) == FIRST_BYTES else "strict").splitlines()[:1]
    except UnicodeDecodeError:
        found, mend = _("teks dengan pengodean yang tidak dikenal"), _("Simpan ulang berkas sebagai UTF-8.")
        return [file_problem(file, found, "UTF-8", mend)]
    if not first.strip():
        return [empty_file(file)]
    known = {_plain(column.heading) for column in settings.columns.values()}
    separator = separator_of_headings(known, line[0]) if line else None
    if separator is None:
        return []
    headings = _apart(next(csv.reader(line, delimiter=separator)))
    columns = ", ".join(f"{sql.text(each)}: 'VARCHAR'" for each in headings)
    missing = ", ".join(
        sql.text(each) for word in sorted(MISSING) for each in sorted({word, word.upper(), word.title()})
    )
    options = f"delim='{separator}', header=true, auto_detect=false, quote='\"', escape='\"', nullstr=[{missing}]"
    options += f", columns={{{columns}}}"
    return dict.fromkeys(headings, "VARCHAR"), lambda files: f"read_csv({sql.paths(files)}, {options})"


def _parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> Found:
    """Return the columns of a Parquet file with their types and what reads it."""
    try:
        rows = connection.execute(f"DESCRIBE FROM read_parquet({sql.paths([path])})").fetchall()
    except duckdb.Error:
        return []
    return {row[0]: row[1] for row in rows}, lambda files: f"read_parquet({sql.paths(files)})"


def _workbook(connection: duckdb.DuckDBPyConnection, path: Path, file: str, settings: RegisterSettings) -> Found:
    """Return the headings of the only sheet of a workbook, and the table made of its cells as they are shown."""
    try:
        sheets = [sheet for sheet in read_sheets(path, settings.numbers) if sheet.rows]
    except TooMuchError as error:
        return [too_much(file, error.found, error.most, error.row)]
    except Exception:  # whatever zip and XML raise for a damaged file
        return []
    if not sheets:
        return [empty_file(file)]
    if faults := [*_sheet_faults(sheets, file), *_rounded(sheets[0], file, settings)]:
        return faults
    (_number, written), *rows = sheets[0].rows
    headings = _apart(written)
    cells = pd.DataFrame(
        [(row + [""] * len(headings))[: len(headings)] for _row, row in rows], columns=headings, dtype="str"
    )
    cells.insert(0, ROW, [number for number, _row in rows])
    table = f"sheet {len(connection.execute('SHOW TABLES').fetchall())} {path.name}"
    connection.register("_cells", cells)
    connection.execute(f"CREATE TEMP TABLE {sql.name(table)} AS FROM _cells")
    connection.unregister("_cells")
    return dict.fromkeys(headings, "VARCHAR"), lambda _files: sql.name(table)


def _sheet_faults(sheets: list[Sheet], file: str) -> list[Problem]:
    """Return what of a workbook cannot be read as one table of what it shows."""
    if len(sheets) > 1:
        found, expected = _("{count} lembar yang berisi", count=len(sheets)), _("satu lembar yang berisi")
        return [file_problem(file, found, expected, _("Simpan lembar lain sebagai berkas sendiri, atau hapus."))]
    sheet, problems = sheets[0], []
    if sheet.hidden or sheet.hidden_rows:
        rows = span([*sheet.hidden_rows[:1], *sheet.hidden_rows[-1:]])
        found = _("baris {rows} tersembunyi atau disaring", rows=rows) if rows else _("lembar tersembunyi")
        mend = _(
            "Tampilkan (Unhide; pada saringan: Clear Filter) bila dihitung; bila tidak, pindahkan dari berkas ini."
        )
        problems.append(Problem(file, None, None, found, _("isi yang tampak"), mend))
    for row, column, kind, _text in sheet.faults:
        found = _("rumus tanpa nilai") if kind == "formula" else _("angka yang tampak lain dari isi selnya")
        mend = _("Buka di Excel, periksa selnya, lalu tempel sebagai nilai dan simpan.")
        problems.append(Problem(file, row, letters_of(column), found, _("isi yang tampak"), mend))
    return problems


def _rounded(sheet: Sheet, file: str, settings: RegisterSettings) -> list[Problem]:
    """Return the columns of text in which numbers stand that a spreadsheet has cut to 15 digits: two may be one."""
    texts = {_plain(column.heading) for column in settings.columns.values() if column.type == "text"}
    headings = sheet.rows[0][1]
    first = {column: row for row, column in reversed(sheet.rounded) if column < len(headings)}
    return [
        Problem(
            file,
            row,
            headings[column],
            _("nomor lebih dari 15 angka yang ditulis sebagai bilangan: angka terakhirnya hilang"),
            _("nomor yang utuh: di Excel, kolom berformat Teks"),
            _("Ambil lagi nomornya dari sumbernya, ke kolom berformat Teks."),
        )
        for column, row in sorted(first.items())
        if _plain(headings[column]) in texts
    ]


def _match(settings: RegisterSettings, headings: list[str], file: str) -> tuple[dict[str, str], list[Problem]]:
    """Return the heading of each meaning as it is written, and what is missing or there twice."""
    written: dict[str, list[str]] = {}
    for heading in headings:
        written.setdefault(_plain(heading.partition("\0")[0]), []).append(heading)
    source, problems = {}, []
    for name, column in settings.columns.items():
        found = written.get(_plain(column.heading), [])
        if len(found) == 1:
            source[name] = found[0]
            continue
        told = _("dua kolom berjudul sama") if found else _("tidak ada")
        expected = _("satu kolom berjudul {heading}", heading=column.heading)
        mend = _("Perbaiki judulnya di berkas, atau heading di records.toml.")
        problems.append(Problem(file, 1, column.heading, told, expected, mend + suggest(column.heading, headings)))
    return source, problems


def _alike(parts: list[Part]) -> list[Part]:
    """Return the parts with those of one layout made one: a thousand files are one scan."""
    joined: dict[tuple[str, ...], Part] = {}
    for part in parts:
        layout = (part.reading(()), *part.source.values(), *sorted(part.typed))
        before = joined.get(layout)
        files = (*before.files, *part.files) if before else part.files
        joined[layout] = replace(part, files=files)
    return list(joined.values())


def first_row(
    connection: duckdb.DuckDBPyConnection, part: Part, cell: str, condition: str
) -> tuple[str, int | None, str]:
    """Return file, row (as a spreadsheet shows it) and text of the first `cell` (typed, written) that is as asked."""
    for path in part.files:
        table = part.reading([path])
        if path.suffix.lower() != ".xlsx":  # whose rows are numbered already
            table = f"(SELECT *, row_number() OVER () + 1 AS {ROW} FROM {table})"
        found = connection.execute(
            f"SELECT * FROM (SELECT {ROW}, {cell} FROM {table}) WHERE {condition} ORDER BY {ROW} LIMIT 1"
        ).fetchone()
        if found:
            return part.named(path), int(found[0]), str(found[-1]).strip()
    return "", None, ""


def _apart(headings: list[str]) -> list[str]:
    """Return headings that all differ and are not empty, as the engine wants them: `_match` tells of what matters."""
    return [f"{each}\0{place}" if not each or each in headings[:place] else each for place, each in enumerate(headings)]


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())
