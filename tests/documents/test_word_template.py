"""A paper in an agency's own Word file: its header, footer and styles are there, and nothing else of it."""

import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from roots import COUNT, write_root

from iku_analysis import load_agency
from iku_analysis.documents.blocks import Document, Points, Span
from iku_analysis.documents.document import read_markdown, table_block
from iku_analysis.documents.word import make_docx
from iku_analysis.papers.make import document as paper_of
from iku_analysis.problems import Problem
from iku_analysis.sources.word_template import STYLES, read_word_template

BODY = "ISI LAMA"
Change = Callable[[dict[str, bytes]], Any]


def template(change: Change | None = None, *, first: bool = False) -> bytes:
    """Return a letterhead of an office, with text and a picture in its body; its parts changed as told."""
    word = docx.Document()
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = "Bookman Old Style", Pt(12)
    word.styles["Heading 2"].font.name = "Garamond"
    section = word.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = "DINAS PERCONTOHAN", "Jalan Contoh Nomor 0"
    section.page_width, section.top_margin = Cm(15), Cm(4)
    if first:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "KOP HALAMAN PERTAMA"
    word.add_paragraph(BODY)
    word.add_picture(io.BytesIO(_picture()))
    word.core_properties.author = word.core_properties.last_modified_by = "Nama Juru Ketik"
    made = io.BytesIO()
    word.save(made)
    return _changed(made.getvalue(), change) if change else made.getvalue()


def _picture() -> bytes:
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (9, 9)).save(made, "PNG")
    return made.getvalue()


def _changed(content: bytes, change: Change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def document(content: bytes, mark: str = "DATA CONTOH") -> Document:
    said: dict[str, Any] = {"columns": ["Hal"], "rows": [["isi"]], "values": [[None]], "right": []}
    said |= {"chart": None, "groups": [], "bars": "", "total": False}
    blocks = read_markdown(
        "# Judul\n\n## Bagian\n\n### Butir\n\n#### Kecil\n\nTeks **tebal**.\n\n- satu\n\n1. dua\n\n> isi"
    )
    blocks = [*blocks, table_block("Tabel", said), Points(False, ((Span("x"),),))]
    return Document(blocks, "id", "Dinas Percontohan", mark, {"Dibuat dengan": "x"}, content)


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def test_the_paper_has_its_header_footer_and_styles() -> None:
    made = make_docx(document(template()))
    word = opened(made)
    section = word.sections[0]
    assert [each.text for each in section.header.paragraphs] == ["DATA CONTOH", "DINAS PERCONTOHAN"]
    assert [each.text for each in section.footer.paragraphs] == ["Jalan Contoh Nomor 0"]
    assert (word.styles["Normal"].font.name, word.styles["Normal"].font.size) == ("Bookman Old Style", Pt(12))
    head = next(each for each in word.paragraphs if each.text == "Bagian" and each.style.name == "Heading 2")
    assert head.style.font.name == "Garamond"
    sides = (section.page_width, section.page_height, section.left_margin, section.top_margin)
    assert [round(side.cm, 1) for side in sides] == [21, 29.7, 2, 4]
    assert word.tables[0].rows[1].cells[0].text == "isi"
    assert word.core_properties.author == "Dinas Percontohan"
    assert make_docx(document(template())) == make_docx(document(template())), "the same bytes each time"
    used = {each.style.name for each in word.paragraphs}
    assert used == {*STYLES}, "what a paper uses is what a file must have"


def test_without_one_a_paper_is_in_our_look() -> None:
    word = opened(make_docx(document(b"")))
    assert word.styles["Normal"].font.name == "Calibri"
    assert word.sections[0].header.paragraphs[0].text == "Judul\tDATA CONTOH"


def test_nothing_of_its_body_is_left() -> None:
    with zipfile.ZipFile(io.BytesIO(make_docx(document(template())))) as archive:
        assert not [name for name in archive.namelist() if re.search("media/|comments|thumbnail", name)]
        assert not any(BODY.encode() in archive.read(name) for name in archive.namelist())
        assert not any(b"Juru Ketik" in archive.read(name) for name in archive.namelist())


def test_a_picture_in_the_header_stays_and_the_first_page_differs() -> None:
    word = docx.Document(io.BytesIO(template(first=True)))
    word.sections[0].first_page_header.paragraphs[0].add_run().add_picture(io.BytesIO(_picture()))
    content = io.BytesIO()
    word.save(content)
    made = make_docx(document(content.getvalue()))
    section = opened(made).sections[0]
    assert [each.text for each in section.first_page_header.paragraphs] == ["DATA CONTOH", "KOP HALAMAN PERTAMA"]
    assert [each.text for each in section.header.paragraphs] == ["DATA CONTOH", "DINAS PERCONTOHAN"]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert len([name for name in archive.namelist() if "media/" in name]) == 1
    unmarked = opened(make_docx(document(content.getvalue(), ""))).sections[0]
    assert [each.text for each in unmarked.header.paragraphs] == ["DINAS PERCONTOHAN"]


def test_of_several_sections_the_first_is_taken_in_one_column() -> None:
    word = docx.Document(io.BytesIO(template()))
    second = word.add_section(WD_SECTION.CONTINUOUS)
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "LAMPIRAN"
    for section in word.sections:
        section._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2"/>'))
    content = io.BytesIO()
    word.save(content)
    made = opened(make_docx(document(content.getvalue(), "")))
    assert [each.header.paragraphs[0].text for each in made.sections] == ["DINAS PERCONTOHAN"]
    assert "w:num=" not in made.sections[0]._sectPr.xml


def test_a_file_of_libreoffice_has_its_styles_too() -> None:
    """It writes the names of headings and captions with a capital."""

    def change(parts: dict[str, bytes]) -> None:
        for old, new in ((b'"heading ', b'"Heading '), (b'"caption"', b'"Caption"'), (b'"header"', b'"Header"')):
            parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"w:name w:val=" + old, b"w:name w:val=" + new)

    content = template(change)
    assert content != template()
    word = opened(make_docx(document(content)))
    assert {each.style.name for each in word.paragraphs} == {*STYLES}


