"""The explorer as a planner uses it, in Chromium, served by Voila and by JupyterLab: nothing comes from outside."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from servers import CHROMIUM, PROJECT, chromium, open_page, served

from iku_analysis import load_agency
from iku_analysis.agency.load import Agency
from iku_analysis.storage.outputs import output_folder, output_name
from iku_analysis.storage.workspace import MARK

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: the explorer was not opened in a browser"
)

NOTEBOOK = PROJECT / "notebooks" / "05_explorer.ipynb"
SECONDS = 60_000  # how long a slow machine may take, in milliseconds
AREA = "Jakarta Barat"


@pytest.fixture(scope="module")
def agency() -> Iterator[Agency]:
    """Give the example agency in a place of its own, so that what is saved in `outputs/` can be told apart."""
    folder = Path(tempfile.mkdtemp(prefix="iku-data-"))
    root = shutil.copytree(PROJECT / "data" / "example", folder / "contoh")
    saved = output_folder(root.resolve())
    try:
        yield load_agency(root)
    finally:
        shutil.rmtree(folder)
        shutil.rmtree(saved, ignore_errors=True)


def select(page: Page, control: int, label: str) -> None:
    page.locator(".iku-controls select").nth(control).select_option(label=label)


def choose_and_save(page: Page, agency: Agency, home: Path = PROJECT) -> None:
    """Change the choice, see all parts follow, save, and open what was written."""
    image = page.locator(".iku-figure img")
    image.wait_for(timeout=SECONDS)
    before = {part: page.locator(f".iku-{part}").inner_html() for part in ("figure", "sentence", "table", "rows")}
    assert str(image.get_attribute("alt")).startswith("Koperasi bersertifikat NIK 2021")
    assert page.get_by_text("DATA CONTOH: semua realisasinya rekaan").is_visible()
    select(page, 0, "6. Cakupan tera/tera ulang UTTP")
    expect(image).to_have_attribute("alt", re.compile("^Cakupan tera/tera ulang UTTP 2021"), timeout=SECONDS)
    select(page, 1, AREA)
    expect(image).to_have_attribute("alt", re.compile(f"^Cakupan tera/tera ulang UTTP, {AREA} 2021"), timeout=SECONDS)
    expect(page.locator(".iku-rows tbody tr")).to_have_count(16, timeout=SECONDS)
    assert all(page.locator(f".iku-{part}").inner_html() != html for part, html in before.items())
    assert image.evaluate("image => image.complete && image.naturalWidth > 600")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Tersimpan di ").wait_for(timeout=SECONDS)
    (folder,) = (home / "outputs" / output_name(agency.root) / "jelajah").iterdir()
    assert folder.name == "data-contoh-uttp-2018-2021-jakarta-barat"
    assert str(folder) in page.get_by_text("Tersimpan di ").inner_text()
    years = pd.read_csv(folder / f"{folder.name}.csv")
    figures = agency.figures
    own = figures[(figures["indicator_id"] == "uttp") & (figures["area"] == AREA) & (figures["grain"] == "year")]
    assert years["realisation"].tolist() == own[own["year"] <= 2021].sort_values("year")["value"].tolist()
    with Image.open(folder / f"{folder.name}.png") as picture:
        assert picture.size == tuple(image.evaluate("image => [image.naturalWidth, image.naturalHeight]"))
    shutil.rmtree(folder)


def test_voila(agency: Agency) -> None:
    with served("explorer", "/", DATA=str(agency.root)) as address, chromium() as browser:
        page, outside = open_page(browser)
        page.goto(address, timeout=SECONDS)
        choose_and_save(page, agency)
        assert "iku_analysis" not in page.content()
        assert page.locator(".jp-CodeCell .jp-InputArea").count() == 0
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate("""() => [...document.querySelectorAll("#rendered_cells, #rendered_cells *")]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".table")
                  || e.id === "rendered_cells" && e.scrollWidth > innerWidth).map(e => e.outerHTML.slice(0, 80))""")
            assert found == [], f"sideways at {width}"
        select(page, 0, "7. Ekspor UKM")  # on the phone's width
        select(page, 1, "seluruh provinsi")
        expect(page.locator(".iku-figure img")).to_have_attribute(
            "alt", re.compile("^Ekspor UKM 2021"), timeout=SECONDS
        )
        assert outside == []


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
            choose_and_save(page, agency, folder)
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
