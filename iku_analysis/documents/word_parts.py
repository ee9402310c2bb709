"""The parts of a page in a Word file: cover, head of an indicator, numerals, columns, signatures."""

import base64
import io
from collections.abc import Callable

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable, _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from iku_analysis.display.design import COVER, FILL, MISSED, PAPER, SOFT
from iku_analysis.display.layout import Cover, Numerals, Signatures
from iku_analysis.documents.blocks import Heading

Clean = Callable[[str], str]
SIGNATURE = Cm(2.2)  # of room above a name


def add_cover(word: WordDocument, cover: Cover, clean: Clean, width: float) -> None:
    """Add the first page: a band with agency and title, the sentence, lines, the mark."""
    if cover.sheet:
        _add_sheet(word, cover, clean)
        return
    if cover.emblem:
        word.add_paragraph().add_run().add_picture(io.BytesIO(base64.b64decode(cover.emblem)), height=Cm(2.2))
    [band] = _cells(word, 1, width)
    _shade(band, COVER)
    for text, size, style, bold in (
        (cover.government.upper(), 11, "Normal", True),
        (cover.title, 30, "Title", True),
        (cover.agency, 14, "Normal", False),
    ):
        paragraph = band.add_paragraph(style=style)
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(18), Pt(18)
        _run(paragraph, clean(text), size=size, bold=bold, colour=PAPER)
    sentence = word.add_paragraph()
    sentence.paragraph_format.space_before = sentence.paragraph_format.space_after = Pt(24)
    _run(sentence, clean(cover.sentence), size=14, bold=True)
    for line in cover.lines:
        _run(word.add_paragraph(), clean(line), colour=SOFT)
    if cover.mark:
        _run(word.add_paragraph(), clean(cover.mark), size=14, bold=True, colour=MISSED)
    word.add_page_break()


def _add_sheet(word: WordDocument, cover: Cover, clean: Clean) -> None:
    """Add the head of a sheet to sign: emblem, letterhead, title."""
    lines = [
        ("", 0.0, False),
        *((line, 12 if place < 2 else 9.5, place < 2) for place, line in enumerate(cover.government.split("\n"))),
    ]
    for place, (line, size, bold) in enumerate([*lines, (cover.title.upper(), 14, True)]):
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        if place == 0 and cover.emblem:
            paragraph.add_run().add_picture(io.BytesIO(base64.b64decode(cover.emblem)), height=Cm(2.0))
        if place > len(lines) - 1:
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(14)
        _run(paragraph, clean(line), size=size, bold=bold)


def add_head(word: WordDocument, head: Heading, clean: Clean, width: float) -> WordParagraph:
    """Begin a page with the small line, the result beside it, and the heading; return the heading."""
    above = word.add_paragraph()
    above.paragraph_format.page_break_before = above.paragraph_format.keep_with_next = True
    above.paragraph_format.tab_stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT)
    _run(above, clean(head.above.upper()), size=8.5, bold=True, colour=SOFT)
    missed = head.status.startswith("\N{BALLOT X}")
    _run(above, clean(f"\t{head.status}"), bold=True, colour=MISSED if missed else SOFT)
    return word.add_heading(clean(head.text), level=head.level)


def add_numerals(word: WordDocument, numerals: Numerals, clean: Clean, width: float) -> None:
    """Add the numbers in a row, each above what it is."""
    for cell, (number, words) in zip(_cells(word, len(numerals.items), width), numerals.items, strict=True):
        _shade(cell, FILL)
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        _run(cell.paragraphs[0], clean(number), size=16, bold=True, colour=COVER)
        _run(cell.add_paragraph(), clean(words), size=8.5, colour=SOFT)


def add_columns(word: WordDocument, width: float, add: Callable[[_Cell, int], None]) -> None:
    """Add texts in two columns; `add` puts those of one into a cell."""
    table = word.add_table(rows=1, cols=2)
    _lay(table, 2, width)
    for place, cell in enumerate(table.rows[0].cells):
        add(cell, place)
        first = cell.paragraphs[0]
        first._p.getparent().remove(first._p)  # the empty one that a cell begins with
    gap(word)


def add_signatures(word: WordDocument, signatures: Signatures, clean: Clean, width: float) -> None:
    """Add place and date, and the parties side by side, with room to sign above each name."""
    place = word.add_paragraph(clean(signatures.place))
    place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    place.paragraph_format.space_before = Pt(24)
    cells = _cells(word, len(signatures.parties), width)
    for cell, (role, office, name, nip) in zip(cells, signatures.parties, strict=True):
        lines = [f"{role},", office, name or "_" * 30]
        lines += [f"NIP {nip or '_' * 20}"] * bool(nip or not name)  # not everyone who signs has one
        for number, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
            if number == 2:
                paragraph.paragraph_format.space_before = SIGNATURE
            _run(paragraph, clean(line), bold=number == 2 and bool(name))


def _cells(word: WordDocument, count: int, width: float) -> list[_Cell]:
    """Return the cells of a table of one row, without lines."""
    table = word.add_table(rows=1, cols=count)
    _lay(table, count, width)
    cells = list(table.rows[0].cells)
    gap(word)
    return cells


def gap(word: WordDocument) -> WordParagraph:
    """Add the paragraph that Word wants between two tables, as low as can be, and return it."""
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(6)
    return paragraph


def _lay(table: WordTable, count: int, width: float) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column in table.columns:
        column.width = Cm(width / count)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))


def _shade(cell: _Cell, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{colour[1:]}"/>'))


def _run(paragraph: WordParagraph, text: str, *, size: float = 0, bold: bool = False, colour: str = "") -> None:
    run = paragraph.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour[1:].upper())
