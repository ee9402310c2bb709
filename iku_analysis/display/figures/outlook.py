"""Figures of a year still under way: `plot_*(agency, ...) -> Plot`."""

from collections.abc import Callable

import pandas as pd
from babel.dates import get_month_names
from matplotlib.axes import Axes

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.within_year import Outlook
from iku_analysis.display.canvas import HALO, WIDE, Plot, finish, new_axes, of_periods, styled, tell
from iku_analysis.display.design import ACCENT, BAND, PAPER, TARGET
from iku_analysis.display.figures.overview import realisation_sources
from iku_analysis.display.markdown import plain
from iku_analysis.display.narrative.outlook import (
    backlog_title,
    describe_backlog,
    describe_outlook,
    needed_text,
    outlook_title,
)
from iku_analysis.indonesian import format_compact, format_period, format_unit, is_percent, short_format
from iku_analysis.language import _, current_language


@styled
def plot_within_year(agency: Agency, path: pd.DataFrame, outlook: Outlook) -> Plot | None:
    """Draw a year so far against the path to its target, and where it may end (frame of `cumulative_path`)."""
    indicator = agency.indicator(outlook.indicator_id, outlook.year)
    short = short_format(indicator["unit"])
    known = path[path["cumulative"].notna()]
    if known.empty or outlook.target is None:
        return None
    ax = new_axes(WIDE, 8.4)
    ax.plot(path.index, path["path"], color=TARGET, linewidth=1.4, zorder=3)
    last = len(path) - 1
    _draw_band(ax, known, outlook, last, short)
    ax.plot(known.index, known["cumulative"], color=ACCENT, linewidth=2, zorder=4)
    for row in known.itertuples():
        fill = PAPER if row.status == "sementara" else ACCENT
        mark = ax.plot(
            row.Index, row.cumulative, "o", color=ACCENT, markerfacecolor=fill, markeredgewidth=1.5, zorder=5
        )
        tell(mark, [f"{format_period(row.period)}: {short(row.cumulative)}"])
    ax.annotate(
        short(known["cumulative"].iloc[-1]),
        (known.index[-1], known["cumulative"].iloc[-1]),
        (5, -8),
        textcoords="offset points",
        ha="left",
        va="top",
        size=8.5,
        weight="bold",
        color=ACCENT,
        gid=HALO,
        zorder=6,
    )
    _draw_year_axis(ax, path, short)
    if not is_percent(indicator["unit"]):
        ax.set_ylim(bottom=min(0, ax.dataLim.ymin))
    ax.text(
        0.98,
        0.06,
        needed_text(outlook, indicator),
        transform=ax.transAxes,
        ha="right",
        size=9,
        weight="bold",
        gid=HALO,
        linespacing=1.4,
    )
    ax.annotate(
        _("target {amount}", amount=short(outlook.target)),
        (last, path["path"].iloc[-1]),
        (8, 0),
        textcoords="offset points",
        va="center",
        size=8.5,
        annotation_clip=False,
    )
    return finish(
        agency,
        ax,
        title=outlook_title(agency, outlook),
        unit=_unit_line(indicator["unit"], outlook),
        caption=_("{label} {year}: sejauh ini terhadap jalur target", label=indicator["label"], year=outlook.year),
        alt=plain(describe_outlook(agency, outlook)),
        sources=list(realisation_sources(agency, outlook.indicator_id)),
    )


def _draw_band(ax: Axes, known: pd.DataFrame, outlook: Outlook, last: int, short: Callable[[float], str]) -> None:
    """Draw the range of the year's end from the last known period on, with its bounds at the right."""
    if not outlook.left or outlook.low is None or outlook.high is None:
        return
    start, level = known.index[-1], known["cumulative"].iloc[-1]
    ax.fill([start, last, last], [level, outlook.low, outlook.high], color=BAND, zorder=1)
    text = _("akhir tahun\n{low} – {high}", low=short(outlook.low), high=short(outlook.high))
    ax.annotate(
        text,
        (last, min(outlook.low, outlook.high)),
        (8, -10),
        textcoords="offset points",
        va="top",
        size=8.5,
        color=ACCENT,
        annotation_clip=False,
        linespacing=1.3,
    )


def _draw_year_axis(ax: Axes, path: pd.DataFrame, short: Callable[[float], str]) -> None:
    names = get_month_names("abbreviated", locale=current_language())
    labels = [
        _("TW {roman}", roman=["I", "II", "III", "IV"][int(period[-1]) - 1])
        if "Q" in period
        else names[int(period[5:])]
        for period in path["period"]
    ]
    ax.set_xticks(list(path.index), labels)
    ax.set_xlim(-0.4, len(path) - 0.9)
    ax.grid(axis="y")
    ax.margins(y=0.15)
    ax.spines["left"].set_visible(False)
    ax.yaxis.set_major_formatter(lambda value, _position: short(value))


def _unit_line(unit: str, outlook: Outlook) -> str:
    shown = _("Persen dari yang jatuh tempo sejauh ini") if is_percent(unit) else format_unit(unit)
    parts = [shown, _("garis hitam = jalur ke target setahun"), _("biru = realisasi, dijumlahkan dari Januari")]
    if outlook.left and outlook.low is not None:
        parts.append(_("bidang = kisaran akhir tahun"))
    if outlook.provisional:
        parts.append(_("kosong = sementara"))
    return "; ".join(parts)


@styled
def plot_backlog(agency: Agency, backlog: pd.DataFrame) -> Plot | None:
    """Draw the instruments overdue for verification, month by month (frame of `backlog_by_month`)."""
    if not backlog["overdue"].any():
        return None
    ax = new_axes(WIDE, 7)
    ax.fill_between(range(len(backlog)), backlog["overdue"], color=BAND, zorder=1)
    ax.plot(range(len(backlog)), backlog["overdue"], color=ACCENT, linewidth=1.8)
    tell(ax.plot(range(len(backlog)), backlog["overdue"], "o", alpha=0), of_periods(backlog, "overdue"))
    peak, end = backlog["overdue"].idxmax(), backlog.index[-1]
    for at in dict.fromkeys([peak, end]):
        ax.annotate(
            format_compact(backlog.at[at, "overdue"]),
            (at, backlog.at[at, "overdue"]),
            (0, 5),
            size=8.5,
            textcoords="offset points",
            ha="center",
            weight="bold",
            color=ACCENT,
        )
    starts = [place for place, period in enumerate(backlog["period"]) if period.endswith("-01")]
    ax.set_xticks(starts, [backlog.at[place, "period"][:4] for place in starts], ha="left")
    ax.yaxis.set_major_formatter(lambda value, _position: format_compact(value))
    ax.grid(axis="y")
    ax.set_ylim(bottom=0)
    ax.margins(y=0.2)
    ax.spines["left"].set_visible(False)
    return finish(
        agency,
        ax,
        title=backlog_title(backlog),
        unit=_("Alat yang jatuh tempo dan belum ditera ulang, setiap bulan"),
        caption=_("Tunggakan tera ulang"),
        alt=plain(describe_backlog(backlog)),
        sources=[f"Register {agency.records.expiry.register_}"]
        if agency.records and agency.records.expiry
        else list(agency.verifications["source"]),
    )
