"""Targets and realisations of one indicator over the years, drawn into axes that a figure owns."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from iku_analysis.agency.load import Agency
from iku_analysis.display.canvas import ACCENT, GREY, HALO, TARGET
from iku_analysis.indonesian import format_compact, format_percent, format_period, is_percent
from iku_analysis.language import _


def draw_levels(agency: Agency, history: pd.DataFrame, ax: Axes, *, area: str = "") -> None:
    """Draw the targets and realisations of one indicator (rows of `achievements`) into axes.

    The decree's targets of years to come stand pale beside them.
    """
    indicator_id, unit = history.iloc[0]["indicator_id"], history.iloc[0]["unit"]
    short = format_percent if is_percent(unit) else format_compact
    targeted = history[history["target"].notna()]
    breaks = agency.breaks.loc[agency.breaks["indicator_id"] == indicator_id, "year"]
    later = _later_targets(agency, history, area=area)
    _draw_later(later, ax, short)
    ax.plot(targeted["year"], targeted["target"], color=TARGET, linewidth=1.4, marker="_", markersize=12, zorder=3)
    segment = sum((history["year"] >= since).astype(int) for since in breaks) if len(breaks) else 0 * history["year"]
    for _number, part in history.groupby(segment):
        known = part[part["realisation"].notna()]
        ax.plot(known["year"], known["realisation"], color=ACCENT, zorder=4)
        for row in known.itertuples():
            hollow = row.status == "sementara"
            ax.plot(
                row.year,
                row.realisation,
                "o",
                color=ACCENT,
                markerfacecolor="#ffffff" if hollow else ACCENT,
                markeredgewidth=1.5,
                zorder=5,
            )
    for since in breaks:
        ax.axvline(since - 0.5, color=GREY, linewidth=0.9, linestyle=(0, (2, 3)))
    proxies = agency.realisations[
        (agency.realisations["indicator_id"] == indicator_id)
        & (agency.realisations["basis"] == "proksi")
        & (agency.realisations["area"] == area)
        & agency.realisations["value"].notna()
    ]
    for row in proxies.itertuples():
        ax.plot(int(row.period[:4]) + 0.12, row.value, "D", color=GREY, markersize=4.5)
        text = _("proksi {value}", value=short(row.value))
        if len(row.period) > 4:
            text += f"\n({format_period(row.period)})"
        ax.annotate(
            text,
            (int(row.period[:4]) + 0.12, row.value),
            (0, -7),
            textcoords="offset points",
            ha="center",
            va="top",
            size=7,
            color="#555555",
        )
    for row in history.itertuples():
        above = pd.isna(row.realisation) or pd.isna(row.target) or row.realisation >= row.target
        if pd.notna(row.realisation):
            ax.annotate(
                short(row.realisation),
                (row.year, row.realisation),
                (0, 7 if above else -8),
                textcoords="offset points",
                ha="center",
                va="bottom" if above else "top",
                color=ACCENT,
                size=8,
                weight="bold",
                path_effects=HALO,
                zorder=7,
            )
        if pd.notna(row.target):
            below = pd.notna(row.realisation) and above
            ax.annotate(
                short(row.target),
                (row.year, row.target),
                (0, -6 if below else 6),
                textcoords="offset points",
                ha="center",
                va="top" if below else "bottom",
                size=7.5,
                path_effects=HALO,
                zorder=6,
            )
    years = [*history["year"], *later["year"]]
    no_target_at_all = area and not is_percent(unit)  # the title says so once, not below every year
    names = [str(row.year) if no_target_at_all else _year_name(row) for row in history.itertuples()]
    ax.set_xticks(years, [*names, *map(str, later["year"])], size=8)
    ax.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    ax.margins(y=0.22)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=not is_percent(unit)))
    ax.yaxis.set_major_formatter(lambda value, _position: short(value))
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    aims = pd.concat([targeted[["year", "target"]], later[["year", "target"]]])
    if len(aims):
        ax.annotate(
            _("target"),
            (aims["year"].iloc[-1], aims["target"].iloc[-1]),
            (14, 0),
            textcoords="offset points",
            va="center",
            size=8,
            annotation_clip=False,
        )
    if history[["realisation", "target"]].isna().all(axis=None) and proxies.empty:
        ax.set_yticks([])
    if history["realisation"].isna().all():
        ax.text(
            0.5, 0.06, _("belum ada realisasi"), transform=ax.transAxes, ha="center", color="#555555", style="italic"
        )


def _draw_later(later: pd.DataFrame, ax: Axes, short: Callable[[float], str]) -> None:
    for row in later.itertuples():
        ax.plot(row.year, row.target, color=GREY, marker="_", markersize=12, zorder=2)
        ax.annotate(
            short(row.target),
            (row.year, row.target),
            (0, 6),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=7.5,
            color="#555555",
            path_effects=HALO,
        )


def _later_targets(agency: Agency, history: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """Return the targets after the last year of a history; none beside a year to the end of a quarter."""
    last, targets = history.iloc[-1], agency.targets
    yearly = last["period"] == str(last["year"]) and not (area and not is_percent(last["unit"]))
    ahead = (targets["indicator_id"] == last["indicator_id"]) & (targets["year"] > last["year"]) & targets["targeted"]
    return targets[ahead & yearly]


def _year_name(row: Any) -> str:
    """Return a year under the axis, and why it has no target."""
    if pd.notna(row.target):
        return str(row.year)
    if "-Q" in row.period and row.state != "not_targeted":
        return _("{year}\ntanpa target\ntriwulan", year=row.year)
    return _("{year}\ntidak\nditargetkan", year=row.year)
