"""Within a year: how far it has come, where it may end, and what is still needed.

The end of the year is a range of simple methods, not a probability: the pace so far, and the
shape of each earlier year of the same definition. Only the months (or quarters) from January on
without a gap count; nothing is filled in.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.definition import same_definition
from iku_analysis.analysis.scored import scored_figures
from iku_analysis.errors import IkuError
from iku_analysis.indonesian import format_period
from iku_analysis.language import _
from iku_analysis.schema import SCORED_BASES
from iku_analysis.sources.units import is_position

PERIODS = {"month": 12, "quarter": 4}
COLUMNS = ["period", "value", "numerator", "denominator", "status", "cumulative", "path"]


@dataclass(frozen=True)
class Outlook:
    """One year of one indicator, as far as it is known.

    Amounts are in the unit of the indicator; for a percentage `so_far`, `low`, `high`, `best` and
    `needed` are per cent, and `uncovered` counts what is due so far and still to be covered.
    `needed` is what every period left must bring, `best` the best period so far, `shapes` the number
    of earlier years in the range. `verdict` is one
    of `schema.OUTLOOKS`; `reason` says why it cannot be judged.
    """

    indicator_id: str
    year: int
    grain: str
    verdict: str
    reason: str = ""
    target: float | None = None
    known: int = 0
    left: int = 0
    so_far: float | None = None
    low: float | None = None
    high: float | None = None
    needed: float | None = None
    best: float | None = None
    uncovered: int | None = None
    shapes: int = 0
    provisional: bool = False


def cumulative_path(agency: Agency, indicator_id: str, year: int, *, through: int = 12) -> pd.DataFrame:
    """Return the known periods of a year and the path to its target.

    Columns: `period`, `value` (of the period), `numerator`, `denominator`, `status`, `cumulative`
    (the year so far: a sum, the running total, for a percentage the ratio of sums, for a position itself) and `path`:
    the target times the share of the year that earlier years of the same definition had reached,
    or an even share where there is none; for a percentage or a position the target itself. Months are taken
    where the year begins with them, else quarters. Periods not yet reported, or after month
    `through`, have a path only.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> path = iku.cumulative_path(agency, "ekspor", 2020, through=9)
    >>> path.columns.tolist()
    ['period', 'value', 'numerator', 'denominator', 'status', 'cumulative', 'path']
    """
    how, target = agency.indicator(indicator_id, year)["aggregation"], _target(agency, indicator_id, year)
    grain, periods = _periods(agency, indicator_id, year, through=through)
    frame = periods.reindex(columns=COLUMNS).astype({"cumulative": float, "path": float})
    position = is_position(agency.indicator(indicator_id, year)["unit"], how) or how == "mean"
    if position:
        frame["cumulative"] = periods["value"]
    elif how == "ratio":
        counts = periods[["numerator", "denominator"]].cumsum()
        frame["cumulative"] = 100 * counts["numerator"] / counts["denominator"].where(counts["denominator"] > 0)
    else:
        frame["cumulative"] = _flows(periods, how).cumsum()
    names = [_name(year, grain, number) for number in range(1, PERIODS[grain] + 1)]
    whole = frame.set_index("period").reindex(names)
    shares, _known = shares_reached(agency, indicator_id, year, grain)
    whole["path"] = [target if position or how == "ratio" else target * share for share in shares]
    return whole.reset_index(names="period")


def compute_outlook(agency: Agency, indicator_id: str, year: int, *, through: int = 12) -> Outlook:
    """Return where a year of an indicator may end, and what is still needed for its target.

    With `through` the year is looked at as it stood at the end of that month (1-12). Raises IkuError
    for an indicator or a year that no decree has, or a month that no year has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> outlook = iku.compute_outlook(agency, "ekspor", 2020, through=9)
    >>> outlook.verdict
    'beyond_best'
    """
    check_month(through)
    indicator, target = agency.indicator(indicator_id, year), _target(agency, indicator_id, year)
    grain, periods = _periods(agency, indicator_id, year, through=through)
    outlook = Outlook(indicator_id, year, grain, "cannot_judge")
    if reason := _why_not(agency, indicator_id, year, target, periods):
        return replace(outlook, reason=reason)
    outlook = replace(
        outlook,
        target=target,
        known=len(periods),
        left=PERIODS[grain] - len(periods),
        provisional=bool((periods["status"] == "sementara").any()),
    )
    judge = _judge_share if indicator["aggregation"] == "ratio" else _judge_amount
    return judge(agency, indicator, periods, outlook)


def check_month(through: int) -> None:
    """Raise IkuError for a month that no year has."""
    if through not in range(1, 13):
        raise IkuError(_("through {found}: tulis nomor bulan, 1 sampai 12.", found=through))


def _why_not(agency: Agency, indicator_id: str, year: int, target: float, periods: pd.DataFrame) -> str:
    """Return why a year has no outlook, or nothing."""
    if math.isnan(target):
        return _("Tidak ditargetkan tahun ini.")
    indicator = agency.indicator(indicator_id, year)
    if is_position(indicator["unit"], indicator["aggregation"]):
        return _("Posisi pada akhir periode: angka akhir tahun tidak terbaca dari periode sebelumnya.")
    if indicator["aggregation"] == "mean" or indicator["direction"] == "range":
        return _("Rata-rata dan target berupa rentang: akhir tahun tidak diperkirakan dari laju.")
    if periods.empty:
        figures = scored_figures(agency, indicator_id)
        later = figures[(figures["year"] == year) & (figures["area"] == PROVINCE) & (figures["grain"] != "year")]
        if not later.empty:
            first = format_period(min(later["period"]))
            return _("Awal tahun belum dilaporkan; angka pertama {period}.", period=first)
        return _("Belum ada angka bulanan atau triwulanan.")
    return ""


def _judge_amount(agency: Agency, indicator: pd.Series, periods: pd.DataFrame, outlook: Outlook) -> Outlook:
    """Judge a count or an amount: what is left of the target against what a period has brought."""
    target, left = outlook.target, outlook.left
    assert target is not None
    flows = _flows(periods, indicator["aggregation"])
    so_far = float(flows.sum())
    if so_far == 0 and left:
        return replace(outlook, so_far=so_far, reason=_("Semua angka sejauh ini nol: laju tidak dapat dihitung."))
    shapes = _shapes(agency, outlook.indicator_id, outlook.year, outlook.grain)
    shapes = [shape for shape in shapes if shape[len(flows) - 1] > 0]  # of nothing so far no end follows
    rest = _rest_of_amount(flows, left, shapes)
    low, high = so_far + min(rest), so_far + max(rest)
    higher = indicator["direction"] == "higher"
    best = float(flows.max() if higher else flows.min())
    needed = max(target - so_far, 0) / max(left, 1)
    met = _as_good_as(so_far, target, higher=higher)
    if left == 0 or met is higher:  # a ceiling is broken for good, a floor reached for good
        verdict = "reached" if met else "not_reached"
    elif _as_good_as(low if higher else high, target, higher=higher):
        verdict = "on_path"
    else:
        verdict = "needs_speed" if _as_good_as(best, needed, higher=higher) else "beyond_best"
    known: dict[str, Any] = {"so_far": so_far, "low": low, "high": high, "best": best, "needed": needed}
    return replace(outlook, **known, shapes=len(shapes), verdict=verdict)


def _rest_of_amount(flows: pd.Series, left: int, shapes: list[list[float]]) -> list[float]:
    """Return what the periods left may bring, by each method."""
    so_far, known = float(flows.sum()), len(flows)
    even = so_far / known * left
    by_shape = [so_far * (1 / shape[known - 1] - 1) for shape in shapes]
    # Without an earlier year the pace itself is the only method: its worst and best period bound it.
    return [even, *by_shape] if by_shape else [float(flows.min()) * left, float(flows.max()) * left]


def _judge_share(agency: Agency, indicator: pd.Series, periods: pd.DataFrame, outlook: Outlook) -> Outlook:
    """Judge a percentage: what of the rest must be covered, against the best period so far."""
    target = outlook.target
    assert target is not None
    covered, due = float(periods["numerator"].sum()), float(periods["denominator"].sum())
    if periods[["numerator", "denominator"]].isna().any(axis=None) or due == 0:
        return replace(outlook, reason=_("Penyebut nol atau tidak diisi: persentase tidak dapat dihitung."))
    higher = indicator["direction"] == "higher"
    shares = 100 * periods["numerator"] / periods["denominator"].where(periods["denominator"] > 0)
    so_far, best = 100 * covered / due, float(shares.max() if higher else shares.min())
    # Rounded before the ceiling: 97% of 1.000 is 970, not 970,0000000001.
    uncovered = max(math.ceil(round(target / 100 * due - covered, 6)), 0) if higher else None
    common: dict[str, Any] = {"so_far": so_far, "best": best, "uncovered": uncovered}
    rest = _rest_of_due(agency, indicator["indicator_id"], outlook, due)
    if rest == 0:
        verdict = "reached" if _as_good_as(so_far, target, higher=higher) else "not_reached"
        return replace(outlook, low=so_far, high=so_far, verdict=verdict, **common)
    low, high = ((covered + share / 100 * rest) / (due + rest) * 100 for share in (shares.min(), shares.max()))
    wanted = round(100 * (target / 100 * (due + rest) - covered) / rest, 9)
    needed = max(wanted, 0.0)
    if _as_good_as(low if higher else high, target, higher=higher):
        verdict = "on_path"
    elif needed > indicator["upper_bound"] or (wanted < 0 and not higher):
        verdict = "beyond_reach"
    else:
        verdict = "needs_speed" if _as_good_as(best, needed, higher=higher) else "beyond_best"
    return replace(outlook, low=low, high=high, needed=needed, verdict=verdict, **common)


def _as_good_as(value: float, wanted: float, *, higher: bool) -> bool:
    """Tell whether a value is what is wanted or better; the ninth decimal is rounding, not a miss."""
    return round(value - wanted, 9) >= 0 if higher else round(value - wanted, 9) <= 0


def _rest_of_due(agency: Agency, indicator_id: str, outlook: Outlook, due: float) -> float:
    """Return what will fall due in the periods left: as last year, in proportion; else as so far."""
    _grain, before = _periods(agency, indicator_id, outlook.year - 1, outlook.grain)
    counts, whole = before["denominator"], outlook.known + outlook.left
    if same_definition(agency, indicator_id, outlook.year - 1, outlook.year) and len(before) == whole:
        share = counts[: outlook.known].sum() / counts.sum()
        if share > 0:
            return due * (1 / share - 1)
    return due / outlook.known * outlook.left


def _target(agency: Agency, indicator_id: str, year: int) -> float:
    """Return the target of a year, NaN where the decree names none."""
    agency.indicator(indicator_id, year)  # an unknown name or year is refused in words
    row = agency.targets.set_index(["indicator_id", "year"]).loc[(indicator_id, year)]
    return float(row["target"]) if row["targeted"] else math.nan


def _periods(
    agency: Agency, indicator_id: str, year: int, grain: str | None = None, through: int = 12
) -> tuple[str, pd.DataFrame]:
    """Return the length of the periods and the province's figures from the first one on, up to the first gap."""
    figures = scored_figures(agency, indicator_id)
    figures = figures[(figures["year"] == year) & (figures["area"] == PROVINCE)].sort_values("period")
    # One basis only: the parts of another cannot stand for what the preferred one lacks.
    figures = figures[figures["basis"] == min(figures["basis"], key=SCORED_BASES.index, default="")]
    for each in [grain] if grain else list(PERIODS):
        periods = figures[figures["grain"] == each].reset_index(drop=True)
        expected = [_name(year, each, number) for number in range(1, len(periods) + 1)]
        unbroken = (periods["period"] == expected).cummin().astype(bool)
        unbroken &= periods.index < through * PERIODS[each] // 12
        if unbroken.any():
            return each, periods[unbroken]
    return grain or "quarter", figures.iloc[:0]


