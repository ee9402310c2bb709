"""Figures of the plan and of the evaluation: where a year starts, and how results moved since the year before."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.display.canvas import HALO, WIDE, Plot, finish, fit, new_axes, styled, tell
from iku_analysis.display.design import ACCENT, BAND, GREY, TARGET
from iku_analysis.display.figures.overview import realisation_sources, row_label
from iku_analysis.display.words import move_word, through_word
from iku_analysis.indonesian import (
    format_achievement,
    format_amount,
    format_number,
    format_percent,
    format_value,
    scale_of,
)
from iku_analysis.language import _

MOST = 150  # per cent: what lies beyond is drawn at the edge


@styled
def plot_plan(agency: Agency, plan: pd.DataFrame, year: int) -> Plot | None:
    """Draw where each targeted indicator starts, as a share of the year's target (frame of `compute_plan`)."""
    rows = plan[plan["target"].notna()]
    if rows.empty:
        return None
    ax = new_axes(WIDE, 4 + 1.15 * len(rows))
    measured = (rows["target"] > 0) & ~rows["unit"].map(scale_of).map(bool)
    shares = 100 * rows["baseline"] / rows["target"].where(measured)  # of no other target is it a share
    for position, (share, row) in enumerate(zip(shares, rows.itertuples(), strict=True)):
        if pd.isna(row.baseline):
            text = _("kondisi awal belum ada\ntarget {target}", target=format_amount(row.target, row.unit))
        else:
            text = _(
                "dari {baseline} ({since})\nke {target}",
                baseline=format_value(row.baseline, row.unit),
                since=int(row.baseline_year),
                target=format_amount(row.target, row.unit),
            )
        if pd.notna(share):
            bar = ax.barh(position, min(max(share, 0), MOST), height=0.5, color=BAND, edgecolor=ACCENT, linewidth=1.2)
            tell(bar, [f"{row.label}: {text}"])
            ax.text(2, position, format_achievement(share, 1), va="center", weight="bold", color=ACCENT)
        ax.plot([100, 100], [position - 0.38, position + 0.38], color=TARGET, linewidth=2.4)
        ax.text(1.015, position, fit(text, 34, 2), transform=ax.get_yaxis_transform(), va="center", size=8.5)
    ax.set_yticks(range(len(rows)), [row_label(row.number, row.label) for row in rows.itertuples()])
    ax.invert_yaxis()
    ax.set_xlim(0, max(110.0, float(shares.clip(upper=MOST).max()) + 4 if shares.notna().any() else 0.0))
    ax.xaxis.set_major_formatter(lambda value, _position: format_percent(value, 0))
    ax.spines["left"].set_visible(False)
    known, kept = (int(rows["asked"].isin(asked).sum()) for asked in (["rise", "fall", "keep"], ["keep"]))
    return finish(
        agency,
        ax,
        title=_(
            "{year}: target {kept} dari {count} indikator sudah terpenuhi pada kondisi awalnya",
            year=year,
            kept=kept,
            count=known,
        )
        if known
        else _("{year}: kondisi awal belum ada", year=year),
        unit=_(
            "Kondisi awal (realisasi terakhir dengan definisi yang sama) sebagai persen target; garis hitam = target"
        ),
        caption=_("Kondisi awal dan target {year}", year=year),
        alt=" ".join(
            f"{row.label}: {_start(row.baseline, share)}." for share, row in zip(shares, rows.itertuples(), strict=True)
        ),
        sources=list(realisation_sources(agency)),
    )


def _start(baseline: float, share: float) -> str:
    if pd.isna(baseline):
        return _("kondisi awal belum ada")
    return format_number(baseline) if pd.isna(share) else format_achievement(share, 1)


