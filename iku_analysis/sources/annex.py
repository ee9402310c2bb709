"""The annex of a decree: a table of tab-separated text -> rows.

The columns are No, Sasaran, Indikator, Satuan, one for each year, Definisi. The table may
be broken over pages, each with the heading again; a blank objective continues the row above.
"""

import re
from dataclasses import dataclass

from iku_analysis.indonesian import parse_number
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.file_faults import too_long, too_much
from iku_analysis.sources.limits import LONGEST_NUMBER, LONGEST_TEXT, MOST_INDICATORS, MOST_PROBLEMS, MOST_YEARS
from iku_analysis.sources.rows import digits_help, is_too_long, quote
from iku_analysis.sources.target_words import Target

LEADING = 4  # No, Sasaran, Indikator, Satuan
TRAILING = 1  # Definisi


@dataclass(frozen=True)
class AnnexRow:
    """One indicator of the annex. `line` is the line of decree.txt, or of annex.csv."""

    line: int
    number: int
    objective: str
    indicator: str
    unit: str
    targets: dict[int, Target]
    definition: str


def read_annex(text: str, name: str) -> tuple[list[int], list[AnnexRow], list[Problem]]:
    """Return the years and rows of the annex table, over all its pages, and what is wrong with it."""
    lines = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), 1) if "\t" in line]
    headings = [index for index, (_number, cells) in enumerate(lines) if cells[0] == "No"]
    if not headings:
        expected = _("tabel lampiran dengan judul No, Sasaran, …, Definisi")
        mend = _("Salin tabel lampiran dengan tab di antara selnya.")
        return [], [], [Problem(name, None, None, _("tidak ada tabel"), expected, mend)]
    problems: list[Problem] = []
    years = _read_years(lines[headings[0] + 1][1]) if headings[0] + 1 < len(lines) else []
    for index in headings[:MOST_PROBLEMS]:
        problems += _check_heading(name, lines[index : index + 2], years)
    rows: list[AnnexRow] = []
    in_heading = {*headings, *(index + 1 for index in headings)}
    for number, cells in (line for index, line in enumerate(lines) if index not in in_heading):
        row, faults = _read_row(name, number, cells, years, rows[-1].objective if rows else "")
        problems += faults
        if row:
            rows.append(row)
        if len(problems) > MOST_PROBLEMS:
            return years, rows, problems[:MOST_PROBLEMS]
    if not problems and [row.number for row in rows] != list(range(1, len(rows) + 1)):
        found = ", ".join(str(row.number) for row in rows[:MOST_INDICATORS]) or _("tidak ada baris")
        mend = _("Lengkapi atau urutkan baris tabel.")
        problems.append(Problem(name, lines[0][0], "No", found, _("nomor urut dari 1 tanpa celah"), mend))
    if len(rows) > MOST_INDICATORS:
        problems.append(too_much(name, _("{count} baris", count=len(rows)), _("{count} baris", count=MOST_INDICATORS)))
    return years, rows, problems


def _read_years(cells: list[str]) -> list[int]:
    return [int(cell) for cell in cells if re.fullmatch("[0-9]{4}", cell)]


def _check_heading(name: str, lines: list[tuple[int, list[str]]], years: list[int]) -> list[Problem]:
    """Return what is wrong with the heading of one page: two lines, names and years."""
    (number, names), page = lines[0], _read_years(lines[1][1]) if len(lines) > 1 else []
    problems = []
    if not page or page != years or page != list(range(page[0], page[0] + len(page))):
        found = ", ".join(map(str, page[:MOST_YEARS])) or _("tidak ada tahun")
        expected = _("tahun yang berurutan, sama di setiap halaman")
        problems.append(Problem(name, number + 1, None, found, expected, _("Perbaiki baris tahun.")))
    places = len(names) - LEADING - TRAILING
    if page and len(page) != places:
        found = _("{count} tahun di judul tabel", count=len(page))
        expected = _("{count} tahun, menurut lebar tabel", count=places)
        mend = _("Periksa tab di judul dan baris tahun; satu kolom satu tahun.")
        problems.append(Problem(name, number + 1, None, found, expected, mend))
    return problems


def _read_row(
    name: str, number: int, cells: list[str], years: list[int], objective_above: str
) -> tuple[AnnexRow | None, list[Problem]]:
    """Return one indicator, or None and what is wrong with its line."""
    width = LEADING + len(years) + TRAILING
    if len(cells) != width:
        expected = _(
            "{count} sel: {years} target dan {others} sel lain",
            count=width,
            years=len(years),
            others=LEADING + TRAILING,
        )
        mend = _("Periksa tab pada baris ini; satu sel untuk setiap tahun.")
        return None, [Problem(name, number, None, _("{count} sel", count=len(cells)), expected, mend)]
    problems = []
    targets: dict[int, Target] = {}
    for year, cell in zip(years, cells[LEADING:-TRAILING], strict=True):
        try:
            targets[year] = Target(parse_number(cell.strip()[:LONGEST_NUMBER]))
        except ValueError:
            expected = _("angka seperti 27799, 97,5 atau 4.084.357.380")
            mend = _("Perbaiki angka target; desimal dengan koma, ribuan dengan titik.")
            problems.append(Problem(name, number, str(year), quote(cell), expected, mend))
            continue
        if is_too_long(targets[year].number):
            problems.append(Problem(name, number, str(year), quote(cell), *digits_help()))
    problems += [too_long(name, number, None, len(cell)) for cell in cells if len(cell) > LONGEST_TEXT]
    if not re.fullmatch("[0-9]{1,4}", cells[0].strip()):
        mend = _("Isi nomor di sel pertama.")
        problems.append(Problem(name, number, "No", quote(cells[0]), _("nomor indikator"), mend))
    objective, indicator, unit, definition = (cells[place].strip() for place in (1, 2, 3, -1))
    objective = objective or objective_above
    words = {"Sasaran": objective, "Indikator": indicator, "Satuan": unit, "Definisi": definition}
    for column, word in words.items():
        if not word:
            mend = _("Salin teksnya dari keputusan.")
            problems.append(Problem(name, number, column, quote(""), _("teks"), mend))
    if problems:
        return None, problems
    return AnnexRow(number, int(cells[0]), objective, indicator, unit, targets, definition), []
