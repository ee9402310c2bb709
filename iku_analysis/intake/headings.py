"""What the headings of an office's table mean: one above another, from the top."""

import re
from functools import lru_cache
from typing import NamedTuple

from iku_analysis.intake.when import ROMAN_PART, When, bare_part, take_when

# What an area is; what else stands in the name of such a column.
PLACE = (
    r"wilayah|kab|kabupaten|kota|kotamadya|kecamatan|kec|kelurahan|kel|desa|daerah|area|lokasi|distrik|administrasi|adm|"
    r"regency|municipality|district|city|kerja|provinsi|propinsi|dusun|lingkungan|rukun|warga|tetangga|rw|rt|nagari|gampong|"
    r"kampung|kalurahan|kapanewon|kemantren|banjar|jorong|pekon"
)
# Words of which the heading of a column of names is made; a name has others.
BARE = {
    *("no", "nomor", "kode", "id", "nama", "uraian", "judul", "indikator", "kinerja", "utama", "iku", "ikk", "iki"),
    *("program", "kegiatan", "sub", "subkegiatan", "sasaran", "strategis", "tujuan", "satuan", "unit", "kunci"),
    *("indicator", "indicators", "key", "performance", "objective", "programme", "outcome", "output", "dan", "atau"),
    *("daerah", "perangkat", "opd", "skpd", "penanggung", "jawab", "pj", "pic", "bidang", "pelaksana", "pengampu"),
    *("definisi", "operasional", "formula", "rumus", "perhitungan", "penghitungan", "pengukuran", "renstra", "rpjmd"),
    *("wilayah", "kabupaten", "kab", "kota", "kecamatan", "kelurahan", "desa", "area", "lokasi", "regency"),
    *("municipality", "district", "city", "provinsi", "province", "ukur", "of", "measurement", "the", "and"),
}
PART_WORDS = re.compile(
    r"(?<![a-z])(triwulan|triwulanan|tw|trw|tribulan|quarter|kuartal|semester|smt)(?![a-z])", re.IGNORECASE
)
MONTH_WORD = re.compile(r"(?<![a-z])(bulan|month)(?![a-z])", re.IGNORECASE)
MONTH = re.compile("0?[1-9]|1[0-2]")

# In brackets behind a heading, where units stand else: what tells that the figures are no results of that year.
NOT_REALISED = re.compile(
    r"\b(prognos|estimasi|perkiraan|prakiraan|proyeksi|usulan|rencana|nasional|target|capaian|selisih|deviasi|gap|awal|"
    r"lalu|sebelum|belum|unaudited)|^\(e\)$",
    re.IGNORECASE,
)

