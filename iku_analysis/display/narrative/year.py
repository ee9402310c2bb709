"""The sentences around the figures. Every number in them stands in a frame; nothing is guessed.

Functions return Markdown. Words from files pass through `escape`: their markup is shown, not obeyed.
"""

import re
from datetime import date

import pandas as pd

from iku_analysis.analysis.achievement import AgencyResult
from iku_analysis.display.words import state_word, verdict_word
from iku_analysis.errors import IkuError
from iku_analysis.indonesian import (
    format_amount,
    format_date,
    format_number,
    format_percent,
    format_signed,
    format_signed_percent,
    is_percent,
)
from iku_analysis.language import _
from iku_analysis.sources.agency import Agency
from iku_analysis.sources.data_root import name_data_root


def escape(text: str) -> str:
    """Return text on one line that Markdown and HTML show as it is."""
    return re.sub(r"[\\`*_\[\]<>|$&~]", lambda match: f"&#{ord(match[0])};", " ".join(str(text).split()))


def parse_report_date(text: str) -> date | None:
    """Return the date of `2023-01-31`, or None for an empty text. Raises IkuError for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise IkuError(_("report_date {found}: tulis tanggal seperti 2023-01-31.", found=repr(text))) from error


def describe_cover(agency: Agency, year: int, report_date: str) -> str:
    """Return the title of the yearly report, whose it is, its date, and what it is not."""
    day = parse_report_date(report_date)
    lines = [
        "# " + _("Laporan kinerja tahunan {year}", year=year),
        f"**{escape(agency.policy.agency)}**",
        _("Tanggal laporan: {day}.", day=format_date(day)) if day else _("Tanggal laporan: belum diisi."),
        _(
            "Hitungan internal dari berkas yang tercantum di bagian akhir; bukan pernyataan resmi sampai "
            "diperiksa dan ditandatangani."
        ),
    ]
    if agency.policy.illustrative:
        lines.insert(1, "**" + _("DATA CONTOH: semua realisasi di laporan ini rekaan.") + "**")
    return "\n\n".join(lines)


def describe_source(agency: Agency) -> str:
    """Return the line that opens an exploring notebook: which data root, which decrees."""
    numbers = ", ".join(decree.number for decree in agency.decrees)
    text = _("Data: {folder}; Keputusan {numbers}; {rows} baris realisasi.", folder=name_data_root(agency.root),
             numbers=numbers, rows=len(agency.realisations))  # fmt: skip
    if agency.policy.illustrative:
        text = "**" + _("DATA CONTOH: semua realisasinya rekaan.") + "** " + text
    if not agency.provisional:
        text += " " + _("Angka sementara tidak dipakai.")
    return text


def describe_result(agency: Agency, achievements: pd.DataFrame, result: AgencyResult) -> str:
    """Return the agency's result of a year in words: counts first, then the means, then what is out."""
    untargeted = int((achievements["year"].eq(result.year) & achievements["target"].isna()).sum())
    sentences = [
        _(
            "Keputusan menargetkan {targeted} indikator untuk {year}; {untargeted} lainnya tidak ditargetkan "
            "dan tidak dihitung.",
            targeted=result.targeted,
            untargeted=untargeted,
            year=result.year,
        )
    ]
    if result.scored:
        judged = {"met": result.met, "scored": result.scored}
        sentences.append(_("**{met} dari {scored} indikator yang dapat dinilai mencapai target.**", **judged))
    if result.scored < result.targeted:
        missing = result.targeted - result.scored
        sentences.append(_("**{missing} indikator belum dapat dinilai**, karena datanya belum ada.", missing=missing))
    if result.mean_pct is not None and result.mean_capped_pct is not None:
        sentences.append(
            _(
                "Rata-rata capaian {capped} (setiap indikator paling tinggi {cap}; tanpa batas {mean}), n = {scored}.",
                capped=format_percent(result.mean_capped_pct),
                cap=format_percent(result.cap_pct),
                mean=format_percent(result.mean_pct),
                scored=result.scored,
            )
        )
    elif result.targeted:
        limit = format_percent(agency.policy.judging.max_missing_pct)
        sentences.append(_("Rata-rata tidak dihitung: lebih dari {limit} indikator belum ada datanya.", limit=limit))
    return " ".join(sentences)


def describe_indicator(achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str, year: int) -> str:
    """Return one indicator in one year in words: result, change, cumulative, pace, cautions."""
    row = achievements[(achievements["indicator_id"] == indicator_id) & (achievements["year"] == year)].iloc[0]
    trend = trends[(trends["indicator_id"] == indicator_id) & (trends["year"] == year)].iloc[0]
    unit = row["unit"]
    if pd.isna(row["realisation"]):
        text = _("{label} {year}: {state}.", label=escape(row["label"]), year=year, state=state_word(row["state"]))
        if row["state"] == "no_data" and pd.notna(row["target"]):
            text += " " + _("Target {target}.", target=format_amount(row["target"], unit))
        return f"{text} {row['reason']}"
    sentences = [_result_sentence(row)]
    if pd.notna(trend["change"]):
        sentences.append(_change_sentence(trend))
    if pd.notna(trend["cumulative"]) and pd.notna(trend["cumulative_target"]) and trend["points"] > 1:
        sentences.append(
            _(
                "Sejak awal masa target terkumpul {total} dari {target}, "
                "yaitu {share} dari jumlah target seluruh masa.",
                total=format_number(trend["cumulative"]),
                target=format_amount(trend["cumulative_target"], unit),
                share=format_percent(100 * trend["cumulative"] / trend["total_target"], 1),
            )
        )
    if pd.notna(row["target"]):
        sentences.append(_pace_sentence(trend))
    return " ".join([*sentences, row["reason"], row["caution"]]).strip().replace("  ", " ")


