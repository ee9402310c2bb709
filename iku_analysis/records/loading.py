"""Files of a register -> a table of typed columns, each row with what is wrong with it, as `cells` judges it."""

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from iku_analysis.indonesian import format_number
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.records import sql
from iku_analysis.records.cells import cell_of, form_cases, select_rows
from iku_analysis.records.opening import Part, first_row, open_parts
from iku_analysis.records.room import lacks_room, no_room
from iku_analysis.records.settings import RegisterSettings
from iku_analysis.sources.areas import match_areas
from iku_analysis.sources.file_faults import quote_text
from iku_analysis.storage.data_root import RECORDS, RECORDS_FILE

AT_ONCE = 20_000_000  # hashes of keys that are compared in memory


def load_register(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    settings: RegisterSettings,
    root: Path,
    areas: Sequence[str],
    *,
    kept: Sequence[str],
) -> list[Problem]:
    """Make the table `name` of a register: the columns that are `kept`, and what stands beside each row.

    `_fault` is empty for a row that may count, `_key` the hash of its key. All columns are judged, also those that no
    question asks for and that are not kept. Returns what is refused; then the table is not to be used.
    """
    parts, problems = open_parts(connection, name, settings, root)
    if problems:
        return problems
    read = " UNION ALL ".join(select_rows(part, settings) for part in parts)
    columns = ", ".join([*(f'"{column}"' for column in kept), "_key", "_fault"])
    try:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(f'CREATE TABLE "{name}" AS SELECT {columns} FROM ({read})')
        connection.execute("SET preserve_insertion_order = true")
    except duckdb.Error as error:
        return [_broken(connection, parts, error)]
    refused = connection.execute(
        f"SELECT _fault::VARCHAR AS fault, count(*) FROM \"{name}\" WHERE starts_with(_fault, 'form:') "
        "GROUP BY fault ORDER BY fault"
    ).fetchall()
    for fault, count in refused:
        problems.append(_misread(connection, parts, settings, fault.removeprefix("form:"), count))
    if not problems:
        _name_areas(connection, name, settings, tuple(areas))
        again = _keys_again(connection, name)
        if len(again):
            connection.register("_again", pd.DataFrame({"_key": again}))
            connection.execute(f"CREATE TEMP TABLE _alike AS FROM ({read}) WHERE _key IN (FROM _again)")
            _name_areas(connection, "_alike", settings, tuple(areas))
            problems += _mark_repeated(connection, name, settings)
            connection.execute(f'DELETE FROM "{name}" WHERE _key IN (FROM _again)')
            connection.execute(f'INSERT INTO "{name}" SELECT {columns} FROM _alike; DROP TABLE _alike')
    return problems


def _name_areas(
    connection: duckdb.DuckDBPyConnection, table: str, settings: RegisterSettings, areas: tuple[str, ...]
) -> None:
    """Write areas as policy.toml does; rows of one that it does not have are left out."""
    for column in settings.of_type("area"):
        written = connection.execute(
            f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL ORDER BY ALL'
        ).fetchall()
        for (text,) in written:
            found = match_areas(text, areas)
            if len(found) != 1:
                connection.execute(
                    f'UPDATE "{table}" SET _fault = \'area:{column}\' WHERE "{column}" = ? AND _fault IS NULL', [text]
                )
            elif found[0] != text:
                connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?', [found[0], text])


def _keys_again(connection: duckdb.DuckDBPyConnection, name: str) -> NDArray[np.uint64]:
    """Return the hashes that more than one row has: keys that are the same are among them, others hardly ever.

    Sorting numbers takes a fraction of grouping by them.
    """
    counted = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
    slices = (counted[0] if counted else 0) // AT_ONCE + 1
    again = []
    for each in range(slices):
        rows = f'FROM "{name}" WHERE _fault IS NULL AND _key % {slices} = {each}'
        keys = np.sort(connection.execute(f"SELECT _key {rows}").fetchnumpy()["_key"])
        again.append(keys[1:][keys[1:] == keys[:-1]])
    return np.unique(np.concatenate(again))


