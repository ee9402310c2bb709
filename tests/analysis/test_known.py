"""What was known at the end of a month: nothing later is in any frame, and earlier years stay as they are."""

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from roots import PROJECT

import iku_analysis as iku
from iku_analysis import IkuError
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.known import as_of, last_month

FRAMES = ["realisations", "figures", "parts", "context", "verifications"]


@pytest.mark.parametrize("through", [0, 1, 5, 6, 9, 12])
def test_no_period_ends_later(example: Agency, through: int) -> None:
    known = as_of(example, 2021, through)
    until = f"2021-{through:02d}"
    for name in FRAMES:
        all_of_it, kept = getattr(example, name), getattr(known, name)
        assert len(kept) == sum(last_month(period) <= until for period in all_of_it["period"]) > 0, name
        assert max(kept["period"].map(last_month)) <= until
    assert max(known.notes["year"]) == (2021 if through else 2020)  # of a year to come only who signs is known
    assert max(known.budget["period"]) == "2021-Q4"
    spent = known.budget[known.budget["realised"].notna()]
    assert max(spent["period"].map(last_month)) <= until
    assert known.budget["budget"].notna().all()
    assert list(known.targets["year"].unique()) == [2018, 2019, 2020, 2021, 2022]


@pytest.mark.parametrize(
    ("period", "last"), [("2021", "2021-12"), ("2021-Q1", "2021-03"), ("2021-Q4", "2021-12"), ("2021-08", "2021-08")]
)
def test_last_month(period: str, last: str) -> None:
    assert last_month(period) == last


def test_the_end_of_a_quarter_is_that_of_its_last_month(example: Agency) -> None:
    assert as_of(example, 2021, quarter=3).until == "2021-09"
    assert as_of(example, 2021, 5, quarter=3).until == "2021-05"


def test_what_is_known_does_not_grow_again(example: Agency) -> None:
    known = as_of(example, 2019)
    assert as_of(known, 2022) is known
    assert as_of(known, 2018).until == "2018-12"


def test_before_a_year_begins_only_its_signers_are_known(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "data/example", tmp_path / "root")
    (tmp_path / "root/identity.toml").unlink()  # it names them by their days
    agency = iku.load_agency(tmp_path / "root")
    signs = agency.notes.tail(1).assign(year=2021, section="first_party")
    agency = replace(agency, notes=pd.concat([agency.notes, signs]))
    notes = as_of(agency, 2021, 0).notes
    assert set(notes.loc[notes["year"] == 2021, "section"]) == {"first_party"}
    assert notes[notes["year"] < 2021].equals(agency.notes[agency.notes["year"] < 2021].reset_index(drop=True))


def test_years_to_come_have_no_row_and_earlier_ones_are_as_they_were(example: Agency) -> None:
    known = as_of(example, 2021)
    for compute in (
        iku.compute_achievements,
        lambda agency: iku.compute_trends(agency, iku.compute_achievements(agency)),
    ):
        now, later = compute(known), compute(example)
        assert now.equals(later[later["year"] <= 2021].reset_index(drop=True))


def test_pace_and_plan_still_know_the_last_target(example: Agency) -> None:
    known = as_of(example, 2020)
    achievements = iku.compute_achievements(known)
    trend = iku.compute_trends(known, achievements).set_index(["indicator_id", "year"]).loc[("ekspor", 2020)]
    value = achievements.set_index(["indicator_id", "year"]).loc[("ekspor", 2020), "realisation"]
    assert trend["required_per_year"] == (4_250_198_668 - value) / 2
    assert list(iku.required_growth(known, achievements, "ekspor")["years"]) == [4, 3, 2]
    before = as_of(example, 2021, 0)
    plan = iku.compute_plan(before, iku.compute_achievements(before), 2021)
    whole = iku.compute_plan(example, iku.compute_achievements(example), 2021)
    pd.testing.assert_frame_equal(plan, whole)


def test_a_decree_that_begins_later_is_not_known(make_agency) -> None:
    agency = make_agency(("nik", 2019, 120), later=True)
    old, later = agency.decrees
    known = as_of(agency, later.first_year - 1)
    assert known.decrees == [old]
    assert set(known.indicators["decree"]) == set(known.targets["decree"]) == {old.decree_id}
    assert set(known.targets["year"]) == set(range(old.first_year, old.last_year + 1))
    assert as_of(agency, later.first_year).targets.equals(agency.targets)


@pytest.mark.parametrize(("year", "through", "quarter"), [(2017, 12, 4), (2021, 13, 4), (2021, -1, 4), (2021, 12, 5)])
def test_what_no_year_has_is_refused_in_words(example: Agency, year: int, through: int, quarter: int) -> None:
    with pytest.raises(IkuError):
        as_of(example, year, through, quarter=quarter)
