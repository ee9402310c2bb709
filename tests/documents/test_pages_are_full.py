"""Pages as a reader holds them: no page of a few lines, no word broken, contents among the text, what aligns."""

import io

import docx
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from iku_analysis.display.layout import Cover, Signatures
from iku_analysis.display.notebook_output import notebook_output
from iku_analysis.display.tables.cells import Number, make_table
from iku_analysis.documents.blocks import Block, Document, Heading, Paragraph, Span, Table
from iku_analysis.documents.document import contents_before, lay_out, split_turned, table_block
from iku_analysis.documents.html import make_html
from iku_analysis.documents.pdf import make_pdf
from iku_analysis.documents.word import make_docx
from iku_analysis.documents.workbook import make_xlsx

LETTER = 482 / 104  # pt, of the largest size on an upright page


def paper(*blocks: Block) -> Document:
    return Document([*blocks], "id", "Dinas", "", {})


def said(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def pages_of(document: Document) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(document))).pages]


def cover(*, sheet: bool = False) -> Cover:
    return Cover("Pemerintah", "Dinas", "Judul", "", (), sheet=sheet)


def wide() -> Table:
    return Table("Lebar", ["A"], [["1"]], [[1.0]], [True], [1.0], 8.5, wide=True, chart=None, groups=[], bar=-1)


def test_a_result_stands_on_one_line() -> None:
    rows = [["Indikator", "Hasil"], ["kata " * 80, "✗ tidak tercapai"]]
    shares, size, _wide = lay_out(rows)
    assert shares[1] * 482 > 16 * LETTER * size / 9.5


def test_numbers_take_no_more_room_than_they_need() -> None:
    """Programmes beside five columns of money: two words a line, not one."""
    money = ["14.919.295.199"] * 5
    shares, size, wide_one = lay_out([["Program", *["TW I"] * 5], ["Pembinaan dan sertifikasi koperasi", *money]])
    assert (size, wide_one) == (9.5, False)
    assert all(share * 482 * 9.5 / size > 13.2 * LETTER + 8 for share in shares[1:])
    assert shares[0] * 482 > 22 * LETTER


@pytest.mark.parametrize(("lines", "pages"), [(38, 1), (48, 1), (60, 2)])
def test_an_indicator_a_few_lines_too_long_is_set_closer(lines: int, pages: int) -> None:
    heads = [Heading(1, "Judul"), Heading(2, "Bab"), Heading(3, "Capaian"), Heading(4, "Indikator", above="Sasaran 1")]
    made = paper(*heads, *[said(f"Baris {number}.") for number in range(lines)])
    assert len(pages_of(made)) == 1 + pages  # the first holds what stands before the indicator


def test_the_last_line_of_a_paper_is_no_page() -> None:
    """The short section that ends it goes over to the next page whole."""
    for before in range(40, 45):
        shown = pages_of(
            paper(
                Heading(1, "Judul"),
                *[said(f"Baris {number}.") for number in range(before)],
                Heading(2, "Cara menghitung"),
                said("Awal."),
                said("Akhir."),
            )
        )
        assert sum("Awal." in page and "Akhir." in page for page in shown) == 1


def test_contents_stand_before_the_second_section_on_an_upright_page() -> None:
    sections = [Heading(2, name) for name in ("Ringkasan", "Isi", "Lampiran")]
    document = paper(cover(), sections[0], said("a"), sections[1], wide(), sections[2], said("c"))
    assert contents_before(document) is sections[1]
    assert contents_before(paper(*sections)) is sections[0]
    assert contents_before(paper(cover(sheet=True), *sections)) is None
    assert contents_before(paper(cover(), *sections[:2])) is None
    pages = PdfReader(io.BytesIO(make_pdf(document))).pages
    [page] = [page for page in pages if "Daftar isi" in page.extract_text() and "Ringkasan" in page.extract_text()]
    assert page.mediabox.width < page.mediabox.height


def test_text_follows_contents_that_have_a_page_of_their_own() -> None:
    lines = [said(f"Baris {number}.") for number in range(36)]
    sections = [Heading(2, f"Bagian {number}") for number in range(12)]
    shown = pages_of(paper(cover(), sections[0], *lines, sections[1], said("Sesudah daftar isi."), *sections[2:]))
    assert any("Daftar isi" in page and "Sesudah daftar isi." in page for page in shown)


