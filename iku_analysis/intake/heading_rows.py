"""Which rows of a sheet are headings: rows that name columns, the rows that go on with them, rows that count them."""

import re
from collections.abc import Callable
from string import ascii_lowercase

from iku_analysis.intake.figures import read_figure
from iku_analysis.intake.headings import (
    BELOW,
    MONTH,
    MONTH_WORD,
    PART_WORDS,
    PARTS_OF_TIME,
    is_bare,
    is_heading,
    meaning,
)
from iku_analysis.intake.when import ROMAN_PART, When, read_when, take_when

MOST_HEADING_ROWS = 4
LONGEST = 100  # characters of a heading
ANCHORS = {
    *("indicator", "code", "programme", "area", "year", "quarter", "month", "semester", "period", "number"),
    *("objective", "series"),
}
OF_ROLE: dict[str, Callable[[When], bool]] = {  # whether a period is what a heading speaks of
    "year": lambda when: bool(when.year) and not when.part,
    "quarter": lambda when: when.part.startswith("Q"),
    "semester": lambda when: when.part.startswith("S"),
    "month": lambda when: when.part.isdigit(),
}
NAMED = {"indicator", "code", "programme", "area", "objective", "holder", "unit", "definition"}  # words stand below
COUNTING = re.compile(rf"{MONTH_WORD.pattern}|(?<![a-z])tahun\s+ke(?![a-z])", re.IGNORECASE)  # above `1 2 3`
COUNTED = re.compile(r"\(?([0-9]{1,2})\)?(?:\s*=.*)?")
LETTERED = re.compile(r"\(?([A-Za-z])\)?(?:\s*=.*)?")

Cells = dict[int, str]  # the filled cells of a row by their column, counted from 0


def end_of_heading(rows: list[tuple[int, Cells]], place: int, *, is_first: bool) -> int:
    """Return the place after the headings that begin at a row; the same place if none begin there.

    Below a table (not `is_first`) a line of words that only begins like a heading is a line of that table.
    """
    first = rows[place][1]
    if not _begins_heading(first, [cells for _number, cells in rows[place + 1 : place + 4]], is_first=is_first):
        return place
    end, above = place + 1, dict(first)
    while end < min(len(rows), place + MOST_HEADING_ROWS) and (
        _counts_months(rows[end][1], above | rows[end - 1][1])
        or _goes_on(rows[end][1], above)
        or _names_parts(rows[end][1], above, [cells for _number, cells in rows[end + 1 : end + MOST_HEADING_ROWS]])
    ):
        above = rows[end][1] | above
        end += 1
    return end


def _begins_heading(cells: Cells, below: list[Cells], *, is_first: bool) -> bool:
    """Tell whether a row names columns: most of its cells have a known meaning, and none is a figure.

    Two such cells do, or one beside words that all stand above figures or periods: `Tahun | gerai | toko`.
    """
    if _is_pair(cells, below[0] if below else {}):
        return False
    texts = [cell for cell in cells.values() if len(cell) <= LONGEST]
    known = [text for text in texts if is_heading(text) and (is_first or _names_no_thing(text))]
    if not known or any(map(is_number, texts)):
        return False
    others = [place for place, text in cells.items() if text not in known]
    above = [
        place
        for place in others
        if any(is_number(row.get(place, "")) or read_when(row.get(place, "")) for row in below)
    ]
    if 2 * len(known) < len(cells) and above != others:
        return False
    if len(known) < 2 and not above:
        return False
    return bool({meaning(take_when(text)[1]) for text in known} & ANCHORS)


def _is_pair(cells: Cells, below: Cells) -> bool:
    """Tell whether a row says one thing of all below it: `Tahun | 2022`, `Triwulan | II`.

    `Tahun | TW I` heads two columns, as `Triwulan | 2022` does above `I | 5`.
    """
    told = {place: cell for place, cell in cells.items() if cell.strip() not in (":", "=")}
    if len(told) != 2:
        return False
    name, value = (" ".join(cell.strip(" :").split()) for cell in told.values())
    when, kind = read_when(f"{name} {value}") or read_when(value), meaning(name)
    if when is None or kind not in PARTS_OF_TIME or not (kind == "period" or OF_ROLE[kind](when)):
        return False
    first, last = (below.get(place, "") for place in told)
    return not (is_number(last) and (read_when(first) or read_when(f"{name} {first}")))


def _names_no_thing(text: str) -> bool:
    """Tell whether a heading is one by its words alone: `Indikator kinerja`, not `Indikator koperasi`."""
    left = take_when(text)[1]
    return meaning(left) not in NAMED or is_bare(left)


