"""Change, cumulative sums, pace and verdicts, by hand."""

import pandas as pd
import pytest

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import compute_achievements
from iku_analysis.analysis.trend import compute_trends, required_growth_pct

TOML = "decrees/154-2018/indicators.toml"


def few(points: int) -> str:
    return f"Baru {points} tahun yang dapat dibandingkan: belum cukup untuk menyimpulkan arah."


ALONE = "Kurang dari dua titik dengan definisi yang sama."
# With this export in 2019, 3.000.000 USD are left to the target of 2022: 1.000.000 a year.
EXPORT_2019 = 4_247_198_668


def trends_of(agency: Agency, indicator_id: str) -> pd.DataFrame:
    """Return the rows of one indicator in frame `trends`, by year."""
    trends = compute_trends(agency, compute_achievements(agency))
    return trends[trends["indicator_id"] == indicator_id].set_index("year")


# --- change ---


def test_change_in_the_unit_and_in_per_cent(make_agency) -> None:
    trends = trends_of(make_agency(("nik", 2019, 120), ("nik", 2020, 126), ("nik", 2021, 63)), "nik")
    assert list(trends.loc[2020, ["realisation", "previous", "change", "change_pct"]]) == [126, 120, 6, 5]
    assert list(trends.loc[2021, ["realisation", "previous", "change", "change_pct"]]) == [63, 126, -63, -50]
    assert trends.loc[2019, ["previous", "change", "change_pct"]].isna().all()
    assert trends.loc[2022, ["change", "change_pct"]].isna().all()
    assert trends.loc[2022, "previous"] == 63


def test_a_missing_year_leaves_the_next_without_change(make_agency) -> None:
    trends = trends_of(make_agency(("nik", 2019, 120), ("nik", 2021, 126)), "nik")
    assert trends.loc[2021, ["previous", "change", "change_pct"]].isna().all()


def test_no_per_cent_of_nothing(make_agency) -> None:
    trends = trends_of(make_agency(("nik", 2019, 0), ("nik", 2020, 5)), "nik")
    assert trends.loc[2020, "change"] == 5
    assert pd.isna(trends.loc[2020, "change_pct"])


def test_a_percentage_changes_in_points_only(make_agency) -> None:
    trends = trends_of(make_agency(("uttp", 2019, (960, 1000)), ("uttp", 2020, (985, 1000))), "uttp")
    assert trends.loc[2020, "change"] == 2.5
    assert pd.isna(trends.loc[2020, "change_pct"])


def test_change_of_the_target(make_agency) -> None:
    agency = make_agency()
    markets = trends_of(agency, "pasar_diawasi")["target_change_pct"]
    assert list(markets.loc[2020:].round(4)) == [11.1111, 10, 9.0909]
    assert markets.loc[:2019].isna().all()  # 2018 was not targeted
    assert list(trends_of(agency, "ekspor")["target_change_pct"].round(6).dropna()) == [1, 1, 1, 1]
    assert list(trends_of(agency, "umkm")["target_change_pct"].round(4).dropna()) == [177.99, 0, 0, -0.0072]


# --- breaks ---


@pytest.mark.parametrize(("indicator_id", "year"), [("umkm", 2020), ("umkm", 2021), ("uttp", 2019), ("ekspor", 2021)])
def test_a_break_stops_the_comparison(example: Agency, indicator_id: str, year: int) -> None:
    trends = trends_of(example, indicator_id)
    row = trends.loc[year]
    assert row[["previous", "change", "change_pct", "actual_per_year", "pace"]].isna().all()
    assert row["reason"].startswith(f"Tidak dibandingkan dengan {year - 1}: definisinya berubah.")
    assert row["points"] == 1
    assert pd.notna(trends.loc[year - 1, "realisation"])


def test_only_the_breaks_stop_the_comparison(example: Agency) -> None:
    trends = compute_trends(example, compute_achievements(example))
    stopped = trends[trends["reason"].str.contains("definisinya berubah")]
    assert list(zip(stopped["indicator_id"], stopped["year"], strict=True)) == [
        ("umkm", 2020),
        ("umkm", 2021),
        ("uttp", 2019),
        ("ekspor", 2021),
    ]


