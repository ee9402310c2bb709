"""Monthly series of an indicator: its own realisations, or a published context beside them."""

from dataclasses import dataclass

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.backtests import BacktestSummary, backtest, summarise_backtest
from iku_analysis.analysis.definition import first_year
from iku_analysis.analysis.forecast import YearForecast, decompose, forecast_year
from iku_analysis.analysis.monthly import Months, tidy_months, why_not_forecast
from iku_analysis.errors import IkuError

COLUMNS = ["series", "unit", "period", "value", "source"]


def realisation(agency: Agency, indicator_id: str) -> pd.DataFrame:
    """Return the province's months as the files state them: columns `series`, `unit`, `period`, `value`, `source`.

    Only of a flow: months of a percentage, a running total or a position make no sum since January.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.months.realisation(agency, "ekspor")[["period", "value"]].head(2)
        period        value
    0  2018-01  318991560.0
    1  2018-02  307970155.0
    """
    rows = agency.realisations
    rows = rows[(rows["indicator_id"] == indicator_id) & (rows["basis"] == "resmi") & (rows["area"] == "")]
    rows = rows[rows["breakdown"] == ""]
    names = agency.latest_indicator(indicator_id)
    if names["aggregation"] != "sum":
        rows = rows.iloc[:0]
    return _months(rows.assign(series=names["label"], unit=names["unit"]), agency)


def context(agency: Agency, indicator_id: str | None = None) -> pd.DataFrame:
    """Return the published monthly series, of an indicator or of any, with the most months in the decrees' years.

    Columns as above. Only one: series that measure different things are never put together.

    Examples
    --------
    >>> agency = iku.load_agency("data/raw")
    >>> iku.months.context(agency, "ekspor")[["period", "unit"]].head(2)
        period      unit
    0  2019-07  juta USD
    1  2019-08  juta USD
    """
    context = agency.context
    months = _months(context if indicator_id is None else context[context["indicator_id"] == indicator_id], agency)
    if months.empty:
        return months
    counts = months.groupby("series")["period"].nunique()
    return months[months["series"] == counts.idxmax()]


def comparable(
    agency: Agency, months: pd.DataFrame, indicator_id: str, year: int, *, through: int = 12
) -> pd.DataFrame:
    """Return the months of a series up to a month of a year that have the indicator's definition of that year.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> seen = iku.months.realisation(agency, "ekspor")
    >>> months = iku.months.comparable(agency, seen, "ekspor", 2020, through=9)
    >>> months["period"].iloc[[0, -1]].tolist()
    ['2018-01', '2020-09']
    """
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


def outlook(months: pd.DataFrame, year: int) -> MonthsOutlook:
    """Return the outlook of a monthly series to December of the year in which it ends.

    `months` is a frame of `comparable` or `context`. Nothing is filled: a series
    that is too short, has gaps, contradicts itself or ends before the year is refused in words.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> seen = iku.months.realisation(agency, "ekspor")
    >>> months = iku.months.comparable(agency, seen, "ekspor", 2020, through=9)
    >>> iku.months.outlook(months, 2020).forecast is None
    False
    """
    if reason := why_not_forecast(months):
        return MonthsOutlook(year, reason, None, None, pd.DataFrame())
    parts = decompose(months)
    try:
        forecast = forecast_year(months, year)
    except IkuError as error:
        return MonthsOutlook(year, str(error), None, None, parts)
    return MonthsOutlook(year, "", forecast, summarise_backtest(backtest(months)), parts)


def month_changes(months: Months) -> pd.DataFrame:
    """Return each stated month with its changes, in order of time.

    Parameters
    ----------
    months : Series or DataFrame
        A monthly series, as `tidy_months` takes it.

    Returns
    -------
    DataFrame
        `period`; `value` (NaN for a month told twice, differently); `change_pct` on the month
        before and `year_change_pct` on the same month of last year, in per cent; `to_date`: the
        sum from January on, in the unit of the series, NaN when a month of the year so far is
        missing; `to_date_change_pct`: on the sum of the same months of last year. A change is
        NaN when either number is missing or the earlier one is not positive.

    Raises
    ------
    IkuError
        As `tidy_months`.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> seen = iku.months.realisation(agency, "ekspor")
    >>> iku.months.month_changes(seen)[["period", "year_change_pct"]].round(1).tail(2)
         period  year_change_pct
    58  2022-11              1.4
    59  2022-12              2.9
    """
    values = tidy_months(months)
    to_date = _to_date(values)
    changes = pd.DataFrame(
        {
            "period": values.index.astype(str),
            "value": values.to_numpy(),
            "change_pct": _change_pct(values, 1).to_numpy(),
            "year_change_pct": _change_pct(values, 12).to_numpy(),
            "to_date": to_date.to_numpy(),
            "to_date_change_pct": _change_pct(to_date, 12).to_numpy(),
        }
    )
    return changes.astype({"period": "str"})


def _change_pct(values: pd.Series, back: int) -> pd.Series:
    """Return the change in per cent on the value so many months before."""
    before = values.reindex(values.index - back).set_axis(values.index)
    return 100 * (values / before.where(before > 0) - 1)


def _to_date(values: pd.Series) -> pd.Series:
    """Return the sum of each month's year so far; NaN from the first unknown month of the year on."""
    if values.empty:
        return values
    every = pd.period_range(values.index[0].asfreq("Y").asfreq("M", "start"), values.index[-1], freq="M")
    whole = values.reindex(every)
    return whole.groupby(every.year).transform(lambda year: year.cumsum(skipna=False)).reindex(values.index)
