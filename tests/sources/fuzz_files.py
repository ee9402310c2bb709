"""Draws of realisation files as offices write them, each with what it means: the oracle knows no line of the reader.

A draw is a small table of figures, one cell of it written in another way, the file in another shape, or both. The
meaning of the cell is the figure that was meant, or REFUSED where no reader can know it.
"""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from fuzz_cells import (
    NBSP,
    REFUSED,
    Number,
    area_texts,
    grouped,
    number_cells,
    number_texts,
    period_texts,
)
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from roots import HEADINGS

ENGLISH = ["indicator", "period", "value", "numerator", "denominator", "area", "basis", "status", "source", "note"]
PERIOD, VALUE, NUMERATOR, DENOMINATOR, AREA, SOURCE, NOTE = 1, 2, 3, 4, 5, 8, 9
AREAS = ["Jakarta Pusat", "Jakarta Utara"]
SOURCES = ["Laporan Café, 2021", 'baris satu\nbaris dua; "kutip", koma', ""]  # what may stand there
Figure = tuple[str, str, str, Any, Any, Any]  # indicator, period, area, value, numerator, denominator


@dataclass
class Draw:
    """A file to be written, and the figures that it means; None where it may not be read."""

    name: str
    figures: list[Figure] | None
    told: str
    only_cell: bool
    write: Callable[[Path], object]


def draw(seed: int) -> Draw:
    """Return the draw of a seed."""
    rng = random.Random(seed)  # noqa: S311 - a draw need not be secret
    sheet = rng.random() < 0.5
    figures, rows = _table(rng)
    kind = rng.choices(["", "cell", "shape", "cell and shape"], [1, 6, 3, 1])[0]
    told = []
    meant: list[Figure] | None = figures
    if kind.startswith("cell"):
        place = rng.randrange(len(rows))
        column, (written, meaning) = _mutate(rng, figures[place], sheet=sheet)
        rows[place][column] = written
        told.append(f"{HEADINGS[column]} {written!r}")
        meant = _with_meaning(figures, place, column, meaning)
    grid = [list(HEADINGS), *rows]
    if kind.endswith("shape"):
        shape, grid, readable = _reshape(rng, grid)
        told.append(shape)
        meant = meant if readable else None
    write, how, shown = _workbook(rng, grid, plain=kind == "cell") if sheet else _csv(rng, grid)
    told += [how] if how else []
    meant = meant if shown else None
    return Draw("a.xlsx" if sheet else "a.csv", meant, ", ".join(told) or "plain", kind == "cell" and not how, write)


def _table(rng: random.Random) -> tuple[list[Figure], list[list[Any]]]:
    """Return a few figures of three indicators, and the rows that state them plainly."""
    year, indicator = rng.choice([2019, 2020, 2021, 2022]), rng.choice(["warung", "cakupan", "nilai"])
    monthly = rng.random() < 0.3
    parts = [f"{number:02d}" if monthly else f"Q{number}" for number in range(1, 13 if monthly else 5)]
    areas = rng.choice([[""], AREAS])
    figures, rows = [], []
    with_parts = rng.random() < 0.5
    for period, area in sorted(
        rng.sample([(f"{year}-{part}", area) for part in parts for area in areas], rng.randint(2, 4))
    ):
        value = numerator = denominator = None
        if indicator == "warung":
            value = Decimal(rng.randint(1001, 6999))
        elif indicator == "nilai":
            value = Decimal(rng.randint(30_000_000_000, 110_000_000_000)) / 100
        elif with_parts:
            denominator = Decimal(rng.randint(1100, 9000))
            numerator = denominator - rng.randint(1, 90)
        else:
            value = Decimal(rng.randint(9001, 9999)) / 100
        figures.append((indicator, period, area, value, numerator, denominator))
        cells = ["" if each is None else grouped(each, ".", ",") for each in (value, numerator, denominator)]
        rows.append([indicator, period, *cells, area, "resmi", "final", SOURCES[0], ""])
    return figures, rows


def _mutate(rng: random.Random, figure: Figure, *, sheet: bool) -> tuple[int, tuple[Any, Any]]:
    indicator, period, area, *numbers = figure
    columns = [VALUE + place for place, number in enumerate(numbers) if number is not None]
    column = rng.choice(columns * 3 + [PERIOD] * 2 + ([AREA] if area else []))
    if column == PERIOD:
        return column, rng.choice(list(period_texts(period, sheet=sheet)))
    if column == AREA:
        return column, rng.choice(list(area_texts(area)))
    percent = column == VALUE and indicator == "cakupan"
    choices = list(number_texts(rng, numbers[column - VALUE], percent=percent))
    if sheet and rng.random() < 0.6:
        choices = list(number_cells(numbers[column - VALUE], percent=percent))
    return column, rng.choice(choices)


def _with_meaning(figures: list[Figure], place: int, column: int, meaning: Any) -> list[Figure] | None:
    if meaning is REFUSED:
        return None
    changed = list(figures[place])
    changed[{PERIOD: 1, AREA: 2}.get(column, column + 1)] = meaning
    if (changed[4] is None) != (changed[5] is None):  # a numerator without its denominator
        return None
    return [*figures[:place], tuple(changed), *figures[place + 1 :]]  # type: ignore[list-item]


