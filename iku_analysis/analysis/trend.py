"""Movement over the years: change, growth, pace toward the last target, verdicts."""

from typing import Any

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.indonesian import is_percent, scale_of
from iku_analysis.language import _
from iku_analysis.schema import TRENDS, make_frame
from iku_analysis.sources.policy import Trend

FEW_POINTS = 4


def compute_trends(agency: Agency, achievements: pd.DataFrame) -> pd.DataFrame:
    """Return frame `trends` from frame `achievements`: one row an indicator and year.

    A year is compared only with years of the same definition: since the last break that the
    decree in force in the break's year names, also when a later decree has come since. Pace is
    the change a year so far over the change a year still required to the last target of the
    decree in force, also where the frame ends before it; indicators with flat targets are judged by
    whether the target was kept.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> achievements = iku.compute_achievements(agency)
    >>> trends = iku.compute_trends(agency, achievements)
    >>> trends.query("indicator_id == 'nik' and year == 2021")[["realisation", "change", "verdict"]]
       realisation  change verdict
    3        126.0     5.0    kept
    """
    aims: dict[tuple[str, str], dict[int, float]] = {}
    for target in agency.targets[agency.targets["targeted"]].itertuples():
        aims.setdefault((target.indicator_id, target.decree), {})[target.year] = target.target
    breaks_in_force = agency.breaks.merge(agency.targets[["decree", "indicator_id", "year"]])
    rows = []
    for indicator_id, history in achievements.groupby("indicator_id", sort=False):
        breaks = breaks_in_force.loc[breaks_in_force["indicator_id"] == indicator_id, "year"]
        years = {int(row["year"]): row for row in history.to_dict("records")}
        # An area of a count has no targets of its own: the decree does not divide them.
        judged = history["target"].notna().any()
        for year in years:
            indicator = agency.indicator(str(indicator_id), year)
            begin = max([since for since in breaks if since <= year], default=min(years))
            own = aims.get((str(indicator_id), indicator["decree"]), {}) if judged else {}
            rows.append(_trend_of_year(years, indicator, year, begin, aims=own, bounds=agency.policy.trend))
    return make_frame(TRENDS, rows)


def _trend_of_year(
    years: dict[int, dict[str, Any]],
    indicator: pd.Series,
    year: int,
    begin: int,
    *,
    aims: dict[int, float],
    bounds: Trend,
) -> dict[str, Any]:
    """Return the movement up to one year toward the targets of its decree (`aims`, by year).

    `begin` is the first year of the definition. Years to the end of a quarter are compared with each other;
    they make no sum and no pace to a year's target.
    """
    now, before = years[year], years.get(year - 1)
    row = {name: indicator[name] for name in ("indicator_id", "number", "label", "unit")}
    row |= {"year": year, "realisation": now["realisation"], "reason": ""}
    if before is not None:
        row["target_change_pct"] = _change_pct(before["target"], now["target"])
    if before is not None and year - 1 >= begin:
        row |= {"previous": before["realisation"], "change": now["realisation"] - before["realisation"]}
        if not is_percent(indicator["unit"]) and not scale_of(indicator["unit"]):  # a grade has no size
            row["change_pct"] = _change_pct(before["realisation"], now["realisation"])
    elif before is not None and pd.notna(before["realisation"]):
        row["reason"] = _("Tidak dibandingkan dengan {year}: definisinya berubah.", year=year - 1)
    known = [of for of in years if begin <= of <= year and pd.notna(years[of]["realisation"])]
    row["points"] = len(known)
    if now["period"] != str(year):
        reason = _("Jumlah dan laju dinilai dari tahun penuh.")
        return row | {"verdict": "cannot_judge", "reason": f"{row['reason']} {reason}".strip()}
    if indicator["aggregation"] == "sum":
        so_far = [of for of in years if of <= year and pd.notna(years[of]["target"])]
        row |= {
            "cumulative": _sum(years, so_far, "realisation"),  # missing where one of them is
            "cumulative_target": _sum(years, so_far, "target"),
            "total_target": sum(aims.values()) if aims else None,
        }
    last_year = max(aims, default=None)
    if len(known) >= 2 and known[-1] == year:
        row["actual_per_year"] = (now["realisation"] - years[known[0]]["realisation"]) / (year - known[0])
    if last_year is not None and last_year > year and pd.notna(now["realisation"]):
        row["required_per_year"] = (aims[last_year] - now["realisation"]) / (last_year - year)
    verdict = _verdict(row, now, indicator, last_year, bounds)
    return row | verdict | {"reason": f"{row['reason']} {verdict.get('reason', '')}".strip()}


