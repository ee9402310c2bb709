"""Tables beside each other, below each other and over pages: each figure has its own area, year and part of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from office_files import typst_table, write_pdf
from readings import figures, read, refused
from roots import AREAS
from test_found import write_word

Text = Callable[..., Path]
Book = Callable[..., Path]
EAST, WEST, SEA = AREAS


def found(path: Path, root: Path) -> dict[tuple[str, ...], str]:
    """Return the figures of a file of which nothing is asked or refused."""
    plan = read(path, root)
    assert not plan.problems
    assert not plan.is_open
    return {key: value.split()[0] for key, value in figures(plan).items()}


@pytest.mark.parametrize("gap", [";", ";;"])
def test_areas_in_another_order_beside_each_other(root: Path, text: Text, gap: str) -> None:
    lines = (f"Wilayah;2021{gap}Wilayah;2022", f"{EAST};5{gap}{WEST};7", f"{WEST};6{gap}{EAST};8")
    assert found(text("Indikator usaha\n" + "\n".join(lines) + "\n"), root) == {
        ("usaha", "2021", EAST): "5",
        ("usaha", "2021", WEST): "6",
        ("usaha", "2022", WEST): "7",
        ("usaha", "2022", EAST): "8",
    }


@pytest.mark.parametrize(
    "content",
    [
        "Realisasi 2021;;;Realisasi 2022;\nIndikator;Realisasi;;Indikator;Realisasi\nkoperasi;5;;koperasi;6\n",
        "No;Indikator;2021;No;Indikator;2022\n1;koperasi;5;1;koperasi;6\n",
        "Indikator koperasi;;;Indikator usaha;\nTahun;Realisasi;;Tahun;Realisasi\n2021;5;;2022;6\n",
    ],
)
def test_tables_beside_each_other_have_their_own_title(root: Path, text: Text, content: str) -> None:
    values = {key[1]: value for key, value in found(text(content), root).items()}
    assert values == {"2021": "5", "2022": "6"}


def test_one_table_may_number_its_areas_and_its_indicators(root: Path, text: Text) -> None:
    content = f"Indikator 2022\nNo;Wilayah;No;Indikator;Realisasi\n1;{EAST};1;usaha;5\n"
    assert found(text(content), root) == {("usaha", "2022", EAST): "5"}


def test_of_a_table_below_the_nearer_part_of_the_year_holds(root: Path, text: Text) -> None:
    above = "LAPORAN TRIWULAN I 2022\nIndikator;Realisasi\nkoperasi;5\n\nTriwulan II\nIndikator;Realisasi\nindeks;82\n"
    assert found(text(f"{above}\nTabel 3\nIndikator;Realisasi\nusaha;7\n"), root) == {
        ("koperasi", "2022-Q1"): "5",
        ("indeks", "2022-Q2"): "82",
        ("usaha", "2022-Q2"): "7",
    }


def test_tables_beside_each_other_that_say_two_things_are_refused(root: Path, text: Text) -> None:
    content = "KINERJA 2022\nIndikator;Realisasi;Indikator;Realisasi\nkoperasi;5;koperasi;6\n"
    assert refused(read(text(content), root)) == {(3, "D")}


BUDGET = "Program;Pagu;Realisasi\nProgram A;1.000;500\n"


@pytest.mark.parametrize(
    ("title", "period"), [("Tabel 2. Anggaran", "2022-Q2"), ("Anggaran tahunan", "2022"), ("Anggaran 2021", "2021")]
)
def test_a_title_goes_on_for_the_table_below(root: Path, text: Text, title: str, period: str) -> None:
    path = text(f"LAPORAN TRIWULAN II TAHUN 2022\nIndikator;Realisasi\nkoperasi;5\n\n{title}\n{BUDGET}")
    plan = read(path, root)
    assert figures(plan) == {("koperasi", "2022-Q2"): "5 B3"}
    assert not plan.is_open
    assert [each.cells["period"] for each in plan.files[0].reading.records if each.folder == "budget"] == [period]


def test_the_indicator_of_a_title_does_not_go_on(root: Path, text: Text) -> None:
    path = text(f"Indikator koperasi 2022\nWilayah;TW I\n{EAST};5\n\nPer wilayah\nWilayah;TW II\n{EAST};6\n")
    assert list(read(path, root).files[0].reading.doubts) == ["indikator tabel Per wilayah"]


def test_a_title_goes_on_in_a_document_and_not_over_sheets(root: Path, book: Book, tmp_path: Path) -> None:
    one, other = ([["Indikator", "Realisasi"], [name, value]] for name, value in (("koperasi", "5"), ("usaha", "600")))
    document = write_word(tmp_path / "a.docx", "TRIWULAN II TAHUN 2022", one, "Tabel 2", other)
    assert found(document, root) == {("koperasi", "2022-Q2"): "5", ("usaha", "2022-Q2"): "600"}
    sheets = {"A": [["TRIWULAN II TAHUN 2022"], *one], "B": other}
    assert list(read(book(sheets), root).files[0].reading.doubts) == ["tahun"]


def of_pages(path: Path, *pages: str) -> Path:
    return write_pdf(path, "\n#pagebreak()\n".join(pages))


HEAD = ["No", "Wilayah", "Realisasi"]


@pytest.mark.parametrize("head", [[HEAD], []], ids=["headings again", "no headings"])
@pytest.mark.parametrize("foot", ["", '#set page(numbering: "1 / 1", header: [LAPORAN DINAS])\n'])
def test_a_table_over_pages_is_one(root: Path, tmp_path: Path, head: list[list[str]], foot: str) -> None:
    first = typst_table([HEAD, ["1", EAST, "5"], ["2", WEST, "6"], ["", "Jumlah dipindahkan", "11"]])
    second = typst_table([*head, ["", "Jumlah pindahan", "11"], ["3", SEA, "7"], ["", "Jumlah", "18"]])
    title = "Indikator usaha\n\nTriwulan I Tahun 2022\n\n"
    plan = read(of_pages(tmp_path / "a.pdf", f"{foot}{title}{first}", second), root)
    assert not plan.problems
    assert not plan.is_open
    at = 7 if head else 6
    assert figures(plan) == {
        ("usaha", "2022-Q1", EAST): "5 C2",
        ("usaha", "2022-Q1", WEST): "6 C3",
        ("usaha", "2022-Q1", SEA): f"7 C{at}",
    }
    assert {each.sheet for each in plan.files[0].reading.records} == {"hal. 1-2"}


def test_the_title_of_two_pages_of_three_is_no_head(root: Path, tmp_path: Path) -> None:
    titles = (("koperasi", "I"), ("indeks", "II"), ("usaha", "II"))
    pages = (
        f"Triwulan {part} Tahun 2022\n\n" + typst_table([["Indikator", "Realisasi"], [name, "5"]])
        for name, part in titles
    )
    assert set(found(of_pages(tmp_path / "a.pdf", *pages), root)) == {
        (name, f"2022-Q{len(part)}") for name, part in titles
    }


def test_a_page_with_its_own_title_is_a_table_of_its_own(root: Path, tmp_path: Path) -> None:
    pages = (
        f"Realisasi {year}\n\n" + typst_table([["Indikator", "Realisasi"], ["koperasi", value]])
        for year, value in (("2021", "5"), ("2022", "6"))
    )
    assert found(of_pages(tmp_path / "a.pdf", *pages), root) == {("koperasi", "2021"): "5", ("koperasi", "2022"): "6"}


def test_figures_of_a_page_without_headings_are_not_dropped(root: Path, tmp_path: Path) -> None:
    first = "TAHUN 2022\n\n" + typst_table([["Indikator", "Realisasi"], ["koperasi", "5"]])
    second = "Lanjutan tabel di atas\n\n" + typst_table([["usaha", "600"]])
    plan = read(of_pages(tmp_path / "a.pdf", first, second), root)
    assert [(each.file, each.row) for each in plan.problems] == [("a.pdf [hal. 2]", 1)]


def test_a_list_of_areas_in_a_sheet_of_its_own_is_no_page(root: Path, book: Book) -> None:
    sheets = {"A": [["Indikator", "2022"], ["koperasi", 121]], "Ref": [[EAST, "3171"], [WEST, "3172"]]}
    assert found(book(sheets), root) == {("koperasi", "2022"): "121"}


def test_target_and_result_below_the_name_of_an_indicator(root: Path, text: Text) -> None:
    heads = "Wilayah;koperasi;;;tera;\n;Target;Realisasi;%;Pembilang;Penyebut\n"
    plan = read(text(f"KINERJA 2022\n{heads}{EAST};2;1;50;90;100\n"), root)
    assert not plan.is_open
    assert figures(plan) == {("koperasi", "2022", EAST): "1 C4", ("tera", "2022", EAST): "90/100 E4"}
    assert ("B4", "target sebagian wilayah: tidak dipakai") in [
        (each.place, each.why) for each in plan.files[0].reading.left
    ]
    unknown = heads.replace("Realisasi", "Realisasi Nasional")
    asked = read(text(f"KINERJA 2022\n{unknown}{EAST};2;1;50;90;100\n", "b.csv"), root)
    assert list(asked.files[0].reading.doubts) == ["kolom koperasi / Realisasi Nasional"]
