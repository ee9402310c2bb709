"""Tables of a PDF that go on over pages -> one table each; the numbers and heads of pages are no titles."""

import re
from collections import Counter
from collections.abc import Sequence

from iku_analysis.sources.sheet_cells import Sheet

PAGE = re.compile(r"hal\. ([0-9]+)(?:-([0-9]+))?(?: tabel ([0-9]+))?")
NUMBER = re.compile(  # `12`, `- ii -`, `Halaman 2 dari 3`
    r"\W*(?:hal(?:aman)?|page)?\W*(?:[0-9]{1,4}|[ivxl]{1,6})(?:\W*(?:dari|of|/)\W*[0-9]{1,4})?\W*", re.IGNORECASE
)
SPAN = re.compile("([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")


def join_pages(blocks: Sequence[str | Sheet]) -> list[str | Sheet]:
    """Return lines and tables with each table that goes on over pages as one, called `hal. 1-2`.

    It goes on where a page ends with a table and the next one begins with a table of as many columns: there is nothing
    between them but page numbers and heads, which stand as often as there are pages with tables. Its rows are counted
    on.
    """
    times = Counter(block.strip() for block in blocks if isinstance(block, str))
    pages = {block.title.partition(" tabel ")[0] for block in blocks if isinstance(block, Sheet)}
    joined: list[str | Sheet] = []
    between: list[str] = []
    last: Sheet | None = None
    for block in blocks:
        if isinstance(block, str):
            between.append(block)
            continue
        is_open = last is not None and not any(
            line.strip() and times[line.strip()] < len(pages) and not NUMBER.fullmatch(line) for line in between
        )
        if last is not None and is_open and _goes_on(last, block):
            _append(last, block)
        else:
            joined += [*between, block]
            last = block
        between = []
    return joined + between


def _goes_on(last: Sheet, sheet: Sheet) -> bool:
    """Tell whether a table is the first of the page after another, and as wide."""
    above, below = PAGE.fullmatch(last.title), PAGE.fullmatch(sheet.title)
    return (
        above is not None
        and below is not None
        and int(below[1]) == int(above[2] or above[1]) + 1
        and below[3] in (None, "1")
        and _width(last) == _width(sheet)
    )


def _width(sheet: Sheet) -> int:
    return max(len(cells) for _number, cells in sheet.rows)


def _append(last: Sheet, sheet: Sheet) -> None:
    above, below = PAGE.fullmatch(last.title), PAGE.fullmatch(sheet.title)
    depth = last.rows[-1][0]
    last.rows += [(depth + number, cells) for number, cells in sheet.rows]
    for span in sheet.merged:
        if ends := SPAN.fullmatch(span):
            last.merged.append(f"{ends[1]}{depth + int(ends[2])}:{ends[3]}{depth + int(ends[4])}")
    if above and below:
        last.title = f"hal. {above[1]}-{below[1]}"
