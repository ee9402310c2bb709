"""What a register is like before anything is counted in it: rows left out by reason, gaps, days without rows."""

import duckdb
import pandas as pd

from iku_analysis.records import sql
from iku_analysis.records.settings import RegisterSettings


def check_register(
    connection: duckdb.DuckDBPyConnection, name: str, settings: RegisterSettings
) -> tuple[list[dict[str, object]], pd.DataFrame]:
    """Return rows of frame `register_checks`, and of frame `arrivals`: how many rows have each day."""
    table, key = sql.name(name), sql.name(settings.key)
    counts = connection.execute(f"SELECT _fault, count(*) FROM {table} GROUP BY _fault ORDER BY _fault").fetchall()
    faults = {fault: count for fault, count in counts if fault}
    checks = [("rows", "", sum(count for _fault, count in counts))]
    checks += [(check, column, count) for fault, count in faults.items()
               for check, _colon, column in [fault.partition(":")]]  # fmt: skip
    if settings.numbered:
        numbers = f"TRY_CAST(regexp_extract({key}, '\\d+$') AS BIGINT)"
        series = f"regexp_replace({key}, '\\d+$', '')"
        found = connection.execute(
            f"SELECT sum(missing)::BIGINT FROM (SELECT max({numbers}) - min({numbers}) + 1 - count(DISTINCT {numbers}) "
            f"AS missing FROM {table} GROUP BY {series})"
        ).fetchone()
        checks.append(("gaps", settings.key, int(found[0] or 0) if found else 0))
    arrivals = pd.DataFrame(columns=["register", "day", "rows"])
    days = settings.of_type("date")
    if days:
        day = sql.name(days[0])
        arrivals = connection.execute(
            f"SELECT {sql.text(name)} AS register, strftime(day, '%Y-%m-%d') AS day, rows FROM (SELECT {day} AS day, "
            f"count(*) AS rows FROM {table} WHERE _fault IS NULL AND {day} IS NOT NULL GROUP BY ALL) ORDER BY ALL"
        ).df()
        first, last = f"{settings.first}-01", pd.Period(settings.until, "M").end_time.date()
        working = pd.bdate_range(first, last).strftime("%Y-%m-%d")
        checks.append(("empty_days", days[0], len(set(working) - set(arrivals["day"]))))
    return [
        {"register": name, "check": check, "column": column, "count": count} for check, column, count in checks
    ], arrivals
