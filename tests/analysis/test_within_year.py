"""A year under way: hand-computed paths, ranges and needs; every verdict and every refusal."""

import math

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from iku_analysis import IkuError, compute_outlook, cumulative_path
from iku_analysis.schema import OUTLOOKS

# Targets: nik 120 a year from 2019 on, uttp 98% in 2020 and 99% in 2021, ekspor 4.208.117.493 USD in 2021.


def quarters(indicator: str, year: int, values: list) -> list[tuple]:
    return [(indicator, f"{year}-TW{number}", value) for number, value in enumerate(values, start=1)]


def months(indicator: str, year: int, values: list) -> list[tuple]:
    return [(indicator, f"{year}-{number:02d}", value) for number, value in enumerate(values, start=1)]


# --- counts ---


def test_path_is_even_without_an_earlier_year(make_agency) -> None:
    path = cumulative_path(make_agency(*quarters("nik", 2020, [20, 30])), "nik", 2020)
    assert list(path["period"]) == ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4"]
    assert list(path["path"]) == [30, 60, 90, 120]
    assert list(path["cumulative"][:2]) == [20, 50]
    assert path["cumulative"][2:].isna().all()


def test_path_follows_the_mean_shape_of_earlier_years(make_agency) -> None:
    figures = [
        *quarters("nik", 2019, [10, 20, 30, 40]),
        *quarters("nik", 2020, [40, 20, 20, 20]),
        ("nik", "2021-TW1", 5),
    ]
    path = cumulative_path(make_agency(*figures), "nik", 2021)
    # Shares reached: 2019 10, 30, 60, 100%; 2020 40, 60, 80, 100%; mean 25, 45, 70, 100% of 120.
    assert list(path["path"]) == pytest.approx([30, 54, 84, 120])


def test_range_from_pace_and_earlier_shapes(make_agency) -> None:
    figures = [*quarters("nik", 2019, [10, 20, 30, 40]), *quarters("nik", 2020, [40, 20, 20, 20])]
    outlook = compute_outlook(make_agency(*figures, *quarters("nik", 2021, [15, 21])), "nik", 2021)
    # 36 so far: even pace 72; as 2019 36 / 0,3 = 120; as 2020 36 / 0,6 = 60.
    assert (outlook.so_far, outlook.low, outlook.high) == (36, 60, 120)
    assert (outlook.known, outlook.left, outlook.best, outlook.needed) == (2, 2, 21, 42)
    assert outlook.verdict == "beyond_best"


def test_range_from_the_pace_alone(make_agency) -> None:
    outlook = compute_outlook(make_agency(*quarters("nik", 2021, [20, 50])), "nik", 2021)
    assert (outlook.low, outlook.high) == (70 + 2 * 20, 70 + 2 * 50)
    assert (outlook.needed, outlook.best, outlook.verdict) == (25, 50, "needs_speed")


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([30, 30], "on_path"),  # the slower quarter twice more: exactly 120
        ([29, 31], "needs_speed"),  # 118 at the slower pace; 30 a quarter needed, the best was 31
        ([29, 29], "beyond_best"),
        ([60, 60], "reached"),
        ([30, 30, 30, 29], "not_reached"),
        ([30, 30, 30, 30], "reached"),
        ([0, 0], "cannot_judge"),
        ([0, 0, 0, 0], "not_reached"),
    ],
)
def test_verdict_of_a_count(make_agency, values: list[int], verdict: str) -> None:
    assert compute_outlook(make_agency(*quarters("nik", 2021, values)), "nik", 2021).verdict == verdict


def test_all_zeros_say_so(make_agency) -> None:
    outlook = compute_outlook(make_agency(*quarters("nik", 2021, [0, 0])), "nik", 2021)
    assert outlook.reason == "Semua angka sejauh ini nol: laju tidak dapat dihitung."


def test_months_are_taken_before_quarters(make_agency) -> None:
    figures = [*months("ekspor", 2021, [400_000_000] * 5), ("ekspor", "2021-TW1", 1_200_000_000)]
    outlook = compute_outlook(make_agency(*figures), "ekspor", 2021)
    assert (outlook.grain, outlook.known, outlook.left) == ("month", 5, 7)
    assert outlook.needed == pytest.approx((4_208_117_493 - 2_000_000_000) / 7)


