"""Figures of the whole agency and of one indicator: `plot_*(agency, frame, ...) -> Plot`.

Black is the target, the accent the realisation, grey everything else; a hollow mark is
provisional. No state is told by colour alone.
"""

from typing import Any

import pandas as pd
from matplotlib.patches import Rectangle

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import summarise
from iku_analysis.display.canvas import WIDE, Plot, finish, fit, new_axes, styled, tell
from iku_analysis.display.design import ACCENT, BAND, GREY, MISSED, PALE, PAPER, SOFT, TARGET
from iku_analysis.display.figures.levels import told
from iku_analysis.display.words import SYMBOLS, marked_state, state_word, through_word, until
from iku_analysis.indonesian import (
    MOST_DECIMALS,
    decimals_apart,
    format_achievement,
    format_compact,
    format_percent,
    format_target,
    format_value,
)
from iku_analysis.language import _

FILLS = {
    "met": ACCENT,
    "missed": PAPER,
    "no_data": PALE,
    "not_targeted": PAPER,
    "untargeted_realisation": BAND,
}
INKS = {
    "met": PAPER,
    "missed": MISSED,
    "no_data": SOFT,
    "not_targeted": GREY,
    "untargeted_realisation": TARGET,
}


@styled
def plot_status_grid(agency: Agency, achievements: pd.DataFrame, year: int) -> Plot:
    """Draw all indicators and years at once: the state and the achievement of each, from frame `achievements`."""
    # A number is an indicator's own in one decree only, and not every decree has every indicator.
    names = achievements.drop_duplicates("indicator_id", keep="last").sort_values("number", kind="stable")
    states = achievements.pivot(index="indicator_id", columns="year", values="state").loc[names["indicator_id"]]
    texts, words = (achievements.apply(each, axis=1) for each in (_cell_text, _told))
    shown = achievements.assign(text=texts, told=words).set_index(["indicator_id", "year"])
    ax = new_axes(WIDE, 4.2 + 1.15 * len(states))
    for row, indicator_id in enumerate(states.index):
        for column, of_year in enumerate(states.columns):
            state = states.loc[indicator_id, of_year]
            if pd.isna(state):
                continue
            frame = Rectangle(
                (column + 0.03, row + 0.06), 0.94, 0.88, linewidth=0.8, facecolor=FILLS[state], edgecolor=GREY
            )
            if state == "missed":
                frame.set(linewidth=2.2, edgecolor=MISSED)
            if state == "no_data":
                frame.set(hatch="////")
            tell([ax.add_patch(frame)], [shown.at[(indicator_id, of_year), "told"]])
            box = {"facecolor": PALE, "edgecolor": "none", "pad": 1.5} if state == "no_data" else None
            ax.text(
                column + 0.5,
                row + 0.5,
                shown.at[(indicator_id, of_year), "text"],
                ha="center",
                va="center",
                color=INKS[state],
                weight="bold" if state == "missed" else "normal",
                bbox=box,
                size=8.5,
                linespacing=1.1,
                in_layout=False,  # it lies in its cell
            )
    ax.set(xlim=(0, len(states.columns)), ylim=(len(states), 0))
    ax.set_xticks([column + 0.5 for column in range(len(states.columns))], list(map(str, states.columns)))
    ax.set_yticks(
        [row + 0.5 for row in range(len(states))],
        [row_label(*each) for each in names[["number", "label"]].itertuples(index=False)],
    )
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    for tick in ax.get_xticklabels():
        tick.set_fontweight("bold" if tick.get_text() == str(year) else "normal")
    used = [state for state in FILLS if (states == state).any(axis=None)]
    legend = "   ".join(marked_state(state) for state in used)
    if (achievements["status"] == "sementara").any():
        legend += "   * " + _("sementara")
    return finish(
        agency,
        ax,
        title=_result_title(agency, achievements, year),
        unit=_("Capaian terhadap target, persen") + f"\n{legend}",
        caption=_("Capaian setiap indikator dan tahun") + until(achievements),
        alt=" ".join(
            row_alt(row.label, achievements[achievements["indicator_id"] == row.indicator_id])
            for row in names.itertuples()
        ),
        sources=list(realisation_sources(agency)),
    )


def _cell_text(row: pd.Series) -> str:
    symbol = SYMBOLS[row["state"]]
    provisional = "*" if row["status"] == "sementara" else ""
    if pd.notna(row["achievement_pct"]):
        return f"{symbol}\n{format_achievement(row['achievement_pct'], 1)}{provisional}"
    if row["state"] == "untargeted_realisation":
        return f"{symbol}\n{format_compact(row['realisation'])}{provisional}"
    return symbol


def _told(row: Any) -> str:
    return f"{row.label}, {told(row)}"


def row_label(number: int, label: str) -> str:
    """Return an indicator's number and name, broken to fit beside a bar."""
    return fit(f"{number}  {label}", 19)


