"""Write `data/example/`: a full, invented set of realisations for 2018-2022, the same each time.

Nothing in it is real but the decree. Usage: python scripts/make_example.py [FOLDER]
"""

import csv
import random
import shutil
import sys
from pathlib import Path

from openpyxl import Workbook

DATA = Path(__file__).parents[1] / "data"
YEARS = range(2018, 2023)
PROVISIONAL = 2022
SOURCE = "DATA CONTOH"
# Share of the province's instruments, complaints and firms in each area.
AREAS = {
    "Jakarta Pusat": 0.16,
    "Jakarta Utara": 0.17,
    "Jakarta Barat": 0.21,
    "Jakarta Selatan": 0.20,
    "Jakarta Timur": 0.24,
    "Kepulauan Seribu": 0.02,
}
# Share of each type of instrument, and of each destination of exports.
KINDS = {"timbangan": 0.58, "pompa ukur BBM": 0.17, "meter taksi": 0.16, "tangki ukur mobil": 0.09}
DESTINATIONS = {"Amerika Serikat": 0.19, "Tiongkok": 0.16, "Jepang": 0.11, "Singapura": 0.09, "Filipina": 0.07}
QUARTERS = ["TW I", "TW II", "TW III", "TW IV"]
QUARTER_SHARES = [0.21, 0.26, 0.25, 0.28]
MONTH_SHARES = [0.075, 0.074, 0.082, 0.080, 0.079, 0.086, 0.081, 0.087, 0.086, 0.090, 0.092, 0.088]

