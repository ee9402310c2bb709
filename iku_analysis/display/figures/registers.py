"""Figures of registers: when their records came, and which reported figures they do not give."""

import pandas as pd
from matplotlib.figure import Figure

from iku_analysis.agency.load import Agency
from iku_analysis.display.canvas import CM, WIDE, Plot, finish, fit, new_axes, styled, tell
from iku_analysis.display.design import ACCENT, INK, MISSED, PAPER
from iku_analysis.display.figures.parts import MOST_BARS
from iku_analysis.indonesian import (
    format_compact,
    format_date,
    format_number,
    format_percent,
    format_period,
    format_signed_percent,
    format_unit,
)
from iku_analysis.language import _

MOST_KINDS = 6
MOST_WEEKS = 160  # beyond which a bar is a month


@styled
def plot_arrivals(agency: Agency, *, register: str) -> Plot | None:
    """Draw how many records of a register have each week (month, where there are many): holes are days not kept."""
    days = agency.counted.arrivals[agency.counted.arrivals["register"] == register]
    if days.empty:
        return None
    rows = days.set_index(pd.to_datetime(days["day"]))["rows"]
    weeks = rows.resample("W-MON", label="left", closed="left").sum()
    by_month = len(weeks) > MOST_WEEKS
    bars = rows.resample("MS").sum() if by_month else weeks
    ax = new_axes(WIDE, 6)
    drawn = ax.bar(bars.index, bars, width=24 if by_month else 5.5, color=ACCENT)
    named = [format_period(f"{day:%Y-%m}") if by_month else format_date(day.date()) for day in bars.index]
    tell(drawn, (f"{name}: {format_number(count)}" for name, count in zip(named, bars, strict=True)))
    empty = bars.index[bars == 0]
    if len(empty):
        ax.plot(empty, [0] * len(empty), "x", color=MISSED, markersize=5, clip_on=False, zorder=3)
    starts = pd.date_range(bars.index[0], bars.index[-1], freq="QS")
    ax.set_xticks(starts, [format_period(f"{day:%Y-%m}") for day in starts])
    ax.yaxis.set_major_formatter(lambda value, _position: format_number(value))
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    facts = {"register": register, "count": format_number(rows.sum()), "empty": len(empty)}
    title = _("Register {register}: {count} catatan", **facts)
    unit = _("Catatan setiap bulan") if by_month else _("Catatan setiap minggu")
    if len(empty):
        title = _("Register {register}: {count} catatan, {empty} minggu kosong", **facts)
        if by_month:
            title = _("Register {register}: {count} catatan, {empty} bulan kosong", **facts)
        unit += _("; silang = tidak ada")
    return finish(
        agency,
        ax,
        title=title,
        unit=unit,
        caption=_("Datangnya catatan register {register}", register=register),
        alt=_(
            "Terbanyak {most} pada {day}; tersedikit {least}.",
            most=format_number(bars.max()),
            day=format_period(f"{bars.idxmax():%Y-%m}"),
            least=format_number(bars.min()),
        ),
        sources=[f"Register {register}"],
    )


@styled
def plot_audit(agency: Agency, audit: pd.DataFrame) -> Plot | None:
    """Draw the reported figures (frame `audit`) that differ from the counted ones, in per cent of these."""
    apart = audit[(audit["difference"] != 0) & (audit["counted"] != 0)]
    apart = apart.assign(share=100 * apart["difference"] / apart["counted"])
    apart = apart.sort_values("share", key=abs, ascending=False).head(MOST_BARS)
    if apart.empty:
        return None
    labels = dict(zip(agency.indicators["indicator_id"], agency.indicators["label"], strict=True))
    names = [
        ", ".join(filter(None, [labels[row.indicator_id], row.area, row.breakdown, format_period(row.period)]))
        for row in apart.itertuples()
    ]
    ax = new_axes(WIDE, 2.1 + 0.8 * len(apart))
    places = range(len(apart))
    bars = ax.barh(places, apart["share"], height=0.5, color=PAPER, edgecolor=MISSED, linewidth=1.2)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_yticks(places, [fit(name, 34) for name in names])
    told = [
        _(
            "dilaporkan {reported}, register {counted}",
            reported=format_number(row.reported),
            counted=format_number(row.counted),
        )
        for row in apart.itertuples()
    ]
    tell(bars, (f"{name}: {words}" for name, words in zip(names, told, strict=True)))
    for place, words, share in zip(places, told, apart["share"], strict=True):
        ax.annotate(
            f"{format_signed_percent(share, 1)}  ·  {words}", (max(share, 0), place), (6, 0),
            textcoords="offset points", va="center", size=8.5, color=INK,
        )  # fmt: skip
    ax.invert_yaxis()
    ax.margins(x=0.08)
    ax.set_xlim(right=ax.get_xlim()[1] + 1.6 * (ax.get_xlim()[1] - ax.get_xlim()[0]))
    ax.xaxis.set_visible(False)
    ax.spines[["bottom", "left"]].set_visible(False)
    count = int((audit["difference"] != 0).sum())
    return finish(
        agency,
        ax,
        title=_("{count} dari {all} angka yang dilaporkan berbeda dari hitungan register", count=count, all=len(audit)),
        unit=_("Selisih, persen dari hitungan register"),
        caption=_("Angka yang dilaporkan dan hitungan register"),
        alt=" ".join(f"{name}: {words}." for name, words in zip(names, told, strict=True)),
        sources=[*apart["source"], *sorted({f"Register {each}" for each in agency.counted.checks["register"]})],
    )


