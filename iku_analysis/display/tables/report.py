"""The two tables of a report's pages: the year on one page, and the years of one indicator."""

from typing import Any

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.display.tables.cells import (
    Number,
    Table,
    achievement,
    count,
    make_table,
    provisional,
    signed,
    target_cell,
)
from iku_analysis.display.words import marked_state, through_word, until, with_unit
from iku_analysis.indonesian import (
    MOST_DECIMALS,
    decimals_apart,
    format_signed,
    format_signed_percent,
    format_unit,
    is_percent,
)
from iku_analysis.language import _


def table_history(achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str) -> Table:
    """One indicator over the years, a year a column: target, realisation, achievement, change, result."""
    history = achievements[achievements["indicator_id"] == indicator_id].merge(
        trends[["indicator_id", "year", "change", "change_pct"]], on=["indicator_id", "year"]
    )
    decimals = max(decimals_apart(row.target, row.realisation) for row in history.itertuples())
    names = [_("Target"), _("Realisasi"), _("Capaian"), _("Perubahan"), _("Hasil")]
    columns: dict[str, list[str]] = {_("Tahun"): names}
    for row in history.itertuples():
        columns[str(row.year)] = [
            target_cell(row, MOST_DECIMALS, bare=True),
            provisional(count(row.realisation, decimals, row.unit), row.status),
            achievement(row.achievement_pct),
            _change(row),
            marked_state(row.state),
        ]
    caption = _(
        "{label}: perkembangan, {unit} (* = sementara)",
        label=history["label"].iloc[-1],
        unit=format_unit(history["unit"].iloc[-1]),
    )
    chart = {"bars": _("Realisasi"), "line": _("Target")}
    return make_table(columns, caption + until(history), chart=chart)


def table_summary(agency: Agency, achievements: pd.DataFrame, year: int) -> Table:
    """The year on one page: target, realisation and achievement of each targeted indicator, by objective."""
    of_year = achievements[(achievements["year"] == year) & achievements["target"].notna()]
    of_year = of_year.merge(agency.decree(year).indicators[["indicator_id", "objective"]], on="indicator_id")
    order = list(dict.fromkeys(agency.decree(year).indicators["objective"]))
    of_year = of_year.sort_values("objective", key=lambda each: each.map(order.index), kind="stable")
    achieved = _("Capaian")
    columns = {
        _("No"): [count(number) for number in of_year["number"]],
        _("Indikator"): [with_unit(row.label, row.unit) for row in of_year.itertuples()],
        _("Target"): [target_cell(row, MOST_DECIMALS, bare=True) for row in of_year.itertuples()],
        _("Realisasi"): [
            provisional(count(row.realisation, decimals_apart(row.target, row.realisation), row.unit), row.status)
            for row in of_year.itertuples()
        ],
        _("Hasil"): [marked_state(state) for state in of_year["state"]],
        achieved: [achievement(value) for value in of_year["achievement_pct"]],
    }
    through = through_word(achievements.loc[achievements["year"] == year, "period"].iloc[0])
    groups = tuple(
        _("Sasaran {number}. {objective}", number=order.index(each) + 1, objective=each)
        for each in of_year["objective"]
    )
    caption = _("Target dan capaian {year} menurut sasaran; garis = target, * = sementara", year=through)
    return make_table(columns, caption, groups=groups, bars=achieved)


def _change(row: Any) -> str:
    change, change_pct, unit = row.change, row.change_pct, row.unit
    if pd.isna(change) or (not is_percent(unit) and pd.isna(change_pct)):
        return signed(change)
    if is_percent(unit):
        return Number(_("{points} poin persen", points=format_signed(change)), change)
    return Number(f"{format_signed(change)} ({format_signed_percent(change_pct, 1)})", change)
