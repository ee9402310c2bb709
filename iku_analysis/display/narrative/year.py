"""The sentences around the figures. Every number in them stands in a frame; nothing is guessed."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import AgencyResult
from iku_analysis.display.markdown import Markdown, bold, say, sentences
from iku_analysis.display.words import state_word, through_word, unaveraged_word, verdict_word
from iku_analysis.indonesian import (
    MOST_DECIMALS,
    decimals_apart,
    format_achievement,
    format_amount,
    format_number,
    format_percent,
    format_period,
    format_target,
    format_value,
    is_percent,
    scale_of,
)
from iku_analysis.language import _
from iku_analysis.schema import SCORED_BASES


def describe_source(agency: Agency) -> Markdown:
    """Return the line that opens an exploring notebook: which data root, which decrees."""
    numbers = ", ".join(decree.number for decree in agency.decrees)
    text = say(
        "Data: {folder}; Keputusan {numbers}; {rows} baris realisasi.",
        folder=agency.name,
        numbers=numbers,
        rows=len(agency.realisations),
    )
    if agency.policy.illustrative:
        text = bold(say("DATA CONTOH: semua realisasinya rekaan.")) + " " + text
    if not agency.provisional:
        text += " " + say("Angka sementara tidak dipakai.")
    if agency.until:
        year, month = agency.until.split("-")
        last = f"{int(year) - 1}-12" if month == "00" else agency.until
        text += " " + say("Yang dipakai hanya yang diketahui pada akhir {month}.", month=format_period(last))
    return text


def describe_result(agency: Agency, achievements: pd.DataFrame, result: AgencyResult) -> Markdown:
    """Return the agency's result of a year in words: counts first, then the means, then what is out."""
    untargeted = int((achievements["year"].eq(result.year) & achievements["target"].isna()).sum())
    counts = {"targeted": result.targeted, "year": through_word(result.period)}
    if result.period == str(result.year) and agency.decree(result.year).has_targets:
        text = say("Keputusan menargetkan {targeted} indikator untuk {year}", **counts)
        rest = say("{untargeted} lainnya tidak ditargetkan dan tidak dihitung", untargeted=untargeted)
    else:
        text = say("{year}: {targeted} indikator punya target", **counts)
        rest = say("{untargeted} lainnya belum punya target sampai saat itu dan tidak dihitung", untargeted=untargeted)
    if untargeted:
        text += "; " + rest
    said = [text + "."]
    words = unaveraged_word(achievements[achievements["year"] == result.year])
    if result.scored:
        judged = {"met": result.met, "scored": result.scored}
        said.append(say("**{met} dari {scored} indikator yang dapat dinilai mencapai target.**", **judged))
    if result.scored < result.targeted:
        said.append(_not_judged(agency, achievements, result))
    if result.mean_pct is not None and result.mean_capped_pct is not None:
        said.append(
            say(
                "Rata-rata capaian {capped} (setiap indikator paling tinggi {cap}; tanpa batas {mean}), "
                "n = {averaged}.",
                capped=format_percent(result.mean_capped_pct),
                cap=format_percent(result.cap_pct),
                mean=format_percent(result.mean_pct),
                averaged=result.averaged,
            )
        )
    elif result.scored and not result.averaged:
        said.append(say("Rata-rata tidak dihitung: semua yang dinilai {words}.", words=words))
    elif result.targeted and agency.policy.judging.max_missing_pct < 100:
        limit = format_percent(agency.policy.judging.max_missing_pct)
        said.append(say("Rata-rata tidak dihitung: lebih dari {limit} indikator belum dapat dinilai.", limit=limit))
    if 0 < result.averaged < result.scored:
        out = result.scored - result.averaged
        said.append(say("{out} indikator {words} dinilai, tetapi tidak masuk rata-rata.", out=out, words=words))
    return sentences(*said)


def _not_judged(agency: Agency, achievements: pd.DataFrame, result: AgencyResult) -> Markdown:
    """Return how many targeted indicators are not judged, and whether nothing, or not enough, is known of them."""
    missing = achievements[(achievements["year"] == result.year) & (achievements["state"] == "no_data")]["indicator_id"]
    rows = agency.realisations
    of_year = rows["indicator_id"].isin(missing) & rows["period"].str.startswith(str(result.year))
    stated = rows["basis"].isin(SCORED_BASES) & (rows["value"].notna() | rows["denominator"].notna())
    count = result.targeted - result.scored
    if (of_year & stated).any():
        return say(
            "**{missing} indikator belum dapat dinilai**, karena datanya belum lengkap, bertentangan, atau belum ada.",
            missing=count,
        )
    return say("**{missing} indikator belum dapat dinilai**, karena datanya belum ada.", missing=count)


def describe_indicator(achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str, year: int) -> Markdown:
    """Return one indicator in one year in words: result, change, cumulative, pace, cautions."""
    row, trend = _rows(achievements, trends, indicator_id, year)
    if pd.isna(row["realisation"]):
        return describe_row(row)
    return sentences(
        describe_row(row), _change(row, trend), _cumulative(trend), _pace(row, trend), row["reason"], row["caution"]
    )


