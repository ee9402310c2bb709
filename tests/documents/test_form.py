"""The form: what it asks for, how it is locked and checked, and that filled it is read as it was filled."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from forms import columns_of, drop, fill_from, heading_of, heading_row, lines_of, open_form, put, rows_to_fill
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from iku_analysis import IkuError, load_agency, use_language
from iku_analysis.agency.expected import expected_cells
from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import KEY, NUMBERS
from iku_analysis.documents.form import write_form

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize(("year", "quarter", "language"), [(2021, None, "id"), (2020, 3, "id"), (2022, None, "en")])
def test_filled_form_is_read_as_it_was_filled(
    example: Agency, empty_root: Path, year: int, quarter: int | None, language: str
) -> None:
    use_language(language)
    book = open_form(write_form(example, year, quarter))
    fill_from(book, example, english=language == "en")
    book.save(empty_root / "realisations" / "formulir.xlsx")
    read = load_agency(empty_root)
    cells = expected_cells(example, year, quarter)
    targeted = example.targets[(example.targets["year"] == year) & example.targets["targeted"]]["indicator_id"]
    wanted = {(each, area, period) for each in targeted for period in cells[each][0] for area in cells[each][1]}
    rows = read.realisations
    assert set(zip(rows["indicator_id"], rows["area"], rows["period"], strict=True)) == wanted
    assert len(rows) == len(wanted)
    assert set(rows["status"]) == {"final"} and set(rows["basis"]) == {"resmi"} and set(rows["breakdown"]) == {""}
    both = rows.merge(example.figures, on=KEY, suffixes=("", "_before"))
    assert len(both) == len(wanted)
    for column in NUMBERS:
        assert both[column].equals(both[f"{column}_before"])


def retitle(book: Workbook, sheet: str, word: str, heading: str) -> None:
    """Write another heading over one."""
    book[sheet].cell(heading_row(book[sheet]), columns_of(book[sheet])[word]).value = heading


def retell(book: Workbook, sheet: str, label: str, text: str) -> None:
    """Write another text over that of a line above the rows."""
    (row,) = [row for row in range(1, 20) if book[sheet].cell(row, 1).value == label]
    book[sheet].cell(row, 2).value = text


FIGURE = {"nilai": 12, "sumber": "Laporan"}
# How it is filled: the sheet, row (`+1`: the first below the headings) and column that are refused, the start of what
# was found and of the mend.
WRONG: dict[str, tuple[Callable[[Workbook], Any], str, int | str, str | None, str, str]] = {
    "text in a number cell": (
        lambda book: put(book, "1 nik", 1, nilai="dua belas", sumber="Laporan"),
        "1 nik",
        "+1",
        "nilai",
        "“dua belas”",
        "Tulis ulang angkanya",
    ),
    "number as text in the other format": (
        lambda book: put(book, "7 ekspor", 1, nilai="97.5", sumber="Laporan"),
        "7 ekspor",
        "+1",
        "nilai",
        "“97.5”",
        "Tukar titik dan koma",
    ),
    "decimals in a count": (
        lambda book: put(book, "1 nik", 2, nilai=12.5, sumber="Laporan"),
        "1 nik",
        "+2",
        "nilai",
        "“12,5”",
        "Periksa titik dan koma",
    ),
    "negative": (
        lambda book: put(book, "1 nik", 2, nilai=-3, sumber="Laporan"),
        "1 nik",
        "+2",
        "nilai",
        "“-3”",
        "Periksa tandanya",
    ),
    "numerator above denominator": (
        lambda book: put(book, "6 uttp", 3, pembilang=9, penyebut=8, sumber="Laporan"),
        "6 uttp",
        "+3",
        "pembilang",
        "“9”",
        "Periksa keduanya",
    ),
    "numerator alone": (
        lambda book: put(book, "6 uttp", 3, pembilang=9, sumber="Laporan"),
        "6 uttp",
        "+3",
        "penyebut",
        "sel kosong",
        "Isi pembilang dan penyebut",
    ),
    "unknown area": (
        lambda book: put(book, "2 umkm", 4, wilayah="Jakarta Pusa", **FIGURE),
        "2 umkm",
        "+4",
        "wilayah",
        "“Jakarta Pusa”",
        "Tulis salah satunya. Maksud Anda “Jakarta Pusat”?",
    ),
    "period of another year": (
        lambda book: put(book, "1 nik", 1, periode="2020-TW1", **FIGURE),
        "1 nik",
        "+1",
        "periode",
        "“2020-TW1”",
        "Perbaiki periodenya, atau ambil formulir tahun itu",
    ),
    "unknown basis": (
        lambda book: put(book, "1 nik", 1, basis="perkiraan", **FIGURE),
        "1 nik",
        "+1",
        "basis",
        "“perkiraan”",
        "Tulis salah satunya",
    ),
    "unknown status": (
        lambda book: put(book, "1 nik", 1, status="fina", **FIGURE),
        "1 nik",
        "+1",
        "status",
        "“fina”",
        "Tulis salah satunya. Maksud Anda “final”?",
    ),
    "heading row deleted": (
        lambda book: book["1 nik"].delete_rows(heading_row(book["1 nik"])),
        "1 nik",
        1,
        None,
        "baris judul hilang; yang pertama: “1. Jumlah Koperasi",
        "Kembalikan baris judul",
    ),
    "formula without a value": (
        lambda book: put(book, "1 nik", 1, nilai="=3+4", sumber="Laporan"),
        "1 nik",
        "+1",
        "C",
        "rumus tanpa nilai: “=3+4”",
        "Buka berkas di Excel",
    ),
    "duplicate row": (
        lambda book: [
            put(book, "1 nik", 1, **FIGURE),
            put(book, "1 nik", 5, indikator="nik", periode="2021-TW1", basis="resmi", status="final", **FIGURE),
        ],
        "1 nik",
        "+5",
        "indikator, periode, wilayah, basis",
        "angka kedua untuk nik 2021-Q1",
        "Hapus salah satunya",
    ),
    "heading altered": (
        lambda book: retitle(book, "1 nik", "nilai", "Jumlah (Koperasi)"),
        "1 nik",
        "+0",
        "Jumlah (Koperasi)",
        "judul kolom yang tidak dikenal: “Jumlah (Koperasi)”",
        "Perbaiki judul kolom",
    ),
    "heading misspelt": (
        lambda book: retitle(book, "6 uttp", "penyebut", "Penyebutt (banyaknya)"),
        "6 uttp",
        "+0",
        "Penyebutt (banyaknya)",
        "judul kolom yang tidak dikenal: “Penyebutt (banyaknya)”",
        "Perbaiki judul kolom; isi yang tidak punya kolom dipindahkan ke kolom keterangan. Maksud Anda “penyebut”?",
    ),
    "another unit in the heading": (
        lambda book: retitle(book, "7 ekspor", "nilai", "Nilai (Ribu USD)"),
        "7 ekspor",
        "+0",
        "Nilai (Ribu USD)",
        "“Ribu USD”",
        "Kembalikan seperti semula, atau ambil formulir baru",
    ),
    "unit changed": (
        lambda book: retell(book, "7 ekspor", "Satuan", "Ribu USD"),
        "7 ekspor",
        3,
        "Satuan",
        "“Ribu USD”",
        "Kembalikan seperti semula, atau ambil formulir baru",
    ),
    "definition changed": (
        lambda book: retell(book, "7 ekspor", "Definisi operasional", "Jumlah ekspor kumulatif"),
        "7 ekspor",
        "-2",
        "Definisi operasional",
        "“Jumlah ekspor kumulatif”",
        "Kembalikan seperti semula, atau ambil formulir baru",
    ),
    "row moved above the headings": (
        lambda book: book["1 nik"].move_range(
            f"A{heading_row(book['1 nik']) + 1}:M{heading_row(book['1 nik']) + 1}", -2
        ),
        "1 nik",
        "-1",
        None,
        "1 baris di atas baris judul",
        "Pindahkan baris judul ke atasnya",
    ),
    "value without source": (
        lambda book: put(book, "1 nik", 1, nilai=12),
        "1 nik",
        "+1",
        "sumber",
        "sel kosong",
        "Tulis dokumen",
    ),
    "row of another indicator": (
        lambda book: put(book, "1 nik", 1, indikator="pasar_diawasi"),
        "1 nik",
        "+1",
        "indikator",
        "“pasar_diawasi”",
        "Perbaiki indikatornya, atau pindahkan",
    ),
    "figure in the instructions": (
        lambda book: book["Petunjuk"].cell(12, 4, 1234),
        "Petunjuk",
        12,
        None,
        "“1234”",
        "Pindahkan angkanya ke lembar indikatornya",
    ),
    "form of another decree": (
        lambda book: book["Petunjuk"].cell(2, 1, "IKU-FORMULIR 2021 9-2020"),
        "Petunjuk",
        2,
        None,
        "“IKU-FORMULIR 2021 9-2020”",
        "Ambil formulir baru",
    ),
    "mark gone": (
        lambda book: book["Petunjuk"].cell(2, 1, "formulir 2021"),
        "Petunjuk",
        1,
        None,
        "baris judul hilang; yang pertama: “Formulir realisasi 2021”",
        "Kembalikan baris judul",
    ),
}


@pytest.mark.parametrize("fault", WRONG)
def test_wrongly_filled_form_is_refused_at_its_cell(form: bytes, empty_root: Path, fault: str) -> None:
    change, sheet, row, column, found, mend = WRONG[fault]
    book = open_form(form)
    if isinstance(row, str):
        row = heading_row(book[sheet]) + int(row)
    if sheet != "Petunjuk" and column in columns_of(book[sheet]):
        column = heading_of(book[sheet], column)
    change(book)
    problem = drop(book, empty_root)[0]
    assert (problem.file, problem.row, problem.column) == (f"realisations/formulir.xlsx [{sheet}]", row, column)
    assert problem.found.startswith(found)
    assert problem.mend.startswith(mend)


def test_a_form_is_held_to_its_year_in_every_row(example: Agency, empty_root: Path) -> None:
    book = open_form(write_form(example, 2021, 1))
    book["Petunjuk"].cell(2, 1).value = "IKU-FORMULIR 2020 154-2018"
    problems = drop(book, empty_root)
    rows = sum(len(rows_to_fill(sheet)) for sheet in book.worksheets[1:])
    assert len(problems) == rows
    assert {problem.expected for problem in problems} == {"periode dalam tahun formulir, 2020"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_unfilled_form_is_no_problem(example: Agency, tmp_path: Path, language: str) -> None:
    """It changes no figure, and the rows it brings say that they are missing."""
    use_language(language)
    root = tmp_path / "root"
    shutil.copytree(PROJECT / "data" / "example", root)
    assert drop(open_form(write_form(example, 2021)), root) == []
    read = load_agency(root)
    assert read.figures.equals(example.figures)
    rows = read.realisations[read.realisations["file"].str.contains("formulir.xlsx", regex=False)]
    assert len(rows) > 0
    assert rows[NUMBERS].isna().all(axis=None)


def test_a_figure_may_be_explained_and_rows_added(form: bytes, empty_root: Path) -> None:
    book = open_form(form)
    put(book, "6 uttp", 1, pembilang=9, penyebut=8, sumber="UPM", keterangan="data lama belum dihapus")
    more = {"periode": "2021-TW4", "wilayah": "Jakarta Utara", "basis": "resmi", "status": "final"}
    put(book, "1 nik", 5, indikator="nik", nilai=3, sumber="=SUM(A1) adalah judulnya", **more)
    book["1 nik"].cell(heading_row(book["1 nik"]) + 5, columns_of(book["1 nik"])["sumber"]).data_type = "s"
    assert drop(book, empty_root) == []
    rows = load_agency(empty_root).realisations
    read = rows[rows["value"].notna()].set_index("indicator_id")
    assert read.at["uttp", "value"] == 112.5
    assert (read.at["nik", "area"], read.at["nik", "source"]) == ("Jakarta Utara", "=SUM(A1) adalah judulnya")


def test_keys_are_locked_and_cells_to_fill_are_not(form: bytes) -> None:
    for sheet in open_form(form).worksheets[1:]:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        places = columns_of(sheet)
        percent = "pembilang" in places
        numbers = {"pembilang", "penyebut"} if percent else {"nilai"}
        free = numbers | {"basis", "status", "sumber", "keterangan"}
        assert all(cell.protection.locked for row in sheet[f"1:{heading_row(sheet)}"] for cell in row)
        rows = rows_to_fill(sheet)
        for row in rows:
            assert {name for name in places if not sheet.cell(row, places[name]).protection.locked} == free
            assert all(sheet.cell(row, places[name]).fill.fgColor.rgb == "FFFFF6D5" for name in free)
            assert (sheet.cell(row, places["basis"]).value, sheet.cell(row, places["status"]).value) == (
                "resmi",
                "sementara",
            )
            assert all(sheet.cell(row, places[name]).value is None for name in (*numbers, "sumber", "keterangan"))
        for row in range(rows[-1] + 1, rows[-1] + 9):
            unlocked = {name for name in places if not sheet.cell(row, places[name]).protection.locked}
            assert unlocked == free | {"indikator", "periode", "wilayah"}
        head = heading_row(sheet)
        assert sheet.freeze_panes == f"C{head + 1}"  # the headings, the period and the area stay in sight
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.print_area == f"'{sheet.title}'!$A$1:${get_column_letter(len(places))}${rows[-1] + 8}"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
            9,
            "landscape",
            0,
        )


def test_cells_are_checked_as_they_are_typed(example: Agency, form: bytes) -> None:
    book = open_form(form)
    for sheet, kind, headings in (
        ("1 nik", "whole", ["nilai"]),
        ("7 ekspor", "decimal", ["nilai"]),
        ("6 uttp", "whole", ["pembilang", "penyebut"]),
    ):
        places = columns_of(book[sheet])
        last = rows_to_fill(book[sheet])[-1] + 8
        rules = {str(rule.sqref).partition(":")[0]: rule for rule in book[sheet].data_validations.dataValidation}
        letters = {heading: get_column_letter(place) for heading, place in places.items()}
        first = heading_row(book[sheet]) + 1
        for heading in headings:
            rule = rules[f"{letters[heading]}{first}"]
            assert str(rule.sqref) == f"{letters[heading]}{first}:{letters[heading]}{last}"
            assert (rule.type, rule.operator, rule.formula1, rule.errorStyle) == (kind, "greaterThanOrEqual", "0", None)
            assert "0 atau lebih" in rule.error
        told = {heading: rules[f"{letters[heading]}{first}"] for heading in ("sumber", "keterangan", *headings)}
        assert all(rule.prompt and rule.promptTitle for rule in told.values())
        lists = {heading: rules[f"{letters[heading]}{first}"] for heading in ("periode", "wilayah", "basis", "status")}
        assert all(rule.type == "list" and "Pilih salah satu" in rule.error for rule in lists.values())
        assert lists["basis"].formula1 == '"resmi,publikasi,proksi"'
        assert lists["status"].formula1 == '"final,sementara"'
        assert lists["periode"].formula1.startswith('"Januari 2021,Februari 2021,')
        place = lists["wilayah"].formula1.split("!")[1].replace("$", "")
        areas = [cell[0].value for cell in book["Petunjuk"][place]]
        assert areas == example.policy.areas
    assert book["6 uttp"].conditional_formatting


def test_the_form_asks_as_it_was_reported_last(example: Agency, form: bytes) -> None:
    book = open_form(form)
    assert book.sheetnames == ["Petunjuk", "1 nik", "2 umkm", "4 pasar_diawasi", "5 keluhan", "6 uttp", "7 ekspor"]
    months = [book["7 ekspor"].cell(row, 1).value for row in rows_to_fill(book["7 ekspor"])]
    assert (months[0], months[-1], len(months)) == ("Januari 2021", "Desember 2021", 12)
    uttp = [
        (book["6 uttp"].cell(row, 1).value, book["6 uttp"].cell(row, 2).value) for row in rows_to_fill(book["6 uttp"])
    ]
    quarters = [f"Triwulan {roman} 2021" for roman in ("I", "II", "III", "IV")]
    assert uttp == [(quarter, area) for quarter in quarters for area in example.policy.areas]
    told = [cell.value for row in book["Petunjuk"] for cell in row if cell.value]
    assert "tidak ditargetkan 2021: tidak perlu diisi" in told
    assert "Unit Pengelola Metrologi, laporan tahunan (perkiraan)" in told
    of_quarter = open_form(write_form(example, 2021, 2))
    ekspor = of_quarter["7 ekspor"]
    assert [ekspor.cell(row, 1).value for row in rows_to_fill(ekspor)] == ["April 2021", "Mei 2021", "Juni 2021"]


def last_years(book: Workbook, name: str) -> dict[tuple[str, str], float]:
    """Return last year's figures of a sheet, by period and area."""
    sheet = book[name]
    place = columns_of(sheet)["tahun lalu"]
    every = {
        (sheet.cell(row, 1).value, sheet.cell(row, 2).value or ""): sheet.cell(row, place).value
        for row in rows_to_fill(sheet)
    }
    return {key: value for key, value in every.items() if value is not None}


