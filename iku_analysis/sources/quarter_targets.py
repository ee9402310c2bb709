"""Target files -> frame `quarter_targets`: a year's target divided over its quarters; and yearly ones agreed on."""

from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from iku_analysis.indonesian import format_amount, format_number, format_period, is_percent
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.schema import QUARTER_TARGETS, make_frame
from iku_analysis.sources.account import Account
from iku_analysis.sources.agreed import Agreed
from iku_analysis.sources.amounts import check_count, check_fraction, check_sign, rewrite
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.folder import read_rows
from iku_analysis.sources.in_force import covered_years, decree_in_force
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.realisation import find_indicator
from iku_analysis.sources.rows import Row, quote


class Quarter(NamedTuple):
    """One row: its indicator, its period, and its target if nothing is wrong with the row."""

    row: Row
    indicator: dict[str, Any]
    period: str
    target: Decimal | None


def read_quarter_targets(
    root: Path, policy: Policy, decrees: list[Decree], targets: pd.DataFrame, account: Account
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the quarters' targets of a data root (often none), and everything that is wrong with its files.

    The four quarters of a year make up the decree's target: their sum where parts are summed, else
    (a running total, a percentage) the last of them.
    """
    problems: list[Problem] = []
    years, decided = covered_years(decrees), targets.set_index(["indicator_id", "year"])
    quarters: dict[tuple[str, str], Quarter] = {}
    for row in read_rows(root / "targets", policy, problems, account=account):
        quarter = _read_row(row, decrees, years, decided)
        if quarter is None:
            continue
        first = quarters.setdefault((quarter.indicator["indicator_id"], quarter.period), quarter).row
        if first is not row:
            row.refuse(
                "period",
                _(
                    "target kedua untuk {indicator} {period}",
                    indicator=quarter.indicator["indicator_id"],
                    period=format_period(quarter.period),
                ),
                _("satu target; yang pertama di {file} baris {row}", file=first.file, row=first.number),
                _("Hapus salah satunya, atau perbaiki indikator atau triwulannya."),
            )
    quarters = {key: quarter for key, quarter in quarters.items() if "Q" in quarter.period}
    for indicator_id, year in dict.fromkeys((name, period[:4]) for name, period in quarters):
        of_year = [quarters[key] for key in sorted(quarters) if key[0] == indicator_id and key[1][:4] == year]
        _check_year(of_year, decided.loc[(indicator_id, int(year))])
    if problems:
        return make_frame(QUARTER_TARGETS, []), sorted(problems, key=lambda each: (each.file, each.row or 0))
    return make_frame(QUARTER_TARGETS, [_record(quarter) for quarter in quarters.values()]), []


def read_agreed(root: Path, policy: Policy) -> list[Agreed]:
    """Return the yearly rows of `targets/`; what is wrong with a row is told by `read_quarter_targets`."""
    return [
        Agreed(
            row.text("indicator").casefold(),
            int(row.period_or_none()),
            rewrite(row.text("target"), row.number_format, "id"),
            row.words("source"),
            row.file,
            row.number,
        )
        for row in read_rows(root / "targets", policy, [], account=Account())
        if row.period_or_none().isdigit() and not row.is_missing("target")
    ]


def _record(quarter: Quarter) -> dict:
    row = quarter.row
    return {
        "indicator_id": quarter.indicator["indicator_id"],
        "period": quarter.period,
        "target": quarter.target,
        "source": row.words("source"),
        "note": row.words("note"),
        "file": row.file,
        "row": row.number,
    }


def _read_row(row: Row, decrees: list[Decree], years: list[int], decided: pd.DataFrame) -> Quarter | None:
    """Return the row as far as its indicator and its quarter are known, else None."""
    before = len(row.problems)
    period = row.period("period", years)
    decree = decree_in_force(decrees, int(period[:4])) if period else None
    agreed = decree is not None and not decree.has_targets and "-" not in str(period)
    if period is not None and "Q" not in period and not agreed:
        row.refuse("period", quote(row.text("period")), _("triwulan"), _("Tulis triwulannya, misalnya 2021-TW3."))
        period = None
    indicator = find_indicator(row, int(period[:4]) if period else years[-1], decrees)
    target = None if agreed else row.number_of("target")  # that of a year may be a grade or a range: see `agreed`
    row.require("source")
    if len(row.problems) == before:
        row.require("target")
    if indicator is None or period is None:
        return None
    of_year = decided.loc[(indicator["indicator_id"], int(period[:4]))]
    if not of_year["targeted"] and not agreed:
        found = _("target untuk {indicator} {year}", indicator=indicator["indicator_id"], year=period[:4])
        expected = _("tidak ada target: keputusan menulis 0, tidak ditargetkan")
        row.refuse("target", found, expected, _("Hapus baris ini, atau perbaiki indikator atau tahunnya."))
        return None
    if target is not None:
        _check_target(row, target, indicator, float(of_year["target"]))
    return Quarter(row, indicator, period, target if len(row.problems) == before else None)


def _check_target(row: Row, target: Decimal, indicator: dict[str, Any], of_year: float) -> None:
    check_sign(row, "target", target, indicator)
    indicator_id, unit, most = (indicator[column] for column in ("indicator_id", "unit", "max_decimals"))
    if is_percent(unit):
        check_fraction(row, "target", target, of_year, indicator["lower_bound"])
    else:
        check_count(row, "target", target, unit, most, indicator_id=indicator_id)
    if pd.notna(indicator["upper_bound"]) and target > indicator["upper_bound"]:
        expected = _("paling banyak {upper}", upper=format_amount(indicator["upper_bound"], unit))
        row.refuse("target", quote(row.text("target")), expected, _("Perbaiki angkanya."))


def _check_year(quarters: list[Quarter], decided: pd.Series) -> None:
    """Refuse the quarters of one indicator and year that are not four, or do not make up the year's target."""
    last, year = quarters[-1], quarters[-1].period[:4]
    lacking = sorted({f"{year}-Q{number}" for number in range(1, 5)} - {quarter.period for quarter in quarters})
    if lacking:
        indicator_id = last.indicator["indicator_id"]
        last.row.refuse(
            "period",
            ", ".join(format_period(quarter.period) for quarter in quarters),
            _("keempat triwulan {year} untuk {indicator}", year=year, indicator=indicator_id),
            _("Tambahkan {quarters}.", quarters=", ".join(map(format_period, lacking))),
        )
        return
    targets = [quarter.target for quarter in quarters if quarter.target is not None]
    if len(targets) < len(quarters):
        return
    summed = last.indicator["aggregation"] == "sum"
    made = sum(targets) if summed else targets[-1]
    if made != Decimal(repr(float(decided["target"]))):
        value = format_number(made, 9)
        last.row.refuse(
            "target",
            _("{value}, jumlah keempat triwulan {year}", value=value, year=year)
            if summed
            else _("{value}, target triwulan terakhir {year}", value=value, year=year),
            _(
                "{value}, target {year} menurut keputusan {decree}",
                value=format_number(decided["target"], 9),
                year=year,
                decree=decided["decree"],
            ),
            _("Perbaiki target triwulannya; target setahun ditetapkan keputusan."),
        )
