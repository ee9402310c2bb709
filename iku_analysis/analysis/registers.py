"""What registers are like, one reading of them held against another."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.records.counted import Counted

NO_ROWS = ("rows", "gaps", "empty_days")  # checks that do not count rows that are left out


def summarise_registers(agency: Agency) -> pd.DataFrame:
    """Return one row a register of records.toml, in its order: how many rows it has, and what they lack.

    Columns: `register`, `rows`, `left_out` (rows that cannot count), `repeated` (of these the same record again),
    `gaps` (missing numbers) and `empty_days` (working days without a row); the last two are empty where nobody says
    that the register is numbered, or it has no date.

    Examples
    --------
    >>> registers = iku.summarise_registers(iku.load_agency("data/example-registers"))
    >>> registers.iloc[0].tolist()
    ['sertifikat', 153, 4, 2, 1.0, 160.0]
    """
    names = list(agency.records.register_) if agency.records else []
    checks = agency.counted.checks
    table = checks.pivot_table(index="register", columns="check", values="count", aggfunc="sum").reindex(names)
    table = table.reindex(columns=sorted({*table.columns, "repeated", *NO_ROWS}))
    reasons = [check for check in table.columns if check not in NO_ROWS]
    table["left_out"] = table[reasons].sum(axis=1)
    counts = table[["rows", "left_out", "repeated"]].fillna(0).astype(int)
    return counts.join(table[["gaps", "empty_days"]].astype(float)).rename_axis("register").reset_index()


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
