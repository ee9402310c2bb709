"""The form of `iku template`, filled and given back: whose form it is, and whether its rows still mean the same."""

import re
from typing import Any

import pandas as pd

from iku_analysis.errors import Problem
from iku_analysis.language import _
from iku_analysis.sources.cells import Table
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.in_force import decree_in_force
from iku_analysis.sources.rows import Form, Row, is_number, quote

MARK = re.compile(r"IKU-FORMULIR ([0-9]{4}) (\S.*)")
MARK_ROW = 2  # cell A2 of the sheet that tells how to fill the form


def write_mark(year: int, decree_id: str) -> str:
    """Return the mark by which a form is known, in every language: its year and its decree."""
    return f"IKU-FORMULIR {year} {decree_id}"


def sheet_name(indicator: pd.Series | dict[str, Any]) -> str:
    """Return the name of an indicator's sheet, for instance `6 uttp`."""
    return f"{indicator['number']} {indicator['indicator_id']}"[:31]  # Excel takes no longer name


def split_form(tables: list[Table], number_format: str, problems: list[Problem]) -> tuple[Form | None, list[Table]]:
    """Return the form that a file's tables make, or None, and the tables that hold rows.

    The sheet that tells how to fill it is known by its mark alone. A number in that sheet would
    be lost, so it is noted as a problem.
    """
    for table in tables:
        marked = [MARK.fullmatch(cells[0].strip()) for number, cells in table.rows if number == MARK_ROW and cells]
        if marked and marked[0]:
            problems += _stray_numbers(table, number_format)
            form = Form(table.name, int(marked[0][1]), marked[0][2])
            return form, [other for other in tables if other is not table]
    return None, tables


def _stray_numbers(table: Table, number_format: str) -> list[Problem]:
    mend = _("Pindahkan angkanya ke lembar indikatornya; di lembar ini tidak ada yang dibaca.")
    return [
        Problem(table.name, number, None, quote(cell), _("petunjuk tanpa angka"), mend)
        for number, cells in table.rows
        for cell in cells
        if is_number(cell.strip().removesuffix("%").rstrip(), number_format)
    ]


def check_decree(form: Form, decrees: list[Decree]) -> list[Problem]:
    """Return what is wrong with the decree that a form names."""
    decree = decree_in_force(decrees, form.year)
    if decree is not None and decree.decree_id == form.decree_id:
        return []
    expected = _("tahun yang dinilai sebuah keputusan")
    if decree is not None:
        expected = _("formulir {year} menurut keputusan {decree}", year=form.year, decree=decree.decree_id)
    found = quote(write_mark(form.year, form.decree_id))
    mend = _("Ambil formulir baru dengan iku template, dan pindahkan isinya.")
    return [Problem(form.place, MARK_ROW, None, found, expected, mend)]


def check_beside(row: Row, indicator: pd.Series, period: str, decrees: list[Decree]) -> None:
    """Refuse a row that means something else than what stands beside it, or than its form.

    A blank unit, definition or year says nothing; `tahun lalu` is for the eye alone.
    """
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
    sheet = row.file.rpartition("[")[2].removesuffix("]")
    decree = decree_in_force(decrees, row.form.year)
    own = decree.by_name.get(sheet.partition(" ")[0]) if decree else None
    if own is not None and sheet == sheet_name(own) and own["indicator_id"] != indicator["indicator_id"]:
        mend = _("Perbaiki indikatornya, atau pindahkan barisnya ke lembar indikator itu.")
        row.refuse("indicator", quote(row.text("indicator")), quote(own["indicator_id"]), mend)
