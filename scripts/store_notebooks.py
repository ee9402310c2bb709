"""Run every notebook with its defaults, store its outputs for nbval to compare, and draw the pictures of the README.

Usage: python scripts/store_notebooks.py [NAME ...]
"""

import sys
import tempfile
from pathlib import Path

import nbformat

from iku_analysis import compute_achievements, compute_outlook, cumulative_path, figures, load_agency
from iku_analysis.display.canvas import draw, to_png
from iku_analysis.execution.parameters import check_parameters, find_notebook
from iku_analysis.execution.runner import run_notebook

PROJECT = Path(__file__).parents[1]


def store(path: Path) -> None:
    """Execute one notebook and write its outputs back, without what papers are made of: a run makes it again."""
    with tempfile.TemporaryDirectory() as folder:
        executed = run_notebook(path, check_parameters(path, {}), Path(folder) / path.name)
    outputs = {cell.id: cell for cell in executed.cells if cell.cell_type == "code"}
    notebook = nbformat.read(path, as_version=4)
    for count, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), start=1):
        cell.execution_count, cell.outputs = count, outputs[cell.id].outputs
        for output in cell.outputs:
            for name in ("svg", "table"):
                output.get("metadata", {}).pop(name, None)
            if "execution_count" in output:
                output.execution_count = count
    nbformat.write(notebook, path)


def draw_readme_figures() -> None:
    """Draw the figures of the example agency that the README shows."""
    agency = load_agency("data/example")
    path = cumulative_path(agency, "ekspor", 2020, through=9)
    shown = {
        "contoh-2021": figures.plot_status_grid(agency, compute_achievements(agency), year=2021),
        "contoh-dalam-tahun": figures.plot_within_year(
            agency, path, compute_outlook(agency, "ekspor", 2020, through=9)
        ),
    }
    (PROJECT / "docs").mkdir(exist_ok=True)
    for name, plot in shown.items():
        if plot is not None:
            (PROJECT / "docs" / f"{name}.png").write_bytes(to_png(draw(plot)))


if __name__ == "__main__":
    names = sys.argv[1:] or sorted(path.stem for path in (PROJECT / "notebooks").glob("*.ipynb"))
    for name in names:
        print(f"{name} ...", flush=True)
        store(find_notebook(name))
    draw_readme_figures()