# What a heading's words mean, the first that fits; what tells the measure apart stands before what names a thing.
MEANINGS: list[tuple[str, str]] = [
    ("number", r"no|nomor|no urut|nomor urut|urutan|urut|#|nr|number"),
    ("code", r"kode|(kode|no|nomor|id)\.? (indikator|iku|ikk|indicator)|id|indicator id"),
    ("area_code", r"kode (wilayah|kab\w*|kota|kec\w*|kel\w*|desa|daerah|bps|kemendagri)\b.*"),
    ("whole", r"(kode|nama)? ?(provinsi|propinsi)|negara"),
    ("realised", r"(realisasi|serapan|penyerapan|realized|realised).*(anggaran|keuangan|belanja|pagu|dana|budget).*"),
    ("realised", r"(serapan|penyerapan)|(anggaran|belanja) (yang )?(terserap|direalisasikan).*"),
    ("budget", r"(pagu|anggaran|belanja|dpa|dana|budget|jumlah anggaran|target (anggaran|keuangan)).*"),
    ("achievement", r"(persentase |tingkat |% ?|nilai )?(capaian|pencapaian|ketercapaian|achievement)\b.*|predikat.*"),
    (
        "achievement",
        r"%|rasio( (capaian|pencapaian|realisasi|kinerja))*( (pada|per|tahun))*|kinerja \(?%\)?|"
        r"(realisasi|target) ?/ ?(target|realisasi).*|selisih|gap|deviasi|(tingkat )?kemajuan|"
        r"(peningkatan|kenaikan|naik|\+) ?/ ?(penurunan|turun|-)",
    ),
    ("end", r"(target|kondisi) akhir.*|kondisi kinerja pada akhir.*"),
    ("baseline", r"(kondisi|data|target|capaian|realisasi) awal.*|baseline.*|tahun dasar.*"),
    ("target", r"(target|rencana|sasaran target)\b.*|t|tgt|trgt"),
    ("value", r"(realisasi|realization|realisation|hasil|actual|terealisasi)\b.*|r|real"),
    ("numerator", r"(pembilang|numerator)\b.*"),
    ("denominator", r"(penyebut|denominator)\b.*"),
    ("indicator", r"(sasaran|tujuan)( strategis)?( / sasaran( strategis)?)?( / | dan )(indikator|iku)\b.*"),
    ("objective", r"(sasaran|tujuan|objective)\b.*"),
    (
        "definition",
        r"((penjelasan|keterangan|alasan|catatan)\W+)?"
        r"(definisi|formula|formulasi|rumus|cara (peng|per)?hitung\w*|metode (peng|per)?hitung\w*|definition)\b.*",
    ),
    ("indicator", r"((key|main) )?performance indicators?|kpi"),
    ("indicator", r"(uraian |nama |judul )?(indikator|indicator|iku|ikk|iki)\b.*|uraian|variabel|item"),
    (
        "holder",
        r"(penanggung|pj|pic|opd|skpd|perangkat daerah|bidang|unit kerja|pelaksana|unit penanggung|penyedia data)\b.*",
    ),
    ("unit", r"(satuan|unit)\b.*"),
    ("programme", r"(program|programme|kegiatan|sub ?kegiatan)\b.*"),
    ("year", r"tahun|year|thn|th"),
    ("quarter", r"triwulan|tw|trw|tribulan|quarter|kuartal"),
    ("semester", r"semester|smt"),
    ("month", r"bulan|month"),
    ("period", r"periode|period|waktu|tahun bulan|periode data"),
    ("area", rf"(nama )?({PLACE})( ?([/,.&-]|dan|atau)? ?({PLACE}))*"),
    ("breakdown", r"rincian|breakdown"),
    ("basis", r"basis|dasar"),
    ("status", r"status( angka| data)?"),
    ("source", r"sumber\b.*|source|asal data"),
    ("origin", r"asal|origin"),
    ("series", r"deret|series|nama deret"),
    ("note", r"ket\w*|catatan|note|notes|penjelasan|analisis|faktor.*|hambatan.*|kendala.*|tindak lanjut.*|solusi.*"),
    ("total", r"(jumlah|jml|total)( realisasi| target)?|kumulatif|akumulasi|rata ?- ?rata"),
    ("value", r"nilai|angka|value|volume|banyaknya|jumlah"),
]
COMPILED = [(role, re.compile(pattern)) for role, pattern in MEANINGS]
# Words behind a measure, or above a period, that change nothing: `Realisasi Kinerja`, `Tahun Pelaksanaan`.
PLAIN = {
    *("realisasi", "realization", "realisation", "realized", "realised", "terealisasi", "real", "r", "hasil", "actual"),
    *(
        "aktual",
        "nilai",
        "angka",
        "value",
        "volume",
        "banyaknya",
        "jumlah",
        "kinerja",
        "capaian",
        "performance",
        "data",
    ),
    *(
        "indikator",
        "indicator",
        "iku",
        "ikk",
        "program",
        "kegiatan",
        "tahun",
        "thn",
        "year",
        "bulan",
        "month",
        "triwulan",
    ),
    *("tw", "quarter", "semester", "periode", "period", "pelaksanaan", "pelaporan", "berjalan", "ini", "ke", "pada"),
    *("sampai", "dengan", "sd", "s", "d", "yang", "di", "dan", "dicapai", "tercapai", "total", "kumulatif", "final"),
    *("akhir", "per", "target", "dalam", "satuan", "unit", "of", "the", "for", "pengukuran", "output", "outcome"),
}
MEASURES = ("value", "target", "numerator", "denominator", "budget", "realised")
PARTS_OF_TIME = ("period", "quarter", "semester", "month", "year")
KEYS = ("indicator", "code", "programme", "area", "year", "quarter", "month", "semester", "period", "number")
BELOW = {"K": "", "RP": "money", "(RP)": "money", "RUPIAH": "money"}  # performance and money, in pairs: K | Rp


