"""A PDF -> its lines of text and its ruled tables, page by page."""

import re
import time
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Any

from iku_analysis.intake.opening import RefusedError, locked
from iku_analysis.language import _
from iku_analysis.sources.file_faults import quote_text
from iku_analysis.sources.limits import (
    MOST_BYTES_UNPACKED,
    MOST_CELLS,
    MOST_EDGES,
    MOST_PAGES,
    MOST_SECONDS,
)
from iku_analysis.sources.sheet_cells import Sheet, TooMuchError, letters_of

GAP = 1.4  # times the usual one between lines: it parts paragraphs

UNREADABLE = re.compile(r"\(cid:[0-9]+\)")  # a letter of a font that does not say which
FEW_CHARACTERS = 400  # of a page: what electronic signatures print below a scan


def read_pages(path: Path) -> list[str | Sheet]:
    """Return the lines of a PDF and its ruled tables in reading order; a gap between lines is an empty line.

    Raises
    ------
    RefusedError
        If it has a password, or a page is a picture without text.
    TooMuchError
        If it is larger than any document with figures.
    Exception
        Whatever the library raises for a file that is damaged.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    _check_size(path.read_bytes())
    ends_at = time.monotonic() + MOST_SECONDS
    blocks: list[str | Sheet] = []
    scanned: list[int] = []
    cells = 0
    try:
        with pdfplumber.open(path) as document:
            if len(document.pages) > MOST_PAGES:
                raise TooMuchError(_("{count} halaman", count=len(document.pages)), str(MOST_PAGES))
            for number, page in enumerate(document.pages, start=1):
                found = _read_page(page, number)
                if _is_scan(page):
                    scanned.append(number)
                blocks += found
                cells += sum(len(row) for block in found if isinstance(block, Sheet) for _number, row in block.rows)
                if time.monotonic() > ends_at or cells > MOST_CELLS:
                    seconds = _("{seconds} detik", seconds=MOST_SECONDS)
                    raise TooMuchError(_("isi yang belum selesai dibaca di hal. {page}", page=number), seconds)
                page.close()
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], (PDFPasswordIncorrect, PDFEncryptionError)):
            raise locked() from error
        raise
    if scanned or not blocks:
        pages = ", ".join(map(str, scanned[:10])) + (", …" if len(scanned) > 10 else "")
        place = _("hasil pindaian tanpa teks di hal. {pages}", pages=pages) if blocks else ""
        mend = _("Minta berkas Word atau Excel asalnya; angka di dalam gambar tidak dibaca.")
        raise RefusedError(place or _("hasil pindaian tanpa teks"), _("PDF dengan teks"), mend)
    return blocks


def _is_scan(page: Any) -> bool:
    """Tell whether a page is a picture, but for the few words that a stamp or an electronic signature adds."""
    covered = max((image["width"] * image["height"] for image in page.images), default=0)
    return len(page.chars) < FEW_CHARACTERS and covered > page.width * page.height / 2


def _check_size(content: bytes) -> None:
    """Raise TooMuchError for a file of which a few bytes unpack to many."""
    left = MOST_BYTES_UNPACKED
    view = memoryview(content)
    for begin in re.finditer(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])", content):
        unpacker = zlib.decompressobj()
        source = view[begin.end() :]
        try:
            for at in range(0, len(source), 65_536):
                piece = bytes(source[at : at + 65_536])
                while piece and left > 0 and not unpacker.eof:
                    left -= len(unpacker.decompress(piece, 1 << 20))
                    piece = unpacker.unconsumed_tail
                if unpacker.eof or left <= 0:
                    break
        except zlib.error:  # no packed stream, or a damaged one: told when it is read
            continue
        if left <= 0:
            most = f"{MOST_BYTES_UNPACKED // 1_000_000} MB"
            raise TooMuchError(_("lebih dari {most} isi", most=most), most)


def _read_page(page: Any, number: int) -> list[str | Sheet]:
    """Return the blocks of one page from above to below."""
    if len(page.edges) > MOST_EDGES:
        raise TooMuchError(_("{count} garis di hal. {page}", count=len(page.edges), page=number), str(MOST_EDGES))
    if not page.chars:
        return []
    tables = [table for table in page.find_tables() if len(table.cells) > 1]
    placed: list[tuple[float, str | Sheet]] = []
    rest = page
    for place, table in enumerate(tables, start=1):
        sheet = _sheet(table, f"hal. {number}" + (f" tabel {place}" if len(tables) > 1 else ""))
        if sheet.rows:
            placed.append((table.bbox[1], sheet))
            rest = _without(rest, table)
    placed += _lines(rest)
    placed.sort(key=lambda each: each[0])
    return [block for _top, block in placed]


def _without(page: Any, table: Any) -> Any:
    left, top, right, bottom = table.bbox

    def outside(each: dict[str, Any]) -> bool:
        across, down = (each["x0"] + each["x1"]) / 2, (each["top"] + each["bottom"]) / 2
        return not (left <= across <= right and top <= down <= bottom)

    return page.filter(outside)


def _lines(page: Any) -> list[tuple[float, str]]:
    """Return the lines of a page with their places, and an empty one for each gap."""
    lines = page.extract_text_lines(return_chars=False)
    gaps = [below["top"] - above["bottom"] for above, below in pairwise(lines)]
    usual = max(sorted(gaps)[len(gaps) // 4], 1) if gaps else 0
    found = [(line["top"], UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", line["text"])) for line in lines]
    found += [(line["bottom"], "") for line, gap in zip(lines, gaps, strict=False) if gap > GAP * usual]
    return found


def _sheet(table: Any, title: str) -> Sheet:
    """Return a ruled table as a sheet; a line break within a cell is one of the page's width, not of the words."""
    sheet = Sheet(title)
    for number, cells in enumerate(table.extract(), start=1):
        texts = [" ".join((cell or "").split()) for cell in cells]
        if unreadable := next(filter(UNREADABLE.search, texts), ""):
            found = _("huruf yang tidak dapat dibaca di {page}: {text}", page=title, text=quote_text(unreadable))
            mend = _("Minta berkas Word atau Excel asalnya, atau PDF yang disimpan langsung dari program itu.")
            raise RefusedError(found, _("PDF dengan teks"), mend)
        if any(texts):
            sheet.rows.append((number, texts))
    lefts = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    for left, top, right, bottom in table.cells:
        columns = [place for place, each in enumerate(lefts) if left <= each < right]
        rows = [place for place, each in enumerate(tops, start=1) if top <= each < bottom]
        if len(columns) > 1 or len(rows) > 1:
            sheet.merged.append(f"{letters_of(columns[0])}{rows[0]}:{letters_of(columns[-1])}{rows[-1]}")
    return sheet
