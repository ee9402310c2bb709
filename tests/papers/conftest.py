"""The papers that several files of tests look at, each made once: those files run on one worker (`SpreadNotebooks`)."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from iku_analysis.papers.make import make_report


@pytest.fixture(scope="session")
def paper_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that makes a paper in all formats as `make_report` does, and returns its folder."""
    outputs = tmp_path_factory.mktemp("papers")

    @cache
    def make_once(year: int, data: str, **given: object) -> Path:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("iku_analysis.storage.outputs.outputs", lambda: outputs)
            return make_report(year, data, **given).parent  # type: ignore[arg-type]

    return make_once
