"""The explorer as a planner uses it, in Chromium, served by Voila and by JupyterLab: nothing comes from outside."""

import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from servers import CHROMIUM, PROJECT, chromium, found_by_axe, open_page, served

from iku_analysis import load_agency
from iku_analysis.agency.load import Agency
from iku_analysis.indonesian import format_amount
from iku_analysis.storage.outputs import output_folder
from iku_analysis.storage.workspace import MARK

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: the explorer was not opened in a browser"
)

NOTEBOOK = PROJECT / "notebooks" / "05_explorer.ipynb"
SECONDS = 60_000  # how long a slow machine may take, in milliseconds
AREA = "Jakarta Barat"


@pytest.fixture(scope="module")
def agency() -> Iterator[Agency]:
    """Give the example agency in a place of its own."""
    folder = Path(tempfile.mkdtemp(prefix="iku-data-"))
    root = shutil.copytree(PROJECT / "data" / "example", folder / "contoh")
    made = output_folder(root.resolve())
    try:
        yield load_agency(root)
    finally:
        shutil.rmtree(folder)
        shutil.rmtree(made, ignore_errors=True)


def select(page: Page, control: str, label: str) -> None:
    """Choose by the names that a screen reader tells."""
    page.get_by_role("combobox", name=control, exact=True).select_option(label=label)


def download(page: Page, words: str) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.get_by_role("link", name=words).click()
    return started.value.suggested_filename, started.value.path().read_bytes()


def choose_and_download(page: Page, agency: Agency) -> None:
    """Change the choice, see all parts follow, and open what is downloaded."""
    drawing = page.locator(".iku-figure svg")
    drawing.wait_for(timeout=SECONDS)
    before = {part: page.locator(f".iku-{part}").inner_html() for part in ("figure", "sentence", "table", "rows")}
    assert str(drawing.get_attribute("aria-label")).startswith("Koperasi bersertifikat NIK 2021")
    assert page.get_by_text("DATA CONTOH: semua realisasinya rekaan").is_visible()
    assert page.get_by_role("combobox", name="Wilayah").count() == 0, "cooperatives are not told by area"
    select(page, "Indikator", "6. Cakupan tera/tera ulang UTTP")
    label = "aria-label"
    expect(drawing).to_have_attribute(label, re.compile("^Cakupan tera/tera ulang UTTP 2021"), timeout=SECONDS)
    select(page, "Wilayah", AREA)
    expect(drawing).to_have_attribute(label, re.compile(f"^Cakupan tera/tera ulang UTTP, {AREA} 2021"), timeout=SECONDS)
    expect(page.locator(".iku-rows tbody tr")).to_have_count(16, timeout=SECONDS)
    assert all(page.locator(f".iku-{part}").inner_html() != html for part, html in before.items())
    name, content = download(page, "Unduh angka (CSV)")
    assert name == "data-contoh-uttp-2018-2021-jakarta-barat.csv"
    years = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")
    figures = agency.figures
    own = figures[(figures["indicator_id"] == "uttp") & (figures["area"] == AREA) & (figures["grain"] == "year")]
    values = own[own["year"] <= 2021].sort_values("year")["value"].tolist()
    assert years["Realisasi"].tolist() == values
    told = page.locator(".iku-figure circle title").all_text_contents()
    assert told[:4] == [f"{2018 + place}: {format_amount(value, 'Persen')}" for place, value in enumerate(values)]
    name, content = download(page, "Unduh gambar (PNG)")
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, Path(name).suffix) == ("PNG", ".png")


