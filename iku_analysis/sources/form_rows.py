"""The form of `iku template`, filled and given back: whose form it is, and whether its rows still mean the same."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import pandas as pd

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.cells import Table
from iku_analysis.sources.csv_rows import LINES_ABOVE
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.in_force import decree_in_force
from iku_analysis.sources.input_files import BESIDE
from iku_analysis.sources.rows import Fact, Form, Row, is_number, name_heading, quote, split_hint

MARK = re.compile(r"IKU-FORMULIR ([0-9]{4}) (\S.*)")
MARK_ROW = 2


def write_mark(year: int, decree_id: str) -> str:
    """Return the mark by which a form is known, in every language: its year and its decree."""
    return f"IKU-FORMULIR {year} {decree_id}"


def sheet_name(indicator: pd.Series | dict[str, Any]) -> str:
    """Return the name of an indicator's sheet, for instance `6 uttp`."""
    return f"{indicator['number']} {indicator['indicator_id']}"[:31]  # Excel takes no longer name


def split_form(tables: list[Table], number_format: str, problems: list[Problem]) -> tuple[Form | None, list[Table]]:
    """Return the form that a file's tables make, or None, and the tables that hold rows.

    The sheet that tells how to fill it begins its second row with the mark, and is known by that alone. A number
    in it would be lost, so it is noted as a problem. The other sheets bear the mark too, farther right: a sheet
    that comes back alone is still one of its form.
    """
    marked = [
        (table, place, mark)
        for table in tables
        for number, cells in table.rows
        if number == MARK_ROW
        for place, cell in enumerate(cells)
        if (mark := MARK.fullmatch(cell.strip()))
    ]
    if not marked:
        return None, tables
    table, place, mark = min(marked, key=lambda each: each[1] > 0)
    others = tables
    if place == 0:
        problems += _stray_numbers(table, number_format)
        others = [other for other in tables if other is not table]
    facts = tuple(fact for other in others for fact in _facts(other))
    return Form(table.name, int(mark[1]), mark[2], facts), others


def _facts(table: Table) -> Iterator[Fact]:
    """Yield what a sheet says above its rows: lines that begin with `Satuan` or `Definisi operasional`, and headings.

    A long definition goes on in the lines below its first.
    """
    lines = table.rows[:LINES_ABOVE]
    for place, (number, cells) in enumerate(lines):
        name = name_heading(cells[0], in_form=True)
        if name in ("unit", "definition") and any(cells[1:]):
            more = takewhile(
                lambda cells: not cells[0] and any(cells), (cells for _number, cells in lines[place + 1 :])
            )
            text = " ".join(cell for each in (cells, *more) for cell in each[1:])
            yield Fact(table.name, number, cells[0], name, text)
        for cell in cells:
            if name_heading(cell, in_form=True) == "value" and (hint := split_hint(cell)[1]):
                yield Fact(table.name, number, cell, "unit", hint)


def _stray_numbers(table: Table, number_format: str) -> list[Problem]:
    mend = _("Pindahkan angkanya ke lembar indikatornya; di lembar ini tidak ada yang dibaca.")
    counted = {
        place for _number, cells in table.rows for place, cell in enumerate(cells) if name_heading(cell) == "filled"
    }
    return [
        Problem(table.name, number, None, quote(cell), _("petunjuk tanpa angka"), mend)
        for number, cells in table.rows
        for place, cell in enumerate(cells)
        if place not in counted and is_number(cell.strip().removesuffix("%").rstrip(), number_format)
    ]


def check_decree(form: Form, decrees: list[Decree]) -> list[Problem]:
    """Return what is wrong with the decree that a form names, or with what it says of its indicators."""
    decree = decree_in_force(decrees, form.year)
    if decree is not None and decree.decree_id == form.decree_id:
        return list(_changed_facts(form, decree))
    expected = _("tahun yang dinilai sebuah keputusan")
    if decree is not None:
        expected = _("formulir {year} menurut keputusan {decree}", year=form.year, decree=decree.decree_id)
    found = quote(write_mark(form.year, form.decree_id))
    mend = _("Ambil formulir baru dengan iku template, dan pindahkan isinya.")
    return [Problem(form.place, MARK_ROW, None, found, expected, mend)]


def _changed_facts(form: Form, decree: Decree) -> Iterator[Problem]:
    for fact in form.facts:
        own = _indicator_of(fact.file, decree)
        if own is not None and fact.text.split() != str(own[fact.name]).split():
            mend = _("Kembalikan seperti semula, atau ambil formulir baru dengan iku template dan pindahkan isinya.")
            yield Problem(fact.file, fact.row, fact.heading, quote(fact.text), quote(own[fact.name]), mend)


def _indicator_of(file: str, decree: Decree) -> dict[str, Any] | None:
    """Return the indicator whose sheet of the form a table is, by the sheet's name."""
    sheet = file.rpartition("[")[2].removesuffix("]")
    own = decree.by_name.get(sheet.partition(" ")[0])
    return own if own is not None and sheet == sheet_name(own) else None


def check_beside(row: Row, indicator: dict[str, Any], period: str, decrees: list[Decree]) -> None:
    """Refuse a row that means something else than what stands beside it, or than its form.

    A blank unit, definition or year says nothing; `tahun lalu` is for the eye alone.
    """
    if row.form is None and row.headings.keys().isdisjoint(BESIDE):
        return
    for column, expected in (
        ("unit", indicator["unit"]),
        ("definition", indicator["definition"]),
        ("year", period[:4]),
    ):
        if row.words(column) and row.text(column).split() != str(expected).split():
            mend = _("Kembalikan seperti semula; bila barisnya salah tempat, perbaiki indikator atau periodenya.")
            row.refuse(column, quote(row.text(column)), quote(expected), mend)
    if row.form is None:
        return
    if int(period[:4]) != row.form.year:
        mend = _("Perbaiki periodenya, atau ambil formulir tahun itu dengan iku template.")
        expected = _("periode dalam tahun formulir, {year}", year=row.form.year)
        row.refuse("period", quote(row.text("period")), expected, mend)
    decree = decree_in_force(decrees, row.form.year)
    own = _indicator_of(row.file, decree) if decree else None
    if own is not None and own["indicator_id"] != indicator["indicator_id"]:
        mend = _("Perbaiki indikatornya, atau pindahkan barisnya ke lembar indikator itu.")
        row.refuse("indicator", quote(row.text("indicator")), quote(own["indicator_id"]), mend)