def _reshape(rng: random.Random, grid: list[list[Any]]) -> tuple[str, list[list[Any]], bool]:
    """Return a name, the table in another shape, and whether it can still be read."""
    width = len(HEADINGS)
    order = rng.sample(range(width), width)
    told = next(row for row in grid[1:] if any(str(cell)[:1].isdigit() for cell in row[VALUE:AREA]))
    text = rng.choice
    shapes: dict[str, tuple[list[list[Any]], bool]] = {
        "columns in another order": ([[row[place] for place in order] for row in grid], True),
        "English headings": ([ENGLISH, *grid[1:]], True),
        "headings shouted": ([[f" {heading.upper()} " for heading in HEADINGS], *grid[1:]], True),
        "headings with NBSP": ([[heading + NBSP for heading in HEADINGS], *grid[1:]], True),
        "No column": ([["No", *grid[0]], *([str(place), *row] for place, row in enumerate(grid[1:], 1))], True),
        "No column of sevens": ([["No", *grid[0]], *(["7", *row] for row in grid[1:])], True),
        "blank column": ([["", *row] for row in grid], True),
        "blank rows": ([grid[0], [""] * width, *grid[1:], [""] * width, [""] * width], True),
        "unknown column": ([[*row, text(["x", "1"])] for row in grid], True),
        "column without a heading": ([[*row, "" if place == 0 else "9"] for place, row in enumerate(grid)], True),
        "no source": ([row[:SOURCE] + row[SOURCE + 1 :] for row in grid], False),
        "value misspelt": ([["nilia" if cell == "nilai" else cell for cell in row] for row in grid], False),
        "heading twice": ([[*row, row[VALUE]] for row in grid], False),
        "a figure twice": ([*grid, list(told)], False),
        "title above": ([["Realisasi 2021", *[""] * (width - 1)], *grid], True),
        "footer": ([*grid, ["Jumlah", "", "9.999.999", *[""] * (width - 3)]], True),
        "signature": ([*grid, [""] * width, ["", "", "", "Kepala Dinas", *[""] * (width - 4)]], True),
        "no heading": (grid[1:], False),
        "headings again": ([*grid, list(HEADINGS)], True),
        "short rows": ([row[: NOTE + 1] if place == 0 else row[:NOTE] for place, row in enumerate(grid)], True),
        "long source": ([*grid[:-1], [*grid[-1][:SOURCE], SOURCES[1], ""]], True),
        "headings twice": ([grid[0], *grid], False),
    }
    name = rng.choice(list(shapes))
    changed, readable = shapes[name]
    return name, [list(row) for row in changed], readable


def _csv(rng: random.Random, grid: list[list[Any]]) -> tuple[Callable[[Path], object], str, bool]:
    """Return how to write a table as CSV, its name, and whether it may be read."""
    encoding, separator, quoting, ends, first = "utf-8", ";", csv.QUOTE_MINIMAL, "\n", ""
    if odd := rng.random() < 0.5:
        encoding = rng.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
        separator, ends = rng.choice(";,\t|"), rng.choice(["\n", "\r\n", "\r"])
        quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        first = rng.choice(["", "", f"sep={separator}{ends}"])
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=ends).writerows(grid)  # type: ignore[arg-type]
    try:
        content = (first + out.getvalue()).encode(encoding)
    except UnicodeEncodeError:
        content = (first + out.getvalue()).encode("utf-8")
    return lambda path: path.write_bytes(content), f"{encoding} {first or separator!r} {ends!r}" if odd else "", True


def _workbook(rng: random.Random, grid: list[list[Any]], *, plain: bool) -> tuple[Callable[[Path], object], str, bool]:
    """Return how to write a table as a workbook, its name, and whether it may be read."""
    odd = ["hidden row", "hidden column", "hidden sheet", "merged", "filter"]
    look = "" if plain else rng.choice([""] * 6 + odd)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, cells in enumerate(grid, 1):
        for column, content in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            assert isinstance(cell, Cell)
            if isinstance(content, Number):
                cell.value, cell.number_format = content.value, content.format
            elif content != "":
                cell.value, cell.data_type = content, "s"
    if look == "hidden row":
        last = max(row for row, cells in enumerate(grid, 1) if any(cell != "" for cell in cells))
        sheet.row_dimensions[last].hidden = True
    elif look == "hidden column":
        first = next(column for column, cell in enumerate(grid[0], 1) if cell != "")
        sheet.column_dimensions[get_column_letter(first)].hidden = True
    elif look == "hidden sheet":
        book.copy_worksheet(sheet).sheet_state = "hidden"
    elif look == "filter":
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(grid[0]))}{len(grid)}"
    elif look == "merged":
        sheet.merge_cells(start_row=len(grid) + 2, end_row=len(grid) + 2, start_column=1, end_column=3)
    return book.save, look, not look.startswith("hidden")
