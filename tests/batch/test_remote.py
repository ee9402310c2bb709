"""Runs whose data or results are at an address: copied, made, put there whole; and one that is cut off."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import nbformat
import pytest

from iku_analysis.agency.load import load_agency
from iku_analysis.batch import batch, remote, workers
from iku_analysis.batch.job import Job, list_steps, read_job
from iku_analysis.errors import AddressLost, IkuError, RunFailed
from iku_analysis.papers import fingerprint
from iku_analysis.papers.catalogue import Run
from iku_analysis.problems import DataError
from iku_analysis.storage import data_root
from iku_analysis.storage.address import COPIES, check_address, copies, copy_of
from iku_analysis.storage.data_root import fetch_root, find_data_root, name_data_root

GOOD = Path(__file__).parents[1] / "data" / "good"


@pytest.fixture
def memory() -> Iterator[Any]:
    """Return fsspec's file system in memory, with a data root at `memory://agency`; emptied afterwards."""
    system = fsspec.filesystem("memory")
    system.put(str(GOOD), "/agency", recursive=True)
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no kernel start: a notebook ends as it is."""

    def run(path: Path, parameters: dict, output: Path) -> nbformat.NotebookNode:
        notebook = nbformat.read(path, as_version=4)
        notebook.cells = [nbformat.v4.new_code_cell(f"parameters = {parameters}", id="parameters")]
        nbformat.write(notebook, output)
        return notebook

    monkeypatch.setattr("iku_analysis.papers.make.run_notebook", run)


def paper(**given: Any) -> Run:
    words = {"year": 2020, "data": "memory://agency", "language": "id", "report_date": ""} | given
    return Run("annual_report", words, "2020/laporan-kinerja", "laporan", ("html",), True, "memory://papers")


def stored(system: Any, place: str = "/papers") -> dict[str, bytes]:
    return {name.removeprefix(place): system.cat(name) for name in system.find(place)}


def address_of_paper() -> str:
    (step,) = list_steps(job_of())
    assert isinstance(step.target, str)
    return step.target


def job_of(**words: Any) -> Job:
    usual = {"data": ["memory://agency"], "years": "2020", "format": "html", "outputs": "memory://papers"}
    return read_job(None, usual | words)


def change_data(system: Any) -> None:
    """Let another figure stand in the data root, so that a new paper has moves to tell."""
    name = next(each for each in sorted(system.find("/agency/realisations")) if each.endswith(".csv"))
    lines = system.cat(name).decode().splitlines(keepends=True)
    system.pipe(name, "".join(lines[:-1]).encode())


# Data roots


def test_a_data_root_is_copied_and_shown_by_its_address(memory: Any) -> None:
    memory.pipe("/agency/outputs/2020/page.html", b"lies there too, and is not read")
    with copies():
        fetch_root("memory://agency")
        root = find_data_root("memory://agency")
        assert name_data_root(root) == "memory://agency"
        names = {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
    assert names == {path.relative_to(GOOD) for path in GOOD.rglob("*") if path.is_file()}
    assert not root.exists()
    assert COPIES not in os.environ


def test_what_is_not_read_at_an_address_is_named(memory: Any) -> None:
    memory.pipe("/agency/realisasi/2020.csv", b"not fetched")
    with copies():
        fetch_root("memory://agency")
        agency = load_agency("memory://agency")
        assert (agency.root / "realisasi/2020.csv").read_bytes() == b""
        assert [each.place for each in agency.account.unread] == ["realisasi/"]


def test_only_a_batch_reads_an_address() -> None:
    with pytest.raises(IkuError, match="memory://agency adalah alamat; hanya iku batch"):
        find_data_root("memory://agency")


def test_an_address_without_data_is_named(memory: Any) -> None:
    memory.pipe("/empty/policy.toml", b"")
    for address, told in (
        ("memory://none", "Folder data memory://none tidak ada"),
        ("memory://empty", "memory://empty bukan folder data"),
    ):
        (step,) = list_steps(job_of(data=[address]))
        assert step.state == "failed"
        assert told in step.reason


def test_a_copy_is_of_one_moment(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that change while they are copied are copied again; if they never rest, that is said."""
    download, changes = data_root.download, [b"# 1\n", b"# 2\n"]

    def change(system: Any, path: str, folder: Path, names: list[str]) -> None:
        download(system, path, folder, names)
        if changes:
            memory.pipe("/agency/policy.toml", memory.cat("/agency/policy.toml") + changes.pop())

    monkeypatch.setattr(data_root, "download", change)
    with copies():
        fetch_root("memory://agency")
        assert (copy_of("memory://agency") / "policy.toml").read_bytes().endswith(b"# 2\n# 1\n")
        changes += [b"#\n"] * 3
        with pytest.raises(AddressLost, match="memory://agency: berkasnya terus berubah"):
            fetch_root("memory://agency")


