"""Figures of growth and coverage: `plot_*(agency, frame, ...) -> Axes`."""

import pandas as pd
import seaborn as sns
from babel.dates import get_month_names
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from iku_analysis.display.canvas import ACCENT, CM, GREY, HALO, PALE, TARGET, WIDE, finish, new_axes, styled
from iku_analysis.display.figures import achievements_files
from iku_analysis.display.levels import draw_levels
from iku_analysis.indonesian import format_compact, format_number, format_percent, format_period, format_signed_percent
from iku_analysis.language import _, current_language
from iku_analysis.sources.agency import Agency


@styled
def plot_growth(agency: Agency, achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str) -> Axes:
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
    lower.bar(known["year"], known["change_pct"], width=0.5, linewidth=1.4, edgecolor=ACCENT,
              color=["#ffffff" if provisional else ACCENT for provisional in hollow])  # fmt: skip
    aims = growth[growth["target_change_pct"].notna()]
    for row in aims.itertuples():
        lower.plot([row.year - 0.42, row.year + 0.42], [row.target_change_pct] * 2, color=TARGET, linewidth=2)
    if len(aims):
        text = _("target {growth}", growth=format_percent(aims["target_change_pct"].iloc[-1]))
        lower.annotate(text, (aims["year"].iloc[-1] + 0.44, aims["target_change_pct"].iloc[-1]), size=8,
                       va="center", annotation_clip=False)  # fmt: skip
    for row in known.itertuples():
        up = row.change_pct >= 0
        lower.annotate(format_signed_percent(row.change_pct, 1), (row.year, row.change_pct), (0, 3 if up else -3),
                       textcoords="offset points", ha="center", va="bottom" if up else "top", size=8,
                       color=ACCENT, weight="bold")  # fmt: skip
    lower.axhline(0, color=GREY, linewidth=0.8)
    for since in agency.breaks.loc[agency.breaks["indicator_id"] == indicator_id, "year"]:
        lower.axvline(since - 0.5, color=GREY, linewidth=0.9, linestyle=(0, (2, 3)))
        lower.text(since, 0.04, _("arti berubah,\ntidak dibandingkan"), transform=lower.get_xaxis_transform(),
                   ha="center", size=7, color="#555555")  # fmt: skip
    lower.yaxis.set_major_formatter(lambda value, _position: format_percent(value, 1))
    lower.margins(y=0.35)
    lower.spines["left"].set_visible(False)
    lower.set_title(_("Pertumbuhan terhadap tahun sebelumnya; garis hitam = pertumbuhan target"))
    if known.empty:
        lower.text(0.5, 0.45, _("belum ada dua tahun berurutan yang dapat dibandingkan"), transform=lower.transAxes,
                   ha="center", color="#555555", style="italic")  # fmt: skip
    return finish(
        agency, upper,
        title=_growth_title(history, known, aims),
        unit=str(history["unit"].iloc[0]),
        caption=_("{label}: nilai dan pertumbuhan", label=history["label"].iloc[-1]),
        alt=" ".join(
            _("{year} tumbuh {growth}, target {target}.", year=row.year, growth=format_percent(row.change_pct),
              target=format_percent(row.target_change_pct) if pd.notna(row.target_change_pct) else "–")
            for row in known.itertuples()
        ) or _("Belum ada pertumbuhan yang dapat dihitung; target tumbuh seperti garis hitam."),
        files=list(achievements_files(agency, indicator_id)),
    )  # fmt: skip


def _growth_title(history: pd.DataFrame, known: pd.DataFrame, aims: pd.DataFrame) -> str:
    label = history["label"].iloc[-1]
    if known.empty:
        growth = format_percent(aims["target_change_pct"].iloc[-1]) if len(aims) else "–"
        return _(
            "Target {label} tumbuh {growth} setahun; pertumbuhan realisasinya belum dapat dihitung",
            label=label,
            growth=growth,
        )
    both = known[known["target_change_pct"].notna()]
    ahead = int((both["change_pct"] >= both["target_change_pct"]).sum())
    return _(
        "{label} tumbuh sekurangnya secepat target dalam {ahead} dari {years} tahun yang dapat dibandingkan",
        label=label,
        ahead=ahead,
        years=len(both),
    )


