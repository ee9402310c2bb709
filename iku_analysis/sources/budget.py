"""Budget files -> frame `budget`: the money of programmes, part by part, and the indicator each part serves."""

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from iku_analysis.indonesian import format_number, format_period
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.schema import BUDGET, make_frame
from iku_analysis.sources.account import Account
from iku_analysis.sources.amounts import check_count, check_sign
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.folder import read_rows
from iku_analysis.sources.in_force import covered_years
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.realisation import find_indicator
from iku_analysis.sources.rows import Row, quote

UNIT, MAX_DECIMALS = "rupiah", 2


class Part(NamedTuple):
    """One row: a part of a programme's money in a period. Amounts are in rupiah, None if missing."""

    row: Row
    programme: str
    indicator_id: str
    period: str
    budget: Decimal | None
    realised: Decimal | None


def read_budget(
    root: Path, policy: Policy, decrees: list[Decree], account: Account
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the budget of a data root (often none), and everything that is wrong with its files.

    A programme is known by its name whatever its case and blanks; it keeps the name that is written first.
    """
    problems: list[Problem] = []
    years = covered_years(decrees)
    parts: dict[tuple[str, str, str], Part] = {}
    names: dict[str, str] = {}
    for row in read_rows(root / "budget", policy, problems, account=account):
        part = _read_row(row, decrees, years, names)
        if part is None:
            continue
        first = parts.setdefault((part.programme, part.indicator_id, part.period), part).row
        if first is not row:
            row.refuse(
                "programme",
                _(
                    "baris kedua untuk {programme}, {indicator}, {period}",
                    programme=quote(part.programme),
                    indicator=part.indicator_id or _("tanpa indikator"),
                    period=format_period(part.period),
                ),
                _("satu baris; yang pertama di {file} baris {row}", file=first.file, row=first.number),
                _("Jumlahkan keduanya menjadi satu baris, atau perbaiki program, indikator atau periodenya."),
            )
    for (programme, indicator_id, period), part in parts.items():
        if len(period) == 4:
            quarters = [parts.get((programme, indicator_id, f"{period}-Q{number}")) for number in range(1, 5)]
            _check_year(part, [quarter for quarter in quarters if quarter])
    if problems:
        return make_frame(BUDGET, []), sorted(problems, key=lambda each: (each.file, each.row or 0))
    return make_frame(BUDGET, [_record(part) for part in parts.values()]), []


def _record(part: Part) -> dict:
    return {
        "programme": part.programme,
        "indicator_id": part.indicator_id,
        "period": part.period,
        "budget": part.budget,
        "realised": part.realised,
        "source": part.row.words("source"),
        "note": part.row.words("note"),
        "file": part.row.file,
        "row": part.row.number,
    }


def _read_row(row: Row, decrees: list[Decree], years: list[int], names: dict[str, str]) -> Part | None:
    """Return the row as far as its programme, indicator and period are known, else None."""
    before = len(row.problems)
    period = row.period("period", years)
    if period is not None and len(period) > 4 and "Q" not in period:
        mend = _("Tulis tahunnya atau triwulannya, misalnya 2021 atau 2021-TW3.")
        row.refuse("period", quote(row.text("period")), _("tahun atau triwulan"), mend)
        period = None
    indicator_id = ""
    if not row.is_missing("indicator"):
        indicator = find_indicator(row, int(period[:4]) if period else years[-1], decrees)
        indicator_id = "" if indicator is None else str(indicator["indicator_id"])
    row.require("programme", "source")
    if row.is_missing("programme") or period is None or (not indicator_id and not row.is_missing("indicator")):
        _read_amounts(row)
        return None
    budget, realised = _read_amounts(row)
    name = row.text("programme")
    programme = names.setdefault(" ".join(name.casefold().split()), name)
    sound = len(row.problems) == before
    return Part(row, programme, indicator_id, period, budget if sound else None, realised if sound else None)


def _read_amounts(row: Row) -> tuple[Decimal | None, Decimal | None]:
    """Return the budget and what is spent of it, after noting what is wrong with them."""
    row.require("budget")
    budget, realised = (row.number_of(column) for column in ("budget", "realised"))
    for column, amount in (("budget", budget), ("realised", realised)):
        if amount is not None:
            check_sign(row, column, amount)
            check_count(row, column, amount, UNIT, MAX_DECIMALS)
    if budget is not None and realised is not None and realised > budget and row.is_missing("note"):
        row.refuse(
            "realised",
            quote(row.text("realised")),
            _("paling banyak anggarannya, {budget}", budget=row.text("budget")),
            _("Periksa keduanya; bila benar, jelaskan di kolom keterangan."),
        )
    return budget, realised


def _check_year(year: Part, quarters: list[Part]) -> None:
    """Refuse a year that its quarters contradict: four make it up, fewer are not more than it."""
    for column in ("budget", "realised"):
        whole, amounts = getattr(year, column), [getattr(quarter, column) for quarter in quarters]
        known = [amount for amount in amounts if amount is not None]
        if whole is None or not known:
            continue
        total = sum(known)
        if total > whole or (len(known) == 4 and total < whole):
            year.row.refuse(
                column,
                _("{value} untuk {period}", value=format_number(whole), period=year.period),
                _("{value}, jumlah triwulannya", value=format_number(total)),
                _("Perbaiki angka tahun atau triwulannya."),
            )
