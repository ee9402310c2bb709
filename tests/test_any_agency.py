"""Every notebook runs for any agency: its code cells, here and without a kernel, on data roots of all kinds."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cells import of_year, run_cells
from roots import MATRIX, PROJECT

from iku_analysis import load_agency

NAMES = sorted(path.stem for path in (PROJECT / "notebooks").glob("*.ipynb"))
OF_ONE = ("02_export_growth", "03_uttp_coverage", "04_indicator")
QUARTERLY = ("annual_report", "evaluation")
MOST_INDICATORS = 5
NO_WORDS = re.compile(r"\b(nan|inf|None|NaN|NaT)\b|[{}]")


@pytest.mark.parametrize("make", MATRIX, ids=lambda make: make.__name__)
def test_every_notebook_runs(make: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the first year and in the last; in the last each figure is drawn, once."""
    root = make(tmp_path / "data")
    years = load_agency(root).years
    drawn: set[str] = set()
    for year in sorted({years[0], years[-1]}):
        for name in NAMES:
            given = {"quarter": 1 + year % 4} if name in QUARTERLY else {}
            given |= of_year(name, year)
            shown = run_cells(name, monkeypatch, drawn=drawn if year == years[-1] else None, data=str(root), **given)
            assert shown
            assert not [text for text in shown if NO_WORDS.search(text)]


@pytest.mark.parametrize("make", MATRIX, ids=lambda make: make.__name__)
def test_every_indicator_can_be_asked_for(
    make: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make(tmp_path / "data")
    agency = load_agency(root)
    year = agency.years[-2] if len(agency.years) > 1 else agency.years[-1]
    for indicator_id in agency.decree(year).indicators["indicator_id"].head(MOST_INDICATORS):
        for place, name in enumerate(OF_ONE):
            given = {"indicator_id": indicator_id, "language": ["id", "en", "id"][place], "through": [12, 7, 4][place]}
            shown = run_cells(name, monkeypatch, data=str(root), year=year, **given)
            assert not [text for text in shown if NO_WORDS.search(text)]
