"""The papers of the decree, the run that makes each, and where its results go."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from iku_analysis.errors import IkuError
from iku_analysis.language import _, current_language
from iku_analysis.sources.address import is_address, local_path
from iku_analysis.sources.data_root import name_data_root
from iku_analysis.workspace import workspace

PAPERS = {  # what the decree is the reference for (diktum KETIGA): its notebook, and the name of its files
    "report": ("annual_report", "laporan-kinerja"),
    "agreement": ("performance_agreement", "perjanjian-kinerja"),
    "plan": ("work_plan", "rencana-kerja"),
    "evaluation": ("evaluation", "evaluasi-kinerja"),
}
JUDGING = ("report", "evaluation")  # the papers whose results a later one is held against
PLANNING = ("performance_agreement", "work_plan")  # the notebooks of papers that are written before the year begins
FORMATS = ("html", "pdf", "docx", "xlsx")


@dataclass(frozen=True)
class Run:
    """One notebook to run, and where its results go.

    `folder` is below the output folder of the data root, `name` that of the files; `follows` tells whether
    the paper ends with what moved since the one that it replaces. `outputs` is another place than `outputs/`
    for the folders of all data roots: a folder or an address (`remote.py`).
    """

    notebook: str
    given: dict[str, Any]
    folder: str
    name: str
    formats: tuple[str, ...]
    follows: bool = False
    outputs: str = ""


def paper_run(
    year: int, data: str, *, paper: str, quarter: int, formats: tuple[str, ...], language: str, report_date: str
) -> Run:
    """Return the run that makes a paper. Raises IkuError for a paper or format that there is none of."""
    if paper not in PAPERS:
        raise IkuError(_("Dokumen {paper} tidak ada; yang ada: {papers}.", paper=repr(paper), papers=", ".join(PAPERS)))
    if unknown := [each for each in formats if each not in FORMATS]:
        raise IkuError(_("Bentuk {format} tidak ada; yang ada: {formats}.", format=repr(unknown[0]),
                         formats=", ".join(FORMATS)))  # fmt: skip
    notebook, name = PAPERS[paper]
    given: dict[str, Any] = {"year": year, "data": data, "language": language, "report_date": report_date}
    folder = name if language == "id" else f"{name}-{language}"
    if quarter != 4:
        given["quarter"] = quarter
        folder, name = f"{folder}-tw{quarter}", f"{name}-tw{quarter}"
    return Run(notebook, given, f"{year}/{folder}", f"{name}-{year}", formats=formats, follows=paper in JUDGING)


def last_known_month(notebook: str, parameters: dict[str, Any]) -> int:
    """Return the month of its year up to which a notebook knows: 1-12, or 0 where it is written before."""
    return 0 if notebook in PLANNING else int(parameters.get("through", 3 * parameters.get("quarter", 4)))


def known_until(notebook: str, parameters: dict[str, Any]) -> str:
    """Return up to when the frames of a run tell, as `Agency.until`; empty for a notebook without a year."""
    return f"{parameters['year']}-{last_known_month(notebook, parameters):02d}" if "year" in parameters else ""


def find_target(run: Run, root: Path) -> Path | str:
    """Return the folder that the results of a run go to, or its address where that is none of this machine."""
    if not run.outputs:
        return output_folder(root) / run.folder
    below = "/".join(filter(None, (output_name(root), run.folder)))
    folder = local_path(run.outputs) if is_address(run.outputs) else Path(run.outputs).resolve()
    return folder / below if folder else f"{run.outputs}/{below}"


def outputs() -> Path:
    """Return where the results of all data roots go: `outputs/` of the workspace."""
    return workspace() / "outputs"


def output_folder(root: Path) -> Path:
    """Return where the reports of a data root go: `outputs/` for `data/raw`, else a folder of its own."""
    return outputs() / output_name(root)


def output_name(root: Path) -> str:
    """Return the folder of a data root below `outputs/`; empty for `data/raw`."""
    own = (workspace() / "data").resolve()
    if root == own / "raw":
        return ""
    name = name_data_root(root)
    if root.parent == own:
        return root.name
    # Two agencies may both call their folder `data`; the place tells them apart, also among thousands.
    return f"{PurePosixPath(name).name}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def form_path(root: Path, year: int, quarter: int | None = None) -> Path:
    """Return where the form of a year or quarter goes, in the language in use: `outputs/.../formulir/`."""
    parts = ["formulir", str(year), f"tw{quarter}" if quarter else "", "" if current_language() == "id" else "en"]
    return output_folder(root) / "formulir" / ("-".join(filter(None, parts)) + ".xlsx")
