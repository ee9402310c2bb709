"""A document -> one self-contained HTML page: it fetches nothing, letters and pictures are inside it.

All of it is readable without the script, which only marks, sorts and saves.
"""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup, escape

from iku_analysis.display import design
from iku_analysis.documents.blocks import Document, Figure, Table, label_of
from iku_analysis.documents.document import is_note
from iku_analysis.language import _

TEMPLATES = Path(__file__).parent / "templates"
LONG = 30  # letters in a word that may be broken anywhere: an address, a SHA-256
OWN_NAME = re.compile(r' id="[a-zA-Z]+[a-zA-Z0-9.]*_[0-9]+"')  # matplotlib's, of which no other part speaks


def make_html(document: Document) -> bytes:
    """Return the page of a document; what begins its pages, its sections and subsections make the contents."""
    cover = next((block for block in document.blocks if block.kind == "cover"), None)
    places = {id(head): f"bagian-{number}" for number, head in enumerate(document.contents, start=1)}
    page = page_template("report.html.j2").render(
        document=document,
        cover=cover,
        place=lambda head: places[id(head)],
        anchor=lambda head: Markup(' id="{}"').format(places[id(head)]) if id(head) in places else "",
        words={
            "contents": _("Daftar isi"),
            "warning": _("Peringatan"),
            "skip": _("Langsung ke isi"),
            "save": _("Unduh"),
        },
        look=vars(design),
        css=page_style(),
        script=page_text("sort.js", "report.js"),
    )
    return page.encode()


def page_style(*more: str) -> Markup:
    """Return the style sheet of a page, with more files of the templates at its end."""
    return Markup(design.style_of_pages()) + page_text("report.css", *more)  # noqa: S704


def page_text(*names: str) -> Markup:
    """Return files of the templates, one after the other, as a page takes them in."""
    return Markup("".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names))  # noqa: S704


@cache
def page_template(name: str) -> Template:
    """Return a template that escapes all it is given."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, keep_trailing_newline=True)
    environment.filters |= {"lines": _lines, "picture": _picture, "cell": _cell, "label": label_of, "note": is_note}
    return environment.get_template(name)


def _lines(text: str) -> Markup:
    return Markup("<br>").join(_line(line) for line in text.split("\n"))


def _line(line: str) -> Markup:
    """Return a line; what it names before a tab is as wide in every one."""
    *names, rest = line.split("\t")
    return Markup().join(Markup('<span class="name">{}</span>').format(name) for name in names) + escape(rest)


def _picture(figure: Figure) -> Markup:
    """Return a figure as SVG inside the page, so that its letters are found, copied and read; else as PNG."""
    if not figure.svg:
        return Markup('<img src="data:image/png;base64,{}" alt="{}">').format(figure.png, figure.alt)
    svg = figure.svg[figure.svg.index("<svg") :]
    head, rest = svg.split(">", 1)
    head = re.sub(r' (?:width|height)="[^"]*"', "", head)
    rest = OWN_NAME.sub("", rest[rest.index("<defs") :])  # behind the metadata, which name matplotlib
    # A name that two figures share belongs to one of them.
    rest = re.sub(r'( id="|="#|url\(#)([a-z][0-9a-f]{10})', rf"\1g{figure.number}-\2", rest)
    named = Markup(' role="group" aria-label="{}">').format(figure.alt)
    return Markup(head) + named + Markup(rest)  # noqa: S704


def _cell(text: str, table: Table, row: int, column: int) -> Markup:
    value, right = table.values[row][column], table.right[column]
    long = any(len(word) > LONG for word in text.split())
    looks = {"right": right, "bad": text.startswith("\N{BALLOT X}"), "long": long}
    names = " ".join(name for name, wanted in looks.items() if wanted)
    shown: str = escape(text)
    if column == table.bar and value is not None:
        share = min(max(value, 0), 120) / 1.2
        missed = " missed" if value < 100 else ""
        shown = Markup('<span class="bar{}"><i style="width:{:.1f}%"></i></span><span>{}</span>').format(
            missed, share, text
        )
    named = Markup(' class="{}"').format(names) if names else Markup()
    number = Markup(' data-value="{}"').format(repr(value)) if value is not None else Markup()
    return Markup("<td{}{}>{}</td>").format(named, number, shown)
