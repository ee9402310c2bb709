"""A document -> PDF (A4), by Typst: tagged for screen readers (PDF/UA-1), fonts embedded, figures as vectors.

Text goes in as JSON and is never read as Typst markup.
"""

import base64
import json
from importlib.metadata import distribution
from pathlib import Path

from iku_analysis.language import _
from iku_analysis.reporting.document import Block, Document

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
# DejaVu, the figures' own: the same on every machine. To import matplotlib for its place would take 0.1 s.
FONTS = Path(str(distribution("matplotlib").locate_file("matplotlib/mpl-data/fonts/ttf")))


def make_pdf(document: Document) -> bytes:
    """Return the PDF of a document; the same document gives the same bytes."""
    import typst

    words = {"contents": _("Daftar isi"), "page": _("Halaman"), "of": _("dari")}
    paper = {
        "title": document.title,
        "agency": document.agency,
        "mark": document.mark,
        "language": document.language,
        "facts": document.facts,
        "words": words,
        "blocks": [_with_picture(block) for block in document.blocks],
    }
    return typst.compile(
        str(TEMPLATE),
        sys_inputs={"document": json.dumps(paper, ensure_ascii=False)},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=0,
    )


def _with_picture(block: Block) -> Block:
    """Return a figure with its picture as Typst takes it from JSON: SVG as text, PNG as numbers."""
    if block["kind"] != "figure":
        return block
    picture = block["svg"] or list(base64.b64decode(block["png"]))
    return {name: value for name, value in block.items() if name not in ("svg", "png")} | {"picture": picture}