@styled
def plot_rating_moves(agency: Agency, achievements: pd.DataFrame, moves: pd.DataFrame, year: int) -> Plot | None:
    """Draw the achievement of each indicator in the year before and in this one (frame of `rating_moves`).

    A line that falls is dashed; indicators that are not compared have no line.
    """
    rows = moves[moves["achievement_pct"].notna() | moves["previous_achievement_pct"].notna()]
    if rows.empty:
        return None
    ax = new_axes(WIDE, 9.5)
    now, before = (rows[name].clip(0, MOST) for name in ("achievement_pct", "previous_achievement_pct"))
    falls = rows["achievement_pct"] < rows["previous_achievement_pct"]  # also where both lie beyond the edge
    for start, end, move, fall in zip(before, now, rows["move"], falls, strict=True):
        if pd.notna(start) and pd.notna(end) and move != "none":
            ax.plot([0, 1], [start, end], color=ACCENT, linestyle="--" if fall else "-", zorder=1)
    edges = [100.0]
    for x, values, column, side in (
        (0, before, "previous_achievement_pct", "right"),
        (1, now, "achievement_pct", "left"),
    ):
        dots = ax.scatter([x] * len(values), values, color=ACCENT, s=28, zorder=2)
        measured = rows[values.notna()]
        words = zip(measured["label"], measured[column], strict=True)
        tell([dots], (f"{label} {year - 1 + x}: {_value(each)}" for label, each in words))
        places = _apart(values.dropna(), 0.085 * max(_span(now, before), 1))
        edges += [*places, *values.dropna()]
        for index, place in places.items():
            name = fit(rows.at[index, "label"], 40, 1)
            label = f"{rows.at[index, 'number']}. {name} {_value(rows.at[index, column])}"
            ax.annotate(
                label,
                (x, values[index]),
                (x + (0.04 if x else -0.04), place),
                ha=side,
                va="center",
                size=8.5,
                arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.5, "relpos": (1 - x, 0.5)},
            )
    ax.plot([-0.03, 1.03], [100, 100], color=TARGET, linewidth=1.2, zorder=0)  # not through the labels
    ax.annotate(_("target"), (0.5, 100), (0, 3), textcoords="offset points", ha="center", size=8.5, gid=HALO)
    through = achievements.loc[achievements["year"] == year, "period"].iloc[0]
    names = [through_word(f"{each}{through[4:]}").replace(" ", "\n", 1) for each in (year - 1, year)]
    ax.set_xticks([0, 1], names)
    ax.set_xlim(-1.15, 2.15)
    room = 0.05 * max(_span(now, before), 1)
    ax.set_ylim(min(edges) - room, max(edges) + room)
    ax.set_yticks([])
    ax.spines[["left", "bottom"]].set_visible(False)
    counts = rows["move"].value_counts()
    told = ", ".join(f"{counts[move]} {move_word(move)}" for move in ("up", "same", "down") if move in counts)
    return finish(
        agency,
        ax,
        title=_(
            "Predikat indikator, {year} dibanding {before}: {told}",
            year=year,
            before=year - 1,
            told=told or _("tidak ada yang dapat dibandingkan"),
        ),
        unit=_("Capaian terhadap target, persen; garis putus-putus = turun; tanpa garis = tidak dibandingkan"),
        caption=_("Capaian {before} dan {year}", before=year - 1, year=year),
        alt=" ".join(
            f"{row.label}: {_value(row.previous_achievement_pct)} → {_value(row.achievement_pct)}."
            for row in rows.itertuples()
        ),
        sources=list(realisation_sources(agency)),
    )


def _value(value: float) -> str:
    return "–" if pd.isna(value) else format_achievement(value, 1)


def _span(*columns: pd.Series) -> float:
    values = pd.concat([*columns, pd.Series([100.0])])
    return float(values.max() - values.min())


def _apart(values: pd.Series, least: float) -> pd.Series:
    """Return the heights of labels, in their order and at least so far apart, as near their values as that allows."""
    places = values.sort_values()
    for _round in range(50):
        for first, second in zip(places.index, places.index[1:], strict=False):
            lacking = least - (places[second] - places[first])
            if lacking > 0:
                places[first] -= lacking / 2
                places[second] += lacking / 2
    return places
