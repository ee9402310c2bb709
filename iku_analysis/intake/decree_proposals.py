"""What an office has to decide about each indicator of its decree: a proposal for each setting, with its reason.

No rule here is law: they are our own, from the words and the targets, and every proposal stays marked as undecided
until the office has looked at it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from iku_analysis.indonesian import parse_number
from iku_analysis.intake.decree_annex import Annex
from iku_analysis.intake.figures import NONE, of_both
from iku_analysis.intake.names import normal
from iku_analysis.language import _
from iku_analysis.sources.limits import LONGEST_ID, LONGEST_NAME
from iku_analysis.sources.target_words import Target, parse_target
from iku_analysis.sources.units import adds_up, is_percent

# Grades that offices are given, worst first: by the evaluation of performance accountability, by the audit board.
SCALES = [
    ["D", "C", "CC", "B", "BB", "A", "AA"],
    ["TMP", "TW", "WDP", "WTP"],
    ["Tidak", "Ya"],
    ["Tidak Ada", "Ada"],
    ["Belum", "Sudah"],
    ["Sangat Kurang", "Kurang", "Cukup", "Baik", "Sangat Baik"],
]
NAMED = {"predikat": SCALES[0], "opini": SCALES[1]}
LESS = re.compile(
    r"\b(kematian|kesakitan|prevalensi|insiden\w*|kemiskinan|miskin|pengangguran|stunting|waktu|lama(?! sekolah)|kasus|"
    r"temuan|putus|inflasi|gini|kerusakan|kehilangan|pelanggaran|kecelakaan|kebakaran|kesalahan|keterlambatan|sisa|suap|"
    r"buta)\b",
    re.IGNORECASE,
)
# What is done about these: more of it is better; not of the time that it takes, `Waktu penyelesaian izin`.
MENDED = re.compile(
    r"^(?:(?!\b(?:waktu|lama|keterlambatan)\b).)*\b(ditindak|tindak lanjut|ditangani|tertangani|penanganan|"
    r"diselesaikan|terselesaikan|penyelesaian|penurunan|pencegahan)",
    re.IGNORECASE,
)
GROWTH = re.compile(r"\b(pertumbuhan|laju|perubahan|kenaikan|peningkatan)\b", re.IGNORECASE)
NIL = "nihil"  # a target of 0 that is meant; signs of `NONE` say that there is none
PER_CENT = re.compile(r"100\s*(%|persen)", re.IGNORECASE)
SHARE = re.compile(r"\b(persentase|prosentase|cakupan|proporsi)\b", re.IGNORECASE)
GENERIC = {
    *("jumlah", "persentase", "prosentase", "tingkat", "nilai", "angka", "yang", "dan", "di", "ke", "dari", "untuk"),
    *("dengan", "pada", "oleh", "per", "atau", "dalam", "secara", "serta", "rata", "the", "of"),
}


class Proposal(NamedTuple):
    """A setting of an indicator: its word in indicators.toml, its value, why, and whether it must be decided."""

    word: str
    value: Any
    why: str
    open: bool = True


def propose(annex: Annex, known: Mapping[str, str]) -> list[list[Proposal]]:
    """Return the proposals for each indicator of an annex; `known` are the ids of earlier decrees by their names."""
    taken: set[str] = set(known.values())
    return [_propose(row, annex.years, taken, known) for row in annex.rows]


def _propose(row: dict[str, str], years: Sequence[int], taken: set[str], known: Mapping[str, str]) -> list[Proposal]:
    name = row["indikator"]
    cells = {str(year): row.get(str(year), "") for year in years}
    unit = row.get("satuan", "") or _unit_behind(cells.values()) or _unit(name, row.get("definisi", ""))
    told = [cell for cell in cells.values() if cell.casefold() not in {*NONE, NIL}]
    scale = _scale(told) if years else _named_scale(name)
    read_as = {year: text for year, cell in cells.items() if (text := _read_as(cell, unit, scale))}
    targets = [target for year, cell in cells.items() if (target := _target(read_as.get(year, cell), scale))]
    return [
        Proposal("id", known.get(normal(name)) or _id(name, taken), "", open=False),
        Proposal("label", name[:LONGEST_NAME], _("sebutan di gambar; pendekkan bila perlu"), open=False),
        *([] if row.get("satuan") else [Proposal("unit", unit, _("keputusan tidak menyebut satuannya"))]),
        *([Proposal("scale", scale, _("predikat di target; urutan dari yang terburuk"))] if scale else []),
        *([Proposal("read_as", read_as, _("tidak dapat dibaca seperti tertulis di keputusan"))] if read_as else []),
        _direction(name, targets),
        _aggregation(unit, scale),
        _path(targets, scale),
        _zero(targets, is_meant=bool(LESS.search(name)) or NIL in map(str.casefold, cells.values())),
        *_bounds(name, unit, targets),
        Proposal(
            "reason", _("Usulan dari kata dan target di keputusan; ganti dengan alasan instansi."), "", open=False
        ),
        Proposal("holder", row.get("pemegang", ""), _("pemegang data"), open=False),
    ]


def _unit_behind(cells: Iterable[str]) -> str:
    """Return the unit that stands behind the numbers of all targets: `120 kasus`."""
    behind = [re.fullmatch(r".*[0-9]\s*([^\W\d_].*)", cell) for cell in cells]
    units = {found[1] if found else "" for found in behind}
    return units.pop() if len(units) == 1 else ""


def _unit(name: str, definition: str) -> str:
    """Return the unit that a name or a definition speaks of, nothing where neither does."""
    if SHARE.search(name) or PER_CENT.search(definition):
        return "Persen"
    found = re.match(r"(indeks|skor|nilai|angka|rasio|predikat|opini)\b|jumlah\s+(\w+)", name, re.IGNORECASE)
    return (found[1] or found[2]).capitalize() if found else ""


def _scale(cells: Sequence[str]) -> list[str]:
    """Return the grades of targets that are words: a scale that is known, else the words in their order."""
    for scale in SCALES:
        grades = [grade.casefold() for grade in scale]
        if cells and all(of_both(cell, grades, "id").casefold() in grades for cell in cells):
            return scale
    return list(dict.fromkeys(cell for cell in cells if not re.search("[0-9]", cell)))


def _named_scale(name: str) -> list[str]:
    """Return the grades that a name speaks of, where there are no targets to tell them."""
    return next((scale for word, scale in NAMED.items() if re.search(rf"\b{word}\b", name, re.IGNORECASE)), [])


def _target(cell: str, scale: Sequence[str]) -> Target | None:
    try:
        return parse_target(cell, scale)
    except ValueError:
        return None


def _read_as(cell: str, unit: str, scale: Sequence[str]) -> str:
    """Return how a cell is proposed to be read that cannot be read as issued: `20.1` among commas is `20,1`."""
    if _target(cell, scale) is not None:
        return ""
    if scale:
        return of_both(cell, [grade.casefold() for grade in scale], "id")
    if cell.casefold() in {*NONE, NIL}:
        return "0"
    bare = cell[: -len(unit)].rstrip() if unit and cell.casefold().endswith(unit.casefold()) else ""
    if _target(bare, scale) is not None:
        return bare
    try:
        return str(parse_number(cell.removesuffix("%").rstrip(), "en")).replace(".", ",") + "%" * cell.endswith("%")
    except ValueError:
        return cell


def _id(name: str, taken: set[str]) -> str:
    """Return a short name that no other indicator has: an abbreviation in brackets, else the first telling words."""
    short = re.search(r"\(([A-Z][A-Za-z]{1,11})\)", name)
    words = [word for word in re.findall("[a-z0-9]+", name.casefold()) if word not in GENERIC]
    words = words or re.findall("[a-z0-9]+", name.casefold()) or ["indikator"]
    found = short[1].casefold() if short else "_".join(words[:2])
    found = re.sub("^[^a-z]+", "", found)[: LONGEST_ID - 4] or "indikator"
    number, whole = 2, found
    while found in taken:
        found, number = f"{whole}_{number}", number + 1
    taken.add(found)
    return found


def _direction(name: str, targets: Sequence[Target]) -> Proposal:
    ways = {target.way for target in targets if target.way}
    if any(target.high is not None for target in targets):
        return Proposal("direction", "range", _("target berupa rentang"))
    if ways:
        return Proposal("direction", min(ways), _("menurut tanda di target"))
    numbers = [target.number for target in targets]
    rising = len(set(numbers)) > 1 and numbers == sorted(numbers)
    less = LESS.search(name) and not MENDED.search(name)
    if less and rising:
        return Proposal("direction", "lower", _("dari namanya makin kecil makin baik, tetapi targetnya naik: periksa"))
    if less:
        return Proposal("direction", "lower", _("dari namanya: makin kecil makin baik"))
    if len(set(numbers)) > 1 and numbers == sorted(numbers, reverse=True) and all(numbers):
        return Proposal("direction", "lower", _("target turun dari tahun ke tahun"))
    return Proposal("direction", "higher", _("makin besar makin baik; tidak ada tanda sebaliknya"))


def _aggregation(unit: str, scale: Sequence[str]) -> Proposal:
    if scale:
        return Proposal("aggregation", "last", _("predikat: yang terakhir berlaku"))
    if is_percent(unit):
        return Proposal("aggregation", "ratio", _("persentase: jumlah pembilang / jumlah penyebut"))
    if adds_up(unit):
        return Proposal("aggregation", "sum", _("hitungan: bagian dijumlahkan; last bila jumlah pada akhir periode"))
    return Proposal(
        "aggregation", "last", _("indeks, angka per penduduk atau lama waktu: yang terakhir; mean: rata-rata")
    )


def _path(targets: Sequence[Target], scale: Sequence[str]) -> Proposal:
    if scale or any(target.high is not None for target in targets):
        return Proposal("path", "flat", _("predikat atau rentang: dinilai tiap tahun"), open=False)
    if not targets:
        return Proposal("path", "rising", _("target belum ada: flat bila sama tiap tahun"))
    same = len({target.number for target in targets}) < 2
    word = "flat" if same else "rising"
    return Proposal("path", word, _("target sama tiap tahun") if same else _("target berubah tiap tahun"), open=False)


def _zero(targets: Sequence[Target], *, is_meant: bool) -> Proposal:
    zero = any(target.number == 0 for target in targets)
    why = _("target 0 berarti nol yang dituju") if is_meant else _("target 0 berarti tidak ditargetkan")
    return Proposal("zero_target", "target" if is_meant else "not_targeted", why, open=zero)


def _bounds(name: str, unit: str, targets: Sequence[Target]) -> list[Proposal]:
    numbers = [target.number for target in targets]
    if is_percent(unit) and (GROWTH.search(name) or any(number < 0 for number in numbers)):
        return [Proposal("lower_bound", -100, _("pertumbuhan dapat di bawah nol"))]
    if is_percent(unit) and SHARE.search(name) and all(number <= 100 for number in numbers):
        return [Proposal("upper_bound", 100, _("bagian dari keseluruhan: paling banyak 100"))]
    return []
