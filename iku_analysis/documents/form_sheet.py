"""An indicator's sheet of the form: what the decree says of it, its rows to fill, and what its formulas tell."""

from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from iku_analysis.display.design import ACCENT, ENTRY, FILL, GREY, PALE, SOFT
from iku_analysis.documents.excel import Look
from iku_analysis.documents.form_checks import check_cells, warn
from iku_analysis.documents.form_layout import LINE, WIDTHS, Layout, count_lines, write_period
from iku_analysis.documents.instructions import instructions_name
from iku_analysis.indonesian import format_value
from iku_analysis.language import _, current_language

KEYS = ("period", "area", "indicator")
WORDED = ("status", "source", "note", "basis")  # entered as words
SEEN = ("percentage", "last year", "running", "against target")
RIGHT = ("value", "numerator", "denominator", *SEEN)
MOST_FROZEN = 220  # pt; a higher head would leave no room for the rows on a small screen


def write_sheet(
    sheet: Worksheet,
    layout: Layout,
    before: dict[tuple[str, str, str], float],
    choices: dict[str, Any],
    *,
    marks: tuple[str, str],
    look: Look,
) -> None:
    """Fill an indicator's sheet.

    Parameters
    ----------
    before : dict
        Last year's figures, by indicator, area and this year's period, in the unit.
    choices : dict
        What may be chosen in a column: a list, or the formula of one.
    marks : (str, str)
        Whose form it is, in words and as the reader knows it.
    """
    height = _write_head(sheet, layout, marks, look)
    _write_headings(sheet, layout, look)
    within, first_of_period = (_looks(layout, look, **line) for line in ({}, {"top": 1, "top_color": SOFT}))
    places = {column: place for place, column in enumerate(layout.columns)}
    facts = {"indicator": layout.indicator["indicator_id"], "basis": "resmi", "status": "sementara"}
    for number, (period, area) in enumerate(layout.rows, start=layout.head + 1):
        written = facts | {"period": write_period(period), "area": area}
        computed = _formulas(layout, number)
        looks = within if area != layout.areas[0] or len(layout.areas) == 1 else first_of_period
        value = before.get((layout.indicator["indicator_id"], area, period))
        for column, place in places.items():
            if text := written.get(column):
                sheet.write_string(number, place, text, looks[column])
            elif column in computed:
                sheet.write_formula(number, place, computed[column], looks[column], "")
            elif column == "last year" and value is not None and layout.grades:
                sheet.write_string(number, place, format_value(value, layout.indicator["unit"]), looks[column])
            elif column == "last year" and value is not None:
                sheet.write_number(number, place, value, looks[column])
            else:
                sheet.write_blank(number, place, None, looks[column])
    for number in range(layout.head + len(layout.rows) + 1, layout.last + 1):
        for column in (*KEYS, *layout.to_enter, *WORDED):
            if column in places:
                sheet.write_blank(number, places[column], None, within["entry of " + column])
    check_cells(sheet, layout, choices)
    warn(sheet, layout, look)
    _set_page(sheet, layout, height)


def _write_head(sheet: Worksheet, layout: Layout, marks: tuple[str, str], look: Look) -> float:
    """Write the lines above the rows, each as high as its text, and return their height in points."""
    last = len(layout.columns) - 1
    title = f"{layout.indicator['number']}. {layout.indicator['indicator']}"
    lines = count_lines(title, int(sum(WIDTHS[column] for column in layout.columns) * 0.7))
    height = 18.0 * lines
    sheet.set_row(0, height)
    sheet.merge_range(0, 0, 0, last, "", look(bold=True, font_size=14, text_wrap=True))
    sheet.write_string(0, 0, title, look(bold=True, font_size=14, text_wrap=True))
    whose, form = marks
    sheet.write_string(1, 1, whose, look(font_color=SOFT))
    sheet.write_string(1, last, form, look(font_color=SOFT, font_size=8, align="right"))
    link = look(font_color=ACCENT, underline=1)
    sheet.write_url(1, 0, f"internal:'{instructions_name()}'!A1", link, instructions_name())
    for row, (label, text) in enumerate(layout.lines, start=2):
        sheet.write_string(row, 0, label, look(font_color=SOFT))
        sheet.merge_range(row, 1, row, last, "", look(text_wrap=True))
        sheet.write_string(row, 1, text, look(text_wrap=True))
        sheet.set_row(row, LINE * count_lines(text, layout.text_width) + 1)
        height += LINE * count_lines(text, layout.text_width) + 1
    sheet.set_row(layout.head - 1, 5)
    return height + 20


