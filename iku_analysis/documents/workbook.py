"""A document -> XLSX: a summary, the rows behind it, a sheet a table with its real numbers, charts, the sources.

Numbers have their full precision and are shown as they are printed. Text is text: what begins
with `=` is no formula, and no address becomes a link.
"""

import io
import re
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from iku_analysis.display.design import ACCENT, COVER, FILL, INK, MISSED, SOFT
from iku_analysis.display.layout import Cover
from iku_analysis.display.tables.cells import DASH
from iku_analysis.documents.blocks import Document, Table, label_of
from iku_analysis.documents.excel import Look, WriteSheet, open_book
from iku_analysis.language import _, current_language

HEAD_ROW = 3  # of a sheet, counted from 0: caption, mark and a blank row stand above
WIDEST, NARROW = 60, 22  # letters of a column; of one beside fifteen others
LINE = 13.5  # pt, the height of a line
LONGEST, LONGEST_SHEET = 32_767, 31  # letters of a cell and of a sheet's name, Excel's limits
BAD_NAME = re.compile(r"[\[\]:*?/\\']")


def cut(text: str, most: int) -> str:
    """Return the beginning of a text of as many letters as Excel counts, to which an emoji is two."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore")


def make_xlsx(
    document: Document, data: pd.DataFrame, sources: list[tuple[str, str]], more: dict[str, WriteSheet] | None = None
) -> bytes:
    """Return the workbook of a document; the same document gives the same bytes.

    Parameters
    ----------
    data : DataFrame
        The rows behind the paper, for the second sheet: a heading a column, text and numbers; none: no such sheet.
    sources : list of (str, str)
        The rows of the last sheet: what, and where it comes from.
    more : dict, optional
        Other sheets by their names, each with what writes it.
    """
    more = more or {}
    file = io.BytesIO()
    book, look = open_book(file, title=document.title, author=document.agency, mark=document.mark)
    tables = document.each(Table)
    names = [cut(f"{table.number} {BAD_NAME.sub(' ', table.caption)}", LONGEST_SHEET).strip() for table in tables]
    first = book.add_worksheet(_("Ringkasan"))
    if not data.empty:
        _write_data(book.add_worksheet(_("Data")), data, look)
    *sheets, last = [book.add_worksheet(name) for name in (*names, *more, _("Sumber"))]
    for sheet in book.worksheets():
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&8&F&R&8&P / &N")
    _write_summary(first, document, [*names, *more], look)
    for sheet, write in zip(sheets[len(tables) :], more.values(), strict=True):
        write(sheet, look)
    for sheet, name, table in zip(sheets, names, tables, strict=False):
        sheet.write_string(0, 0, label_of(table), look(bold=True, font_size=12))
        sheet.write_string(1, 0, document.mark, look(bold=True, font_color=MISSED))
        _write_table(sheet, table, look, HEAD_ROW)
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        sheet.repeat_rows(HEAD_ROW)
        if table.chart:
            _add_chart(book, sheet, name, table, table.chart)
    _write_sources(last, sources, look)
    book.close()
    return file.getvalue()


def _write_summary(sheet: Worksheet, document: Document, names: list[str], look: Look) -> None:
    """Write the first sheet: title, sentence, the paper's first table, and a list of the sheets."""
    sheet.write_string(0, 0, document.title, look(bold=True, font_size=16, font_color=COVER))
    sheet.write_string(1, 0, document.agency, look(font_color=SOFT))
    covers = [block for block in document.blocks if isinstance(block, Cover)]
    sheet.write_string(2, 0, covers[0].sentence if covers else "", look(bold=True))
    sheet.write_string(3, 0, document.mark, look(bold=True, font_color=MISSED))
    tables, row = document.each(Table), 5
    if tables:
        row = _write_table(sheet, tables[0], look, row) + 2
    titles = [*map(label_of, tables), *names[len(tables) :]]
    for title, name in zip(titles, names, strict=True):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", look(font_color=ACCENT, underline=1), cut(title, 255))
        row += 1
    sheet.print_area(0, 0, row, max((len(table.columns) for table in tables[:1]), default=1) - 1)


