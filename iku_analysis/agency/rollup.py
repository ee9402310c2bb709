"""Parts -> wholes: months to quarters to years, areas to the province.

A whole and its parts come in together, and reading must hold them against each other;
so this arithmetic stands before both reading and analysis. Only complete parts make a
whole (3 months, 4 quarters, every area of the policy): a year of three quarters is no year.
Counts are summed (or the last one taken, for a running total); a percentage is the sum of
numerators over the sum of denominators, never a mean of percentages. A position at a date that
makes no sum (an index, a percentage without its counts) is the last one of its periods, and
its areas make no province. A mean takes the periods alike, which is our own choice, and its areas make no province
either. Two semesters make a year; two quarters are held against their semester, and make none.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

import pandas as pd

from iku_analysis.schema import FIGURES, SCORED_BASES, make_frame

KEY = ["indicator_id", "basis", "area", "breakdown", "period"]
NUMBERS = ["value", "numerator", "denominator"]
PROVINCE = ""
GRAINS = {"": "year", "Q": "quarter", "S": "semester"}  # by what begins the part of the period; else a month
# Each step: the parts' grain, and how many of them make a whole; without a number the areas of a period are joined.
STEPS: dict[str, tuple[str, int | None]] = {
    "month": ("month", None),
    "quarters": ("month", 3),
    "quarter": ("quarter", None),
    "halves": ("quarter", 2),
    "semester": ("semester", None),
    "years": ("quarter", 4),
    "years of halves": ("semester", 2),
    "year": ("year", None),
}


def roll_up(
    realisations: pd.DataFrame, aggregation: dict[str, str], areas: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all figures that the realisations state or that complete parts make.

    Parameters
    ----------
    realisations : frame `realisations`
        Rows without a value, proxies, and published figures that contradict each other take no part.
    aggregation : dict
        `sum`, `last`, `ratio`, `mean` or `position` by indicator id.
    areas : list of str
        The areas that together make the province.

    Returns
    -------
    figures : frame `figures`
        What a file states wins over what its parts make. A breakdown (`jenis: timbangan`) is
        rolled up beside the whole and never into it: nobody says which items make a whole.
    compared : DataFrame
        Every whole that is both stated and made from parts: the key, the stated row's `file`
        and `row`, its numbers, and those of the parts (`value_parts` and so on).
    """
    stated = _usable(realisations)
    figures = stated.assign(derived=False)
    compared = [figures[:0].assign(**{f"{name}_parts": figures[name][:0] for name in NUMBERS})]
    for step, (grain, complete) in STEPS.items():
        if grain not in set(figures["grain"]):
            continue
        parts = figures[figures["grain"] == grain]
        if complete:
            whole = _join_periods(parts, step, complete, aggregation)
        else:
            whole = _join_areas(parts, aggregation, areas)
        if whole.empty:
            continue
        alike = figures[figures["grain"].isin(whole["grain"].unique()) & figures["area"].isin(whole["area"].unique())]
        both = alike[~alike["derived"]].merge(whole[[*KEY, *NUMBERS]], on=KEY, suffixes=("", "_parts"))
        compared.append(both)
        if step == "halves":
            continue  # nobody reports them beside quarters but to be checked
        known = pd.MultiIndex.from_frame(alike[KEY])
        new = whole[~pd.MultiIndex.from_frame(whole[KEY]).isin(known)]
        figures = pd.concat([figures, new.assign(derived=True)]) if len(new) else figures
    return make_frame(FIGURES, figures.sort_values(KEY)), pd.concat(compared, ignore_index=True)


def add_period_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with `year` (int) and `grain` (`month`, `quarter`, `semester`, `year`) of its periods."""
    period = frame["period"]
    grain = _of_each(period, lambda each: GRAINS.get(each[5:6], "month"))
    return frame.assign(year=_of_each(period, lambda each: int(each[:4])).astype(int), grain=grain.astype("str"))


def _of_each(periods: pd.Series, ask: Callable[[str], object]) -> pd.Series:
    """Return what is asked of each period, once for all rows of it."""
    return periods.map({each: ask(each) for each in periods.unique()})


def exact_sum(values: Iterable[float]) -> float:
    """Return the sum of the decimals as written: 0,1 + 0,2 is 0,3."""
    return float(sum(Decimal(repr(float(value))) for value in values))


def contradictions(realisations: pd.DataFrame) -> pd.DataFrame:
    """Return the published figures that name different values for one indicator, period and area."""
    stated = realisations[(realisations["basis"] == "publikasi") & realisations["value"].notna()]
    return stated[stated.groupby(KEY)["value"].transform("nunique") > 1] if len(stated) else stated


def _usable(realisations: pd.DataFrame) -> pd.DataFrame:
    known = realisations["value"].notna() | realisations["denominator"].notna()
    scored = realisations["basis"].isin(SCORED_BASES)
    usable = realisations[known & scored].drop(contradictions(realisations).index)
    return add_period_columns(usable.drop_duplicates(KEY))  # publications that agree are one figure


def _join_areas(figures: pd.DataFrame, aggregation: dict[str, str], areas: list[str]) -> pd.DataFrame:
    parts = figures[figures["area"].isin(areas)]
    if parts.empty:
        return parts
    return join_parts(parts.assign(part=parts["area"]), PROVINCE, None, len(areas), aggregation)


def _join_periods(figures: pd.DataFrame, into: str, complete: int, aggregation: dict[str, str]) -> pd.DataFrame:
    parts = figures.assign(part=figures["period"])
    wholes = {
        "quarters": lambda month: f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}",
        "halves": lambda quarter: f"{quarter[:4]}-S{(int(quarter[6]) + 1) // 2}",
    }
    whole = _of_each(parts["part"], wholes.get(into, lambda each: each[:4]))
    return join_parts(parts, None, whole, complete, aggregation)


def join_parts(
    parts: pd.DataFrame, area: str | None, period: pd.Series | None, complete: int, aggregation: dict[str, str]
) -> pd.DataFrame:
    """Return one row for each whole whose parts are all there.

    `parts` are rows of frame `figures` with a column `part` that orders them. `area` or `period` is
    the whole's own, in place of the parts'. A running total (`last`)
    is still summed over areas: each area has its own.
    """
    # Numbers are joined fast, text is not: `status` is told by one of them.
    own = {"area": area} if area is not None else {"period": period}
    parts = parts.assign(**own, provisional=parts["status"] == "sementara").sort_values("part")
    groups = parts.groupby(KEY, sort=True)
    all_there = groups.size().to_numpy() == complete
    if not all_there.any():
        return parts[:0]
    # Binary sums of cents miss by a hair, and a target that is met exactly would be missed.
    whole = groups[NUMBERS].sum(min_count=complete).round(4).reset_index()
    how = whole["indicator_id"].map(aggregation)
    by_share = how == "ratio"
    if period is not None:
        last = groups[NUMBERS].last().reset_index(drop=True)
        whole["value"] = whole["value"].mask(how.isin(["last", "position"]), last["value"])
        if (position := how == "position").any():
            whole.loc[position, NUMBERS] = last
        whole["value"] = whole["value"].mask(how == "mean", (whole["value"] / complete).round(9))
    else:
        by_share |= how.isin(["position", "mean"])
    share = 100 * whole["numerator"] / whole["denominator"].where(whole["denominator"] > 0)
    whole["value"] = whole["value"].mask(by_share, share)
    provisional = groups["provisional"].any().reset_index(drop=True)
    whole["status"] = provisional.map({True: "sementara", False: "final"}).astype("str")
    return add_period_columns(whole[all_there & (whole["value"].notna() | whole["denominator"].notna())])
