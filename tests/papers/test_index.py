"""The list of all papers: made of manifests alone, whole, in links that lead somewhere, and never in a paper's way."""

import json
import sys
import webbrowser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import fsspec
import pytest
from bs4 import BeautifulSoup, Tag

from iku_analysis.cli.workspace import open_
from iku_analysis.errors import IkuError
from iku_analysis.papers.index import INDEX, make_index, renew_index, write_index
from iku_analysis.papers.standing import papers_in

STATES = {"a": "met", "b": "missed", "c": "no_data", "d": "not_targeted"}


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("iku_analysis.storage.outputs.outputs", lambda: tmp_path)
    return tmp_path


def manifest_of(agency: str = "Dinas A", year: int = 2021, **given: Any) -> dict[str, Any]:
    """Return a manifest as far as the list reads it; `given` are words of `parameters` or `result`, and others."""
    states = given.pop("states", "ab")
    indicators = [
        {"number": number, "label": f"Indikator {number}", "state": STATES[each]}
        for number, each in enumerate(states, start=1)
    ]
    counts = {"targeted": len(states) - states.count("d"), "scored": states.count("a") + states.count("b")}
    result = {"agency": agency, "open": {}, "indicators": indicators, "met": states.count("a")} | counts
    parameters = {"year": year, "data": "data/x", "language": "id", "report_date": "", "quarter": 4}
    return {
        "notebook": {"name": given.pop("notebook", "annual_report.ipynb"), "sha256": "0"},
        "parameters": {name: given.pop(name, usual) for name, usual in parameters.items()},
        "policy": {"illustrative": given.pop("illustrative", False)},
        "outputs": [{"path": each, "sha256": "0"} for each in given.pop("files", ["l.html", "l.pdf", "tabel/t.csv"])],
        "result": {name: given.pop(name, usual) for name, usual in result.items()},
    } | given


def put(folder: Path, manifest: Any) -> None:
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def page_of(folder: Path) -> BeautifulSoup:
    return BeautifulSoup(write_index(folder).read_text(encoding="utf-8"), "html.parser")


