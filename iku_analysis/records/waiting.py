"""A register of what waits for an answer -> how long it took, and what is still open, quarter by quarter."""

import duckdb
import pandas as pd

from iku_analysis.records import sql
from iku_analysis.records.conditions import asking
from iku_analysis.records.settings import RecordsFile, WaitSettings
from iku_analysis.schema import WAITS

OLD, VERY_OLD = 30, 90  # days


def count_waits(connection: duckdb.DuckDBPyConnection, records: RecordsFile) -> pd.DataFrame:
    """Return rows of frame `waits`, one for each indicator and quarter in which its register is complete.

    A quarter tells what was known at its end: the days of what was answered in it, and what was open then.

    Raises
    ------
    DataError
        Where a condition cannot be asked of some row.
    """
    found = []
    for number, wait in enumerate(records.wait, start=1):
        with asking(f"wait.{number}.where", wait.where):
            rows = _count(connection, wait, records)
        few = rows["answered"] < records.hide_below
        rows[["median_days", "p90_days"]] = rows[["median_days", "p90_days"]].mask(few)
        found.append(rows.assign(indicator_id=wait.indicator))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def _count(connection: duckdb.DuckDBPyConnection, wait: WaitSettings, records: RecordsFile) -> pd.DataFrame:
    register = records.register_[wait.register_]
    quarters = pd.period_range(register.first, register.until, freq="M").asfreq("Q").unique()
    spans = ", ".join(
        f"('{each.year}-Q{each.quarter}', DATE '{each.start_time:%Y-%m-%d}', DATE '{each.end_time:%Y-%m-%d}')"
        for each in quarters
        if each.end_time <= pd.Period(register.until, "M").end_time
    )
    if not spans:
        return pd.DataFrame(columns=list(WAITS.columns))
    since, to = sql.name(wait.date), sql.name(wait.to)
    in_it = f"{to} BETWEEN first AND last AND {to} >= {since}"
    open_then = f"{since} <= last AND ({to} IS NULL OR {to} > last)"
    return connection.execute(
        f"SELECT period, count(*) FILTER ({in_it}) AS answered, "
        f"quantile_disc({to} - {since}, 0.5) FILTER ({in_it})::DOUBLE AS median_days, "
        f"quantile_disc({to} - {since}, 0.9) FILTER ({in_it})::DOUBLE AS p90_days, "
        f"count(*) FILTER ({open_then}) AS open, "
        f"count(*) FILTER ({open_then} AND last - {since} > {OLD}) AS open_30, "
        f"count(*) FILTER ({open_then} AND last - {since} > {VERY_OLD}) AS open_90 "
        f"FROM (VALUES {spans}) AS quarters(period, first, last), {sql.name(wait.register_)} "
        f"WHERE _fault IS NULL AND ({wait.where}\n) GROUP BY period ORDER BY period"
    ).df()