@styled
def plot_counted_parts(agency: Agency, parts: pd.DataFrame, indicator_id: str, year: int, *, kind: str) -> Plot | None:
    """Draw what the sum of a register is made of in a year (frame of `counted_parts`), the year before as a line."""
    own = parts[(parts["indicator_id"] == indicator_id) & (parts["kind"] == kind)]
    if own.empty:
        return None
    bars = own.head(MOST_BARS).reset_index(drop=True)
    ax = new_axes(WIDE, 2.2 + 0.7 * len(bars))
    drawn = ax.barh(bars.index, bars["value"], height=0.55, color=ACCENT)
    ax.vlines(bars["previous"], bars.index - 0.38, bars.index + 0.38, color=INK, linewidth=1.6)
    told = []
    for row in bars.itertuples():
        told.append(f"{format_percent(row.share, 1)}  ·  {format_compact(row.value)}")
        end = max(row.value, 0 if pd.isna(row.previous) else row.previous)
        ax.annotate(told[-1], (end, row.Index), (6, 0), textcoords="offset points", va="center", size=8.5, color=INK)
    tell(drawn, (f"{item}: {words}" for item, words in zip(bars["item"], told, strict=True)))
    ax.set_yticks(bars.index, [fit(item) for item in bars["item"]])
    ax.invert_yaxis()
    ax.set_xlim(min(0, bars["value"].min()), 1.3 * bars[["value", "previous"]].max().max())
    ax.xaxis.set_visible(False)
    ax.spines[["bottom", "left"]].set_visible(False)
    indicator, first = agency.indicator(indicator_id, year), bars.iloc[0]
    facts = {"label": indicator["label"], "year": year, "kind": kind}
    unit = _("{unit} menurut register, dan bagian dari semuanya", unit=format_unit(indicator["unit"]))
    if bars["previous"].notna().any():
        unit += _("; garis = {year}", year=year - 1)
    return finish(
        agency,
        ax,
        title=_(
            "{label} {year} menurut {kind}: {item} terbesar, {share}",
            item=first["item"],
            share=format_percent(first["share"], 1),
            **facts,
        ),
        unit=unit,
        caption=_("{label} {year} menurut {kind}", **facts),
        alt=" ".join(f"{item}: {words}." for item, words in zip(bars["item"], told, strict=True)),
        sources=[f"Register {each}" for each in _registers_of(agency, indicator_id)],
    )


def _registers_of(agency: Agency, indicator_id: str) -> list[str]:
    figures = agency.records.figure if agency.records else []
    return [count.register_ for each in figures if each.indicator == indicator_id for count in each.counts.values()]


@styled
def plot_workload(agency: Agency, ahead: pd.DataFrame) -> Plot | None:
    """Draw what falls due in the months ahead (frame of `workload_ahead`), a panel a kind."""
    kinds = ahead.groupby("kind")["due"].sum().sort_values(ascending=False)
    kinds = kinds[kinds > 0].head(MOST_KINDS)
    if kinds.empty:
        return None
    months = sorted(set(ahead["period"]))
    figure = Figure(figsize=(WIDE, (2.6 * len(kinds) + 1.2) * CM), layout="constrained")
    axes = figure.subplots(len(kinds), 1, sharex=True, squeeze=False).ravel()
    table = ahead.pivot_table(index="period", columns="kind", values="due", aggfunc="sum").reindex(months)
    for ax, kind in zip(axes, kinds.index, strict=True):
        bars = ax.bar(range(len(months)), table[kind], color=ACCENT, width=0.7)
        tell(bars, (f"{format_period(each)}: {format_number(due)}" for each, due in table[kind].items()))
        ax.set_title(_("{kind}: {count}", kind=kind, count=format_number(kinds[kind])), loc="left", size=9)
        ax.yaxis.set_major_formatter(lambda value, _position: format_number(value))
        ax.grid(axis="y")
        ax.spines["left"].set_visible(False)
    axes[-1].set_xticks(range(len(months)), [format_period(each).split()[0][:3] for each in months])
    most = table.sum(axis=1)
    return finish(
        agency,
        axes[0],
        title=_(
            "{count} alat jatuh tempo {first} sampai {last}; terbanyak {month}",
            count=format_number(most.sum()),
            first=format_period(months[0]),
            last=format_period(months[-1]),
            month=format_period(str(most.idxmax())),
        ),
        unit=_("Alat yang jatuh tempo setiap bulan, menurut jenis"),
        caption=_("Beban tera ulang dua belas bulan ke depan"),
        alt=" ".join(f"{format_period(str(month))}: {format_number(due)}." for month, due in most.items()),
        sources=["Register " + agency.records.expiry.register_] if agency.records and agency.records.expiry else [],
    )
