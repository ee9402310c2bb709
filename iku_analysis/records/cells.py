"""A part of a register -> the query that reads it: cells cleaned and typed, each row with what is wrong with it.

Two kinds of faults. A cell that is not written as records.toml says (a word among numbers, a line of too many cells) is
refused: nobody knows what else is misread. A cell that is readable and cannot be right (an empty date, one of 2099, an
area that nobody has) leaves its row out, under a reason that is counted and shown.
"""

import re

from iku_analysis.indonesian import MISSING, month_numbers
from iku_analysis.records import sql
from iku_analysis.records.opening import Part
from iku_analysis.records.settings import RegisterSettings, format_of

NUMBERS = {  # how a number is written, and what is taken from it
    "id": (r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", ".", ","),
    "en": (r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", ",", "."),
}
MONEY = "DECIMAL(18, 4)"  # sums of it are exact
ISO = "%Y-%m-%d"
CUT = r"\d([.,]\d+)?E\+\d+"  # a long number of which a spreadsheet keeps the first digits
NO_PLACEHOLDER = "DATE '1901-01-01' AND DATE '2098-12-31'"  # 1900, 2099 and 9999 stand where no date is known
FAULTS = ("form", "missing", "impossible", "outside", "unknown", "range", "area", "repeated")


def select_rows(part: Part, settings: RegisterSettings) -> str:
    """Return the query that reads a part: cells cleaned and typed, then each row with its first fault."""
    typed = ", ".join(cell_of(name, settings, part) for name in settings.columns)
    names = ", ".join(f'"{name}"' for name in settings.columns)
    cases = [*form_cases(settings, part), *_content_cases(settings, part)]
    fault = f"CASE {' '.join(cases)} END" if cases else "NULL"
    faults = ", ".join(f"'{fault}:{name}'" for fault in FAULTS for name in settings.columns)  # a byte a row
    empty = " AND ".join(f"{part.source[name]} IS NULL" for name in settings.columns)  # a line that only looks like one
    return (
        f"SELECT {names}, hash({sql.same(settings.key)}) AS _key, ({fault})::ENUM({faults}) AS _fault "
        f"FROM (SELECT {typed} FROM {part.table} WHERE NOT ({empty}))"
    )


def cell_of(name: str, settings: RegisterSettings, part: Part) -> str:
    """Return a column as it is counted, and as it is written."""
    return f'{_typed(name, settings, part)} AS "{name}", {part.source[name]} AS "raw {name}"'


def _clean(name: str, written: str, part: Part) -> str:
    """Return a cell without blanks but one between words, nothing for a word that says so: of CSV the reader took them.

    Most cells have none of these, and what mends them takes long.
    """
    if name in part.typed:
        return written
    blank = " OR ".join(f"contains({written}, chr({code}))" for code in (32, 160, 9, 10, 13))
    plain = f"trim(regexp_replace({written}, '[\\s\\x{{00A0}}]+', ' ', 'g'))"
    crooked = f"regexp_matches({written}, '^\\s|\\s$|\\s\\s|[\\t\\n\\r\\x{{00A0}}]')"
    cell = f"CASE WHEN ({blank}) AND {crooked} THEN {plain} ELSE {written} END"
    missing = ", ".join(map(sql.text, sorted(MISSING)))
    if part.is_csv:
        return f"nullif({cell}, '')"
    longer = max(map(len, MISSING))
    return f"CASE WHEN strlen({cell}) > {longer} OR lower({cell}) NOT IN ({missing}) THEN {cell} END"


def _typed(name: str, settings: RegisterSettings, part: Part) -> str:
    column, written = settings.columns[name], part.source[name]
    if name in part.typed:
        return f"TRY_CAST({written} AS {'DATE' if column.type == 'date' else MONEY})"
    cleaned = _clean(name, written, part)
    if column.type in ("date", "number"):  # most have no blanks around them, and are read as they are
        read = _date if column.type == "date" else _number
        return f"coalesce({read(written, settings)}, {read(cleaned, settings)})"
    if column.values:  # a byte a row
        kind = f"ENUM({', '.join(sql.text(value) for value in column.values)})"
        small = {value.lower(): value for value in column.values}
        known = ", ".join(f"{sql.text(word)}: {sql.text(value)}" for word, value in small.items())
        return f"coalesce(TRY_CAST({written} AS {kind}), MAP {{{known}}}[lower({cleaned})]::{kind})"
    return cleaned


def _date(cell: str, settings: RegisterSettings) -> str:
    return f"try_strptime({_digits(cell, settings)}, ['{format_of(settings.dates)}', '{ISO}'])::DATE"


def _number(cell: str, settings: RegisterSettings) -> str:
    form, thousands, mark = NUMBERS[settings.numbers]
    simple = f"TRY_CAST(replace({cell}, '{mark}', '.') AS {MONEY})"  # of digits alone, which most are: fast
    grouped = f"TRY_CAST(replace(replace({cell}, '{thousands}', ''), '{mark}', '.') AS {MONEY})"
    return (
        f"CASE WHEN regexp_full_match({cell}, '-?[0-9]+({re.escape(mark)}[0-9]+)?') THEN {simple} "
        f"WHEN regexp_full_match({cell}, '{form}') THEN {grouped} END"
    )


def _digits(cell: str, settings: RegisterSettings) -> str:
    """Return a date with its month as a number, where the register writes months as words."""
    if "Desember" not in settings.dates:
        return cell
    cell = f"upper({cell})"
    word = f"regexp_extract({cell}, '[A-Z]+')"
    numbers = ", ".join(f"'{month}': '{number:02d}'" for month, number in month_numbers().items())
    return f"replace({cell}, {word}, coalesce(MAP {{{numbers}}}[{word}], {word}))"


def _unread(name: str, part: Part) -> str:
    """Return the condition of a cell in which something stands that is no value of its column."""
    raw = f'"raw {name}"'
    return f'"{name}" IS NULL AND {_clean(name, raw, part)} IS NOT NULL'


def form_cases(settings: RegisterSettings, part: Part) -> list[str]:
    """Return the cases of cells that are not written as declared."""
    cases = []
    for name, column in settings.columns.items():
        unread = _unread(name, part)
        if column.type == "date" and name not in part.typed:
            written = re.sub("%[dmHMS]", r"\\d{1,2}", re.escape(format_of(settings.dates)).replace("%Y", r"\d{4}"))
            raw = _digits(_clean(name, f'"raw {name}"', part), settings)
            unread += rf" AND NOT regexp_full_match({raw}, '{written}|\d{{4}}-\d{{2}}-\d{{2}}')"
            unread = f"({unread}) OR \"{name}\" < DATE '1000-01-01'"  # 18 is no year, and would be one of Rome
        if column.type in ("date", "number"):
            cases.append(f"WHEN {unread} THEN 'form:{name}'")
        elif column.type == "text" and not column.values:
            cases.append(
                f"WHEN contains(\"{name}\", 'E+') AND regexp_full_match(\"{name}\", '{CUT}') THEN 'form:{name}'"
            )
    return cases


def _content_cases(settings: RegisterSettings, part: Part) -> list[str]:
    """Return the cases of cells that are readable and cannot be right."""
    cases = []
    for name, column in settings.columns.items():
        if not column.optional:
            raw = _clean(name, f'"raw {name}"', part)
            cases.append(f"WHEN \"{name}\" IS NULL AND {raw} IS NULL THEN 'missing:{name}'")
        if column.type == "date":
            cases.append(f"WHEN {_unread(name, part)} THEN 'impossible:{name}'")
            span = f"'{settings.first}-01'::DATE AND last_day('{settings.until}-01'::DATE)"
            if column.optional:
                span = NO_PLACEHOLDER
            cases.append(f"WHEN \"{name}\" NOT BETWEEN {span} THEN 'outside:{name}'")
        if column.values:
            cases.append(f"WHEN {_unread(name, part)} THEN 'unknown:{name}'")
        for bound, sign in ((column.least, "<"), (column.most, ">")):
            if bound is not None:
                cases.append(f"WHEN \"{name}\" {sign} {bound!r} THEN 'range:{name}'")
    return cases
