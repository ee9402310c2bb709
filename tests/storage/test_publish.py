"""Publishing cannot break: one run at a time, whole or not at all, whatever is killed, full or read-only."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from roots import PROJECT

from iku_analysis.errors import IkuError, KernelLost, RunFailed
from iku_analysis.kernels import provisioner
from iku_analysis.papers import make
from iku_analysis.storage import lock, publish
from iku_analysis.storage.outputs import output_folder

FILES = 6
GOOD = Path(__file__).parents[1] / "data" / "good"
IKU = [sys.executable, "-c", "from iku_analysis.cli import main; main()"]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")


def publish_one(target: Path, generation: int) -> None:
    """Publish a small report in steps: every file of it says of which run it is."""
    with publish.staged(target) as folder:
        for number in range(FILES):
            (folder / f"{number}.txt").write_text(f"{generation}\n" * 100)
        publish.write_manifest(folder, {"generation": generation})


def generation_of(folder: Path) -> int:
    """Return the run that a folder is of, after checking that all of it is."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert len(manifest["outputs"]) == FILES
    for each in manifest["outputs"]:
        assert publish.sha256(folder / each["path"]) == each["sha256"]
        assert (folder / each["path"]).read_text() == f"{manifest['generation']}\n" * 100
    return manifest["generation"]


def test_only_the_target_is_left(tmp_path: Path) -> None:
    for generation in range(3):
        publish_one(tmp_path / "2021", generation)
        assert [path.name for path in tmp_path.iterdir()] == ["2021"]
    assert generation_of(tmp_path / "2021") == 2


def test_all_of_it_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    sync, rename = publish._sync, Path.rename

    def note_sync(path: Path) -> None:
        order.append(path.name)
        sync(path)

    def note_rename(path: Path, to: Path) -> Path:
        order.append(f"-> {to.name}")
        return rename(path, to)

    monkeypatch.setattr(publish, "_sync", note_sync)
    monkeypatch.setattr(Path, "rename", note_rename)
    publish_one(tmp_path / "2021", 1)
    place = order.index("-> 2021")
    assert {f"{number}.txt" for number in range(FILES)} | {"manifest.json"} < set(order[:place])
    assert order[place - 1].startswith("2021.sementara-")
    assert order[place + 1 :] == [tmp_path.name]


