"""Figures that the agency reports, held against those that its registers give."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import roll_up
from iku_analysis.schema import AUDIT, make_frame
from iku_analysis.sources.units import ways_to_join

CELL = ["indicator_id", "period", "area", "breakdown"]
NUMBERS = ["value", "numerator", "denominator"]
ROUNDED = 0.005  # of a percentage that is reported with two decimals


def compute_audit(agency: Agency, year: int | None = None) -> pd.DataFrame:
    """Return every official figure that is reported and counted: frame `audit`.

    `likely` is why they differ where that can be told: `rows` if the reported figure is that of all rows, the same
    record or the same thing twice among them; `late` if it is that of the records written down by the cut-off of the
    period, where a register tells when; `cutoff` if what one period has too much the next has too little. Empty for an
    agency without registers. A percentage is held by its counts where the agency reports them.

    Examples
    --------
    >>> agency = iku.load_agency("data/example-registers")
    >>> audit = iku.compute_audit(agency, 2021)
    >>> audit.loc[audit["difference"] != 0, ["period", "difference", "likely"]].to_numpy()[1:].tolist()
    [['2021-04', -1250000.0, 'cutoff'], ['2021-Q2', 3.0, 'rows'], ['2021-Q3', -2.0, 'late']]
    """
    if agency.counted.figures.empty:
        return make_frame(AUDIT, [])
    found = agency.counted
    counted, of_rows, in_time = (
        _melt(roll_up(frame, ways_to_join(agency.indicators), agency.policy.areas)[0])
        for frame in (found.figures, found.of_rows, found.in_time)
    )
    rows = agency.realisations
    own = rows[(rows["basis"] == "resmi") & ~rows["origin"].isin(agency.counted.figures["origin"])]
    own = own[own["period"].str.startswith(str(year or ""))]
    reported = _melt(own.assign(value=own["value"].where(own["denominator"].isna())))
    both = reported.merge(counted, on=[*CELL, "what"], suffixes=("", "_counted"))
    both = both.merge(of_rows, on=[*CELL, "what"], how="left", suffixes=("", "_of_rows"))
    both = both.merge(in_time, on=[*CELL, "what"], how="left", suffixes=("", "_in_time"))
    difference = both["number"] - both["number_counted"]
    rounded = (both["what"] == "value") & both["indicator_id"].isin(_percentages(agency))
    both["difference"] = difference.mask(rounded & (difference.abs() <= ROUNDED), 0.0).round(4)
    both = both.sort_values([*CELL[:1], "what", *CELL[2:], "period"], ignore_index=True)
    return make_frame(
        AUDIT,
        both.assign(
            reported=both["number"],
            counted=both["number_counted"],
            likely=_likely(both),
            year=both["period"].str[:4].astype(int),
        ),
    )


def _melt(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a number."""
    return frame.melt([*CELL, *(["source"] if "source" in frame else [])], NUMBERS, "what", "number").dropna(
        subset="number"
    )


def _percentages(agency: Agency) -> set[str]:
    return set(agency.indicators.loc[agency.indicators["aggregation"] == "ratio", "indicator_id"])


def _likely(both: pd.DataFrame) -> pd.Series:
    series = both.groupby(["indicator_id", "what", "area", "breakdown", both["period"].str.len()], sort=False)[
        "difference"
    ]
    moved = (both["difference"] + series.shift(1) == 0) | (both["difference"] + series.shift(-1) == 0)
    likely = pd.Series("", index=both.index, dtype="str").mask(moved, "cutoff")
    likely = likely.mask(both["number"] == both["number_in_time"], "late")
    return likely.mask(both["number"] == both["number_of_rows"], "rows").mask(both["difference"] == 0, "")