def test_voila(agency: Agency) -> None:
    with served("explorer", "/", DATA=str(agency.root)) as address, chromium() as browser:
        page, outside = open_page(browser)
        page.goto(address, timeout=SECONDS)
        choose_and_download(page, agency)
        assert "iku_analysis" not in page.content()
        assert page.locator(".jp-CodeCell .jp-InputArea").count() == 0
        assert page.evaluate("document.documentElement.lang") == "id"
        assert page.title() == "Jelajah indikator"
        for width in (1280, 768, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate("""() => [...document.querySelectorAll("#rendered_cells, #rendered_cells *")]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".table, .drawing")
                  || e.id === "rendered_cells" && e.scrollWidth > innerWidth).map(e => e.outerHTML.slice(0, 80))""")
            assert found == [], f"sideways at {width}"
            assert found_by_axe(page) == [], width
        select(page, "Periode", "triwulan")  # on the phone's width
        select(page, "Bandingkan", "semua wilayah, berdampingan")
        expect(page.locator(".iku-figure figcaption")).to_have_text(re.compile("6 deret"), timeout=SECONDS)
        see_address(page, address)
        assert outside == []


def see_address(page: Page, address: str) -> None:
    """The address holds the view: another page that is given it, or the one that is copied, shows the same."""
    label = str(page.locator(".iku-figure svg").get_attribute("aria-label"))
    query = "?indikator=uttp&dari=2018&sampai=2021&periode=triwulan&wilayah=Jakarta+Barat&banding=wilayah"
    expect(page).to_have_url(address + query, timeout=SECONDS)
    assert str(page.get_by_role("link", name="Tautan ke tampilan ini").get_attribute("href")) == query
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Salin tautan").click()
    expect(page.locator(".iku-link [role=status]")).to_have_text("Tautan tersalin.", timeout=SECONDS)
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto(copied + "&wilayah=<b>x</b>", timeout=SECONDS)
    expect(page.locator(".iku-message")).to_have_text(re.compile('Wilayah: "<b>x</b>" tidak ada'), timeout=SECONDS)
    page.goto(copied, timeout=SECONDS)
    expect(page.locator(".iku-figure svg")).to_have_attribute("aria-label", label, timeout=SECONDS)
    expect(page.get_by_role("combobox", name="Wilayah")).to_have_value(AREA)
    assert page.locator(".iku-message").inner_text() == ""


def test_controls_are_reached_in_the_order_in_which_they_stand(agency: Agency) -> None:
    """With the keyboard alone, each with a name, and seen where the focus is."""
    query = "?indikator=uttp&wilayah=Jakarta+Barat"
    options = "--no-browser --lang en"
    with served("explorer", "/", DATA=str(agency.root), OPTIONS=options) as address, chromium() as browser:
        page, _outside = open_page(browser)
        page.goto(address + query, timeout=SECONDS)
        page.locator(".iku-figure svg").wait_for(timeout=SECONDS)
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.title() == "Explore an indicator"
        page.get_by_role("combobox", name="Indicator").focus()
        reached = []
        for _press in range(12):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate("""() => {
                    const e = document.activeElement;
                    const seen = getComputedStyle(e).outlineStyle !== "none";
                    return [e.labels?.[0]?.textContent || e.getAttribute("aria-label") || e.textContent, seen];
                }""")
            )
        names = [name for name, _seen in reached]
        wanted = ["Period", "From year", "To year", "Area", "Compare", "Link to this view", "Copy link"]
        assert names[: len(wanted)] == wanted
        assert [name for name in names if name.startswith("Download")] == [
            "Download figure (PNG)",
            "Download figure (SVG)",
            "Download numbers (CSV)",
            "Download source rows (CSV)",
        ]
        assert all(seen for _name, seen in reached[: len(wanted) + 4]), reached


def test_jupyterlab(agency: Agency) -> None:
    stored = NOTEBOOK.read_bytes()
    folder = Path(tempfile.mkdtemp(prefix="iku-lab-"))
    text = stored.decode().replace('\\"data/example\\"', f'\\"{agency.root}\\"')
    (folder / NOTEBOOK.name).write_text(text, encoding="utf-8")
    (folder / MARK).touch()
    options = "--IdentityProvider.token=uji --allow-root"
    try:
        with (
            served("lab", f"/lab/tree/{NOTEBOOK.name}?token=uji", home=folder, OPTIONS=options) as address,
            chromium() as browser,
        ):
            page, outside = open_page(browser)
            page.goto(address, timeout=SECONDS)
            page.locator(".jp-OutputArea img").first.wait_for(timeout=SECONDS)  # stored, before anything is run
            # What is run before the kernel answers is lost: JupyterLab empties the outputs and shows no new ones.
            page.get_by_text("| Idle").wait_for(timeout=SECONDS)
            page.locator(".lm-MenuBar-item", has_text="Run").click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            choose_and_download(page, agency)
            cells = page.locator(".jp-CodeCell .jp-Cell-inputWrapper")
            assert cells.count() == 2
            assert "".join(cells.all_inner_texts()).strip() == "", "code is visible"
            assert outside == []
    finally:
        shutil.rmtree(folder)
    assert NOTEBOOK.read_bytes() == stored


@pytest.mark.parametrize("target", ["explorer", "lab"])
def test_server_listens_to_this_machine_only_and_ends(target: str) -> None:
    with served(target, "/", OPTIONS="--allow-root" if target == "lab" else "") as address:
        port = int(address.split(":")[2].strip("/"))
        listening = "".join(Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6"))
        places = re.findall(rf": ([0-9A-F]+):{port:04X} \S+ 0A ", listening)
        assert places == ["0100007F"]
