"""The yearly report: check everything, run the notebook, render, publish whole."""

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import NotebookNode

from iku_analysis import __version__
from iku_analysis.analysis.achievement import compute_achievements
from iku_analysis.analysis.changes import results_of
from iku_analysis.analysis.trend import compute_trends
from iku_analysis.display.csv_text import to_csv
from iku_analysis.errors import RunFailed
from iku_analysis.language import _, use_language
from iku_analysis.reporting.previous import PREVIOUS, append_outputs, moves_since, previous_report
from iku_analysis.reporting.publish import sha256, show_path, staged, write_manifest
from iku_analysis.reporting.render import extract_figures, render_html
from iku_analysis.reporting.runner import check_against_data, check_parameters, find_notebook, run_notebook
from iku_analysis.sources.agency import Agency, load_agency
from iku_analysis.sources.data_root import PROJECT, input_files, name_data_root

OUTPUTS = PROJECT / "outputs"
LIBRARIES = ["pandas", "matplotlib", "seaborn", "papermill", "nbconvert"]


def make_report(year: int, data: str, *, language: str = "id", report_date: str = "") -> Path:
    """Make the yearly report of a data root and return its HTML file.

    `outputs/<year>/` (for another data root `outputs/<its name>/<year>/`) gets the page, the
    executed notebook, `gambar/` (SVG and PNG), `tabel/` (CSV) and `manifest.json`; where it replaces
    a report, also `sebelumnya/` and a last section that tells what moved since.

    Raises
    ------
    IkuError, DataError
        Before anything is run or written.
    RunFailed
        If a cell of the notebook fails.
    """
    given = {"year": year, "data": data, "language": language, "report_date": report_date}
    folder_name = f"{year}" if language == "id" else f"{year}-{language}"
    return run_and_publish("annual_report", given, folder_name, f"laporan-kinerja-{year}", follows=True)


def make_run(notebook: str, given: dict[str, Any]) -> Path:
    """Run any notebook with parameters and return its HTML file, in `outputs/<data root>/notebooks/`.

    Raises as `make_report` does.
    """
    name = find_notebook(notebook).stem
    return run_and_publish(notebook, given, f"notebooks/{name}", name, follows=False)


def run_and_publish(notebook: str, given: dict[str, Any], folder_name: str, name: str, *, follows: bool) -> Path:
    """Check, run, render and publish one notebook; return its HTML file.

    `follows` tells whether the page ends with what moved since the one that it replaces.
    """
    use_language(str(given.get("language", "id")))
    path = find_notebook(notebook)
    parameters = check_parameters(path, given)
    agency = load_agency(parameters["data"])
    check_against_data(agency, parameters)
    target, facts = output_folder(agency.root) / folder_name, run_facts(agency, path, parameters)
    try:
        with staged(target) as folder:
            executed = run_notebook(path, parameters, folder / f"{name}.ipynb")
            previous = previous_report(target, facts) if follows else {}
            if previous:
                executed = append_outputs(executed, moves_since(previous, results_of(agency), parameters["year"]))
                nbformat.write(executed, folder / f"{name}.ipynb")
            made = {f"{name}.html": _render(executed, agency)}
            made |= {f"gambar/{file}": content for file, content in extract_figures(executed).items()}
            made |= {f"tabel/{frame}.csv": text.encode() for frame, text in report_tables(agency).items()}
            made |= {f"{PREVIOUS}/{file}": content for file, content in previous.items()}
            for file, content in made.items():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_bytes(content)
            write_manifest(folder, facts)
    except RunFailed as error:
        kept = show_path(target.with_name(f"{target.name}.gagal"))
        raise RunFailed(_("{error}\nYang sempat dibuat ada di {folder}.", error=error, folder=kept)) from error
    return target / f"{name}.html"


def _render(executed: NotebookNode, agency: Agency) -> bytes:
    made_with = ", ".join(f"{library} {number}" for library, number in versions().items())
    mark = "DATA CONTOH" if agency.policy.illustrative else ""
    return render_html(executed, mark=mark, facts={_("Dibuat dengan"): made_with}).encode()


def output_folder(root: Path) -> Path:
    """Return where the reports of a data root go: `outputs/` for `data/raw`, else a folder of its own."""
    if root == (PROJECT / "data" / "raw").resolve():
        return OUTPUTS
    name = name_data_root(root)
    if root.is_relative_to(PROJECT):
        return OUTPUTS / name.removeprefix("data/").replace("/", "-")
    # Two agencies may both call their folder `data`; the place tells them apart.
    return OUTPUTS / f"{root.name}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def report_tables(agency: Agency) -> dict[str, str]:
    """Return the frames behind a report as CSV text, by name."""
    achievements = compute_achievements(agency)
    frames = {
        "indicators": agency.indicators,
        "breaks": agency.breaks,
        "targets": agency.targets,
        "quarter_targets": agency.quarter_targets,
        "realisations": agency.realisations,
        "context": agency.context,
        "verifications": agency.verifications,
        "budget": agency.budget,
        "notes": agency.notes,
        "figures": pd.concat([agency.figures, agency.parts], ignore_index=True),
        "achievements": achievements,
        "trends": compute_trends(agency, achievements),
    }
    return {name: to_csv(frame) for name, frame in frames.items()}


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    return {"iku_analysis": __version__, "Python": platform.python_version()} | {
        name: version(name) for name in LIBRARIES
    }


def run_facts(agency: Agency, notebook: Path, parameters: dict) -> dict:
    """Return what a later run needs to compare itself with this one; nothing of the clock or the machine."""
    return {
        "notebook": {"name": notebook.name, "sha256": sha256(notebook)},
        "parameters": parameters,
        "inputs": [
            {"path": path.relative_to(agency.root).as_posix(), "sha256": sha256(path)}
            for path in input_files(agency.root)
        ],
        "policy": {
            "judging": agency.policy.judging.model_dump(),
            "illustrative": agency.policy.illustrative,
        },
        "versions": versions(),
    }
