"""Words and symbols for states, verdicts and bases: one place, for figures, tables and sentences."""

import re

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis import coverage
from iku_analysis.indonesian import (
    decimals_apart,
    format_amount,
    format_number,
    format_percent,
    format_unit,
    is_percent,
    quarter_name,
    round_half_up,
    scale_of,
)
from iku_analysis.language import _

ADDRESS = re.compile(r",?\s*https?://\S+")
SYMBOLS = {"met": "✓", "missed": "✗", "no_data": "?", "not_targeted": "–", "untargeted_realisation": "+"}


def state_word(state: str) -> str:
    """Return a state of frame `achievements` in words."""
    return {
        "met": _("tercapai"),
        "missed": _("tidak tercapai"),
        "no_data": _("belum ada data"),
        "not_targeted": _("tidak ditargetkan"),
        "untargeted_realisation": _("realisasi tanpa target"),
    }[state]


def marked_state(state: str) -> str:
    """Return a state of frame `achievements` with its sign: `✗ tidak tercapai`."""
    return f"{SYMBOLS[state]} {state_word(state)}"


def with_unit(label: str, unit: str) -> str:
    """Return an indicator with its unit, once: `Ekspor UKM (USD)`, `Wirausaha (P4), UKM`, `Pasar diawasi`."""
    words = format_unit(unit)
    if re.match(rf"{re.escape(words)}\b", label, re.IGNORECASE):
        return label
    return f"{label}, {words}" if label.endswith(")") else f"{label} ({words})"


def verdict_word(verdict: str) -> str:
    """Return a verdict of frame `trends` in words."""
    return {
        "achieved": _("target akhir sudah tercapai"),
        "on_track": _("sesuai jalur"),
        "lagging": _("perlu percepatan"),
        "far_behind": _("laju jauh tertinggal"),
        "away": _("menjauh dari target"),
        "kept": _("target tahun ini terpenuhi"),
        "kept_falling": _("target tahun ini terpenuhi, tetapi nilainya memburuk sejak tahun awal"),
        "not_kept_rising": _("target tahun ini tidak terpenuhi, tetapi nilainya membaik sejak tahun awal"),
        "not_kept": _("target tahun ini tidak terpenuhi"),
        "cannot_judge": _("tidak dapat dinilai"),
    }[verdict]


def kpi_word(numbers: object) -> str:
    """Return what an indicator is called by its number, or several by theirs: `IKU 6`, `IKU 1, 2`."""
    return _("IKU {numbers}", numbers=numbers)


def moved(change_pct: float, decimals: int = 2) -> str:
    """Return a change in per cent with its verb: `naik 1,6%`, `turun 2,86%`, `tetap` where it is printed as 0."""
    shown = round_half_up(change_pct, decimals)
    if shown == 0:
        return _("tetap")
    size = format_percent(abs(change_pct), decimals)
    return _("naik {size}", size=size) if shown > 0 else _("turun {size}", size=size)


def gap_words(row: pd.Series) -> str:
    """Return how far a realisation (row of `achievements`) is from its target: `kurang 0,64 poin persen`."""
    gap, decimals = row["gap"], decimals_apart(row["gap"], 0)
    if scale_of(row["unit"]):
        size = _("{count} tingkat", count=format_number(abs(gap)))
    elif is_percent(row["unit"]):
        size = _("{points} poin persen", points=format_number(abs(gap), decimals))
    else:
        size = format_amount(abs(gap), row["unit"], decimals)
    if gap == 0:
        return _("tepat pada target") if pd.isna(row["target_high"]) else _("di dalam rentang")
    return _("lebih {size}", size=size) if gap > 0 else _("kurang {size}", size=size)


def unaveraged_word(of_year: pd.DataFrame) -> str:
    """Return why judged indicators of a year (rows of `achievements`) have no achievement in per cent."""
    without = of_year[of_year["state"].isin(["met", "missed"]) & of_year["achievement_pct"].isna()]
    graded = without["unit"].map(scale_of).map(bool)
    if not graded.any():
        return _("bertarget 0")
    return _("berpredikat") if graded.all() else _("bertarget 0 atau berpredikat")


def where_lost(agency: Agency, indicator_id: str, year: int) -> str:
    """Return where the largest part of a year's shortfall is; empty where that cannot be told."""
    areas = coverage.by_area(agency, indicator_id, year)
    total = areas["shortfall"].sum()
    if not total:
        return ""
    values = {"area": areas["area"].iloc[0], "total": format_number(total)}
    return _(
        "{lacking} dari {total} yang kurang ada di {area}.", lacking=format_number(areas["shortfall"].iloc[0]), **values
    )


def outlook_word(verdict: str, direction: str) -> str:
    """Return the verdict of an outlook to the year's end in words; where less is better nothing must speed up."""
    lower = {
        "needs_speed": _("perlu ditekan"),
        "beyond_best": _("tidak terkejar tanpa lebih rendah daripada periode terbaik"),
        "beyond_reach": _("tidak terkejar lagi"),
    }
    if direction == "lower" and verdict in lower:
        return lower[verdict]
    return {
        "reached": _("target setahun sudah tercapai"),
        "on_path": _("di jalur"),
        "needs_speed": _("perlu percepatan"),
        "beyond_best": _("tidak terkejar tanpa melampaui periode terbaik"),
        "beyond_reach": _("tidak terkejar tanpa menyusulkan yang terlewat"),
        "not_reached": _("target setahun tidak tercapai"),
        "cannot_judge": _("tidak dapat dinilai"),
    }[verdict]


