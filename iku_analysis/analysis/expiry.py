"""When verified instruments fall due again, and how many are overdue."""

import pandas as pd

from iku_analysis.agency.load import Agency

_COUNTS = dict.fromkeys(["verified", "due", "overdue"], int)


def workload_ahead(agency: Agency) -> pd.DataFrame:
    """Return what falls due in each of the 12 months after the register's last: `kind`, `area`, `period`, `due`.

    Empty without a register of things that are valid for some months.

    Examples
    --------
    >>> ahead = iku.workload_ahead(iku.load_agency("data/example-registers"))
    >>> ahead.groupby("period")["due"].sum().head(2).to_dict()
    {'2022-01': 4252.0, '2022-02': 4276.0}
    """
    expiry = agency.counted.expiry
    return expiry.loc[expiry["verified"].isna(), ["kind", "area", "period", "due"]].reset_index(drop=True)


def coverage_ahead(agency: Agency) -> pd.DataFrame:
    """Return what share of the work of the 12 months after the register will be done if the pace of the last 12 holds.

    Columns: `kind` (the last row, empty, is all of them), `overdue` at the register's end, `due` in the 12 months after
    it, `pace` (records in the last 12 months) and `coverage`: the pace in per cent of overdue and due, at most 100.
    Kinds are told apart, as those who verify one may have no instruments for another; that of all is the sum of what
    each kind's pace covers. A whole year, so that no season is taken for a pace. What is valid for less than a year
    falls due again within it, how often nobody knows yet: its coverage is empty, and so is that of all. Things that
    were never verified are in no register of verifications: the true share is at most this one.

    Empty without such a register, or where it has not recorded 12 months.

    Examples
    --------
    >>> iku.coverage_ahead(iku.load_agency("data/example-registers")).tail(1).to_numpy().tolist()
    [['', 0.0, 64132.0, 64172.0, 100.0]]
    """
    expiry = agency.counted.expiry
    past, ahead = expiry[expiry["verified"].notna()], workload_ahead(agency)
    months = sorted(set(past["period"]))[-12:]
    if len(months) < 12 or ahead.empty or agency.records is None or agency.records.expiry is None:
        return pd.DataFrame(columns=["kind", "overdue", "due", "pace", "coverage"])
    kinds = pd.DataFrame(
        {
            "overdue": past[past["period"] == months[-1]].groupby("kind")["overdue"].sum(),
            "due": ahead.groupby("kind")["due"].sum(),
            "pace": past[past["period"].isin(months)].groupby("kind")["verified"].sum(),
        }
    )
    work = kinds["overdue"] + kinds["due"]
    valid = pd.Series(agency.records.expiry.valid_months).reindex(kinds.index)
    done = kinds["pace"].clip(upper=work).where(valid >= 12)
    kinds["coverage"] = 100 * done / work.where(work > 0)
    known = bool(done[work > 0].notna().all()) and bool(work.sum())
    whole = pd.DataFrame(kinds[["overdue", "due", "pace"]].sum()).T.assign(kind="")
    whole["coverage"] = 100 * done.sum() / work.sum() if known else float("nan")
    return pd.concat([kinds.reset_index(), whole], ignore_index=True)


def backlog_by_month(agency: Agency, *, area: str | None = None) -> pd.DataFrame:
    """Return, for each month of the verifications, what was verified, fell due again, and is overdue.

    Where a register records them thing by thing (`expiry` in records.toml) they are counted so, by their own days;
    else from counts a month.

    Columns: `period`, `verified`, `due` (verified `valid_months` before) and `overdue`: instruments
    that fell due and have not been verified since. A verification of a type in an area first takes
    from the overdue of that type and area; what is more than that is new or early. So `overdue` is
    the least that it can be: an instrument not yet due that is verified in place of an overdue one
    cannot be told apart. Instruments never verified are not in it. All areas, or one.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> backlog = iku.backlog_by_month(agency)
    >>> backlog.columns.tolist()
    ['period', 'verified', 'due', 'overdue']
    """
    counted = agency.counted.expiry
    counted = counted[counted["verified"].notna() & (area is None or counted["area"] == area)]
    if len(counted):
        return counted.groupby("period", as_index=False)[["verified", "due", "overdue"]].sum().astype(_COUNTS)
    rows = agency.verifications
    rows = rows if area is None else rows[rows["area"] == area]
    if rows.empty:
        return pd.DataFrame(columns=["period", "verified", "due", "overdue"])
    months = pd.period_range(rows["period"].min(), rows["period"].max(), freq="M")
    group = [rows["kind"], rows["area"]]
    verified = _by_month(rows["period"], rows["count"], group, months)
    again = pd.PeriodIndex(rows["period"], freq="M") + rows["valid_months"].to_numpy()
    due = _by_month(pd.Series(again.astype(str), index=rows.index), rows["count"], group, months)
    total = pd.DataFrame({"verified": verified.sum(axis=1), "due": due.sum(axis=1)})
    # Like a water level that cannot fall below its bed: the balance, less its lowest point so far if below 0.
    balance = (due - verified).cumsum()
    overdue = balance - balance.cummin().clip(upper=0)
    total["overdue"] = overdue.sum(axis=1)
    return total.astype(int).rename_axis("period").reset_index().assign(period=list(months.astype(str)))


def _by_month(periods: pd.Series, counts: pd.Series, group: list[pd.Series], months: pd.PeriodIndex) -> pd.DataFrame:
    """Return counts a month (rows) and a type and area (columns); months of other years are left out."""
    table = counts.groupby([periods, *group]).sum().unstack(["kind", "area"])
    return table.reindex(months.astype(str)).fillna(0)
