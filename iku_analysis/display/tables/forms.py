"""The offices' forms as tables: frames of `iku.forms` -> Table, wide forms in parts that a page can hold.

The sheets of a workbook hold each form whole (`documents/form_sheets.py`). K is performance, Rp rupiah.
"""

from functools import partial
from typing import Any, Literal

import pandas as pd

from iku_analysis.display.form_words import (
    e81_heads,
    e81_item,
    e81_title,
    tc23_groups,
    tc23_heads,
    tc23_span,
    tc23_title,
    tc29_heads,
    tc29_title,
    tc30_heads,
    tc30_title,
)
from iku_analysis.display.tables.cells import DASH, Table, achievement, count, make_table, percent
from iku_analysis.display.words import with_unit
from iku_analysis.indonesian import plain_unit, unit_of_decree
from iku_analysis.language import _

E81_PARTS = {"plan": range(5, 8), "quarters": range(8, 13), "level": range(13, 15)}


def table_e81(
    form: pd.DataFrame, year: int, *, part: Literal["names", "plan", "quarters", "level"], quarter: int = 4
) -> Table:
    """Form E.81 (frame of `forms.e81`) in parts: a line of K an indicator, of Rp a programme.

    `part` is `names` (columns 1, 2, 4), `plan` (5-7), `quarters` (8-12) or `level` (13-15).
    """
    heads, title = e81_heads(year), e81_title(year, quarter)
    if part == "names":
        rows = form[form["indicator_id"] != ""].drop_duplicates("indicator_id").to_dict("records")
        columns = {
            heads["1"]: [_number(row["number"]) for row in rows],
            heads["2"]: [row["objective"] for row in rows],
            heads["4"]: [row["indicator"] for row in rows],
            _("Satuan"): [unit_of_decree(row["unit"]) for row in rows],
        }
        return make_table(columns, _("{title}: sasaran dan indikator", title=title))
    lines, numbers = _e81_lines(form), E81_PARTS[part]
    columns = {
        heads["1"]: [_number(line["number"]) for line in lines],
        _("(3) Program, (4) indikator"): [line["name"] for line in lines],
        "K/Rp": [line["kind"] for line in lines],
    }
    for number in numbers:
        columns[heads[str(number)]] = [
            achievement(line[number]) if number == 14 else count(line[number], unit=line["unit"]) for line in lines
        ]
    if part == "level":
        columns[heads["15"]] = [_("perlu diisi") for _line in lines]
        columns[_("Keterangan")] = [line["note"] for line in lines]
    last = 15 if part == "level" else numbers[-1]
    return make_table(columns, _columns(title, numbers[0], last))


