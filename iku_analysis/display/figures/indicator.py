"""The figure of one indicator: its years against its targets, and beside them where the year's gap or amount lies."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis import coverage
from iku_analysis.analysis.scored import scored_figures
from iku_analysis.display.canvas import CM, WIDE, Plot, finish, fit, styled, tell
from iku_analysis.display.design import ACCENT, MISSED
from iku_analysis.display.figures.levels import draw_levels
from iku_analysis.display.figures.overview import realisation_sources, row_alt
from iku_analysis.display.words import state_word, through_word, until
from iku_analysis.indonesian import (
    decimals_apart,
    format_achievement,
    format_amount,
    format_number,
    format_percent,
    is_percent,
    short_format,
    short_quarter,
    unit_of_decree,
)
from iku_analysis.language import _

HEIGHT = 6.8  # cm
MOST_PARTS = 6


@dataclass(frozen=True)
class _Parts:
    """What stands beside the years: a title, names and sizes of bars with their texts, and what they say."""

    title: str
    names: list[str]
    sizes: list[float]
    texts: list[str]
    finding: str = ""
    lost: bool = False

    @property
    def alt(self) -> str:
        told = ", ".join(f"{name} {text}" for name, text in zip(self.names, self.texts, strict=True))
        return f"{self.title}: {told}."


def _parts_of(agency: Agency, history: pd.DataFrame, indicator_id: str, year: int) -> _Parts | None:
    """Return where a year's shortfall is, else its amounts by area, else its quarters; None if none is known."""
    row = history[history["year"] == year].iloc[0]
    short = short_format(row["unit"])
    if row["period"] == str(year):
        lost = coverage.by_area(agency, indicator_id, year) if is_percent(row["unit"]) else pd.DataFrame()
        if len(lost) > 1 and lost["shortfall"].any() and row["state"] == "missed":
            return _lost(lost)
        areas = scored_figures(agency, indicator_id)
        areas = areas[(areas["year"] == year) & (areas["grain"] == "year") & (areas["area"] != PROVINCE)]
        areas = areas[areas["value"].notna()].sort_values("value", ascending=False)
        if len(areas) > 1 and (areas["value"] >= 0).all():
            areas = areas.head(MOST_PARTS)
            title = _("Menurut wilayah, {year}", year=year)
            return _Parts(title, list(areas["area"]), list(areas["value"]), [short(each) for each in areas["value"]])
    quarters = scored_figures(agency, indicator_id)
    quarters = quarters[(quarters["year"] == year) & (quarters["grain"] == "quarter") & (quarters["area"] == PROVINCE)]
    quarters = quarters[quarters["value"].notna()].sort_values("period")
    if len(quarters) < 2 or (quarters["value"] < 0).any():
        return None
    names = [short_quarter(int(period[-1])) for period in quarters["period"]]
    title = _("Setiap triwulan, {year}", year=year)
    return _Parts(title, names, list(quarters["value"]), [short(value) for value in quarters["value"]])


def _lost(areas: pd.DataFrame) -> _Parts:
    first, total = areas.iloc[0], areas["shortfall"].sum()
    share = format_achievement(100 * first["shortfall"] / total, 0)
    shown = areas[areas["shortfall"] > 0].head(MOST_PARTS)
    return _Parts(
        title=_("Yang kurang, menurut wilayah (cakupan)"),
        names=list(shown["area"]),
        sizes=list(shown["shortfall"]),
        texts=[f"{format_number(row.shortfall)} ({format_percent(row.value)})" for row in shown.itertuples()],
        finding="; " + _("{share} dari kekurangan ada di {area}", share=share, area=first["area"]),
        lost=True,
    )


