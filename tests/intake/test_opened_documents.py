"""Documents are read as they are shown: paragraphs with their list numbers, tables, nothing that was deleted."""

from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, strategies as st
from office_files import typst_table, write_pdf

from iku_analysis import Problem
from iku_analysis.intake import word_blocks
from iku_analysis.intake.documents import read_document
from iku_analysis.intake.word_lists import _numeral
from iku_analysis.sources import limits
from iku_analysis.sources.sheet_cells import Sheet


def blocks_of(document: Any, folder: Path) -> list[str | Sheet]:
    document.save(str(folder / "a.docx"))
    blocks, problems = read_document(folder / "a.docx", "a.docx")
    assert problems == []
    return blocks


def refused(path: Path) -> Problem:
    blocks, problems = read_document(path, path.name)
    assert blocks == [] and len(problems) == 1
    return problems[0]


def add(document: Any, xml: str) -> None:
    """Put elements of Word's own words before the end of a document."""
    for each in parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, each)


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def listed(text: str, number: int, depth: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def define(document: Any, levels: list[tuple[str, str]], lists: str) -> None:
    """Define list 77 and what goes on with it: the kind and the text of each level."""
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )
    tree = document.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{made}</w:abstractNum>'
    tree.insert(0, parse_xml(abstract))
    for each in parse_xml(f"<w:numbering {nsdecls('w')}>{lists}</w:numbering>"):
        tree.append(each)


LIST = '<w:num w:numId="{}"><w:abstractNumId w:val="77"/>{}</w:num>'


def test_list_numbers_are_written_out(tmp_path: Path) -> None:
    document = docx.Document()
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    levels = [("decimal", "%1."), ("lowerLetter", "%2)"), ("decimal", "%1.%3"), ("bullet", "")]
    define(document, levels, LIST.format(77, "") + LIST.format(78, restart))
    order = [("satu", 77, 0), ("a", 77, 1), ("b", 77, 1), ("dua", 77, 0), ("a lagi", 77, 1), ("dalam", 77, 2)]
    order += [("titik", 77, 3), ("ulang", 78, 0), ("lanjut", 78, 0), ("tak bernomor", 0, 0)]
    add(document, "".join(listed(*each) for each in order))
    assert blocks_of(document, tmp_path) == [
        *("1.\tsatu", "a)\ta", "b)\tb", "2.\tdua", "a)\ta lagi", "2.1\tdalam"),
        *("•\ttitik", "1.\tulang", "2.\tlanjut", "tak bernomor"),
    ]


def test_a_style_can_be_a_list(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("satu", "dua"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("butir", style="List Bullet")
    assert blocks_of(document, tmp_path) == ["1.\tsatu", "2.\tdua", "•\tbutir"]


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [
        *((4, "lowerRoman", "iv"), (19, "upperRoman", "XIX"), (40, "lowerRoman", "xl"), (99, "upperRoman", "XCIX")),
        *((1, "lowerLetter", "a"), (26, "upperLetter", "Z"), (27, "lowerLetter", "aa"), (7, "decimalZero", "07")),
        (12, "decimal", "12"),
    ],
)
def test_numerals_are_those_of_word(number: int, kind: str, shown: str) -> None:
    assert _numeral(number, kind) == shown


@given(st.integers(1, 399))
def test_roman_numerals_count(number: int) -> None:
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    values = [worth[letter] for letter in _numeral(number, "lowerRoman")]
    signed = [-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True)]
    assert sum(signed) == number


def test_what_is_shown_is_read_wherever_it_stands(tmp_path: Path) -> None:
    """Links, fields, controls and boxes hold text too; hidden words, aids and second versions are none."""
    document = docx.Document()
    run = "<w:r><w:t>{}</w:t></w:r>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>rahasia</w:t></w:r>"
    control = f"<w:sdt><w:sdtContent>{run.format('-dua')}</w:sdtContent></w:sdt>"
    field = '<w:fldSimple w:instr="PAGE">' + run.format("-tiga") + "</w:fldSimple>"
    marks = "<w:r><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t><w:noBreakHyphen/></w:r>"
    add(document, f"<w:p>{run.format('satu')}{control}{field}{hidden}{marks}</w:p>")
    box = f"<w:txbxContent>{paragraph('di kotak')}</w:txbxContent>"
    spaces = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    add(
        document,
        f"<w:p><w:r><mc:AlternateContent {spaces}>{both}</mc:AlternateContent></w:r>{run.format('luar')}</w:p>",
    )
    add(document, f"<w:sdt><w:sdtContent>{paragraph('bungkus')}</w:sdtContent></w:sdt>")
    document.sections[0].header.paragraphs[0].text = "kepala surat"
    assert blocks_of(document, tmp_path) == ["satu-dua-tiga\tx\ny-", "luar", "di kotak", "bungkus"]


