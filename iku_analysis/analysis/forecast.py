"""The year's total that a monthly series points to, with honest bounds, and its trend and season.

Two forecasts by statsmodels, on the logarithm of the months, are averaged: the Theta method
(Assimakopoulos and Nikolopoulos 2000) and damped exponential smoothing with a season (ETS(A,Ad,A):
Hyndman and others 2008). Chosen by measurement, on the year's total from windows of 24 to 60 months
of 39 public series: mean absolute error 1.9 to 2.2%, against 3.3 to 3.6% for last year's months
again. Either alone was 3 to 5% worse, ARIMA (0,1,1)(0,1,1) 6%, STL with ETS over 20%. Both damp a
growth on purpose, which was better than to go on with it: of a constant growth of 6% a year up to
a third is not followed. `benchmarks/backtest_table.py` measures this on what anybody can install.
"""

import warnings
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from iku_analysis.analysis.monthly import Months, last_run, tidy_months, why_not_decompose, why_not_forecast
from iku_analysis.errors import IkuError
from iku_analysis.indonesian import format_period
from iku_analysis.language import _

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

SEASON = 12
# Ten years tell what there is to tell of a season; more months only cost time.
MOST_MONTHS = 120
# Real series surprise more than a normal distribution allows: Student's t with so many degrees of
# freedom made 80% bounds hold 80% of the public windows (and 83% of simulated ones).
SURPRISES = 5
# Decimals of a logarithm that do not hang on the processor: where the optimisers stop, they differ in the eighth.
SURE = 5
SMOOTHED = 4  # the parameters that ETS(A,Ad,A) fits: level, slope, season, damping


@dataclass(frozen=True, eq=False)
class YearForecast:
    """The total of a year: the months known and a forecast of the others, in the unit of the series.

    `known` counts the months of the year that are known, `to_date` is their sum. `low` and `high`
    hold the total with a probability of `level` (0.8 = four in five); `middle` is as likely too
    high as too low. `months` has the months forecast: `period`, `low`, `middle`, `high`; the
    middles and `to_date` sum to `middle`, the bounds do not sum (months do not all err one way).
    """

    year: int
    level: float
    known: int
    to_date: float
    low: float
    middle: float
    high: float
    months: pd.DataFrame = field(repr=False)


def decompose(months: Months) -> pd.DataFrame:
    """Return the last consecutive months as trend + season + rest, all in the unit of the series.

    Parameters
    ----------
    months : Series or DataFrame
        A monthly series, as `tidy_months` takes it.

    Returns
    -------
    DataFrame
        `period`, `value`, `trend`, `season`, `rest`; the last three sum to the value. Where all
        months are positive STL works on logarithms, so that the season is a share of the trend.

    Raises
    ------
    IkuError
        If there are fewer than 24 consecutive months up to the last, with the reason in words.

    Notes
    -----
    STL: Cleveland and others, Journal of Official Statistics 6 (1990), by statsmodels. A season
    of degree 0 over 13 years: on two or three years it is the mean, later it follows slowly.
    """
    from statsmodels.tsa.seasonal import STL

    _refuse(" ".join(why_not_decompose(months)))
    run = last_run(tidy_months(months))
    logs = bool((run > 0).all())
    parts = STL(np.log(run.to_numpy()) if logs else run.to_numpy(), period=SEASON, seasonal=13, seasonal_deg=0).fit()
    trend = np.exp(parts.trend) if logs else parts.trend
    season = trend * np.expm1(parts.seasonal) if logs else parts.seasonal
    parted = pd.DataFrame({"period": run.index.astype(str), "value": run.to_numpy(), "trend": trend, "season": season})
    return parted.assign(rest=parted["value"] - trend - season)


def forecast_year(months: Months, year: int, level: float = 0.8) -> YearForecast:
    """Return the total of the year in progress after the last known month (known months and forecast).

    Parameters
    ----------
    months : Series or DataFrame
        A monthly series, as `tidy_months` takes it; its last consecutive months are used, 120 at most.
    year : int
        The year of the month after the last known one. After a December that is the next year,
        with no month known; the year of that December is returned as it is, low = middle = high.
    level : float
        Probability that the bounds hold the total, between 0 and 1.

    Returns
    -------
    YearForecast
        The same for the same input: no random number is drawn.

    Raises
    ------
    IkuError
        If `why_not_forecast` names a reason, or the year is another one.
    ValueError
        If the level is not between 0 and 1.
    """
    _refuse(why_not_forecast(months))
    return forecast_run(last_run(tidy_months(months)), year, level)


