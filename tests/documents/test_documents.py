"""Text of people in every format: shown as written, nothing obeyed; numbers as they are; the same bytes each time."""

import io
import re
import zipfile
from dataclasses import replace

import docx
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings, strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from iku_analysis.display.markdown import as_written, escape
from iku_analysis.display.notebook_output import notebook_output
from iku_analysis.display.tables.cells import Number, make_table
from iku_analysis.documents.blocks import Document, Paragraph
from iku_analysis.documents.document import lay_out, read_markdown, table_block
from iku_analysis.documents.html import make_html
from iku_analysis.documents.pdf import make_pdf, signs_lacking
from iku_analysis.documents.word import make_docx
from iku_analysis.documents.workbook import make_xlsx, number_format

TEXTS = {
    "typst": '#import "evil.typ": * #read("/etc/passwd") $x^2$ @label <label> // `raw`',
    "latex": r"\input{/etc/passwd} \write18{rm -rf /} 100\% & #1",
    "html": "<script>alert(1)</script> <b>tebal</b> &amp; <!-- x -->",
    "markdown": "**tebal** _miring_ `kode` [tautan](http://contoh.invalid) ![x](y) ~~z~~ | a | b |",
    "heading": "# bukan judul",
    "rule": "---",
    "list": "- satu",
    "number": "1. satu",
    "formula": '=HYPERLINK("http://contoh.invalid","klik")',
    "plus": "+62 21 000",
    "minus": "-5",
    "at": "@SUM(A1:A9)",
    "apostrophe": "Nur'aini d'Arc “kutipan” ’",
    "emoji": "selesai ✓ 😀",
    "arabic": "النص العربي من اليمين",
    "long": "kata " * 400,
    "unbroken": "x" * 2000,
}

ROWS = pd.DataFrame({"Hal": ["=1+1"], "Nilai": [1.5]})


def document(text: str) -> Document:
    _content, metadata = notebook_output(
        make_table({"Hal": [text, "a"], "Nilai": ["–", Number("1.234,5", 1234.5)]}, text)
    )
    table = replace(table_block(metadata["caption"], metadata["table"]), number=1)
    blocks = [*read_markdown("# Judul\n\n## Bagian"), *read_markdown(as_written(text)), table]
    return Document(blocks=blocks, language="id", agency="Dinas", mark="DATA CONTOH", made_with={})


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", TEXTS)
def test_text_stands_in_every_format_as_written(name: str) -> None:
    text = TEXTS[name]
    made = document(text)
    soup = BeautifulSoup(make_html(made), "html.parser")
    assert not soup.main.find_all(["script", "b", "a", "img", "em", "code"])  # type: ignore[union-attr]
    assert len(soup.find_all("script")) == 1  # ours
    assert plain(soup.select("main p")[0].get_text()) == plain(text)
    assert soup.select_one("td").get_text() == text  # type: ignore[union-attr]
    word = docx.Document(io.BytesIO(make_docx(made)))
    assert plain(text) in [plain(paragraph.text) for paragraph in word.paragraphs]
    assert word.tables[0].rows[1].cells[0].text == text
    book = load_workbook(io.BytesIO(make_xlsx(made, pd.DataFrame({"Hal": [text]}), [(text, text)])))
    assert (book["Data"]["A2"].value, book["Data"]["A2"].data_type) == (text, "s")
    sheet = book.worksheets[2]
    assert (sheet["A5"].value, sheet["A5"].data_type) == (text, "s")
    assert sheet["A5"].hyperlink is None
    assert (book.worksheets[-1]["A4"].value, book.worksheets[-1]["B4"].data_type) == (text, "s")
    pages = PdfReader(io.BytesIO(make_pdf(made))).pages
    shown = re.sub(r"[\s\u200b-]", "", "".join(page.extract_text() for page in pages))
    wanted = re.sub(r"[\s\u200b-]", "", text)
    if name == "arabic":  # a PDF holds the shapes of the letters, in the order they are drawn
        assert len(pages) == 1
    else:
        assert wanted[:60] in shown
        assert wanted[-60:] in shown


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_a_line_of_text_survives_markdown(text: str) -> None:
    blocks = read_markdown(escape(text))
    assert [type(block) for block in blocks] == ([Paragraph] if text.split() else [])
    assert (
        "".join(span.text for block in blocks for span in block.spans)
        == re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip()
    )
    assert not any(span.bold or span.italic for block in blocks for span in block.spans)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), max_size=30), max_size=6))
