"""Kinds of indicators: grades, ranges, strict bounds, means and semesters, each computed by hand."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, strategies as st
from roots import FIVE, kinds

from iku_analysis import as_of, compute_achievements, compute_outlook, compute_trends, load_agency
from iku_analysis.analysis.quarter import figures_to
from iku_analysis.indonesian import format_amount, format_period, format_target, parse_period, scale_of
from iku_analysis.problems import DataError
from iku_analysis.sources.annex import AnnexRow
from iku_analysis.sources.target_words import Target, parse_target
from iku_analysis.sources.targets import check_targets


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with one indicator of each kind."""
    return kinds(tmp_path_factory.mktemp("kinds") / "data")


@pytest.fixture(scope="module")
def achievements(root: Path) -> pd.DataFrame:
    return compute_achievements(load_agency(root)).set_index(["indicator_id", "year"])


RESULTS = {
    # grades: CC B B BB BB were asked, CC B B BB B reached; D is 1, so B is 4 and BB 5
    "sakip": [(3, "met", None), (4, "met", None), (4, "met", None), (5, "met", None), (4, "missed", None)],
    # 60-85 was asked: below, at the lower end, inside, at the upper end, above
    "bor": [(55, "missed", 91.6667), (60, "met", 100), (72.5, "met", 100), (85, "met", 100), (90, "missed", 105.8824)],
    # < 24: the last of 23, 24, 22, 23,5
    "tanggap": [(23.5, "met", 102.0833)] * 5,
    # the mean of 10, 20, 30, 40 against 20, 22, 24, 25, 26
    "kunjungan": [
        *((25, "met", 125), (25, "met", 113.6364), (25, "met", 104.1667), (25, "met", 100), (25, "missed", 96.1538)),
    ],
    # 40 + 70 in two semesters against 100, 110, 110, 120, 120
    "diklat": [(110, "met", 110), *[(110, "met", 100)] * 2, *[(110, "missed", 91.6667)] * 2],
    # the mean of 80,125 and 82,456 against 80, 81, 82, 82,5, 83
    "ikm": [(81.2905, state, None) for state in ("met", "met", "missed", "missed", "missed")],
}


@pytest.mark.parametrize("indicator_id", RESULTS)
def test_each_kind_is_judged_as_computed_by_hand(achievements: pd.DataFrame, indicator_id: str) -> None:
    for year, (value, state, achieved) in zip(FIVE, RESULTS[indicator_id], strict=True):
        row = achievements.loc[(indicator_id, year)]
        assert (row["realisation"], row["state"]) == (pytest.approx(value), state)
        if achieved is not None:
            assert row["achievement_pct"] == pytest.approx(achieved, abs=1e-4)


def test_a_grade_has_no_per_cent_and_says_so(achievements: pd.DataFrame) -> None:
    row = achievements.loc[("sakip", 2022)]
    assert pd.isna(row["achievement_pct"])
    assert pd.isna(row["rating"])
    assert row["gap"] == -1
    assert "Predikat" in row["reason"]


def test_a_strict_bound_is_not_met_by_itself(root: Path, tmp_path: Path) -> None:
    own = kinds(tmp_path / "data")
    figures = own / "realisations/a.csv"
    text = figures.read_text(encoding="utf-8").replace("tanggap;2022-Q4;23,5", "tanggap;2022-Q4;24")
    figures.write_text(text, encoding="utf-8")
    row = compute_achievements(load_agency(own)).set_index(["indicator_id", "year"]).loc[("tanggap", 2022)]
    assert (row["state"], row["gap"], row["achievement_pct"]) == ("missed", 0, 100)
    assert row["reason"]


def test_a_grade_moves_by_steps_and_has_no_pace(root: Path) -> None:
    agency = load_agency(root)
    trends = compute_trends(agency, compute_achievements(agency)).set_index(["indicator_id", "year"])
    row = trends.loc[("sakip", 2022)]
    assert (row["change"], row["verdict"]) == (-1, "not_kept_rising")
    assert pd.isna(row["change_pct"])
    assert compute_outlook(agency, "kunjungan", 2022, through=6).verdict == "cannot_judge"
    assert "Rata-rata" in compute_outlook(agency, "kunjungan", 2022, through=6).reason


def test_a_semester_is_known_at_its_end(root: Path) -> None:
    agency = load_agency(root)
    halves = agency.figures[agency.figures["grain"] == "semester"]
    assert set(halves["period"].str[5:]) == {"S1", "S2"}
    known = set(as_of(agency, 2022, 6).figures.query("indicator_id == 'diklat' and year == 2022")["period"])
    assert known == {"2022-S1"}
    assert not set(as_of(agency, 2022, 5).figures.query("indicator_id == 'diklat' and year == 2022")["period"])
    so_far = figures_to(agency, 2).set_index(["indicator_id", "period"])["value"]
    assert so_far["diklat", "2022"] == 40


