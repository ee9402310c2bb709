"""What stands on a page besides sentences, tables and figures: the cover, the head of an indicator, numerals, columns.

A notebook shows each as Markdown; a paper takes it as it is and gives it the look of its format.
"""

from dataclasses import dataclass
from typing import ClassVar

from iku_analysis.display.markdown import Markdown, bold, escape, paragraphs


@dataclass(frozen=True)
class Cover:
    """The first page: whose paper it is, its title, the one sentence, and lines such as place, date and status.

    `mark` stamps a paper of illustrative data; `emblem` is a PNG as base64, or empty. On a `sheet` to sign it is no
    page of its own: letterhead (`government`), emblem and title stand above the text.
    """

    kind: ClassVar = "cover"
    government: str
    agency: str
    title: str
    sentence: str
    lines: tuple[str, ...]
    mark: str = ""
    emblem: str = ""
    sheet: bool = False

    def to_markdown(self) -> Markdown:
        """Return the cover as Markdown."""
        sentence = bold(self.sentence) if self.sentence else ""
        said = filter(None, (bold(self.mark) if self.mark else "", self.government, self.agency, sentence))
        return paragraphs(Markdown("# ") + self.title, *said, *self.lines)


@dataclass(frozen=True)
class Head:
    """A heading that begins a page: a small line above it, its text, and a result beside it."""

    kind: ClassVar = "head"
    above: str
    text: str
    status: str

    def to_markdown(self) -> Markdown:
        """Return the heading as Markdown."""
        below = Markdown(" · ").join(filter(None, (self.above, self.status)))
        return paragraphs(Markdown("#### ") + escape(self.text), bold(below))


@dataclass(frozen=True)
class Numerals:
    """The few numbers that a reader should keep, each with what it is."""

    kind: ClassVar = "numerals"
    items: tuple[tuple[str, str], ...]

    def to_markdown(self) -> Markdown:
        """Return the numbers as Markdown, on a line."""
        return Markdown(" · ").join(bold(number) + Markdown(" ") + escape(words) for number, words in self.items)


@dataclass(frozen=True)
class Columns:
    """Short texts in two columns, read down the left one first."""

    kind: ClassVar = "columns"
    cells: tuple[Markdown, ...]

    def to_markdown(self) -> Markdown:
        """Return the texts as Markdown, one below the other."""
        return paragraphs(*self.cells)


@dataclass(frozen=True)
class Signatures:
    """Place and date, and who signs: each party's role, office, name and NIP, any of them empty."""

    kind: ClassVar = "signatures"
    place: str
    parties: tuple[tuple[str, str, str, str], ...]

    def to_markdown(self) -> Markdown:
        """Return place, date and parties as Markdown."""
        parties = (Markdown("  \n").join(filter(None, party)) for party in self.parties)
        return paragraphs(self.place, *parties)


Part = Cover | Head | Numerals | Columns | Signatures
