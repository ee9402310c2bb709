"""Fixtures that several tests share: the two data roots, read once, and the language put back."""

from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from iku_analysis import compute_achievements, compute_trends, load_agency, use_language
from iku_analysis.agency.load import Agency

settings.register_profile("untimed", deadline=None)  # no test is timed
settings.load_profile("untimed")


class SpreadNotebooks(LoadScopeScheduling):
    """Keep each file on one worker, for what its tests share; but long tests that share nothing go to any."""

    def _split_scope(self, nodeid: str) -> str:
        scope = super()._split_scope(nodeid)
        return nodeid if scope.endswith("test_notebooks.py") else scope


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SpreadNotebooks:
    return SpreadNotebooks(config, log)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    yield
    use_language("id")


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