def rows_of(table: Tag) -> list[list[str]]:
    """Return the rows of a table as they are seen: without what only a screen reader tells, and what is folded."""
    for hidden in table.select(".words, details ul"):
        hidden.extract()
    return [[" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def test_papers_of_an_agency_are_listed_the_last_year_first(results: Path) -> None:
    put(results / "2020/laporan-kinerja", manifest_of(year=2020, states="abcd", report_date="2021-01-31"))
    put(results / "2021/laporan-kinerja", manifest_of(states="aab", files=["l.html", "l.docx", "l.ipynb"]))
    put(results / "2021/laporan-kinerja-tw2", manifest_of(quarter=2, states="ccc", open={"causes": 2, "budget": 1}))
    plan = manifest_of(notebook="work_plan.ipynb", states="ccc")
    del plan["parameters"]["quarter"]
    put(results / "2021/rencana-kerja", plan)
    put(results / "2019/laporan-kinerja", {**manifest_of(year=2019), "result": None})
    page = page_of(results)
    (table,) = page.select("table")  # no matrix of one agency
    assert [link["href"] for link in table.select(".formats a")][:2] == [
        "2021/laporan-kinerja/l.html",
        "2021/laporan-kinerja/l.docx",
    ]
    folded = [each.get_text().strip() for each in table.select("details li")]
    assert folded[:3] == [
        "✓ 1. Indikator 1: tercapai",
        "✓ 2. Indikator 2: tercapai",
        "✗ 3. Indikator 3: tidak tercapai",
    ]
    assert folded[3:5] == ["Penyebab: 2", "Anggaran: 1"]
    assert rows_of(table) == [
        ["Laporan Kinerja 2021", "2021", "2 dari 3 tercapai", "0", "belum diisi", "HTMLWord"],
        [
            "Laporan Kinerja 2021 sampai Triwulan II",
            "2021",
            "belum satu pun dapat dinilai",
            "3",
            "belum diisi",
            "HTMLPDF",
        ],
        ["Rencana Kerja 2021", "2021", "3 indikator ditargetkan", "0", "belum diisi", "HTMLPDF"],
        ["Laporan Kinerja 2020", "2020", "1 dari 3 tercapai, 1 belum dapat dinilai", "0", "31 Januari 2021", "HTMLPDF"],
        ["Laporan Kinerja 2019", "2019", "", "", "belum diisi", "HTMLPDF"],
    ]


def test_many_agencies_have_a_matrix_of_their_last_results(results: Path) -> None:
    put(results / "b/2021/laporan-kinerja", manifest_of("Dinas B", states="ab", illustrative=True))
    put(results / "a/2020/laporan-kinerja", manifest_of("Dinas A", 2020, states="bb"))
    put(results / "a/2021/evaluasi-kinerja-tw3", manifest_of("Dinas A", quarter=3, states="acd"))
    put(results / "a/2022/rencana-kerja", manifest_of("Dinas A", 2022, notebook="work_plan.ipynb"))
    put(results / "c/2021/rencana-kerja", manifest_of("Dinas C", notebook="work_plan.ipynb"))
    page = page_of(results)
    matrix, *tables = page.select("table")
    assert [head.get_text() for head in page.select("h2")][1:] == ["Dinas A", "Dinas B DATA CONTOH", "Dinas C"]
    assert len(tables) == 3
    links = [link["href"] for link in matrix.select("a")]
    assert [page.select_one(each).get_text() for each in links[::2]] == ["Dinas A", "Dinas B DATA CONTOH", "Dinas C"]  # type: ignore[union-attr]
    assert links[1::2] == [
        "a/2021/evaluasi-kinerja-tw3/l.html",
        "b/2021/laporan-kinerja/l.html",
        "c/2021/rencana-kerja/l.html",
    ]
    told = [each.get_text() for each in matrix.select("td .words")]
    assert told[:3] == ["Indikator 1: tercapai", "Indikator 2: belum ada data", "Indikator 3: tidak ditargetkan"]
    assert all(mark["aria-hidden"] == "true" for mark in matrix.select(".mark > span:not(.words)"))
    assert rows_of(matrix) == [
        [
            "Dinas A",
            "2021 sampai Triwulan III",
            "1 dari 2 tercapai, 1 belum dapat dinilai",
            *("✓", "?", "–"),
            "Perjanjian Kinerja Tahun 2021, Rencana Kerja 2021, Evaluasi Kinerja 2021",
        ],
        [
            "Dinas B DATA CONTOH",
            "2021",
            "1 dari 2 tercapai",
            *("✓", "✗", ""),
            "Perjanjian Kinerja Tahun 2021, Rencana Kerja 2021, Evaluasi Kinerja 2021",
        ],
        [
            "Dinas C",
            "2021",
            "2 indikator ditargetkan",
            *("✓", "✗", ""),
            "Laporan Kinerja 2021, Perjanjian Kinerja Tahun 2021, Evaluasi Kinerja 2021",
        ],
    ]


def test_the_last_result_is_that_of_the_last_quarter_and_of_two_the_report(results: Path) -> None:
    evaluation = {"notebook": "evaluation.ipynb"}
    put(results / "a/2021/laporan-kinerja-tw2", manifest_of(quarter=2))
    put(results / "a/2021/evaluasi-kinerja-tw3", manifest_of(quarter=3, **evaluation))
    put(results / "b/2021/evaluasi-kinerja", manifest_of("Dinas B", **evaluation))
    put(results / "b/2021/laporan-kinerja", manifest_of("Dinas B"))
    links = [link["href"] for link in page_of(results).select("table")[0].select("a")]
    assert links[1::2] == ["a/2021/evaluasi-kinerja-tw3/l.html", "b/2021/laporan-kinerja/l.html"]


def test_papers_that_were_never_made_are_named(results: Path) -> None:
    """From the first to the last year of an agency, a year without any paper too; a quarter's counts as made."""
    put(results / "2019/laporan-kinerja", manifest_of(year=2019))
    put(results / "2021/laporan-kinerja-tw2", manifest_of(quarter=2))
    for notebook, folder in (
        ("performance_agreement", "perjanjian-kinerja"),
        ("work_plan", "rencana-kerja"),
        ("evaluation", "evaluasi-kinerja"),
    ):
        put(results / f"2021/{folder}", manifest_of(notebook=f"{notebook}.ipynb"))
    (lacking,) = page_of(results).select("p.lacking")
    assert lacking.get_text() == (
        "Belum dibuat: Laporan Kinerja 2020, Perjanjian Kinerja Tahun 2020, Rencana Kerja 2020, Evaluasi Kinerja 2020; "
        "Perjanjian Kinerja Tahun 2019, Rencana Kerja 2019, Evaluasi Kinerja 2019"
    )


def test_two_agencies_of_one_name_are_told_apart(results: Path) -> None:
    put(results / "2021/laporan-kinerja", manifest_of("Dinas A", data="data/raw"))
    put(results / "kota/2021/laporan-kinerja", manifest_of("Dinas A"))
    assert [head.get_text() for head in page_of(results).select("h2")][1:] == ["Dinas A (data/raw)", "Dinas A (kota)"]


def test_what_is_no_paper_or_broken_is_left_out(results: Path) -> None:
    put(results / "2021/laporan-kinerja", manifest_of())
    put(results / "2021/laporan-kinerja/sebelumnya", manifest_of())
    put(results / "2021/evaluasi-kinerja.gagal", manifest_of())
    put(results / "notebooks/annual_report", manifest_of())
    broken: list[Any] = [[], {}, manifest_of(year="2021x"), manifest_of(notebook="01_overview.ipynb")]
    broken += [manifest_of(open={"secrets": 1}), manifest_of(quarter=5), manifest_of(report_date="31 Januari")]
    broken += [manifest_of(indicators=[{"number": 1, "label": "x", "state": "won"}]), manifest_of(outputs=7)]
    for number, each in enumerate(broken):
        put(results / f"broken{number}/2021/laporan-kinerja", each)
    (results / "broken0/2021/laporan-kinerja/manifest.json").write_bytes(b'{"\xff')
    page = page_of(results)
    assert [len(table.select("tbody tr")) for table in page.select("table")] == [1]


def test_names_are_text_and_links_lead_to_files(results: Path) -> None:
    root, name = 'x" onclick=alert(1) #50%?', "a&b <i>.html"
    agency = 'Dinas <script>alert(1)</script> & "Rekan" {{ 7 * 7 }}'
    indicators = [{"number": 1, "label": "<img src=x onerror=alert(1)>", "state": "met"}]
    put(results / root / "2021/laporan-kinerja", manifest_of(agency, files=[name], indicators=indicators))
    put(results / "2021/laporan-kinerja", manifest_of("B", files=["javascript:alert(1).html"], indicators=indicators))
    page = page_of(results)
    assert not page.select("img, i, [onclick], [onerror], script script")
    assert len(page.select("script")) == 1
    assert agency in [head.get_text() for head in page.select("h2")]
    links = {str(link["href"]) for link in page.select("a") if not str(link["href"]).startswith("#")}
    assert {unquote(each) for each in links} == {
        f"{root}/2021/laporan-kinerja/{name}",
        "2021/laporan-kinerja/javascript:alert(1).html",
    }
    assert not {each for each in links if set(each) & set('"#? <')}


def test_it_is_in_english_where_all_papers_are(results: Path) -> None:
    put(results / "2021/laporan-kinerja-en", manifest_of(language="en"))
    page = page_of(results)
    assert (page.html["lang"], page.h1.get_text()) == ("en", "Performance papers")  # type: ignore[union-attr, index]
    put(results / "2021/laporan-kinerja", manifest_of())
    page = page_of(results)
    assert page.html["lang"] == "id"  # type: ignore[index]
    assert [row[0] for row in rows_of(page.table)] == ["Laporan Kinerja 2021", "Laporan Kinerja 2021 (bahasa Inggris)"]  # type: ignore[arg-type]


def test_the_same_papers_give_the_same_bytes(results: Path) -> None:
    for name in ("c/2021/x", "a/2020/y", "2021/z", "a/2021/x", "a/2021/y"):
        put(results / name, manifest_of(files=[f"{name[-1]}.html"]))
    papers = papers_in(results)
    assert len(papers) == 5
    assert make_index(papers) == make_index(papers[::-1]) == write_index(results).read_bytes()


def test_without_papers_it_says_so(results: Path) -> None:
    assert "Belum ada naskah." in page_of(results / "empty").get_text()


def test_runs_at_once_list_the_papers_of_all(results: Path) -> None:
    def land(number: int) -> None:
        put(results / f"root{number}/2021/laporan-kinerja", manifest_of(f"Dinas {number}"))
        write_index(results)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(land, range(48)))
    page = BeautifulSoup((results / INDEX).read_text(encoding="utf-8"), "html.parser")
    assert len(page.select("h2")) == 49
    assert sorted(path.name for path in results.iterdir() if path.is_file()) == [INDEX]


def test_a_list_that_cannot_be_written_stops_nothing(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(results / "2021/laporan-kinerja", manifest_of())
    (results / INDEX).mkdir()
    renew_index()
    assert "Daftar naskah tidak diperbarui. " in capsys.readouterr().err
    with pytest.raises(IkuError, match=INDEX):
        write_index(results)
    (results / "file").touch()
    renew_index(str(results / "file"))
    renew_index("nosuch://place")
    assert capsys.readouterr().err.count("Daftar naskah tidak diperbarui. ") == 2


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def test_an_address_has_the_same_list(results: Path, memory: Any) -> None:
    renew_index("memory://papers")
    assert "Belum ada naskah." in memory.cat("/papers/index.html").decode()
    for name in ("2021/laporan-kinerja", "kota/2020/laporan-kinerja"):
        put(results / name, manifest_of(name, int(name.split("/")[-2])))
        memory.pipe(f"/papers/{name}/manifest.json", (results / name / "manifest.json").read_bytes())
    memory.pipe("/papers/2021/laporan-kinerja/sebelumnya/manifest.json", json.dumps(manifest_of("Lama")).encode())
    renew_index("memory://papers")
    assert memory.cat("/papers/index.html") == write_index(results).read_bytes()


@pytest.mark.parametrize("screen", [True, False])
def test_iku_open_makes_it_anew_and_opens_it(
    *, screen: bool, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0" if screen else "")
    put(results / "2021/laporan-kinerja", manifest_of())
    open_()
    assert capsys.readouterr().out.endswith(f"{INDEX}\n")
    assert "Laporan Kinerja 2021" in (results / INDEX).read_text(encoding="utf-8")
    assert opened == ([(results / INDEX).as_uri()] if screen else [])
