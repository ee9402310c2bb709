"""Files of a register -> a table of typed columns, each row with what is wrong with it.

Two kinds of faults. A cell that is not written as records.toml says (a word among numbers, a line of too many cells) is
refused: nobody knows what else is misread. A cell that is readable and cannot be right (an empty date, one of 2099, an
area that nobody has) leaves its row out, under a reason that is counted and shown.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb

from iku_analysis.indonesian import MISSING, format_number, month_numbers
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.records import sql
from iku_analysis.records.opening import Part, first_row, open_parts
from iku_analysis.records.room import lacks_room, no_room
from iku_analysis.records.settings import ColumnSettings, RegisterSettings, format_of
from iku_analysis.sources.areas import match_areas
from iku_analysis.sources.file_faults import quote_text
from iku_analysis.storage.data_root import RECORDS, RECORDS_FILE

NUMBERS = {  # how a number is written, and what is taken from it
    "id": (r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", ".", ","),
    "en": (r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", ",", "."),
}
MONEY = "DECIMAL(18, 4)"  # sums of it are exact
ISO = "%Y-%m-%d"


def load_register(
    connection: duckdb.DuckDBPyConnection, name: str, settings: RegisterSettings, root: Path, areas: Sequence[str]
) -> list[Problem]:
    """Make the table `name` of a register: its columns, and `_fault`, which is empty for a row that may count.

    Returns what is refused; then the table is not to be used.
    """
    parts, problems = open_parts(connection, name, settings, root)
    if problems:
        return problems
    unions = " UNION ALL ".join(_select(part, settings) for part in parts)
    try:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(f'CREATE TABLE "{name}" AS {unions}')
        connection.execute("SET preserve_insertion_order = true")
    except duckdb.Error as error:
        return [_broken(connection, parts, error)]
    refused = connection.execute(
        f"SELECT _fault, count(*) FROM \"{name}\" WHERE starts_with(_fault, 'form:') GROUP BY _fault ORDER BY _fault"
    ).fetchall()
    for fault, count in refused:
        problems.append(_misread(connection, parts, settings, fault.removeprefix("form:"), count))
    if not problems:
        for column in settings.of_type("area"):
            _name_areas(connection, name, column, tuple(areas))
        problems += _mark_repeated(connection, name, settings)
    return problems


def _select(part: Part, settings: RegisterSettings) -> str:
    """Return the query that reads a part: cells cleaned, then typed, then each row with its first fault."""
    cleaned = ", ".join(f'{_clean(part, name)} AS "{name}"' for name in settings.columns)
    typed = ", ".join(
        f'{_typed(name, column, settings, part)} AS "{name}", "{name}" AS "raw {name}"'
        for name, column in settings.columns.items()
    )
    names = ", ".join(f'"{name}"' for name in settings.columns)
    cases = [*_form_cases(settings, part), *_content_cases(settings)]
    fault = f"CASE {' '.join(cases)} END" if cases else "NULL"
    return (
        f"SELECT {names}, ({fault})::VARCHAR AS _fault FROM (SELECT {typed} FROM (SELECT {cleaned} FROM {part.table}))"
    )


def _clean(part: Part, name: str) -> str:
    """Return a cell without blanks around it, nothing for a word that says so; of CSV the reader has taken these."""
    if name in part.typed:
        return part.source[name]
    written = part.source[name]
    blank = f"contains({written}, ' ') OR contains({written}, chr(160))"  # most have none, and trim takes long
    cell = f"CASE WHEN {blank} THEN trim({written}) ELSE {written} END"
    missing = ", ".join(map(sql.text, sorted(MISSING)))
    return f"nullif({cell}, '')" if part.is_csv else f"CASE WHEN lower({cell}) NOT IN ({missing}) THEN {cell} END"


def _typed(name: str, column: ColumnSettings, settings: RegisterSettings, part: Part) -> str:
    if column.type == "date":
        if name in part.typed:
            return f'TRY_CAST("{name}" AS DATE)'
        return f"try_strptime({_digits(name, settings)}, ['{format_of(settings.dates)}', '{ISO}'])::DATE"
    if column.type == "number":
        if name in part.typed:
            return f'TRY_CAST("{name}" AS {MONEY})'
        form, thousands, mark = NUMBERS[settings.numbers]
        cell = f'"{name}"'
        simple = f"TRY_CAST(replace({cell}, '{mark}', '.') AS {MONEY})"  # of digits alone, which most are: fast
        grouped = f"TRY_CAST(replace(replace({cell}, '{thousands}', ''), '{mark}', '.') AS {MONEY})"
        return (
            f"CASE WHEN regexp_full_match({cell}, '-?[0-9]+({re.escape(mark)}[0-9]+)?') THEN {simple} "
            f"WHEN regexp_full_match({cell}, '{form}') THEN {grouped} END"
        )
    if column.values:  # a byte a row
        return f'TRY_CAST("{name}" AS ENUM({", ".join(sql.text(value) for value in column.values)}))'
    return f'"{name}"'


def _digits(name: str, settings: RegisterSettings) -> str:
    """Return a date with its month as a number, where the register writes months as words."""
    if "Desember" not in settings.dates:
        return sql.name(name)
    cell = f"upper({sql.name(name)})"
    word = f"regexp_extract({cell}, '[A-Z]+')"
    numbers = ", ".join(f"'{month}': '{number:02d}'" for month, number in month_numbers().items())
    return f"replace({cell}, {word}, coalesce(MAP {{{numbers}}}[{word}], {word}))"


def _form_cases(settings: RegisterSettings, part: Part) -> list[str]:
    """Return the cases of cells that are not written as declared."""
    cases = []
    for name, column in settings.columns.items():
        unread = f'"{name}" IS NULL AND "raw {name}" IS NOT NULL'
        if column.type == "date" and name not in part.typed:
            written = re.sub("%[dmHMS]", r"\\d{1,2}", re.escape(format_of(settings.dates)).replace("%Y", r"\d{4}"))
            raw = _digits(f"raw {name}", settings)
            unread += rf" AND NOT regexp_full_match({raw}, '{written}|\d{{4}}-\d{{2}}-\d{{2}}')"
        if column.type in ("date", "number"):
            cases.append(f"WHEN {unread} THEN 'form:{name}'")
    return cases


def _content_cases(settings: RegisterSettings) -> list[str]:
    """Return the cases of cells that are readable and cannot be right."""
    cases = []
    for name, column in settings.columns.items():
        if not column.optional:
            cases.append(f"WHEN \"raw {name}\" IS NULL THEN 'missing:{name}'")
        if column.type == "date":
            cases.append(f'WHEN "{name}" IS NULL AND "raw {name}" IS NOT NULL THEN \'impossible:{name}\'')
            span = f"'{settings.first}-01'::DATE AND last_day('{settings.until}-01'::DATE)"
            if not column.optional:
                cases.append(f"WHEN \"{name}\" NOT BETWEEN {span} THEN 'outside:{name}'")
        if column.values:
            cases.append(f'WHEN "{name}" IS NULL AND "raw {name}" IS NOT NULL THEN \'unknown:{name}\'')
        for bound, sign in ((column.least, "<"), (column.most, ">")):
            if bound is not None:
                cases.append(f"WHEN \"{name}\" {sign} {bound!r} THEN 'range:{name}'")
    return cases


def _name_areas(connection: duckdb.DuckDBPyConnection, name: str, column: str, areas: tuple[str, ...]) -> None:
    """Write areas as policy.toml does; rows of one that it does not have are left out."""
    written = connection.execute(
        f'SELECT DISTINCT "{column}" FROM "{name}" WHERE "{column}" IS NOT NULL ORDER BY ALL'
    ).fetchall()
    for (text,) in written:
        found = match_areas(text, areas)
        if len(found) != 1:
            connection.execute(
                f'UPDATE "{name}" SET _fault = \'area:{column}\' WHERE "{column}" = ? AND _fault IS NULL', [text]
            )
        elif found[0] != text:
            connection.execute(f'UPDATE "{name}" SET "{column}" = ? WHERE "{column}" = ?', [found[0], text])


def _mark_repeated(connection: duckdb.DuckDBPyConnection, name: str, settings: RegisterSettings) -> list[Problem]:
    """Leave out all but one of the rows that are the same in every column; refuse one key of different rows."""
    key = settings.key
    # Numbers are compared faster than texts, and keys with different ones are different.
    differ = connection.execute(
        f'SELECT count(*) = count(DISTINCT hash("{key}")) FROM "{name}" WHERE _fault IS NULL'
    ).fetchone()
    if differ == (True,):
        return []
    others = ", ".join(f'"{column}"' for column in settings.columns)
    repeated = f'"{key}" IN (SELECT "{key}" FROM "{name}" WHERE _fault IS NULL GROUP BY ALL HAVING count(*) > 1)'
    different = connection.execute(
        f'SELECT "{key}" FROM (SELECT DISTINCT {others} FROM "{name}" WHERE _fault IS NULL AND {repeated}) '
        "GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL"
    ).fetchall()
    if different:
        shown = _("(tidak ditampilkan)") if settings.columns[key].personal else quote_text(different[0][0])
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
        f"UPDATE \"{name}\" SET _fault = 'repeated:{key}' WHERE _fault IS NULL AND {repeated} AND rowid NOT IN "
        f'(SELECT min(rowid) FROM "{name}" WHERE _fault IS NULL GROUP BY "{key}")'
    )
    return []


def _misread(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], settings: RegisterSettings, column: str, count: int
) -> Problem:
    """Return what is said of the cells of a column that are not written as declared: how many, and the first."""
    declared = settings.columns[column]
    heading = declared.heading
    for part in parts:
        cases = [case for case in _form_cases(settings, part) if case.endswith(f"'form:{column}'")]
        if not cases:
            continue
        typed = f'{_typed(column, declared, settings, part)} AS "{column}", "{column}" AS "raw {column}"'
        cell = f'{_clean(part, column)} AS "{column}"'
        file, row, text = first_row(connection, part, cell, typed, f"(CASE {cases[0]} END) IS NOT NULL")
        if file:
            break
    found = _("isi yang tidak ditampilkan") if declared.personal else quote_text(text)
    expected = _("tanggal seperti {example}", example=settings.dates)
    if declared.type == "number":
        expected = _("angka seperti {example}", example="1.234,5" if settings.numbers == "id" else "1,234.5")
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
        _("baris yang tidak dapat dibaca: banyak selnya lain, tanda kutip tidak ditutup, atau bukan UTF-8"),
        _("sel sebanyak judul kolom, UTF-8"),
        _("Perbaiki barisnya, atau simpan ulang sebagai CSV UTF-8."),
    )
