"""Where the coverage of a percentage is lost: areas, items and quarters, from numerators and denominators."""

import numpy as np
import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.scored import scored_figures


def by_area(agency: Agency, indicator_id: str, year: int) -> pd.DataFrame:
    """Return one row an area, the largest shortfall first.

    Columns: `area`, `numerator`, `denominator` (counts), `value` (per cent), `gap` (percentage
    points to the year's target) and `shortfall`: how many more of the denominator must be
    covered to reach the target in that area, 0 where it is reached. Empty where the year is not
    targeted, or less is better: nothing is to be covered then. Raises IkuError for an indicator
    or a year that no decree has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.coverage.by_area(agency, "uttp", 2021)[["area", "shortfall"]].head(2)
                area  shortfall
    0  Jakarta Utara      255.0
    1  Jakarta Barat      124.0
    """
    figures = scored_figures(agency, indicator_id)
    areas = figures[(figures["year"] == year) & (figures["grain"] == "year") & (figures["area"] != PROVINCE)]
    return _shortfalls(agency, areas, indicator_id, year, "area")


def by_item(agency: Agency, indicator_id: str, year: int, kind: str) -> pd.DataFrame:
    """Return one row an item of a breakdown (`kind`: `jenis`) of the province, the largest shortfall first.

    Columns as in `by_area`, with `item` in place of `area`. Raises IkuError likewise.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.coverage.by_item(agency, "uttp", 2021, "jenis")[["item", "shortfall"]].head(2)
              item  shortfall
    0  meter taksi      212.0
    1    timbangan      175.0
    """
    parts = scored_figures(agency, indicator_id, parts=True)
    parts = parts[(parts["year"] == year) & (parts["grain"] == "year") & (parts["area"] == PROVINCE)]
    parts = parts[parts["breakdown"].str.startswith(f"{kind}: ")]
    return _shortfalls(agency, parts.assign(item=parts["breakdown"].str[len(kind) + 2 :]), indicator_id, year, "item")


def _shortfalls(agency: Agency, rows: pd.DataFrame, indicator_id: str, year: int, name: str) -> pd.DataFrame:
    higher = agency.indicator(indicator_id, year)["direction"] == "higher"
    target, targeted = agency.targets.set_index(["indicator_id", "year"]).loc[(indicator_id, year)][
        ["target", "targeted"]
    ]
    rows = rows[(rows["denominator"] > 0) & targeted & higher]  # where nothing is due nothing is lost
    # Rounded before the ceiling: 97% of 1.000 is 970, not 970,0000000001.
    needed = np.ceil((target / 100 * rows["denominator"]).round(6))
    rows = rows.assign(gap=rows["value"] - target, shortfall=(needed - rows["numerator"]).clip(lower=0))
    columns = [name, "numerator", "denominator", "value", "gap", "shortfall"]
    return rows[columns].sort_values(["shortfall", "gap"], ascending=[False, True]).reset_index(drop=True)


def by_quarter(agency: Agency, indicator_id: str) -> pd.DataFrame:
    """Return the province's quarters: `period`, `year`, `value` (per cent), `target` (of the year), `missed`, `status`.

    Without a target (empty) none is missed.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.coverage.by_quarter(agency, "uttp")[["period", "value"]].round(2).tail(2)
         period  value
    18  2022-Q3  99.39
    19  2022-Q4  99.67
    """
    figures = scored_figures(agency, indicator_id)
    quarters = figures[(figures["grain"] == "quarter") & (figures["area"] == PROVINCE)]
    targets = agency.targets[agency.targets["indicator_id"] == indicator_id]
    targets = targets.assign(target=targets["target"].where(targets["targeted"]))
    facts = targets.merge(agency.indicators[["decree", "indicator_id", "direction"]], on=["decree", "indicator_id"])
    rows = quarters.merge(facts[["year", "target", "direction"]], on="year").sort_values("period")
    higher = rows["direction"] == "higher"
    missed = (rows["value"] < rows["target"]) & higher | (rows["value"] > rows["target"]) & ~higher
    columns = ["period", "year", "value", "target", "missed", "direction", "status"]
    return rows.assign(missed=missed)[columns].reset_index(drop=True)
