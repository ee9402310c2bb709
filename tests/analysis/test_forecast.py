"""The year's total ahead: what it must keep to, and how often its bounds hold on series with a known truth."""

import os
import subprocess
import sys
import warnings
from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from roots import PROJECT
from simulated import KINDS, as_months, season, trend_and_season, walk_and_season

import iku_analysis as iku
from iku_analysis.agency.load import Agency
from iku_analysis.analysis import forecast
from iku_analysis.analysis.forecast import YearForecast, decompose, forecast_year
from iku_analysis.errors import IkuError

# From 24 to 59 months, so that every number of months ahead has its turn.
LENGTHS = range(24, 60)


def months_of(count: int, seed: int = 0) -> pd.Series:
    return trend_and_season(count, np.random.default_rng(seed))


def total_ahead(series: pd.Series, count: int) -> tuple[YearForecast, float]:
    """Return the forecast from the first `count` months and the total that came."""
    year = int(series.index[count][:4])
    return forecast_year(series.iloc[:count], year), float(series[series.index.str[:4] == str(year)].sum())


def test_known_months_are_kept_and_the_others_are_forecast() -> None:
    series = months_of(29)  # to May 2019
    outlook = forecast_year(series, 2019)
    assert (outlook.year, outlook.level, outlook.known) == (2019, 0.8, 5)
    assert outlook.to_date == pytest.approx(series["2019-01":].sum())
    assert list(outlook.months) == ["period", "low", "middle", "high"]
    assert list(outlook.months["period"]) == [f"2019-{month:02d}" for month in range(6, 13)]
    assert outlook.middle == pytest.approx(outlook.to_date + outlook.months["middle"].sum())
    assert outlook.to_date < outlook.low < outlook.middle < outlook.high
    # Months do not all err one way: the bounds of a sum are closer than the sums of bounds.
    assert outlook.high - outlook.low < (outlook.months["high"] - outlook.months["low"]).sum()
    with pytest.raises(FrozenInstanceError):
        outlook.year = 2020  # type: ignore[misc]


def test_after_a_december() -> None:
    series = months_of(36)
    ahead, done = forecast_year(series, 2020), forecast_year(series, 2019)
    assert (ahead.known, ahead.to_date, len(ahead.months)) == (0, 0, 12)
    assert (done.known, len(done.months)) == (12, 0)
    assert done.low == done.middle == done.high == done.to_date == pytest.approx(series["2019-01":].sum())


@pytest.mark.parametrize("year", [2018, 2020, 2021])
def test_another_year_is_refused(year: int) -> None:
    with pytest.raises(IkuError, match=f"Angka terakhir Mei 2019: tahun {year} tidak dapat"):
        forecast_year(months_of(29), year)


