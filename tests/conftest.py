"""Fixtures that several tests share: the two data roots, read once, and the language put back."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import settings
from roots import PROJECT
from xdist.scheduler import LoadScopeScheduling

from iku_analysis import compute_achievements, compute_trends, load_agency, use_language
from iku_analysis.agency.load import Agency

settings.register_profile("whole", deadline=None)  # no test is timed
settings.register_profile("check", deadline=None, max_examples=25)  # where a test names no number of its own
gc.set_threshold(50_000, 20, 50)  # the libraries' own objects, looked through ever again, take a fifteenth of a run


# Folders and files that are not in `make check`, which tests that figures are read and results computed rightly.
# They draw, write, open and import documents, count registers, start a process, or take their time.
WHOLE = {
    *("batch", "display", "documents", "explorer", "intake", "kernels", "papers", "records"),
    *("test_any_agency", "test_backtest", "test_bad_files", "test_bounded_texts", "test_cli", "test_differences"),
    *("test_evaluation", "test_explorer", "test_explorer_browser", "test_extremes", "test_forecast", "test_forms"),
    *("test_fuzz", "test_fuzzed_files", "test_guards", "test_jupyter_scheduler", "test_later_is_not_known"),
    *("test_monthly", "test_notebooks", "test_notes", "test_office_tables", "test_papers_agree", "test_payload"),
    *("test_plan", "test_publish", "test_readme", "test_schedule", "test_sentences_agree", "test_temporary"),
    *("test_within_year", "test_workspace"),
}


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("check" if config.option.markexpr == "not whole" else "whole")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        work_elsewhere(config)


def work_elsewhere(config: pytest.Config) -> None:
    """Give this process, and all that it starts, a workspace with the data and notebooks of the checkout."""
    home = TemporaryDirectory(prefix="iku-home-", ignore_cleanup_errors=True)
    for name in ("data", "notebooks"):
        (Path(home.name) / name).symlink_to(PROJECT / name)
    os.environ["IKU_HOME"] = home.name
    config.add_cleanup(home.cleanup)
    config.stash[BEFORE] = list_checkout()


BEFORE = pytest.StashKey[set[tuple[str, int]]]()


def list_checkout() -> set[tuple[str, int]]:
    """Return the files of the checkout where the package writes, and when each was written."""
    folders = (PROJECT / name for name in ("data", "notebooks", "outputs"))
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {(str(path.relative_to(PROJECT)), path.stat().st_mtime_ns) for path in files}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that has left something in the checkout, or has changed or removed what was there."""
    before = session.config.stash.get(BEFORE, None)
    if before is not None and (changed := sorted({name for name, _time in before ^ list_checkout()})):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        session.config.get_terminal_writer().line(f"\nthe tests changed the checkout: {', '.join(changed)}", red=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in `WHOLE`, and let it begin: at the end every worker should have something left."""
    for item in items:
        if {item.path.stem, item.path.parent.name} & WHOLE:
            item.add_marker("whole")
    items.sort(key=lambda item: item.get_closest_marker("whole") is None)


SPREAD = ("test_notebooks.py", "test_any_agency.py")
ONE_SET_OF_PAPERS = ("test_papers.py", "test_pages.py", "papers/test_browser.py", "test_report.py")


class SpreadNotebooks(LoadScopeScheduling):
    """Keep on one worker what shares something, a file or some; but long tests that share nothing go to any."""

    def _split_scope(self, nodeid: str) -> str:
        scope = super()._split_scope(nodeid)
        if scope.endswith(ONE_SET_OF_PAPERS):
            return "papers"
        return nodeid if scope.endswith(SPREAD) else scope


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SpreadNotebooks:
    return SpreadNotebooks(config, log)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    yield
    use_language("id")


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the clone, for commands that write where they stand: they find their workspace in it."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("data", "docs", "notebooks"):
        shutil.copytree(PROJECT / name, folder / name)
    (folder / "outputs").mkdir()
    return folder


@pytest.fixture(scope="session")
def example() -> Agency:
    return load_agency("data/example")


@pytest.fixture(scope="session")
def raw() -> Agency:
    return load_agency("data/raw")


@pytest.fixture(scope="session")
def achievements(example: Agency) -> pd.DataFrame:
    return compute_achievements(example)


@pytest.fixture(scope="session")
def trends(example: Agency, achievements: pd.DataFrame) -> pd.DataFrame:
    return compute_trends(example, achievements)
