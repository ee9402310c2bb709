"""Monthly series of an indicator: its own realisations, or a published context beside them."""

import pandas as pd

from iku_analysis.sources.agency import Agency

COLUMNS = ["series", "unit", "period", "value", "file"]


def monthly_realisation(agency: Agency, indicator_id: str) -> pd.DataFrame:
    """Return the province's months as the files state them: columns `series`, `unit`, `period`, `value`, `file`."""
    rows = agency.realisations
    rows = rows[(rows["indicator_id"] == indicator_id) & (rows["basis"] == "resmi") & (rows["area"] == "")]
    rows = rows[rows["breakdown"] == ""]
    names = agency.indicators[agency.indicators["indicator_id"] == indicator_id].iloc[-1]
    return _months(rows.assign(series=names["label"], unit=names["unit"]), agency)


def monthly_context(agency: Agency, indicator_id: str) -> pd.DataFrame:
    """Return the published monthly series with the most months in the decrees' years; columns as above.

    Only one: series that measure different things are never put together.
    """
    months = _months(agency.context[agency.context["indicator_id"] == indicator_id], agency)
    if months.empty:
        return months
    counts = months.groupby("series")["period"].nunique()
    return months[months["series"] == counts.idxmax()]


def _months(rows: pd.DataFrame, agency: Agency) -> pd.DataFrame:
    monthly = rows["period"].str.fullmatch(r"\d{4}-\d{2}") & rows["value"].notna()
    in_years = rows["period"].str[:4].astype(int).isin(agency.years)
    return rows.loc[monthly & in_years, COLUMNS].sort_values("period", kind="stable").reset_index(drop=True)
