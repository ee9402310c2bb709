"""Figures of monthly series: season, changes, trend, and the year's end."""

from functools import partial

import matplotlib as mpl
import numpy as np
import pandas as pd
from babel.dates import get_month_names
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.months import MonthsOutlook
from iku_analysis.display.canvas import CM, HALO, WIDE, Plot, finish, new_axes, of_periods, styled, tell
from iku_analysis.display.design import ACCENT, BAND, GREY, INK, PAPER
from iku_analysis.display.markdown import plain
from iku_analysis.display.narrative.months import describe_month_changes, describe_months_outlook, describe_season
from iku_analysis.indonesian import (
    format_compact,
    format_number,
    format_percent,
    format_period,
    format_signed,
    format_signed_percent,
    unit_of_decree,
)
from iku_analysis.language import _, current_language

MOST_YEARS = 10  # of changes in one figure
FULL = 100  # per cent: a change of more has no darker cell, and pales no other


@styled
def plot_months(agency: Agency, months: pd.DataFrame, year: int) -> Plot | None:
    """Draw a monthly series (frame of `analysis.months`), a line a year; the line of `year` stands out.

    A line joins only months that follow each other: nothing is filled in between. Where
    publications name different values for a month, both are points and the line takes their mean.
    """
    if months.empty:
        return None
    ax = new_axes(WIDE, 8)
    parts = months.assign(year=months["period"].str[:4].astype(int), month=months["period"].str[5:].astype(int))
    means = parts.groupby(["year", "month"])["value"].mean().unstack().reindex(columns=range(1, 13))
    greys = mpl.colormaps["Greys"](np.linspace(0, 1, len(means) + 5)[3:-2])
    shades = dict(zip(means.index, map(to_hex, greys), strict=True))
    for of_year, values in means.iterrows():
        chosen = of_year == year
        colour = ACCENT if chosen else shades[of_year]
        ax.plot(range(1, 13), values, color=colour, linewidth=2.2 if chosen else 1.3, zorder=3 if chosen else 2)
        points = parts[parts["year"] == of_year]
        marks = ax.plot(points["month"], points["value"], "o", color=colour, markersize=4, zorder=3 if chosen else 2)
        tell(marks, of_periods(points, "value"))
        last = values.dropna()
        ax.annotate(
            str(of_year),
            (last.index[-1], last.iloc[-1]),
            (5, 0),
            textcoords="offset points",
            size=8.5,
            va="center",
            color=colour,
            weight="bold" if chosen else "normal",
            gid=HALO,
        )
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
        agency,
        ax,
        title=_months_title(means, series, year)
        if known == span
        else _("{series}: {known} dari {span} bulan ada angkanya", series=series, known=known, span=span),
        unit=unit_of_decree(months["unit"].iloc[0]),
        caption=_("{series}, setiap bulan", series=series),
        alt=alt,
        sources=list(months["source"]),
    )


def _months_title(means: pd.DataFrame, series: str, year: int) -> str:
    """Return how many months of a year were above the year before (rows of `means`: years, columns: months)."""
    if not {year - 1, year} <= set(means.index):
        return _("{series}: setiap bulan ada angkanya", series=series)
    both = means.loc[[year - 1, year]].dropna(axis="columns")
    if both.empty:
        return _(
            "{series}: tidak ada bulan {year} yang dapat dibandingkan dengan {before}",
            series=series,
            year=year,
            before=year - 1,
        )
    higher = int((both.loc[year] > both.loc[year - 1]).sum())
    return _(
        "{series}: {higher} dari {count} bulan {year} lebih tinggi daripada {before}",
        series=series,
        higher=higher,
        count=both.shape[1],
        year=year,
        before=year - 1,
    )


