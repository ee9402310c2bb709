"""A decree as it was read through the door: its facts (decree.toml) and its annex (annex.csv), every cell as issued."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import Field

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.annex import AnnexRow
from iku_analysis.sources.decided import IndicatorSettings
from iku_analysis.sources.file_faults import file_problem, find_control, read_text, too_long, too_much
from iku_analysis.sources.limits import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT, MOST_INDICATORS, MOST_YEARS
from iku_analysis.sources.rows import digits_help, is_too_long, quote
from iku_analysis.sources.target_words import Target, parse_target
from iku_analysis.sources.toml import Settings, read_settings

FACTS, ANNEX = "decree.toml", "annex.csv"
HEADS = {
    "nomor": "number",
    "sasaran": "objective",
    "indikator": "indicator",
    "satuan": "unit",
    "definisi": "definition",
}
BESIDE = ("awal", "akhir", "pemegang", "sumber")  # kept with the annex, and not judged by
YEAR = re.compile("(19|20)[0-9]{2}")


class DecreeFile(Settings):
    """decree.toml: what the text of the decree says about the decree."""

    number: str = Field(min_length=1, max_length=LONGEST_TEXT)
    title: str = Field(min_length=1, max_length=LONGEST_TEXT)
    agency: str = Field(min_length=1, max_length=LONGEST_TEXT)
    date: date
    first_year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    last_year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    legal_bases: list[str] = []
    uses: list[str] = []
    recipients: list[str] = []


def read_decree_file(folder: Path, name: str) -> tuple[dict, list[Problem]]:
    """Return the facts of a decree by the field names of `Decree`, and what is wrong with decree.toml."""
    settings, problems = read_settings(folder / FACTS, name, DecreeFile)
    if settings is None:
        return {}, problems
    if not 0 <= settings.last_year - settings.first_year < MOST_YEARS:
        found = f"{settings.first_year}-{settings.last_year}"
        expected = _("paling banyak {count} tahun, yang terakhir tidak sebelum yang pertama", count=MOST_YEARS)
        return {}, [Problem(name, None, "last_year", found, expected, _("Perbaiki tahunnya."))]
    facts = settings.model_dump()
    return {key: tuple(value) if isinstance(value, list) else value for key, value in facts.items()}, []


def read_annex_file(
    folder: Path, name: str, decided: Mapping[int, IndicatorSettings]
) -> tuple[list[int], list[AnnexRow], list[Problem]]:
    """Return the years and the rows of annex.csv, and what is wrong with it; no years where it has no targets.

    Parameters
    ----------
    decided : dict of int to IndicatorSettings
        What the office decided, by the indicator's number: a scale of grades, how a target is read that cannot be
        read as issued, a unit that the decree does not tell.
    """
    if not (folder / ANNEX).is_file():
        mend = _("Impor keputusannya lagi: iku import.")
        return [], [], [file_problem(name, _("berkas tidak ada"), name, mend)]
    text, problems = read_text(folder / ANNEX, name)
    if control := find_control(text, name):
        problems.append(control)
    table = [] if problems else list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    heads = [head.strip().casefold() for head in table[0]] if table else []
    years = [int(head) for head in heads if YEAR.fullmatch(head)]
    known = {*HEADS, *BESIDE}
    unknown = [head for head in heads if head not in known and not YEAR.fullmatch(head)]
    lacking = [head for head in ("nomor", "indikator") if head not in heads]
    if not problems and (unknown or lacking or (years and years != list(range(years[0], years[0] + len(years))))):
        found = ", ".join(heads)[:200] or _("tidak ada tabel")
        expected = "nomor;sasaran;indikator;satuan;" + _("tahun demi tahun") + ";definisi"
        problems.append(Problem(name, 1, None, found, expected, _("Perbaiki baris judulnya.")))
    if problems:
        return [], [], problems
    rows: list[AnnexRow] = []
    for line, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        named = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        row, faults = _read_row(name, line, named, years, rows[-1].objective if rows else "", decided)
        problems += faults
        rows += [row] if row else []
    if not problems and [row.number for row in rows] != list(range(1, len(rows) + 1)):
        found = ", ".join(str(row.number) for row in rows[:MOST_INDICATORS]) or _("tidak ada baris")
        mend = _("Lengkapi atau urutkan baris tabel.")
        problems.append(Problem(name, 2, "nomor", found, _("nomor urut dari 1 tanpa celah"), mend))
    if len(rows) > MOST_INDICATORS:
        problems.append(too_much(name, _("{count} baris", count=len(rows)), _("{count} baris", count=MOST_INDICATORS)))
    return years, rows, problems


def _read_row(  # noqa: PLR0917
    name: str,
    line: int,
    cells: dict[str, str],
    years: list[int],
    objective_above: str,
    decided: Mapping[int, IndicatorSettings],
) -> tuple[AnnexRow | None, list[Problem]]:
    """Return one indicator, or None and what is wrong with its line."""
    problems = [too_long(name, line, head, len(cell)) for head, cell in cells.items() if len(cell) > LONGEST_TEXT]
    if not re.fullmatch("[0-9]{1,4}", cells["nomor"]):
        mend = _("Isi nomor di sel pertama.")
        problems.append(Problem(name, line, "nomor", quote(cells["nomor"]), _("nomor indikator"), mend))
        return None, problems
    number = int(cells["nomor"])
    own = decided.get(number)
    if not cells["indikator"]:
        problems.append(Problem(name, line, "indikator", quote(""), _("teks"), _("Salin teksnya dari keputusan.")))
    if own:
        problems += _unit_faults(name, line, cells.get("satuan", ""), own.unit)
    targets: dict[int, Target] = {}
    for year in years:
        written = (own.read_as if own else {}).get(str(year), cells.get(str(year), ""))
        try:
            targets[year] = parse_target(written, own.scale if own else ())
        except ValueError:
            problems.append(_no_target(name, line, year, written, number))
            continue
        if is_too_long(targets[year].number):
            problems.append(Problem(name, line, str(year), quote(written), *digits_help()))
    if problems:
        return None, problems
    objective = cells.get("sasaran", "") or objective_above
    unit = cells.get("satuan") or (own.unit if own else "")
    return AnnexRow(line, number, objective, cells["indikator"], unit, targets, cells.get("definisi", "")), []


def _unit_faults(name: str, line: int, unit: str, decided: str) -> list[Problem]:
    """Return a unit that neither the decree nor the office has told, or that both have."""
    if bool(unit) != bool(decided):
        return []
    mend = _("Salin teksnya dari keputusan; bila keputusan tidak menyebutnya, tulis unit di indicators.toml.")
    if unit:
        mend = _("Hapus unit dari indicators.toml: keputusan menyebut satuannya.")
    return [Problem(name, line, "satuan", quote(decided), unit or _("teks"), mend)]


def _no_target(name: str, line: int, year: int, written: str, number: int) -> Problem:
    expected = _("target seperti 97,5, < 24, 80-90, atau predikat yang ada di skalanya")
    mend = _(
        "Biarkan teks keputusan; tulis bacaannya di indicators.toml untuk nomor {number}: "
        'read_as = {{ "{year}" = "..." }}, atau skala predikatnya: scale = [...].',
        number=number,
        year=year,
    )
    return Problem(name, line, str(year), quote(written), expected, mend)
