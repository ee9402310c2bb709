"""Private folders: gone with their process, or with the next one."""

import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from iku_analysis.storage import temporary

HOLD = "import time; from iku_analysis.storage.temporary import private_folder; print(private_folder(), flush=True); "


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder for temporary files, of this process and those it starts."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(temporary, "FRESH", -1)
    temporary.private_folder.cache_clear()
    yield tmp_path
    temporary.private_folder.cache_clear()


def test_what_a_killed_process_left_is_removed_and_nothing_else(place: Path) -> None:
    (place / "iku_notes.txt").write_text("no folder")
    (place / "other").mkdir()
    with subprocess.Popen([sys.executable, "-c", HOLD + "time.sleep(100)"], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        folder = Path(owner.stdout.readline().strip())
        (folder / "file").write_text("x")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        ours = temporary.private_folder()
        assert temporary.private_folder() == ours
        assert (folder / "file").exists()
        owner.kill()
        owner.wait()
        assert folder.exists()
        temporary.private_folder.cache_clear()
        another = temporary.private_folder()
    assert not folder.exists()
    assert {path.name for path in place.iterdir()} == {ours.name, another.name, "iku_notes.txt", "other"}


def test_a_new_folder_is_left_in_peace(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its owner may not have had the time to hold it."""
    monkeypatch.setattr(temporary, "FRESH", 60)
    (place / "iku_new").mkdir()
    temporary.private_folder()
    assert (place / "iku_new").exists()


def test_it_goes_with_its_process(place: Path) -> None:
    done = subprocess.run([sys.executable, "-c", HOLD], capture_output=True, text=True, check=True)
    assert not Path(done.stdout.strip()).exists()
