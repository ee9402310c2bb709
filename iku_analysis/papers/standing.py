"""What a paper says of itself in its manifest, and the papers that stand somewhere, read from their manifests alone.

So a list of many costs one small file each, and holds also where their data roots are gone.
"""

from contextlib import suppress
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import count_results
from iku_analysis.analysis.differences import Results
from iku_analysis.analysis.open_points import PAPERS as SECTIONS, open_sections
from iku_analysis.errors import IkuError
from iku_analysis.indonesian import parse_report_date
from iku_analysis.papers.catalogue import FORMATS, PAPERS
from iku_analysis.schema import STATES
from iku_analysis.storage.address import opened
from iku_analysis.storage.publish import MANIFEST

PAPER_OF = {f"{notebook}.ipynb": paper for paper, (notebook, _name) in PAPERS.items()}
OPEN = {section for lists in SECTIONS.values() for sections in lists for section in sections}
YEAR = "[0-9]" * 4
PLACES = (f"{YEAR}/*/{MANIFEST}", f"*/{YEAR}/*/{MANIFEST}")  # below the results of all data roots


def _read_date(value: Any) -> date | None:
    try:
        return parse_report_date(str(value))
    except IkuError as error:
        raise ValueError(str(error)) from error


def _among(words: set[str]) -> AfterValidator:
    """Return what lets only those words through that there is a sentence for."""

    def check(word: str) -> str:
        if word not in words:
            raise ValueError(word)
        return word

    return AfterValidator(check)


class Indicator(BaseModel):
    """An indicator of the decree, and its state in the year (frame `achievements`)."""

    number: int
    label: str
    state: Annotated[str, _among({*STATES})]


class Result(BaseModel):
    """What a paper says at a glance: counts as in `AgencyResult`, sections still open with how often each is."""

    agency: str
    targeted: int = Field(ge=0)
    scored: int = Field(ge=0)
    met: int = Field(ge=0)
    open: dict[Annotated[str, _among(OPEN)], int]
    indicators: list[Indicator]


class Parameters(BaseModel):
    """What a paper was asked for."""

    year: int = Field(ge=1000, le=9999)
    data: str
    quarter: int = Field(default=4, ge=1, le=4)
    language: Literal["id", "en"] = "id"
    report_date: Annotated[date | None, BeforeValidator(_read_date)] = None


class Notebook(BaseModel):
    """Which paper it is."""

    name: Annotated[str, _among({*PAPER_OF})]


class Standing(BaseModel):
    """A paper that stands, in its folder below the results of all data roots: what of its manifest a list tells.

    `result` is missing where an older version wrote it.
    """

    notebook: Notebook
    parameters: Parameters
    policy: dict[str, Any]
    outputs: list[dict[str, str]]
    result: Result | None = None
    folder: str = ""

    @property
    def paper(self) -> str:
        """`report`, `agreement`, `plan` or `evaluation`."""
        return PAPER_OF[self.notebook.name]

    @property
    def root(self) -> str:
        """The folder of its data root among the results; empty for `data/raw`."""
        return PurePosixPath(self.folder).parent.parent.name

    @property
    def files(self) -> dict[str, str]:
        """The paper by format, each from the folder of all results on."""
        names = [each["path"] for each in self.outputs if "/" not in each["path"]]
        found = {name.rpartition(".")[2]: f"{self.folder}/{name}" for name in names}
        return {kind: found[kind] for kind in FORMATS if kind in found}


def papers_in(folder: Path) -> list[Standing]:
    """Return the papers that stand in a folder of results."""
    found = {}
    for path in (path for place in PLACES for path in folder.glob(place)):
        with suppress(OSError):  # another takes its place just now, and is listed after that
            found[path.parent.relative_to(folder).as_posix()] = path.read_bytes()
    return _read(found)


def papers_at(address: str) -> list[Standing]:
    """Return the papers that stand at an address of results. Raises AddressLost."""
    with opened(address) as (system, path):
        names = [name for place in PLACES for name in system.glob(f"{path}/{place}")]
        found = system.cat(names, on_error="omit") if names else {}
        return _read({PurePosixPath(name).parent.as_posix(): content for name, content in found.items()}, path)


def _read(manifests: dict[str, bytes], above: str = "") -> list[Standing]:
    """Return the papers of manifests by their folder, below another; what is none, or broken, is left out."""
    papers = []
    for folder, content in manifests.items():
        with suppress(ValidationError):
            paper = Standing.model_validate_json(content)
            paper.folder = folder.removeprefix(above).lstrip("/")
            if "." not in PurePosixPath(folder).name:  # else one that failed, or is not yet in its place
                papers.append(paper)
    return papers


def result_of(agency: Agency, results: Results, notebook: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return what the manifest of a paper keeps as `result`, in the language in use, as `Result` reads it."""
    year = parameters["year"]
    unwritten = open_sections(agency, year, PAPER_OF[notebook], parameters.get("quarter", 4))
    of_year = results.achievements[results.achievements["year"] == year].sort_values("number")
    counts = count_results(results.achievements, year, results.judging)
    return {
        "agency": agency.policy.agency,
        **{name: counts[name] for name in ("targeted", "scored", "met")},
        "open": unwritten["section"].value_counts(sort=False).to_dict(),
        "indicators": of_year[["number", "label", "state"]].to_dict("records"),
    }
