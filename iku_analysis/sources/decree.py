"""The decree as issued (`decree.txt`) and what we decide about it (`indicators.toml`) -> Decree.

All words are kept as issued, slips included.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field

from iku_analysis.errors import Problem
from iku_analysis.indonesian import format_date, format_number, is_percent, parse_date
from iku_analysis.language import _
from iku_analysis.schema import BREAKS, INDICATORS, TARGETS, make_frame
from iku_analysis.sources.annex import AnnexRow, read_annex
from iku_analysis.sources.rows import decimals, quote
from iku_analysis.sources.toml import Settings, Words, read_settings


class Break(Settings):
    """A year from which the indicator measures something else."""

    year: int
    note: Words


class IndicatorSettings(Settings):
    """What we decide about one indicator of the decree, with the reason."""

    number: int = Field(ge=1)
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Words
    direction: Literal["higher", "lower"]
    aggregation: Literal["sum", "last", "ratio"]
    path: Literal["rising", "flat"]
    zero_target: Literal["not_targeted", "target"]
    reason: str = Field(min_length=1)
    holder: Words
    upper_bound: float | None = None
    max_decimals: int | None = None
    steady_denominator_pct: float | None = Field(None, gt=0)
    breaks: list[Break] = Field([], alias="break")


class IndicatorsFile(Settings):
    """indicators.toml: remarks on the decree's text, and its indicators."""

    note: list[Words] = []
    indicator: list[IndicatorSettings]


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
    def by_name(self) -> dict[str, pd.Series]:
        """The rows of `indicators` by id and by number: the names that a realisation file may use."""
        rows = [row for _index, row in self.indicators.iterrows()]
        return {row["indicator_id"]: row for row in rows} | {str(row["number"]): row for row in rows}


def read_decree(folder: Path) -> tuple[Decree | None, list[Problem]]:
    """Return the decree of a folder with `decree.txt` and `indicators.toml`, or None and what is wrong."""
    text_name, toml_name = (f"decrees/{folder.name}/{name}" for name in ("decree.txt", "indicators.toml"))
    try:
        text = (folder / "decree.txt").read_text(encoding="utf-8-sig").replace("**", "")
    except UnicodeDecodeError:
        found = _("teks dengan pengodean yang tidak dikenal")
        return None, [Problem(text_name, None, None, found, "UTF-8", _("Simpan ulang berkas sebagai UTF-8."))]
    facts, problems = _read_facts(text, text_name)
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
    names = ("label", "direction", "aggregation", "path", "upper_bound", "max_decimals",
             "steady_denominator_pct", "holder")  # fmt: skip
    return {
        "decree": decree_id,
        "indicator_id": decided.id,
        **from_annex,
        **{name: getattr(decided, name) for name in names},
    }


