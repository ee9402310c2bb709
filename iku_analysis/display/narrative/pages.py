"""The page of each indicator of a report. Every number stands in a frame; nothing is guessed."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.notes import note_text
from iku_analysis.display.layout import Columns, Head, Numerals
from iku_analysis.display.markdown import Markdown, as_written, bold, paragraphs, say, sentences
from iku_analysis.display.narrative.papers import describe_efficiency, describe_note, todo
from iku_analysis.display.narrative.summary import unjudged
from iku_analysis.display.narrative.year import describe_change, describe_row, describe_toward
from iku_analysis.display.words import SYMBOLS, holder_words, kpi_word, section_word, state_word, through_word
from iku_analysis.indonesian import (
    MOST_DECIMALS,
    decimals_apart,
    format_compact,
    format_percent,
    format_signed,
    format_target,
    format_unit,
    format_value,
    is_percent,
    scale_of,
)
from iku_analysis.language import _

LARGE = 1_000_000  # from here on a numeral is written as millions: the table has all digits


def describe_result_of(achievements: pd.DataFrame, indicator_id: str, year: int) -> Markdown:
    """Return point 1 of an indicator's account: target and realisation of the year, and what to check of them."""
    row = achievements[(achievements["indicator_id"] == indicator_id) & (achievements["year"] == year)].iloc[0]
    return paragraphs(
        Markdown("##### ") + say("1. Target dan realisasi tahun ini"),
        sentences(describe_row(row), *([] if pd.isna(row["realisation"]) else [row["reason"], row["caution"]])),
    )


def head_of_indicator(agency: Agency, achievements: pd.DataFrame, indicator_id: str, year: int) -> Head:
    """Return the heading of an indicator's page: objective and number above, its name, its result beside."""
    indicators = agency.decree(year).indicators
    indicator = agency.indicator(indicator_id, year)
    objective = list(dict.fromkeys(indicators["objective"])).index(indicator["objective"]) + 1
    state = achievements.loc[
        (achievements["indicator_id"] == indicator_id) & (achievements["year"] == year), "state"
    ].iloc[0]
    word = state_word(state)
    return Head(
        above=_("Sasaran {objective} · IKU {number}", objective=objective, number=indicator["number"]),
        text=indicator["label"],
        status=f"{SYMBOLS[state]} {word[0].upper()}{word[1:]}",
    )


def numerals_of_indicator(achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str, year: int) -> Numerals:
    """Return the numbers of an indicator that was judged in a year: realisation, target, gap, change."""
    row, trend = (
        each[(each["indicator_id"] == indicator_id) & (each["year"] == year)].iloc[0] for each in (achievements, trends)
    )
    unit = row["unit"]
    decimals = decimals_apart(row["target"], row["realisation"])
    kind = "" if is_percent(unit) else format_unit(unit) + ", "
    provisional = ", " + _("sementara") if row["status"] == "sementara" else ""
    items = [
        (
            _numeral(row["realisation"], unit, decimals),
            kind + _("realisasi {year}", year=through_word(row["period"])) + provisional,
        )
    ]
    if pd.notna(row["target"]):
        large = abs(row["target"]) >= LARGE
        target = _numeral(row["target"], unit, MOST_DECIMALS) if large else format_target(row, MOST_DECIMALS, bare=True)
        items.append((target + "%" * (is_percent(unit) and not large), kind + _("target")))
        side = (
            _("tepat pada target")
            if row["gap"] == 0
            else _("di atas target")
            if row["gap"] > 0
            else _("kurang dari target")
        )
        items.append((_moved(row["gap"], unit, decimals), side))
    if pd.notna(trend["change"]):
        values = {"year": year - 1, "before": _numeral(trend["previous"], unit, 2)}
        told = (
            _("sama dengan {year}", **values)
            if trend["change"] == 0
            else _("naik dari {year} ({before})", **values)
            if trend["change"] > 0
            else _("turun dari {year} ({before})", **values)
        )
        items.append((_moved(trend["change"], unit, 2), told))
    return Numerals(tuple(items))


