"""The records behind a figure, and those of its period that were left out, by reason: keys and counts, no names."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from iku_analysis.errors import IkuError
from iku_analysis.language import _
from iku_analysis.records import sql
from iku_analysis.records.counting import distinct_values, judged
from iku_analysis.records.engine import loaded
from iku_analysis.records.settings import CountSettings, FigureSettings, RecordsFile

COLUMNS = ["part", "register", "reason", "key"]


def list_records(
    root: Path, records: RecordsFile | None, areas: Sequence[str], indicator_id: str, period: str
) -> pd.DataFrame:
    """Return one row a record that counts in a period (`2021`, `2021-Q3`, `2021-08`), or has its date and does not.

    Columns: `part` (`value`, `numerator`, `denominator`), `register`, `reason` (empty for a record that counts; else
    the fault of the row, `condition`, `incomplete` for one whose conditions are not all met, `again` for a thing that
    counts by another record) and `key`, which is empty where records.toml calls the key personal.

    Raises
    ------
    IkuError
        If no register counts the indicator.
    DataError
        With everything that is wrong with its registers.
    """
    figures = {figure.indicator: figure for figure in records.figure} if records else {}
    if records is None or indicator_id not in figures:
        counted = ", ".join(figures) or _("tidak ada")
        raise IkuError(_("Indikator {indicator} tidak dihitung dari register; yang dihitung: {counted}.",
                         indicator=indicator_id, counted=counted))  # fmt: skip
    figure, found = figures[indicator_id], []
    with loaded(_alone(figure, records), root, areas, keys=True) as connection:
        for part, count in figure.counts.items():
            register = records.register_[count.register_]
            listed = _list(connection, count, figure.per, period, register.key)
            if register.columns[register.key].personal:
                listed["key"] = ""
            found.append(listed.assign(part=part, register=count.register_))
    return pd.concat(found, ignore_index=True)[COLUMNS]


def _alone(figure: FigureSettings, records: RecordsFile) -> RecordsFile:
    """Return what records.toml says of one figure and its registers."""
    of_it = {count.register_ for count in figure.counts.values()}
    registers = {name: register for name, register in records.register_.items() if name in of_it}
    return records.model_copy(update={"figure": [figure], "register_": registers, "expiry": None, "wait": []})


def _list(connection: duckdb.DuckDBPyConnection, count: CountSettings, per: str, period: str, key: str) -> pd.DataFrame:
    register, date, name = (sql.name(each) for each in (count.register_, count.date, key))
    months = {"": 12, "S": 6, "Q": 3}.get(period[5:6], 1)
    last = months * int(period[5:].lstrip("SQ") or 1)
    within = f"BETWEEN DATE '{period[:4]}-{last - months + 1}-1' AND last_day(DATE '{period[:4]}-{last}-1')"
    left_out = "WHEN _fault IS NOT NULL THEN split_part(_fault, ':', 1) WHEN NOT _meets THEN 'condition'"
    rows = (
        f"SELECT r.*, coalesce(_meets, FALSE) AS _meets FROM (SELECT rowid AS _row, * FROM {register}) r "
        f"LEFT JOIN (SELECT _row, _meets FROM ({judged(count, per)})) j ON j._row = r._row"
    )
    dated = f"{date} {within} OR {date} IS NULL"
    query = f"SELECT {name} AS key, CASE {left_out} ELSE '' END AS reason FROM ({rows}) WHERE {dated}"
    if count.distinct:
        same = f"u._unit = {sql.same(count.distinct)}" + f" AND year(u._day) = year(r.{date})" * (count.once == "year")
        query = (
            f"SELECT {name} AS key, CASE {left_out} WHEN _day IS NULL THEN 'incomplete' "
            f"WHEN _day NOT {within} OR {date} > _day THEN 'again' ELSE '' END AS reason "
            f"FROM ({rows}) r LEFT JOIN (SELECT _unit, _day FROM ({distinct_values(count, per)})) u "
            f"ON _meets AND {same} WHERE {dated} OR (_meets AND _day {within} AND {date} <= _day)"
        )
    return connection.execute(f"{query} ORDER BY ALL").df()
