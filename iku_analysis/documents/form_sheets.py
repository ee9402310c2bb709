"""The offices' forms as sheets of a workbook, each whole, with what is computed as formulas that stay alive.

A formula stands where the form computes, with the number of the frame beside it as its last result; where a cell that
it needs is empty, so is it, until somebody fills that cell. What may not be added has no formula that adds it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from iku_analysis.agency.load import Agency
from iku_analysis.analysis import forms
from iku_analysis.analysis.form_cells import fewest_of
from iku_analysis.display.form_words import (
    e81_heads,
    e81_item,
    e81_title,
    tc23_heads,
    tc23_title,
    tc29_heads,
    tc29_title,
    tc30_heads,
    tc30_title,
)
from iku_analysis.display.tables.cells import Number, achievement, count
from iku_analysis.documents.excel import Look
from iku_analysis.documents.workbook import HEAD_ROW, LINE, LONGEST, cut, most_lines, number_format
from iku_analysis.indonesian import plain_unit
from iku_analysis.language import _
from iku_analysis.sources.policy import Scale

Formula = Callable[[dict[str, Any], str], str]  # a row and a column -> its formula, `{k5}` for a cell of the row
NAMED = 4  # columns that name a row, which stand still and are printed on each page
WIDE, NARROW, LEAST = 30, 15, 6  # letters of a column of text, of numbers, of any
SPAN = 9  # columns over which a text of the foot runs
PAGE = 260  # letters on a line of A3 across that are still read


class Line(NamedTuple):
    """A line below a form: its words, and a text, or in a column a formula with its result.

    In the formula `{k5}` is the whole column of the form, `{above}` the cell above.
    """

    words: str
    text: str = ""
    column: str = ""
    formula: str = ""
    result: float | str = ""


class Form(NamedTuple):
    """A form as a sheet: name, title, headings by column of the frame, which columns are per cent, formulas, foot."""

    name: str
    title: str
    heads: dict[str, str]
    frame: pd.DataFrame
    per_cent: set[str]
    formula: Formula
    foot: list[Line]


def e81_sheet(agency: Agency, year: int, quarter: int) -> Form:
    """Return form E.81 as a sheet; two columns beside the form hold what enters its means."""
    frame, words, cap = forms.e81(agency, year, quarter), e81_heads(year), agency.policy.judging.mean_cap_pct
    heads = {"number": words["1"], "objective": words["2"], "programme": words["3"], "indicator": words["4"]}
    for number in range(5, 15):
        heads |= {f"{kind}{number}": f"{words[str(number)]}, {kind.capitalize()}" for kind in ("k", "rp")}
    heads |= {"responsible": words["15"], "note": _("Keterangan")}
    heads |= {"year": _("Untuk rata-rata: (12) terhadap (7)"), "plan": _("Untuk rata-rata: (14)")}
    targeted = frame["k7"].notna()
    first = (frame["indicator_id"] != "") & (frame["indicator_id"] != frame["indicator_id"].shift())
    notes = [_both(row.k_note, row.rp_note) for row in frame.itertuples()]
    whole = _named(frame).assign(first=first, objective=frame["objective"].where(first, ""), note=notes)
    whole = whole.assign(
        responsible=_("perlu diisi"),
        year=frame["year_pct"].clip(lower=0, upper=cap),
        plan=frame["k14"].where(targeted).clip(lower=0, upper=cap),
    )

    def formula(row: dict[str, Any], column: str) -> str:
        of_money = column.startswith("rp")
        if not (row["first"] or of_money):
            return ""
        if column in ("k13", "rp13"):
            return _sum(column.removesuffix("13"), row[f"{column}_from"])
        if column == "rp14":
            return _level(row, "rp13", "rp5", "higher")
        if column in ("k14", "plan") and (column == "k14" or pd.notna(row["k7"])):
            return _level(row, "k13", "k5", row["direction"], cap=cap if column == "plan" else None)
        return _level(row, "k12", "k7", row["direction"], cap=cap) if column == "year" else ""

    foot = _e81_foot(agency, forms.e81_foot(agency, frame, year), year, int(targeted.sum()))
    return Form("E.81", e81_title(year, quarter), heads, whole, {"k14", "rp14", "year", "plan"}, formula, foot)


def _both(performance: str, money: str) -> str:
    """Return what is said of both halves of a row, each by its name."""
    return "\n".join(f"{kind}: {note}" for kind, note in (("K", performance), ("Rp", money)) if note)


def _e81_foot(agency: Agency, foot: pd.DataFrame, year: int, targeted: int) -> list[Line]:
    needed, lines = fewest_of(agency, targeted), []
    for row in foot.itertuples():
        words = e81_item(str(row.item), year)
        if pd.isna(row.targeted):
            lines.append(Line(words, str(row.text) or _("perlu diisi")))
            continue
        column, means = ("k12", "{year}") if row.item == "mean_year" else ("k14", "{plan}")
        mean = f'IF(COUNT({means})>={needed},AVERAGE({means}),"")'
        lines.append(Line(words, column=column, formula=mean, result="" if pd.isna(row.mean_pct) else row.mean_pct))
        rating = _rating(agency.policy.scales[0])
        lines.append(Line(e81_item("rating", year), column=column, formula=rating, result=str(row.rating)))
    return [*lines, Line(e81_item("prepared", year)), Line(e81_item("evaluated", year))]


def tc23_sheet(agency: Agency, year: int) -> Form:
    """Return form T-C.23 as a sheet."""
    frame = forms.tc23(agency, year)
    years = [int(name.removeprefix("target_")) for name in frame if name.startswith("target_")]
    frame = _named(frame).replace({name: {"": _("perlu diisi")} for name in ("nspk", "ikk", "other")})

    def formula(row: dict[str, Any], column: str) -> str:
        name, _line, of_year = column.partition("_")
        return _level(row, f"realised_{of_year}", f"target_{of_year}", row["direction"]) if name == "ratio" else ""

    heads = tc23_heads(years) | {"note": _("Keterangan")}
    return Form("T-C.23", tc23_title(years), heads, frame, {f"ratio_{each}" for each in years}, formula, [])


def tc29_sheet(agency: Agency, year: int) -> Form:
    """Return form T-C.29 as a sheet."""
    frame = _named(forms.tc29(agency, year)).replace({"code": {"": _("perlu diisi")}})

    def formula(row: dict[str, Any], column: str) -> str:
        if column == "c10":
            return _sum("c", row["c10_from"])
        of = {"c8": ("c7", "c6"), "c11": ("c10", "c4")}.get(column)
        return _level(row, *of, row["direction"]) if of else ""

    return Form("T-C.29", tc29_title(year), tc29_heads(year), frame, {"c8", "c11"}, formula, [])


def tc30_sheet(agency: Agency, year: int) -> Form:
    """Return form T-C.30 as a sheet; nothing in it is a sum or a ratio."""
    frame = _named(forms.tc30(agency, year)).replace(
        {name: {"": _("perlu diisi")} for name in ("standard", "ikk", "c13")}
    )
    heads = tc30_heads(year) | {"method": _("Proyeksi"), "reason": _("Keterangan")}
    return Form("T-C.30", tc30_title(year), heads, frame, set(), lambda _row, _column: "", [])


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a form whose indicators carry their unit."""
    units = frame["unit"].map(plain_unit)
    names = frame["indicator"].where(frame["unit"] == "", frame["indicator"] + " (" + units + ")")
    return frame.assign(indicator=names)


