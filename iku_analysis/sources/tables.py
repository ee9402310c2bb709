"""Tables of text -> named rows: the headings found, titles and footers set aside, every fault noted where it stands."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from iku_analysis.indonesian import parse_period
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.account import Account, shorten
from iku_analysis.sources.cells import Table
from iku_analysis.sources.csv_rows import LINES_ABOVE, count_separated
from iku_analysis.sources.input_files import COMPUTED, NUMBERS, WORDS
from iku_analysis.sources.rows import CANONICAL, Form, Row, name_heading, quote, split_hint, suggest
from iku_analysis.sources.totals import names_total, take_totals

NUMBER_COLUMN = {"no", "nomor", "no urut", "nomor urut", "urutan", "#", "nr", "number"}
MOST_IN_TITLE = 3  # cells of a line above a table: `Periode`, `:`, `TW I 2022`
MOST_IN_FOOTER = 2
MOST_LACKING = 2  # columns; a table without more of them has another shape
MOST_PERIODS = 2  # in a row of figures: its own, and one in its source
# A heading that names a period: quarters or years stand across.
ACROSS = re.compile(r"\b(tw|triwulan|q|semester)[ ._]*(i{1,3}|iv|[1-4])\b|(?<![0-9])(19|20)[0-9]{2}(?![0-9])", re.I)

Rows = list[tuple[int, list[str]]]


class Heading(NamedTuple):
    """The row of headings: as they are written, and the canonical name of each (None: not known)."""

    row: int
    written: list[str]
    names: list[str | None]
    in_form: bool


def named_rows(
    table: Table,
    columns: set[str],
    required: set[str],
    number_format: str,
    problems: list[Problem],
    *,
    account: Account,
    form: Form | None = None,
) -> Iterator[Row]:
    """Yield the rows below the heading that are figures of their own.

    Parameters
    ----------
    columns, required : set of str
        Canonical (English) names of the columns the table may and must have.
    number_format : {"id", "en"}
        The declared format of its numbers.
    problems : list of Problem
        Faults of the heading, and later of the rows, are added here.
    account : Account
        What was read, and what was set aside: titles, footers, totals, a column of row numbers.
    form : Form, optional
        The form that the table is a sheet of.
    """
    if not form:
        problems += [problem for _row, _column, problem in table.uncomputed]
    filled = [(number, cells) for number, cells in table.rows if any(map(str.strip, cells))]
    if not filled:
        return
    place = _find_heading(filled, columns, required, in_form=form is not None)
    if place is None:
        problems.append(_no_heading(table, filled, required))
        return
    heading = _name_columns(filled[place], columns, in_form=form is not None)
    if form:
        problems += _uncomputed_faults(table, heading)
        if {"numerator", "denominator"} <= set(heading.names):
            required = required - {"value"}  # the form computes it, beside them
    body = filled[place + 1 :]
    totals = {number for number, cells in body if names_total(cells, heading.names)}
    end = _end_of_table(body, heading, totals)
    numbers = _row_numbers(table, heading, body[:end], problems)
    faults = _heading_faults(table, heading, body[:end], columns, required, numbers=numbers) or [
        *_title_faults(table, filled[:place]),
        *_merged_faults(table, heading, body[:end]),
    ]
    problems += faults
    if any(problem.row == heading.row for problem in faults):
        return
    for rows, kind in ((filled[:place], "title"), (body[end:], "footer")):
        if rows and not (form and kind == "title"):
            words = " / ".join(" ".join(filter(None, map(str.strip, cells))) for _number, cells in rows)
            account.leave_out(table.name, (number for number, _cells in rows), shorten(words), kind)
    if numbers is not None:
        account.leave_out(table.name, (), "", "number", column=heading.written[numbers])
    named = _rows_of(table, heading, body[:end], number_format, problems, totals=totals, form=form)
    count = 0
    for row in take_totals(named, totals, heading.names, account):
        count += 1
        yield row
    account.tables.append((table.name, count))


def _find_heading(filled: Rows, columns: set[str], required: set[str], *, in_form: bool) -> int | None:
    """Return where the headings stand: the first row with most of the required names, two or more; else the first."""
    known = [_known(cells, in_form=in_form) for _number, cells in filled[:LINES_ABOVE]]
    most = max(len(names & required) for names in known)
    if most >= 2:
        return next(place for place, names in enumerate(known) if len(names & required) == most)
    return 0 if known[0] & columns else None


def _no_heading(table: Table, filled: Rows, required: set[str]) -> Problem:
    """Return the fault of a table in which no row names its columns."""
    for number, cells in filled[:LINES_ABOVE]:
        periods = [cell for cell in cells if ACROSS.search(cell)]
        if len(periods) > MOST_PERIODS:
            return _other_shape(table, number, periods, required)
    first, cells = filled[0]
    cell = quote(next(filter(None, map(str.strip, cells))))
    mend = _("Kembalikan baris judul di atas angkanya; untuk realisasi dapat juga dengan formulir baru: iku template.")
    found = _("baris judul hilang; yang pertama: {cell}", cell=cell)
    return Problem(table.name, first, None, found, ", ".join(_words_of(required)), mend)


def _known(cells: list[str], *, in_form: bool) -> set[str]:
    return {name for cell in cells if (name := name_heading(cell, in_form=in_form))}


def _name_columns(row: tuple[int, list[str]], columns: set[str], *, in_form: bool) -> Heading:
    number, cells = row
    written = [cell.strip() for cell in cells]
    while written and not written[-1]:
        written.pop()
    names = [name_heading(cell, in_form=in_form) for cell in written]
    return Heading(number, written, [name if name in columns else None for name in names], in_form)


def _uncomputed_faults(table: Table, heading: Heading) -> Iterator[Problem]:
    """Yield the formulas without a value in a sheet of the form, but for its own: nothing is read from those."""
    own = {place for place, name in enumerate(heading.names) if name in COMPUTED}
    for row, column, problem in table.uncomputed:
        if row > heading.row and column not in own:
            yield problem


def _end_of_table(body: Rows, heading: Heading, totals: set[int]) -> int:
    """Return how many rows are the table: below it stand notes and signatures, none of them a figure."""
    end = len(body)
    while end and body[end - 1][0] not in totals and _is_beside(body[end - 1][1], heading):
        end -= 1
    # A word alone may be a row that somebody began to fill: below no total, a footer begins with a sentence.
    while end < len(body) and not (end and body[end - 1][0] in totals) and len(" ".join(body[end][1]).split()) < 2:
        end += 1
    return end


def _is_beside(cells: list[str], heading: Heading) -> bool:
    """Tell whether a row holds words alone, in a cell or two, and no period."""
    words = [cell for cell in cells if cell.strip()]
    if len(words) > MOST_IN_FOOTER or any(count_separated(cell) > 2 for cell in words):
        return False
    for name, cell in zip(heading.names, cells, strict=False):
        is_date = len(words) == 1 and re.search("[a-z]{3}", cell, re.IGNORECASE)  # `Jakarta, 10 Januari 2023`
        if (name in NUMBERS and any(map(str.isdigit, cell)) and not is_date) or (
            name == "period" and (_is_period(cell) or (len(words) > 1 and ACROSS.search(cell)))
        ):
            return False
    return True


def _is_period(text: str) -> bool:
    try:
        return bool(parse_period(text))
    except ValueError:
        return False


def _row_numbers(table: Table, heading: Heading, body: Rows, problems: list[Problem]) -> int | None:
    """Return the column that numbers the rows, or None; one that does not count is refused."""
    for place, (written, name) in enumerate(zip(heading.written, heading.names, strict=True)):
        if name is not None or written.casefold().rstrip(".") not in NUMBER_COLUMN:
            continue
        before = 0
        for number, cells in body:
            text = cells[place].strip().rstrip(".") if place < len(cells) else ""
            if text and text not in (str(before + 1), "1"):
                mend = _("Perbaiki nomornya; bila isinya nomor indikator, beri kolom itu judul indikator.")
                expected = _("nomor urut 1, 2, 3 dan seterusnya")
                problems.append(Problem(table.name, number, written, quote(cells[place]), expected, mend))
                break
            before = int(text) if text else before
        return place
    return None


def _heading_faults(
    table: Table, heading: Heading, body: Rows, columns: set[str], required: set[str], *, numbers: int | None
) -> list[Problem]:
    """Return what is wrong with the headings: one fault if the table has another shape, else one a column."""
    unknown = [
        (place, written)
        for place, (written, name) in enumerate(zip(heading.written, heading.names, strict=True))
        if name is None
        and place != numbers
        and (written or any(place < len(cells) and cells[place].strip() for _number, cells in body))
    ]
    lacking = _words_of(required - set(heading.names))
    headings = [word for word, name in CANONICAL.items() if name in columns]
    across = [written for _place, written in unknown if ACROSS.search(written)]
    wanted = [word for word, name in CANONICAL.items() if name in required - set(heading.names)]
    misspelt = sum(bool(suggest(written, wanted)) for _place, written in unknown)
    if len(across) > 1 or len(lacking) - misspelt > MOST_LACKING:
        return [_other_shape(table, heading.row, across or [written for _place, written in unknown], required)]
    problems = []

    def refuse(column: str | None, found: str, expected: str, mend: str) -> None:
        problems.append(Problem(table.name, heading.row, column, found, expected, mend))

    for _place, written in unknown:
        refuse(
            written or None,
            _("judul kolom yang tidak dikenal: {heading}", heading=quote(written)),
            ", ".join(_words_of(columns)),
            _("Perbaiki judul kolom; isi yang tidak punya kolom dipindahkan ke kolom keterangan.")
            + suggest(split_hint(written)[0] if heading.in_form else written, headings),
        )
    for place, name in enumerate(heading.names):
        if name is not None and name in heading.names[:place]:
            mend = _("Ganti judul salah satu kolom.")
            refuse(heading.written[place], _("judul kolom ganda"), _("setiap judul satu kali"), mend)
    for word in lacking:
        mend = _("Tambahkan kolom {column}.", column=word)
        refuse(word, _("kolom tidak ada"), _("kolom {column}", column=word), mend)
    return problems


def _other_shape(table: Table, row: int, odd: list[str], required: set[str]) -> Problem:
    """Return the one fault of a table that is no list of figures."""
    columns = shorten(", ".join(filter(None, odd))) or "-"
    found = _("tabel dengan bentuk lain; kolom yang tidak dikenal: {columns}", columns=columns)
    needed = ", ".join(_words_of(required))
    expected = _("satu baris untuk setiap angka, dengan kolom {columns}", columns=needed)
    mend = _("Salin angkanya ke tabel seperti itu; untuk realisasi dapat dengan formulir: iku template.")
    return Problem(table.name, row, None, found, expected, mend)


def _words_of(names: set[str]) -> list[str]:
    """Return the Indonesian headings of columns, in their order."""
    return [word for name, word in WORDS.items() if name in names]


def _title_faults(table: Table, titles: Rows) -> Iterator[Problem]:
    """Yield what stands above the headings as one fault, where it looks like figures."""
    like_rows = [number for number, cells in titles if sum(bool(cell.strip()) for cell in cells) > MOST_IN_TITLE]
    if like_rows:
        found = _("{count} baris di atas baris judul", count=len(like_rows))
        mend = _("Pindahkan baris judul ke atasnya.")
        yield Problem(table.name, like_rows[0], None, found, _("baris judul di atas angkanya"), mend)


def _merged_faults(table: Table, heading: Heading, body: Rows) -> Iterator[Problem]:
    """Yield the merged cells between the headings and the last row as one fault."""
    last = body[-1][0] if body else heading.row
    inside = []
    for cells in table.merged:
        rows = [int(each) for each in re.findall("[0-9]+", cells)]
        if min(rows) <= last and max(rows) >= heading.row:
            inside.append((min(rows), cells))
    if inside:
        named = ", ".join(cells for _row, cells in inside[:5]) + (", …" if len(inside) > 5 else "")
        found = _("sel gabungan {cells}", cells=named)
        mend = _("Pisahkan sel gabungan (Unmerge Cells) dan isi setiap barisnya.")
        yield Problem(table.name, min(inside)[0], None, found, _("satu nilai di setiap sel"), mend)


def _rows_of(
    table: Table,
    heading: Heading,
    body: Rows,
    number_format: str,
    problems: list[Problem],
    *,
    totals: set[int],
    form: Form | None,
) -> Iterator[Row]:
    names, width = heading.names, len(heading.written)
    as_written = {name: cell for name, cell in zip(names, heading.written, strict=True) if name}
    for number, cells in body:
        cells = cells[:width] + [cell for cell in cells[width:] if cell.strip()]
        if len(cells) < width and (table.is_sheet or number in totals):
            cells += [""] * (width - len(cells))
        if len(cells) != width:
            found = _("{count} sel", count=len(cells))
            expected = _("{count} sel, sebanyak judul kolom", count=width)
            mend = _("Periksa pemisah kolom; apit teks yang memuat pemisah dengan tanda kutip.")
            problems.append(Problem(table.name, number, None, found, expected, mend))
            continue
        of_row = {name: cell for name, cell in zip(names, cells, strict=True) if name}
        yield Row(table.name, number, of_row, as_written, number_format, problems, form)
