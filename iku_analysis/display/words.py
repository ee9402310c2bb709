"""Words and symbols for states, verdicts and bases: one place, for figures, tables and sentences."""

from iku_analysis.language import _

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


def verdict_word(verdict: str) -> str:
    """Return a verdict of frame `trends` in words."""
    return {
        "achieved": _("target akhir sudah tercapai"),
        "on_track": _("sesuai jalur"),
        "lagging": _("perlu percepatan"),
        "far_behind": _("jauh tertinggal"),
        "away": _("menjauh dari target"),
        "kept": _("target tahun ini terpenuhi"),
        "kept_falling": _("target tahun ini terpenuhi, tetapi nilainya memburuk"),
        "not_kept_rising": _("target tahun ini tidak terpenuhi, tetapi nilainya membaik"),
        "not_kept": _("target tahun ini tidak terpenuhi"),
        "cannot_judge": _("tidak dapat dinilai"),
    }[verdict]


def outlook_word(verdict: str) -> str:
    """Return the verdict of an outlook to the year's end in words."""
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


def direction_word(direction: str) -> str:
    """Return a direction of frame `indicators` in words."""
    return {"higher": _("makin tinggi makin baik"), "lower": _("makin rendah makin baik")}[direction]


def aggregation_word(aggregation: str) -> str:
    """Return an aggregation of frame `indicators` in words."""
    return {
        "sum": _("bagian dijumlahkan"),
        "last": _("angka terakhir"),
        "ratio": _("jumlah pembilang / jumlah penyebut"),
    }[aggregation]


def status_word(status: str) -> str:
    """Return a status of frame `realisations` in words."""
    return {"final": _("final"), "sementara": _("sementara")}[status]


def moved_word(what: str) -> str:
    """Return what moved, of frame `changes`, in words."""
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


def move_word(kind: str) -> str:
    """Return how something moved, of frame `changes`, in words."""
    return {
        "appeared": _("baru"),
        "changed": _("berubah"),
        "vanished": _("hilang"),
        "finalised": _("menjadi final"),
        "provisional_again": _("kembali sementara"),
    }[kind]
