"""Write `data/example-registers/`: invented registers that give exactly the figures of 2021 in `data/example/`.

Of exports there are two years, to tell who is new and who is lost.
Nobody in them exists. Faults are planted that the pages on quality and the audit find: records twice, dates that are
missing, impossible or of another year, areas that are none, gaps, and two indicators that are reported otherwise.

    .venv/bin/python scripts/make_registers.py [FOLDER [TIMES]]     TIMES as many records, and figures as large
"""

import csv
import random
import shutil
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

import iku_analysis as iku

DATA = Path(__file__).parents[1] / "data"
YEAR = 2021
OTHERS = ["Belanda", "Australia", "Korea Selatan", "Malaysia"]  # destinations that the example does not name
GOODS = {
    "Pakaian jadi": 30,
    "Furnitur": 25,
    "Makanan olahan": 20,
    "Kopi": 12,
    "Perhiasan": 10,
    "Kerajinan": 8,
    "Rempah": 0.2,
}
KIND_CODES = {"timbangan": "TB", "pompa ukur BBM": "PU", "meter taksi": "MT", "tangki ukur mobil": "TM"}
Row = list[Any]


def main(folder: Path = DATA / "example-registers", times: int = 1) -> None:
    """Write everything but records.toml, policy.toml and README, which are kept by hand."""
    figures = iku.load_agency(DATA / "example").realisations
    dice = random.Random(154)
    records = folder / "records"
    for path in [*records.glob("*"), *(folder / "realisations").glob("*")]:
        if path.suffix != ".toml":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (records / "izin").mkdir(parents=True, exist_ok=True)
    (folder / "realisations").mkdir(exist_ok=True)

    _write(records / "sertifikat_nik.csv", *certificates(_of(figures, "nik", times), dice))
    heading, permits = firms(_of(figures, "umkm", times), dice)
    for quarter in range(1, 5):
        rows = [row for row in permits if _quarter(row[3]) == quarter]
        _write(records / f"izin/tw{quarter}.csv", heading, rows)
    _write(records / "pengawasan_2018.csv", *inspections(_of(figures, "pasar_sni", times, 2018), ["SNI"], 2018, dice))
    objects = ["SNI", "pangan", "UTTP"]
    _write(records / "pengawasan_2021.csv", *inspections(_of(figures, "pasar_diawasi", times), objects, YEAR, dice))
    _write_book(records / "pengaduan.xlsx", *complaints(_of(figures, "keluhan", times), dice))
    due, verified = instruments(figures, times, dice)
    _write_parquet(records / "wajib_tera.parquet", *due)
    _write_parquet(records / "tera.parquet", *verified)
    _write(records / "ekspor.csv", *exports(figures, times, dice))
    _write_reported(folder / "realisations/dilaporkan.csv", figures, times)


def _of(figures: pd.DataFrame, indicator: str, times: int, year: int = YEAR) -> pd.DataFrame:
    """Return the figures of a year, counts multiplied."""
    own = figures[(figures["indicator_id"] == indicator) & figures["period"].str.startswith(str(year))]
    own = own[own["breakdown"] == ""]
    return own.assign(count=(own["value"].where(own["numerator"].isna(), own["numerator"]) * times).astype(int))


def _days(period: str, count: int, dice: random.Random) -> list[date]:
    """Return working days of a month or quarter, in order."""
    span = pd.Period(period.replace("-Q", "Q"))
    days = list(pd.bdate_range(span.start_time, span.end_time.normalize()).date)
    return sorted(dice.choices(days, k=count))


def _quarter(day: object) -> int:
    return (day.month + 2) // 3 if isinstance(day, date) else 1


