"""Areas across the columns: each figure goes to its area, totals are held against them, other columns are asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from readings import figures, read, refused
from roots import AREAS

from iku_analysis import load_agency
from iku_analysis.intake.door import write_import

Book = Callable[..., Path]
EAST, WEST, SEA = AREAS  # Kota Timur, Kota Barat, Kabupaten Laut
TITLE = [["REALISASI KINERJA TAHUN 2022"], []]


def across(*rows: list[Any]) -> list[list[Any]]:
    return [*TITLE, ["No", "Indikator", "Satuan", "KOTA TIMUR", "Kota Barat", "Kab. Laut", "Jumlah"], *rows]


def test_an_area_a_column(root: Path, book: Book) -> None:
    rows = across([1, "Indikator koperasi", "Koperasi", 50, 60, 11, 121], [2, "Indikator usaha", "UKM", 9, 8, 7, 24])
    plan = read(book({"Wilayah": rows}), root)
    assert not plan.problems
    assert not plan.is_open
    assert figures(plan) == {
        ("koperasi", "2022", EAST): "50 D4",
        ("koperasi", "2022", WEST): "60 E4",
        ("koperasi", "2022", SEA): "11 F4",
        ("usaha", "2022", EAST): "9 D5",
        ("usaha", "2022", WEST): "8 E5",
        ("usaha", "2022", SEA): "7 F5",
    }
    write_import(plan)
    of_year = load_agency(root).figures.query("grain == 'year' and area == ''").set_index("indicator_id")["value"]
    assert of_year.to_dict() == {"koperasi": 121.0, "usaha": 24.0}


def test_a_total_of_areas_that_disagrees_is_refused(root: Path, book: Book) -> None:
    rows = across([1, "Indikator koperasi", "Koperasi", 50, 60, 11, 122])
    assert refused(read(book({"Wilayah": rows}), root)) == {(4, "G")}


@pytest.mark.parametrize("merged", [["D3:F3", "G3:I3", "A3:A4", "B3:B4", "C3:C4"], []], ids=["merged", "plain"])
def test_quarters_above_areas(root: Path, book: Book, merged: list[str]) -> None:
    rows = [
        *TITLE,
        ["No", "Indikator", "Satuan", "TW I", None, None, "TW II", None, None],
        [None, None, None, *["Timur", "Barat", "Laut"] * 2],
        [1, "Indikator koperasi", "Koperasi", 1, 2, 3, 4, 5, 6],
    ]
    plan = read(book({"Wilayah": rows}, merged={"Wilayah": merged}), root)
    assert not plan.problems
    assert figures(plan) == {
        ("koperasi", f"2022-Q{quarter}", area): f"{value} {'DEFGHI'[value - 1]}5"
        for quarter, values in ((1, (1, 2, 3)), (2, (4, 5, 6)))
        for area, value in zip(AREAS, values, strict=True)
    }


def test_months_below_areas_of_one_indicator(root: Path, book: Book) -> None:
    rows = [
        ["Indikator usaha, 2022"],
        ["Bulan", "Kota Timur", "Kota Barat", "Kabupaten Laut"],
        ["Januari", 1, 2, 3],
        ["Februari", 4, 5, 6],
    ]
    found = figures(read(book({"Bulan": rows}), root))
    assert found["usaha", "2022-02", SEA] == "6 D4"
    assert len(found) == 6


def test_the_whole_beside_its_areas_is_held_against_them(root: Path, book: Book) -> None:
    rows = [
        *TITLE,
        ["No", "Indikator", "Satuan", "Kota Timur", "Kota Barat", "Kab. Laut", "Seluruh Wilayah"],
        [1, "Indikator koperasi", "Koperasi", 50, 60, 11, 130],
    ]
    plan = read(book({"Wilayah": rows}), root)
    assert plan.problems or plan.is_open


def test_a_column_of_no_area_is_asked_about(root: Path, book: Book) -> None:
    rows = across([1, "Indikator koperasi", "Koperasi", 50, 60, 11, 121])
    rows[2][4] = "Kota Entah"
    assert "kolom Kota Entah" in read(book({"Wilayah": rows}), root).files[0].reading.doubts