def _relate(part: str, kind: str, target: str) -> Change:
    link = f'<Relationship Id="rId99" Type="{kind}" Target="{target}" TargetMode="External"/>'

    def change(parts: dict[str, bytes]) -> None:
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        parts[part] = parts.get(part, empty).replace(b"</Relationships>", link.encode() + b"</Relationships>")

    return change


def _in_header(xml: str) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        name = next(each for each in parts if each.startswith("word/header"))
        parts[name] = parts[name].replace(b"</w:p>", f"{xml}</w:p>".encode(), 1)

    return change


def _put(name: str, content: bytes) -> Change:
    return lambda parts: parts.update({name: content})


def _without_style(*names: str) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        text = parts["word/styles.xml"].decode()
        for name in names:
            text = re.sub(rf'<w:style (?:(?!</w:style>).)*?<w:name w:val="{name}"/>.*?</w:style>', "", text, flags=re.S)
        parts["word/styles.xml"] = text.encode()

    return change


def _in_types(old: bytes, new: bytes) -> Change:
    return lambda parts: parts.update({"[Content_Types].xml": parts["[Content_Types].xml"].replace(old, new)})


KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = b"wordprocessingml.document.main+xml"
CALL = (
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{}</w:instrText></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
)
FAULTS = {
    "macros": (_put("word/vbaProject.bin", b"x"), "word/vbaProject.bin", "dokumen tanpa makro dan objek sisipan"),
    "macros under another name": (
        _in_types(MAIN, b"ms-word.document.macroEnabled.main+xml"),
        "[Content_Types].xml",
        "dokumen tanpa makro dan objek sisipan",
    ),
    "object": (_put("word/embeddings/a.xlsx", b"x"), "word/embeddings/a.xlsx", "dokumen tanpa makro"),
    "control": (_put("word/activeX/activeX1.xml", b"<a/>"), "word/activeX/activeX1.xml", "dokumen tanpa makro"),
    "template elsewhere": (
        _relate("word/_rels/settings.xml.rels", f"{KIND}/attachedTemplate", "http://a.invalid/a.dotm"),
        "http://a.invalid/a.dotm",
        "dokumen tanpa tautan keluar",
    ),
    "picture elsewhere": (
        _relate("word/_rels/header1.xml.rels", f"{KIND}/image", "file:///\\\\a.invalid\\x.png"),
        "file:///\\\\a.invalid\\x.png",
        "dokumen tanpa tautan keluar",
    ),
    "sign in an address": (
        _relate("word/_rels/document.xml.rels", f"{KIND}/hyperlink", "http://a.invalid/?a>b"),
        "http://a.invalid/?a>b",
        "dokumen tanpa tautan keluar",
    ),
    "field": (_in_header(CALL.format("DDEAU", "TO c:\\\\x")), "DDEAUTO", "dokumen tanpa bidang"),
    "simple field": (
        _in_header('<w:fldSimple w:instr="includepicture http://a.invalid"/>'),
        "includepicture",
        "dokumen tanpa bidang",
    ),
    "entity": (
        lambda parts: parts.update(
            {
                "word/styles.xml": parts["word/styles.xml"].replace(
                    b"<w:styles", b'<!DOCTYPE a [<!ENTITY b "c">]><w:styles', 1
                )
            }
        ),
        "word/styles.xml",
        "dokumen Word",
    ),
    "sixteen bits": (
        lambda parts: parts.update({"word/settings.xml": parts["word/settings.xml"].decode().encode("utf-16")}),
        "word/settings.xml",
        "dokumen Word",
    ),
    "bomb": (_put("word/media/a.png", b"\0" * 50_000_001), "", "paling banyak 1000 bagian, 50000 kB"),
    "styles": (
        _without_style("caption", "List Bullet"),
        "tanpa gaya Caption, List Bullet",
        "gaya Normal, Heading 1, Heading 2, Heading 3, Heading 4, Caption, List Bullet, List Number",
    ),
    "spreadsheet": (_in_types(MAIN, b"spreadsheetml.sheet.main+xml"), "berkas yang tidak dapat dibuka", "dokumen Word"),
    "no types": (lambda parts: parts.pop("[Content_Types].xml"), "berkas yang tidak dapat dibuka", "dokumen Word"),
    "no page": (
        lambda parts: parts.update(
            {"word/document.xml": re.sub(rb"<w:sectPr.*?</w:sectPr>", b"", parts["word/document.xml"], flags=re.S)}
        ),
        "dokumen tanpa halaman",
        "dokumen Word",
    ),
}


