"""The year to the end of a quarter against the targets that the agency has set for its quarters."""

import pandas as pd

from iku_analysis.agency.expected import check_quarter
from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import KEY, PROVINCE, exact_sum, join_parts
from iku_analysis.analysis.achievement import compute_achievements, judge, targets_of_years
from iku_analysis.language import _
from iku_analysis.sources.units import ways_to_join


def compute_achievements_to(agency: Agency, quarter: int) -> pd.DataFrame:
    """Return frame `achievements` of all years as they stood at the end of a quarter (1-4).

    `realisation` (in the unit): a sum of the quarters so far, the last of a running total, or for a
    percentage the ratio of sums; every quarter up to this one must be there, else the state is
    `no_data` and the reason names what is missing. `target` (in the unit): the agency's targets of
    the quarters, summed for a sum, else that of this quarter. Without them, or where their sum so
    far is 0 and more is better, nothing is judged. Quarter 4 is the whole year against the decree.
    Raises IkuError for a quarter that no year has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> to_september = iku.compute_achievements_to(agency, 3)
    >>> to_september.query("indicator_id == 'nik' and year == 2021")[["period", "realisation"]]
        period  realisation
    3  2021-Q3         90.0
    """
    check_quarter(quarter)
    if quarter == 4:
        return compute_achievements(agency)
    targets = targets_of_years(agency)
    rows = [_target_to(agency, target, quarter) for target in targets.to_dict("records")]
    return judge(agency, pd.DataFrame(rows, columns=targets.columns), figures_to(agency, quarter), quarter=quarter)


def achievements_by_quarter(agency: Agency, quarter: int) -> list[pd.DataFrame]:
    """Return frame `achievements` at the end of each quarter up to this one.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> frames = iku.achievements_by_quarter(agency, 2)
    >>> [frame["period"].iloc[0] for frame in frames]
    ['2018-Q1', '2018-Q2']
    """
    check_quarter(quarter)
    return [compute_achievements_to(agency, each) for each in range(1, quarter + 1)]


def figures_to(agency: Agency, quarter: int) -> pd.DataFrame:
    """Return the province's figures (frame `figures`) from January to the end of a quarter.

    One row an indicator, year and basis that has every quarter up to this one, or the semester that ends with it.
    """
    quarters = agency.figures[(agency.figures["grain"] == "quarter") & (agency.figures["area"] == PROVINCE)]
    quarters = quarters[quarters["period"].str[-1].astype(int) <= quarter]
    if quarter == 1:
        return quarters
    whole = quarters["period"].str[:4]
    joined = join_parts(quarters.assign(part=quarters["period"]), None, whole, quarter, ways_to_join(agency.indicators))
    if quarter != 2:
        return joined
    halves = agency.figures[(agency.figures["grain"] == "semester") & (agency.figures["area"] == PROVINCE)]
    halves = halves[halves["period"].str.endswith("-S1")]
    halves = halves.assign(period=halves["period"].str[:4])
    return pd.concat([joined, halves]).drop_duplicates(KEY) if len(halves) else joined


def targets_of_quarters(agency: Agency, indicator_id: str, year: int) -> list[float]:
    """Return the targets of the four quarters of a year, in the unit; nothing where the agency has not set them."""
    targets = agency.quarter_targets
    own = targets[(targets["indicator_id"] == indicator_id) & (targets["period"].str[:4] == str(year))]
    return list(own.sort_values("period")["target"]) if len(own) == 4 else []


def _target_to(agency: Agency, target: dict, quarter: int) -> dict:
    """Return a year's target as that of its quarters so far, or why there is none."""
    if not target["targeted"]:
        return target
    quarters = targets_of_quarters(agency, target["indicator_id"], target["year"])
    if not quarters or target["direction"] == "range":
        return target | {"targeted": False, "unset": _("Target triwulan belum ditetapkan.")}
    so_far = exact_sum(quarters[:quarter]) if target["aggregation"] == "sum" else quarters[quarter - 1]
    if so_far == 0 and target["direction"] == "higher":  # met by doing nothing
        return target | {"targeted": False, "unset": _("Target sampai triwulan ini 0: belum dinilai.")}
    return target | {"target": so_far}