@styled
def plot_months(agency: Agency, months: pd.DataFrame, *, year: int) -> Axes:
    """Draw a monthly series (frame of `analysis.months`), a line a year; the line of `year` stands out.

    A line joins only months that follow each other: nothing is filled in between. Where
    publications name different values for a month, both are points and the line takes their mean.
    """
    ax = new_axes(WIDE, 3.5 if months.empty else 8)
    if months.empty:
        ax.axis("off")
        ax.text(0.5, 0.5, _("belum ada angka bulanan"), transform=ax.transAxes, ha="center", style="italic")
        title = _("Belum ada angka bulanan")
        files = list(achievements_files(agency))
        return finish(agency, ax, title=title, unit="", caption=title, alt="", files=files)
    parts = months.assign(year=months["period"].str[:4].astype(int), month=months["period"].str[5:].astype(int))
    means = parts.groupby(["year", "month"])["value"].mean().unstack().reindex(columns=range(1, 13))
    shades = dict(zip(means.index, sns.color_palette("Greys", len(means) + 3)[2:], strict=False))
    for of_year, values in means.iterrows():
        chosen = of_year == year
        colour = ACCENT if chosen else shades[of_year]
        ax.plot(range(1, 13), values, color=colour, linewidth=2.2 if chosen else 1.3, zorder=3 if chosen else 2)
        points = parts[parts["year"] == of_year]
        ax.plot(points["month"], points["value"], "o", color=colour, markersize=4, zorder=3 if chosen else 2)
        last = values.dropna()
        ax.annotate(str(of_year), (last.index[-1], last.iloc[-1]), (5, 0), textcoords="offset points", size=8,
                    va="center", color=colour, weight="bold" if chosen else "normal", path_effects=HALO)  # fmt: skip
    names = get_month_names("abbreviated", locale=current_language())
    ax.set_xticks(range(1, 13), [names[month] for month in range(1, 13)])
    ax.set_xlim(0.7, 12.8)
    ax.grid(axis="y")
    ax.margins(y=0.12)
    ax.spines["left"].set_visible(False)
    ax.yaxis.set_major_formatter(lambda value, _position: format_compact(value))
    known, first, last_period = months["period"].nunique(), months["period"].min(), months["period"].max()
    span = len(pd.period_range(first, last_period, freq="M"))
    alt = _(
        "{known} dari {span} bulan antara {first} dan {last}; terendah {low}, tertinggi {high}.",
        known=known,
        span=span,
        first=format_period(first),
        last=format_period(last_period),
        low=format_number(months["value"].min()),
        high=format_number(months["value"].max()),
    )
    series = months["series"].iloc[0]
    return finish(
        agency, ax,
        title=_("{series}: {known} dari {span} bulan ada angkanya", series=series, known=known, span=span),
        unit=months["unit"].iloc[0], caption=_("{series}, setiap bulan", series=series), alt=alt,
        files=list(months["file"]),
    )  # fmt: skip


