"""The report as a reader opens it: headless Chromium, no network, phone and desktop width."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Literal

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from servers import CHROMIUM, chromium, found_by_axe

from iku_analysis.papers import make

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: the page was not opened in a browser"
)

# A frame of the wanted width, because headless Chromium's own window has a least width.
FRAME = """<!DOCTYPE html><iframe src="{name}" style="width:{width}px;height:900px;border:0"></iframe>
<script>
addEventListener("load", () => {{
  const inner = document.querySelector("iframe").contentWindow, page = inner.document;
  const root = page.documentElement;
  const outside = [...page.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > {width} + 1
    && !e.closest(".table > div, figure > div")).map(e => e.tagName);
  const cut = [...page.querySelectorAll(".table > div")].filter(e => e.scrollWidth > e.clientWidth + 1).length;
  const drawn = [...page.querySelectorAll("figure svg, figure img")];
  const letters = [...page.querySelectorAll("figure svg text")].map(e =>
    parseFloat(inner.getComputedStyle(e).fontSize) * e.getScreenCTM().a).filter(Boolean);
  // What goes on to a side is shaded there, and what lies over the shade at its end is scrolled with it.
  const unshaded = [...page.querySelectorAll(".table > div, figure > div")].filter(e => e.scrollWidth > e.clientWidth
    && inner.getComputedStyle(e).backgroundAttachment !== "local, local, scroll, scroll").length;
  const widths = drawn.map(e => e.getBoundingClientRect().width);
  const blank = [...page.images].filter(i => !i.complete || i.naturalWidth < 100).length;
  const asked = inner.performance.getEntriesByType("resource").map(r => r.name);
  const fetched = asked.filter(name => !name.startsWith("data:"));
  document.body.setAttribute("data-found", JSON.stringify({{width: inner.innerWidth, scroll: root.scrollWidth,
    outside, cut, blank, fetched, figures: drawn.length, smallest: Math.min(...widths), unshaded,
    letters: Math.min(...letters)}}));
}});
</script>"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("browser")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("iku_analysis.storage.outputs.outputs", lambda: folder)
        return {
            "example": make.make_report(2021, "data/example", formats=("html",)),
            "raw": make.make_report(2022, "data/raw", formats=("html",)),
            "plan": make.make_report(2022, "data/example", paper="plan", formats=("html",)),
            "evaluation": make.make_report(2021, "data/example", paper="evaluation", formats=("html",)),
            "growth": make.make_run("02_export_growth", {}),
            "index": folder / "index.html",
        }


@pytest.mark.parametrize("name", ["example", "raw", "growth", "plan", "evaluation", "index"])
@pytest.mark.parametrize("width", [390, 1280])
def test_page_fits_and_is_whole(pages: dict[str, Path], name: str, width: int, tmp_path: Path) -> None:
    page = pages[name]
    frame = tmp_path / "frame.html"
    shutil.copy(page, tmp_path / page.name)
    frame.write_text(FRAME.format(name=page.name, width=width), encoding="utf-8")
    # The proxy goes nowhere: whatever the page asked of a network would fail, and be seen.
    flags = "--headless --hide-scrollbars --no-sandbox --disable-gpu --disable-quic --no-first-run"
    flags += " --disable-background-networking --disable-component-update --disable-sync"
    flags += " --allow-file-access-from-files --proxy-server=127.0.0.1:9"
    command = [str(CHROMIUM), *flags.split(), f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1400,1000"]
    done = subprocess.run(
        [*command, "--dump-dom", frame.as_uri()], capture_output=True, text=True, check=True, timeout=90
    )
    match = re.search(r'data-found="([^"]*)"', done.stdout)
    assert match is not None, done.stdout[:500] + done.stderr[-500:]
    found = json.loads(match[1].replace("&quot;", '"'))
    assert found["width"] == width
    assert found["scroll"] == width, "the page scrolls sideways"
    assert found["cut"] == 0 or width == 390, "a table scrolls sideways on a desktop"
    assert found["outside"] == []
    assert found["figures"] >= {"plan": 1, "raw": 0, "index": 0}.get(name, 2)  # that of the real data is a letter
    assert found["unshaded"] == 0
    assert found["blank"] == 0
    assert found["fetched"] == []
    assert not found["figures"] or found["smallest"] > 0.75 * min(width - 32, 450)
    assert not found["figures"] or found["letters"] >= 8, "letters of a figure are too small to read"


@pytest.mark.parametrize("name", ["example", "plan", "evaluation"])
def test_nothing_is_cut_off_on_paper(pages: dict[str, Path], name: str, tmp_path: Path) -> None:
    """What a browser prints holds every cell of every table within the sheet, and the mark on each page."""
    printed = tmp_path / "printed.pdf"
    flags = "--headless --no-sandbox --disable-gpu --no-first-run --no-pdf-header-footer --proxy-server=127.0.0.1:9"
    command = [str(CHROMIUM), *flags.split(), f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}"]
    subprocess.run([*command, pages[name].as_uri()], capture_output=True, check=True, timeout=90)
    sheets = PdfReader(printed).pages
    assert all("DATA CONTOH" in sheet.extract_text() for sheet in sheets)
    shown = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in sheets))
    soup = BeautifulSoup(pages[name].read_text(encoding="utf-8"), "html.parser")
    words = {word for cell in soup.select("th, td") for word in cell.get_text().split() if len(word) < 30}
    assert not {word for word in words if word not in shown}


def test_a_figure_tells_its_marks(pages: dict[str, Path]) -> None:
    """At the mouse the nearest, also where a number lies over it; at the keyboard one stop a figure, then arrows."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 900})
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


def test_the_list_of_papers_is_sorted_by_its_headings(pages: dict[str, Path]) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 900})
        page.goto(pages["index"].as_uri())
        (matrix, *_tables) = page.locator("table").all()
        heading = matrix.get_by_role("button", name="Sampai")
        seen = []
        for _click in range(2):
            heading.click()
            seen.append(
                (
                    matrix.locator("th[aria-sort]").get_attribute("aria-sort"),
                    matrix.locator("td:nth-child(2)").all_inner_texts(),
                )
            )
        assert seen == [("ascending", ["2021", "2022"]), ("descending", ["2022", "2021"])]
        page.get_by_text("5 dari 6 tercapai").and_(page.locator("summary")).first.click()
        assert page.get_by_text("6. Cakupan tera/tera ulang UTTP").first.is_visible()
        matrix.get_by_role("link", name="5 dari 6 tercapai").click()
        assert page.title() == "Laporan Kinerja 2021"


def test_axe_finds_nothing(pages: dict[str, Path]) -> None:
    looks: list[tuple[Literal["light", "dark"], int]] = [("light", 390), ("light", 768), ("light", 1280), ("dark", 390)]
    with chromium() as browser:
        for scheme, width in looks:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for name, path in pages.items():
                page.goto(path.as_uri())
                assert found_by_axe(page) == [], (name, scheme, width)
            page.close()
