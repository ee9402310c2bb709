"""The words of the four papers: covers, what people wrote, what they still have to write, what the money did.

What is not known is never made up: in its place stands a block "perlu diisi" that says where to write it.
"""

import base64
from typing import Any, Literal

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import targeted_indicators
from iku_analysis.analysis.notes import note_text
from iku_analysis.display.layout import Cover, Signatures
from iku_analysis.display.markdown import Markdown, as_written, bold, bullets, escape, paragraphs, plain, say, sentences
from iku_analysis.display.words import kpi_word, paper_title, section_word, through_word
from iku_analysis.indonesian import (
    decimals_apart,
    format_achievement,
    format_amount,
    format_date,
    format_number,
    format_percent,
    is_percent,
    money,
    parse_report_date,
)
from iku_analysis.language import _
from iku_analysis.sources.identity import ROLES

BLANK = "……………………"  # a line to fill in by hand
TAB = Markdown("\t: ")  # what stands behind it begins at one place in every line


def describe_paper(
    agency: Agency, year: int, *, paper: str, report_date: str, quarter: int = 4, sentence: str = ""
) -> Cover:
    """Return the cover of a paper: whose it is, its title, its sentence, place, date, decree, and what it is not.

    `paper` is `report`, `letter` (the report where nothing can be judged), `agreement`, `plan` or `evaluation`.
    Raises IkuError for a date that is none.
    """
    title = paper_title(paper, year, quarter)
    day, identity, sheet = parse_report_date(report_date), agency.identity, paper in ("agreement", "letter")
    place = f"{identity.place}, " if identity.place else ""
    lines = [
        place + (format_date(day) if day else _("tanggal belum diisi")),
        _("Disusun menurut Keputusan Nomor {number}", number=agency.decree(year).number),
        _("Hitungan internal; bukan pernyataan resmi sampai diperiksa dan ditandatangani"),
    ]
    if agency.policy.illustrative:
        lines.append(_("DATA CONTOH: semua isinya rekaan, kecuali keputusan dan targetnya"))
    return Cover(
        government=("\n".join(identity.letterhead) or agency.policy.agency) if sheet else identity.government,
        agency=agency.policy.agency,
        title=title,
        sentence=plain(sentence),
        lines=() if sheet else tuple(lines),
        mark="DATA CONTOH" if agency.policy.illustrative else "",
        emblem=base64.b64encode(agency.emblem.png).decode() if agency.emblem else "",
        sheet=sheet,
    )


def list_open(agency: Agency, sections: pd.DataFrame) -> list[str]:
    """Return what people still have to write or set (frame of `open_sections`), a plain line a subject."""
    return [
        plain(_subject(agency, str(indicator_id), int(year)))
        + f", {year}: "
        + ", ".join(map(section_word, rows["section"]))
        for (indicator_id, year), rows in sections.groupby(["indicator_id", "year"], sort=False)
    ]


def _subject(agency: Agency, indicator_id: str, year: int) -> Markdown:
    if not indicator_id:
        return say("Seluruh instansi")
    indicator = agency.indicator(indicator_id, year)
    return escape(f"{kpi_word(indicator['number'])} {indicator['label']}")


def describe_gaps(agency: Agency, sections: pd.DataFrame, *, section: str) -> Markdown | None:
    """Return the blocks of one missing section (frame of `open_sections`), or None where nothing of it is missing."""
    missing = sections[sections["section"] == section]
    if missing.empty:
        return None
    subjects = Markdown(", ").join(_subject(agency, row.indicator_id, row.year) for row in missing.itertuples())
    return todo(section) + ": " + subjects


def describe_note(agency: Agency, year: int, *, section: str, indicator_id: str = "") -> Markdown:
    """Return what people wrote in a section of notes/YEAR.md, or the block that says where to write it."""
    text = note_text(agency, year, indicator_id, section)
    return as_written(text) if text else todo(section)


def todo(section: str) -> Markdown:
    """Return the visible block for what is missing; `describe_open` says where it is to be written."""
    return Markdown("> ") + say("**perlu diisi: {what}**", what=section_word(section))


def describe_efficiency(row: pd.Series) -> Markdown:
    """Return what an achievement took of its budget (a row of `budget.by_indicator`), in words."""
    if pd.isna(row["budget"]):
        return todo("budget")
    if pd.isna(row["efficiency"]):
        return say("Efisiensi belum dapat dihitung. {reason}", reason=row["reason"])
    return say(
        "Anggaran {budget} terserap {absorbed}; capaian {achieved}. Efisiensi (capaian / serapan) **{efficiency}**: "
        "di atas 1 bila capaian lebih besar daripada bagian anggaran yang terpakai.",
        budget=money(row["budget"]),
        absorbed=format_percent(row["absorbed_pct"]),
        achieved=format_achievement(row["achievement_pct"]),
        efficiency=format_number(row["efficiency"]),
    )


