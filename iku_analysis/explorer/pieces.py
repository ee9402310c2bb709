"""Figures, tables and sentences as pieces of a live HTML page."""

import base64
import re
from html import escape

from iku_analysis.display import markdown
from iku_analysis.display.canvas import Plot, draw, to_png
from iku_analysis.display.tables.cells import Table


def figure_html(plot: Plot) -> str:
    """Return a figure as a PNG with its alt text and caption."""
    source = base64.b64encode(to_png(draw(plot))).decode()
    image = f'<img alt="{escape(plot.alt)}" src="data:image/png;base64,{source}">'
    return f"<figure>{image}<figcaption{markdown.NO_MATHS}>{escape(plot.caption)}</figcaption></figure>"


def sentence_html(text: str) -> str:
    """Return a sentence of `narrative`: its only markup is bold; text that is not Markdown is shown as it stands."""
    safe = markdown.escape(text).replace("<", "&lt;").replace(">", "&gt;")
    bold = re.sub(r"[*]{2}(.+?)[*]{2}", r"<strong>\1</strong>", safe)
    return f"<p{markdown.NO_MATHS}>{bold}</p>"


def table_html(table: Table) -> str:
    """Return a table whose cells carry their heading, so that a phone can show a row as a card."""
    heads = [escape(str(name)) for name in table.data.columns]
    label = re.compile(r'class="data row\d+ col(\d+)"')
    labelled = label.sub(lambda cell: f'{cell[0]} data-label="{heads[int(cell[1])]}"', table.to_html())
    return f'<div class="table" tabindex="0">{labelled}</div>'
