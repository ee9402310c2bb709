"""The report as a reader opens it: headless Chromium, no network, phone and desktop width."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from pypdf import PdfReader
from servers import CHROMIUM, chromium, found_by_axe, open_page

from iku_analysis.papers.index import write_index
from iku_analysis.papers.make import make_run

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: the page was not opened in a browser"
)

LOOK = """width => {
  const page = document, root = page.documentElement;
  const outside = [...page.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1
    && !e.closest(".table > div, figure > div")).map(e => e.tagName);
  const cut = [...page.querySelectorAll(".table > div")].filter(e => e.scrollWidth > e.clientWidth + 1).length;
  const drawn = [...page.querySelectorAll("figure svg, figure img")];
  const letters = [...page.querySelectorAll("figure svg text")].map(e =>
    parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a).filter(Boolean);
  // What goes on to a side is shaded there, and what lies over the shade at its end is scrolled with it.
  const unshaded = [...page.querySelectorAll(".table > div, figure > div")].filter(e => e.scrollWidth > e.clientWidth
    && getComputedStyle(e).backgroundAttachment !== "local, local, scroll, scroll").length;
  const widths = drawn.map(e => e.getBoundingClientRect().width);
  const blank = [...page.images].filter(i => !i.complete || i.naturalWidth < 100).length;
  const asked = performance.getEntriesByType("resource").map(r => r.name);
  const fetched = asked.filter(name => !name.startsWith("data:"));
  return {width: innerWidth, scroll: root.scrollWidth, outside, cut, blank, fetched, figures: drawn.length,
    smallest: Math.min(...widths), unshaded, letters: Math.min(...letters)};
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, paper_folder: Callable[..., Path]) -> dict[str, Path]:
    outputs = tmp_path_factory.mktemp("browser")
    folders = {
        "example": paper_folder(2021, "data/example", paper="report"),
        "raw": paper_folder(2022, "data/raw", paper="report"),
        "plan": paper_folder(2021, "data/example", paper="plan"),
        "evaluation": paper_folder(2021, "data/example", paper="evaluation"),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("iku_analysis.storage.outputs.outputs", lambda: outputs)
        growth = make_run("02_export_growth", {})
    listed = tmp_path_factory.mktemp("listed")  # the papers here alone: others make more of them
    for folder in folders.values():
        shutil.copytree(folder, listed.joinpath(*folder.parts[-3:]))
    papers = {name: next(folder.glob("*.html")) for name, folder in folders.items()}
    return papers | {"growth": growth, "index": write_index(listed)}


@pytest.fixture(scope="module")
def browser(pages: dict[str, Path]) -> Iterator[Browser]:
    """One Chromium for all pages, which are made before it starts."""
    with chromium() as started:
        yield started


@pytest.mark.parametrize("name", ["example", "raw", "growth", "plan", "evaluation", "index"])
@pytest.mark.parametrize("width", [390, 1280])
def test_page_fits_and_is_whole(browser: Browser, pages: dict[str, Path], name: str, width: int) -> None:
    page, asked = open_page(browser, width)
    page.goto(pages[name].as_uri())
    found = page.evaluate(LOOK, width)
    page.close()
    assert found["width"] == width
    assert found["scroll"] == width, "the page scrolls sideways"
    assert found["cut"] == 0 or width == 390, "a table scrolls sideways on a desktop"
    assert found["outside"] == []
    assert found["figures"] >= {"plan": 1, "raw": 0, "index": 0}.get(name, 2)  # that of the real data is a letter
    assert found["unshaded"] == 0
    assert found["blank"] == 0
    assert found["fetched"] == asked == []
    assert not found["figures"] or found["smallest"] > 0.75 * min(width - 32, 450)
    assert not found["figures"] or found["letters"] >= 8, "letters of a figure are too small to read"


@pytest.mark.parametrize("name", ["example", "plan", "evaluation"])
def test_nothing_is_cut_off_on_paper(browser: Browser, pages: dict[str, Path], name: str) -> None:
    """What a browser prints holds every cell of every table, and the mark on each page: no page of a few lines."""
    page, _asked = open_page(browser)
    page.goto(pages[name].as_uri())
    sheets = PdfReader(io.BytesIO(page.pdf())).pages
    page.close()
    assert all("DATA CONTOH" in sheet.extract_text() for sheet in sheets)
    assert all(len(sheet.extract_text().split()) > 60 for sheet in sheets[1:-1])
    shown = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in sheets))
    soup = BeautifulSoup(pages[name].read_text(encoding="utf-8"), "html.parser")
    words = {word for cell in soup.select("th, td") for word in cell.get_text().split() if len(word) < 30}
    assert not {word for word in words if word not in shown}


def test_a_figure_tells_its_marks(browser: Browser, pages: dict[str, Path]) -> None:
    """At the mouse the nearest, also where a number lies over it; at the keyboard one stop a figure, then arrows."""
    page, _asked = open_page(browser, 390)
    page.goto(pages["example"].as_uri())
    grid, tip = page.locator("#gambar-1"), page.locator(".tip")
    grid.get_by_text("101,7%").hover()
    assert tip.inner_text() == "Koperasi bersertifikat NIK, 2019: 122, target 120, tercapai"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("heading", level=1).hover()
    assert not tip.is_visible()
    grid.locator("> div").focus()
    reached = []
    for key in ("Tab", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        reached.append(tip.inner_text().removeprefix("Koperasi bersertifikat NIK, ")[:4])
    assert reached == ["2018", "2019", "2020", "2019"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Unduh PNG"
    assert not tip.is_visible()
    page.close()


def test_the_list_of_papers_is_sorted_by_its_headings(browser: Browser, pages: dict[str, Path]) -> None:
    page, _asked = open_page(browser, 390)
    page.goto(pages["index"].as_uri())
    (matrix, *_tables) = page.locator("table").all()
    heading = matrix.get_by_role("button", name="Sampai")
    seen = []
    for _click in range(2):
        heading.click()
        sorted_by = matrix.locator("th[aria-sort]").get_attribute("aria-sort")
        seen.append((sorted_by, matrix.locator("td:nth-child(2)").all_inner_texts()))
    assert seen == [("ascending", ["2021", "2022"]), ("descending", ["2022", "2021"])]
    page.get_by_text("5 dari 6 tercapai").and_(page.locator("summary")).first.click()
    assert page.get_by_text("6. Cakupan tera/tera ulang UTTP").first.is_visible()
    matrix.get_by_role("link", name="5 dari 6 tercapai").click()
    assert page.title() == "Laporan Kinerja 2021"
    page.close()


def test_axe_finds_nothing(browser: Browser, pages: dict[str, Path]) -> None:
    looks: list[tuple[Literal["light", "dark"], int]] = [("light", 390), ("light", 768), ("light", 1280), ("dark", 390)]
    for scheme, width in looks:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        for name, path in pages.items():
            page.goto(path.as_uri())
            assert found_by_axe(page) == [], (name, scheme, width)
        page.close()
