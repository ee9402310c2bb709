"""Verification files -> frame `verifications`: when instruments were verified, and for how long that holds."""

from pathlib import Path

import pandas as pd

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.schema import VERIFICATIONS, make_frame
from iku_analysis.sources.account import Account
from iku_analysis.sources.areas import read_area
from iku_analysis.sources.folder import read_rows
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.rows import Row, decimals, quote


def read_verifications(root: Path, policy: Policy, account: Account) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the verifications of a data root (often none), and everything that is wrong with its files."""
    problems: list[Problem] = []
    rows = []
    for row in read_rows(root / "verifications", policy, problems, account=account):
        before = len(problems)
        record = _read_row(row, policy)
        if len(problems) == before:
            rows.append(record)
    return make_frame(VERIFICATIONS, rows), problems


def _read_row(row: Row, policy: Policy) -> dict:
    period = row.period("period")
    if period is not None and ("Q" in period or "-" not in period):
        row.refuse("period", quote(row.text("period")), _("bulan"), _("Tulis bulannya, misalnya 2021-08."))
    row.require("kind", "source")
    return {
        "kind": row.text("kind"),
        "area": read_area(row, policy),
        "period": period,
        "count": _whole_number(row, "count", least=0),
        "valid_months": _whole_number(row, "valid_months", least=1),
        "source": row.text("source"),
        "note": row.words("note"),
        "file": row.file,
        "row": row.number,
    }


def _whole_number(row: Row, column: str, *, least: int) -> int | None:
    before = len(row.problems)
    number = row.number_of(column)
    if number is not None and number >= least and not decimals(number) and not row.is_percentage(column):
        return int(number)
    if len(row.problems) == before:
        expected = _("bilangan bulat, {least} atau lebih", least=least)
        row.refuse(column, quote(row.text(column)), expected, _("Perbaiki angkanya."))
    return None
