"""`iku batch`: what runs and what stands, one failure alone, retries, time-outs, signals, and what it tells of all."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import psutil
import pytest
from roots import PROJECT

from iku_analysis.batch import batch, job as job_module, local, workers
from iku_analysis.batch.job import Job, Step, list_steps, read_job
from iku_analysis.errors import IkuError
from iku_analysis.papers import catalogue, fingerprint, make
from iku_analysis.papers.catalogue import Run
from iku_analysis.papers.index import renew_index
from iku_analysis.papers.make import make_report
from iku_analysis.problems import DataError
from iku_analysis.storage.digest import once_a_version
from iku_analysis.storage.lock import locked
from iku_analysis.storage.outputs import output_folder
from iku_analysis.storage.publish import write_manifest
from iku_analysis.storage.temporary import private_folder

DATA = Path(__file__).parents[1] / "data"
IKU = [sys.executable, "-c", "from iku_analysis.cli import main; main()"]


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """Return three small data roots, the last with a faulty file; what is made of them is removed."""
    folders = [tmp_path_factory.mktemp("batch") / name for name in ("one", "two", "bad")]
    for folder in folders:
        shutil.copytree(DATA / "good", folder)
    shutil.copy(DATA / "bad" / "dot_decimal.csv", folders[-1] / "realisations")
    yield folders
    for folder in folders:
        shutil.rmtree(output_folder(folder), ignore_errors=True)


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return two data roots for what is never run; their outputs would go to the folder of the test."""
    monkeypatch.setattr("iku_analysis.storage.outputs.outputs", lambda: tmp_path / "outputs")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        shutil.copytree(DATA / "good", folder)
    return folders


def job_of(*roots: Path, **words: Any) -> Job:
    return read_job(None, {"data": [str(root) for root in roots], "years": "2020", "format": "html"} | words)


def pretend_made(steps: list[Step], job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write, for each step, results that say they were made from what is there now."""
    stored: dict[Path, dict] = {}
    monkeypatch.setattr("iku_analysis.batch.job.why_again", lambda target, facts: stored.update({target: facts}) or "")
    list_steps(job)
    monkeypatch.undo()
    for step in steps:
        assert step.target is not None
        (step.target / "tabel").mkdir(parents=True)
        (step.target / "page.html").write_text("page")
        (step.target / "tabel" / "targets.csv").write_text("table")
        write_manifest(step.target, stored[step.target])


# What runs


def whys(job: Job) -> dict[str, str]:
    """Return why each run is made, by its name without the folder of the test; the unchanged are left out."""
    return {step.name.split("/")[-1]: step.because for step in list_steps(job) if step.state == "waiting"}


def test_the_list_of_runs(pair: list[Path]) -> None:
    """Quarters are of reports and evaluations only; the other papers are made once a year."""
    job = job_of(pair[0], years="2019-2020,2019", quarters="3,4", paper="plan,report", lang="id,en")
    names = [step.name.split("/")[-1] for step in list_steps(job)]
    assert names == [
        f"one {year} {paper}{language}"
        for year in (2019, 2020)
        for paper in ("plan", "report TW3", "report")
        for language in ("", " en")
    ]
    assert len({step.target for step in list_steps(job)}) == 12


def test_a_run_named_twice_is_made_once(pair: list[Path]) -> None:
    steps = list_steps(job_of(pair[0], pair[0] / ".." / "one"))
    assert len(steps) == 1


def test_without_years_the_latest_with_a_figure(pair: list[Path]) -> None:
    (step,) = list_steps(read_job(None, {"data": [str(pair[0])]}))
    assert step.label["year"] == make.load_agency(pair[0]).realisations["period"].str[:4].astype(int).max()


def test_a_file_that_cannot_be_read_fails_its_agency_alone(pair: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    real = job_module.list_inputs

    def list_inputs(root: Path) -> dict[str, str]:
        if root.name == "one":
            raise PermissionError(errno.EACCES, "Permission denied", str(root / "realisations" / "nik.xlsx"))
        return real(root)

    monkeypatch.setattr(job_module, "list_inputs", list_inputs)
    two, one = list_steps(job_of(*pair))
    assert (two.label["data"], two.state) == (str(pair[1]), "waiting")
    assert (one.state, one.reason) == ("failed", f"{pair[0]}/realisations/nik.xlsx: Permission denied")


@pytest.fixture
def made(pair: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Job, list[Path], list[Step]]:
    """Return a job of two years of two roots whose results all stand."""
    job = job_of(*pair, years="2019,2020")
    steps = list_steps(job)
    assert [step.because for step in steps] == ["new"] * 4
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("iku_analysis.storage.outputs.outputs", lambda: tmp_path / "outputs")
        pretend_made(steps, job, patch)
    monkeypatch.setattr("iku_analysis.storage.outputs.outputs", lambda: tmp_path / "outputs")
    assert whys(job) == {}
    return job, pair, steps


def test_a_batch_lists_the_papers_once_at_its_end(
    made: tuple[Job, list[Path], list[Step]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where all stand, and those of which an older version has told no result; not where nothing is to be done."""
    job, _pair, _steps = made
    places: list[str] = []
    monkeypatch.setattr(batch, "renew_index", lambda place: places.append(place) or renew_index(place))
    assert batch.make_batch(job.model_copy(update={"dry_run": True})) == 0
    assert places == []
    assert batch.make_batch(job) == 0
    assert places == [""]
    page = (tmp_path / "outputs" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<th scope="row"><a href="[^"]*/page\.html">([^<]*)</a></th>', page) == [
        f"Laporan Kinerja {year}" for year in (2020, 2019, 2020, 2019)
    ]


