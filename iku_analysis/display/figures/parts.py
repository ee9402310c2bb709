"""Figures of what a whole is made of: quarters, areas, items, other series beside it."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.breakdown import drivers
from iku_analysis.analysis.scored import scored_figures
from iku_analysis.display.canvas import HALO, WIDE, Plot, finish, fit, new_axes, of_periods, styled, tell
from iku_analysis.display.design import ACCENT, GREY, PALE, PAPER, SOFT, TARGET
from iku_analysis.display.figures.overview import realisation_sources
from iku_analysis.display.words import moved
from iku_analysis.indonesian import (
    decimals_apart,
    format_achievement,
    format_compact,
    format_number,
    format_percent,
    format_period,
    format_signed,
)
from iku_analysis.language import _
from iku_analysis.sources.units import adds_up

MOST_BARS = 15  # what stands behind them is one bar: nobody reads 514 bars


@styled
def plot_coverage_by_quarter(agency: Agency, quarters: pd.DataFrame, indicator_id: str, year: int) -> Plot | None:
    """Draw the quarters of a percentage (frame of `coverage.by_quarter`) against the target of each year."""
    label = agency.indicator(indicator_id, year)["label"]
    quarters = quarters[quarters["value"].notna()]  # 0 of 0 is no share
    if quarters.empty:
        return None
    ax = new_axes(WIDE, 8)
    positions = {period: position for position, period in enumerate(quarters["period"])}
    for of_year, part in quarters.groupby("year"):
        x = [positions[period] for period in part["period"]]
        ax.plot([x[0] - 0.4, x[-1] + 0.4], [part["target"].iloc[0]] * 2, color=TARGET, linewidth=1.6)
        colour = ACCENT if of_year == year else GREY
        hollow = (part["status"] == "sementara").any()
        marks = ax.plot(x, part["value"], "o-", color=colour, markerfacecolor=PAPER if hollow else colour)
        tell(marks, of_periods(part, "value", format_percent))
        ax.annotate(
            format_percent(part["value"].iloc[-1], 1),
            (x[-1], part["value"].iloc[-1]),
            (-4, -9),
            textcoords="offset points",
            ha="left",
            va="top",
            size=8.5,
            color=colour,
            gid=HALO,
        )
        if x[0]:
            ax.axvline(x[0] - 0.5, color=PALE, linewidth=0.8)
    ax.set_xticks(list(positions.values()), [["I", "II", "III", "IV"][int(period[-1]) - 1] for period in positions])
    if pd.notna(last := quarters["target"].iloc[-1]):
        ax.annotate(_("target"), (len(positions) - 0.5, last), va="center", size=8.5, annotation_clip=False)
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
    values = {"label": label, "year": year, "below": int(of_year["missed"].sum()), "count": len(of_year)}
    if (of_year["direction"] == "lower").any():
        title = _("{label} {year}: {below} dari {count} triwulan di atas target setahun", **values)
    else:
        title = _("{label} {year}: {below} dari {count} triwulan di bawah target setahun", **values)
    if of_year["target"].isna().any():
        title = _("{label} {year}: tanpa target", label=label, year=year)
    if of_year.empty:
        title = _("{label} {year}: belum ada angka triwulan", label=label, year=year)
        ax.text(0.5, 0.5, _("belum ada realisasi"), transform=ax.transAxes, ha="center", color=SOFT, style="italic")
    alt = " ".join(f"{format_period(row.period)} {format_percent(row.value, 1)}." for row in of_year.itertuples())
    return finish(
        agency,
        ax,
        title=title,
        unit=_("Persen dari yang wajib pada setiap triwulan (I-IV); garis hitam = target setahun"),
        caption=_("{label} setiap triwulan", label=label),
        alt=alt,
        sources=list(realisation_sources(agency, indicator_id)),
    )


@styled
def plot_shortfalls(agency: Agency, rows: pd.DataFrame, indicator_id: str, year: int) -> Plot | None:
    """Draw how much each area or item lacks to the target (frame of `coverage.by_area` or `coverage.by_item`)."""
    label = agency.indicator(indicator_id, year)["label"]
    if rows.empty:
        return None
    by_area = rows.columns[0] == "area"
    bars = _few(rows)
    ax = new_axes(WIDE, 2.6 + 0.8 * max(len(bars), 3))
    drawn = ax.barh(range(len(bars)), bars["shortfall"], height=0.55, color=ACCENT)
    ax.set_yticks(range(len(bars)), [fit(name) for name in bars.iloc[:, 0]])
    told = []
    for position, row in enumerate(bars.itertuples()):
        missing = format_number(row.shortfall) if row.shortfall else _("target tercapai")
        covered = _("{value} dari {count}", value=format_percent(row.value), count=format_number(row.denominator))
        told.append(f"{row[1]}: {missing} · {covered}")
        ax.annotate(
            f"{missing}  ·  {covered}",
            (row.shortfall, position),
            (5, 0),
            textcoords="offset points",
            va="center",
            size=8.5,
        )
    tell(drawn, told)
    ax.invert_yaxis()
    ax.margins(x=0.4)
    ax.set_xlim(left=0)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    alt = " ".join(
        _(
            "{area}: {value}, kurang {shortfall}.",
            area=row[1],
            value=format_percent(row.value),
            shortfall=format_number(row.shortfall),
        )
        for row in bars.itertuples()
    )
    unit = _("Yang masih harus dicakup agar target tercapai, menurut wilayah")
    return finish(
        agency,
        ax,
        title=_shortfall_title(rows, label, year),
        unit=unit if by_area else _("Yang masih harus dicakup agar target tercapai, menurut rincian"),
        caption=_("{label}: kekurangan menurut wilayah", label=label)
        if by_area
        else _("{label}: kekurangan menurut rincian", label=label),
        alt=alt,
        sources=list(realisation_sources(agency, indicator_id)),
    )


def _few(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the largest shortfalls; the others together in the last row."""
    if len(rows) <= MOST_BARS:
        return rows
    rest = rows.iloc[MOST_BARS:]
    together = rest[["numerator", "denominator", "shortfall"]].sum()
    last = {rows.columns[0]: _("{count} lainnya", count=len(rest)), **together}
    last["value"] = 100 * together["numerator"] / together["denominator"]
    return pd.concat([rows.iloc[:MOST_BARS], pd.DataFrame([last])], ignore_index=True)


