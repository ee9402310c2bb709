"""A document -> one self-contained HTML page: it fetches nothing, pictures are inside it, there is no script."""

import base64
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup, escape

from iku_analysis.documents.blocks import Document, Figure, Heading, label_of
from iku_analysis.language import _

TEMPLATES = Path(__file__).parent / "templates"
ENLARGED = 1.25 * 96 / 72  # px a pt; 9 pt text is small on a screen held further away than paper
LONG = 30  # letters in a word that may be broken anywhere: an address, a SHA-256


def make_html(document: Document) -> bytes:
    """Return the page of a document; its headings of level 2 and 3 make the table of contents."""
    heads = [head for head in document.each(Heading) if head.level in (2, 3)]
    page = _template().render(
        document=document,
        heads=heads,
        first_section=heads[0] if heads else None,
        contents_heading=_("Daftar isi"),
        warning_heading=_("Peringatan"),
        css=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),  # noqa: S704
        enlarged=ENLARGED,
    )
    return page.encode()


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, keep_trailing_newline=True)
    environment.filters |= {"lines": _lines, "picture": _picture, "look": _look, "label": label_of}
    return environment.get_template("report.html.j2")


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _picture(figure: Figure) -> str:
    if figure.svg:
        return f"data:image/svg+xml;base64,{base64.b64encode(figure.svg.encode()).decode()}"
    return f"data:image/png;base64,{figure.png}"


def _look(cell: str, right: bool) -> Markup:
    long = any(len(word) > LONG for word in cell.split())
    names = " ".join(name for name, wanted in (("right", right), ("long", long)) if wanted)
    return Markup(' class="{}"').format(names) if names else Markup()