def certificates(figures: pd.DataFrame, dice: random.Random) -> tuple[Row, list[Row]]:
    """Certificates: each cooperative once, then renewals, second certificates of a year, and faults."""
    rows: list[Row] = []
    for figure in figures.itertuples():
        for day in _days(figure.period, figure.count, dice):
            rows.append([f"Koperasi Contoh {len(rows) + 1:04d}", day, "baru"])
    again = [[name, day + timedelta(days=150), "baru"] for name, day, _kind in rows[:3]]
    renewed = [
        [f"Koperasi Contoh {9000 + place}", day, "perpanjangan"] for place, (_n, day, _k) in enumerate(rows[:20])
    ]
    rows += [
        *again,
        *renewed,
        ["Koperasi Contoh 9901", None, "baru"],
        ["Koperasi Contoh 9902", date(2099, 1, 4), "baru"],
    ]
    rows.sort(key=lambda row: (row[1] is None, row[1] or date.max))
    numbered = [[f"NIK-2021-{number:04d}", *row] for number, row in enumerate(rows, start=1)]
    del numbered[40]  # a number that nobody can account for; its certificate is issued under a later one
    lost = rows[40]
    numbered.append([f"NIK-2021-{len(rows) + 1:04d}", *lost])
    for row in numbered:
        row.append(row[2] + timedelta(days=2) if row[2] and row[2].year == YEAR else date(YEAR, 12, 30))
    third = [row for row in numbered if row[1] < "Koperasi Contoh 9" and _quarter(row[2]) == 3]
    for row in third[-2:]:  # written down after the figure of their quarter was reported
        row[-1] = date(YEAR, 11, 15)
    headings = ["No. Sertifikat", "Koperasi", "Tanggal Terbit", "Jenis", "Tanggal Dicatat"]
    return headings, [*numbered, numbered[5], numbered[30]]


def firms(figures: pd.DataFrame, dice: random.Random) -> tuple[Row, list[Row]]:
    """Stages and permits: each person counts once, by the first of them; registrants (P1) do not."""
    rows: list[Row] = []
    person = 0
    for figure in figures.itertuples():
        for day in _days(figure.period, figure.count, dice):
            person += 1
            who, stage = f"CONTOH-{person:06d}", dice.choice(["P4", "NIB", "NIB", "SKU"])
            rows.append([who, stage, day, figure.area])
            if dice.random() < 0.05 and day.month < 12:
                rows.append([who, "NIB" if stage == "P4" else "P4", date(YEAR, 12, 30), figure.area])
    rows += [[f"CONTOH-9{place:05d}", "P1", date(YEAR, 1 + place % 12, 5), "Jakarta Timur"] for place in range(900)]
    rows += [[f"CONTOH-8{place:05d}", "NIB", date(YEAR, 6, 1), "Bekasi"] for place in range(7)]
    rows += [[f"CONTOH-7{place:05d}", "NIB", None, "Jakarta Timur"] for place in range(4)]
    rows.sort(key=lambda row: (row[2] is None, row[2] or date.max))
    numbered = [[f"IZ-{number:06d}", who, stage, day, area] for number, (who, stage, day, area) in enumerate(rows, 1)]
    return ["Nomor", "NIK Pemohon", "Tahap", "Tanggal", "Kota/Kabupaten"], numbered


def inspections(figures: pd.DataFrame, objects: list[str], year: int, dice: random.Random) -> tuple[Row, list[Row]]:
    """Inspections, one object each: a market counts when all of them were found in order, the last in the quarter."""
    rows: list[Row] = []
    market = 0
    for figure in figures.itertuples():
        for day in _days(figure.period, figure.count, dice):
            market += 1
            for before, each in enumerate(reversed(objects)):
                rows.append(
                    [f"Pasar Contoh {market:02d}", each, max(day - timedelta(days=9 * before), date(year, 1, 2)), "ya"]
                )
    for extra in range(4):  # inspected, and not in order in everything
        rows += [[f"Pasar Contoh {80 + extra}", each, date(year, 3 + extra, 10), "tidak"] for each in objects[:1]]
        rows += [[f"Pasar Contoh {80 + extra}", each, date(year, 3 + extra, 11), "ya"] for each in objects[1:]]
    rows.append(["Pasar Contoh 01", objects[0], date(year, 12, 20), "ya"])
    rows.sort(key=lambda row: (str(row[2]), str(row[0]), str(row[1])))
    numbered = [[f"P-{year}-{number:03d}", *row] for number, row in enumerate(rows, start=1)]
    return ["No", "Pasar", "Objek", "Tanggal Pemeriksaan", "Sesuai"], numbered


