"""Sheets of cells -> tables: where the headings stand, the rows below them, the words around; nothing interpreted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from iku_analysis.intake.heading_rows import Cells, counts, end_of_heading, is_number
from iku_analysis.intake.headings import KEYS, MEASURES, PARTS_OF_TIME, Column, meaning, name_column
from iku_analysis.intake.when import read_when, take_when
from iku_analysis.sources.limits import MOST_COLUMNS
from iku_analysis.sources.sheet_cells import Sheet, column_of

REACH = 24  # columns over which a heading is carried to the right where nobody merged its cells
MOST_MERGED = 10_000  # cells of one merged span: more is a whole row or column
BEGINS = ("indicator", "programme", "area", *PARTS_OF_TIME)  # the first columns of tables, as `No` is
MOST_IN_TITLE = 2  # cells of a line of words between two tables

Merged = dict[tuple[int, int], tuple[int, int]]  # row and column of a cell: those of the first it is merged with


@dataclass
class Table:
    """A table of a sheet: its columns, its rows (number, filled cells), and the lines of words above it.

    `again` are rows that repeat the headings or number the columns; `below` are the words below its rows. `before` are
    the lines above the table before it, for where its own lines name no period.
    """

    sheet: str
    columns: list[Column]
    headings: list[int]
    above: list[tuple[int, str]]
    merged: Merged
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)

    def of_role(self, *roles: str) -> list[Column]:
        """Return the columns of some roles, in their order."""
        return [column for column in self.columns if column.role in roles]

    @property
    def lines_for_next(self) -> list[str]:
        """The lines that hold for a table below that names no period of its own: those that name one, the nearest last.

        Above a line that names a year none holds any more.
        """
        own = [words for _row, words in self.above if (when := take_when(words)[0]).year or when.part]
        return own if any(take_when(words)[0].year for words in own) else [*self.before, *own]


def find_tables(sheet: Sheet, before: Sequence[str] = ()) -> tuple[list[Table], list[tuple[int, str]]]:
    """Return the tables of a sheet, and the lines of words of one that has none.

    `before` are the lines of the sheet before it that hold for its first table, too.
    """
    merged = dict(_merged_cells(sheet.merged))
    rows = [(number, filled) for number, cells in sheet.rows if (filled := _filled(cells))]
    tables: list[Table] = []
    loose: list[tuple[int, str]] = []
    said: list[tuple[int, str]] = []  # in the headings of the last table
    place = 0
    while place < len(rows):
        end = end_of_heading(rows, place, is_first=not tables)
        if end == place:
            if tables:
                tables[-1].rows.append(rows[place])
            else:
                loose.append((rows[place][0], line_of(rows[place][1])))
            place += 1
            continue
        table = Table(
            sheet.title, _columns(rows[place:end], merged), [each for each, _cells in rows[place:end]], [], merged
        )
        table.before = tables[-1].lines_for_next if tables else list(before)
        is_same = bool(tables) and [each.words for each in tables[-1].columns] == [each.words for each in table.columns]
        if is_same and not (between := _words_above(tables[-1])):
            tables[-1].again += table.headings
        elif is_same:  # its own title may name another year, or another indicator
            table.above = between
            tables.append(table)
        else:
            if tables and not any(map(_has_number, tables[-1].rows)):  # `Periode | TW I 2022` above a table
                loose = [*tables[-1].above, *said, *((each, line_of(cells)) for each, cells in tables.pop().rows)]
            table.above = _words_above(tables[-1]) if tables else loose
            tables.append(table)
        said = [(each, line_of(cells)) for each, cells in rows[place:end]]
        if end < len(rows) and counts(rows[end][1], rows[end + 1][1] if end + 1 < len(rows) else {}):
            tables[-1].again.append(rows[end][0])
            end += 1
        place = end
    return [part for table in tables for part in _side_by_side(table, dict(rows))], [] if tables else loose


def line_of(cells: Cells) -> str:
    """Return the words of a row on one line."""
    return " ".join(" ".join(cell.split()) for cell in cells.values())


def _filled(cells: list[str]) -> Cells:
    return {place: cell for place, cell in enumerate(cells) if cell.strip()}


def _merged_cells(spans: list[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for span in spans:
        ends = re.fullmatch("([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)", span)
        if ends is None:
            continue
        first, last = (int(ends[2]), column_of(ends[1])), (int(ends[4]), column_of(ends[3]))
        if (last[0] - first[0] + 1) * (last[1] - first[1] + 1) <= MOST_MERGED:
            for row in range(first[0], last[0] + 1):
                yield from (((row, column), first) for column in range(first[1], last[1] + 1))


def _has_number(row: tuple[int, Cells]) -> bool:
    return any(map(is_number, row[1].values()))


def _columns(rows: list[tuple[int, Cells]], merged: Merged) -> list[Column]:
    """Return the columns under one or more rows of headings.

    A heading goes for the columns to its right too, where it is merged with them; where nobody merged cells, as in a
    text, for those that have nothing of their own, something below, and the same heading above.
    """
    by_row = dict(rows)
    width = 1 + max(max(cells) for _number, cells in rows)
    stacks: list[list[str]] = [[] for _place in range(width)]
    above: list[tuple[tuple[int, int], ...]] = [() for _place in range(width)]  # the cells that head each column
    for depth, (number, _cells) in enumerate(rows):
        filled_below = {place for _number, each in rows[depth + 1 :] for place in each}
        carried: tuple[str, tuple[int, int], tuple[tuple[int, int], ...]] | None = None
        for place in range(width):
            first = merged.get((number, place))
            source = first or (number, place)
            text = by_row.get(source[0], {}).get(source[1], "")
            if text:
                carried = (text, source, above[place]) if place in filled_below and first is None else None
            elif carried and first is None and place in filled_below and place - carried[1][1] <= REACH:
                if carried[2] == above[place]:
                    text, source = carried[0], carried[1]
                else:
                    carried = None
            else:
                carried = None
            if text:
                above[place] = (*above[place], source)
                if text not in stacks[place][-1:]:
                    stacks[place].append(text)
    return [name_column(place, tuple(stack)) for place, stack in enumerate(stacks) if stack]


def _words_above(before: Table) -> list[tuple[int, str]]:
    """Take the lines of words that end the rows of a table from it: they are the title of the one below.

    A line that goes on with the rows above it, and has words or a number like a year for a figure, is one of them:
    `Koperasi | nihil`, `Koperasi | 2021`; `Tahun | 2021` is not.
    """
    taken: list[tuple[int, Cells]] = []
    while (
        before.rows
        and len(before.rows[-1][1]) <= MOST_IN_TITLE
        and not any(map(is_number, before.rows[-1][1].values()))
    ):
        taken.append(before.rows.pop())
    last = before.rows[-1][0] if before.rows else max([*before.headings, *before.again])
    while taken and taken[-1][0] == last + 1 and _goes_on(taken[-1][1], before):
        before.rows.append(taken.pop())
        last += 1
    return [(number, line_of(cells)) for number, cells in reversed(taken)]


def _goes_on(cells: Cells, table: Table) -> bool:
    """Tell whether a row of words stands below a heading of keys and one of figures, and is no heading itself."""
    places = [column.place for column in table.of_role(*KEYS)]
    figures = [column.place for column in table.columns if column.role in MEASURES or column.when.part]
    names = [take_when(cells[place])[1] for place in places if place in cells]
    return bool(names) and any(
        place in cells and (read_when(cells[place]) is None or not any(map(meaning, names))) for place in figures
    )


def _side_by_side(table: Table, cells_of: dict[int, Cells]) -> list[Table]:
    """Return the tables that stand beside each other in the same rows, each with its own words above it.

    They are parted by an empty column, or by the heading of names or periods with which each of them begins.
    """
    starts = _starts(table)
    if len(starts) < 2:
        return [table]
    parts = []
    for start, end in pairwise([*starts, max(MOST_COLUMNS, starts[-1] + 1)]):
        part = replace(table, columns=[column for column in table.columns if start <= column.place < end])
        part.rows = [(number, here) for number, cells in table.rows if (here := _between(cells, start, end))]
        part.above = []
        for number, words in table.above:
            cells = cells_of.get(number, {})
            own = line_of(_between(cells, start, end)) if len(cells) > 1 else words
            part.above += [(number, own)] if own else []
        parts.append(part)
    return parts if all(part.of_role(*BEGINS) and _has_figures(part) for part in parts) else [table]


def _has_figures(part: Table) -> bool:
    keys = {column.place for column in part.of_role(*KEYS)}
    return any(is_number(cell) for _number, cells in part.rows for place, cell in cells.items() if place not in keys)


def _starts(table: Table) -> list[int]:
    """Return the columns with which tables beside each other begin; one where there is no other."""
    keys = table.of_role("number", *BEGINS)
    alike = [column.place for column in keys if column.words[-1:] == keys[0].words[-1:]]
    if len(alike) > 1 and (keys[0].role != "number" or len(table.of_role(*BEGINS)) > 1):
        return alike
    places = {column.place for column in table.columns} | {place for _number, cells in table.rows for place in cells}
    named = len(table.of_role("indicator", "programme")) > 1
    return [place for place in sorted(places) if place - 1 not in places] if named else [min(places)]


def _between(cells: Cells, start: int, end: int) -> Cells:
    return {place: cell for place, cell in cells.items() if start <= place < end}
