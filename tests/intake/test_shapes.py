"""Tidy figures in the shapes that offices write come back as they were; one broken cell is refused, nothing written."""

import csv
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from readings import ANSWERS, figures, read, refused
from shapes import IN_SHEETS, SHAPES, Figures, Look, write

from iku_analysis import load_agency
from iku_analysis.errors import IkuError
from iku_analysis.intake.door import read_import, write_import
from iku_analysis.problems import DataError
from iku_analysis.sources.amounts import as_written
from iku_analysis.sources.sheet_cells import column_of

EXAMPLES = int(os.environ.get("IKU_EXAMPLES", "40"))  # 2,000 before a release: IKU_EXAMPLES=2000
Book = Callable[..., Path]
Text = Callable[..., Path]

VALUES = {
    "koperasi": st.integers(1, 60).map(Decimal),
    "usaha": (st.integers(1_001, 27_000) | st.integers(2015, 2025)).map(Decimal),  # a count may look like a year
    "tera": st.integers(15, 1000).map(lambda tenths: Decimal(tenths) / 10),
    "indeks": st.integers(7_000, 9_999).map(lambda hundredths: Decimal(hundredths) / 100),
    "tumbuh": st.integers(-400, 400).map(lambda hundredths: Decimal(hundredths) / 100),
}
PARTS = st.sampled_from([("",), ("-Q1", "-Q2", "-Q3", "-Q4"), ("-Q1", "-Q2"), ("-S1", "-S2")])


@st.composite
def tidy(draw: st.DrawFn) -> Figures:
    """Figures of some indicators in some years, all of one kind of period."""
    ids = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=2, max_size=5, unique=True))
    years = sorted(draw(st.lists(st.integers(2018, 2022), min_size=1, max_size=3, unique=True)))
    periods = [f"{year}{part}" for year in years for part in draw(st.shared(PARTS, key="parts"))]
    found = {(each, period): draw(VALUES[each]) for each in ids for period in periods}
    blank = draw(st.lists(st.sampled_from(sorted(found)), max_size=2, unique=True))
    left = {key: number for key, number in found.items() if key not in blank}
    kept = {each for each, _period in left}
    return left if len(kept) == len(ids) and len({period for _id, period in left}) == len(periods) else found


def in_text(number: Decimal) -> str:
    """Return a number as an office types it."""
    return as_written(number, "id")


def with_zeros(number: Decimal) -> str:
    """Return a whole number as a program exports it."""
    return in_text(number) + ",00" if number == int(number) else in_text(number)


def in_brackets(number: Decimal) -> str:
    """Return a number below zero as accountants write it."""
    return f"({in_text(-number)})" if number < 0 else in_text(number)


LOOKS = st.builds(
    Look,
    name=st.sampled_from([str, "Indikator {}".format, "1.2.3 Indikator {} ".format, "Indikator  {}\n".format]),
    titles=st.integers(0, 2),
    blank_columns=st.integers(0, 2),
    value=st.sampled_from([float, in_text, with_zeros, in_brackets]),
    numbered=st.booleans(),
    counted=st.booleans(),
    footer=st.booleans(),
    merges=st.booleans(),
)


