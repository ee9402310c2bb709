"""The words of the four papers: covers, what people wrote, what they still have to write, what the money did.

What is not known is never made up: in its place stands a block "perlu diisi" that says where to write it.
"""

from typing import Any

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.notes import note_text
from iku_analysis.display.markdown import Markdown, as_written, bold, bullets, escape, paragraphs, say, sentences
from iku_analysis.display.words import section_word, span_word, through_word
from iku_analysis.indonesian import (
    decimals_apart,
    format_achievement,
    format_amount,
    format_date,
    format_number,
    format_percent,
    is_percent,
    parse_report_date,
)

FILES = {"quarter_targets": "targets/", "budget": "budget/", "realisation": "realisations/"}


def describe_paper(agency: Agency, year: int, *, paper: str, report_date: str, quarter: int = 4) -> Markdown:
    """Return the title of a paper, whose it is, its date, and what it is not.

    `paper` is `report`, `agreement`, `plan` or `evaluation`.
    """
    through = span_word(year, quarter)
    title = {
        "report": say("Laporan Kinerja {through}", through=through),
        "agreement": say("Perjanjian Kinerja {through}", through=through),
        "plan": say("Rencana Kerja {through}", through=through),
        "evaluation": say("Evaluasi Kinerja {through}", through=through),
    }[paper]
    day = parse_report_date(report_date)
    lines = [
        Markdown("# ") + title,
        bold(agency.policy.agency),
        say("Tanggal: {day}.", day=format_date(day)) if day else say("Tanggal: belum diisi."),
        say(
            "Hitungan internal dari berkas yang tercantum di bagian akhir; bukan pernyataan resmi sampai "
            "diperiksa dan ditandatangani."
        ),
    ]
    if agency.policy.illustrative:
        lines.insert(1, bold(say("DATA CONTOH: semua isinya rekaan, kecuali keputusan dan targetnya.")))
    return paragraphs(*lines)


def describe_open(agency: Agency, sections: pd.DataFrame) -> Markdown:
    """Return what people still have to write or set (frame of `open_sections`), one line a subject."""
    if sections.empty:
        return say("Tidak ada: semua bagian sudah terisi.")
    lines = []
    for (indicator_id, year), rows in sections.groupby(["indicator_id", "year"], sort=False):
        words = ", ".join(section_word(section) for section in rows["section"])
        lines.append(bold(_subject(agency, str(indicator_id), int(year))) + f", {year}: {words}")
    return bullets(lines)


def _subject(agency: Agency, indicator_id: str, year: int) -> Markdown:
    if not indicator_id:
        return say("Seluruh instansi")
    indicator = agency.indicator(indicator_id, year)
    return escape(f"IKU {indicator['number']} {indicator['label']}")


def describe_gaps(agency: Agency, sections: pd.DataFrame, *, section: str) -> Markdown | None:
    """Return the blocks of one missing section (frame of `open_sections`), or None where nothing of it is missing."""
    missing = sections[sections["section"] == section]
    if missing.empty:
        return None
    subjects = Markdown(", ").join(_subject(agency, row.indicator_id, row.year) for row in missing.itertuples())
    return todo(int(missing["year"].iloc[0]), section) + ": " + subjects


def describe_note(agency: Agency, year: int, *, section: str, indicator_id: str = "") -> Markdown:
    """Return what people wrote in a section of notes/YEAR.md, or the block that says where to write it."""
    text = note_text(agency, year, indicator_id, section)
    return as_written(text) if text else todo(year, section, indicator_id)


def todo(year: int, section: str, indicator_id: str = "") -> Markdown:
    """Return the visible block for what is missing, and where it is to be written."""
    place = FILES.get(section) or say(
        "notes/{year}.md, di bawah # {subject}, ## {heading}",
        year=year,
        subject=indicator_id or say("umum"),
        heading=section_word(section),
    )
    return Markdown("> ") + say("**perlu diisi: {what}** ({place})", what=section_word(section), place=place)


