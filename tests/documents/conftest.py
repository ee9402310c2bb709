"""Data roots that the tests of forms share."""

import shutil
from pathlib import Path

import pytest
from roots import PROJECT


@pytest.fixture
def empty_root(tmp_path: Path) -> Path:
    """The example without its realisations: a form is all it gets."""
    root = tmp_path / "root"
    shutil.copytree(
        PROJECT / "data" / "example", root, ignore=shutil.ignore_patterns("realisations", "targets", "budget")
    )
    (root / "realisations").mkdir()
    return root