def test_a_wide_table_takes_no_other_section_along() -> None:
    blocks: list[Block] = [Heading(2, "Langkah"), said("Teks"), Heading(2, "Lampiran"), Heading(3, "Tabel"), wide()]
    assert [(turned, len(run)) for turned, run in split_turned(blocks)] == [(False, 2), (True, 3)]


def test_what_is_annexed_to_a_signed_sheet_begins_a_page_and_none_is_empty() -> None:
    signed = Signatures("Jakarta", (("Pihak Kedua", "Gubernur", "Raden", ""), ("Pihak Pertama", "Kepala", "", "")))
    document = paper(cover(sheet=True), signed, Heading(2, "Satu"), wide(), Heading(2, "Dua"), said("teks"))
    word = docx.Document(io.BytesIO(make_docx(document)))
    heads = [each for each in word.paragraphs if each.style.name == "Heading 2"]  # type: ignore[union-attr]
    assert [each.paragraph_format.page_break_before for each in heads] == [True, True]
    assert not list(word.element.body.iter(qn("w:br")))
    text = BeautifulSoup(make_html(document), "html.parser").select_one(".signatures")
    assert text is not None
    assert text.get_text().count("NIP") == 1  # who has a name and no number has none to fill in
    cells = [cell.text for cell in word.tables[0].rows[0].cells]
    assert ["NIP" in cell for cell in cells] == [False, True]


def test_names_before_a_tab_align() -> None:
    document = paper(Heading(1, "Judul"), said("Nama\t: Sari\nJabatan\t: Kepala Dinas"))
    names = BeautifulSoup(make_html(document), "html.parser").select(".name")
    assert [name.get_text() for name in names] == ["Nama", "Jabatan"]
    paragraph = docx.Document(io.BytesIO(make_docx(document))).paragraphs[-1]
    assert paragraph.text == "Nama\t: Sari\nJabatan\t: Kepala Dinas"
    assert [round(stop.position.mm) for stop in paragraph.paragraph_format.tab_stops] == [22]
    found: dict[str, float] = {}

    def visit(text: str, _matrix: list[float], place: list[float], *_font: object) -> None:
        found[text.strip()] = round(place[4])

    PdfReader(io.BytesIO(make_pdf(document))).pages[0].extract_text(visitor_text=visit)
    starts = [place for text, place in found.items() if text.startswith(":")]
    assert len(starts) == 2
    assert len({*starts}) == 1


def test_a_total_is_bold_in_every_format() -> None:
    columns = {"Program": ["Satu", "Jumlah"], "Rp": [Number("1", 1), Number("1", 1)]}
    _content, metadata = notebook_output(make_table(columns, "Uang", total=True))
    table = table_block(metadata["caption"], metadata["table"])
    document = paper(Heading(1, "Judul"), table)
    rows = BeautifulSoup(make_html(document), "html.parser").select("tbody tr")
    assert [row.get("class") for row in rows] == [None, ["total"]]
    word = docx.Document(io.BytesIO(make_docx(document))).tables[0]
    assert [row.cells[0].paragraphs[0].runs[0].bold for row in word.rows] == [True, None, True]
    sheet = load_workbook(io.BytesIO(make_xlsx(document, pd.DataFrame({"Hal": ["a"]}), []))).worksheets[2]
    assert [sheet[place].font.bold for place in ("A5", "B5", "A6", "B6")] == [False, False, True, True]


def test_rows_behind_a_paper_fit_the_width_of_a_page() -> None:
    """Sixteen columns at half the size cannot be read."""
    rows = pd.DataFrame({f"Kolom {number}": ["kata " * 30, "x"] for number in range(3)})
    rows = rows.assign(Nilai=[4_079_000_000.123456, float("nan")], Kosong="", Tanpa=float("nan"))
    book = load_workbook(io.BytesIO(make_xlsx(paper(Heading(1, "Judul")), rows, [])))
    sheet = book["Data"]
    assert [cell.value for cell in sheet[1]] == ["Kolom 0", "Kolom 1", "Kolom 2", "Nilai"]
    assert all(sheet.column_dimensions[name].width < 24 for name in "ABCD")
    assert sheet.row_dimensions[2].height > 80
    assert "Data" not in load_workbook(io.BytesIO(make_xlsx(paper(Heading(1, "Judul")), pd.DataFrame(), []))).sheetnames
