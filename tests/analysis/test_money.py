"""Money by programme and indicator: hand-computed sums that count nothing twice and hide nothing unknown."""

import pandas as pd
import pytest
from hand_made import with_budget
from hypothesis import HealthCheck, given, settings, strategies as st

import iku_analysis as iku
from iku_analysis import IkuError, compute_achievements
from iku_analysis.agency.load import Agency

# In 2021 the decree targets all but pasar_sni; nik 120.
TARGETED = ["nik", "umkm", "pasar_diawasi", "keluhan", "uttp", "ekspor"]


def quarters(programme: str, indicator_id: str, money: list[tuple[float, float | None]]) -> list[tuple]:
    return [
        (programme, indicator_id, f"2021-Q{number}", budget, realised)
        for number, (budget, realised) in enumerate(money, start=1)
    ]


TERA = quarters("Tera", "uttp", [(100, 90), (200, 210), (300, None), (400, None)])


def row_of(frame: pd.DataFrame, column: str, name: str) -> pd.Series:
    return frame.set_index(column).loc[name]


# --- one part ---


def test_quarters_so_far_are_summed(make_agency) -> None:
    frame = iku.budget.by_programme(with_budget(make_agency(), *TERA), 2021, 2)
    assert frame.to_dict("records") == [
        {
            "programme": "Tera",
            "indicator_ids": "uttp",
            "budget": 300,
            "untied": 0,
            "realised": 300,
            "realised_known": 300,
            "absorbed_pct": 100,
            "reason": "",
        }
    ]


def test_one_unknown_quarter_leaves_the_spending_unknown(make_agency) -> None:
    row = iku.budget.by_programme(with_budget(make_agency(), *TERA), 2021).iloc[0]
    assert (row["budget"], row["realised_known"]) == (1000, 300)
    assert pd.isna(row["realised"])
    assert pd.isna(row["absorbed_pct"])
    assert row["reason"] == "Tera: realisasi anggaran belum diisi."


def test_a_missing_quarter_is_named_and_not_taken_for_nothing(make_agency) -> None:
    row = iku.budget.by_programme(with_budget(make_agency(), TERA[0], TERA[3]), 2021).iloc[0]
    assert (row["budget"], row["realised_known"]) == (500, 90)
    assert pd.isna(row["realised"])
    assert row["reason"] == "Tera: Triwulan II, Triwulan III belum ditulis (0 bila tanpa anggaran)."


def test_a_year_counts_at_its_end_only(make_agency) -> None:
    agency = with_budget(make_agency(), ("Tera", "uttp", "2021", 1000, 950))
    row = iku.budget.by_programme(agency, 2021).iloc[0]
    assert (row["budget"], row["realised"], row["absorbed_pct"], row["reason"]) == (1000, 950, 95, "")
    row = iku.budget.by_programme(agency, 2021, 3).iloc[0]
    assert (row["budget"], row["realised_known"]) == (1000, 0)
    assert pd.isna(row["realised"])
    assert row["reason"] == "Tera: anggaran hanya setahun, belanja triwulan belum diketahui."


@pytest.mark.parametrize(("quarter", "budget", "realised"), [(4, 1000, 950), (2, 300, 300)])
def test_a_year_beside_its_quarters_counts_once(make_agency, quarter: int, budget: float, realised: float) -> None:
    agency = with_budget(make_agency(), *TERA, ("Tera", "uttp", "2021", 1000, 950))
    row = iku.budget.by_programme(agency, 2021, quarter).iloc[0]
    assert (row["budget"], row["realised"]) == (budget, realised)


def test_a_year_beside_some_quarters_counts_once(make_agency) -> None:
    agency = with_budget(make_agency(), *TERA[:2], ("Tera", "uttp", "2021", 1000, 950))
    assert list(iku.budget.by_programme(agency, 2021)[["budget", "realised"]].iloc[0]) == [1000, 950]
    assert list(iku.budget.by_programme(agency, 2021, 2)[["budget", "realised"]].iloc[0]) == [300, 300]


