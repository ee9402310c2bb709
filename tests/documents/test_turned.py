"""Which blocks of a document stand on turned pages."""

from iku_analysis.documents.blocks import Block, Heading, Paragraph, Span, Table
from iku_analysis.documents.document import split_turned


def said(text: str) -> Paragraph:
    """Return a paragraph of a text."""
    return Paragraph((Span(text),))


WIDE = Table("Sasaran", ["A"], [["1"]], [[1.0]], [True], [1.0], 8.5, wide=True, chart=None, groups=[], bar=-1)


def turned(blocks: list[Block]) -> list[tuple[bool, int]]:
    """Return which runs are turned, and how many blocks each has."""
    return [(is_turned, len(run)) for is_turned, run in split_turned(blocks)]


def test_a_wide_table_takes_its_heading_along() -> None:
    blocks: list[Block] = [
        said("Awal"),
        Heading(2, "Lampiran"),
        said("Di atas"),
        WIDE,
        Heading(2, "Metode"),
        said("Cara"),
    ]
    assert turned(blocks) == [(False, 1), (True, 3), (False, 2)]


def test_the_last_words_of_a_document_get_no_page_of_their_own() -> None:
    assert turned([said("Awal"), WIDE, said("Terbaca 635 baris.")]) == [(False, 1), (True, 2)]