def complaints(figures: pd.DataFrame, dice: random.Random) -> tuple[Row, list[Row]]:
    """Complaints: received, and the day of the follow-up, in the same year."""
    rows: list[Row] = []
    for figure in figures.itertuples():
        for day in _days(figure.period, figure.count, dice):
            done = min(day + timedelta(days=dice.choice([1, 2, 3, 5, 8, 13, 21, 34])), date(YEAR, 12, 31))
            rows.append([f"ADU-{len(rows) + 1:04d}", f"Pelapor Contoh {len(rows) + 1:04d}", day, done])
    rows.append(["ADU-9001", "Pelapor Contoh 9001", date(1900, 1, 2), date(YEAR, 1, 5)])
    return ["Nomor", "Nama Pelapor", "Diterima", "Ditindaklanjuti"], [*rows, rows[10]]


def instruments(
    figures: pd.DataFrame, times: int, dice: random.Random
) -> tuple[tuple[Row, list[Row]], tuple[Row, list[Row]]]:
    """Instruments obliged, and verified: the counts of areas and of kinds are both those of the example."""
    own = figures[(figures["indicator_id"] == "uttp") & figures["period"].str.startswith(str(YEAR))]
    due: list[Row] = []
    done: list[Row] = []
    for period, of_quarter in own.groupby("period"):
        parts = of_quarter[of_quarter["breakdown"] != ""]
        areas = of_quarter[of_quarter["breakdown"] == ""]
        for verified in (True, False):

            def spread(rows: pd.DataFrame, names: Iterable[str], verified: bool = verified) -> list[str]:
                counts = rows["numerator"] if verified else rows["denominator"] - rows["numerator"]
                return [name for name, count in zip(names, counts, strict=True) for _time in range(int(count) * times)]

            where = spread(areas, areas["area"])
            kinds = spread(parts, parts["breakdown"].str.removeprefix("jenis: "))
            dice.shuffle(kinds)
            for area, kind, day in zip(where, kinds, _days(str(period), len(where), dice), strict=True):
                name = f"{KIND_CODES[kind]}-{len(due) + 1:06d}"
                due.append([name, kind, area, day, "aktif"])
                if verified:
                    done.append([name, kind, area, day, "sah"])
    again = [[*row[:3], date(YEAR, 12, 29), "sah"] for row in done[:40]]
    failed = [[*row[:4], "batal"] for row in done[100:125]]
    gone = [
        [f"TB-9{place:05d}", "timbangan", "Jakarta Barat", date(YEAR, 5, 3), "tidak dipakai"] for place in range(30)
    ]
    tests = [[f"T-{number:06d}", *row] for number, row in enumerate([*done, *again, *failed], start=1)]
    return (
        (["alat", "jenis", "wilayah", "jatuh_tempo", "status"], [*due, *gone]),
        (["nomor", "alat", "jenis", "wilayah", "tanggal", "hasil"], tests),
    )


def exports(figures: pd.DataFrame, times: int, dice: random.Random) -> tuple[Row, list[Row]]:
    """Export papers of two years: months and destinations are those of the example to the cent; others do not count.

    Of the firms some are new in the second year, and some are lost.
    """
    rows: list[Row] = []
    for year, firms in ((YEAR - 1, range(1, 361)), (YEAR, range(40, 401))):
        for (goal, month), amount in _export_cells(figures, year, dice).items():
            for cents, day in zip(_split(amount, 9 * times, dice), _days(month, 9 * times, dice), strict=True):
                firm = dice.choice(firms)
                size, goods = "Kecil" if firm % 3 else "Menengah", dice.choices(list(GOODS), list(GOODS.values()))[0]
                rows.append([f"PT Contoh {firm:03d}", size, goods, goal, "Tanjung Priok", day, "USD", cents * times])
        for place in range(60):  # of large firms, in euro, through another province
            day = date(year, 1 + place % 12, 14)
            size, port, currency = [("Besar", "Tanjung Priok", "USD"), ("Kecil", "Tanjung Perak", "USD"),
                                    ("Kecil", "Tanjung Priok", "EUR")][place % 3]  # fmt: skip
            rows.append([f"PT Contoh {500 + place}", size, "Furnitur", "Jepang", port, day, currency, 7_500_000_00])
    own = ["PT Contoh 001", "Menengah", "Furnitur", "Jepang", "Tanjung Priok"]
    rows.append([*own, date(YEAR, 9, 1), "USD", 1_250_000_00])
    rows.append([*own, date(YEAR, 9, 20), "USD", -1_250_000_00])
    rows.sort(key=lambda row: (str(row[5]), str(row[0]), str(row[7])))
    return (
        ["No. SKA", "Eksportir", "Ukuran", "Komoditas", "Negara Tujuan", "Pelabuhan", "Tanggal", "Mata Uang", "Nilai"],
        [[f"SKA-{number:06d}", *row[:7], _amount(row[7])] for number, row in enumerate(rows, start=1)],
    )


