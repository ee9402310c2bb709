"""Tables of registers -> counts by period, area and kind, by the definitions of records.toml."""

from itertools import product

import duckdb
import pandas as pd

from iku_analysis.problems import DataError, Problem
from iku_analysis.records import sql
from iku_analysis.records.conditions import asking
from iku_analysis.records.settings import OTHERS, CountSettings, FigureSettings, RecordsFile, RegisterSettings

PERIODS = {"month": "strftime(_day, '%Y-%m')", "quarter": "strftime(_day, '%Y-Q') || quarter(_day)"}
PLACE = ["period", "area", "breakdown"]


def count_figures(connection: duckdb.DuckDBPyConnection, records: RecordsFile, areas: list[str]) -> pd.DataFrame:
    """Return the counts of all figures: `indicator_id` and the columns of `count_figure`.

    Raises
    ------
    DataError
        Where a condition cannot be asked of some row: the engine's own message would show its cells.
    """
    counted, problems = [], list[Problem]()
    for number, figure in enumerate(records.figure, start=1):
        try:
            with asking(f"figure.{number}", figure.indicator):
                counted.append(count_figure(connection, figure, records, areas).assign(indicator_id=figure.indicator))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return pd.concat(counted, ignore_index=True)


def count_figure(
    connection: duckdb.DuckDBPyConnection, figure: FigureSettings, records: RecordsFile, areas: list[str]
) -> pd.DataFrame:
    """Return the counts of a figure: `period`, `area`, `breakdown`, `records`, and `value`, or the two of a share.

    Beside each stands what it would be if every row counted, also the same record or the same thing again
    (`value_of_rows` and so on). Every period in which the registers are complete is there, with 0 where nothing was
    counted. Kinds are of the whole; one that few records have in a year is part of `lainnya`.
    """
    whole = pd.DataFrame()
    for column, count in figure.counts.items():
        register = records.register_[count.register_]
        counted = _fill(_count(connection, count, figure.per), register, figure.per, areas if count.area else [""])
        counted = counted.rename(columns={"amount": column, "of_rows": f"{column}_of_rows"})
        if len(whole):
            spans = set(whole["period"]) & set(counted["period"])
            whole = whole.merge(counted, on=PLACE, how="outer", suffixes=("", "_more"))
            whole = whole[whole["period"].isin(spans)].fillna(0)
            whole["records"] = whole["records"] + whole.pop("records_more")
        else:
            whole = counted
    merged = _merge_few(whole, records.hide_below)
    return merged.sort_values(["breakdown", "area", "period"], ignore_index=True)


def _count(connection: duckdb.DuckDBPyConnection, count: CountSettings, per: str) -> pd.DataFrame:
    """Return amounts and numbers of records by period and area, and those of each kind by period."""
    counted = all_rows(count, per)
    if count.distinct:
        counted = f"SELECT * EXCLUDE _unit FROM ({distinct_values(count, per)}) UNION ALL BY NAME {counted}"
    kinds = [sql.name(kind) for kind in count.kinds]
    names = ["_area", *kinds]
    sums = ", ".join(f"sum({column}) AS {column}" for column in ("_amount", "_of_rows", "_records"))
    sets = ", ".join(f"(_day, {name})" for name in names)  # by days first: the periods of a few hundred
    by_day = f"SELECT _day, {', '.join(names)}, {sums} FROM ({counted}) GROUP BY GROUPING SETS ({sets})"
    items = [
        f"WHEN {name} IS NOT NULL THEN '{kind}: ' || {name}" for kind, name in zip(count.kinds, kinds, strict=True)
    ]
    breakdown = f"CASE {' '.join(items)} ELSE '' END" if items else "''"
    return connection.execute(
        f"SELECT {PERIODS[per]} AS period, coalesce(_area, '') AS area, {breakdown} AS breakdown, "
        f"sum(_amount)::DOUBLE AS amount, sum(_of_rows)::DOUBLE AS of_rows, sum(_records)::DOUBLE AS records "
        f"FROM ({by_day}) GROUP BY ALL"
    ).df()


def all_rows(count: CountSettings, per: str) -> str:
    """Return the query of the rows that meet the conditions: `_day`, `_amount`, `_of_rows`, `_records`, area and kinds.

    Rows that are left out as the same again have `_of_rows` alone; so has each row where distinct values are counted.
    """
    amount = sql.name(count.sum) if count.sum else "1"
    own = "FALSE" if count.distinct else "_meets"
    chosen = ", ".join(f"coalesce({column}, '-') AS \"{name}\"" for name, column in _places(count).items())
    return (
        f"SELECT {sql.name(count.date)} AS _day, CASE WHEN {own} THEN {amount} ELSE 0 END AS _amount, "
        f"{amount} AS _of_rows, ({own})::INTEGER AS _records, {chosen} "
        f"FROM ({judged(count, per)}) WHERE _meets OR _again"
    )