def _rows(
    achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str, year: int
) -> tuple[pd.Series, pd.Series]:
    """Return the row of an indicator and year in each frame."""
    frames = (achievements, trends)
    row, trend = (each[(each["indicator_id"] == indicator_id) & (each["year"] == year)].iloc[0] for each in frames)
    return row, trend


def describe_row(row: pd.Series) -> Markdown:
    """Return target, realisation and result of an indicator in a year (a row of `achievements`), in a sentence."""
    values = {"label": row["label"], "year": through_word(row["period"])}
    if pd.isna(row["realisation"]):
        text = say("{label} {year}: {state}.", state=state_word(row["state"]), **values)
        if row["state"] == "no_data" and pd.notna(row["target"]):
            text += " " + say("Target {target}.", target=format_target(row))
        return sentences(text, row["reason"])
    decimals = decimals_apart(row["target"], row["realisation"])
    if pd.isna(row["target"]):
        realised = format_amount(row["realisation"], row["unit"], decimals)
        return say("{label} {year} sebesar {realisation}.", realisation=realised, **values)
    bare = format_value(row["realisation"], row["unit"], decimals)  # the unit stands at the target
    values |= {"realisation": bare + "%" * is_percent(row["unit"]), "target": format_target(row, MOST_DECIMALS)}
    if pd.isna(row["rating"]):
        return say("{label} {year}: {realisation}, target {target}; {state}.", state=state_word(row["state"]), **values)
    return say(
        "{label} {year} sebesar {realisation} dari target {target}: "
        "capaian **{achieved}**, {state}, predikat {rating}.",
        achieved=format_achievement(row["achievement_pct"]),
        state=state_word(row["state"]),
        rating=row["rating"],
        **values,
    )


def _cumulative(trend: pd.Series) -> Markdown:
    if pd.isna(trend["cumulative"]) or pd.isna(trend["cumulative_target"]) or trend["points"] < 2:
        return Markdown()
    if trend["total_target"] <= 0:  # of which nothing is a share
        return Markdown()
    return say(
        "Sejak awal masa target terkumpul {total} dari {target}, yaitu {share} dari jumlah target seluruh masa.",
        total=format_number(trend["cumulative"]),
        target=format_amount(trend["cumulative_target"], trend["unit"]),
        share=format_achievement(100 * trend["cumulative"] / trend["total_target"], 1),
    )


def describe_change(row: pd.Series, trend: pd.Series) -> Markdown:
    """Return how an indicator moved since the year before (a row of each frame), or why that cannot be told."""
    return _change(row, trend) or trend["reason"] or say("Belum ada yang dapat dibandingkan.")


def describe_toward(row: pd.Series, trend: pd.Series) -> Markdown:
    """Return where an indicator stands against its last target (a row of each frame)."""
    return sentences(_cumulative(trend), _pace(row, trend)) or trend["reason"]


def _change(row: pd.Series, trend: pd.Series) -> Markdown:
    if pd.isna(trend["change"]):
        return Markdown()
    change, unit = trend["change"], trend["unit"]
    decimals = decimals_apart(change, 0)
    before = format_amount(trend["previous"], unit, decimals_apart(trend["previous"], row["realisation"]))
    if is_percent(unit):
        size: str = say("{points} poin persen", points=format_number(abs(change), decimals))
    elif scale_of(unit):
        size = say("{count} tingkat", count=format_number(abs(change)))
    elif pd.isna(trend["change_pct"]):
        size = format_amount(abs(change), unit, decimals)
    else:
        size = format_percent(abs(trend["change_pct"]), decimals_apart(trend["change_pct"], 0))
    when = (
        str(row["year"] - 1)
        if row["period"] == str(row["year"])
        else say("masa yang sama {year}", year=row["year"] - 1)
    )
    values = {"size": size, "when": when, "before": before}
    if change == 0:
        return say("Tetap dari {when} ({before}).", **values)
    return (
        say("Naik {size} dari {when} ({before}).", **values)
        if change > 0
        else say("Turun {size} dari {when} ({before}).", **values)
    )


def _step(change: float) -> str:
    """Return a change a year with its verb: `naik 0,54`."""
    size = format_number(abs(change), decimals_apart(change, 0))
    return _("tetap") if change == 0 else _("naik {size}", size=size) if change > 0 else _("turun {size}", size=size)


def _pace(row: pd.Series, trend: pd.Series) -> Markdown:
    if pd.isna(row["target"]):
        return Markdown()
    verdict = verdict_word(trend["verdict"])
    if pd.isna(trend["pace"]):
        text = say("Kemajuan: {verdict}", verdict=verdict)
    else:
        text = say("Kemajuan menuju target akhir masa: {verdict}", verdict=verdict)
        text += " " + say(
            "(rata-rata {actual} setahun; yang masih diperlukan: {required} setahun)",
            actual=_step(trend["actual_per_year"]),
            required=_step(trend["required_per_year"]),
        )
    return sentences(text + ".", trend["reason"])