def test_last_year_stands_beside(example: Agency) -> None:
    """`exports.csv` says 318.991.560 for January 2018; Jakarta Utara verified 1.917 of 2.150 in TW I 2019."""
    book = open_form(write_form(example, 2019))
    assert last_years(book, "7 ekspor")["Januari 2019", ""] == 318_991_560
    assert len(last_years(book, "7 ekspor")) == 12
    assert heading_of(book["7 ekspor"], "tahun lalu") == "Tahun lalu (2018)"
    uttp = last_years(open_form(write_form(example, 2020)), "6 uttp")
    assert uttp["Triwulan I 2020", "Jakarta Utara"] == pytest.approx(100 * 1917 / 2150)
    first = open_form(write_form(example, 2018))
    assert last_years(first, "7 ekspor") == {}
    assert heading_of(first["7 ekspor"], "tahun lalu") == "Tahun lalu (2017)"


def test_last_year_of_another_definition_is_not_shown(form: bytes) -> None:
    """`umkm` counts something else from 2021 on, `nik` does not."""
    book = open_form(form)
    assert last_years(book, "2 umkm") == {}
    assert heading_of(book["2 umkm"], "tahun lalu") == "Tahun lalu (2020, definisi lain)"
    assert (
        lines_of(book["2 umkm"])["Perubahan definisi"] == "2021: NIB menggantikan IUMK dan batas ukuran usaha berubah"
    )
    assert len(last_years(book, "1 nik")) == 4