COOPERATIVES = {2018: 35, 2019: 122, 2020: 121, 2021: 126, 2022: 131}  # 2018: counted, not targeted
FIRMS = {2018: 10_412, 2019: 28_630, 2020: 28_015, 2021: 29_204, 2022: 28_377}
MARKETS = {2019: 18, 2020: 20, 2021: 23, 2022: 24}
COMPLAINTS = {2018: 412, 2019: 455, 2020: 538, 2021: 603, 2022: 571}  # all followed up
INSTRUMENTS = {2018: 61_500, 2019: 62_800, 2020: 63_900, 2021: 65_200, 2022: 66_100}
COVERAGE = {2018: 0.9641, 2019: 0.9728, 2020: 0.9812, 2021: 0.9836, 2022: 0.9921}
EXPORTS = {  # USD; 2020 misses its target by 2,1 %
    2018: 4_133_000_000,
    2019: 4_199_000_000,
    2020: 4_079_000_000,
    2021: 4_296_000_000,
    2022: 4_378_000_000,
}
# The decree's targets that the example divides over quarters. Markets supervised have none: a gap to be seen.
QUARTERED = {
    "nik": {2020: 120, 2021: 120, 2022: 120},
    "umkm": {2020: 27_799, 2021: 27_799, 2022: 27_797},
    "ekspor": {2020: 4_166_452_963, 2021: 4_208_117_493, 2022: 4_250_198_668},
}
QUARTERED_PERCENT = {
    "keluhan": {year: ["100", "100", "100", "100"] for year in (2020, 2021, 2022)},
    "uttp": {
        2020: ["96,5", "97", "97,5", "98"],
        2021: ["97,5", "98", "98,5", "99"],
        2022: ["98,5", "99", "99,5", "100"],
    },
}
# Programme, the indicator its money serves (none for the office), millions of rupiah in 2019. Complaints have no money.
PROGRAMMES = [
    ("Contoh: Pembinaan dan sertifikasi koperasi", "nik", 4_200),
    ("Contoh: Pengembangan kewirausahaan", "umkm", 18_500),
    ("Contoh: Pendampingan perizinan usaha", "umkm", 6_300),
    ("Contoh: Pengawasan barang di pasar", "pasar_diawasi", 3_100),
    ("Contoh: Pelayanan tera dan tera ulang", "uttp", 9_400),
    ("Contoh: Peremajaan alat metrologi", "uttp", 5_800),
    ("Contoh: Promosi dagang", "umkm", 2_900),
    ("Contoh: Promosi dagang", "ekspor", 4_600),
    ("Contoh: Administrasi perkantoran", "", 12_700),
]
BUDGET_YEARS, BY_QUARTER = range(2019, 2023), 2021
MARK = "DATA CONTOH: "
IDENTITY = """\
# Instansi di atas kertas: kop, lambang, dan siapa yang menandatangani pada tanggal berapa. Semua orang di sini rekaan.
# The agency on paper: letterhead, emblem, and who signs on which day. All people here are invented.

place = "Jakarta"   # sebelum tanggal, di atas tanda tangan
government = "Contoh: Pemerintah Provinsi DKI Jakarta"   # di atas nama instansi, di sampul
letterhead = [
  "CONTOH: PEMERINTAH PROVINSI DKI JAKARTA",
  "DINAS KOPERASI, UKM DAN PERDAGANGAN",
  "Jalan Contoh Nomor 0, Jakarta",
]
emblem = "lambang.svg"   # berkas di folder ini; bukan lambang pemerintah mana pun

# Pemegang jabatan, masing-masing sejak (`from`) dan sampai dengan (`until`) suatu tanggal. `first_party`: pihak
# pertama, yang berjanji; `second_party`: pihak kedua, yang menerima janji. `kind`: Plt, Plh atau Pj.
"""
SIGNERS = [
    ("first_party", "Siti Aminah", "Kepala Dinas", "", "19000101 192001 2 000", "2018-01-01", "2020-09-30"),
    ("first_party", "Yohanes Tamba", "Kepala Dinas", "Plt", "", "2020-10-01", "2020-12-31"),
    ("first_party", "Nur'aini", "Kepala Dinas", "", "19000202 192002 2 000", "2021-01-01", "2021-12-31"),
    ("first_party", "I Made Wirawan", "Kepala Dinas", "Plt", "19000303 192003 1 000", "2022-01-01", "2022-03-31"),
    ("first_party", "I Made Wirawan", "Kepala Dinas", "", "19000303 192003 1 000", "2022-04-01", ""),
    ("second_party", "Raden Wijaya", "Gubernur", "", "", "2018-01-01", "2022-10-15"),
    ("second_party", "Ratna Dewi", "Gubernur", "Pj", "", "2022-10-16", ""),
]
LETTERS = [
    "m10 4h-9v16h9",
    "m1 4h9v16h-9z",
    "m1 20v-16l9 16v-16",
    "m0 4h11m-5.5 0v16",
    "m1 4h9v16h-9z",
    "m1 4v16m9-16v16m-9-8h9",
]
NOTES: dict[int, dict[str, dict[str, str]]] = {
    2020: {
        "umum": {
            "Organisasi": "uraian susunan organisasi hanya sebagai contoh.",
            "Isu strategis": "pembatasan kegiatan mengurangi layanan tatap muka.",
            "Simpulan": "sebagian besar target tercapai; ekspor belum.",
            "Langkah berikutnya": "layanan daring ditambah pada tahun berikutnya.",
        },
        "umkm": {
            "Penyebab": "pendampingan dipindahkan ke layanan daring.",
            "Langkah berikutnya": "pendampingan daring diteruskan.",
        },
        "uttp": {
            "Penyebab": "tera ulang tertunda pada pertengahan tahun dan dikejar pada triwulan IV.",
            "Hambatan": "pasar ditutup sementara.",
            "Solusi": "jadwal sidang tera digeser ke triwulan IV.",
        },
        "ekspor": {
            "Penyebab": "permintaan dari negara tujuan menurun.",
            "Hambatan": "biaya pengiriman naik.",
            "Solusi": "pertemuan dagang dilakukan secara daring.",
            "Langkah berikutnya": "promosi diarahkan ke tujuan yang masih tumbuh.",
        },
    },
    2021: {
        "umum": {
            "Organisasi": "uraian susunan organisasi hanya sebagai contoh.\n\nSetiap bidang memegang datanya sendiri.",
            "Isu strategis": "perizinan berpindah ke NIB; daftar alat ukur perlu dimutakhirkan.",
            "Simpulan": "sebagian besar target tercapai; cakupan tera belum.",
            "Langkah berikutnya": "jadwal tera disusun menurut wilayah yang paling tertinggal.",
        },
        "nik": {
            "Penyebab": "pendampingan rapat anggota tahunan selesai pada triwulan III.",
            "Hambatan": "berkas sebagian koperasi tidak lengkap.",
            "Solusi": "petugas memeriksa berkas sebelum diajukan.",
            "Program": "pembinaan dan sertifikasi koperasi.",
            "Langkah berikutnya": "daftar koperasi yang belum mengajukan dibagikan ke wilayah.",
        },
        "umkm": {
            "Penyebab": "pendampingan perizinan dibuka di setiap kecamatan.",
            "Hambatan": "perubahan dari IUMK ke NIB perlu waktu.",
            "Solusi": "petugas membantu pengisian secara daring.",
            "Program": "pengembangan kewirausahaan; pendampingan perizinan usaha.",
            "Langkah berikutnya": "pencatatan izin dicocokkan setiap triwulan.",
        },
        "pasar_diawasi": {
            "Penyebab": "satu pasar lebih dari target sempat diawasi pada triwulan IV.",
            "Hambatan": "jumlah pengawas terbatas.",
            "Solusi": "jadwal pengawasan digabung dengan sidang tera.",
            "Program": "pengawasan barang di pasar.",
            "Langkah berikutnya": "pasar yang belum diawasi didahulukan.",
        },
        "keluhan": {
            "Hambatan": "pelaku usaha terlambat menjawab.",
            "Solusi": "batas waktu jawaban ditulis dalam surat.",
            "Langkah berikutnya": "lama penanganan ikut dicatat.",
        },
        "uttp": {
            "Penyebab": "alat yang jatuh wajib tera bertambah lebih cepat daripada petugas.",
            "Hambatan": "timbangan pedagang kecil sulit didatangi.",
            "Solusi": "sidang tera di pasar pada akhir pekan.",
            "Program": "pelayanan tera dan tera ulang; peremajaan alat metrologi.",
            "Standar nasional": "pembanding nasional tidak ada dalam data contoh.",
            "Langkah berikutnya": "wilayah dengan kekurangan terbesar didahulukan.",
        },
        "ekspor": {
            "Penyebab": "permintaan dari negara tujuan pulih.",
            "Hambatan": "ruang kapal terbatas.",
            "Solusi": "pengiriman digabung antarusaha.",
            "Program": "promosi dagang.",
        },
    },
    2022: {
        "umum": {"Simpulan": "angka tahun ini masih sementara."},
        "uttp": {"Penyebab": "sidang tera di pasar diperbanyak."},
    },
}

