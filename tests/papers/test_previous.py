"""A report that replaces another: what is kept of it, what the page tells, and the same bytes the second time."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from roots import PROJECT

from iku_analysis import IkuError, as_of, load_agency
from iku_analysis.analysis.differences import Results, results_of
from iku_analysis.language import current_language, use_language
from iku_analysis.papers import make
from iku_analysis.papers.comparison import compare_folders
from iku_analysis.papers.previous import differences_since, previous_report, read_report, report_files

FILE, FIGURE = "realisations/koperasi_pasar_keluhan.csv", "nik;TW IV 2021;36;"  # 26 + 32 + 32 + 36 = 126, target 120
HEADING = "Yang berubah sejak laporan sebelumnya"
FACTS = {"parameters": {"year": 2021}}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a copy of the example; its reports go to a folder of the tests."""
    folder = tmp_path_factory.mktemp("previous")
    shutil.copytree(PROJECT / "data" / "example", folder / "root")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("iku_analysis.storage.outputs.outputs", lambda: folder / "outputs")
        yield folder / "root"


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def first(root: Path) -> dict[str, bytes]:
    """Return the files of the first report."""
    return files_of(make.make_report(2021, str(root), report_date="2022-01-31").parent)


@pytest.fixture(scope="module")
def page(root: Path, first: dict[str, bytes]) -> Path:
    """Return the page of the second report, after NIK fell from 126 to 96: 80%, missed, rated Tinggi."""
    path = root / FILE
    text = path.read_text(encoding="utf-8")
    assert text.count(FIGURE) == 1
    path.write_text(text.replace(FIGURE, "nik;TW IV 2021;6;"), encoding="utf-8")
    return make.make_report(2021, str(root), report_date="2022-02-28")


def test_a_first_report_has_no_previous(first: dict[str, bytes]) -> None:
    assert not [name for name in first if name.startswith("sebelumnya/")]
    assert HEADING not in first["laporan-kinerja-2021.html"].decode()


def test_the_second_tells_what_moved(page: Path) -> None:
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert [link.get_text() for link in soup.select("nav a")][-1] == HEADING
    (head,) = (each for each in soup.select("main h2") if each.get_text() == HEADING)
    section = [each.get_text().replace("\xa0", " ") for each in head.find_all_next(["p", "li", "td"])]
    assert section[0].startswith("Laporan sebelumnya bertanggal 31 Januari 2022.")
    assert (
        "Koperasi bersertifikat NIK 2021: hasil sekarang tidak tercapai, sebelumnya tercapai; "
        "predikat sekarang Tinggi, sebelumnya Sangat Tinggi."
    ) in section
    start = section.index("realisasi")
    assert section[start : start + 4] == ["realisasi", "126 koperasi", "96 koperasi", "berubah"]
    assert "target sekarang 4 dari 6 yang dapat dinilai, sebelumnya 5 dari 6" in " ".join(section)
    sentences = [text for text in section if text.startswith(("Sebelumnya: ", "Sekarang: "))]
    assert [text.split(" sebesar ")[1][:9] for text in sentences] == ["126 dari ", "96 dari t"]
    captions = [each.get_text() for each in soup.find_all("caption")]
    assert captions[-1] == f"Tabel {len(captions)}. Yang berubah"


def test_the_notebook_holds_it_too(page: Path) -> None:
    notebook = nbformat.read(page.with_suffix(".ipynb"), as_version=4)
    nbformat.validate(notebook)
    *_others, head, table, sentences = notebook.cells
    assert head.outputs[0].data["text/markdown"].startswith(f"## {HEADING}")
    assert table.outputs[0].metadata["caption"] == "Yang berubah"
    assert sentences.outputs[0].data["text/markdown"].startswith("Kalimat yang berubah")
    assert [cell.source for cell in (head, table, sentences)] == ["", "", ""]
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == sorted(set(counts))