def few(share: int) -> settings:
    """Return how many examples of a shape are drawn: in a run of all tests the same few, many and new ones by hand."""
    return settings(
        max_examples=max(1, EXAMPLES // share),
        deadline=None,  # a machine with other work takes longer
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # shrinking takes minutes here, and the figures are small anyway
        derandomize="IKU_EXAMPLES" not in os.environ,
    )


# A text has no sheets.
WRITTEN = [
    pytest.param(shape, suffix, id=f"{shape.__name__}-{suffix}")
    for suffix in ("xlsx", "csv")
    for shape in SHAPES
    if suffix != "csv" or shape not in IN_SHEETS
]


@pytest.mark.parametrize(("shape", "suffix"), WRITTEN)
def test_any_shape_is_read_back(
    shape: Callable[..., Any], suffix: str, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / f"kinerja.{suffix}"

    @few(10)
    @given(tidy(), LOOKS)
    def reads_back(told: Figures, look: Look) -> None:
        cells = write(shape(told, look), told, look, path)
        plan = read_import([path], root, {"basis": "resmi"})  # one question open: nothing else is checked yet
        assert not plan.problems
        assert set(plan.files[0].reading.doubts) == {"status"}
        records = plan.files[0].reading.records
        found = {(each.cells["indicator"], each.cells["period"]): each.cells["value"] for each in records}
        assert found == {key: as_written(number, "id") for key, number in told.items()}
        assert len(records) == len(told)
        sheets = {key: f"[{each.sheet}] {each.cell}" for key, each in zip(found, records, strict=True)}
        assert sheets == (cells if suffix != "csv" else {key: f"[] {at.split()[-1]}" for key, at in cells.items()})

    reads_back()


BROKEN = ["lima", "#REF!", "1.2.3", "12-5", "2021-05-03", "5 atau 6", "≈ 9", "1,5,7", "Rp", "nihil"]


@pytest.mark.parametrize(("shape", "suffix"), WRITTEN)
def test_one_broken_cell_in_any_shape_is_refused(
    shape: Callable[..., Any], suffix: str, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("broken") / f"kinerja.{suffix}"

    @few(20)
    @given(tidy(), LOOKS, st.sampled_from(BROKEN), st.data())
    def is_refused(told: Figures, look: Look, broken: str, data: st.DataObject) -> None:
        cells = write(shape(told, look), told, look, path)
        sheet, _bracket, cell = cells[data.draw(st.sampled_from(sorted(told)))].removeprefix("[").rpartition("] ")
        row, column = _break(path, sheet, cell, broken)
        plan = read_import([path], root, ANSWERS)
        # Where the headings were known by the figures below them alone, there may be no table any more, or a question.
        assert (row, column) in refused(plan) or refused(plan) == {(None, None)} or plan.is_open
        assert {each[0] for each in refused(plan)} <= {row, None}
        with pytest.raises((DataError, IkuError)):
            write_import(plan)
        assert not (root / "realisations").exists()

    is_refused()


def _break(path: Path, sheet: str, cell: str, broken: str) -> tuple[int, str]:
    """Put a text into a cell of a file; return its row and column."""
    column, row = cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if path.suffix == ".xlsx":
        workbook = openpyxl.load_workbook(path)
        workbook[sheet][cell] = broken
        workbook.save(path)
    else:
        rows = list(csv.reader(path.open(encoding="utf-8", newline=""), delimiter=";"))
        rows[row - 1][column_of(column)] = broken
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    return row, column


LONG = ["Indikator", "Periode", "Nilai"]
QUARTERS = ["Indikator", "TW I 2021", "TW II 2021"]
REFUSED: dict[str, tuple[list[list[Any]], set[tuple[int | None, str | None]]]] = {
    "a total that disagrees": (
        [QUARTERS, ["koperasi", 5, 6], ["usaha", 5000, 6000], ["Jumlah", 5005, 6007]],
        {(4, "C")},
    ),
    "two columns of one period": ([["Indikator", "TW I 2021", "TW I 2021"], ["koperasi", 5, 6]], {(2, "C")}),
    "percentages and fractions": ([QUARTERS, ["tera", 0.9, 95]], {(2, "B")}),
    "errors of a sheet": ([QUARTERS, ["koperasi", "#REF!", "#N/A"]], {(2, "B"), (2, "C")}),
    "a date": ([QUARTERS, ["indeks", "80,5", "2021-05-03"]], {(2, "C")}),
    "a word among figures": ([QUARTERS, ["koperasi", "lima", 6]], {(2, "B")}),
}


@pytest.mark.parametrize(("rows", "places"), REFUSED.values(), ids=REFUSED)
def test_one_broken_cell_is_refused_and_nothing_written(
    root: Path, book: Book, rows: list[list[Any]], places: set[tuple[int | None, str | None]]
) -> None:
    before = sorted(root.rglob("*"))
    plan = read(book({"Data": rows}), root)
    assert refused(plan) == places
    with pytest.raises(DataError):
        write_import(plan)
    assert sorted(root.rglob("*")) == before


DOUBTED: dict[str, tuple[list[list[Any]], str]] = {
    "thousands in a heading": ([["Indikator", "Realisasi 2021 (ribu UKM)"], ["usaha", 27]], "satuan usaha ribu UKM"),
    "thousands in a name": ([["Indikator", "2021"], ["Indikator usaha (ribu)", 27]], "satuan usaha ribu"),
    "thousands in a title": (
        [["Kinerja (dalam ribuan)"], ["Indikator", "2021"], ["usaha", 27]],
        "satuan usaha dalam ribuan",
    ),
    "millions of rupiah": (
        [["Program", "Indikator", "Periode", "Anggaran (Rp juta)"], ["Program A", "usaha", 2021, 27]],
        "satuan anggaran Rp juta",
    ),
    "per cent of a count": ([["Indikator", "Realisasi 2021 (%)"], ["koperasi", 79]], "satuan koperasi %"),
    "a blank quarter": (
        [["Triwulan", "Indikator", "Realisasi 2021"], ["TW I", "koperasi", 5], [None, "usaha", 5000]],
        "sel kosong Triwulan",
    ),
    "a blank area": (
        [["Indikator", "Wilayah", "2021"], ["koperasi", "Kota Timur", 5], ["koperasi", None, 9]],
        "sel kosong Wilayah",
    ),
    "an agency's name in the title": (
        [["DINAS KOPERASI DAN UKM"], ["Wilayah", "TW I 2021"], ["Kota Timur", 5]],
        "indikator tabel DINAS KOPERASI DAN UKM",
    ),
    "a year that no year bounds": ([["Indikator", "Realisasi s.d. 2021"], ["koperasi", 374]], "s.d. koperasi"),
    "a year under a quarter's title": (
        [["KINERJA TRIWULAN III TAHUN 2021"], ["Indikator", "Realisasi 2021"], ["koperasi", 29]],
        "periode kolom Realisasi 2021",
    ),
    "a number for a name": ([["Indikator", "2021"], ["IKU 1", 5]], "indikator IKU 1"),
}


@pytest.mark.parametrize(("rows", "key"), DOUBTED.values(), ids=DOUBTED)
def test_what_could_be_read_in_two_ways_is_asked(root: Path, book: Book, rows: list[list[Any]], key: str) -> None:
    plan = read(book({"Data": rows}), root)
    assert [doubt for file in plan.files for doubt in file.reading.doubts] == [key]
    assert not plan.problems


def test_thousands_are_multiplied_where_the_office_says_so(root: Path, book: Book) -> None:
    path = book({"Data": [["Indikator", "Realisasi 2021 (ribu UKM)"], ["usaha", 27.5]]})
    assert figures(read(path, root, **{"satuan usaha ribu UKM": "kali 1.000"})) == {("usaha", "2021"): "27.500 B2"}
    assert figures(read(path, root, **{"satuan usaha ribu UKM": "sama"})) == {("usaha", "2021"): "27,5 B2"}


def test_blank_quarters_are_filled_where_the_office_says_so(root: Path, book: Book) -> None:
    rows = [["Triwulan", "Indikator", "Realisasi 2021"], ["TW I", "koperasi", 5], [None, "usaha", 5000]]
    plan = read(book({"Data": rows}), root, **{"sel kosong Triwulan": "sama dengan di atasnya"})
    assert figures(plan) == {("koperasi", "2021-Q1"): "5 C2", ("usaha", "2021-Q1"): "5.000 C3"}


def test_a_row_of_small_numbers_is_no_heading(root: Path, book: Book) -> None:
    rows = [["Indikator", "TW I 2021", "TW II 2021"], ["Indikator koperasi", 1, 2], ["Indikator usaha", 2005, 2006]]
    assert figures(read(book({"Data": rows}), root)) == {
        ("koperasi", "2021-Q1"): "1 B2",
        ("koperasi", "2021-Q2"): "2 C2",
        ("usaha", "2021-Q1"): "2.005 B3",
        ("usaha", "2021-Q2"): "2.006 C3",
    }


def test_performance_and_money_below_quarters_in_pairs(root: Path, book: Book) -> None:
    rows = [
        ["EVALUASI HASIL RKPD TAHUN 2022"],
        ["Program", "Indikator Kinerja Program (outcome)", "Realisasi Pada Triwulan", None, None, None],
        [None, None, "I", None, "II", None],
        [None, None, "K", "Rp", "K", "Rp"],
        ["1", "2", "3", "4", "5", "6"],
        ["Program A", "Indikator koperasi", 22, 200, 30, 300],
    ]
    plan = read(book({"Data": rows}), root)
    assert figures(plan) == {("koperasi", "2022-Q1"): "22 C6", ("koperasi", "2022-Q2"): "30 E6"}
    told = [(each.place, each.what) for each in plan.files[0].reading.left if "tanpa pagu" in each.why]
    assert told == [("D6", "200"), ("F6", "300")]


def test_tables_of_one_heading_keep_their_own_titles(root: Path, book: Book) -> None:
    rows = [
        *(["Realisasi Indikator koperasi 2021"], ["Wilayah", "TW I"], ["Kota Timur", 5], []),
        *(["Realisasi Indikator usaha 2022"], ["Wilayah", "TW I"], ["Kota Timur", 6000]),
    ]
    assert figures(read(book({"Data": rows}), root)) == {
        ("koperasi", "2021-Q1", "Kota Timur"): "5 B3",
        ("usaha", "2022-Q1", "Kota Timur"): "6.000 B7",
    }


def test_what_another_file_told_is_left_out_if_alike_and_refused_if_not(root: Path, book: Book) -> None:
    write_import(read(book({"Data": [LONG, ["koperasi", "TW I 2021", 5]]}, name="lama.xlsx"), root))
    rows = [LONG, ["koperasi", "TW I 2021", 5], ["koperasi", "TW II 2021", 6]]
    alike = read(book({"Data": rows}, name="baru.xlsx"), root)
    assert figures(alike) == {("koperasi", "2021-Q2"): "6 C3"}
    assert [each.why for each in alike.files[0].reading.left] == ["sama dengan lama.xlsx [Data] C2"]
    other = read(book({"Data": [LONG, ["koperasi", "TW I 2021", 7]]}, name="baru.xlsx"), root)
    assert refused(other) == {(2, "C")}
    assert "lama.xlsx [Data] C2" in other.problems[0].expected
    rows = [LONG, ["usaha", "TW I 2021", 5000]]
    both = read_import([book({"Data": rows}, name=name) for name in ("satu.xlsx", "dua.xlsx")], root, ANSWERS)
    assert [len(each.reading.records) for each in both.files] == [1, 0]


def test_many_files_of_one_shape_in_one_go(root: Path, text: Text) -> None:
    periods = [f"{year}-{month:02d}" for year in (2020, 2021) for month in range(1, 11)]
    paths = [
        text(f"Indikator;Periode;Nilai\nkoperasi;{period};{place}\n", name=f"{period}.csv")
        for place, period in enumerate(periods, start=1)
    ]
    write_import(read_import(paths, root, ANSWERS))
    found = load_agency(root).realisations
    assert dict(zip(found["period"], found["value"], strict=True)) == {
        period: float(place) for place, period in enumerate(periods, start=1)
    }


def test_figures_in_brackets_below_headings_are_no_headings(root: Path, book: Book) -> None:
    plan = read(book({"tumbuh": [["Periode", "Realisasi"], ["2019", "(0,6)"], ["2021", "3,64"]]}), root)
    assert figures(plan) == {("tumbuh", "2019"): "-0,6 B2", ("tumbuh", "2021"): "3,64 B3"}


def test_a_footer_in_the_column_of_an_indicator_hides_no_figure(root: Path, book: Book) -> None:
    rows = [["Periode", "usaha", "koperasi"], ["2018", 1001, 25], [], [None, "Mengetahui,"]]
    assert figures(read(book({"Data": rows}), root)) == {("usaha", "2018"): "1.001 B2", ("koperasi", "2018"): "25 C2"}
