"""The sheets of the form: what they say of an indicator, what their formulas make of it, and how they are read back."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from forms import (
    columns_of,
    drop,
    fill_from,
    heading_of,
    heading_row,
    lines_of,
    open_form,
    put,
    recalculate,
    rows_to_fill,
)
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from roots import AREAS, COUNT, PROJECT, Kind, write_root

from iku_analysis import DataError, cumulative_path, load_agency, use_language
from iku_analysis.agency.load import Agency
from iku_analysis.documents.form import write_form

BEFORE = PROJECT / "tests/data/forms/of_0_2.xlsx"  # as version 0.2 wrote it for TW I 2021 of the example
OFFICE = [
    COUNT,
    Kind("stunting", "persen", "24 22 20 20 17", "lower", "ratio", "target"),
    Kind("stok", "Ton", "80 85 90 120 120", aggregation="last"),
    Kind("aki", "per 100.000 kelahiran hidup", "150 145 140 125 130", "lower", "last", "target"),
    Kind("indeks", "Indeks", "65 68 70 75 80", aggregation="last"),
]
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Another agency: a count by quarters, a percentage from parts, a stock and an index by area, a yearly rate."""
    rows = [
        f"{name}|2020-Q{quarter}|{60 + quarter}|wilayah={area}"
        for name in ("stok", "indeks")
        for quarter in (1, 2, 3, 4)
        for area in AREAS
    ]
    rows += ["usaha|2020-Q1|25", "stunting|2020-Q1|20/100", "aki|2020|139"]
    return write_root(tmp_path / "office", {2018: OFFICE}, rows, areas=AREAS)


def fill(sheet: Worksheet, **columns: list[float]) -> None:
    """Type numbers into the columns of a sheet from its first row on, with their source."""
    for heading, numbers in columns.items():
        for nth, number in enumerate(numbers, start=1):
            put(sheet.parent, sheet.title, nth, **{heading: number, "sumber": "uji"})


def fill_office(book: Workbook) -> None:
    fill(book["1 usaha"], nilai=[30, 20, 40])
    fill(book["2 stunting"], pembilang=[20, 30, 9], penyebut=[100, 100, 100])
    fill(book["3 stok"], nilai=[10, 20, 30, 40, 50, 30, 1])
    fill(book["4 aki"], nilai=[100])
    fill(book["5 indeks"], nilai=[70, 71, 72])


def seen(sheet: Worksheet, heading: str) -> list[object]:
    """Return what a column shows below its heading, in the rows that are asked for."""
    return [sheet.cell(row, columns_of(sheet)[heading]).value for row in rows_to_fill(sheet)]


def test_a_sheet_says_what_it_asks_for(example: Agency, form: bytes) -> None:
    book = open_form(form)
    nik = book["1 nik"]
    assert nik["A1"].value == "1. Jumlah Koperasi yang bersertifikat Nomor Induk Koperasi"
    definition = example.indicator("nik", 2021)["definition"]
    assert lines_of(nik) == {
        "Satuan": "Koperasi",
        "Target 2021": "120\xa0koperasi (makin tinggi makin baik)",
        "Target triwulan": "Triwulan I: 25\xa0koperasi; Triwulan II: 31\xa0koperasi; Triwulan III: 30\xa0koperasi; "
        "Triwulan IV: 34\xa0koperasi",
        "Yang diisi": "4 triwulan. Angka periode itu saja, bukan jumlah sejak awal tahun.",
        "Pemegang data": example.indicator("nik", 2021)["holder"],
        "Definisi operasional": definition,
    }
    assert [cell.value for cell in nik[heading_row(nik)]] == [
        "Triwulan",
        "Wilayah (kosong: seluruhnya)",
        "Nilai (Koperasi)",
        "Tahun lalu (2020)",
        "Berjalan (jumlah sejak awal tahun)",
        "Terhadap target (% dari target)",
        "Status (final atau sementara)",
        "Sumber (dokumen atau pemberi angka)",
        "Keterangan (bila perlu dijelaskan)",
        "Basis (asal angka)",
        "Indikator",
    ]
    assert heading_of(book["7 ekspor"], "periode") == "Bulan"
    of_quarter = open_form(write_form(example, 2021, 3))["1 nik"]
    assert heading_of(of_quarter, "berjalan") == "Berjalan (jumlah Triwulan III)"
    assert heading_of(of_quarter, "terhadap target") == "Terhadap target (% dari target triwulan)"
    row = heading_row(of_quarter) + 1
    assert of_quarter.cell(row, columns_of(of_quarter)["terhadap target"]).value.endswith('/30,"")')


