"""Tables of a Word file, as XML at once: python-docx takes a millisecond a cell."""

from collections.abc import Callable
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from iku_analysis.display.design import FILL, MISSED, RULE
from iku_analysis.documents.blocks import Table

CELL, NEW_LINE = "IKU", "\n"
TWIPS = 567  # a cm


def table_xml(table: Table, width: float, clean: Callable[[str], str]) -> BaseOxmlElement:
    """Return a table of a width in cm; a row stays on one page, the first is repeated on each."""
    widths = [round(share * width * TWIPS) for share in table.shares]
    size = round(2 * table.size)
    rows = [_row(table.columns, table.right, widths, size, clean, bold=True, head=True)]
    for place, row in enumerate(table.rows):
        if table.groups and (place == 0 or table.groups[place] != table.groups[place - 1]):
            rows.append(_group(clean(table.groups[place]), widths, size))
        last = place == len(table.rows) - 1
        rows.append(_row(row, table.right, widths, size, clean, bold=table.total and last))
    edge = f'<w:{{}} w:val="single" w:sz="4" w:space="0" w:color="{RULE[1:]}"/>'
    edges = "".join(edge.format(side) for side in ("top", "bottom", "insideH"))
    return parse_xml(f"<w:tbl {nsdecls('w')}>{table_head(widths, edges)}{''.join(rows)}</w:tbl>")


def table_head(widths: list[int], edges: str) -> str:
    """Return the XML that begins a table of columns of widths in twentieths of a point."""
    sides = {"top": 30, "left": 80, "bottom": 30, "right": 80}
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides.items())
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    facts = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
    facts += f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    return f"<w:tblPr>{facts}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"


def _row(
    cells: list[str],
    right: list[bool],
    widths: list[int],
    size: int,
    clean: Callable[[str], str],
    *,
    bold: bool,
    head: bool = False,
) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    texts = [
        _cell(clean(cell), width, size, bold=bold, right=to_right)
        for cell, to_right, width in zip(cells, right, widths, strict=True)
    ]
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(texts)}</w:tr>"


def _group(text: str, widths: list[int], size: int) -> str:
    """Return a row that names what the rows below belong to, and stays with them."""
    span = f'<w:gridSpan w:val="{len(widths)}"/><w:shd w:val="clear" w:fill="{FILL[1:]}"/>'
    cell = _cell(text, sum(widths), size, bold=True, right=False, more=span, keep=True)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _cell(text: str, width: int, size: int, *, bold: bool, right: bool, more: str = "", keep: bool = False) -> str:
    missed = text.startswith("\N{BALLOT X}")
    colour = f'<w:color w:val="{MISSED[1:]}"/>' if missed else ""
    look = f'<w:rPr>{"<w:b/>" if bold or missed else ""}{colour}<w:sz w:val="{size}"/></w:rPr>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split(NEW_LINE))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr><w:p><w:pPr><w:pStyle w:val="{CELL}"/>'
        f'{"<w:keepNext/>" if keep else ""}<w:jc w:val="{"right" if right else "left"}"/></w:pPr>'
        f"<w:r>{look}{lines}</w:r></w:p></w:tc>"
    )
