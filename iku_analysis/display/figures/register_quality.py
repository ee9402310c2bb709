"""Figures of what a register is like: its rows day by day, and those that cannot count."""

import numpy as np
import pandas as pd
from babel.dates import get_day_names, get_month_names
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.registers import NO_ROWS
from iku_analysis.display.canvas import CM, WIDE, Plot, finish, fit, new_axes, styled, tell
from iku_analysis.display.design import ACCENT, BAND, COVER, MISSED, PAPER
from iku_analysis.display.register_words import check_word
from iku_analysis.indonesian import format_date, format_number, format_percent
from iku_analysis.language import _, current_language

MOST_YEARS = 3  # whose days are shown: the last ones
SHADES = LinearSegmentedColormap.from_list("days", [BAND, ACCENT, COVER])


@styled
def plot_days(agency: Agency, *, register: str) -> Plot | None:
    """Draw how many records of a register have each day, a calendar a year: working days without one, and gaps.

    None where the last years, as far as they are known, have no record.
    """
    arrivals = agency.counted.arrivals[agency.counted.arrivals["register"] == register]
    if arrivals.empty or agency.records is None:
        return None
    declared = agency.records.register_[register]
    year, month = map(int, min(agency.until or declared.until, declared.until).split("-"))  # 2021-00: ends before it
    last = (pd.Period(year=year, month=1, freq="M") + month - 1).end_time.normalize()
    first = max(pd.Timestamp(declared.first), pd.Timestamp(last.year - MOST_YEARS + 1, 1, 1))
    rows = arrivals.set_index(pd.DatetimeIndex(arrivals["day"]))["rows"].reindex(pd.date_range(first, last))
    if rows.isna().all():
        return None
    gaps = agency.counted.gaps[agency.counted.gaps["register"] == register]
    jumps = pd.DatetimeIndex(gaps.loc[gaps["day"] != "", "day"])
    years = sorted(set(rows.index.year))
    figure = Figure(figsize=(WIDE, (3.2 * len(years) + 2.4) * CM), layout="constrained")
    axes = figure.subplots(len(years), 1, squeeze=False).ravel()
    for ax, year in zip(axes, years, strict=True):
        _draw_year(ax, rows[rows.index.year == year], jumps[jumps.year == year], most=rows.max())
        if len(years) > 1:
            ax.set_title(str(year), loc="left", size=9)
    empty = rows[rows.isna() & (rows.index.day_of_week < 5)]
    facts = {"register": register, "days": format_number(len(empty))}
    title = _("Register {register}: setiap hari kerja bercatatan", register=register)
    if len(empty):
        title = _("Register {register}: {days} hari kerja tanpa catatan", **facts)
    unit = _("Catatan setiap hari: makin gelap makin banyak, paling banyak {most}", most=format_number(rows.max()))
    if len(empty):
        unit += _("; silang = hari kerja tanpa catatan")
    if len(jumps):
        unit += _("; lingkaran = sesudahnya nomor hilang")
    if years[0] > int(declared.first[:4]):
        unit += _("; sejak {year}", year=years[0])
    return finish(
        agency,
        axes[0],
        title=title,
        unit=unit,
        caption=_("Catatan register {register} hari demi hari", register=register),
        alt=_("Terbanyak {most} pada {day}.", most=format_number(rows.max()), day=format_date(rows.idxmax().date())),
        sources=[f"Register {register}"],
    )


def _draw_year(ax: Axes, rows: pd.Series, jumps: pd.DatetimeIndex, *, most: float) -> None:
    """Draw the days of a year (NaN: none), a column a week, Monday above."""
    days = rows.index
    january = pd.Timestamp(days[0].year, 1, 1)

    def week_of(each: pd.DatetimeIndex) -> np.ndarray:
        return np.asarray((each.day_of_year - 1 + january.day_of_week) // 7)

    cells = np.full((7, 54), np.nan)
    cells[days.day_of_week, week_of(days)] = rows
    ax.pcolormesh(np.ma.masked_invalid(cells), cmap=SHADES, vmin=1, vmax=max(most, 2), edgecolors=PAPER, linewidth=0.6)
    empty = days[rows.isna() & (days.day_of_week < 5)]
    ax.plot(week_of(empty) + 0.5, empty.day_of_week + 0.5, "x", color=MISSED, markersize=3.2, markeredgewidth=0.9)
    ax.plot(week_of(jumps) + 0.5, jumps.day_of_week + 0.5, "o", color=MISSED, markerfacecolor="none", markersize=6.5)
    ax.set_aspect("equal")
    ax.set_ylim(7, 0)
    ax.set_xlim(0, 54)
    names = get_day_names("abbreviated", locale=current_language())
    ax.set_yticks([0.5, 2.5, 4.5], [names[day] for day in (0, 2, 4)], size=8.5)
    firsts = pd.date_range(january, periods=12, freq="MS")
    months = get_month_names("abbreviated", locale=current_language())
    ax.set_xticks(week_of(firsts) + 0.5, [months[each.month] for each in firsts], size=8.5, ha="left")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


@styled
def plot_left_out(agency: Agency, *, register: str) -> Plot | None:
    """Draw how many records of a register cannot count, by reason and column; the same record again is one."""
    checks = agency.counted.checks[agency.counted.checks["register"] == register]
    rows = checks.loc[checks["check"] == "rows", "count"].sum()
    found = checks[~checks["check"].isin(NO_ROWS) & (checks["count"] > 0)]
    found = found.sort_values("count", ascending=False, kind="stable")
    if found.empty:
        return None
    names = [f"{check_word(each.check)} ({each.column})" for each in found.itertuples()]
    told = [
        _("{count} dari {rows} baris", count=format_number(count), rows=format_number(rows)) for count in found["count"]
    ]
    ax = new_axes(WIDE, 2.0 + 0.8 * len(found))
    places = range(len(found))
    bars = ax.barh(places, found["count"], height=0.5, color=PAPER, edgecolor=MISSED, linewidth=1.2)
    tell(bars, (f"{name}: {words}" for name, words in zip(names, told, strict=True)))
    for place, count, words in zip(places, found["count"], told, strict=True):
        ax.annotate(words, (count, place), (6, 0), textcoords="offset points", va="center", size=8.5)
    ax.set_yticks(places, [fit(name, 34) for name in names])
    ax.invert_yaxis()
    ax.set_xlim(0, 1.45 * found["count"].max())
    ax.xaxis.set_visible(False)
    ax.spines[["bottom", "left"]].set_visible(False)
    total = found["count"].sum()
    return finish(
        agency,
        ax,
        title=_(
            "Register {register}: {count} baris tidak dapat dihitung ({share})",
            register=register,
            count=format_number(total),
            share=format_percent(100 * total / rows),
        ),
        unit=_("Baris, menurut sebabnya"),
        caption=_("Yang tidak dapat dihitung di register {register}", register=register),
        alt=" ".join(f"{name}: {words}." for name, words in zip(names, told, strict=True)),
        sources=[f"Register {register}"],
    )
