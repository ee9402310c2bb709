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

SECOND_SCALE = """
# Skala kedua, hanya untuk dibandingkan: tabel cetak yang sama, dibaca dari batas bawahnya.
[[scale]]
name = { id = "Dibaca dari batas bawah", en = "Read by lower bounds" }
source = { id = "tabel cetak yang sama (LKjIP Inspektorat Kabupaten Sampang 2019: 91-100, 76-90, 66-75, 51-65, sampai 50), dibaca dari batas bawahnya; bacaan kedua kami, tidak ada aturan yang menyebutnya", en = "the same printed table (LKjIP of Inspektorat Kabupaten Sampang 2019: 91-100, 76-90, 66-75, 51-65, up to 50), read by its lower bounds; our second reading, no rule says so" }

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
    behind = {"Jakarta Utara": 0.34, "Jakarta Barat": 0.24, "Jakarta Timur": 0.22, "Jakarta Selatan": 0.12,
              "Jakarta Pusat": 0.06, "Kepulauan Seribu": 0.02}  # fmt: skip
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
    for name in ("realisations", "verifications", "context"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    shutil.copytree(DATA / "raw" / "decrees", folder / "decrees", dirs_exist_ok=True)
    (folder / "policy.toml").write_text(make_policy(), encoding="utf-8")
    write_csv(folder / "realisations" / "koperasi_pasar_keluhan.csv", ";", make_counts(rng))
    write_csv(folder / "realisations" / "uttp.csv", ";", instruments := make_instruments(rng))
    write_csv(folder / "realisations" / "uttp_jenis.csv", ";", make_kinds(instruments, random.Random(6)))
    write_csv(folder / "realisations" / "exports.csv", ",", make_exports(rng))
    write_csv(folder / "realisations" / "exports_destination.csv", ",", make_destinations(random.Random(7)))
    make_firms(rng).save(folder / "realisations" / "umkm.xlsx")
    write_csv(folder / "verifications" / "tera.csv", ";", make_verifications(random.Random(8)))
    write_csv(folder / "context" / "pendaftar.csv", ";", make_context(random.Random(9)))


if __name__ == "__main__":
    make_example(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "example")