def _draw_parts(ax: Axes, parts: _Parts) -> None:
    colours = [MISSED if parts.lost and place == 0 else ACCENT for place in range(len(parts.sizes))]
    bars = ax.barh(range(len(parts.sizes)), parts.sizes, height=0.55, color=colours)
    tell(bars, (f"{name}: {text}" for name, text in zip(parts.names, parts.texts, strict=True)))
    for place, (size, text) in enumerate(zip(parts.sizes, parts.texts, strict=True)):
        ax.annotate(text, (size, place), (4, 0), textcoords="offset points", va="center", size=8.5, in_layout=False)
    ax.set_yticks(range(len(parts.names)), [fit(name, 18, 2) for name in parts.names])
    ax.invert_yaxis()
    ax.set_xlim(0, 1.6 * max(parts.sizes) or 1)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.set_title(fit(parts.title, 34))


@styled
def plot_indicator(agency: Agency, achievements: pd.DataFrame, indicator_id: str, year: int, *, area: str = "") -> Plot:
    """Draw one indicator over the years: target line, realisations, proxies apart, breaks named.

    Beside it stands where the year's gap or amount lies: areas, else quarters; nothing where neither is known.
    For an area, `achievements` is the frame of `compute_area_achievements`, and nothing stands beside it.
    """
    history = achievements[achievements["indicator_id"] == indicator_id]
    unit, label = history.iloc[-1]["unit"], history.iloc[-1]["label"]
    beside = None if area else _parts_of(agency, history, indicator_id, year)
    figure = Figure(figsize=(WIDE, HEIGHT * CM), layout="constrained")
    if beside is None:
        ax = figure.subplots()
    else:
        ax, second = figure.subplots(1, 2, width_ratios=[3, 2])
        _draw_parts(second, beside)
    draw_levels(agency, history, ax, area=area)
    breaks = agency.breaks[agency.breaks["indicator_id"] == indicator_id]
    notes = [str(note) for note in breaks["note"]]
    if area and not is_percent(unit):
        notes.insert(0, _("tanpa target: keputusan tidak membaginya menurut wilayah"))
    return finish(
        agency,
        ax,
        title=_indicator_title(history, year) + (beside.finding if beside else ""),
        unit="\n".join([_("Persen") if is_percent(unit) else unit_of_decree(unit), *notes]),
        caption=_("{label}: target dan realisasi", label=label) + until(achievements),
        alt=(_area_alt(history) if area else row_alt(label, history))
        + " "
        + " ".join([*(f"{note}." for note in notes), *([beside.alt] if beside else [])]),
        sources=list(realisation_sources(agency, indicator_id)),
    )


def _area_alt(history: pd.DataFrame) -> str:
    """Return an area's years with their amounts: without a target the state alone would say nothing."""
    parts = [
        f"{row.year} {format_amount(row.realisation, row.unit) if pd.notna(row.realisation) else state_word('no_data')}"
        for row in history.itertuples()
    ]
    return f"{', '.join(parts)}."


def _indicator_title(history: pd.DataFrame, of_year: int) -> str:
    row = history[history["year"] == of_year].iloc[0]
    year = through_word(row["period"])
    if row["state"] in ("met", "missed") and pd.notna(row["achievement_pct"]):
        difference = abs(row["achievement_pct"] - 100)
        if is_percent(row["unit"]):
            amount = _("{points} poin persen", points=format_number(abs(row["gap"]), decimals_apart(row["gap"], 0)))
        else:
            amount = format_percent(difference, decimals_apart(difference, 0, 1))
        if row["gap"] == 0:
            return _("{label} {year} tepat pada target", label=row["label"], year=year)
        values = {"label": row["label"], "year": year, "amount": amount}
        if row["gap"] > 0:
            title = _("{label} {year}: {amount} di atas target", **values)
        else:
            title = _("{label} {year}: {amount} di bawah target", **values)
        # Where less is better, above the target is missed: said, because a reader takes it for good news.
        return title if bool(row["gap"] > 0) is (row["state"] == "met") else f"{title} ({state_word(row['state'])})"
    if row["state"] == "untargeted_realisation":
        amount = format_amount(row["realisation"], row["unit"])
        return _("{label} {year}: {amount}, tanpa target", label=row["label"], year=year, amount=amount)
    return _("{label} {year}: {state}", label=row["label"], year=year, state=state_word(row["state"]))
