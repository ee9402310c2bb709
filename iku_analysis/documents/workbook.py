"""A document -> XLSX: a sheet a table with its real numbers, native charts, a list of sheets, the sources.

Numbers have their full precision and are shown as they are printed. Text is text: what begins
with `=` is no formula, and no address becomes a link.
"""

import io
import re
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from iku_analysis.documents.blocks import Document, Table, label_of
from iku_analysis.documents.excel import Look, WriteSheet, open_book
from iku_analysis.language import _, current_language

HEAD_ROW = 3  # of a sheet, counted from 0: caption, mark and a blank row stand above
WIDEST = 60  # letters of a column
LINE = 13.5  # pt, the height of a line
LONGEST, LONGEST_SHEET = 32_767, 31  # letters of a cell and of a sheet's name, Excel's limits
BAD_NAME = re.compile(r"[\[\]:*?/\\']")


def cut(text: str, most: int) -> str:
    """Return the beginning of a text of as many letters as Excel counts, to which an emoji is two."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore")


def make_xlsx(document: Document, sources: list[tuple[str, str]], more: dict[str, WriteSheet] | None = None) -> bytes:
    """Return the workbook of a document; the same document gives the same bytes.

    Parameters
    ----------
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
    contents, *sheets, last = [book.add_worksheet(name) for name in (_("Isi"), *names, *more, _("Sumber"))]
    for sheet in (contents, *sheets, last):
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write_string(1, 0, document.mark, look(bold=True, font_color="#B34700"))
    contents.write_string(0, 0, document.title, look(bold=True, font_size=14))
    contents.set_column(0, 0, 90)
    titles = [*map(label_of, tables), *more]
    for row, (title, name) in enumerate(zip(titles, [*names, *more], strict=True), start=HEAD_ROW):
        contents.write_url(row, 0, f"internal:'{name}'!A1", look(font_color="#0072B2", underline=1), cut(title, 255))
    for sheet, write in zip(sheets[len(tables) :], more.values(), strict=True):
        write(sheet, look)
    for sheet, name, table in zip(sheets, names, tables, strict=False):
        _write_table(sheet, table, look)
        if table.chart:
            _add_chart(book, sheet, name, table, table.chart)
    _write_sources(last, sources, look)
    book.close()
    return file.getvalue()


def _write_table(sheet: Worksheet, table: Table, look: Look) -> None:
    sheet.write_string(0, 0, label_of(table), look(bold=True, font_size=12))
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.repeat_rows(HEAD_ROW)
    widths = [min(max(map(len, cells)) + 2, WIDEST) for cells in zip(table.columns, *table.rows, strict=True)]
    for column, name in enumerate(table.columns):
        head = look(bold=True, text_wrap=True, bottom=2, align="right" if table.right[column] else "left")
        sheet.write_string(HEAD_ROW, column, name, head)
        sheet.set_column(column, column, widths[column])
    for number, (cells, values) in enumerate(zip(table.rows, table.values, strict=True), start=HEAD_ROW + 1):
        sheet.set_row(number, LINE * most_lines(cells, widths))  # not every program fits a row to wrapped text
        for column, (text, value) in enumerate(zip(cells, values, strict=True)):
            if value is None:
                align = "right" if table.right[column] else "left"
                sheet.write_string(number, column, cut(text, LONGEST), look(text_wrap=True, align=align))
            else:
                sheet.write_number(number, column, value, look(num_format=number_format(text, value), align="right"))


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
    """Draw beside a table its series that `chart` names: columns for what was achieved, a line for the target."""
    first, last = HEAD_ROW + 1, HEAD_ROW + len(table.rows)
    places = {role: table.columns.index(heading) for role, heading in chart.items()}

    def series(role: str) -> dict[str, Any]:
        return {
            "name": [name, HEAD_ROW, places[role]],
            "categories": [name, first, places["category"], last, places["category"]],
            "values": [name, first, places[role], last, places[role]],
        }

    bars = book.add_chart({"type": "column"})
    bars.add_series(series("bars") | {"fill": {"color": "#0072B2"}})
    line = book.add_chart({"type": "line"})
    line.add_series(series("line") | {"line": {"color": "#000000", "width": 2}, "marker": {"type": "diamond"}})
    bars.combine(line)
    bars.set_title({"name": table.caption, "name_font": {"size": 11}})
    bars.set_y_axis({"min": 0, "num_format": "[$-421]#,##0" if current_language() == "id" else "#,##0"})
    bars.set_legend({"position": "bottom"})
    sheet.insert_chart(last + 2, 0, bars, {"description": label_of(table)})


def _write_sources(sheet: Worksheet, sources: list[tuple[str, str]], look: Look) -> None:
    sheet.write_string(0, 0, _("Sumber"), look(bold=True, font_size=12))
    sheet.set_column(0, 0, 45)
    sheet.set_column(1, 1, 90)
    for row, (what, where) in enumerate(sources, start=HEAD_ROW):
        sheet.write_string(row, 0, what, look(text_wrap=True))
        sheet.write_string(row, 1, cut(where, LONGEST), look(text_wrap=True))