def _e81_lines(form: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the lines of E.81: `number`, `name`, `kind`, `note`, and by number the columns 5-14."""
    lines = []
    before = ""
    for row in form.to_dict("records"):
        if row["indicator_id"] and row["indicator_id"] != before:
            cells = {number: row[f"k{number}"] for number in range(5, 15)}
            names = {"number": row["number"], "name": row["label"], "note": row["k_note"], "unit": row["unit"]}
            lines.append(names | {"kind": f"K ({unit_of_decree(plain_unit(row['unit']))})"} | cells)
        cells = {number: row[f"rp{number}"] for number in range(5, 15)}
        names = {"number": row["number"], "name": row["programme"] or DASH, "note": row["rp_note"], "unit": ""}
        names |= {"kind": "Rp"}
        lines.append(names | cells)
        before = row["indicator_id"]
    return lines


def table_e81_foot(foot: pd.DataFrame, year: int, *, quarter: int = 4) -> Table:
    """The foot of form E.81 (frame of `forms.e81_foot`): means with their rating, what people wrote, who signs."""
    rows: list[tuple[str, str, str]] = []
    for row in foot.itertuples():
        item = e81_item(str(row.item), year)
        if pd.isna(row.targeted):
            rows.append((item, str(row.text) or _("perlu diisi"), ""))
            continue
        counted = _("dari {known} indikator", known=int(row.counted))
        rows.append((item, str(percent(row.mean_pct)), str(row.reason) or counted))  # as text, to stand with texts
        rows.append((e81_item("rating", year), str(row.rating) or DASH, ""))
    rows += [(e81_item(item, year), "", "") for item in ("prepared", "evaluated")]
    heads = (_("Hal"), _("Isi"), _("Keterangan"))
    columns = dict(zip(heads, map(list, zip(*rows, strict=True)), strict=True))
    return make_table(columns, _("{title}: kaki formulir", title=e81_title(year, quarter)))


def table_tc23(form: pd.DataFrame, *, part: Literal["names", "years"]) -> Table:
    """Form T-C.23 (frame of `forms.tc23`) in parts: `names` (columns 1-5), or `years`, three lines an indicator."""
    years = [int(name.removeprefix("target_")) for name in form if name.startswith("target_")]
    heads, title, rows = tc23_heads(years), tc23_title(years), form.to_dict("records")
    if part == "names":
        columns = {
            heads["number"]: [_number(row["number"]) for row in rows],
            heads["indicator"]: [row["indicator"] for row in rows],
        }
        for name in ("nspk", "ikk", "other"):
            columns[heads[name]] = [row[name] or _("perlu diisi") for row in rows]
        columns[_("Keterangan")] = [row["note"] for row in rows]
        return make_table(columns, _("{title}: indikator dan acuan", title=title))
    lines = []
    for row in rows:
        names = [_number(row["number"]), _with_unit(row)]
        for place, group in enumerate(tc23_groups()):
            show = achievement if group == "ratio" else partial(count, unit=row["unit"])
            cells = [show(row[f"{group}_{year}"]) for year in years]
            lines.append([*(names if place == 0 else ["", ""]), tc23_span(years, group), *cells])
    names = [heads["number"], heads["indicator"], _("Kolom"), *map(str, years)]
    return make_table(pd.DataFrame(lines, columns=names), title)


def table_tc29(form: pd.DataFrame, year: int, *, part: Literal["names", "last_year", "plan"]) -> Table:
    """Form T-C.29 (frame of `forms.tc29`) in parts: `names` (columns 1-3), `last_year` (4-8) or `plan` (9-12)."""
    heads, title, rows = tc29_heads(year), tc29_title(year), form.to_dict("records")
    if part == "names":
        columns = {
            heads["code"]: [row["code"] or _("perlu diisi") for row in rows],
            heads["programme"]: [row["programme"] or DASH for row in rows],
            heads["indicator"]: [row["indicator"] for row in rows],
        }
        return make_table(columns, _("{title}: program dan indikator", title=title))
    numbers = range(4, 9) if part == "last_year" else range(9, 12)
    columns = {heads["indicator"]: [_with_unit(row) for row in rows]}
    for number in numbers:
        columns[heads[f"c{number}"]] = [
            achievement(row[f"c{number}"]) if number in (8, 11) else count(row[f"c{number}"], unit=row["unit"])
            for row in rows
        ]
    if part == "plan":
        columns[heads["c12"]] = [row["c12"] for row in rows]
    return make_table(columns, _columns(title, numbers[0], 8 if part == "last_year" else 12), form=True)


def table_tc30(form: pd.DataFrame, year: int, *, part: Literal["targets", "outlook", "notes"]) -> Table:
    """Form T-C.30 (frame of `forms.tc30`) in parts: `targets` (columns 1-8), `outlook` (9-12) or `notes` (13)."""
    heads, title, rows = tc30_heads(year), tc30_title(year), form.to_dict("records")
    columns = {
        heads["number"]: [_number(row["number"]) for row in rows],
        heads["indicator"]: [_with_unit(row) for row in rows],
    }
    if part == "notes":
        columns[heads["c13"]] = [row["c13"] or _("perlu diisi") for row in rows]
        columns[_("Proyeksi")] = [row["method"] for row in rows]
        columns[_("Keterangan")] = [row["reason"] for row in rows]
        return make_table(columns, _("{title}: catatan", title=title))
    if part == "targets":
        for name in ("standard", "ikk"):
            columns[heads[name]] = [row[name] or _("perlu diisi") for row in rows]
    numbers = range(5, 9) if part == "targets" else range(9, 13)
    for number in numbers:
        columns[heads[f"c{number}"]] = [count(row[f"c{number}"], unit=row["unit"]) for row in rows]
    return make_table(columns, _columns(title, 1 if part == "targets" else 9, numbers[-1]))


def _with_unit(row: dict[Any, Any]) -> str:
    return with_unit(row["label"], row["unit"])


def _number(number: float) -> str:
    return DASH if pd.isna(number) else count(number)


def _columns(title: str, first: int, last: int) -> str:
    return _("{title}: kolom {first}-{last}", title=title, first=first, last=last)
