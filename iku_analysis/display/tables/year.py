"""Tables of years: frames -> Table."""

from typing import Any

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import AgencyResult
from iku_analysis.analysis.missing import unscored
from iku_analysis.display.tables.cells import (
    DASH,
    Number,
    Table,
    achievement,
    amount,
    count,
    make_table,
    percent,
    provisional,
    target_cell,
    text,
)
from iku_analysis.display.words import (
    aggregation_word,
    basis_word,
    direction_word,
    holder_words,
    marked_state,
    source_words,
    through_word,
    with_unit,
)
from iku_analysis.indonesian import (
    MOST_DECIMALS,
    decimals_apart,
    format_date,
    format_number,
    format_percent,
    format_period,
)
from iku_analysis.language import _


def table_decree(agency: Agency, year: int) -> Table:
    """The facts of the decree in force in a year."""
    decree = agency.decree(year)
    facts = {
        _("Keputusan"): _("Nomor {number}", number=decree.number),
        _("Tentang"): decree.title,
        _("Ditetapkan"): format_date(decree.date),
        _("Masa target"): f"{decree.first_year}-{decree.last_year}",
        _("Acuan untuk"): "; ".join(decree.uses),
        _("Dasar hukum"): "; ".join(decree.legal_bases),
        _("Tembusan"): "; ".join(decree.recipients),
    }
    return make_table({_("Hal"): list(facts), _("Isi"): list(facts.values())}, _("Keputusan yang menjadi acuan"))


def table_targets(agency: Agency) -> Table:
    """All targets, an indicator a row and a year a column."""
    names = agency.indicators.drop_duplicates("indicator_id", keep="last").set_index("indicator_id")
    cells = agency.targets.assign(
        cell=[
            target_cell(row, bare=True) if row.targeted else DASH
            for row in agency.targets.assign(unit=agency.targets["indicator_id"].map(names["unit"])).itertuples()
        ]
    )
    wide = cells.pivot(index="indicator_id", columns="year", values="cell").fillna(DASH)
    wide = wide.loc[sorted(wide.index, key=lambda each: names.loc[each, "number"])]
    columns = {
        _("No"): [count(number) for number in names.loc[wide.index, "number"]],
        _("Indikator"): [with_unit(row.label, row.unit) for row in names.loc[wide.index].itertuples()],
    }
    columns |= {str(year): list(wide[year]) for year in wide.columns}
    return make_table(columns, _("Target setiap tahun ({dash} = tidak ditargetkan)", dash=DASH))


def table_achievements(achievements: pd.DataFrame, year: int) -> Table:
    """All indicators of a year: target, realisation, achievement, rating, state."""
    of_year = achievements[achievements["year"] == year]
    realisation, achieved = _("Realisasi"), _("Capaian")
    columns = {
        _("No"): [count(number) for number in of_year["number"]],
        _("Indikator"): list(of_year["label"]),
        _("Target"): [_target(row) for row in of_year.itertuples()],
        realisation: [_realisation(row) for row in of_year.itertuples()],
        achieved: [achievement(value) for value in of_year["achievement_pct"]],
        _("Predikat"): [text(rating) for rating in of_year["rating"]],
        _("Hasil"): [marked_state(state) for state in of_year["state"]],
        _("Keterangan"): [f"{row.reason} {row.caution}".strip() for row in of_year.itertuples()],
    }
    through = through_word(of_year["period"].iloc[0])
    caption = _("Target, realisasi dan capaian {year} (* = sementara)", year=through)
    return make_table(columns, caption)


def table_result(result: AgencyResult) -> Table:
    """The agency's result of a year, for each strategic objective."""
    objectives = result.objectives
    columns = {
        _("Sasaran strategis"): list(objectives["objective"]),
        _("Ditargetkan"): [count(number) for number in objectives["targeted"]],
        _("Dinilai"): [count(number) for number in objectives["scored"]],
        _("Tercapai"): [count(number) for number in objectives["met"]],
        _("Rata-rata"): [percent(value) for value in objectives["mean_capped_pct"]],
    }
    caption = _(
        "Hasil {year} menurut sasaran; rata-rata dengan batas {cap} setiap indikator",
        year=through_word(result.period),
        cap=format_percent(result.cap_pct),
    )
    if result.averaged < result.scored:
        caption += _("; yang tanpa capaian persen di luar rata-rata")
    return make_table(columns, caption)


def table_missing(agency: Agency, achievements: pd.DataFrame, year: int) -> Table:
    """What is missing of the targeted indicators up to a year, why, and who holds the data."""
    missing = achievements[(achievements["state"] == "no_data") & (achievements["year"] <= year)]
    records = []
    for indicator_id, gaps in missing.groupby("indicator_id", sort=False):
        indicator = agency.indicator(str(indicator_id), int(gaps["year"].iloc[-1]))
        by_reason = gaps.groupby("reason", sort=False)["year"].agg(lambda years: ", ".join(map(str, years)))
        records.append(
            {
                _("Indikator"): f"{gaps['number'].iloc[-1]}. {gaps['label'].iloc[-1]}",
                _("Yang belum ada"): " ".join(f"{years}: {reason}" for reason, years in by_reason.items()),
                _("Pemegang data"): holder_words(indicator["holder"], indicator["ask"]),
            }
        )
    columns = {
        name: [record[name] for record in records] for name in (_("Indikator"), _("Yang belum ada"), _("Pemegang data"))
    }
    return make_table(columns, _("Data yang belum ada sampai {year}", year=year))