def _name(year: int, grain: str, number: int) -> str:
    return f"{year}-{number:02d}" if grain == "month" else f"{year}-Q{number}"


def shares_reached(agency: Agency, indicator_id: str, year: int, grain: str) -> tuple[list[float], bool]:
    """Return the share of a year's total that is there after each `month` or `quarter`, rising to 1.

    The mean of the earlier years of the same definition (True), or even shares where there is none
    and for a percentage (False).
    """
    ratio = agency.indicator(indicator_id, year)["aggregation"] == "ratio"
    shapes = [] if ratio else _shapes(agency, indicator_id, year, grain)
    if not shapes:
        return [number / PERIODS[grain] for number in range(1, PERIODS[grain] + 1)], False
    return [sum(at_once) / len(shapes) for at_once in zip(*shapes, strict=True)], True


def _shapes(agency: Agency, indicator_id: str, year: int, grain: str) -> list[list[float]]:
    """Return how much of each earlier year's total was there after each period, years of one definition only."""
    shapes = []
    for before in (each for each in agency.years if each < year):
        _grain, periods = _periods(agency, indicator_id, before, grain)
        if len(periods) < PERIODS[grain]:  # also where no decree had the indicator then
            continue
        flows = _flows(periods, agency.indicator(indicator_id, before)["aggregation"])
        if flows.sum() > 0 and same_definition(agency, indicator_id, before, year):
            shapes.append(list(flows.cumsum() / flows.sum()))
    return shapes


def _flows(periods: pd.DataFrame, aggregation: str) -> pd.Series:
    """Return what each period brought: of a running total (`last`) the difference to the period before."""
    return periods["value"].diff().fillna(periods["value"]) if aggregation == "last" else periods["value"]
