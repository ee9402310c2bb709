"""The page read in a minute: the year in two sentences, its numbers, what to decide, what is not known."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import AgencyResult
from iku_analysis.analysis.notes import note_text
from iku_analysis.display.layout import Columns, Numerals
from iku_analysis.display.markdown import Markdown, bold, bullets, escape, paragraphs, say, sentences
from iku_analysis.display.words import gap_words, kpi_word, section_word, through_word, where_lost
from iku_analysis.indonesian import (
    MOST_DECIMALS,
    decimals_apart,
    format_percent,
    format_target,
    format_value,
    is_percent,
    money,
)
from iku_analysis.language import _

MOST_NAMED = 3


def describe_verdict(achievements: pd.DataFrame, result: AgencyResult) -> Markdown:
    """Return the year in two sentences: how many targets were met, and which were missed, by how much."""
    through = through_word(result.period)
    if not result.targeted:
        return say("**Tidak ada target untuk {year}.**", year=through)
    if not result.scored:
        return say("**Belum satu pun dari {count} target {year} dapat dinilai.**", count=result.targeted, year=through)
    values = {"met": _counted(result.met), "count": _counted(result.targeted).lower(), "year": through}
    if result.met == result.targeted:
        text = say("**Semua target {year} tercapai ({count}).**", count=result.met, year=through)
    elif not result.met:
        text = say("**Tidak satu pun dari {count} target {year} tercapai.**", **values)
    else:
        text = say("**{met} dari {count} target {year} tercapai.**", **values)
    missed = _of_year(achievements, result, "missed")
    missed = missed.sort_values("achievement_pct", na_position="first", kind="stable")
    told = [f"{row['label']} {_against(row)}" for _index, row in missed.head(MOST_NAMED).iterrows()]
    if rest := len(missed) - len(told):
        told.append(_("{count} lainnya", count=rest))
    if told:
        text += " " + say("Tidak tercapai: {names}.", names="; ".join(told))
    judged = achievements[(achievements["year"] == result.year) & achievements["indicator_id"].isin(result.judged)]
    if provisional := int((judged["status"] == "sementara").sum()):
        text += " " + say("Memakai angka sementara: {count} indikator.", count=provisional)
    return text + _unknown(achievements, result)


def _of_year(achievements: pd.DataFrame, result: AgencyResult, state: str) -> pd.DataFrame:
    rows = achievements[(achievements["year"] == result.year) & (achievements["state"] == state)]
    return rows[rows["target"].notna()]


def _unknown(achievements: pd.DataFrame, result: AgencyResult) -> Markdown:
    unknown = list(_of_year(achievements, result, "no_data")["label"])
    if not unknown:
        return Markdown()
    names = "; ".join(unknown[:MOST_NAMED]) + (
        "; " + _("{count} lainnya", count=len(unknown) - MOST_NAMED) if len(unknown) > MOST_NAMED else ""
    )
    return Markdown(" ") + say("Belum dapat dinilai: {names}.", names=names)


def _counted(number: int) -> str:
    """Return a small number as a word that begins a sentence, another one in digits."""
    words = _("Nol Satu Dua Tiga Empat Lima Enam Tujuh Delapan Sembilan Sepuluh").split()
    return words[number] if number < len(words) else str(number)


def _against(row: pd.Series) -> str:
    decimals = decimals_apart(row["target"], row["realisation"])
    return _(
        "{realisation} dari target {target} ({gap})",
        realisation=format_value(row["realisation"], row["unit"], decimals) + "%" * is_percent(row["unit"]),
        target=format_target(row, MOST_DECIMALS),
        gap=gap_words(row),
    )


def numerals_of_year(result: AgencyResult, total: pd.Series) -> Numerals:
    """Return the numbers of a year: targets met, mean achievement, money absorbed (`budget.total`)."""
    items = [
        (_("{met} dari {count}", met=result.met, count=result.targeted), _("target tercapai"))
        if result.scored
        else (_("0 dari {count}", count=result.targeted), _("target dapat dinilai"))
    ]
    if result.mean_capped_pct is not None:
        cap = format_percent(result.cap_pct)
        items.append(
            (
                format_percent(result.mean_capped_pct),
                _("rata-rata capaian, setiap indikator paling tinggi {cap}", cap=cap),
            )
        )
    if pd.notna(total["absorbed_pct"]):
        spent = _(
            "anggaran terserap: {realised} dari {budget}",
            realised=money(total["realised"]),
            budget=money(total["budget"]),
        )
        items.append((format_percent(total["absorbed_pct"]), spent))
    elif pd.notna(total["budget"]):
        items.append((money(total["budget"]), _("anggaran; realisasinya belum lengkap")))
    return Numerals(tuple(items))


def describe_untargeted(achievements: pd.DataFrame, year: int) -> Markdown | None:
    """Return which indicators have no target in a year; None where all have one."""
    of_year = achievements[(achievements["year"] == year) & achievements["target"].isna()]
    if of_year.empty:
        return None
    names = "; ".join(f"{kpi_word(row.number)} ({row.label})" for row in of_year.itertuples())
    return say(
        "*Tanpa target pada {year}, tidak dinilai: {names}.*", year=through_word(of_year["period"].iloc[0]), names=names
    )


def columns_of_year(agency: Agency, achievements: pd.DataFrame, sections: pd.DataFrame, year: int) -> Columns:
    """Return what has to be decided, and what is not known (frame of `open_sections`), side by side."""
    return Columns(
        (
            paragraphs(Markdown("### ") + say("Yang perlu diputuskan"), _to_decide(agency, achievements, year)),
            paragraphs(Markdown("### ") + say("Yang belum diketahui"), _not_known(agency, sections)),
        )
    )


def _to_decide(agency: Agency, achievements: pd.DataFrame, year: int) -> Markdown:
    of_year = achievements[(achievements["year"] == year) & (achievements["state"] == "missed")]
    lines = []
    for _index, row in of_year.sort_values("achievement_pct", na_position="first").iterrows():
        steps = note_text(agency, year, row["indicator_id"], "next_steps")
        where = where_lost(agency, row["indicator_id"], year)
        lines.append(sentences(bold(f"{row['label']}:"), where, steps or say("Langkah berikutnya belum ditulis.")))
    if own := note_text(agency, year, "", "next_steps"):
        lines.append(escape(own))
    if unknown := ", ".join(map(str, unjudged(achievements, year)["number"])):
        lines.append(say("Minta angka yang belum ada kepada pemegangnya: IKU {numbers}.", numbers=unknown))
    return bullets(lines) if lines else say("Tidak ada target yang luput, dan belum ada langkah yang ditulis.")


def unjudged(achievements: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the rows of the targeted indicators of a year that cannot be judged."""
    rows = achievements[(achievements["year"] == year) & (achievements["state"] == "no_data")]
    return rows[rows["target"].notna()]


def _not_known(agency: Agency, sections: pd.DataFrame) -> Markdown:
    if sections.empty:
        return say("Tidak ada: semua bagian sudah terisi.")
    lines = []
    for (section, year), rows in sections.groupby(["section", "year"], sort=False):
        numbers = [str(agency.indicator(each, int(year))["number"]) for each in rows["indicator_id"] if each]
        subject = kpi_word(", ".join(numbers)) if numbers else _("seluruh instansi")
        lines.append(
            say("{section} {year}: {subject}.", section=section_word(str(section)), year=year, subject=subject)
        )
    return bullets(lines)
