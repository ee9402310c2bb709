"""Sentences of monthly series: how complete, how they changed, the season, the year's end."""

import pandas as pd
from babel.dates import get_month_names

from iku_analysis.analysis.months import MonthsOutlook
from iku_analysis.display.narrative.year import escape
from iku_analysis.indonesian import (
    format_number,
    format_percent,
    format_period,
    format_signed_percent,
)
from iku_analysis.language import _, current_language


def describe_months(months: pd.DataFrame) -> str:
    """Return how complete a monthly series is (frame of `analysis.months`), and where publications disagree."""
    if months.empty:
        return _("Tidak ada deret bulanan.")
    first, last = months["period"].min(), months["period"].max()
    text = _(
        "{series}: {known} dari {span} bulan antara {first} dan {last} ada angkanya; "
        "bulan lain kosong dan tidak diisi.",
        series=escape(months["series"].iloc[0]),
        known=months["period"].nunique(),
        span=len(pd.period_range(first, last, freq="M")),
        first=format_period(first),
        last=format_period(last),
    )
    spread = months.groupby("period")["value"].agg(["min", "max"])
    rivals = [
        _(
            "{period} ({low} dan {high})",
            period=format_period(str(period)),
            low=format_number(low),
            high=format_number(high),
        )
        for period, low, high in spread.itertuples()
        if low != high
    ]
    if rivals:
        text += " " + _("Angka antarpublikasi berbeda untuk {months}.", months=", ".join(rivals))
    return text


def describe_changes(changes: pd.DataFrame) -> str:
    """Return the last month's changes and the year so far (frame of `month_changes`); what is unknown is said."""
    known = changes[changes["value"].notna()]
    if known.empty:
        return _("Belum ada angka bulanan.")
    last = known.iloc[-1]
    when = format_period(last["period"])
    parts = [
        _("{change} dari bulan sebelumnya", change=format_signed_percent(last["change_pct"]))
        if pd.notna(last["change_pct"])
        else _("bulan sebelumnya tidak diketahui"),
        _("{change} dari bulan yang sama tahun lalu", change=format_signed_percent(last["year_change_pct"]))
        if pd.notna(last["year_change_pct"])
        else _("bulan yang sama tahun lalu tidak diketahui"),
        _("sejak Januari {change} dari masa yang sama tahun lalu",
          change=format_signed_percent(last["to_date_change_pct"]))
        if pd.notna(last["to_date_change_pct"])
        else _("jumlah sejak Januari tidak dapat dibandingkan"),
    ]  # fmt: skip
    text = _("{when}: {value}; {parts}.", when=when, value=format_number(last["value"]), parts="; ".join(parts))
    return f"{text} {_one_good_month(known)}".strip()


def _one_good_month(known: pd.DataFrame) -> str:
    """Return how many of the last twelve months grew on the year before: one good month is no growth."""
    compared = known[known["year_change_pct"].notna()].tail(12)
    if len(compared) < 2:
        return ""
    grown = int((compared["year_change_pct"] > 0).sum())
    return _("Dari {count} bulan terakhir yang dapat dibandingkan, {grown} lebih tinggi daripada tahun sebelumnya.",
             count=len(compared), grown=grown)  # fmt: skip


def describe_season(outlook: MonthsOutlook) -> str:
    """Return the season's high and low month and the trend's change in a year, or why they are not known."""
    parts = outlook.parts
    if parts.empty:
        return _("Musim dan tren tidak dihitung. {reason}", reason=outlook.reason)
    year = parts.tail(12)
    share = 100 * year["season"] / year["trend"]
    names = get_month_names("wide", locale=current_language())
    high, low = (names[int(year.at[place, "period"][5:])] for place in (share.idxmax(), share.idxmin()))
    growth = 100 * (parts["trend"].iloc[-1] / parts["trend"].iloc[-13] - 1)
    return _(
        "Musim tertinggi {high} ({high_share} dari tren), terendah {low} ({low_share}). Tanpa musim, dalam setahun "
        "terakhir tren berubah {growth}.",
        high=high,
        high_share=format_signed_percent(share.max(), 1),
        low=low,
        low_share=format_signed_percent(share.min(), 1),
        growth=format_signed_percent(growth, 1),
    )


def describe_months_outlook(outlook: MonthsOutlook) -> str:
    """Return the year's end with its range and how often such ranges held before, or why there is none."""
    forecast, tested = outlook.forecast, outlook.tested
    if forecast is None:
        return _("Perkiraan sampai Desember {year} tidak dibuat. {reason}", year=outlook.year, reason=outlook.reason)
    if forecast.known == 12:
        return _("Tahun {year} sudah lengkap: {total}.", year=outlook.year, total=format_number(forecast.to_date, 0))
    text = _(
        "Sampai {known} bulan terkumpul {to_date}. Menurut tren dan musimnya, jumlah {year} "
        "antara **{low} dan {high}**, "
        "tengahnya {middle}.",
        known=forecast.known,
        to_date=format_number(forecast.to_date, 0),
        year=outlook.year,
        low=format_number(forecast.low, 0),
        high=format_number(forecast.high, 0),
        middle=format_number(forecast.middle, 0),
    )
    if tested is None or not tested.origins:
        return text + " " + _("Ketepatan kisaran ini belum dapat diuji: deretnya terlalu pendek.")
    return (
        text
        + " "
        + _(
            "Diuji mundur pada {origins} titik: kisaran seperti ini memuat jumlah sebenarnya {coverage} kali dari 100 "
            "(dirancang {level}); kesalahan rata-rata {error}, bila memakai angka tahun lalu saja {naive}.",
            origins=tested.origins,
            coverage=format_number(tested.coverage_pct, 0),
            level=format_number(tested.level_pct, 0),
            error=format_percent(tested.error_pct, 1),
            naive=format_percent(tested.naive_error_pct, 1),
        )
    )
