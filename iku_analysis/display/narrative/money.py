"""What the money did, in words."""

import pandas as pd

from iku_analysis.display.markdown import Markdown, bullets, say
from iku_analysis.display.narrative.papers import todo
from iku_analysis.display.words import span_word
from iku_analysis.indonesian import format_number, format_percent


def describe_budget(total: pd.Series, year: int, *, quarter: int = 4) -> Markdown:
    """Return the money of all programmes to the end of a quarter in words (`budget.total`)."""
    if pd.isna(total["budget"]):
        return todo("budget")
    text = say(
        "Anggaran seluruh program {year}: {budget} rupiah.",
        year=span_word(year, quarter),
        budget=format_number(total["budget"]),
    )
    if pd.notna(total["absorbed_pct"]):
        return (
            text
            + " "
            + say(
                "Terserap {realised} rupiah, yaitu {absorbed}.",
                realised=format_number(total["realised"]),
                absorbed=format_percent(total["absorbed_pct"]),
            )
        )
    known = format_number(total["realised_known"])
    return (
        text
        + " "
        + say(
            "Realisasinya belum lengkap; yang diketahui {known} rupiah. {reason}",
            known=known,
            reason=total["reason"],
        )
    )


def describe_untied(without: pd.DataFrame, programmes: pd.DataFrame, year: int) -> Markdown:
    """Return indicators without money and money without an indicator.

    Frames of `budget.without` and `budget.by_programme`.
    """
    lines = [
        say("**IKU {number} {label}** belum punya anggaran.", number=row.number, label=str(row.label))
        for row in without.itertuples()
    ]
    lines += [
        say(
            "**{programme}**: {budget} rupiah tidak terkait indikator mana pun.",
            programme=str(row.programme),
            budget=format_number(float(str(row.untied))),
        )
        for row in programmes[programmes["untied"] > 0].itertuples()
    ]
    if not lines and programmes.empty:
        return say("Tidak ada indikator yang ditargetkan dan tidak ada anggaran ({year}).", year=year)
    if not lines:
        return say("Setiap indikator punya anggaran, dan setiap anggaran terkait indikator ({year}).", year=year)
    return bullets(lines)