def _write_headings(sheet: Worksheet, layout: Layout, look: Look) -> None:
    headings = {column: layout.heading(column) for column in layout.columns}
    for place, (column, heading) in enumerate(headings.items()):
        align = "right" if column in RIGHT else "left"
        indent = int(column in (*WORDED, *SEEN, "indicator"))
        form = look(bold=True, bottom=2, top=1, bg_color=PALE, align=align, indent=indent, text_wrap=True)
        sheet.write_string(layout.head, place, heading, form)
        sheet.set_column(place, place, WIDTHS[column])
    lines = max(count_lines(heading, WIDTHS[column] - 2) for column, heading in headings.items())
    sheet.set_row(layout.head, LINE * lines + 4)


def _looks(layout: Layout, look: Look, **line: Any) -> dict[str, Any]:
    """Return the format of each column, and under `entry of` a column that of its cells to fill.

    `line` is the edge that all of them have.
    """
    value = "@" if layout.grades else number_format(layout.indicator["max_decimals"])
    shown = {"value": value, "numerator": number_format(0), "denominator": number_format(0)}
    entry = {
        column: look(
            locked=0,
            bg_color=ENTRY,
            border=1,
            border_color=GREY,
            num_format=shown.get(column, "@"),
            **line,
            **({"text_wrap": True, "align": "left", "indent": 1} if column in WORDED else {}),
        )
        for column in (*KEYS, *layout.to_enter, *WORDED)
    }
    seen: dict[str, Any] = {"font_color": SOFT, "bg_color": FILL, "align": "right", "indent": 1, **line}
    decimals = value if layout.indicator["aggregation"] != "ratio" else number_format(2)
    return {
        **entry,
        **{"entry of " + column: each for column, each in entry.items()},
        **dict.fromkeys(KEYS, look(num_format="@", bold=True, **line)),
        "indicator": look(num_format="@", font_color=SOFT, align="left", indent=1, **line),
        "last year": look(**seen, italic=True, num_format=decimals),
        "percentage": look(**seen, num_format=number_format(2)),
        "running": look(**seen, num_format=decimals),
        "against target": look(**seen, num_format=number_format(1)),
    }


def _formulas(layout: Layout, row: int) -> dict[str, str]:
    """Return the formulas of a row: its percentage, and in a period's last row the year (or quarter) so far.

    So far is the sum, the percentage of the sums, or the last figure, as the indicator's parts are joined. A period
    that nobody has begun has none; where a figure is missing before its end the cell says so.
    """
    first, areas = layout.head + 1, len(layout.areas)
    columns = layout.to_enter

    def cells(column: str, start: int) -> str:
        place = layout.columns.index(column)
        return xl_range(start, place, row, place)

    formulas = {}
    if layout.from_parts:
        above, below = (cells(column, row) for column in columns)
        formulas["percentage"] = f'=IF(COUNT({above},{below})<2,"",IF({below}>0,100*{above}/{below},""))'
    if "running" not in layout.columns or (row - first) % areas != areas - 1:
        return formulas
    own = row - areas + 1  # the period's first row
    since = own if layout.indicator["aggregation"] == "last" else first
    begun = ",".join(cells(column, own) for column in columns)
    taken = [cells(column, since) for column in columns]
    needed = (row - since + 1) * len(columns)
    joined = f"{'AVERAGE' if layout.indicator['aggregation'] == 'mean' else 'SUM'}({taken[0]})"
    if layout.from_parts:
        joined = f'IF(SUM({taken[1]})>0,100*SUM({taken[0]})/SUM({taken[1]}),"")'
    lacking = _("belum lengkap")
    formulas["running"] = f'=IF(COUNT({begun})=0,"",IF(COUNT({",".join(taken)})<{needed},"{lacking}",{joined}))'
    if layout.goal:
        running = cells("running", row)
        formulas["against target"] = f'=IF(ISNUMBER({running}),100*{running}/{layout.goal:.15g},"")'
    return formulas


def number_format(max_decimals: float) -> str:
    """Return the Excel format of a number: marks for thousands, its decimals (NaN: two)."""
    decimals = 2 if pd.isna(max_decimals) else int(max_decimals)
    form = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"[$-421]{form}" if current_language() == "id" else form


def _set_page(sheet: Worksheet, layout: Layout, height: float) -> None:
    """Set what stays in sight, what is printed, and what may be changed."""
    keys = 1 + layout.has_areas
    sheet.freeze_panes(layout.head + 1 if height <= MOST_FROZEN else 0, keys)
    entry = layout.columns.index(layout.to_enter[0])
    sheet.set_selection(layout.head + 1, entry, layout.head + 1, entry)
    sheet.print_area(0, 0, layout.last, len(layout.columns) - 1)
    sheet.repeat_rows(layout.head)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{_('Formulir realisasi {year}', year=layout.year)}&C&A&R&P / &N")
    sheet.protect("", {"format_columns": True, "format_rows": True})
