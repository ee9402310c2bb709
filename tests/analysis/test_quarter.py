"""The year to the end of a quarter: hand-computed sums, ratios and targets, and every reason for none."""

from decimal import Decimal

import pandas as pd
import pytest
from hand_made import with_targets
from hypothesis import HealthCheck, given, settings, strategies as st

from iku_analysis import IkuError, compute_achievements, compute_achievements_to, summarise
from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.achievement import yearly_figures
from iku_analysis.analysis.quarter import figures_to
from iku_analysis.schema import ACHIEVEMENTS

# Targets of the decree: nik 120 a year from 2019 on, uttp 99% in 2021, ekspor 4.208.117.493 USD in 2021.
TOML = "decrees/154-2018/indicators.toml"
RUNNING_TOTAL = {
    TOML: {
        'direction = "higher"\naggregation = "sum"\npath = "flat"\nzero_target = "not_targeted"\nmax_decimals = 0\n'
        'reason = "Keputusan': 'direction = "higher"\naggregation = "last"\npath = "flat"\n'
        'zero_target = "not_targeted"\nmax_decimals = 0\nreason = "Keputusan'
    }
}


def quarters(indicator: str, year: int, values: list, **others: str) -> list[tuple]:
    return [(indicator, f"{year}-TW{number}", value, others) for number, value in enumerate(values, start=1)]


def to(agency: Agency, quarter: int, indicator_id: str, year: int = 2021) -> pd.Series:
    """Return the row of one indicator and year at the end of a quarter."""
    return compute_achievements_to(agency, quarter).set_index(["indicator_id", "year"]).loc[(indicator_id, year)]


def test_a_sum_against_the_sum_of_targets(make_agency) -> None:
    agency = with_targets(make_agency(*quarters("nik", 2021, [20, 31, 40])), {("nik", 2021): [20, 30, 30, 40]})
    row = to(agency, 2, "nik")
    assert (row["target"], row["realisation"], row["gap"], row["achievement_pct"]) == (50, 51, 1, 102)
    assert (row["state"], row["rating"], row["reason"], row["caution"]) == ("met", "Sangat Tinggi", "", "")
    assert (to(agency, 1, "nik")["target"], to(agency, 1, "nik")["realisation"]) == (20, 20)
    assert (to(agency, 3, "nik")["target"], to(agency, 3, "nik")["realisation"]) == (80, 91)


def test_a_percentage_is_the_ratio_of_sums_against_the_target_of_the_quarter(make_agency) -> None:
    figures = quarters("uttp", 2021, [(90, 100), (285, 300), (100, 100)])
    agency = with_targets(make_agency(*figures), {("uttp", 2021): [90, 94, 97, 99]})
    row = to(agency, 2, "uttp")
    # 375 of 400 are 93,75%; the mean of 90 and 95% would be 92,5.
    assert (row["realisation"], row["target"], row["gap"], row["state"]) == (93.75, 94, -0.25, "missed")
    assert row["achievement_pct"] == pytest.approx(100 * 93.75 / 94)


def test_a_running_total_is_its_last_quarter(make_agency) -> None:
    agency = make_agency(*quarters("nik", 2021, [30, 55, 90]), edits=RUNNING_TOTAL)
    agency = with_targets(agency, {("nik", 2021): [25, 60, 90, 120]})
    assert (to(agency, 2, "nik")["realisation"], to(agency, 2, "nik")["target"]) == (55, 60)
    assert (to(agency, 3, "nik")["state"], to(agency, 2, "nik")["state"]) == ("met", "missed")


def test_quarters_made_of_months_and_areas_count(make_agency) -> None:
    months = [("ekspor", f"2021-{month:02d}", 100 * month) for month in range(1, 7)]
    agency = with_targets(make_agency(*months), {("ekspor", 2021): [600, 1500, 2000, 2000]})
    assert (to(agency, 2, "ekspor")["realisation"], to(agency, 2, "ekspor")["target"]) == (2100, 2100)


def test_cents_that_sum_to_the_target_meet_it(make_agency) -> None:
    agency = make_agency(*quarters("ekspor", 2021, ["0,7", "0,1"]))
    agency = with_targets(agency, {("ekspor", 2021): [0.5, 0.3, 1, 1]})
    row = to(agency, 2, "ekspor")
    assert (row["target"], row["realisation"], row["state"]) == (0.8, 0.8, "met")  # 0.7 + 0.1 in binary is less


# --- no target ---