def _mark_repeated(connection: duckdb.DuckDBPyConnection, name: str, settings: RegisterSettings) -> list[Problem]:
    """Leave out all but one of the rows `_alike` that are the same in all columns; refuse one key of different rows."""
    key, rows = sql.same(settings.key), "FROM _alike WHERE _fault IS NULL"
    cells, columns = (", ".join(each(column) for column in settings.columns) for each in (sql.same, sql.name))
    different = connection.execute(
        f"SELECT min(written) FROM (SELECT {key} AS key, min({sql.name(settings.key)})::VARCHAR AS written {rows} "
        f"GROUP BY {cells}) GROUP BY key HAVING count(*) > 1 ORDER BY ALL"
    ).fetchall()
    if different:
        shown = _("(tidak ditampilkan)") if settings.columns[settings.key].personal else quote_text(different[0][0])
        return [
            Problem(
                f"{RECORDS}/{RECORDS_FILE}",
                None,
                f"register.{name}.key",
                _(
                    "{count} kunci dengan isi yang berbeda, yang pertama {key}",
                    count=format_number(len(different)),
                    key=shown,
                ),
                _("satu catatan untuk setiap kunci"),
                _("Perbaiki registernya, atau pilih kolom lain sebagai key."),
            )
        ]
    connection.execute(
        f"UPDATE _alike SET _fault = 'repeated:{settings.key}' WHERE rowid IN (SELECT row FROM (SELECT rowid AS row, "
        f"row_number() OVER (PARTITION BY {key} ORDER BY {columns}) AS place {rows}) WHERE place > 1)"
    )
    return []


def _misread(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], settings: RegisterSettings, column: str, count: int
) -> Problem:
    """Return what is said of the cells of a column that are not written as declared: how many, and the first."""
    declared = settings.columns[column]
    heading = declared.heading
    for part in parts:
        cases = [case for case in form_cases(settings, part) if case.endswith(f"'form:{column}'")]
        if not cases:
            continue
        cell = cell_of(column, settings, part)
        file, row, text = first_row(connection, part, cell, f"(CASE {cases[0]} END) IS NOT NULL")
        if file:
            break
    found = _("isi yang tidak ditampilkan") if declared.personal else quote_text(text)
    expected = _("tanggal seperti {example}", example=settings.dates)
    if declared.type == "number":
        expected = _("angka seperti {example}", example="1.234,5" if settings.numbers == "id" else "1,234.5")
    if declared.type == "text":
        expected = _("nomor yang utuh: di Excel, kolom berformat Teks")
    return Problem(
        f"{RECORDS}/{file}",
        row,
        heading,
        _("{found}, dan {count} sel sejenis", found=found, count=format_number(count)) if count > 1 else found,
        expected,
        _("Perbaiki selnya, atau cara menulis yang dinyatakan di records.toml."),
    )


def _broken(connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], error: duckdb.Error) -> Problem:
    """Return what is said of a file that is no table; the message of the engine would show cells of the row."""
    if lacks_room(error):
        return no_room()
    for part in parts:
        for path in part.files:
            try:
                connection.execute(f"SELECT count(COLUMNS(*)) FROM {part.reading([path])}")
            except duckdb.Error as of_file:
                line = re.search(r"[Ll]ine: (\d+)", str(of_file))
                return _broken_file(part.named(path), int(line[1]) if line else None)
    return _broken_file(RECORDS_FILE, None)


def _broken_file(file: str, row: int | None) -> Problem:
    return Problem(
        f"{RECORDS}/{file}",
        row,
        None,
        _("baris yang tidak dapat dibaca: banyak selnya lain, kutip tidak ditutup, akhir baris campuran, bukan UTF-8"),
        _("sel sebanyak judul kolom, UTF-8"),
        _("Perbaiki barisnya, atau simpan ulang sebagai CSV UTF-8."),
    )