def _numeral(value: float, unit: str, decimals: int) -> str:
    if is_percent(unit):
        return format_percent(value, decimals)
    return format_compact(value) if abs(value) >= LARGE else format_value(value, unit, decimals)


def _moved(value: float, unit: str, decimals: int) -> str:
    if scale_of(unit):
        return _("{count} tingkat", count=format_signed(value, decimals))
    if is_percent(unit):
        return _("{points} poin", points=format_signed(value, decimals))
    if abs(value) < LARGE:
        return format_signed(value, decimals)
    return ("+" if value > 0 else "") + format_compact(value).replace("-", "\N{MINUS SIGN}")


def describe_account(
    agency: Agency,
    achievements: pd.DataFrame,
    trends: pd.DataFrame,
    indicator_id: str,
    year: int,
    *,
    budget: pd.DataFrame,
) -> Columns:
    """Return points 2 to 7 of an indicator's account side by side (outline of PermenPANRB 53/2014).

    `budget` is the frame of `budget.by_indicator`.
    """
    row, trend = (
        each[(each["indicator_id"] == indicator_id) & (each["year"] == year)].iloc[0] for each in (achievements, trends)
    )
    causes = _written(agency, indicator_id, year)
    causes += [todo(each) for each in ("causes", "solutions") if not note_text(agency, year, indicator_id, each)]
    own = budget[budget["indicator_id"] == indicator_id].iloc[0]
    points = {
        say("2. Dibandingkan dengan tahun-tahun sebelumnya"): describe_change(row, trend),
        say("3. Terhadap target akhir masa"): describe_toward(row, trend),
        say("4. Standar nasional"): describe_note(agency, year, section="standard", indicator_id=indicator_id),
        say("5. Sebab, hambatan dan solusi"): paragraphs(*causes),
        say("6. Efisiensi penggunaan sumber daya"): describe_efficiency(own),
        say("7. Program yang menunjang atau menghambat"): describe_note(
            agency, year, section="programmes", indicator_id=indicator_id
        ),
    }
    return Columns(tuple(paragraphs(Markdown("##### ") + name, text) for name, text in points.items()))


def _written(agency: Agency, indicator_id: str, year: int) -> list[Markdown]:
    texts = ((each, note_text(agency, year, indicator_id, each)) for each in ("causes", "obstacles", "solutions"))
    return [sentences(bold(section_word(each) + "."), as_written(text)) for each, text in texts if text]


def describe_unjudged(agency: Agency, achievements: pd.DataFrame, year: int) -> Markdown | None:
    """Return the targeted indicators of a year that cannot be judged: target, why, who holds the data; None if none."""
    of_year = unjudged(achievements, year)
    if of_year.empty:
        return None
    parts = [Markdown("#### ") + say("Belum dapat dinilai")]
    for _index, row in of_year.iterrows():
        holder = holder_words(agency.indicator(row["indicator_id"], year)["holder"], "")
        name = bold(f"{kpi_word(row['number'])}. {row['label']}.")
        parts += [sentences(name, describe_row(row), say("Pemegang data: {holder}.", holder=holder))]
        parts += _written(agency, row["indicator_id"], year)
    return paragraphs(*parts)


def describe_meaning(agency: Agency, indicator_id: str, year: int) -> Markdown:
    """Return what an indicator counts: the decree's definition, and since when it means something else."""
    indicator = agency.indicator(indicator_id, year)
    breaks = agency.breaks[agency.breaks["indicator_id"] == indicator_id]
    definition = str(indicator["definition"]).rstrip(".")
    return sentences(
        say("*Definisi operasional: {definition}.*", definition=definition)
        if definition
        else say("*Keputusan tidak memuat definisi operasionalnya.*"),
        *(say("*Definisinya berubah, {note}.*", note=str(note).rstrip(".")) for note in breaks["note"]),
    )
