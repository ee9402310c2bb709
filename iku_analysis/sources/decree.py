"""A decree and what we decide about it (`indicators.toml`) -> Decree. All words are kept as issued, slips included.

Its facts and its annex stand in decree.toml and annex.csv where it came through the door; else both are read from
`decree.txt`, which then must have the form that `decree_text` and `annex` ask for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.schema import BREAKS, INDICATORS, TARGETS, make_frame
from iku_analysis.sources.agreed import Agreed, Places, at_origin, with_agreed
from iku_analysis.sources.annex import AnnexRow, read_annex
from iku_analysis.sources.decided import IndicatorSettings, IndicatorsFile, check_numbers, compare_with_annex
from iku_analysis.sources.decree_folder import ANNEX, FACTS, read_annex_file, read_decree_file
from iku_analysis.sources.decree_text import read_facts
from iku_analysis.sources.file_faults import find_control, read_text
from iku_analysis.sources.target_words import Target
from iku_analysis.sources.targets import most_decimals
from iku_analysis.sources.toml import read_settings
from iku_analysis.sources.units import graded_unit


@dataclass(frozen=True)
class Decree:
    """A decree: its facts, and its `indicators`, `breaks` and `targets` (frames of `schema`).

    `decree_id` is the name of its folder. It is in force from `date`, and judges the years
    `first_year` to `last_year` as long as no later decree does. `undecided` are the settings of indicators (id, name)
    that are proposed and that nobody has decided. A decree without yearly targets (`has_targets`) takes them from
    performance agreements.
    """

    decree_id: str
    number: str
    title: str
    agency: str
    date: date
    first_year: int
    last_year: int
    legal_bases: tuple[str, ...]
    uses: tuple[str, ...]
    recipients: tuple[str, ...]
    notes: tuple[str, ...]
    indicators: pd.DataFrame
    breaks: pd.DataFrame
    targets: pd.DataFrame
    undecided: tuple[tuple[str, str], ...] = ()
    has_targets: bool = True

    @cached_property
    def by_name(self) -> dict[str, dict[str, Any]]:
        """The rows of `indicators` by id and by number: the names that a realisation file may use."""
        rows = self.indicators.to_dict("records")  # every row of a file asks them: a Series takes its time
        return {row["indicator_id"]: row for row in rows} | {str(row["number"]): row for row in rows}


def read_decree(folder: Path, agreed: Sequence[Agreed] = ()) -> tuple[Decree | None, list[Problem]]:
    """Return the decree of a folder with `decree.txt` and `indicators.toml`, or None and what is wrong.

    `agreed` are the yearly targets of performance agreements, for a decree that has none.
    """
    toml_name = f"decrees/{folder.name}/indicators.toml"
    settings, settings_problems = read_settings(folder / "indicators.toml", toml_name, IndicatorsFile)
    if (folder / FACTS).is_file():
        annex_name, facts, years, annex, problems = _read_folder(folder, settings)
    else:
        annex_name, facts, years, annex, problems = _read_text(folder)
    if settings and annex and not any(problem.file == annex_name and problem.row for problem in problems):
        problems += check_numbers(annex, settings, toml_name)
    problems += settings_problems
    by_number = {each.number: each for each in settings.indicator} if settings else {}
    places: Places = {}
    has_targets = bool(years)
    if facts and not years:
        years = list(range(facts["first_year"], facts["last_year"] + 1))
        annex, places, faults = with_agreed(annex, by_number, agreed)
        problems += faults
    if settings:
        faults = compare_with_annex(annex, settings, years, annex_name, toml_name)
        problems += [at_origin(problem, annex_name, places) for problem in faults]
    if problems or not settings:
        return None, problems
    if (facts["first_year"], facts["last_year"]) != (years[0], years[-1]):
        return None, [
            Problem(
                annex_name,
                None,
                None,
                f"{years[0]}-{years[-1]}",
                f"{facts['first_year']}-{facts['last_year']}",
                _("Samakan tahun di tabel lampiran dengan tahun di diktum KESATU.")
                if annex_name.endswith(".txt")
                else _("Samakan tahun di tabel lampiran dengan tahun di decree.toml."),
            )
        ]
    rows = [(row, by_number[row.number]) for row in annex]
    decree_id = folder.name
    decree = Decree(
        decree_id=decree_id,
        notes=tuple(settings.note),
        indicators=make_frame(INDICATORS, [_indicator(decree_id, row, decided) for row, decided in rows]),
        breaks=make_frame(
            BREAKS,
            [
                {"decree": decree_id, "indicator_id": decided.id, "year": each.year, "note": each.note}
                for decided in settings.indicator
                for each in decided.breaks
            ],
        ),
        targets=make_frame(
            TARGETS,
            [
                {
                    "indicator_id": decided.id,
                    "year": year,
                    "target": float(target.number),
                    "targeted": year in row.targets and (target.number != 0 or decided.zero_target == "target"),
                    "decree": decree_id,
                    "target_high": None if target.high is None else float(target.high),
                    "sign": target.sign,
                    "source": place.source if place else "",
                    "file": place.file if place else annex_name,
                    "row": place.row if place else row.line,
                }
                for row, decided in rows
                for year in years
                for target, place in [
                    (row.targets.get(year, Target(Decimal(0))), places.get((row.line, str(year)))),
                ]
            ],
        ),
        has_targets=has_targets,
        undecided=tuple((each.id, name) for each in settings.indicator for name in each.undecided),
        **facts,
    )
    return decree, []


Read = tuple[
    str, dict, list[int], list[AnnexRow], list[Problem]
]  # name of the annex's file, facts, years, rows, faults


def _read_text(folder: Path) -> Read:
    """Return what a decree.txt of the strict form says."""
    name = f"decrees/{folder.name}/decree.txt"
    text, problems = read_text(folder / "decree.txt", name)
    if problem := find_control(text, name):
        problems.append(problem)
    if problems:
        return name, {}, [], [], problems
    text = text.replace("**", "")
    facts, problems = read_facts(text, name)
    years, annex, annex_problems = read_annex(text, name)
    return name, facts, years, annex, problems + annex_problems


def _read_folder(folder: Path, settings: IndicatorsFile | None) -> Read:
    """Return what decree.toml and annex.csv say, its targets read with the scales and readings that were decided."""
    name = f"decrees/{folder.name}/{ANNEX}"
    facts, problems = read_decree_file(folder, f"decrees/{folder.name}/{FACTS}")
    decided = {each.number: each for each in settings.indicator} if settings else {}
    years, annex, annex_problems = read_annex_file(folder, name, decided)
    return name, facts, years, annex, problems + annex_problems


def _indicator(decree_id: str, row: AnnexRow, decided: IndicatorSettings) -> dict:
    from_annex = {name: getattr(row, name) for name in ("number", "indicator", "objective", "unit", "definition")}
    names = (
        "label",
        "direction",
        "aggregation",
        "path",
        "lower_bound",
        "upper_bound",
        "steady_denominator_pct",
        "holder",
        "ask",
    )
    return {
        "decree": decree_id,
        "indicator_id": decided.id,
        **from_annex,
        **{name: getattr(decided, name) for name in names},
        "unit": graded_unit(row.unit, decided.scale),
        "max_decimals": most_decimals(row.unit, decided.max_decimals),
    }