SECOND_SCALE = """
# Skala kedua, hanya untuk dibandingkan: seperti dijalankan aplikasi umum untuk formulir E.81.
[[scale]]
name = { id = "Menurut aplikasi E.81", en = "As E.81 applications have it" }
source = { id = "seperti dijalankan aplikasi umum untuk formulir Permendagri 86/2017: 91-100 Sangat Tinggi, 76-90 Tinggi, 66-75 Sedang, 51-65 Rendah, sampai 50 Sangat Rendah; di atas 100 tetap Sangat Tinggi; dibaca dari batas bawahnya; teks peraturannya belum dibaca", en = "as public applications implement it for the forms of Permendagri 86/2017: 91-100 Very high, 76-90 High, 66-75 Medium, 51-65 Low, up to 50 Very low; over 100 stays Very high; read by its lower bounds; the regulation's text has not been read" }

[[scale.rating]]
label = { id = "Sangat Tinggi", en = "Very high" }
from = 91

[[scale.rating]]
label = { id = "Tinggi", en = "High" }
from = 76

[[scale.rating]]
label = { id = "Sedang", en = "Medium" }
from = 66

[[scale.rating]]
label = { id = "Rendah", en = "Low" }
from = 51

[[scale.rating]]
label = { id = "Sangat Rendah", en = "Very low" }
"""  # noqa: E501


