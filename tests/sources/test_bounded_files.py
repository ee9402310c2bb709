"""Whatever lies in a folder is read within limits, and what is larger is told by place."""

import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from iku_analysis import DataError, Problem, load_agency
from iku_analysis.sources import cells, csv_rows, sheet_cells, sheets
from iku_analysis.sources.cell_formats import DateText, MisleadingFormatError, text_of_number

HEADING = ["indikator", "periode", "nilai", "basis", "status", "sumber"]
ROW = ["umkm", "2021", 7, "resmi", "final", "X"]
MakeRoot = Callable[..., Path]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def root(make_root: MakeRoot) -> Path:
    return make_root()


def save(root: Path, book: Workbook | None = None) -> Path:
    if book is None:
        book = Workbook()
        book.active.append(HEADING)
        book.active.append(ROW)
    path = root / "realisations/a.xlsx"
    book.save(path)
    return path


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Change one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def problem_of(root: Path) -> Problem:
    with pytest.raises(DataError) as caught:
        load_agency(root)
    return caught.value.problems[0]


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD1"])
def test_a_blank_in_the_last_cell_costs_nothing(root: Path, place: str) -> None:
    book = Workbook()
    book.active.append(HEADING)
    book.active.append(ROW)
    book.active[place].font = Font(bold=True)
    path = save(root, book)
    tracemalloc.start()
    begin = time.perf_counter()
    tables, problems = cells.read_tables(path, "a.xlsx", set(HEADING), "id", hidden="refuse", account=None)  # type: ignore[arg-type]
    seconds, (_now, peak) = time.perf_counter() - begin, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not problems
    assert [row for row, _cells in tables[0].rows] == [1, 2]
    assert seconds < 1
    assert peak < 20_000_000
    assert len(load_agency(root).realisations) == 1


def test_formatted_empty_rows_are_no_rows(root: Path) -> None:
    path = save(root)
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="ZZ{row}" s="0"/></row>' for row in range(3, 20_000))
    rewrite(path, SHEET, lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))
    assert len(load_agency(root).realisations) == 1


def test_more_cells_than_a_table_has_are_told_by_sheet_and_row(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_cells, "MOST_CELLS", 1000)
    book = Workbook()
    book.active.append(HEADING)
    for row in range(2, 9):
        book.active.cell(row, 300, "x")
    save(root, book)
    problem = problem_of(root)
    assert (problem.file, problem.row) == ("realisations/a.xlsx [Sheet]", 5)
    assert problem.expected == "paling banyak 1000 sel"


def test_a_zip_bomb_is_refused_unopened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(root)
    monkeypatch.setattr(sheets, "MOST_BYTES_UNPACKED", 5_000_000)
    rewrite(path, "xl/media/x.bin", lambda _content: bytes(6_000_000))
    assert path.stat().st_size < 30_000
    problem = problem_of(root)
    assert (problem.file, problem.found, problem.expected) == ("realisations/a.xlsx", "6 MB isi", "paling banyak 5 MB")


def test_a_part_of_settings_is_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(root)
    monkeypatch.setattr(sheets, "MOST_BYTES_OF_SETTINGS", 100)
    assert problem_of(root).expected == "paling banyak 0 MB"


def test_sheets_and_seconds_are_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(root)
    monkeypatch.setattr(sheets, "MOST_SECONDS", -1)
    assert problem_of(root).found == "isi yang belum selesai dibaca"
    monkeypatch.undo()
    monkeypatch.setattr(sheets, "MOST_SHEETS", 0)
    assert problem_of(root).found == "1 lembar"


