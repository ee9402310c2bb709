"""The report that a new one replaces: what is kept of it, and the section that tells what moved since.

The new folder keeps `sebelumnya/`, itself a small report folder: the manifest and three tables of the
report it replaced, byte for byte. A run that only repeats the last one carries that over, so that the
same inputs give the same bytes.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.differences import Results
from iku_analysis.analysis.registers import compare_registers
from iku_analysis.display.differences import (
    differences_in_report,
    no_differences_in_report,
    register_changes_in_report,
)
from iku_analysis.display.markdown import Markdown
from iku_analysis.display.notebook_output import notebook_output
from iku_analysis.display.tables.cells import Table
from iku_analysis.errors import IkuError
from iku_analysis.language import _
from iku_analysis.schema import ACHIEVEMENTS, ARRIVALS, FIGURES, REGISTER_CHECKS, TRENDS
from iku_analysis.sources.policy import Judging
from iku_analysis.storage.csv_frames import read_csv_frame
from iku_analysis.storage.notebook_file import NotebookNode, nbformat
from iku_analysis.storage.publish import MADE, MANIFEST

PREVIOUS = "sebelumnya"
TABLES = {f"tabel/{schema.name}.csv": schema for schema in (ACHIEVEMENTS, TRENDS, FIGURES)}
REGISTERS = {f"tabel/{schema.name}.csv": schema for schema in (REGISTER_CHECKS, ARRIVALS)}


def previous_report(target: Path, facts: dict[str, Any]) -> dict[str, bytes]:
    """Return what is kept of the report that stands in a folder, before another takes its place.

    Parameters
    ----------
    target : Path
        The folder of the report, as it stands before the run.
    facts : dict
        The facts of the new run (`run_fingerprint`). Where they are those of the report in the folder, but for
        the formats it was asked for in, nothing has moved, and what that one kept is kept.

    Returns
    -------
    dict
        Path in `sebelumnya/` to content, as `read_report` takes it; empty for a first report.
    """
    files = report_files(target)
    try:
        repeats = _moving(json.loads(files[MANIFEST])) == _moving(facts)
    except (KeyError, ValueError, AttributeError):  # none, or broken: `read_report` tells which
        repeats = False
    return report_files(target / PREVIOUS) if repeats else files


def _moving(facts: dict[str, Any]) -> dict[str, Any]:
    """Return those facts that can move a number or a word."""
    return {name: value for name, value in facts.items() if name not in (*MADE, "formats")}


def report_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a report that `read_report` needs, as far as they are there, by their path."""
    return {name: (folder / name).read_bytes() for name in (MANIFEST, *TABLES, *REGISTERS) if (folder / name).is_file()}


def read_report(files: dict[str, bytes]) -> Results:
    """Return the results that a report told.

    Raises
    ------
    IkuError
        If a file is missing, is not what the report wrote, or another version wrote it with other columns.
    """
    manifest, frames = _read_tables(files, TABLES)
    with _reading_manifest():
        parameters, policy = manifest["parameters"], manifest["policy"]
        facts: dict[str, Any] = {
            "judging": Judging.model_validate(policy["judging"]),
            "illustrative": policy["illustrative"],
            "language": parameters.get("language", "id"),
            "until": manifest.get("until", ""),  # a version that did not say so held nothing back
            "report_date": parameters.get("report_date", ""),
        }
    return Results(**frames, **facts)


def _read_tables(
    files: dict[str, bytes], schemas: dict[str, pa.DataFrameSchema]
) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Return the manifest of a report and frames that it told, by their names. Raises as `read_report` does."""
    for name in (MANIFEST, *schemas):
        if name not in files:
            raise IkuError(_("Berkasnya tidak lengkap: {file} tidak ada.", file=name))
    with _reading_manifest():
        manifest = json.loads(files[MANIFEST])
        made = {each["path"]: each["sha256"] for each in manifest["outputs"]}
    for name in schemas:
        if made.get(name) != hashlib.sha256(files[name]).hexdigest():
            raise IkuError(_("{file} bukan lagi yang ditulis laporan itu: berkasnya disunting.", file=name))
    return manifest, {str(each.name): read_csv_frame(each, files[name].decode()) for name, each in schemas.items()}


@contextmanager
def _reading_manifest() -> Iterator[None]:
    try:
        yield
    except KeyError as error:
        raise IkuError(
            _("{file} tidak memuat {word}: dari versi lain program ini, atau disunting.", file=MANIFEST, word=error)
        ) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise IkuError(_("{file} tidak dapat dibaca.", file=MANIFEST)) from error


def differences_since(files: dict[str, bytes], new: Results, year: int) -> list[Markdown | Table]:
    """Return the last section of a report: what moved since the one whose `files` were kept; empty if nothing did."""
    try:
        return differences_in_report(read_report(files), new, year)
    except IkuError as error:
        return no_differences_in_report(str(error))


def registers_since(files: dict[str, bytes], agency: Agency) -> list[Markdown | Table]:
    """Return what changed in registers since the report on them whose `files` were kept; empty if nothing did."""
    try:
        _manifest, old = _read_tables(files, REGISTERS)
    except IkuError as error:
        return no_differences_in_report(str(error))
    return register_changes_in_report(compare_registers(old["register_checks"], old["arrivals"], agency.counted))


def append_outputs(notebook: NotebookNode, things: list[Markdown | Table]) -> NotebookNode:
    """Return an executed notebook with more outputs at its end, each in a cell of its own without code."""
    count = max((cell.get("execution_count") or 0 for cell in notebook.cells), default=0)
    cells = []
    for number, thing in enumerate(things, start=1):
        content, metadata = notebook_output(thing)
        output = nbformat.v4.new_output("display_data", data=content, metadata=metadata)
        cells.append(
            nbformat.v4.new_code_cell(id=f"{PREVIOUS}-{number}", execution_count=count + number, outputs=[output])
        )
    return nbformat.from_dict(notebook | {"cells": [*notebook.cells, *cells]})
