"""Figures of published series beside an indicator."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from iku_analysis.agency.load import Agency
from iku_analysis.display.canvas import CM, HALO, WIDE, Plot, finish, fit, of_periods, styled, tell
from iku_analysis.display.design import GREY
from iku_analysis.indonesian import format_compact, format_number, format_period
from iku_analysis.language import _

MOST_PANELS = 6


@styled
def plot_context(agency: Agency, indicator_id: str) -> Plot | None:
    """Draw each published series beside an indicator in a panel of its own: different measures share no axes.

    Panels of one unit share their scale, but years not with months. At most six, those with the most
    figures first.
    """
    context = agency.context[agency.context["indicator_id"] == indicator_id]
    counts = context.groupby("series", sort=False)["period"].nunique().sort_values(ascending=False, kind="stable")
    names = list(counts.index[:MOST_PANELS])
    label = agency.latest_indicator(indicator_id)["label"]
    if not names:
        return None
    columns = min(len(names), 3)
    rows = -(-len(names) // columns)
    figure = Figure(figsize=(WIDE, (2.6 + 4.2 * rows) * CM), layout="constrained")
    panels = figure.subplots(rows, columns, squeeze=False).ravel()
    for panel, name in zip(panels, names, strict=False):
        _draw_series(panel, context[context["series"] == name])
    for panel in panels[len(names) :]:
        panel.axis("off")
    measures = {
        name: (rows["unit"].iloc[0], rows["period"].str.len().max()) for name, rows in context.groupby("series")
    }
    for measure in set(measures.values()):
        same = [panel for panel, name in zip(panels, names, strict=False) if measures[name] == measure]
        top = max((panel.get_ylim()[1] for panel in same), default=1)
        for panel in same:
            panel.set_ylim(0, top)
    values = {"label": label, "count": len(counts)}
    return finish(
        agency,
        panels[0],
        title=_("Di samping {label}: {shown} dari {count} deret lain, ukuran yang berbeda", shown=len(names), **values)
        if len(names) < len(counts)
        else _("Di samping {label}: {count} deret lain, ukuran yang berbeda", **values),
        unit=_("Satu kotak satu deret dari publikasi; bukan realisasi, tidak dinilai"),
        caption=_("{label}: deret lain dari publikasi", label=label),
        alt=" ".join(_series_alt(context[context["series"] == name]) for name in names),
        sources=list(context["source"]),
    )


def _draw_series(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw one published series against time: points, joined only where periods follow each other.

    Where a period is told twice, as in a revision, the points of each source are joined for themselves.
    """
    rows = rows.assign(x=[_place(period) for period in rows["period"]]).sort_values("x")
    step = {4: 1, 7: 0.25 if rows["period"].str.contains("Q").all() else 1 / 12}.get(len(rows["period"].iloc[0]), 1)
    source = rows["source"] if rows["period"].duplicated().any() else pd.Series("", rows.index)
    segment = (rows.groupby(source)["x"].diff() > 1.5 * step).groupby(source).cumsum()
    for _line, part in rows.groupby([source, segment]):
        marks = ax.plot(part["x"], part["value"], color=GREY, linewidth=1.2, marker="o", markersize=3.5)
        tell(marks, of_periods(part, "value"))
    last = rows.iloc[-1]
    ax.annotate(
        format_compact(last["value"]),
        (last["x"], last["value"]),
        (0, 5),
        textcoords="offset points",
        ha="center",
        size=8.5,
        weight="bold",
        gid=HALO,
    )
    ax.set_title(fit(rows["series"].iloc[0], 30) + f"\n({fit(rows['unit'].iloc[0], 30, 1)})", size=8.5)
    first_year, last_year = int(rows["x"].min()), int(rows["x"].max())
    ax.set_xticks(sorted({first_year, last_year}), [str(year) for year in sorted({first_year, last_year})])
    ax.set_xlim(first_year - 0.6, last_year + 1.3)
    ax.set_ylim(0, 1.2 * rows["value"].max() or 1)
    ax.yaxis.set_major_formatter(lambda value, _position: format_compact(value))
    ax.locator_params(axis="y", nbins=4)
    ax.tick_params(labelsize=8.5)
    ax.grid(axis="y")


def _place(period: str) -> float:
    year, _dash, part = period.partition("-")
    if not part:
        return float(year)
    return float(year) + (int(part[1]) - 1) / 4 if part.startswith("Q") else float(year) + (int(part) - 1) / 12


def _series_alt(rows: pd.DataFrame) -> str:
    last = rows.sort_values("period").iloc[-1]
    return _(
        "{series}: {value} {unit} ({period}).",
        series=last["series"],
        value=format_number(last["value"]),
        unit=last["unit"],
        period=format_period(last["period"]),
    )
