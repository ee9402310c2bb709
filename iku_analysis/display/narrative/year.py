"""The sentences around the figures. Every number in them stands in a frame; nothing is guessed.

Functions return Markdown. Words from files pass through `escape`: their markup is shown, not obeyed.
"""

import re

import pandas as pd

from iku_analysis.analysis.achievement import AgencyResult
from iku_analysis.display.words import state_word, through_word, verdict_word
from iku_analysis.indonesian import (
    format_amount,
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
    line = " ".join(str(text).split())
    # At the beginning of a line these would make a heading, a list or a rule.
    begin = re.match(r"[#+=-]|[0-9]+[.)]", line)
    marks = r"[\\`*_\[\]<>|$&~]"
    shown = re.sub(marks, lambda match: f"&#{ord(match[0])};", line[begin.end() :] if begin else line)
    return f"{begin[0][:-1]}&#{ord(begin[0][-1])};{shown}" if begin else shown


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
    counts = {"targeted": result.targeted, "untargeted": untargeted, "year": through_word(result.period)}
    sentences = [
        _(
            "Keputusan menargetkan {targeted} indikator untuk {year}; {untargeted} lainnya tidak ditargetkan "
            "dan tidak dihitung.",
            **counts,
        )
        if result.period == str(result.year)
        else _(
            "{year}: {targeted} indikator punya target triwulan; {untargeted} lainnya tidak, dan tidak dinilai.",
            **counts,
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
    row, trend = _rows(achievements, trends, indicator_id, year)
    if pd.isna(row["realisation"]):
        return _result(row)
    parts = [_result(row), _change(row, trend), _cumulative(trend), _pace(row, trend), row["reason"], row["caution"]]
    return " ".join(filter(None, parts))


def _rows(
    achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str, year: int
) -> tuple[pd.Series, pd.Series]:
    """Return the row of an indicator and year in each frame."""
    frames = (achievements, trends)
    row, trend = (each[(each["indicator_id"] == indicator_id) & (each["year"] == year)].iloc[0] for each in frames)
    return row, trend


def describe_this_year(achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str, year: int) -> str:
    """Return point 1 of an indicator's account: target and realisation of the year, with what to check."""
    row, _trend = _rows(achievements, trends, indicator_id, year)
    said = [_result(row)] if pd.isna(row["realisation"]) else [_result(row), row["reason"], row["caution"]]
    return " ".join(filter(None, [_("**1. Target dan realisasi tahun ini.**"), *said]))


def describe_years(achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str, year: int) -> str:
    """Return points 2 and 3 of an indicator's account: against earlier years, and against the last target."""
    row, trend = _rows(achievements, trends, indicator_id, year)
    changed = _change(row, trend) or trend["reason"] or _("Belum ada yang dapat dibandingkan.")
    toward = " ".join(filter(None, [_cumulative(trend), _pace(row, trend)])) or trend["reason"]
    return "\n\n".join(
        [
            _("**2. Dibandingkan dengan tahun-tahun sebelumnya.**") + f" {changed}",
            _("**3. Terhadap target akhir masa.**") + f" {toward}",
        ]
    )


def _result(row: pd.Series) -> str:
    values = {"label": escape(row["label"]), "year": through_word(row["period"])}
    if pd.isna(row["realisation"]):
        text = _("{label} {year}: {state}.", state=state_word(row["state"]), **values)
        if row["state"] == "no_data" and pd.notna(row["target"]):
            text += " " + _("Target {target}.", target=format_amount(row["target"], row["unit"]))
        return f"{text} {row['reason']}"
    values["realisation"] = format_amount(row["realisation"], row["unit"])
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


def _cumulative(trend: pd.Series) -> str:
    if pd.isna(trend["cumulative"]) or pd.isna(trend["cumulative_target"]) or trend["points"] < 2:
        return ""
    return _(
        "Sejak awal masa target terkumpul {total} dari {target}, yaitu {share} dari jumlah target seluruh masa.",
        total=format_number(trend["cumulative"]),
        target=format_amount(trend["cumulative_target"], trend["unit"]),
        share=format_percent(100 * trend["cumulative"] / trend["total_target"], 1),
    )


def _change(row: pd.Series, trend: pd.Series) -> str:
    if pd.isna(trend["change"]):
        return ""
    if is_percent(trend["unit"]):
        change = _("{points} poin persen", points=format_signed(trend["change"]))
    elif pd.isna(trend["change_pct"]):
        change = format_signed(trend["change"])
    else:
        change = format_signed_percent(trend["change_pct"])
    before = format_amount(trend["previous"], trend["unit"])
    if row["period"] != str(row["year"]):
        return _("Berubah {change} dari masa yang sama tahun sebelumnya ({before}).", change=change, before=before)
    return _("Berubah {change} dari tahun sebelumnya ({before}).", change=change, before=before)


def _pace(row: pd.Series, trend: pd.Series) -> str:
    if pd.isna(row["target"]):
        return ""
    text = _("Kemajuan menuju target: {verdict}", verdict=verdict_word(trend["verdict"]))
    if pd.notna(trend["pace"]):
        text += " " + _(
            "(berubah {actual} setahun, masih diperlukan {required} setahun)",
            actual=format_signed(trend["actual_per_year"]),
            required=format_signed(trend["required_per_year"]),
        )
    return f"{text}. {trend['reason']}".strip()


def describe_section(agency: Agency, indicator_id: str, year: int) -> str:
    """Return the heading of an indicator's section and its definition, after that of its objective where one begins."""
    indicator = agency.indicator(indicator_id, year)
    indicators = agency.decree(year).indicators
    objectives = list(dict.fromkeys(indicators["objective"]))
    lines = []
    if indicator_id == indicators.loc[indicators["objective"] == indicator["objective"], "indicator_id"].iloc[0]:
        number = objectives.index(indicator["objective"]) + 1
        lines = ["### " + _("Sasaran {number}", number=number), f"**{escape(indicator['objective'])}**"]
    lines.append(f"#### IKU {indicator['number']}. {escape(indicator['label'])}")
    lines.append("*" + _("Definisi operasional: {definition}.", definition=escape(indicator["definition"])) + "*")
    return "\n\n".join(lines)


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