def _result_sentence(row: pd.Series) -> str:
    realisation = format_amount(row["realisation"], row["unit"])
    values = {"label": escape(row["label"]), "year": row["year"], "realisation": realisation}
    if pd.isna(row["target"]):
        return _("{label} {year} sebesar {realisation}.", **values)
    values["target"] = format_amount(row["target"], row["unit"])
    if pd.isna(row["rating"]):
        state = state_word(row["state"])
        return _("{label} {year} sebesar {realisation} dari target {target}: {state}.", state=state, **values)
    return _(
        "{label} {year} sebesar {realisation} dari target {target}: "
        "capaian **{achieved}**, {state}, predikat {rating}.",
        achieved=format_percent(row["achievement_pct"]),
        state=state_word(row["state"]),
        rating=escape(row["rating"]),
        **values,
    )


def _change_sentence(trend: pd.Series) -> str:
    if is_percent(trend["unit"]):
        change = _("{points} poin persen", points=format_signed(trend["change"]))
    elif pd.isna(trend["change_pct"]):
        change = format_signed(trend["change"])
    else:
        change = format_signed_percent(trend["change_pct"])
    before = format_amount(trend["previous"], trend["unit"])
    return _("Berubah {change} dari tahun sebelumnya ({before}).", change=change, before=before)


def _pace_sentence(trend: pd.Series) -> str:
    text = _("Kemajuan menuju target: {verdict}", verdict=verdict_word(trend["verdict"]))
    if pd.notna(trend["pace"]):
        text += " " + _(
            "(berubah {actual} setahun, masih diperlukan {required} setahun)",
            actual=format_signed(trend["actual_per_year"]),
            required=format_signed(trend["required_per_year"]),
        )
    return f"{text}. {trend['reason']}".strip()


def describe_section(agency: Agency, indicator_id: str, year: int) -> str:
    """Return the heading of an indicator's section and its definition, word for word."""
    indicator = agency.indicator(indicator_id, year)
    heading = f"### IKU {indicator['number']}. {escape(indicator['label'])}"
    definition = _("Definisi operasional: {definition}.", definition=escape(indicator["definition"]))
    return f"{heading}\n\n*{definition}*"


def describe_method(agency: Agency, year: int) -> str:
    """Return how every figure was computed: formulas, cap, scale, roll-up, limits, remarks on the decree."""
    policy, decree = agency.policy, agency.decree(year)
    bounds = [
        f"{escape(rating.label)} {'>' if left_out else '≥'} {format_number(bound)}"
        for rating in policy.rating[:-1]
        for bound, left_out in [rating.bound]
    ]
    scale = ", ".join([*bounds, escape(policy.rating[-1].label)])
    items = [
        _("Capaian = realisasi / target x 100 (makin tinggi makin baik); (2 x target - realisasi) / target x 100 "
          "(makin rendah makin baik). Sumber rumus: PermenPANRB 8/2021. Capaian ditampilkan tanpa batas atas."),
        _("Dalam rata-rata, setiap capaian dibatasi {cap} dan capaian negatif dihitung 0 (pilihan kami, policy.toml).",
          cap=format_percent(policy.judging.mean_cap_pct)),
        _("Target 0 berarti tidak ditargetkan: tanpa capaian, tanpa predikat, di luar semua hitungan."),
        _("Predikat: {scale}; dibulatkan ke dua desimal sebelum digolongkan. Sumber: {source}.",
          scale=scale, source=escape(policy.rating_source)),
        _("Angka setahun dijumlahkan dari bulan, triwulan atau wilayah hanya bila semuanya ada. Persentase = jumlah "
          "pembilang / jumlah penyebut, bukan rata-rata persentase."),
        _("Angka resmi didahulukan dari publikasi; proksi digambar tetapi tidak pernah dinilai; publikasi yang "
          "saling bertentangan tidak dinilai."),
        _("Laju = perubahan rata-rata setahun / perubahan setahun yang masih diperlukan ke target akhir: sesuai "
          "jalur mulai {on_track}, perlu percepatan mulai {lagging}. Indikator bertarget tetap dinilai dari terpenuhi "
          "tidaknya target.",
          on_track=format_number(policy.trend.on_track), lagging=format_number(policy.trend.lagging)),
        _("Bila arti indikator berubah, tahun itu tidak dibandingkan dengan tahun sebelumnya."),
    ]  # fmt: skip
    breaks = agency.breaks[agency.breaks["decree"] == decree.decree_id]
    items += [_("Perubahan arti: {note}.", note=escape(note)) for note in breaks["note"]]
    return "\n".join(f"- {item}" for item in [*items, *map(escape, decree.notes)])
