"""The report of a year of which nothing can be judged, as a letter: what is asked, known, missing, and of whom."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.missing import unscored
from iku_analysis.display.markdown import Markdown, bold, bullets, say, sentences
from iku_analysis.display.narrative.summary import unjudged
from iku_analysis.display.words import basis_word, kpi_word, section_word, source_words
from iku_analysis.indonesian import format_amount, format_date, format_period, parse_report_date
from iku_analysis.language import _


def describe_letter(agency: Agency, year: int, *, report_date: str) -> Markdown:
    """Return the opening of the letter: place and date, its decree, and why it is no full report."""
    day, place = parse_report_date(report_date), agency.identity.place
    when = format_date(day) if day else _("tanggal belum diisi")
    return sentences(
        bold(f"{place}, {when}." if place else f"{when[0].upper()}{when[1:]}."),
        say("Disusun menurut Keputusan Nomor {number}.", number=agency.decree(year).number),
        say(
            "Laporan ini berupa surat karena belum ada realisasi yang dapat dinilai; laporan lengkap dibuat dengan "
            "perintah yang sama setelah angkanya masuk."
        ),
        say("Hitungan internal; bukan pernyataan resmi sampai diperiksa dan ditandatangani."),
    )


def describe_known(agency: Agency, year: int) -> Markdown:
    """Return what is known and not judged: the last such figures of each indicator, and how many series stand beside.

    Figures that publications contradict each other about stand side by side.
    """
    rows = unscored(agency, year)
    lines = [_known_line(agency, str(each), of_one) for each, of_one in rows.groupby("indicator_id", sort=False)]
    context = agency.context.drop_duplicates(["indicator_id", "series"])
    if len(context):
        numbers = sorted({int(_latest(agency, str(each))["number"]) for each in context["indicator_id"]})
        lines.append(
            say(
                "Publikasi memuat {count} deret lain di sekitar {subjects}: konteks, tidak pernah dinilai.",
                count=len(context),
                subjects=kpi_word(", ".join(map(str, numbers))),
            )
        )
    return bullets(lines) if lines else say("Belum ada angka lain yang terbaca.")


def _latest(agency: Agency, indicator_id: str) -> pd.Series:
    return agency.indicators[agency.indicators["indicator_id"] == indicator_id].iloc[-1]


def _known_line(agency: Agency, indicator_id: str, rows: pd.DataFrame) -> Markdown:
    indicator = _latest(agency, indicator_id)
    last = rows[rows["period"] == rows["period"].max()]
    earlier = len(rows) - len(last)
    return sentences(
        bold(f"{kpi_word(indicator['number'])}. {indicator['label']}."),
        *(
            say(
                "{period}: {value} ({basis}; {source}).",
                period=format_period(row["period"]),
                value=format_amount(row["value"], indicator["unit"]),
                basis=basis_word(row["basis"]),
                source=source_words(row["source"]),
            )
            for _index, row in last.iterrows()
        ),
        say("Sebelumnya {count} angka yang juga tidak dinilai.", count=earlier) if earlier else "",
    )


def describe_requests(agency: Agency, achievements: pd.DataFrame, sections: pd.DataFrame, year: int) -> Markdown:
    """Return what is asked of whom, a line a holder, then what the agency itself writes (frame of `open_sections`)."""
    asked: dict[str, list[str]] = {}
    for _index, row in unjudged(achievements, year).iterrows():
        asked.setdefault(str(agency.indicator(row["indicator_id"], year)["holder"]), []).append(str(row["number"]))
    lines = [
        say(
            "**{holder}**: realisasi {year} untuk {subjects}.",
            holder=holder[:1].upper() + holder[1:],
            year=year,
            subjects=kpi_word(numbers),
        )
        for holder, numbers in ((holder, ", ".join(each)) for holder, each in asked.items())
    ]
    written = [section for section in dict.fromkeys(sections["section"]) if section != "realisation"]
    if written:
        names = ", ".join(map(section_word, written))
        lines.append(say("**{agency}**: {names}.", agency=agency.policy.agency, names=names))
    return bullets(lines)