@pytest.fixture(params=["exchange", "two renames"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish as Linux can, and as other systems and disks do."""
    if request.param == "two renames":
        monkeypatch.setattr(publish, "_exchange", lambda one, other: False)


@pytest.mark.skipif(sys.platform != "linux", reason="others know no exchange of two folders")
def test_a_report_is_there_at_every_instant(tmp_path: Path) -> None:
    """Whoever looks while one report replaces the other, two hundred times, finds one."""
    target, ended, missed = tmp_path / "2021", threading.Event(), []
    publish_one(target, 0)

    def look() -> None:
        while not ended.is_set():
            if not target.is_dir():
                missed.append(time.monotonic())

    reader = threading.Thread(target=look)
    reader.start()
    for generation in range(1, 201):
        stage = tmp_path / "stage"
        stage.mkdir()
        publish._publish(stage, target)
        assert [path.name for path in tmp_path.iterdir()] == ["2021"], generation
    ended.set()
    reader.join()
    assert missed == []


@needs_fork
@pytest.mark.usefixtures("_way")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_kill_at_any_instant_leaves_a_whole_report(tmp_path: Path) -> None:
    """A process publishes one report after the other until it is killed, sixty times over."""
    target, old = tmp_path / "2021", tmp_path / "2021.lama"
    chance = random.Random(2021)  # noqa: S311 - the instants need not be secret
    last, found = -1, set()
    for _kill in range(60):
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            generation = last
            while True:
                generation += 1
                publish_one(target, generation)
        time.sleep(chance.uniform(0.002, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found |= {path.name.partition("-")[0] for path in tmp_path.iterdir()}
        stands = target if target.exists() else old  # killed between the two renames, the next run brings it back
        if last >= 0 or stands.exists():
            before, last = last, generation_of(stands)
            assert last >= before
        publish_one(target, last := last + 1)
        assert [path.name for path in tmp_path.iterdir()] == ["2021"]
        assert generation_of(target) == last
    assert {"2021.kunci", "2021.sementara"} <= found  # the instants were in the midst of it


def test_what_a_killed_batch_left_is_cleaned_up(tmp_path: Path) -> None:
    target = tmp_path / "2021"
    publish_one(target, 1)
    target.rename(tmp_path / "2021.lama")
    (tmp_path / "2021.sementara-0123abcd").mkdir()
    (tmp_path / "2021.kunci").write_text("1 elsewhere")
    publish.clean(target)
    assert [path.name for path in tmp_path.iterdir()] == ["2021"]
    assert generation_of(target) == 1


@pytest.mark.parametrize(("what", "to"), [("2021", "2021.lama"), ("2021.sementara", "2021")])
def test_a_rename_that_fails_brings_the_old_report_back(
    what: str, to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    publish_one(tmp_path / "2021", 1)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if (path.name.partition("-")[0], target.name) == (what, to):
            raise OSError(errno.EIO, "Input/output error", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(RunFailed, match=r"Input/output error\. .*2021 tetap seperti semula"):
        publish_one(tmp_path / "2021", 2)
    assert [path.name for path in tmp_path.iterdir()] == ["2021"]
    assert generation_of(tmp_path / "2021") == 1


def test_what_other_targets_keep_stays(tmp_path: Path) -> None:
    """The target `a` cleans up after itself only, not after `a.b` or `ab`."""
    others = ["a.b.sementara-1", "ab.sementara-1", "b.sementara-1"]
    for name in others:
        (tmp_path / name).mkdir()
    publish_one(tmp_path / "a", 1)
    assert {path.name for path in tmp_path.iterdir()} == {"a", *others}


# Two at once


def test_a_second_run_is_told_who_holds_the_target(tmp_path: Path) -> None:
    told = rf"2021 sedang dibuat oleh proses {os.getpid()} di komputer \S+\. Tunggu"
    with publish.staged(tmp_path / "2021") as folder:
        (folder / "a.txt").write_text("a")
        with pytest.raises(IkuError, match=told):
            publish_one(tmp_path / "2021", 2)
    assert [path.name for path in (tmp_path / "2021").iterdir()] == ["a.txt"]


def test_a_second_run_waits(tmp_path: Path) -> None:
    """Twenty runs of one target, each by itself: none sees another's stage, none is lost."""
    order: list[str] = []

    def run(number: int) -> None:
        with publish.staged(tmp_path / "2021", wait=True) as folder:
            order.append(f"in {number}")
            (folder / str(number)).write_text("")
            assert [path.name for path in folder.iterdir()] == [str(number)]
            assert len(list(tmp_path.glob("2021.sementara-*"))) == 1
            time.sleep(0.005)
            order.append(f"out {number}")

    threads = [threading.Thread(target=run, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(order) == 40
    assert all(order[place].split()[1] == order[place + 1].split()[1] for place in range(0, 40, 2))
    assert [path.name for path in tmp_path.iterdir()] == ["2021"]


def test_a_lock_of_the_dead_is_free(tmp_path: Path) -> None:
    """What the file says does not matter, nor its time: the system knows who is alive."""
    path = tmp_path / "2021.kunci"
    path.write_text(f"{os.getpid()} here, and much longer than what we write ourselves")
    os.utime(path, (2**31, 2**31))
    with lock.locked(path, wait=False):
        assert path.read_text().startswith(f"{os.getpid()} ")
        assert "longer" not in path.read_text()
    assert not path.exists()


def test_a_lock_that_was_removed_while_it_was_taken_guards_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, take = tmp_path / "2021.kunci", lock._take
    tries: list[int] = []

    def take_late(file: int) -> bool:
        if not tries:
            path.unlink()  # its holder ends between our opening and our locking
        tries.append(file)
        return take(file)

    monkeypatch.setattr(lock, "_take", take_late)
    with lock.locked(path, wait=False):
        assert len(tries) == 2
        assert path.exists()


# What cannot be written


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_one(tmp_path / "2021", 1)
    write = Path.write_text

    def fill(path: Path, text: str) -> int:
        if path.name == "3.txt":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, text)

    monkeypatch.setattr(Path, "write_text", fill)
    with pytest.raises(RunFailed, match=r"3\.txt: No space left on device\. .*2021 tetap seperti semula"):
        publish_one(tmp_path / "2021", 2)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["2021"]  # what was half made would only fill the disk
    assert generation_of(tmp_path / "2021") == 1


@needs_fork
def test_a_file_that_may_not_grow_is_told(tmp_path: Path) -> None:
    """The system itself refuses: a limit on the size of files, as a full disk does."""
    publish_one(tmp_path / "2021", 1)
    code = f"""
import resource, signal
from pathlib import Path
from iku_analysis.errors import RunFailed
from iku_analysis.storage import publish
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    with publish.staged(Path({str(tmp_path / "2021")!r})) as folder:
        (folder / "big.bin").write_bytes(b"x" * 20_000)
except RunFailed as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "File too large" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["2021"]
    assert generation_of(tmp_path / "2021") == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outputs").write_text("a file")
    with pytest.raises(RunFailed, match=r"outputs.*: (Not a directory|File exists)"):
        publish_one(tmp_path / "outputs" / "2021", 1)

    def refuse(*_words: Any, **_more: Any) -> int:
        raise PermissionError(errno.EROFS, "Read-only file system", str(tmp_path / "2021.kunci"))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(RunFailed, match=r"2021\.kunci: Read-only file system\. .*2021 tetap seperti semula"):
        publish_one(tmp_path / "2021", 1)


def test_a_run_that_was_interrupted_leaves_nothing(tmp_path: Path) -> None:
    publish_one(tmp_path / "2021", 1)
    with pytest.raises(KeyboardInterrupt), publish.staged(tmp_path / "2021"):
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["2021"]


def test_a_file_is_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "summary.json"
    publish.write_whole(path, b"one")
    publish.write_whole(path, b"two")

    def refuse(*_words: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(IkuError, match=r"summary\.json tidak dapat ditulis: No space left on device"):
        publish.write_whole(path, b"three")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


# A report


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """Return a small data root, and remove what was made of it."""
    folder = tmp_path / "dinas"
    shutil.copytree(GOOD, folder)
    yield folder
    shutil.rmtree(output_folder(folder), ignore_errors=True)


def pretend(monkeypatch: pytest.MonkeyPatch, size: int = 0, touch: Path | None = None) -> None:
    """Let a run be made in no time: a notebook of one output."""

    def run(path: Path, parameters: dict, output: Path) -> nbformat.NotebookNode:
        made = nbformat.v4.new_output("stream", text="x" * size)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", id="1", outputs=[made])])
        nbformat.write(notebook, output)
        if touch is not None:
            touch.write_text(touch.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return notebook

    monkeypatch.setattr(make, "run_notebook", run)


def make_agreement(root: Path) -> Path:
    return make.make_report(2020, str(root), paper="agreement", formats=("html",))


@pytest.mark.parametrize("code", ["print('x' * 3_000_000)", "while True:\n    print('x' * 100_000)"])
def test_an_output_that_is_too_large_fails_the_run(
    code: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one without end: it would fill the memory until the cell's time is over."""
    monkeypatch.setattr(provisioner, "MOST_BYTES", 2_000_000)
    parameters = nbformat.v4.new_code_cell('data = "data/raw"', metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[parameters, nbformat.v4.new_code_cell("print('x' * 1_000_000)")])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(notebook, tmp_path / "large.ipynb")
    page = make.make_run(str(tmp_path / "large.ipynb"), {"data": str(root)})
    before = page.read_bytes()
    notebook.cells[1].source = code
    nbformat.write(notebook, tmp_path / "large.ipynb")
    with pytest.raises(RunFailed, match=r"large\.ipynb: hasilnya lebih dari 2 MB\.\nYang sempat") as caught:
        make.make_run(str(tmp_path / "large.ipynb"), {"data": str(root)})
    assert not isinstance(caught.value, KernelLost)  # which a batch would try again
    assert page.read_bytes() == before


def test_files_that_change_during_a_run_fail_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the manifest would vouch for figures that the notebook has not read."""
    pretend(monkeypatch)
    make_agreement(root)
    pretend(monkeypatch, touch=next((root / "realisations").glob("*.csv")))
    with pytest.raises(RunFailed, match=r"Berkas masukan berubah selama laporan dibuat\. Ulangi\."):
        make_agreement(root)


def test_a_full_disk_leaves_the_last_report(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    page = make_agreement(root)
    before = page.read_bytes()

    def refuse(*_words: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(make, "write_manifest", refuse)
    with pytest.raises(RunFailed, match="perjanjian-kinerja: No space left on device"):
        make_agreement(root)
    assert page.read_bytes() == before
    assert [path.name for path in page.parents[1].iterdir()] == ["perjanjian-kinerja"]


@needs_fork
def test_a_report_that_is_killed(root: Path) -> None:
    """Five kills of a real command with its whole group, then one run to its end, in the locale of cron."""
    words = ["report", "2020", "--data", str(root), "--paper", "agreement", "--format", "html"]
    target = output_folder(root) / "2020" / "perjanjian-kinerja"
    chance, stood = random.Random(5), False  # noqa: S311
    for _kill in range(5):
        running = subprocess.Popen([*IKU, *words], cwd=PROJECT, start_new_session=True, stdout=subprocess.DEVNULL)
        while not list(target.parent.glob("*.sementara-*")):
            assert running.poll() is None
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1))
        kernels = psutil.Process(running.pid).children(recursive=True) if running.poll() is None else []
        with suppress(ProcessLookupError):  # it has come to its end before
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        assert target.exists() or not stood or sys.platform != "linux"
        stood = target.exists()
        assert not stood or (target / "manifest.json").is_file()
        _gone, alive = psutil.wait_procs(kernels, timeout=20)
        assert not alive
    cron = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    cron["IKU_HOME"] = os.environ["IKU_HOME"]
    done = subprocess.run([*IKU, *words], cwd=PROJECT, capture_output=True, text=True, check=False, env=cron)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in target.parent.iterdir()] == ["perjanjian-kinerja"]
    manifest = json.loads((target / "manifest.json").read_bytes())
    assert all(publish.sha256(target / each["path"]) == each["sha256"] for each in manifest["outputs"])


@needs_fork
def test_the_locale_c_loses_no_letter() -> None:
    cron = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    words = ["targets", "--data", "data/example"]
    outputs = [
        subprocess.run([*IKU, *words], cwd=PROJECT, capture_output=True, check=True, env=env).stdout
        for env in (cron, os.environ | {"PYTHONUTF8": "1"})
    ]
    assert outputs[0] == outputs[1]
    assert not outputs[0].isascii()