def describe_account(agency: Agency, money: pd.DataFrame, indicator_id: str, year: int) -> Markdown:
    """Return points 4 to 7 of an indicator's account: standard, causes and solutions, efficiency, programmes.

    `money` is the frame of `budget.by_indicator`.
    """
    targets = agency.targets[(agency.targets["indicator_id"] == indicator_id) & (agency.targets["year"] == year)]
    if not targets["targeted"].any():
        return say("Tidak ditargetkan pada {year}: tidak ada yang dipertanggungjawabkan.", year=year)
    parts = [
        say("**4. Standar nasional.**"),
        describe_note(agency, year, section="standard", indicator_id=indicator_id),
        say("**5. Sebab, hambatan dan solusi.**"),
    ]
    for section in ("causes", "obstacles", "solutions"):
        text = note_text(agency, year, indicator_id, section)
        if text:
            parts.append(sentences(Markdown("*") + section_word(section) + Markdown(".*"), as_written(text)))
        elif section != "obstacles":  # there need not be any
            parts.append(todo(year, section, indicator_id))
    parts.append(say("**6. Efisiensi penggunaan sumber daya.**"))
    parts.append(_efficiency(money[money["indicator_id"] == indicator_id].iloc[0], year))
    parts.append(say("**7. Program yang menunjang atau menghambat.**"))
    parts.append(describe_note(agency, year, section="programmes", indicator_id=indicator_id))
    return paragraphs(*parts)


def _efficiency(row: pd.Series, year: int) -> Markdown:
    if pd.isna(row["budget"]):
        return todo(year, "budget")
    if pd.isna(row["efficiency"]):
        return say("Efisiensi belum dapat dihitung. {reason}", reason=row["reason"])
    return say(
        "Anggaran {budget} rupiah terserap {absorbed}; capaian {achieved}. Efisiensi = capaian / serapan = "
        "**{efficiency}** (di atas 1: bagian rencana yang dicapai lebih besar daripada bagian anggaran yang terserap).",
        budget=format_number(row["budget"]),
        absorbed=format_percent(row["absorbed_pct"]),
        achieved=format_achievement(row["achievement_pct"]),
        efficiency=format_number(row["efficiency"]),
    )


def describe_next_steps(agency: Agency, year: int) -> Markdown:
    """Return the next steps of the agency and of each targeted indicator, or the blocks to fill in."""
    targets = agency.targets[(agency.targets["year"] == year) & agency.targets["targeted"]]
    parts = [describe_note(agency, year, section="next_steps")]
    for indicator_id in agency.decree(year).indicators["indicator_id"]:
        if indicator_id in set(targets["indicator_id"]):
            subject = _subject(agency, indicator_id, year)
            parts += [bold(subject), describe_note(agency, year, section="next_steps", indicator_id=indicator_id)]
    return paragraphs(*parts)


def describe_promise(agency: Agency, year: int) -> Markdown:
    """Return the statement of the performance agreement."""
    decree = agency.decree(year)
    return say(
        "Pihak pertama berjanji mewujudkan target kinerja {year} yang tercantum dalam lampiran, sesuai dengan "
        "indikator kinerja utama menurut Keputusan {number}; berhasil atau tidaknya menjadi tanggung jawab pihak "
        "pertama. Pihak kedua memantau dan menilai pelaksanaannya dan mengambil tindakan yang diperlukan.\n\n"
        "*Kalimat baku instansi, bila ada, menggantikan kalimat ini.*",
        year=year,
        number=decree.number,
    )


def describe_plan(plan: pd.DataFrame) -> Markdown:
    """Return what each targeted indicator must do in the year (frame of `compute_plan`), one line each."""
    lines = [_plan_line(row) for row in plan[plan["target"].notna()].itertuples()]
    return bullets(lines)