def test_points_count_from_the_break(example: Agency) -> None:
    assert list(trends_of(example, "umkm")["points"]) == [1, 2, 1, 1, 2]
    assert list(trends_of(example, "uttp")["points"]) == [1, 1, 2, 3, 4]
    assert list(trends_of(example, "ekspor")["points"]) == [1, 2, 3, 1, 2]
    assert list(trends_of(example, "keluhan")["points"]) == [1, 2, 3, 4, 5]


def test_no_word_of_a_break_where_nothing_could_be_compared(make_agency) -> None:
    assert trends_of(make_agency(("umkm", 2020, 28000)), "umkm").loc[2020, "reason"] == ""


def test_a_break_still_counts_under_a_later_decree(make_agency) -> None:
    figures = [("ekspor", year, "4.200.000.000") for year in (2019, 2020, 2021, 2022)]
    agency = make_agency(*figures, ("ekspor", 2023, "4.230.198.668"), later=True)
    row = trends_of(agency, "ekspor").loc[2023]
    assert row["points"] == 3  # since 2021
    assert row["actual_per_year"] == 15_099_334  # 30.198.668 in two years
    assert row["required_per_year"] == 5_000_000  # 20.000.000 to the target of 2027 in four years


# --- cumulative ---


def test_flows_add_up_against_the_sum_of_targets(make_agency) -> None:
    trends = trends_of(make_agency(("umkm", 2018, 9000), ("umkm", 2019, 20000), ("umkm", 2021, 30000)), "umkm")
    assert list(trends["cumulative"].iloc[:2]) == [9000, 29000]
    assert trends["cumulative"].iloc[2:].isna().all()  # 2020 is missing, so no later sum is known
    assert list(trends["cumulative_target"]) == [10000, 37799, 65598, 93397, 121194]


def test_untargeted_years_are_in_no_sum(make_agency) -> None:
    trends = trends_of(make_agency(("nik", 2018, 35), ("nik", 2019, 100), ("nik", 2020, 110)), "nik")
    assert trends["cumulative"].fillna(-1).tolist() == [-1, 100, 210, -1, -1]
    assert trends["cumulative_target"].fillna(-1).tolist() == [-1, 120, 240, 360, 480]


def test_percentages_do_not_add_up(example: Agency) -> None:
    for indicator_id in ("keluhan", "uttp"):
        assert trends_of(example, indicator_id)[["cumulative", "cumulative_target"]].isna().all(axis=None)


# --- pace ---


@pytest.mark.parametrize(
    ("gained", "pace", "verdict"),
    [
        (2_000_000, 2.0, "on_track"),
        (950_000, 0.95, "on_track"),
        (949_999, 0.949999, "lagging"),
        (600_000, 0.60, "lagging"),
        (599_999, 0.599999, "far_behind"),
        (0, 0, "far_behind"),
        (-1, -0.000001, "away"),
        (-500_000, -0.5, "away"),
    ],
)
def test_pace(make_agency, gained: int, pace: float, verdict: str) -> None:
    agency = make_agency(("ekspor", 2018, EXPORT_2019 - gained), ("ekspor", 2019, EXPORT_2019))
    row = trends_of(agency, "ekspor").loc[2019]
    assert row["actual_per_year"] == gained
    assert row["required_per_year"] == 1_000_000
    assert row["pace"] == pytest.approx(pace, abs=1e-12)
    assert (row["verdict"], row["reason"]) == (verdict, few(2))


def test_the_bounds_are_the_policys(make_agency) -> None:
    edits = {"policy.toml": {"on_track = 0.95": "on_track = 0.90", "lagging = 0.60": "lagging = 0.10"}}
    for gained, verdict in ((900_000, "on_track"), (899_999, "lagging"), (100_000, "lagging"), (99_999, "far_behind")):
        figures = [("ekspor", 2018, EXPORT_2019 - gained), ("ekspor", 2019, EXPORT_2019)]
        assert trends_of(make_agency(*figures, edits=edits), "ekspor").loc[2019, "verdict"] == verdict


