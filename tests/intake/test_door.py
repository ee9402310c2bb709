"""Office tables come in with the right figures from the right cells; the doubtful is asked, the wrong refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from readings import ANSWERS, figures, read, refused

from iku_analysis import load_agency
from iku_analysis.errors import IkuError
from iku_analysis.intake.door import changes_of, read_import, write_import
from iku_analysis.intake.preview import show_import
from iku_analysis.problems import DataError

Book = Callable[..., Path]
TWO_ROWS = [
    ["PENGUKURAN KINERJA TRIWULAN TAHUN 2022"],
    [],
    ["No", "Indikator Kinerja", "Satuan", "Target 2022", "Target", None, None, None, "Realisasi", None, None, None],
    [None, None, None, None, *["TW I", "TW II", "TW III", "TW IV"] * 2],
    [1, "Indikator koperasi", "Koperasi", 150, 30, 40, 40, 40, 22, 30, 29, 38],
    [2, "Indikator usaha", "UKM", 27797, 5000, 7000, 8000, 7797, "4.812", "7.102", "8.003", "8.100"],
    [None, "Jumlah", None, None, None, None, None, None, 4834, 7132, 8032, 8138],
    [],
    [None, "Sumber: Bidang Koperasi"],
    [None, None, None, None, None, None, None, None, "Mengetahui,"],
]
MERGED = ["A1:L1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:H3", "I3:L3"]


@pytest.mark.parametrize("merged", [MERGED, []], ids=["merged", "plain"])
def test_quarters_across_with_targets_beside(root: Path, book: Book, merged: list[str]) -> None:
    plan = read(book({"Kinerja": TWO_ROWS}, merged={"Kinerja": merged}), root)
    assert not plan.problems
    assert not plan.is_open
    assert figures(plan) == {
        ("koperasi", "2022-Q1"): "22 I5",
        ("koperasi", "2022-Q2"): "30 J5",
        ("koperasi", "2022-Q3"): "29 K5",
        ("koperasi", "2022-Q4"): "38 L5",
        ("usaha", "2022-Q1"): "4.812 I6",
        ("usaha", "2022-Q2"): "7.102 J6",
        ("usaha", "2022-Q3"): "8.003 K6",
        ("usaha", "2022-Q4"): "8.100 L6",
    }
    assert figures(plan, "targets")["koperasi", "2022-Q4"] == "40 H5"
    assert {record.cells["source"] for record in plan.files[0].reading.records} == {"Bidang Koperasi"}
    shown = show_import(plan, 80, whole=True)
    assert "Jumlah" in shown
    assert "Mengetahui" in shown


def test_what_is_accepted_is_what_is_loaded(root: Path, book: Book) -> None:
    path = book({"Kinerja": TWO_ROWS}, merged={"Kinerja": MERGED})
    written = write_import(read(path, root))
    agency = load_agency(root)
    of_year = agency.figures[(agency.figures["grain"] == "year") & (agency.figures["period"] == "2022")]
    assert of_year.set_index("indicator_id")["value"].to_dict() == {"koperasi": 119.0, "usaha": 28017.0}
    assert set(agency.realisations["origin"]) > {"kinerja.xlsx [Kinerja] I5"}
    assert [each.relative_to(root).as_posix() for each in written] == [
        "realisations/kinerja.xlsx.csv",
        "targets/kinerja.xlsx.csv",
    ]
    digest, name = (root / "evidence/sha256sums.txt").read_text(encoding="utf-8").split()
    assert (root / "evidence" / name).read_bytes() == path.read_bytes()
    assert name == f"kinerja.{digest[:12]}.xlsx"
    assert not agency.account.unread


def test_the_next_file_of_the_shape_is_not_asked_again(root: Path, book: Book) -> None:
    assert read_import([book({"K": TWO_ROWS})], root, {}).is_open
    write_import(read(book({"K": TWO_ROWS}), root))
    later = [[str(cell).replace("2022", "2021") if isinstance(cell, str) else cell for cell in row] for row in TWO_ROWS]
    later[4][3], later[5][3] = 140, 27799
    later[4][4:8], later[5][7] = [20, 40, 40, 40], 7799
    plan = read_import([book({"K": later}, name="tahun lalu.xlsx")], root, {})
    assert not plan.is_open
    assert not plan.problems


def test_a_newer_version_tells_what_changed_before_it_replaces(root: Path, book: Book) -> None:
    write_import(read(book({"K": TWO_ROWS}), root))
    again = read(book({"K": TWO_ROWS}), root)
    assert changes_of(again, "realisations/kinerja.xlsx.csv") == []
    newer = [list(row) for row in TWO_ROWS]
    newer[4][8], newer[6][8] = 23, 4835
    plan = read(book({"K": newer}), root)
    (change,) = changes_of(plan, "realisations/kinerja.xlsx.csv") or []
    assert (change.what, change.old.split()[0], change.new.split()[0]) == ("koperasi 2022-Q1", "22", "23")
    assert "dari 22" in show_import(plan, 80, whole=True)
    write_import(plan)
    assert load_agency(root).realisations["value"].iloc[0] == 23


YEARS: list[list[Any]] = [["urutan", "indikator", "satuan", *(f"nilai_{year}" for year in range(2018, 2023))]]
SHAPES: dict[str, tuple[list[list[Any]], dict[tuple[str, ...], str]]] = {
    "years across": (
        [*YEARS, [1, "koperasi", "Koperasi", 16, 119, 121, 118, "0,0"]],
        {("koperasi", str(year)): f"{value} {column}2" for year, value, column in
         zip(range(2018, 2023), (16, 119, 121, 118, 0), "DEFGH", strict=True)},
    ),
    "year and quarter in two columns": (
        [["Indikator", "Tahun", "Triwulan", "Nilai"], ["koperasi", 2021, "II", 5], ["koperasi", 2021, 3, 6]],
        {("koperasi", "2021-Q2"): "5 D2", ("koperasi", "2021-Q3"): "6 D3"},
    ),
    "year and month in two columns": (
        [["Indikator", "Tahun", "Bulan", "Realisasi"], ["koperasi", 2021, "Agustus", 5], ["koperasi", 2021, 9, 6]],
        {("koperasi", "2021-08"): "5 D2", ("koperasi", "2021-09"): "6 D3"},
    ),
    "areas down, indicators across": (
        [["Tahun 2021"], ["No", "Kabupaten/Kota", "Indikator koperasi", "Indikator usaha"],
         [1, "KOTA TIMUR", 3, 10], [2, "Kota  Barat", 4, 20], [3, "kab. laut", 5, 30], [None, "Jumlah", 12, 60]],
        {("koperasi", "2021", "Kota Timur"): "3 C3", ("usaha", "2021", "Kota Timur"): "10 D3",
         ("koperasi", "2021", "Kota Barat"): "4 C4", ("usaha", "2021", "Kota Barat"): "20 D4",
         ("koperasi", "2021", "Kabupaten Laut"): "5 C5", ("usaha", "2021", "Kabupaten Laut"): "30 D5"},
    ),
    "areas under their indicator": (
        [["Uraian", "TW I 2021", "TW II 2021"], ["Indikator koperasi", 9, 11], ["Kota Timur", 4, 5],
         ["Kota Barat", 3, 3], ["Kabupaten Laut", 2, 3]],
        {("koperasi", "2021-Q1"): "9 B2", ("koperasi", "2021-Q2"): "11 C2",
         ("koperasi", "2021-Q1", "Kota Timur"): "4 B3", ("koperasi", "2021-Q2", "Kota Timur"): "5 C3",
         ("koperasi", "2021-Q1", "Kota Barat"): "3 B4", ("koperasi", "2021-Q2", "Kota Barat"): "3 C4",
         ("koperasi", "2021-Q1", "Kabupaten Laut"): "2 B5", ("koperasi", "2021-Q2", "Kabupaten Laut"): "3 C5"},
    ),
    "numerator and denominator": (
        [["Indikator", "Periode", "Pembilang", "Penyebut", "Nilai"], ["tera", "TW I 2021", "1.000", "1.250", "80"]],
        {("tera", "2021-Q1"): "80 C2"},
    ),
    "columns numbered": (
        [["No", "Indikator", "Realisasi 2021"], ["(1)", "(2)", "(3)"], [1, "Indikator koperasi", 7]],
        {("koperasi", "2021"): "7 C3"},
    ),
    "headings again": (
        [["Indikator", "Realisasi 2021"], ["koperasi", 7], ["Indikator", "Realisasi 2021"], ["usaha", 8]],
        {("koperasi", "2021"): "7 B2", ("usaha", "2021"): "8 B4"},
    ),
    "growth below zero": (
        [["Indikator", "2021", "2022"], ["tumbuh", "-14,32", "(0,34)"]],
        {("tumbuh", "2021"): "-14,32 B2", ("tumbuh", "2022"): "-0,34 C2"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "wanted"), SHAPES.values(), ids=SHAPES)
def test_shapes(root: Path, book: Book, rows: list[list[Any]], wanted: dict[tuple[str, ...], str]) -> None:
    plan = read(book({"Data": rows}), root)
    assert [each.found for each in plan.problems] == []
    assert not plan.is_open, [each.key for file in plan.files for each in file.reading.doubts.values()]
    assert figures(plan) == wanted


def test_a_sheet_an_indicator_and_a_sheet_a_year(root: Path, book: Book) -> None:
    rows = [["Triwulan", "Realisasi 2021"], ["TW I", 5], ["TW II", 6]]
    plan = read(book({"koperasi": rows, "usaha": rows}), root)
    assert figures(plan)["usaha", "2021-Q2"] == "6 B3"
    assert len(figures(plan)) == 4
    by_year = [["Indikator", "TW I", "TW II"], ["koperasi", 5, 6]]
    plan = read(book({"2020": by_year, "Tahun 2021": by_year}), root)
    assert figures(plan) == {
        ("koperasi", "2020-Q1"): "5 B2",
        ("koperasi", "2020-Q2"): "6 C2",
        ("koperasi", "2021-Q1"): "5 B2",
        ("koperasi", "2021-Q2"): "6 C2",
    }


def test_several_tables_in_a_sheet(root: Path, book: Book) -> None:
    rows = [
        *(["Tabel 1. Realisasi 2020"], ["Indikator", "TW I", "TW II"], ["koperasi", 5, 6], []),
        *(["Tabel 2. Realisasi 2021"], ["Indikator", "TW I", "TW II", "Ket."], ["koperasi", 7, 8, "ok"]),
    ]
    plan = read(book({"Data": rows}), root)
    assert figures(plan) == {
        ("koperasi", "2020-Q1"): "5 B3",
        ("koperasi", "2020-Q2"): "6 C3",
        ("koperasi", "2021-Q1"): "7 B7",
        ("koperasi", "2021-Q2"): "8 C7",
    }


LONG = ["Indikator", "Periode", "Nilai"]
BROKEN: dict[str, tuple[list[list[Any]], tuple[int | None, str | None]]] = {
    "a word": ([LONG, ["koperasi", "2021", "banyak"]], (2, "C")),
    "thousands with commas": ([LONG, ["koperasi", "2021", "1,045"]], (2, "C")),
    "a percentage that looks like a fraction": (
        [LONG, ["tera", "TW I 2021", "0,9"], ["tera", "TW II 2021", 91]],
        (2, "C"),
    ),
    "twice, and different": ([LONG, ["koperasi", "2021", 5], ["koperasi", "2021", 6]], (3, "C")),
    "a total that disagrees": ([["Indikator", "TW I 2021"], ["koperasi", 5], ["usaha", 6], ["Jumlah", 12]], (4, "B")),
    "a sum of the row that disagrees": (
        [["Indikator", "TW I 2021", "TW II 2021", "Jumlah"], ["koperasi", 5, 6, 12]],
        (2, "D"),
    ),
    "a period that is none": ([LONG, ["koperasi", "kapan-kapan 2021", 5]], (2, "B")),
    "a figure of nothing": ([LONG, [None, "2021", 5]], (2, None)),
    "a column without a heading": ([["Indikator", "2021"], ["koperasi", 5, 6]], (2, "C")),
    "final beside a provisional mark": (
        [["Indikator", "Periode", "Nilai", "Status"], ["koperasi", "2021*)", 5, "final"]],
        (2, "D"),
    ),
    "a year outside the decree": ([LONG, ["koperasi", "2031", 5]], (2, "C")),
}


@pytest.mark.parametrize(("rows", "place"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_refused_by_its_cell(
    root: Path, book: Book, rows: list[list[Any]], place: tuple[int | None, str | None]
) -> None:
    before = sorted(root.rglob("*"))
    plan = read(book({"Data": rows}), root)
    assert refused(plan) == {place}
    with pytest.raises(DataError):
        write_import(plan)
    assert sorted(root.rglob("*")) == before


ASKED: dict[str, tuple[list[list[Any]], str]] = {
    "a name that is only like it": ([LONG, ["Indikator koperesi", "2021", 5]], "indikator Indikator koperesi"),
    "an area of another name": (
        [["Indikator", "Wilayah", "2021"], ["koperasi", "3171", 5]],
        "wilayah 3171",
    ),
    "no year": ([["Indikator", "TW I"], ["koperasi", 5]], "tahun"),
    "years that contradict": ([["Realisasi 2020"], ["Indikator", "TW I 2021"], ["koperasi", 5]], "tahun"),
    "fractions": ([["Indikator", "TW I 2021", "TW II 2021"], ["tera", 0.9, 0.95]], "pecahan tera"),
    "running totals": (
        [["Indikator", "s.d. TW I 2021", "s.d. TW II 2021"], ["koperasi", 5, 9]],
        "jumlah berjalan koperasi",
    ),
    "another unit": (
        [["Indikator", "Satuan", "2021"], ["koperasi", "Ribu koperasi", 5]],
        "satuan koperasi Ribu koperasi",
    ),
    "a target that is not the decree's": (
        [["Indikator", "Target 2021", "Realisasi 2021"], ["koperasi", 5, 6]],
        "target koperasi 2021",
    ),
    "a column named after a thing": ([["Tahun", "jumlah_gerai"], [2021, 5]], "kolom jumlah_gerai"),
    "only what was achieved in per cent": ([["Indikator", "Capaian 2021"], ["koperasi", 5]], "kolom Capaian 2021"),
}


@pytest.mark.parametrize(("rows", "key"), ASKED.values(), ids=ASKED)
def test_what_is_doubtful_is_asked(root: Path, book: Book, rows: list[list[Any]], key: str) -> None:
    plan = read(book({"Data": rows}), root)
    assert [doubt for file in plan.files for doubt in file.reading.doubts] == [key]
    assert f'--set "{key}=' in show_import(plan, 80, whole=True)
    with pytest.raises(IkuError, match="dijawab"):
        write_import(plan)


def test_answers_are_used(root: Path, book: Book) -> None:
    rows = [["Indikator", "s.d. TW I 2021", "s.d. TW II 2021"], ["koperasi", 5, 9], ["tera", 0.9, 0.95]]
    answers = {"jumlah berjalan koperasi": "selisih", "pecahan tera": "kali 100"}
    plan = read(book({"Data": rows}), root, **answers)
    assert figures(plan) == {
        ("koperasi", "2021-Q1"): "5 B2",
        ("koperasi", "2021-Q2"): "4 C2",
        ("tera", "2021-Q1"): "90 B3",
        ("tera", "2021-Q2"): "95 C3",
    }


def test_what_does_not_show_is_told_or_refused(root: Path, book: Book) -> None:
    import openpyxl

    path = book({"Final": [LONG, ["koperasi", "2021", 5]], "draf lama": [LONG, ["koperasi", "2021", 41]]})
    workbook = openpyxl.load_workbook(path)
    workbook["draf lama"].sheet_state = "hidden"
    workbook.save(path)
    plan = read(path, root)
    assert figures(plan) == {("koperasi", "2021"): "5 C2"}
    assert "draf lama" in show_import(plan, 80, whole=True)
    workbook["Final"].row_dimensions[2].hidden = True
    workbook.save(path)
    assert refused(read(path, root)) == {(2, None)}
    workbook["Final"].row_dimensions[2].hidden = False
    workbook["Final"].column_dimensions["C"].hidden = True
    workbook.save(path)
    assert refused(read(path, root)) == {(None, "C")}


def test_a_merged_figure_is_refused(root: Path, book: Book) -> None:
    rows = [["Indikator", "TW I 2021", "TW II 2021"], ["koperasi", 5, None]]
    assert (2, "B") in refused(read(book({"Data": rows}, merged={"Data": ["B2:C2"]}), root))


def test_a_figure_typed_as_text_is_read(root: Path, text: Callable[..., Path]) -> None:
    path = text("indikator;periode;nilai\nkoperasi;2021;'5\nusaha;2021;27.799,00\nindeks;2021; 81,25 \n")
    assert figures(read(path, root)) == {
        ("koperasi", "2021"): "5 C2",
        ("usaha", "2021"): "27.799 C3",
        ("indeks", "2021"): "81,25 C4",
    }


def test_money_is_read_and_its_totals_are_not_counted(root: Path, text: Callable[..., Path]) -> None:
    rows = [
        "program;indikator;periode;anggaran;realisasi",
        "Program A;koperasi;2021;Rp. 1.500.000,-;Rp 1.234.567,50",
        "- Kegiatan B;koperasi;2021;900.000;834.567,50",
        "- Kegiatan C;koperasi;2021;600.000;400.000",
        "JUMLAH;;2021;1.500.000;1.234.567,50",
        "TOTAL BELANJA;;2021;1.500.000;1.234.567,50",
    ]
    plan = read(text("\n".join(rows)), root)
    write_import(plan)
    budget = load_agency(root).budget
    assert budget[["budget", "realised"]].sum().tolist() == [1_500_000.0, 1_234_567.5]


def test_nothing_is_written_over_a_table_that_was_not_imported(root: Path, book: Book) -> None:
    (root / "realisations").mkdir()
    own = root / "realisations/kinerja.xlsx.csv"
    own.write_text("indikator;periode;nilai;basis;status;sumber\n", encoding="utf-8")
    with pytest.raises(IkuError, match="bukan hasil impor"):
        write_import(read(book({"Data": [LONG, ["koperasi", "2021", 5]]}), root))
    assert not (root / "evidence").exists()


def test_a_file_that_changed_since_it_was_read_is_refused(root: Path, book: Book) -> None:
    plan = read(book({"Data": [LONG, ["koperasi", "2021", 5]]}), root)
    book({"Data": [LONG, ["koperasi", "2021", 6]]})
    with pytest.raises(IkuError, match="berubah"):
        write_import(plan)


def test_all_files_are_accepted_or_none(root: Path, book: Book) -> None:
    good = book({"Data": [LONG, ["koperasi", "2021", 5]]}, name="baik.xlsx")
    bad = book({"Data": [LONG, ["usaha", "2021", "banyak"]]}, name="buruk.xlsx")
    plan = read_import([good, bad], root, ANSWERS)
    with pytest.raises(DataError):
        write_import(plan)
    assert not (root / "realisations").exists()
