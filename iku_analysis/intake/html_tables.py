"""Web pages, as applications export them behind the name `.xls` -> one sheet of text cells, as Excel would open it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from iku_analysis.intake.cell_filler import CellFiller, new_book
from iku_analysis.intake.opening import utf_16_of
from iku_analysis.sources.limits import MOST_COLUMNS, MOST_ROWS
from iku_analysis.sources.sheet_cells import Sheet

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-z0-9_-]+)", re.IGNORECASE)
UNSEEN = {"script", "style", "head", "title", "noscript", "template"}
BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "br", "caption", "center", "body"}
SHOWN = "descendant-or-self::text()[not(ancestor::script or ancestor::style)]"
STRUCK = (
    "descendant-or-self::*[self::s or self::strike or self::del or contains(@style, 'line-through')]"
    " | parent::tr[contains(@style, 'line-through')]"
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(path: Path, number_format: str) -> list[Sheet]:
    """Return the tables of a web page below each other, with the lines of words around them, as one sheet.

    Raises
    ------
    TooMuchError
        If it is larger than any workbook of figures.
    """
    filler = CellFiller(Sheet(""), new_book(number_format))
    row = 0
    for part in _parts(_root(path)):
        row += 1
        if isinstance(part, str):
            filler.add(row, 0, part)
        else:
            row = _fill_table(part, row, filler)
    return [filler.sheet]


def _root(path: Path) -> Any:
    from lxml import html

    content = path.read_bytes()
    told = CHARSET.search(content[:4096])
    for encoding in (utf_16_of(content) or (told[1].decode() if told else "utf-8"), "utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except (UnicodeDecodeError, LookupError):
            continue
    else:
        text = content.decode("latin-1")
    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text.removeprefix("\ufeff")))
    for each in root.iter(*BLOCKS):  # what stands below each other is no one word
        each.text, each.tail = f" {each.text or ''}", f" {each.tail or ''}"
    return root


def _parts(root: Any) -> Iterator[Any]:
    """Yield the innermost tables of a page and the lines of words outside them, from the top."""
    words: list[str] = []

    def line() -> Iterator[str]:
        text = " ".join(" ".join(words).split())
        words.clear()
        if text:
            yield text

    def walk(element: Any) -> Iterator[Any]:
        if not isinstance(element.tag, str) or element.tag in UNSEEN or HIDDEN.search(element.get("style", "")):
            return
        if element.tag == "table" and not element.xpath(".//table"):
            yield from line()
            yield element
            return
        if element.tag in BLOCKS:
            yield from line()
        words.append(element.text or "")
        for child in element:
            yield from walk(child)
            words.append(child.tail or "")
        if element.tag in BLOCKS:
            yield from line()

    yield from walk(root)
    yield from line()


def _fill_table(table: Any, first: int, filler: CellFiller) -> int:
    """Put the cells of a table into a sheet from a row on, merged ones noted; return its last row."""
    taken: dict[int, int] = {}  # by column: the last row down to which a cell above reaches
    row = first - 1
    caption = table.xpath("./caption")
    if caption and (text := _text(caption[0])):
        row += 1
        filler.add(row, 0, text)
    for line in table.iter("tr"):
        row += 1
        column = 0
        for cell in line.iterchildren("td", "th"):
            if HIDDEN.search(cell.get("style", "")):
                continue
            while taken.get(column, 0) >= row:
                column += 1
            wide, deep = (_span(cell, name, most) for name, most in (("colspan", MOST_COLUMNS), ("rowspan", MOST_ROWS)))
            filler.add(row, column, _text(cell))
            if cell.xpath(STRUCK):
                filler.note_struck(row, column)
            if wide > 1 or deep > 1:
                filler.merge(row, row + deep - 1, column, column + wide - 1)
            for place in range(column, column + wide):
                taken[place] = row + deep - 1
            column += wide
        if HIDDEN.search(line.get("style", "")) and filler.sheet.rows and filler.sheet.rows[-1][0] == row:
            filler.sheet.hidden_rows.append(row)
    return row


def _span(cell: Any, name: str, most: int) -> int:
    text = cell.get(name, "1").strip()
    return max(1, min(int(text), most)) if text.isdecimal() else 1


def _text(cell: Any) -> str:
    """Return what a cell shows, on one line."""
    return " ".join("".join(cell.xpath(SHOWN)).split())
