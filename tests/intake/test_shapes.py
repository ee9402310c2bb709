"""Tidy figures in the shapes that offices write come back as they were; one broken cell is refused, nothing written."""

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import KINDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readings import ANSWERS, figures, read, refused
from roots import AREAS, write_root
from shapes import IN_SHEETS, SHAPES, Figures, Key, Look, write

from iku_analysis import load_agency
from iku_analysis.agency.load import Agency
from iku_analysis.errors import DataError, IkuError
from iku_analysis.indonesian import format_number
from iku_analysis.intake.door import Import, changes_of, read_import, write_import
from iku_analysis.intake.preview import show_import
from iku_analysis.sources.amounts import as_written

EXAMPLES = int(os.environ.get("IKU_EXAMPLES", "40"))  # 2,000 before a release: IKU_EXAMPLES=2000
Book = Callable[..., Path]
Text = Callable[..., Path]

VALUES = {
    "koperasi": st.integers(1, 60).map(Decimal),
    "usaha": st.integers(1_001, 27_000).map(Decimal),
    "tera": st.integers(15, 1000).map(lambda tenths: Decimal(tenths) / 10),
    "indeks": st.integers(7_000, 9_999).map(lambda hundredths: Decimal(hundredths) / 100),
    "tumbuh": st.integers(-400, 400).map(lambda hundredths: Decimal(hundredths) / 100),
}
PARTS = st.sampled_from([("",), ("-Q1", "-Q2", "-Q3", "-Q4"), ("-Q1", "-Q2"), ("-S1", "-S2")])


@st.composite
def tidy(draw: st.DrawFn) -> Figures:
    """Figures of some indicators in some years, all of one kind of period."""
    ids = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=2, max_size=5, unique=True))
    years = sorted(draw(st.lists(st.integers(2018, 2022), min_size=1, max_size=3, unique=True)))
    periods = [f"{year}{part}" for year in years for part in draw(st.shared(PARTS, key="parts"))]
    found = {(each, period): draw(VALUES[each]) for each in ids for period in periods}
    blank = draw(st.lists(st.sampled_from(sorted(found)), max_size=2, unique=True))
    left = {key: number for key, number in found.items() if key not in blank}
    kept = {each for each, _period in left}
    return left if len(kept) == len(ids) and len({period for _id, period in left}) == len(periods) else found


def in_text(number: Decimal) -> str:
    """Return a number as an office types it."""
    return as_written(number, "id")


def with_zeros(number: Decimal) -> str:
    """Return a whole number as a program exports it."""
    return in_text(number) + ",00" if number == int(number) else in_text(number)


def in_brackets(number: Decimal) -> str:
    """Return a number below zero as accountants write it."""
    return f"({in_text(-number)})" if number < 0 else in_text(number)


LOOKS = st.builds(
    Look,
    name=st.sampled_from([str, "Indikator {}".format, "1.2.3 Indikator {} ".format, "Indikator  {}\n".format]),
    titles=st.integers(0, 2),
    blank_columns=st.integers(0, 2),
    value=st.sampled_from([float, in_text, with_zeros, in_brackets]),
    numbered=st.booleans(),
    counted=st.booleans(),
    footer=st.booleans(),
    merges=st.booleans(),
)


@pytest.fixture(scope="module")
def shared_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_root(tmp_path_factory.mktemp("shapes") / "data", {2018: KINDS}, [], areas=AREAS)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_any_shape_is_read_back(
    shape: Callable[..., Any], suffix: str, shared_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if suffix == "csv" and shape in IN_SHEETS:
        pytest.skip("a text has no sheets")
    path = tmp_path_factory.mktemp("any") / f"kinerja.{suffix}"

    @settings(max_examples=max(1, EXAMPLES // 10), suppress_health_check=list(HealthCheck))
    @given(tidy(), LOOKS)
    def reads_back(told: Figures, look: Look) -> None:
        cells = write(shape(told, look), told, look, path)
        plan = read_import([path], shared_root, {"basis": "resmi"})  # one question open: nothing else is checked yet
        assert not plan.problems
        assert set(plan.files[0].reading.doubts) == {"status"}
        records = plan.files[0].reading.records
        found = {(each.cells["indicator"], each.cells["period"]): each.cells["value"] for each in records}
        assert found == {key: as_written(number, "id") for key, number in told.items()}
        assert len(records) == len(told)
        sheet = suffix != "csv"
        places = {(each.cells["indicator"], each.cells["period"]): each.cell for each in records}
        assert places == {key: place.rpartition(" ")[2] for key, place in cells.items()}
        if sheet:
            sheets = {(each.cells["indicator"], each.cells["period"]): f"[{each.sheet}]" for each in records}
            assert sheets == {key: place.rpartition(" ")[0] for key, place in cells.items()}

    reads_back()
