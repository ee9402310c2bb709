"""`iku batch` against the plain way, and whether it stays flat: seconds a report, memory of the parent, nothing to do.

1. 24 reports (the example as six agencies, 2019-2022, HTML) in one batch, against `papermill` and
   `jupyter nbconvert --to html` one after the other; three of those are measured, one before the batch, two after.
2. 50 and 500 runs of a notebook of one cell: seconds a run, and the parent's memory.
3. The same 500 again, of which none has changed.
Everything is made of copies in a temporary folder and removed. Usage: python benchmarks/batch.py [MANY]
"""

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil
from floor import floor

from iku_analysis.batch.batch import run_steps
from iku_analysis.batch.job import Step, list_steps, read_job
from iku_analysis.papers import catalogue
from iku_analysis.storage.outputs import output_folder

PROJECT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
YEARS = range(2019, 2023)
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def copy_roots(data: str, folder: Path, count: int) -> list[Path]:
    """Return copies of a data root."""
    return [Path(shutil.copytree(PROJECT / data, folder / f"agency-{number:02d}")) for number in range(count)]


def call(command: list) -> float:
    """Run a command quietly and return its seconds; a failure stops the benchmark."""
    start = time.perf_counter()
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    return time.perf_counter() - start


def run_plain(root: Path, year: int, folder: Path) -> float:
    """Return the seconds of one report with the tools' own commands."""
    executed = folder / "report.ipynb"
    words = ["-p", "year", str(year), "-p", "data", root, "--no-progress-bar"]
    seconds = call([BIN / "papermill", PROJECT / "notebooks" / "annual_report.ipynb", executed, *words])
    return seconds + call([BIN / "jupyter", "nbconvert", "--to", "html", "--no-input", executed])


def compare(folder: Path) -> None:
    """Print seconds a report of both ways."""
    roots = copy_roots("data/example", folder, 6)
    words = [word for root in roots for word in ("--data", str(root))]
    try:
        plain = [run_plain(roots[0], 2019, folder)]
        batch = call([BIN / "iku", "batch", *words, "--years", f"{YEARS[0]}-{YEARS[-1]}", "--format", "html"])
        plain += [run_plain(roots[1], 2020, folder), run_plain(roots[2], 2021, folder)]
        again = call([BIN / "iku", "batch", *words, "--years", f"{YEARS[0]}-{YEARS[-1]}", "--format", "html"])
    finally:
        remove(roots)
    count, one = len(roots) * len(YEARS), sum(plain) / len(plain)
    print(f"plain: {', '.join(f'{each:.1f}' for each in plain)} s; {one:.2f} s a report")
    print(f"batch of {count}: {batch:.1f} s; {batch / count:.2f} s a report")
    print(f"throughput: {one / (batch / count):.1f} times the plain loop")
    print(f"floor (the cells alone, warm, on {os.cpu_count()} cores): {floor() / (os.cpu_count() or 1):.2f} s a report")
    print(f"the {count} again, unchanged, the whole command: {again:.1f} s")


def stay_flat(folder: Path, many: int) -> None:
    """Print seconds a run and the parent's memory for a tenth of the runs and for all, then the time to skip all."""
    cells = [
        nbformat.v4.new_code_cell(
            'year = 2021\ndata = "data/raw"\nlanguage = "id"\nreport_date = ""', metadata={"tags": ["parameters"]}
        )
    ]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    for paper, (_notebook, name) in catalogue.PAPERS.items():
        nbformat.write(notebook, folder / f"{paper}.ipynb")
        catalogue.PAPERS[paper] = (str(folder / f"{paper}.ipynb"), name)
    roots = copy_roots("tests/data/good", folder, many // 20)
    words = {"data": [str(root) for root in roots], "years": "2018-2022", "format": "html"}
    job = read_job(None, words | {"paper": ",".join(catalogue.PAPERS)})
    try:
        for count in (many // 10, many):
            steps = list_steps(job)[:count]
            for step in steps:
                step.state = "waiting"
            start = time.perf_counter()
            with contextlib.redirect_stdout(io.StringIO()):
                run_steps(steps, job, [])
            seconds = time.perf_counter() - start
            check(steps, "made")
            memory = psutil.Process().memory_info().rss / 1e6
            print(f"{count} small runs: {seconds / count:.2f} s a run, parent {memory:.0f} MB")
        start = time.perf_counter()
        steps = list_steps(job)
        print(f"{many} unchanged runs of {len(roots)} agencies: {time.perf_counter() - start:.2f} s")
        check(steps, "unchanged")
    finally:
        remove(roots)


def check(steps: list[Step], state: str) -> None:
    """Stop the benchmark if it did not measure what it says."""
    if wrong := [step for step in steps if step.state != state]:
        sys.exit(f"{wrong[0].name}: {wrong[0].state} {wrong[0].because} {wrong[0].reason}")


def remove(roots: list[Path]) -> None:
    """Remove the agencies and what was made of them."""
    for root in roots:
        shutil.rmtree(output_folder(root.resolve()), ignore_errors=True)
        shutil.rmtree(root)


def main() -> None:
    """Print all three."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder))
        stay_flat(Path(folder), many)


if __name__ == "__main__":
    main()
