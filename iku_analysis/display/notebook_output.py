"""What a notebook shows and stores of a figure, a table or a sentence; matplotlib is loaded only for a figure."""

import base64
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from iku_analysis.display.layout import Part
from iku_analysis.display.markdown import as_written, may_be_maths, say, to_html
from iku_analysis.display.tables.cells import Table, numeric_columns

if TYPE_CHECKING:
    from iku_analysis.display.canvas import Plot


def show(thing: "Plot | Table | Part | str | None") -> None:
    """Show a figure, a table or text in a notebook; nothing for a figure that has nothing to draw.

    Text that is not `Markdown` is shown as it stands.

    Examples
    --------
    >>> iku.show("Dua dari tiga target terpenuhi.")  # doctest: +SKIP
    """
    from IPython.display import display

    if thing is None:
        return
    content, metadata = notebook_output(thing)
    display(content, raw=True, metadata=metadata)


def notebook_output(thing: "Plot | Table | Part | str") -> tuple[dict[str, str], dict[str, Any]]:
    """Return what a notebook stores of a figure, a table or text: its forms, and their metadata.

    A figure is a PNG with its alt text; a table without rows is a sentence. What papers are made of travels
    in the metadata, which nbval leaves alone: the caption and SVG of a figure; the caption, cells and numbers
    of a table; what a part of a page holds. Nothing changes from run to run.
    """
    if isinstance(thing, Part):
        content, _nothing = notebook_output(thing.to_markdown())
        return content, {"part": thing.kind, "content": asdict(thing)}
    if isinstance(thing, str):
        sentences = as_written(thing)
        page = {"text/html": to_html(sentences)} if may_be_maths(sentences) else {}
        return page | {"text/markdown": sentences, "text/plain": sentences}, {}
    if isinstance(thing, Table) and thing.data.empty:
        return notebook_output(say("{caption}: tidak ada.", caption=thing.caption))
    if isinstance(thing, Table):
        content = {"text/html": thing.to_html(), "text/plain": thing.data.to_string(index=False)}
        return content, {"caption": thing.caption, "table": _as_lists(thing)}
    from iku_analysis.display.canvas import draw, to_png  # loaded already: it made the figure

    svg = draw(thing)
    content = {"image/png": base64.b64encode(to_png(svg)).decode(), "text/plain": thing.alt}
    return content, {"alt": thing.alt, "caption": thing.caption, "svg": svg.decode()}


def _as_lists(table: Table) -> dict[str, Any]:
    """Return a table as plain lists: `columns`, `rows` (text), `values` (numbers or None), and the rest."""
    cells = table.data.to_numpy().tolist()
    return {
        "columns": [str(name) for name in table.data.columns],
        "rows": [[str(cell) for cell in row] for row in cells],
        "values": [[getattr(cell, "value", None) for cell in row] for row in cells],
        "right": numeric_columns(table.data),
        "chart": table.chart,
        "groups": list(table.groups),
        "bars": table.bars,
        "total": table.total,
    }