def _sum(years: dict[int, dict[str, Any]], among: list[int], name: str) -> float | None:
    return sum(years[of][name] for of in among) if among else None


def _change_pct(old: float, new: float) -> float | None:
    return 100 * (new - old) / old if pd.notna(old) and pd.notna(new) and old > 0 else None


def _verdict(row: dict, now: dict, indicator: pd.Series, last_year: int | None, bounds: Trend) -> dict:
    """Return `verdict`, `pace` and `reason` for one year.

    Flat targets, and the last year of rising ones: German indicator status (was the value met, and
    which way do values move). Rising ones: pace, with the bounds of Open SDG's progress measure
    (0.95 and 0.60, policy.toml); linear, because a path of five years is short, and for a
    percentage in points, because a rate of change means little near a bound of 100.
    """
    if pd.isna(now["target"]) or last_year is None:
        return {"verdict": "cannot_judge", "reason": _("Tidak ditargetkan tahun ini.")}
    if pd.isna(now["realisation"]):
        return {"verdict": "cannot_judge", "reason": _("Belum ada realisasi tahun ini.")}
    met = now["state"] == "met"
    sign = {"higher": 1, "lower": -1, "range": 0}[indicator["direction"]]
    if indicator["path"] == "flat" or row["year"] == last_year:
        return _verdict_of_kept(met=met, movement=sign * row.get("actual_per_year", 0), points=row["points"])
    required = sign * row["required_per_year"]
    if required <= 0:
        return {"verdict": "achieved"}
    if "actual_per_year" not in row:
        return {"verdict": "cannot_judge", "reason": _("Kurang dari dua titik dengan definisi yang sama.")}
    pace = sign * row["actual_per_year"] / required
    if pace < 0:
        verdict = "away"
    elif pace >= bounds.on_track:
        verdict = "on_track"
    else:
        verdict = "lagging" if pace >= bounds.lagging else "far_behind"
    return {"verdict": verdict, "pace": pace, "reason": _few_points(row["points"])}


def _verdict_of_kept(*, met: bool, movement: float, points: int) -> dict:
    """Return whether a target was kept, and which way the values move where two or more can tell."""
    if_met, if_missed = "kept_falling" if movement < 0 else "kept", "not_kept_rising" if movement > 0 else "not_kept"
    return {"verdict": if_met if met else if_missed, "reason": _few_points(points) if movement else ""}


def _few_points(points: int) -> str:
    if points >= FEW_POINTS:
        return ""
    return _("Baru {points} tahun yang dapat dibandingkan: belum cukup untuk menyimpulkan arah.", points=points)


def required_growth_pct(realisation: float, target: float, years: int) -> float:
    """Return the growth a year, in per cent, that takes a realisation to a target in so many years.

    Raises ValueError unless all three are positive.
    """
    if min(realisation, target, years) <= 0:
        raise ValueError(f"growth needs positive numbers, got {realisation}, {target}, {years}")
    return 100 * ((target / realisation) ** (1 / years) - 1)


def last_target(agency: Agency, indicator_id: str) -> tuple[int, float] | None:
    """Return the last year that the decrees target an indicator for, and its target; None if there is none."""
    targets = agency.targets[(agency.targets["indicator_id"] == indicator_id) & agency.targets["targeted"]]
    return None if targets.empty else (int(targets["year"].iloc[-1]), float(targets["target"].iloc[-1]))


def required_growth(agency: Agency, achievements: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    """Return the growth a year that each year's realisation still needs to reach the last target.

    Columns: `year`, `realisation` (in the unit), `years` left, `required_pct` and `reached`: there
    already. Only years before the last target that have a positive realisation; none where that
    target is not positive.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> achievements = iku.compute_achievements(agency)
    >>> iku.required_growth(agency, achievements, "ekspor").columns.tolist()
    ['year', 'realisation', 'years', 'required_pct', 'reached']
    """
    higher = agency.latest_indicator(indicator_id)["direction"] == "higher"
    history = achievements[achievements["indicator_id"] == indicator_id].set_index("year")
    last_year, target = last_target(agency, indicator_id) or (0, 0.0)
    rows = [
        {
            "year": year,
            "realisation": value,
            "years": last_year - year,
            "required_pct": required_growth_pct(value, target, last_year - year),
            "reached": value >= target if higher else value <= target,
        }
        for year, value in history["realisation"].items()
        if value > 0 and target > 0 and year < last_year
    ]
    return pd.DataFrame(rows, columns=["year", "realisation", "years", "required_pct", "reached"])
