"""Tables of the agreement, the plan and the budget: frames -> Table."""

from typing import Any

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.budget import total
from iku_analysis.analysis.quarter import targets_of_quarters
from iku_analysis.display.tables.cells import (
    DASH,
    Number,
    Table,
    achievement,
    count,
    make_table,
    percent,
    ratio,
    signed,
    signed_percent,
    target_cell,
    year_cell,
)
from iku_analysis.display.words import (
    kpi_word,
    quarters_from_word,
    section_word,
    span_word,
    with_unit,
)
from iku_analysis.indonesian import is_percent, short_quarter, unit_of_decree
from iku_analysis.language import _

QUARTERS = (1, 2, 3, 4)
FOLDERS = {"quarter_targets": "targets/", "budget": "budget/", "realisation": "realisations/"}  # else: notes/


def table_agreement(agency: Agency, year: int, *, quarters: bool = True) -> Table:
    """The annex of the performance agreement, by objective: indicator, unit, target of the year and of its quarters."""
    rows = agency.decree(year).indicators.merge(agency.targets[agency.targets["year"] == year])
    rows = rows[rows["targeted"]]
    order = list(dict.fromkeys(rows["objective"]))
    rows = rows.sort_values("number").sort_values("objective", key=lambda each: each.map(order.index), kind="stable")
    columns = {
        _("No"): [count(number) for number in rows["number"]],
        _("Indikator kinerja"): list(rows["indicator"]),
        _("Satuan"): [unit_of_decree(unit) for unit in rows["unit"]],
        _("Target"): [target_cell(row, bare=True) for row in rows.itertuples()],
    }
    caption = _("Target kinerja {year}", year=year)
    if quarters:
        parts = [targets_of_quarters(agency, row.indicator_id, year) for row in rows.itertuples()]
        for number in QUARTERS:
            columns[short_quarter(number)] = [count(of_year[number - 1]) if of_year else DASH for of_year in parts]
        caption = _("Target kinerja {year} dan target triwulan ({dash} = belum ditetapkan)", year=year, dash=DASH)
    groups = tuple(_("Sasaran: {objective}", objective=each) for each in rows["objective"])
    return make_table(columns, caption, groups=groups)


def table_agreement_budget(agency: Agency, year: int) -> Table:
    """The second annex of the agreement: each programme's budget of the year and of its quarters, in rupiah."""
    rows = agency.budget[agency.budget["period"].str[:4] == str(year)]
    wide = rows.pivot_table(index="programme", columns="period", values="budget", aggfunc="sum", sort=False)
    quarters = [f"{year}-Q{number}" for number in QUARTERS]
    wide = wide.reindex(columns=[str(year), *quarters])
    whole = wide[str(year)].fillna(wide[quarters].sum(axis=1, min_count=4))
    columns = {_("Program"): list(wide.index), _("Anggaran (Rp)"): [count(value) for value in whole]}
    columns |= {
        short_quarter(number): [count(value) for value in wide[period]]
        for number, period in zip(QUARTERS, quarters, strict=True)
    }
    if len(wide) > 1:  # a sum of what is not all known is none
        sums = [whole.sum(skipna=False), *(wide[period].sum(skipna=False) for period in quarters)]
        for cells, last in zip(columns.values(), [_("Jumlah"), *map(count, sums)], strict=True):
            cells.append(last)
    return make_table(columns, _("Anggaran program {year}, rupiah", year=year), total=len(wide) > 1)


def table_open(agency: Agency, sections: pd.DataFrame) -> Table:
    """What people still have to write or set (frame of `open_sections`), one row a subject, and where."""
    rows = []
    for (indicator_id, year), missing in sections.groupby(["indicator_id", "year"], sort=False):
        written = [each for each in missing["section"] if each not in FOLDERS]
        places = [FOLDERS[each] for each in missing["section"] if each in FOLDERS]
        if written:
            subject = str(indicator_id) or _("umum")
            places.append(_("notes/{year}.md, di bawah # {subject}", year=year, subject=subject))
        name = _("Seluruh instansi")
        if indicator_id:
            indicator = agency.indicator(str(indicator_id), int(year))
            name = f"{indicator['number']}. {indicator['label']}"
        rows.append(
            (name, str(year), "; ".join(map(section_word, missing["section"])), "; ".join(dict.fromkeys(places)))
        )
    names = (_("Tentang"), _("Tahun"), _("Yang perlu diisi"), _("Tempat mengisi"))
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return make_table(columns, _("Yang masih perlu diisi"))