def test_lines_and_paragraphs_survive(lines: list[str]) -> None:
    blocks = read_markdown(as_written("\n".join(lines)))
    shown = "\n".join("".join(span.text for span in block.spans) for block in blocks)
    assert shown.split("\n") == [line for line in lines if line] or not any(lines)


def test_paragraphs_of_a_note_are_paragraphs() -> None:
    blocks = read_markdown(as_written("satu\ndua\n\ntiga"))
    assert [block.spans[0].text for block in blocks] == ["satu\ndua", "tiga"]


@pytest.mark.parametrize("make", [make_html, make_pdf, make_docx, lambda made: make_xlsx(made, ROWS, [("a", "b")])])
def test_same_document_same_bytes(make) -> None:  # type: ignore[no-untyped-def]
    assert make(document("teks")) == make(document("teks"))


def test_formulas_stay_out_of_the_workbook() -> None:
    with zipfile.ZipFile(io.BytesIO(make_xlsx(document("=1+1"), ROWS, [("=1+1", "=1+1")]))) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name]
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("27.799", 27799, "[$-421]#,##0"),
        ("98,36%", 98.3619, '[$-421]#,##0.00"%"'),
        ("27.799*", 27799, '[$-421]#,##0"*"'),
        ("2021", 2021, "[$-421]0"),
        ("+82 (+1,9%)", 82, "[$-421]+#,##0;−#,##0;#,##0"),
        ("−0,5", -0.5, "[$-421]#,##0.0"),
    ],
)
def test_excel_formats(text: str, value: float, wanted: str) -> None:
    assert number_format(text, value) == wanted


def test_columns_hold_their_numbers_unbroken() -> None:
    rows = [["Indikator", "Target", "Keterangan"], ["Ekspor UKM", "4.208.117.493\xa0USD", "kata " * 40]]
    shares, size, wide = lay_out(rows)
    assert not wide
    assert sum(shares) == pytest.approx(1)
    assert shares[1] * 104 * 9.5 / size >= 17
    assert shares[2] > shares[0]


def test_a_bar_has_room_beside_its_number() -> None:
    """However short the numbers are: a bar of no width would tell that nothing was achieved."""
    columns = {"Indikator": ["a " * 60, "b"], "Hasil": ["tercapai", "tercapai"]}
    table = make_table(columns | {"Capaian": [Number("9%", 9), Number("109%", 109)]}, "Judul", bars="Capaian")
    _content, said = notebook_output(table)
    block = table_block(said["caption"], said["table"])
    assert block.columns[block.bar] == "Capaian"
    assert block.shares[block.bar] * 482 > 4.2 * block.size + 40  # pt: its number, and as much again


def test_excel_counts_an_emoji_as_two_letters() -> None:
    """Else a sheet named after an indicator with one ends the report in a traceback."""
    from iku_analysis.documents.workbook import cut

    assert cut("a" * 40, 31) == "a" * 31
    assert cut("\N{DEPARTMENT STORE}" * 40, 31) == "\N{DEPARTMENT STORE}" * 15
    assert cut("\N{DEPARTMENT STORE}b", 31) == "\N{DEPARTMENT STORE}b"


def test_a_sign_that_the_font_lacks_is_a_box() -> None:
    """PDF/UA refuses what cannot be shown: a report of an area named with an emoji ended in a traceback."""
    assert signs_lacking("Kota 👧🏽 東 → 97,5% ≥ 90 ✓ مؤشر ć 😀") == {"👧", "🏽", "東"}
    made = Document(
        blocks=read_markdown("# A\n\n*مؤشر 東* dan **Kota 👧🏽**"), language="id", agency="東", mark="", made_with={}
    )
    shown = "".join(page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(made))).pages)
    assert "Kota □□" in shown.replace("\n", " ")
    assert "huruf yang tidak ada dalam fon PDF" in shown.replace("\n", " ")
    plain_one = Document(blocks=read_markdown("# A\n\nKota"), language="id", agency="B", mark="", made_with={})
    assert "□" not in PdfReader(io.BytesIO(make_pdf(plain_one))).pages[0].extract_text()
