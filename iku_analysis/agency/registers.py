"""What the registers of a data root give, and where it stands in for figures that nobody has reported."""

from pathlib import Path

import pandas as pd

from iku_analysis.agency.worded import Worded
from iku_analysis.problems import Problem
from iku_analysis.records.counted import Counted, read_counted
from iku_analysis.records.settings import unnamed_files
from iku_analysis.schema import REALISATIONS, make_frame
from iku_analysis.sources.account import Account
from iku_analysis.sources.in_force import covered_years


def read_registers(
    root: Path, said: Worded, realisations: pd.DataFrame, account: Account
) -> tuple[Counted, pd.DataFrame, list[Problem]]:
    """Return what registers say, the realisations with theirs, and what is wrong with registers."""
    counted, problems = read_counted(root, said.records, said.policy.areas, covered_years(said.decrees))
    rows = counted.checks[counted.checks["check"] == "rows"]
    account.tables += [(f"records/: {each.register}", each[-1]) for each in rows.itertuples(index=False)]
    for file in unnamed_files(said.records, root):
        account.leave_out(file, [], "", "register")
    return counted, _with_counted(realisations, counted.figures), problems


def _with_counted(realisations: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Return the realisations, and what registers count of an indicator in a year of which nothing is reported."""
    if counted.empty:
        return realisations
    known = realisations["value"].notna() | realisations["denominator"].notna()
    own = realisations[known & (realisations["basis"] == "resmi")]
    keys, reported = (
        pd.MultiIndex.from_arrays([frame["indicator_id"], frame["period"].str[:4]]) for frame in (counted, own)
    )
    return make_frame(REALISATIONS, pd.concat([realisations, counted[~keys.isin(reported)]]))
