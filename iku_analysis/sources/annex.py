"""The annex of a decree: a table of tab-separated text -> rows.

The columns are No, Sasaran, Indikator, Satuan, one for each year, Definisi. The table may
be broken over pages, each with the heading again; a blank objective continues the row above.
"""

import re
from dataclasses import dataclass

from iku_analysis.errors import Problem
from iku_analysis.indonesian import parse_number
from iku_analysis.language import _
from iku_analysis.sources.rows import quote

LEADING = 4  # No, Sasaran, Indikator, Satuan
TRAILING = 1  # Definisi


@dataclass(frozen=True)
class AnnexRow:
    """One indicator of the annex. `line` is the line of decree.txt."""

    line: int
    number: int
    objective: str
    indicator: str
    unit: str
    targets: dict[int, float]
    definition: str


def read_annex(text: str, name: str) -> tuple[list[int], list[AnnexRow], list[Problem]]:
    """Return the years and rows of the annex table, over all its pages."""
    problems: list[Problem] = []
    rows: list[AnnexRow] = []
    years: list[int] = []
    width = 0

    def refuse(line: int, column: str | None, found: str, expected: str, mend: str) -> None:
        problems.append(Problem(name, line, column, found, expected, mend))

    lines = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), 1) if "\t" in line]
    for index, (number, cells) in enumerate(lines):
        if cells[0] == "No":
            width = len(cells)
            below = lines[index + 1][1] if index + 1 < len(lines) else []
            page = [int(cell) for cell in below if re.fullmatch(r"\d{4}", cell)]
            years = years or page
            if page != years or page != list(range(page[0], page[0] + len(page))) if page else True:
                refuse(number + 1, None, ", ".join(map(str, page)) or _("tidak ada tahun"),
                       _("tahun yang berurutan, sama di setiap halaman"), _("Perbaiki baris tahun."))  # fmt: skip
            if page and width != LEADING + len(page) + TRAILING:
                refuse(number + 1, None, _("{count} tahun di judul tabel", count=len(page)),
                       _("{count} tahun, menurut lebar tabel", count=width - LEADING - TRAILING),
                       _("Periksa tab di judul dan baris tahun; satu kolom satu tahun."))  # fmt: skip
            continue
        if not cells[0].strip().isdigit():
            if index and lines[index - 1][1][0] == "No":
                continue  # the row of years
            refuse(number, "No", quote(cells[0]), _("nomor indikator"), _("Isi nomor di sel pertama."))
            continue
        if len(cells) != LEADING + len(years) + TRAILING:
            refuse(number, None, _("{count} sel", count=len(cells)),
                   _("{count} sel: {years} target dan {others} sel lain", count=LEADING + len(years) + TRAILING,
                     years=len(years), others=LEADING + TRAILING),
                   _("Periksa tab pada baris ini; satu sel untuk setiap tahun."))  # fmt: skip
            continue
        targets = {}
        for year, cell in zip(years, cells[LEADING:-TRAILING], strict=True):
            try:
                targets[year] = float(parse_number(cell.strip()))
            except ValueError:
                refuse(number, str(year), quote(cell), _("angka seperti 27799, 97,5 atau 4.084.357.380"),
                       _("Perbaiki angka target; desimal dengan koma, ribuan dengan titik."))  # fmt: skip
        objective = cells[1].strip() or (rows[-1].objective if rows else "")
        words = {"Sasaran": objective, "Indikator": cells[2], "Satuan": cells[3], "Definisi": cells[-1]}
        for column, words_of_cell in words.items():
            if not words_of_cell.strip():
                refuse(number, column, quote(""), _("teks"), _("Salin teksnya dari keputusan."))
        indicator, unit, definition = (words[column].strip() for column in ("Indikator", "Satuan", "Definisi"))
        rows.append(AnnexRow(number, int(cells[0]), objective, indicator, unit, targets, definition))
    if not years:
        refuse(0, None, _("tidak ada tabel"), _("tabel lampiran dengan judul No, Sasaran, …, Definisi"),
               _("Salin tabel lampiran dengan tab di antara selnya."))  # fmt: skip
    elif not problems and [row.number for row in rows] != list(range(1, len(rows) + 1)):
        refuse(rows[0].line, "No", ", ".join(str(row.number) for row in rows), _("nomor urut dari 1 tanpa celah"),
               _("Lengkapi atau urutkan baris tabel."))  # fmt: skip
    return years, rows, problems
