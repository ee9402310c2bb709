"""The figures of an indicator that are judged, each once."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.schema import SCORED_BASES


def scored_figures(agency: Agency, indicator_id: str, *, parts: bool = False) -> pd.DataFrame:
    """Return the figures (or the breakdowns) of an indicator, the preferred basis where two say the same."""
    figures = agency.parts if parts else agency.figures
    figures = figures[figures["indicator_id"] == indicator_id]
    if figures["basis"].nunique() < 2:  # of most indicators: nothing to prefer
        return figures
    figures = figures.sort_values("basis", key=lambda basis: basis.map(SCORED_BASES.index), kind="stable")
    return figures.drop_duplicates(["area", "breakdown", "period"])