@styled
def plot_coverage_by_quarter(agency: Agency, quarters: pd.DataFrame, indicator_id: str, *, year: int) -> Axes:
    """Draw the quarters of a percentage (frame of `coverage_by_quarter`) against the target of each year."""
    label = agency.indicator(indicator_id, year)["label"]
    ax = new_axes(WIDE, 3.5 if quarters.empty else 8)
    positions = {period: position for position, period in enumerate(quarters["period"])}
    for of_year, part in quarters.groupby("year"):
        x = [positions[period] for period in part["period"]]
        ax.plot([x[0] - 0.4, x[-1] + 0.4], [part["target"].iloc[0]] * 2, color=TARGET, linewidth=1.6)
        colour = ACCENT if of_year == year else GREY
        hollow = (part["status"] == "sementara").any()
        ax.plot(x, part["value"], "o-", color=colour, markerfacecolor="#ffffff" if hollow else colour)
        ax.annotate(format_percent(part["value"].iloc[-1], 1), (x[-1], part["value"].iloc[-1]), (-4, -9),
                    textcoords="offset points", ha="left", va="top", size=8, color=colour,
                    path_effects=HALO)  # fmt: skip
        if x[0]:
            ax.axvline(x[0] - 0.5, color=PALE, linewidth=0.8)
    ax.set_xticks(list(positions.values()), [["I", "II", "III", "IV"][int(period[-1]) - 1] for period in positions])
    if not quarters.empty:
        ax.annotate(_("target"), (len(positions) - 0.5, quarters["target"].iloc[-1]), va="center", size=8,
                    annotation_clip=False)  # fmt: skip
        secondary = ax.secondary_xaxis(-0.12)
        middles = quarters.assign(x=quarters["period"].map(positions)).groupby("year")["x"].mean()
        secondary.set_xticks(list(middles), [str(of_year) for of_year in middles.index])
        secondary.tick_params(length=0)
        secondary.spines["bottom"].set_visible(False)
    ax.margins(y=0.15)
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    ax.yaxis.set_major_formatter(lambda value, _position: format_percent(value))
    of_year = quarters[quarters["year"] == year]
    below = int((of_year["value"] < of_year["target"]).sum())
    title = _("{label} {year}: {below} dari {count} triwulan di bawah target setahun", label=label, year=year,
              below=below, count=len(of_year))  # fmt: skip
    if of_year.empty:
        title = _("{label} {year}: belum ada angka triwulan", label=label, year=year)
        ax.text(
            0.5, 0.5, _("belum ada realisasi"), transform=ax.transAxes, ha="center", color="#555555", style="italic"
        )
    if quarters.empty:
        ax.axis("off")
    alt = " ".join(f"{format_period(row.period)} {format_percent(row.value, 1)}." for row in of_year.itertuples())
    return finish(
        agency, ax, title=title,
        unit=_("Persen dari yang wajib pada setiap triwulan (I-IV); garis hitam = target setahun"),
        caption=_("{label} setiap triwulan", label=label), alt=alt,
        files=list(achievements_files(agency, indicator_id)),
    )  # fmt: skip


@styled
def plot_coverage_by_area(agency: Agency, areas: pd.DataFrame, indicator_id: str, *, year: int) -> Axes:
    """Draw how much each area lacks to its target (frame of `coverage_by_area`), in instruments or cases."""
    label = agency.indicator(indicator_id, year)["label"]
    ax = new_axes(WIDE, 2.6 + 0.8 * max(len(areas), 3))
    ax.barh(areas["area"], areas["shortfall"], height=0.55, color=ACCENT)
    for position, row in enumerate(areas.itertuples()):
        missing = format_number(row.shortfall) if row.shortfall else _("target tercapai")
        covered = _("{value} dari {count}", value=format_percent(row.value), count=format_number(row.denominator))
        ax.annotate(f"{missing}  ·  {covered}", (row.shortfall, position), (5, 0), textcoords="offset points",
                    va="center", size=8)  # fmt: skip
    ax.invert_yaxis()
    ax.margins(x=0.35)
    ax.set_xlim(left=0)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    total = areas["shortfall"].sum()
    if areas.empty:
        ax.axis("off")
        ax.text(0.5, 0.5, _("belum ada angka menurut wilayah"), transform=ax.transAxes, ha="center", style="italic")
        title = _("{label} {year}: belum ada angka menurut wilayah", label=label, year=year)
    elif total == 0:
        title = _("{label} {year}: semua wilayah mencapai target", label=label, year=year)
    else:
        first = areas.iloc[0]
        title = _(
            "{label} {year}: {share} dari kekurangan ada di {area}",
            label=label, year=year, share=format_percent(100 * first["shortfall"] / total, 0), area=first["area"],
        )  # fmt: skip
    alt = " ".join(
        _("{area}: {value}, kurang {shortfall}.", area=row.area, value=format_percent(row.value),
          shortfall=format_number(row.shortfall))
        for row in areas.itertuples()
    )  # fmt: skip
    return finish(
        agency, ax, title=title, unit=_("Yang masih harus dicakup agar target tercapai, menurut wilayah"),
        caption=_("{label}: kekurangan menurut wilayah", label=label), alt=alt,
        files=list(achievements_files(agency, indicator_id)),
    )  # fmt: skip
