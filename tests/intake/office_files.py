"""One table in every kind of file that offices hand in, and the sheets that each is read to."""

import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import docx
import openpyxl
import typst
import xlsxwriter

# What a sheet holds and how it is formatted, and what a planner sees in it with a decimal comma.
CELLS: dict[str, tuple[Any, str, str]] = {
    "A1": ("Laporan Äö 👍", "General", "Laporan Äö 👍"),
    "A2": ("Usaha", "General", "Usaha"),
    "B2": (27799, "General", "27799"),
    "C2": (0.125, "General", "0,125"),
    "A3": ("Persen", "General", "Persen"),
    "B3": (0.9, "0%", "90%"),
    "C3": (0.1234, "0.00%", "12,34%"),
    "A4": ("Tahun", "General", "Tahun"),
    "B4": (date(2022, 1, 1), "yyyy", "2022"),
    "C4": (date(2022, 8, 31), "mmm-yy", "2022-08"),
    "E4": (5, "General", "5"),
    "A5": ("Hari", "General", "Hari"),
    "C5": (date(2022, 8, 31), "dd/mm/yyyy", "2022-08-31"),
    "A6": ("Ya", "General", "Ya"),
    "B6": (True, "General", "TRUE"),
    "C6": ("#DIV/0!", "General", "#DIV/0!"),
    "A7": ("Teks", "General", "Teks"),
    "B7": ("007", "@", "007"),
    "C7": (-1234.5, "#,##0.00", "-1234,5"),
    "A9": ("Tersembunyi", "General", "Tersembunyi"),
    "B9": (-7, '"Rp "#,##0;-"Rp "#,##0', "-7"),
}
DATES = {"B4", "C4", "C5"}
MERGED, HIDDEN_ROW, HIDDEN_COLUMN = "A1:C1", 9, 4
OLD_SHEET = ("Draf lama", 41, "0,")  # a format that shows thousands without saying so
ROWS = [
    (1, ["Laporan Äö 👍"]),
    (2, ["Usaha", "27799", "0,125"]),
    (3, ["Persen", "90%", "12,34%"]),
    (4, ["Tahun", "2022", "2022-08", "", "5"]),
    (5, ["Hari", "", "2022-08-31"]),
    (6, ["Ya", "TRUE", "#DIV/0!"]),
    (7, ["Teks", "007", "-1234,5"]),
    (9, ["Tersembunyi", "-7"]),
]


def write_xlsx(path: Path) -> Path:
    """Write the table as a workbook, by openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for place, (value, code, _shown) in CELLS.items():
        sheet[place] = value
        sheet[place].number_format = code
    sheet.merge_cells(MERGED)
    sheet.row_dimensions[HIDDEN_ROW].hidden = True
    sheet.column_dimensions["E"].hidden = True
    old = book.create_sheet(OLD_SHEET[0])
    old["A1"] = OLD_SHEET[1]
    old["A1"].number_format = OLD_SHEET[2]
    old.sheet_state = "hidden"
    book.save(path)
    return path


def write_xlsx_otherwise(path: Path) -> Path:
    """Write the table as a workbook, by xlsxwriter."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for place, (value, code, _shown) in CELLS.items():
            style = book.add_format({"num_format": code})
            if place in DATES:
                sheet.write_datetime(place, value, style)
            elif value == "#DIV/0!":
                sheet.write_formula(place, "=1/0", style, value)
            elif isinstance(value, str):
                sheet.write_string(place, value, style)
            else:
                sheet.write(place, value, style)
        sheet.merge_range(MERGED, CELLS["A1"][0])
        sheet.set_row(HIDDEN_ROW - 1, None, None, {"hidden": True})
        sheet.set_column("E:E", None, None, {"hidden": True})
        old = book.add_worksheet(OLD_SHEET[0])
        old.write("A1", OLD_SHEET[1], book.add_format({"num_format": OLD_SHEET[2]}))
        old.hide()
    return path


def record(number: int, body: bytes = b"") -> bytes:
    """Return a record of MS-XLSB."""

    def variable(value: int) -> bytes:
        more = b""
        while value >= 0x80:
            more, value = more + bytes([value & 0x7F | 0x80]), value >> 7
        return more + bytes([value])

    return variable(number) + variable(len(body)) + body


