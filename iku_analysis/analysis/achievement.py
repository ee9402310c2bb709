"""Realisation against target: achievement, rating, state, and the agency's result of a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.cautions import find_cautions, moved_denominator, repeated_denominators
from iku_analysis.analysis.doubts import find_doubts
from iku_analysis.analysis.missing import explain_missing, preferred
from iku_analysis.indonesian import (
    decimals_apart,
    round_half_up,
    scale_of,
)
from iku_analysis.language import _
from iku_analysis.schema import ACHIEVEMENTS, make_frame
from iku_analysis.sources.policy import Judging, Scale

MEANS = {"mean_pct": "averaged", "mean_capped_pct": "capped"}


def compute_achievement_pct(realisation: float, target: float, direction: str = "higher") -> float | None:
    """Return the achievement in per cent (100 = target met), not capped; None for a target of 0.

    Higher is better: realisation / target x 100. Lower is better: (2 x target - realisation)
    / target x 100. Source: PermenPANRB 8/2021 (p. 91, 100). The same in other words: 100 and the
    gap in per cent of the target's size, which holds for targets below zero too. Computed in
    decimal arithmetic, so that 90.005 is 90.005 and its rounding and its class agree.
    """
    if target == 0:
        return None
    achieved, wanted = Decimal(repr(float(realisation))), Decimal(repr(float(target)))
    gap = achieved - wanted if direction == "higher" else wanted - achieved
    return float(100 * (abs(wanted) + gap) / abs(wanted))


def rating_class(achievement_pct: float, scale: Scale) -> int:
    """Return the class of an achievement, 0 = the highest; rounded half up to two decimals first, as it is printed.

    What misses 100 by a hair is printed with more decimals, and never takes the class of 100.
    """
    shown = round_half_up(achievement_pct, decimals_apart(achievement_pct, 100))
    reached = (place for place, rating in enumerate(scale.rating[:-1]) if rating.holds(shown))
    return next(reached, len(scale.rating) - 1)


def rate(achievement_pct: float, scale: Scale) -> str:
    """Return the name of the class of an achievement on a scale (`policy.scales`)."""
    return scale.rating[rating_class(achievement_pct, scale)].label


def compute_achievements(agency: Agency) -> pd.DataFrame:
    """Return frame `achievements`: one row an indicator and year of the decrees in force.

    A figure of basis `resmi` is taken before one of `publikasi`; they are never mixed.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> achievements = iku.compute_achievements(agency)
    >>> achievements.query("indicator_id == 'uttp' and year == 2021")[["target", "realisation", "state"]]
        target  realisation   state
    28    99.0    98.361963  missed
    """
    return judge(agency, targets_of_years(agency), _whole_years(agency, PROVINCE))


def targets_of_years(agency: Agency) -> pd.DataFrame:
    """Return frame `targets` with what the decree in force says about each indicator, ready for `judge`.

    No year after that to which the agency is known.
    """
    targets = agency.targets[agency.targets["year"].isin(agency.known_years)]
    lacking = [not each.targeted and not agency.decree(each.year).has_targets for each in targets.itertuples()]
    whys = [why_untargeted(agency, year) for year in targets["year"]]
    targets = targets.assign(unset=[why * each for why, each in zip(whys, lacking, strict=True)])
    return targets.merge(agency.indicators, on=["decree", "indicator_id"], how="left")


def why_untargeted(agency: Agency, year: int) -> str:
    """Return why an indicator has no target in a year: the decree says so, or no agreement has set it yet."""
    if agency.decree(year).has_targets:
        return _("Tidak ditargetkan: keputusan menulis 0.")
    return _("Targetnya belum ditetapkan.")


def targeted_indicators(agency: Agency, year: int) -> pd.DataFrame:
    """Return `indicator_id`, `number` and `label` of the targeted indicators, in the annex's order."""
    targets = agency.targets
    ids = targets.loc[(targets["year"] == year) & targets["targeted"], "indicator_id"]
    indicators = agency.decree(year).indicators.sort_values("number")
    return indicators.loc[indicators["indicator_id"].isin(ids), ["indicator_id", "number", "label"]]