class Column(NamedTuple):
    """A column of a table: its place, its headings as written from the top, what it holds, and of when.

    `indicator_id` is set where the heading names the indicator, `area` where it names an area (nothing: the whole).
    `rest` are words that mean nothing known: `Prognosa`, or `Nasional` behind `Realisasi`.
    """

    place: int
    words: tuple[str, ...]
    role: str  # of MEANINGS, or nothing
    when: When
    unit: str = ""  # in brackets behind its heading
    indicator_id: str = ""
    area: str | None = None
    rest: str = ""

    @property
    def name(self) -> str:
        """The headings on one line."""
        return " / ".join(dict.fromkeys(filter(None, self.words)))


@lru_cache(maxsize=10_000)  # files of one office repeat their words
def meaning(words: str) -> str:
    """Return what a heading's words mean, its period already taken away; nothing if they mean nothing known."""
    bare = " ".join(re.findall(r"[^\W_]+|[%#/().-]", words.casefold()))
    bare = re.sub(r"\s*\.\s*", ". ", bare).strip(" .")
    bare = re.sub(r"\s*([-/])\s*", r" \1 ", bare) if re.search(r"\w\s*-\s*\w", bare) else bare
    for role, pattern in COMPILED:
        if pattern.fullmatch(bare) or pattern.fullmatch(re.sub(r"\s*\([^)]*\)?", "", bare).strip(" .")):
            return role
    return ""


def is_bare(words: str) -> bool:
    """Tell whether words are those of headings alone, and name no thing: `Indikator kinerja`, not `Indikator kopi`."""
    return all(word in BARE for word in re.findall(r"[^\W_]+", words.casefold()))


def is_heading(text: str) -> bool:
    """Tell whether a cell may be a heading: words of a known meaning, or a period alone."""
    when, left = take_when(text)
    return bool(meaning(left)) if left else bool(when.year or when.part or when.running)


def name_column(place: int, words: tuple[str, ...]) -> Column:
    """Return what a column is by all its headings, of which the lower ones tell more."""
    role, when, unit, rest = "", When(), "", list[str]()
    roles: list[str] = []
    for above, word in enumerate(words):
        found, left = take_when(word)
        if part := _part_below(words[:above], word, roles):
            found, left = When(part=part), ""
        when = found.within(when)
        brackets = re.search(r"\(([^()]+)\)\s*$", left)
        unit = brackets[1].strip() if brackets else unit
        money = BELOW.get(left.upper())
        if money is not None:
            roles.append("realised" if money and "value" in roles else "budget" if money else "")
        elif left and left.casefold() not in ("ke", "-"):
            roles.append(meaning(left))
            rest += unknown_words(left, roles[-1])
    known = [each for each in roles if each]
    if known:
        role = known[-1]
        if role in PARTS_OF_TIME and (when.part or when.year):  # `Target / Triwulan / I`
            role = next((each for each in reversed(known) if each not in PARTS_OF_TIME), "")
        if "budget" in known:
            role = "realised" if {"value", "realised"} & set(known) else "budget"
        elif role in ("value", "total", "indicator") and "target" in known:
            role = "target" if role != "total" else "total"
    return Column(place, words, role, when, unit, rest=" ".join(rest))


def unknown_words(left: str, role: str) -> list[str]:
    """Return the words of a heading that mean nothing known; only a figure of what was achieved must have none."""
    if role not in ("", "value"):
        return []
    bare = re.sub(r"\([^)]*\)?", " ", left)
    told = [words for words in re.findall(r"\([^)]*\)?", left) if NOT_REALISED.search(words)]
    return [*(word for word in re.findall(r"[^\W\d_]+", bare) if word.casefold() not in PLAIN), *told]


def _part_below(above: tuple[str, ...], word: str, roles: list[str]) -> str:
    """Return the part of a year that a bare numeral names: below `Triwulan` or `Bulan` any, else a Roman one."""
    for text in reversed(above):
        if MONTH_WORD.search(text):
            return take_when(f"bulan {word}")[0].part if MONTH.fullmatch(word.strip()) else ""
        if kind := PART_WORDS.search(text):
            return bare_part(word, "S" if kind[1].casefold().startswith("s") else "Q")
    is_roman = ROMAN_PART.fullmatch(word.strip().strip("().")) is not None
    return bare_part(word, "Q") if is_roman and set(roles) & set(MEASURES) else ""
