"""The words of the four papers: covers, what people wrote, what they still have to write, what the money did.

What is not known is never made up: in its place stands a block "perlu diisi" that says where to write it.
"""

import pandas as pd

from iku_analysis.analysis.notes import note_text
from iku_analysis.display.narrative.year import escape
from iku_analysis.display.words import section_word, span_word, through_word
from iku_analysis.indonesian import (
    format_amount,
    format_date,
    format_number,
    format_percent,
    format_signed,
    is_percent,
    parse_report_date,
)
from iku_analysis.language import _
from iku_analysis.sources.agency import Agency

FILES = {"quarter_targets": "targets/", "budget": "budget/", "realisation": "realisations/"}


def describe_paper(agency: Agency, paper: str, year: int, report_date: str, *, quarter: int = 4) -> str:
    """Return the title of a paper, whose it is, its date, and what it is not.

    `paper` is `report`, `agreement`, `plan` or `evaluation`.
    """
    through = span_word(year, quarter)
    title = {
        "report": _("Laporan Kinerja {through}", through=through),
        "agreement": _("Perjanjian Kinerja {through}", through=through),
        "plan": _("Rencana Kerja {through}", through=through),
        "evaluation": _("Evaluasi Kinerja {through}", through=through),
    }[paper]
    day = parse_report_date(report_date)
    lines = [
        f"# {title}",
        f"**{escape(agency.policy.agency)}**",
        _("Tanggal: {day}.", day=format_date(day)) if day else _("Tanggal: belum diisi."),
        _(
            "Hitungan internal dari berkas yang tercantum di bagian akhir; bukan pernyataan resmi sampai "
            "diperiksa dan ditandatangani."
        ),
    ]
    if agency.policy.illustrative:
        lines.insert(1, "**" + _("DATA CONTOH: semua isinya rekaan, kecuali keputusan dan targetnya.") + "**")
    return "\n\n".join(lines)


def describe_open(agency: Agency, sections: pd.DataFrame) -> str:
    """Return what people still have to write or set (frame of `open_sections`), one line a subject."""
    if sections.empty:
        return _("Tidak ada: semua bagian sudah terisi.")
    lines = []
    for (indicator_id, year), rows in sections.groupby(["indicator_id", "year"], sort=False):
        words = ", ".join(section_word(section) for section in rows["section"])
        lines.append(f"- **{_subject(agency, str(indicator_id), int(year))}**, {year}: {words}")
    return "\n".join(lines)


def _subject(agency: Agency, indicator_id: str, year: int) -> str:
    if not indicator_id:
        return _("Seluruh instansi")
    indicator = agency.indicator(indicator_id, year)
    return f"IKU {indicator['number']} {escape(indicator['label'])}"


def describe_gaps(agency: Agency, sections: pd.DataFrame, section: str) -> str | None:
    """Return the blocks of one missing section (frame of `open_sections`), or None where nothing of it is missing."""
    missing = sections[sections["section"] == section]
    if missing.empty:
        return None
    subjects = ", ".join(_subject(agency, row.indicator_id, row.year) for row in missing.itertuples())
    return f"{todo(int(missing['year'].iloc[0]), section)}: {subjects}"


def describe_note(agency: Agency, year: int, section: str, indicator_id: str = "") -> str:
    """Return what people wrote in a section of notes/YEAR.md, or the block that says where to write it."""
    text = note_text(agency, year, indicator_id, section)
    return as_written(text) if text else todo(year, section, indicator_id)


def as_written(text: str) -> str:
    """Return text of people as Markdown that shows it as it is: its lines, its paragraphs, no markup."""
    paragraphs = [paragraph.split("\n") for paragraph in text.split("\n\n")]
    return "\n\n".join("  \n".join(escape(line) for line in lines if line.strip()) for lines in paragraphs)


def todo(year: int, section: str, indicator_id: str = "") -> str:
    """Return the visible block for what is missing, and where it is to be written."""
    place = FILES.get(section) or _(
        "notes/{year}.md, di bawah # {subject}, ## {heading}",
        year=year,
        subject=indicator_id or _("umum"),
        heading=section_word(section),
    )
    return "> " + _("**perlu diisi: {what}** ({place})", what=section_word(section), place=escape(place))


