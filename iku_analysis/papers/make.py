"""A paper of the decree: check everything, run its notebook, render all formats, publish whole."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from iku_analysis import __version__
from iku_analysis.agency.inputs import list_inputs
from iku_analysis.agency.load import Agency, load_agency
from iku_analysis.analysis.differences import Results, results_of
from iku_analysis.analysis.known import as_of
from iku_analysis.analysis.open_points import nothing_judged, open_sections
from iku_analysis.display.narrative.papers import list_open
from iku_analysis.display.rows import rows_as_read
from iku_analysis.documents.blocks import Block, Document, Figure
from iku_analysis.documents.document import figure_files, read_blocks
from iku_analysis.errors import IkuError, RunFailed
from iku_analysis.execution.parameters import check_parameters, find_notebook
from iku_analysis.execution.runner import check_against_data, run_notebook
from iku_analysis.language import _, in_language
from iku_analysis.papers.catalogue import (
    FORMATS,
    LETTER,
    PAPERS,
    QUALITY,
    Run,
    check_formats,
    last_known_month,
    paper_run,
)
from iku_analysis.papers.fingerprint import run_fingerprint, short_digest
from iku_analysis.papers.index import renew_index
from iku_analysis.papers.previous import PREVIOUS, append_outputs, differences_since, previous_report, registers_since
from iku_analysis.papers.standing import PAPER_OF, result_of
from iku_analysis.storage.csv_frames import to_csv
from iku_analysis.storage.notebook_file import nbformat
from iku_analysis.storage.outputs import output_folder
from iku_analysis.storage.publish import RESULT, staged, write_manifest

if TYPE_CHECKING:
    from iku_analysis.documents.excel import WriteSheet


def make_report(
    year: int,
    data: str,
    *,
    paper: str = "report",
    quarter: int = 4,
    formats: tuple[str, ...] = FORMATS,
    language: str = "id",
    report_date: str = "",
    final: bool = False,
) -> Path:
    """Make a paper of a year, or of the year to the end of a quarter (1-4), and return its first file.

    `outputs/<year>/<paper>/` (for another data root `outputs/<its name>/<year>/<paper>/`) gets the
    paper in every format, the executed notebook, `gambar/` (SVG and PNG), `tabel/` (CSV) and
    `manifest.json`; where it replaces one, also `sebelumnya/` and a last section that tells what moved since.
    `outputs/index.html` lists it with all others.

    Raises
    ------
    IkuError, DataError
        Before anything is run or written; for a `final` paper also where anything is still to be filled in.
    RunFailed
        If a cell of the notebook fails.
    """
    run = paper_run(
        year, data, paper=paper, quarter=quarter, formats=formats, language=language, report_date=report_date
    )
    if final and (missing := still_open(year, data, paper=paper, quarter=quarter, language=language)):
        with in_language(language):
            raise IkuError(_("Belum dapat final; masih perlu diisi:") + "\n" + "\n".join(missing))
    path = run_and_publish(run)
    renew_index()
    return path


def still_open(year: int, data: str, *, paper: str, quarter: int = 4, language: str = "id") -> list[str]:
    """Return what is still to be filled in before a paper is whole, a line a subject. Raises as `make_report` does."""
    with in_language(language):
        notebook, _name = PAPERS[paper]
        through = last_known_month(notebook, {"year": year, "quarter": quarter})
        agency = as_of(load_agency(data), year, through)
        return list_open(agency, open_sections(agency, year, paper, quarter))


def make_run(notebook: str, given: dict[str, Any], formats: tuple[str, ...] = ("html",)) -> Path:
    """Run any notebook with parameters and return its first file, in `outputs/<data root>/notebooks/`.

    Raises as `make_report` does.
    """
    check_formats(formats)
    name = find_notebook(notebook).stem
    return run_and_publish(Run(notebook, given, f"notebooks/{name}", name, formats, follows=name == QUALITY))


def run_and_publish(run: Run, *, wait: bool = False, target: Path | None = None) -> Path:
    """Check, run, render and publish one notebook in `target`, or in `outputs/`; return its file in the first format.

    `wait` tells whether another process that makes the same results is waited for; else IkuError is raised.
    """
    with in_language(str(run.given.get("language", "id"))):
        return _publish(run, wait, target)


def _publish(run: Run, wait: bool, target: Path | None) -> Path:
    path = find_notebook(run.notebook)
    parameters = check_parameters(path, run.given)
    agency = load_agency(parameters["data"])
    check_against_data(agency, parameters)
    if path.name in PAPER_OF and agency.undecided:
        raise IkuError(_refuse_undecided(agency))
    if "year" in parameters:
        agency = as_of(agency, parameters["year"], last_known_month(path.stem, parameters))
    facts = run_fingerprint(agency.files, agency.policy, path, parameters, run.formats)
    name, target = run.name, target or output_folder(agency.root) / run.folder
    with staged(target, wait=wait) as folder:
        results = results_of(agency, parameters.get("quarter", 4))
        letter = run.notebook == PAPERS["report"][0] and nothing_judged(results.achievements, parameters["year"])
        executed = run_notebook(find_notebook(LETTER) if letter else path, parameters, folder / f"{name}.ipynb")
        previous = previous_report(target, facts) if run.follows else {}
        if previous:
            since = (
                registers_since(previous, agency)
                if path.stem == QUALITY
                else differences_since(previous, results, parameters["year"])
            )
            executed = append_outputs(executed, since)
            nbformat.write(executed, folder / f"{name}.ipynb")
        paper = document(read_blocks(executed), agency, parameters)
        sheets = form_sheets(agency, path.stem, parameters) if "xlsx" in run.formats else {}
        rows = pd.DataFrame() if path.stem == QUALITY else None  # it is about records, and has tables of its own
        made = {f"{name}.{kind}": each for kind, each in render(paper, run.formats, agency, sheets, rows).items()}
        made |= {f"gambar/{file}": content for file, content in figure_files(paper.each(Figure)).items()}
        tables = register_tables(agency) if path.stem == QUALITY else report_tables(agency, results)
        made |= {f"tabel/{frame}.csv": text.encode() for frame, text in tables.items()}
        made |= {f"{PREVIOUS}/{file}": content for file, content in previous.items()}
        for file, content in made.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(content)
        if list_inputs(agency.root) != agency.files:  # the notebook read them after we did
            raise RunFailed(_("Berkas masukan berubah selama laporan dibuat. Ulangi."))
        told = {RESULT: result_of(agency, results, path.name, parameters)} if path.name in PAPER_OF else {}
        write_manifest(folder, facts | told)
    return target / f"{name}.{run.formats[0]}"


def _refuse_undecided(agency: Agency) -> str:
    """Return why no paper is made while a setting of an indicator is only proposed, and where it is decided."""
    files = dict.fromkeys(f"decrees/{decree_id}/indicators.toml" for decree_id, _indicator, _word in agency.undecided)
    told = _("{count} usulan tentang indikator belum diputuskan.", count=len(agency.undecided))
    mend = _("Putuskan dengan iku decide. Naskah baru dibuat sesudah itu.")
    return f"{told}\n    -> {', '.join(files)}: {mend}"


def document(blocks: list[Block], agency: Agency, parameters: dict[str, Any]) -> Document:
    """Return blocks as a paper of an agency."""
    return Document(
        blocks=blocks,
        language=str(parameters.get("language", "id")),
        agency=agency.policy.agency,
        mark="DATA CONTOH" if agency.policy.illustrative else "",
        template=agency.word_template,
        made_with={_("Dibuat dengan"): f"iku_analysis {__version__}", _("Sidik masukan"): short_digest(agency.files)},
    )


def form_sheets(agency: Agency, notebook: str, parameters: dict[str, Any]) -> "dict[str, WriteSheet]":
    """Return the forms that offices hand in with a paper, as sheets of its workbook."""
    if notebook not in ("evaluation", "work_plan"):
        return {}
    from iku_analysis.documents import form_sheets as forms

    year = parameters["year"]
    if notebook == "evaluation":
        made = [forms.e81_sheet(agency, year, parameters["quarter"])]
    else:
        made = [make(agency, year) for make in (forms.tc23_sheet, forms.tc29_sheet, forms.tc30_sheet)]
    return {form.name: partial(forms.write_form, form) for form in made}


def render(
    paper: Document,
    formats: tuple[str, ...],
    agency: Agency,
    sheets: "dict[str, WriteSheet] | None" = None,
    rows: pd.DataFrame | None = None,
) -> dict[str, bytes]:
    """Return a paper in each format; `sheets` are further ones of the workbook, `rows` instead of the agency's."""
    made = {}
    # Each writer is imported only where its format is asked for.
    if "html" in formats:
        from iku_analysis.documents.html import make_html

        made["html"] = make_html(paper)
    if "pdf" in formats:
        from iku_analysis.documents.pdf import make_pdf

        made["pdf"] = make_pdf(paper)
    if "docx" in formats:
        from iku_analysis.documents.word import make_docx

        made["docx"] = make_docx(paper)
    if "xlsx" in formats:
        from iku_analysis.documents.workbook import make_xlsx

        made["xlsx"] = make_xlsx(paper, rows_behind(agency) if rows is None else rows, list_sources(agency), sheets)
    return made


