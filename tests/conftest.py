"""Fixtures that several tests share: the two data roots, read once, and the language put back."""

from collections.abc import Iterator

import pandas as pd
import pytest

from iku_analysis import compute_achievements, compute_trends, load_agency, use_language
from iku_analysis.sources.agency import Agency


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
