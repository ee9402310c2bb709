"""Figures, tables, sentences and downloads as pieces of a live HTML page."""

import base64
import re
from html import escape

from iku_analysis.display import markdown
from iku_analysis.display.canvas import Plot
from iku_analysis.display.tables.cells import Table
from iku_analysis.explorer.view import Point
from iku_analysis.language import _

LEAST = 0.7  # of its width, to which a figure shrinks on a small screen before it is scrolled
REACH = 9  # how near to a point tells of it, in points of the figure
HEAD = re.compile(r"^.*?<svg ", re.DOTALL)  # with the declarations, which are for a file alone


def figure_html(plot: Plot, svg: bytes, points: list[Point]) -> str:
    """Return a figure that was drawn, with its alt text and caption; a point tells its value under the mouse."""
    least = LEAST * plot.figure.bbox.width
    name = f'<svg role="img" aria-label="{escape(plot.alt)}" style="min-width: {least:.0f}pt" '
    drawing = HEAD.sub(lambda _head: name, svg.decode(), count=1).replace("</svg>", f"{_told(plot, points)}</svg>")
    caption = escape(plot.caption)
    scrolled = f'<div class="drawing" tabindex="0" role="region" aria-label="{caption}">{drawing}</div>'
    return f"<figure{markdown.NO_MATHS}>{scrolled}<figcaption>{caption}</figcaption></figure>"


def _told(plot: Plot, points: list[Point]) -> str:
    """Return an unseen circle for each point, with its words; where it stands is known once the figure is drawn."""
    height = plot.figure.bbox.height
    circles = []
    for point in points:
        x, y = point.axes.transData.transform((point.x, point.y))
        place = f'cx="{x:.1f}" cy="{height - y:.1f}" r="{REACH}"'
        circles.append(f'<circle {place} fill="transparent"><title>{escape(point.words)}</title></circle>')
    return "".join(circles)


def sentence_html(text: str) -> str:
    """Return a sentence of `narrative`: its only markup is bold; text that is not Markdown is shown as it stands."""
    safe = markdown.escape(text).replace("<", "&lt;").replace(">", "&gt;")
    bold = re.sub(r"[*]{2}(.+?)[*]{2}", r"<strong>\1</strong>", safe)
    return f"<p{markdown.NO_MATHS}>{bold}</p>"


def table_html(table: Table) -> str:
    """Return a table that can be scrolled, also with the keyboard."""
    return f'<div class="table" tabindex="0" role="region" aria-label="{escape(table.caption)}">{table.to_html()}</div>'


def status_html(lines: list[str]) -> str:
    """Return what a screen reader is to say at once; nothing where there is nothing."""
    return f'<p role="status"{markdown.NO_MATHS}>{escape(" ".join(lines))}</p>' if lines else ""


def downloads_html(files: list[tuple[str, str, str, bytes]]) -> str:
    """Return files to take along (words of the link, name, type, content): they lie in the page itself."""
    links = []
    for words, name, kind, content in files:
        address = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        links.append(f'<a download="{escape(name)}" href="{address}">{escape(words)}</a>')
    return f'<p class="files">{" ".join(links)}</p>'


def link_html(address: str) -> str:
    """Return the link to the present view, and the button that copies it (the page's template knows how)."""
    words = {
        "copied": _("Tautan tersalin."),
        "otherwise": _("Peramban ini tidak mengizinkan penyalinan: salin alamat halaman ini dari bilah alamat."),
    }
    data = " ".join(f'data-{name}="{escape(text)}"' for name, text in words.items())
    link = f'<a href="{escape(address)}">{escape(_("Tautan ke tampilan ini"))}</a>'
    button = f'<button type="button" {data}>{escape(_("Salin tautan"))}</button>'
    return f'<p>{link} {button} <span role="status"></span></p>'