def _read_facts(text: str, name: str) -> tuple[dict, list[Problem]]:
    """Return the facts of the decree's body by the field names of `Decree`."""
    problems: list[Problem] = []

    def find(pattern: str, what: str) -> re.Match | None:
        match = re.search(pattern, text, re.MULTILINE | re.DOTALL)
        if match is None:
            mend = _("Lengkapi teks keputusan di berkas ini.")
            problems.append(Problem(name, None, None, _("tidak ditemukan"), what, mend))
        return match

    def listed(start: str, end: str, what: str) -> tuple[str, ...]:
        section = find(rf"{start}(.*?)^[- ]*{end}", what)
        items = re.findall(r"^\s*\d+\.\s+(.+?)[;.]?\s*$", section[1], re.MULTILINE) if section else []
        if section and not items:
            mend = _("Tulis butirnya sebagai daftar bernomor.")
            problems.append(Problem(name, None, None, _("daftar kosong"), what, mend))
        return tuple(items)

    number = find(r"^NOMOR\s*:\s*(\d+) TAHUN (\d{4})", "NOMOR : … TAHUN …")
    title = find(r"^TENTANG\s+(.+?)\s+DENGAN RAHMAT", "TENTANG …")
    agency = find(r"^KEPUTUSAN KEPALA (.+?)\n\s*\n", "KEPUTUSAN KEPALA …")
    issued = find(r"^Pada tanggal\s*:\s*(.+?)$", "Pada tanggal : …")
    period = find(r"^- KESATU\s*:.*?Tahun (\d{4})\s*-\s*(\d{4})", _("masa berlaku di diktum KESATU"))
    annex_number = find(r"^Nomor\s*:\s*(\d+) TAHUN (\d{4})", _("nomor di kepala lampiran"))
    annex_date = find(r"^Tanggal\s*:\s*(.+?)$", _("tanggal di kepala lampiran"))
    legal_bases = listed("Mengingat", "MEMUTUSKAN", _("dasar hukum (Mengingat)"))
    uses = listed("KETIGA", "(?:KEEMPAT|Ditetapkan)", _("daftar kegunaan di diktum KETIGA"))
    recipients = listed("Tembusan", "Lampiran", _("daftar tembusan"))
    if problems:
        return {}, problems
    assert number and title and agency and issued and period and annex_number and annex_date
    days = []
    for match in (issued, annex_date):
        try:
            days.append(parse_date(match[1]))
        except ValueError:
            mend = _("Tulis tanggal seperti 1 Oktober 2018.")
            problems.append(Problem(name, None, None, quote(match[1]), _("tanggal"), mend))
    if not problems and (number.groups(), days[0]) != (annex_number.groups(), days[1]):
        body, annex = (_("Nomor {number} Tahun {year}, {day}", number=m[1], year=m[2], day=format_date(d))
                       for m, d in ((number, days[0]), (annex_number, days[1])))  # fmt: skip
        mend = _("Samakan nomor dan tanggal di kepala lampiran dengan keputusannya.")
        problems.append(Problem(name, None, None, annex, body, mend))
    if problems:
        return {}, problems
    return {
        "number": f"{number[1]}/{number[2]}",
        "title": " ".join(title[1].split()),
        "agency": " ".join(agency[1].split()),
        "date": days[0],
        "first_year": int(period[1]),
        "last_year": int(period[2]),
        "legal_bases": legal_bases,
        "uses": uses,
        "recipients": recipients,
    }, []


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
    ids = [each.id for each in settings.indicator]
    for repeated in sorted({each for each in ids if ids.count(each) > 1}):
        mend = _("Beri setiap indikator id sendiri.")
        problems.append(Problem(toml_name, None, "indicator.id", quote(repeated), _("id yang berbeda"), mend))
    decided = {each.number: each for each in settings.indicator}
    for row in annex:
        if row.number not in decided:
            continue
        settings_of_row = decided[row.number]
        if (settings_of_row.aggregation == "ratio") != is_percent(row.unit):
            problems.append(
                Problem(
                    toml_name,
                    None,
                    f"{settings_of_row.id}.aggregation",
                    settings_of_row.aggregation,
                    "ratio" if is_percent(row.unit) else "sum, last",
                    _(
                        'Satuan di keputusan "{unit}": persentase digabung sebagai ratio, yang lain tidak.',
                        unit=row.unit,
                    ),
                )
            )
        problems += _check_targets(row, settings_of_row, text_name)
        for each in settings_of_row.breaks:
            if each.year not in years:
                mend = _("Perbaiki tahun pada bagian break.")
                expected = f"{years[0]}-{years[-1]}"
                problems.append(Problem(toml_name, None, f"{settings_of_row.id}.break", str(each.year), expected, mend))
    return problems


def _check_targets(row: AnnexRow, decided: IndicatorSettings, text_name: str) -> list[Problem]:
    """Return the targets that the indicator cannot have."""
    problems = []
    upper, most = decided.upper_bound, decided.max_decimals
    for year, target in row.targets.items():
        found = str(target).replace(".", ",")
        if target < 0 or (upper is not None and target > upper):
            between = _("antara 0 dan {upper}", upper=format_number(upper)) if upper is not None else _("0 atau lebih")
            mend = _("Periksa angka target di keputusan.")
            problems.append(Problem(text_name, row.line, str(year), found, between, mend))
        if most is not None and decimals(target) > most:
            expected = _("paling banyak {count} desimal", count=most)
            mend = _("Periksa titik dan koma: ribuan dengan titik (27.799) dalam format Indonesia.")
            problems.append(Problem(text_name, row.line, str(year), found, expected, mend))
    return problems