def describe_next_steps(agency: Agency, year: int) -> Markdown:
    """Return the next steps of the agency and of each targeted indicator, and what is still to be written."""
    parts, unwritten = [describe_note(agency, year, section="next_steps")], []
    for indicator_id in targeted_indicators(agency, year)["indicator_id"]:
        subject = _subject(agency, indicator_id, year)
        if text := note_text(agency, year, indicator_id, "next_steps"):
            parts.append(sentences(bold(subject + "."), as_written(text)))
        else:
            unwritten.append(subject)
    if unwritten:
        parts.append(todo("next_steps") + ": " + Markdown(", ").join(unwritten))
    return paragraphs(*parts)


def describe_promise(agency: Agency, year: int, *, report_date: str) -> Markdown:
    """Return the text of the performance agreement: the agency's own sentences, else those that are customary."""
    decree = agency.decree(year)
    names: tuple[Literal["opening"], Literal["promise"]] = ("opening", "promise")
    own_opening, own_promise = (
        agency.identity.sentence(name, year=year, decree=decree.number, agency=agency.policy.agency) for name in names
    )
    opening = escape(own_opening) or say(
        "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel serta berorientasi "
        "pada hasil, kami yang bertanda tangan di bawah ini:"
    )
    promise = escape(own_promise) or say(
        "Pihak Pertama berjanji akan mewujudkan target kinerja {year} sesuai dengan lampiran perjanjian ini, menurut "
        "indikator kinerja utama dalam Keputusan {number}. Keberhasilan dan kegagalan pencapaiannya menjadi tanggung "
        "jawab Pihak Pertama.\n\n"
        "Pihak Kedua akan melakukan supervisi yang diperlukan, mengevaluasi capaian kinerja dari perjanjian ini, dan "
        "mengambil tindakan yang diperlukan dalam rangka pemberian penghargaan dan sanksi.",
        year=year,
        number=decree.number,
    )
    second, first = find_parties(agency, year, report_date).parties
    parties = []
    for (_role, office, name, _nip), called in (
        (first, say("selanjutnya disebut **Pihak Pertama**.")),
        (second, say("selaku atasan Pihak Pertama, selanjutnya disebut **Pihak Kedua**.")),
    ):
        facts = (say("Nama") + TAB + (name or BLANK), say("Jabatan") + TAB + (office or BLANK))
        parties.append(Markdown("  \n").join([*facts, called]))
    return paragraphs(opening, *parties, promise)


def find_parties(agency: Agency, year: int, report_date: str) -> Signatures:
    """Return who signs the agreement, on the day of the paper, else as its year begins; what is not known is empty.

    identity.toml names signers by their days; without it the two sections of notes/YEAR.md do, name above office.
    """
    day = parse_report_date(report_date)
    parties = []
    called = {"second_party": _("Pihak Kedua"), "first_party": _("Pihak Pertama")}
    for role in reversed(ROLES):
        signer = agency.identity.signer(role, day) if day else next(iter(agency.identity.signers_in(role, year)), None)
        name, _line, office = note_text(agency, year, "", role).partition("\n")
        found = (signer.title, signer.name, signer.nip) if signer else (office.strip(), name.strip(), "")
        parties.append((called[role], *found))
    place = agency.identity.place or BLANK
    when = format_date(day) if day else f"{BLANK} {year}"
    return Signatures(place=f"{place}, {when}", parties=tuple(parties))


def plan_sentence(plan: pd.DataFrame, year: int) -> Markdown:
    """Return in a sentence what a year asks for (frame of `compute_plan`)."""
    rows = plan[plan["target"].notna()]
    counts = {asked: int((rows["asked"] == asked).sum()) for asked in ("rise", "fall", "keep")}
    told = [
        each
        for asked, each in (
            ("rise", say("{count} harus naik", count=counts["rise"])),
            ("fall", say("{count} harus turun", count=counts["fall"])),
            ("keep", say("{count} sudah terpenuhi dan dipertahankan", count=counts["keep"])),
        )
        if counts[asked]
    ]
    if unknown := len(rows) - sum(counts.values()):
        told.append(say("{count} belum diketahui kondisi awalnya", count=unknown))
    return say("{count} target {year}: {told}.", count=len(rows), year=year, told=Markdown(", ").join(told))


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
    pct = {result: format_percent(value, 1) for result, value in shares.set_index("result")["pct"].dropna().items()}
    told = [say("**{count} tercapai ({pct})**", count=counts["met"], pct=pct["met"])]
    if counts["missed"]:
        told.append(say("{count} tidak ({pct})", count=counts["missed"], pct=pct["missed"]))
    if counts["not_judged"]:
        told.append(say("{count} belum dapat dinilai ({pct})", count=counts["not_judged"], pct=pct["not_judged"]))
    return say(
        "{through}: dari {targeted} indikator yang ditargetkan, {told}.",
        through=through,
        targeted=targeted,
        told=Markdown(", ").join(told),
    )


def describe_flips(agency: Agency, scales: pd.DataFrame) -> Markdown:
    """Return which ratings depend on the scale (frame of `compare_scales`), and where the scales come from."""
    sources = [bold(scale.name) + f": {scale.source}." for scale in agency.policy.scales]
    flipped = scales[scales["flips"]]
    if len(agency.policy.scales) == 1:
        text = say("Predikat diberi menurut satu skala.")
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
        say("Kondisi awal adalah realisasi terakhir sebelum tahun rencana yang definisinya sama menurut keputusan."),
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
