"""A document -> DOCX that an office edits and signs: Word's own headings, captions, tables, contents, page numbers.

Text goes in as text and is never read as a field or as XML. The contents list the headings at once; on which
page each stands only the program knows that lays the pages out: it fills that in, and nothing stands there before.
"""

import base64
import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from iku_analysis.display.design import ALARM, MISSED, NAME
from iku_analysis.display.layout import Cover, Numerals, Signatures
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
    label_of,
    word_of,
)
from iku_analysis.documents.document import SECTION, contents_before, is_note, split_turned
from iku_analysis.documents.word_look import WIDTH, begin, clean, field
from iku_analysis.documents.word_parts import Clean, add_columns, add_cover, add_head, add_numerals, add_signatures, gap
from iku_analysis.documents.word_table import table_xml
from iku_analysis.language import _

Word = WordDocument | _Cell
PARTS: dict[type, Callable[[WordDocument, Any, Clean, float], object]] = {
    Cover: add_cover,
    Numerals: add_numerals,
    Signatures: add_signatures,
}
WIDE = 25.7  # on a page turned on its side
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can name: the clock is no input


def make_docx(document: Document) -> bytes:
    """Return the Word file of a document; the same document gives the same bytes."""
    word = begin(document)
    heads, first = document.contents, contents_before(document)
    signed = any(isinstance(block, Signatures) for block in document.blocks)
    for turned, blocks in split_turned(document.blocks):
        if turned and any(block is first for block in blocks):
            _add_contents(word, heads)
        if turned:
            _turn(word, WD_ORIENT.LANDSCAPE)
        for block in blocks:
            if block is first and not turned:
                _add_contents(word, heads)
            _add(word, block, heads)
            if signed and isinstance(block, Heading) and block.level == SECTION:  # annexed to what is signed
                word.paragraphs[-1].paragraph_format.page_break_before = True
        if turned:
            _turn(word, WD_ORIENT.PORTRAIT)
    for name, value in document.made_with.items():
        word.add_paragraph(f"{name}: {value}", style="Caption")
    return _fixed_times(word)


def _add_contents(word: WordDocument, heads: list[Heading]) -> None:
    """Add the contents: a line for each heading, with a field for its page.

    Not Word's field of a whole table of contents: LibreOffice takes the numbers in it as they stand, and ours
    would be guesses; a page that is referred to it works out itself, and Word does when it opens or prints.
    """
    title = word.add_paragraph()
    title.paragraph_format.space_before, title.paragraph_format.keep_with_next = Pt(18), True
    title.add_run(_("Daftar isi")).bold = True
    for number, head in enumerate(heads, start=1):
        line = word.add_paragraph()
        line.paragraph_format.left_indent = Cm(0.6 * (head.level - 2))
        line.paragraph_format.space_after = Pt(2)
        line.paragraph_format.keep_with_next = number < len(heads)  # all of them on one page
        line.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"bagian_{number}")
        link.append(line.add_run(clean(head.text))._r)
        line._p.append(link)
        line.add_run("\t")
        field(line, f"PAGEREF bagian_{number} \\h", "")


def _add(word: Word, block: Block, heads: list[Heading]) -> None:
    """Add a block to a document, or one of a few kinds to a cell."""
    if isinstance(block, Paragraph | Points | Plain):
        _add_text(word, block)
    elif isinstance(word, _Cell):
        assert isinstance(block, Heading)  # nothing else stands in columns
        word.add_paragraph(clean(block.text), style=f"Heading {block.level}")
    elif isinstance(block, Heading):
        add = add_head if block.above else _add_heading
        paragraph = add(word, block, clean, WIDTH)
        for number, head in enumerate(heads, start=1):
            if head is block:  # two may be worded alike
                _bookmark(paragraph, number)
    elif isinstance(block, Figure):
        _add_figure(word, block)
    elif isinstance(block, Table):
        _add_table(word, block)
    elif isinstance(block, Columns):
        add_columns(word, WIDTH, lambda cell, place: _add_all(cell, block.cells[place], heads))
    else:
        PARTS[type(block)](word, block, clean, WIDTH)


def _add_all(word: Word, blocks: tuple[Block, ...], heads: list[Heading]) -> None:
    for block in blocks:
        _add(word, block, heads)


def _add_heading(word: WordDocument, block: Heading, clean: Clean, _width: float) -> WordParagraph:
    return word.add_heading(clean(block.text), level=block.level)


def _add_text(word: Word, block: Paragraph | Points | Plain) -> None:
    if isinstance(block, Plain):
        word.add_paragraph(clean(block.text))
        return
    if isinstance(block, Points):
        for item in block.items:
            _add_spans(word.add_paragraph(style="List Number" if block.ordered else "List Bullet"), item)
        return
    paragraph = word.add_paragraph(style="Caption" if is_note(block) and block.spans else None)
    _add_spans(paragraph, block.spans)
    if any("\t" in span.text for span in block.spans):
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(NAME))
    if block.todo:
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{ALARM[1:]}"/>'
        edge = f'<w:left w:val="single" w:sz="24" w:space="6" w:color="{MISSED[1:]}"/>'
        for xml in (f"<w:pBdr {nsdecls('w')}>{edge}</w:pBdr>", shade):
            paragraph._p.get_or_add_pPr().append(parse_xml(xml))


def _add_spans(paragraph: WordParagraph, spans: tuple[Span, ...]) -> None:
    for span in spans:
        run = paragraph.add_run(clean(span.text))  # python-docx turns \n into a line break
        run.bold, run.italic = span.bold or None, span.italic or None


def _bookmark(paragraph: WordParagraph, number: int) -> None:
    for kind in ("bookmarkStart", "bookmarkEnd"):
        mark = OxmlElement(f"w:{kind}")
        mark.set(qn("w:id"), str(number))
        if kind == "bookmarkStart":
            mark.set(qn("w:name"), f"bagian_{number}")
        paragraph._p.append(mark)


def _add_caption(word: WordDocument, block: Figure | Table, *, above: bool) -> None:
    """Add Word's own caption: the number is a field, so that a table put in later renumbers the rest."""
    paragraph = word.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = above
    paragraph.add_run(f"{word_of(block)} ")
    field(paragraph, f"SEQ {word_of(block)} \\* ARABIC", str(block.number))
    paragraph.add_run(clean(f". {block.caption}"))


def _add_figure(word: WordDocument, figure: Figure) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    width = min(Pt(figure.width), Cm(WIDTH))
    picture = paragraph.add_run().add_picture(io.BytesIO(base64.b64decode(figure.png)), width=width)
    picture._inline.docPr.set("descr", clean(figure.alt))
    picture._inline.docPr.set("name", clean(label_of(figure))[:255])
    _add_caption(word, figure, above=False)


def _add_table(word: WordDocument, table: Table) -> None:
    """Add a caption and a table; as wide as its page."""
    if word.paragraphs:
        word.paragraphs[-1].paragraph_format.keep_with_next = True  # what is said above a table stays with it
    _add_caption(word, table, above=True)
    after = gap(word)
    after._p.addprevious(table_xml(table, WIDE if table.wide else WIDTH, clean))


def _turn(word: WordDocument, orientation: WD_ORIENT) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = orientation
    section.page_width, section.page_height = section.page_height, section.page_width


def _fixed_times(word: WordDocument) -> bytes:
    """Return the file with one and the same time on all its parts."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EARLIEST), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
