"""Results side by side: on several scales, beside the year before, and as shares of the targeted indicators."""

import math
from itertools import combinations

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import rate, rating_class
from iku_analysis.analysis.definition import same_definition
from iku_analysis.language import _
from iku_analysis.sources.policy import Scale


def compare_scales(agency: Agency, achievements: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the ratings of a year on every scale of the policy: one row an indicator of frame `achievements`.

    Columns: `indicator_id`, `number`, `label`, `achievement_pct` (per cent), `rating_1`, `rating_2` ...
    (in the order of `policy.scales`, the agency's own first; empty without an achievement) and
    `flips`: two scales with the same names of classes give another name, or two with other names
    another class counted from the top.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> achievements = iku.compute_achievements(agency)
    >>> iku.evaluation.compare_scales(agency, achievements, 2021).columns.tolist()
    ['indicator_id', 'number', 'label', 'achievement_pct', 'rating_1', 'rating_2', 'flips']
    """
    scales = agency.policy.scales
    rows = []
    for row in achievements[achievements["year"] == year].to_dict("records"):
        achieved = row["achievement_pct"]
        known = pd.notna(achieved)
        ratings = {
            f"rating_{number}": rate(achieved, scale) if known else "" for number, scale in enumerate(scales, start=1)
        }
        flips = known and any(_differ(achieved, *pair) for pair in combinations(scales, 2))
        rows.append(
            {name: row[name] for name in ("indicator_id", "number", "label", "achievement_pct")}
            | ratings
            | {"flips": flips}
        )
    names = [f"rating_{number}" for number in range(1, len(scales) + 1)]
    columns = ["indicator_id", "number", "label", "achievement_pct", *names, "flips"]
    return pd.DataFrame(rows, columns=columns).astype({"achievement_pct": float, "flips": bool})


def _differ(achievement_pct: float, one: Scale, other: Scale) -> bool:
    names = [{rating.label for rating in scale.rating} for scale in (one, other)]
    if names[0] == names[1]:
        return rate(achievement_pct, one) != rate(achievement_pct, other)
    return rating_class(achievement_pct, one) != rating_class(achievement_pct, other)


def rating_moves(agency: Agency, achievements: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return how the ratings moved from the year before: one row an indicator of frame `achievements`.

    Columns: `indicator_id`, `number`, `label`, `rating`, `achievement_pct` (per cent), `previous_rating`,
    `previous_achievement_pct`, `move` (`up`, `down`, `same`, `new`: rated this year only, `lost`: the
    year before only, `none`: not compared) and `reason`, why it is not compared or not rated. Years
    of different definitions are not compared.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> achievements = iku.compute_achievements(agency)
    >>> iku.evaluation.rating_moves(agency, achievements, 2021)["move"].value_counts().to_dict()
    {'same': 4, 'none': 3}
    """
    rated = achievements.set_index(["indicator_id", "year"])
    rows = []
    for row in achievements[achievements["year"] == year].to_dict("records"):
        key = (row["indicator_id"], year - 1)
        before = rated.loc[key] if key in rated.index else None
        move, reason = _move(agency, row, before)
        rows.append(
            {name: row[name] for name in ("indicator_id", "number", "label", "rating", "achievement_pct")}
            | {"previous_rating": None if before is None else before["rating"]}
            | {"previous_achievement_pct": None if before is None else before["achievement_pct"]}
            | {"move": move, "reason": reason}
        )
    columns = ["indicator_id", "number", "label", "rating", "achievement_pct"]
    columns += ["previous_rating", "previous_achievement_pct", "move", "reason"]
    frame = pd.DataFrame(rows, columns=columns)
    ratings = {name: frame[name].astype("str").fillna("") for name in ("rating", "previous_rating")}
    return frame.assign(**ratings).astype({"achievement_pct": float, "previous_achievement_pct": float})


def _move(agency: Agency, now: dict, before: pd.Series | None) -> tuple[str, str]:
    year = now["year"]
    if before is None:
        previous, why = math.nan, _("Tidak ada target dan realisasi {year}.", year=year - 1)
    else:
        previous, why = before["achievement_pct"], f"{year - 1}: {before['reason']}"
    if pd.isna(now["achievement_pct"]):
        return "none" if pd.isna(previous) else "lost", now["reason"]
    if pd.isna(previous):
        return "new", why
    if not same_definition(agency, now["indicator_id"], year - 1, year):
        return "none", _("Tidak dibandingkan dengan {year}: definisinya berubah.", year=year - 1)
    scale = agency.policy.scales[0]
    step = rating_class(previous, scale) - rating_class(now["achievement_pct"], scale)
    return "up" if step > 0 else "down" if step < 0 else "same", ""


def shares(agency: Agency, achievements: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return how many indicators met their targets in a year, from frame `achievements`.

    Columns: `result`, `count` and `pct` (per cent of the indicators that the decree targets). The
    rows `met`, `missed` and `not_judged` sum to the targeted indicators; `not_targeted` stands apart,
    without a per cent.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> achievements = iku.compute_achievements(agency)
    >>> iku.evaluation.shares(agency, achievements, 2021)[["result", "count"]]
             result  count
    0           met      5
    1        missed      1
    2    not_judged      0
    3  not_targeted      1
    """
    of_year = achievements[achievements["year"] == year].merge(agency.targets[["indicator_id", "year", "targeted"]])
    states = of_year.loc[of_year["targeted"], "state"]
    met, missed = int((states == "met").sum()), int((states == "missed").sum())
    counts = {"met": met, "missed": missed, "not_judged": len(states) - met - missed}
    rows = [
        {"result": result, "count": count, "pct": 100 * count / len(states) if len(states) else None}
        for result, count in counts.items()
    ]
    rows.append({"result": "not_targeted", "count": len(of_year) - len(states), "pct": None})
    return pd.DataFrame(rows).astype({"pct": float})