def _write_data(sheet: Worksheet, data: pd.DataFrame, look: Look) -> None:
    """Write one row a figure, its source beside it, with a filter; as narrow as its print can be read."""
    data = data.loc[:, data.notna().any() & (data != "").any()]
    head, plain_look = look(bold=True, bottom=2, text_wrap=True), look(text_wrap=True)
    number_look = look(num_format="#,##0.######")
    texts = data.map(_as_text)
    widths = [min(max(len(name), *texts[name].str.len()) + 2, NARROW) for name in data.columns]
    for row, cells in enumerate(texts.itertuples(index=False), start=1):
        if (lines := most_lines(list(cells), widths)) > 1:
            sheet.set_row(row, LINE * lines)
    for column, name in enumerate(data.columns):
        values = data[name]
        sheet.set_column(column, column, widths[column])
        sheet.write_string(0, column, name, head)
        for row, value in enumerate(values, start=1):
            if isinstance(value, str):
                sheet.write_string(row, column, cut(value, LONGEST), plain_look)
            elif pd.notna(value):
                sheet.write_number(row, column, float(value), number_look)
    sheet.autofilter(0, 0, max(len(data), 1), len(data.columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _as_text(value: object) -> str:
    """Return a value of the rows as wide as it is shown."""
    if isinstance(value, str):
        return cut(value, LONGEST)
    return f"{value:,.0f}" if pd.notna(value) else ""


def _write_table(sheet: Worksheet, table: Table, look: Look, at: int) -> int:
    """Write a table with its headings in a row; return the row after it."""
    widths = [min(max(map(len, cells)) + 2, WIDEST) for cells in zip(table.columns, *table.rows, strict=True)]
    if table.bar >= 0:
        widths[table.bar] *= 2  # the bar ends before the number
    for column, name in enumerate(table.columns):
        head = look(bold=True, text_wrap=True, bottom=2, align="right" if table.right[column] else "left")
        sheet.write_string(at, column, name, head)
        sheet.set_column(column, column, widths[column])
    number = at
    for place, (cells, values) in enumerate(zip(table.rows, table.values, strict=True)):
        number += 1
        if table.groups and (place == 0 or table.groups[place] != table.groups[place - 1]):
            group = cut(table.groups[place], LONGEST)
            sheet.merge_range(number, 0, number, len(widths) - 1, group, look(bold=True, bg_color=FILL, text_wrap=True))
            sheet.set_row(number, LINE * most_lines([group], [sum(widths)]))
            number += 1
        sheet.set_row(number, LINE * most_lines(cells, widths))  # not every program fits a row to wrapped text
        bold = table.total and place == len(table.rows) - 1
        for column, (text, value) in enumerate(zip(cells, values, strict=True)):
            if value is None:
                shown = "" if table.right[column] and text == DASH else text  # no text among numbers
                align = "right" if table.right[column] else "left"
                sheet.write_string(number, column, cut(shown, LONGEST), look(text_wrap=True, align=align, bold=bold))
            else:
                sheet.write_number(
                    number, column, value, look(num_format=number_format(text, value), align="right", bold=bold)
                )
    if table.bar >= 0:
        bars = {"type": "data_bar", "bar_color": ACCENT, "bar_solid": True, "min_type": "num", "min_value": 0}
        sheet.conditional_format(at + 1, table.bar, number, table.bar, bars | {"max_type": "num", "max_value": 240})
    return number + 1


def most_lines(cells: list[str], widths: list[int]) -> int:
    """Return the lines of the tallest cell of a row, in columns of so many letters."""
    return max(
        sum(max(1, -(-len(line) // width)) for line in text.split("\n"))
        for text, width in zip(cells, widths, strict=True)
    )


def number_format(text: str, value: float) -> str:
    """Return the Excel format that shows a number as it is printed: its decimals, sign, unit and star.

    Excel writes the marks for thousands and decimals as the reader's computer does; other
    programs follow the language that the format names (421: Indonesian).
    """
    sign, digits, rest = re.match(r"([+\N{MINUS SIGN}]?)([\d.,]*\d)(.*)", text, re.S).groups()  # type: ignore[union-attr]
    decimal_mark = {"id": ",", "en": "."}[current_language()]
    decimals = len(digits.partition(decimal_mark)[2])
    grouped = abs(value) < 1000 or not digits.isdigit()
    form = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    if not re.search(r"\d", rest):  # a second number, such as a change in per cent, is not for this cell
        form += "".join(f"\\{letter}" for letter in rest) if '"' in rest else f'"{rest}"' if rest else ""
    form = f"+{form};\N{MINUS SIGN}{form};{form}" if sign == "+" else form
    return f"[$-421]{form}" if current_language() == "id" else form


def _add_chart(book: Workbook, sheet: Worksheet, name: str, table: Table, chart: dict[str, str]) -> None:
    """Draw below a table of years the rows that `chart` names: columns for what was achieved, a line for the target."""
    labels = [row[0] for row in table.rows]
    last = len(table.columns) - 1

    def series(role: str) -> dict[str, Any]:
        row = HEAD_ROW + 1 + labels.index(chart[role])
        return {
            "name": [name, row, 0],
            "categories": [name, HEAD_ROW, 1, HEAD_ROW, last],
            "values": [name, row, 1, row, last],
        }

    bars = book.add_chart({"type": "column"})
    bars.add_series(series("bars") | {"fill": {"color": ACCENT}})
    line = book.add_chart({"type": "line"})
    line.add_series(series("line") | {"line": {"color": INK, "width": 2}, "marker": {"type": "diamond"}})
    bars.combine(line)
    bars.set_title({"name": table.caption, "name_font": {"size": 11}})
    bars.set_y_axis({"min": 0, "num_format": "[$-421]#,##0" if current_language() == "id" else "#,##0"})
    bars.set_legend({"position": "bottom"})
    sheet.insert_chart(HEAD_ROW + len(table.rows) + 3, 0, bars, {"description": label_of(table)})


def _write_sources(sheet: Worksheet, sources: list[tuple[str, str]], look: Look) -> None:
    sheet.write_string(0, 0, _("Sumber"), look(bold=True, font_size=12))
    sheet.set_column(0, 0, 45)
    sheet.set_column(1, 1, 90)
    for row, (what, where) in enumerate(sources, start=HEAD_ROW):
        sheet.write_string(row, 0, what, look(text_wrap=True))
        sheet.write_string(row, 1, cut(where, LONGEST), look(text_wrap=True))
