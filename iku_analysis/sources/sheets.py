"""XLSX files -> sheets of text cells, streamed: only what is filled is kept, within limits told by place."""

import time
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree import ElementTree
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

from iku_analysis.language import _
from iku_analysis.sources.cell_formats import BUILT_IN
from iku_analysis.sources.limits import MOST_BYTES_OF_SETTINGS, MOST_BYTES_UNPACKED, MOST_SECONDS, MOST_SHEETS
from iku_analysis.sources.sheet_cells import HIDDEN, Book, Sheet, SheetReader, TextReader, TooMuchError

CHUNK = 1 << 18


def read_sheets(path: Path, number_format: str) -> list[Sheet]:
    """Return the sheets of an XLSX file that hold cells.

    Raises
    ------
    TooMuchError
        If it is larger than the limits above.
    Exception
        Whatever zip and XML raise for a file that is damaged, or is none.
    """
    book = Book(number_format, ends_at=time.monotonic() + MOST_SECONDS)
    with ZipFile(path) as archive:
        size = sum(each.file_size for each in archive.infolist())
        if size > MOST_BYTES_UNPACKED:
            raise TooMuchError(_("{size} MB isi", size=size // 1_000_000), f"{MOST_BYTES_UNPACKED // 1_000_000} MB")
        main = next(part for _kind, part in related_parts(archive, "", "/officeDocument").values())
        related = related_parts(archive, main, "")
        workbook = _tree(archive, main)
        for kind, part in related.values():
            if kind.endswith("/styles"):
                styles = _tree(archive, part)
                book.formats, book.struck = _read_formats(styles), _read_struck(styles)
            if kind.endswith("/sharedStrings"):
                with archive.open(part) as stream:
                    reader = TextReader()
                    _read(reader, stream, book)
                    book.texts, book.struck_texts = reader.texts, reader.struck
        book.since_1904 = any(each.get("date1904") in HIDDEN for each in workbook.iter())
        listed = [each for each in workbook.iter() if _local(each.tag) == "sheet"]
        if len(listed) > MOST_SHEETS:
            raise TooMuchError(_("{count} lembar", count=len(listed)), str(MOST_SHEETS))
        sheets = []
        for each in listed:
            kind, part = related[next(value for name, value in each.items() if _local(name) == "id" and name != "id")]
            if kind.endswith("/worksheet"):
                sheet = Sheet(each.get("name", ""), hidden=each.get("state", "visible") != "visible")
                with archive.open(part) as stream:
                    _read(SheetReader(sheet, book), stream, book, sheet)
                sheets.append(sheet)
    return sheets


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _tree(archive: ZipFile, part: str) -> ElementTree.Element:
    size = archive.getinfo(part).file_size
    if size > MOST_BYTES_OF_SETTINGS:
        raise TooMuchError(f"{part}: {size // 1_000_000} MB", f"{MOST_BYTES_OF_SETTINGS // 1_000_000} MB")
    return ElementTree.fromstring(archive.read(part))  # noqa: S314 - expat bounds entities, and the part is bounded


def related_parts(archive: ZipFile, part: str, kind: str) -> dict[str, tuple[str, str]]:
    """Return the type and the name of each part that a part refers to, by its id there."""
    place = PurePosixPath(part)
    found = {}
    for each in _tree(archive, str(place.parent / "_rels" / f"{place.name}.rels")):
        target = each.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else str(place.parent / target)
        if each.get("Type", "").endswith(kind) and each.get("TargetMode") != "External":
            found[each.get("Id", "")] = (each.get("Type", ""), whole)
    return found


def _read_formats(styles: ElementTree.Element) -> list[str]:
    """Return the number format of each style of cell."""
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in styles.iter() if _local(each.tag) == "numFmt"}
    used = _group(styles, "cellXfs")
    return [own.get(xf.get("numFmtId"), BUILT_IN.get(int(xf.get("numFmtId", 0)), "General")) for xf in used]


def _read_struck(styles: ElementTree.Element) -> set[int]:
    """Return the styles of cells whose font is struck through."""
    fonts = {
        str(place)
        for place, font in enumerate(_group(styles, "fonts"))
        if any(_local(each.tag) == "strike" and each.get("val", "1") in HIDDEN for each in font)
    }
    return {place for place, xf in enumerate(_group(styles, "cellXfs")) if xf.get("fontId") in fonts}


def _group(styles: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for group in styles if _local(group.tag) == name for each in group]


def _read(reader: "SheetReader | TextReader", stream: IO[bytes], book: Book, sheet: Sheet | None = None) -> None:
    """Feed a part to its reader, no longer than a file may take."""
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    while chunk := stream.read(CHUNK):
        parser.Parse(chunk, False)
        if time.monotonic() > book.ends_at:
            seconds = _("{seconds} detik", seconds=MOST_SECONDS)
            row = reader.row if isinstance(reader, SheetReader) else None
            raise TooMuchError(_("isi yang belum selesai dibaca"), seconds, sheet.title if sheet else "", row)
    parser.Parse(b"", True)