def split(total: int, shares: list[float], rng: random.Random) -> list[int]:
    """Return whole parts near the shares that sum to the total."""
    parts = [int(total * share * rng.uniform(0.97, 1.03)) for share in shares]
    parts[-1] += total - sum(parts)
    return parts


def status(year: int) -> str:
    return "sementara" if year == PROVISIONAL else "final"


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def write_csv(path: Path, separator: str, rows: list[list]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)


def make_counts(rng: random.Random) -> list[list]:
    """Cooperatives, markets and complaints by quarter, the whole province."""
    rows: list[list] = [["indikator", "periode", "nilai", "pembilang", "penyebut", "basis", "status", "sumber"]]
    for indicator, totals in (("nik", COOPERATIVES), ("pasar_diawasi", MARKETS)):
        for year, total in totals.items():
            for quarter, part in zip(QUARTERS, split(total, QUARTER_SHARES, rng), strict=True):
                rows.append([indicator, f"{quarter} {year}", part, "", "", "resmi", status(year), SOURCE])
    rows.append(["pasar_sni", 2018, 17, "", "", "resmi", "final", SOURCE])
    for year, total in COMPLAINTS.items():
        for quarter, part in zip(QUARTERS, split(total, QUARTER_SHARES, rng), strict=True):
            rows.append(["keluhan", f"{quarter} {year}", "", part, part, "resmi", status(year), SOURCE])
    return rows


def make_instruments(rng: random.Random) -> list[list]:
    """Instruments due and verified, by area and quarter."""
    rows = [["indikator", "periode", "wilayah", "nilai", "pembilang", "penyebut", "basis", "status", "sumber"]]
    # Some areas lag behind; the shares of the unverified, not of the instruments.
    behind = {
        "Jakarta Utara": 0.34,
        "Jakarta Barat": 0.24,
        "Jakarta Timur": 0.22,
        "Jakarta Selatan": 0.12,
        "Jakarta Pusat": 0.06,
        "Kepulauan Seribu": 0.02,
    }
    for year, due in INSTRUMENTS.items():
        unverified = round(due * (1 - COVERAGE[year]))
        due_by_area = dict(zip(AREAS, split(due, list(AREAS.values()), rng), strict=True))
        for area, share in behind.items():
            due_by_quarter = split(due_by_area[area], QUARTER_SHARES, rng)
            open_by_quarter = split(round(unverified * share), [0.4, 0.3, 0.2, 0.1], rng)
            for quarter, of_quarter, still_open in zip(QUARTERS, due_by_quarter, open_by_quarter, strict=True):
                counts = [dotted(of_quarter - still_open), dotted(of_quarter)]
                rows.append(["uttp", f"{quarter} {year}", area, "", *counts, "resmi", status(year), SOURCE])
    return rows


def make_kinds(instruments: list[list], rng: random.Random) -> list[list]:
    """The same instruments by type, the whole province: the types of a quarter sum to its areas."""
    rows = [["indikator", "periode", "rincian", "nilai", "pembilang", "penyebut", "basis", "status", "sumber"]]
    for year in INSTRUMENTS:
        for quarter in QUARTERS:
            of_quarter = [row for row in instruments if row[1] == f"{quarter} {year}"]
            covered, due = (sum(int(str(row[place]).replace(".", "")) for row in of_quarter) for place in (4, 5))
            due_by_kind = split(due, list(KINDS.values()), rng)
            open_by_kind = split(due - covered, [0.52, 0.11, 0.30, 0.07], rng)
            for kind, of_kind, still_open in zip(KINDS, due_by_kind, open_by_kind, strict=True):
                parts = ["", dotted(of_kind - still_open), dotted(of_kind)]
                rows.append(["uttp", f"{quarter} {year}", f"jenis: {kind}", *parts, "resmi", status(year), SOURCE])
    return rows