def test_another_year_is_another_year(make_agency) -> None:
    agency = with_budget(make_agency(), ("Tera", "uttp", "2020", 7, 7), ("Tera", "uttp", "2021", 1000, 950))
    assert iku.budget.by_programme(agency, 2021)["budget"].sum() == 1000
    assert iku.budget.by_programme(agency, 2019).empty


# --- programmes ---


def test_a_programme_has_several_parts_whatever_the_case_of_its_name(make_agency) -> None:
    agency = with_budget(
        make_agency(),
        ("Pengawasan", "keluhan", "2021", 100, 80),
        ("Kesekretariatan", "", "2021", 500, 500),
        ("PENGAWASAN", "pasar_diawasi", "2021", 300, 240),
        ("pengawasan", "", "2021", 50, 40),
    )
    frame = iku.budget.by_programme(agency, 2021)
    assert list(frame["programme"]) == ["Pengawasan", "Kesekretariatan"]
    assert list(frame["indicator_ids"]) == ["keluhan, pasar_diawasi", ""]
    assert list(frame["budget"]) == [450, 500]
    assert list(frame["untied"]) == [50, 500]
    assert list(frame["absorbed_pct"]) == [80, 100]


def test_the_total_holds_all_money(make_agency) -> None:
    agency = with_budget(
        make_agency(), *TERA, ("Kesekretariatan", "", "2021", 500, 400), ("Ekspor", "ekspor", "2021", 0.1, 0.1)
    )
    total = iku.budget.total(agency, 2021)
    assert (total["budget"], total["realised_known"]) == (1500.1, 700.1)
    assert pd.isna(total["realised"])
    known = iku.budget.total(
        with_budget(make_agency(), *[("P", "", f"2021-Q{each}", 0.1, 0.1) for each in (1, 2, 3)]), 2021, 3
    )
    assert (known["budget"], known["realised"], known["absorbed_pct"]) == (0.3, 0.3, 100)


def test_no_money_at_all(make_agency) -> None:
    total = iku.budget.total(make_agency(), 2021)
    assert total[["budget", "realised", "realised_known", "absorbed_pct"]].isna().all()
    assert total["reason"] == "Tidak ada anggaran yang tercatat."


def test_a_quarter_that_no_year_has(make_agency) -> None:
    with pytest.raises(IkuError, match="1 sampai 4"):
        iku.budget.total(make_agency(), 2021, 5)


# --- indicators ---


def test_efficiency(make_agency) -> None:
    agency = with_budget(make_agency(("nik", 2021, 108)), ("Koperasi", "nik", "2021", 1000, 750))
    row = row_of(iku.budget.by_indicator(agency, compute_achievements(agency), 2021), "indicator_id", "nik")
    assert (row["achievement_pct"], row["absorbed_pct"], row["efficiency"], row["reason"]) == (90, 75, 1.2, "")
    assert (row["number"], row["label"]) == (1, "Koperasi bersertifikat NIK")


def test_an_indicator_is_served_by_several_programmes(make_agency) -> None:
    agency = with_budget(
        make_agency(("nik", 2021, 120)),
        ("Koperasi", "nik", "2021", 1000, 700),
        ("Pelatihan", "nik", "2021", 200, 200),
        ("Pelatihan", "umkm", "2021", 999, 999),
    )
    row = row_of(iku.budget.by_indicator(agency, compute_achievements(agency), 2021), "indicator_id", "nik")
    assert (row["budget"], row["realised"], row["absorbed_pct"]) == (1200, 900, 75)


