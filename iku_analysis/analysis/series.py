"""Figures of one length of period beside each other: of areas, or of the items of a breakdown."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.scored import scored_figures

COLUMNS = ["name", "area", "breakdown", "period", "year", "value", "numerator", "denominator", "basis", "status"]


def series_of_areas(agency: Agency, indicator_id: str, grain: str, areas: list[str]) -> pd.DataFrame:
    """Return the figures of some areas (the province is the area without a name), in their order, then of time.

    Columns: `name` (here the area), and those of frame `figures` from `area` to `status`; `value` is in
    the unit of the indicator. `grain` is `year`, `quarter` or `month`. A figure without a value is left out.
    """
    figures = _known(scored_figures(agency, indicator_id), grain)
    figures = figures[figures["area"].isin(areas)]
    return _in_order(figures.assign(name=figures["area"]), areas)


def series_of_items(agency: Agency, indicator_id: str, grain: str, area: str, kind: str) -> pd.DataFrame:
    """Return the figures of the items of a breakdown (`kind`: `jenis`) of an area; columns as in `series_of_areas`."""
    parts = _known(scored_figures(agency, indicator_id, parts=True), grain)
    parts = parts[(parts["area"] == area) & parts["breakdown"].str.startswith(f"{kind}: ")]
    parts = parts.assign(name=parts["breakdown"].str.removeprefix(f"{kind}: "))
    return _in_order(parts, sorted(set(parts["name"])))


def _known(figures: pd.DataFrame, grain: str) -> pd.DataFrame:
    return figures[(figures["grain"] == grain) & figures["value"].notna()]


def _in_order(figures: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    places = figures["name"].map(names.index)
    return figures.assign(place=places).sort_values(["place", "period"])[COLUMNS].reset_index(drop=True)