def test_a_file_that_was_only_touched_changes_nothing(made: tuple[Job, list[Path], list[Step]]) -> None:
    job, (one, _two), _steps = made
    for path in one.rglob("*.csv"):
        path.touch()
    assert whys(job) == {}


def test_a_clock_that_was_set_back_hides_no_change(made: tuple[Job, list[Path], list[Step]]) -> None:
    """Results of the future, inputs of the past: contents count, times do not."""
    job, (one, two), steps = made
    for step in steps:
        assert step.target is not None
        for path in step.target.rglob("*"):
            os.utime(path, (4e9, 4e9))
    assert whys(job) == {}
    path = next((two / "realisations").glob("*.csv"))
    path.write_bytes(path.read_bytes() + b"\n")
    os.utime(path, (1e9, 1e9))
    assert whys(job) == {"two 2019 report": "inputs", "two 2020 report": "inputs"}
    os.utime(next((one / "realisations").glob("*.csv")), (1e9, 1e9))
    assert len(whys(job)) == 2


def test_one_byte_of_one_agency_runs_that_agency_alone(made: tuple[Job, list[Path], list[Step]]) -> None:
    job, (_one, two), _steps = made
    path = next((two / "realisations").glob("*.csv"))
    path.write_bytes(path.read_bytes() + b"\n")
    assert whys(job) == {"two 2019 report": "inputs", "two 2020 report": "inputs"}


def test_a_new_file_and_another_policy_run_that_agency(made: tuple[Job, list[Path], list[Step]]) -> None:
    job, (one, two), _steps = made
    (one / "notes").mkdir(exist_ok=True)
    (one / "notes" / "2020.md").write_text("# umum\n## Simpulan\nBaik.\n", encoding="utf-8")
    assert set(whys(job).values()) == {"inputs"}
    assert len(whys(job)) == 2
    policy = two / "policy.toml"
    policy.write_text(policy.read_text(encoding="utf-8").replace('agency = "', 'agency = "X'), encoding="utf-8")
    assert len(whys(job)) == 4


@pytest.mark.parametrize("fault", ["gone", "changed", "no manifest", "broken manifest", "nothing listed"])
def test_an_output_that_is_not_as_written_is_made_again(fault: str, made: tuple[Job, list[Path], list[Step]]) -> None:
    job, _pair, steps = made
    target = steps[1].target
    assert target is not None
    path = target / "tabel" / "targets.csv"
    before = path.stat()
    if fault == "gone":
        path.unlink()
    elif fault == "changed":  # of the same size and time
        path.write_text("tablf")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif fault == "no manifest":
        (target / "manifest.json").unlink()
    else:
        (target / "manifest.json").write_text("{" if fault == "broken manifest" else '{"outputs": 7}')
    assert whys(job) == {steps[1].name.split("/")[-1]: "outputs"}


def test_a_file_that_somebody_added_stays(made: tuple[Job, list[Path], list[Step]]) -> None:
    job, _pair, steps = made
    assert steps[0].target is not None
    (steps[0].target / "catatan.txt").write_text("mine")
    assert whys(job) == {}


