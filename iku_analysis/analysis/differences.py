"""What moved between two results of one agency: compared exactly, on the numbers themselves."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.achievement import count_results
from iku_analysis.analysis.quarter import compute_achievements_to
from iku_analysis.analysis.trend import compute_trends
from iku_analysis.errors import IkuError
from iku_analysis.language import _, current_language
from iku_analysis.schema import AGENCY_NUMBERS, DIFFERENCES, MOVING_NUMBERS, MOVING_WORDS, make_frame
from iku_analysis.sources.policy import Judging

WHOLE_AGENCY = ""  # in place of an indicator


@dataclass(frozen=True)
class Results:
    """What an agency's files came to, at one time: frames, and what the year's result is counted by.

    `until` is the last month that was known (`Agency.until`); `report_date` is empty where no report was
    made, or none was given.
    """

    achievements: pd.DataFrame
    trends: pd.DataFrame
    figures: pd.DataFrame
    judging: Judging
    illustrative: bool
    language: str
    until: str = ""
    report_date: str = ""


def results_of(agency: Agency, quarter: int = 4) -> Results:
    """Return what the files of a data root come to now, each year to the end of a quarter."""
    achievements = compute_achievements_to(agency, quarter)
    return Results(
        achievements=achievements,
        trends=compute_trends(agency, achievements),
        figures=agency.figures,
        judging=agency.policy.judging,
        illustrative=agency.policy.illustrative,
        language=current_language(),
        until=agency.until,
    )


def compare_results(old: Results, new: Results) -> pd.DataFrame:
    """Return frame `differences`: what moved, in the order of indicators and years, the agency's result last.

    Years after that to which either of them is known are left out: they have not moved.

    Raises
    ------
    IkuError
        If the two are in different languages, run to the ends of different quarters, or give one
        indicator different units: their words, or their numbers, cannot be held against each other.
    """
    if old.language != new.language:
        languages = {"old": old.language, "new": new.language}
        raise IkuError(_("Bahasanya berbeda: yang lama {old}, yang baru {new}.", **languages))
    spans = [str(each.achievements["period"].iloc[0])[4:] for each in (old, new)]  # nothing, or -Q3
    if spans[0] != spans[1]:
        raise IkuError(_("Yang satu sampai akhir suatu triwulan, yang lain tidak atau sampai triwulan lain."))
    last_year = min((int(each.until[:4]) for each in (old, new) if each.until), default=math.inf)
    before, after = _facts(old, last_year), _facts(new, last_year)
    order = list(dict.fromkeys(indicator_id for indicator_id, _year in [*before, *after]))
    keys = sorted({*before, *after}, key=lambda key: (key[0] == WHOLE_AGENCY, order.index(key[0]), key[1]))
    rows = []
    for key in keys:
        rows += _moves(before.get(key, {}), after.get(key, {}))
    return make_frame(DIFFERENCES, rows)


def _facts(results: Results, last_year: float) -> dict[tuple[str, int], dict[str, Any]]:
    """Return all that can move up to a year, by indicator and year; the agency as a whole under `WHOLE_AGENCY`."""
    achievements = results.achievements[results.achievements["year"] <= last_year]
    wholes = results.figures[
        (results.figures["period"].isin(results.achievements["period"]))  # none for years to the end of a quarter
        & (results.figures["grain"] == "year")
        & (results.figures["area"] == PROVINCE)
        & (results.figures["breakdown"] == "")
    ]
    rows = achievements.merge(
        wholes[["indicator_id", "year", "basis", "numerator", "denominator"]],
        on=["indicator_id", "year", "basis"],
        how="left",
    ).merge(results.trends[["indicator_id", "year", "verdict"]], on=["indicator_id", "year"])
    facts = {(row["indicator_id"], row["year"]): row for row in rows.to_dict("records")}
    for year in sorted(set(achievements["year"])):
        counts = count_results(achievements, year, results.judging)
        facts[WHOLE_AGENCY, year] = counts | {"indicator_id": WHOLE_AGENCY, "label": "", "unit": "", "year": year}
    return facts


def _moves(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of frame `differences` of one indicator and year; `{}` where there was, or is, none."""
    named = after or before
    if before and after and before["unit"] != after["unit"]:
        place = f"{named['label']} {named['year']}"
        raise IkuError(
            _("{place}: satuannya {old}, kemudian {new}.", place=place, old=before["unit"], new=after["unit"])
        )
    rows = []
    for what in [*MOVING_NUMBERS, *MOVING_WORDS, *AGENCY_NUMBERS]:
        old, new = before.get(what), after.get(what)
        if kind := _kind(old, new):
            columns = ("old_word", "new_word") if what in MOVING_WORDS else ("old", "new")
            row = {name: named[name] for name in ("indicator_id", "label", "unit", "year")}
            rows.append(row | dict(zip(columns, (old, new), strict=True)) | {"what": what, "kind": kind})
    return rows


def _kind(old: Any, new: Any) -> str | None:
    if pd.isna(old) or pd.isna(new):
        return None if pd.isna(old) and pd.isna(new) else "appeared" if pd.isna(old) else "vanished"
    if old == new:
        return None
    return {("sementara", "final"): "finalised", ("final", "sementara"): "provisional_again"}.get((old, new), "changed")
