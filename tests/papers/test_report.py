"""The report: self-contained, complete, the same bytes each time, whole or not at all."""

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from roots import PROJECT

from iku_analysis import DataError, IkuError
from iku_analysis.errors import RunFailed
from iku_analysis.papers import make
from iku_analysis.storage import publish
from iku_analysis.storage.outputs import output_folder, output_name


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Send reports to a folder of the tests."""
    folder = tmp_path_factory.mktemp("outputs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("iku_analysis.storage.outputs.outputs", lambda: folder)
        yield folder


@pytest.fixture(scope="module")
def page(outputs: Path) -> Path:
    return make.make_report(2021, "data/example", report_date="2022-01-31")


@pytest.fixture(scope="module")
def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def test_folder_holds_what_is_promised(page: Path) -> None:
    names = {path.relative_to(page.parent).as_posix() for path in page.parent.rglob("*") if path.is_file()}
    assert {"laporan-kinerja-2021.html", "laporan-kinerja-2021.ipynb", "manifest.json"} <= names
    assert {f"gambar/gambar-{number:02d}.{kind}" for number in range(1, 8) for kind in ("svg", "png")} <= names
    assert {f"tabel/{name}.csv" for name in ("targets", "achievements", "realisations", "trends")} <= names
    assert page.parent.relative_to(page.parents[3]).as_posix() == "example/2021/laporan-kinerja"


def test_page_fetches_nothing(soup: BeautifulSoup) -> None:
    assert not soup.find_all(["link", "iframe", "object", "embed", "base"])
    (script,) = soup.find_all("script")
    assert not script.attrs
    assert not re.search(r"fetch|XMLHttp|import|http", script.get_text())
    for tag in soup.find_all(src=True):
        assert tag["src"].startswith("data:image/png;base64,")
    for tag in soup.find_all(href=True):
        assert tag["href"].startswith("#")
    style = "".join(style.get_text() for style in soup.find_all("style"))
    assert style.count("url(") == style.count("url(data:font/woff2;base64,") == 2
    assert "@import" not in str(soup)


def test_page_is_light(page: Path) -> None:
    assert page.stat().st_size < 400_000


def test_names_in_the_page_are_unique(soup: BeautifulSoup) -> None:
    names = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(set(names)) == len(names)
    known = set(names)
    for tag in soup.find_all(True):
        for value in tag.attrs.values():
            assert set(re.findall(r"url\(#([^)]+)\)", str(value))) <= known
        if tag.name == "use":
            assert tag["xlink:href"].removeprefix("#") in known


def test_every_picture_has_alt_and_number(soup: BeautifulSoup) -> None:
    figures = soup.find_all("figure")
    assert len(figures) == 7
    for number, figure in enumerate(figures, start=1):
        assert len(figure.svg["aria-label"]) > 20
        assert figure.svg.find("text").get_text()  # letters stay letters
        assert not figure.svg.find_all("image")
        assert figure.figcaption.get_text().startswith(f"Gambar {number}. ")
    captions = [caption.get_text() for caption in soup.find_all("caption")]
    assert captions
    assert all(caption.startswith(f"Tabel {number}. ") for number, caption in enumerate(captions, start=1))


def test_no_code_and_no_warning(soup: BeautifulSoup) -> None:
    text = soup.get_text()
    assert "import " not in text
    assert "show(" not in text
    assert not soup.select(".warning")


def test_contents_lead_to_the_sections(soup: BeautifulSoup) -> None:
    links = soup.select("nav a")
    assert len(links) == len(soup.select("main > h2, main > h3, main > .head"))
    for link in links:
        head = soup.find(id=link["href"].removeprefix("#"))
        assert head is not None
        assert (head.h4 or head).get_text() == link.get_text()


def test_the_list_of_all_papers_tells_it(page: Path, outputs: Path) -> None:
    index = BeautifulSoup((outputs / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert [head.get_text() for head in index.select("h2")] == [
        "Contoh: Dinas Koperasi, UKM dan Perdagangan Provinsi DKI Jakarta DATA CONTOH"
    ]
    cells = [" ".join(cell.get_text().split()) for cell in index.select("tbody tr")[0].select("th, td")]
    assert cells[:2] == ["Laporan Kinerja 2021", "2021"]
    assert cells[2].startswith(
        "5 dari 6 tercapai ✓ 1. Koperasi bersertifikat NIK: tercapai ✓ 2. Wirausaha berizin (P4)"
    )
    assert "✗ 6. Cakupan tera/tera ulang UTTP: tidak tercapai" in cells[2]
    assert cells[4] == "31 Januari 2022"
    links = [outputs / str(link["href"]) for link in index.select("tbody tr .formats a")]
    assert [path.suffix for path in links] == [".html", ".pdf", ".docx", ".xlsx"]
    assert all(path.is_file() for path in links)
    missing = [line.partition(": ")[2].split(", ") for line in make.still_open(2021, "data/example", paper="report")]
    assert cells[3].split()[0] == str(sum(map(len, missing)))


def test_example_is_marked_and_dated(soup: BeautifulSoup) -> None:
    assert soup.select_one(".stamp").get_text() == "DATA CONTOH"  # type: ignore[union-attr]
    assert "31 Januari 2022" in soup.get_text()
    assert "Hitungan internal; bukan pernyataan resmi" in soup.get_text()
    assert soup.html is not None
    assert soup.html["lang"] == "id"
    assert soup.title is not None
    assert soup.title.get_text() == "Laporan Kinerja 2021"


def test_numbers_of_the_page_are_those_of_the_tables(page: Path, soup: BeautifulSoup) -> None:
    with (page.parent / "tabel" / "achievements.csv").open(encoding="utf-8") as file:
        rows = {(row["indicator_id"], row["year"]): row for row in csv.DictReader(file)}
    assert rows["ekspor", "2021"]["target"] == "4208117493"
    assert {year for _indicator, year in rows} == {"2018", "2019", "2020", "2021"}  # a report of 2021 knows no more
    assert rows["uttp", "2021"]["realisation"] == "98.36196319018404"
    assert rows["pasar_diawasi", "2018"]["state"] == "not_targeted"
    assert rows["pasar_diawasi", "2018"]["achievement_pct"] == ""
    text = soup.get_text().replace("\xa0", " ")
    assert "98,36%" in text


def test_manifest_is_true(page: Path) -> None:
    manifest = json.loads((page.parent / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"] == {
        "year": 2021,
        "data": "data/example",
        "language": "id",
        "report_date": "2022-01-31",
        "quarter": 4,
    }
    assert manifest["until"] == "2021-12"
    for entry in manifest["inputs"]:
        content = (PROJECT / "data" / "example" / entry["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert {"policy.toml", "decrees/154-2018/decree.txt", "realisations/umkm.xlsx"} <= {
        e["path"] for e in manifest["inputs"]
    }
    made = {entry["path"]: entry["sha256"] for entry in manifest["outputs"]}
    for path in page.parent.rglob("*"):
        if path.is_file() and path.name != "manifest.json":
            assert hashlib.sha256(path.read_bytes()).hexdigest() == made.pop(path.relative_to(page.parent).as_posix())
    assert not made
    assert str(PROJECT) not in json.dumps(manifest)


def test_executed_notebook_is_whole_and_clean(page: Path) -> None:
    notebook = nbformat.read(page.with_suffix(".ipynb"), as_version=4)
    nbformat.validate(notebook)
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
    assert "papermill" not in notebook.metadata


def test_same_inputs_same_bytes(page: Path, outputs: Path) -> None:
    before = {path.name: path.read_bytes() for path in page.parent.rglob("*") if path.is_file()}
    make.make_report(2021, "data/example", report_date="2022-01-31")
    after = {path.name: path.read_bytes() for path in page.parent.rglob("*") if path.is_file()}
    assert sorted(before) == sorted(after)
    assert [name for name in before if before[name] != after[name]] == []


def test_english_report(paper_folder: Callable[..., Path]) -> None:
    folder = paper_folder(2021, "data/example", paper="report", language="en")
    soup = BeautifulSoup((folder / "laporan-kinerja-2021.html").read_text(encoding="utf-8"), "html.parser")
    assert folder.name == "laporan-kinerja-en"
    assert [head.get_text() for head in soup.select("nav h2")] == ["Contents"]
    for note in soup.find_all(string=re.compile("DATA CONTOH|^Contoh")):
        note.replace_with("")  # what people wrote, and names, are quoted as they are
    for word in ("Hasil", "Capaian", "tercapai", "ditargetkan", "sementara", "belum ada", "Gambar", "Tabel"):
        assert word not in soup.get_text()


def test_failed_run_leaves_the_last_report(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = page.read_bytes()

    def stop(path: Path, parameters: dict, output: Path) -> None:
        output.write_text("half")
        raise RunFailed("cell 3: boom")

    monkeypatch.setattr(make, "run_notebook", stop)
    with pytest.raises(RunFailed, match="boom") as caught:
        make.make_report(2021, "data/example", report_date="2022-01-31")
    failed = page.parent.with_name("laporan-kinerja.gagal")
    assert page.read_bytes() == before
    assert (failed / "laporan-kinerja-2021.ipynb").read_text() == "half"
    assert "laporan-kinerja.gagal" in str(caught.value)
    assert not page.parent.with_name("laporan-kinerja.sementara").exists()
    shutil.rmtree(failed)


def test_killed_between_two_renames_recovers(tmp_path: Path) -> None:
    target, old = tmp_path / "2021", tmp_path / "2021.lama"
    old.mkdir()
    (old / "page.html").write_text("last good")
    with pytest.raises(ZeroDivisionError), publish.staged(target):
        raise ZeroDivisionError
    assert (target / "page.html").read_text() == "last good"
    assert not old.exists()


def test_year_outside_the_decree_writes_nothing(outputs: Path) -> None:
    before = sorted(outputs.rglob("*"))
    with pytest.raises(IkuError, match="2018-2022"):
        make.make_report(2030, "data/example")
    assert sorted(outputs.rglob("*")) == before


def test_bad_data_write_nothing(outputs: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(PROJECT / "data" / "example", root)
    (root / "realisations" / "z.csv").write_text("indikator;periode\n", encoding="utf-8")
    before = sorted(outputs.rglob("*"))
    with pytest.raises(DataError):
        make.make_report(2021, str(root))
    assert sorted(outputs.rglob("*")) == before


def test_other_roots_get_folders_of_their_own(tmp_path: Path) -> None:
    one, two = tmp_path / "a" / "data", tmp_path / "b" / "data"
    folders = {output_folder(root) for root in (one, two, PROJECT / "data" / "raw", PROJECT / "data" / "example")}
    assert len(folders) == 4


def test_no_two_roots_have_one_folder() -> None:
    places = ["data/a/b", "data/a-b", "example", "data/example", "data/raw", "raw", "data"]
    assert len({output_name(PROJECT / place) for place in places}) == len(places)
    many = {
        output_name(Path(f"/srv/pemda/{one:03d}/opd-{other:02d}/data")) for one in range(552) for other in range(30)
    }
    assert len(many) == 552 * 30


def test_english_words_stay_out_of_the_indonesian_page(soup: BeautifulSoup) -> None:
    for table in soup.find_all("table"):
        heads = [cell.get_text() for cell in table.select("thead th")]
        for row in table.select("tbody tr:not(:has(.group))"):
            for head, cell in zip(heads, row.find_all("td"), strict=True):
                if head in ("Sumber", "Berkas"):
                    cell.decompose()  # titles and file names are quoted as they are
    for tag in soup(["script", "style"]):
        tag.decompose()
    words = set(re.findall(r"[a-z]+", soup.get_text().lower()))
    assert not words & {"the", "and", "with", "year", "achievement", "figure", "table", "none", "nan", "not", "page"}
