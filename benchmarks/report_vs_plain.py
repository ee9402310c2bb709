"""`iku report` against the plain way: `papermill`, then `jupyter nbconvert --to html`, on one notebook and data.

Whole processes that end in one HTML page, run in turn so that a machine that slows down slows both. Prints every
wall time, the medians, their ratio and the floor. Usage: python benchmarks/report_vs_plain.py [RUNS]
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from floor import floor

from iku_analysis.storage.outputs import output_folder

PROJECT = Path(__file__).parents[1]
NOTEBOOK = PROJECT / "notebooks" / "annual_report.ipynb"
BIN = Path(sys.executable).parent
YEAR, DATA = "2021", "data/example"


def run_ours(folder: Path) -> None:
    """Make the report with the package's own command."""
    call([BIN / "iku", "report", YEAR, "--data", folder / "data", "--format", "html"])


def run_plain(folder: Path) -> None:
    """Execute and convert the notebook with the tools' own commands."""
    executed = folder / "report.ipynb"
    call(
        [BIN / "papermill", NOTEBOOK, executed, "-p", "year", YEAR, "-p", "data", folder / "data", "--no-progress-bar"]
    )
    call([BIN / "jupyter", "nbconvert", "--to", "html", "--no-input", executed])


def call(command: list) -> None:
    """Run a command quietly; a failure stops the benchmark."""
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)


def clock(what: str, code: str) -> None:
    """Print the median wall time of a fresh interpreter running the code, less that of an empty one."""
    times = {}
    for label, program in (("empty", "pass"), (what, code)):
        walls = []
        for _run in range(7):
            start = time.perf_counter()
            call([sys.executable, "-c", program])
            walls.append(time.perf_counter() - start)
        times[label] = statistics.median(walls)
    print(f"{what}: {times[what]:.2f} s, of which {times[what] - times['empty']:.2f} s above an empty interpreter")


def main() -> None:
    """Print the comparison and the start-up times."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    walls: dict[str, list[float]] = {"iku report": [], "papermill + nbconvert": []}
    for _run in range(runs):
        for name, make in zip(walls, (run_ours, run_plain), strict=True):
            with tempfile.TemporaryDirectory() as folder:
                root = Path(shutil.copytree(PROJECT / DATA, Path(folder) / "data"))  # so that it replaces no report
                start = time.perf_counter()
                make(Path(folder))
                walls[name].append(time.perf_counter() - start)
                shutil.rmtree(output_folder(root.resolve()), ignore_errors=True)
    for name, seconds in walls.items():
        print(f"{name}: {', '.join(f'{wall:.1f}' for wall in seconds)} s; median {statistics.median(seconds):.1f} s")
    ours, plain = (statistics.median(seconds) for seconds in walls.values())
    print(f"ratio: {ours / plain:.2f}")
    lowest = floor()
    print(f"floor (the cells alone, warm): {lowest:.2f} s; iku report is {ours - lowest:.2f} s above it")
    clock("import iku_analysis", "import iku_analysis")
    clock("iku --help", "import sys; sys.argv = ['iku', '--help']; from iku_analysis.cli import main; main()")


if __name__ == "__main__":
    main()