def table_budget(agency: Agency, programmes: pd.DataFrame, year: int, *, quarter: int = 4) -> Table | None:
    """The money of each programme to the end of a quarter (frame of `budget.by_programme`); None without any."""
    if programmes.empty:
        return None
    names = {row.indicator_id: kpi_word(row.number) for row in agency.decree(year).indicators.itertuples()}
    served = [", ".join(names[each] for each in ids.split(", ") if each) for ids in programmes["indicator_ids"]]
    lines = programmes.assign(served=[each or _("tidak terkait indikator") for each in served])
    several = len(programmes) > 1
    if several:
        whole = total(agency, year, quarter).to_frame().T
        lines = pd.concat([lines, whole.assign(programme=_("Jumlah"), served="", reason="")])
    columns = {
        _("Program"): list(lines["programme"]),
        _("Untuk indikator"): list(lines["served"]),
        _("Anggaran (Rp)"): [count(value) for value in lines["budget"]],
    }
    caption = _("Anggaran {year}, menurut program", year=year)
    if not (agency.until and agency.until < f"{year}-01"):  # something can have been spent already
        columns |= {
            _("Realisasi (Rp)"): [count(value) for value in lines["realised"]],
            _("Serapan"): [percent(value) for value in lines["absorbed_pct"]],
            _("Keterangan"): list(lines["reason"]),
        }
        caption = _("Anggaran dan realisasi anggaran {year}, menurut program", year=span_word(year, quarter))
    return make_table(columns, caption, total=several)


def table_efficiency(money: pd.DataFrame, year: int, *, quarter: int = 4) -> Table | None:
    """Achievement beside budget absorbed, to the end of a quarter (`budget.by_indicator`); None without any."""
    if money["budget"].isna().all():
        return None
    columns = {
        _("Indikator"): [f"{row.number}. {row.label}" for row in money.itertuples()],
        _("Anggaran (Rp)"): [count(value) for value in money["budget"]],
        _("Realisasi (Rp)"): [count(value) for value in money["realised"]],
        _("Serapan"): [percent(value) for value in money["absorbed_pct"]],
        _("Capaian"): [achievement(value) for value in money["achievement_pct"]],
        _("Efisiensi"): [ratio(value) for value in money["efficiency"]],
        _("Keterangan"): list(money["reason"]),
    }
    return make_table(columns, _("Capaian terhadap serapan anggaran {year}", year=span_word(year, quarter)))


def table_plan(plan: pd.DataFrame, year: int) -> Table:
    """Where each indicator starts and what the year asks for (frame of `compute_plan`)."""
    rows = plan[plan["target"].notna()]
    columns = {
        _("Indikator"): [f"{row.number}. {with_unit(row.label, row.unit)}" for row in rows.itertuples()],
        _("Kondisi awal"): [count(row.baseline, unit=row.unit) for row in rows.itertuples()],
        _("Tahun kondisi awal"): [DASH if pd.isna(each) else year_cell(int(each)) for each in rows["baseline_year"]],
        _("Target {year}", year=year): [target_cell(row, bare=True) for row in rows.itertuples()],
        _("Perubahan yang diperlukan"): [_needed(row) for row in rows.itertuples()],
        _("Target akhir masa"): [count(row.last_target, unit=row.unit) for row in rows.itertuples()],
        _("Jarak ke target akhir"): [signed(value) for value in rows["distance"]],
        _("Sisa dari jumlah semua target"): [count(value) for value in rows["left"]],
        _("Keterangan"): list(rows["reason"]),
    }
    return make_table(columns, _("Rencana {year}: kondisi awal dan target", year=year))


def _needed(row: Any) -> str:
    needed, needed_pct, unit = row.needed, row.needed_pct, row.unit
    if pd.isna(needed):
        return DASH
    if row.asked == "keep":
        return _("sudah terpenuhi")
    if is_percent(unit):
        return Number(_("{points} poin persen", points=signed(needed)), needed)
    return (
        signed(needed) if pd.isna(needed_pct) else Number(f"{signed(needed)} ({signed_percent(needed_pct, 1)})", needed)
    )


def table_plan_quarters(plan: pd.DataFrame, year: int) -> Table:
    """What each quarter must bring, and whence that is (frame of `compute_plan`)."""
    rows = plan[plan["target"].notna()]
    columns = {
        _("Indikator"): [f"{row.number}. {with_unit(row.label, row.unit)}" for row in rows.itertuples()],
        _("Target"): [target_cell(row, bare=True) for row in rows.itertuples()],
    }
    for number in QUARTERS:
        values = zip(rows[f"q{number}"], rows["unit"], strict=True)
        columns[short_quarter(number)] = [count(value, unit=unit) for value, unit in values]
    columns[_("Asal angka")] = [quarters_from_word(each) for each in rows["quarters_from"]]
    return make_table(columns, _("Yang harus dicapai setiap triwulan {year}", year=year))
