"""A document -> PDF (A4), by Typst: tagged for screen readers (PDF/UA-1), fonts embedded, figures as vectors.

Text goes in as JSON and is never read as Typst markup.
"""

import base64
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from iku_analysis.display import design
from iku_analysis.display.design import FONTS, SPARE_FONTS
from iku_analysis.display.layout import Cover
from iku_analysis.documents.blocks import Block, Columns, Document, Figure, Table, label_of
from iku_analysis.documents.document import contents_before, split_turned
from iku_analysis.language import _

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
BOX = "□"  # in place of a sign that it lacks
# What every style of that font has needs no look into it.
UNUSUAL = re.compile(r"[^\x00-\u024f\u2010-\u205e\u20ac\u2190-\u2193\u2212\u2260-\u2265\u25a0-\u25ff\u2713\u2717]")


def make_pdf(document: Document) -> bytes:
    """Return the PDF of a document; the same document gives the same bytes."""
    words = {"contents": _("Daftar isi"), "page": _("Halaman"), "of": _("dari"), "emblem": _("Lambang instansi")}
    paper = {
        "title": document.title,
        "agency": document.agency,
        "mark": document.mark,
        "language": document.language,
        "made_with": document.made_with,
        "words": words,
        "look": {
            name: value for name, value in vars(design).items() if name.isupper() and isinstance(value, str | float)
        },
        "runs": _runs(document),
    }
    text = json.dumps(paper, ensure_ascii=False, default=vars)
    if lacking := signs_lacking(text):  # PDF/UA refuses what cannot be shown
        note = {BOX: _("huruf yang tidak ada dalam fon PDF; lihat HTML atau DOCX")}
        text = json.dumps(paper | {"made_with": document.made_with | note}, ensure_ascii=False, default=vars)
        text = text.translate(dict.fromkeys(map(ord, lacking), BOX))
    return _compile(text)


def _runs(document: Document) -> list[dict[str, Any]]:
    """Return the blocks on upright and on turned pages, with the contents among them: on an upright one."""
    first, runs = contents_before(document), list[dict[str, Any]]()
    for turned, blocks in split_turned(document.blocks):
        shown = [_as_json(block) for block in blocks]
        places = [place for place, block in enumerate(blocks) if block is first]
        if places and turned and runs:
            runs[-1]["blocks"].append({"kind": "contents"})
        elif places:
            shown.insert(places[0], {"kind": "contents"})
        runs.append({"turned": turned, "blocks": shown})
    return runs


def _compile(text: str) -> bytes:
    import typst

    pdf = typst.compile(
        str(TEMPLATE),
        sys_inputs={"document": text},
        font_paths=[str(FONTS), str(SPARE_FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return _packed(pdf)


def _packed(pdf: bytes) -> bytes:
    """Return a PDF with its small objects compressed: what screen readers need is two fifths of Typst's file."""
    import pikepdf

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        file.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
            deterministic_id=True,
        )
    return packed.getvalue()


def signs_lacking(text: str) -> set[str]:
    """Return the signs of a text that no font has."""
    strange = set(UNUSUAL.findall(text))
    return strange - _signs() if strange else strange


@cache
def _signs() -> set[str]:
    """Return the signs that the font has, upright and bold."""
    from matplotlib.ft2font import FT2Font

    styles = ("", "-Bold")  # what the slanted ones lack is taken from these
    return set.intersection(
        *({*map(chr, FT2Font(SPARE_FONTS / f"DejaVuSans{style}.ttf").get_charmap())} for style in styles)
    )


def _as_json(block: Block) -> dict[str, Any]:
    """Return a block as Typst takes it: a picture as SVG (text), or as PNG (numbers)."""
    content = {"kind": block.kind, **vars(block)}
    if isinstance(block, Figure | Table):
        content["label"] = label_of(block)
    if isinstance(block, Cover):
        del content["emblem"]
        content["picture"] = list(base64.b64decode(block.emblem))
    if isinstance(block, Columns):
        content["cells"] = [[_as_json(each) for each in cell] for cell in block.cells]
    if isinstance(block, Figure):
        del content["svg"], content["png"]
        content["picture"] = block.svg or list(base64.b64decode(block.png))
    return content
