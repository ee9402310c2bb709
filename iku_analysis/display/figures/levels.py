"""Targets and realisations of one indicator over the years, drawn into axes that a figure owns."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from iku_analysis.agency.load import Agency
from iku_analysis.display.canvas import HALO, tell
from iku_analysis.display.design import ACCENT, GREY, MISSED, PAPER, SOFT, TARGET
from iku_analysis.display.words import SYMBOLS, state_word
from iku_analysis.indonesian import format_period, is_percent, short_format
from iku_analysis.language import _

ROOM = 0.24  # of the height, above and below what is drawn, for the numbers: no layout has to measure them


def draw_levels(agency: Agency, history: pd.DataFrame, ax: Axes, *, area: str = "") -> None:
    """Draw the targets and realisations of one indicator (rows of `achievements`) into axes.

    The decree's targets of years to come stand pale beside them; a year that missed its target has another
    colour and a ✗.
    """
    indicator_id, unit = history.iloc[0]["indicator_id"], history.iloc[0]["unit"]
    short = short_format(unit)
    targeted = history[history["target"].notna()]
    breaks = agency.breaks.loc[agency.breaks["indicator_id"] == indicator_id, "year"]
    later = _later_targets(agency, history, area=area)
    _draw_later(later, ax, short)
    ax.plot(targeted["year"], targeted["target"], color=TARGET, linewidth=1.4, marker="_", markersize=12, zorder=3)
    _draw_realisations(history, breaks, ax)
    proxies = agency.realisations[
        (agency.realisations["indicator_id"] == indicator_id)
        & (agency.realisations["basis"] == "proksi")
        & (agency.realisations["area"] == area)
        & agency.realisations["value"].notna()
    ]
    _draw_proxies(proxies, ax, short)
    for row in history.itertuples():
        _write_values(row, ax, short)
    _draw_axes(history, later, ax, short, untargeted=bool(area) and not is_percent(unit))
    aims = pd.concat([targeted[["year", "target"]], later[["year", "target"]]])
    if len(aims):
        ax.annotate(
            _("target"),
            (aims["year"].iloc[-1], aims["target"].iloc[-1]),
            (12, 0),
            textcoords="offset points",
            va="center",
            size=8.5,
            annotation_clip=False,
        )
    if history[["realisation", "target"]].isna().all(axis=None) and proxies.empty:
        ax.set_yticks([])
    if history["realisation"].isna().all():
        ax.text(0.5, 0.06, _("belum ada realisasi"), transform=ax.transAxes, ha="center", color=SOFT, style="italic")


def _draw_realisations(history: pd.DataFrame, breaks: pd.Series, ax: Axes) -> None:
    segment = sum((history["year"] >= since).astype(int) for since in breaks) if len(breaks) else 0 * history["year"]
    for _number, part in history.groupby(segment):
        known = part[part["realisation"].notna()]
        ax.plot(known["year"], known["realisation"], color=ACCENT, zorder=4)
        for row in known.itertuples():
            colour = MISSED if row.state == "missed" else ACCENT
            face = PAPER if row.status == "sementara" else colour
            marks = ax.plot(
                row.year, row.realisation, "o", color=colour, markerfacecolor=face, markeredgewidth=1.5, zorder=5
            )
            tell(marks, [told(row)])
    for since in breaks:
        ax.axvline(since - 0.5, color=GREY, linewidth=0.9, linestyle=(0, (2, 3)))


def told(row: Any) -> str:
    """Return what is told of a year (row of `achievements`): realisation, target, result, and if it is provisional."""
    short = short_format(row.unit)
    parts = [short(row.realisation)] if pd.notna(row.realisation) else []
    if pd.notna(row.target):
        parts.append(_("target {amount}", amount=short(row.target)))
    parts.append(state_word(row.state))
    if row.status == "sementara":
        parts.append(_("sementara"))
    return f"{row.year}: {', '.join(parts)}"


def _draw_proxies(proxies: pd.DataFrame, ax: Axes, short: Callable[[float], str]) -> None:
    for row in proxies.itertuples():
        place = (int(row.period[:4]) + 0.12, row.value)
        ax.plot(*place, "D", color=GREY, markersize=4.5)
        text = _("proksi {value}", value=short(row.value))
        if len(row.period) > 4:
            text += f"\n({format_period(row.period)})"
        ax.annotate(
            text, place, (0, -7), textcoords="offset points", ha="center", va="top", size=8.5, color=SOFT, gid=HALO
        )


def _write_values(row: Any, ax: Axes, short: Callable[[float], str]) -> None:
    """Write a year's realisation and target, the larger of them above its mark and the other below."""
    above = pd.isna(row.realisation) or pd.isna(row.target) or row.realisation >= row.target
    if pd.notna(row.realisation):
        missed = row.state == "missed"
        ax.annotate(
            f"{SYMBOLS['missed']} {short(row.realisation)}" if missed else short(row.realisation),
            (row.year, row.realisation),
            (0, 7 if above else -8),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            color=MISSED if missed else ACCENT,
            size=8.5,
            weight="bold",
            gid=HALO,
            zorder=7,
            in_layout=False,
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
            size=8.5,
            gid=HALO,
            zorder=6,
            in_layout=False,
        )


def _draw_axes(
    history: pd.DataFrame, later: pd.DataFrame, ax: Axes, short: Callable[[float], str], *, untargeted: bool
) -> None:
    years = [*history["year"], *later["year"]]
    # Where no year has a target the title says so once.
    names = [str(row.year) if untargeted else _year_name(row) for row in history.itertuples()]
    ax.set_xticks(years, [*names, *map(str, later["year"])])
    ax.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    ax.margins(y=ROOM)
    share = is_percent(history.iloc[0]["unit"])
    locator = MaxNLocator(nbins=4, steps=[1, 2, 5, 10], integer=not share)
    ax.yaxis.set_major_locator(locator)
    drawn = pd.concat([history["realisation"], history["target"], later["target"]])
    low, high = drawn.min(), drawn.max()
    if share and high <= 100 < high + ROOM * max(high - low, 2):  # a share ends there, and so do its marks
        low = min(low, 98.0)
        ax.set_yticks([tick for tick in locator.tick_values(low, 100) if tick <= 100])
        ax.set_ylim(low - ROOM * (100 - low), 100 + ROOM * (100 - low))
    ax.yaxis.set_major_formatter(lambda value, _position: short(value))
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)


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
            size=8.5,
            color=SOFT,
            gid=HALO,
            in_layout=False,
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