@pytest.mark.parametrize("address", ["s3://key:secret@bucket/x", "https://host/x?token=secret"])
def test_a_secret_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(IkuError, match="kata sandi atau kunci tidak boleh ada di alamat") as caught:
        read_job(None, {"data": [address]})
    assert "secret" not in str(caught.value)


def test_an_address_that_nothing_can_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(IkuError, match="jenis ini tidak dikenal"):
        check_address("laci://x")
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(IkuError, match=r"memerlukan pustaka .*pip install fsspec"):
        read_job(None, {"outputs": "memory://x"})


# Results


def test_a_run_at_addresses_is_one_like_any_other(memory: Any, quick: None) -> None:
    remote.make_anywhere(paper())
    place = address_of_paper()
    assert place.startswith("memory://papers/agency-")
    files = stored(memory, place.removeprefix("memory:/"))
    manifest = json.loads(files["/manifest.json"])
    assert {f"/{each['path']}" for each in manifest["outputs"]} == {*files} - {"/manifest.json"}
    assert manifest["parameters"]["data"] == "memory://agency"
    assert b"memory://agency" in files["/laporan.ipynb"]
    assert not [name for name, content in files.items() if b"/tmp" in content]


def test_what_stands_at_an_address_is_unchanged(memory: Any, quick: None) -> None:
    assert [step.because for step in list_steps(job_of())] == ["new"]
    remote.make_anywhere(paper())
    (step,) = list_steps(job_of(data=["memory://agency/"]))
    assert (step.state, step.because) == ("unchanged", "")
    assert [step.because for step in list_steps(job_of(format="html,pdf"))] == ["formats"]
    change_data(memory)
    assert [step.because for step in list_steps(job_of())] == ["inputs"]


@pytest.mark.parametrize("fault", ["gone", "changed", "no manifest", "broken manifest"])
def test_a_file_that_is_not_as_written_is_seen(fault: str, memory: Any, quick: None) -> None:
    remote.make_anywhere(paper())
    place = address_of_paper()
    if fault == "gone":
        memory.rm(f"{place}/tabel/targets.csv")
    elif fault == "changed":
        memory.pipe(f"{place}/tabel/targets.csv", b"tablf")
    elif fault == "no manifest":
        memory.rm(f"{place}/manifest.json")
    else:
        memory.pipe(f"{place}/manifest.json", b"{")
    assert [step.because for step in list_steps(job_of())] == ["outputs"]


