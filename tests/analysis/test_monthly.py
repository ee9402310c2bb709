"""Changes of a monthly series computed by hand, and every reason for which it cannot carry a forecast."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

import iku_analysis as iku
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.monthly import LEAST_MONTHS, last_run, tidy_months, why_not_forecast
from iku_analysis.errors import IkuError
from iku_analysis.indonesian import format_period

NAN = float("nan")


def series(start: str, values: list[float]) -> pd.Series:
    return pd.Series(values, index=pd.period_range(start, periods=len(values), freq="M").astype(str), dtype=float)


def frame(*rows: tuple[str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["period", "value"])


GOOD = series("2019-01", [100.0 + month for month in range(30)])  # to June 2021


def test_changes_by_hand() -> None:
    changes = iku.months.month_changes(
        frame(("2020-02", 110), ("2020-01", 100), ("2021-01", 90), ("2021-02", 132), ("2021-04", 5))
    )
    assert list(changes["period"]) == ["2020-01", "2020-02", "2021-01", "2021-02", "2021-04"]
    np.testing.assert_allclose(changes["value"], [100, 110, 90, 132, 5])
    np.testing.assert_allclose(changes["change_pct"], [NAN, 10, NAN, 100 * 42 / 90, NAN])
    np.testing.assert_allclose(changes["year_change_pct"], [NAN, NAN, -10, 20, NAN])
    np.testing.assert_allclose(changes["to_date"], [100, 210, 90, 222, NAN])
    np.testing.assert_allclose(changes["to_date_change_pct"], [NAN, NAN, -10, 100 * 12 / 210, NAN])


def test_year_to_date_needs_january_in_both_years() -> None:
    changes = iku.months.month_changes(series("2020-02", [1.0] * 16)).set_index("period")
    assert changes.loc[:"2020-12", "to_date"].isna().all()
    assert list(changes.loc["2021-01":, "to_date"]) == [1, 2, 3, 4, 5]
    assert changes["to_date_change_pct"].isna().all()


@pytest.mark.parametrize("before", [0.0, -5.0])
def test_no_change_on_what_is_not_positive(before: float) -> None:
    changes = iku.months.month_changes(frame(("2020-01", before), ("2020-02", 5), ("2021-01", 5)))
    assert changes[["change_pct", "year_change_pct", "to_date_change_pct"]].isna().all(axis=None)
    assert list(changes["to_date"]) == [before, before + 5, 5]


def test_contradiction_is_unknown_and_agreement_counts_once() -> None:
    rows = (("2020-01", 10), ("2020-02", 20), ("2020-02", 21), ("2020-03", 30), ("2020-03", 30), ("2020-04", 33))
    changes = iku.months.month_changes(frame(*rows))
    assert list(changes["period"]) == ["2020-01", "2020-02", "2020-03", "2020-04"]
    np.testing.assert_allclose(changes["value"], [10, NAN, 30, 33])
    np.testing.assert_allclose(changes["change_pct"], [NAN, NAN, NAN, 10])
    np.testing.assert_allclose(changes["to_date"], [10, NAN, NAN, NAN])


def test_empty_row_beside_a_number_is_no_contradiction() -> None:
    assert list(tidy_months(frame(("2020-01", NAN), ("2020-01", 10)))) == [10]


def test_nothing_from_nothing() -> None:
    changes = iku.months.month_changes(frame())
    assert changes.empty
    assert list(changes) == ["period", "value", "change_pct", "year_change_pct", "to_date", "to_date_change_pct"]


@pytest.mark.parametrize("period", ["2020", "2020-Q1", "2020-13", "2020-1", "Januari 2020"])
def test_what_is_no_month_is_refused(period: str) -> None:
    with pytest.raises(IkuError, match=f"Bukan bulan: {period}"):
        iku.months.month_changes(frame((period, 1)))
    with pytest.raises(IkuError, match=f"Bukan bulan: {period}"):
        why_not_forecast(GOOD, period)


def test_infinite_values_and_mixed_series_are_refused() -> None:
    with pytest.raises(IkuError, match="tak hingga pada Februari 2020"):
        iku.months.month_changes(frame(("2020-01", 1), ("2020-02", float("inf"))))
    for column in ("series", "unit"):
        with pytest.raises(IkuError, match="pilih satu deret"):
            iku.months.month_changes(frame(("2020-01", 1), ("2020-02", 2)).assign(**{column: ["a", "b"]}))


@given(st.permutations(range(30)))
def test_order_of_rows_does_not_matter(order: list[int]) -> None:
    shuffled = GOOD.iloc[order]
    before = shuffled.copy()
    pd.testing.assert_frame_equal(iku.months.month_changes(shuffled), iku.months.month_changes(GOOD))
    pd.testing.assert_series_equal(shuffled, before)


@given(st.lists(st.floats(1, 1e9), min_size=2, max_size=40))
def test_changes_multiply_back_to_the_last_value(values: list[float]) -> None:
    changes = iku.months.month_changes(series("2019-05", values))
    assert values[0] * (1 + changes["change_pct"].iloc[1:] / 100).prod() == pytest.approx(values[-1])
    whole = changes[changes["period"] == "2020-12"]
    assert list(whole["to_date"]) == pytest.approx([sum(values[8:20])] if len(values) >= 20 else [])


def test_last_run_ends_with_the_last_known_month() -> None:
    values = tidy_months(frame(("2020-01", 1), ("2020-03", 3), ("2020-04", 4), ("2020-05", NAN)))
    assert list(last_run(values)) == [3, 4]
    assert last_run(values.iloc[:0]).empty


def test_a_good_series_has_no_reason() -> None:
    assert why_not_forecast(GOOD) == ""
    assert why_not_forecast(GOOD.iloc[-LEAST_MONTHS:]) == ""
    assert why_not_forecast(frame(*GOOD.items(), *GOOD.items())) == ""


def test_too_short() -> None:
    assert why_not_forecast(GOOD.iloc[-23:]) == (
        "Deret baru mulai pada Agustus 2019. Diperlukan 24 bulan berturut-turut, masing-masing satu angka: "
        "lengkapi Juli 2019 sampai Juni 2021, atau tunggu Juli 2021."
    )
    assert why_not_forecast(GOOD, "2020-11").startswith("Deret baru mulai pada Januari 2019.")
    assert why_not_forecast(GOOD, "2020-12") == ""
    assert why_not_forecast(GOOD.iloc[:0]) == "Belum ada angka bulanan. Diperlukan 24 bulan berturut-turut."
    assert why_not_forecast(GOOD * NAN) == "Belum ada angka bulanan. Diperlukan 24 bulan berturut-turut."
    assert why_not_forecast(GOOD, "2018-12") == "Belum ada angka bulanan. Diperlukan 24 bulan berturut-turut."


def test_gaps_are_counted_and_the_first_few_named() -> None:
    one = GOOD.drop("2021-03")
    assert why_not_forecast(one).startswith("1 bulan tanpa angka: Maret 2021. Diperlukan 24")
    assert why_not_forecast(one).endswith("atau tunggu Maret 2023.")
    many = GOOD.drop(["2020-01", "2020-03", "2020-05", "2020-07", "2020-09", "2020-11"])
    assert "6 bulan tanpa angka: Januari 2020, Maret 2020, Mei 2020, Juli 2020 dan 2 lainnya." in why_not_forecast(many)


def test_what_lies_before_the_last_24_months_is_no_reason() -> None:
    assert why_not_forecast(GOOD.drop("2019-05")) == ""
    assert why_not_forecast(frame(*GOOD.items(), ("2019-05", 1))) == ""
    assert why_not_forecast(GOOD.where(GOOD.index != "2019-05", 0).drop("2019-06")) == ""


def test_contradictions_are_named() -> None:
    reason = why_not_forecast(frame(*GOOD.items(), ("2020-07", 1)))
    assert reason.startswith("Publikasi saling bertentangan untuk Juli 2020. Diperlukan 24")
    # Also in the newest month, which is not one that is still to come.
    assert "Juni 2021" in why_not_forecast(frame(*GOOD.items(), ("2021-06", 1)))
    assert why_not_forecast(frame(*GOOD.items(), ("2021-06", 1)), "2021-05") == ""


def test_months_not_positive() -> None:
    assert why_not_forecast(GOOD * 0).startswith("Semua bulan nol")
    for value in (0, -1):
        reason = why_not_forecast(GOOD.where(GOOD.index != "2020-04", value))
        assert reason.startswith("Nol atau negatif pada April 2020. Pola musim memerlukan angka di atas nol")


@pytest.mark.parametrize("position", [0, 1, 12, 28, 29])
@pytest.mark.parametrize("factor", [1000, 0.001, 1e6])
def test_a_lost_factor_is_seen_anywhere(position: int, factor: float) -> None:
    values = GOOD.copy()
    values.iloc[position] *= factor
    month = format_period(values.index[position])
    assert why_not_forecast(values).startswith(f"{month} (")
    assert "faktor seribu atau sejuta hilang? Semua bulan harus dalam satu satuan." in why_not_forecast(values)


def test_a_unit_that_changes_on_the_way_is_seen_but_long_growth_and_sharp_seasons_are_not() -> None:
    assert "hilang?" in why_not_forecast(GOOD * np.where(np.arange(30) < 17, 1, 1000))
    assert why_not_forecast(series("1990-01", list(np.exp(np.arange(360) / 30)))) == ""  # 160.000 times in 30 years
    assert why_not_forecast(series("2018-01", [1.0] * 11 + [80.0] + [1.0] * 11 + [80.0])) == ""


def test_the_published_exports_are_refused_with_what_would_help(raw: Agency) -> None:
    months = iku.months.context(raw, "ekspor")
    assert why_not_forecast(months) == (
        "11 bulan tanpa angka: Februari 2021, Maret 2021, April 2021, Desember 2021 dan 7 lainnya. Diperlukan 24 "
        "bulan berturut-turut, masing-masing satu angka: lengkapi Oktober 2020 sampai September 2022, atau tunggu "
        "Agustus 2024."
    )
    assert "bertentangan untuk Juli 2020" in why_not_forecast(months, "2022-06")
    iku.use_language("en")
    assert why_not_forecast(months).startswith("11 months without a figure: February 2021, March 2021, April 2021")


def test_the_examples_exports_are_not_refused(example: Agency) -> None:
    assert why_not_forecast(iku.months.realisation(example, "ekspor")) == ""


def test_without_statsmodels_there_is_no_forecast_and_the_reason_names_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agency = iku.load_agency("data/example")
    seen = iku.months.realisation(agency, "ekspor")
    months = iku.months.comparable(agency, seen, "ekspor", 2020, through=9)
    assert iku.months.outlook(months, 2020).forecast is not None
    monkeypatch.setattr("iku_analysis.analysis.monthly.find_spec", lambda _name: None)
    outlook = iku.months.outlook(months, 2020)
    assert outlook.forecast is None
    assert outlook.reason == 'Musim dan perkiraan memerlukan: pip install "iku-analysis[lab]".'
    assert iku.figures.plot_season(agency, outlook, months) is None
