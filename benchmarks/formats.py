"""What the formats of a paper cost beside its run: one notebook run a paper, then every writer, imports included.

Usage: python benchmarks/formats.py [YEAR]
"""

import sys
import tempfile
import time
from pathlib import Path

from iku_analysis.agency.load import load_agency
from iku_analysis.documents.document import read_blocks
from iku_analysis.execution.parameters import check_parameters, find_notebook
from iku_analysis.execution.runner import run_notebook
from iku_analysis.papers.catalogue import FORMATS, PAPERS
from iku_analysis.papers.make import document, render

DATA = "data/example"


def main() -> None:
    """Print seconds for the run and for each format; the first paper pays for the imports."""
    year = int(sys.argv[1]) if len(sys.argv) > 1 else 2021
    agency = load_agency(DATA)
    print(f"{'paper':12} {'run':>6} " + " ".join(f"{kind:>6}" for kind in FORMATS) + f" {'three more':>11}")
    for paper, (notebook, _name) in PAPERS.items():
        path = find_notebook(notebook)
        parameters = check_parameters(path, {"year": year, "data": DATA})
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            blocks = read_blocks(run_notebook(path, parameters, Path(folder) / "paper.ipynb"))
            made = document(blocks, agency, parameters)
            ran = time.perf_counter() - start
        seconds = []
        for kind in FORMATS:
            start = time.perf_counter()
            render(made, (kind,), agency)
            seconds.append(time.perf_counter() - start)
        print(f"{paper:12} {ran:6.2f} " + " ".join(f"{each:6.2f}" for each in seconds) + f" {sum(seconds[1:]):11.2f}")


if __name__ == "__main__":
    main()