def test_a_gap_ends_what_is_known(make_agency) -> None:
    figures = [("nik", "2021-01", 9), ("nik", "2021-02", 11), ("nik", "2021-04", 50)]
    agency = make_agency(*figures)
    outlook = compute_outlook(agency, "nik", 2021)
    assert (outlook.known, outlook.so_far) == (2, 20)
    assert cumulative_path(agency, "nik", 2021)["cumulative"].notna().sum() == 2


def test_a_year_without_its_beginning_is_refused(make_agency) -> None:
    outlook = compute_outlook(make_agency(("nik", "2021-04", 50)), "nik", 2021)
    assert (outlook.verdict, outlook.reason) == (
        "cannot_judge",
        "Awal tahun belum dilaporkan; angka pertama April 2021.",
    )


def test_through_looks_back(make_agency) -> None:
    agency = make_agency(*months("ekspor", 2021, [400_000_000] * 12))
    assert compute_outlook(agency, "ekspor", 2021, through=3).so_far == 1_200_000_000
    assert compute_outlook(agency, "ekspor", 2021).verdict == "reached"
    assert cumulative_path(agency, "ekspor", 2021, through=3)["cumulative"].notna().sum() == 3
    quarterly = make_agency(*quarters("nik", 2021, [40, 40, 40, 40]))
    assert compute_outlook(quarterly, "nik", 2021, through=8).known == 2  # the third quarter ends in month 9


@pytest.mark.parametrize("through", [0, 13, -1])
def test_a_month_that_no_year_has(make_agency, through: int) -> None:
    with pytest.raises(IkuError, match="1 sampai 12"):
        compute_outlook(make_agency(), "nik", 2021, through=through)


def test_a_broken_definition_gives_no_shape(make_agency) -> None:
    """Umkm means something else from 2021 on: 2020 says nothing about how a year of 2021 runs."""
    figures = [*quarters("umkm", 2020, [1000, 1000, 1000, 9700]), ("umkm", "2021-TW1", 7000)]
    outlook = compute_outlook(make_agency(*figures), "umkm", 2021)
    assert (outlook.low, outlook.high) == (28_000, 28_000)


def test_lower_is_better(make_agency) -> None:
    label = 'en = "Cooperatives with NIK certificate" }\ndirection = '
    edits = {"decrees/154-2018/indicators.toml": {f'{label}"higher"': f'{label}"lower"'}}
    verdicts = {
        values: compute_outlook(make_agency(*quarters("nik", 2021, list(values)), edits=edits), "nik", 2021).verdict
        for values in [(20, 20), (20, 45), (40, 60), (60, 61), (30, 30, 30, 30), (30, 30, 30, 31)]
    }
    assert list(verdicts.values()) == ["on_path", "needs_speed", "beyond_best", "not_reached", "reached", "not_reached"]


def test_a_running_total_is_not_summed(make_agency) -> None:
    reason = 'en = "Cooperatives with NIK certificate" }\ndirection = "higher"\naggregation = '
    edits = {"decrees/154-2018/indicators.toml": {f'{reason}"sum"': f'{reason}"last"'}}
    agency = make_agency(*quarters("nik", 2021, [20, 70]), edits=edits)
    outlook = compute_outlook(agency, "nik", 2021)
    assert (outlook.so_far, outlook.best, outlook.needed) == (70, 50, 25)
    assert list(cumulative_path(agency, "nik", 2021)["cumulative"][:2]) == [20, 70]


# --- percentages ---


def test_what_of_the_rest_must_be_covered(make_agency) -> None:
    figures = [*quarters("uttp", 2020, [(98, 100), (98, 100), (200, 200), (100, 100)]), ("uttp", "2021-TW1", (97, 100))]
    outlook = compute_outlook(make_agency(*figures), "uttp", 2021)
    # As in 2020 a fifth is due in the first quarter: 400 more. 99% of 500 is 495, so 398 of 400.
    assert outlook.needed == pytest.approx(99.5)
    assert (outlook.so_far, outlook.best, outlook.uncovered) == (97, 97, 2)
    assert (outlook.low, outlook.high) == pytest.approx((97, 97))
    assert outlook.verdict == "beyond_best"


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ([(99, 100), (100, 100)], "on_path"),
        ([(98, 100), (100, 100)], "needs_speed"),
        ([(98, 100), (99, 100)], "beyond_best"),
        ([(95, 100), (100, 100)], "beyond_reach"),  # 396 of 400 needed, 195 covered, 200 left
        ([(99, 100)] * 4, "reached"),
        ([(99, 100)] * 3 + [(98, 100)], "not_reached"),
    ],
)
def test_verdict_of_a_percentage(make_agency, counts: list, verdict: str) -> None:
    assert compute_outlook(make_agency(*quarters("uttp", 2021, counts)), "uttp", 2021).verdict == verdict