def yearly_figures(agency: Agency, area: str) -> pd.DataFrame:
    """Return the yearly figures of an area by `indicator_id` and `year`, the preferred basis of each."""
    return preferred(_whole_years(agency, area))


def _whole_years(agency: Agency, area: str) -> pd.DataFrame:
    return agency.figures[(agency.figures["grain"] == "year") & (agency.figures["area"] == area)]


def judge(agency: Agency, targets: pd.DataFrame, wholes: pd.DataFrame, *, quarter: int = 4) -> pd.DataFrame:
    """Return frame `achievements`: figures against targets, the one place where a result is judged.

    Parameters
    ----------
    targets : DataFrame
        Frame of `targets_of_years`; `unset` says why a year that the decree targets has no target here.
    wholes : frame `figures`
        One row an indicator, year and basis: the province's year, or the year to the end of a quarter.
    quarter : int
        The quarter to whose end the figures run; 4 is the whole year.
    """
    best = preferred(wholes)
    repeated = repeated_denominators(agency) if quarter == 4 else set()
    doubts = find_doubts(agency) if quarter == 4 else {}
    counted = wholes[wholes["denominator"] > 0].set_index(["indicator_id", "year", "basis"])["denominator"].to_dict()
    rows = []
    for target in targets.to_dict("records"):
        key = (target["indicator_id"], target["year"])
        whole = best.loc[key] if key in best.index else None
        row = _judge(agency, target, whole, quarter)
        if whole is not None and row["state"] in ("met", "missed"):
            cautions = find_cautions(agency, target, whole, row.get("achievement_pct"))
            if (*key, whole["basis"]) in repeated:
                cautions.append(_("Penyebut sama di keempat triwulan: penyebut setahun yang terulang?"))
            before = counted.get((target["indicator_id"], target["year"] - 1, whole["basis"]))
            cautions += moved_denominator(target, before, whole["denominator"])
            row["caution"] = " ".join(cautions + doubts.get(key, []))
        rows.append(row)
    return make_frame(ACHIEVEMENTS, rows)


def _judge(agency: Agency, target: dict, whole: pd.Series | None, quarter: int) -> dict:
    row = {name: target[name] for name in ("indicator_id", "number", "label", "unit", "year", "decree")}
    row |= {"target": target["target"] if target["targeted"] else None, "reason": "", "caution": ""}
    row |= {"target_high": target["target_high"] if target["targeted"] else None, "sign": target["sign"] or None}
    row["period"] = str(target["year"]) if quarter == 4 else f"{target['year']}-Q{quarter}"
    if whole is None or pd.isna(whole["value"]):
        if not target["targeted"] and not target["unset"]:
            return row | {"state": "not_targeted", "reason": why_untargeted(agency, target["year"])}
        missing = explain_missing(agency, target["indicator_id"], target["year"], quarter=quarter)
        return row | {"state": "no_data", "reason": f"{missing} {target['unset']}".strip()}
    value = float(whole["value"])
    row |= {"realisation": value, "basis": whole["basis"], "status": whole["status"]}
    if not target["targeted"]:
        reason = target["unset"] or _("Ada realisasi tanpa target: dicatat, tidak dinilai.")
        return row | {"state": "untargeted_realisation", "reason": reason}
    bound, side = bound_of(value, target)
    inside = side == "range"
    met = inside or (
        (value >= bound if side == "higher" else value <= bound) and not (target["sign"] and value == bound)
    )
    row |= {"gap": 0.0 if inside else value - bound, "state": "met" if met else "missed"}
    if target["sign"] and value == bound:
        row["reason"] = _("Tepat pada batasnya, yang sendiri belum memenuhi target.")
    if scale_of(target["unit"]):
        return row | {"reason": _("Predikat: capaian dalam persen tidak dihitung.")}
    if target["direction"] == "range":
        achievement_pct = 100.0 if inside else compute_achievement_pct(value, bound)
    else:
        achievement_pct = compute_achievement_pct(value, bound, side)
    if achievement_pct is None:
        return row | {"reason": _("Targetnya nol: capaian dalam persen tidak dapat dihitung.")}
    return row | {"achievement_pct": achievement_pct, "rating": rate(achievement_pct, agency.policy.scales[0])}


