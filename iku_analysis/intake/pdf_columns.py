"""Tables of a PDF without ruling lines -> sheets, where the white between the columns leaves no doubt."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from iku_analysis.intake.heading_rows import is_number
from iku_analysis.intake.opening import RefusedError
from iku_analysis.language import _
from iku_analysis.sources.sheet_cells import Sheet

# Of the height of a letter. Blanks within a cell are narrower than the one, the white between columns wider than the
# other; what lies between them may be either.
BLANK, WHITE = 0.4, 0.65
APART = 1.3  # times the usual distance of lines: what is farther is no part of a table


class Cell(NamedTuple):
    """Words of a line that stand together, with their left and right end."""

    left: float
    right: float
    text: str


class Line(NamedTuple):
    """A line of a page: its place from above, its cells, and whether a gap in it may part two more."""

    top: float
    cells: list[Cell]
    unsure: bool


def read_columns(path: Path) -> list[Sheet]:
    """Return a sheet for each page of a PDF with a table without lines, the lines of words around it as rows of a cell.

    Raises
    ------
    RefusedError
        If figures stand in columns that cannot be told apart for certain.
    """
    import pdfplumber

    sheets: list[Sheet] = []
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages, start=1):
            lines = list(_lines(page))
            runs = list(_runs(lines))
            if any(map(_holds_figures, runs)):
                sheet = Sheet(f"hal. {number}", follows=bool(sheets))
                for run in runs:
                    rows = _in_columns(run, number) if _holds_figures(run) else [_words(line) for line in run]
                    sheet.rows += enumerate(rows, start=1 + len(sheet.rows))
                sheets.append(sheet)
            page.close()
    return sheets


def _lines(page: Any) -> Iterator[Line]:
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(page.extract_words(x_tolerance_ratio=0.15), key=lambda word: float(word["top"])):
        if lines and word["top"] - lines[-1][0]["top"] < (word["bottom"] - word["top"]) / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    for words in lines:
        height = words[0]["bottom"] - words[0]["top"]
        cells: list[Cell] = []
        unsure = False
        for word in sorted(words, key=lambda word: float(word["x0"])):
            gap = (word["x0"] - cells[-1].right) / height if cells else WHITE
            unsure |= BLANK < gap < WHITE
            if gap >= WHITE:
                cells.append(Cell(word["x0"], word["x1"], word["text"]))
            else:
                cells[-1] = Cell(cells[-1].left, word["x1"], f"{cells[-1].text} {word['text']}")
        yield Line(words[0]["top"], cells, unsure)


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines that stand close below each other together, as those of a table do."""
    beside = (pair for pair in pairwise(lines) if len(pair[0].cells) > 1 and len(pair[1].cells) > 1)
    steps = [below.top - above.top for above, below in beside]
    usual = median(steps) if steps else 0.0
    run: list[Line] = []
    for line in lines:
        if run and line.top - run[-1].top > APART * usual:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _words(line: Line) -> list[str]:
    return [" ".join(cell.text for cell in line.cells)]


def _is_of_figures(line: Line) -> bool:
    return len(line.cells) > 1 and any(is_number(cell.text) for cell in line.cells)


def _holds_figures(run: list[Line]) -> bool:
    return any(map(_is_of_figures, run))


def _in_columns(run: list[Line], page: int) -> list[list[str]]:
    """Return the rows of a table, each cell in its column.

    Each line of figures has a figure and a name, none goes on in the next one, and no two cells share a column.
    """
    columns: list[tuple[float, float]] = []
    for left, right, _text in sorted(cell for line in run for cell in line.cells):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    rows = []
    for line in run:
        row = [""] * len(columns)
        for cell in line.cells:
            (place,) = [at for at, (left, right) in enumerate(columns) if left <= cell.left and cell.right <= right]
            if row[place]:
                raise _refused(page, line)
            row[place] = cell.text
        rows.append(row)
    first = next(at for at, line in enumerate(run) if _is_of_figures(line))
    in_words = {place for row in rows[first:] for place, text in enumerate(row) if text and not is_number(text)}
    for at, (line, row) in enumerate(zip(run, rows, strict=True)):
        goes_on = not _is_of_figures(line) if at >= first else at and any(row[place] for place in in_words)
        if line.unsure or goes_on or any(re.search(r"[0-9] [0-9]", text) for text in row):
            raise _refused(page, line)
    if len(run) - first < 2 or not first:
        raise _refused(page, run[first])
    return rows


def _refused(page: int, line: Line) -> RefusedError:
    words = " ".join(cell.text for cell in line.cells)
    found = _("tabel tanpa garis di hal. {page}, kolomnya tidak pasti: {words}", page=page, words=words[:80])
    mend = _("Minta berkas Excel asalnya, atau buat tabel dengan garis di setiap sel.")
    return RefusedError(found, _("sedikitnya satu tabel bergaris"), mend)
