"""A document -> DOCX that an office edits and signs: Word's own headings, captions, tables, contents, page numbers.

Text goes in as text and is never read as a field or as XML. The table of contents lists the
headings at once; Word fills in their pages when it opens the file.
"""

import base64
import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from iku_analysis.display.design import ALARM, BODY, CAPTION, INK, MISSED, OFFICE_FAMILY, SOFT, TABLE
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
from iku_analysis.documents.document import is_note
from iku_analysis.documents.word_parts import Clean, add_columns, add_cover, add_head, add_numerals, add_signatures
from iku_analysis.documents.word_table import CELL, table_xml
from iku_analysis.language import _

Word = WordDocument | _Cell
PARTS: dict[type, Callable[[WordDocument, Any, Clean, float], object]] = {
    Cover: add_cover,
    Numerals: add_numerals,
    Signatures: add_signatures,
}
WIDTH = 17.0  # cm of text on an A4 page with margins of 2 cm
WIDE = 25.7  # on a page turned on its side
MOST_WITHOUT_CONTENTS = 3  # sections: fewer need no contents
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can name: the clock is no input
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML has no place for them


def make_docx(document: Document) -> bytes:
    """Return the Word file of a document; the same document gives the same bytes."""
    word = docx.Document()
    _set_up(word, document)
    heads = document.contents
    # After the page for those who read no more than one; before everything where there is no cover.
    covered = any(isinstance(block, Cover) for block in document.blocks[:1])
    sections = [head for head in heads if head.level == 2]
    first = sections[1:2] if covered else sections[:1]
    for block in document.blocks:
        if len(sections) >= MOST_WITHOUT_CONTENTS and block is first[0]:
            _add_contents(word, heads)
        _add(word, block, heads)
    for name, value in document.made_with.items():
        word.add_paragraph(f"{name}: {value}", style="Caption")
    return _fixed_times(word)


def _set_up(word: WordDocument, document: Document) -> None:
    """Page, fonts, language, running head and foot."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    styles = word.styles
    for name, size in (
        ("Normal", BODY),
        ("Caption", CAPTION),
        ("Title", 20),
        ("Heading 1", 20),
        ("Heading 2", 16),
        ("Heading 3", 12.5),
        ("Heading 4", 18),
        ("Heading 5", BODY),
    ):
        font = styles[name].font
        font.italic, font.bold = False, name.startswith(("Heading", "Title"))
        font.name, font.size, font.color.rgb = OFFICE_FAMILY, Pt(size), RGBColor.from_string(INK[1:].upper())
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:cs"), OFFICE_FAMILY)
    cell = styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size = styles["Normal"], Pt(TABLE)
    cell.paragraph_format.space_after = Pt(0)
    styles["Caption"].font.bold = False
    styles["Caption"].font.color.rgb = RGBColor.from_string(SOFT[1:].upper())
    styles["Normal"].paragraph_format.space_after = Pt(4)
    styles["Normal"].paragraph_format.line_spacing = 1.0
    language = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), {"id": "id-ID", "en": "en-GB"}[document.language])
    properties = word.core_properties
    properties.title, properties.author = _clean(document.title)[:255], _clean(document.agency)[:255]
    properties.comments, properties.language = _clean(document.mark), document.language
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no zone
    word.settings.element.append(parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>'))
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
        styles[name].font.size, styles[name].font.color.rgb = Pt(8.5), RGBColor.from_string(SOFT[1:].upper())
    head.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(_clean(document.title))
    mark = head.add_run(f"\t{document.mark}")
    mark.bold, mark.font.color.rgb = True, RGBColor.from_string(MISSED[1:].upper())
    foot.paragraph_format.alignment = 1
    for word_before, field in ((_("Halaman"), "PAGE"), (_("dari"), "NUMPAGES")):
        foot.add_run(f"{word_before} ")
        _field(foot, field, "1")
        foot.add_run(" ")


def _clean(text: str) -> str:
    return CONTROLS.sub("", text)


def _field(paragraph: WordParagraph, code: str, shown: str) -> None:
    """Add one of Word's fields, with what it shows until Word computes it."""
    for part in ("begin", code, "separate"):
        _field_mark(paragraph, part)
    paragraph.add_run(shown)
    _field_mark(paragraph, "end")


def _field_mark(paragraph: WordParagraph, part: str) -> None:
    """Add the begin, the code, the separator or the end of a field."""
    is_mark = part in ("begin", "separate", "end")
    mark = OxmlElement("w:fldChar" if is_mark else "w:instrText")
    if is_mark:
        mark.set(qn("w:fldCharType"), part)
    else:
        mark.text = part
    paragraph.add_run()._r.append(mark)


