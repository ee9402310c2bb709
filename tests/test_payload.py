"""Text of people is data: a payload in every text of every input stays letters in every output, pages included.

The notebooks are run in this process, without a kernel, and shown as pages by nbconvert.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString
from nbconvert import HTMLExporter
from openpyxl import load_workbook
from payload import LIVE, make_live_root
from pypdf import PdfReader
from roots import PROJECT
from servers import CHROMIUM, chromium, open_page

import iku_analysis as iku
from iku_analysis import cli
from iku_analysis.agency.load import Agency
from iku_analysis.documents.document import read_blocks
from iku_analysis.explorer.page import Explorer
from iku_analysis.papers.make import document, render

NOTEBOOKS = sorted(path.stem for path in (PROJECT / "notebooks").glob("*.ipynb") if path.stem != "05_explorer")
PAPERS = ("annual_report", "evaluation", "performance_agreement", "work_plan")
GIVEN = {"year": 2021, "through": 12, "language": "id", "report_date": "2022-01-31"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_live_root(tmp_path_factory.mktemp("payload") / "{x} $y$ <b>")


@pytest.fixture(scope="module")
def live(root: Path) -> Agency:
    return iku.load_agency(root)


@pytest.fixture(scope="module")
def notebooks(root: Path) -> dict[str, nbformat.NotebookNode]:
    """Return every notebook with what its cells show."""
    with pytest.MonkeyPatch.context() as patch:
        return {name: run(PROJECT / "notebooks" / f"{name}.ipynb", root, patch) for name in NOTEBOOKS}


def run(path: Path, root: Path, patch: pytest.MonkeyPatch) -> nbformat.NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        shown: list[nbformat.NotebookNode] = []

        def keep(content: dict, *, raw: bool, metadata: dict, to: list = shown) -> None:
            assert raw
            to.append(nbformat.v4.new_output("display_data", data=content, metadata=metadata))

        patch.setattr("IPython.display.display", keep)
        exec(cell.source, names)  # noqa: S102 - our own notebooks
        cell.outputs = shown
        if "parameters" in cell.metadata.get("tags", []):
            names |= {name: value for name, value in GIVEN.items() if name in names} | {"data": str(root)}
    return notebook


@pytest.fixture(scope="module")
def pages(notebooks: dict[str, nbformat.NotebookNode], live: Agency) -> dict[str, str]:
    """Return every page that a browser may show."""
    exporter = HTMLExporter(template_name="lab")
    made = {name: exporter.from_notebook_node(each)[0] for name, each in notebooks.items()}
    papers = {name: document(read_blocks(notebooks[name]), live, GIVEN) for name in PAPERS}
    made |= {f"{name} as paper": render(paper, ("html",), live)["html"].decode() for name, paper in papers.items()}
    return made | {"explorer": "".join(explorer_parts(live))}


def explorer_parts(agency: Agency) -> Iterator[str]:
    explorer = Explorer(agency, 2021)
    for beside in ("", "wilayah", f"wilayah:{agency.policy.areas[1]}"):
        explorer.choose(indicator_id="umkm", area=agency.policy.areas[0], beside=beside)
        yield from (part.value for part in explorer.parts.values())
    yield explorer._controls().children[0].value  # type: ignore[attr-defined]


def test_the_payload_is_everywhere(live: Agency) -> None:
    """In each text of each frame, and in what is said of them."""
    frames = [
        live.indicators,
        live.breaks,
        live.realisations,
        live.context,
        live.verifications,
        live.budget,
        live.notes,
    ]
    texts = {"indicator", "label", "objective", "definition", "holder", "source", "series", "programme", "area", "text"}
    for frame in frames:
        for name in (texts | {"breakdown", "note", "unit"}) & set(frame):
            written = {text.replace("**", "") for text in frame[name] if text} - {
                "Persen"
            }  # a decree is read without **
            assert all(LIVE.replace("**", "") in text for text in written), name
    assert LIVE in live.policy.agency
    assert all(LIVE in each.label for each in live.policy.rating)
    achievements = iku.compute_achievements(live)
    assert achievements["reason"].str.contains(LIVE, regex=False).any()
    assert iku.budget.by_programme(live, 2021)["reason"].str.contains(LIVE, regex=False).any()


@pytest.mark.parametrize("name", [*NOTEBOOKS, *(f"{name} as paper" for name in PAPERS), "explorer"])
def test_no_page_holds_anything_live(pages: dict[str, str], name: str) -> None:
    soup = BeautifulSoup(pages[name], "html.parser")
    squeezed = re.sub(r"\s", "", soup.get_text())
    assert re.sub(r"\s", "", LIVE) in squeezed or "gallery" in name  # those hold figures alone
    assert not [tag for tag in soup.find_all("script") if "LIVE" in tag.get_text()]
    assert all(tag["src"].startswith("data:") for tag in soup.find_all("img"))
    assert not [tag for tag in soup.find_all(src=True) if "live.invalid" in tag["src"][:99]]
    addresses = [tag["href"] for tag in soup.find_all(href=True) if not tag["href"].startswith("data:")]
    assert not [address for address in addresses if "live" in address.casefold()]
    assert not [tag for tag in soup.find_all(True) if any(word.startswith("on") for word in tag.attrs)]
    for text in soup.find_all(string=re.compile(r"\$x\$|\\\(y\\\)")):
        if text.find_parent(["pre", "code", "style", "script", "title"]) is None and " as paper" not in name:
            assert ignored(text), str(text)


def ignored(text: NavigableString) -> bool:
    """Tell whether MathJax leaves a text alone."""
    classes = [set(tag.get("class") or ()) for tag in text.parents]
    return any({"tex2jax_ignore", "mathjax_ignore"} <= each for each in classes)


@pytest.mark.parametrize("name", PAPERS)
def test_no_file_holds_anything_live(notebooks: dict[str, nbformat.NotebookNode], live: Agency, name: str) -> None:
    made = render(document(read_blocks(notebooks[name]), live, GIVEN), ("docx", "xlsx", "pdf"), live)
    for kind in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(made[kind])) as archive:
            parts = {
                each: archive.read(each).decode() for each in archive.namelist() if each.endswith((".xml", ".rels"))
            }
        assert not [each for each, text in parts.items() if 'TargetMode="External"' in text or "<f>" in text]
        assert "&lt;script&gt;" in "".join(parts.values())
        assert "<script" not in "".join(parts.values())
    texts = [
        cell.value for sheet in load_workbook(io.BytesIO(made["xlsx"])) for row in sheet.iter_rows() for cell in row
    ]
    assert any(LIVE in str(text) for text in texts)
    for page in PdfReader(io.BytesIO(made["pdf"])).pages:
        actions = [each.get_object().get("/A", {}) for each in page.get("/Annots", [])]
        assert not [action for action in actions if "/URI" in action or action.get("/S") == "/JavaScript"]


@pytest.mark.parametrize("words", [["check"], ["achievements", "2021"], ["decrees"], ["targets"]])
def test_the_terminal_shows_letters(
    root: Path, words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["iku", *words, "--data", str(root)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code
    out = capsys.readouterr().out
    assert out.isprintable() or not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", out)


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: no page was opened in a browser")
def test_a_browser_runs_and_fetches_nothing(pages: dict[str, str]) -> None:
    with chromium() as browser:
        for name, text in pages.items():
            page, outside = open_page(browser)
            page.set_content(text, wait_until="load")
            assert not [address for address in outside if "live" in address], name
            assert page.title() != "LIVE", name
            links = "[...document.links].filter(a => a.protocol !== 'data:' && /live/i.test(a.href))"
            assert page.evaluate(f"{links}.length") == 0, name
            page.close()
