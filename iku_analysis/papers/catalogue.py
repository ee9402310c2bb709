"""The papers of the decree, and the run that makes each."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iku_analysis.errors import IkuError
from iku_analysis.language import _
from iku_analysis.storage.outputs import output_name, results_place

PAPERS = {  # what the decree is the reference for (diktum KETIGA): its notebook, and the name of its files
    "report": ("annual_report", "laporan-kinerja"),
    "agreement": ("performance_agreement", "perjanjian-kinerja"),
    "plan": ("work_plan", "rencana-kerja"),
    "evaluation": ("evaluation", "evaluasi-kinerja"),
}
LETTER = "report_letter"  # the notebook of a report of which nothing can be judged
JUDGING = ("report", "evaluation")  # the papers whose results a later one is held against
QUALITY = "register_quality"  # the notebook of the report on what registers are like
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
    check_formats(formats)
    notebook, name = PAPERS[paper]
    given: dict[str, Any] = {"year": year, "data": data, "language": language, "report_date": report_date}
    folder = name if language == "id" else f"{name}-{language}"
    if quarter != 4:
        given["quarter"] = quarter
        folder, name = f"{folder}-tw{quarter}", f"{name}-tw{quarter}"
    return Run(notebook, given, f"{year}/{folder}", f"{name}-{year}", formats=formats, follows=paper in JUDGING)


def check_formats(formats: tuple[str, ...]) -> None:
    """Raise IkuError for a format that there is none of."""
    if unknown := [each for each in formats if each not in FORMATS]:
        raise IkuError(
            _("Bentuk {format} tidak ada; yang ada: {formats}.", format=repr(unknown[0]), formats=", ".join(FORMATS))
        )


def notebooks_of(notebook: str) -> list[str]:
    """Return the notebooks that a run may execute: its own, and the letter that a report becomes."""
    return [notebook, LETTER] if Path(notebook).stem == PAPERS["report"][0] else [notebook]


def last_known_month(notebook: str, parameters: dict[str, Any]) -> int:
    """Return the month of its year up to which a notebook knows: 1-12, or 0 where it is written before."""
    return 0 if notebook in PLANNING else int(parameters.get("through", 3 * parameters.get("quarter", 4)))


def known_until(notebook: str, parameters: dict[str, Any]) -> str:
    """Return up to when the frames of a run tell, as `Agency.until`; empty for a notebook without a year."""
    return f"{parameters['year']}-{last_known_month(notebook, parameters):02d}" if "year" in parameters else ""


def find_target(run: Run, root: Path) -> Path | str:
    """Return the folder that the results of a run go to, or its address where that is none of this machine."""
    below, place = "/".join(filter(None, (output_name(root), run.folder))), results_place(run.outputs)
    return place / below if isinstance(place, Path) else f"{place}/{below}"