def describe_account(agency: Agency, money: pd.DataFrame, indicator_id: str, year: int) -> str:
    """Return points 4 to 7 of an indicator's account: standard, causes and solutions, efficiency, programmes.

    `money` is the frame of `budget_by_indicator`.
    """
    targets = agency.targets[(agency.targets["indicator_id"] == indicator_id) & (agency.targets["year"] == year)]
    if not targets["targeted"].any():
        return _("Tidak ditargetkan pada {year}: tidak ada yang dipertanggungjawabkan.", year=year)
    parts = [
        _("**4. Standar nasional.**"),
        describe_note(agency, year, "standard", indicator_id),
        _("**5. Sebab, hambatan dan solusi.**"),
    ]
    for section in ("causes", "obstacles", "solutions"):
        text = note_text(agency, year, indicator_id, section)
        if text:
            parts.append(f"*{section_word(section)}.* {as_written(text)}")
        elif section != "obstacles":  # there need not be any
            parts.append(todo(year, section, indicator_id))
    parts.append(_("**6. Efisiensi penggunaan sumber daya.**"))
    parts.append(_efficiency(money[money["indicator_id"] == indicator_id].iloc[0], year))
    parts.append(_("**7. Program yang menunjang atau menghambat.**"))
    parts.append(describe_note(agency, year, "programmes", indicator_id))
    return "\n\n".join(parts)


def _efficiency(row: pd.Series, year: int) -> str:
    if pd.isna(row["budget"]):
        return todo(year, "budget")
    if pd.isna(row["efficiency"]):
        return _("Efisiensi belum dapat dihitung. {reason}", reason=escape(row["reason"]))
    return _(
        "Anggaran {budget} rupiah terserap {absorbed}; capaian {achieved}. Efisiensi = capaian / serapan = "
        "**{efficiency}** (di atas 1: bagian rencana yang dicapai lebih besar daripada bagian anggaran yang terserap).",
        budget=format_number(row["budget"]),
        absorbed=format_percent(row["absorbed_pct"]),
        achieved=format_percent(row["achievement_pct"]),
        efficiency=format_number(row["efficiency"]),
    )


def describe_next_steps(agency: Agency, year: int) -> str:
    """Return the next steps of the agency and of each targeted indicator, or the blocks to fill in."""
    targets = agency.targets[(agency.targets["year"] == year) & agency.targets["targeted"]]
    parts = [describe_note(agency, year, "next_steps")]
    for indicator_id in agency.decree(year).indicators["indicator_id"]:
        if indicator_id in set(targets["indicator_id"]):
            subject = _subject(agency, indicator_id, year)
            parts += [f"**{subject}**", describe_note(agency, year, "next_steps", indicator_id)]
    return "\n\n".join(parts)


def describe_budget(total: pd.Series, year: int, *, quarter: int = 4) -> str:
    """Return the money of all programmes to the end of a quarter in words (`budget_total`)."""
    if pd.isna(total["budget"]):
        return todo(year, "budget")
    text = _("Anggaran seluruh program {year}: {budget} rupiah.", year=span_word(year, quarter),
             budget=format_number(total["budget"]))  # fmt: skip
    if pd.notna(total["absorbed_pct"]):
        return f"{text} " + _(
            "Terserap {realised} rupiah, yaitu {absorbed}.",
            realised=format_number(total["realised"]),
            absorbed=format_percent(total["absorbed_pct"]),
        )
    known = format_number(total["realised_known"])
    return f"{text} " + _(
        "Realisasinya belum lengkap; yang diketahui {known} rupiah. {reason}",
        known=known,
        reason=escape(total["reason"]),
    )


def describe_promise(agency: Agency, year: int) -> str:
    """Return the statement of the performance agreement."""
    decree = agency.decree(year)
    return _(
        "Pihak pertama berjanji mewujudkan target kinerja {year} yang tercantum dalam lampiran, sesuai dengan "
        "indikator kinerja utama menurut Keputusan {number}; berhasil atau tidaknya menjadi tanggung jawab pihak "
        "pertama. Pihak kedua memantau dan menilai pelaksanaannya dan mengambil tindakan yang diperlukan.\n\n"
        "*Kalimat baku instansi, bila ada, menggantikan kalimat ini.*",
        year=year,
        number=escape(decree.number),
    )


def describe_plan(plan: pd.DataFrame) -> str:
    """Return what each targeted indicator must do in the year (frame of `compute_plan`), one line each."""
    lines = [_plan_line(row) for row in plan[plan["target"].notna()].itertuples()]
    return "\n".join(f"- {line}" for line in lines)