@pytest.mark.parametrize("level", [0, 1, 80, -0.5])
def test_a_level_is_a_probability(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        forecast_year(months_of(29), 2019, level)


def test_what_cannot_carry_a_forecast_is_refused_in_words(raw: Agency) -> None:
    months = iku.months.context(raw, "ekspor")
    for act in (decompose, lambda months: forecast_year(months, 2022)):
        with pytest.raises(IkuError, match="11 bulan tanpa angka"):
            act(months)
    with pytest.raises(IkuError, match="Nol atau negatif"):
        forecast_year(months_of(29).where(lambda values: values.index != "2018-03", 0), 2019)


def test_more_certainty_takes_wider_bounds() -> None:
    widths = [(f := forecast_year(months_of(29), 2019, level)).high - f.low for level in (0.5, 0.8, 0.95)]
    assert widths == sorted(widths)
    assert widths[0] < 0.6 * widths[1]


def test_a_year_that_fills_up_grows_certain() -> None:
    series = months_of(47)
    widths = [(f := total_ahead(series, count)[0]).high - f.low for count in (36, 40, 44, 46)]
    assert widths == sorted(widths, reverse=True)


@settings(max_examples=15, deadline=None)
@given(count=st.sampled_from(LENGTHS), seed=st.integers(0, 99), power=st.floats(-6, 6))
def test_another_unit_gives_the_same_forecast(count: int, seed: int, power: float) -> None:
    """But for where the optimisers stop: the farthest apart of 2,700 draws were 0.12%."""
    series, factor = months_of(count, seed), 10**power
    plain, scaled = (forecast_year(values, _year_after(values)) for values in (series, series * factor))
    for name in ("to_date", "low", "middle", "high"):
        assert getattr(scaled, name) == pytest.approx(factor * getattr(plain, name), rel=5e-3)


@settings(max_examples=15, deadline=None)
@given(logs=st.lists(st.floats(-1, 1), min_size=24, max_size=40), level=st.floats(0.05, 0.99))
def test_low_middle_high_whatever_the_months(logs: list[float], level: float) -> None:
    outlook = forecast_year(as_months(np.array(logs)), _year_after(as_months(np.array(logs))), level)
    assert np.isfinite([outlook.low, outlook.high]).all()
    assert outlook.to_date <= outlook.low <= outlook.middle <= outlook.high
    assert (outlook.months["low"] <= outlook.months["middle"]).all()
    assert (outlook.months["middle"] <= outlook.months["high"]).all()
    assert (outlook.months["low"] > 0).all()


@settings(max_examples=5, deadline=None)
@given(order=st.permutations(range(31)))
def test_order_does_not_matter_and_the_input_stays(order: list[int]) -> None:
    series = months_of(31)
    table = pd.DataFrame({"period": series.index, "value": series.to_numpy()}).iloc[order]
    before = table.copy()
    pd.testing.assert_frame_equal(forecast_year(table, 2019).months, forecast_year(series, 2019).months)
    pd.testing.assert_frame_equal(decompose(table), decompose(series))
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("growth_pct", [-6, 0, 6])
@pytest.mark.parametrize("count", [24, 29, 36, 47, 60])
def test_constant_growth_with_a_season_is_forecast_almost_exactly(growth_pct: float, count: int) -> None:
    """Both methods damp a growth on purpose: at most a third of a year's growth is given away."""
    rng = np.random.default_rng(1)
    logs = np.log1p(growth_pct / 100) / 12 * np.arange(72) + season(72, 0.2, rng)
    outlook, actual = total_ahead(as_months(logs), count)
    assert outlook.middle == pytest.approx(actual, rel=0.0001 + abs(growth_pct) / 300)
    assert outlook.low <= actual + 1e-6 * actual
    assert outlook.high >= actual - 1e-6 * actual


def test_a_constant_stays_and_nothing_is_warned_of() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        outlook = forecast_year(as_months(np.zeros(30)), 2019)
    assert outlook.low == pytest.approx(12e6)
    assert outlook.high == pytest.approx(12e6)


@pytest.mark.parametrize("kind", KINDS)
def test_four_in_five_totals_lie_within_the_bounds(kind: str) -> None:
    """Nominal 80%; 108 series a kind, so the share itself is known to 3.8 points (one sigma)."""
    held = []
    for seed in range(108):
        count = LENGTHS[seed % len(LENGTHS)]
        outlook, actual = total_ahead(KINDS[kind](72, np.random.default_rng([seed, 7])), count)
        held.append(outlook.low <= actual <= outlook.high)
    print(kind, 100 * np.mean(held))
    assert 72 <= 100 * np.mean(held) <= 95


def test_bounds_are_wider_where_the_two_methods_disagree(monkeypatch: pytest.MonkeyPatch) -> None:
    series = months_of(29)
    plain = forecast_year(series, 2019)
    theta = forecast._theta
    monkeypatch.setattr(forecast, "_theta", lambda logs, steps: (theta(logs, steps)[0] + 0.4, theta(logs, steps)[1]))
    apart = forecast_year(series, 2019)
    assert (apart.high - apart.low) / apart.middle > 2 * (plain.high - plain.low) / plain.middle


def test_only_the_last_ten_years_count() -> None:
    series = walk_and_season(180, np.random.default_rng(3))
    whole, tail = forecast_year(series, 2032), forecast_year(series.iloc[-120:], 2032)
    assert (whole.low, whole.middle, whole.high) == (tail.low, tail.middle, tail.high)


def test_months_before_a_gap_are_left_out() -> None:
    series = months_of(40)
    pd.testing.assert_frame_equal(
        forecast_year(series.drop("2017-06"), 2020).months, forecast_year(series["2017-07":], 2020).months
    )


@pytest.mark.parametrize("count", [24, 35, 60, 130])
def test_trend_season_and_rest_sum_to_the_value(count: int) -> None:
    parts = decompose(months_of(count))
    assert list(parts) == ["period", "value", "trend", "season", "rest"]
    assert len(parts) == count
    np.testing.assert_allclose(parts[["trend", "season", "rest"]].sum(axis=1), parts["value"])


def test_decomposition_finds_what_was_put_in() -> None:
    rng = np.random.default_rng(5)
    pattern = season(48, 0.2, rng)
    pattern -= pattern.mean()
    growth = 0.004 * np.arange(48)
    parts = decompose(as_months(growth + pattern + rng.normal(0, 0.01, 48)))
    np.testing.assert_allclose(np.log(parts["trend"] / 1e6), growth, atol=0.02)
    np.testing.assert_allclose(np.log1p(parts["season"] / parts["trend"]), pattern, atol=0.02)
    assert (parts["rest"].abs() < 0.04 * parts["value"]).all()


def test_decomposition_of_zeros_and_negatives_is_in_the_unit() -> None:
    wave = np.resize([0.0, 3, -3, 0, 1, -1], 36)
    parts = decompose(as_months(np.zeros(36)) * 0 + wave)
    np.testing.assert_allclose(parts["trend"], 0, atol=1e-9)
    np.testing.assert_allclose(parts["season"], wave, atol=1e-9)


def test_two_years_leave_a_rest() -> None:
    """With two values of a month the season is their mean, not each of them."""
    parts = decompose(months_of(24))
    assert parts["rest"].abs().mean() > 0.01 * parts["value"].mean()


def test_the_examples_year_from_august(example: Agency) -> None:
    months = iku.months.realisation(example, "ekspor")
    outlook = forecast_year(months[months["period"] <= "2022-08"], 2022)
    assert outlook.known == 8
    assert outlook.low < 4_378_000_000 < outlook.high
    assert outlook.middle == pytest.approx(4_378_000_000, rel=0.01)


PROCESSORS = """
import iku_analysis as iku
from iku_analysis.analysis.forecast import forecast_year
months = iku.months.realisation(iku.load_agency("data/example"), "ekspor")
for year, last in ((2020, 9), (2021, 3), (2021, 11), (2022, 6)):
    outlook = forecast_year(months[months["period"] <= f"{year}-{last:02d}"], year)
    print(f"{outlook.low:.3f} {outlook.middle:.3f} {outlook.high:.3f}")
"""


def test_another_processor_gives_the_same_forecast() -> None:
    """BLAS sums in another order there, and the optimisers stop elsewhere: by 14 dollars, in September 2020."""
    told = [
        subprocess.run(
            [sys.executable, "-c", PROCESSORS], env=env, cwd=PROJECT, capture_output=True, text=True, check=True
        ).stdout
        for env in (os.environ, os.environ | {"OPENBLAS_CORETYPE": "Prescott"})
    ]
    assert told[0].count("\n") == 4
    assert told[0] == told[1]


def test_importing_costs_no_statsmodels() -> None:
    modules = "iku_analysis.analysis.forecast, iku_analysis.analysis.backtests"
    code = f"import sys, {modules}; print('statsmodels' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def _year_after(series: pd.Series) -> int:
    return (pd.Period(series.index[-1], freq="M") + 1).year