def _export_cells(figures: pd.DataFrame, year: int, dice: random.Random) -> dict[tuple[str, str], int]:
    """Return the cents of each destination and month of a year, those that the example does not name among them."""
    own = figures[(figures["indicator_id"] == "ekspor") & figures["period"].str.startswith(str(year))]
    months = {row.period: round(row.value * 100) for row in own[own["breakdown"] == ""].itertuples()}
    named = {row.breakdown[8:]: round(row.value * 100) for row in own[own["breakdown"] != ""].itertuples()}
    total = sum(months.values())
    cells = {(goal, month): amount * months[month] // total for goal, amount in named.items() for month in months}
    for goal, amount in named.items():
        cells[goal, f"{year}-12"] += amount - sum(cells[goal, month] for month in months)
    for month, amount in months.items():
        rest = amount - sum(cells[goal, month] for goal in named)
        cells |= {(goal, month): part for goal, part in zip(OTHERS, _split(rest, len(OTHERS), dice), strict=True)}
    return cells


def _split(amount: int, count: int, dice: random.Random) -> list[int]:
    """Return whole parts of an amount, none of them more than twice another's share."""
    weights = [dice.uniform(0.7, 1.3) for _part in range(count)]
    parts = [int(amount * weight / sum(weights)) for weight in weights]
    return [*parts[:-1], amount - sum(parts[:-1])]


def _amount(cents: int) -> str:
    whole = f"{abs(cents) // 100:,}".replace(",", ".")
    return f"{'-' if cents < 0 else ''}{whole},{abs(cents) % 100:02d}"


def _write_reported(path: Path, figures: pd.DataFrame, times: int) -> None:
    """Write what the office reports of two indicators: by rows, without late ones, a month's end moved, as counted."""
    rows = []
    for figure in _of(figures, "nik", times).itertuples():
        rows.append(["nik", figure.period, figure.count + {"Q2": 3, "Q3": -2}.get(figure.period[-2:], 0)])
    moved = {f"{YEAR}-03": 1_250_000, f"{YEAR}-04": -1_250_000}
    for figure in _of(figures, "ekspor", times).itertuples():
        rows.append(["ekspor", figure.period, f"{figure.count + moved.get(figure.period, 0):,}".replace(",", ".")])
    facts = ["resmi", "final", "DATA CONTOH"]
    _write(path, ["indikator", "periode", "nilai", "basis", "status", "sumber"], [[*row, *facts] for row in rows])


def _write(path: Path, heading: Row, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(heading)
        writer.writerows([f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in row] for row in rows)


def _write_book(path: Path, heading: Row, rows: list[Row]) -> None:
    pd.DataFrame(rows, columns=[str(each) for each in heading]).to_excel(path, index=False, sheet_name="Pengaduan")


def _write_parquet(path: Path, heading: Row, rows: list[Row]) -> None:
    frame = pd.DataFrame(rows, columns=[str(each) for each in heading])  # noqa: F841 - duckdb finds it by its name
    days = [each for each, kind in zip(heading, rows[0], strict=True) if isinstance(kind, date)]
    casts = ", ".join(f"CAST({day} AS DATE) AS {day}" for day in days)
    with duckdb.connect() as connection:
        connection.sql(f"SELECT * REPLACE ({casts}) FROM frame").write_parquet(str(path), compression="zstd")


if __name__ == "__main__":
    main(*(Path(sys.argv[1]),) if sys.argv[1:] else (), *(int(each) for each in sys.argv[2:]))
