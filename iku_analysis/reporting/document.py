"""An executed notebook -> the blocks of a paper: one list, from which every format is made.

A block is a plain dict, so that a template and JSON can take it as it is. Its `kind` is one of
- `heading`: `level` (1-4), `text`
- `paragraph`, `todo` (what people still have to fill in): `runs`
- `list`: `ordered`, `items` (each a list of runs)
- `figure`: `number`, `label`, `alt`, `png` (base64), `svg` (or None), `width` in pt
- `table`: `number`, `label`, `columns`, `rows` (text), `values` (numbers or None), `right` (of each
  column), `shares` (of the width for each column, together 1), `size` (of its letters, pt), `chart`
- `plain`, `warning`: `text`, shown as it is
A run is `text` with `bold`, `italic`. Text is never markup: what a planner wrote is shown, not obeyed.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from iku_analysis.language import _
from iku_analysis.reporting.notebook_file import NotebookNode

Block = dict[str, Any]
Runs = list[dict[str, Any]]

MARKDOWN = MarkdownIt("commonmark", {"html": False})
PNG_DPI = 150
LONGEST_WORD, GAP = 20, 3  # letters that a column must hold unbroken; between columns
PAGE_LETTERS = 108  # of the largest size on a line of 17 cm
SIZES = (7.5, 7.0, 6.5, 6.0)  # pt, of letters in tables
TALL, FEW = 4, 4  # lines of a cell; columns, of which long texts are prose that no small letters help


@dataclass(frozen=True)
class Document:
    """A paper before it has a format.

    `mark` stands on every page (`DATA CONTOH`, or nothing), `facts` at the end (name to value: versions).
    """

    blocks: list[Block]
    language: str
    agency: str
    mark: str
    facts: dict[str, str]

    @property
    def title(self) -> str:
        """The first heading."""
        return next((block["text"] for block in self.blocks if block["kind"] == "heading"), "IKU")

    def of_kind(self, kind: str) -> list[Block]:
        """Return the blocks of one kind."""
        return [block for block in self.blocks if block["kind"] == kind]


def read_blocks(notebook: NotebookNode) -> list[Block]:
    """Return the blocks of an executed notebook, figures and tables numbered in their order; code is left out."""
    blocks: list[Block] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            blocks += read_markdown(cell.source)
        for output in cell.get("outputs", []):
            blocks += _read_output(output)
    counted = {"figure": 0, "table": 0}
    for block in blocks:
        if block["kind"] in counted:
            counted[block["kind"]] += 1
            block["number"] = counted[block["kind"]]
            words = {"figure": _("Gambar"), "table": _("Tabel")}
            block["label"] = f"{words[block['kind']]} {block['number']}. {block.pop('caption')}"
    return blocks


def _read_output(output: NotebookNode) -> list[Block]:
    data, facts = output.get("data", {}), output.get("metadata", {})
    if output.output_type == "stream":
        return [{"kind": "warning" if output.name == "stderr" else "plain", "text": output.text}]
    if "table" in facts:
        return [table_block(facts["caption"], facts["table"])]
    if "image/png" in data:
        return [_figure(data["image/png"], facts)]
    if "text/markdown" in data:
        return read_markdown(data["text/markdown"])
    return [{"kind": "plain", "text": data["text/plain"]}] if "text/plain" in data else []


def _figure(png: str, facts: dict[str, Any]) -> Block:
    pixels = int.from_bytes(base64.b64decode(png[:48])[16:20], "big")  # of the width, in the PNG's head
    return {
        "kind": "figure",
        "caption": facts.get("caption", ""),
        "alt": facts.get("alt", ""),
        "png": png.strip(),
        "svg": facts.get("svg"),
        "width": pixels * 72 / PNG_DPI,
    }


def table_block(caption: str, table: dict[str, Any]) -> Block:
    """Return the block of a table, from what a notebook stores of it."""
    columns, rows, values = table["columns"], table["rows"], table["values"]
    right = [any(row[place] is not None for row in values) for place in range(len(columns))]
    shares, size = lay_out([columns, *rows])
    return {
        "kind": "table",
        "caption": caption,
        "columns": columns,
        "rows": rows,
        "values": values,
        "right": right,
        "shares": shares,
        "size": size,
        "chart": table["chart"],
    }


def lay_out(rows: list[list[str]]) -> tuple[list[float], float]:
    """Return the share of the width for each column, and the size of the letters in pt.

    Each column has room for its longest word; what is left goes, letter by letter, to the column
    with the most lines. Letters are as large as lets no cell grow tall.
    """
    columns = [[_letters(cell) for cell in cells] for cells in zip(*rows, strict=True)]
    words = [
        max(_letters(word) for cell in cells for word in re.split(r"[ /-]", cell)) for cells in zip(*rows, strict=True)
    ]
    widths: list[int] = []
    for size in SIZES:
        widths = [min(word, LONGEST_WORD) for word in words]
        spare = round(PAGE_LETTERS * SIZES[0] / size) - sum(widths) - GAP * len(widths)
        for _letter in range(spare):
            lines = [max(cells) / width for cells, width in zip(columns, widths, strict=True)]
            widths[lines.index(max(lines))] += 1
        tallest = max(max(cells) / width for cells, width in zip(columns, widths, strict=True))
        if spare >= 0 and (tallest < TALL or len(columns) < FEW):
            break
    total = sum(widths) + GAP * len(widths)
    return [(width + GAP) / total for width in widths], size


def _letters(text: str) -> int:
    """Return how many average letters a text is wide: digits and capitals are wider."""
    return len(text) + sum(letter.isdigit() or letter.isupper() for letter in text) // 6 or 1


def read_markdown(source: str) -> list[Block]:
    """Return the blocks of Markdown text: headings, paragraphs, lists, quotes (`todo`); HTML in it is plain text."""
    return list(_blocks(iter(MARKDOWN.parse(source))))


def _blocks(tokens: Iterator[Token]) -> Iterator[Block]:
    for token in tokens:
        if token.type == "heading_open":
            text = "".join(run["text"] for run in _runs(next(tokens)))
            yield {"kind": "heading", "level": int(token.tag[1]), "text": text}
        elif token.type == "paragraph_open":
            yield {"kind": "paragraph", "runs": _runs(next(tokens))}
        elif token.type == "blockquote_open":
            for block in _blocks(_until(tokens, "blockquote_close")):
                yield block | {"kind": "todo"} if block["kind"] == "paragraph" else block
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type == "ordered_list_open"
            inside = _until(tokens, token.type.replace("open", "close"))
            yield {"kind": "list", "ordered": ordered, "items": [_runs(each) for each in inside if each.children]}
        elif token.type in ("fence", "code_block"):
            yield {"kind": "plain", "text": token.content}


def _until(tokens: Iterator[Token], end: str) -> Iterator[Token]:
    for token in tokens:
        if token.type == end:
            return
        yield token


def _runs(inline: Token) -> Runs:
    """Return the text of a line of Markdown, with its bold and italic."""
    runs: Runs = []
    look = {"bold": False, "italic": False}
    switches = {"strong": "bold", "em": "italic"}
    for token in inline.children or []:
        name, _underscore, what = token.type.partition("_")
        if name in switches:
            look[switches[name]] = what == "open"
        elif text := {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content):
            if runs and runs[-1] == {"text": runs[-1]["text"], **look}:
                runs[-1]["text"] += text
            else:
                runs.append({"text": text, **look})
    return runs


def figure_files(blocks: list[Block]) -> dict[str, bytes]:
    """Return the figures of a document as files: `gambar-01.svg`, `gambar-01.png`, ..."""
    files: dict[str, bytes] = {}
    for block in (block for block in blocks if block["kind"] == "figure"):
        name = f"gambar-{block['number']:02d}"
        files[f"{name}.png"] = base64.b64decode(block["png"])
        if block["svg"]:
            files[f"{name}.svg"] = block["svg"].encode()
    return files
