"""Markdown by construction: a plain text enters only escaped, numbers and our own marks stay as they are."""

import pytest

from iku_analysis.display.markdown import (
    NO_MATHS,
    Markdown,
    as_written,
    bold,
    bullets,
    escape,
    paragraphs,
    plain,
    say,
    sentences,
)
from iku_analysis.display.notebook_output import notebook_output
from iku_analysis.documents.blocks import Paragraph, Span
from iku_analysis.documents.document import read_markdown
from iku_analysis.explorer.pieces import sentence_html
from iku_analysis.indonesian import format_amount, format_number, format_percent, format_signed, format_signed_percent

LIVE = "<b>*x*</b> [y](javascript:z) $a$ `c` https://d.id www.e.id f@g.id"
DEAD = (
    "&#60;b&#62;&#42;x&#42;&#60;/b&#62; &#91;y&#93;(javascript:z) &#36;a&#36; &#96;c&#96; https&#58;//d.id "
    "www&#46;e.id f&#64;g.id"
)


@pytest.mark.parametrize(
    "made",
    [
        escape(LIVE),
        say("{label}", label=LIVE),
        Markdown() + LIVE,
        LIVE + Markdown(),
        Markdown(" ").join([LIVE]),
        sentences(LIVE),
        paragraphs(LIVE),
        as_written(LIVE),
        Markdown(notebook_output(LIVE)[0]["text/markdown"]),
    ],
)
def test_plain_text_enters_only_escaped(made: Markdown) -> None:
    assert isinstance(made, Markdown)
    assert made == DEAD
    assert plain(made) == LIVE
    assert escape(made) == say("{label}", label=made) == sentences(made) == made
    assert notebook_output(made)[0]["text/markdown"] == made
    assert sentence_html(made) == sentence_html(LIVE) == f"<p{NO_MATHS}>{DEAD}</p>"


def test_our_marks_stay() -> None:
    assert bold("a*") + ": " + "b" == "**a&#42;**: b"
    assert bullets(["- a", bold("b")]) == "- &#45; a\n- **b**"
    assert say("**{label}** dari {label}", label="_") == "**&#95;** dari &#95;"
    assert plain(bold("**a** & b")) == "**a** & b"
    assert plain("**a** &amp;") == "**a** &amp;"


@pytest.mark.parametrize(
    "number",
    [
        format_signed(2.5),
        format_signed(-2.5),
        format_signed_percent(2.5),
        format_percent(97.5),
        format_number(1045),
        format_amount(4084357380, "USD"),
        "2021",
        "-2,5",
    ],
)
def test_numbers_stay_as_they_are(number: str) -> None:
    assert escape(number) == say("{number}", number=number) == bold(number)[2:-2] == number


@pytest.mark.parametrize("text", ["# a", "1. a", "12) a", "- a", "+ a", "-", "---", "===", "1.", "#", " - a", " 3. a"])
def test_nothing_begins_a_line(text: str) -> None:
    for made in (escape(text), Markdown() + text, paragraphs("a", text)):
        (block,) = read_markdown(made)[-1:]
        assert block == Paragraph((Span(text.strip()),))
