"""The plan of a year: where it starts, what is left and what each quarter must bring, by hand."""

import pandas as pd
import pytest
from hand_made import with_targets
from hypothesis import given, strategies as st

from iku_analysis import IkuError, compute_achievements, compute_plan
from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import exact_sum
from iku_analysis.analysis.plan import QUARTERS, spread

# Targets: nik 0 in 2018, then 120 a year; pasar_diawasi 18, 20, 22, 24 from 2019 on; uttp 99% in 2021 and 100% in
# 2022, ekspor 4.208.117.493 USD in 2021. umkm means something else from 2020 and again from 2021 on.


def plan_of(agency: Agency, indicator_id: str, year: int) -> pd.Series:
    return compute_plan(agency, compute_achievements(agency), year).set_index("indicator_id").loc[indicator_id]


def quarters(indicator: str, year: int, values: list) -> list[tuple]:
    return [(indicator, f"{year}-TW{number}", value) for number, value in enumerate(values, start=1)]


def test_a_flow(make_agency) -> None:
    agency = make_agency(("nik", 2018, 35), ("nik", 2019, 100), ("nik", 2020, 96), ("nik", 2021, 500))
    row = plan_of(agency, "nik", 2021)
    assert (row["baseline_year"], row["baseline"]) == (2020, 96)  # 2021 itself is not before 2021
    assert (row["target"], row["needed"], row["needed_pct"]) == (120, 24, 25)
    assert (row["so_far"], row["total_target"], row["left"]) == (196, 480, 284)  # 2018 is not targeted
    assert (row["last_year"], row["last_target"], row["distance"]) == (2022, 120, 24)
    assert (row["number"], row["unit"], row["year"], row["reason"]) == (1, "Koperasi", 2021, "")


def test_a_percentage(make_agency) -> None:
    row = plan_of(make_agency(("uttp", 2020, (975, 1000))), "uttp", 2021)
    assert (row["baseline"], row["target"], row["needed"], row["distance"]) == (97.5, 99, 1.5, 2.5)
    assert row[["needed_pct", "so_far", "total_target", "left"]].isna().all()
    assert list(row[QUARTERS]) == [99] * 4
    assert row["quarters_from"] == ""


def test_the_baseline_is_the_latest_year_that_is_known(make_agency) -> None:
    row = plan_of(make_agency(("nik", 2019, 100)), "nik", 2022)
    assert (row["baseline_year"], row["baseline"]) == (2019, 100)
    assert pd.isna(row["so_far"])
    assert pd.isna(row["left"])
    assert row["total_target"] == 480
    assert row["reason"] == "Jumlah sejauh ini tidak diketahui: belum ada realisasi 2020, 2021."


def test_no_baseline_across_a_break(make_agency) -> None:
    row = plan_of(make_agency(("umkm", 2018, 1), ("umkm", 2019, 2), ("umkm", 2020, 3)), "umkm", 2021)
    assert row[["baseline_year", "baseline", "needed", "needed_pct", "distance"]].isna().all()
    assert row["target"] == 27_799
    assert row["so_far"] == 6
    assert row["reason"] == (
        "Belum ada realisasi dengan arti yang berlaku sejak 2021. "
        "Jumlah sejauh ini mencakup tahun sebelum definisinya berubah."
    )


def test_nothing_before(make_agency) -> None:
    row = plan_of(make_agency(), "nik", 2019)
    assert row["reason"] == "Belum ada realisasi sebelum 2019."
    assert (row["so_far"], row["left"]) == (0, 480)


def test_a_baseline_of_0_has_no_per_cent(make_agency) -> None:
    row = plan_of(make_agency(("nik", 2019, 0)), "nik", 2020)
    assert (row["baseline"], row["needed"]) == (0, 120)
    assert pd.isna(row["needed_pct"])


def test_more_than_the_total_is_left_as_a_negative(make_agency) -> None:
    assert plan_of(make_agency(("nik", 2019, 500)), "nik", 2020)["left"] == -20


def test_not_targeted(make_agency) -> None:
    agency = make_agency(("pasar_sni", 2018, 17))
    row = plan_of(agency, "nik", 2018)
    assert row["reason"] == "Tidak ditargetkan: keputusan menulis 0."
    assert row[["target", "needed", "so_far", "left", *QUARTERS]].isna().all()
    assert (row["last_year"], row["last_target"]) == (2022, 120)
    assert plan_of(agency, "pasar_sni", 2021)[["target", "last_year", "last_target"]].isna().all()


