"""The forecast made again at past months: against figures computed by hand, simulated truth and public series."""

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from simulated import trend_and_season, walk_and_season

import iku_analysis as iku
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.backtests import COLUMNS, MOST_ORIGINS, backtest, summarise_backtest
from iku_analysis.analysis.forecast import forecast_year
from iku_analysis.errors import IkuError


def co2() -> pd.Series:
    """Atmospheric CO2 at Mauna Loa, monthly means, from the last gap on."""
    from statsmodels.datasets import co2 as published  # a second of every run that asks for no such series

    weekly = published.load_pandas().data["co2"]
    return weekly.groupby(weekly.index.strftime("%Y-%m")).mean()["1964-05":]


def elnino() -> pd.Series:
    """Sea surface temperature off Peru."""
    from statsmodels.datasets import elnino as published

    table = published.load_pandas().data.set_index("YEAR")
    values = table.to_numpy().ravel()
    start = f"{int(table.index[0])}-01"
    return pd.Series(values, index=pd.period_range(start, periods=len(values), freq="M").astype(str))


def test_one_row_an_origin_and_nothing_of_the_future() -> None:
    series = trend_and_season(50, np.random.default_rng(0))  # 2017-01 to 2021-02
    frame = backtest(series)
    assert list(frame) == COLUMNS
    assert list(frame["origin"]) == list(series.index[23:47])  # the last total that is known is that of 2020
    assert list(frame["known"]) == list(range(12)) * 2
    assert list(frame["year"]) == [2019] * 12 + [2020] * 12
    spoilt = series.where(series.index <= "2019-05", series * 2)
    columns = ["low", "middle", "high"]
    pd.testing.assert_frame_equal(frame.loc[:5, columns], backtest(spoilt).loc[:5, columns])


def test_a_row_by_hand() -> None:
    series = trend_and_season(36, np.random.default_rng(0))
    row = backtest(series).iloc[3]
    forecast = forecast_year(series.iloc[:27], 2019)
    actual = series["2019-01":"2019-12"].sum()
    naive = series["2019-01":"2019-03"].sum() + series["2018-04":"2018-12"].sum()
    assert (row["origin"], row["year"], row["known"]) == ("2019-03", 2019, 3)
    assert (row["low"], row["middle"], row["high"]) == (forecast.low, forecast.middle, forecast.high)
    assert row["actual"] == pytest.approx(actual)
    assert row["naive"] == pytest.approx(naive)
    assert row["error_pct"] == pytest.approx(100 * (forecast.middle - actual) / actual)
    assert row["naive_error_pct"] == pytest.approx(100 * (naive - actual) / actual)
    assert row["covered"] == (forecast.low <= actual <= forecast.high)


def test_summary_by_hand() -> None:
    frame = pd.DataFrame(
        {"covered": [True, True, False], "error_pct": [1.0, -2.0, 6.0], "naive_error_pct": [-3.0, 0.0, 9.0]}
    )
    frame.attrs["level"] = 0.8
    summary = summarise_backtest(frame)
    assert (summary.origins, summary.level_pct, summary.error_pct, summary.naive_error_pct) == (3, 80, 3, 4)
    assert summary.coverage_pct == pytest.approx(200 / 3)


@pytest.mark.parametrize("count", [24, 35])
def test_no_whole_year_ahead_leaves_no_origin(count: int) -> None:
    frame = backtest(trend_and_season(count, np.random.default_rng(0)))
    assert frame.empty
    assert list(frame) == COLUMNS
    summary = summarise_backtest(frame)
    assert summary.origins == 0
    assert np.isnan([summary.coverage_pct, summary.error_pct, summary.naive_error_pct]).all()


def test_what_cannot_be_forecast_is_refused(raw: Agency) -> None:
    with pytest.raises(IkuError, match="11 bulan tanpa angka"):
        backtest(iku.months.context(raw, "ekspor"))
    with pytest.raises(ValueError, match="between 0 and 1"):
        backtest(trend_and_season(36, np.random.default_rng(0)), 80)


def test_input_stays() -> None:
    series = trend_and_season(36, np.random.default_rng(0))
    before = series.copy()
    backtest(series)
    pd.testing.assert_series_equal(series, before)


def test_sixty_months_in_two_seconds(example: Agency) -> None:
    months = iku.months.realisation(example, "ekspor")
    forecast_year(months, 2022)
    start = time.process_time()
    frame = backtest(months)
    assert time.process_time() - start < 4  # about 0,7 s when nothing else runs
    assert len(frame) == MOST_ORIGINS
    summary = summarise_backtest(frame)
    assert summary.error_pct < summary.naive_error_pct
    assert summary.coverage_pct >= 70


def test_a_long_series_keeps_its_last_origins() -> None:
    frame = backtest(walk_and_season(120, np.random.default_rng(0)))
    assert list(frame["origin"])[:: MOST_ORIGINS - 1] == ["2023-12", "2026-11"]


@pytest.mark.parametrize(("public", "stretches"), [(co2, 7), (elnino, 12)])
def test_public_series_are_forecast_no_worse_than_by_last_year(public: Callable, stretches: int) -> None:
    """Every whole stretch of five years, none chosen: on a few alone last year's months can do better.

    Only the error and a wide band are asked here. Origins of one year share its total, so these are
    about three trials a stretch; coverage is tested on independent series in test_forecast.py.
    """
    series = public()
    ends = range(len(series), 59, -60)
    assert len(ends) == stretches
    frame = pd.concat([backtest(series.iloc[end - 60 : end]) for end in ends])
    frame.attrs["level"] = 0.8
    summary = summarise_backtest(frame)
    print(public.__name__, summary)
    assert summary.error_pct <= summary.naive_error_pct
    assert 65 <= summary.coverage_pct <= 100
