"""Monthly series of an indicator: its own realisations, or a published context beside them."""

from dataclasses import dataclass

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.backtests import BacktestSummary, backtest, summarise_backtest
from iku_analysis.analysis.definition import first_year
from iku_analysis.analysis.forecast import YearForecast, decompose, forecast_year
from iku_analysis.analysis.monthly import why_not_forecast
from iku_analysis.errors import IkuError

COLUMNS = ["series", "unit", "period", "value", "file"]


def monthly_realisation(agency: Agency, indicator_id: str) -> pd.DataFrame:
    """Return the province's months as the files state them: columns `series`, `unit`, `period`, `value`, `file`.

    Only of a flow: months of a percentage, a running total or a position make no sum since January.
    """
    rows = agency.realisations
    rows = rows[(rows["indicator_id"] == indicator_id) & (rows["basis"] == "resmi") & (rows["area"] == "")]
    rows = rows[rows["breakdown"] == ""]
    names = agency.latest_indicator(indicator_id)
    if names["aggregation"] != "sum":
        rows = rows.iloc[:0]
    return _months(rows.assign(series=names["label"], unit=names["unit"]), agency)


def monthly_context(agency: Agency, indicator_id: str | None = None) -> pd.DataFrame:
    """Return the published monthly series, of an indicator or of any, with the most months in the decrees' years.

    Columns as above.     Only one: series that measure different things are never put together.
    """
    context = agency.context
    months = _months(context if indicator_id is None else context[context["indicator_id"] == indicator_id], agency)
    if months.empty:
        return months
    counts = months.groupby("series")["period"].nunique()
    return months[months["series"] == counts.idxmax()]


def comparable_months(
    agency: Agency, months: pd.DataFrame, indicator_id: str, year: int, *, through: int = 12
) -> pd.DataFrame:
    """Return the months of a series up to a month of a year that have the indicator's definition of that year."""
    since = first_year(agency, indicator_id, year)
    return months[months["period"].between(f"{since}-01", f"{year}-{through:02d}")].reset_index(drop=True)


def _months(rows: pd.DataFrame, agency: Agency) -> pd.DataFrame:
    monthly = rows["period"].str.fullmatch(r"\d{4}-\d{2}") & rows["value"].notna()
    in_years = rows["period"].str[:4].astype(int).isin(agency.years)
    return rows.loc[monthly & in_years, COLUMNS].sort_values("period", kind="stable").reset_index(drop=True)


@dataclass(frozen=True)
class MonthsOutlook:
    """What the months of a year point to, or why they point to nothing.

    `parts` is the frame of `decompose` (empty where there is none); `tested` says how such forecasts
    did on this very series. Without a `forecast` the `reason` says why, and what is needed.
    """

    year: int
    reason: str
    forecast: YearForecast | None
    tested: BacktestSummary | None
    parts: pd.DataFrame


def outlook_from_months(months: pd.DataFrame, year: int) -> MonthsOutlook:
    """Return the outlook of a monthly series to December of the year in which it ends.

    `months` is a frame of `comparable_months` or `monthly_context`. Nothing is filled: a series
    that is too short, has gaps, contradicts itself or ends before the year is refused in words.
    """
    if reason := why_not_forecast(months):
        return MonthsOutlook(year, reason, None, None, pd.DataFrame())
    parts = decompose(months)
    try:
        forecast = forecast_year(months, year)
    except IkuError as error:
        return MonthsOutlook(year, str(error), None, None, parts)
    return MonthsOutlook(year, "", forecast, summarise_backtest(backtest(months)), parts)
