"""Scales side by side, ratings beside the year before, shares of the targeted indicators: by hand."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import iku_analysis as iku
from iku_analysis import compute_achievements, compute_achievements_to
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import rate
from iku_analysis.indonesian import format_percent

LAST = 'label = { id = "Sangat Rendah", en = "Very low" }\n'
SECOND = """
[[scale]]
name = { id = "Batas bawah", en = "Lower bounds" }
source = { id = "uji", en = "test" }
[[scale.rating]]
label = { id = "Sangat Tinggi", en = "Very high" }
from = 91
[[scale.rating]]
label = { id = "Tinggi", en = "High" }
from = 76
[[scale.rating]]
label = { id = "Sedang", en = "Medium" }
from = 66
[[scale.rating]]
label = { id = "Rendah", en = "Low" }
from = 51
[[scale.rating]]
label = { id = "Sangat Rendah", en = "Very low" }
"""
OTHER_NAMES = """
[[scale]]
name = { id = "Lampu", en = "Lights" }
source = { id = "uji", en = "test" }
[[scale.rating]]
label = { id = "Hijau", en = "Green" }
from = 100
[[scale.rating]]
label = { id = "Kuning", en = "Yellow" }
from = 80
[[scale.rating]]
label = { id = "Merah", en = "Red" }
"""


def scales(*more: str) -> dict[str, dict[str, str]]:
    return {"policy.toml": {LAST: LAST + "".join(more)}}


def compared(agency: Agency, indicator_id: str = "nik") -> pd.Series:
    return (
        iku.evaluation.compare_scales(agency, compute_achievements(agency), 2021)
        .set_index("indicator_id")
        .loc[indicator_id]
    )


# --- scales ---


@pytest.mark.parametrize(
    ("realisation", "first", "second", "flips"),
    [
        (109, "Sangat Tinggi", "Tinggi", True),  # 90,83%: above 90, not yet 91
        (110, "Sangat Tinggi", "Sangat Tinggi", False),  # 91,67%
        (108, "Tinggi", "Tinggi", False),  # 90%
        (91, "Tinggi", "Sedang", True),  # 75,83%
        (60, "Sangat Rendah", "Sangat Rendah", False),
        (61, "Rendah", "Sangat Rendah", True),  # 50,83%
    ],
)
def test_two_readings_of_one_table(make_agency, realisation: int, first: str, second: str, flips: bool) -> None:
    row = compared(make_agency(("nik", 2021, realisation), edits=scales(SECOND)))
    assert (row["rating_1"], row["rating_2"], row["flips"]) == (first, second, flips)
    assert row["achievement_pct"] == pytest.approx(realisation / 1.2)


@pytest.mark.parametrize(("realisation", "flips"), [(120, False), (119, True), (108, False), (96, False), (95, True)])
def test_other_names_are_compared_by_their_place(make_agency, realisation: int, flips: bool) -> None:
    # 119 is Sangat Tinggi but Kuning; 96 (80%) Tinggi and Kuning, the second of both; 95 Tinggi but Merah.
    row = compared(make_agency(("nik", 2021, realisation), edits=scales(OTHER_NAMES)))
    assert row["flips"] == flips


def test_any_two_of_three_scales(make_agency) -> None:
    row = compared(make_agency(("nik", 2021, 120), edits=scales(SECOND, OTHER_NAMES)))
    assert (row["rating_1"], row["rating_2"], row["rating_3"], row["flips"]) == (
        "Sangat Tinggi",
        "Sangat Tinggi",
        "Hijau",
        False,
    )
    # 119 is 99,17%: the two readings agree and the lights do not.
    assert compared(make_agency(("nik", 2021, 119), edits=scales(SECOND, OTHER_NAMES)))["flips"]
    assert compared(make_agency(("nik", 2021, 119), edits=scales(OTHER_NAMES, SECOND)))["flips"]


def test_without_an_achievement_nothing_flips(make_agency) -> None:
    row = compared(make_agency(edits=scales(SECOND)))
    assert (row["rating_1"], row["rating_2"], row["flips"]) == ("", "", False)
    assert pd.isna(row["achievement_pct"])


def test_one_scale_is_one_column(raw: Agency) -> None:
    frame = iku.evaluation.compare_scales(raw, compute_achievements(raw), 2021)
    assert list(frame.columns) == ["indicator_id", "number", "label", "achievement_pct", "rating_1", "flips"]
    assert not frame["flips"].any()


def test_the_first_scale_is_the_one_that_judges(example: Agency, achievements: pd.DataFrame) -> None:
    for year in example.years:
        frame = iku.evaluation.compare_scales(example, achievements, year)
        assert list(frame["rating_1"]) == list(achievements.loc[achievements["year"] == year, "rating"].fillna(""))
    assert [scale.name for scale in example.policy.scales] == ["Skala laporan ini", "Menurut aplikasi E.81"]


NEAR_A_BOUND = st.sampled_from([50, 51, 65, 66, 75, 76, 90, 91]).flatmap(
    lambda bound: st.floats(bound - 0.02, bound + 0.02)
)


@settings(deadline=None)
@given(NEAR_A_BOUND | st.floats(-200, 1000))
def test_rating_and_printed_number_never_disagree_on_any_scale(example: Agency, achievement_pct: float) -> None:
    printed = format_percent(achievement_pct).removesuffix("%")
    shown = Decimal(printed.replace("\N{MINUS SIGN}", "-").replace(".", "").replace(",", "."))
    names = ["Rendah", "Sedang", "Tinggi", "Sangat Tinggi"]
    first = [name for name, bound in zip(names, (50, 65, 75, 90), strict=True) if shown > bound]
    second = [name for name, bound in zip(names, (51, 66, 76, 91), strict=True) if shown >= bound]
    rated = [rate(achievement_pct, scale) for scale in example.policy.scales]
    assert rated == [["Sangat Rendah", *first][-1], ["Sangat Rendah", *second][-1]]


# --- moves ---


def moved(agency: Agency, indicator_id: str, year: int = 2021) -> pd.Series:
    return (
        iku.evaluation.rating_moves(agency, compute_achievements(agency), year)
        .set_index("indicator_id")
        .loc[indicator_id]
    )


@pytest.mark.parametrize(
    ("before", "now", "move"),
    [(80, 120, "up"), (120, 80, "down"), (115, 120, "same"), (60, 61, "up"), (61, 60, "down"), (0, 0, "same")],
)
def test_moves_go_by_the_order_of_the_classes(make_agency, before: int, now: int, move: str) -> None:
    row = moved(make_agency(("nik", 2020, before), ("nik", 2021, now)), "nik")
    assert (row["move"], row["reason"]) == (move, "")
    assert row["previous_achievement_pct"] == pytest.approx(before / 1.2)
    assert row["achievement_pct"] == pytest.approx(now / 1.2)


def test_new_lost_and_none(make_agency) -> None:
    agency = make_agency(("nik", 2021, 120), ("keluhan", 2020, (9, 10)))
    row = moved(agency, "nik")
    assert (row["move"], row["rating"], row["previous_rating"]) == ("new", "Sangat Tinggi", "")
    assert row["reason"] == "2020: Belum ada angka."
    row = moved(agency, "keluhan")
    assert (row["move"], row["rating"], row["previous_rating"]) == ("lost", "", "Tinggi")
    assert row["reason"] == "Belum ada angka."
    assert tuple(moved(agency, "uttp")[["move", "reason"]]) == ("none", "Belum ada angka.")
    assert moved(agency, "pasar_sni")["reason"] == "Tidak ditargetkan: keputusan menulis 0."


def test_no_comparison_across_a_break(make_agency) -> None:
    row = moved(make_agency(("ekspor", 2020, 1), ("ekspor", 2021, "4.208.117.493")), "ekspor")
    assert (row["move"], row["rating"], row["previous_rating"]) == ("none", "Sangat Tinggi", "Sangat Rendah")
    assert row["reason"] == "Tidak dibandingkan dengan 2020: definisinya berubah."


def test_the_first_year_has_none_before(make_agency) -> None:
    row = moved(make_agency(("umkm", 2018, "9.999")), "umkm", 2018)
    assert (row["move"], row["previous_rating"]) == ("new", "")
    assert row["reason"] == "Tidak ada target dan realisasi 2017."


# --- shares ---


def counted(frame: pd.DataFrame) -> dict[str, int]:
    return dict(zip(frame["result"], frame["count"], strict=True))


def test_shares(make_agency) -> None:
    agency = make_agency(("nik", 2021, 120), ("umkm", 2021, 1), ("keluhan", 2021, (9, 10)))
    frame = iku.evaluation.shares(agency, compute_achievements(agency), 2021)
    assert counted(frame) == {"met": 1, "missed": 2, "not_judged": 3, "not_targeted": 1}
    assert list(frame["pct"][:3]) == pytest.approx([100 / 6, 200 / 6, 50])
    assert pd.isna(frame["pct"].iloc[3])


def test_what_has_no_target_of_a_quarter_is_not_judged(make_agency) -> None:
    agency = make_agency(("nik", "2021-TW1", 30))
    frame = iku.evaluation.shares(agency, compute_achievements_to(agency, 1), 2021)
    assert counted(frame) == {"met": 0, "missed": 0, "not_judged": 6, "not_targeted": 1}


@pytest.fixture(scope="module")
def raw_achievements(raw: Agency) -> pd.DataFrame:
    return compute_achievements(raw)


STATES = st.lists(st.sampled_from(["met", "missed", "no_data", "untargeted_realisation"]), min_size=35, max_size=35)


@settings(deadline=None)
@given(STATES, st.integers(2018, 2022))
def test_shares_sum_to_the_targeted_indicators(
    raw: Agency, raw_achievements: pd.DataFrame, states: list[str], year: int
) -> None:
    frame = iku.evaluation.shares(raw, raw_achievements.assign(state=states), year)
    targeted = int(raw.targets.loc[raw.targets["year"] == year, "targeted"].sum())
    assert frame["count"][:3].sum() == targeted
    assert frame["pct"][:3].sum() == pytest.approx(100)
    assert frame["count"].sum() == 7
