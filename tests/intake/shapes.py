"""Tidy figures written as the tables that offices make of them, with the cell where each figure ends up."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from iku_analysis.sources.sheet_cells import letters_of

Key = tuple[str, str]  # indicator, period
Figures = dict[Key, Decimal]
Told = tuple[Figures, str]  # figures, and the title of their sheet
ROMAN = ("I", "II", "III", "IV")


@dataclass
class Block:
    """A table: rows of cells, how many of them are headings, the figures by their keys, and merged cells."""

    rows: list[list[Any]]
    heads: int
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass
class Look:
    """How an office writes: the names of indicators, what stands around a table, blank and numbered columns."""

    name: Callable[[str], str] = lambda indicator: f"Indikator {indicator}"
    titles: int = 1
    blank_columns: int = 0
    value: Callable[[Decimal], Any] = float
    numbered: bool = False
    counted: bool = False
    footer: bool = False
    merges: bool = True


def words_of(period: str, *, year: bool = True) -> str:
    """Return a period as offices write it."""
    number, _dash, part = period.partition("-")
    words = (
        "" if not part else f"TW {ROMAN[int(part[1]) - 1]}" if part[0] == "Q" else f"Semester {ROMAN[int(part[1]) - 1]}"
    )
    return f"{words} {number}".strip() if year else words


def indicators_in(figures: Figures) -> list[str]:
    """Return the indicators of figures, in their order."""
    return list(dict.fromkeys(indicator for indicator, _period in figures))


def periods_in(figures: Figures) -> list[str]:
    """Return the periods of figures, sorted."""
    return sorted({period for _indicator, period in figures})


def years_in(figures: Figures) -> list[str]:
    """Return the years of figures, sorted."""
    return sorted({period[:4] for period in periods_in(figures)})


def of_year(figures: Figures, year: str) -> Figures:
    """Return the figures of a year."""
    return {key: number for key, number in figures.items() if key[1][:4] == year}


def long(figures: Figures, look: Look) -> dict[str, list[Block]]:
    """A figure a row."""
    block = Block([["Indikator Kinerja", "Periode", "Nilai"]], 1)
    for key in figures:
        block.rows.append([look.name(key[0]), words_of(key[1]), key])
    return {"Data": [block]}


def two_columns(figures: Figures, look: Look) -> dict[str, list[Block]]:
    """`Tahun` beside `Triwulan`."""
    block = Block([["Tahun", "Periode", "Indikator", "Realisasi"]], 1)
    for key in figures:
        block.rows.append([key[1][:4], words_of(key[1], year=False), look.name(key[0]), key])
    return {"Sheet1": [block]}


def across(figures: Figures, look: Look) -> dict[str, list[Block]]:
    """A row an indicator, a column a period."""
    return {"Kinerja": [_across(figures, look, "{}")]}


def _across(figures: Figures, look: Look, heading: str, *, year: bool = True) -> Block:
    periods = periods_in(figures)
    block = Block([["Indikator", *(heading.format(words_of(period, year=year)).strip() for period in periods)]], 1)
    for indicator in indicators_in(figures):
        row: list[Any] = [look.name(indicator)]
        row += [(indicator, period) for period in periods]
        block.rows.append(row)
    return block


def realised_across(figures: Figures, look: Look) -> dict[str, list[Block]]:
    """Columns `Realisasi TW I 2021`."""
    return {"Kinerja": [_across(figures, look, "Realisasi {}")]}


def under_years(figures: Figures, look: Look) -> dict[str, list[Block]]:
    """Quarters below their year, in two rows of headings."""
    block = _across(figures, look, "{}")
    periods = periods_in(figures)
    lower = [None, *(words_of(period, year=False) or "Realisasi" for period in periods)]
    upper: list[Any] = ["Indikator"]
    for place, period in enumerate(periods, start=1):
        starts = place == 1 or periods[place - 2][:4] != period[:4]
        upper.append(f"Realisasi {period[:4]}" if starts else None)
        if starts:
            last = max(each for each, other in enumerate(periods, start=1) if other[:4] == period[:4])
            block.merged += [(0, place, 0, last)] if last > place else []
    block.merged.append((0, 0, 1, 0))
    return {"Kinerja": [Block([upper, lower, *block.rows[1:]], 2, block.merged)]}


def three_heads(figures: Figures, look: Look) -> dict[str, list[Block]]:
    """`Realisasi` over years over quarters."""
    (block,) = under_years(figures, look)["Kinerja"]
    upper, lower = block.rows[:2]
    top = ["Indikator", "Realisasi", *[None] * (len(upper) - 2)]
    years = [None, *(text and text.removeprefix("Realisasi ") for text in upper[1:])]
    merged = [(0, 0, 2, 0), *([(0, 1, 0, len(upper) - 1)] if len(upper) > 2 else [])]
    merged += [(first + 1, left, last + 1, right) for first, left, last, right in block.merged[:-1]]
    block.merged = []
    return {"Kinerja": [Block([top, years, lower, *block.rows[2:]], 3, merged)]}


def sheet_an_indicator(figures: Figures, _look: Look) -> dict[str, list[Block]]:
    """A sheet an indicator, named after it."""
    sheets = {}
    for indicator in indicators_in(figures):
        block = Block([["Periode", "Realisasi"]], 1)
        for key in figures:
            if key[0] == indicator:
                block.rows.append([words_of(key[1]), key])
        sheets[indicator] = [block]
    return sheets


def sheet_a_year(figures: Figures, look: Look) -> dict[str, list[Block]]:
    """A sheet a year, named after it."""
    return {
        f"Tahun {year}": [_across(of_year(figures, year), look, "Realisasi {}", year=False)]
        for year in years_in(figures)
    }


def below_each_other(figures: Figures, look: Look) -> dict[str, list[Block]]:
    """A table a year, one below the other, the year in the title."""
    return {
        "Data": [
            _titled(
                _across(of_year(figures, year), look, "Realisasi {}", year=False), f"Tabel {number}. Kinerja {year}"
            )
            for number, year in enumerate(years_in(figures), start=1)
        ]
    }


def _titled(block: Block, title: str) -> Block:
    return Block([[title], *block.rows], block.heads + 1, block.merged)


def indicators_across(figures: Figures, look: Look) -> dict[str, list[Block]]:
    """A row a period, a column an indicator."""
    indicators = indicators_in(figures)
    block = Block([["Periode", *map(look.name, indicators)]], 1)
    for period in periods_in(figures):
        block.rows.append([words_of(period), *((indicator, period) for indicator in indicators)])
    return {"Data": [block]}


SHAPES: list[Callable[[Figures, Look], dict[str, list[Block]]]] = [
    *(long, two_columns, across, realised_across, under_years, three_heads, sheet_an_indicator, sheet_a_year),
    *(below_each_other, indicators_across),
]
IN_SHEETS = {sheet_an_indicator, sheet_a_year}  # not in a text


def write(sheets: dict[str, list[Block]], figures: Figures, look: Look, path: Path) -> dict[Key, str]:
    """Write tables to a workbook or a text; return the cell of each figure, `[Kinerja] C5`."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    cells: dict[Key, str] = {}
    for title, tables in sheets.items():
        sheet = book.create_sheet(title)
        rows: list[list[Any]] = [["PENGUKURAN KINERJA", "DINAS CONTOH"][each : each + 1] for each in range(look.titles)]
        rows += [[]] * bool(look.titles)
        merged: list[dict[str, int]] = []
        for block in tables:
            merged += _place(block, rows, look, cells, (figures, title))
            rows.append([])
        rows += [["Keterangan: angka dari bidang"], [None, "Mengetahui,"]] if look.footer else []
        for row in rows:
            sheet.append([*[None] * look.blank_columns, *row])
        for span in merged:
            sheet.merge_cells(**span)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(
                [("" if cell is None else _text(cell)) for cell in row] for row in book.worksheets[0].values
            )
    else:
        book.save(path)
    return cells


