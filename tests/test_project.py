"""The project's own files agree with each other."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from iku_analysis import __version__

PROJECT = Path(__file__).parents[1]
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def test_lock_has_hashes_and_no_addresses() -> None:
    assert "://" not in LOCK
    entries = re.findall(r"^[a-z0-9][^\n]*", LOCK, re.MULTILINE | re.IGNORECASE)
    assert len(entries) > 100
    assert all(entry.endswith("\\") for entry in entries), "every entry is followed by its hashes"


def test_lock_holds_every_dependency() -> None:
    project = SETTINGS["project"]
    needs = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    wanted = {re.split(r"[<>=[]", name)[0] for name in needs} - {"iku-analysis"}
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE))
    assert wanted <= locked


def test_environment_is_a_door_to_the_lock() -> None:
    text = (PROJECT / "environment.yml").read_text(encoding="utf-8")
    assert "-r requirements.lock" in text
    assert "--require-hashes" in text
    version = re.search(r"python=(\d+\.\d+)", text)
    assert version is not None
    assert version[1] in {"3.11", "3.12", "3.13"}


def test_import_is_cheap() -> None:
    """No heavy library is imported before it is used; benchmarks/ measures the seconds."""
    code = "import sys, iku_analysis, iku_analysis.cli; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "matplotlib", "seaborn", "pandera", "papermill", "nbconvert", "babel"} & set(modules)


def test_changelog_names_the_version() -> None:
    assert f"## {__version__} " in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
