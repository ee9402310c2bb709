"""`index.html` beside the results of all data roots: which papers stand, in which formats, what they say at a glance.

It is written whole from the manifests alone, after each paper or batch; the same manifests give the same bytes.
"""

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from iku_analysis.display.words import SYMBOLS, paper_title, section_word, span_word, state_word
from iku_analysis.documents.html import page_style, page_template, page_text
from iku_analysis.errors import IkuError, RunFailed
from iku_analysis.indonesian import format_date
from iku_analysis.language import _, current_language, in_language
from iku_analysis.papers.catalogue import JUDGING, PAPERS
from iku_analysis.papers.standing import Indicator, Result, Standing, papers_at, papers_in
from iku_analysis.schema import STATES
from iku_analysis.storage.address import opened
from iku_analysis.storage.lock import locked
from iku_analysis.storage.outputs import results_place
from iku_analysis.storage.publish import LOCK, write_whole
from iku_analysis.terminal import tell

INDEX = "index.html"
FORMAT_NAMES = {"html": "HTML", "pdf": "PDF", "docx": "Word", "xlsx": "Excel"}
ORDER = list(PAPERS)


def renew_index(place: str = "") -> None:
    """Write the index of where results go (`results_place`). A failure is told only: papers are whole without it."""
    try:
        folder = results_place(place)
        if isinstance(folder, Path):
            write_index(folder)
        else:
            with opened(folder) as (system, path):
                system.pipe_file(f"{path}/{INDEX}", make_index(papers_at(folder)))
    except (IkuError, RunFailed) as error:  # one is that of an address
        tell(_("Daftar naskah tidak diperbarui. {error}", error=error), error=True)


