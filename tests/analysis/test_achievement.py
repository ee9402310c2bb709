"""Achievements, ratings, states, cautions and the agency's result, by hand."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from roots import Kind, write_root

from iku_analysis import load_agency, narrative
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import compute_achievement_pct, compute_achievements, rate, summarise
from iku_analysis.indonesian import format_percent
from iku_analysis.sources.policy import Policy, read_policy

RAW = Path(__file__).parents[2] / "data/raw"
NBSP = "\N{NO-BREAK SPACE}"
TOML = "decrees/154-2018/indicators.toml"
QUARTERS = [f"2021-TW{quarter}" for quarter in (1, 2, 3, 4)]
AREAS = ["Jakarta Pusat", "Jakarta Utara", "Jakarta Barat", "Jakarta Selatan", "Jakarta Timur", "Kepulauan Seribu"]
YEARS = [2018, 2019, 2020, 2021, 2022]
# Every figure of 2021 but the one of IKU 3, which is not targeted.
COMPLETE = [
    ("nik", 2021, 180),  # of 120: 150%
    ("umkm", 2021, 27799),  # of 27799: 100%
    ("pasar_diawasi", 2021, 11),  # of 22: 50%
    ("keluhan", 2021, (40, 50)),  # of 100%: 80%
    ("uttp", 2021, (990, 1000)),  # of 99%: 100%
    ("ekspor", 2021, "2.104.058.746,50"),  # of 4208117493: 50%
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    found, problems = read_policy(RAW)
    assert problems == []
    assert found
    return found


def judged(agency: Agency, indicator_id: str, year: int = 2021) -> pd.Series:
    """Return the row of one indicator and year in frame `achievements`."""
    frame = compute_achievements(agency)
    return frame.set_index(["indicator_id", "year"]).loc[(indicator_id, year)]


# --- the formula ---


@pytest.mark.parametrize(
    ("realisation", "target", "direction", "achievement_pct"),
    [
        (120, 120, "higher", 100),
        (90, 120, "higher", 75),
        (0, 120, "higher", 0),
        (180, 120, "higher", 150),
        (97.5, 100, "higher", 97.5),
        (1, 3, "higher", 33.333333333333336),
        (90.005, 100, "higher", 90.005),
        (10, 10, "lower", 100),
        (8, 10, "lower", 120),
        (0, 10, "lower", 200),
        (15, 10, "lower", 50),
        (20, 10, "lower", 0),
        (25, 10, "lower", -50),  # more than twice the target
    ],
)
def test_formula(realisation: float, target: float, direction: str, achievement_pct: float) -> None:
    assert compute_achievement_pct(realisation, target, direction) == achievement_pct


@pytest.mark.parametrize("direction", ["higher", "lower"])
@pytest.mark.parametrize("realisation", [0, 5])
def test_a_target_of_zero_gives_no_per_cent(direction: str, realisation: float) -> None:
    assert compute_achievement_pct(realisation, 0, direction) is None


def test_higher_is_better_unless_said_otherwise() -> None:
    assert compute_achievement_pct(8, 10) == 80


# --- the rating ---


@pytest.mark.parametrize(
    ("achievement_pct", "rating"),
    [
        (150, "Sangat Tinggi"),
        (90.01, "Sangat Tinggi"),
        (90.005, "Sangat Tinggi"),  # printed 90,01
        (90.004, "Tinggi"),  # printed 90
        (90, "Tinggi"),
        (75.01, "Tinggi"),
        (75.005, "Tinggi"),
        (75.004, "Sedang"),
        (75, "Sedang"),
        (65.01, "Sedang"),
        (65, "Rendah"),
        (50.01, "Rendah"),
        (50, "Sangat Rendah"),
        (0, "Sangat Rendah"),
        (-50, "Sangat Rendah"),
    ],
)
def test_rating(policy: Policy, achievement_pct: float, rating: str) -> None:
    assert rate(achievement_pct, policy.scales[0]) == rating


NEAR_A_BOUND = st.sampled_from([50, 65, 75, 90]).flatmap(lambda bound: st.floats(bound - 0.02, bound + 0.02))


@settings(deadline=None)
@given(NEAR_A_BOUND | st.floats(-200, 1000))
def test_the_rating_agrees_with_the_number_as_printed(policy: Policy, achievement_pct: float) -> None:
    printed = format_percent(achievement_pct).removesuffix("%")
    shown = Decimal(printed.replace("\N{MINUS SIGN}", "-").replace(".", "").replace(",", "."))
    expected = "Sangat Rendah"
    for bound, label in ((50, "Rendah"), (65, "Sedang"), (75, "Tinggi"), (90, "Sangat Tinggi")):
        expected = label if shown > bound else expected
    assert rate(achievement_pct, policy.scales[0]) == expected


# --- states ---


def test_every_state(make_agency) -> None:
    agency = make_agency(
        ("nik", 2018, 35), ("nik", 2019, 121), ("nik", 2020, 120), ("nik", 2021, 119), ("pasar_sni", 2018, 16)
    )
    frame = compute_achievements(agency).set_index(["indicator_id", "year"])
    assert list(frame.loc["nik", "state"]) == ["untargeted_realisation", "met", "met", "missed", "no_data"]
    assert list(frame.loc["pasar_sni", "state"]) == ["met", *["not_targeted"] * 4]
    assert list(frame.loc["pasar_diawasi", "state"]) == ["not_targeted", *["no_data"] * 4]
    assert len(frame) == 35


def test_a_scored_row(make_agency) -> None:
    row = judged(make_agency(("nik", 2021, 90)), "nik")
    assert (row["target"], row["realisation"], row["gap"], row["achievement_pct"]) == (120, 90, -30, 75)
    assert (row["rating"], row["state"], row["basis"], row["status"]) == ("Sedang", "missed", "resmi", "final")
    assert (row["number"], row["unit"], row["decree"]) == (1, "Koperasi", "154-2018")
    assert row["label"] == "Koperasi bersertifikat NIK"
    assert (row["reason"], row["caution"]) == ("", "")


def test_a_percentage_is_judged_by_its_counts(make_agency) -> None:
    row = judged(make_agency(("uttp", 2021, (1960, 2000))), "uttp")
    assert row["realisation"] == 98
    assert row["gap"] == -1  # percentage points
    assert row["achievement_pct"] == pytest.approx(98.989898989899)
    assert row["state"] == "missed"


@pytest.mark.parametrize(("value", "state"), [("4.208.117.492,99", "missed"), ("4.208.117.493", "met")])
def test_the_target_itself_is_met_and_a_cent_below_it_is_not(make_agency, value: str, state: str) -> None:
    assert judged(make_agency(("ekspor", 2021, value)), "ekspor")["state"] == state


def test_a_realisation_without_a_target_is_recorded_and_not_judged(make_agency) -> None:
    row = judged(make_agency(("nik", 2018, 35)), "nik", 2018)
    assert row["realisation"] == 35
    assert row[["target", "gap", "achievement_pct", "rating"]].isna().all()
    assert row["reason"] == "Ada realisasi tanpa target: dicatat, tidak dinilai."


def test_a_zero_is_a_realisation(make_agency) -> None:
    row = judged(make_agency(("nik", 2021, 0)), "nik")
    assert (row["state"], row["achievement_pct"], row["rating"]) == ("missed", 0, "Sangat Rendah")


def test_not_targeted_says_so(raw: Agency) -> None:
    row = judged(raw, "pasar_diawasi", 2018)
    assert row["state"] == "not_targeted"
    assert row["reason"] == "Tidak ditargetkan: keputusan menulis 0."
    assert row[["target", "realisation", "gap", "achievement_pct", "rating", "basis", "status"]].isna().all()


def test_the_agencys_own_figure_comes_before_a_publication(make_agency) -> None:
    published = ("nik", 2021, 130, {"basis": "publikasi"})
    row = judged(make_agency(published, ("nik", 2021, 110)), "nik")
    assert (row["realisation"], row["basis"], row["caution"]) == (110, "resmi", "")


def test_publications_that_agree_are_one_figure(make_agency) -> None:
    published = [("nik", 2021, 130, {"basis": "publikasi", "sumber": source}) for source in ("koran", "laporan")]
    row = judged(make_agency(*published), "nik")
    assert (row["realisation"], row["state"]) == (130, "met")


def test_parts_of_the_agency_come_before_a_published_year(make_agency) -> None:
    published = ("nik", 2021, 130, {"basis": "publikasi"})
    row = judged(make_agency(published, *(("nik", quarter, 25) for quarter in QUARTERS)), "nik")
    assert (row["realisation"], row["basis"]) == (100, "resmi")


def test_an_area_is_not_the_province(make_agency) -> None:
    row = judged(make_agency(("nik", 2021, 500, {"wilayah": "Jakarta Pusat"})), "nik")
    assert row["state"] == "no_data"


# --- lower is better, and zero as a target ---


def lower_is_better(zero_target: str = "not_targeted") -> dict[str, dict[str, str]]:
    """Return the edits after which a lower number of IKU 1 is better."""
    label = 'label = { id = "Koperasi bersertifikat NIK", en = "Cooperatives with NIK certificate" }\n'
    rest = 'aggregation = "sum"\npath = "flat"\nzero_target = '
    old = f'{label}direction = "higher"\n{rest}"not_targeted"'
    return {TOML: {old: f'{label}direction = "lower"\n{rest}"{zero_target}"'}}


@pytest.mark.parametrize(
    ("realisation", "achievement_pct", "state"),
    [(108, 110, "met"), (120, 100, "met"), (132, 90, "missed"), (240, 0, "missed"), (252, -10, "missed")],
)
def test_lower_is_better(make_agency, realisation: int, achievement_pct: float, state: str) -> None:
    row = judged(make_agency(("nik", 2021, realisation), edits=lower_is_better()), "nik")
    assert (row["achievement_pct"], row["state"]) == (achievement_pct, state)
    assert row["gap"] == realisation - 120


@pytest.mark.parametrize(("realisation", "state"), [(0, "met"), (1, "missed")])
def test_zero_can_be_the_target(make_agency, realisation: int, state: str) -> None:
    row = judged(make_agency(("nik", 2018, realisation), edits=lower_is_better("target")), "nik", 2018)
    assert (row["target"], row["state"]) == (0, state)
    assert pd.isna(row["achievement_pct"])
    assert pd.isna(row["rating"])
    assert row["reason"] == "Targetnya nol: capaian dalam persen tidak dapat dihitung."


# --- cautions ---


def test_a_sound_figure_has_no_caution(make_agency) -> None:
    assert judged(make_agency(("nik", 2021, 121)), "nik")["caution"] == ""


@pytest.mark.parametrize(("realisation", "caution"), [(180, ""), (181, "Capaian di atas 150%: periksa angkanya.")])
def test_above_150_per_cent(make_agency, realisation: int, caution: str) -> None:
    row = judged(make_agency(("nik", 2021, realisation)), "nik")
    assert row["caution"] == caution
    assert row["achievement_pct"] == pytest.approx(realisation / 1.2)  # shown as it is, not capped


def test_provisional(make_agency) -> None:
    row = judged(make_agency(("nik", 2021, 121, {"status": "sementara"})), "nik")
    assert (row["caution"], row["status"]) == ("Angka sementara.", "sementara")


def test_provisional_because_of_one_quarter(make_agency) -> None:
    last = ("nik", QUARTERS[3], 40, {"status": "sementara"})
    row = judged(make_agency(*(("nik", quarter, 40) for quarter in QUARTERS[:3]), last), "nik")
    assert (row["realisation"], row["status"], row["caution"]) == (160, "sementara", "Angka sementara.")


def test_published(make_agency) -> None:
    row = judged(make_agency(("nik", 2021, 121, {"basis": "publikasi"})), "nik")
    assert (row["caution"], row["basis"]) == ("Angka dari publikasi, bukan dari instansi.", "publikasi")


REPEATED = "Penyebut sama di keempat triwulan: penyebut setahun yang terulang?"


@pytest.mark.parametrize(
    ("denominators", "caution"),
    [((1000, 1000, 1000, 1000), REPEATED), ((1000, 1000, 1000, 1001), ""), ((1000, 1001, 1000, 1001), "")],
)
def test_a_denominator_repeated_in_four_quarters(make_agency, denominators: tuple[int, ...], caution: str) -> None:
    figures = [("uttp", quarter, (900, due)) for quarter, due in zip(QUARTERS, denominators, strict=True)]
    assert judged(make_agency(*figures), "uttp")["caution"] == caution


def test_a_denominator_repeated_in_one_area(make_agency) -> None:
    figures = [
        ("uttp", quarter, (90, 100 if area == "Jakarta Barat" else 100 + number), {"wilayah": area})
        for number, quarter in enumerate(QUARTERS)
        for area in AREAS
    ]
    assert judged(make_agency(*figures), "uttp")["caution"] == REPEATED


def test_the_denominators_of_another_basis_or_year_do_not_count(make_agency) -> None:
    published = [("uttp", quarter, (900, 1000), {"basis": "publikasi"}) for quarter in QUARTERS]
    other_year = [("uttp", quarter.replace("2021", "2020"), (900, 1000)) for quarter in QUARTERS]
    agency = make_agency(("uttp", 2021, (3990, 4000)), *published, *other_year)
    assert judged(agency, "uttp")["caution"] == ""
    assert judged(agency, "uttp", 2020)["caution"] == REPEATED


@pytest.mark.parametrize(
    ("indicator", "due", "told"),
    [
        ("uttp", 900, ""),  # 10% fewer: at the limit of indicators.toml
        ("uttp", 899, "Penyebut berubah −10,1%, dari 1.000 ke 899: periksa daftar yang wajib."),
        ("uttp", 1101, "Penyebut berubah +10,1%, dari 1.000 ke 1.101: periksa daftar yang wajib."),
        ("keluhan", 100, ""),  # complaints come as they come: indicators.toml sets no limit
    ],
)
def test_a_denominator_that_moves_far_is_cautioned(make_agency, indicator: str, due: int, told: str) -> None:
    agency = make_agency((indicator, 2020, (1000, 1000)), (indicator, 2021, (due, due)))
    assert judged(agency, indicator)["caution"] == told


@pytest.mark.parametrize(
    ("verified", "caution"),
    [(1000, ""), (1001, "Realisasi di atas 100%: penyebutnya mungkin sudah usang.")],
)
def test_above_the_upper_bound_with_a_note(make_agency, verified: int, caution: str) -> None:
    row = judged(make_agency(("uttp", 2021, (verified, 1000), {"keterangan": "data potensi 2019"})), "uttp")
    assert row["caution"] == caution


def test_all_cautions_at_once(make_agency) -> None:
    others = {"basis": "publikasi", "status": "sementara", "keterangan": "data potensi 2019"}
    row = judged(make_agency(*(("uttp", quarter, (160, 100), others) for quarter in QUARTERS)), "uttp")
    assert row["caution"] == (
        "Angka sementara. Angka dari publikasi, bukan dari instansi. "
        "Capaian di atas 150%: periksa angkanya. "
        "Realisasi di atas 100%: penyebutnya mungkin sudah usang. " + REPEATED
    )


# --- why there is no result ---


def all_areas(indicator_id: str, period: str, figure: object, areas: list[str] = AREAS) -> list[tuple]:
    return [(indicator_id, period, figure, {"wilayah": area}) for area in areas]


NO_RESULT = {
    "nothing": ([], "nik", "Belum ada angka."),
    "blank": ([("nik", 2021, "-")], "nik", "Belum ada angka."),
    "blank proxy": ([("nik", 2021, "-", {"basis": "proksi"})], "nik", "Belum ada angka."),
    "another year": ([("nik", 2020, 120), ("nik", "2022-TW1", 30)], "nik", "Belum ada angka."),
    "another indicator": ([("umkm", 2021, 120)], "nik", "Belum ada angka."),
    "proxy": ([("nik", 2021, 120, {"basis": "proksi"})], "nik", "Hanya ada angka proksi: tidak dinilai."),
    "contradiction": (
        [("umkm", 2021, value, {"basis": "publikasi", "sumber": value}) for value in ("16.734", "32.500")],
        "umkm",
        "Publikasi saling bertentangan (16.734; 32.500): tidak dinilai.",
    ),
    "two publications that agree and one that does not": (
        [
            ("umkm", 2021, value, {"basis": "publikasi", "sumber": place})
            for value, place in ((5, "a"), (5, "b"), (6, "c"))
        ],
        "umkm",
        "Publikasi saling bertentangan (5; 6): tidak dinilai.",
    ),
    "contradiction beside a proxy": (
        [
            ("umkm", 2021, "37.449", {"basis": "proksi"}),
            *(("umkm", 2021, value, {"basis": "publikasi", "sumber": value}) for value in ("16.734", "32.500")),
        ],
        "umkm",
        "Publikasi saling bertentangan (16.734; 32.500): tidak dinilai.",
    ),
    "nothing of nothing": ([("keluhan", 2021, (0, 0))], "keluhan", "0 dari 0: persentase tidak dapat dihitung."),
    "nothing of nothing, by quarter": (
        [("keluhan", quarter, (0, 0)) for quarter in QUARTERS],
        "keluhan",
        "0 dari 0: persentase tidak dapat dihitung.",
    ),
    "nothing of nothing in one quarter": (
        [("keluhan", QUARTERS[0], (0, 0))],
        "keluhan",
        "Baru 3 dari 12 bulan yang dilaporkan.",
    ),
    "three quarters": (
        [("nik", quarter, 40) for quarter in QUARTERS[:3]],
        "nik",
        "Baru 9 dari 12 bulan yang dilaporkan.",
    ),
    "the last quarter": ([("nik", QUARTERS[3], 40)], "nik", "Baru 3 dari 12 bulan yang dilaporkan."),
    "eleven months": (
        [("ekspor", f"2021-{month:02d}", 10) for month in range(2, 13)],
        "ekspor",
        "Baru 11 dari 12 bulan yang dilaporkan.",
    ),
    "a quarter and months of it": (
        [("nik", "2021-TW1", 3), ("nik", "2021-02", 1), ("nik", "2021-03", 1), ("nik", "2021-04", 1)],
        "nik",
        "Baru 4 dari 12 bulan yang dilaporkan.",
    ),
    "three quarters and a proxy": (
        [*(("nik", quarter, 40) for quarter in QUARTERS[:3]), ("nik", QUARTERS[3], 40, {"basis": "proksi"})],
        "nik",
        "Baru 9 dari 12 bulan yang dilaporkan.",
    ),
    "three quarters and a published one": (
        [*(("nik", quarter, 40) for quarter in QUARTERS[:3]), ("nik", QUARTERS[3], 40, {"basis": "publikasi"})],
        "nik",
        "Baru 9 dari 12 bulan yang dilaporkan.",
    ),
    "published quarters": (
        [("nik", quarter, 40, {"basis": "publikasi"}) for quarter in QUARTERS[:2]],
        "nik",
        "Baru 6 dari 12 bulan yang dilaporkan.",
    ),
    "five areas": (all_areas("nik", "2021", 20, AREAS[:5]), "nik", "Belum ada angka dari: Kepulauan Seribu."),
    "four areas": (
        all_areas("nik", "2021", 20, AREAS[1:5]),
        "nik",
        "Belum ada angka dari: Jakarta Pusat, Kepulauan Seribu.",
    ),
    "all areas, two quarters": (
        [*all_areas("nik", QUARTERS[0], 5), *all_areas("nik", QUARTERS[1], 5)],
        "nik",
        "Baru 6 dari 12 bulan yang dilaporkan.",
    ),
    "all areas, one of them late": (
        [*all_areas("nik", QUARTERS[0], 5), *all_areas("nik", QUARTERS[1], 5, AREAS[:5])],
        "nik",
        "Baru 3 dari 12 bulan yang dilaporkan.",
    ),
    "all areas, no month in common": (
        [*all_areas("nik", QUARTERS[0], 5, AREAS[:3]), *all_areas("nik", QUARTERS[1], 5, AREAS[3:])],
        "nik",
        "Baru 0 dari 12 bulan yang dilaporkan.",
    ),
    "percentages without counts": (
        [("uttp", quarter, 97.5) for quarter in QUARTERS],
        "uttp",
        "Persentase tanpa pembilang dan penyebut tidak dapat digabung.",
    ),
    "percentages of areas without counts": (
        all_areas("uttp", "2021", 97.5),
        "uttp",
        "Persentase tanpa pembilang dan penyebut tidak dapat digabung.",
    ),
}


@pytest.mark.parametrize(("figures", "indicator_id", "reason"), NO_RESULT.values(), ids=NO_RESULT)
def test_why_there_is_no_result(make_agency, figures: list, indicator_id: str, reason: str) -> None:
    row = judged(make_agency(*figures), indicator_id)
    assert row["reason"] == reason
    assert row["state"] == "no_data"
    assert row["target"] > 0
    assert row[["realisation", "gap", "achievement_pct", "rating", "basis", "status"]].isna().all()


# --- the agency's result ---


def result_of(agency: Agency, year: int = 2021):
    return summarise(agency, compute_achievements(agency), year)


def test_result_of_a_full_year(make_agency) -> None:
    result = result_of(make_agency(*COMPLETE))
    assert (result.year, result.targeted, result.scored, result.met) == (2021, 6, 6, 3)
    assert result.mean_pct == pytest.approx(88.333333333)  # (150 + 100 + 50 + 80 + 100 + 50) / 6
    assert result.mean_capped_pct == pytest.approx(83.333333333)  # 120 in place of 150
    assert result.cap_pct == 120


def test_result_of_each_objective(make_agency) -> None:
    objectives = result_of(make_agency(*COMPLETE)).objectives
    assert [each[:13] for each in objectives["objective"]] == ["Tersedianya P", "Meningkatnya ", "Peningkatan K"]
    assert list(objectives["targeted"]) == [1, 1, 4]
    assert list(objectives["scored"]) == [1, 1, 4]
    assert list(objectives["met"]) == [1, 1, 1]
    assert list(objectives["mean_capped_pct"]) == [120, 100, 70]  # (50 + 80 + 100 + 50) / 4


def test_one_of_six_may_be_missing(make_agency) -> None:
    result = result_of(make_agency(*COMPLETE[:5]))
    assert (result.targeted, result.scored, result.met) == (6, 5, 3)
    assert result.mean_pct == pytest.approx(96)  # (150 + 100 + 50 + 80 + 100) / 5
    assert result.mean_capped_pct == pytest.approx(90)


def test_two_of_six_may_not(make_agency) -> None:
    result = result_of(make_agency(*COMPLETE[:4]))
    assert (result.targeted, result.scored, result.met) == (6, 4, 2)
    assert result.mean_pct is None
    assert result.mean_capped_pct is None
    assert list(result.objectives["scored"]) == [1, 1, 2]


def test_exactly_a_fifth_may_be_missing(make_agency) -> None:
    of_2018 = [
        ("nik", 2018, 1),  # not targeted: in no count
        ("umkm", 2018, 5000),  # of 10000: 50%
        ("pasar_sni", 2018, 16),  # 100%
        ("keluhan", 2018, (7, 10)),  # 70%
        ("uttp", 2018, (96, 100)),  # 100%
    ]
    result = result_of(make_agency(*of_2018), 2018)
    assert (result.targeted, result.scored, result.met) == (5, 4, 2)
    assert result.mean_pct == 80
    assert result.mean_capped_pct == 80
    assert list(result.objectives["targeted"]) == [0, 1, 4]
    assert list(result.objectives["scored"]) == [0, 1, 3]
    assert pd.isna(result.objectives["mean_capped_pct"].iloc[0])


def test_the_limits_are_the_policys(make_agency) -> None:
    edits = {"policy.toml": {"max_missing_pct = 20": "max_missing_pct = 0", "mean_cap_pct = 120": "mean_cap_pct = 130"}}
    assert result_of(make_agency(*COMPLETE[:5], edits=edits)).mean_pct is None
    result = result_of(make_agency(*COMPLETE, edits=edits))
    assert result.mean_pct == pytest.approx(88.333333333)
    assert result.mean_capped_pct == pytest.approx(85)  # 130 in place of 150
    assert result.cap_pct == 130


def test_a_negative_achievement_counts_as_zero_in_the_capped_mean(make_agency) -> None:
    figures = [("nik", 2021, 252), *COMPLETE[1:]]  # -10%
    result = result_of(make_agency(*figures, edits=lower_is_better()))
    assert result.mean_pct == pytest.approx(61.666666667)  # (-10 + 100 + 50 + 80 + 100 + 50) / 6
    assert result.mean_capped_pct == pytest.approx(63.333333333)  # 0 in place of -10


def test_untargeted_indicators_are_in_no_count(make_agency) -> None:
    with_untargeted = [*COMPLETE, ("pasar_sni", 2021, 30)]
    result = result_of(make_agency(*with_untargeted))
    assert (result.targeted, result.scored, result.met) == (6, 6, 3)
    assert result.mean_pct == pytest.approx(88.333333333)
    assert list(result.objectives["targeted"]) == [1, 1, 4]


# --- the two data roots ---


@pytest.mark.parametrize("root", ["raw", "example"])
def test_five_indicators_are_targeted_in_2018_and_six_in_each_later_year(
    root: str, request: pytest.FixtureRequest
) -> None:
    agency = request.getfixturevalue(root)
    achievements = compute_achievements(agency)
    assert [summarise(agency, achievements, year).targeted for year in YEARS] == [5, 6, 6, 6, 6]
    row = achievements.set_index(["indicator_id", "year"]).loc[("pasar_diawasi", 2018)]
    assert row["state"] == "not_targeted"
    assert pd.isna(row["achievement_pct"])


def test_nothing_is_scored_in_the_real_root(raw: Agency) -> None:
    achievements = compute_achievements(raw)
    assert set(achievements["state"]) == {"no_data", "not_targeted"}
    assert (achievements["state"] == "not_targeted").sum() == 6
    assert achievements[["realisation", "achievement_pct", "rating"]].isna().all(axis=None)
    results = [summarise(raw, achievements, year) for year in YEARS]
    assert [(result.scored, result.met, result.mean_pct, result.mean_capped_pct) for result in results] == [
        (0, 0, None, None)
    ] * 5
    row = judged(raw, "umkm", 2018)
    assert row["reason"] == "Hanya ada angka proksi: tidak dinilai."


def test_the_example_is_scored_in_every_targeted_year(example: Agency) -> None:
    achievements = compute_achievements(example)
    results = [summarise(example, achievements, year) for year in YEARS]
    assert [(result.targeted, result.scored) for result in results] == [(5, 5), (6, 6), (6, 6), (6, 6), (6, 6)]
    # Missed: exports in 2020, UTTP in 2021 and 2022.
    assert [result.met for result in results] == [5, 6, 5, 5, 5]
    missed = achievements[achievements["state"] == "missed"]
    assert list(zip(missed["indicator_id"], missed["year"], strict=True)) == [
        ("uttp", 2021),
        ("uttp", 2022),
        ("ekspor", 2020),
    ]


@pytest.mark.parametrize(
    ("rule", "averaged", "mean"),
    # 90 of 100 is 90%; of the two zero targets one is met, one missed: (90 + 100 + 0) / 3.
    [("leave_out", 1, 90.0), ("all_or_nothing", 3, 190 / 3)],
)
def test_a_target_of_zero_that_is_meant_is_scored(tmp_path: Path, rule: str, averaged: int, mean: float) -> None:
    zero = Kind("suap", "Persen", "0", "lower", "last", "target")
    kinds = [zero, zero._replace(name="batal", targets="0 1"), Kind("usaha", "Usaha", "100 100")]
    kinds[0] = zero._replace(targets="0 0")
    root = write_root(tmp_path, {2021: kinds}, ["suap|2021|0", "batal|2021|2", "usaha|2021|90"])
    policy = root / "policy.toml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("[[rating]]", f'[judging]\nzero_target = "{rule}"\n[[rating]]', 1),
        encoding="utf-8",
    )
    agency = load_agency(root)
    achievements = compute_achievements(agency)
    result = summarise(agency, achievements, 2021)
    assert (result.met, result.scored, result.targeted, result.averaged) == (1, 3, 3, averaged)
    assert result.mean_pct == pytest.approx(mean)
    text = str(narrative.describe_result(agency, achievements, result))
    assert "1 dari 3 indikator" in text
    assert f"n = {averaged}" in text
    method = str(narrative.describe_method(agency, 2021))
    assert "Target 0 berarti tidak ditargetkan" not in method
    assert "(Indikator suap 2021, 2022; Indikator batal 2021)" in method  # of batal, 2022 is no zero
    assert ("tidak masuk rata-rata" in method) is (rule == "leave_out")


def test_all_results_against_zero_have_no_mean(tmp_path: Path) -> None:
    root = write_root(tmp_path, {2021: [Kind("suap", "Persen", "0", "lower", "last", "target")]}, ["suap|2021|0"])
    agency = load_agency(root)
    achievements = compute_achievements(agency)
    result = summarise(agency, achievements, 2021)
    assert (result.met, result.scored, result.averaged, result.mean_pct) == (1, 1, 0, None)
    assert "semua yang dinilai bertarget 0" in str(narrative.describe_result(agency, achievements, result))