def make_verifications(rng: random.Random) -> list[list]:
    """Instruments verified each month, and for how long: few in the middle of 2020, caught up later."""
    rows: list[list] = [["jenis", "periode", "jumlah", "berlaku_bulan", "sumber"]]
    for year, due in INSTRUMENTS.items():
        for kind, share in KINDS.items():
            for month, part in enumerate(split(round(due * share), MONTH_SHARES, rng), start=1):
                slow = 0.35 if year == 2020 and 4 <= month <= 7 else 1.25 if year == 2020 and month > 9 else 1
                rows.append([kind, f"{year}-{month:02d}", round(part * slow), 12, SOURCE])
    return rows


def make_context(rng: random.Random) -> list[list]:
    """Registered entrepreneurs (P1) beside the licensed ones (P4), summed from the first year on."""
    rows: list[list] = [["indikator", "deret", "periode", "nilai", "satuan", "sumber", "keterangan"]]
    registered = licensed = 0
    for year, firms in FIRMS.items():
        registered, licensed = registered + round(firms * rng.uniform(1.8, 2.2)), licensed + firms
        for series, value in (("Pendaftar (P1), kumulatif", registered), ("Berizin (P4), kumulatif", licensed)):
            rows.append(["umkm", series, year, dotted(value), "orang", SOURCE, "angka rekaan"])
    return rows


def make_exports(rng: random.Random) -> list[list]:
    """Monthly exports, in English headings and format: policy.toml says so for this file."""
    rows = [["indicator", "period", "value", "basis", "status", "source"]]
    for year, total in EXPORTS.items():
        for month, part in enumerate(split(total, MONTH_SHARES, rng), start=1):
            rows.append(["ekspor", f"{year}-{month:02d}", f"{part:,}", "resmi", status(year), SOURCE])
    return rows


def make_destinations(rng: random.Random) -> list[list]:
    """Exports of a year by destination; what goes elsewhere is not listed."""
    rows: list[list] = [["indicator", "period", "breakdown", "value", "basis", "status", "source"]]
    for year, total in EXPORTS.items():
        for country, share in DESTINATIONS.items():
            part = round(total * share * rng.uniform(0.88, 1.12))
            rows.append(["ekspor", year, f"tujuan: {country}", f"{part:,}", "resmi", status(year), SOURCE])
    return rows


def make_firms(rng: random.Random) -> Workbook:
    """New firms by area and quarter, an Excel sheet a year."""
    book = Workbook()
    book.remove(book.active)
    for year, total in FIRMS.items():
        sheet = book.create_sheet(str(year))
        sheet.append(["indikator", "periode", "wilayah", "nilai", "basis", "status", "sumber"])
        for quarter, of_quarter in zip(QUARTERS, split(total, QUARTER_SHARES, rng), strict=True):
            for area, part in zip(AREAS, split(of_quarter, list(AREAS.values()), rng), strict=True):
                sheet.append(
                    ["umkm", f"{year}-TW{QUARTERS.index(quarter) + 1}", area, part, "resmi", status(year), SOURCE]
                )
    return book


def make_quarter_targets() -> list[list]:
    """The decree's targets by quarter: parts of a count, and of a percentage the value to be reached by then."""
    rows: list[list] = [["indikator", "periode", "target", "sumber"]]
    rng = random.Random(10)
    of_years = {
        (indicator, year): [dotted(part) for part in split(target, QUARTER_SHARES, rng)]
        for indicator, targets in QUARTERED.items()
        for year, target in targets.items()
    } | {(indicator, year): parts for indicator, years in QUARTERED_PERCENT.items() for year, parts in years.items()}
    for (indicator, year), parts in of_years.items():
        rows += [[indicator, f"{quarter} {year}", part, SOURCE] for quarter, part in zip(QUARTERS, parts, strict=True)]
    return rows


def make_budget(rng: random.Random) -> list[list]:
    """Money of each programme by year, of one year by quarter; 88 to 99 per cent of it spent."""
    rows: list[list] = [["program", "indikator", "periode", "anggaran", "realisasi", "sumber"]]
    for year in BUDGET_YEARS:
        for programme, indicator, millions in PROGRAMMES:
            total = round(millions * rng.uniform(0.92, 1.12)) * 1_000_000
            parts = split(total, QUARTER_SHARES, rng) if year == BY_QUARTER else [total]
            periods = [f"{quarter} {year}" for quarter in QUARTERS] if year == BY_QUARTER else [str(year)]
            for period, part in zip(periods, parts, strict=True):
                spent = round(part * rng.uniform(0.88, 0.99))
                rows.append([programme, indicator, period, dotted(part), dotted(spent), SOURCE])
    return rows


