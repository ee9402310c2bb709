"""Fixtures that the tests of batches share."""

import sys
from collections.abc import Callable

import pytest

from iku_analysis import cli


@pytest.fixture
def run_batch(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Return a function that calls `iku batch` with words, in this process, and returns its exit code."""

    def run(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["iku", "batch", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int)
        return ended.value.code

    return run