def test_pace_by_hand_over_three_points(make_agency) -> None:
    agency = make_agency(("uttp", 2019, (950, 1000)), ("uttp", 2020, (955, 1000)), ("uttp", 2021, (970, 1000)))
    row = trends_of(agency, "uttp").loc[2021]
    assert row["actual_per_year"] == 1  # 2 points in two years
    assert row["required_per_year"] == 3  # 97 to 100 in one year
    assert row["pace"] == pytest.approx(0.333333333)
    assert (row["points"], row["verdict"], row["reason"]) == (3, "far_behind", few(3))


def test_a_gap_in_the_years_still_counts_as_years(make_agency) -> None:
    agency = make_agency(("ekspor", 2018, "4.100.000.000"), ("ekspor", 2020, "4.150.198.668"))
    row = trends_of(agency, "ekspor").loc[2020]
    assert row["actual_per_year"] == 25_099_334  # 50.198.668 in two years
    assert row["required_per_year"] == 50_000_000
    assert (row["points"], row["verdict"]) == (2, "far_behind")


def test_from_four_points_the_verdict_is_more_than_indicative(make_agency) -> None:
    edits = {TOML: {'year = 2021\nnote = { id = "2021: batas': 'year = 2022\nnote = { id = "2021: batas'}}
    figures = [("ekspor", year, 4_200_000_000 + 10_000_000 * (year - 2018)) for year in (2018, 2019, 2020, 2021)]
    trends = trends_of(make_agency(*figures, edits=edits), "ekspor")
    assert list(trends["points"]) == [1, 2, 3, 4, 0]
    assert list(trends["reason"].iloc[1:4]) == [few(2), few(3), ""]
    assert list(trends.loc[2021, ["actual_per_year", "required_per_year"]]) == [10_000_000, 20_198_668]
    assert trends.loc[2021, "verdict"] == "far_behind"  # a pace of 0,495


@pytest.mark.parametrize("value", [4_250_198_668, 4_300_000_000])
def test_achieved_once_the_last_target_is_reached(make_agency, value: int) -> None:
    row = trends_of(make_agency(("ekspor", 2018, 4_400_000_000), ("ekspor", 2019, value)), "ekspor").loc[2019]
    assert (row["verdict"], row["reason"]) == ("achieved", "")  # although it fell
    assert pd.isna(row["pace"])


@pytest.mark.parametrize(
    ("before", "now", "pace", "verdict"),
    [(40, 36, 0.6666666667, "lagging"), (40, 34, 1.2, "on_track"), (40, 42, -0.2222222222, "away")],
)
def test_pace_where_lower_is_better(make_agency, before: int, now: int, pace: float, verdict: str) -> None:
    label = 'en = "Markets supervised (SNI, food, UTTP)" }\ndirection = '
    edits = {TOML: {f'{label}"higher"': f'{label}"lower"'}}
    figures = [("pasar_diawasi", 2019, before), ("pasar_diawasi", 2020, now)]
    row = trends_of(make_agency(*figures, edits=edits), "pasar_diawasi").loc[2020]
    assert row["pace"] == pytest.approx(pace)
    assert row["verdict"] == verdict


def test_achieved_where_lower_is_better(make_agency) -> None:
    label = 'en = "Markets supervised (SNI, food, UTTP)" }\ndirection = '
    edits = {TOML: {f'{label}"higher"': f'{label}"lower"'}}
    trends = trends_of(make_agency(("pasar_diawasi", 2020, 24), edits=edits), "pasar_diawasi")
    assert trends.loc[2020, "verdict"] == "achieved"


# --- flat paths, the last year, and what cannot be judged ---


def test_flat_targets_are_kept_or_not(make_agency) -> None:
    trends = trends_of(make_agency(("nik", 2019, 120), ("nik", 2020, 119), ("nik", 2022, 121)), "nik")
    assert list(trends["verdict"]) == ["cannot_judge", "kept", "not_kept", "cannot_judge", "kept"]
    assert trends["pace"].isna().all()
    assert list(trends["total_target"]) == [480] * 5  # 4 x 120; 2018 is not targeted


