"""How well `forecast_year` would have done on the same series: the forecast made again at every past month."""

from dataclasses import dataclass

import pandas as pd

from iku_analysis.analysis.forecast import forecast_run
from iku_analysis.analysis.monthly import LEAST_MONTHS, Months, last_run, tidy_months, why_not_forecast
from iku_analysis.errors import IkuError

# All that 60 months have; on a longer series the last three years, the ones like the year to come.
MOST_ORIGINS = 36
COLUMNS = [
    "origin",
    "year",
    "known",
    "low",
    "middle",
    "high",
    "naive",
    "actual",
    "covered",
    "error_pct",
    "naive_error_pct",
]


@dataclass(frozen=True)
class BacktestSummary:
    """What a backtest found.

    `coverage_pct` of the `origins` had the year's total within bounds that promised `level_pct`.
    `error_pct` and `naive_error_pct` are mean absolute errors of the year's total in per cent of
    it: of the forecast, and of taking last year's months for those not known. NaN without origins.
    Origins of one year share its total, so they are fewer independent trials than their number.
    """

    origins: int
    level_pct: float
    coverage_pct: float
    error_pct: float
    naive_error_pct: float


def backtest(months: Months, level: float = 0.8) -> pd.DataFrame:
    """Return one row a past month from which the total of a year, known by now, would have been forecast.

    Parameters
    ----------
    months : Series or DataFrame
        A monthly series, as `tidy_months` takes it; its last consecutive months are used.
    level : float
        Probability that the bounds hold the total, as in `forecast_year`.

    Returns
    -------
    DataFrame
        At most the last 36 origins with 24 months before and including them. `origin`: the last
        month then known; `year`: that of the month after it; `known`: months of that year known
        then; `low`, `middle`, `high` of the total; `naive`: the same months of last year instead
        of a forecast; `actual`: the total; `covered`: whether the bounds held it; `error_pct` and
        `naive_error_pct`: above (+) or below (-) it, in per cent of it. `attrs["level"]` keeps the level.

    Raises
    ------
    IkuError
        If `why_not_forecast` names a reason.
    ValueError
        If the level is not between 0 and 1.
    """
    if reason := why_not_forecast(months):
        raise IkuError(reason)
    run = last_run(tidy_months(months))
    ends = [end for end in range(LEAST_MONTHS, len(run)) if run.index[end].year <= _last_whole_year(run)]
    rows = [_try(run, end, level) for end in ends[-MOST_ORIGINS:]]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame.attrs["level"] = level
    return frame


def _last_whole_year(run: pd.Series) -> int:
    last = run.index[-1]
    return last.year if last.month == 12 else last.year - 1


def _try(run: pd.Series, end: int, level: float) -> dict:
    """Return the row of the origin before position `end`: what was known then, and what came."""
    past, year = run.iloc[:end], run.index[end].year
    forecast = forecast_run(past, year, level)
    of_year = run[run.index.year == year]
    actual, ahead = float(of_year.sum()), len(of_year) - forecast.known
    naive = forecast.to_date + float(past.iloc[end - 12 : end - 12 + ahead].sum())
    return {
        "origin": str(past.index[-1]),
        "year": year,
        "known": forecast.known,
        "low": forecast.low,
        "middle": forecast.middle,
        "high": forecast.high,
        "naive": naive,
        "actual": actual,
        "covered": forecast.low <= actual <= forecast.high,
        "error_pct": 100 * (forecast.middle / actual - 1),
        "naive_error_pct": 100 * (naive / actual - 1),
    }


def summarise_backtest(frame: pd.DataFrame) -> BacktestSummary:
    """Return what a frame of `backtest` says in five numbers."""
    return BacktestSummary(
        origins=len(frame),
        level_pct=100 * frame.attrs["level"],
        coverage_pct=100 * float(frame["covered"].astype(float).mean()),
        error_pct=float(frame["error_pct"].abs().mean()),
        naive_error_pct=float(frame["naive_error_pct"].abs().mean()),
    )
