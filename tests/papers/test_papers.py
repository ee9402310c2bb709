"""The four papers in four formats: the same numbers everywhere, real Word, Excel and PDF, nothing obeyed."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import docx
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from docx.document import Document as WordDocument
from docx.table import Table as WordTable
from openpyxl import load_workbook
from pypdf import PdfReader

import iku_analysis as iku
from iku_analysis.analysis.open_points import nothing_judged
from iku_analysis.display.layout import Cover, Numerals, Signatures
from iku_analysis.documents.blocks import Block, Columns, Figure, Heading, Paragraph, Points, Table, label_of
from iku_analysis.documents.document import read_blocks
from iku_analysis.errors import IkuError
from iku_analysis.language import use_language
from iku_analysis.papers import catalogue, make

PAPERS = sorted(catalogue.PAPERS)
SOFFICE = shutil.which("soffice")
OPEN = "Yang masih perlu diisi"
FORMS = {"evaluation": ["E.81"], "english": ["E.81"], "plan": ["T-C.23", "T-C.29", "T-C.30"]}


@pytest.fixture(scope="module")
def folders(paper_folder: Callable[..., Path]) -> dict[str, Path]:
    """The example's papers of 2021, and the real data root's report: their folders."""
    made = {paper: paper_folder(2021, "data/example", paper=paper) for paper in PAPERS}
    made["tw3"] = paper_folder(2021, "data/example", paper="report", quarter=3)
    made["raw"] = paper_folder(2022, "data/raw", paper="report")
    made["english"] = paper_folder(2021, "data/example", paper="evaluation", language="en")
    return made


def file(folder: Path, kind: str) -> Path:
    (path,) = folder.glob(f"*.{kind}")
    return path


def blocks_of(folder: Path) -> list[Block]:
    use_language("en" if folder.name.endswith("-en") else "id")  # the words of captions
    return read_blocks(nbformat.read(file(folder, "ipynb"), as_version=4))


def tables_of(folder: Path) -> list[Table]:
    return [block for block in blocks_of(folder) if isinstance(block, Table)]


def words_of(figure: Figure) -> list[str]:
    """Return the text that a figure shows, each piece as it is drawn."""
    return [text.get_text() for text in BeautifulSoup(figure.svg or "", "xml").find_all("text")]


NUMBER = r"[+\N{MINUS SIGN}]?[\d.,]*\d"


def shown_by_excel(value: float, number_format: str) -> str:
    """Return the digits that a number format of ours shows, with the marks of its language."""
    indonesian = number_format.startswith("[$-421]")
    first = number_format.removeprefix("[$-421]").split(";")[0]
    decimals = len(re.match(r"[+]?(?:#,##)?0(?:[.](0+))?", first)[1] or "")  # type: ignore[index]
    sign = "+" if first.startswith("+") and round(value, decimals) > 0 else ""
    shown = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = sign + (f"{shown:,f}" if "#,##" in first else f"{shown:f}")
    return text.translate(str.maketrans(",.-", ".,\N{MINUS SIGN}" if indonesian else ",.\N{MINUS SIGN}"))


def squeeze(text: str) -> str:
    """Return text without blanks and hyphens: a PDF breaks lines where it likes."""
    return re.sub(r"[\s\u200b\xad-]+", "", text)


@pytest.mark.parametrize("paper", [*PAPERS, "tw3", "raw", "english"])
def test_every_cell_is_the_same_in_word(folders: dict[str, Path], paper: str) -> None:
    word = docx.Document(str(file(folders[paper], "docx")))
    blocks = tables_of(folders[paper])
    tables = captioned(word)
    assert len(tables) == len(blocks) >= 2
    for table, block in zip(tables, blocks, strict=True):
        cells = [[cell.text for cell in row.cells] for row in table.rows]
        assert cells == [block.columns, *grouped(block)]


def captioned(word: WordDocument) -> list[WordTable]:
    """Return the tables below a caption; the others only lay out a page."""
    above = [(table, table._tbl.getprevious()) for table in word.tables]
    return [table for table, element in above if element is not None and "SEQ Tab" in str(element.xml)]


def grouped(block: Table) -> list[list[str]]:
    """Return the rows of a table with those that name a group, as often as it has columns."""
    rows: list[list[str]] = []
    for place, row in enumerate(block.rows):
        if block.groups and (place == 0 or block.groups[place] != block.groups[place - 1]):
            rows.append([block.groups[place]] * len(row))
        rows.append(row)
    return rows


def parts_of(block: Block) -> list[str]:  # noqa: PLR0911 - a kind of block a line
    """Return the texts of a block."""
    match block:
        case Heading():
            return [block.text]
        case Table():
            return [label_of(block), *block.columns, *(cell for row in block.rows for cell in row)]
        case Figure():
            return [label_of(block), *words_of(block)]
        case Points():
            return [span.text for item in block.items for span in item]
        case Paragraph():
            return [span.text for span in block.spans]
        case Cover():
            return [block.title, *block.lines, *([] if block.sheet else [block.agency, block.sentence])]
        case Numerals():
            return [text for item in block.items for text in item]
        case Columns():
            return [
                span.text for cell in block.cells for each in cell if isinstance(each, Paragraph) for span in each.spans
            ]
        case Signatures():
            return [block.place, *(text for party in block.parties for text in party)]
        case _:
            raise AssertionError(block)


@pytest.mark.parametrize("paper", [*PAPERS, "tw3", "raw", "english"])
def test_every_cell_and_sentence_is_in_the_pdf(folders: dict[str, Path], paper: str) -> None:
    pages = PdfReader(file(folders[paper], "pdf")).pages
    text = squeeze("".join(page.extract_text() for page in pages)).casefold()  # the title of a sheet is in capitals
    for block in blocks_of(folders[paper]):
        parts = parts_of(block)
        for part in parts:
            # A long text, an address too, may run over a page's foot and the next one's head.
            for word in [part] if len(part) < 40 else re.split(r"[\s/%-]|(?<=%\d\d)", part):
                assert squeeze(word).casefold() in text, part


@pytest.mark.parametrize("paper", [*PAPERS, "tw3", "raw", "english"])
def test_every_number_is_a_number_in_excel(folders: dict[str, Path], paper: str) -> None:
    book = load_workbook(file(folders[paper], "xlsx"))
    blocks = tables_of(folders[paper])
    forms = FORMS.get(paper, [])
    assert book.sheetnames[len(blocks) + 2 : -1] == forms
    numbers = 0
    for sheet, block in zip(book.worksheets[2:], blocks, strict=False):
        assert sheet.freeze_panes == "A5"
        assert [cell.value for cell in sheet[4]][: len(block.columns)] == block.columns
        heads = [row for row, cells in enumerate(grouped(block), start=5) if cells not in block.rows]
        assert [sheet.cell(row, 1).value for row in heads] == list(dict.fromkeys(block.groups))
        rows = [row for row in range(5, 5 + len(block.rows) + len(heads)) if row not in heads]
        for row, texts, values in zip(rows, block.rows, block.values, strict=True):
            for column, (text, value) in enumerate(zip(texts, values, strict=True), start=1):
                cell = sheet.cell(row, column)
                if value is None:
                    assert cell.data_type in "sn"
                    assert (cell.value or "") == ("" if text == "–" and block.right[column - 1] else text)
                else:
                    numbers += 1
                    assert cell.value == pytest.approx(value, rel=1e-15)
                    assert shown_by_excel(value, cell.number_format) == re.match(NUMBER, text)[0]  # type: ignore[index]
    assert numbers > 10 or paper == "raw"


def test_excel_shows_numbers_as_they_are_printed(folders: dict[str, Path]) -> None:
    book = load_workbook(file(folders["report"], "xlsx"))
    (sheet,) = [sheet for sheet in book.worksheets if "Target dan capaian" in sheet.title]
    row = next(row for row in sheet.iter_rows(min_row=5) if row[1].value == "Ekspor UKM (USD)")
    assert (row[2].value, row[2].number_format) == (4208117493, "[$-421]#,##0")
    assert row[5].value == pytest.approx(100 * 4_296_000_000 / 4_208_117_493)
    assert row[5].number_format == '[$-421]#,##0.00"%"'


def test_numbers_are_those_of_the_frames(folders: dict[str, Path]) -> None:
    """The frame on disk, the sheet, and the two agree: yearly and to the end of a quarter."""
    for name, period in (("report", "2021"), ("tw3", "2021-Q3")):
        frame = pd.read_csv(folders[name] / "tabel" / "achievements.csv", dtype={"period": str})
        of_year = frame[frame["year"] == 2021]
        assert set(of_year["period"]) == {period}
        book = load_workbook(file(folders[name], "xlsx"))
        (sheet,) = [sheet for sheet in book.worksheets if "Target dan capaian" in sheet.title]
        shown = {row[0].value: row for row in sheet.iter_rows(min_row=5) if isinstance(row[0].value, int)}
        targeted = of_year[of_year["target"].notna()]
        assert set(shown) == set(targeted["number"])
        for row in targeted.itertuples():
            for column, value in ((2, row.target), (3, row.realisation), (5, row.achievement_pct)):
                cell = shown[row.number][column].value
                assert cell is None if pd.isna(value) else cell == pytest.approx(value, rel=1e-15)


def test_the_rows_behind_a_paper_are_those_of_the_files(folders: dict[str, Path]) -> None:
    sheet = load_workbook(file(folders["report"], "xlsx"))["Data"]
    heads, *rows = list(sheet.values)
    assert sheet.auto_filter.ref
    read = [dict(zip(heads, row, strict=True)) for row in rows]
    stated = [row for row in read if row["Jenis"] == "realisasi"]
    frame = pd.read_csv(folders["report"] / "tabel" / "realisations.csv", dtype={"period": str})
    assert len(stated) == len(frame)
    assert {(row["Berkas"], row["Baris"]) for row in stated} == set(zip(frame["file"], frame["row"], strict=True))
    assert sum(row["Nilai"] or 0 for row in stated) == pytest.approx(frame["value"].sum())


def test_a_paper_to_the_end_of_a_quarter_says_so_wherever_it_counts(folders: dict[str, Path]) -> None:
    soup = BeautifulSoup(file(folders["tw3"], "html").read_text(encoding="utf-8"), "html.parser")
    text = str(soup).replace("\xa0", " ")  # with the words of the figures
    span = "2021 sampai Triwulan III"
    for sentence in (
        f"Laporan Kinerja {span}",
        f"{span}: 4 dari 5 indikator mencapai target",
        f"Target dan capaian {span}",
        f"Anggaran seluruh program {span}",
        f"Capaian terhadap serapan anggaran {span}",
        f"Koperasi bersertifikat NIK {span} sebesar 90",
    ):
        assert sentence in text
    assert "dari jumlah target seluruh masa" not in text  # a sum of years to a quarter is no sum of years


def test_word_is_real_word(folders: dict[str, Path]) -> None:
    word = docx.Document(str(file(folders["report"], "docx")))
    blocks = blocks_of(folders["report"])
    heads = [block for block in blocks if isinstance(block, Heading)]
    inside = [each for block in blocks if isinstance(block, Columns) for cell in block.cells for each in cell]
    heads += [block for block in inside if isinstance(block, Heading)]
    styles = re.findall(r'<w:pStyle w:val="Heading(\d)"/>', word.element.xml)
    for level in (2, 3, 4, 5):
        assert styles.count(str(level)) == sum(head.level == level for head in heads) > 0
    xml = word.element.xml
    figures = [block for block in blocks if isinstance(block, Figure)]
    assert xml.count("SEQ Gambar") == len(figures)
    assert xml.count("SEQ Tabel") == len(captioned(word))
    referred = re.findall(r"PAGEREF (\w+)", xml)  # for each line of the contents, where its heading stands
    assert referred == re.findall(r'<w:bookmarkStart [^>]*w:name="(bagian_\d+)"', xml)
    assert len(referred) == sum(head.level in (2, 3) or bool(head.above) for head in heads if head not in inside)
    assert re.findall(r'<wp:docPr [^>]*name="(Gambar \d+)\.', xml) == [f"Gambar {each.number}" for each in figures]
    assert all(block.alt in re.findall(r'descr="([^"]*)"', xml) for block in figures if '"' not in block.alt)
    section = word.sections[0]
    assert (section.page_width.cm, section.page_height.cm) == pytest.approx((21, 29.7), abs=0.01)
    assert section.header.paragraphs[0].text == "Laporan Kinerja 2021\tDATA CONTOH"
    assert "PAGE" in section.footer._element.xml
    assert word.core_properties.title == "Laporan Kinerja 2021"


def test_pdf_is_tagged_vector_and_embedded(folders: dict[str, Path]) -> None:
    reader = PdfReader(file(folders["report"], "pdf"))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Laporan Kinerja 2021"
    assert [item["/Title"] for item in reader.outline if isinstance(item, dict)]
    for number, page in enumerate(reader.pages, start=1):
        assert sorted([float(page.mediabox.width), float(page.mediabox.height)]) == pytest.approx(
            [595.28, 841.89], abs=0.1
        )
        assert number == 1 or str(number) in page.extract_text().split()
        assert "DATA CONTOH" in page.extract_text()
        assert not page.images or number == 1  # figures are vectors; the emblem need not be
        for font in page["/Resources"].get("/Font", {}).values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_charts_are_native_and_start_at_zero(folders: dict[str, Path]) -> None:
    with zipfile.ZipFile(file(folders["report"], "xlsx")) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 6
    for chart in charts:
        assert "<c:barChart>" in chart
        assert "<c:lineChart>" in chart
        assert '<c:min val="0"/>' in chart


def test_sources_are_named(folders: dict[str, Path]) -> None:
    rows = list(load_workbook(file(folders["raw"], "xlsx")).worksheets[-1].values)
    texts = " ".join(str(cell) for row in rows for cell in row if cell)
    assert "154/2018" in texts
    assert re.search(r"realisations/publikasi.csv .*SHA-256 [0-9a-f]{64}", texts)
    assert "Kompas.com" in texts


@pytest.mark.parametrize("paper", PAPERS)
def test_what_is_missing_is_named_at_the_end_and_in_place(folders: dict[str, Path], paper: str) -> None:
    soup = BeautifulSoup(file(folders[paper], "html").read_text(encoding="utf-8"), "html.parser")
    blocks = [block.get_text() for block in soup.select(".todo")]
    wanted = {
        "report": "Penyebab",
        "agreement": "Target triwulan",
        "plan": "Target triwulan",
        "evaluation": "Langkah berikutnya",
    }[paper]
    assert any(wanted in block for block in blocks) or paper == "evaluation"
    if paper != "agreement":  # which is signed
        (table,) = [each for each in tables_of(folders[paper]) if each.caption == OPEN]
        assert any(wanted in row[2] for row in table.rows)
    assert any(wanted in line for line in make.still_open(2021, "data/example", paper=paper))
    with pytest.raises(IkuError, match=wanted):
        make.make_report(2021, "data/example", paper=paper, final=True)


def test_a_pdf_is_light_and_still_tagged(folders: dict[str, Path]) -> None:
    pdf = file(folders["report"], "pdf")
    assert pdf.stat().st_size < 300_000
    root = PdfReader(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_a_report_of_which_nothing_can_be_judged_is_a_letter_that_asks(folders: dict[str, Path]) -> None:
    blocks = blocks_of(folders["raw"])
    assert [block.text for block in blocks if isinstance(block, Heading) and block.level == 2] == [
        "Yang diminta keputusan",
        "Yang sudah diketahui",
        "Yang belum ada, dan siapa pemegang datanya",
        "Yang diminta",
    ]
    known, asked = (
        ["".join(span.text for span in item) for item in block.items] for block in blocks if isinstance(block, Points)
    )
    assert known[1].startswith(
        "IKU 4. Pasar diawasi (SNI, pangan, UTTP). Juli 2022: 22\N{NO-BREAK SPACE}pasar (proksi; "
    )
    assert known[-1].startswith("Publikasi memuat 45 deret lain")
    assert asked[4] == "Unit Pengelola Metrologi, laporan tahunan (perkiraan): realisasi 2022 untuk IKU 6."
    assert len(asked) == 7  # a holder each of six targeted indicators, and the agency
    assert "Organisasi, Isu strategis, Simpulan" in asked[-1]
    assert "Realisasi" not in asked[-1]
    assert not any("DATA CONTOH" in str(block) for block in blocks)
    manifest = json.loads((folders["raw"] / "manifest.json").read_bytes())
    assert set(manifest["notebook"]) == {"name", "sha256", "report_letter"}


def test_one_figure_makes_it_a_whole_report_again(folders: dict[str, Path]) -> None:
    achievements = iku.compute_achievements(iku.load_agency("data/raw"))
    assert nothing_judged(achievements, 2022)
    of_year = achievements["year"] == 2022
    one = of_year & (achievements["indicator_id"] == "nik")
    for state in ("met", "missed", "untargeted_realisation"):
        assert not nothing_judged(achievements.assign(state=achievements["state"].mask(one, state)), 2022)
    assert not nothing_judged(achievements.assign(state=achievements["state"].mask(of_year, "not_targeted")), 2022)


def test_english_paper_is_english(folders: dict[str, Path]) -> None:
    text = BeautifulSoup(file(folders["english"], "html").read_text(encoding="utf-8"), "html.parser").get_text()
    for word in ("Capaian", "tercapai", "ditargetkan", "belum ada", "Gambar", "Tabel", "perlu diisi", "Anggaran"):
        assert word not in text
    assert "to be filled in" in text
    assert "None of" in text or "targets of 2021 were met" in text


def test_unknown_paper_format_and_quarter_write_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iku_analysis.storage.outputs.outputs", lambda: tmp_path)
    for given in ({"paper": "laporan"}, {"formats": ("html", "odt")}, {"quarter": 5}, {"paper": "plan", "quarter": 2}):
        with pytest.raises(IkuError):
            make.make_report(2021, "data/example", **given)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_no_part_of_a_file_names_a_time_or_a_place(folders: dict[str, Path]) -> None:
    for kind in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(file(folders["plan"], kind).read_bytes())) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: no Word or Excel file was opened in it")
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_office_program_opens_it(folders: dict[str, Path], kind: str, tmp_path: Path) -> None:
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(tmp_path), str(file(folders["report"], kind))]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pages = PdfReader(file(tmp_path, "pdf")).pages
    text = squeeze("".join(page.extract_text() for page in pages))
    assert len(pages) > 8
    for wanted in ("4.296.000.000", "102,09%", "105,00%", "DATA CONTOH", "Koperasi bersertifikat NIK: perkembangan"):
        assert squeeze(wanted) in text
    if kind == "docx":
        assert_contents_are_true([page.extract_text() for page in pages])


def assert_contents_are_true(pages: list[str]) -> None:
    """Each line of the contents names the page on which its heading stands."""
    lines = re.findall(r"^ *(.+?)\.{3,} *(\d+) *$", pages[2], re.MULTILINE)
    assert len(lines) == 24
    for heading, number in lines:
        found = [place for place, page in enumerate(pages, start=1) if heading in page.splitlines()]
        assert int(number) in found, (heading, number, found)