@pytest.mark.parametrize(
    ("before", "value", "verdict"),
    [
        (4_250_198_600, 4_250_198_668, "kept"),
        (4_250_198_667, 4_250_198_667, "not_kept"),
        (4_250_198_600, 4_250_198_667, "not_kept_rising"),
        (4_250_198_668, 4_250_198_667, "not_kept"),
        (4_250_198_669, 4_250_198_668, "kept_falling"),
    ],
)
def test_in_the_last_year_the_target_is_kept_or_not(make_agency, before: int, value: int, verdict: str) -> None:
    trends = trends_of(make_agency(("ekspor", 2021, before), ("ekspor", 2022, value)), "ekspor")
    assert trends.loc[2022, "verdict"] == verdict
    assert trends.loc[2022, ["required_per_year", "pace"]].isna().all()


def test_the_last_targeted_year_is_the_last_one(make_agency) -> None:
    trends = trends_of(make_agency(("pasar_sni", 2018, 16)), "pasar_sni")
    assert trends.loc[2018, "verdict"] == "kept"
    assert list(trends.loc[2019:, "verdict"]) == ["cannot_judge"] * 4
    assert set(trends.loc[2019:, "reason"]) == {"Tidak ditargetkan tahun ini."}


def test_one_point_cannot_be_judged(make_agency) -> None:
    row = trends_of(make_agency(("ekspor", 2018, 4_000_000_000)), "ekspor").loc[2018]
    assert (row["verdict"], row["reason"], row["points"]) == ("cannot_judge", ALONE, 1)
    assert pd.isna(row["actual_per_year"])


def test_one_point_after_a_break_cannot_be_judged(make_agency) -> None:
    figures = [("ekspor", year, 4_000_000_000 + year) for year in (2019, 2020, 2021)]
    row = trends_of(make_agency(*figures), "ekspor").loc[2021]
    assert row["verdict"] == "cannot_judge"
    assert row["reason"] == f"Tidak dibandingkan dengan 2020: definisinya berubah. {ALONE}"


def test_a_year_without_realisation_cannot_be_judged(make_agency) -> None:
    row = trends_of(make_agency(("ekspor", 2018, 4_000_000_000), ("ekspor", 2019, 4_100_000_000)), "ekspor").loc[2020]
    assert (row["verdict"], row["reason"]) == ("cannot_judge", "Belum ada realisasi tahun ini.")
    assert row[["realisation", "change", "actual_per_year", "required_per_year", "pace"]].isna().all()
    assert row["previous"] == 4_100_000_000


def test_an_untargeted_year_cannot_be_judged(make_agency) -> None:
    row = trends_of(make_agency(("nik", 2018, 35)), "nik").loc[2018]
    assert (row["verdict"], row["reason"]) == ("cannot_judge", "Tidak ditargetkan tahun ini.")


def test_nothing_can_be_judged_in_the_real_root(raw: Agency) -> None:
    trends = compute_trends(raw, compute_achievements(raw))
    assert len(trends) == 35
    assert set(trends["verdict"]) == {"cannot_judge"}


# --- growth ---


@pytest.mark.parametrize(
    ("realisation", "target", "years", "growth"),
    [(100, 121, 2, 10), (100, 81, 2, -10), (100, 100, 3, 0), (4, 5, 1, 25)],
)
def test_required_growth(realisation: float, target: float, years: int, growth: float) -> None:
    assert required_growth_pct(realisation, target, years) == pytest.approx(growth)


@pytest.mark.parametrize(("realisation", "target", "years"), [(0, 5, 1), (5, 0, 1), (5, 5, 0), (-1, 5, 1), (5, -5, 1)])
def test_growth_needs_positive_numbers(realisation: float, target: float, years: int) -> None:
    with pytest.raises(ValueError, match="growth needs positive numbers"):
        required_growth_pct(realisation, target, years)