def test_the_official_figure_of_last_year_wins_over_the_published(empty_root: Path) -> None:
    lines = ["nik;2019;100;resmi", "nik;2019;99;publikasi", "keluhan;2019;7;publikasi", "keluhan;2020;8;resmi"]
    text = "\n".join(["indikator;periode;nilai;basis;status;sumber", *(f"{line};final;DATA CONTOH" for line in lines)])
    (empty_root / "realisations" / "satu.csv").write_text(text, encoding="utf-8")
    book = open_form(write_form(load_agency(empty_root), 2020))
    for name, value in (("1 nik", 100), ("5 keluhan", 7)):
        (row,) = rows_to_fill(book[name])
        assert book[name].cell(row, columns_of(book[name])["tahun lalu"]).value == value


def test_a_yearly_indicator_is_asked_for_once_and_an_unknown_one_in_quarters(raw: Agency, empty_root: Path) -> None:
    text = "indikator;periode;nilai;basis;status;sumber\nnik;2019;100;resmi;final;DATA CONTOH\n"
    (empty_root / "realisations" / "nik.csv").write_text(text, encoding="utf-8")
    agency = load_agency(empty_root)
    assert expected_cells(agency, 2021)["nik"] == (["2021"], [""])
    assert expected_cells(agency, 2021, 3)["nik"] == (["2021-Q3"], [""])
    assert expected_cells(agency, 2018)["nik"] == ([f"2018-Q{quarter}" for quarter in (1, 2, 3, 4)], [""])
    assert expected_cells(raw, 2021)["umkm"] == ([f"2021-Q{quarter}" for quarter in (1, 2, 3, 4)], [""])