def _add_contents(word: WordDocument, heads: list[Heading]) -> None:
    """Add the table of contents: a field that Word renews, holding a line for each heading."""
    title = word.add_paragraph()
    title.paragraph_format.page_break_before = True
    title.add_run(_("Daftar isi")).bold = True
    lines: list[WordParagraph] = []
    for number, head in enumerate(heads, start=1):
        line = word.add_paragraph()
        line.paragraph_format.left_indent = Cm(0.6 * (head.level - 2))
        line.paragraph_format.space_after = Pt(2)
        if not lines:
            for part in ("begin", 'TOC \\o "2-4" \\h \\z \\u', "separate"):
                _field_mark(line, part)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"bagian_{number}")
        link.append(line.add_run(_clean(head.text))._r)
        line._p.append(link)
        lines.append(line)
    _field_mark(lines[-1], "end")
    word.add_page_break()


def _add(word: Word, block: Block, heads: list[Heading]) -> None:
    """Add a block to a document, or one of a few kinds to a cell."""
    if isinstance(block, Paragraph | Points | Plain):
        _add_text(word, block)
    elif isinstance(word, _Cell):
        assert isinstance(block, Heading)  # nothing else stands in columns
        word.add_paragraph(_clean(block.text), style=f"Heading {block.level}")
    elif isinstance(block, Heading):
        add = add_head if block.above else _add_heading
        paragraph = add(word, block, _clean, WIDTH)
        if block in heads:
            _bookmark(paragraph, heads.index(block) + 1)
    elif isinstance(block, Figure):
        _add_figure(word, block)
    elif isinstance(block, Table):
        _add_table(word, block)
    elif isinstance(block, Columns):
        add_columns(word, block, WIDTH, lambda cell, place: _add_all(cell, block.cells[place], heads))
    else:
        PARTS[type(block)](word, block, _clean, WIDTH)


def _add_all(word: Word, blocks: tuple[Block, ...], heads: list[Heading]) -> None:
    for block in blocks:
        _add(word, block, heads)


def _add_heading(word: WordDocument, block: Heading, clean: Clean, _width: float) -> WordParagraph:
    return word.add_heading(clean(block.text), level=block.level)


def _add_text(word: Word, block: Paragraph | Points | Plain) -> None:
    if isinstance(block, Plain):
        word.add_paragraph(_clean(block.text))
        return
    if isinstance(block, Points):
        for item in block.items:
            _add_spans(word.add_paragraph(style="List Number" if block.ordered else "List Bullet"), item)
        return
    paragraph = word.add_paragraph(style="Caption" if is_note(block) and block.spans else None)
    _add_spans(paragraph, block.spans)
    if block.todo:
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{ALARM[1:]}"/>'
        edge = f'<w:left w:val="single" w:sz="24" w:space="6" w:color="{MISSED[1:]}"/>'
        for xml in (f"<w:pBdr {nsdecls('w')}>{edge}</w:pBdr>", shade):
            paragraph._p.get_or_add_pPr().append(parse_xml(xml))


def _add_spans(paragraph: WordParagraph, spans: tuple[Span, ...]) -> None:
    for span in spans:
        run = paragraph.add_run(_clean(span.text))  # python-docx turns \n into a line break
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
    _field(paragraph, f"SEQ {word_of(block)} \\* ARABIC", str(block.number))
    paragraph.add_run(_clean(f". {block.caption}"))


def _add_figure(word: WordDocument, figure: Figure) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    width = min(Pt(figure.width), Cm(WIDTH))
    picture = paragraph.add_run().add_picture(io.BytesIO(base64.b64decode(figure.png)), width=width)
    picture._inline.docPr.set("descr", _clean(figure.alt))
    picture._inline.docPr.set("name", _clean(label_of(figure))[:255])
    _add_caption(word, figure, above=False)


def _add_table(word: WordDocument, table: Table) -> None:
    """Add a caption and a table; one that needs it stands on a page turned on its side."""
    if table.wide:
        _turn(word, WD_ORIENT.LANDSCAPE)
    _add_caption(word, table, above=True)
    after = word.add_paragraph()
    after.paragraph_format.space_after = Pt(4)
    after._p.addprevious(table_xml(table, WIDE if table.wide else WIDTH, _clean))
    if table.wide:
        _turn(word, WD_ORIENT.PORTRAIT)


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