def distinct_values(count: CountSettings, per: str) -> str:
    """Return the query of the distinct values that count: `_unit`, and the columns of `all_rows`.

    Each is one row a year (or for ever), in the day in which the last condition was met; its area and kinds are those
    of its first record.
    """
    date = sql.name(count.date)
    wanted = [f"_met{place}" for place in range(len(count.all_of) or 1)]
    days = ", ".join(f"min({date}) FILTER ({each})" for each in wanted)
    complete = " AND ".join(f"bool_or({each})" for each in wanted)
    chosen = ", ".join(
        f"coalesce(arg_min({column}, ({date}, {column})), '-') AS \"{name}\"" for name, column in _places(count).items()
    )
    group = sql.same(count.distinct or "") + (f", year({date})" if count.once == "year" else "")
    return (
        f"SELECT {sql.same(count.distinct or '')} AS _unit, greatest({days}) AS _day, 1 AS _amount, 0 AS _of_rows, "
        f"count(*) AS _records, {chosen} FROM ({judged(count, per)}) WHERE _meets GROUP BY {group} HAVING {complete}"
    )


def _places(count: CountSettings) -> dict[str, str]:
    """Return the area and the kinds, by the names under which they are counted."""
    return {"_area": sql.name(count.area) if count.area else "''", **{kind: sql.name(kind) for kind in count.kinds}}


def judged(count: CountSettings, per: str) -> str:
    """Return the query of all rows of a register with `_meets`, and `_met0`, `_met1` for each of `all_of`.

    `_again` are rows that would meet the conditions and are the same as another one.
    """
    ends = sql.DAYS | ({"period_end": sql.QUARTER_END} if per == "quarter" else {})
    added = ", ".join(f"{words.format(date=sql.name(count.date))} AS {name}" for name, words in ends.items())
    each_of = count.all_of or ["TRUE"]
    met = ", ".join(
        f"coalesce(({count.where}\n) AND ({each}\n), FALSE) AS _met{place}" for place, each in enumerate(each_of)
    )
    any_met = " OR ".join(f"_met{place}" for place in range(len(each_of)))
    # Conditions are asked of rows without a fault alone: others may hold what no condition can be asked of.
    asked = (
        f"SELECT rowid AS _row, *, {added} FROM {sql.name(count.register_)} "
        "WHERE _fault IS NULL OR starts_with(_fault, 'repeated:')"
    )
    return (
        f"SELECT *, ({any_met}) AND _fault IS NULL AS _meets, ({any_met}) AND _fault IS NOT NULL AS _again "
        f"FROM (SELECT *, {met} FROM ({asked}))"
    )


def _fill(counted: pd.DataFrame, register: RegisterSettings, per: str, areas: list[str]) -> pd.DataFrame:
    """Return the counts with 0 for every period, area and kind of which the complete register has no record."""
    months = pd.period_range(register.first, register.until, freq="M")
    names = months.strftime("%Y-%m") if per == "month" else months.year.astype(str) + "-Q" + months.quarter.astype(str)
    sizes = pd.Series(names).value_counts()
    periods = sorted(sizes.index[sizes == (1 if per == "month" else 3)])  # a quarter begun or left halfway is none
    kinds = sorted(set(counted["breakdown"]) - {""})
    places = [*product(periods, areas, [""]), *product(periods, [""], kinds)]
    grid = pd.MultiIndex.from_tuples(places, names=PLACE)
    return counted.set_index(PLACE).reindex(grid, fill_value=0.0).reset_index()


def _merge_few(counted: pd.DataFrame, least: int) -> pd.DataFrame:
    """Return the counts with kinds of few records in a year merged, so that together they are no longer few."""
    kind, year = counted["breakdown"].str.split(": ").str[0], counted["period"].str[:4]
    items = counted[counted["breakdown"] != ""]
    merged = counted["breakdown"].copy()
    for (of_kind, of_year), rows in items.groupby([kind, year]):
        sizes = rows.groupby("breakdown")["records"].sum()
        sizes = sizes[sizes > 0].sort_values(kind="stable")
        if sizes.empty or sizes.iloc[0] >= least:
            continue
        few = max(int((sizes.cumsum() < least).sum()) + 1, int((sizes < least).sum()))
        chosen = (kind == of_kind) & (year == of_year) & counted["breakdown"].isin(sizes.index[:few])
        merged = merged.mask(chosen, f"{of_kind}: {OTHERS}")
    return counted.assign(breakdown=merged).groupby(PLACE, as_index=False, sort=False).sum()