def _shortfall_title(rows: pd.DataFrame, label: str, year: int) -> str:
    values = {"label": label, "year": year}
    total, first = rows["shortfall"].sum(), rows.iloc[0]
    if total == 0:
        return _("{label} {year}: semuanya mencapai target", **values)
    share = format_achievement(100 * first["shortfall"] / total, 0)
    return _("{label} {year}: {share} dari kekurangan ada di {area}", share=share, area=first.iloc[0], **values)


@styled
def plot_areas(agency: Agency, indicator_id: str, year: int) -> Plot | None:
    """Draw a year's amount by area, the largest first, with the share of all areas."""
    label, unit = agency.indicator(indicator_id, year)[["label", "unit"]]
    figures = scored_figures(agency, indicator_id)
    areas = figures[(figures["year"] == year) & (figures["grain"] == "year") & (figures["area"] != PROVINCE)]
    areas = areas[areas["value"].notna()].sort_values("value", ascending=False)
    if areas.empty:
        return None
    bars, total = areas.head(MOST_BARS), areas["value"].sum()
    shared = total > 0 and (areas["value"] >= 0).all() and adds_up(unit)  # else nothing is a share of the whole
    ax = new_axes(WIDE, 2.6 + 0.7 * max(len(bars), 2))
    drawn = ax.barh(range(len(bars)), bars["value"], height=0.55, color=ACCENT)
    ax.set_yticks(range(len(bars)), [fit(area) for area in bars["area"]])
    texts = [
        f"{format_number(value)}  ({format_percent(100 * value / total, 1)})" if shared else format_number(value)
        for value in bars["value"]
    ]
    tell(drawn, (f"{area}: {text}" for area, text in zip(bars["area"], texts, strict=True)))
    for position, (value, text) in enumerate(zip(bars["value"], texts, strict=True)):
        ax.annotate(text, (value, position), (5, 0), textcoords="offset points", va="center", size=8.5)
    ax.invert_yaxis()
    ax.margins(x=0.3)
    ax.set_xlim(left=min(0, areas["value"].min()))
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    values = {"label": label, "year": year, "area": areas["area"].iloc[0]}
    if shared:
        share = format_achievement(100 * areas["value"].iloc[0] / total, 0)
        title = _("{label} {year}: {share} ada di {area}", share=share, **values)
    else:
        title = _(
            "{label} {year}: tertinggi di {area} ({value})", value=format_number(areas["value"].iloc[0]), **values
        )
    return finish(
        agency,
        ax,
        title=title,
        unit=unit,
        caption=_("{label} menurut wilayah", label=label),
        alt=" ".join(f"{area}: {text}." for area, text in zip(bars["area"], texts, strict=True)),
        sources=list(realisation_sources(agency, indicator_id)),
    )


@styled
def plot_contributions(agency: Agency, frame: pd.DataFrame, indicator_id: str, year: int, *, kind: str) -> Plot | None:
    """Draw what each item of a breakdown added to the growth of a year (frame of `contributions`)."""
    label = agency.indicator(indicator_id, year)["label"]
    if frame.empty:
        return None
    bars = frame.assign(name=frame["item"].where(frame["item"] != "", _("lainnya, tidak dirinci")))
    ax = new_axes(WIDE, 2.6 + 0.75 * max(len(bars), 2))
    colours = [GREY if item == "" else ACCENT for item in bars["item"]]
    drawn = ax.barh(range(len(bars)), bars["points"], height=0.6, color=colours)
    ax.set_yticks(range(len(bars)), [fit(name) for name in bars["name"]])
    ax.invert_yaxis()
    ax.axvline(0, color=GREY, linewidth=0.8)
    told = []
    for position, row in enumerate(bars.itertuples()):
        up = row.points >= 0
        text = f"{format_signed(row.points)}  ({format_compact(row.previous)} → {format_compact(row.value)})"
        told.append(f"{row.name}: {text}")
        ax.annotate(
            text,
            (max(row.points, 0), position),
            (4, 0),
            textcoords="offset points",
            va="center",
            size=8.5,
            weight="bold" if up else "normal",
        )
    tell(drawn, told)
    ax.margins(x=0.5)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set_visible(False)
    total = round(bars["points"].sum(), 2)
    title = _("{label} {year} {moved}", label=label, year=year, moved=moved(total, decimals_apart(total, 0, 1)))
    along, _against = drivers(frame)
    if along is not None:
        points = format_signed(along["points"], decimals_apart(along["points"], 0, 1))
        title += "; " + _("pendorong terbesar yang dirinci {item} ({points} poin)", item=along["item"], points=points)
    return finish(
        agency,
        ax,
        title=title,
        unit=_("Poin persen pertumbuhan terhadap tahun sebelumnya, menurut {kind}", kind=kind),
        caption=_("{label}: sumbangan menurut {kind}", label=label, kind=kind),
        alt=" ".join(f"{row.name}: {format_signed(row.points)}." for row in bars.itertuples(index=False)),
        sources=list(realisation_sources(agency, indicator_id)),
    )
