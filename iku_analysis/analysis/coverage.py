"""Where the coverage of a percentage is lost: areas and quarters, from numerators and denominators."""

import numpy as np
import pandas as pd

from iku_analysis.schema import SCORED_BASES
from iku_analysis.sources.agency import Agency


def coverage_by_area(agency: Agency, indicator_id: str, year: int) -> pd.DataFrame:
    """Return one row an area, the largest shortfall first.

    Columns: `area`, `numerator`, `denominator` (counts), `value` (per cent), `gap` (percentage
    points to the year's target) and `shortfall`: how many more of the denominator must be
    covered to reach the target in that area, 0 where it is reached. Raises IkuError for an
    indicator or a year that no decree has.
    """
    agency.indicator(indicator_id, year)  # an unknown name or year is refused in words
    target = agency.targets.set_index(["indicator_id", "year"]).loc[(indicator_id, year), "target"]
    figures = _scored(agency, indicator_id)
    areas = figures[(figures["year"] == year) & (figures["grain"] == "year") & (figures["area"] != "")]
    # Rounded before the ceiling: 97 % of 1.000 is 970, not 970,0000000001.
    needed = np.ceil((target / 100 * areas["denominator"]).round(6))
    areas = areas.assign(gap=areas["value"] - target, shortfall=(needed - areas["numerator"]).clip(lower=0))
    columns = ["area", "numerator", "denominator", "value", "gap", "shortfall"]
    return areas[columns].sort_values(["shortfall", "gap"], ascending=[False, True]).reset_index(drop=True)


def coverage_by_quarter(agency: Agency, indicator_id: str) -> pd.DataFrame:
    """Return the province's quarters: `period`, `year`, `value` (per cent), `target` (of the year), `status`."""
    figures = _scored(agency, indicator_id)
    quarters = figures[(figures["grain"] == "quarter") & (figures["area"] == "")]
    targets = agency.targets.loc[agency.targets["indicator_id"] == indicator_id, ["year", "target"]]
    columns = ["period", "year", "value", "target", "status"]
    return quarters.merge(targets, on="year")[columns].sort_values("period").reset_index(drop=True)


def _scored(agency: Agency, indicator_id: str) -> pd.DataFrame:
    """Return the figures of an indicator, the preferred basis where two say the same."""
    figures = agency.figures[agency.figures["indicator_id"] == indicator_id]
    figures = figures.sort_values("basis", key=lambda basis: basis.map(SCORED_BASES.index), kind="stable")
    return figures.drop_duplicates(["area", "period"])
