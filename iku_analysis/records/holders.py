"""A sum of a register -> between whom it is divided, year by year: how concentrated it is, who is new, who is lost."""

import duckdb
import pandas as pd

from iku_analysis.records import sql
from iku_analysis.records.conditions import asking
from iku_analysis.records.counting import judged
from iku_analysis.records.settings import CountSettings, RecordsFile
from iku_analysis.schema import HOLDERS

LARGEST = 5  # whose share is told together


def count_holders(connection: duckdb.DuckDBPyConnection, records: RecordsFile) -> pd.DataFrame:
    """Return rows of frame `holders`: one for each sum that names `whose` it is, and year of which all is recorded.

    A holder is one with a sum above 0 in the year: whose corrections take back all is none. `hhi` is the
    Herfindahl-Hirschman index, the sum of the squared shares, from 1/count (all alike) to 1 (one has all):
    A. O. Hirschman, "The Paternity of an Index", American Economic Review 54 (1964), 761. What would tell of fewer
    than `hide_below` holders, also by what is left of a whole, is empty.

    Raises
    ------
    DataError
        Where a condition cannot be asked of some row.
    """
    found = [pd.DataFrame(columns=list(HOLDERS.columns))]
    for number, figure in enumerate(records.figure, start=1):
        count = figure.count
        if count is None or count.whose is None:
            continue
        register = records.register_[count.register_]
        months = pd.period_range(register.first, register.until, freq="M")
        sizes = pd.Series(months.year).value_counts()
        with asking(f"figure.{number}", figure.indicator):
            rows = _count(connection, count, figure.per, sorted(sizes.index[sizes == 12]))
        found.append(_hide_few(rows, records.hide_below).assign(indicator_id=figure.indicator))
    return pd.concat(found, ignore_index=True)


def _count(connection: duckdb.DuckDBPyConnection, count: CountSettings, per: str, years: list[int]) -> pd.DataFrame:
    """Return counts, index, shares and sums of each year; what compares with the year before is empty in the first.

    Money is added exactly and shares in one order: the same rows give the same bits whatever the engine's threads do.
    """
    day, amount, whose = sql.name(count.date), sql.name(count.sum or ""), sql.same(count.whose or "")
    each = (
        f"SELECT year({day}) AS year, {whose} AS holder, sum({amount}) AS amount "
        f"FROM ({judged(count, per)}) WHERE _meets AND {whose} IS NOT NULL GROUP BY ALL HAVING sum({amount}) > 0"
    )
    shares = (
        "SELECT year, amount / sum(amount) OVER (PARTITION BY year) AS share, "
        "row_number() OVER (PARTITION BY year ORDER BY amount DESC) AS place FROM _each"
    )
    rows = connection.execute(
        f"WITH _each AS MATERIALIZED ({each}), "
        f"_shares AS (SELECT year, count(*) AS count, sum(share * share ORDER BY place) AS hhi, "
        f"sum(share ORDER BY place) FILTER (place <= {LARGEST}) AS largest_share FROM ({shares}) GROUP BY year), "
        "_moves AS (SELECT coalesce(n.year, b.year + 1) AS year, "
        "count(*) FILTER (b.holder IS NOT NULL AND n.holder IS NOT NULL)::DOUBLE AS kept, "
        "count(*) FILTER (b.holder IS NULL)::DOUBLE AS new, count(*) FILTER (n.holder IS NULL)::DOUBLE AS lost, "
        "coalesce(sum(n.amount) FILTER (b.holder IS NULL), 0)::DOUBLE AS new_value, "
        "coalesce(sum(b.amount) FILTER (n.holder IS NULL), 0)::DOUBLE AS lost_value "
        "FROM _each n FULL JOIN _each b ON b.holder = n.holder AND b.year = n.year - 1 GROUP BY ALL) "
        "SELECT * FROM _shares JOIN _moves USING (year) ORDER BY year"
    ).df()
    rows = rows[rows["year"].isin(years)]
    compared = rows["year"].sub(1).isin(years)
    moves = ["kept", "new", "lost", "new_value", "lost_value"]
    rows[moves] = rows[moves].where(compared)
    return rows.assign(period=rows["year"].astype(str))


def _hide_few(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    """Return the rows without what tells of few: of the three counts of moves each follows from the two others."""
    others = rows["count"] - LARGEST  # whose share is the rest; below 0 there are no five
    told = (least <= LARGEST) & ((others == 0) | (others >= least))
    moved = rows[["kept", "new", "lost"]]
    few_moved = ((moved > 0) & (moved < least)).any(axis=1)
    return rows.assign(
        hhi=rows["hhi"].where(rows["count"] >= least),
        largest_share=rows["largest_share"].where(told),
        **{name: moved[name].mask(few_moved) for name in moved},
        **{f"{name}_value": rows[f"{name}_value"].mask(few_moved) for name in ("new", "lost")},
    )
