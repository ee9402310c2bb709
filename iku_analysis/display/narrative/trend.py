"""Sentences of growth, months, coverage and contributions: `describe_*(frame, ...) -> Markdown`."""

import pandas as pd

from iku_analysis.analysis.trend import required_growth_pct
from iku_analysis.display.narrative.year import escape
from iku_analysis.display.words import state_word
from iku_analysis.indonesian import (
    format_amount,
    format_number,
    format_percent,
    format_period,
    format_signed,
    format_signed_percent,
)
from iku_analysis.language import _
from iku_analysis.sources.agency import Agency


def describe_growth(achievements: pd.DataFrame, indicator_id: str, year: int) -> str:
    """Return what the targets imply, and the growth still needed from the realisation of a year."""
    history = achievements[achievements["indicator_id"] == indicator_id].set_index("year")
    targets = history["target"].dropna()
    unit = history["unit"].iloc[0]
    implied = required_growth_pct(targets.iloc[0], targets.iloc[-1], len(targets) - 1)
    sentences = [
        _(
            "Target tumbuh {growth} setahun, dari {first} ({first_year}) ke {last} ({last_year}).",
            growth=format_percent(implied),
            first=format_amount(targets.iloc[0], unit),
            first_year=targets.index[0],
            last=format_amount(targets.iloc[-1], unit),
            last_year=targets.index[-1],
        )
    ]
    left = int(targets.index[-1]) - year
    now = history.loc[year, "realisation"]
    if pd.isna(now):
        sentences.append(
            _("Realisasi {year} belum ada, jadi pertumbuhan yang masih diperlukan tidak dapat dihitung.", year=year)
        )
    elif left > 0 and now > 0:
        needed = required_growth_pct(now, targets.iloc[-1], left)
        if needed > 0:
            sentences.append(
                _("Dari realisasi {year}, masih diperlukan pertumbuhan {needed} setahun sampai {last_year}.", year=year,
                  needed=format_percent(needed), last_year=targets.index[-1])
            )  # fmt: skip
        else:
            sentences.append(
                _("Realisasi {year} sudah mencapai target {last_year}.", year=year, last_year=targets.index[-1])
            )
    return " ".join(sentences)


def describe_coverage(areas: pd.DataFrame, achievements: pd.DataFrame, indicator_id: str, year: int) -> str:
    """Return how far a percentage is from its target, in points and in things still to be covered."""
    row = achievements[(achievements["indicator_id"] == indicator_id) & (achievements["year"] == year)].iloc[0]
    if pd.isna(row["realisation"]) or pd.isna(row["target"]):
        return f"{escape(row['label'])} {year}: {state_word(row['state'])}. {row['reason']}"
    text = _(
        "{label} {year} {realisation}, target {target}: selisih {gap} poin persen.",
        label=escape(row["label"]),
        year=year,
        realisation=format_percent(row["realisation"]),
        target=format_percent(row["target"]),
        gap=format_signed(row["gap"]),
    )
    behind = areas[areas["shortfall"] > 0]
    if not behind.empty:
        first = behind.iloc[0]
        text += " " + _(
            "{count} wilayah di bawah target, bersama-sama kurang {total}; terbanyak di {area} ({shortfall}).",
            count=len(behind),
            total=format_number(behind["shortfall"].sum()),
            area=escape(first["area"]),
            shortfall=format_number(first["shortfall"]),
        )
    return text


def describe_quarters(quarters: pd.DataFrame, year: int) -> str:
    """Return how many quarters of a year were below its target, and the lowest (frame of `coverage_by_quarter`)."""
    of_year = quarters[(quarters["year"] == year) & quarters["value"].notna()]
    if of_year.empty:
        return _("Belum ada angka triwulan untuk {year}.", year=year)
    lowest = of_year.loc[of_year["value"].idxmin()]
    return _("{below} dari {count} triwulan di bawah target setahun; terendah {period} ({value}).",
             below=int((of_year["value"] < of_year["target"]).sum()), count=len(of_year),
             period=format_period(lowest["period"]), value=format_percent(lowest["value"]))  # fmt: skip


def describe_items(items: pd.DataFrame) -> str:
    """Return which items of a breakdown lack most to the target (frame of `coverage_by_item`)."""
    if items.empty:
        return _("Berkas realisasi tidak memuat rincian.")
    behind = items[items["shortfall"] > 0]
    if behind.empty:
        return _("Setiap butir rincian mencapai target.")
    first = behind.iloc[0]
    return _(
        "{count} dari {all} butir di bawah target; terbanyak {item}: kurang {shortfall}, cakupan {value}.",
        count=len(behind),
        all=len(items),
        item=escape(first["item"]),
        shortfall=format_number(first["shortfall"]),
        value=format_percent(first["value"]),
    )


def describe_contributions(frame: pd.DataFrame, year: int) -> str:
    """Return what drove the change of a year (frame of `contributions`)."""
    if frame.empty:
        return _("Sumbangan tidak dihitung: perlu angka utuh dan rincian dengan arti yang sama untuk "
                 "{before} dan {year}.",
                 before=year - 1, year=year)  # fmt: skip
    named = frame[frame["item"] != ""].sort_values("points", ascending=False)
    text = _("Pada {year} berubah {growth} terhadap {before}.", year=year, before=year - 1,
             growth=format_signed_percent(frame["points"].sum()))  # fmt: skip
    if not named.empty:
        first, last = named.iloc[0], named.iloc[-1]
        text += " " + _("Penyumbang terbesar {first} ({first_points} poin), terkecil {last} ({last_points} poin).",
                        first=escape(first["item"]), first_points=format_signed(first["points"]),
                        last=escape(last["item"]), last_points=format_signed(last["points"]))  # fmt: skip
    rest = frame[frame["item"] == ""].iloc[0]
    return text + " " + _("Yang tidak dirinci menyumbang {points} poin.", points=format_signed(rest["points"]))


def describe_context(agency: Agency, indicator_id: str, year: int) -> str:
    """Return what kind of number an indicator is, and how the series beside it stand to each other.

    Two series of one unit are set against each other in the last period that both name, the smaller
    as a share of the larger (P4 of P1): neither is compared with the indicator.
    """
    indicator = agency.indicator(indicator_id, year)
    text = {
        "sum": _("{label} adalah arus: tambahan selama satu tahun, bukan jumlah pada suatu tanggal."),
        "last": _("{label} adalah stok: jumlah pada akhir periode."),
        "ratio": _("{label} adalah perbandingan: jumlah pembilang dibagi jumlah penyebut."),
    }[indicator["aggregation"]].format(label=escape(indicator["label"]))
    context = agency.context[agency.context["indicator_id"] == indicator_id].drop_duplicates(
        ["series", "unit", "period"], keep=False
    )
    pairs = context.merge(context, on=["unit", "period"], suffixes=("", "_other"))
    pairs = pairs[(pairs["series"] != pairs["series_other"]) & (pairs["value"] < pairs["value_other"])]
    if pairs.empty:
        return text
    last = pairs.sort_values("period").iloc[-1]
    return text + " " + _(
        "Pada {period} deret {series} ({value}) adalah {share} dari {other} ({larger}); keduanya bukan realisasi.",
        period=format_period(last["period"]), series=escape(last["series"]), other=escape(last["series_other"]),
        value=format_number(last["value"]), larger=format_number(last["value_other"]),
        share=format_percent(100 * last["value"] / last["value_other"], 1),
    )  # fmt: skip
