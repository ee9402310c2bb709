"""Run the code cells of a notebook here, without a kernel, and keep what they show."""

import math
import re
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from matplotlib.container import BarContainer
from matplotlib.text import Text
from nbformat import NotebookNode

import iku_analysis
from iku_analysis.display.canvas import Plot, draw
from iku_analysis.display.notebook_output import notebook_output
from iku_analysis.display.tables.cells import Table
from iku_analysis.execution.parameters import check_parameters, find_notebook

OF_ALL_YEARS = ("register_quality",)


def of_year(name: str, year: int) -> dict[str, int]:
    """Return the year as a parameter of a notebook, nothing for one that is of all years."""
    return {} if name in OF_ALL_YEARS else {"year": year}


def run_cells(name: str, monkeypatch: pytest.MonkeyPatch, *, drawn: set[str] | None = None, **given: Any) -> list[str]:
    """Return all that a notebook shows, in order, each as text; with `drawn` figures are drawn too, unless in it."""
    shown = (thing for _cell, thing in _run(name, monkeypatch, given))
    return [text for thing in shown for text in texts_of(thing, drawn=drawn)]


def run_without_inputs(
    name: str, monkeypatch: pytest.MonkeyPatch, *, drawn: bool = False, **given: Any
) -> tuple[list[str], NotebookNode]:
    """Return all that a notebook shows but for the list of files, as text, and the notebook; if `drawn`, executed."""
    notebook = nbformat.read(find_notebook(name), as_version=4)
    cells = {cell.id: cell for cell in notebook.cells if "nbval-ignore-output" not in cell.metadata.get("tags", [])}
    shown = []
    for cell in cells.values():
        if cell.cell_type == "code":
            cell.outputs = []
    for cell_id, thing in _run(name, monkeypatch, given):
        if cell_id in cells:
            shown += list(texts_of(thing))
        if cell_id in cells and drawn:  # each figure, which takes most of the time
            content, metadata = (thing, {}) if isinstance(thing, dict) else notebook_output(thing)
            cells[cell_id].outputs.append(nbformat.v4.new_output("display_data", data=content, metadata=metadata))
    return shown, nbformat.from_dict(notebook | {"cells": list(cells.values())})


def _run(name: str, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return what each cell shows, by the cell's id: figures, tables, texts, and what the explorer displays."""
    shown: list[tuple[str, Any]] = []
    path = find_notebook(name)
    names: dict[str, Any] = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue

        def keep(thing: Any, cell_id: str = cell.id, **_how: Any) -> None:
            if thing is not None:
                shown.append((cell_id, thing))

        monkeypatch.setattr(iku_analysis, "show", keep, raising=False)
        monkeypatch.setattr("IPython.display.display", keep)
        exec(compile(cell.source, f"{name} {cell.id}", "exec"), names)  # noqa: S102
        if "parameters" in cell.metadata.get("tags", []):
            names |= check_parameters(path, given)
    return shown


def texts_of(thing: Any, *, drawn: set[str] | None = None) -> Iterator[str]:
    """Yield every text of a figure, and where its marks stand; of a table its caption and cells; or a text itself."""
    if isinstance(thing, dict):
        page = re.sub(r"<style.*?</style>", "", str(thing.get("text/html", "")), flags=re.DOTALL)
        yield from (str(thing.get("text/plain", "")), page)
    elif isinstance(thing, Plot):
        figure = thing.figure
        yield from (thing.caption, thing.alt)
        if drawn is not None and thing.alt not in drawn:
            drawn.add(thing.alt)
            assert draw(thing).startswith(b"<?xml")
        yield from (text.get_text() for text in figure.findobj(Text))
        for ax in figure.axes:
            yield from (number(value) for line in ax.lines for value in [*line.get_xdata(), *line.get_ydata()])
            yield from (number(value) for dots in ax.collections for value in dots.get_datalim(ax.transData).extents)
            bars = [bar for bars in ax.containers if isinstance(bars, BarContainer) for bar in bars]
            yield from (number(value) for bar in bars for value in (bar.get_height(), bar.get_width()))
    elif isinstance(thing, Table):
        yield thing.caption
        yield from map(str, thing.data.columns)
        yield from (str(cell) for row in thing.data.to_numpy().tolist() for cell in row)
    else:
        yield str(thing)


def number(value: Any) -> str:
    """Return a coordinate as its shortest digits."""
    return f"{float(value):.6f}" if isinstance(value, int | float) and math.isfinite(value) else ""
