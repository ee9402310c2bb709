"""What was known at the end of a month: an agency without anything that came later."""

from dataclasses import replace

import pandas as pd

from iku_analysis.agency.expected import check_quarter
from iku_analysis.agency.load import Agency
from iku_analysis.agency.worded import Worded
from iku_analysis.analysis.within_year import check_month
from iku_analysis.sources.in_force import targets_in_force

SIGNED_BEFORE = ["first_party", "second_party"]  # sections of the notes on a year that has not begun


def as_of(agency: Agency, year: int, through: int = 12, *, quarter: int = 4) -> Agency:
    """Return the agency as it stood at the end of a month of a year (1-12), or before the year began (0).

    With a `quarter` (1-4) not later than at its end.
    Periods that had not ended by then are left out of realisations, figures, context and verifications;
    so are later notes and budgets, what is spent of a budget but not yet known, decrees that begin later,
    and changes of definition still to come. Targets of the decree in force stay, also those of later years.

    Raises
    ------
    IkuError
        For a year that no decree has, or a month or a quarter that no year has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.as_of(agency, 2020, 9).until
    '2020-09'
    """
    agency.decree(year)
    if through != 0:
        check_month(through)
    check_quarter(quarter)
    until = f"{year}-{min(through, 3 * quarter):02d}"
    if agency.until and agency.until <= until:
        return agency
    budget = agency.budget[_years(agency.budget["period"]) <= year]
    notes = agency.notes[agency.notes["year"] <= year]
    if through == 0:
        notes = notes[(notes["year"] < year) | notes["section"].isin(SIGNED_BEFORE)]
    begun = [decree.decree_id for decree in agency.decrees if decree.first_year <= year]
    later = {
        name: _ended(getattr(agency, name), until)
        for name in ("realisations", "figures", "parts", "context", "verifications")
    }

    def known(worded: Worded) -> Worded:
        breaks = worded.breaks[worded.breaks["decree"].isin(begun) & (worded.breaks["year"] <= year)]
        return Worded(
            policy=worded.policy,
            identity=worded.identity,
            decrees=[decree for decree in worded.decrees if decree.decree_id in begun],
            indicators=_whole(worded.indicators[worded.indicators["decree"].isin(begun)]),
            breaks=_whole(breaks),
            records=worded.records,
        )

    earlier = agency.reworded(known)
    counted, days, expiry = agency.counted, agency.counted.arrivals["day"], agency.counted.expiry
    last = expiry.loc[expiry["verified"].notna(), "period"].max()  # what lies ahead of it is known from then on
    counted = replace(
        counted,
        figures=_ended(counted.figures, until),
        of_rows=_ended(counted.of_rows, until),
        in_time=_ended(counted.in_time, until),
        waits=_ended(counted.waits, until),
        holders=_ended(counted.holders, until),
        expiry=expiry if len(expiry) and last <= until else _ended(expiry, until),
        arrivals=_whole(counted.arrivals[days.str[:7] <= until]),
        gaps=_whole(counted.gaps[counted.gaps["day"].str[:7] <= until]),
    )
    return replace(
        earlier,
        **later,
        counted=counted,
        until=until,
        # A later decree may have taken years from one that was in force.
        targets=agency.targets if len(begun) == len(agency.decrees) else targets_in_force(earlier.decrees),
        quarter_targets=_whole(agency.quarter_targets[_years(agency.quarter_targets["period"]) <= year]),
        budget=_whole(budget.assign(realised=budget["realised"].where(_has_ended(budget, until)))),
        notes=_whole(notes),
    )


def _ended(frame: pd.DataFrame, until: str) -> pd.DataFrame:
    return _whole(frame[_has_ended(frame, until)])


def _has_ended(frame: pd.DataFrame, until: str) -> pd.Series:
    """Tell which periods had ended by the end of a month."""
    return frame["period"].map(lambda period: last_month(period) <= until).astype(bool)


def last_month(period: str) -> str:
    """Return the last month of a period: of `2021` and `2021-Q4` it is `2021-12`."""
    year, _dash, part = period.partition("-")
    if not part:
        return f"{year}-12"
    months = {"Q": 3, "S": 6}.get(part[0])
    return f"{year}-{months * int(part[1]):02d}" if months else period


def _years(periods: pd.Series) -> pd.Series:
    return periods.str[:4].astype(int)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.reset_index(drop=True)
