"""A Word document -> its paragraphs and tables in reading order, as they are shown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn

from iku_analysis.intake.opening import RefusedError
from iku_analysis.intake.word_lists import ListNumbers, read_lists
from iku_analysis.language import _
from iku_analysis.sources.file_faults import quote_text
from iku_analysis.sources.limits import MOST_BYTES_OF_SETTINGS, MOST_CELLS, MOST_COLUMNS, MOST_SHEETS
from iku_analysis.sources.sheet_cells import Sheet, TooMuchError, letters_of

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # what it holds stands beside too
CHANGED = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel")))
ASIDE = {*map(qn, ("w:pPr", "w:txbxContent", "w:del", "w:moveFrom")), FALLBACK}
SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
SHOWN_AS = {qn(name): sign for name, sign in SIGNS.items()}
DELETED = qn("w:delText")
PARAGRAPH, TABLE, ROW, CELL, BOX, TEXT, RUN = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:txbxContent", "w:t", "w:r"))


def read_blocks(path: Path) -> list[str | Sheet]:
    """Return the paragraphs and tables of a Word document; each text box follows its paragraph, nested tables theirs.

    Raises
    ------
    RefusedError
        If changes in it are neither accepted nor rejected, or words are struck through: it says two things.
    TooMuchError
        If it is larger than any document with figures.
    Exception
        Whatever zip, XML and Word's parts raise for a file that is damaged.
    """
    with ZipFile(path) as archive:
        for each in archive.infolist():
            if each.filename.endswith((".xml", ".rels")) and each.file_size > MOST_BYTES_OF_SETTINGS:
                most = f"{MOST_BYTES_OF_SETTINGS // 1_000_000} MB"
                raise TooMuchError(f"{each.filename}: {each.file_size // 1_000_000} MB", most)
    document = Document(str(path))
    body = document.element.body
    _refuse_struck(body)
    changes = list(body.iter(*CHANGED))
    if changes:
        words = next(
            filter(None, ("".join(text.text or "" for text in each.iter(TEXT, DELETED)) for each in changes)), ""
        )
        found = _("{count} perubahan terlacak, yang pertama {text}", count=len(changes), text=quote_text(words))
        mend = _("Di Word pilih Tinjau, terima atau tolak semua perubahan, lalu simpan.")
        raise RefusedError(found, _("dokumen tanpa perubahan terlacak"), mend)
    return _Blocks(read_lists(document)).of(body)


def _refuse_struck(body: Any) -> None:
    struck = ("".join(_texts(run)) for run in body.iter(RUN) if _is_on(run, "w:strike") or _is_on(run, "w:dstrike"))
    if words := next(filter(str.strip, struck), ""):
        mend = _("Hapus teks itu, atau hilangkan coretannya, lalu simpan.")
        raise RefusedError(_("teks yang dicoret: {text}", text=quote_text(words)), _("dokumen tanpa coretan"), mend)


class _Blocks:
    """Collects the blocks of a document; lists and tables are counted across it."""

    def __init__(self, lists: ListNumbers) -> None:
        self.lists, self.tables, self.cells = lists, 0, 0

    def of(self, element: Any) -> list[str | Sheet]:
        """Return the blocks within an element, whatever else encloses them."""
        found: list[str | Sheet] = []
        for each in element:
            if each.tag == PARAGRAPH:
                found.append(self._paragraph(each))
                for box in _within(each, BOX):
                    found += self.of(box)
            elif each.tag == TABLE:
                found += self._table(each)
            elif each.tag not in ASIDE:
                found += self.of(each)
        return found

    def _paragraph(self, paragraph: Any) -> str:
        return self.lists.label(paragraph) + "".join(_texts(paragraph))

    def _table(self, table: Any) -> list[str | Sheet]:
        """Return a table as a sheet, and after it the tables within its cells."""
        self.tables += 1
        if self.tables > MOST_SHEETS:
            raise TooMuchError(_("{count} tabel", count=self.tables), str(MOST_SHEETS))
        sheet = Sheet(f"Tabel {self.tables}")
        inner: list[str | Sheet] = []
        open_below: dict[int, list[int]] = {}  # by column: the first and last row and the width of a cell over rows
        for number, row in enumerate(_within(table, ROW), start=1):
            texts: list[str] = [""] * _count(row, "w:trPr", "w:gridBefore", 0)
            for cell in _within(row, CELL):
                column, width = len(texts), _count(cell, "w:tcPr", "w:gridSpan", 1)
                blocks = self.of(cell)
                inner += [block for block in blocks if isinstance(block, Sheet)]
                over = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = over is not None and over.get(qn("w:val")) != "restart"
                if goes_on and open_below.get(column, [0, 0])[1] == number - 1:
                    open_below[column][1] = number
                    blocks = []
                else:
                    _note(sheet, column, open_below.get(column))
                    open_below[column] = [number, number, width]
                text = "\n".join(block for block in blocks if isinstance(block, str)).strip()
                texts += [text] + [""] * (width - 1)
            self.cells += len(texts)
            if self.cells > MOST_CELLS or len(texts) > MOST_COLUMNS:
                raise TooMuchError(_("lebih banyak sel"), _("{count} sel", count=MOST_CELLS), sheet.title, number)
            if any(texts):
                sheet.rows.append((number, texts))
                if row.find(f"{qn('w:trPr')}/{qn('w:hidden')}") is not None:
                    sheet.hidden_rows.append(number)
        for column, extent in sorted(open_below.items()):
            _note(sheet, column, extent)
        return [sheet, *inner]


def _note(sheet: Sheet, column: int, extent: list[int] | None) -> None:
    """Note a cell over rows or columns as merged, once it has ended."""
    if extent is not None:
        first, last, width = extent
        if last > first or width > 1:
            sheet.merged.append(f"{letters_of(column)}{first}:{letters_of(column + width - 1)}{last}")


def _within(element: Any, tag: str) -> Iterator[Any]:
    """Yield the nearest elements of a tag, whatever encloses them but tables and boxes of their own."""
    for each in element:
        if each.tag == tag:
            yield each
        elif each.tag not in (TABLE, BOX, FALLBACK):
            yield from _within(each, tag)


def _texts(element: Any) -> Iterator[str]:
    """Yield what a paragraph shows; hidden words and what stands in a box are left out."""
    for each in element:
        if each.tag == TEXT:
            yield each.text or ""
        elif each.tag in SHOWN_AS:
            yield SHOWN_AS[each.tag]
        elif each.tag not in ASIDE and not (each.tag == RUN and _is_on(each, "w:vanish")):
            yield from _texts(each)


def _is_on(run: Any, name: str) -> bool:
    """Tell whether a run has a property: hidden, struck through."""
    found = run.find(f"{qn('w:rPr')}/{qn(name)}")
    return found is not None and found.get(qn("w:val"), "1") not in ("0", "false", "off")


def _count(element: Any, properties: str, name: str, default: int) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    return default if found is None else min(int(found.get(qn("w:val"), default)), MOST_COLUMNS)
