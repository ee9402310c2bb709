"""Monthly series with a known truth, the same each time."""

from collections.abc import Callable

import numpy as np
import pandas as pd


def as_months(logs: np.ndarray, start: str = "2017-01") -> pd.Series:
    return pd.Series(1e6 * np.exp(logs), index=pd.period_range(start, periods=len(logs), freq="M").astype(str))


def season(count: int, size: float, rng: np.random.Generator) -> np.ndarray:
    return np.resize(rng.normal(0, size, 12), count)


def trend_and_season(count: int, rng: np.random.Generator) -> pd.Series:
    return as_months(rng.normal(0, 0.005) * np.arange(count) + season(count, 0.1, rng) + rng.normal(0, 0.05, count))


def walk_and_season(count: int, rng: np.random.Generator) -> pd.Series:
    walk = np.cumsum(rng.normal(0, 0.03, count))
    return as_months(walk + season(count, 0.1, rng) + rng.normal(0, 0.03, count))


def without_season(count: int, rng: np.random.Generator) -> pd.Series:
    return as_months(np.cumsum(rng.normal(0, 0.015, count)) + rng.normal(0, 0.05, count))


KINDS: dict[str, Callable[[int, np.random.Generator], pd.Series]] = {
    "trend + season + noise": trend_and_season,
    "random walk + season": walk_and_season,
    "no season": without_season,
}
