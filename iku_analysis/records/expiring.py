"""A register of things that are valid for some months -> what falls due, what is overdue, what is ahead."""

import duckdb
import pandas as pd

from iku_analysis.language import _
from iku_analysis.problems import DataError, Problem
from iku_analysis.records import sql
from iku_analysis.records.conditions import asking
from iku_analysis.records.settings import ExpirySettings, RecordsFile
from iku_analysis.schema import EXPIRY
from iku_analysis.storage.data_root import RECORDS, RECORDS_FILE

AHEAD = 12  # months beyond the register, of which it is known what falls due
CELL = ["kind", "area"]


def count_expiry(connection: duckdb.DuckDBPyConnection, records: RecordsFile) -> pd.DataFrame:
    """Return rows of frame `expiry`, one for each kind, area and month of the register and the 12 months after it.

    A thing falls due `valid_months` after each record, unless there is another record before; it is overdue from the
    month in which it fell due to the one before its next record. Both are told thing by thing, by their own days.

    Raises
    ------
    DataError
        Where a kind of the register has no `valid_months`.
    """
    settings = records.expiry
    if settings is None:
        return pd.DataFrame(columns=list(EXPIRY.columns))
    register = records.register_[settings.register_]
    valid = ", ".join(f"{sql.text(kind)}: {months}" for kind, months in settings.valid_months.items())
    rows = (
        f"SELECT {sql.same(settings.thing)} AS thing, {sql.name(settings.kind)}::VARCHAR AS kind, "
        f"{sql.name(settings.area)} AS area, {sql.name(settings.date)} AS day "
        f"FROM {sql.name(settings.register_)} WHERE _fault IS NULL AND ({settings.where}\n)"
    )
    with asking("expiry.where", settings.where):
        _refuse_other_kinds(connection, rows, settings)
    each = (
        f"SELECT kind, area, date_trunc('month', day) AS since, next, "
        f"date_trunc('month', day + to_months(MAP {{{valid}}}[kind])) AS due FROM (SELECT *, date_trunc('month', "
        f"lead(day) OVER (PARTITION BY thing ORDER BY day)) AS next FROM ({rows}))"
    )
    counts = connection.execute(
        f"WITH _each AS MATERIALIZED ({each}) "
        "SELECT kind, area, since AS month, count(*) AS verified, 0 AS due, 0 AS moved FROM _each GROUP BY ALL "
        "UNION ALL SELECT kind, area, due, 0, count(*), count(*) FROM _each "
        "WHERE next IS NULL OR next >= due GROUP BY ALL "  # in the month of the next record it is no longer overdue
        "UNION ALL SELECT kind, area, next, 0, 0, -count(*) FROM _each WHERE next >= due GROUP BY ALL"
    ).df()
    if counts.empty:
        return counts.reindex(columns=list(EXPIRY.columns))
    months = pd.period_range(register.first, pd.Period(register.until, "M") + AHEAD, freq="M")
    counts["month"] = pd.PeriodIndex(counts["month"], freq="M")
    table = counts.groupby([*CELL, "month"])[["verified", "due", "moved"]].sum().unstack(CELL, fill_value=0)
    table = table.reindex(pd.period_range(min(table.index.min(), months[0]), months[-1], freq="M"), fill_value=0)
    overdue = table["moved"].cumsum().loc[months]
    parts = {"verified": table["verified"].loc[months], "due": table["due"].loc[months], "overdue": overdue}
    tidy = pd.concat({name: part.stack(CELL) for name, part in parts.items()}, axis=1)
    tidy = tidy.rename_axis(["period", *CELL]).reset_index()
    ahead = tidy["period"] > pd.Period(register.until, "M")
    tidy.loc[ahead, ["verified", "overdue"]] = float("nan")  # what will be verified nobody knows
    return tidy.assign(period=tidy["period"].astype(str))


def _refuse_other_kinds(connection: duckdb.DuckDBPyConnection, rows: str, settings: ExpirySettings) -> None:
    known = ", ".join(map(sql.text, settings.valid_months))
    others = connection.execute(
        f"SELECT DISTINCT kind FROM ({rows}) WHERE kind NOT IN ({known}) ORDER BY ALL"
    ).fetchall()
    if others:
        found = ", ".join(str(kind) for (kind,) in others)[:80]
        expected = _("masa berlaku untuk setiap jenis di register")
        place, mend = "expiry.valid_months", _("Tambahkan jenis itu dan masa berlakunya dalam bulan.")
        raise DataError([Problem(f"{RECORDS}/{RECORDS_FILE}", None, place, found, expected, mend)])
