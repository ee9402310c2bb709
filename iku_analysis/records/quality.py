"""What a register is like before anything is counted in it: rows left out by reason, gaps, days without rows."""

import duckdb
import pandas as pd

from iku_analysis.records import sql
from iku_analysis.records.settings import RegisterSettings
from iku_analysis.schema import ARRIVALS, GAPS

MOST_GAPS = 20  # that are named; all are counted


def check_register(
    connection: duckdb.DuckDBPyConnection, name: str, settings: RegisterSettings
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return rows of frames `register_checks`, `arrivals` (how many rows have each day) and `gaps` (the longest)."""
    table = sql.name(name)
    counts = connection.execute(f"SELECT _fault, count(*) FROM {table} GROUP BY _fault ORDER BY _fault").fetchall()
    faults = {fault: count for fault, count in counts if fault}
    checks = [("rows", "", sum(count for _fault, count in counts))]
    checks += [(check, column, count) for fault, count in faults.items()
               for check, _colon, column in [fault.partition(":")]]  # fmt: skip
    gaps = pd.DataFrame(columns=list(GAPS.columns))
    if settings.numbered:
        missing = _count_missing(connection, table, settings)
        checks.append(("gaps", settings.key, missing))
        gaps = _find_gaps(connection, table, settings) if missing else gaps
    arrivals = pd.DataFrame(columns=list(ARRIVALS.columns))
    days = settings.of_type("date")
    if days:
        day = sql.name(days[0])
        arrivals = connection.execute(
            f"SELECT strftime(day, '%Y-%m-%d') AS day, rows FROM (SELECT {day} AS day, "
            f"count(*) AS rows FROM {table} WHERE _fault IS NULL AND {day} IS NOT NULL GROUP BY ALL) ORDER BY ALL"
        ).df()
        first, last = f"{settings.first}-01", pd.Period(settings.until, "M").end_time.date()
        working = pd.bdate_range(first, last).strftime("%Y-%m-%d")
        checks.append(("empty_days", days[0], len(set(working) - set(arrivals["day"]))))
    found = pd.DataFrame(checks, columns=["check", "column", "count"])
    return found.assign(register=name), arrivals.assign(register=name), gaps.assign(register=name)


def _numbers(settings: RegisterSettings) -> tuple[str, str]:
    """Return the number at the end of a key, and what stands before it: numbers of one series are in one order."""
    key = sql.name(settings.key)
    return f"TRY_CAST(regexp_extract({key}, '\\d+$') AS BIGINT)", f"regexp_replace({key}, '\\d+$', '')"


def _count_missing(connection: duckdb.DuckDBPyConnection, table: str, settings: RegisterSettings) -> int:
    numbers, series = _numbers(settings)
    found = connection.execute(
        f"SELECT sum(missing)::BIGINT FROM (SELECT max({numbers}) - min({numbers}) + 1 - count(DISTINCT {numbers}) "
        f"AS missing FROM {table} GROUP BY {series})"
    ).fetchone()
    return int(found[0] or 0) if found else 0


def _find_gaps(connection: duckdb.DuckDBPyConnection, table: str, settings: RegisterSettings) -> pd.DataFrame:
    numbers, series = _numbers(settings)
    key, personal = sql.name(settings.key), settings.columns[settings.key].personal
    days = settings.of_type("date")
    day = f"coalesce(strftime({sql.name(days[0])}, '%Y-%m-%d'), '')" if days else "''"
    order = f"OVER (PARTITION BY {series} ORDER BY {numbers})"
    found = connection.execute(
        f"SELECT next - number - 1 AS missing, after, before, day FROM (SELECT {numbers} AS number, {key} AS after, "
        f"lead({numbers}) {order} AS next, lead({key}) {order} AS before, {day} AS day FROM {table}) "
        f"WHERE next - number > 1 ORDER BY ALL DESC LIMIT {MOST_GAPS}"
    ).df()
    keys = {"after": "", "before": ""} if personal else {}
    return found.assign(place=range(1, len(found) + 1), **keys)
