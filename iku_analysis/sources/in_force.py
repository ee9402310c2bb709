"""Several decrees side by side: which one judges a year, and what changed between two."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from iku_analysis.problems import Problem
from iku_analysis.schema import TARGETS, make_frame
from iku_analysis.sources.agreed import Agreed
from iku_analysis.sources.decree import Decree, read_decree
from iku_analysis.storage.data_root import decree_files


def read_decrees(root: Path, agreed: Sequence[Agreed] = ()) -> tuple[list[Decree], list[Problem]]:
    """Return all decrees of a data root, oldest first, and what is wrong with any; `agreed` as in `read_decree`."""
    decrees, problems = [], []
    for path in decree_files(root):
        decree, faults = read_decree(path.parent, agreed)
        problems += faults
        if decree:
            decrees.append(decree)
    return sorted(decrees, key=lambda decree: (decree.date, decree.decree_id)), problems


def decree_in_force(decrees: list[Decree], year: int) -> Decree | None:
    """Return the decree that judges a year: the latest whose first year has come, if it covers the year."""
    begun = [decree for decree in decrees if decree.first_year <= year]
    return begun[-1] if begun and year <= begun[-1].last_year else None


def covered_years(decrees: list[Decree]) -> list[int]:
    """Return the years that some decree judges."""
    years = sorted({year for decree in decrees for year in range(decree.first_year, decree.last_year + 1)})
    return [year for year in years if decree_in_force(decrees, year)]


def targets_in_force(decrees: list[Decree]) -> pd.DataFrame:
    """Return the targets of each year from the decree in force that year (frame `targets`)."""
    in_force = {year: decree_in_force(decrees, year) for year in covered_years(decrees)}
    parts = []
    for decree in decrees:
        years = [year for year, own in in_force.items() if own is decree]
        parts.append(decree.targets[decree.targets["year"].isin(years)])
    frame = pd.concat(parts).sort_values("year", kind="stable")
    order = {indicator_id: rank for rank, indicator_id in enumerate(dict.fromkeys(frame["indicator_id"]))}
    ranked = frame.assign(rank=frame["indicator_id"].map(order))
    return make_frame(TARGETS, ranked.sort_values(["rank", "year"]))


def compare_decrees(old: Decree, new: Decree) -> pd.DataFrame:
    """Return what changed: columns `indicator_id`, `what`, `old`, `new` (text; empty = not there).

    `what` is a column of frame `indicators`, or `target`, `targeted` or `break` with a year.
    """
    changes: list[tuple[str, ...]] = []
    before, after = (decree.indicators.set_index("indicator_id") for decree in (old, new))
    for indicator_id in dict.fromkeys([*before.index, *after.index]):
        if indicator_id not in after.index or indicator_id not in before.index:
            gone, come = (
                frame.loc[indicator_id, "indicator"] if indicator_id in frame.index else "" for frame in (before, after)
            )
            changes.append((indicator_id, "indicator", gone, come))
            continue
        for column in before.columns.drop("decree"):
            cells = (_text(frame.loc[indicator_id, column]) for frame in (before, after))
            changes.append((indicator_id, column, *cells))
        was, became = (_by_year(decree.targets, indicator_id) for decree in (old, new))
        common = sorted(set(was.index) & set(became.index))
        moved = [
            (f"target {year}", was["target"].get(year), became["target"].get(year))
            for year in sorted({*was.index, *became.index})
        ]
        moved += [(f"targeted {year}", was["targeted"][year], became["targeted"][year]) for year in common]
        was, became = (_by_year(decree.breaks, indicator_id)["note"] for decree in (old, new))
        moved += [(f"break {year}", was.get(year), became.get(year)) for year in common]
        changes += [(indicator_id, what, _text(before), _text(now)) for what, before, now in moved]
    frame = pd.DataFrame(changes, columns=["indicator_id", "what", "old", "new"])
    return frame[frame["old"] != frame["new"]].reset_index(drop=True)


def _by_year(frame: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    return frame[frame["indicator_id"] == indicator_id].set_index("year")


def _text(value: object) -> str:
    if pd.isna(value):
        return ""
    return repr(float(value)).removesuffix(".0") if isinstance(value, float) else str(value)
