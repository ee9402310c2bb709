"""The annex of a decree in any usual table -> its rows, every cell as issued."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from iku_analysis.intake.headings import Column
from iku_analysis.intake.marks import SAID
from iku_analysis.intake.tables import Cells, Table, find_tables, line_of
from iku_analysis.language import _
from iku_analysis.sources.sheet_cells import Sheet

JOINT = re.compile(r"\b(sasaran|tujuan)\b", re.IGNORECASE)
NTH = re.compile(r"(?:tahun\s*)?(?:ke\s*-?\s*)?([1-9])", re.IGNORECASE)
# What stands before the words of an objective that heads its indicators: `Sasaran Strategis 1 : `, `II. `.
OBJECTIVE = re.compile(
    r"\s*(?:(?:sasaran|tujuan)(?:\s+strategis)?\s*(?:[0-9.]+|[IVX]+)?\s*[:.\-–]|(?:[IVX]+|[A-Z]|[0-9.]+)[.)])\s*",
    re.IGNORECASE,
)
HEADS = {  # of annex.csv, by the roles of headings
    "number": "nomor",
    "objective": "sasaran",
    "indicator": "indikator",
    "unit": "satuan",
    "baseline": "awal",
    "end": "akhir",
    "definition": "definisi",
    "note": "definisi",
    "holder": "pemegang",
    "source": "sumber",
}


class Annex(NamedTuple):
    """The annex: its years, its rows by the headings of annex.csv, and where each row stood.

    `left` are the columns of targets that are not read: of part of a year, or of one that nothing tells.
    """

    years: tuple[int, ...]
    rows: tuple[dict[str, str], ...]
    places: tuple[str, ...]
    left: tuple[Column, ...]


def find_annex(blocks: Sequence[str | Sheet], span: tuple[int, int] | None, since: int = 0) -> Annex | None:
    """Return the annex of a decree, joined over its pages; None where no table has indicators.

    `Tahun ke-1` is the first year of the decree's `span`, where as many years are counted as that has. A year before
    that `since` which the title says they hold is where the indicators stood.
    An annex may have no targets: performance agreements set them then. It may name no units. A row of words alone heads
    the indicators below it: their objective, where the table has no column for it.

    Lines of text with tabs are rows of a table, as they are where a table was copied out of a document; so are lines
    with upright strokes.
    """
    sheet, places = _one_sheet(blocks)
    tables = [
        _with_years(_since(table, since), span)
        for table in find_tables(sheet)[0]
        if table.of_role("indicator") and (table.of_role("unit", "definition", "holder", "source") or _targets(table))
    ]
    if not tables:
        return None
    table = max(tables, key=lambda each: (len(each.of_role("target")), len(each.rows)))
    parts = [each for each in tables if _same(each, table)]
    years = tuple(sorted({year for part in parts for year in _years(part)}))
    rows: list[dict[str, str]] = []
    whereabouts: list[str] = []
    objective = ""
    for part in parts:
        for number, cells in part.rows:
            if SAID.match(line_of(cells)):  # `Catatan: ...`
                continue
            row = _row(part, cells)
            if not part.of_role("objective") and (words := _objective(row, part)):
                objective = words
            elif _goes_on(row) and rows:
                rows[-1] = {
                    head: " ".join(filter(None, (rows[-1].get(head, ""), row.get(head, ""))))
                    for head in {**rows[-1], **row}
                }
            elif row.get("indikator"):
                rows.append({"sasaran": objective, **row} if objective else row)
                whereabouts.append(places[number])
    for number, row in enumerate(rows, start=1):
        row["nomor"] = str(number)
    left = tuple(column for column in table.of_role("target") if not column.when.year or column.when.part)
    return Annex(years, tuple(rows), tuple(whereabouts), left) if rows else None


def _since(table: Table, first: int) -> Table:
    """Return a table with the columns of years before the first that is targeted as those of its baseline."""
    before = {column.place for column in _targets(table) if column.when.year < first}
    columns = [each._replace(role="baseline") if each.place in before else each for each in table.columns]
    return replace(table, columns=columns)


def _with_years(table: Table, span: tuple[int, int] | None) -> Table:
    """Return a table with the years of its targets, where it counts those of the decree or has the only one."""
    own = [column for column in table.of_role("target") if not column.when.year]
    if span is None or len(own) != span[1] - span[0] + 1:
        return table
    counted = [NTH.fullmatch(column.words[-1].strip()) for column in own]
    if len(own) > 1 and [each and int(each[1]) for each in counted] != list(range(1, 1 + len(own))):
        return table
    years = {column.place: column.when._replace(year=span[0] + at) for at, column in enumerate(own)}
    columns = [column._replace(when=years.get(column.place, column.when)) for column in table.columns]
    return replace(table, columns=columns)


def _one_sheet(blocks: Sequence[str | Sheet]) -> tuple[Sheet, dict[int, str]]:
    """Return all rows of a document as one sheet, and where each stands: its line, or the table and row."""
    sheet, places = Sheet(""), dict[int, str]()
    for line, block in enumerate(blocks, start=1):
        rows = [(line, _cells(block))] if isinstance(block, str) else block.rows
        for number, cells in rows:
            if len(cells) < 2:  # a line of words
                continue
            here = len(sheet.rows) + 1
            sheet.rows.append((here, [" ".join(cell.split()) for cell in cells]))
            places[here] = f"{block.title}, " * (not isinstance(block, str)) + _("baris {row}", row=number)
    return sheet, places


def _cells(line: str) -> list[str]:
    """Return the cells of a line of text: between tabs, else between upright strokes; none of a ruled line, `|---|`.

    Strokes that enclose a line make blank cells at its ends: without them it would not be told from `|| Jalan |`.
    """
    return line.split("\t" if "\t" in line else "|") if re.search(r"\w", line) else []


def _same(one: Table, other: Table) -> bool:
    return [column.role for column in one.columns] == [column.role for column in other.columns]


def _years(table: Table) -> list[int]:
    return [column.when.year for column in _targets(table)]


def _targets(table: Table) -> list[Column]:
    """Return the columns of the targets of years: those that say so, else those that name a year alone."""
    dated = [column for column in table.columns if column.when.year and not column.when.part]
    return [each for each in dated if each.role == "target"] or [each for each in dated if not each.role]


def _row(table: Table, cells: Cells) -> dict[str, str]:
    """Return the cells of a row by the headings of annex.csv; the objective is that nearest before the indicator."""
    row: dict[str, str] = {}
    targets = _targets(table)
    for column in table.columns:
        head = str(column.when.year) if column in targets else HEADS.get(column.role, "")
        is_nearer = head == "sasaran" and "indikator" not in row
        if head and column.place in cells and (is_nearer or not row.get(head)):
            row[head] = cells[column.place]
    return row


def _objective(row: dict[str, str], table: Table) -> str:
    """Return the words of a row that heads others, without its own number; nothing for any other row.

    It has nothing but words and, below `Sasaran / Indikator`, any number; elsewhere no number of an indicator.
    """
    number, words = row.get("nomor", ""), " ".join(cell for head, cell in row.items() if head != "nomor")
    if not words and re.search(r"[^\W\d_]{3}", number):  # one cell over all columns
        number, words = "", number
    is_joint = bool(JOINT.search(table.of_role("indicator")[0].name))
    if set(row) - {"nomor", "indikator"} or not words or _goes_on(row):
        return ""
    return OBJECTIVE.sub("", words, count=1).strip() if is_joint or not re.search("[0-9]", number) else ""


def _goes_on(row: dict[str, str]) -> bool:
    """Tell whether a row goes on with the one above, broken by a page: words without number, unit and target."""
    words = {head for head, cell in row.items() if cell}
    return (
        bool(words)
        and words <= {"sasaran", "indikator", "definisi"}
        and not re.match(r"[A-Z0-9]", row.get("indikator", "a"))
    )
