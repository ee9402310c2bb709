"""Sentences of what moved between two results: `describe_*(...) -> Markdown`."""

import pandas as pd

from iku_analysis.analysis.achievement import count_results
from iku_analysis.analysis.differences import WHOLE_AGENCY, Results
from iku_analysis.display.markdown import Markdown, bold, bullets, paragraphs, say, sentences
from iku_analysis.display.narrative.year import describe_indicator
from iku_analysis.display.tables.differences import moved_pair
from iku_analysis.display.tables.year import DASH
from iku_analysis.display.words import change_word, moved_word
from iku_analysis.indonesian import format_percent
from iku_analysis.schema import MOVES


def describe_differences(old: Results, new: Results, changes: pd.DataFrame) -> Markdown:
    """Return what follows from frame `differences`: how much moved, the results and ratings that are others now."""
    counts = changes["kind"].value_counts()
    told = ", ".join(f"{counts[kind]} {change_word(kind)}" for kind in MOVES if kind in counts)
    said = [say("Jumlah perubahan: {counts}.", counts=told) if told else say("Tidak ada angka yang berubah.")]
    if old.illustrative or new.illustrative:
        said.insert(0, bold(say("DATA CONTOH: sedikitnya satu dari kedua hasil ini rekaan.")))
    of_agency = changes[changes["indicator_id"] == WHOLE_AGENCY]
    items = [_describe_result(old, new, year, rows) for year, rows in of_agency.groupby("year")]
    judged = changes[changes["what"].isin(["state", "rating"])]
    items += [_describe_judgement(rows) for _key, rows in judged.groupby(["indicator_id", "year"], sort=False)]
    return paragraphs(*said, bullets(items))


def _describe_result(old: Results, new: Results, year: int, rows: pd.DataFrame) -> Markdown:
    """Return the agency's result of a year, now and before."""
    was, became = _met_of_scored(old, year), _met_of_scored(new, year)
    values = {"year": year, "new": became or say("tidak ada lagi"), "old": was or say("belum ada")}
    text = say("**Hasil {year}:** indikator yang mencapai target sekarang {new}, sebelumnya {old}.", **values)
    if was == became:
        text = say("**Hasil {year}:** indikator yang mencapai target tetap {new}.", **values)
    for _place, row in rows[rows["what"] == "mean_capped_pct"].iterrows():
        before, now = (
            say("tidak dihitung")
            if pd.isna(row[side])
            else say(
                "{mean} (setiap indikator paling tinggi {cap})",
                mean=cell,
                cap=format_percent(each.judging.mean_cap_pct),
            )
            for side, cell, each in zip(("old", "new"), moved_pair(row), (old, new), strict=True)
        )
        text += " " + say("Rata-rata capaian sekarang {new}, sebelumnya {old}.", new=now, old=before)
    return text


def _met_of_scored(results: Results, year: int) -> Markdown:
    """Return `5 dari 6`, or nothing where the year was not judged at all."""
    if year not in set(results.achievements["year"]):
        return Markdown()
    counts = count_results(results.achievements, year, results.judging)
    if not counts["scored"]:
        return say("belum dapat dinilai")
    return say("{met} dari {scored} yang dapat dinilai", **counts)


def _describe_judgement(rows: pd.DataFrame) -> Markdown:
    """Return the state and the rating of an indicator in a year, now and before, where they are others."""
    first = rows.iloc[0]
    parts = []
    for _place, row in rows.iterrows():
        before, now = (say("tidak ada") if cell == DASH else cell for cell in moved_pair(row))
        parts.append(say("{what} sekarang {new}, sebelumnya {old}", what=moved_word(row["what"]), new=now, old=before))
    return sentences(first["label"], f"{first['year']}:", Markdown("; ").join(parts)) + "."


def describe_rewritten(old: Results, new: Results, years: list[int]) -> Markdown:
    """Return the sentence of each indicator in some years, before and now, where it says something else."""
    was, became = _sentences(old, years), _sentences(new, years)
    labels = {
        key: label
        for each in (old, new)
        for key, label in each.achievements.set_index(["indicator_id", "year"])["label"].items()
    }
    parts = []
    for key in dict.fromkeys([*was, *became]):
        before, now = was.get(key, say("belum ada")), became.get(key, say("tidak ada lagi"))
        if before != now:
            lines = (say("Sebelumnya: {text}", text=before), say("Sekarang: {text}", text=now))
            parts += [bold(f"{labels[key]} {key[1]}"), bullets(lines)]
    return paragraphs(say("Kalimat yang berubah:"), *parts) if parts else Markdown()


def _sentences(results: Results, years: list[int]) -> dict[tuple[str, int], Markdown]:
    rows = results.achievements[results.achievements["year"].isin(years)]
    return {
        (row.indicator_id, row.year): describe_indicator(
            results.achievements, results.trends, row.indicator_id, row.year
        )
        for row in rows.itertuples()
    }