def test_without_targets_of_quarters_nothing_is_judged(make_agency) -> None:
    agency = make_agency(*quarters("nik", 2021, [20, 31]))
    row = to(agency, 2, "nik")
    assert (row["state"], row["reason"]) == ("untargeted_realisation", "Target triwulan belum ditetapkan.")
    assert row["realisation"] == 51
    assert row[["target", "gap", "achievement_pct", "rating"]].isna().all()
    row = to(agency, 3, "nik")
    assert row["state"] == "no_data"
    assert row["reason"] == "Belum ada angka lengkap untuk Triwulan III. Target triwulan belum ditetapkan."


def test_three_targets_of_quarters_are_none(make_agency) -> None:
    agency = with_targets(make_agency(*quarters("nik", 2021, [20])), {("nik", 2021): [20, 30, 30]})
    assert to(agency, 1, "nik")["state"] == "untargeted_realisation"


def test_what_the_decree_does_not_target_is_not_targeted(make_agency) -> None:
    agency = make_agency(*quarters("nik", 2018, [9]))
    row = to(agency, 1, "pasar_diawasi", 2018)
    assert (row["state"], row["reason"]) == ("not_targeted", "Tidak ditargetkan: keputusan menulis 0.")
    row = to(agency, 1, "nik", 2018)
    assert (row["state"], row["reason"]) == (
        "untargeted_realisation",
        "Ada realisasi tanpa target: dicatat, tidak dinilai.",
    )


def test_a_target_of_0_so_far_is_not_met_by_doing_nothing(make_agency) -> None:
    agency = with_targets(make_agency(*quarters("nik", 2021, [0, 31])), {("nik", 2021): [0, 40, 40, 40]})
    row = to(agency, 1, "nik")
    assert (row["state"], row["reason"]) == ("untargeted_realisation", "Target sampai triwulan ini 0: belum dinilai.")
    assert to(agency, 2, "nik")["achievement_pct"] == 77.5


# --- no realisation ---


@pytest.mark.parametrize(
    ("figures", "quarter", "reason"),
    [
        ([("nik", "2021-TW2", 9)], 3, "Belum ada angka lengkap untuk Triwulan I, Triwulan III."),
        ([], 2, "Belum ada angka lengkap untuk Triwulan I, Triwulan II."),
        ([("nik", 2021, 120)], 2, "Belum ada angka lengkap untuk Triwulan I, Triwulan II."),
        ([("nik", "2021-01", 9), ("nik", "2021-02", 9)], 1, "Belum ada angka lengkap untuk Triwulan I."),
        ([("nik", "2021-TW4", 9)], 1, "Belum ada angka lengkap untuk Triwulan I."),
        ([("nik", "2021-TW1", 9, {"basis": "proksi"})], 1, "Hanya ada angka proksi: tidak dinilai."),
        (
            [("nik", "2021-TW1", 9, {"wilayah": area}) for area in ("Jakarta Pusat", "Jakarta Utara")],
            1,
            "Belum ada angka lengkap untuk Triwulan I. Belum ada angka dari: Jakarta Barat, Jakarta Selatan, "
            "Jakarta Timur, Kepulauan Seribu.",
        ),
        (
            [("nik", "2021-TW1", value, {"basis": "publikasi", "sumber": f"s{value}"}) for value in (9, 10)],
            1,
            "Publikasi saling bertentangan (9; 10): tidak dinilai.",
        ),
        (
            [("nik", "2021-TW3", value, {"basis": "publikasi", "sumber": f"s{value}"}) for value in (9, 10)],
            1,
            "Belum ada angka lengkap untuk Triwulan I.",
        ),
    ],
)
def test_why_there_is_no_realisation_so_far(make_agency, figures: list, quarter: int, reason: str) -> None:
    agency = with_targets(make_agency(*figures), {("nik", 2021): [30, 30, 30, 30]})
    row = to(agency, quarter, "nik")
    assert (row["state"], row["reason"]) == ("no_data", reason)
    assert pd.isna(row["realisation"])
    assert row["target"] == 30 * quarter


def test_percentages_that_cannot_be_joined(make_agency) -> None:
    targets = {("uttp", 2021): [99.0] * 4, ("keluhan", 2021): [100.0] * 4}
    figures = [*quarters("uttp", 2021, [98, 99]), *quarters("keluhan", 2021, [(0, 0), (0, 0)])]
    agency = with_targets(make_agency(*figures), targets)
    assert to(agency, 1, "uttp")["realisation"] == 98  # one quarter needs no joining
    assert to(agency, 2, "uttp")["reason"] == "Persentase tanpa pembilang dan penyebut tidak dapat digabung."
    assert to(agency, 2, "keluhan")["reason"] == "0 dari 0: persentase tidak dapat dihitung."


# --- which figures, and their cautions ---


