"""Markdown by construction: what is not marked as ours is shown as it stands, never obeyed.

A `Markdown` text takes a plain text in only escaped, whether by `say`, `+`, `join` or one of the
helpers here. An f-string makes a plain text again, of which the markup is then shown, not obeyed.
"""

import re
from collections.abc import Iterable
from html import unescape

from iku_analysis.language import _

# Marks of Markdown and HTML, and what makes a bare address a link.
MARKS = re.compile(r"[\\`*_\[\]<>|$&~]|:(?=//)|(?<=www)[.]|@")
# At the beginning of a line these would make a heading, a list, an underline or a rule.
BEGINNING = re.compile(r"( ?[0-9]+(?=[.)])| ?(?=[#+=-]))(.)(?=[#=-]*(?:\s|$))")

NO_MATHS = ' class="tex2jax_ignore mathjax_ignore"'  # an attribute that MathJax heeds


class Markdown(str):
    """Markdown whose markup is ours."""

    __slots__ = ()

    def __add__(self, other: str) -> "Markdown":
        """Return both texts, the other one escaped unless it is Markdown."""
        return Markdown(str.__add__(self, _show(other)))

    def __radd__(self, other: str) -> "Markdown":
        """Return both texts, the other one escaped unless it is Markdown."""
        return Markdown(str.__add__(_show(other), self))

    def join(self, parts: Iterable[str]) -> "Markdown":
        """Return the parts with this between them, each escaped unless it is Markdown."""
        return Markdown(str.join(self, map(escape, parts)))


def escape(text: object) -> Markdown:
    """Return text on one line that Markdown and HTML show as it is; what is Markdown already stays."""
    return text if isinstance(text, Markdown) else _show(str(text).strip())


def _show(text: str) -> Markdown:
    if isinstance(text, Markdown):
        return text
    line = re.sub(r"[^\S\u00a0\u202f]+", " ", text)  # spaces that hold a number together stay
    begin = BEGINNING.match(line)
    head, line = (f"{begin[1]}{_entity(begin[2])}", line[begin.end() :]) if begin else ("", line)
    return Markdown(head + MARKS.sub(lambda mark: _entity(mark[0]), line))


def _entity(mark: str) -> str:
    return f"&#{ord(mark)};"


def say(message: str, **values: object) -> Markdown:
    """Return a sentence of ours in the language in use, its {names} filled with values as `escape` shows them."""
    return Markdown(_(message, **{name: escape(value) for name, value in values.items()}))


def bold(text: str) -> Markdown:
    """Return text in bold letters."""
    return Markdown(f"**{escape(text)}**")


def sentences(*parts: str) -> Markdown:
    """Return the parts that say something, one after the other."""
    return Markdown(" ").join(filter(None, parts))


def paragraphs(*parts: str) -> Markdown:
    """Return the parts that say something, each a paragraph."""
    return Markdown("\n\n").join(filter(None, parts))


def bullets(items: Iterable[str]) -> Markdown:
    """Return a list, one line each."""
    return Markdown("\n").join(Markdown("- ") + item for item in items)


def as_written(text: str) -> Markdown:
    """Return text of people as Markdown that shows it as it is: its lines, its paragraphs, no markup."""
    if isinstance(text, Markdown):
        return text
    written = [paragraph.split("\n") for paragraph in text.split("\n\n")]
    return paragraphs(*(Markdown("  \n").join(line for line in lines if line.strip()) for lines in written))


def may_be_maths(text: Markdown) -> bool:
    """Tell whether JupyterLab or a page of nbconvert may take something for mathematics that is money or a path.

    They look for it in what is shown, where an escaped dollar is a dollar again.
    """
    return _entity("$") in text or _entity("\\") in text


def to_html(text: Markdown) -> str:
    """Return Markdown as HTML in which nothing is mathematics."""
    from markdown_it import MarkdownIt

    return f"<div{NO_MATHS}>{MarkdownIt('commonmark', {'html': False}).render(text)}</div>"


def plain(text: str) -> str:
    """Return what a reader sees of our sentences, whose only markup is bold: for alt texts and a terminal."""
    return unescape(text.replace("**", "")) if isinstance(text, Markdown) else text
