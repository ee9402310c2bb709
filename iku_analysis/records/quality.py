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
    """Return rows of frames `register_checks`, `arrivals` (how many rows have each day) and `gaps` (the longest).

    The day of a row is its first date that records.toml does not call personal.
    """
    table = sql.name(name)
    counts = connection.execute(
        f"SELECT _fault::VARCHAR AS fault, count(*) FROM {table} GROUP BY fault ORDER BY fault"
    ).fetchall()
    faults = {fault: count for fault, count in counts if fault}
    checks = [("rows", "", sum(count for _fault, count in counts))]
    checks += [(check, column, count) for fault, count in faults.items()
               for check, _colon, column in [fault.partition(":")]]  # fmt: skip
    gaps = pd.DataFrame(columns=list(GAPS.columns))
    days = [each for each in settings.of_type("date") if not settings.columns[each].personal]
    if settings.numbered:
        missing, gaps = _find_gaps(connection, table, settings, days)
        checks.append(("gaps", settings.key, missing))
    arrivals = pd.DataFrame(columns=list(ARRIVALS.columns))
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


def _find_gaps(
    connection: duckdb.DuckDBPyConnection, table: str, settings: RegisterSettings, days: list[str]
) -> tuple[int, pd.DataFrame]:
    """Return how many numbers are missing, and the longest gaps: a number is the digits that end a key.

    Numbers behind the same letters are one series. They are kept as bits, 64 of them in a word; of a word that is full
    the first and the last stand for all.
    """
    key = sql.name(settings.key)
    number, series = f"TRY_CAST(regexp_extract({key}, '[0-9]+$') AS BIGINT)", f"regexp_replace({key}, '[0-9]+$', '')"
    full = "18446744073709551615::UBIGINT"
    words = (
        "SELECT series, number // 64 AS word, bit_or(1::UBIGINT << (number % 64)::UBIGINT) AS bits FROM "
        f"(SELECT {series} AS series, {number} AS number FROM {table}) WHERE number IS NOT NULL GROUP BY ALL"
    )
    found = connection.execute(
        f"WITH _words AS MATERIALIZED ({words}), _numbers AS (SELECT series, bits = {full} AS whole, "
        "word * 64 + place AS number FROM _words, range(64) AS places(place) "
        f"WHERE (bits >> place::UBIGINT) & 1 = 1 AND (bits <> {full} OR place IN (0, 63))), "
        "_gaps AS (SELECT *, next - number - 1 AS missing FROM (SELECT *, "
        "lead(number) OVER (PARTITION BY series ORDER BY number) AS next FROM _numbers) "
        "WHERE next - number > 1 AND NOT (whole AND number % 64 = 0)) "
        "SELECT series, number, next, missing, sum(missing) OVER () AS total FROM _gaps "
        f"ORDER BY missing DESC, series, number LIMIT {MOST_GAPS}"
    ).df()
    if found.empty:
        return 0, pd.DataFrame(columns=list(GAPS.columns))
    numbers = ", ".join(str(each) for each in sorted({*found["number"], *found["next"]}))
    near = connection.execute(
        f"SELECT {series} AS series, {number} AS number, min({key}) AS key, "
        + (f"coalesce(strftime(min({sql.name(days[0])}), '%Y-%m-%d'), '')" if days else "''")
        + f" AS day FROM {table} WHERE {number} IN ({numbers}) GROUP BY ALL"
    ).df()
    named = found.merge(near, "left", on=["series", "number"]).rename(columns={"key": "after"})
    ends = near.rename(columns={"number": "next", "key": "before"}).drop(columns="day")
    named = named.merge(ends, "left", on=["series", "next"])
    if settings.columns[settings.key].personal:
        named[["after", "before"]] = ""
    return int(found["total"].iloc[0]), named.assign(place=range(1, len(named) + 1))