@pytest.mark.parametrize(
    ("figures", "money", "reason"),
    [
        ([("nik", 2021, 108)], None, "Tidak ada anggaran yang tercatat."),
        ([("nik", 2021, 108)], (0, 0), "Anggarannya nol: serapan tidak dapat dihitung."),
        ([("nik", 2021, 108)], (1000, 0), "Belum ada anggaran yang dibelanjakan."),
        ([("nik", 2021, 108)], (1000, None), "Koperasi: realisasi anggaran belum diisi."),
        ([], (1000, 900), "Belum ada angka."),
        ([], (1000, None), "Koperasi: realisasi anggaran belum diisi. Belum ada angka."),
        ([], None, "Tidak ada anggaran yang tercatat. Belum ada angka."),
    ],
)
def test_why_there_is_no_efficiency(make_agency, figures: list, money: tuple | None, reason: str) -> None:
    agency = with_budget(make_agency(*figures), *([("Koperasi", "nik", "2021", *money)] if money else []))
    row = row_of(iku.budget.by_indicator(agency, compute_achievements(agency), 2021), "indicator_id", "nik")
    assert pd.isna(row["efficiency"])
    assert row["reason"] == reason


def test_targeted_indicators_and_those_with_money_are_listed(make_agency) -> None:
    agency = make_agency()
    achievements = compute_achievements(agency)
    assert list(iku.budget.by_indicator(agency, achievements, 2021)["indicator_id"]) == TARGETED
    agency = with_budget(agency, ("Pasar", "pasar_sni", "2021", 10, 10))
    frame = iku.budget.by_indicator(agency, achievements, 2021)
    assert list(frame["indicator_id"]) == ["nik", "umkm", "pasar_sni", *TARGETED[2:]]
    assert row_of(frame, "indicator_id", "pasar_sni")["reason"] == "Tidak ditargetkan: keputusan menulis 0."


def test_targeted_indicators_without_money(make_agency) -> None:
    agency = with_budget(
        make_agency(),
        ("Koperasi", "nik", "2021-Q3", 10, None),
        ("Pasar", "keluhan", "2021", 0, 0),
        ("Tera", "uttp", "2020", 10, 10),
        ("Sekretariat", "", "2021", 10, 10),
    )
    frame = iku.budget.without(agency, 2021)
    assert list(frame["indicator_id"]) == ["umkm", "pasar_diawasi", "keluhan", "uttp", "ekspor"]
    assert list(frame.columns) == ["indicator_id", "number", "label"]


# --- any money ---

MONEY = st.tuples(st.integers(0, 10**14), st.none() | st.integers(0, 10**14))
ROWS = st.dictionaries(
    st.tuples(st.sampled_from("AaB"), st.sampled_from(["", "nik", "uttp"]), st.sampled_from(["2021", "2021-Q1"])),
    MONEY,
)


@pytest.fixture(scope="module")
def raw_achievements(raw: Agency) -> pd.DataFrame:
    return compute_achievements(raw)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.integers(1, 4))
def test_programmes_and_indicators_sum_to_the_total(
    raw: Agency, raw_achievements: pd.DataFrame, rows: dict, quarter: int
) -> None:
    by_key = {(programme.casefold(), *rest): money for (programme, *rest), money in rows.items()}
    cents = [(*key, *(None if each is None else each / 100 for each in money)) for key, money in by_key.items()]
    agency = with_budget(raw, *cents)
    programmes, total = iku.budget.by_programme(agency, 2021, quarter), iku.budget.total(agency, 2021, quarter)
    indicators = iku.budget.by_indicator(agency, raw_achievements, 2021, quarter)
    if not rows:
        assert programmes.empty
        return
    for column in ("budget", "realised_known"):
        assert programmes[column].sum() == pytest.approx(total[column], abs=0.001)
    assert indicators["budget"].sum() + programmes["untied"].sum() == pytest.approx(total["budget"], abs=0.001)
    assert pd.isna(total["realised"]) == programmes["realised"].isna().any()
    assert total["budget"] <= sum(money[0] for money in by_key.values()) / 100 + 0.001
