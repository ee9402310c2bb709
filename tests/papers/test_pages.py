"""How the pages look: no small letters, no stranded heading, an indicator a page, nothing beyond the paper's edge."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PageObject, PdfReader

from iku_analysis.display.design import LEAST
from iku_analysis.papers import catalogue

FOOT, EDGE = 60, 40  # pt from the lower edge: the running foot lies below; nothing but it is nearer to an edge


class Piece(NamedTuple):
    """A piece of text on a page: where it begins, in pt from the left and from below, and its size in pt."""

    text: str
    x: float
    y: float
    size: float


@pytest.fixture(scope="module")
def papers(paper_folder: Callable[..., Path]) -> dict[str, PdfReader]:
    made = {paper: paper_folder(2021, "data/example", paper=paper) for paper in catalogue.PAPERS}
    made["raw"] = paper_folder(2022, "data/raw", paper="report")
    made["tw2"] = paper_folder(2021, "data/example", paper="report", quarter=2)
    made["english"] = paper_folder(2021, "data/example", paper="report", language="en")
    return {name: PdfReader(*folder.glob("*.pdf")) for name, folder in made.items()}


@pytest.fixture(scope="module")
def pieces(papers: dict[str, PdfReader]) -> dict[str, list[list[Piece]]]:
    """What stands on each page of each paper: looked up once, for all that is asked of it."""
    return {name: [pieces_of(page) for page in paper.pages] for name, paper in papers.items()}


def pieces_of(page: PageObject) -> list[Piece]:
    found: list[Piece] = []

    def visit(text: str, outer: list[float], inner: list[float], _font: Any, size: float) -> None:
        if text.strip():
            scale = abs(inner[3] * outer[3]) or abs(inner[1] * outer[1])  # the latter of text that stands upright
            x, y = inner[4] * outer[0] + outer[4], inner[5] * outer[3] + outer[5]
            found.append(Piece(text.strip(), x, y, size * scale))

    page.extract_text(visitor_text=visit)
    return found


def test_a_letter_is_short(papers: dict[str, PdfReader]) -> None:
    assert len(papers["raw"].pages) <= 3


NAMES = [*catalogue.PAPERS, "raw", "tw2", "english"]


@pytest.mark.parametrize("name", NAMES)
def test_no_letters_are_small(pieces: dict[str, list[list[Piece]]], name: str) -> None:
    for number, page in enumerate(pieces[name], start=1):
        small = [piece for piece in page if piece.size < LEAST - 0.05]
        assert not small, (number, small[:3])


@pytest.mark.parametrize("name", NAMES)
def test_nothing_lies_beyond_the_edge(
    papers: dict[str, PdfReader], pieces: dict[str, list[list[Piece]]], name: str
) -> None:
    for number, (page, found) in enumerate(zip(papers[name].pages, pieces[name], strict=True), start=1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        outside = [each for each in found if not (EDGE < each.x < width - EDGE and 20 < each.y < height - 20)]
        assert not outside, (number, outside[:3])


@pytest.mark.parametrize("name", NAMES)
def test_no_heading_is_stranded(papers: dict[str, PdfReader], pieces: dict[str, list[list[Piece]]], name: str) -> None:
    """The lowest line of a page is none of the headings that the outline of the PDF names."""
    heads = {str(each["/Title"]) for each in flat(papers[name].outline)}
    assert heads or name == "agreement"
    for number, page in enumerate(pieces[name], start=1):
        body = [piece for piece in page if piece.y > FOOT]
        lowest = min(body, key=lambda piece: piece.y)
        assert not (lowest.text in heads and lowest.size > 12), (number, lowest)


def flat(outline: list[Any]) -> Iterator[Any]:
    for each in outline:
        if isinstance(each, list):
            yield from flat(each)
        else:
            yield each


@pytest.fixture(scope="module")
def texts(papers: dict[str, PdfReader]) -> list[str]:
    """The pages of the report."""
    return [page.extract_text() for page in papers["report"].pages]


def test_an_indicator_has_one_page(texts: list[str]) -> None:
    """Of the example every indicator that was judged: its points 1 to 7, its figure and its years."""
    begun = [number for number, text in enumerate(texts) if "SASARAN" in text and "· IKU" in text]
    assert len(begun) == 6
    assert begun == list(range(begun[0], begun[0] + 6))
    for number in begun:
        for point in (
            "1. Target dan realisasi",
            "2. Dibandingkan",
            "3. Terhadap",
            "4. Standar",
            "5. Sebab",
            "6. Efisiensi",
        ):
            assert point in texts[number]
        assert "7. Program" in texts[number]
        assert "Definisi operasional" in texts[number]


def test_the_summary_is_one_page_and_names_what_was_missed(texts: list[str]) -> None:
    cover, summary = (" ".join(text.split()) for text in texts[:2])
    missed = "Cakupan tera/tera ulang UTTP 98,36% dari target 99% (kurang 0,64 poin persen)"
    for text in (cover, summary):
        assert missed in text
        assert "Lima dari enam target 2021 tercapai." in text
    for heading in ("Yang perlu diputuskan", "Yang belum diketahui", "93,55%", "102,67%"):
        assert heading in summary


def test_pdf_is_light(papers: dict[str, PdfReader]) -> None:
    for name in ("report", "agreement"):
        stream = papers[name].stream
        stream.seek(0, 2)
        assert stream.tell() < 420_000, Path(name)