def _plan_line(row: object) -> str:
    target, unit = format_amount(row.target, row.unit), row.unit  # type: ignore[attr-defined]
    label, reason = escape(row.label), escape(row.reason)  # type: ignore[attr-defined]
    if pd.isna(row.baseline):  # type: ignore[attr-defined]
        return _("**{label}**: target {target}. {reason}", label=label, target=target, reason=reason)
    change = format_signed(row.needed)  # type: ignore[attr-defined]
    change = _("{points} poin persen", points=change) if is_percent(unit) else change
    values = {
        "label": label,
        "baseline": format_amount(row.baseline, unit),  # type: ignore[attr-defined]
        "since": int(row.baseline_year),  # type: ignore[attr-defined]
        "target": target,
        "change": change,
    }
    if row.needed <= 0:  # type: ignore[attr-defined]
        text = _("**{label}**: {baseline} pada {since} sudah memenuhi target {target}; pertahankan.", **values)
    else:
        text = _("**{label}**: dari {baseline} pada {since} ke target {target}, berubah {change}.", **values)
    return f"{text} {reason}".strip()


def describe_untied(without: pd.DataFrame, programmes: pd.DataFrame, year: int) -> str:
    """Return indicators without money and money without an indicator.

    Frames of `without_budget` and `budget_by_programme`.
    """
    lines = [
        _("**IKU {number} {label}** belum punya anggaran.", number=row.number, label=escape(str(row.label)))
        for row in without.itertuples()
    ]
    lines += [
        _("**{programme}**: {budget} rupiah tidak terkait indikator mana pun.",
          programme=escape(str(row.programme)), budget=format_number(float(str(row.untied))))
        for row in programmes[programmes["untied"] > 0].itertuples()
    ]  # fmt: skip
    if not lines:
        return _("Setiap indikator punya anggaran, dan setiap anggaran terkait indikator ({year}).", year=year)
    return "\n".join(f"- {line}" for line in lines)


def describe_shares(achievements: pd.DataFrame, shares: pd.DataFrame, year: int) -> str:
    """Return the shares of met, missed and unjudged indicators in words (frame of `shares`)."""
    through = through_word(achievements.loc[achievements["year"] == year, "period"].iloc[0])
    counts = shares.set_index("result")["count"]
    targeted = counts["met"] + counts["missed"] + counts["not_judged"]
    if not targeted:
        return _("Tidak ada indikator yang ditargetkan.")
    pct = shares.set_index("result")["pct"]
    return _(
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


def describe_flips(agency: Agency, scales: pd.DataFrame) -> str:
    """Return which ratings depend on the scale (frame of `compare_scales`), and where the scales come from."""
    sources = [f"- **{escape(scale.name)}**: {escape(scale.source)}." for scale in agency.policy.scales]
    flipped = scales[scales["flips"]]
    if len(agency.policy.scales) == 1:
        text = _("Hanya satu skala yang dinyatakan di policy.toml.")
    elif flipped.empty:
        text = _("Predikat semua indikator sama menurut setiap skala.")
    else:
        names = ", ".join(f"{row.number}. {escape(str(row.label))}" for row in flipped.itertuples())
        text = _("**Predikat bergantung pada skala untuk: {names}.**", names=names)
    return text + "\n\n" + "\n".join(sources)


def describe_plan_method() -> str:
    """Return how the plan was computed."""
    items = [
        _("Kondisi awal adalah realisasi terakhir sebelum tahun rencana yang artinya sama menurut keputusan."),
        _("Perubahan yang diperlukan = target dikurangi kondisi awal; dalam persen kondisi awal, kecuali untuk "
          "persentase."),
        _("Sisa dari jumlah semua target = jumlah target keputusan dikurangi yang sudah dicapai pada tahun-tahun "
          "bertarget; hanya untuk angka yang dijumlahkan. Angka negatif berarti jumlah itu sudah terlampaui."),
        _("Angka triwulan diambil dari folder targets. Bila belum ditetapkan, target yang dijumlahkan dibagi menurut "
          "pola tahun-tahun sebelumnya, atau rata bila belum ada pola; pembagian itu bukan ketetapan."),
    ]  # fmt: skip
    return "\n".join(f"- {item}" for item in items)
