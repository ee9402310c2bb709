"""Seconds of processor to read and check realisations, as a multiple of what `csv` takes to read the same file.

Everything is invented and seeded: published figures of one indicator by month and area, 10,000 rows and then ten times
as many, which should take ten times as long. XLSX holds the same cells.
Usage: python benchmarks/check_rows.py [ROWS ...]
"""

import csv
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

import iku_analysis as iku
from iku_analysis.sources.limits import MOST_AREAS

PROJECT = Path(__file__).parents[1]
HEADING = ["indikator", "periode", "wilayah", "nilai", "basis", "status", "sumber", "keterangan"]
MONTHS = [f"{year}-{month:02d}" for year in range(2018, 2023) for month in range(1, 13)]


def seconds(step: Callable[[], object]) -> float:
    """Return the seconds of processor that a step takes."""
    start = time.process_time()
    step()
    return time.process_time() - start


def write_root(root: Path, count: int) -> Path:
    """Write a data root with the decree of ours and rows of one of its counts; return its CSV file."""
    rng = random.Random(count)  # noqa: S311
    areas = [f"Wilayah {number:03d}" for number in range(MOST_AREAS)]
    shutil.copytree(PROJECT / "data/raw/decrees", root / "decrees")
    before, rest = (PROJECT / "data/raw/policy.toml").read_text(encoding="utf-8").split("areas = [")
    names = "".join(f'  "{name}",\n' for name in areas)
    (root / "policy.toml").write_text(f"{before}areas = [\n{names}]{rest.split(']', 1)[1]}", encoding="utf-8")
    (root / "realisations").mkdir()
    path = root / "realisations/a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADING)
        for number in range(count):
            place, month = divmod(number, len(MONTHS))
            series, area = divmod(place, MOST_AREAS)  # of one figure there are many publications
            value, source = rng.randint(2000, 9999), f"rekaan {series}"
            writer.writerow(["nik", MONTHS[month], areas[area], value, "publikasi", "final", source, ""])
    return path


def as_xlsx(path: Path) -> None:
    """Put the cells of a CSV file into a workbook in its place."""
    with (
        path.open(encoding="utf-8", newline="") as file,
        xlsxwriter.Workbook(path.with_suffix(".xlsx"), {"constant_memory": False}) as book,
    ):
        sheet = book.add_worksheet("data")
        for number, row in enumerate(csv.reader(file, delimiter=";")):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write(number, place, int(cell) if place == 3 and number else cell)
    path.unlink()


def measure(count: int) -> None:
    """Print what a number of rows takes, bare and read."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        path = write_root(root, count)
        text = path.read_text(encoding="utf-8")
        bare = seconds(lambda: list(csv.reader(text.splitlines(), delimiter=";")))
        taken = {"CSV": seconds(lambda: iku.load_agency(root))}
        as_xlsx(path)
        taken["XLSX"] = seconds(lambda: iku.load_agency(root))
    for kind, each in taken.items():
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count:>9,} rows, {kind:4}: {each:6.2f} s, {each / bare:5.0f} times csv; {peak} MB at most so far")


if __name__ == "__main__":
    iku.load_agency("data/example")  # loads the libraries
    for count in map(int, sys.argv[1:] or ["10000", "100000"]):
        measure(count)
