"""The look of a Word file: its page, styles, running head and foot, in our design or in the agency's own Word file."""

import re
from datetime import datetime

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from iku_analysis.display.design import BODY, CAPTION, INK, MISSED, OFFICE_FAMILY, SOFT, TABLE
from iku_analysis.documents.blocks import Document
from iku_analysis.documents.word_table import CELL
from iku_analysis.documents.word_template import open_template, stamp
from iku_analysis.language import _

WIDTH = 17.0  # cm of text on an A4 page with margins of 2 cm
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML has no place for them


def begin(document: Document) -> WordDocument:
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
    cell.base_style, cell.font.size = styles["Normal"], Pt(TABLE)
    cell.paragraph_format.space_after = Pt(0)


def _describe(word: WordDocument, document: Document) -> None:
    """The language, the properties of the file, and that Word fills in its fields."""
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if defaults is not None:
        defaults.set(qn("w:val"), {"id": "id-ID", "en": "en-GB"}[document.language])
    properties = word.core_properties
    properties.title, properties.author = clean(document.title)[:255], clean(document.agency)[:255]
    properties.comments, properties.language = clean(document.mark), document.language
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
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(1.8)
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
    _add_cell_style(word)
    styles["Caption"].font.bold = False
    styles["Caption"].font.color.rgb = RGBColor.from_string(SOFT[1:].upper())
    styles["Heading 4"].paragraph_format.space_before = Pt(0)  # a small line stands above it
    styles["Heading 5"].paragraph_format.space_before = Pt(5)
    styles["Normal"].paragraph_format.space_after = styles["Caption"].paragraph_format.space_after = Pt(4)
    styles["Normal"].paragraph_format.line_spacing = 1.0
    _describe(word, document)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
        styles[name].font.size, styles[name].font.color.rgb = Pt(8.5), RGBColor.from_string(SOFT[1:].upper())
    head.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(clean(document.title))
    mark = head.add_run(f"\t{document.mark}")
    mark.bold, mark.font.color.rgb = True, RGBColor.from_string(MISSED[1:].upper())
    foot.paragraph_format.alignment = 1
    for word_before, code in ((_("Halaman"), "PAGE"), (_("dari"), "NUMPAGES")):
        foot.add_run(f"{word_before} ")
        field(foot, code, "1")
        foot.add_run(" ")


def clean(text: str) -> str:
    """Return text without the signs that XML has no place for."""
    return CONTROLS.sub("", text)


def field(paragraph: WordParagraph, code: str, shown: str) -> None:
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