def table_indicator(agency: Agency, indicator_id: str, year: int) -> Table:
    """What an indicator is: the decree's words, and how it is read."""
    indicator = agency.indicator(indicator_id, year)
    facts = {
        _("Indikator"): indicator["indicator"],
        _("Sasaran strategis"): indicator["objective"],
        _("Satuan"): indicator["unit"],
        _("Definisi operasional"): indicator["definition"],
        _("Cara membaca"): f"{direction_word(indicator['direction'])}; {aggregation_word(indicator['aggregation'])}",
        _("Pemegang data"): holder_words(indicator["holder"], indicator["ask"]),
    }
    return make_table(
        {_("Hal"): list(facts), _("Isi"): list(facts.values())},
        _("{label}: menurut keputusan", label=indicator["label"]),
    )


def table_realisations(agency: Agency, indicator_id: str, *, from_year: int, to_year: int) -> Table:
    """The rows of the realisation files behind an indicator, as they were read."""
    rows = agency.realisations[agency.realisations["indicator_id"] == indicator_id]
    rows = rows[rows["period"].str[:4].astype(int).between(from_year, to_year)]
    unit = agency.indicator(indicator_id, to_year)["unit"]
    columns = {
        _("Periode"): [format_period(period) for period in rows["period"]],
        _("Wilayah"): [area or _("provinsi") for area in rows["area"]],
        _("Rincian"): list(rows["breakdown"]),
        _("Nilai"): [amount(value, unit) for value in rows["value"]],
        _("Pembilang"): [count(number) for number in rows["numerator"]],
        _("Penyebut"): [count(number) for number in rows["denominator"]],
        _("Basis"): [basis_word(basis) for basis in rows["basis"]],
        _("Sumber"): list(rows["source"]),
        _("Keterangan"): list(rows["note"]),
        _("Berkas"): [row.origin or _("{file}, baris {row}", file=row.file, row=row.row) for row in rows.itertuples()],
    }
    if (rows["breakdown"] == "").all():
        del columns[_("Rincian")]
    years = str(to_year) if from_year == to_year else f"{from_year}-{to_year}"
    caption = _("Angka yang dibaca, {years}", years=years)
    return make_table(columns, caption)


def table_context(agency: Agency, indicator_id: str | None = None) -> Table:
    """Published series beside the indicators, the latest figure of each: what it says, why it is no realisation.

    Sources that name different values for that period stand side by side.
    """
    context = agency.context
    if indicator_id is not None:
        context = context[context["indicator_id"] == indicator_id]
    series = context.groupby(["indicator_id", "series"], sort=False)
    rows = context.assign(count=series["value"].transform("size"))
    rows = rows[rows["period"] == series["period"].transform("max")].drop_duplicates(
        ["indicator_id", "series", "value"]
    )
    numbers = agency.indicators.drop_duplicates("indicator_id", keep="last").set_index("indicator_id")["number"]
    rows = rows.assign(number=rows["indicator_id"].map(numbers)).sort_values(["number", "series"], kind="stable")
    columns = {
        _("IKU"): [count(number) for number in rows["number"]],
        _("Deret"): list(rows["series"]),
        _("Periode"): [format_period(period) for period in rows["period"]],
        _("Nilai"): [Number(f"{format_number(row.value)} {row.unit}", row.value) for row in rows.itertuples()],
        _("Jumlah angka"): [count(number) for number in rows["count"]],
        _("Keterangan"): list(rows["note"]),
        _("Sumber"): [source_words(source) for source in rows["source"]],
    }
    caption = _("Konteks dari publikasi, angka terakhir setiap deret: bukan realisasi, tidak dinilai")
    return make_table(columns, caption)


def table_unscored(agency: Agency, year: int) -> Table:
    """Figures up to a year that are known but not judged: proxies, and publications that contradict each other."""
    rows = unscored(agency, year)
    indicators = agency.indicators.drop_duplicates("indicator_id", keep="last").set_index("indicator_id")
    columns = {
        _("Indikator"): [indicators.loc[each, "label"] for each in rows["indicator_id"]],
        _("Periode"): [format_period(period) for period in rows["period"]],
        _("Nilai"): [amount(row.value, indicators.loc[row.indicator_id, "unit"]) for row in rows.itertuples()],
        _("Basis"): [basis_word(basis) for basis in rows["basis"]],
        _("Keterangan"): list(rows["note"]),
        _("Sumber"): [source_words(source) for source in rows["source"]],
    }
    return make_table(columns, _("Angka yang ada tetapi tidak dinilai"))


def _target(row: Any) -> str:
    """Return a target with all the decimals it is set with."""
    return target_cell(row, MOST_DECIMALS)


def _realisation(row: Any) -> str:
    cell = amount(row.realisation, row.unit, decimals_apart(row.target, row.realisation))
    return provisional(cell, row.status)
