"""Published series come in by the same door, as portals of BPS and Satu Data lay them out; none is a realisation."""

from collections.abc import Callable
from pathlib import Path

import pytest
from readings import figures, read, refused

from iku_analysis import load_agency
from iku_analysis.display.figures import plot_context
from iku_analysis.intake.door import read_import, write_import

Text = Callable[..., Path]
MONTHS = """Nilai Penjualan Menurut Bulan (Juta Rupiah);;;
;;;
Bulan;2019;2020;2021*
(1);(2);(3);(4)
Januari;812,34;790,1;801,2
Februari;800,00;780,1;…
Jumlah;1.612,34;1.570,2;801,2
Sumber: BPS Kota Contoh;;;
"""
ABOUT = {"basis": "konteks", "indikator tabel Nilai Penjualan Menurut Bulan (Juta Rupiah)": "koperasi"}
OPEN_DATA = """id,kode_kabupaten_kota,nama_kabupaten_kota,kategori,jumlah_koperasi,satuan,tahun
1,31.71,Wilayah Satu,AKTIF,1045,UNIT,2021
2,31.72,Wilayah Dua,AKTIF,998,UNIT,2021
3,31.72,Wilayah Dua,TIDAK AKTIF,98,UNIT,2021
4,31.72,Wilayah Dua,AKTIF,1002,UNIT,2022
"""


def test_months_down_and_years_across(root: Path, text: Text) -> None:
    plan = read(text(MONTHS), root, **ABOUT)
    assert not plan.problems
    assert not plan.is_open
    assert figures(plan, "context") == {
        ("koperasi", "2019-01"): "812,34 B5",
        ("koperasi", "2020-01"): "790,1 C5",
        ("koperasi", "2021-01"): "801,2 D5",
        ("koperasi", "2019-02"): "800 B6",
        ("koperasi", "2020-02"): "780,1 C6",
    }
    write_import(plan)
    agency = load_agency(root)
    assert agency.realisations.empty  # nothing of it is scored
    assert set(agency.context["series"]) == {"Nilai Penjualan Menurut Bulan"}
    assert set(agency.context["unit"]) == {"Juta Rupiah"}
    assert set(agency.context["source"]) == {"BPS Kota Contoh (kinerja.csv)"}
    assert agency.context.set_index("period")["note"]["2021-01"] == "angka sementara"


def test_what_the_figures_are_is_asked_before_they_are_taken(root: Path, text: Text) -> None:
    plan = read_import([text(MONTHS)], root, {name: answer for name, answer in ABOUT.items() if name != "basis"})
    (doubt,) = [each for each in plan.files[0].reading.doubts.values() if each.key == "basis"]
    assert doubt.choices == ("resmi", "publikasi", "proksi", "konteks")


def test_a_total_of_a_series_that_disagrees_is_refused(root: Path, text: Text) -> None:
    assert refused(read(text(MONTHS.replace("1.570,2", "1.570,3")), root, **ABOUT)) == {(7, "C")}


def test_a_revision_is_kept_beside_what_it_revises(root: Path, text: Text) -> None:
    write_import(read(text(MONTHS), root, **ABOUT))
    later = MONTHS.replace("790,1", "795,5").replace("1.570,2", "1.575,6")
    write_import(read(text(later, "revisi.csv"), root, **ABOUT))
    agency = load_agency(root)
    of_month = agency.context[agency.context["period"] == "2020-01"]
    assert of_month.set_index("source")["value"].to_dict() == {
        "BPS Kota Contoh (kinerja.csv)": 790.1,
        "BPS Kota Contoh (revisi.csv)": 795.5,
    }
    lines = plot_context(agency, "koperasi").axes.lines
    joined = [[round(float(y), 2) for y in line.get_ydata()] for line in lines]
    assert [790.1, 780.1] in joined  # each source for itself: no line goes from one revision to the other
    assert [795.5, 780.1] in joined


def test_the_year_below_its_months(root: Path, text: Text) -> None:
    content = MONTHS.replace("Jumlah;1.612,34;1.570,2;801,2", "Tahunan;9.100;9.200;9.300")
    found = figures(read(text(content), root, **ABOUT), "context")
    assert found["koperasi", "2020"] == "9.200 C7"


def test_open_data_with_kinds_of_a_thing(root: Path, text: Text) -> None:
    answers = {"basis": "konteks", "kolom jumlah_koperasi": "koperasi"}
    path = text(OPEN_DATA)
    asked = read(path, root, **answers).files[0].reading.doubts
    assert "kolom kategori" in asked
    assert not [key for key in asked if key.startswith("indikator")]  # `id` counts lines and names nothing
    answers |= {"kolom kategori": "rincian"}
    areas = {key.partition(" ")[2] for key in asked if key.startswith("wilayah")}
    assert areas <= {"Wilayah Satu", "Wilayah Dua"}


def test_a_kind_left_aside_makes_two_figures_of_one_thing(root: Path, text: Text) -> None:
    areas = load_agency(root).policy.areas
    content = OPEN_DATA.replace("Wilayah Satu", areas[0]).replace("Wilayah Dua", areas[1])
    answers = {"basis": "konteks", "kolom jumlah_koperasi": "koperasi"}
    assert refused(read(text(content), root, **answers, **{"kolom kategori": "lewati"})) == {(4, "E")}
    plan = read(text(content), root, **answers, **{"kolom kategori": "rincian"})
    assert not plan.problems
    series = {each.cells["series"]: each.cells["value"] for each in plan.files[0].reading.records}
    assert series == {
        f"jumlah koperasi, kategori: AKTIF, {areas[0]}": "1.045",
        f"jumlah koperasi, kategori: AKTIF, {areas[1]}": "1.002",
        f"jumlah koperasi, kategori: TIDAK AKTIF, {areas[1]}": "98",
    }


@pytest.mark.parametrize("answer", ["resmi", "proksi"])
def test_kinds_of_a_realisation_are_its_breakdown(root: Path, text: Text, answer: str) -> None:
    areas = load_agency(root).policy.areas
    content = OPEN_DATA.replace("Wilayah Satu", areas[0]).replace("Wilayah Dua", areas[1]).replace("UNIT", "Koperasi")
    plan = read(text(content), root, basis=answer, **{"kolom jumlah_koperasi": "koperasi", "kolom kategori": "rincian"})
    kinds = [(each.cells["breakdown"], each.cells["value"]) for each in plan.files[0].reading.records]
    assert ("kategori: TIDAK AKTIF", "98") in kinds