def row_alt(label: str, history: pd.DataFrame) -> str:
    """Return the state and the achievement of each year of an indicator, for an alt text."""
    parts = [
        f"{row.year} {state_word(row.state)}"
        + (f" ({format_achievement(row.achievement_pct, 1)})" if pd.notna(row.achievement_pct) else "")
        for row in history.itertuples()
    ]
    return f"{label}: {', '.join(parts)}."


def _result_title(agency: Agency, achievements: pd.DataFrame, year: int) -> str:
    result = summarise(agency, achievements, year)
    through = through_word(result.period)
    if not result.scored:
        return _(
            "{year}: {targeted} indikator ditargetkan, belum satu pun dapat dinilai",
            year=through,
            targeted=result.targeted,
        )
    title = _(
        "{year}: {met} dari {scored} indikator mencapai target", year=through, met=result.met, scored=result.scored
    )
    if result.scored < result.targeted:
        title += ", " + _("{missing} belum ada data", missing=result.targeted - result.scored)
    return title


def realisation_sources(agency: Agency, indicator_id: str | None = None) -> pd.Series:
    """Return what the rows of an indicator, or of any, name as their source."""
    realisations = agency.realisations
    if indicator_id is not None:
        realisations = realisations[realisations["indicator_id"] == indicator_id]
    return realisations["source"]


@styled
def plot_bullets(agency: Agency, achievements: pd.DataFrame, year: int) -> Plot | None:
    """Draw one year, a bar an indicator: the realisation as a share of its target, last year's as a small mark."""
    of_year = achievements[(achievements["year"] == year) & achievements["target"].notna()]
    if of_year.empty:
        return None
    before = achievements[achievements["year"] == year - 1].set_index("indicator_id")["achievement_pct"]
    shown = of_year["achievement_pct"].clip(0, 150)
    ax = new_axes(WIDE, 4 + 1.15 * len(of_year))
    right = max(110.0, float(shown.max()) + 4 if shown.notna().any() else 0.0)
    labels = []
    for position, row in enumerate(of_year.itertuples()):
        if pd.isna(row.achievement_pct):  # no figure, or a target of 0, of which nothing is a share
            hatch = "" if row.state in ("met", "missed") else "////"
            bar = ax.barh(position, 100, height=0.5, color="none", edgecolor=GREY, linewidth=0.8, hatch=hatch)
            ax.text(
                50,
                position,
                state_word(row.state),
                ha="center",
                va="center",
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 2},
                color=SOFT,
            )
        if pd.isna(row.realisation):
            amount = _("target {amount}", amount=format_target(row))
        else:
            amount = _(
                "{realisation}\ndari {target}",
                realisation=format_value(row.realisation, row.unit, decimals_apart(row.target, row.realisation)),
                target=format_target(row, MOST_DECIMALS),
            )
        if pd.notna(row.achievement_pct):
            hollow = row.status == "sementara"
            colour = MISSED if row.state == "missed" else ACCENT
            bar = ax.barh(
                position,
                min(max(row.achievement_pct, 0), 150),
                height=0.5,
                color=PAPER if hollow else colour,
                edgecolor=colour,
                linewidth=1.4,
            )
            ax.text(
                2,
                position,
                format_achievement(row.achievement_pct),
                va="center",
                weight="bold",
                color=colour if hollow else PAPER,
            )
        tell(bar, [_told(row)])
        ax.plot([100, 100], [position - 0.38, position + 0.38], color=TARGET, linewidth=2.4)
        last = before.get(row.indicator_id)
        if last is not None and pd.notna(last):
            ax.plot(min(max(last, 0), 150), position, marker="D", markersize=5, color=GREY, markeredgecolor=PAPER)
        ax.text(
            1.015,
            position,
            fit(f"{SYMBOLS[row.state]} {amount}", 34, 2),
            transform=ax.get_yaxis_transform(),
            va="center",
            size=8.5,
        )
        labels.append(row_label(row.number, row.label))
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.set_xlim(0, right)
    ax.xaxis.set_major_formatter(lambda value, _position: format_percent(value, 0))
    ax.spines["left"].set_visible(False)
    unit = _("Realisasi sebagai persen target; garis hitam = target")
    if any(agency.indicator(each, year)["direction"] == "lower" for each in of_year["indicator_id"]):
        unit = _("Capaian, persen: makin panjang makin baik; garis hitam = target")
    if before.notna().any():
        unit += _("; belah ketupat abu-abu = capaian {year}", year=year - 1)
    if (of_year["status"] == "sementara").any():
        unit += _("; batang kosong = sementara")
    return finish(
        agency,
        ax,
        title=_result_title(agency, achievements, year),
        unit=unit,
        caption=_("Realisasi terhadap target {year}", year=through_word(of_year["period"].iloc[0])),
        alt=" ".join(row_alt(row["label"], pd.DataFrame([row])) for _index, row in of_year.iterrows()),
        sources=list(realisation_sources(agency)),
    )
