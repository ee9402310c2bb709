"""What registers are like, one reading of them held against another."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.records.counted import Counted
from iku_analysis.records.settings import OTHERS

NO_ROWS = ("rows", "gaps", "empty_days")  # checks that do not count rows that are left out


def summarise_registers(agency: Agency) -> pd.DataFrame:
    """Return one row a register of records.toml, in its order: how many rows it has, and what they lack.

    Columns: `register`, `rows`, `left_out` (rows that cannot count), `repeated` (of these the same record again),
    `gaps` (missing numbers) and `empty_days` (working days without a row); the last two are empty where nobody says
    that the register is numbered, or it has no date.

    Examples
    --------
    >>> registers = iku.summarise_registers(iku.load_agency("data/example-registers"))
    >>> registers.loc[0, ["rows", "left_out", "repeated", "gaps", "empty_days"]].astype(int).to_dict()
    {'rows': 153, 'left_out': 4, 'repeated': 2, 'gaps': 1, 'empty_days': 160}
    """
    names = list(agency.records.register_) if agency.records else []
    checks = agency.counted.checks
    table = checks.pivot_table(index="register", columns="check", values="count", aggfunc="sum").reindex(names)
    table = table.reindex(columns=sorted({*table.columns, "repeated", *NO_ROWS}))
    reasons = [check for check in table.columns if check not in NO_ROWS]
    table["left_out"] = table[reasons].sum(axis=1)
    counts = table[["rows", "left_out", "repeated"]].fillna(0).astype(int)
    return counts.join(table[["gaps", "empty_days"]].astype(float)).rename_axis("register").reset_index()


def counted_parts(agency: Agency, year: int) -> pd.DataFrame:
    """Return what the sums of registers are made of in a year that is whole, the largest first: a row an item.

    Columns: `indicator_id`, `kind` (such as destination), `item`, `value`, `share` (per cent of the kind's whole) and
    `previous`, last year's value: empty where that year is not whole, or merged the item with others of few records,
    and for those that are merged, which are others each year.

    Examples
    --------
    >>> parts = iku.counted_parts(iku.load_agency("data/example-registers"), 2021)
    >>> parts.loc[parts["kind"] == "ukuran", ["item", "share"]].round(1).to_numpy().tolist()
    [['Kecil', 67.7], ['Menengah', 32.3]]
    """
    declared = agency.records.figure if agency.records else []
    summed = {each.indicator: each.per for each in declared if each.count and each.count.sum}
    rows = agency.counted.figures
    rows = rows[(rows["breakdown"] != "") & rows["indicator_id"].isin(list(summed))]
    sums = rows.groupby(["indicator_id", "breakdown", rows["period"].str[:4].astype(int).rename("year")])["value"]
    table = sums.agg(["sum", "size"])
    periods = table.index.get_level_values("indicator_id").map(summed).map({"month": 12, "quarter": 4})
    values = table.loc[table["size"] == periods, "sum"].unstack("year").reindex(columns=[year - 1, year])
    parts = values[values[year].notna() & (values[year] != 0)].reset_index()
    parts[["kind", "item"]] = parts["breakdown"].str.split(": ", n=1, expand=True).reindex(columns=[0, 1])
    whole = parts.groupby(["indicator_id", "kind"])[year].transform("sum")
    before = parts[year - 1].mask(parts["item"] == OTHERS)
    parts = parts.assign(value=parts[year], previous=before, share=100 * parts[year] / whole)
    parts = parts.sort_values(["indicator_id", "kind", "value"], ascending=[True, True, False], ignore_index=True)
    return parts[["indicator_id", "kind", "item", "value", "share", "previous"]].rename_axis(columns=None)


def compare_registers(checks: pd.DataFrame, arrivals: pd.DataFrame, counted: Counted) -> pd.DataFrame:
    """Return what changed in registers since their checks and arrivals were others: `register`, `what`, `column`, ...

    `what` is a check of frame `register_checks`, or a month (2021-08) whose rows are more or fewer; `before` and `now`
    are the counts, 0 where there was nothing.
    """
    key = ["register", "what", "column"]

    def counts(checks: pd.DataFrame, arrivals: pd.DataFrame) -> pd.DataFrame:
        months = arrivals.assign(what=arrivals["day"].str[:7], column="", count=arrivals["rows"])
        both = pd.concat([checks.rename(columns={"check": "what"}), months])
        return both.groupby(key, as_index=False, sort=False)["count"].sum()

    old, new = counts(checks, arrivals), counts(counted.checks, counted.arrivals)
    both = old.merge(new, on=key, how="outer", sort=False).fillna({"count_x": 0, "count_y": 0})
    both = both.rename(columns={"count_x": "before", "count_y": "now"}).astype({"before": int, "now": int})
    return both[both["before"] != both["now"]].sort_values(["register", "what", "column"], ignore_index=True)