def test_path_of_a_percentage_is_the_target(make_agency) -> None:
    path = cumulative_path(make_agency(*quarters("uttp", 2021, [(90, 100), (297, 300)])), "uttp", 2021)
    assert list(path["path"]) == [99] * 4
    assert list(path["cumulative"][:2]) == [90, 96.75]  # 387 / 400, not the mean of 90 and 99


@pytest.mark.parametrize("counts", [[(0, 0)], [(0, 0), (0, 0)]])
def test_a_denominator_of_zero_is_refused(make_agency, counts: list) -> None:
    outlook = compute_outlook(make_agency(*quarters("keluhan", 2021, counts)), "keluhan", 2021)
    assert outlook.verdict == "cannot_judge"
    assert outlook.reason == "Penyebut nol atau tidak diisi: persentase tidak dapat dihitung."


def test_a_quarter_of_zero_among_others_is_no_fault(make_agency) -> None:
    outlook = compute_outlook(make_agency(*quarters("keluhan", 2021, [(10, 10), (0, 0)])), "keluhan", 2021)
    assert (outlook.so_far, outlook.verdict) == (100, "on_path")


def test_percentages_without_parts_are_refused(make_agency) -> None:
    outlook = compute_outlook(make_agency(*quarters("keluhan", 2021, ["90%", "95%"])), "keluhan", 2021)
    assert (outlook.verdict, outlook.so_far) == ("cannot_judge", None)


# --- what cannot be judged ---


@pytest.mark.parametrize(
    ("indicator", "year", "reason"),
    [
        ("nik", 2018, "Tidak ditargetkan tahun ini."),
        ("nik", 2021, "Belum ada angka bulanan atau triwulanan."),
        ("uttp", 2021, "Belum ada angka bulanan atau triwulanan."),
    ],
)
def test_no_outlook_and_why(make_agency, indicator: str, year: int, reason: str) -> None:
    outlook = compute_outlook(make_agency(("nik", 2021, 130)), indicator, year)
    assert (outlook.verdict, outlook.reason, outlook.so_far) == ("cannot_judge", reason, None)


def test_bases_are_not_mixed(make_agency) -> None:
    published = [(*figure, {"basis": "publikasi"}) for figure in quarters("nik", 2021, [10, 10, 10])]
    outlook = compute_outlook(make_agency(("nik", "2021-TW1", 50), *published), "nik", 2021)
    assert (outlook.known, outlook.so_far) == (1, 50)


def test_provisional_is_marked(make_agency) -> None:
    agency = make_agency(("nik", "2021-TW1", 50), ("nik", "2021-TW2", 9, {"status": "sementara"}))
    assert compute_outlook(agency, "nik", 2021).provisional
    assert not compute_outlook(agency, "nik", 2021, through=3).provisional


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.integers(0, 80), min_size=1, max_size=4))
def test_always_a_verdict_and_an_ordered_range(make_agency, values: list[int]) -> None:
    outlook = compute_outlook(make_agency(*quarters("nik", 2021, values)), "nik", 2021)
    assert outlook.verdict in OUTLOOKS
    if outlook.low is not None and outlook.high is not None:
        assert sum(values) <= outlook.low <= outlook.high
        assert not math.isnan(outlook.high)
    if outlook.needed is not None:
        assert outlook.needed * max(outlook.left, 1) == pytest.approx(max(120 - sum(values), 0))


def test_the_example_recomputed_from_its_rows(example) -> None:
    rows = pd.read_csv(example.root / "realisations/exports.csv", dtype=str)
    of_2020 = rows[rows["period"].str.startswith("2020")]["value"].str.replace(",", "").astype(int)
    outlook = compute_outlook(example, "ekspor", 2020, through=9)
    assert outlook.so_far == of_2020[:9].sum()
    assert outlook.needed == pytest.approx((4_166_452_963 - of_2020[:9].sum()) / 3)
    assert outlook.best == of_2020[:9].max()
    ends = [of_2020[:9].sum() / 9 * 12]
    for year in ("2018", "2019"):
        before = rows[rows["period"].str.startswith(year)]["value"].str.replace(",", "").astype(int)
        ends.append(of_2020[:9].sum() / before[:9].sum() * before.sum())
    assert (outlook.low, outlook.high) == pytest.approx((min(ends), max(ends)))
