"""The decree as issued (`decree.txt`) and what we decide about it (`indicators.toml`) -> Decree.

All words are kept as issued, slips included.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from pydantic import Field

from iku_analysis.errors import Problem
from iku_analysis.indonesian import format_number
from iku_analysis.language import _
from iku_analysis.schema import BREAKS, INDICATORS, TARGETS, make_frame
from iku_analysis.sources.annex import AnnexRow, read_annex
from iku_analysis.sources.decree_text import read_facts
from iku_analysis.sources.file_faults import find_control, read_text
from iku_analysis.sources.limits import LARGEST_PER_CENT, LONGEST_ID, MOST_INDICATORS
from iku_analysis.sources.rows import quote
from iku_analysis.sources.targets import check_targets, most_decimals
from iku_analysis.sources.toml import Name, Settings, Words, read_settings, repeated
from iku_analysis.sources.units import may_join


class Break(Settings):
    """A year from which the indicator measures something else."""

    year: int
    note: Words


class IndicatorSettings(Settings):
    """What we decide about one indicator of the decree, with the reason."""

    number: int = Field(ge=1, le=MOST_INDICATORS)
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=LONGEST_ID)
    label: Name
    direction: Literal["higher", "lower"]
    aggregation: Literal["sum", "last", "ratio"]
    path: Literal["rising", "flat"]
    zero_target: Literal["not_targeted", "target"]
    reason: str = Field(min_length=1)
    holder: Words
    ask: Words = ""
    lower_bound: float = 0
    upper_bound: float | None = None
    max_decimals: int | None = Field(None, ge=0, le=15)
    wide_targets: bool = False
    steady_denominator_pct: float | None = Field(None, gt=0, le=LARGEST_PER_CENT)
    breaks: list[Break] = Field([], alias="break")


class IndicatorsFile(Settings):
    """indicators.toml: remarks on the decree's text, and its indicators."""

    note: list[Words] = []
    indicator: list[IndicatorSettings] = Field(min_length=1, max_length=MOST_INDICATORS)