def _sum(kind: str, made_from: str) -> str:
    """Return the formula of a sum of columns, `6+12`, that is empty while one of them is; nothing for no columns."""
    cells = [f"{{{kind}{number}}}" for number in made_from.split("+") if number]
    return f'IF(COUNT({",".join(cells)})={len(cells)},{"+".join(cells)},"")' if cells else ""


def _level(row: dict[str, Any], value: str, target: str, direction: str, *, cap: float | None = None) -> str:
    """Return the formula of a level in per cent, as `compute_achievement_pct` has it; empty where the target is 0."""
    of, to = f"{{{value}}}", f"{{{target}}}"
    if not direction:
        return ""
    if direction == "lower":
        level = f"(ABS({to})+{to}-{of})/ABS({to})*100"
    else:
        level = f"(ABS({to})+{of}-{to})/ABS({to})*100" if row[target] < 0 else f"{of}/{to}*100"
    level = level if cap is None else f"MAX(0,MIN({cap:.15g},{level}))"
    return f'IF(AND(COUNT({of},{to})=2,{to}<>0),{level},"")'


def _rating(scale: Scale) -> str:
    """Return the formula of the rating of the cell above."""
    *bounded, last = scale.rating
    formula = _quoted(last.label)
    for each in reversed(bounded):
        bound, left_out = each.bound
        formula = f"IF(ROUND({{above}},2){'>' if left_out else '>='}{bound},{_quoted(each.label)},{formula})"
    return f'IF(ISNUMBER({{above}}),{formula},"")'


