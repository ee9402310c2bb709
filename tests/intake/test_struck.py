"""What is struck through is neither read nor dropped: it is refused in every kind of file that tells it."""

import struct
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from office_files import record
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from readings import read, refused

from iku_analysis import load_agency
from iku_analysis.intake.xlsb import _formats
from iku_analysis.problems import DataError

WORDS = CellRichText(TextBlock(InlineFont(strike=True), "119"), " 121")


def workbook(path: Path, value: object, *, struck: bool) -> Path:
    """Write a workbook with one figure."""
    book = openpyxl.Workbook()
    book.active.append(["Indikator", "2022"])
    book.active.append(["koperasi", value])
    book.active["B2"].font = Font(strike=struck)
    book.save(path)
    return path


@pytest.mark.parametrize("value", [121, "121"])
def test_a_struck_cell(root: Path, tmp_path: Path, value: object) -> None:
    assert refused(read(workbook(tmp_path / "a.xlsx", value, struck=True), root)) == {(2, "B")}
    assert not read(workbook(tmp_path / "b.xlsx", value, struck=False), root).problems


def test_struck_words_beside_others(root: Path, tmp_path: Path) -> None:
    (problem,) = read(workbook(tmp_path / "a.xlsx", WORDS, struck=False), root).problems
    assert (problem.row, problem.column, problem.found) == (2, "B", "isi yang dicoret: “119 121”")
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as book:  # among the texts that all sheets share
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Indikator", "2022"])
        sheet.write(1, 0, "koperasi")
        sheet.write_rich_string(1, 1, book.add_format({"font_strikeout": True}), "119", " 121")
    assert refused(read(tmp_path / "b.xlsx", root)) == {(2, "B")}


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_a_struck_cell_of_other_programs(root: Path, tmp_path: Path, suffix: str) -> None:
    path = Path(__file__).parents[1] / f"data/intake/dicoret.{suffix}"
    assert refused(read(path, root)) == {(2, "B")}


def test_the_struck_styles_of_a_binary_workbook() -> None:
    fonts = b"".join(record(43, struct.pack("<HH", 220, bits) + bytes(20)) for bits in (0, 0x08, 0x02))
    styles = b"".join(record(47, struct.pack("<HHH", 0, 0, font) + bytes(10)) for font in (0, 1, 2, 1))
    assert _formats(fonts + record(617, b"") + styles + record(618, b"")) == (["General"] * 4, {1, 3})


def test_a_struck_figure_of_a_page(root: Path, text: Callable[..., Path]) -> None:
    rows = "<tr><th>Indikator</th><th>2022</th></tr><tr><td>koperasi</td><td>{}</td></tr>"
    for cell in ("<s>119</s> 121", '<span style="text-decoration: line-through">119</span>'):
        assert refused(read(text(f"<table>{rows.format(cell)}</table>", "a.xls"), root)) == {(2, "B")}


def test_struck_words_of_a_document(root: Path, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("dahulu").font.strike = True
    document.save(str(tmp_path / "a.docx"))
    (problem,) = read(tmp_path / "a.docx", root).problems
    assert "“dahulu”" in problem.found


def test_a_struck_cell_of_a_tidy_table(root: Path) -> None:
    (root / "realisations").mkdir()
    path = workbook(root / "realisations/a.xlsx", 121, struck=True)
    book = openpyxl.load_workbook(path)
    for place, (head, cell) in enumerate([("basis", "resmi"), ("status", "final"), ("sumber", "uji")], start=3):
        book.active.cell(1, place, head)
        book.active.cell(2, place, cell)
    book.active["A1"], book.active["B1"] = "indikator", "nilai"
    book.active["F1"], book.active["F2"] = "periode", "2022"
    book.save(path)
    with pytest.raises(DataError, match="dicoret"):
        load_agency(root)


@pytest.mark.parametrize("row", ['<tr style="text-decoration: line-through">', "<tr>"])
def test_a_struck_row_of_a_web_page(root: Path, tmp_path: Path, row: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<table><tr><td>Indikator<td>2022</tr>{row}<td>koperasi<td>121</tr></table>", encoding="utf-8")
    assert bool(refused(read(path, root))) is ("style" in row)