def wide(text: str) -> bytes:
    """Return a text of MS-XLSB."""
    content = text.encode("utf-16-le")
    return struct.pack("<I", len(content) // 2) + content


def write_xlsb(path: Path) -> Path:
    """Write the table as a binary workbook, by the specification: no library writes one."""
    codes = sorted({code for _value, code, _shown in CELLS.values()} | {OLD_SHEET[2]})
    texts: list[str] = []
    cells, row_before = b"", 0
    for place, (value, code, _shown) in CELLS.items():
        row, head = int(place[1:]), struct.pack("<II", "ABCDE".index(place[0]), codes.index(code))
        if row != row_before:
            flags = 0x10 if row == HIDDEN_ROW else 0
            cells += record(0, struct.pack("<IIHBBBI", row - 1, 0, 300, 0, flags, 0, 0))
            row_before = row
        if value == "#DIV/0!":
            cells += record(11, head + bytes([7, 0, 0]) + struct.pack("<II", 0, 0))
        elif isinstance(value, str):
            cells += record(7, head + struct.pack("<I", len(texts)))
            texts.append(value)
        elif isinstance(value, bool):
            cells += record(4, head + bytes([value]))
        elif isinstance(value, int):
            cells += record(2, head + struct.pack("<i", value << 2 | 2))
        else:
            number = float((value - date(1899, 12, 30)).days) if isinstance(value, date) else value
            cells += record(5, head + struct.pack("<d", number))
    sheet = record(129) + record(148, struct.pack("<4I", 0, 8, 0, 4)) + record(390)
    sheet += record(60, struct.pack("<4IH", HIDDEN_COLUMN, HIDDEN_COLUMN, 2340, 0, 1)) + record(391)
    sheet += record(145) + cells + record(146) + record(177, struct.pack("<I", 1))
    sheet += record(176, struct.pack("<4I", 0, 0, 0, 2)) + record(178) + record(130)
    old = record(129) + record(148, struct.pack("<4I", 0, 0, 0, 0)) + record(145)
    old += record(0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0))
    old += (
        record(2, struct.pack("<III", 0, codes.index(OLD_SHEET[2]), OLD_SHEET[1] << 2 | 2)) + record(146) + record(130)
    )
    styles = record(278) + record(615, struct.pack("<I", len(codes)))
    styles += b"".join(record(44, struct.pack("<H", 164 + at) + wide(code)) for at, code in enumerate(codes))
    styles += record(616) + record(617, struct.pack("<I", len(codes)))
    styles += b"".join(record(47, struct.pack("<HH", 0, 164 + at) + bytes(12)) for at in range(len(codes)))
    styles += record(618) + record(279)
    shared = record(159, struct.pack("<II", len(texts), len(texts)))
    shared += b"".join(record(19, b"\0" + wide(text)) for text in texts) + record(160)
    sheets = [(0, "rId1", "Data"), (1, "rId2", OLD_SHEET[0])]
    main = record(131) + record(153, bytes(12)) + record(143)
    main += b"".join(
        record(156, struct.pack("<II", state, at) + wide(rel) + wide(name))
        for at, (state, rel, name) in enumerate(sheets, 1)
    )
    main += record(144) + record(157, bytes(26)) + record(132)
    kinds = {"rId1": "worksheet", "rId2": "worksheet", "rId3": "styles", "rId4": "sharedStrings"}
    parts = ["worksheets/sheet1.bin", "worksheets/sheet2.bin", "styles.bin", "sharedStrings.bin"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        overrides = {"workbook.bin": "sheet.binary.macroEnabled.main"}
        overrides |= dict(zip(parts, kinds.values(), strict=True))
        archive.writestr("[Content_Types].xml", _types(overrides))
        archive.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.bin")}))
        related = {rel: (kind, part) for (rel, kind), part in zip(kinds.items(), parts, strict=True)}
        archive.writestr("xl/_rels/workbook.bin.rels", _relations(related))
        for name, content in zip(["workbook.bin", *parts], [main, sheet, old, styles, shared], strict=True):
            archive.writestr(f"xl/{name}", content)
    return path


def _types(overrides: dict[str, str]) -> str:
    each = "".join(
        f'<Override PartName="/xl/{part}" ContentType="application/vnd.ms-excel.{kind}"/>'
        for part, kind in overrides.items()
    )
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{kinds}">{default}{each}</Types>'


def _relations(related: dict[str, tuple[str, str]]) -> str:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    each = "".join(
        f'<Relationship Id="{rel}" Type="{types}/{kind}" Target={quoteattr(part)}/>'
        for rel, (kind, part) in related.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{space}">{each}</Relationships>'


Rows = Sequence[Sequence[str]]


def write_docx(path: Path, rows: Rows | None, *, merge_first: bool = False) -> Path:
    """Write rows of text as a table of a Word document, or one without a table."""
    document = docx.Document()
    document.add_paragraph("Sebelum tabel")
    if rows is None:
        document.save(str(path))
        return path
    table = document.add_table(len(rows), max(map(len, rows)))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=False):
            cell.text = text
    if merge_first:
        table.cell(0, 0).merge(table.cell(0, 2))
    document.save(str(path))
    return path


def write_pdf(path: Path, body: str) -> Path:
    """Write a document of typst as a PDF."""
    source = path.with_suffix(".typ")
    source.write_text(body, encoding="utf-8")
    typst.compile(str(source), output=str(path))
    return path


def typst_table(rows: Rows) -> str:
    """Return rows of text as a ruled table of typst; a row with one cell spans it."""
    width = max(map(len, rows))
    cells = []
    for row in rows:
        if len(row) == 1:
            cells.append(f"table.cell(colspan: {width})[#{_quoted(row[0])}]")
        else:
            cells += [f"[#{_quoted(text)}]" for text in [*row, *[""] * (width - len(row))]]
    return f"#table(columns: {width}, {', '.join(cells)})\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


WORKBOOKS: dict[str, Callable[[Path], Path]] = {
    "openpyxl.xlsx": write_xlsx,
    "xlsxwriter.xlsx": write_xlsx_otherwise,
    "buku.xlsb": write_xlsb,
}