def _quoted(text: str) -> str:
    """Return text as a formula holds it; its braces are no cells."""
    return '"' + text.replace('"', '""').replace("{", "{{").replace("}", "}}") + '"'


def write_form(form: Form, sheet: Worksheet, look: Look) -> None:
    """Write a form on an empty sheet, to be printed on A3: a wide one on two, its first columns on both."""
    sheet.write_string(0, 0, form.title, look(bold=True, font_size=12))
    sheet.freeze_panes(HEAD_ROW + 1, NAMED)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_paper(8)
    rows, columns = form.frame.to_dict("records"), list(form.heads)
    widths = [_width(form.frame[column]) for column in columns]
    if sum(widths) > PAGE:
        sheet.fit_to_pages(2, 0)
        sheet.repeat_columns(0, NAMED - 1)
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(HEAD_ROW, place, form.heads[column], look(bold=True, text_wrap=True, border=1))
    sheet.set_row(HEAD_ROW, LINE * most_lines(list(form.heads.values()), widths))
    last = HEAD_ROW + len(rows)
    for at, row in enumerate(rows, start=HEAD_ROW + 1):
        cells = {column: xl_rowcol_to_cell(at, place) for place, column in enumerate(columns)}
        of_unit = partial(count, unit=row.get("unit", ""))
        shown = [
            _shown(row[column], achievement if column in form.per_cent else count if column[:2] == "rp" else of_unit)
            for column in columns
        ]
        sheet.set_row(at, LINE * most_lines(shown, widths))
        for place, (column, cell) in enumerate(zip(columns, shown, strict=True)):
            _write_cell(sheet, (at, place), cell, form.formula(row, column).format(**cells), look)
    ranges = {column: xl_range(HEAD_ROW + 1, place, last, place) for place, column in enumerate(columns)}
    for at, line in enumerate(form.foot, start=last + 1):
        sheet.write_string(at, 0, line.words, look(bold=True))
        if line.text:
            end = min(NAMED + SPAN, len(columns)) - 1
            sheet.merge_range(at, NAMED, at, end, cut(line.text, LONGEST), look(text_wrap=True))
            sheet.set_row(at, LINE * most_lines([line.text], [sum(widths[NAMED : end + 1])]))
        elif line.formula:
            place = columns.index(line.column)
            formula = line.formula.format(above=xl_rowcol_to_cell(at - 1, place), **ranges)
            _write_cell(sheet, (at, place), _shown(line.result, achievement), formula, look)


def _width(column: pd.Series) -> int:
    """Return the letters of a column: `number` has few, text no more than it holds."""
    if column.name == "number":
        return LEAST
    return NARROW if column.dtype == float else min(WIDE, max(NARROW, *column.str.len(), 0))


def _shown(value: str | float, show: Callable[[float], str]) -> str:
    return value if isinstance(value, str) else "" if pd.isna(value) else show(value)


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: str, formula: str, look: Look) -> None:
    """Write text, a number, or a formula with that as its result."""
    value = cell.value if isinstance(cell, Number) else None
    form = "#,##0.00" if value is None else number_format(cell, value)
    if formula:
        sheet.write_formula(*place, f"={formula}", look(num_format=form, border=1), cell if value is None else value)
    elif value is None:
        sheet.write_string(*place, cut(cell, LONGEST), look(text_wrap=True, border=1))
    else:
        sheet.write_number(*place, value, look(num_format=form, border=1))