def _place(block: Block, rows: list[list[Any]], look: Look, cells: dict[Key, str], told: Told) -> list[dict[str, int]]:
    """Add a table to the rows of a sheet, each key of a figure replaced by the figure; return its merged cells."""
    figures, title = told
    more, top, number = int(look.numbered), len(rows), 0
    headed = False
    for place, row in enumerate(block.rows):
        before: list[Any] = [None]
        if place >= block.heads:
            number += 1
            before = [number]
        elif len(row) > 1 and not headed:
            before, headed = ["No"], True
        if place == block.heads and look.counted and len(row) > 2:
            rows.append([str(each) for each in range(1, 1 + more + len(row))])
        at = len(rows) + 1
        for column, cell in enumerate(row):
            if isinstance(cell, tuple) and cell in figures:
                cells[cell] = f"[{title}] {letters_of(column + more + look.blank_columns)}{at}"
        rows.append(before[:more] + [_filled(cell, figures, look) for cell in row])
    shift = 1 + more + look.blank_columns
    return [
        {
            "start_row": top + first + 1,
            "end_row": top + last + 1,
            "start_column": left + shift,
            "end_column": right + shift,
        }
        for first, left, last, right in (block.merged if look.merges else [])
    ]


def _filled(cell: Any, figures: Figures, look: Look) -> Any:
    return (look.value(figures[cell]) if cell in figures else None) if isinstance(cell, tuple) else cell


def _text(cell: Any) -> str:
    return str(cell).replace(".", ",") if isinstance(cell, int | float | Decimal) else str(cell)