@pytest.mark.parametrize(
    ("words", "why"),
    [({"format": "html,pdf"}, "formats"), ({"date": "2021-01-31"}, "parameters"), ({"force": True}, "force")],
)
def test_what_is_asked_for_counts(words: dict, why: str, made: tuple[Job, list[Path], list[Step]]) -> None:
    _job, pair, _steps = made
    assert set(whys(job_of(*pair, years="2019,2020", **words)).values()) == {why}


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("program_digest", "0", "program"),
        ("library_digest", "0", "libraries"),
        ("versions", {"Python": "4"}, "versions"),
    ],
)
def test_program_and_libraries_count(
    name: str, value: Any, why: str, made: tuple[Job, list[Path], list[Step]], monkeypatch: pytest.MonkeyPatch
) -> None:
    job, _pair, _steps = made
    monkeypatch.setattr(fingerprint, name, lambda: value)
    assert whys(job) == {f"{root} {year} report": why for root in ("one", "two") for year in (2019, 2020)}


def test_the_notebook_counts(
    made: tuple[Job, list[Path], list[Step]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    job, _pair, _steps = made
    other = tmp_path / "annual_report.ipynb"
    text = (PROJECT / "notebooks" / "annual_report.ipynb").read_text(encoding="utf-8")
    other.write_text(text + "\n", encoding="utf-8")
    monkeypatch.setitem(catalogue.PAPERS, "report", (str(other), "laporan-kinerja"))
    assert set(whys(job).values()) == {"notebook"}


def test_the_digest_of_the_program_is_over_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "iku_analysis"
    shutil.copytree(fingerprint.PACKAGE, package)
    monkeypatch.setattr(fingerprint, "PACKAGE", package)
    program_digest = fingerprint.program_digest.__wrapped__
    before = program_digest()
    assert before == program_digest()
    for name in ("cli/__init__.py", "locales/en.po", "documents/templates/report.css", "display/iku.mplstyle"):
        path = package / name
        content = path.read_bytes()
        path.write_bytes(content + b" ")
        assert program_digest() != before, name
        path.write_bytes(content)
    (package / "x.pyc").write_bytes(b"")
    assert program_digest() == before
    (package / "new.py").write_bytes(b"")
    assert program_digest() != before


def test_the_digest_of_libraries_is_over_those_of_libraries_too(monkeypatch: pytest.MonkeyPatch) -> None:
    library_digest = fingerprint.library_digest.__wrapped__
    before, asked, ask = library_digest(), set(), fingerprint.metadata.metadata

    def look(name: str) -> Any:
        asked.add(name)
        return ask(name)

    monkeypatch.setattr(fingerprint.metadata, "metadata", look)
    assert library_digest() == before
    assert {"pandas", "numpy", "pillow", "nbclient", "jupyter-client", "babel"} <= asked
    assert not {"pytest", "ruff", "hypothesis"} & asked
    real = ask("numpy")
    monkeypatch.setattr(fingerprint.metadata, "metadata", lambda name: ask("pandas") if name == "numpy" else ask(name))
    assert real["Version"] != ask("pandas")["Version"]
    assert library_digest() != before


def test_a_file_is_hashed_once(made: tuple[Job, list[Path], list[Step]], monkeypatch: pytest.MonkeyPatch) -> None:
    _job, (one, _two), _steps = made
    path = next((one / "realisations").glob("*.csv"))
    read: list[Path] = []

    def read_noting(path: Path) -> bytes:
        read.append(path)
        return path.read_bytes()

    reader = once_a_version(read_noting)
    assert reader(path) == reader(path)
    assert read == [path]
    path.write_bytes(path.read_bytes() + b"\n")
    reader(path)
    assert read == [path, path]


# Words


def test_a_job_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "job.toml"
    path.write_text(
        'data = ["data/raw", "data/example"]\nyears = "2018-2020"\nquarters = "1,4"\npaper = "report,plan"\n'
        'format = "html"\nlang = "en"\ndate = "2021-01-31"\njobs = 3\ndry-run = true\nforce = true\ntimeout = 60\n'
        f'retries = 0\non-failure = "{sys.executable} -c pass"\nsummary = "{tmp_path}/s.json"\n'
    )
    job = read_job(path, {"years": "2021", "jobs": 1})
    assert (job.data, job.years, job.quarters, job.papers) == (
        ["data/raw", "data/example"],
        (2021,),
        ("1", "4"),
        ("report", "plan"),
    )
    assert (job.formats, job.languages, job.report_date, job.jobs) == (("html",), ("en",), "2021-01-31", 1)
    assert (job.dry_run, job.force, job.timeout, job.retries) == (True, True, 60, 0)
    assert (job.on_failure, job.summary) == ((sys.executable, "-c", "pass"), f"{tmp_path}/s.json")


FAULTS = {
    'yaers = "2020"': ["kolom yaers: tertulis: kata yang tidak dikenal", "Maksud Anda “years”?"],
    "years = 2020": ["kolom years: tertulis: 2020", 'tahun, misalnya "2018-2022" atau "2019,2021"'],
    'years = "2022-2018"': ["kolom years: tertulis: '2022-2018'"],
    'years = "2018-"': ["kolom years: tertulis: '2018-'"],
    'quarters = "0"': ["kolom quarters: tertulis: '0'; seharusnya: 1, 2, 3, 4; beberapa dipisah koma"],
    'paper = "repot"': ["seharusnya: report, agreement, plan, evaluation; beberapa dipisah koma"],
    'format = "odt"': ["seharusnya: html, pdf, docx, xlsx; beberapa dipisah koma"],
    'date = "kemarin"': ["kolom date: tertulis: 'kemarin'", "2023-01-31"],
    'lang = "fr"': ["seharusnya: id, en; beberapa dipisah koma"],
    'data = "data/raw"': ["kolom data: tertulis: 'data/raw'; seharusnya: daftar di antara kurung siku"],
    "jobs = 0": ["kolom jobs: tertulis: 0; seharusnya: 1 atau lebih"],
    'force = "ya"': ["kolom force: tertulis: 'ya'; seharusnya: true, false"],
    'on-failure = "tidak-ada-perintah-ini"': ["seharusnya: perintah yang ada di komputer ini"],
    'on-failure = "sh -c \'x"': ["seharusnya: perintah yang ada di komputer ini"],
    'summary = "/tidak/ada/s.json"': ["seharusnya: nama berkas di folder yang ada"],
    "jobs = = 1": ["job.toml, baris 1: tertulis: Invalid value"],
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_faulty_job_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "job.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_job(path, {})
    assert all(word in str(caught.value) for word in FAULTS[text]), str(caught.value)
    with pytest.raises(IkuError, match=r"Berkas .*none\.toml tidak ada"):
        read_job(tmp_path / "none.toml", {})


def test_bad_usage_ends_with_2(capsys: pytest.CaptureFixture[str], run_batch: Callable[..., int]) -> None:
    assert run_batch("--years", "dua", "--jobs", "0") == 2
    told = capsys.readouterr().err
    assert "iku batch, kolom years: tertulis: 'dua'" in told
    assert "iku batch, kolom jobs" in told
    assert run_batch("--yaers", "2020") == 2


def test_a_dry_run_tells_and_makes_nothing(
    made: tuple[Job, list[Path], list[Step]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    run_batch: Callable[..., int],
) -> None:
    _job, (one, two), _steps = made
    words = ["--data", str(one), "--data", str(two), "--data", "tidak/ada", "--format", "html", "--dry-run"]
    before = sorted(tmp_path.rglob("*"))
    assert run_batch(*words, "--years", "2020-2021") == 1  # one root is not there
    assert capsys.readouterr().out.splitlines()[:-2] == [
        f"tidak berubah: {one} 2020 report",
        f"akan dibuat: {one} 2021 report (new)",
        f"tidak berubah: {two} 2020 report",
        f"akan dibuat: {two} 2021 report (new)",
        "gagal: tidak/ada",
        "Akan dibuat: 2. Tidak berubah: 2. Gagal: 1.",
    ]
    assert run_batch(*words[:4], "--years", "2019-2020", "--format", "html", "--dry-run") == 0
    assert "Tidak berubah: 4." in capsys.readouterr().out
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("state", ["made", "failed"])
def test_the_end_is_told(
    state: str,
    pair: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The summary as text and JSON, the exit code, and the command for failures: once, with the JSON's path."""
    told = tmp_path / "told.txt"
    script = tmp_path / "tell me.py"
    script.write_text(f"import sys; open({str(told)!r}, 'a').write(open(sys.argv[2]).read() + sys.argv[1])")

    def end(steps: list[Step], job: Job, caught: list[int]) -> None:
        for step in steps[:2]:
            step.state, step.reason, step.seconds, step.attempts = state, "sebab\nkedua" * (state == "failed"), 1.25, 1
        steps[2].state = "made"

    monkeypatch.setattr(batch, "run_steps", end)
    job = job_of(*pair, years="2018-2019", **{"on-failure": f"{sys.executable} '{script}' satu"})
    assert batch.make_batch(job) == (state == "failed")
    lines = capsys.readouterr().out.splitlines()
    if state == "made":
        assert lines == ["Akan dibuat: 1. Dibuat: 3."]
        assert not told.exists()
        return
    assert lines == [
        "Akan dibuat: 1. Dibuat: 1. Gagal: 2.",
        f"Gagal: {pair[0]} 2018 report, {pair[0]} 2019 report",
        "    sebab",
        "    kedua",
    ]
    assert told.read_text().endswith("}\nsatu")
    summary = json.loads(told.read_text().removesuffix("satu"))
    assert (summary["made"], summary["unchanged"], summary["failed"], summary["stopped"]) == (1, 0, 2, 0)
    assert summary["runs"][0] == {
        "data": str(pair[0]),
        "year": 2018,
        "paper": "report",
        "quarter": 4,
        "lang": "id",
        "folder": summary["runs"][0]["folder"],
        "state": "failed",
        "because": "new",
        "reason": "sebab\nkedua",
        "seconds": 1.2,
        "attempts": 1,
    }
    path = tmp_path / "s.json"
    assert batch.make_batch(job_of(*pair, years="2018-2019", summary=str(path))) == 1
    assert json.loads(path.read_bytes())["runs"] == summary["runs"]


def test_who_is_to_be_told_is_told_also_when_the_summary_cannot_be_kept(
    pair: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "told"
    script = tmp_path / "tell.py"
    script.write_text(f"import sys; open({str(told)!r}, 'a').write(open(sys.argv[1]).read())")

    def end(steps: list[Step], job: Job, caught: list[int]) -> None:
        steps[0].state = "made"
        (tmp_path / "s").rmdir()
        (tmp_path / "s").write_text("in the way")

    (tmp_path / "s").mkdir()
    monkeypatch.setattr(batch, "run_steps", end)
    words = {"summary": str(tmp_path / "s" / "s.json"), "on-failure": f"{sys.executable} {script}"}
    assert batch.make_batch(job_of(pair[0], **words)) == 1
    assert "s.json tidak dapat ditulis" in capsys.readouterr().err
    assert json.loads(told.read_text())["made"] == 1


# Runs


def step_of(root: Path, folder: Path, name: str, code: str) -> Step:
    """Return the run of a notebook of one cell."""
    cells = [
        nbformat.v4.new_code_cell(f"data = {'data/raw'!r}", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(code),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / f"{name}.ipynb")
    run = Run(str(folder / f"{name}.ipynb"), {"data": str(root)}, name, name, formats=("html",))
    return Step({"data": str(root), "paper": name}, run, output_folder(root) / name)


def test_what_workers_import_beforehand_is_there() -> None:
    """What cannot be imported would be passed over in silence, and every worker import it all by itself."""
    code = "import sys, iku_analysis.batch.preload; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {
        f"iku_analysis.{name}" for name in ("batch.remote", "papers.make", "documents.pdf", "documents.word")
    } <= loaded
    assert not {"rfc3987_syntax", "hypothesis", "matplotlib"} & loaded  # what takes long and no worker needs


def test_a_run_imports_nothing_but_what_was_loaded_beforehand(tmp_path: Path) -> None:
    code = """
import sys
import iku_analysis.batch.preload
before = set(sys.modules)
from iku_analysis.papers.make import make_report
make_report(2021, sys.argv[1])
print(*{name.partition(".")[0] for name in set(sys.modules) - before if name.partition(".")[0] not in
        {*sys.stdlib_module_names, "pandas"}})
"""  # of pandas the modules that write a CSV
    root = shutil.copytree(PROJECT / "data/example", tmp_path / "data/example")
    words = [sys.executable, "-c", code, str(root)]
    told = subprocess.run(words, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert told.stdout == "\n", "each worker would import this by itself"


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_a_lost_run_is_tried_as_often_as_is_asked(retries: int, roots: list[Path], tmp_path: Path) -> None:
    step, waiting = step_of(roots[0], tmp_path, "lost", "pass"), deque[Step]()
    ended: list[Step] = []
    while not ended:
        step.attempts += 1
        ended = batch._settle(step, "lost", "mati", waiting, job_of(roots[0], retries=retries))
    assert (step.attempts, step.state, len(waiting)) == (1 + retries, "failed", retries)


def test_a_dry_run_starts_no_command(roots: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    command = f"{sys.executable} -c \"open('{told}', 'w')\""
    monkeypatch.setattr(batch, "list_steps", lambda _job: [Step({"data": "x"}, state="failed", reason="rusak")])
    assert batch.make_batch(job_of(roots[0], **{"on-failure": command, "dry-run": True})) == 1
    assert not told.exists()


def test_a_worker_that_goes_on_starting_processes_leaves_none(tmp_path: Path) -> None:
    """It is stopped before its children are counted: one that is born meanwhile would stay."""
    mark = f"0.{os.getpid()}"  # which /bin/sleep adds to its seconds
    code = f"import subprocess\nwhile True: subprocess.Popen(['/bin/sleep', '60', '{mark}'])"
    running = subprocess.Popen([sys.executable, "-c", code])
    while len(psutil.Process(running.pid).children()) < 20:
        time.sleep(0.01)
    process = SimpleNamespace(pid=running.pid, join=running.wait)
    workers.end_worker(workers.Worker(process, SimpleNamespace(close=lambda: None), tmp_path / "none"))  # type: ignore[arg-type]
    time.sleep(0.2)
    left = [each for each in psutil.process_iter(["cmdline"]) if mark in (each.info["cmdline"] or [])]
    for each in left:
        each.kill()
    assert left == []


def test_a_worker_waits_for_whoever_makes_the_same(
    roots: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = step_of(roots[0], tmp_path, "waits", "pass")
    assert step.run is not None
    assert step.target is not None

    def run(path: Path, parameters: dict, output: Path) -> nbformat.NotebookNode:
        shutil.copy(path, output)
        return nbformat.read(path, as_version=4)

    monkeypatch.setattr(make, "run_notebook", run)
    step.target.parent.mkdir(parents=True, exist_ok=True)
    held, released = threading.Event(), threading.Event()

    def hold() -> None:
        assert step.target is not None
        with locked(step.target.with_name("waits.kunci"), wait=False):
            held.set()
            time.sleep(2)
            released.set()

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    assert workers.attempt(step.run) == ("made", "")
    assert released.is_set()
    other.join()
    (step.target / "manifest.json").unlink()


@pytest.fixture(scope="module")
def played(roots: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Run seven notebooks of three agencies at once, four of them faulty, and return what became of them."""
    one, two, bad = roots
    folder = tmp_path_factory.mktemp("notebooks")
    once = (
        f"import os, pathlib\nmark = pathlib.Path({str(folder / 'mark')!r})\nif not mark.exists():\n    mark.touch()\n"
    )
    steps = [
        step_of(one, folder, "wrong", "1 / 0"),
        step_of(one, folder, "dies_once", once + "    os._exit(9)"),
        step_of(one, folder, "dies", "import os\nos._exit(9)"),
        step_of(bad, folder, "first", "pass"),
        step_of(two, folder, "good", "print('Dibuat')"),
        step_of(bad, folder, "second", "pass"),
        step_of(two, folder, "good_too", "import tempfile\nprint(tempfile.gettempdir())"),
    ]
    servers = ("forkserver", "resource_tracker", "fork_server")  # they end with this process
    before = set(private_folder().iterdir())
    with pytest.MonkeyPatch.context() as patch:
        lines: list[str] = []
        patch.setattr("builtins.print", lambda *words, **_more: lines.append(" ".join(map(str, words))))
        batch.run_steps(steps, job_of(*roots, jobs=2), [])
    time.sleep(1)  # a kernel is killed a moment after its worker
    children = psutil.Process().children()
    running = [each for each in children if not any(name in "".join(each.cmdline()) for name in servers)]
    running += [each for child in children for each in child.children()]  # workers and kernels
    left = list(set(private_folder().iterdir()) - before)
    return {"steps": {step.label["paper"]: step for step in steps}, "log": lines, "left": left, "running": running}


def test_one_failure_stops_no_other(played: dict[str, Any]) -> None:
    states = {name: step.state for name, step in played["steps"].items()}
    assert states == {
        "wrong": "failed",
        "dies_once": "made",
        "dies": "failed",
        "first": "failed",
        "good": "made",
        "second": "failed",
        "good_too": "made",
    }
    for name, step in played["steps"].items():
        assert (step.target / "manifest.json").exists() == (states[name] == "made"), name


def test_only_a_dead_kernel_is_tried_again(played: dict[str, Any]) -> None:
    steps = played["steps"]
    assert {name: steps[name].attempts for name in ("wrong", "dies_once", "dies", "good")} == {
        "wrong": 1,
        "dies_once": 2,
        "dies": 2,
        "good": 1,
    }
    assert "ZeroDivisionError: division by zero" in steps["wrong"].reason
    assert "kernel mati atau tidak menjawab" in steps["dies"].reason
    assert steps["dies_once"].reason == ""


def test_bad_data_fail_the_runs_of_their_root_and_are_told_once(played: dict[str, Any]) -> None:
    first, second = (played["steps"][name] for name in ("first", "second"))
    assert "realisations/dot_decimal.csv, baris 3, kolom nilai" in first.reason
    assert second.reason == first.reason
    assert batch.describe_steps([first, second]).count("baris 3, kolom nilai") == 1


def test_the_log_has_a_line_a_run(played: dict[str, Any]) -> None:
    lines = [line for line in played["log"] if " state=" in line]
    assert len(lines) == 7
    (line,) = (line for line in lines if "paper=good " in line)
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d state=made data=\S+ paper=good attempts=1 seconds=\d+\.\d", line
    )
    (line,) = (line for line in lines if "paper=wrong" in line)
    assert "state=failed" in line
    assert 'reason="wrong.ipynb: ZeroDivisionError: division by zero"' in line


def test_the_log_line_that_is_told_is_the_one_that_comes(
    pair: list[Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(waiting: deque[Step], job: Job) -> Iterator[local.Ended]:
        step = waiting.popleft()
        step.attempts += 1
        yield step, "made", "", 4.2

    monkeypatch.setattr(batch, "make_local", make)
    batch.run_steps(list_steps(job_of(pair[0])), job_of(pair[0]), [])
    operations = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^\S+ state=made.*$", operations, re.MULTILINE)
    assert re.findall(r" (\w+)=", capsys.readouterr().out) == re.findall(r" (\w+)=", line)


def test_nothing_is_left_behind(played: dict[str, Any], roots: list[Path]) -> None:
    assert played["left"] == []
    assert played["running"] == []
    for root in roots:
        names = {path.name for path in output_folder(root).glob("*")}
        assert not [name for name in names if re.search("sementara|kunci|lama", name)]
    text = (
        nbformat.read(output_folder(roots[1]) / "good_too" / "good_too.ipynb", as_version=4).cells[-1].outputs[0].text
    )
    assert not Path(text.strip()).exists()  # the kernel's temporary files were in the worker's folder


def gone(pid: int) -> bool:
    """Tell whether a process is gone within two seconds: a kernel is killed by its fork server, when its worker is."""
    end = time.monotonic() + 2
    while psutil.pid_exists(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not psutil.pid_exists(pid)


def test_a_worker_goes_on_with_the_data_it_has_read() -> None:
    def taken(mine: str, *theirs: str) -> tuple[str, list[str]]:
        waiting = deque(Step({"data": data, "number": number}) for number, data in enumerate("aabbc"))
        step = local.next_step(waiting, mine, {mine, *theirs})
        return f"{step.label['data']}{step.label['number']}", [each.label["data"] for each in waiting]

    assert taken("") == ("a0", ["a", "b", "b", "c"])
    assert taken("b", "a") == ("b2", ["a", "a", "b", "c"])
    assert taken("d", "a") == ("b2", ["a", "a", "b", "c"])  # one that no other reads
    assert taken("d", "a", "b", "c") == ("a0", ["a", "b", "b", "c"])


@pytest.mark.parametrize(("most", "started"), [(0, 2), (10**15, 1)])
def test_a_worker_that_holds_too_much_memory_is_replaced(
    most: int, started: int, roots: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[workers.Worker] = []
    monkeypatch.setattr(workers, "MOST_MEMORY", most)
    monkeypatch.setattr(local, "start_worker", lambda: begun.append(workers.start_worker()) or begun[-1])
    steps = [step_of(roots[0], tmp_path, f"memory{number}{most}", "pass") for number in range(2)]
    ended = [each[1] for each in local.make_local(deque(steps), job_of(roots[0], jobs=1)) if each]
    assert ended == ["made"] * 2
    assert len(begun) == started
    assert not any(worker.folder.exists() for worker in begun)


def test_a_worker_that_dies_between_two_runs_loses_that_run_alone(roots: list[Path], tmp_path: Path) -> None:
    step = step_of(roots[0], tmp_path, "between", "pass")
    worker = workers.start_worker()
    worker.process.kill()
    worker.process.join()
    workers.give(worker, step)
    (worker.folder / workers.OUTPUT).unlink(missing_ok=True)  # it died before it had any
    assert workers.take(worker) == ("lost", "proses yang membuatnya mati (kode -9)")
    workers.end_worker(worker)
    assert not worker.folder.exists()


def test_without_a_process_the_runs_fail_and_the_batch_ends(
    roots: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [step_of(roots[0], tmp_path, f"none{number}", "pass") for number in range(2)]

    def start_worker() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(local, "start_worker", start_worker)
    batch.run_steps(steps, job_of(roots[0], retries=1), [])
    assert [(step.state, step.attempts) for step in steps] == [("failed", 2)] * 2
    assert steps[0].reason == "OSError: [Errno 28] No space left on device"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("after", [0.0, 0.5, 3.0])
def test_a_signal_to_the_whole_group_stops_a_batch_as_well(
    number: int, after: float, roots: list[Path], tmp_path: Path
) -> None:
    """Also while the process that workers are forked from still starts."""
    words = ["--data", str(roots[1]), "--years", "2018-2022", "--format", "html", "--jobs", "2", "--force"]
    running = subprocess.Popen(
        [*IKU, "batch", *words, "--outputs", str(tmp_path)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        mine = psutil.Process(running.pid)
        while not any("forkserver" in str(each.cmdline()) for each in mine.children()):
            assert running.poll() is None
            time.sleep(0.005)
        time.sleep(after)
        family = mine.children(recursive=True)
        os.killpg(running.pid, number)
        told, errors = running.communicate(timeout=60)
    finally:
        running.kill()
    assert running.returncode == 128 + number, errors
    assert told.count("state=stopped") + told.count("state=made") == 5
    assert "state=failed" not in told
    assert errors == ""
    assert psutil.wait_procs(family, timeout=5)[1] == []


def test_what_workers_are_forked_from_starts_deaf_to_signals() -> None:
    """Before Python 3.12 the resource tracker, which starts with it, lets the signals through again."""
    code = """
import signal
from multiprocessing import util
from iku_analysis.batch.workers import worker_context

spawn = util.spawnv_passfds

def tell(path, words, descriptors):
    told = sorted(each.name for each in signal.pthread_sigmask(signal.SIG_BLOCK, []))
    print("forkserver" in words[-1], *told, flush=True)
    return spawn(path, words, descriptors)

util.spawnv_passfds = tell
worker_context()
"""
    told = subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT, capture_output=True, text=True)
    assert told.stdout.splitlines()[-1] == "True SIGINT SIGTERM", told


def test_a_run_that_takes_too_long_is_ended(roots: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its kernel is killed in the middle of a cell, its stage and lock are removed; it is not tried again."""
    mark = tmp_path / "pid"
    code = f"import os, pathlib, time\npathlib.Path({str(mark)!r}).write_text(f'{{os.getpid()}}')\ntime.sleep(600)"
    step = step_of(roots[0], tmp_path, "slow", code)
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + (99 if mark.exists() and mark.read_text() else 0))
    monkeypatch.setattr(local, "time", later)
    batch.run_steps([step], job_of(roots[0], timeout=99), [])
    assert (step.state, step.reason, step.attempts) == ("failed", "belum selesai setelah 99 detik; dihentikan", 1)
    assert gone(int(mark.read_text()))
    assert list(output_folder(roots[0]).glob("slow*")) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_batch_that_is_told_to_stop(number: int, code: int, roots: list[Path], tmp_path: Path) -> None:
    summary = tmp_path / "s.json"
    words = ["--data", str(roots[1]), "--years", "2018-2022", "--format", "html", "--jobs", "2"]
    running = subprocess.Popen(
        [*IKU, "batch", *words, "--summary", str(summary)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    try:
        target = output_folder(roots[1])
        while len(stages := list(target.glob("*/*.sementara-*"))) < 2:
            assert running.poll() is None
            time.sleep(0.02)
        family = psutil.Process(running.pid).children(recursive=True)
        running.send_signal(number)
        told, _none = running.communicate(timeout=60)
    finally:
        running.kill()
    assert running.returncode == code
    assert told.splitlines()[-1] == "Dihentikan: 5."
    assert told.count("state=stopped") == 5
    assert json.loads(summary.read_bytes())["stopped"] == 5
    _gone, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    assert stages
    assert [path for year in target.glob("20*") for path in year.iterdir()] == []


def test_a_report_that_stands_is_not_made_again(roots: list[Path], run_batch: Callable[..., int]) -> None:
    """What `iku report` made is what a batch would make: their facts are the same."""
    page = make_report(2020, str(roots[0]), paper="agreement", formats=("html",))
    before = page.stat().st_ino
    assert run_batch("--data", str(roots[0]), "--years", "2020", "--paper", "agreement", "--format", "html") == 0
    assert page.stat().st_ino == before
