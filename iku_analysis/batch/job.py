"""What a batch has to do: the words of the command line or of a TOML file -> a list of runs, each with its reason."""

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from iku_analysis.agency.inputs import list_inputs
from iku_analysis.errors import AddressLost, IkuError
from iku_analysis.execution.parameters import check_parameters, find_notebook
from iku_analysis.indonesian import parse_report_date
from iku_analysis.language import LANGUAGES, _
from iku_analysis.papers.catalogue import FORMATS, JUDGING, PAPERS, Run, find_target, paper_run
from iku_analysis.papers.fingerprint import run_fingerprint, why_again, why_again_at
from iku_analysis.problems import DataError
from iku_analysis.sources.limits import FIRST_YEAR, LAST_YEAR, LONGEST_FILE, LONGEST_RUN, MOST_TRIES, MOST_WORKERS
from iku_analysis.sources.policy import read_policy
from iku_analysis.sources.toml import Settings, check_settings, read_toml
from iku_analysis.storage.address import check_address, copies, is_address
from iku_analysis.storage.data_root import DEFAULT_ROOT, fetch_root, find_data_root, is_folder


def _read_years(value: Any) -> tuple[int, ...]:
    """Return the years of a text such as `2018-2022` or `2019,2021`."""
    years: list[int] = []
    for word in str(value).split(","):
        found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", word.strip(), re.ASCII)
        among = range(int(found[1]), int(found[2] or found[1]) + 1) if found else ()
        if not among or not isinstance(value, str) or among[0] < FIRST_YEAR or among[-1] > LAST_YEAR:
            raise ValueError(_('tahun, misalnya "2018-2022" atau "2019,2021"'))
        years += among
    return tuple(dict.fromkeys(years))


def _choose(*choices: str) -> BeforeValidator:
    """Return a reader of some of the choices, separated by commas."""

    def read(value: Any) -> tuple[str, ...]:
        words = tuple(dict.fromkeys(word.strip() for word in value.split(","))) if isinstance(value, str) else ("",)
        if not set(words) <= set(choices):
            raise ValueError(_("{choices}; beberapa dipisah koma", choices=", ".join(choices)))
        return words

    return BeforeValidator(read)


def _read_command(value: Any) -> tuple[str, ...]:
    """Return the words of a command that can be started."""
    try:
        words = tuple(shlex.split(value)) if isinstance(value, str) else ()
    except ValueError:  # an open quotation
        words = ()
    if not words or shutil.which(words[0]) is None:
        raise ValueError(_("perintah yang ada di komputer ini"))
    return words


def _check_place(value: Any) -> Any:
    place = Path(value) if isinstance(value, str) else None
    if place and not (
        is_folder(place.parent) and not is_folder(place) and len(os.fsencode(place.name)) <= LONGEST_FILE
    ):
        raise ValueError(_("nama berkas di folder yang ada"))
    return value


def _check_date(value: str) -> str:
    try:
        parse_report_date(value)
    except IkuError as error:
        raise ValueError(str(error)) from error
    return value


Texts = tuple[str, ...]
Place = Annotated[str, AfterValidator(lambda place: place.rstrip("/") if is_address(place) else place)]


class Job(Settings):
    """What a batch makes and how; without `years`, of each data root the latest year that has a figure."""

    data: list[Place] = Field(default=[DEFAULT_ROOT], min_length=1)
    years: Annotated[tuple[int, ...], BeforeValidator(_read_years)] = ()
    quarters: Annotated[Texts, _choose("1", "2", "3", "4")] = ("4",)
    papers: Annotated[Texts, _choose(*PAPERS)] = Field(default=("report",), alias="paper")
    formats: Annotated[Texts, _choose(*FORMATS)] = Field(default=FORMATS, alias="format")
    languages: Annotated[Texts, _choose(*LANGUAGES)] = Field(default=("id",), alias="lang")
    report_date: Annotated[str, AfterValidator(_check_date)] = Field(default="", alias="date")
    jobs: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=MOST_WORKERS)
    dry_run: bool = Field(default=False, alias="dry-run")
    force: bool = False
    timeout: int = Field(default=3600, ge=1, le=LONGEST_RUN)
    retries: int = Field(default=1, ge=0, le=MOST_TRIES)
    on_failure: Annotated[Texts, BeforeValidator(_read_command)] = Field(default=(), alias="on-failure")
    summary: Annotated[str, BeforeValidator(_check_place)] = ""
    cluster: str = ""
    outputs: Place = ""


