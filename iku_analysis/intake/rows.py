"""The rows of an office's table -> lines that each belong to an indicator, an area and a period; the others told."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from iku_analysis.intake.figures import read_figure
from iku_analysis.intake.heading_rows import is_number
from iku_analysis.intake.headings import MEASURES, Column, meaning
from iku_analysis.intake.marks import is_note, legend_of
from iku_analysis.intake.tables import Cells, Table, line_of
from iku_analysis.sources.totals import NAMED, PROGRAMME

KEY_ROLES = ("indicator", "code", "programme", "area", "period", "year", "quarter", "month", "semester", "number")
SUBTOTAL = re.compile(r"sub\s*-?\s*(?:jumlah|total)\b.*")
OF_LINES = {"target", "value", "achievement"}  # what a line may hold
MEAN_OF_SHARES = re.compile(
    r"(?:nilai )?rata ?- ?rata (?:(?:persentase|tingkat|nilai|total|keseluruhan) )*(?:capaian|pencapaian)"
    r"(?: (?:kinerja|indikator|sasaran|strategis|utama|iku|program|kegiatan|dinas|badan|tahun|total|keseluruhan))*"
    r"(?: \([^()]*\)| [0-9]{4})*\s*[:.]?",
    re.IGNORECASE,
)
LONGEST = 60  # characters of what somebody may have meant as a figure
HELD = ("objective", "indicator", "code", "programme", "area", "unit", "year", "quarter", "month", "semester", "period")


class Line(NamedTuple):
    """A row with its key cells as they hold for it (`keys` by role), and its filled cells by column."""

    number: int
    keys: dict[str, str]
    cells: Cells
    kind: str  # "figures", "total", or "words"


def lines_of(table: Table, number_format: str) -> Iterator[Line]:
    """Yield the rows of a table; a key cell that is merged with one above says the same."""
    by_row = dict(table.rows)
    measures = [column.place for column in table.columns if is_measure(column)]
    for number, cells in table.rows:
        keys = {}
        for column in table.of_role(*HELD, "number"):
            text = cells.get(column.place, "")
            first = table.merged.get((number, column.place))
            if not text and first and first[1] == column.place:
                text = by_row.get(first[0], {}).get(column.place, "")
            if text and column.role not in keys:
                keys[column.role] = text
        yield Line(number, keys, cells, _kind(keys, cells, measures, number_format))


def measures_of_lines(table: Table) -> Column | None:
    """Return the column that says of each line whether it is the target, the result or the share; most have none."""
    for column in table.columns:
        told = {meaning(cells[column.place]) for _number, cells in table.rows if column.place in cells}
        if len(told) > 1 and told <= OF_LINES:
            return column
    return None


def is_measure(column: Column) -> bool:
    """Tell whether a column holds figures: by its heading, or by the period alone that it names."""
    return column.role in MEASURES or (
        not column.role and bool(column.when.part or column.when.year or column.when.running)
    )


def _kind(keys: dict[str, str], cells: Cells, measures: list[int], number_format: str) -> str:
    if any(names_total(keys.get(role, "")) for role in KEY_ROLES) or any(
        PROGRAMME.fullmatch(keys.get(role, "").strip().casefold()) for role in ("programme", "area")
    ):
        return "total"
    texts = [cells[place] for place in measures if place in cells]
    read = [read_figure(text, number_format) for text in texts]
    if any(figure and figure.number is not None for figure in read):
        return "figures"
    apart = line_of({place: cell for place, cell in cells.items() if place not in measures})
    # `*) | termasuk binaan` is a note; `1) koperasi | lima` is a figure that cannot be read.
    if is_note(line_of(cells)) and (not legend_of([apart]) or all(map(is_note, texts))):
        return "words"
    named = any(role != "number" and role in keys for role in KEY_ROLES)
    return "figures" if named and any(len(text) < LONGEST for text in texts) else "words"


def names_total(text: str) -> bool:
    """Tell whether a text is the name of a total or a mean and nothing else, or of a subtotal: `Sub Jumlah Kota`."""
    word = text.strip().casefold()
    return NAMED.fullmatch(word) is not None or SUBTOTAL.fullmatch(word) is not None


def split_footer(lines: list[Line], known: set[int]) -> tuple[list[Line], list[Line]]:
    """Return the lines of the table, and those below it that hold no figure and name no thing (`known` rows do).

    Below a blank row they may stand in any column, as two signatures do.
    """
    end = start = len(lines)
    while end and lines[end - 1].number not in known and (lines[end - 1].kind == "words" or _is_mean(lines[end - 1])):
        end -= 1
    while start and lines[start - 1].number not in known and not any(map(is_number, lines[start - 1].cells.values())):
        start -= 1
    gaps = (at for at in range(max(1, start), end) if lines[at].number > lines[at - 1].number + 1)
    end = next(gaps, end)
    return lines[:end], lines[end:]


def _is_mean(line: Line) -> bool:
    """Tell whether a line is the mean of what was achieved of all targets, which is computed here."""
    return any(MEAN_OF_SHARES.fullmatch(" ".join(text.split())) for text in line.keys.values())


def words_of(line: Line) -> str:
    """Return all words of a line."""
    return line_of(line.cells)
