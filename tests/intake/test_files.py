"""Every kind of office file is opened to the same sheets, and what cannot be opened is refused in words."""

import csv
import importlib.util
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import openpyxl
import pypdf
import pytest
import python_calamine
from hypothesis import given, settings, strategies as st
from matplotlib.figure import Figure
from office_files import (
    CELLS,
    DATES,
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    MERGED,
    OLD_SHEET,
    ROWS,
    WORKBOOKS,
    typst_table,
    write_docx,
    write_pdf,
    write_xlsb,
    write_xlsx,
)

from iku_analysis import Problem
from iku_analysis.intake import cell_filler, opening, pdf_pages
from iku_analysis.intake.files import open_tables
from iku_analysis.intake.xlsb import _rk
from iku_analysis.sources.cell_formats import DateText
from iku_analysis.sources.sheet_cells import Sheet

MADE = Path(__file__).parents[1] / "data/intake"
SEEN = [cells for _number, cells in ROWS]


def opened(path: Path, number_format: str = "id") -> list[Sheet]:
    sheets, problems = open_tables(path, path.name, number_format)
    assert problems == []
    return sheets


def refused(path: Path) -> Problem:
    sheets, problems = open_tables(path, path.name, "id")
    assert sheets == [] and len(problems) == 1
    assert problems[0].file == path.name and problems[0].mend
    return problems[0]


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.fixture(params=[*WORKBOOKS, "tabel.xls", "tabel.ods"])
def workbook(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param in WORKBOOKS:
        return WORKBOOKS[request.param](tmp_path / request.param)
    return MADE / request.param


def test_every_workbook_is_read_to_the_same_sheets(workbook: Path) -> None:
    data, old = opened(workbook)
    assert (data.title, data.hidden, data.rows) == ("Data", False, ROWS)
    assert (data.hidden_rows, data.hidden_columns) == ([HIDDEN_ROW], [(HIDDEN_COLUMN, HIDDEN_COLUMN)])
    assert (data.merged, data.faults) == ([MERGED], [])
    assert (old.title, old.hidden, old.rows) == (OLD_SHEET[0], True, [(1, [str(OLD_SHEET[1])])])
    assert [fault[:3] for fault in old.faults] == [(1, 0, "format")]
    dates = {
        "ABCDE"[column] + str(row)
        for row, cells in data.rows
        for column, text in enumerate(cells)
        if isinstance(text, DateText)
    }
    assert dates == DATES


def test_a_decimal_point_is_written_where_it_is_declared(workbook: Path) -> None:
    rows = dict(opened(workbook, "en")[0].rows)
    assert (rows[2], rows[3], rows[7]) == (
        ["Usaha", "27799", "0.125"],
        ["Persen", "90%", "12.34%"],
        ["Teks", "007", "-1234.5"],
    )


def test_another_program_reads_our_binary_workbook_alike(tmp_path: Path) -> None:
    """So that what the tests write is what the format is."""
    book = python_calamine.CalamineWorkbook.from_path(write_xlsb(tmp_path / "a.xlsb"))
    rows = book.get_sheet_by_name("Data").to_python()
    for place, (value, _code, _shown) in CELLS.items():
        expected = "" if value == "#DIV/0!" else value  # which it does not tell
        assert rows[int(place[1:]) - 1]["ABCDE".index(place[0])] == expected


@pytest.mark.parametrize(("name", "separator"), [("a.csv", ";"), ("a.csv", ","), ("a.tsv", "\t"), ("a.txt", "|")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_are_read_with_any_separator(tmp_path: Path, name: str, separator: str, encoding: str) -> None:
    lines = [["Judul"], ["indikator", "nilai", "keterangan"], ["kop 👍", "80.5", "Äö"], ["usaha", "90%", "x"]]
    content = "\n".join(separator.join(line) for line in lines).encode(encoding)
    sheet = opened(write(tmp_path / name, content))[0]
    assert (sheet.title, sheet.rows) == ("", list(enumerate(lines, start=1)))


def test_a_text_of_western_windows_is_read(tmp_path: Path) -> None:
    assert opened(write(tmp_path / "a.csv", "a;Äö;–".encode("cp1252")))[0].rows == [(1, ["a", "Äö", "–"])]


def test_a_text_that_programs_export_as_xls_is_read(tmp_path: Path) -> None:
    assert opened(write(tmp_path / "a.xls", b"a\t1\nb\t2"))[0].rows == [(1, ["a", "1"]), (2, ["b", "2"])]


def test_decimal_commas_part_no_cells(tmp_path: Path) -> None:
    sheet = opened(write(tmp_path / "a.csv", b"1,5;2021;80,5\n2,5;2022;81,5"))[0]
    assert sheet.rows == [(1, ["1,5", "2021", "80,5"]), (2, ["2,5", "2022", "81,5"])]


def test_a_first_line_names_the_separator(tmp_path: Path) -> None:
    assert opened(write(tmp_path / "a.csv", b"sep=|\na;b|c;d\n1;2|3;4"))[0].rows[0] == (1, ["a;b", "c;d"])


def test_two_separators_that_part_all_lines_are_refused(tmp_path: Path) -> None:
    assert "; ," in refused(write(tmp_path / "a.csv", b"a,b;c\nd,e;f")).found


def test_a_word_table_is_a_sheet(tmp_path: Path) -> None:
    (sheet,) = opened(write_docx(tmp_path / "a.docx", SEEN, merge_first=True))
    assert (sheet.title, sheet.merged) == ("Tabel 1", ["A1:C1"])
    widest = max(map(len, SEEN))
    rows = [(number, (cells + [""] * widest)[:widest]) for number, cells in enumerate(SEEN, start=1)]
    assert sheet.rows == [(0, ["Sebelum tabel"]), *rows]  # its caption above it


def test_a_pdf_table_is_a_sheet(tmp_path: Path) -> None:
    seen = [[text.replace(" 👍", "") for text in cells] for cells in SEEN]
    body = "Sebelum tabel\n" + typst_table(seen) + "#pagebreak()\n" + typst_table([["a", "b"], ["1", "2"]]) * 2
    first, second, third = opened(write_pdf(tmp_path / "a.pdf", body))
    assert [first.title, second.title, third.title] == ["hal. 1", "hal. 2 tabel 1", "hal. 2 tabel 2"]
    assert first.merged == ["A1:E1", "A8:E8"][:1]
    rows = [(number, (cells + [""] * 5)[:5]) for number, cells in enumerate(seen, start=1)]
    assert first.rows == [(0, ["Sebelum tabel"]), *rows]
    assert third.rows == [(1, ["a", "b"]), (2, ["1", "2"])]


def test_content_decides_over_the_name(tmp_path: Path) -> None:
    assert opened(write_xlsx(tmp_path / "a.xls"))[0].rows == ROWS
    assert opened(write(tmp_path / "b.csv", (MADE / "tabel.ods").read_bytes()))[0].rows == ROWS


def rezip(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_a_formula_without_value_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["x", "=1+1"])
    book.save(tmp_path / "a.xlsx")
    assert opened(tmp_path / "a.xlsx")[0].faults == [(1, 1, "formula", "=1+1")]
    cells = f'<table:table-row>{ONE}<table:table-cell table:formula="of:=1+1"/></table:table-row>'
    assert opened(ods_of(table_of(cells), tmp_path / "a.ods"))[0].faults == [(1, 1, "formula", "=1+1")]


EMPTY = "berkas kosong"


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.pdf", "a.docx", "a.xls"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(write(tmp_path / name, b"")).found == EMPTY


def test_a_workbook_without_a_filled_cell_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    _sheets, problems = open_tables(tmp_path / "a.xlsx", "a.xlsx", "id")
    assert [problem.found for problem in problems] == [EMPTY]


@pytest.mark.parametrize("name", [*WORKBOOKS, "tabel.xls", "tabel.ods"])
def test_a_damaged_workbook_is_refused(tmp_path: Path, name: str) -> None:
    whole = (WORKBOOKS[name](tmp_path / name) if name in WORKBOOKS else MADE / name).read_bytes()
    for size in (9, len(whole) // 2, len(whole) - 30):
        refused(write(tmp_path / name, whole[:size]))


def test_a_damaged_pdf_or_document_is_refused(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "a.pdf", typst_table([["a", "b"], ["1", "2"]])).read_bytes()
    refused(write(tmp_path / "a.pdf", whole[: len(whole) // 3]))
    whole = write_docx(tmp_path / "a.docx", [["a", "b"]]).read_bytes()
    refused(write(tmp_path / "a.docx", whole[: len(whole) // 2]))
    refused(rezip(write_docx(tmp_path / "b.docx", [["a"]]), "word/document.xml", lambda content: content[:-50]))


def entry(word: str) -> bytes:
    """Return the beginning of a compound file, and a name of its directory."""
    return opening.OLE + bytes(504) + word.encode("utf-16-le").ljust(64, b"\0") + bytes(64)


def test_a_password_is_told(tmp_path: Path) -> None:
    locked = "berkas dengan kata sandi"
    for name in ("a.xlsx", "a.docx", "a.xlsb"):  # Office puts what it encrypts into a compound file
        assert refused(write(tmp_path / name, entry("EncryptedPackage"))).found == locked
    ods = write(tmp_path / "a.ods", (MADE / "tabel.ods").read_bytes())
    rezip(ods, "META-INF/manifest.xml", lambda content: content + b"<manifest:encryption-data/>")
    assert refused(ods).found == locked
    old = bytearray((MADE / "tabel.xls").read_bytes())
    after = old.index(b"\x09\x08\x10\x00") + 20  # the record after the first, the beginning of the workbook
    old[after : after + 2] = b"\x2f\x00"
    assert refused(write(tmp_path / "a.xls", bytes(old))).found == locked
    writer = pypdf.PdfWriter(clone_from=write_pdf(tmp_path / "a.pdf", "teks"))
    writer.encrypt("rahasia", algorithm="RC4-128")
    writer.write(tmp_path / "b.pdf")
    assert refused(tmp_path / "b.pdf").found == locked


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.xls", b"MIME-Version: 1.0", "halaman web"),
        ("a.xls", b"\xef\xbb\xbf \n<!DOCTYPE html>", "tidak dapat dibuka"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "halaman web"),
        ("a.docx", b"{\\rtf1 teks}", "dokumen Word lama"),
        ("a.doc", entry("WordDocument"), "dokumen Word lama"),
        ("a.ppt", entry("PowerPoint Document"), "jenis berkas"),
        ("a.pdf", b"bukan pdf", "jenis berkas"),
        ("a.docx", b"bukan word", "jenis berkas"),
        ("a.csv", b"a;b\0;c", "jenis berkas"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "jenis berkas"),
        ("a.csv", b"a;b\x07\n1;2", "tanda yang tidak terlihat"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, found: str) -> None:
    assert found in refused(write(tmp_path / name, content)).found


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("surat.txt", "halo")
    assert "jenis berkas" in refused(tmp_path / "a.xlsx").found


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "tidak ada.xlsx").found == "berkas tidak ada"
    assert refused(tmp_path).found == "sebuah folder"


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(_path: Path) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(opening, "sha256", forbid)
    assert refused(write(tmp_path / "a.csv", b"a;b")).found == "berkas tanpa izin baca"


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.csv", b"a;b\n1;2")
    find = opening.find_kind

    def change(each: Path) -> str:
        each.write_bytes(b"a;b\n1;3")
        return find(each)

    monkeypatch.setattr(opening, "find_kind", change)
    problem = refused(path)
    assert problem.found == "berkas yang berubah selama dibaca" and "ulangi" in problem.mend


@pytest.mark.parametrize(("name", "library"), [("tabel.xls", "xlrd"), ("a.pdf", "pdfplumber")])
def test_a_library_that_is_missing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str
) -> None:
    path = MADE / name if name == "tabel.xls" else write_pdf(tmp_path / name, "teks")
    monkeypatch.setattr(opening, "find_spec", lambda each: None if each == library else importlib.util.find_spec(each))
    problem = refused(path)
    assert 'pip install "iku-analysis[import]"' in problem.mend and library in problem.expected


def write_scan(path: Path) -> Path:
    figure = Figure(figsize=(8, 11))
    figure.figimage([[0.1, 0.9], [0.5, 0.3]], resize=False)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow([[0.1, 0.9], [0.5, 0.3]], aspect="auto")
    axes.axis("off")
    figure.savefig(path)
    return path


def test_a_scan_is_refused(tmp_path: Path) -> None:
    scan = write_scan(tmp_path / "a.pdf")
    assert refused(scan).found == "hasil pindaian tanpa teks"
    writer = pypdf.PdfWriter()
    writer.append(write_pdf(tmp_path / "b.pdf", typst_table([["a", "b"], ["1", "2"]])))
    writer.append(scan)
    writer.write(tmp_path / "c.pdf")
    problem = refused(tmp_path / "c.pdf")
    assert problem.found == "hasil pindaian tanpa teks di hal. 2" and "Excel" in problem.mend


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_a_document_without_a_table_is_refused(tmp_path: Path, name: str) -> None:
    path = write_pdf(tmp_path / name, "Hanya teks") if name == "a.pdf" else write_docx(tmp_path / name, None)
    assert "tabel" in refused(path).found


def ods_of(body: str, path: Path) -> Path:
    """Write an ODS of one table by hand."""
    names = {"office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle"}
    spaces = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for each, name in names.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return path


def table_of(rows: str) -> str:
    table = f'<table:table table:name="D">{rows}</table:table>'
    return f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"


ONE = '<table:table-cell office:value-type="float" office:value="1"/>'


def test_repeated_blanks_of_ods_cost_nothing(tmp_path: Path) -> None:
    blank = '<table:table-cell table:style-name="x" table:number-columns-repeated="{}"/>'
    twice = f'<table:table-row table:number-rows-repeated="2">{ONE}{blank.format(3)}{ONE}</table:table-row>'
    far = f'<table:table-row table:number-rows-repeated="1048570">{blank.format(16384)}</table:table-row>'
    last = f"<table:table-row>{ONE}</table:table-row>"
    (sheet,) = opened(ods_of(table_of(twice + far + last), tmp_path / "a.ods"))
    assert sheet.rows == [(1, ["1", "", "", "", "1"]), (2, ["1", "", "", "", "1"]), (1048573, ["1"])]


def test_number_styles_of_ods_are_what_is_seen(tmp_path: Path) -> None:
    styles = """<office:automatic-styles>
    <number:number-style style:name="N1"><number:number number:display-factor="1000"/></number:number-style>
    <number:percentage-style style:name="N2"><number:number/><number:text>%</number:text></number:percentage-style>
    <style:style style:name="ribu" style:family="table-cell" style:data-style-name="N1"/>
    <style:style style:name="persen" style:family="table-cell" style:data-style-name="N2"/>
    <style:style style:name="anak" style:family="table-cell" style:parent-style-name="persen"/>
    </office:automatic-styles>"""
    cell = '<table:table-cell{} office:value-type="float" office:value="0.9"/>'
    cells = "".join(cell.format(f' table:style-name="{style}"') for style in ("ribu", "persen", "anak"))
    column = '<table:table-column table:number-columns-repeated="9" table:default-cell-style-name="persen"/>'
    rows = f"{column}<table:table-row>{cells}{cell.format('')}</table:table-row>"
    (sheet,) = opened(ods_of(styles + table_of(rows), tmp_path / "a.ods"))
    assert sheet.rows == [(1, ["0.9", "90%", "90%", "90%"])]
    assert [(row, column, kind) for row, column, kind, _text in sheet.faults] == [(1, 0, "format")]


def test_entities_are_not_written_out(tmp_path: Path) -> None:
    steps = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    path = ods_of("", tmp_path / "a.ods")
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "ha">{steps}]>'
    rezip(path, "content.xml", lambda content: (bomb + f"<x>{'&e11;'}</x>").encode())
    assert "tidak dapat dibuka" in refused(path).found
    word = write_docx(tmp_path / "a.docx", [["a", "b"]])
    rezip(
        word,
        "word/document.xml",
        lambda content: content.replace(b"<w:document", bomb.encode() + b"<w:document", 1).replace(
            b"Sebelum", b"&e11;"
        ),
    )
    sheets, problems = open_tables(word, "a.docx", "id")
    assert problems or sheets[0].rows == [(1, ["a", "b"])]


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "a.xlsx")
    pdf = write_pdf(tmp_path / "a.pdf", "teks")
    monkeypatch.setattr(opening, "MOST_BYTES_UNPACKED", 1000)
    monkeypatch.setattr(pdf_pages, "MOST_BYTES_UNPACKED", 1000)
    assert "MB" in refused(path).expected
    assert "MB" in refused(pdf).expected


@pytest.mark.parametrize("name", ["tabel.xls", "tabel.ods", "buku.xlsb"])
def test_too_many_cells_are_told_by_sheet_and_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = WORKBOOKS[name](tmp_path / name) if name in WORKBOOKS else MADE / name
    monkeypatch.setattr(cell_filler, "MOST_CELLS", 10)
    _sheets, problems = open_tables(path, name, "id")
    assert (problems[0].file, problems[0].row, problems[0].found) == (f"{name} [Data]", 4, "lebih banyak sel")


def test_too_many_pages_or_lines_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_pdf(tmp_path / "a.pdf", typst_table([["a", "b"], ["1", "2"]]) + "#pagebreak()\nx")
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 1)
    assert refused(path).found == "2 halaman"
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 2)
    monkeypatch.setattr(pdf_pages, "MOST_EDGES", 3)
    assert "garis di hal. 1" in refused(path).found


def test_a_text_that_no_cell_can_hold_is_told_by_cell(tmp_path: Path) -> None:
    _sheets, problems = open_tables(write(tmp_path / "a.csv", b"a;b\nc;" + b"x" * 40_000), "a.csv", "id")
    assert [(problem.row, problem.column) for problem in problems] == [(2, "B")]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)


@settings(max_examples=25)
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=5))
def test_texts_come_through_every_format(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        book = openpyxl.Workbook()
        for row, texts in enumerate(rows, start=1):
            for column, text in enumerate(texts, start=1):
                cell = book.active.cell(row, column, text)
                cell.data_type = "s"  # also where it looks like a formula
        book.save(place / "a.xlsx")
        with (place / "a.csv").open("w", encoding="utf-8", newline="") as file:
            file.write("sep=;\n")
            csv.writer(file, delimiter=";").writerows(rows)
        cells = [
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
            for texts in rows
            for text in texts
        ]
        lines = ["".join(cells[at : at + 3]) for at in range(0, len(cells), 3)]
        body = table_of("".join(f"<table:table-row>{line}</table:table-row>" for line in lines))
        paths = [place / "a.xlsx", place / "a.csv", ods_of(body, place / "a.ods"), write_docx(place / "a.docx", rows)]
        assert all([cells for row, cells in opened(path)[0].rows if row] == rows for path in paths)  # row 0: a caption


@pytest.mark.parametrize(
    ("kept", "number"),
    [
        (123 << 2 | 2, 123),
        ((-5 << 2 | 2) & 0xFFFFFFFF, -5),
        (12345 << 2 | 3, 123.45),
        (0x3FF00000, 1),
        (0x3FF00001, 0.01),
    ],
)
def test_numbers_in_thirty_bits(kept: int, number: float) -> None:
    assert _rk(bytes(8) + kept.to_bytes(4, "little")) == number
