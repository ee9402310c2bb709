"""`iku template`: the form by which a year's figures come in. Filled, it is a realisation file as it is.

A sheet an indicator, with the headings that a realisation file has and the rows that the year needs.
Keys are locked, cells to fill are checked as they are typed; the reader checks them again. Text is
text: what begins with `=` is no formula. The same data give the same bytes.
"""

import io
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from iku_analysis.agency.expected import expected_cells, periods_of
from iku_analysis.agency.load import Agency
from iku_analysis.documents.excel import Look, open_book
from iku_analysis.documents.instructions import instructions_name, write_instructions
from iku_analysis.indonesian import format_number
from iku_analysis.language import _, current_language
from iku_analysis.schema import BASES, SCORED_BASES, STATUSES
from iku_analysis.sources.form_rows import sheet_name
from iku_analysis.sources.input_files import WORDS

SPARE_ROWS = 8  # empty rows below, for what the form did not foresee
WIDTHS = {
    "indicator": 14,
    "period": 11,
    "area": 18,
    "value": 17,
    "numerator": 12,
    "denominator": 12,
    "basis": 11,
    "status": 13,
    "source": 26,
    "note": 26,
    "unit": 12,
    "last year": 17,
    "definition": 30,
}
KEYS = ("indicator", "period", "area")
INDENTED = ("basis", "status", "source", "note")
NUMBERS = ("value", "numerator", "denominator")
LARGEST = 10**12
LONGEST_MESSAGE = 255  # letters, Excel's limit
FILL, SHUT, EDGE, GREY = "#FFF6D5", "#E7E7E7", "#BFBFBF", "#6B6B6B"


def write_form(agency: Agency, year: int, quarter: int | None = None) -> bytes:
    """Return the XLSX form for the figures of a year, or of one quarter (1-4) of it.

    Parameters
    ----------
    agency : Agency
        Its decree names the indicators; its figures decide the periods and areas asked for
        (`expected_cells`) and stand beside as those of last year.

    Raises
    ------
    IkuError
        If no decree judges the year, or there is no such quarter.
    """
    decree = agency.decree(year)
    of_year = agency.targets[(agency.targets["year"] == year) & agency.targets["targeted"]]
    targeted = decree.indicators[decree.indicators["indicator_id"].isin(of_year["indicator_id"])]
    cells = expected_cells(agency, year, quarter)
    before = last_year(agency, year)
    file = io.BytesIO()
    book, look = open_book(
        file,
        title=_("Formulir realisasi {year}", year=year),
        author=agency.policy.agency,
        mark="DATA CONTOH" if agency.policy.illustrative else "",
    )
    first = book.add_worksheet(instructions_name())
    areas = write_instructions(first, agency, year, targeted, cells, look=look)
    sources = {
        "period": [
            written
            for grain in ("month", "quarter", "year")
            for written in map(write_period, periods_of(year, grain, quarter))
        ],
        "area": areas,
        "basis": BASES,
        "status": STATUSES,
    }
    for indicator in targeted.to_dict("records"):
        sheet = book.add_worksheet(sheet_name(indicator))
        _write_sheet(sheet, indicator, cells[indicator["indicator_id"]], before, sources, look=look)
    book.close()
    return file.getvalue()


def write_period(period: str) -> str:
    """Return a period as a form writes it: `2021`, `2021-TW3` (English `2021-Q3`) or `2021-08`."""
    return period.replace("Q", "TW") if current_language() == "id" else period


def last_year(agency: Agency, year: int) -> dict[tuple[str, str, str], float]:
    """Return the figures of the year before, official before published, by indicator, area and this year's period."""
    figures = agency.figures[(agency.figures["year"] == year - 1) & agency.figures["value"].notna()]
    # Of two figures the later one stays: that of the preferred basis.
    figures = figures.sort_values("basis", key=lambda basis: -basis.map(SCORED_BASES.index), kind="stable")
    keys = zip(figures["indicator_id"], figures["area"], f"{year}" + figures["period"].str[4:], strict=True)
    return dict(zip(keys, figures["value"], strict=True))


