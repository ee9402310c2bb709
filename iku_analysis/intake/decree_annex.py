"""The annex of a decree in any usual table -> its rows, every cell as issued."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from iku_analysis.intake.headings import Column
from iku_analysis.intake.tables import Cells, Table, find_tables
from iku_analysis.intake.when import When
from iku_analysis.sources.sheet_cells import Sheet

NTH = re.compile(r"(?:tahun\s*)?(?:ke\s*-?\s*)?([1-9])", re.IGNORECASE)
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

    `left` are the columns of targets of which nothing tells the year.
    """

    years: tuple[int, ...]
    rows: tuple[dict[str, str], ...]
    places: tuple[str, ...]
    left: tuple[str, ...]


def find_annex(blocks: Sequence[str | Sheet], span: tuple[int, int] | None) -> Annex | None:
    """Return the annex of a decree, joined over its pages; None where no table has indicators.

    `Tahun ke-1` is the first year of the decree's `span`, where as many years are counted as that has.
    An annex may have no targets: performance agreements set them then. It may name no units.

    Lines of text with tabs are rows of a table, as they are where a table was copied out of a document.
    """
    sheet, places = _one_sheet(blocks)
    tables = [
        _with_years(table, span)
        for table in find_tables(sheet)[0]
        if table.of_role("indicator") and table.of_role("unit", "target", "definition", "holder", "source")
    ]
    if not tables:
        return None
    table = max(tables, key=lambda each: (len(each.of_role("target")), len(each.rows)))
    parts = [each for each in tables if _same(each, table)]
    years = tuple(sorted({year for part in parts for year in _years(part)}))
    rows: list[dict[str, str]] = []
    whereabouts: list[str] = []
    for part in parts:
        for number, cells in part.rows:
            row = _row(part, cells, years)
            if _goes_on(row) and rows:
                rows[-1] = {
                    head: " ".join(filter(None, (rows[-1].get(head, ""), row.get(head, ""))))
                    for head in {**rows[-1], **row}
                }
            elif row.get("indikator"):
                rows.append(row)
                whereabouts.append(places[number])
    for number, row in enumerate(rows, start=1):
        row["nomor"] = str(number)
    left = tuple(column.name for column in table.of_role("target") if not column.when.year)
    return Annex(years, tuple(rows), tuple(whereabouts), left) if rows else None


def _with_years(table: Table, span: tuple[int, int] | None) -> Table:
    """Return a table with the years of its targets, where it counts those of the decree or has the only one."""
    own = [column for column in table.of_role("target") if not column.when.year]
    if span is None or len(own) != span[1] - span[0] + 1:
        return table
    counted = [NTH.fullmatch(column.words[-1].strip()) for column in own]
    if len(own) > 1 and [each and int(each[1]) for each in counted] != list(range(1, 1 + len(own))):
        return table
    years = {column.place: When(span[0] + at) for at, column in enumerate(own)}
    columns = [column._replace(when=years.get(column.place, column.when)) for column in table.columns]
    return replace(table, columns=columns)


def _one_sheet(blocks: Sequence[str | Sheet]) -> tuple[Sheet, dict[int, str]]:
    """Return all rows of a document as one sheet, and where each stands: its line, or the table and row."""
    sheet, places = Sheet(""), dict[int, str]()
    for line, block in enumerate(blocks, start=1):
        rows = [(line, block.split("\t"))] if isinstance(block, str) else block.rows
        for number, cells in rows:
            if isinstance(block, str) and "\t" not in block:
                continue
            here = len(sheet.rows) + 1
            sheet.rows.append((here, [" ".join(cell.split()) for cell in cells]))
            places[here] = str(line) if isinstance(block, str) else f"{block.title} {number}"
    return sheet, places


def _same(one: Table, other: Table) -> bool:
    return [column.role for column in one.columns] == [column.role for column in other.columns]


def _years(table: Table) -> list[int]:
    return [column.when.year for column in table.of_role("target", "", "value") if column.when.year]


def _row(table: Table, cells: Cells, years: Sequence[int]) -> dict[str, str]:
    """Return the cells of a row by the headings of annex.csv."""
    row: dict[str, str] = {}
    for column in table.columns:
        head = _head(column, years)
        if head and column.place in cells and not row.get(head):
            row[head] = cells[column.place]
    return row


def _head(column: Column, years: Sequence[int]) -> str:
    if column.when.year in years and column.role in ("target", "", "value"):
        return str(column.when.year)
    return HEADS.get(column.role, "")


def _goes_on(row: dict[str, str]) -> bool:
    """Tell whether a row goes on with the one above, broken by a page: words without number, unit and target."""
    words = {head for head, cell in row.items() if cell}
    return (
        bool(words)
        and words <= {"sasaran", "indikator", "definisi"}
        and not re.match(r"[A-Z0-9]", row.get("indikator", "a"))
    )