def test_the_same_data_give_the_same_bytes(example: Agency) -> None:
    assert write_form(example, 2021) == write_form(load_agency("data/example"), 2021)


def test_text_that_looks_like_a_formula_is_text(example: Agency) -> None:
    areas = ["=1+1", "+2", "-3", "@empat", "{=5}", "https://enam"]
    policy = example.policy.model_copy(update={"areas": areas})
    book = open_form(write_form(example.reworded(lambda each: replace(each, policy=policy)), 2021))
    cells = [book["6 uttp"].cell(row, 2) for row in rows_to_fill(book["6 uttp"])[:6]]
    assert [cell.value for cell in cells] == areas
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    formulas = [cell.value for row in book["Petunjuk"] for cell in row if cell.data_type == "f"]
    assert len(formulas) == 6 and all(formula.startswith(("=COUNT(", "=SUMPRODUCT(")) for formula in formulas)
    assert not any(isinstance(cell.value, int | float) for row in book["Petunjuk"] for cell in row)


def test_year_and_quarter_must_be_there(example: Agency) -> None:
    with pytest.raises(IkuError, match="2018-2022"):
        write_form(example, 2023)
    with pytest.raises(IkuError, match="1 sampai 4"):
        write_form(example, 2021, 5)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_gives_the_form_back(example: Agency, form: bytes, empty_root: Path, tmp_path: Path) -> None:
    """Opened and saved by LibreOffice, a filled form is still read, locked and checked."""
    book = open_form(form)
    fill_from(book, example)
    book.save(tmp_path / "formulir.xlsx")
    words = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    done = subprocess.run(
        [*words, "--outdir", empty_root / "realisations", tmp_path / "formulir.xlsx"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    both = load_agency(empty_root).realisations.merge(example.figures, on=KEY, suffixes=("", "_before"))
    assert len(both) == 4 + 24 + 4 + 4 + 24 + 12
    assert both["value"].equals(both["value_before"])
    saved = load_workbook(empty_root / "realisations" / "formulir.xlsx")
    assert saved["6 uttp"].protection.sheet
    assert len(saved["6 uttp"].data_validations.dataValidation) >= 7