def make_emblem() -> str:
    """Three bars in a ring above the word CONTOH: no emblem of any government, its letters drawn, not written."""
    bars = "".join(f'<path d="M{x} {y}h14V84h-14z"/>' for x, y in ((35, 62), (53, 48), (71, 32)))
    letters = "".join(f'<path d="M{11 + 17 * place} 122{path}"/>' for place, path in enumerate(LETTERS))
    look = 'fill="none" stroke="#5b6470" stroke-width="2.5"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 150">\n'
        f'<circle cx="60" cy="60" r="52" {look}/>\n<g fill="#5b6470">{bars}</g>\n<g {look}>{letters}</g>\n</svg>\n'
    )


def make_identity() -> str:
    """Who the agency is on paper, invented; NIPs of people born in 1900, with the serial number 000."""
    parts = [IDENTITY]
    for role, name, office, kind, nip, since, until in SIGNERS:
        lines = ["[[signer]]", f'role = "{role}"', f'name = "Contoh: {name}"', f'office = "{office}"']
        lines += [f'kind = "{kind}"'] if kind else []
        lines += [f'nip = "{nip}"'] if nip else []
        lines += [f"from = {since}"] + ([f"until = {until}"] if until else [])
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def make_notes(year: int) -> str:
    """What people would write about a year; every text says that it is an example."""
    lines = []
    for subject, sections in NOTES[year].items():
        lines.append(f"# {subject}\n")
        for section, text in sections.items():
            lines.append(f"## {section}\n\n{MARK}{text}\n")
    return "\n".join(lines)


def make_policy() -> str:
    """The agency's policy, marked as illustrative."""
    text = (DATA / "raw" / "policy.toml").read_text(encoding="utf-8")
    for old, new in (
        ("illustrative = false", "illustrative = true"),
        ('agency = "', 'agency = "Contoh: '),
        ('# "ekspor.csv" = "en"', '"exports.csv" = "en"\n"exports_destination.csv" = "en"'),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text + SECOND_SCALE


def make_example(folder: Path) -> None:
    """Write the whole data root."""
    rng = random.Random(154)
    for name in ("targets", "realisations", "verifications", "context", "budget", "notes"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    shutil.copytree(DATA / "raw" / "decrees", folder / "decrees", dirs_exist_ok=True)
    (folder / "policy.toml").write_text(make_policy(), encoding="utf-8")
    (folder / "identity.toml").write_text(make_identity(), encoding="utf-8")
    (folder / "lambang.svg").write_text(make_emblem(), encoding="utf-8")
    write_csv(folder / "realisations" / "koperasi_pasar_keluhan.csv", ";", make_counts(rng))
    write_csv(folder / "realisations" / "uttp.csv", ";", instruments := make_instruments(rng))
    write_csv(folder / "realisations" / "uttp_jenis.csv", ";", make_kinds(instruments, random.Random(6)))
    write_csv(folder / "realisations" / "exports.csv", ",", make_exports(rng))
    write_csv(folder / "realisations" / "exports_destination.csv", ",", make_destinations(random.Random(7)))
    make_firms(rng).save(folder / "realisations" / "umkm.xlsx")
    write_csv(folder / "verifications" / "tera.csv", ";", make_verifications(random.Random(8)))
    write_csv(folder / "context" / "pendaftar.csv", ";", make_context(random.Random(9)))
    write_csv(folder / "targets" / "triwulan.csv", ";", make_quarter_targets())
    write_csv(folder / "budget" / "anggaran.csv", ";", make_budget(random.Random(11)))
    for year in NOTES:
        (folder / "notes" / f"{year}.md").write_text(make_notes(year), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make_example(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "example")
