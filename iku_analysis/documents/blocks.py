"""What a paper is made of, before it has a format. Text is never markup: what a planner wrote is shown, not obeyed."""

from dataclasses import dataclass
from typing import ClassVar, TypeVar

from iku_analysis.display.layout import Cover, Numerals, Signatures
from iku_analysis.language import _


@dataclass(frozen=True)
class Span:
    """Text of one look, with its line breaks."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading; 1 is the paper's title. One with a line `above` it begins a page; `status` stands beside it."""

    kind: ClassVar = "heading"
    level: int
    text: str
    above: str = ""
    status: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `todo` marks what people still have to fill in."""

    kind: ClassVar = "paragraph"
    spans: tuple[Span, ...]
    todo: bool = False


@dataclass(frozen=True)
class Points:
    """A list, numbered or not, of one line an item."""

    kind: ClassVar = "points"
    ordered: bool
    items: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Plain:
    """Text shown as it is; `warning` where a program wrote it to stderr."""

    kind: ClassVar = "plain"
    text: str
    warning: bool = False


@dataclass(frozen=True)
class Figure:
    """A figure: its PNG as base64, its SVG where it has one, its width in pt."""

    kind: ClassVar = "figure"
    caption: str
    alt: str
    png: str
    svg: str | None
    width: float
    number: int = 0


@dataclass(frozen=True)
class Table:
    """A table: `rows` of text, `values` their numbers or None; each column's side, and its share of the width.

    `size` is that of its letters in pt; `wide` tells whether it needs a page turned on its side; `chart` names
    the columns that a spreadsheet draws: `category`, `bars`, `line`. `groups` is what each row belongs to, or
    empty; `bar` the place of the column whose per cents of a target are drawn as bars, or -1.
    `total` tells whether the last row is the sum of those above it.
    """

    kind: ClassVar = "table"
    caption: str
    columns: list[str]
    rows: list[list[str]]
    values: list[list[float | None]]
    right: list[bool]
    shares: list[float]
    size: float
    wide: bool
    chart: dict[str, str] | None
    groups: list[str]
    bar: int
    total: bool = False
    number: int = 0


@dataclass(frozen=True)
class Columns:
    """Short texts in two columns, read down the left one first; each is blocks of its own."""

    kind: ClassVar = "columns"
    cells: tuple[tuple["Block", ...], ...]


def word_of(block: Figure | Table) -> str:
    """Return what a figure or a table is called, in the language in use."""
    return _("Gambar") if isinstance(block, Figure) else _("Tabel")


def label_of(block: Figure | Table) -> str:
    """Return the number and caption of a figure or a table, in the language in use."""
    return f"{word_of(block)} {block.number}. {block.caption}"


Block = Heading | Paragraph | Points | Plain | Figure | Table | Columns | Cover | Numerals | Signatures
Kind = TypeVar("Kind", Heading, Figure, Table)


@dataclass(frozen=True)
class Document:
    """A paper before it has a format.

    `mark` stands on every page (`DATA CONTOH`, or nothing), `made_with` at the end (name to value: versions).
    `template` is a Word file whose styles, header and footer the DOCX takes on; empty for ours.
    """

    blocks: list[Block]
    language: str
    agency: str
    mark: str
    made_with: dict[str, str]
    template: bytes = b""

    @property
    def title(self) -> str:
        """The cover's, else the first heading."""
        if covers := [block for block in self.blocks if isinstance(block, Cover)]:
            return covers[0].title
        return next((head.text for head in self.each(Heading)), "IKU")

    @property
    def contents(self) -> list[Heading]:
        """The headings that its contents list: sections, subsections, and whatever begins a page."""
        return [head for head in self.each(Heading) if head.level in (2, 3) or head.above]

    def each(self, kind: type[Kind]) -> list[Kind]:
        """Return the blocks of one kind."""
        return [block for block in self.blocks if isinstance(block, kind)]