def _plan_line(row: Any) -> Markdown:
    target, unit = format_amount(row.target, row.unit), row.unit
    label, reason = row.label, row.reason
    if pd.isna(row.baseline):
        return say("**{label}**: target {target}. {reason}", label=label, target=target, reason=reason)
    change = format_number(abs(row.needed), decimals_apart(row.needed, 0))
    change = say("{points} poin persen", points=change) if is_percent(unit) else change
    values = {
        "label": label,
        "baseline": format_amount(row.baseline, unit, decimals_apart(row.baseline, row.target)),
        "since": int(row.baseline_year),
        "target": target,
        "change": change,
    }
    asked: str = row.asked
    if asked == "keep":
        text = say("**{label}**: {baseline} pada {since} sudah memenuhi target {target}; pertahankan.", **values)
    elif asked == "rise":
        text = say("**{label}**: dari {baseline} pada {since} ke target {target}, naik {change}.", **values)
    else:
        text = say("**{label}**: dari {baseline} pada {since} ke target {target}, turun {change}.", **values)
    return sentences(text, reason)


def describe_shares(achievements: pd.DataFrame, shares: pd.DataFrame, year: int) -> Markdown:
    """Return the shares of met, missed and unjudged indicators in words (frame of `shares`)."""
    through = through_word(achievements.loc[achievements["year"] == year, "period"].iloc[0])
    counts = shares.set_index("result")["count"]
    targeted = counts["met"] + counts["missed"] + counts["not_judged"]
    if not targeted:
        return say("Tidak ada indikator yang ditargetkan.")
    pct = shares.set_index("result")["pct"]
    return say(
        "{through}: dari {targeted} indikator yang ditargetkan, **{met} tercapai ({met_pct})**, {missed} tidak "
        "({missed_pct}), {open} belum dapat dinilai ({open_pct}).",
        through=through,
        targeted=targeted,
        met=counts["met"],
        met_pct=format_percent(pct["met"], 1),
        missed=counts["missed"],
        missed_pct=format_percent(pct["missed"], 1),
        open=counts["not_judged"],
        open_pct=format_percent(pct["not_judged"], 1),
    )


def describe_flips(agency: Agency, scales: pd.DataFrame) -> Markdown:
    """Return which ratings depend on the scale (frame of `compare_scales`), and where the scales come from."""
    sources = [bold(scale.name) + f": {scale.source}." for scale in agency.policy.scales]
    flipped = scales[scales["flips"]]
    if len(agency.policy.scales) == 1:
        text = say("Hanya satu skala yang dinyatakan di policy.toml.")
    elif scales["achievement_pct"].isna().all():
        text = say("Belum ada indikator yang dapat dinilai.")
    elif flipped.empty:
        text = say("Predikat semua indikator sama menurut setiap skala.")
    else:
        names = ", ".join(f"{row.number}. {row.label}" for row in flipped.itertuples())
        text = say("**Predikat bergantung pada skala untuk: {names}.**", names=names)
    return paragraphs(text, bullets(sources))


def describe_plan_method() -> Markdown:
    """Return how the plan was computed."""
    items = [
        say("Kondisi awal adalah realisasi terakhir sebelum tahun rencana yang artinya sama menurut keputusan."),
        say(
            "Perubahan yang diperlukan = target dikurangi kondisi awal; dalam persen kondisi awal, kecuali untuk "
            "persentase."
        ),
        say(
            "Sisa dari jumlah semua target = jumlah target keputusan dikurangi yang sudah dicapai pada tahun-tahun "
            "bertarget; hanya untuk angka yang dijumlahkan. Angka negatif berarti jumlah itu sudah terlampaui."
        ),
        say(
            "Angka triwulan diambil dari folder targets. Bila belum ditetapkan, target yang dijumlahkan dibagi menurut "
            "pola tahun-tahun sebelumnya, atau rata bila belum ada pola; pembagian itu bukan ketetapan."
        ),
    ]
    return bullets(items)