def test_a_later_decree_counts_only_its_own_targets(make_agency) -> None:
    agency = make_agency(("nik", 2022, 90), ("nik", 2023, 5), later=True)
    row = plan_of(agency, "nik", 2024)
    assert (row["baseline"], row["so_far"], row["total_target"], row["last_year"]) == (5, 0, 480, 2027)
    assert plan_of(agency, "nik", 2023)["baseline"] == 90


def test_one_row_an_indicator_in_the_annexs_order(raw: Agency) -> None:
    frame = compute_plan(raw, compute_achievements(raw), 2021)
    assert list(frame["number"]) == [1, 2, 3, 4, 5, 6, 7]
    with pytest.raises(IkuError, match="2030"):
        compute_plan(raw, compute_achievements(raw), 2030)


# --- quarters ---


def test_targets_that_the_agency_has_set_come_first(make_agency) -> None:
    agency = make_agency(*quarters("nik", 2020, [10, 20, 30, 40]))
    agency = with_targets(agency, {("nik", 2021): [20, 30, 30, 40], ("uttp", 2021): [90, 95, 98, 99]})
    assert list(plan_of(agency, "nik", 2021)[QUARTERS]) == [20, 30, 30, 40]
    assert plan_of(agency, "nik", 2021)["quarters_from"] == "targets"
    assert list(plan_of(agency, "uttp", 2021)[QUARTERS]) == [90, 95, 98, 99]


def test_the_shape_of_earlier_years(make_agency) -> None:
    agency = make_agency(*quarters("nik", 2019, [10, 20, 30, 40]), *quarters("nik", 2020, [40, 20, 20, 20]))
    row = plan_of(agency, "nik", 2021)
    # Mean shares 25, 20, 25, 30% of 120.
    assert list(row[QUARTERS]) == [30, 24, 30, 36]
    assert row["quarters_from"] == "shape"


def test_an_even_share_without_an_earlier_year(make_agency) -> None:
    row = plan_of(make_agency(), "pasar_diawasi", 2021)
    assert list(row[QUARTERS]) == [6, 6, 5, 5]  # 22 markets
    assert row["quarters_from"] == "even"


def test_dollars_are_whole(make_agency) -> None:
    row = plan_of(make_agency(), "ekspor", 2021)
    assert list(row[QUARTERS]) == [1_052_029_374, 1_052_029_373, 1_052_029_373, 1_052_029_373]
    assert row[QUARTERS].sum() == 4_208_117_493


@pytest.mark.parametrize(
    ("total", "shares", "parts"),
    [
        (10, [0.5, 0.5], [5, 5]),
        (10, [1, 1, 1], [4, 3, 3]),  # the earlier of two alike
        (100, [0.115, 0.304, 0.581], [12, 30, 58]),  # 11,5 lost most: 0,5 against 0,4 and 0,1
        (7.5, [1, 1], [3.8, 3.7]),  # in units of the last decimal
        (0.3, [1, 1, 1], [0.1, 0.1, 0.1]),
        (0, [1, 1], [0, 0]),
        (3, [0, 1, 0, 0], [0, 3, 0, 0]),
    ],
)
def test_largest_remainder(total: float, shares: list[float], parts: list[float]) -> None:
    assert spread(total, shares) == parts


TOTALS = st.integers(0, 10**12) | st.decimals(0, 10**10, places=2).map(float)
SHARES = st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda shares: sum(shares) > 0.001)


@given(TOTALS, SHARES)
def test_parts_sum_to_the_total_and_stay_near_their_shares(total: float, shares: list[float]) -> None:
    parts = spread(total, shares)
    assert exact_sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - total * share / sum(shares)) < 1.001


def test_quarters_of_every_flow_sum_to_its_target(example: Agency, achievements: pd.DataFrame) -> None:
    without_targets, sources = with_targets(example, {}), set()
    for year in example.years:
        flows = compute_plan(without_targets, achievements, year)
        flows = flows[flows["quarters_from"].isin(["shape", "even"])]
        assert list(flows[QUARTERS].sum(axis=1)) == list(flows["target"])
        sources |= set(flows["quarters_from"])
    assert sources == {"shape", "even"}
