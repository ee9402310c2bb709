"""What a figure is made of: the items of its breakdowns, and what each contributed to a change."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.definition import same_definition
from iku_analysis.analysis.scored import scored_figures


def breakdown_kinds(agency: Agency, indicator_id: str) -> list[str]:
    """Return the kinds of breakdown that the files have for an indicator, such as `jenis` or `tujuan`."""
    parts = agency.parts.loc[agency.parts["indicator_id"] == indicator_id, "breakdown"]
    return sorted(set(parts.str.split(":").str[0]))


def contributions(agency: Agency, indicator_id: str, year: int, kind: str) -> pd.DataFrame:
    """Return what each item contributed to the change of a whole on the year before, the largest first.

    Columns: `item`, `value`, `previous`, `change` (in the unit) and `points`: the change in per cent
    of last year's whole, so that the points of all items are the growth. An item that only one of
    the years names is left in the last row, `item` empty, together with what no item names. Empty
    where either whole is missing, last year's is not above 0, or the definition changed. For sums only.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.contributions(agency, "ekspor", 2020, "tujuan")[["item", "points"]].round(2)
                  item  points
    0  Amerika Serikat   -1.84
    1         Tiongkok   -0.29
    2           Jepang   -0.53
    3        Singapura    1.43
    4         Filipina   -0.70
    5                    -0.93
    """
    wholes = _year_values(scored_figures(agency, indicator_id), year).get("", {})
    if not same_definition(agency, indicator_id, year - 1, year):
        wholes = {}
    now, before = wholes.get(year), wholes.get(year - 1)
    columns = ["item", "value", "previous", "change", "points"]
    if now is None or not before or before < 0:
        return pd.DataFrame(columns=columns)
    items = _year_values(scored_figures(agency, indicator_id, parts=True), year)
    rows = [
        {"item": name.removeprefix(f"{kind}: "), "value": values[year], "previous": values[year - 1]}
        for name, values in items.items()
        if name.startswith(f"{kind}: ") and {year, year - 1} <= set(values)
    ]
    frame = pd.DataFrame(rows, columns=columns[:3])
    rest = {"item": "", "value": now - frame["value"].sum(), "previous": before - frame["previous"].sum()}
    frame = pd.concat([frame.sort_values("value", ascending=False), pd.DataFrame([rest])], ignore_index=True)
    change = frame["value"] - frame["previous"]
    return frame.assign(change=change, points=100 * change / before)[columns]


def drivers(frame: pd.DataFrame) -> tuple[pd.Series | None, pd.Series | None]:
    """Return the named item that moved a whole most in the way it went, and the one that moved most against it.

    None where no named item did, or the whole of frame `contributions` stayed as it was: what is 0 in
    the second decimal, as it is told, did not move.
    """
    total, points = round(frame["points"].sum(), 2), frame.loc[frame["item"] != "", "points"].round(2)
    along = points * (1 if total > 0 else -1 if total < 0 else 0)
    with_it, against = along[along > 0], along[along < 0]
    return (
        None if with_it.empty else frame.loc[with_it.idxmax()],
        None if against.empty else frame.loc[against.idxmin()],
    )


def _year_values(figures: pd.DataFrame, year: int) -> dict[str, dict[int, float]]:
    """Return the province's value of a year and the one before, by breakdown and year."""
    figures = figures[(figures["grain"] == "year") & (figures["area"] == PROVINCE)]
    figures = figures[figures["year"].between(year - 1, year)]
    values: dict[str, dict[int, float]] = {}
    for row in figures.itertuples():
        values.setdefault(row.breakdown, {})[row.year] = row.value
    return values
