"""`iku batch --cluster`: a real scheduler and workers that share no folder, one of them killed in the middle."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import fsspec
import nbformat
import psutil
import pytest
from distributed import Client
from roots import PROJECT

from iku_analysis.batch import batch, cluster
from iku_analysis.batch.job import Job, Step, list_steps, read_job
from iku_analysis.batch.remote import make_anywhere
from iku_analysis.errors import IkuError
from iku_analysis.papers import catalogue, fingerprint

GOOD = Path(__file__).parents[1] / "data" / "good"
OPERATIONS = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
USUAL = shlex.split(re.findall(r"dask worker tcp://\S+ (.*)", OPERATIONS)[0])  # the options that are told there
CODE = """import time
import iku_analysis as iku
agency = iku.load_agency(data)
time.sleep(600 if "slow" in data else 0.5)
print(year, len(agency.realisations))"""


class Machines:
    """A scheduler and its workers; `store` is where `dir://` is, in every process that fsspec reads for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, folder / "store"
        self.scheduler: subprocess.Popen | None = None
        self.workers: list[subprocess.Popen] = []
        self.settings = {"path": str(self.store), "target_protocol": "file"}
        self._stack = ExitStack()
        self.address = ""

    def start(self, kind: str, *words: str, **env: str) -> subprocess.Popen:
        """Start a `scheduler` or a `worker`, with a folder for temporary files of its own."""
        own = self.folder / f"t{len(self.workers)}"  # short: a socket's path has at most 107 letters
        own.mkdir(exist_ok=True)
        settings = {"FSSPEC_DIR": json.dumps(self.settings), "TMPDIR": str(own), "DASK_TEMPORARY_DIRECTORY": str(own)}
        place = ["--scheduler-file", str(self.folder / "scheduler.json"), "--no-dashboard"]
        log = self._stack.enter_context((self.folder / f"{kind}{len(self.workers)}.log").open("wb"))
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1", *place, *words]
        process = subprocess.Popen(command, env=os.environ | settings | env, cwd=own, stdout=log, stderr=log)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process

    def start_workers(self, *words: str, count: int = 1, **env: str) -> None:
        """Start workers of one thread, and wait until the scheduler knows them."""
        with Client(self.address, set_as_default=False) as client:
            before = len(client.nthreads())
            for _number in range(count):
                self.workers.append(self.start("worker", *words, "--nthreads", "1", **env))
            client.wait_for_workers(before + count, timeout=120)

    def close(self) -> None:
        """End all of them."""
        for worker in self.workers:
            worker.terminate()
        self._stack.close()


@pytest.fixture(scope="module")
def machines() -> Iterator[Machines]:
    """Return a cluster of two machines, and two data roots in their store."""
    folder = Path(tempfile.mkdtemp(prefix="ik"))
    found = Machines(folder)
    try:
        found.scheduler = found.start("scheduler", "--port", "0")
        while not (folder / "scheduler.json").exists():
            time.sleep(0.1)
        found.address = json.loads((folder / "scheduler.json").read_bytes())["address"]
        for name in ("one", "two"):
            shutil.copytree(GOOD, found.store / name)
        found.start_workers(*USUAL, count=2)
        yield found
    finally:
        found.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module", autouse=True)
