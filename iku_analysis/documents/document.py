"""An executed notebook -> the blocks of a paper: one list, from which every format is made."""

import base64
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from markdown_it import MarkdownIt
from markdown_it.token import Token

from iku_analysis.display import layout
from iku_analysis.display.design import FONTS, LEAST, TABLE
from iku_analysis.display.layout import Cover, Head, Numerals, Signatures
from iku_analysis.documents.blocks import (
    Block,
    Columns,
    Document,
    Figure,
    Heading,
    Paragraph,
    Plain,
    Points,
    Span,
    Table,
)
from iku_analysis.storage.notebook_file import NotebookNode

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

MARKDOWN = MarkdownIt("commonmark", {"html": False})
PNG_DPI = 150
LONGEST_WORD, GAP = 20, 2  # letters that a column must hold unbroken; between columns
PAGE_LETTERS, WIDE_LETTERS = 104, 155  # of the largest size on a line of the page, upright and turned
SIZES = (TABLE, 9.0, LEAST)  # pt, of letters in tables
SECTION, PAGE_HEAD = 2, 4  # levels: of a section, of a heading that begins a page
LEAST_SECTIONS = 3  # of a document that needs contents
BAR = "0" * 14  # the room of a bar beside its number
EM = 1000  # pixels to measure letters with
LETTER, BOLD = 0.488, 1.14  # em, the width of an average letter; a bold word to a plain one
RESULTS = ("\N{CHECK MARK} ", "\N{BALLOT X} ")  # how a result begins: it is never broken
TALL, FEW = 4, 4  # lines of a cell; columns, of which long texts are prose that no small letters help


def read_blocks(notebook: NotebookNode) -> list[Block]:
    """Return the blocks of an executed notebook, figures and tables numbered in their order; code is left out."""
    blocks: list[Block] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            blocks += read_markdown(cell.source)
        for output in cell.get("outputs", []):
            blocks += _read_output(output)
    counted = Counter[type]()
    for place, block in enumerate(blocks):
        if isinstance(block, Figure | Table):
            counted[type(block)] += 1
            blocks[place] = replace(block, number=counted[type(block)])
    return blocks


def _read_output(output: NotebookNode) -> list[Block]:
    data, said = output.get("data", {}), output.get("metadata", {})
    if output.output_type == "stream":
        return [Plain(output.text, warning=output.name == "stderr")]
    if "table" in said:
        return [table_block(said["caption"], said["table"])]
    if "part" in said:
        return [_part(said["part"], said["content"])]
    if "image/png" in data:
        return [_figure(data["image/png"], said)]
    if "text/markdown" in data:
        return read_markdown(data["text/markdown"])
    return [Plain(data["text/plain"])] if "text/plain" in data else []


def _part(kind: str, content: dict[str, Any]) -> Block:
    """Return a part of a page, from what a notebook stores of it."""
    if kind == Head.kind:
        return Heading(PAGE_HEAD, content["text"], content["above"], content["status"])
    if kind == layout.Columns.kind:
        texts, half = content["cells"], -(-len(content["cells"]) // 2)  # read down the left, then down the right
        return Columns(tuple(tuple(read_markdown("\n\n".join(part))) for part in (texts[:half], texts[half:])))
    return {each.kind: each for each in (Cover, Numerals, Signatures)}[kind](**content)


def _figure(png: str, said: dict[str, Any]) -> Figure:
    pixels = int.from_bytes(base64.b64decode(png[:48])[16:20], "big")  # of the width, in the PNG's head
    width = pixels * 72 / PNG_DPI
    return Figure(said.get("caption", ""), said.get("alt", ""), png.strip(), said.get("svg"), width)


def table_block(caption: str, table: dict[str, Any]) -> Table:
    """Return the block of a table, from what a notebook stores of it."""
    columns, rows, values = table["columns"], table["rows"], table["values"]
    right = [place in table["right"] for place in range(len(columns))]
    bar = columns.index(table["bars"]) if table["bars"] else -1
    shown = [[cell + BAR * (place == bar) for place, cell in enumerate(row)] for row in rows]
    shares, size, wide = lay_out([columns, *shown])
    groups, total = table["groups"], table["total"]
    return Table(caption, columns, rows, values, right, shares, size, wide, table["chart"], groups, bar, total)


def lay_out(rows: list[list[str]]) -> tuple[list[float], float, bool]:
    """Return the share of the width for each column, the size of the letters in pt, and whether the page is turned.

    Each column has room for its longest word; what is left goes, letter by letter, to where it saves most lines.
    Letters are as large as lets no cell grow tall; the page is turned before they would have to be smaller
    than is read with ease.
    """
    cells = np.array([[_letters(cell) for cell in row] for row in rows])
    heads = [math.ceil(BOLD * max(map(_letters, _words(name)))) for name in rows[0]]
    words = [
        max(head, *(_letters(word) for cell in cells for word in _words(cell)))
        for head, cells in zip(heads, zip(*rows, strict=True), strict=True)
    ]
    widths, size, wide = list[int](), TABLE, False
    for letters, size in [*((PAGE_LETTERS, each) for each in SIZES), *((WIDE_LETTERS, each) for each in SIZES)]:
        wide = letters == WIDE_LETTERS
        widths = [min(word, LONGEST_WORD) for word in words]
        spare = round(letters * TABLE / size) - sum(widths) - GAP * len(widths)
        for _letter in range(spare):
            widths[_most_cramped(cells, widths)] += 1
        tallest = (cells / widths).max()
        if spare >= 0 and (tallest < TALL or cells.shape[1] < FEW):
            break
    total = sum(widths) + GAP * len(widths)
    return [(width + GAP) / total for width in widths], size, wide


def _most_cramped(cells: np.ndarray, widths: list[int]) -> int:
    """Return the column where a letter more saves most height of rows, each as high as its highest cell.

    A cell of less than a line is as high as one; where all are, it is the fullest column.
    """
    lines = cells / widths
    highest = lines.argmax(axis=1)
    height = lines[np.arange(len(lines)), highest]
    saved = np.bincount(highest, weights=np.where(height > 1, height, 0), minlength=len(widths)) / widths
    return int(saved.argmax() if saved.any() else lines.max(axis=0).argmax())


def _words(cell: str) -> list[str]:
    """Return what of a cell stands on one line: its words, or all of a result."""
    return [cell] if cell.startswith(RESULTS) else re.split(r"[ /-]", cell)


def _letters(text: str) -> int:
    """Return how many average letters a text is wide."""
    wide = sum(map(_width, text))
    return math.ceil(wide * BOLD if text.startswith(RESULTS[1]) else wide) or 1


@cache
def _width(letter: str) -> float:
    """Return the width of a sign of our font, in average letters."""
    return _font().getlength(letter) / EM / LETTER


@cache
def _font() -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(FONTS / "IKUSans-Regular.ttf", EM, layout_engine=ImageFont.Layout.BASIC)


def read_markdown(source: str) -> list[Block]:
    """Return the blocks of Markdown text: headings, paragraphs, lists, quotes (`todo`); HTML in it is plain text."""
    return list(_blocks(iter(MARKDOWN.parse(source))))


def _blocks(tokens: Iterator[Token]) -> Iterator[Block]:
    for token in tokens:
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), "".join(span.text for span in _spans(next(tokens))))
        elif token.type == "paragraph_open":
            yield Paragraph(_spans(next(tokens)))
        elif token.type == "blockquote_open":
            for block in _blocks(_until(tokens, "blockquote_close")):
                yield replace(block, todo=True) if isinstance(block, Paragraph) else block
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            inside = _until(tokens, token.type.replace("open", "close"))
            items = tuple(_spans(each) for each in inside if each.children)
            yield Points(token.type == "ordered_list_open", items)
        elif token.type in ("fence", "code_block"):
            yield Plain(token.content)


