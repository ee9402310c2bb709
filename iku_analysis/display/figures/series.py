"""Figures of one or two series in one frame, and of many side by side on shared axes."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from iku_analysis.agency.load import Agency
from iku_analysis.display.canvas import CM, HALO, WIDE, Plot, finish, fit, styled
from iku_analysis.display.design import ACCENT, GREY, PALE, PAPER, TARGET
from iku_analysis.display.figures.overview import realisation_sources
from iku_analysis.display.markdown import plain
from iku_analysis.display.series import describe_series, series_word
from iku_analysis.indonesian import (
    ROMAN,
    format_amount,
    format_compact,
    format_percent,
    format_period,
    is_percent,
    short_format,
)
from iku_analysis.language import _

ACROSS = 3  # panels in a row
MOST_PANELS = 15  # nobody reads 514 of them; the table has them all
STEPS = {"": 1.0, "Q": 1 / 4, "S": 1 / 2}  # years from one period to the next, by what begins its part; else a month


@styled
def plot_series(agency: Agency, series: pd.DataFrame, indicator_id: str, *, label: str) -> Plot:
    """Draw series of one indicator (frame of `analysis.series`): two in one frame, more side by side.

    A line joins only periods that follow each other and mean the same. The targets of the years stand
    beside percentages; a count of an area has none. The axes of the figure are in the order of the names.
    """
    unit = agency.latest_indicator(indicator_id)["unit"]
    names = list(dict.fromkeys(series["name"]))
    axes = _frames(min(len(names), MOST_PANELS))
    for place, name in enumerate(names[:MOST_PANELS]):
        ax = axes[place % len(axes)]
        own = series[series["name"] == name]
        if len(names) > 2:
            ax.set_title(f"{fit(series_word(name), 24, 1)}\n{_short(own, unit)}", size=8.5)
            for _other, part in series[series["name"] != name].groupby("name"):
                _draw(agency, ax, part, indicator_id, colour=PALE)
            _draw(agency, ax, own, indicator_id, colour=ACCENT, size=3)
        else:
            second = place == 1
            _draw(agency, ax, own, indicator_id, colour=GREY if second else ACCENT, size=5, dashed=second)
    if len(names) <= 2:
        _name_ends(axes[0], series, unit)
    for ax in axes:
        _dress(agency, ax, series, indicator_id, unit)
    breaks = agency.breaks[agency.breaks["indicator_id"] == indicator_id]
    notes = [str(note) for note in breaks["note"]]
    if len(names) > MOST_PANELS:
        notes.append(_("{shown} dari {count} digambar; semuanya ada di tabel", shown=MOST_PANELS, count=len(names)))
    what = _("Persen; garis hitam = target setahun") if is_percent(unit) else unit
    said = plain(describe_series(series, unit))
    ends = series.drop_duplicates("name", keep="last")
    return finish(
        agency,
        axes[0],
        title=f"{label}: {said.partition('. ')[0].rstrip('.')}",
        unit="\n".join([what, *notes]),
        caption=f"{label}: " + ", ".join(map(series_word, names))
        if len(names) <= 2
        else _("{label}: {count} deret berdampingan", label=label, count=len(names)),
        alt=" ".join(
            f"{series_word(row.name)} {format_period(row.period)} {format_amount(row.value, unit)}."
            for row in ends.itertuples()
        ),
        sources=list(realisation_sources(agency, indicator_id)),
    )


def place_of(period: str) -> float:
    """Return where a period stands on the axis of years: at its beginning."""
    year, _dash, part = period.partition("-")
    if not part:
        return float(year)
    return int(year) + (int(part.lstrip("QS")) - 1) * _step(period)


def _frames(count: int) -> list[Axes]:
    """Return one frame for one or two series, else one for each, on shared axes."""
    if count <= 2:
        return [Figure(figsize=(WIDE, 7.4 * CM), layout="constrained").subplots()]
    rows = -(-count // ACROSS)
    figure = Figure(figsize=(WIDE, (2.5 + 4 * rows) * CM), layout="constrained")
    grid = figure.subplots(rows, ACROSS, sharex=True, sharey=True, squeeze=False).ravel()
    for ax in grid[count:]:
        ax.set_visible(False)
    for ax in grid[max(0, count - ACROSS) : count]:  # the lowest of its column
        ax.tick_params(labelbottom=True)
    return list(grid[:count])


def _step(period: str) -> float:
    return STEPS.get(period[5:6], 1 / 12)


def _draw(
    agency: Agency, ax: Axes, own: pd.DataFrame, indicator_id: str, *, colour: str, size: int = 0, dashed: bool = False
) -> None:
    """Draw one series: lines between periods that follow each other within one definition, a mark of a size on each."""
    own = own.assign(x=own["period"].map(place_of))
    since = agency.breaks.loc[agency.breaks["indicator_id"] == indicator_id, "year"]
    apart = own["x"].diff() > 1.5 * _step(own["period"].iloc[0])
    changed = np.searchsorted(np.sort(since), own["year"], side="right")
    style = (0, (4, 2)) if dashed else "-"
    for _segment, part in own.groupby([apart.cumsum(), changed]):
        ax.plot(part["x"], part["value"], color=colour, linestyle=style, zorder=4 if size else 2)
    for hollow, part in own.groupby(own["status"] == "sementara") if size else ():
        face = PAPER if hollow else colour
        ax.plot(part["x"], part["value"], "o", color=colour, markerfacecolor=face, markersize=size, zorder=5)


def _short(own: pd.DataFrame, unit: str) -> str:
    """Return the last figure of a series, short."""
    last = own["value"].iloc[-1]
    return format_percent(last) if is_percent(unit) else format_compact(last)


def _name_ends(ax: Axes, series: pd.DataFrame, unit: str) -> None:
    """Write the last figure of one series beside it, or of two, each with its name, apart from each other."""
    ends = series.drop_duplicates("name", keep="last").sort_values("value", kind="stable")
    for place, (name, last) in enumerate(ends.set_index("name").iterrows()):
        short = _short(series[series["name"] == name], unit)
        lower = place < len(ends) - 1
        ax.annotate(
            short if len(ends) == 1 else f"{fit(series_word(str(name)), 16, 2)}\n{short}",
            (place_of(last["period"]), last["value"]),
            (7, -1 if lower else 1),
            textcoords="offset points",
            va="top" if lower else "bottom",
            size=8.5,
            weight="bold",
            gid=HALO,
            annotation_clip=False,
            zorder=7,
        )


def _dress(agency: Agency, ax: Axes, series: pd.DataFrame, indicator_id: str, unit: str) -> None:
    """Give a frame its targets, breaks, ticks and limits."""
    step, years = _step(series["period"].iloc[0]), sorted(set(series["year"]))
    targets = agency.targets
    targets = targets[(targets["indicator_id"] == indicator_id) & targets["targeted"] & targets["year"].isin(years)]
    if is_percent(unit):
        ends = (-0.4, 0.4) if step == 1 else (-step / 2, 1 - step / 2)
        for row in targets.itertuples():
            ax.plot([row.year + ends[0], row.year + ends[1]], [row.target] * 2, color=TARGET, linewidth=1.4, zorder=3)
    for since in agency.breaks.loc[agency.breaks["indicator_id"] == indicator_id, "year"]:
        if years[0] < since <= years[-1]:
            ax.axvline(since - step / 2, color=GREY, linewidth=0.9, linestyle=(0, (2, 3)))
    if len(years) == 1 and step < 1:
        periods = sorted(set(series["period"]))
        numerals = {str(number): numeral for numeral, number in ROMAN.items()}
        names = [numerals[each[-1]] if each[5] in STEPS else str(int(each[5:])) for each in periods]
        ax.set_xticks([place_of(each) for each in periods], names)
    else:
        most = 5 if len(set(series["name"])) <= 2 else 3
        shown = years[:: -(-len(years) // most)]
        ax.set_xticks(shown, [str(year) for year in shown])
    ax.set_xlim(years[0] - 0.6 * step, years[-1] + 1 - 0.4 * step)
    ax.margins(y=0.22)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=not is_percent(unit)))
    short = short_format(unit)
    ax.yaxis.set_major_formatter(lambda value, _position: short(value))
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.tick_params(labelsize=8.5)