def _small(machines: Machines) -> Iterator[None]:
    """Let the yearly report be a notebook of one cell, and let `dir://` be the machines' store here too."""
    cells = [
        nbformat.v4.new_code_cell(
            'year = 2021\ndata = "data/raw"\nlanguage = "id"\nreport_date = ""', metadata={"tags": ["parameters"]}
        ),
        nbformat.v4.new_code_cell(CODE),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, machines.folder / "small.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(catalogue.PAPERS, "report", (str(machines.folder / "small.ipynb"), "laporan"))
        patch.setitem(fsspec.config.conf, "dir", machines.settings)
        yield


def job_of(machines: Machines, **words: Any) -> Job:
    usual = {"data": ["dir://one", "dir://two"], "years": "2018-2021", "format": "html", "outputs": "dir://papers"}
    return read_job(None, usual | {"cluster": machines.address} | words)


def stored(machines: Machines, name: str) -> dict[str, bytes]:
    folder = machines.store / name
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_dask_does_not_watch_the_runs(machines: Machines) -> None:
    """Its profiler would look a hundred times a second."""
    with Client(machines.address, set_as_default=False) as client:
        found = client.run(lambda dask_worker: list(dask_worker.periodic_callbacks))
    assert len(found) == 2
    assert not any("profile" in each for each in found.values())
    assert all("heartbeat" in each for each in found.values())


@contextmanager
def once(happened: Any, then: Any) -> Iterator[None]:
    """Do something as soon as something has happened, while the block runs."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.is_set() and not happened():
            time.sleep(0.02)
        then()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@pytest.fixture(scope="module")
def killed(machines: Machines) -> dict[str, Any]:
    """Make eight papers on two machines, one of which is killed in the middle, and return what became of all."""
    steps = list_steps(job_of(machines))
    victim = psutil.Process(machines.workers[0].pid)
    family: list[psutil.Process] = []

    def kill() -> None:
        family.extend(victim.children(recursive=True))
        victim.send_signal(signal.SIGKILL)

    with once(lambda: list(machines.store.glob("papers/*/*/*/manifest.json")), kill):
        batch.run_steps(steps, job_of(machines), [])
    _gone, alive = psutil.wait_procs(family, timeout=60)  # they end what they are at, and see that they are alone
    return {"steps": steps, "family": family, "alive": alive, "papers": stored(machines, "papers")}


def test_a_killed_machine_loses_nothing(killed: dict[str, Any], machines: Machines) -> None:
    assert machines.workers[0].wait(10) == -signal.SIGKILL
    steps: list[Step] = killed["steps"]
    assert [step.state for step in steps] == ["made"] * 8
    # Also one that was given to it after its end, before that was seen.
    assert sorted(step.attempts for step in steps) in ([1] * 7 + [2], [1] * 6 + [2] * 2)
    assert batch.describe_steps(steps) == "Dibuat: 8."
    assert len([name for name in killed["papers"] if name.endswith("manifest.json")]) == 8


def test_nothing_is_made_twice_in_a_way_that_shows(killed: dict[str, Any], machines: Machines) -> None:
    """The paper that was begun twice, and another, are byte for byte those of one process of this computer."""
    twice = next(number for number, step in enumerate(killed["steps"]) if step.attempts == 2)
    steps = list_steps(job_of(machines, outputs="dir://alone"))
    for step in (steps[twice], steps[twice - 4]):
        assert step.run is not None
        make_anywhere(step.run)
    alone = stored(machines, "alone")
    assert len({name.split("/")[0] for name in alone}) == 2
    places = {name.rpartition("laporan/")[0] for name in alone}
    assert alone == {name: each for name, each in killed["papers"].items() if name.startswith(tuple(places))}
    assert not [name for name, content in killed["papers"].items() if str(machines.folder).encode() in content]
    manifests = [json.loads(content) for name, content in killed["papers"].items() if name.endswith("manifest.json")]
    assert {manifest["parameters"]["data"] for manifest in manifests} == {"dir://one", "dir://two"}


def test_a_killed_machine_leaves_nothing(killed: dict[str, Any], machines: Machines) -> None:
    assert len(killed["family"]) > 0
    assert killed["alive"] == []
    assert [path.name for path in (machines.folder / "t0").glob("iku_*")] == []
    assert not [name for name in killed["papers"] if "gagal" in name]


def test_what_stands_is_unchanged(killed: dict[str, Any], machines: Machines) -> None:
    """And no scheduler is asked for anything."""
    steps = list_steps(job_of(machines, cluster="tcp://127.0.0.1:1"))
    assert {step.state for step in steps} == {"unchanged"}
    batch.run_steps(steps, job_of(machines, cluster="tcp://127.0.0.1:1"), [])


def processes(machines: Machines) -> list[str]:
    """Return the processes that a machine started for runs, but for the one that stays: of which kernels are forked."""
    machine = psutil.Process(machines.workers[1].pid)
    lines = {each.pid: " ".join(each.cmdline()) for each in machine.children(recursive=True)}
    (stays,) = [each.pid for each in machine.children() if "fork_server" in lines[each.pid]]
    return [line for pid, line in lines.items() if pid != stays and ("fork_server" in line or "ipykernel" in line)]


def test_a_batch_that_is_told_to_stop(killed: dict[str, Any], machines: Machines) -> None:
    """What has not begun is not made, what runs is ended, what is there is whole, and no process stays."""
    job, caught = job_of(machines, outputs="dir://stopped"), list[int]()
    steps = list_steps(job)
    with once(lambda: len(list(machines.store.glob("stopped/*/*/*/manifest.json"))) > 1, lambda: caught.append(15)):
        batch.run_steps(steps, job, caught)
    states = {step.state for step in steps}
    assert states == {"made", "stopped"}
    again = list_steps(job)
    assert {step.because for step in again if step.state == "waiting"} == {"new"}
    assert sum(step.state == "unchanged" for step in again) >= sum(step.state == "made" for step in steps) >= 1
    assert processes(machines) == []


def test_faulty_data_and_a_run_that_takes_too_long(killed: dict[str, Any], machines: Machines) -> None:
    """As in a batch without a cluster: told once for all of its data root; ended in time, not tried again."""
    for name in ("bad", "slow"):
        shutil.copytree(GOOD, machines.store / name)
    job = job_of(machines, data=["dir://bad"], outputs="dir://faulty", years="2020-2021")
    slow = job_of(machines, data=["dir://slow"], outputs="dir://faulty", years="2020", timeout=5)
    steps = list_steps(job)
    shutil.copy(GOOD.parent / "bad" / "dot_decimal.csv", machines.store / "bad" / "realisations")
    batch.run_steps(steps, job, [])
    assert [(step.state, step.attempts) for step in steps] == [("failed", 1), ("failed", 0)]
    assert "dot_decimal.csv, baris 3" in steps[0].reason
    assert steps[1].reason == steps[0].reason
    (step,) = list_steps(slow)
    batch.run_steps([step], slow, [])
    assert (step.state, step.attempts) == ("failed", 1)
    assert step.reason == "belum selesai setelah 5 detik; dihentikan"
    assert stored(machines, "faulty") == {}
    assert processes(machines) == []


def test_machines_that_cannot_be_trusted_get_nothing(
    killed: dict[str, Any], machines: Machines, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """One of another version and one that can start no run are refused by name; the others work."""
    shutil.copytree(fingerprint.PACKAGE, tmp_path / "iku_analysis")
    with (tmp_path / "iku_analysis" / "agency" / "rollup.py").open("a") as file:
        file.write("# another version\n")
    machines.start_workers(*USUAL, PYTHONPATH=str(tmp_path))
    machines.start_workers()
    try:
        job = job_of(machines, outputs="dir://others", data=["dir://one"], years="2018-2020")
        steps = list_steps(job)
        batch.run_steps(steps, job, [])
        told = capfd.readouterr().err.splitlines()
    finally:
        for worker in machines.workers[-2:]:
            worker.terminate()
            worker.wait()
    assert [step.state for step in steps] == ["made"] * 3
    assert sorted(re.sub(r"tcp://[\d.:]+", "X", line) for line in told if "tidak dipakai" in line) == [
        "X tidak dipakai: jalankan dask worker di sana dengan --no-nanny.",
        "X tidak dipakai: lain daripada di sini: program. Samakan, lalu jalankan ulang dask worker di sana.",
    ]


def test_a_program_that_changes_while_it_runs_is_seen(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk, what was imported from it and what the batch has must be one: of a step too that was given already."""
    wanted = cluster.describe_program([])
    assert cluster.other_here(wanted) == []
    monkeypatch.setitem(cluster.LOADED, "program", "of yesterday")
    assert cluster.other_here(wanted) == ["program"]
    with pytest.raises(IkuError, match=r"^program$"):
        cluster.make_step(list_steps(job_of(machines))[0], "x", 60, wanted, "id")
    monkeypatch.undo()
    assert cluster.other_here(wanted | {"libraries": "0"}) == ["libraries"]
    assert cluster.other_here(wanted | {"versions": {"Python": "3"}}) == ["versions"]
    assert cluster.other_here(wanted | {"notebooks": {"annual_report": "0"}}) == ["notebooks"]


def test_a_machine_that_cannot_work_is_not_taken_for_one_that_is_gone(capfd: pytest.CaptureFixture[str]) -> None:
    """Its full disk would fail one run after the other in no time."""

    def result(timeout: float) -> None:
        raise OSError(28, "No space left on device")

    asked: dict[str, str] = {}
    future: Any = SimpleNamespace(status="error", done=lambda: True, result=result)
    state, reason = cluster._result(future, "tcp://m", asked)
    assert (state, reason) == ("lost", "tcp://m tidak dipakai: OSError: [Errno 28] No space left on device.")
    assert asked == {"tcp://m": reason}
    assert reason in capfd.readouterr().err
    asked, told = {}, SimpleNamespace(status="running")
    future = SimpleNamespace(status="finished", done=lambda: True, result=result, client=told, cancel=lambda: None)
    assert cluster._result(future, "tcp://m", asked) == ("lost", "mesin tcp://m tidak menjawab lagi")
    assert asked == {}


def test_without_a_machine_the_runs_fail_after_a_while(
    killed: dict[str, Any], machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    monkeypatch.setattr(cluster, "other_here", json.loads)  # it fails there
    job = job_of(machines, outputs="dir://none", years="2020")
    steps = list_steps(job)
    batch.run_steps(steps, job, [])
    assert [step.state for step in steps] == ["failed", "failed"]
    assert steps[0].reason.startswith(f"{machines.address}: tidak ada mesin yang dapat dipakai.\ntcp://")
    assert "tidak dipakai: TypeError: the JSON object must be str" in steps[0].reason


# What is refused before anything is made


def test_a_scheduler_that_does_not_answer(
    machines: Machines,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    run_batch: Callable[..., int],
) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 1)
    words = ["--data", "dir://one", "--outputs", "dir://nowhere", "--years", "2020"]
    for address in ("tcp://127.0.0.1:1", "laci://x"):
        start = time.monotonic()
        assert run_batch(*words, "--cluster", address) == 2
        assert f"Penjadwal Dask {address} tidak menjawab" in capsys.readouterr().err
        assert time.monotonic() - start < 30
    assert stored(machines, "nowhere") == {}


@pytest.mark.parametrize(
    "words", [["--outputs", "dir://x"], ["--data", "dir://one"], ["--data", "dir://one", "--outputs", "outputs"]]
)
def test_a_cluster_wants_addresses(
    words: list[str], capsys: pytest.CaptureFixture[str], run_batch: Callable[..., int]
) -> None:
    assert run_batch(*words, "--cluster", "tcp://127.0.0.1:1") == 2
    told = capsys.readouterr().err
    assert "Dengan cluster, data dan outputs harus alamat" in told
    assert "bukan alamat." in told


def test_without_the_extra_it_is_said_what_to_install(
    machines: Machines,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    run_batch: Callable[..., int],
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "iku_analysis.batch.cluster")
    words = ["--data", "dir://one", "--outputs", "dir://x", "--years", "2020", "--cluster", machines.address]
    assert run_batch(*words) == 2
    assert 'Ketik: pip install "iku-analysis[cluster]"' in capsys.readouterr().err


def test_a_scheduler_that_dies(killed: dict[str, Any], machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last test, for its scheduler is gone: what was made stands, the rest fails, and the batch ends."""
    assert machines.scheduler is not None
    monkeypatch.setattr(cluster, "CONNECT", 2)
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    job = job_of(machines, outputs="dir://dead")
    steps = list_steps(job)
    with once(lambda: list(machines.store.glob("dead/*/*/*/manifest.json")), machines.scheduler.kill):
        batch.run_steps(steps, job, [])
    states = [step.state for step in steps]
    assert states.count("failed") >= 6
    assert states.count("failed") + states.count("made") == 8
    assert {step.reason for step in steps if step.state == "failed" and not step.attempts} == {
        f"{machines.address}: tidak ada mesin yang dapat dipakai."
    }
    assert machines.workers[1].wait(60) is not None