def _write_sheet(
    sheet: Worksheet,
    indicator: dict[str, Any],
    cells: tuple[list[str], list[str]],
    before: dict[tuple[str, str, str], float],
    sources: dict[str, Any],
    *,
    look: Look,
) -> None:
    from_parts = indicator["aggregation"] == "ratio"
    columns = [column for column in WIDTHS if from_parts or column not in ("numerator", "denominator")]
    numbers = [column for column in columns if column in NUMBERS and (column != "value" or not from_parts)]
    places = {column: place for place, column in enumerate(columns)}
    shown = {column: number_format(indicator["max_decimals"] if column == "value" else 0) for column in numbers}
    to_fill = {
        column: look(
            locked=0,
            bg_color=FILL,
            border=1,
            border_color=EDGE,
            num_format=shown.get(column, "@"),
            **({"align": "left", "indent": 1} if column in INDENTED else {}),
        )
        for column in (*KEYS, *numbers, *INDENTED)
    }
    facts = {
        "indicator": indicator["indicator_id"],
        "basis": "resmi",
        "status": "sementara",
        "unit": indicator["unit"],
        "definition": indicator["definition"],
    }
    key, shut = look(num_format="@", bold=True), look(bg_color=SHUT)
    past = look(
        font_color=GREY,
        italic=True,
        align="right",
        indent=1,
        num_format=number_format(indicator["max_decimals"]),
    )
    beside = {align: look(font_color=GREY, align=align, indent=int(align == "left")) for align in ("left", "fill")}
    looks = {
        "value": shut,
        "unit": beside["left"],
        "definition": beside["fill"],  # cut at the edge of its cell
        "last year": past,
        **to_fill,
        **dict.fromkeys(KEYS, key),
    }
    for column, place in places.items():
        right = column in NUMBERS or column == "last year"
        name = column if current_language() == "en" else WORDS[column]
        sheet.write_string(
            0,
            place,
            name,
            look(
                bold=True,
                bottom=2,
                bg_color=SHUT,
                align="right" if right else "left",
                indent=0 if right or column in KEYS else 1,
            ),
        )
        if looks[column] is shut:
            sheet.set_column(place, place, 7, shut)
        else:
            sheet.set_column(place, place, WIDTHS[column])
    rows = [(period, area) for period in cells[0] for area in cells[1]]
    for number, (period, area) in enumerate(rows, start=1):
        written = facts | {"period": write_period(period), "area": area}
        for column, place in places.items():
            if text := written.get(column):
                sheet.write_string(number, place, text, looks[column])
            elif column in to_fill:
                sheet.write_blank(number, place, None, looks[column])
        if (value := before.get((indicator["indicator_id"], area, period))) is not None:
            sheet.write_number(number, places["last year"], value, past)
    for number in range(len(rows) + 1, len(rows) + SPARE_ROWS + 1):
        for column, blank in to_fill.items():
            sheet.write_blank(number, places[column], None, blank)
    last = len(rows) + SPARE_ROWS
    sources = sources | {"indicator": [indicator["indicator_id"]]}
    _validate(sheet, places, numbers, last, indicator, sources=sources)
    _warn(sheet, places, last, indicator, look)
    sheet.print_area(0, 0, last, len(columns) - 1)
    sheet.freeze_panes(1, 3)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.protect("", {"format_columns": True, "format_rows": True})


def number_format(max_decimals: float) -> str:
    """Return the Excel format of a number: marks for thousands, its decimals (NaN: two)."""
    decimals = 2 if pd.isna(max_decimals) else int(max_decimals)
    form = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"[$-421]{form}" if current_language() == "id" else form


def _validate(
    sheet: Worksheet,
    places: dict[str, int],
    numbers: list[str],
    last: int,
    indicator: dict[str, Any],
    *,
    sources: dict[str, Any],
) -> None:
    """Refuse, as it is typed, what the reader would refuse."""
    title = _("Isian ditolak")
    for column, source in sources.items():
        if source:
            rule = {
                "validate": "list",
                "source": source,
                "error_title": title,
                "error_message": _("Pilih salah satu dari daftar di sel ini."),
            }
            sheet.data_validation(1, places[column], last, places[column], rule)
    for column in numbers:
        rule = {
            "validate": "decimal",
            "criteria": ">=",
            "error_title": title,
            "input_title": _("Satuan: {unit}", unit=indicator["unit"])[:32],
            "input_message": shorten(indicator["definition"], LONGEST_MESSAGE),
        }
        least = indicator["lower_bound"] if column == "value" else 0
        rule["value"] = f"{least:.15g}"
        rule["error_message"] = _("Tulis angka, {least} atau lebih, tanpa satuan.", least=format_number(least, 9))
        if column != "value" or indicator["max_decimals"] == 0:
            rule["validate"] = "integer"
            rule["error_message"] = _(
                "Tulis bilangan bulat, {least} atau lebih, tanpa satuan.", least=format_number(least, 9)
            )
        if column == "numerator" and indicator["lower_bound"] < 0:
            rule |= {"value": -LARGEST, "error_message": _("Tulis bilangan bulat tanpa satuan.")}
        sheet.data_validation(1, places[column], last, places[column], rule)


def shorten(text: str, most: int) -> str:
    """Return a text of at most `most` letters, cut at a blank."""
    return text if len(text) <= most else text[: most - 1].rpartition(" ")[0] + "…"


def _warn(sheet: Worksheet, places: dict[str, int], last: int, indicator: dict[str, Any], look: Look) -> None:
    """Colour what may be right but needs a remark: above the largest value, a numerator above its denominator."""
    if indicator["aggregation"] == "ratio":
        above, below = (xl_col_to_name(places[column], True) for column in ("numerator", "denominator"))
        place = places["numerator"]
        rule = f"=AND(ISNUMBER({below}2),{above}2>{below}2)"
    elif pd.notna(indicator["upper_bound"]):
        place = places["value"]
        rule = f"={xl_col_to_name(place, True)}2>{indicator['upper_bound']:.15g}"
    else:
        return
    sheet.conditional_format(
        1, place, last, place, {"type": "formula", "criteria": rule, "format": look(bg_color="#F4B183")}
    )
