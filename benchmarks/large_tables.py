"""Redraw of large inputs: a monthly series of 30 years, and an area table of 514 regencies and 60 months.

Everything is invented and seeded. Prints the seconds of each step after the libraries are loaded: reading is once,
analysis and figure are what a redraw costs. Also prints the cell time of every notebook, imports apart.
Usage: python benchmarks/large_tables.py
"""

import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import nbformat
import pandas as pd

import iku_analysis as iku
from iku_analysis.display.canvas import Plot, draw, to_png

PROJECT = Path(__file__).parents[1]
REGENCIES = [f"Kabupaten {number:03d}" for number in range(514)]
HEADING = "indikator;periode;wilayah;nilai;pembilang;penyebut;basis;status;sumber"


Result = TypeVar("Result")


def clock(what: str, step: Callable[[], Result]) -> Result:
    """Run a step and print its seconds."""
    start = time.perf_counter()
    result = step()
    print(f"{what}: {time.perf_counter() - start:.2f} s")
    return result


def draw_figure(plot: Plot | None) -> bytes | None:
    """Return the PNG of a figure."""
    return to_png(draw(plot)) if plot else None


def many_areas(folder: Path) -> Path:
    """Write a data root with 514 areas, 60 months each."""
    rng = random.Random(514)  # noqa: S311
    root = folder / "banyak"
    shutil.copytree(PROJECT / "data/raw/decrees", root / "decrees")
    policy = (PROJECT / "data/raw/policy.toml").read_text(encoding="utf-8")
    before, rest = policy.split("areas = [")
    names = "".join(f'  "{name}",\n' for name in REGENCIES)
    (root / "policy.toml").write_text(f"{before}areas = [\n{names}]{rest.split(']', 1)[1]}", encoding="utf-8")
    rows = [HEADING]
    for period in pd.period_range("2018-01", "2022-12", freq="M").astype(str):
        for area in REGENCIES:
            due = rng.randint(50, 400)
            rows.append(f"uttp;{period};{area};;{due - rng.randint(0, 20)};{due};resmi;final;rekaan")
    (root / "realisations").mkdir()
    (root / "realisations/uttp.csv").write_text("\n".join(rows), encoding="utf-8")
    return root


def measure_areas(folder: Path) -> None:
    """Print the steps for 514 areas and 60 months."""
    agency = clock("514 areas x 60 months: reading and checking, once", lambda: iku.load_agency(many_areas(folder)))
    clock(
        "  redraw: shortfall by area",
        lambda: draw_figure(
            iku.figures.plot_shortfalls(agency, iku.coverage.by_area(agency, "uttp", 2021), "uttp", year=2021)
        ),
    )
    clock(
        "  redraw: year so far",
        lambda: draw_figure(
            iku.figures.plot_within_year(
                agency,
                iku.cumulative_path(agency, "uttp", 2022, through=9),
                iku.compute_outlook(agency, "uttp", 2022, through=9),
            )
        ),
    )
    clock("  achievements and trends, once", lambda: iku.compute_trends(agency, iku.compute_achievements(agency)))


def measure_months() -> None:
    """Print the steps for 30 years of months."""
    rng = random.Random(30)  # noqa: S311
    agency = iku.load_agency("data/example")
    periods = pd.period_range("1993-01", "2022-09", freq="M").astype(str)
    values = [100 * 1.004**place * rng.uniform(0.9, 1.1) * (1 + place % 12 / 60) for place in range(len(periods))]
    months = pd.DataFrame({"series": "rekaan", "unit": "USD", "period": periods, "value": values, "file": "rekaan"})
    outlook = clock("30 years of months: season, outlook, backtest, once", lambda: iku.months.outlook(months, 2022))
    clock("  redraw: months", lambda: draw_figure(iku.figures.plot_months(agency, months, year=2022)))
    clock("  redraw: season", lambda: draw_figure(iku.figures.plot_season(agency, outlook, months)))
    clock("  redraw: outlook", lambda: draw_figure(iku.figures.plot_months_outlook(agency, outlook, months)))


def measure_notebooks() -> None:
    """Run the cells of every notebook in this process, its libraries loaded, and print their seconds."""
    import contextlib
    import io

    from IPython.core.interactiveshell import InteractiveShell

    iku.months.outlook(iku.months.realisation(iku.load_agency("data/example"), "ekspor"), 2022)  # imports
    for path in sorted((PROJECT / "notebooks").glob("*.ipynb")):
        shell = InteractiveShell()
        cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        with contextlib.redirect_stdout(io.StringIO()):
            start = time.perf_counter()
            for source in cells:
                shell.run_cell(source).raise_error()
            seconds = time.perf_counter() - start
        print(f"cells of {path.name}: {seconds:.2f} s")


if __name__ == "__main__":
    measure_notebooks()
    with tempfile.TemporaryDirectory() as folder:
        measure_areas(Path(folder))
    measure_months()