def test_a_sheet_says_how_the_figures_of_another_agency_are_joined(office: Path) -> None:
    book = open_form(write_form(load_agency(office), 2021))
    assert heading_of(book["2 stunting"], "berjalan") == "Berjalan (persentase sejak awal tahun)"
    assert heading_of(book["2 stunting"], "terhadap target") == "Terhadap target (% dari batas)"
    assert lines_of(book["2 stunting"])["Target 2021"] == "20% (makin rendah makin baik)"
    assert heading_of(book["3 stok"], "berjalan") == "Berjalan (angka terakhir)"
    assert heading_of(book["4 aki"], "periode") == "Periode"
    assert lines_of(book["4 aki"])["Yang diisi"] == "Angka setahun. Jumlah berjalan atau posisi pada akhir periode."
    assert "berjalan" not in columns_of(book["5 indeks"])  # positions of areas make no whole


def test_the_first_sheet_links_to_each_and_counts_what_is_filled(office: Path) -> None:
    book = open_form(write_form(load_agency(office), 2021))
    first = book["Petunjuk"]
    links = {cell.value: cell for row in first for cell in row if cell.hyperlink}
    assert list(links) == book.sheetnames[1:]
    for name, cell in links.items():
        assert cell.hyperlink.location == f"'{name}'!A1"
        counts = first.cell(cell.row, 6)
        (rule,) = first.conditional_formatting[counts.coordinate]
        asked = len(rows_to_fill(book[name]))
        assert (rule.type, rule.dataBar.cfvo[0].val, rule.dataBar.cfvo[1].val) == ("dataBar", 0, asked)
        assert counts.number_format == f'0" dari {asked}"'
    rows, head = rows_to_fill(book["2 stunting"]), "'2 stunting'!"
    assert first.cell(links["2 stunting"].row, 6).value == (
        f"=SUMPRODUCT(ISNUMBER({head}C{rows[0]}:C{rows[-1]})*ISNUMBER({head}D{rows[0]}:D{rows[-1]}))"
    )
    assert [first.cell(cell.row, 3).value for cell in list(links.values())[:2]] == [
        "paling sedikit 130\xa0usaha",
        "paling banyak 20%",
    ]
    told = [str(cell.value) for row in first for cell in row if str(cell.value)[:2] in ("1.", "2.", "3.", "4.", "5.")]
    assert len(told) == 5