def refusals(tmp_path: Path, content: bytes) -> list[Problem]:
    path = tmp_path / "kop.docx"
    path.write_bytes(content)
    read, problems = read_word_template(path, "kop.docx")
    assert read == (b"" if problems else content)
    assert {problem.file for problem in problems} <= {"kop.docx"}
    return problems


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_acts_calls_or_lacks_is_refused(fault: str, tmp_path: Path) -> None:
    change, found, expected = FAULTS[fault]
    problems = refusals(tmp_path, template(change))
    assert len(problems) == 1
    assert problems[0].found.startswith(found)
    assert problems[0].expected.startswith(expected)
    assert problems[0].mend


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 300, template()[:-500]])
def test_what_is_no_word_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (problem,) = refusals(tmp_path, content)
    assert problem.found.startswith("berkas yang tidak dapat dibuka (")


def test_a_file_of_40_megabytes_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kop.docx"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 40_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("opened"))
    _content, (problem,) = read_word_template(path, "kop.docx")
    assert (problem.found, problem.expected) == ("40000 kB", "paling banyak 5000 kB")


def test_a_paper_of_an_agency_takes_the_file_that_it_names(tmp_path: Path) -> None:
    root = write_root(tmp_path, {2018: [COUNT]}, [], **{"identity.toml": 'word_template = "kop.docx"\n'})
    (root / "kop.docx").write_bytes(template())
    agency = load_agency(root)
    paper = paper_of(document(b"").blocks, agency, {})
    word = opened(make_docx(paper))
    assert word.sections[0].header.paragraphs[0].text == "DINAS PERCONTOHAN"
    assert agency.files["kop.docx"]
