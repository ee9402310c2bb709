"""Data roots that the tests of forms share."""

import shutil
from pathlib import Path

import pytest
from roots import PROJECT

from iku_analysis.agency.load import Agency
from iku_analysis.documents.form import write_form


@pytest.fixture(scope="session")
def form(example: Agency) -> bytes:
    """The form of the example for 2021, written once: each test opens its own."""
    return write_form(example, 2021)


@pytest.fixture
def empty_root(tmp_path: Path) -> Path:
    """The example without its realisations: a form is all it gets."""
    root = tmp_path / "root"
    shutil.copytree(
        PROJECT / "data" / "example", root, ignore=shutil.ignore_patterns("realisations", "targets", "budget")
    )
    (root / "realisations").mkdir()
    return root