def basis_word(basis: str) -> str:
    """Return a basis of frame `realisations` in words."""
    return {"resmi": _("resmi"), "publikasi": _("publikasi"), "proksi": _("proksi")}[basis]


def holder_words(holder: str, ask: str) -> str:
    """Return who holds the data, and what to ask them for where that is known."""
    holder = holder or _("belum disebut")
    return _("{holder}. Yang diminta: {ask}", holder=holder, ask=ask) if ask else holder


def direction_word(direction: str) -> str:
    """Return a direction of frame `indicators` in words."""
    return {
        "higher": _("makin tinggi makin baik"),
        "lower": _("makin rendah makin baik"),
        "range": _("di dalam rentang"),
    }[direction]


def aggregation_word(aggregation: str) -> str:
    """Return an aggregation of frame `indicators` in words."""
    return {
        "sum": _("bagian dijumlahkan"),
        "last": _("angka terakhir"),
        "ratio": _("jumlah pembilang / jumlah penyebut"),
        "mean": _("rata-rata periode"),
    }[aggregation]


def through_word(period: str) -> str:
    """Return a period of frame `achievements` in words: `2021`, or `2021 sampai Triwulan III`."""
    year, _dash, quarter = period.partition("-Q")
    if not quarter:
        return year
    return _("{year} sampai {quarter}", year=year, quarter=quarter_name(int(quarter)))


def span_word(year: int, quarter: int) -> str:
    """Return a year to the end of a quarter in words; to that of the fourth it is the year."""
    return through_word(str(year) if quarter == 4 else f"{year}-Q{quarter}")


def paper_title(paper: str, year: int, quarter: int) -> str:
    """Return the title of a paper, as `describe_paper` knows it, of a year or of the year to the end of a quarter."""
    through = span_word(year, quarter)
    return {
        "report": _("Laporan Kinerja {through}", through=through),
        "letter": _("Laporan Kinerja {through}", through=through),
        "agreement": _("Perjanjian Kinerja Tahun {through}", through=through),
        "plan": _("Rencana Kerja {through}", through=through),
        "evaluation": _("Evaluasi Kinerja {through}", through=through),
    }[paper]


def until(achievements: pd.DataFrame) -> str:
    """Return what a caption of several years adds where each runs only to the end of a quarter."""
    _year, _dash, quarter = achievements["period"].iloc[0].partition("-Q")
    return ", " + _("setiap tahun sampai {quarter}", quarter=quarter_name(int(quarter))) if quarter else ""


def section_word(section: str) -> str:
    """Return a section of notes/YEAR.md, or another part of a paper, as its heading."""
    return {
        "causes": _("Penyebab"),
        "obstacles": _("Hambatan"),
        "solutions": _("Solusi"),
        "programmes": _("Program"),
        "standard": _("Standar nasional"),
        "next_steps": _("Langkah berikutnya"),
        "organisation": _("Organisasi"),
        "issues": _("Isu strategis"),
        "conclusion": _("Simpulan"),
        "first_party": _("Pihak pertama"),
        "second_party": _("Pihak kedua"),
        "quarter_targets": _("Target triwulan"),
        "budget": _("Anggaran"),
        "realisation": _("Realisasi"),
    }[section]


def move_word(move: str) -> str:
    """Return how a rating moved, in words."""
    return {
        "up": _("naik"),
        "down": _("turun"),
        "same": _("tetap"),
        "new": _("baru berpredikat"),
        "lost": _("tidak lagi berpredikat"),
        "none": _("tidak dibandingkan"),
    }[move]


def result_word(result: str) -> str:
    """Return a row of the frame of `shares` in words."""
    return {
        "met": _("tercapai"),
        "missed": _("tidak tercapai"),
        "not_judged": _("belum dapat dinilai"),
        "not_targeted": _("tidak ditargetkan"),
    }[result]


def quarters_from_word(source: str) -> str:
    """Return whence the quarters of a plan are, in words."""
    return {
        "targets": _("target triwulan yang ditetapkan"),
        "shape": _("dibagi menurut pola tahun-tahun sebelumnya"),
        "even": _("dibagi rata"),
        "": _("target setahun"),
    }[source]


def source_words(source: str) -> str:
    """Return a source by its institution and document; its address stands in the files."""
    return ADDRESS.sub("", source).strip()


def status_word(status: str) -> str:
    """Return a status of frame `realisations` in words."""
    return {"final": _("final"), "sementara": _("sementara")}[status]


def moved_word(what: str) -> str:
    """Return what moved, of frame `differences`, in words."""
    return {
        "target": _("target"),
        "realisation": _("realisasi"),
        "numerator": _("pembilang"),
        "denominator": _("penyebut"),
        "achievement_pct": _("capaian"),
        "decree": _("keputusan"),
        "status": _("status"),
        "basis": _("basis"),
        "rating": _("predikat"),
        "state": _("hasil"),
        "verdict": _("kemajuan"),
        "targeted": _("indikator yang ditargetkan"),
        "scored": _("indikator yang dinilai"),
        "met": _("indikator yang mencapai target"),
        "mean_capped_pct": _("rata-rata capaian"),
        "mean_pct": _("rata-rata capaian tanpa batas"),
    }[what]


def change_word(kind: str) -> str:
    """Return how something moved, of frame `differences`, in words."""
    return {
        "appeared": _("baru"),
        "changed": _("berubah"),
        "vanished": _("hilang"),
        "finalised": _("menjadi final"),
        "provisional_again": _("kembali sementara"),
    }[kind]