def write_index(folder: Path) -> Path:
    """Write the index of a folder of results and return its path. Raises IkuError if it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Whoever comes last lists the papers of all: each was in its place before this was asked for.
        with locked(folder / f"{INDEX}.{LOCK}", wait=True):
            write_whole(folder / INDEX, make_index(papers_in(folder)))
    except OSError as error:
        raise IkuError(f"{error.filename or folder}: {error.strerror or error}") from error
    return folder / INDEX


def make_index(papers: list[Standing]) -> bytes:
    """Return the page; in Indonesian, unless all papers are in English."""
    languages = {paper.parameters.language for paper in papers}
    with in_language("en" if languages == {"en"} else "id"):
        agencies = _by_agency(papers)
        rows = [_latest(agency) for agency in agencies] if len(agencies) > 1 else []
        page = page_template("index.html.j2").render(
            agencies=agencies,
            rows=rows,
            numbers=sorted({number for row in rows for number in row["marks"]}),
            states=[(SYMBOLS[state], state_word(state)) for state in STATES],
            language=current_language(),
            words={
                "title": _("Daftar naskah kinerja"),
                "skip": _("Langsung ke isi"),
                "counts": _("{agencies} instansi, {papers} naskah", agencies=len(agencies), papers=len(papers)),
                "none": _("Belum ada naskah. Naskah dibuat dengan: iku report"),
                "latest": _("Hasil terakhir setiap instansi"),
                "numbers": _("IKU menurut nomornya di keputusan masing-masing instansi"),
                "agency": _("Instansi"),
                "through": _("Sampai"),
                "paper": _("Naskah"),
                "year": _("Tahun"),
                "result": _("Hasil"),
                "open": _("Masih perlu diisi"),
                "missing": _("Belum dibuat"),
                "date": _("Tanggal"),
                "undated": _("belum diisi"),
                "formats": _("Bentuk"),
                "english": _("bahasa Inggris"),
            },
            css=page_style("index.css"),
            script=page_text("sort.js", "index.js"),
        )
    return page.encode("utf-8", "replace")


def _by_agency(papers: list[Standing]) -> list[dict[str, Any]]:
    """Return the agencies by name, each with its papers, the last year first; two of one name by their folders too."""
    found = []
    for root, each in groupby(sorted(papers, key=lambda paper: paper.root), key=lambda paper: paper.root):
        own = sorted(each, key=_newest_first)
        name = next((paper.result.agency for paper in own if paper.result), own[0].parameters.data)
        rows, missing = [_paper_row(paper) for paper in own], _never_made(own)
        found.append({"name": name, "root": root, "papers": own, "rows": rows, "missing": missing})
    names = Counter(agency["name"] for agency in found)
    for agency in found:
        agency["mark"] = any(paper.policy.get("illustrative") for paper in agency["papers"])
        if names[agency["name"]] > 1:
            agency["name"] += f" ({agency['root'] or agency['papers'][0].parameters.data})"
    found.sort(key=lambda agency: (agency["name"].casefold(), agency["root"]))
    return [agency | {"place": f"instansi-{number}"} for number, agency in enumerate(found, start=1)]


def _newest_first(paper: Standing) -> tuple[int, int, int, bool, str]:
    asked = paper.parameters
    return -asked.year, ORDER.index(paper.paper), -asked.quarter, asked.language != "id", paper.folder


def _paper_row(paper: Standing) -> dict[str, Any]:
    """Return what the list says of a paper; `share` and `day` are what their columns are sorted by."""
    asked, result = paper.parameters, paper.result
    judged = result is not None and paper.paper in JUDGING
    return {
        "title": paper_title(paper.paper, asked.year, asked.quarter),
        "language": asked.language,
        "year": asked.year,
        "through": span_word(asked.year, asked.quarter),
        "result": _result_words(result, judged=judged) if result else "",
        "share": round(result.met / result.targeted, 4) if result and judged and result.targeted else None,
        "indicators": [_mark(each) for each in result.indicators] if result and judged and result.scored else [],
        "sections": [(section_word(section), count) for section, count in result.open.items()] if result else [],
        "open": sum(result.open.values()) if result else None,
        "date": format_date(asked.report_date) if asked.report_date else "",
        "day": asked.report_date.toordinal() if asked.report_date else None,
        "files": [(FORMAT_NAMES[kind], quote(path, errors="replace")) for kind, path in paper.files.items()],
    }


def _result_words(result: Result, *, judged: bool) -> str:
    if not result.targeted:
        return _("tidak ada indikator yang ditargetkan")
    if not judged:  # written before the year
        return _("{count} indikator ditargetkan", count=result.targeted)
    if not result.scored:
        return _("belum satu pun dapat dinilai")
    words = _("{met} dari {targeted} tercapai", met=result.met, targeted=result.targeted)
    lacking = result.targeted - result.scored
    return f"{words}, " + _("{count} belum dapat dinilai", count=lacking) if lacking else words


def _mark(indicator: Indicator) -> dict[str, Any]:
    """Return an indicator with the mark and the words of its state; `rank` is what its column is sorted by."""
    state = indicator.state
    facts = {"number": indicator.number, "label": indicator.label, "state": state, "word": state_word(state)}
    return facts | {"mark": SYMBOLS[state], "rank": STATES.index(state)}


def _never_made(papers: list[Standing]) -> dict[int, list[str]]:
    """Return by year, from the first to the last of an agency's papers, those of the decree that there are none of."""
    made = {(paper.parameters.year, paper.paper) for paper in papers}
    years = {year for year, _paper in made}
    lacking = {
        year: [paper_title(paper, year, 4) for paper in ORDER if (year, paper) not in made]
        for year in range(max(years), min(years) - 1, -1)
    }
    return {year: titles for year, titles in lacking.items() if titles}


def _latest(agency: dict[str, Any]) -> dict[str, Any]:
    """Return the row of an agency's last paper that judges, else of its last, with its indicators by number."""
    judging = [paper for paper in agency["papers"] if paper.paper in JUDGING and paper.result]
    last = max(judging or agency["papers"], key=_span)
    row = agency["rows"][agency["papers"].index(last)]
    marks = {each.number: _mark(each) for each in last.result.indicators} if last.result else {}
    missing = agency["missing"].get(last.parameters.year, [])
    return row | {"agency": agency, "marks": marks, "missing": missing, "order": _span(last)}


def _span(paper: Standing) -> float:
    """Return what papers are ordered by in time: the year, and up to which of its quarters."""
    return paper.parameters.year + paper.parameters.quarter / 10