def _until(tokens: Iterator[Token], end: str) -> Iterator[Token]:
    for token in tokens:
        if token.type == end:
            return
        yield token


def _spans(inline: Token) -> tuple[Span, ...]:
    """Return the text of a line of Markdown, with its bold and italic."""
    spans: list[Span] = []
    look = {"bold": False, "italic": False}
    switches = {"strong": "bold", "em": "italic"}
    for token in inline.children or []:
        name, _underscore, what = token.type.partition("_")
        if name in switches:
            look[switches[name]] = what == "open"
        elif text := {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content):
            if spans and spans[-1] == Span(spans[-1].text, **look):
                text = spans.pop().text + text
            spans.append(Span(text, **look))
    return tuple(spans)


def contents_before(document: Document) -> Heading | None:
    """Return the section before which the contents stand, or None: few sections and a sheet to sign need none.

    They stand after the page for those who read no more than one; where there is no cover, before everything.
    """
    sections = [head for head in document.each(Heading) if head.level == SECTION]
    covers = [block for block in document.blocks[:1] if isinstance(block, Cover)]
    if len(sections) < LEAST_SECTIONS or any(cover.sheet for cover in covers):
        return None
    return sections[1 if covers else 0]


def split_turned(blocks: list[Block]) -> list[tuple[bool, list[Block]]]:
    """Return blocks in their order, in runs on upright pages (False) and on pages turned on their side (True).

    With a table that needs a turned page go the heading above it and what is said between them, and what is
    to be filled in below it; so do the last words of a document.
    """
    runs: list[tuple[bool, list[Block]]] = [(False, [])]
    for block in blocks:
        turned, last = runs[-1]
        if isinstance(block, Table) and block.wide:
            above = _above(last) if not turned else []
            if not turned:
                del last[len(last) - len(above) :]
            if turned or (not last and len(runs) > 1):
                runs = runs if turned else runs[:-1]
                runs[-1][1].extend([*above, block])
            else:
                runs.append((True, [*above, block]))
        elif turned and not (isinstance(block, Paragraph) and block.todo):
            runs.append((False, [block]))
        else:
            last.append(block)
    if len(runs) > 1 and not runs[-1][0] and all(isinstance(block, Paragraph) for block in runs[-1][1]):
        runs[-2][1].extend(runs.pop()[1])  # a last word is no page
    return [run for run in runs if run[1]]


def _above(blocks: list[Block]) -> list[Block]:
    """Return the headings and text that end a run and belong to the table that follows."""
    start = len(blocks)
    while start and isinstance(blocks[start - 1], Paragraph):
        start -= 1
    text = start
    while start and isinstance(blocks[start - 1], Heading):
        start -= 1
    return blocks[start:] if start < text else []


def is_note(block: Paragraph) -> bool:
    """Tell whether a paragraph is a note: all of it slanted."""
    return all(span.italic or not span.text.strip() for span in block.spans)


def figure_files(figures: list[Figure]) -> dict[str, bytes]:
    """Return figures as files: `gambar-01.svg`, `gambar-01.png`, ..."""
    files: dict[str, bytes] = {}
    for figure in figures:
        name = f"gambar-{figure.number:02d}"
        files[f"{name}.png"] = base64.b64decode(figure.png)
        if figure.svg:
            files[f"{name}.svg"] = figure.svg.encode()
    return files
