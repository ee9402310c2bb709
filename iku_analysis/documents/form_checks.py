"""What Excel itself tells and refuses in the form: choices, numbers, and what may be right but needs a remark."""

from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from iku_analysis.display.design import WARN
from iku_analysis.documents.excel import Look
from iku_analysis.documents.form_layout import Layout
from iku_analysis.indonesian import format_number
from iku_analysis.language import _

LARGEST = 10**12
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # letters, Excel's limits


def check_cells(sheet: Worksheet, layout: Layout, choices: dict[str, Any]) -> None:
    """Say what a cell asks for when it is entered, and refuse as it is typed what the reader would refuse."""
    places = {column: place for place, column in enumerate(layout.columns)}
    indicator = layout.indicator
    told = {
        "indicator": "",
        "period": _("Untuk angka di luar daftar di atas: pilih periodenya."),
        "area": _("Pilih wilayahnya; kosong berarti seluruh wilayah."),
        "status": _("final: angkanya sudah tetap. sementara: masih dapat berubah."),
        "source": _("Wajib bila ada angka: nama dokumen, atau siapa yang memberi angkanya."),
        "note": _("Wajib bila angkanya berwarna jingga: jelaskan mengapa benar."),
        "basis": _(
            "resmi: angka instansi sendiri. publikasi: dari terbitan. proksi: ukuran yang mendekati, tidak dinilai."
        ),
        **dict.fromkeys(layout.to_enter, shorten(indicator["definition"], LONGEST_MESSAGE)),
    }
    lists = choices | {"indicator": [indicator["indicator_id"]], "value": list(layout.grades)}
    for column, message in told.items():
        if column not in places:
            continue
        rule: dict[str, Any] = {"validate": "any"}
        if lists.get(column):
            rule = {
                "validate": "list",
                "source": lists[column],
                "error_message": _("Pilih salah satu dari daftar di sel ini."),
            }
        elif column in layout.to_enter:
            rule = _number_rule(column, indicator)
        heading = layout.heading(column)
        title = _("Satuan: {unit}", unit=indicator["unit"]) if column == "value" else heading
        if message:
            rule |= {"input_title": shorten(title, LONGEST_TITLE), "input_message": message}
        if "error_message" in rule:
            rule["error_title"] = _("Isian ditolak")
        sheet.data_validation(layout.head + 1, places[column], layout.last, places[column], rule)


def _number_rule(column: str, indicator: dict[str, Any]) -> dict[str, Any]:
    """Return which numbers a cell takes."""
    least = indicator["lower_bound"] if column == "value" else 0
    words = format_number(least, 9)
    if column == "numerator" and indicator["lower_bound"] < 0:
        least, message = -LARGEST, _("Tulis bilangan bulat tanpa satuan.")
    elif column != "value" or indicator["max_decimals"] == 0:
        message = _("Tulis bilangan bulat, {least} atau lebih, tanpa satuan.", least=words)
    else:
        message = _("Tulis angka, {least} atau lebih, tanpa satuan.", least=words)
    whole = column != "value" or indicator["max_decimals"] == 0
    return {
        "validate": "integer" if whole else "decimal",
        "criteria": ">=",
        "value": f"{least:.15g}",
        "error_message": message,
    }


def shorten(text: str, most: int) -> str:
    """Return a text of at most `most` letters, cut at a blank."""
    return text if len(text) <= most else text[: most - 1].rpartition(" ")[0] + "…"


def warn(sheet: Worksheet, layout: Layout, look: Look) -> None:
    """Colour what may be right but needs a remark: above the largest value, a numerator above its denominator."""
    column = layout.to_enter[0]
    place = layout.columns.index(column)
    cell = xl_rowcol_to_cell(layout.head + 1, place, col_abs=True)
    if layout.from_parts:
        below = xl_rowcol_to_cell(layout.head + 1, place + 1, col_abs=True)
        rule = f"=AND(ISNUMBER({below}),{cell}>{below})"
    elif pd.notna(layout.indicator["upper_bound"]):
        rule = f"={cell}>{layout.indicator['upper_bound']:.15g}"
    else:
        return
    orange = {"type": "formula", "criteria": rule, "format": look(bg_color=WARN, bold=True)}
    sheet.conditional_format(layout.head + 1, place, layout.last, place, orange)