def test_a_long_definition_is_shown_whole(office: Path) -> None:
    """Measured in a wider typeface than the form's, its lines fit the row; beyond what a row can hold it goes on."""
    word = "penyaluran pembiayaan kepada usaha mikro dan kecil yang DIJAMIN "
    for length in (2_000, 12_000):
        definition = (word * (length // len(word) + 1))[:length].strip()
        agency = load_agency(office)
        agency = agency.reworded(
            lambda each, text=definition: replace(
                each,
                decrees=[
                    replace(decree, indicators=decree.indicators.assign(definition=text)) for decree in each.decrees
                ],
            )
        )
        sheet = open_form(write_form(agency, 2021))["1 usaha"]
        head = heading_row(sheet)
        (first,) = [row for row in range(1, head) if sheet.cell(row, 1).value == "Definisi operasional"]
        pieces = {row: sheet.cell(row, 2).value for row in range(first, head) if sheet.cell(row, 2).value}
        assert " ".join(pieces.values()) == definition
        width = sum(sheet.column_dimensions[letter].width for letter in "BCDEFGHIJK") * 7 * 0.75  # pt
        for row, piece in pieces.items():
            lines = text_to_path.get_text_width_height_descent(piece, FontProperties(size=10), ismath=False)[0] / width
            assert sheet.row_dimensions[row].height >= 11.7 * lines
            assert sheet.row_dimensions[row].height <= 409
        assert sheet.freeze_panes == "C1"  # so high a head would leave no room for the rows


@pytest.mark.parametrize("language", ["id", "en"])
def test_another_agencys_form_is_read_as_it_was_filled(office: Path, language: str) -> None:
    use_language(language)
    book = open_form(write_form(load_agency(office), 2021))
    if language == "id":
        fill_office(book)
    else:
        for nth, (above, below) in enumerate([(20, 100), (30, 100)], start=1):
            put(book, "2 stunting", nth, numerator=above, denominator=below, source="uji")
    assert drop(book, office) == []
    rows = load_agency(office).realisations
    rows = rows[rows["file"].str.contains("formulir") & rows["value"].notna()]
    values = rows.groupby("indicator_id")["value"].apply(list).to_dict()
    if language == "en":
        assert values == {"stunting": [20, 30]}
        return
    assert values == {
        "usaha": [30, 20, 40],
        "stunting": [20, 30, 9],
        "stok": [10, 20, 30, 40, 50, 30, 1],
        "aki": [100],
        "indeks": [70, 71, 72],
    }
    assert list(rows.loc[rows["indicator_id"] == "stok", "area"])[:4] == [*AREAS, AREAS[0]]
    assert set(rows["period"]) == {"2021", "2021-Q1", "2021-Q2", "2021-Q3"}


def test_a_sheet_that_comes_back_alone_is_still_of_its_form(office: Path) -> None:
    book = open_form(write_form(load_agency(office), 2021))
    fill_office(book)
    for name in book.sheetnames:
        if name != "2 stunting":
            del book[name]
    assert drop(book, office) == []
    rows = load_agency(office).realisations
    assert list(rows.loc[rows["file"].str.contains("formulir") & rows["value"].notna(), "value"]) == [20, 30, 9]
    put(book, "2 stunting", 1, periode="Triwulan I 2020")
    (problem,) = drop(book, office)
    assert problem.expected == "periode dalam tahun formulir, 2021"


@pytest.mark.parametrize("heading", ["Persentase", "Nilai (Usaha)", "Triwulan", "Berjalan"])
def test_the_words_of_the_form_are_no_headings_elsewhere(office: Path, heading: str) -> None:
    """In a file of one's own, `Nilai (ribu)` may be another unit, and a percentage a figure that would be lost."""
    word = {"Nilai (Usaha)": "nilai", "Triwulan": "periode"}.get(heading, "rincian")
    headings = ["indikator", "periode", "nilai", "rincian", "basis", "status", "sumber"]
    text = ";".join(heading if each == word else each for each in headings) + "\nusaha;2021-Q1;3;;resmi;final;uji\n"
    (office / "realisations" / "lain.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_agency(office)
    assert error.value.problems[0].found == f"judul kolom yang tidak dikenal: “{heading}”"


def test_a_form_of_the_version_before_is_still_read(example: Agency, empty_root: Path) -> None:
    book = open_form(BEFORE.read_bytes())
    put(book, "1 nik", 1, nilai=21, sumber="UPM")
    put(book, "6 uttp", 2, pembilang=9, penyebut=12, sumber="UPM", status="final")
    put(book, "5 keluhan", 1, nilai=97, sumber="UPM")
    assert drop(book, empty_root) == []
    rows = load_agency(empty_root).realisations
    assert len(rows) == 1 + 6 + 1 + 1 + 6 + 3
    read = rows[rows["value"].notna()].set_index("indicator_id")
    assert read["value"].to_dict() == {"nik": 21, "uttp": 75, "keluhan": 97}
    assert (read.at["uttp", "area"], read.at["uttp", "period"]) == (example.policy.areas[1], "2021-Q1")


@pytest.mark.parametrize(
    ("sheet", "cells", "column", "mend"),
    [
        ("5 keluhan", {"nilai": 104, "sumber": "UPM"}, "nilai", "Periksa angkanya; bila benar, jelaskan"),
        ("7 ekspor", {"satuan": "Ribu USD"}, "satuan", "Kembalikan seperti semula; bila barisnya salah tempat"),
        ("7 ekspor", {"definisi": "Ekspor kumulatif"}, "definisi", "Kembalikan seperti semula; bila barisnya"),
        ("1 nik", {"indikator": "umkm", "definisi": ""}, "satuan", "Kembalikan seperti semula; bila barisnya"),
        ("1 nik", {"nilai": "=3+4", "sumber": "UPM"}, "D", "Buka berkas di Excel"),
    ],
)
def test_a_form_of_the_version_before_is_held_to_what_stands_beside(
    empty_root: Path, sheet: str, cells: dict[str, object], column: str, mend: str
) -> None:
    book = open_form(BEFORE.read_bytes())
    put(book, sheet, 1, **cells)
    problem = drop(book, empty_root)[0]
    assert (problem.file, problem.row, problem.column) == (f"realisations/formulir.xlsx [{sheet}]", 2, column)
    assert problem.mend.startswith(mend)


@needs_office
def test_the_formulas_say_what_the_analysis_says(example: Agency, form: bytes, tmp_path: Path) -> None:
    """Every figure of 2021 typed in: the running column is `cumulative_path`, and is complete at each period's end."""
    book = open_form(form)
    fill_from(book, example)
    book = recalculate(book, tmp_path)
    targets = example.targets.set_index(["indicator_id", "year"])["target"]
    for sheet in book.worksheets[1:]:
        name = sheet.title.partition(" ")[2]
        running = [value for value in seen(sheet, "berjalan") if value not in (None, "")]
        wanted = cumulative_path(example, name, 2021)["cumulative"]
        assert running == pytest.approx(list(wanted), rel=1e-12)
        share = [value for value in seen(sheet, "terhadap target") if value not in (None, "")]
        assert share[-1] == pytest.approx(100 * wanted.iloc[-1] / targets[name, 2021], rel=1e-12)
    filled = {row[0].value: row[5].value for row in book["Petunjuk"].iter_rows() if row[0].value in book.sheetnames}
    assert filled == {sheet.title: len(rows_to_fill(sheet)) for sheet in book.worksheets[1:]}


@needs_office
def test_the_formulas_of_another_agency(office: Path, tmp_path: Path) -> None:
    """Counted by hand; what lacks a figure is said to, and what nobody began is empty."""
    book = open_form(write_form(load_agency(office), 2021))
    fill_office(book)
    put(book, "1 usaha", 4, nilai="tiga")  # a word is no number
    put(book, "2 stunting", 4, pembilang=3)  # its denominator is not known yet
    book = recalculate(book, tmp_path)
    lacking = "belum lengkap"
    assert seen(book["1 usaha"], "berjalan") == [30, 50, 90, None]
    assert seen(book["1 usaha"], "terhadap target") == pytest.approx(
        [100 * 30 / 130, 100 * 50 / 130, 100 * 90 / 130, None]
    )
    assert seen(book["2 stunting"], "persentase") == [20, 30, 9, None]
    assert seen(book["2 stunting"], "berjalan") == pytest.approx([20, 25, 59 / 3, lacking])
    assert seen(book["2 stunting"], "terhadap target") == pytest.approx([100, 125, 295 / 3, None])
    assert seen(book["3 stok"], "berjalan") == [None, None, 60, None, None, 120, None, None, lacking, *[None] * 3]
    assert seen(book["3 stok"], "terhadap target")[2:6] == [50, None, None, 100]
    assert (seen(book["4 aki"], "berjalan"), seen(book["4 aki"], "terhadap target")) == ([100], [80])
    filled = {row[0].value: row[5].value for row in book["Petunjuk"].iter_rows() if row[0].value in book.sheetnames}
    assert filled == {"1 usaha": 3, "2 stunting": 3, "3 stok": 7, "4 aki": 1, "5 indeks": 3}