@styled
def plot_month_changes(agency: Agency, changes: pd.DataFrame, months: pd.DataFrame) -> Plot | None:
    """Draw each month's change on the same month of last year (frame of `months.month_changes`), a row a year."""
    known = changes[changes["year_change_pct"].notna()]
    if known.empty:
        return None
    import seaborn as sns  # a second of imports (scipy.stats), which no yearly paper has to wait for

    parts = known.assign(year=known["period"].str[:4], month=known["period"].str[5:].astype(int))
    wide = parts.pivot(index="year", columns="month", values="year_change_pct").reindex(columns=range(1, 13))
    wide = wide.tail(MOST_YEARS)
    most = wide.abs().max(axis=None)
    edge = min(most, FULL) or 1
    names = get_month_names("abbreviated", locale=current_language())
    ax = new_axes(WIDE, 3.5 + 0.9 * len(wide))
    sns.heatmap(
        wide,
        ax=ax,
        vmin=-edge,
        vmax=edge,
        cmap=sns.blend_palette([GREY, PAPER, ACCENT], 21)[4:-4],  # without the darkest: numbers are read on them
        annot=wide.map(partial(format_signed, decimals=int(most < FULL)), na_action="ignore"),
        fmt="",
        annot_kws={"size": 8.5, "color": INK},
        linewidths=1.5,
        linecolor=PAPER,
        cbar=False,
        xticklabels=[names[month] for month in wide.columns],
    )
    ax.texts[-1].set_fontweight("bold")  # the month of the title
    shown = parts[parts["year"].isin(wide.index)]
    tell(ax.texts, of_periods(shown, "year_change_pct", lambda value: format_signed_percent(value, 1)))
    ax.set(xlabel="", ylabel="")
    ax.tick_params(length=0, rotation=0)
    ax.xaxis.tick_top()
    return finish(
        agency,
        ax,
        title=_(
            "{series} {when}: {change} terhadap bulan yang sama tahun lalu",
            series=months["series"].iloc[0],
            when=format_period(known["period"].iloc[-1]),
            change=format_signed_percent(known["year_change_pct"].iloc[-1], 1),
        ),
        unit=_("Perubahan terhadap bulan yang sama tahun sebelumnya, persen"),
        caption=_("{series}: perubahan setahun, bulan demi bulan", series=months["series"].iloc[0]),
        alt=plain(describe_month_changes(changes)),
        sources=list(months["source"]),
    )


