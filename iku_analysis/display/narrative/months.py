"""Sentences of monthly series: how complete, how they changed, the season, the year's end."""

import pandas as pd
from babel.dates import get_month_names

from iku_analysis.analysis.months import MonthsOutlook
from iku_analysis.display.markdown import Markdown, say, sentences
from iku_analysis.indonesian import (
    format_number,
    format_percent,
    format_period,
    format_signed_percent,
)
from iku_analysis.language import current_language


def describe_months(months: pd.DataFrame) -> Markdown:
    """Return how complete a monthly series is (frame of `analysis.months`), and where publications disagree."""
    if months.empty:
        return say("Tidak ada deret bulanan.")
    first, last = months["period"].min(), months["period"].max()
    known, span = months["period"].nunique(), len(pd.period_range(first, last, freq="M"))
    values = {"series": months["series"].iloc[0], "first": format_period(first), "last": format_period(last)}
    if known == span:
        text = say("{series}: setiap bulan dari {first} sampai {last} ada angkanya.", **values)
    else:
        text = say(
            "{series}: {known} dari {span} bulan antara {first} dan {last} ada angkanya; "
            "bulan lain kosong dan tidak diisi.",
            known=known,
            span=span,
            **values,
        )
    spread = months.groupby("period")["value"].agg(["min", "max"])
    rivals = [
        say(
            "{period} ({low} dan {high})",
            period=format_period(str(period)),
            low=format_number(low),
            high=format_number(high),
        )
        for period, low, high in spread.itertuples()
        if low != high
    ]
    if rivals:
        text += " " + say("Angka antarpublikasi berbeda untuk {months}.", months=Markdown(", ").join(rivals))
    return text


def describe_month_changes(changes: pd.DataFrame) -> Markdown:
    """Return the last month's changes and the year so far (frame of `month_changes`); what is unknown is said."""
    known = changes[changes["value"].notna()]
    if known.empty:
        return say("Belum ada angka bulanan.")
    last = known.iloc[-1]
    when = format_period(last["period"])
    parts = [
        say("{change} dari bulan sebelumnya", change=format_signed_percent(last["change_pct"]))
        if pd.notna(last["change_pct"])
        else say("bulan sebelumnya tidak diketahui"),
        say("{change} dari bulan yang sama tahun lalu", change=format_signed_percent(last["year_change_pct"]))
        if pd.notna(last["year_change_pct"])
        else say("bulan yang sama tahun lalu tidak diketahui"),
        say(
            "sejak Januari {change} dari masa yang sama tahun lalu",
            change=format_signed_percent(last["to_date_change_pct"]),
        )
        if pd.notna(last["to_date_change_pct"])
        else say("jumlah sejak Januari tidak dapat dibandingkan"),
    ]
    text = say(
        "{when}: {value}; {parts}.", when=when, value=format_number(last["value"]), parts=Markdown("; ").join(parts)
    )
    return sentences(text, _one_good_month(known))


def _one_good_month(known: pd.DataFrame) -> Markdown:
    """Return how many of the last twelve months grew on the year before: one good month is no growth."""
    compared = known[known["year_change_pct"].notna()].tail(12)
    if len(compared) < 2:
        return Markdown()
    grown = int((compared["year_change_pct"] > 0).sum())
    return say(
        "Dari {count} bulan terakhir yang dapat dibandingkan, {grown} lebih tinggi daripada tahun sebelumnya.",
        count=len(compared),
        grown=grown,
    )


def describe_season(outlook: MonthsOutlook) -> Markdown:
    """Return the season's high and low month and the trend's change in a year, or why they are not known."""
    parts = outlook.parts
    if parts.empty:
        return say("Musim dan tren tidak dihitung. {reason}", reason=outlook.reason)
    year = parts.tail(12)
    share = 100 * year["season"] / year["trend"]
    names = get_month_names("wide", locale=current_language())
    high, low = (names[int(year.at[place, "period"][5:])] for place in (share.idxmax(), share.idxmin()))
    growth = 100 * (parts["trend"].iloc[-1] / parts["trend"].iloc[-13] - 1)
    return say(
        "Musim tertinggi {high} ({high_share} dari tren), terendah {low} ({low_share}). Tanpa musim, dalam setahun "
        "terakhir tren berubah {growth}.",
        high=high,
        high_share=format_signed_percent(share.max(), 1),
        low=low,
        low_share=format_signed_percent(share.min(), 1),
        growth=format_signed_percent(growth, 1),
    )


def describe_months_outlook(outlook: MonthsOutlook) -> Markdown:
    """Return the year's end with its range and how often such ranges held before, or why there is none."""
    forecast, tested = outlook.forecast, outlook.tested
    if forecast is None:
        return say("Perkiraan sampai Desember {year} tidak dibuat. {reason}", year=outlook.year, reason=outlook.reason)
    if forecast.known == 12:
        return say("Tahun {year} sudah lengkap: {total}.", year=outlook.year, total=format_number(forecast.to_date, 0))
    text = say(
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
        return text + " " + say("Ketepatan kisaran ini belum dapat diuji: deretnya terlalu pendek.")
    return sentences(
        text,
        say(
            "Diuji mundur pada {origins} titik: kisaran seperti ini memuat jumlah sebenarnya {coverage} kali dari 100 "
            "(dirancang {level}); kesalahan rata-rata {error}, bila memakai angka tahun lalu saja {naive}.",
            origins=tested.origins,
            coverage=format_number(tested.coverage_pct, 0),
            level=format_number(tested.level_pct, 0),
            error=format_percent(tested.error_pct, 1),
            naive=format_percent(tested.naive_error_pct, 1),
        ),
    )