def forecast_run(run: pd.Series, year: int, level: float) -> YearForecast:
    """Return the forecast from consecutive positive months; see `forecast_year`."""
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, got {level}")
    known = run[run.index.year == year]
    if year not in {run.index[-1].year, (run.index[-1] + 1).year}:
        last = format_period(str(run.index[-1]))
        raise IkuError(_("Angka terakhir {last}: tahun {year} tidak dapat diperkirakan darinya.", last=last, year=year))
    ahead = pd.period_range(run.index[-1] + 1, pd.Period(f"{year}-12", freq="M"), freq="M")
    to_date = float(known.sum())
    if ahead.empty:
        nothing = pd.DataFrame({name: [] for name in ("period", "low", "middle", "high")})
        return YearForecast(year, level, len(known), to_date, to_date, to_date, to_date, nothing)
    path, covariance = _forecast_logs(np.log(run.to_numpy()[-MOST_MONTHS:]), len(ahead))
    middles, quantile = np.exp(path), _quantile(level)
    spread = np.exp(quantile * np.sqrt(np.diag(covariance)))
    shares = middles / middles.sum()
    rest, spread_of_sum = float(middles.sum()), float(np.exp(quantile * np.sqrt(shares @ covariance @ shares)))
    frame = {"period": ahead.astype(str), "low": middles / spread, "middle": middles, "high": middles * spread}
    low, high = to_date + rest / spread_of_sum, to_date + rest * spread_of_sum
    return YearForecast(year, level, len(known), to_date, low, to_date + rest, high, pd.DataFrame(frame))


def _refuse(reason: str) -> None:
    if reason:
        raise IkuError(reason)


def _quantile(level: float) -> float:
    from scipy.stats import t

    return float(t.ppf((1 + level) / 2, SURPRISES))


def _forecast_logs(logs: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the forecast of the logarithms and the covariance of its errors, month by month.

    The errors of a path are what its shocks leave behind (each shock moves the months after it,
    by the mean of what the two models say), and what is not known of the pattern itself: its level
    (one mean of n months), each month's season (n/12 values), the slope (a line through n months),
    and which of the two models is right (half their difference).
    """
    # The level is taken out first, so that the optimiser goes the same way in any unit.
    mean, count = logs.mean(), len(logs)
    with _one_thread().limit(limits=1, user_api="blas"):
        theta_path, theta_response = (each.round(SURE) for each in _theta(logs - mean, steps))
        *smooth, squares = _smooth(logs - mean, steps)
    smooth_path, smooth_response = (each.round(SURE) for each in smooth)
    response = _lower_triangle((theta_response + smooth_response) / 2)
    ahead = np.arange(1, steps + 1)
    pattern = 1 / count + SEASON / count * np.eye(steps) + SEASON / count**3 * np.outer(ahead, ahead)
    apart = (theta_path - smooth_path) / 2
    shock = float(f"{squares:.{SURE}g}") / (count - SMOOTHED)
    return (theta_path + smooth_path) / 2 + mean, shock * (response @ response.T + pattern) + np.outer(apart, apart)


@cache
def _one_thread() -> "ThreadpoolController":
    """Return what keeps BLAS to one thread: scipy's optimiser shares out matrices of ten rows, five times slower."""
    import scipy.optimize  # noqa: F401 - the controller knows the libraries that are loaded when it is made
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _theta(logs: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the Theta forecast and how much of a shock stays, so many months later."""
    from statsmodels.tsa.forecasting.theta import ThetaModel

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a constant series: the optimiser has nothing to do, and says so
        # The library's test would leave the season out of short series; all of them have one here.
        fitted = ThetaModel(logs, period=SEASON, method="additive", use_test=False).fit()
        path = np.asarray(fitted.forecast(steps))
    return path, np.r_[1, np.repeat(fitted.params["alpha"], steps - 1)]


def _smooth(logs: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the ETS(A,Ad,A) forecast, how much of a shock stays, and the sum of squared one-step errors."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    kind = {"error": "add", "trend": "add", "damped_trend": True, "seasonal": "add", "seasonal_periods": SEASON}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        # States from the first year, not fitted: as good on short series and five times as fast.
        fitted = ETSModel(logs, **kind, initialization_method="heuristic").fit(disp=False)
    # At most 12 months lie ahead, so no shock meets its own calendar month again: gamma takes no part.
    after = np.arange(1, steps)
    stays = fitted.alpha + fitted.beta * np.cumsum(fitted.phi**after)
    return np.asarray(fitted.forecast(steps)), np.r_[1, stays], float(np.sum(np.square(fitted.resid)))


def _lower_triangle(response: np.ndarray) -> np.ndarray:
    """Return the matrix that turns shocks of each month into errors of each month."""
    steps = len(response)
    lag = np.subtract.outer(np.arange(steps), np.arange(steps))
    return np.where(lag >= 0, response[np.abs(lag)], 0)
