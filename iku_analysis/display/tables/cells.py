"""What all tables share: their look, and cells that are printed as text and remember their number."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from iku_analysis.indonesian import (
    format_achievement,
    format_amount,
    format_number,
    format_percent,
    format_signed,
    format_signed_percent,
    format_target,
    format_value,
    is_number_target,
    scale_of,
)

DASH = "–"


class Number(str):
    """A number as a planner reads it; `value` is the number itself, for a spreadsheet."""

    __slots__ = ("value",)
    value: float

    def __new__(cls, text: str, value: float) -> "Number":
        """Return the text with its number."""
        number = super().__new__(cls, text)
        number.value = float(value)
        return number


@dataclass(frozen=True)
class Table:
    """A table as a paper takes it; where it has no rows, a sentence is shown in its place.

    `data` holds text, a `Number` where a cell is one; `chart` names the series that a spreadsheet draws of it:
    `category`, `bars` and `line`, each a heading. `groups` names what each row belongs to (none: empty);
    `bars` is the heading of a column of per cents of a target that are drawn too (none: empty). `total` tells
    whether the last row is the sum of those above it.
    """

    data: pd.DataFrame
    caption: str
    chart: dict[str, str] | None
    groups: tuple[str, ...] = ()
    bars: str = ""
    total: bool = False

    def to_html(self) -> str:
        """Return the table as HTML: columns that hold a `Number` stand to the right."""
        right = numeric_columns(self.data)
        looks = ["right" if place in right else "left" for place in range(self.data.shape[1])]

        def row(cells: Iterable[object], tag: str) -> str:
            shown = (
                f'<{tag} style="text-align: {look}; vertical-align: top">{escape(str(cell))}</{tag}>'
                for cell, look in zip(cells, looks, strict=True)
            )
            return f"<tr>{''.join(shown)}</tr>\n"

        rows = "".join(row(cells, "td") for cells in self.data.to_numpy())
        # `$` in a cell is money, not mathematics.
        return (
            f'<table class="iku tex2jax_ignore mathjax_ignore">\n<caption>{escape(self.caption)}</caption>\n'
            f"<thead>\n{row(self.data.columns, 'th')}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        )


def make_table(
    columns: dict[str, Any],
    caption: str,
    *,
    chart: dict[str, str] | None = None,
    groups: tuple[str, ...] = (),
    bars: str = "",
    total: bool = False,
    form: bool = False,
) -> Table:
    """Return cells as a table with a caption; a column in which nothing stands is left out, but not of a form.

    Parameters
    ----------
    columns : dict
        Heading to list of cells, all of them text.
    chart, groups, bars, total
        As in `Table`.
    form : bool
        Whether the columns are those of a form that offices hand in.
    """
    data = pd.DataFrame(columns, dtype=object)
    if not (form or data.empty):
        data = data.loc[:, (data != "").any()]
    return Table(data, caption, chart, groups, bars, total)


def numeric_columns(rows: pd.DataFrame) -> list[int]:
    """Return the places of the columns that stand to the right: of numbers, of dashes in their place, of a year."""
    cells = rows.to_numpy().T
    return [
        place
        for place, name in enumerate(rows.columns)
        if any(isinstance(cell, Number) for cell in cells[place]) or {*cells[place]} == {DASH} or str(name).isdigit()
    ]


def amount(value: float, unit: str, decimals: int = 2) -> str:
    """Return a value with its unit, or a dash; a grade is a word."""
    return _number(value, unit, lambda: format_amount(value, unit, decimals))


def count(value: float, decimals: int = 2, unit: str = "") -> str:
    """Return a bare number, or a dash; of a unit that grades the grade, a word."""
    return _number(value, unit, lambda: format_value(value, unit, decimals))


def target_cell(row: Any, decimals: int = 2, *, bare: bool = False) -> str:
    """Return the target of a row (of `achievements`, or of `targets` with the unit) as it is meant, or a dash."""
    if pd.isna(row.target):
        return DASH
    words = format_target(row, decimals, bare=bare)
    return Number(words, row.target) if is_number_target(row) else words


def _number(value: float, unit: str, write: Callable[[], str]) -> str:
    if pd.isna(value):
        return DASH
    return write() if scale_of(unit) else Number(write(), value)


def percent(value: float) -> str:
    """Return a percentage, or a dash; with as many decimals as the others of its column."""
    return DASH if pd.isna(value) else Number(format_percent(value, fixed=True), value)


def achievement(value: float) -> str:
    """Return an achievement, or a dash: what missed by a hair is not printed as 100%."""
    return DASH if pd.isna(value) else Number(format_achievement(value, fixed=True), value)


def ratio(value: float) -> str:
    """Return a ratio, or a dash; with as many decimals as the others of its column."""
    return DASH if pd.isna(value) else Number(format_number(value, fixed=True), value)


def signed(value: float, decimals: int = 2) -> str:
    """Return a change with its sign, or a dash."""
    return DASH if pd.isna(value) else Number(format_signed(value, decimals), value)


def signed_percent(value: float, decimals: int = 2) -> str:
    """Return a change in per cent with its sign, or a dash."""
    return DASH if pd.isna(value) else Number(format_signed_percent(value, decimals), value)


def year_cell(year: int) -> Number:
    """Return a year: a number that is never grouped."""
    return Number(str(year), year)


def provisional(cell: str, status: object) -> str:
    """Return a cell with a star if its figure is provisional."""
    if status != "sementara":
        return cell
    return Number(f"{cell}*", cell.value) if isinstance(cell, Number) else f"{cell}*"


def text(value: object) -> str:
    """Return text, or a dash for none."""
    return DASH if pd.isna(value) else str(value)
