"""Sentences of growth, months, coverage and contributions: `describe_*(frame, ...) -> Markdown`."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.breakdown import drivers
from iku_analysis.analysis.trend import last_target, required_growth_pct
from iku_analysis.display.markdown import Markdown, say, sentences
from iku_analysis.display.words import moved, state_word
from iku_analysis.indonesian import (
    decimals_apart,
    format_amount,
    format_number,
    format_percent,
    format_period,
    format_signed,
)


def describe_growth(agency: Agency, achievements: pd.DataFrame, indicator_id: str, year: int) -> Markdown:
    """Return what the targets imply, and the growth still needed from the realisation of a year."""
    unit = agency.indicator(indicator_id, year)["unit"]
    aim = last_target(agency, indicator_id)
    if aim is None:
        return say("Tidak ada target: pertumbuhan yang diperlukan tidak dapat dihitung.")
    last_year, last = aim
    targets = agency.targets[(agency.targets["indicator_id"] == indicator_id) & agency.targets["targeted"]]
    first_year, first = int(targets["year"].iloc[0]), float(targets["target"].iloc[0])
    said = []
    if first_year < last_year and min(first, last) > 0:
        aimed = required_growth_pct(first, last, last_year - first_year)
        said.append(
            say(
                "Target {growth} setahun, dari {first} ({first_year}) ke {last} ({last_year}).",
                growth=moved(aimed, decimals_apart(aimed, 0)),
                first=format_amount(first, unit),
                first_year=first_year,
                last=format_amount(last, unit),
                last_year=last_year,
            )
        )
    left = last_year - year
    history = achievements[achievements["indicator_id"] == indicator_id].set_index("year")
    now = history["realisation"].get(year)
    if pd.isna(now):
        said.append(
            say("Realisasi {year} belum ada, jadi pertumbuhan yang masih diperlukan tidak dapat dihitung.", year=year)
        )
    elif left > 0 and min(now, last) > 0:
        needed = required_growth_pct(now, last, left)
        lower = agency.indicator(indicator_id, year)["direction"] == "lower"
        if needed < 0 if lower else needed > 0:
            said.append(
                say(
                    "Dari realisasi {year}, masih harus {needed} setahun sampai {last_year}.",
                    year=year,
                    needed=moved(needed, decimals_apart(needed, 0)),
                    last_year=last_year,
                )
            )
        else:
            said.append(say("Realisasi {year} sudah mencapai target {last_year}.", year=year, last_year=last_year))
    return sentences(*said)


def describe_coverage(areas: pd.DataFrame, achievements: pd.DataFrame, indicator_id: str, year: int) -> Markdown:
    """Return how far a percentage is from its target, in points and in things still to be covered."""
    row = achievements[(achievements["indicator_id"] == indicator_id) & (achievements["year"] == year)].iloc[0]
    if pd.isna(row["realisation"]) or pd.isna(row["target"]):
        return sentences(row["label"], f"{year}: {state_word(row['state'])}.", row["reason"])
    text = say(
        "{label} {year} {realisation}, target {target}: selisih {gap} poin persen.",
        label=row["label"],
        year=year,
        realisation=format_percent(row["realisation"]),
        target=format_percent(row["target"]),
        gap=format_signed(row["gap"]),
    )
    behind = areas[areas["shortfall"] > 0]
    if not behind.empty:
        first = behind.iloc[0]
        text += " " + say(
            "{count} wilayah di bawah target, bersama-sama kurang {total}; terbanyak di {area} ({shortfall}).",
            count=len(behind),
            total=format_number(behind["shortfall"].sum()),
            area=first["area"],
            shortfall=format_number(first["shortfall"]),
        )
    return text


def describe_quarters(quarters: pd.DataFrame, year: int) -> Markdown:
    """Return how many quarters of a year were below its target, and the lowest (frame of `coverage.by_quarter`)."""
    of_year = quarters[(quarters["year"] == year) & quarters["value"].notna()]
    if of_year.empty:
        return say("Belum ada angka triwulan untuk {year}.", year=year)
    lowest, highest = (of_year.loc[of_year["value"].agg(end)] for end in ("idxmin", "idxmax"))
    if of_year["target"].isna().any():
        return say(
            "Tidak ditargetkan pada {year}; terendah {period} ({value}).",
            year=year,
            period=format_period(lowest["period"]),
            value=format_percent(lowest["value"]),
        )
    if (of_year["direction"] == "lower").any():
        return say(
            "{below} dari {count} triwulan di atas target setahun; tertinggi {period} ({value}).",
            below=int(of_year["missed"].sum()),
            count=len(of_year),
            period=format_period(highest["period"]),
            value=format_percent(highest["value"]),
        )
    return say(
        "{below} dari {count} triwulan di bawah target setahun; terendah {period} ({value}).",
        below=int(of_year["missed"].sum()),
        count=len(of_year),
        period=format_period(lowest["period"]),
        value=format_percent(lowest["value"]),
    )


def describe_items(items: pd.DataFrame) -> Markdown:
    """Return which items of a breakdown lack most to the target (frame of `coverage.by_item`)."""
    if items.empty:
        return say("Tidak ada rincian yang dapat dibandingkan dengan target.")
    behind = items[items["shortfall"] > 0]
    if behind.empty:
        return say("Setiap butir rincian mencapai target.")
    first = behind.iloc[0]
    return say(
        "{count} dari {all} butir di bawah target; terbanyak {item}: kurang {shortfall}, cakupan {value}.",
        count=len(behind),
        all=len(items),
        item=first["item"],
        shortfall=format_number(first["shortfall"]),
        value=format_percent(first["value"]),
    )


def describe_contributions(frame: pd.DataFrame, year: int) -> Markdown:
    """Return what drove the change of a year (frame of `contributions`)."""
    if frame.empty:
        return say(
            "Sumbangan tidak dihitung: perlu angka utuh dan rincian dengan definisi yang sama untuk {before} "
            "dan {year}.",
            before=year - 1,
            year=year,
        )
    text = say("{year}: {moved} terhadap {before}.", year=year, before=year - 1, moved=moved(frame["points"].sum()))
    along, against = drivers(frame)
    if along is not None:
        text += " " + say(
            "Dari yang dirinci, pendorong terbesar {item} ({points} poin).",
            item=along["item"],
            points=format_signed(along["points"]),
        )
    if against is not None:
        text += " " + say(
            "Penahan terbesar {item} ({points} poin).", item=against["item"], points=format_signed(against["points"])
        )
    rest = frame[frame["item"] == ""].iloc[0]
    return text + " " + say("Yang tidak dirinci menyumbang {points} poin.", points=format_signed(rest["points"]))


def describe_context(agency: Agency, indicator_id: str, year: int) -> Markdown:
    """Return what kind of number an indicator is, and how the series beside it stand to each other.

    Two series of one unit are set against each other in the last period that both name, the smaller
    as a share of the larger (P4 of P1): neither is compared with the indicator. Of several pairs the
    one that stands side by side most often is taken.
    """
    indicator = agency.indicator(indicator_id, year)
    label = indicator["label"]
    text = {
        "sum": say("{label} adalah arus: tambahan selama satu tahun, bukan jumlah pada suatu tanggal.", label=label),
        "last": say("{label} adalah angka pada akhir periode, yang tidak dijumlahkan.", label=label),
        "mean": say("{label} adalah rata-rata: setiap periode sama beratnya.", label=label),
        "ratio": say("{label} adalah perbandingan: jumlah pembilang dibagi jumlah penyebut.", label=label),
    }[indicator["aggregation"]]
    context = agency.context[agency.context["indicator_id"] == indicator_id].drop_duplicates(
        ["series", "unit", "period"], keep=False
    )
    pairs = context.merge(context, on=["unit", "period"], suffixes=("", "_other"))
    pairs = pairs[(pairs["series"] != pairs["series_other"]) & (pairs["value"] < pairs["value_other"])]
    pairs = pairs[pairs["value"] >= 0]  # what is below 0 is no share
    if pairs.empty:
        return text
    pairs = pairs.assign(together=pairs.groupby(["series", "series_other"])["period"].transform("size"))
    last = pairs.sort_values(["together", "period"], ascending=False, kind="stable").iloc[0]
    return (
        text
        + " "
        + say(
            "Pada {period} deret {series} ({value}) adalah {share} dari {other} ({larger}); keduanya bukan realisasi.",
            period=format_period(last["period"]),
            series=last["series"],
            other=last["series_other"],
            value=format_number(last["value"]),
            larger=format_number(last["value_other"]),
            share=format_percent(100 * last["value"] / last["value_other"], 1),
        )
    )
