"""A document -> DOCX that an office edits and signs: Word's own headings, captions, tables, contents, page numbers.

Text goes in as text and is never read as a field or as XML. The table of contents lists the
headings at once; Word fills in their pages when it opens the file.
"""

import base64
import io
import re
import zipfile
from datetime import datetime
from functools import partial
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from iku_analysis.documents.blocks import Block, Document, Figure, Heading, Paragraph, Points, Span, Table, word_of
from iku_analysis.documents.word_template import open_template, stamp
from iku_analysis.language import _

CELL, NEW_LINE = "IKU", "\n"
WIDTH = 17.0  # cm of text on an A4 page with margins of 2 cm
SOFT, ALARM, FILL = RGBColor(0x55, 0x55, 0x55), RGBColor(0xB3, 0x47, 0x00), "FFF4EC"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can name: the clock is no input
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML has no place for them


def make_docx(document: Document) -> bytes:
    """Return the Word file of a document; the same document gives the same bytes."""
    word = _begin(document)
    heads = [head for head in document.each(Heading) if head.level > 1]
    for block in document.blocks:
        if heads and block is heads[0]:
            _add_contents(word, heads)
        _add(word, block, heads)
    for name, value in document.made_with.items():
        word.add_paragraph(f"{name}: {value}", style="Caption")
    return _fixed_times(word)


def _begin(document: Document) -> WordDocument:
    """Return an empty file in our look, or in that of the agency's Word file: then only the page's size is ours."""
    if not document.template:
        word = docx.Document()
        _set_up(word, document)
        return word
    word = open_template(document.template)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    _add_cell_style(word)
    _describe(word, document)
    if document.mark:
        stamp(word, document.mark)
    return word


def _add_cell_style(word: WordDocument) -> None:
    styles = word.styles
    if CELL in styles:
        return
    cell = styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size = styles["Normal"], Pt(7.5)
    cell.paragraph_format.space_after = Pt(0)


def _describe(word: WordDocument, document: Document) -> None:
    """The language, the properties of the file, and that Word fills in its fields."""
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if defaults is not None:
        defaults.set(qn("w:val"), {"id": "id-ID", "en": "en-GB"}[document.language])
    properties = word.core_properties
    properties.title, properties.author = _clean(document.title)[:255], _clean(document.agency)[:255]
    properties.comments, properties.language = _clean(document.mark), document.language
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no zone
    settings = word.settings.element
    for each in settings.findall(qn("w:updateFields")):
        settings.remove(each)
    settings.append(parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>'))


def _set_up(word: WordDocument, document: Document) -> None:
    """Page, fonts, language, running head and foot."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2)
    styles = word.styles
    for name, size in (
        ("Normal", 10),
        ("Caption", 8.5),
        ("Title", 20),
        ("Heading 1", 18),
        ("Heading 2", 14),
        ("Heading 3", 11.5),
        ("Heading 4", 10),
    ):
        font = styles[name].font
        font.name, font.size, font.color.rgb = "Arial", Pt(size), RGBColor(0x1A, 0x1A, 0x1A)
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:cs"), "Arial")
    _add_cell_style(word)
    styles["Caption"].font.bold = False
    styles["Caption"].font.color.rgb = SOFT
    styles["Normal"].paragraph_format.space_after = Pt(6)
    _describe(word, document)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
        styles[name].font.size, styles[name].font.color.rgb = Pt(8.5), SOFT
    head.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(_clean(document.title))
    mark = head.add_run(f"\t{document.mark}")
    mark.bold, mark.font.color.rgb = True, ALARM
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
    word.add_paragraph().add_run(_("Daftar isi")).bold = True
    lines: list[WordParagraph] = []
    for number, head in enumerate(heads, start=1):
        if head.level > 3:
            continue
        line = word.add_paragraph()
        line.paragraph_format.left_indent = Cm(0.6 * (head.level - 2))
        line.paragraph_format.space_after = Pt(2)
        if not lines:
            for part in ("begin", 'TOC \\o "2-3" \\h \\z \\u', "separate"):
                _field_mark(line, part)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"bagian_{number}")
        link.append(line.add_run(_clean(head.text))._r)
        line._p.append(link)
        lines.append(line)
    _field_mark(lines[-1], "end")
    word.add_page_break()


def _add(word: WordDocument, block: Block, heads: list[Heading]) -> None:
    if isinstance(block, Heading):
        paragraph = word.add_heading(_clean(block.text), level=block.level)
        if block in heads:
            _bookmark(paragraph, heads.index(block) + 1)
    elif isinstance(block, Paragraph):
        paragraph = word.add_paragraph()
        _add_spans(paragraph, block.spans)
        if block.todo:
            shade = f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{FILL}"/>'
            bar = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="6" w:color="B34700"/></w:pBdr>'
            for xml in (bar, shade):
                paragraph._p.get_or_add_pPr().append(parse_xml(xml))
    elif isinstance(block, Points):
        for item in block.items:
            _add_spans(word.add_paragraph(style="List Number" if block.ordered else "List Bullet"), item)
    elif isinstance(block, Figure):
        _add_figure(word, block)
    elif isinstance(block, Table):
        _add_table(word, block)
    else:
        word.add_paragraph(_clean(block.text))


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
    _add_caption(word, figure, above=False)


def _add_table(word: WordDocument, table: Table) -> None:
    """Add a caption and a table, as XML at once: python-docx takes a millisecond a cell."""
    _add_caption(word, table, above=True)
    widths = [round(share * WIDTH * 567) for share in table.shares]  # in twentieths of a point
    row_of = partial(_row, right=table.right, widths=widths, half_points=round(2 * table.size))
    rows = [row_of(table.columns, head=True), *(row_of(row, head=False) for row in table.rows)]
    edge = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
    edges = "".join(edge.format(side) for side in ("top", "bottom", "insideH"))
    sides = {"top": 30, "left": 80, "bottom": 30, "right": 80}
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides.items())
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    facts = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
    facts += f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    xml = f"<w:tblPr>{facts}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}"
    element = parse_xml(f"<w:tbl {nsdecls('w')}>{xml}</w:tbl>")
    after = word.add_paragraph()
    after.paragraph_format.space_after = Pt(4)
    after._p.addprevious(element)


def _row(cells: list[str], *, right: list[bool], widths: list[int], half_points: int, head: bool) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    look = f'<w:rPr>{"<w:b/>" if head else ""}<w:sz w:val="{half_points}"/></w:rPr>'
    texts = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{CELL}"/>'
        f'<w:jc w:val="{"right" if to_right else "left"}"/></w:pPr><w:r>{look}'
        f"{'<w:br/>'.join(map(_text, _clean(cell).split(NEW_LINE)))}</w:r></w:p></w:tc>"
        for cell, to_right, width in zip(cells, right, widths, strict=True)
    ]
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(texts)}</w:tr>"


def _text(line: str) -> str:
    return f'<w:t xml:space="preserve">{escape(line)}</w:t>'


def _fixed_times(word: WordDocument) -> bytes:
    """Return the file with one and the same time on all its parts."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EARLIEST), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
