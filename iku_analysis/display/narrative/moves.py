"""Sentences of what moved between two results: `describe_*(...) -> Markdown`."""

import pandas as pd

from iku_analysis.analysis.achievement import count_results
from iku_analysis.analysis.changes import WHOLE_AGENCY, Results
from iku_analysis.display.narrative.year import describe_indicator, escape
from iku_analysis.display.tables.moves import moved_pair
from iku_analysis.display.tables.year import DASH
from iku_analysis.display.words import change_word, moved_word
from iku_analysis.indonesian import format_percent
from iku_analysis.language import _
from iku_analysis.schema import MOVES


def describe_moves(old: Results, new: Results, changes: pd.DataFrame) -> str:
    """Return what follows from frame `changes`: how much moved, the results and ratings that are others now."""
    counts = changes["kind"].value_counts()
    told = ", ".join(f"{counts[kind]} {change_word(kind)}" for kind in MOVES if kind in counts)
    paragraphs = [_("Jumlah perubahan: {counts}.", counts=told) if told else _("Tidak ada angka yang berubah.")]
    if old.illustrative or new.illustrative:
        paragraphs.insert(0, "**" + _("DATA CONTOH: sedikitnya satu dari kedua hasil ini rekaan.") + "**")
    of_agency = changes[changes["indicator_id"] == WHOLE_AGENCY]
    items = [_describe_result(old, new, year, rows) for year, rows in of_agency.groupby("year")]
    judged = changes[changes["what"].isin(["state", "rating"])]
    items += [_describe_judgement(rows) for _key, rows in judged.groupby(["indicator_id", "year"], sort=False)]
    return "\n\n".join([*paragraphs, "\n".join(f"- {item}" for item in items)]).strip()


def _describe_result(old: Results, new: Results, year: int, rows: pd.DataFrame) -> str:
    """Return the agency's result of a year, now and before."""
    was, became = _met_of_scored(old, year), _met_of_scored(new, year)
    values = {"year": year, "new": became or _("tidak ada lagi"), "old": was or _("belum ada")}
    text = _("**Hasil {year}:** indikator yang mencapai target sekarang {new}, sebelumnya {old}.", **values)
    if was == became:
        text = _("**Hasil {year}:** indikator yang mencapai target tetap {new}.", **values)
    for _place, row in rows[rows["what"] == "mean_capped_pct"].iterrows():
        before, now = (
            _("tidak dihitung") if pd.isna(row[side]) else _("{mean} (setiap indikator paling tinggi {cap})", mean=cell,
                                                            cap=format_percent(each.judging.mean_cap_pct))
            for side, cell, each in zip(("old", "new"), moved_pair(row), (old, new), strict=True)
        )  # fmt: skip
        text += " " + _("Rata-rata capaian sekarang {new}, sebelumnya {old}.", new=now, old=before)
    return text


def _met_of_scored(results: Results, year: int) -> str:
    """Return `5 dari 6`, or nothing where the year was not judged at all."""
    if year not in set(results.achievements["year"]):
        return ""
    return _("{met} dari {scored} yang dapat dinilai", **count_results(results.achievements, year, results.judging))


def _describe_judgement(rows: pd.DataFrame) -> str:
    """Return the state and the rating of an indicator in a year, now and before, where they are others."""
    first = rows.iloc[0]
    parts = []
    for _place, row in rows.iterrows():
        before, now = (_("tidak ada") if cell == DASH else escape(cell) for cell in moved_pair(row))
        parts.append(_("{what} sekarang {new}, sebelumnya {old}", what=moved_word(row["what"]), new=now, old=before))
    return f"{escape(first['label'])} {first['year']}: {'; '.join(parts)}."


def describe_rewritten(old: Results, new: Results, years: list[int]) -> str:
    """Return the sentence of each indicator in some years, before and now, where it says something else."""
    was, became = _sentences(old, years), _sentences(new, years)
    labels = {
        key: label
        for each in (old, new)
        for key, label in each.achievements.set_index(["indicator_id", "year"])["label"].items()
    }
    parts = []
    for key in dict.fromkeys([*was, *became]):
        before, now = was.get(key, _("belum ada")), became.get(key, _("tidak ada lagi"))
        if before != now:
            lines = (_("Sebelumnya: {text}", text=before), _("Sekarang: {text}", text=now))
            parts.append(f"**{escape(labels[key])} {key[1]}**\n\n" + "\n".join(f"- {line}" for line in lines))
    return "\n\n".join([_("Kalimat yang berubah:"), *parts]) if parts else ""


def _sentences(results: Results, years: list[int]) -> dict[tuple[str, int], str]:
    rows = results.achievements[results.achievements["year"].isin(years)]
    return {
        (row.indicator_id, row.year): describe_indicator(
            results.achievements, results.trends, row.indicator_id, row.year
        )
        for row in rows.itertuples()
    }


def describe_decree_changes(changes: pd.DataFrame, *, old: str, new: str) -> str:
    """Return what changed from one decree to another, one line each (frame of `compare_decrees`); plain text."""
    lines = [_("Perubahan dari {old} ke {new}: {count}", old=old, new=new, count=len(changes))]
    lines += [
        f"  {row.indicator_id}, {row.what}: {row.old or DASH} -> {row.new or DASH}" for row in changes.itertuples()
    ]
    return "\n".join(lines)
