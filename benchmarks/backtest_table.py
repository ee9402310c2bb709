"""How often the outlook's bounds hold, and how far its middle is off, on series that anybody can install.

Every forecast is made at a past month from the months before it (`iku_analysis.backtest`), on
stretches of five years. Usage: python benchmarks/backtest_table.py [STRETCHES]
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm

import iku_analysis as iku
from iku_analysis.analysis.backtests import backtest, summarise_backtest

PROJECT = Path(__file__).parents[1]
MONTHS = 60
LEVEL = 0.8


def number_months(values: np.ndarray, start: str) -> pd.Series:
    """Return the values by month."""
    return pd.Series(values, index=pd.period_range(start, periods=len(values), freq="M").astype(str))


def co2() -> pd.Series:
    """Return the monthly means of CO2 at Mauna Loa, ppm, from the last gap on."""
    weekly = sm.datasets.co2.load_pandas().data["co2"]
    return weekly.groupby(weekly.index.strftime("%Y-%m")).mean()["1964-05":]


def elnino() -> pd.Series:
    """Return the sea surface temperature off Peru, degrees Celsius."""
    table = sm.datasets.elnino.load_pandas().data.set_index("YEAR")
    return number_months(table.to_numpy().ravel(), f"{int(table.index[0])}-01")


def simulate(kind: str, rng: np.random.Generator) -> pd.Series:
    """Return five years of a series whose make is known; noises are shares of the level."""
    season = np.resize(rng.normal(0, 0.1, 12), MONTHS)
    logs = {
        "trend + season + noise": lambda: 0.004 * np.arange(MONTHS) + season + rng.normal(0, 0.05, MONTHS),
        "random walk + season": lambda: np.cumsum(rng.normal(0, 0.03, MONTHS)) + season + rng.normal(0, 0.03, MONTHS),
        "no season": lambda: np.cumsum(rng.normal(0, 0.015, MONTHS)) + rng.normal(0, 0.05, MONTHS),
        "heavy tails + season": lambda: season + 0.03 * np.cumsum(rng.standard_t(3, MONTHS)) / 2,
        "season that grows": lambda: season * np.linspace(0.5, 1.5, MONTHS) + rng.normal(0, 0.03, MONTHS),
    }[kind]
    return number_months(1e6 * np.exp(logs()), "2017-01")


def stretches(series: pd.Series, most: int) -> list[pd.Series]:
    """Return the last stretches of five years, one after the other."""
    ends = range(len(series), MONTHS - 1, -MONTHS)
    return [series.iloc[end - MONTHS : end] for end in list(ends)[:most]]


def collect(most: int) -> Iterator[tuple[str, list[pd.Series]]]:
    """Yield the name and the stretches of every series."""
    yield "co2", stretches(co2(), most)
    yield "elnino", stretches(elnino(), most)
    months = iku.months.realisation(iku.load_agency(PROJECT / "data/example"), "ekspor")
    yield "example exports (invented)", [months.set_index("period")["value"]]
    kinds = ["trend + season + noise", "random walk + season", "no season", "heavy tails + season", "season that grows"]
    for kind in kinds:
        yield f"simulated: {kind}", [simulate(kind, np.random.default_rng([seed, 2])) for seed in range(most)]


def measure(name: str, series: list[pd.Series]) -> dict:
    """Return one row of the table."""
    start = time.perf_counter()
    frame = pd.concat([backtest(months, LEVEL) for months in series])
    seconds = time.perf_counter() - start
    frame.attrs["level"] = LEVEL
    summary = summarise_backtest(frame)
    return {
        "series": name,
        "stretches": len(series),
        "origins": summary.origins,
        "nominal %": summary.level_pct,
        "coverage %": summary.coverage_pct,
        "error %": summary.error_pct,
        "naive error %": summary.naive_error_pct,
        "s a backtest": seconds / len(series),
    }


def main() -> None:
    """Print the table."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    series = list(collect(most))
    backtest(series[0][1][0].iloc[:36])  # what is imported once is not counted
    table = pd.DataFrame([measure(name, parts) for name, parts in series])
    print(table.to_string(index=False, float_format="{:.2f}".format))


if __name__ == "__main__":
    main()
