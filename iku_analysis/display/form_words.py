"""The titles and numbered headings of the offices' forms: one place, for tables and sheets, where they are changed.

They stand as in public applications that implement the forms of Permendagri 86/2017; its own text was not read.
"""

from iku_analysis.indonesian import quarter_name
from iku_analysis.language import _


def as_used(title: str) -> str:
    """Return the title of a form, and whence its columns are."""
    return _("{title}, menurut bentuk yang lazim dipakai (Permendagri 86/2017)", title=title)


def e81_title(year: int, quarter: int) -> str:
    """Return the title of E.81."""
    return as_used(_("E.81 Evaluasi hasil Renja {year} sampai {quarter}", year=year, quarter=quarter_name(quarter)))


def e81_heads(year: int) -> dict[str, str]:
    """Return the headings of E.81 by the number of the column."""
    heads = {
        "1": _("No"),
        "2": _("Sasaran"),
        "3": _("Program"),
        "4": _("Indikator kinerja"),
        "5": _("Target akhir Renstra"),
        "6": _("Realisasi Renstra s.d. {year}", year=year - 1),
        "7": _("Target Renja {year}", year=year),
    }
    heads |= {str(7 + number): _("Realisasi {quarter}", quarter=quarter_name(number)) for number in range(1, 5)}
    heads |= {
        "12": _("Realisasi Renja {year}", year=year),
        "13": _("Realisasi Renstra s.d. {year}", year=year),
        "14": _("Tingkat capaian Renstra s.d. {year} (%)", year=year),
        "15": _("Unit penanggung jawab"),
    }
    return {number: f"({number}) {words}" for number, words in heads.items()}


def e81_item(item: str, year: int) -> str:
    """Return a line of the foot of E.81 (frame of `forms.e81_foot`)."""
    return {
        "mean_year": _("Rata-rata capaian kinerja {year}: (12) terhadap (7)", year=year),
        "mean_plan": _("Rata-rata tingkat capaian Renstra: (14)"),
        "rating": _("Predikat"),
        "supporting": _("Faktor pendorong"),
        "obstacles": _("Faktor penghambat"),
        "next_quarter": _("Tindak lanjut triwulan berikutnya"),
        "next_plan": _("Tindak lanjut Renja berikutnya"),
        "prepared": _("Disusun oleh kepala perangkat daerah"),
        "evaluated": _("Dievaluasi oleh kepala Bappeda"),
    }[item]


def tc23_title(years: list[int]) -> str:
    """Return the title of T-C.23."""
    return as_used(_("T-C.23 Pencapaian kinerja pelayanan {years}", years=f"{years[0]}-{years[-1]}"))


def tc23_heads(years: list[int]) -> dict[str, str]:
    """Return the headings of T-C.23 by the columns of its frame; the columns of each group are a year each."""
    heads = {
        "number": _("No"),
        "indicator": _("Indikator kinerja"),
        "nspk": _("Target NSPK"),
        "ikk": _("Target IKK"),
        "other": _("Target indikator lainnya"),
    }
    for name, words in tc23_groups().items():
        heads |= {f"{name}_{year}": f"{words} {year}" for year in years}
    return {column: f"({place}) {words}" for place, (column, words) in enumerate(heads.items(), start=1)}


def tc23_groups() -> dict[str, str]:
    """Return what the years of T-C.23 stand under, by the beginning of their columns' names."""
    return {"target": _("Target Renstra"), "realised": _("Realisasi"), "ratio": _("Rasio capaian (%)")}


def tc23_span(years: list[int], group: str) -> str:
    """Return what a group of T-C.23 is called, with the numbers of its columns."""
    groups = tc23_groups()
    first = 6 + list(groups).index(group) * len(years)
    return f"({first}-{first + len(years) - 1}) {groups[group]}"


def tc29_title(year: int) -> str:
    """Return the title of T-C.29."""
    return as_used(_("T-C.29 Evaluasi pelaksanaan Renja {last} untuk Renja {year}", last=year - 2, year=year))


def tc29_heads(year: int) -> dict[str, str]:
    """Return the headings of T-C.29 by the columns of its frame."""
    heads = {
        "code": _("Kode"),
        "programme": _("Urusan/program"),
        "indicator": _("Indikator kinerja"),
        "c4": _("Target akhir Renstra"),
        "c5": _("Realisasi s.d. {year}", year=year - 3),
        "c6": _("Target {year}", year=year - 2),
        "c7": _("Realisasi {year}", year=year - 2),
        "c8": _("Tingkat realisasi {year} (%)", year=year - 2),
        "c9": _("Target {year}", year=year - 1),
        "c10": _("Perkiraan s.d. {year}", year=year - 1),
        "c11": _("Tingkat capaian Renstra s.d. {year} (%)", year=year - 1),
        "c12": _("Catatan"),
    }
    return {column: f"({place}) {words}" for place, (column, words) in enumerate(heads.items(), start=1)}


def tc30_title(year: int) -> str:
    """Return the title of T-C.30."""
    return as_used(_("T-C.30 Pencapaian kinerja {first}-{last}", first=year - 2, last=year + 1))


def tc30_heads(year: int) -> dict[str, str]:
    """Return the headings of T-C.30 by the columns of its frame."""
    heads = {
        "number": _("No"),
        "indicator": _("Indikator kinerja"),
        "standard": _("SPM/standar nasional"),
        "ikk": _("IKK"),
    }
    heads |= {f"c{5 + place}": _("Target {year}", year=year - 2 + place) for place in range(4)}
    heads |= {f"c{9 + place}": _("Realisasi {year}", year=year - 2 + place) for place in range(2)}
    heads |= {f"c{11 + place}": _("Proyeksi {year}", year=year + place) for place in range(2)}
    heads["c13"] = _("Catatan analisis")
    return {column: f"({place}) {words}" for place, (column, words) in enumerate(heads.items(), start=1)}
