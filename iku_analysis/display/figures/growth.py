"""Figures of growth: `plot_*(agency, frame, ...) -> Plot`."""

import pandas as pd
from matplotlib.figure import Figure

from iku_analysis.agency.load import Agency
from iku_analysis.display.canvas import CM, WIDE, Plot, finish, styled, tell
from iku_analysis.display.design import ACCENT, GREY, PAPER, SOFT, TARGET
from iku_analysis.display.figures.levels import draw_levels
from iku_analysis.display.figures.overview import realisation_sources
from iku_analysis.display.words import moved
from iku_analysis.indonesian import format_percent, format_signed_percent, unit_of_decree
from iku_analysis.language import _


@styled
def plot_growth(agency: Agency, achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str) -> Plot:
    """Draw the level against the target above, and the growth in per cent against the target's growth below.

    Returns the upper axes; both stand in one new figure.
    """
    figure = Figure(figsize=(WIDE, 11.5 * CM), layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    history = achievements[achievements["indicator_id"] == indicator_id]
    growth = trends[trends["indicator_id"] == indicator_id]
    draw_levels(agency, history, upper)
    known = growth[growth["change_pct"].notna()]
    hollow = known["year"].isin(history.loc[history["status"] == "sementara", "year"])
    bars = lower.bar(
        known["year"],
        known["change_pct"],
        width=0.5,
        linewidth=1.4,
        edgecolor=ACCENT,
        color=[PAPER if provisional else ACCENT for provisional in hollow],
    )
    tell(bars, (f"{row.year}: {format_signed_percent(row.change_pct, 1)}" for row in known.itertuples()))
    aims = growth[growth["target_change_pct"].notna()]
    for row in aims.itertuples():
        lower.plot([row.year - 0.42, row.year + 0.42], [row.target_change_pct] * 2, color=TARGET, linewidth=2)
    if len(aims):
        text = _("target {growth}", growth=format_percent(aims["target_change_pct"].iloc[-1]))
        lower.annotate(
            text,
            (aims["year"].iloc[-1] + 0.44, aims["target_change_pct"].iloc[-1]),
            size=8.5,
            va="center",
            annotation_clip=False,
        )
    for row in known.itertuples():
        up = row.change_pct >= 0
        lower.annotate(
            format_signed_percent(row.change_pct, 1),
            (row.year, row.change_pct),
            (0, 3 if up else -3),
            textcoords="offset points",
            ha="center",
            va="bottom" if up else "top",
            size=8.5,
            color=ACCENT,
            weight="bold",
        )
    lower.axhline(0, color=GREY, linewidth=0.8)
    for since in agency.breaks.loc[agency.breaks["indicator_id"] == indicator_id, "year"]:
        lower.axvline(since - 0.5, color=GREY, linewidth=0.9, linestyle=(0, (2, 3)))
        lower.text(
            since,
            0.04,
            _("definisi berubah,\ntidak dibandingkan"),
            transform=lower.get_xaxis_transform(),
            ha="center",
            size=8.5,
            color=SOFT,
        )
    lower.yaxis.set_major_formatter(lambda value, _position: format_percent(value, 1))
    lower.margins(y=0.35)
    lower.spines["left"].set_visible(False)
    lower.set_title(_("Pertumbuhan terhadap tahun sebelumnya; garis hitam = pertumbuhan target"))
    if known.empty:
        lower.text(
            0.5,
            0.45,
            _("belum ada dua tahun berurutan yang dapat dibandingkan"),
            transform=lower.transAxes,
            ha="center",
            color=SOFT,
            style="italic",
        )
    return finish(
        agency,
        upper,
        title=_growth_title(agency, history, known, aims),
        unit=unit_of_decree(str(history["unit"].iloc[0])),
        caption=_("{label}: nilai dan pertumbuhan", label=history["label"].iloc[-1]),
        alt=" ".join(
            _(
                "{year} {growth}, target {target}.",
                year=row.year,
                growth=moved(row.change_pct),
                target=moved(row.target_change_pct) if pd.notna(row.target_change_pct) else "–",
            )
            for row in known.itertuples()
        )
        or _("Belum ada pertumbuhan yang dapat dihitung."),
        sources=list(realisation_sources(agency, indicator_id)),
    )


def _growth_title(agency: Agency, history: pd.DataFrame, known: pd.DataFrame, aims: pd.DataFrame) -> str:
    last = history.iloc[-1]
    label = last["label"]
    if known.empty and aims.empty:
        return _("{label}: pertumbuhannya belum dapat dihitung", label=label)
    if known.empty:
        growth = moved(aims["target_change_pct"].iloc[-1])
        return _(
            "Target {label} {growth} setahun; pertumbuhan realisasinya belum dapat dihitung", label=label, growth=growth
        )
    both = known[known["target_change_pct"].notna()]
    values = {"label": label, "years": len(both)}
    if both.empty:
        return _("{label}: pertumbuhannya belum dapat dibandingkan dengan target", label=label)
    lower = agency.indicator(last["indicator_id"], last["year"])["direction"] == "lower"
    aim, change = both["target_change_pct"], both["change_pct"]
    ahead = int((change <= aim).sum() if lower else (change >= aim).sum())
    if (aim > 0).any() if lower else (aim < 0).any():  # a target that goes the other way asks for neither verb
        return _(
            "{label}: perubahannya sekurangnya sebaik target dalam {ahead} dari {years} tahun yang dapat dibandingkan",
            ahead=ahead,
            **values,
        )
    if lower:
        return _(
            "{label} turun sekurangnya secepat target dalam {ahead} dari {years} tahun yang dapat dibandingkan",
            ahead=ahead,
            **values,
        )
    return _(
        "{label} tumbuh sekurangnya secepat target dalam {ahead} dari {years} tahun yang dapat dibandingkan",
        ahead=ahead,
        **values,
    )
