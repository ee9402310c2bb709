"""The floor: the cells' own time of the yearly report, in a process that has run them before.

No way of running the notebook can be faster; what it takes above this is its own. Usage: python benchmarks/floor.py
"""

import contextlib
import gc
import io
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell

PROJECT = Path(__file__).parents[1]
YEAR, DATA = 2021, "data/example"


def floor() -> float:
    """Return the seconds, measured in a process of its own."""
    done = subprocess.run([sys.executable, __file__], cwd=PROJECT, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[0])


def run_cells(sources: list[str]) -> float:
    """Return the seconds of cells, one after the other, as IPython runs them."""
    shell = InteractiveShell.instance()
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        for source in sources:
            shell.run_cell(source).raise_error()
    return time.perf_counter() - start


def main() -> None:
    """Print the shortest of five times, the first two left out."""
    notebook = nbformat.read(PROJECT / "notebooks" / "annual_report.ipynb", as_version=4)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    sources.insert(1, f"year, data = {YEAR}, {DATA!r}")
    times = []
    for run in range(5):
        if run == 1:
            gc.collect()
            gc.freeze()  # as in a forked kernel
        times.append(run_cells(sources))
    print(f"{min(times[2:]):.2f} s: the cells alone, in a warm process")


if __name__ == "__main__":
    main()