def test_an_address_that_does_not_answer_is_the_runs_to_tell(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def list_files(*_words: Any) -> None:
        raise ConnectionError("no route")

    for module in (fingerprint, remote):
        monkeypatch.setattr(module, "list_files", list_files)
    (step,) = list_steps(job_of())
    assert (step.state, step.because) == ("waiting", "outputs")
    assert step.run is not None
    state, reason = workers.attempt(step.run)
    assert state == "lost"
    assert "ConnectionError: no route" in reason
    assert reason.startswith("memory://papers/agency-")


def test_what_the_new_manifest_does_not_name_goes(memory: Any, quick: None) -> None:
    remote.make_anywhere(paper())
    place = address_of_paper()
    memory.pipe(f"{place}/old.pdf", b"of the paper before")
    memory.pipe(f"{place}.gagal/old.ipynb", b"of a run that failed")
    memory.pipe(f"{place}-en/page.html", b"another paper")
    remote.make_anywhere(paper())
    assert not memory.exists(f"{place}/old.pdf")
    assert not memory.exists(f"{place}.gagal")
    assert memory.exists(f"{place}-en/page.html")


def cut_off(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let the upload fail after so many files."""
    left = [after]

    def put_one_by_one(system: Any, path: str, folder: Path, names: list[str]) -> None:
        for name in names:
            if left[0] == 0:
                raise ConnectionError("cut off")
            left[0] -= 1
            system.pipe(f"{path}/{name}", (folder / name).read_bytes())

    monkeypatch.setattr(remote, "upload", put_one_by_one)


def test_wherever_an_upload_is_cut_off_the_next_makes_the_same(memory: Any, quick: None) -> None:
    """At each file: what stands is not taken for the new paper, and a second try gives the same bytes."""
    remote.make_anywhere(paper())
    place, old = address_of_paper(), stored(memory)
    change_data(memory)
    remote.make_anywhere(paper())
    new = stored(memory)
    assert any(name.endswith("/sebelumnya/tabel/figures.csv") for name in new)
    assert {name for name in new if new[name] == old.get(name)} < set(new)
    for after in range(len(new)):
        memory.rm("/papers", recursive=True)
        for name, content in old.items():
            memory.pipe(f"/papers{name}", content)
        with pytest.MonkeyPatch.context() as patch:
            cut_off(patch, after)
            with pytest.raises(AddressLost, match=f"{place}: ConnectionError: cut off"):
                remote.make_anywhere(paper())
        (step,) = list_steps(job_of())
        assert step.because == "inputs", after
        remote.make_anywhere(paper())
        assert stored(memory) == new, after


def test_half_a_paper_does_not_stand_when_its_old_data_come_back(memory: Any, quick: None) -> None:
    remote.make_anywhere(paper())
    before = {name: memory.cat(name) for name in memory.find("/agency")}
    change_data(memory)
    with pytest.MonkeyPatch.context() as patch:
        cut_off(patch, len(stored(memory)))
        with pytest.raises(AddressLost):
            remote.make_anywhere(paper())
    for name, content in before.items():
        memory.pipe(name, content)
    assert [step.because for step in list_steps(job_of())] == ["outputs"]


def test_what_a_failed_run_made_is_put_beside(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, parameters: dict, output: Path) -> None:
        output.write_text("half")
        raise RunFailed("annual_report.ipynb: ZeroDivisionError")

    monkeypatch.setattr("iku_analysis.papers.make.run_notebook", fail)
    place = address_of_paper()
    with pytest.raises(RunFailed, match=f"ZeroDivisionError\nYang sempat dibuat ada di {place}.gagal"):
        remote.make_anywhere(paper())
    assert memory.cat(f"{place}.gagal/laporan.ipynb") == b"half"
    assert memory.find(place) == []


def test_why_a_run_failed_is_told_also_when_nothing_can_be_put(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, parameters: dict, output: Path) -> None:
        raise RunFailed("annual_report.ipynb: ZeroDivisionError")

    def refuse(*_words: Any) -> None:
        raise AddressLost("memory://papers: no room")

    monkeypatch.setattr("iku_analysis.papers.make.run_notebook", fail)
    monkeypatch.setattr(remote, "put_whole", refuse)
    run = paper()
    assert workers.attempt(run) == ("failed", "annual_report.ipynb: ZeroDivisionError\nmemory://papers: no room")


def test_faulty_data_at_an_address(memory: Any) -> None:
    memory.put(str(GOOD.parent / "bad" / "dot_decimal.csv"), "/agency/realisations/dot_decimal.csv")
    with pytest.raises(DataError, match=r"realisations/dot_decimal\.csv, baris 3"):
        remote.make_anywhere(paper())


def test_results_may_go_to_a_folder(memory: Any, quick: None, tmp_path: Path) -> None:
    """Named as such or as `file://`, it gets them as `outputs/` does: by renaming."""
    for outputs in (str(tmp_path), f"file://{tmp_path}"):
        (step,) = list_steps(job_of(outputs=outputs))
        assert isinstance(step.target, Path)
        assert step.target.is_relative_to(tmp_path)
        assert step.run is not None
        remote.make_anywhere(step.run)
        assert (step.target / "manifest.json").exists()
        assert [path.name for path in step.target.parent.iterdir()] == ["laporan-kinerja"]
        shutil.rmtree(step.target)


def test_the_summary_names_the_address(memory: Any) -> None:
    steps = list_steps(job_of())
    assert json.loads(batch.summarise(steps))["runs"][0]["folder"] == steps[0].target


def test_a_worker_is_not_killed_amid_an_upload() -> None:
    """A stop waits until its paper is whole, and not longer."""
    worker = workers.start_worker()
    mark = worker.folder / remote.PUTTING
    mark.touch()
    seen: list[bool] = []

    def finish() -> None:
        seen.append(worker.process.is_alive())
        mark.unlink()

    timer = threading.Timer(1, finish)
    timer.start()
    workers.end_worker(worker)
    timer.join()
    assert seen == [True]
    assert not worker.process.is_alive()
    assert not worker.folder.exists()


def test_a_batch_needs_no_cluster_for_addresses(tmp_path: Path) -> None:
    """The whole command, whose workers and kernels are other processes: made, then unchanged, and nothing stays."""
    shutil.copytree(GOOD, tmp_path / "store" / "agency")
    settings = {"path": str(tmp_path / "store"), "target_protocol": "file"}
    short = tempfile.mkdtemp(prefix="ik")  # a socket's path has at most 107 letters
    env = os.environ | {"FSSPEC_DIR": json.dumps(settings), "TMPDIR": short}
    words = ["--data", "dir://agency", "--outputs", "dir://papers", "--years", "2020", "--paper", "agreement"]
    command = [sys.executable, "-c", "from iku_analysis.cli import main; main()", "batch", *words, "--format", "html"]
    for told in ("Dibuat: 1.", "Tidak berubah: 1."):
        done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.splitlines()[-1] == told
    (manifest,) = (tmp_path / "store" / "papers").rglob("manifest.json")
    assert json.loads(manifest.read_bytes())["parameters"]["data"] == "dir://agency"
    page = manifest.parent.relative_to(tmp_path / "store" / "papers") / "perjanjian-kinerja-2020.html"
    assert f'href="{page}"' in (tmp_path / "store" / "papers" / "index.html").read_text(encoding="utf-8")
    Path(short).rmdir()  # which is empty


def test_a_step_names_an_address(memory: Any) -> None:
    (step,) = list_steps(job_of())
    assert step.name == "memory://agency 2020 report"