@dataclass(frozen=True)
class Decree:
    """A decree: its facts, and its `indicators`, `breaks` and `targets` (frames of `schema`).

    `decree_id` is the name of its folder. It is in force from `date`, and judges the years
    `first_year` to `last_year` as long as no later decree does.
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

    @cached_property
    def by_name(self) -> dict[str, dict[str, Any]]:
        """The rows of `indicators` by id and by number: the names that a realisation file may use."""
        rows = self.indicators.to_dict("records")  # every row of a file asks them: a Series takes its time
        return {row["indicator_id"]: row for row in rows} | {str(row["number"]): row for row in rows}


def read_decree(folder: Path) -> tuple[Decree | None, list[Problem]]:
    """Return the decree of a folder with `decree.txt` and `indicators.toml`, or None and what is wrong."""
    text_name, toml_name = (f"decrees/{folder.name}/{name}" for name in ("decree.txt", "indicators.toml"))
    text, problems = read_text(folder / "decree.txt", text_name)
    if problem := find_control(text, text_name):
        problems.append(problem)
    if problems:
        return None, problems
    text = text.replace("**", "")
    facts, problems = read_facts(text, text_name)
    years, annex, annex_problems = read_annex(text, text_name)
    settings, settings_problems = read_settings(folder / "indicators.toml", toml_name, IndicatorsFile)
    problems += annex_problems + settings_problems
    if settings and not annex_problems:
        problems += _check_numbers(annex, settings, toml_name)
    if settings:
        problems += _compare(annex, settings, years, text_name, toml_name)
    if problems or not settings:
        return None, problems
    if (facts["first_year"], facts["last_year"]) != (years[0], years[-1]):
        return None, [
            Problem(
                text_name,
                None,
                None,
                f"{years[0]}-{years[-1]}",
                f"{facts['first_year']}-{facts['last_year']}",
                _("Samakan tahun di tabel lampiran dengan tahun di diktum KESATU."),
            )
        ]
    by_number = {each.number: each for each in settings.indicator}
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
                    "target": float(target),
                    "targeted": target != 0 or decided.zero_target == "target",
                    "decree": decree_id,
                }
                for row, decided in rows
                for year, target in row.targets.items()
            ],
        ),
        **facts,
    )
    return decree, []


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
        "max_decimals": most_decimals(row.unit, decided.max_decimals),
    }


def _check_numbers(annex: list[AnnexRow], settings: IndicatorsFile, toml_name: str) -> list[Problem]:
    """Return whether indicators.toml lacks, repeats or invents a number of the annex."""
    numbers = [each.number for each in settings.indicator]
    if sorted(numbers) == [row.number for row in annex]:
        return []
    found, expected = (", ".join(map(str, each)) for each in (numbers, [row.number for row in annex]))
    mend = _("Tulis satu bagian [[indicator]] untuk setiap nomor di lampiran.")
    return [Problem(toml_name, None, "indicator.number", found, expected, mend)]


def _compare(
    annex: list[AnnexRow], settings: IndicatorsFile, years: list[int], text_name: str, toml_name: str
) -> list[Problem]:
    """Return where indicators.toml does not fit the rows of the annex."""
    problems = []
    for twice in repeated(each.id for each in settings.indicator):
        mend = _("Beri setiap indikator id sendiri.")
        problems.append(Problem(toml_name, None, "indicator.id", quote(twice), _("id yang berbeda"), mend))
    for twice in repeated(each.label for each in settings.indicator):
        mend = _("Beri setiap indikator sebutan sendiri: hanya itu yang membedakannya di gambar.")
        problems.append(Problem(toml_name, None, "indicator.label", quote(twice), _("sebutan yang berbeda"), mend))
    decided = {each.number: each for each in settings.indicator}
    for row in annex:
        if row.number not in decided:
            continue
        settings_of_row = decided[row.number]
        if not may_join(row.unit, settings_of_row.aggregation):
            ways = [each for each in ("sum", "ratio", "last") if may_join(row.unit, each)]
            mend = _(
                'Satuan di keputusan "{unit}": persentase digabung sebagai ratio, atau last bila posisi pada akhir '
                "periode; hitungan sebagai sum, atau last bila jumlah berjalan; indeks dan skor sebagai last.",
                unit=row.unit,
            )
            place = f"{settings_of_row.id}.aggregation"
            problems.append(Problem(toml_name, None, place, settings_of_row.aggregation, ", ".join(ways), mend))
        upper = settings_of_row.upper_bound
        if upper is not None and upper <= settings_of_row.lower_bound:
            place, least = f"{settings_of_row.id}.upper_bound", format_number(settings_of_row.lower_bound, 9)
            expected = _("lebih besar dari lower_bound, {least}", least=least)
            problems.append(Problem(toml_name, None, place, format_number(upper, 9), expected, _("Perbaiki nilainya.")))
        problems += check_targets(
            row,
            text_name,
            indicator_id=settings_of_row.id,
            lower=settings_of_row.lower_bound,
            upper=settings_of_row.upper_bound,
            max_decimals=settings_of_row.max_decimals,
            wide=settings_of_row.wide_targets,
        )
        for twice in repeated(each.year for each in settings_of_row.breaks):
            mend = _("Gabungkan keduanya menjadi satu bagian break.")
            place = f"{settings_of_row.id}.break"
            problems.append(Problem(toml_name, None, place, str(twice), _("satu kali setiap tahun"), mend))
        for each in settings_of_row.breaks:
            if each.year not in years:
                mend = _("Perbaiki tahun pada bagian break.")
                expected = f"{years[0]}-{years[-1]}"
                problems.append(Problem(toml_name, None, f"{settings_of_row.id}.break", str(each.year), expected, mend))
    return problems
