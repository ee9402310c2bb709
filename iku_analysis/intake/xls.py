"""Workbooks of Excel 97 (.xls) -> sheets of text cells, by xlrd."""

import io
from pathlib import Path
from typing import Any

from iku_analysis.intake.cell_filler import CellFiller, new_book
from iku_analysis.intake.opening import locked
from iku_analysis.language import _
from iku_analysis.sources.cell_formats import BUILT_IN
from iku_analysis.sources.limits import MOST_SHEETS
from iku_analysis.sources.sheet_cells import Sheet, TooMuchError

FIRST_OWN_FORMAT = 164  # lower ones are named by number alone


def read_xls(path: Path, number_format: str) -> list[Sheet]:
    """Return the sheets of an XLS file.

    Raises
    ------
    RefusedError
        If it has a password.
    TooMuchError
        If it is larger than any workbook of figures.
    Exception
        Whatever the library raises for a file that is damaged.
    """
    import xlrd

    try:
        # What the library would print while it reads is not for people.
        workbook = xlrd.open_workbook(
            str(path), logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise locked() from error
        raise
    if workbook.nsheets > MOST_SHEETS:
        raise TooMuchError(_("{count} lembar", count=workbook.nsheets), str(MOST_SHEETS))
    book = new_book(number_format)
    book.since_1904 = workbook.datemode == 1
    book.formats = [_code(workbook, each.format_key) for each in workbook.xf_list]
    struck = [each.struck_out for each in workbook.font_list]
    book.struck = {place for place, each in enumerate(workbook.xf_list) if struck[each.font_index]}
    sheets = []
    for place in range(workbook.nsheets):
        found = workbook.sheet_by_index(place)
        filler = CellFiller(Sheet(found.name, hidden=found.visibility != 0), book)
        _read(found, filler)
        sheets.append(filler.sheet)
        workbook.unload_sheet(place)
    return sheets


def _code(workbook: Any, key: int) -> str:
    if key < FIRST_OWN_FORMAT and key in BUILT_IN:
        return BUILT_IN[key]
    known = workbook.format_map.get(key)
    return known.format_str if known else "General"


def _read(found: Any, filler: CellFiller) -> None:
    import xlrd

    sheet, formats = filler.sheet, filler.book.formats
    blank = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    for place in range(found.nrows):
        if all(kind in blank for kind in found.row_types(place)):
            continue
        row = place + 1
        for column, cell in enumerate(found.row(place)):
            if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                filler.add_number(row, column, cell.value, formats[cell.xf_index])
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                filler.add(row, column, "TRUE" if cell.value else "FALSE")
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                filler.add(row, column, xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
            elif cell.ctype == xlrd.XL_CELL_TEXT:
                filler.add(row, column, cell.value)
            if cell.xf_index in filler.book.struck:
                filler.note_struck(row, column)
        info = found.rowinfo_map.get(place)
        if info and info.hidden and sheet.rows and sheet.rows[-1][0] == row:
            sheet.hidden_rows.append(row)
    sheet.hidden_columns += [(place, place) for place, info in sorted(found.colinfo_map.items()) if info.hidden]
    for first_row, end_row, first_column, end_column in found.merged_cells:
        filler.merge(first_row + 1, end_row, first_column, end_column - 1)