def test_a_semester_and_its_quarters_must_agree(tmp_path: Path) -> None:
    own = kinds(tmp_path / "data")
    figures = own / "realisations/a.csv"
    lines = figures.read_text(encoding="utf-8")
    more = ["diklat;2022-Q1;15;;;;;resmi;final;uji;", "diklat;2022-Q2;{};;;;;resmi;final;uji;"]
    figures.write_text("\n".join([lines, *more]).format(25), encoding="utf-8")
    assert load_agency(own)
    figures.write_text("\n".join([lines, *more]).format(26), encoding="utf-8")
    with pytest.raises(DataError, match="41"):
        load_agency(own)


@pytest.mark.parametrize(
    ("value", "told"),
    [("sakip;2018;4", "D, C, CC"), ("sakip;2018;BBB", "D, C, CC"), ("diklat;2018;Ya", "titik ribuan")],
)
def test_a_grade_is_a_word_of_its_scale(tmp_path: Path, value: str, told: str) -> None:
    own = kinds(tmp_path / "data")
    figures = own / "realisations/a.csv"
    lines = [line for line in figures.read_text(encoding="utf-8").splitlines() if not line.startswith(value[:10])]
    figures.write_text("\n".join([*lines, f"{value};;;;;resmi;final;uji;"]), encoding="utf-8")
    with pytest.raises(DataError, match=told):
        load_agency(own)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("97,5", Target(Decimal("97.5"))),
        ("27.799", Target(Decimal(27799))),
        ("95 %", Target(Decimal(95), percent=True)),
        ("< 24", Target(Decimal(24), None, True, "lower")),
        ("≤24", Target(Decimal(24), None, False, "lower")),
        ("maks. 24", Target(Decimal(24), None, False, "lower")),
        (">= 80", Target(Decimal(80), None, False, "higher")),
        ("minimal 80", Target(Decimal(80), None, False, "higher")),
        ("80-90", Target(Decimal(80), Decimal(90))),
        ("80 s.d. 90", Target(Decimal(80), Decimal(90))),
        ("80% – 90%", Target(Decimal(80), Decimal(90), percent=True)),
        ("-3", Target(Decimal(-3))),
    ],
)
def test_targets_as_decrees_write_them(text: str, wanted: Target) -> None:
    assert parse_target(text) == wanted


@pytest.mark.parametrize("text", ["", "20.1", "BB", "90-80", "80-80", "24 <", "< BB", "80-90-95"])
def test_other_targets_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_target(text)


def test_grades_are_places_in_their_scale() -> None:
    scale = ["D", "C", "CC", "B", "BB", "A", "AA"]
    assert [parse_target(each.lower(), scale).number for each in scale] == list(map(Decimal, range(1, 8)))
    assert parse_target("minimal BB", scale) == Target(Decimal(5), None, False, "higher")
    with pytest.raises(ValueError, match="65"):
        parse_target("65", scale)


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from(["", "< ", "> "]))
def test_a_target_is_written_as_it_is_read(low: int, more: int, sign: str) -> None:
    row = pd.Series({"target": float(low), "target_high": float("nan"), "sign": sign.strip(), "unit": "orang"})
    target = parse_target(format_target(row, bare=True))
    assert (target.number, target.sign) == (low, sign.strip())
    row["target_high"], row["sign"] = float(low + more), ""
    assert parse_target(format_target(row, bare=True))[:2] == (low, low + more)


def test_words_of_units_and_periods() -> None:
    unit = "Predikat: D < C < B"
    assert scale_of(unit) == ("D", "C", "B")
    assert scale_of("Rp juta") == scale_of("nilai: a") == ()
    assert format_amount(3, unit) == "B"
    assert (parse_period("Semester I 2021"), parse_period("2021-S2")) == ("2021-S1", "2021-S2")
    assert format_period("2021-S2") == "Semester II 2021"


@pytest.mark.parametrize(("target", "faults"), [("60-85", []), ("60-850", ["850"]), ("-5-85", ["-5"])])
def test_both_ends_of_a_range_are_held_against_the_bounds(target: str, faults: list[str]) -> None:
    row = AnnexRow(2, 1, "", "Keterisian", "Persen", {2021: parse_target(target)}, "")
    problems = check_targets(row, "annex.csv", indicator_id="bor", lower=0, upper=100, max_decimals=None, wide=False)
    assert [problem.found for problem in problems] == faults
