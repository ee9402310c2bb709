"""Tests of registers."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_memory(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted is kept for one test alone."""
    folder: Path = tmp_path_factory.mktemp("outputs")
    monkeypatch.setattr("iku_analysis.storage.outputs.outputs", lambda: folder)