def bound_of(value: float, target: Mapping[str, Any]) -> tuple[float, str]:
    """Return the target that a value is held against, and on which side of it the value should be.

    Of a range (row of `targets` with `direction`) it is the end that the value lies beyond: `lower` above it,
    `higher` below it; within the range the lower end and `range`. Beyond a range the achievement is the value in per
    cent of that end (PermenPANRB 8/2021, p. 91, 100); 100 within it is our own reading.
    """
    low, high = float(target["target"]), target["target_high"]
    if target["direction"] != "range" or pd.isna(high):
        return low, str(target["direction"])
    if value > high:
        return float(high), "lower"
    return low, "higher" if value < low else "range"


@dataclass(frozen=True)
class AgencyResult:
    """The result of one year, or of the year to the end of a quarter (`period`).

    `scored` counts what was met or missed, so met <= scored <= targeted; `averaged` what of it enters
    the means: not a target of 0, unless the policy counts it. Means are in per cent; None when too much
    is missing, or nothing enters them. `objectives` has one row a strategic objective: `objective`,
    `targeted`, `scored`, `met`, `mean_capped_pct`; `judged` names the indicators that were met or missed.
    """

    year: int
    period: str
    targeted: int
    scored: int
    met: int
    averaged: int
    mean_pct: float | None
    mean_capped_pct: float | None
    cap_pct: float
    objectives: pd.DataFrame
    judged: tuple[str, ...]


def summarise(agency: Agency, achievements: pd.DataFrame, year: int) -> AgencyResult:
    """Return the agency's result of a year from frame `achievements`.

    Indicators without a target, or without a realisation, are in no count of results and in
    no mean. The mean caps each achievement; it is left out when more than the policy's share
    of the targeted indicators has no result.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> achievements = iku.compute_achievements(agency)
    >>> result = iku.summarise(agency, achievements, 2021)
    >>> result.targeted, result.scored, result.met
    (6, 6, 5)
    """
    decree, judging = agency.decree(year), agency.policy.judging
    of_year = _counted(achievements[achievements["year"] == year], judging)
    of_objective = of_year.merge(decree.indicators[["indicator_id", "objective"]], on="indicator_id")
    objectives = of_objective.groupby("objective", sort=False, as_index=False).agg(
        targeted=("targeted", "sum"), scored=("scored", "sum"), met=("met", "sum"), mean_capped_pct=("capped", "mean")
    )
    counts = count_results(achievements, year, judging)
    period = of_year["period"].iloc[0]
    judged = tuple(of_year.loc[of_year["scored"], "indicator_id"])
    return AgencyResult(
        year=year, period=period, **counts, cap_pct=judging.mean_cap_pct, objectives=objectives, judged=judged
    )


def count_results(achievements: pd.DataFrame, year: int, judging: Judging) -> dict[str, Any]:
    """Return `targeted`, `scored`, `met`, `averaged`, `mean_pct` and `mean_capped_pct`, as in `AgencyResult`."""
    of_year = _counted(achievements[achievements["year"] == year], judging)
    counts = {name: int(of_year[name].sum()) for name in ("targeted", "scored", "met")}
    counts["averaged"] = int(of_year["averaged"].count())
    missing = counts["targeted"] - counts["scored"]
    enough = counts["averaged"] > 0 and 100 * missing <= judging.max_missing_pct * counts["targeted"]
    means = {name: float(of_year[column].mean()) if enough else None for name, column in MEANS.items()}
    return counts | means


def _counted(of_year: pd.DataFrame, judging: Judging) -> pd.DataFrame:
    scored, met = of_year["state"].isin(["met", "missed"]), of_year["state"] == "met"
    averaged = of_year["achievement_pct"]
    if judging.zero_target == "all_or_nothing":
        averaged = averaged.mask(scored & of_year["target"].eq(0), met * 100.0)
    return of_year.assign(
        targeted=of_year["target"].notna(),
        scored=scored,
        met=met,
        averaged=averaged,
        # A lower-is-better achievement can be negative; in a mean it counts as 0.
        capped=averaged.clip(lower=0, upper=judging.mean_cap_pct),
    )