def test_the_agencys_own_quarters_come_first_where_all_are_there(make_agency) -> None:
    published = quarters("nik", 2021, [1, 2, 3], basis="publikasi")
    agency = with_targets(make_agency(*published, *quarters("nik", 2021, [10, 20])), {("nik", 2021): [30] * 4})
    assert (to(agency, 2, "nik")["realisation"], to(agency, 2, "nik")["basis"]) == (30, "resmi")
    row = to(agency, 3, "nik")
    assert (row["realisation"], row["basis"]) == (6, "publikasi")  # never 10 + 20 + 3
    assert row["caution"] == "Angka dari publikasi, bukan dari instansi."


def test_provisional_while_one_quarter_so_far_is(make_agency) -> None:
    figures = [*quarters("nik", 2021, [30, 30]), ("nik", "2021-TW3", 30, {"status": "sementara"})]
    agency = with_targets(make_agency(*figures), {("nik", 2021): [30] * 4})
    assert to(agency, 2, "nik")["status"] == "final"
    assert (to(agency, 3, "nik")["status"], to(agency, 3, "nik")["caution"]) == ("sementara", "Angka sementara.")


def test_the_denominator_is_held_against_the_same_quarters_of_the_year_before(make_agency) -> None:
    targets = {("uttp", 2021): [99.0] * 4}
    before = quarters("uttp", 2020, [(99, 100), (99, 100), (400, 400), (400, 400)])
    steady = with_targets(make_agency(*before, *quarters("uttp", 2021, [(100, 100), (100, 100)])), targets)
    assert to(steady, 2, "uttp")["caution"] == ""  # 200 of the year's 1.000 would be 80% fewer
    moved = with_targets(make_agency(*before, *quarters("uttp", 2021, [(100, 100), (50, 50)])), targets)
    assert to(moved, 2, "uttp")["caution"] == ("Penyebut berubah −25%, dari 200 ke 150: periksa daftar yang wajib.")


# --- the whole frame ---


def test_one_row_an_indicator_and_year(make_agency) -> None:
    frame = compute_achievements_to(make_agency(), 1)
    assert list(frame.columns) == list(ACHIEVEMENTS.columns)
    assert len(frame) == 35


def test_the_agencys_result_so_far(make_agency) -> None:
    figures = [*quarters("nik", 2021, [30, 30]), *quarters("uttp", 2021, [(90, 100), (90, 100)])]
    agency = with_targets(make_agency(*figures), {("nik", 2021): [30] * 4, ("uttp", 2021): [90, 96, 97, 99]})
    result = summarise(agency, compute_achievements_to(agency, 2), 2021)
    assert (result.targeted, result.scored, result.met, result.mean_pct) == (2, 2, 1, (100 + 93.75) / 2)


def test_quarter_4_is_the_whole_year(example: Agency) -> None:
    pd.testing.assert_frame_equal(compute_achievements_to(example, 4), compute_achievements(example))


@pytest.mark.parametrize("quarter", [0, 5, -1])
def test_a_quarter_that_no_year_has(make_agency, quarter: int) -> None:
    with pytest.raises(IkuError, match=f"quarter {quarter}: tulis nomor triwulan, 1 sampai 4"):
        compute_achievements_to(make_agency(), quarter)


# Neighbours some hundreds of times apart, and hundreds of times the target, are refused.
COUNTS = st.lists(st.just(0) | st.integers(200, 12_000), min_size=4, max_size=4)
CENTS = st.lists(st.just(0) | st.integers(10**10, 10**12), min_size=4, max_size=4)
SHARES = st.lists(
    st.integers(500, 10**5).flatmap(lambda due: st.tuples(st.integers(0, due), st.just(due))), min_size=4, max_size=4
)


@pytest.mark.whole
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(COUNTS, CENTS, SHARES)
def test_the_four_quarters_are_the_year(make_agency, counts: list, cents: list, shares: list) -> None:
    amounts = [str(Decimal(each) / 100).replace(".", ",") for each in cents]
    agency = make_agency(
        *quarters("nik", 2021, counts), *quarters("ekspor", 2021, amounts), *quarters("uttp", 2021, shares)
    )
    to_date = figures_to(agency, 4).set_index(["indicator_id", "year"])
    pd.testing.assert_frame_equal(
        to_date[["value", "numerator", "denominator", "basis", "status"]].sort_index(),
        yearly_figures(agency, PROVINCE)[["value", "numerator", "denominator", "basis", "status"]].sort_index(),
        check_exact=True,
    )
    year = compute_achievements(agency).set_index(["indicator_id", "year"])["realisation"]
    assert year["ekspor", 2021] == float(Decimal(sum(cents)) / 100)
    assert year["uttp", 2021] == 100 * sum(each[0] for each in shares) / sum(each[1] for each in shares)