def _goes_on(cells: Cells, above: Cells) -> bool:
    """Tell whether a row goes on with the headings above it: periods, measures and numerals alone.

    Under a heading that names things (`Indikator`) only that heading in other words does.
    """
    if counts(cells, {}) or _tells_period(cells, above):
        return False
    said = " ".join(above.values())
    counted = bool(PART_WORDS.search(said)) and _counts_parts(cells)
    keyed = any(meaning(take_when(above.get(place, ""))[1]) in ANCHORS for place in cells)
    return all(
        len(cell) <= LONGEST and _goes_below(cell, above.get(place, ""), counted=counted, keyed=keyed)
        for place, cell in cells.items()
    )


def _names_parts(cells: Cells, above: Cells, below: list[Cells]) -> bool:
    """Tell whether a row holds nothing but words, each above a figure and none below `Indikator`: areas, perhaps.

    A word alone stands below no number and no period either: it is no heading of a group of rows.
    """
    keys = NAMED if len(cells) > 1 else NAMED | ANCHORS
    return all(
        re.search(r"[^\W\d_]{3}", cell) is not None
        and any(is_number(row.get(place, "")) for row in below)
        and meaning(take_when(above.get(place, ""))[1]) not in keys
        for place, cell in cells.items()
    )


def _goes_below(cell: str, above: str, *, counted: bool, keyed: bool) -> bool:
    """Tell whether a cell goes on with the heading above it.

    `counted`: numerals of the row are those of parts of a year; `keyed`: the row has something below `Periode` or the
    like, and `Rp` in it is a figure that somebody forgot.
    """
    when, left = take_when(above)
    found, rest = take_when(cell)
    if above and meaning(left) in NAMED:
        return meaning(rest) == meaning(left) and is_bare(rest)
    if when.year and found.year:
        return False
    return (
        read_when(cell) is not None
        or ROMAN_PART.fullmatch(cell.strip().strip("().")) is not None
        or (counted and re.fullmatch("[1-4]", cell.strip()) is not None)
        or (cell.strip().upper() in BELOW and not keyed)
        or (re.fullmatch(r"\([^()]{1,20}\)", cell.strip()) is not None and not is_number(cell))
        or (bool(meaning(rest)) and (meaning(rest) not in NAMED or is_bare(rest)) and not is_number(cell))
    )


def _tells_period(cells: Cells, above: Cells) -> bool:
    """Tell whether a row has a period below `Tahun` or the like and something below another heading: `2021 | 2005`."""
    for place, cell in cells.items():
        is_part = read_when(cell) is not None or re.fullmatch("IV|I{1,3}|[0-9]{1,2}", cell.strip()) is not None
        if is_part and meaning(above.get(place, "")) in PARTS_OF_TIME:
            return any(above.get(other, above[place]) != above[place] for other in cells)
    return False


def _counts_months(cells: Cells, above: Cells) -> bool:
    """Tell whether a row holds nothing but `1 2 3`, to at most `12`, from below `Bulan` or `Tahun ke-` on, no other."""
    first = min(cells)
    others = [place for place in cells if place > first and not COUNTING.search(above.get(place, "Bulan"))]
    numbers = [int(cell) for cell in cells.values() if MONTH.fullmatch(cell.strip())]
    return (
        COUNTING.search(above.get(first, "")) is not None
        and not others
        and len(cells) > 1
        and numbers == list(range(1, 1 + len(cells)))
    )


def _counts_parts(cells: Cells) -> bool:
    """Tell whether the numerals of a row are those of quarters or semesters: `1 2 3 4`, `1 2 1 2`."""
    numerals = [int(cell) for cell in cells.values() if re.fullmatch("[1-4]", cell.strip())]
    most = max(numerals, default=0)
    return most > 1 and numerals == [1 + place % most for place in range(len(numerals))]


def is_number(text: str) -> bool:
    """Tell whether a cell holds a figure, and no year."""
    return read_when(text) is None and any(
        (figure := read_figure(text, each)) is not None and figure.number is not None for each in ("id", "en")
    )


def counts(cells: Cells, below: Cells) -> bool:
    """Tell whether a row numbers the columns: `1 2 3 4`, `(1) (2) (3)`, `5 = 4/3`, `(a) (b) (c)`.

    It does not where `2` stands below its 1.
    """
    first = min(cells)
    if cells[first].strip() == "1" and below.get(first, "").strip() == "2":
        return False
    letters = [LETTERED.fullmatch(cell.strip()) for cell in cells.values()]
    told = "".join(each[1].casefold() for each in letters if each)
    if len(letters) > 2 and len(told) == len(letters) and told in ascii_lowercase:
        return True
    numbers = [COUNTED.fullmatch(cell.strip()) for cell in cells.values()]
    counted = [int(each[1]) for each in numbers if each]
    return len(numbers) > 2 and counted == list(range(counted[0], counted[0] + len(numbers))) if counted else False