def test_entities_that_grow_are_refused(root: Path) -> None:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 20 if n else b"x" * 100) for n in range(9))
    head = b'<?xml version="1.0"?><!DOCTYPE worksheet [' + entities + b"]>"
    rewrite(save(root), SHEET, lambda xml: head + xml.replace(b"<v>7</v>", b"<v>&e8;</v>"))
    assert problem_of(root).found.startswith("berkas yang tidak dapat dibuka")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A2"', b'r="AAAA2"'),
        (b'r="B2"', b'r="A2"'),
        (b'<row r="2"', b'<row r="1"'),
        (b'<row r="2"', b'<row r="9999999"'),
        (b"<v>7</v>", b"<v>tujuh</v>"),
        (b't="inlineStr"', b't="s"'),
        (b"</worksheet>", b""),
    ],
)
def test_a_crooked_sheet_is_refused_as_a_file(root: Path, old: bytes, new: bytes) -> None:
    def change(xml: bytes) -> bytes:
        assert old in xml
        return xml.replace(old, new, 1)

    rewrite(save(root), SHEET, change)
    problem = problem_of(root)
    assert problem.found.startswith("berkas yang tidak dapat dibuka")
    assert problem.mend.startswith("Buka di Excel")


def test_a_csv_is_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "realisations/a.csv"
    path.write_text(";".join(HEADING) + "\n" + "umkm;2021;7;resmi;final;X\n" * 9, encoding="utf-8")
    monkeypatch.setattr(csv_rows, "MOST_CELLS", 20)
    assert (problem_of(root).row, problem_of(root).expected) == (4, "paling banyak 20 sel")
    monkeypatch.setattr(csv_rows, "MOST_BYTES_OF_CSV", 100)
    assert problem_of(root).expected == "paling banyak 0 MB"


def test_blank_lines_without_end_cost_nothing(root: Path) -> None:
    path = root / "realisations/a.csv"
    path.write_text(";".join(HEADING) + "\numkm;2021;7;resmi;final;X\n" + ";;;;;\n" * 300_000, encoding="utf-8")
    assert len(load_agency(root).realisations) == 1


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (0.975, "0.0%", "97,5%"),
        (0.975, r"0.0\%", "0,975"),
        (0.975, '0.0"%"', "0,975"),
        (0.975, "0.0_%", "0,975"),
        (0.975, "0.0*%", "0,975"),
        (0.975, "[Red]0%;0.0", "97,5%"),
        (-0.5, "0%;0.0", "-0,5"),
        (0.0, "0%;-0%;0", "0"),
        (0.5, "[<1]0%;0.0", "50%"),
        (97.5, "[<1]0%;0.0", "97,5"),
        (97.5, "[>=90]0.0;[<0]0%;0%", "97,5"),
        (0.5, "[>=90]0.0;[<0]0.0;0%", "50%"),
        (1234567.5, "General", "1234567,5"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "0"),
        (44562, "yyyy", "2022"),
        (44804, "mmm yyyy", "2022-08"),
        (44804, "mm/yyyy", "2022-08"),
        (44834, '"TW III" yyyy', "TW III 2022"),
        (44834, "d/m/yyyy", "2022-09-30"),
        (44684, "d-mmm", "2022-05-03"),
        (44684, "mmmm", "2022-05-03"),
        (0.5, "h:mm", "12:00:00"),
        (1, "[h]:mm", "00:00:00"),
    ],
)
def test_a_number_is_read_as_it_shows(number: float, code: str, text: str) -> None:
    shown = text_of_number(number, code, "id")
    assert shown == text
    assert isinstance(shown, DateText) == (code.strip("[]")[0] in "ydmh" or "yyyy" in code)


def test_years_since_1904() -> None:
    assert text_of_number(44562 - 1462, "yyyy", "id", since_1904=True) == "2022"


@pytest.mark.parametrize("code", [";;;", "0.0,", '#,##0.0,,"juta"', "0;;0", '"TW III"'])
def test_a_format_that_hides_what_a_cell_holds_is_refused_by_cell(root: Path, code: str) -> None:
    with pytest.raises(MisleadingFormatError):
        text_of_number(-27_799_000, code, "id")
    book = Workbook()
    book.active.append(HEADING)
    book.active.append(ROW)
    book.active["C2"] = -7_000_000
    book.active["C2"].number_format = code
    save(root, book)
    problem = problem_of(root)
    assert (problem.row, problem.column) == (2, "C")
    assert problem.found.startswith(f"format angka “{code}”")