@dataclass
class Step:
    """One run of a batch and what became of it.

    `run` and `target` are None where the data root itself cannot be read. `state` is `waiting`, `made`,
    `unchanged`, `failed` or `stopped`; `because` tells why it is made (`why_again`), `reason` why it failed.
    """

    label: dict[str, Any]
    run: Run | None = None
    target: Path | str | None = None
    state: str = "waiting"
    because: str = ""
    reason: str = ""
    seconds: float = 0.0
    attempts: int = 0

    @property
    def name(self) -> str:
        """What a person calls it: `data/example 2021 report`, then its quarter and language if they are not usual."""
        words = dict(self.label)
        quarter = words.pop("quarter", 4)
        language = words.pop("lang", "id")
        parts = [*words.values(), "" if quarter == 4 else f"TW{quarter}", "" if language == "id" else language]
        return " ".join(str(part) for part in parts if part)


def read_job(path: Path | None, given: dict[str, Any]) -> Job:
    """Return a job from a TOML file, whose words those that are `given` replace, or from these alone.

    Raises
    ------
    IkuError, DataError
        If there is no such file, or with everything that is wrong in it.
    """
    if path is not None and not path.is_file():
        raise IkuError(_("Berkas {path} tidak ada.", path=path))
    name = "iku batch" if path is None else str(path)
    values, problems = ({}, []) if path is None else read_toml(path, name)
    job = None
    if not problems:
        job, problems = check_settings(values | given, name, Job)
    if job is None:
        raise DataError(problems)
    for place in filter(is_address, (*job.data, job.outputs)):
        check_address(place)
    if job.cluster and (local := [place for place in (*job.data, job.outputs) if not is_address(place)]):
        raise IkuError(
            _(
                "Dengan cluster, data dan outputs harus alamat, karena mesinnya tidak punya cakram bersama; "
                "{place} bukan alamat.",
                place=local[0] or "outputs",
            )
        )
    return job


def list_steps(job: Job) -> list[Step]:
    """Return the runs of a job, each for a target of its own; those whose results stand are `unchanged` already."""
    steps: dict[Path | str, Step] = {}
    failed: list[Step] = []
    facts: dict[Path | str, dict[str, Any]] = {}
    with copies(), ThreadPoolExecutor(job.jobs) as pool:  # hashing and fetching let other threads run
        fetched = {data: pool.submit(fetch_root, data) for data in job.data if is_address(data)}
        for data in dict.fromkeys(job.data):
            try:
                if data in fetched:
                    fetched[data].result()
                for step, depends in _steps_of(data, job):
                    assert step.target is not None
                    steps.setdefault(step.target, step)
                    facts.setdefault(step.target, depends)
            except (IkuError, AddressLost) as error:
                failed.append(Step({"data": data}, state="failed", reason=str(error)))
            except OSError as error:  # a file that is another user's, or goes while it is read
                reason = f"{error.filename or data}: {error.strerror or error}"
                failed.append(Step({"data": data}, state="failed", reason=reason))
        whys = pool.map(_why, facts, facts.values())
        for step, why in zip(steps.values(), whys, strict=True):
            step.because = why or ("force" if job.force else "")
            step.state = "waiting" if step.because else "unchanged"
    return [*steps.values(), *failed]


def _why(target: Path | str, facts: dict[str, Any]) -> str:
    return why_again(target, facts) if isinstance(target, Path) else why_again_at(target, facts)


def _steps_of(data: str, job: Job) -> Iterator[tuple[Step, dict[str, Any]]]:
    """Yield the runs of a data root, each with its facts; none where policy.toml is faulty, as the run will tell."""
    root = find_data_root(data)
    years = job.years or (_latest_year(root),)
    policy, _faults = read_policy(root)
    inputs = list_inputs(root)
    papers = [(paper, quarter) for paper in job.papers for quarter in (job.quarters if paper in JUDGING else ("4",))]
    for year, (paper, quarter), language in product(years, papers, job.languages):
        run = paper_run(
            year,
            data,
            paper=paper,
            quarter=int(quarter),
            formats=job.formats,
            language=language,
            report_date=job.report_date,
        )
        run = replace(run, outputs=job.outputs)
        notebook = find_notebook(run.notebook)
        label = {"data": data, "year": year, "paper": paper, "quarter": int(quarter), "lang": language}
        step = Step(label, run, find_target(run, root))
        parameters = check_parameters(notebook, run.given)
        yield step, run_fingerprint(inputs, policy, notebook, parameters, job.formats) if policy else {}


def _latest_year(root: Path) -> int:
    from iku_analysis.agency.load import latest_year_with_figures, load_agency  # pandas: half a second

    return latest_year_with_figures(load_agency(root))
