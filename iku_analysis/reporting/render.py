"""An executed notebook -> one self-contained HTML page without code, and its figures as files.

The page fetches nothing: pictures are inside it, there is no script. Figures and tables are
numbered in their order; headings become the table of contents.
"""

import base64
import html
import re
from pathlib import Path
from typing import Any

import nbformat
from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode

from iku_analysis.language import _, current_language

ENLARGED = 1.25  # 9 pt text is small on a screen held further away than paper
LONG = 30  # letters in a word that may be broken anywhere: an address, a SHA-256
TEMPLATES = Path(__file__).parent / "templates"


def render_html(notebook: NotebookNode, *, mark: str, facts: dict[str, str]) -> str:
    """Return the page of an executed notebook.

    Parameters
    ----------
    mark : str
        Text across the top of the page and every printed sheet (`DATA CONTOH`).
    facts : dict
        Lines of the foot of the page, name to value (versions).
    """
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="report", extra_template_basedirs=[str(TEMPLATES)], anchor_link_text="")
    resources = {"report": {"mark": mark, "facts": facts, "language": current_language()}}
    page, _resources = exporter.from_notebook_node(number_outputs(notebook), resources)
    return _finish(page, _("Daftar isi"))


def number_outputs(notebook: NotebookNode) -> NotebookNode:
    """Return a copy whose figures and tables are HTML with a number, and warnings a visible block."""
    figures = tables = 0
    cells = []
    for cell in notebook.cells:
        outputs = []
        for output in cell.get("outputs", []):
            data, facts = output.get("data", {}), output.get("metadata", {})
            caption = facts.get("caption", "")
            if "svg" in facts:
                figures += 1
                label = _("Gambar {number}. {caption}", number=figures, caption=caption)
                output = _as_html(_figure(facts["svg"], facts["alt"], label, figures))
            elif "text/html" in data:
                tables += 1
                label = html.escape(_("Tabel {number}. {caption}", number=tables, caption=caption))
                before, _old, after = re.split(r"(<caption>.*?</caption>)", data["text/html"], maxsplit=1, flags=re.S)
                table = f"{before}<caption>{label}</caption>{after}"
                output = _as_html(f'<div class="table">{table}</div>')
            elif output.output_type == "stream" and output.name == "stderr":
                text = html.escape(output.text)
                output = _as_html(f'<div class="warning"><b>{_("Peringatan")}</b><pre>{text}</pre></div>')
            outputs.append(output)
        cells.append(cell | {"outputs": outputs} if cell.cell_type == "code" else cell)
    return nbformat.from_dict(notebook | {"cells": cells})


def _as_html(text: str) -> NotebookNode:
    return nbformat.v4.new_output("display_data", data={"text/html": text})


def _figure(svg: str, alt: str, label: str, number: int) -> str:
    source = base64.b64encode(svg.encode()).decode()
    width = float(re.search(r'<svg[^>]*? width="([\d.]+)pt"', svg, re.S)[1]) * 96 / 72  # type: ignore[index]
    size = "wide" if width > 500 else "narrow"
    return (
        f'<figure id="gambar-{number}" class="{size}">'
        f'<img width="{width * ENLARGED:.0f}" src="data:image/svg+xml;base64,{source}" alt="{html.escape(alt)}">'
        f"<figcaption>{html.escape(label)}</figcaption></figure>"
    )


def _finish(page: str, heading: str) -> str:
    """Fill the table of contents from the headings, and name the cells of tables for narrow screens."""
    soup = BeautifulSoup(page, "html.parser")
    title, heading_one = soup.find("title"), soup.select_one("main h1")
    assert title is not None
    title.string = heading_one.get_text() if heading_one else "IKU"
    _add_contents(soup, heading)
    for table in soup.select("main table"):
        heads = [cell.get_text() for cell in table.select("thead th")]
        if len(heads) == 2:
            _add_class(table, "facts")
        for cell in table.select("thead th"):
            cell["scope"] = "col"
        for row in table.select("tbody tr"):
            for cell, name in zip(row.find_all("td"), heads, strict=False):
                cell["data-label"] = name
                if any(len(word) > LONG for word in cell.get_text().split()):
                    _add_class(cell, "long")
    return str(soup)


def _add_class(tag: Tag, name: str) -> None:
    tag["class"] = " ".join([*filter(None, tag.get_attribute_list("class")), name])


def _add_contents(soup: BeautifulSoup, heading: str) -> None:
    """Put the table of contents after the cover, before the first section."""
    heads = soup.select("main h2, main h3")
    if not heads:
        return
    contents, items = soup.new_tag("nav"), soup.new_tag("ol")
    for number, head in enumerate(heads, start=1):
        for anchor in head.select("a.anchor-link"):
            anchor.decompose()
        head["id"] = f"bagian-{number}"
        item = soup.new_tag("li", attrs={"class": head.name})
        item.append(soup.new_tag("a", href=f"#bagian-{number}", string=head.get_text()))
        items.append(item)
    contents.append(soup.new_tag("h2", string=heading))
    contents.append(items)
    heads[0].insert_before(contents)


def extract_figures(notebook: NotebookNode) -> dict[str, bytes]:
    """Return the figures of an executed notebook as files: `gambar-01.svg`, `gambar-01.png`, ..."""
    files: dict[str, bytes] = {}
    outputs: list[Any] = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    figures = [output for output in outputs if "svg" in output.get("metadata", {})]
    for number, figure in enumerate(figures, start=1):
        files[f"gambar-{number:02d}.svg"] = figure.metadata["svg"].encode()
        files[f"gambar-{number:02d}.png"] = base64.b64decode(figure.data["image/png"])
    return files