@styled
def plot_season(agency: Agency, outlook: MonthsOutlook, months: pd.DataFrame) -> Plot | None:
    """Draw the trend under the months, and the season as a share of the trend (`outlook.parts`)."""
    parts = outlook.parts
    if parts.empty:
        return None
    figure = Figure(figsize=(WIDE, 11 * CM), layout="constrained")
    upper, lower = figure.subplots(2, 1, height_ratios=[3, 2])
    marks = upper.plot(parts.index, parts["value"], color=GREY, linewidth=1, marker="o", markersize=2.5)
    tell(marks, of_periods(parts, "value"))
    upper.plot(parts.index, parts["trend"], color=ACCENT, linewidth=2.2)
    upper.annotate(
        _("tren"),
        (parts.index[-1], parts["trend"].iloc[-1]),
        (5, 0),
        textcoords="offset points",
        va="center",
        size=8.5,
        color=ACCENT,
        weight="bold",
        annotation_clip=False,
    )
    step = max(12, 12 * (len(parts) // 96))
    starts = [place for place, period in enumerate(parts["period"]) if period.endswith("-01")][:: step // 12]
    upper.set_xticks(starts, [parts.at[place, "period"][:4] for place in starts])
    upper.yaxis.set_major_formatter(lambda value, _position: format_compact(value))
    upper.grid(axis="y")
    year = parts.tail(12).sort_values("period", key=lambda period: period.str[5:])
    share = 100 * year["season"] / year["trend"]
    bars = lower.bar(range(12), share, color=[ACCENT if value >= 0 else GREY for value in share], width=0.7)
    lower.axhline(0, color=GREY, linewidth=0.8)
    names = get_month_names("abbreviated", locale=current_language())
    names_shown = [names[int(period[5:])] for period in year["period"]]
    tell(bars, (f"{name}: {format_signed_percent(each, 1)}" for name, each in zip(names_shown, share, strict=True)))
    lower.set_xticks(range(12), names_shown)
    lower.yaxis.set_major_formatter(lambda value, _position: format_percent(value, 0))
    lower.set_title(_("Pola musim: selisih setiap bulan dari tren, persen"))
    for ax in (upper, lower):
        ax.spines["left"].set_visible(False)
    return finish(
        agency,
        upper,
        title=_("{series}: tren tanpa musim, dan musimnya", series=months["series"].iloc[0]),
        unit=_("{unit}; titik = bulan, garis tebal = tren", unit=unit_of_decree(months["unit"].iloc[0])),
        caption=_("{series}: tren dan musim", series=months["series"].iloc[0]),
        alt=plain(describe_season(outlook)),
        sources=list(months["source"]),
    )


@styled
def plot_months_outlook(agency: Agency, outlook: MonthsOutlook, months: pd.DataFrame) -> Plot | None:
    """Draw the months of a year, known and expected, and what they sum to by December with its range."""
    forecast = outlook.forecast
    if forecast is None:
        return None
    year = months[months["period"].str.startswith(f"{outlook.year}-")].groupby("period")["value"].first()
    year = year[year.index.isin([f"{outlook.year}-{month:02d}" for month in range(1, forecast.known + 1)])]
    before = months[months["period"].str.startswith(f"{outlook.year - 1}-")]
    ahead = forecast.months
    ax = new_axes(WIDE, 8)
    marks = ax.plot(
        [int(period[5:]) for period in before["period"]],
        before["value"],
        color=GREY,
        linewidth=1.2,
        marker="o",
        markersize=3,
    )
    tell(marks, of_periods(before, "value"))
    places = [int(period[5:]) for period in ahead["period"]]
    ax.fill_between(places, ahead["low"], ahead["high"], color=BAND, zorder=1)
    ax.plot(places, ahead["middle"], color=ACCENT, linewidth=1.6, linestyle=(0, (4, 2)))
    tell(ax.plot(places, ahead["middle"], "o", alpha=0), of_periods(ahead, "middle"))
    months_known = [int(period[5:]) for period in year.index]
    marks = ax.plot(months_known, year, color=ACCENT, linewidth=2.2, marker="o", markersize=5)
    tell(marks, of_periods(year.reset_index(), "value"))
    ends = [(before, GREY, str(outlook.year - 1))] if len(before) else []
    for rows, colour, text in ends:
        ax.annotate(
            text,
            (int(rows["period"].iloc[-1][5:]), rows["value"].iloc[-1]),
            (6, 0),
            size=8.5,
            color=colour,
            textcoords="offset points",
            va="center",
            annotation_clip=False,
        )
    names = get_month_names("abbreviated", locale=current_language())
    ax.set_xticks(range(1, 13), [names[month] for month in range(1, 13)])
    ax.set_xlim(0.7, 12.9)
    ax.grid(axis="y")
    ax.margins(y=0.15)
    ax.spines["left"].set_visible(False)
    ax.yaxis.set_major_formatter(lambda value, _position: format_compact(value))
    return finish(
        agency,
        ax,
        title=_(
            "{series} {year}: sampai Desember antara {low} dan {high}",
            series=months["series"].iloc[0],
            year=outlook.year,
            low=format_compact(forecast.low),
            high=format_compact(forecast.high),
        ),
        unit=_(
            "{unit} setiap bulan; garis putus dan bidang = perkiraan, abu-abu = tahun lalu",
            unit=unit_of_decree(months["unit"].iloc[0]),
        ),
        caption=_("{series}: perkiraan sampai Desember {year}", series=months["series"].iloc[0], year=outlook.year),
        alt=plain(describe_months_outlook(outlook)),
        sources=list(months["source"]),
    )