def test_merged_and_nested_tables_of_word(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("atas")
    table = document.add_table(4, 4)
    for row in range(4):
        for column in range(4):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(2, 0)).text = "No"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "Target"
    table.cell(2, 2).merge(table.cell(3, 3)).text = "empat"
    table.cell(1, 1).add_table(1, 2).cell(0, 1).text = "dalam"
    document.add_paragraph("bawah")
    atas, outer, inner, bawah = blocks_of(document, tmp_path)
    assert isinstance(outer, Sheet) and isinstance(inner, Sheet)
    assert (atas, bawah, outer.title, inner.title) == ("atas", "bawah", "Tabel 1", "Tabel 2")
    assert outer.rows == [
        (1, ["No", "Target", "", ""]),
        (2, ["", "11", "12", "13"]),
        (3, ["", "21", "empat", ""]),
        (4, ["30", "31", "", ""]),
    ]
    assert sorted(outer.merged) == ["A1:A3", "B1:D1", "C3:D4"]
    assert inner.rows == [(1, ["", "dalam"])]


def test_numbers_of_a_column_of_a_table_are_written_out(tmp_path: Path) -> None:
    document = docx.Document()
    define(document, [("decimal", "%1.")], LIST.format(77, ""))
    cell = "<w:tc><w:tcPr/>{}</w:tc>"
    rows = "".join(
        f"<w:tr>{cell.format(listed('', 77))}{cell.format(paragraph(text))}</w:tr>" for text in ("kop", "usaha")
    )
    add(document, f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
    (sheet,) = blocks_of(document, tmp_path)
    assert isinstance(sheet, Sheet) and sheet.rows == [(1, ["1.", "kop"]), (2, ["2.", "usaha"])]


@pytest.mark.parametrize("change", ["ins", "del", "moveFrom", "moveTo"])
def test_tracked_changes_are_refused(tmp_path: Path, change: str) -> None:
    """A document that says two things says none: the office decides."""
    document = docx.Document()
    text = "delText" if change == "del" else "t"
    marked = f'<w:{change} w:id="1" w:author="x"><w:r><w:{text}>80,5</w:{text}></w:r></w:{change}>'
    add(document, f"<w:p>{marked}</w:p>")
    document.save(str(tmp_path / "a.docx"))
    problem = refused(tmp_path / "a.docx")
    assert problem.found == "1 perubahan terlacak, yang pertama “80,5”" and "terima atau tolak" in problem.mend


def test_too_many_tables_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = docx.Document()
    for _each in range(3):
        document.add_table(1, 1)
    document.save(str(tmp_path / "a.docx"))
    monkeypatch.setattr(word_blocks, "MOST_SHEETS", 2)
    assert refused(tmp_path / "a.docx").found == "3 tabel"


def test_lines_and_tables_of_a_pdf_in_reading_order(tmp_path: Path) -> None:
    body = "KEPUTUSAN\n\nMenimbang: a\\\nb\\\nc\n\n" + typst_table([["No", "Target"], ["1", "80,5"]]) + "Penutup"
    blocks, problems = read_document(write_pdf(tmp_path / "a.pdf", body), "a.pdf")
    texts = [block if isinstance(block, str) else block.rows for block in blocks]
    table = [(1, ["No", "Target"]), (2, ["1", "80,5"])]
    assert problems == []
    assert [text for text in texts if text] == ["KEPUTUSAN", "Menimbang: a", "b", "c", table, "Penutup"]
    assert texts[1] == ""  # between paragraphs


def test_a_document_that_only_turns_pages_is_read(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=write_pdf(tmp_path / "a.pdf", "teks"))
    writer.add_blank_page()
    writer.write(tmp_path / "b.pdf")
    assert read_document(tmp_path / "b.pdf", "b.pdf") == (["teks"], [])


def test_a_text_is_read_by_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Menimbang\t:\r\n\r\nÄö 👍".encode())
    assert read_document(tmp_path / "a.txt", "a.txt") == (["Menimbang\t:", "", "Äö 👍"], [])
    (tmp_path / "b.txt").write_bytes(b"x" * (limits.MOST_BYTES_OF_TEXT + 1))
    assert "1000 kB" in refused(tmp_path / "b.txt").expected


def test_a_workbook_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"PK\x03\x04")
    assert "rusak" in refused(tmp_path / "a.txt").found