def test_what_is_kept_is_what_was_replaced(page: Path, first: dict[str, bytes]) -> None:
    kept = files_of(page.parent / "sebelumnya")
    assert sorted(kept) == ["manifest.json", "tabel/achievements.csv", "tabel/figures.csv", "tabel/trends.csv"]
    assert kept == {name: first[name] for name in kept}
    assert read_report(kept).report_date == "2022-01-31"
    listed = {
        each["path"] for each in json.loads((page.parent / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    }
    assert {f"sebelumnya/{name}" for name in kept} <= listed


def test_the_same_again_gives_the_same_bytes(page: Path, root: Path) -> None:
    before = files_of(page.parent)
    make.make_report(2021, str(root), report_date="2022-02-28")
    assert files_of(page.parent) == before


@pytest.fixture(scope="module")
def now(page: Path, root: Path) -> Results:
    """Return what the changed data come to at the end of 2021."""
    return results_of(as_of(load_agency(root), 2021))


def test_results_read_back_are_those_that_were_computed(page: Path, now: Results) -> None:
    told = read_report(report_files(page.parent))
    assert told.achievements.equals(now.achievements)
    assert told.trends.equals(now.trends)
    assert (told.judging, told.illustrative, told.language) == (now.judging, now.illustrative, now.language)
    assert told.until == now.until == "2021-12"
    assert differences_since(report_files(page.parent), now, 2021) == []  # another date alone moves nothing


def test_two_reports_are_compared_by_their_folders(page: Path) -> None:
    old, new = str(page.parent / "sebelumnya"), str(page.parent)
    changes, text = compare_folders(old, new)
    assert list(changes["what"])[:2] == ["realisation", "achievement_pct"]
    assert list(changes.loc[0, ["old", "new"]]) == [126, 96]
    assert text.startswith(f"Perubahan dari {old} ke {new}: 8\n")
    with pytest.raises(IkuError, match=f"{new}: laporan, data/example: folder data"):
        compare_folders(new, "data/example")


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def test_only_a_repeated_run_carries_over(tmp_path: Path) -> None:
    """Facts equal: what that report kept. Else: that report itself. Neither: nothing."""
    assert previous_report(tmp_path / "none", FACTS) == {}
    own = {"manifest.json": json.dumps(FACTS | {"outputs": []}).encode(), "tabel/trends.csv": b"new"}
    write(tmp_path, own)
    assert previous_report(tmp_path, FACTS) == {}
    write(tmp_path / "sebelumnya", {"tabel/trends.csv": b"old"})
    assert previous_report(tmp_path, FACTS) == {"tabel/trends.csv": b"old"}
    assert previous_report(tmp_path, FACTS | {"formats": ["pdf"]}) == {"tabel/trends.csv": b"old"}
    assert previous_report(tmp_path, FACTS | {"versions": {}}) == own


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{", b"\xff", b"7"])
def test_a_broken_manifest_is_kept_as_it_is(manifest: bytes, tmp_path: Path) -> None:
    write(tmp_path, {"manifest.json": manifest})
    assert previous_report(tmp_path, FACTS) == {"manifest.json": manifest}


def without(key: str, content: bytes) -> bytes:
    manifest = json.loads(content)
    del manifest[key]
    return json.dumps(manifest).encode()


def older(name: str, files: dict[str, bytes], heading: tuple[bytes, bytes]) -> dict[str, bytes]:
    """Return a report whose table has another heading, truly listed in its manifest."""
    content = files[name].replace(*heading, 1)
    manifest = json.loads(files["manifest.json"])
    for each in manifest["outputs"]:
        if each["path"] == name:
            each["sha256"] = hashlib.sha256(content).hexdigest()
    return files | {name: content, "manifest.json": json.dumps(manifest).encode()}


FAULTS = {
    "Berkasnya tidak lengkap: tabel/trends.csv tidak ada.": lambda files: {
        name: content for name, content in files.items() if name != "tabel/trends.csv"
    },
    "Berkasnya tidak lengkap: manifest.json tidak ada.": lambda files: {
        name: content for name, content in files.items() if name != "manifest.json"
    },
    "manifest.json tidak dapat dibaca.": lambda files: files | {"manifest.json": b"{"},
    "manifest.json tidak memuat 'policy'": lambda files: (
        files | {"manifest.json": without("policy", files["manifest.json"])}
    ),
    "tabel/achievements.csv bukan lagi yang ditulis laporan itu": lambda files: (
        files | {"tabel/achievements.csv": files["tabel/achievements.csv"].replace(b",120,", b",121,", 1)}
    ),
    "Tabel trends: kolomnya lain (pace, speed).": lambda files: older("tabel/trends.csv", files, (b"pace", b"speed")),
    "Tabel achievements: isinya bukan yang ditulis program ini.": lambda files: older(
        "tabel/achievements.csv", files, (b",met,", b",reached,")
    ),
    "Bahasanya berbeda: yang lama en, yang baru id.": lambda files: (
        files | {"manifest.json": files["manifest.json"].replace(b'"language": "id"', b'"language": "en"')}
    ),
    "report_date 'kemarin'": lambda files: (
        files | {"manifest.json": files["manifest.json"].replace(b'"2022-01-31"', b'"kemarin"')}
    ),
}


@pytest.mark.parametrize("told", FAULTS)
def test_an_earlier_report_that_cannot_be_compared(
    told: str, first: dict[str, bytes], page: Path, now: Results
) -> None:
    files = FAULTS[told]({name: first[name] for name in report_files(page.parent)})
    (text,) = differences_since(files, now, 2021)
    assert isinstance(text, str)
    assert text.startswith(f"## {HEADING}\n\nTidak dapat dibandingkan dengan laporan sebelumnya. ")
    assert unescape(text.split("sebelumnya. ")[1]).startswith(told)


def test_what_is_no_report_is_told() -> None:
    with pytest.raises(IkuError, match=r"manifest.json tidak ada"):
        read_report({})


def test_a_comparison_is_told_in_the_reports_language_and_keeps_the_callers(page: Path) -> None:
    use_language("en")
    _changes, text = compare_folders(str(page.parent / "sebelumnya"), str(page.parent))
    assert text.startswith("Perubahan dari ")
    assert current_language() == "en"
    use_language("id")
