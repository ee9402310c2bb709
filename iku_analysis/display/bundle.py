"""What a notebook shows and stores of a figure, a table or a sentence; matplotlib is loaded only for a figure."""

import base64
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.io.formats.style import Styler

from iku_analysis.display.markdown import as_written, may_be_maths, to_html

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def show(thing: "Axes | Styler | str | None") -> None:
    """Show a figure, a table or text in a notebook; nothing for a figure that has nothing to draw.

    Text that is not `Markdown` is shown as it stands.
    """
    from IPython.display import display

    if thing is None:
        return
    content, metadata = bundle(thing)
    display(content, raw=True, metadata=metadata)


def bundle(thing: "Axes | Styler | str") -> tuple[dict[str, str], dict[str, Any]]:
    """Return what a notebook stores of a figure, a table or text: its forms, and their metadata.

    A figure is a PNG with its alt text. What papers are made of travels in the metadata, which nbval
    leaves alone: the caption and SVG of a figure; the caption, cells and numbers of a table. Nothing
    changes from run to run.
    """
    if isinstance(thing, str):
        sentences = as_written(thing)
        page = {"text/html": to_html(sentences)} if may_be_maths(sentences) else {}
        return page | {"text/markdown": sentences, "text/plain": sentences}, {}
    if isinstance(thing, Styler):
        content = {"text/html": thing.to_html(), "text/plain": thing.data.to_string(index=False)}
        return content, {"caption": thing.data.attrs["caption"], "table": table_facts(thing.data)}
    from iku_analysis.display.canvas import describe_figure, draw, to_png  # loaded already: it made the figure

    figure, caption, alt = describe_figure(thing)
    svg = draw(figure)
    content = {"image/png": base64.b64encode(to_png(svg)).decode(), "text/plain": alt}
    return content, {"alt": alt, "caption": caption, "svg": svg.decode()}


def table_facts(rows: pd.DataFrame) -> dict[str, Any]:
    """Return a table as plain lists: `columns`, `rows` (text), `values` (their numbers or None), `chart`."""
    cells = rows.to_numpy().tolist()
    return {
        "columns": [str(name) for name in rows.columns],
        "rows": [[str(cell) for cell in row] for row in cells],
        "values": [[getattr(cell, "value", None) for cell in row] for row in cells],
        "chart": rows.attrs["chart"],
    }
