"""A paper in the agency's own Word file: its styles, header and footer, without what else it holds."""

import io
from copy import deepcopy

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.styles import BabelFish

# Parts that styles, header and footer need; notes, because settings may name their separators.
KEPT = {"styles", "stylesWithEffects", "numbering", "settings", "fontTable", "theme", "footnotes", "endnotes"}
# Of a page: what would lay out our tables otherwise than they were measured.
LAID_OUT = ("cols", "textDirection", "pgNumType", "type")


def open_template(content: bytes) -> WordDocument:
    """Return an agency's Word file with its first page's header and footer, and nothing in its body."""
    word = docx.Document(io.BytesIO(content))
    for each in word.styles.element.iterfind(f"{qn('w:style')}/{qn('w:name')}"):
        each.set(qn("w:val"), BabelFish.ui2internal(each.get(qn("w:val"))))  # LibreOffice writes `Heading 1`
    body, page = word.element.body, deepcopy(word.sections[0]._sectPr)
    for name in LAID_OUT:
        for each in page.findall(qn(f"w:{name}")):
            page.remove(each)
    for each in list(body):
        body.remove(each)
    body.append(page)
    _keep(word.part.rels, KEPT, set(page.xpath(".//@r:id")))
    _keep(word.part.package.rels, {"officeDocument"}, set())  # who wrote it, and how its page looked, go
    return word


def _keep(related: Relationships, kinds: set[str], names: set[str]) -> None:
    """Let go of all parts but those of some kinds or names."""
    for name in [*related]:
        if name not in names and related[name].reltype.rpartition("/")[2] not in kinds:
            del related[name]


def stamp(word: WordDocument, mark: str) -> None:
    """Put a mark above every header, so that it stands on every page."""
    section = word.sections[0]
    headers = [section.header]
    if word.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    for header in headers:
        paragraph = header.paragraphs[0].insert_paragraph_before() if header.paragraphs else header.add_paragraph()
        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
        paragraph.add_run(mark).bold = True