def rows_behind(agency: Agency) -> pd.DataFrame:
    """Return the targets and realisations that were read, one row a figure, each with where it stands."""
    names = agency.indicators.drop_duplicates("indicator_id", keep="last").set_index("indicator_id")
    targets = agency.targets[agency.targets["targeted"]]
    targets = targets.assign(
        kind=_("target"), period=targets["year"].astype(str), value=targets["target"], source=targets["decree"]
    )
    rows = pd.concat([targets, agency.realisations.assign(kind=_("realisasi"))], ignore_index=True)
    rows = rows.assign(number=rows["indicator_id"].map(names["number"])).sort_values(
        ["number", "period"], kind="stable"
    )
    columns = {
        _("No"): rows["number"],
        _("Indikator"): rows["indicator_id"].map(names["label"]),
        _("Satuan"): rows["indicator_id"].map(names["unit"]),
        _("Jenis"): rows["kind"],
    }
    return pd.DataFrame(columns | rows_as_read(rows))


def list_sources(agency: Agency) -> list[tuple[str, str]]:
    """Return where the numbers come from: decrees, files with their SHA-256, the sources that files name."""
    decrees = [(_("Keputusan"), f"{decree.number}: {decree.title}") for decree in agency.decrees]
    files = [(path, f"SHA-256 {version}" if version else _("tidak dibaca")) for path, version in agency.files.items()]
    named = agency.realisations[["indicator_id", "source"]].drop_duplicates()
    return decrees + files + [(str(row.indicator_id), str(row.source)) for row in named.itertuples() if row.source]


def report_tables(agency: Agency, results: Results) -> dict[str, str]:
    """Return the frames behind a paper as CSV text, by name."""
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
        "achievements": results.achievements,
        "trends": results.trends,
    }
    return {name: to_csv(frame) for name, frame in frames.items()}


def register_tables(agency: Agency) -> dict[str, str]:
    """Return the frames behind a report on registers as CSV text, by name: counts and days, and no record."""
    counted = agency.counted
    frames = {"register_checks": counted.checks, "arrivals": counted.arrivals, "gaps": counted.gaps}
    return {name: to_csv(frame) for name, frame in frames.items()}
