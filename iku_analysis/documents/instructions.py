"""The first sheet of the form: how to fill it, what each sheet asks for, and how far each has been filled."""

import pandas as pd
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from iku_analysis.agency.load import Agency
from iku_analysis.display.design import ACCENT, BAND, GREY, PALE, SOFT
from iku_analysis.documents.excel import Look
from iku_analysis.documents.form_layout import LINE, Layout, ask, count_lines
from iku_analysis.language import _, current_language
from iku_analysis.sources.form_rows import MARK_ROW
from iku_analysis.sources.input_files import WORDS

WIDTHS = [17, 36, 30, 25, 36, 16]


def instructions_name() -> str:
    """Return the name of the sheet."""
    return _("Petunjuk")


def write_instructions(
    sheet: Worksheet,
    agency: Agency,
    year: int,
    layouts: list[Layout],
    rest: pd.DataFrame,
    *,
    marks: tuple[str, str],
    look: Look,
) -> str:
    """Fill the sheet and return where its list of areas stands, as a validation names it; empty without areas.

    `rest` are the indicators (frame `indicators`) without a target in the year. No cell is merged, and a number
    stands under the heading `Terisi` alone: the reader refuses any other.
    """
    title = _("Formulir realisasi {year}", year=year)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, title, look(bold=True, font_size=16))
    sheet.set_row(0, 22)
    whose, mark = marks
    sheet.write_string(MARK_ROW - 1, 0, mark, look(font_color=SOFT, font_size=8))
    sheet.write_string(MARK_ROW, 0, whose, look(font_size=11))
    row = MARK_ROW + 2
    for number, step in enumerate(_steps(), start=1):
        sheet.write_string(row, 0, f"{number}. {step}", look(font_size=11))
        sheet.set_row(row, 17)
        row += 1
    row = _write_table(sheet, row + 1, layouts, look)
    for _index, indicator in rest.iterrows():
        row += 1
        reason = _("tidak ditargetkan {year}: tidak perlu diisi", year=year)
        cells_of = [indicator["indicator_id"], indicator["label"], reason]
        for column, words in enumerate(cells_of):
            sheet.write_string(row, column, words, look(text_wrap=True, font_color=SOFT))
        sheet.set_row(row, _height(cells_of))
    areas = agency.policy.areas
    if areas:
        row += 2
        sheet.write_string(row, 0, _("Wilayah"), look(bold=True, bottom=2))
        for number, area in enumerate(areas, start=row + 1):
            sheet.write_string(number, 0, area, look())
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{title}&C&A&R&P / &N")
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return f"='{instructions_name()}'!{xl_range_abs(row + 1, 0, row + len(areas), 0)}" if areas else ""


def _write_table(sheet: Worksheet, row: int, layouts: list[Layout], look: Look) -> int:
    """Write what each sheet asks for and how far it is filled, and return the last row."""
    headings = [
        _("Lembar"),
        _("Indikator"),
        _("Target {year}", year=layouts[0].year) if layouts else _("Target"),
        _("Yang diisi"),
        _("Pemegang data"),
        ("filled" if current_language() == "en" else WORDS["filled"]).capitalize(),
    ]
    for column, heading in enumerate(headings):
        sheet.write_string(row, column, heading, look(bold=True, top=1, bottom=2, bg_color=PALE))
    text = look(text_wrap=True, bottom=4, bottom_color=GREY)
    for layout in layouts:
        row += 1
        indicator = layout.indicator
        link = look(font_color=ACCENT, underline=1, bottom=4, bottom_color=GREY)
        sheet.write_url(row, 0, f"internal:'{layout.name}'!A1", link, layout.name)
        bound = target = layout.target_words
        if indicator["direction"] != "range" and target[0] not in "<>":
            bound = (
                _("paling banyak {target}", target=target)
                if layout.is_limit
                else _("paling sedikit {target}", target=target)
            )
        cells_of = [layout.name, indicator["label"], bound, ask(layout), indicator["holder"]]
        for column, words in enumerate(cells_of[1:], start=1):
            sheet.write_string(row, column, words, text)
        most = len(layout.rows)
        count = look(
            num_format=f'0" {_("dari {most}", most=most)}"', align="left", indent=1, bottom=4, bottom_color=GREY
        )
        sheet.write_formula(row, len(cells_of), layout.filled(), count, 0)
        bar = {"type": "data_bar", "bar_solid": True, "bar_color": BAND, "data_bar_2010": True}
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": most}
        sheet.conditional_format(row, len(cells_of), row, len(cells_of), bar | ends)
        sheet.set_row(row, _height(cells_of))
    return row


def _height(texts: list[str]) -> float:
    """Return how high a row is that shows the texts of its first columns whole."""
    return LINE * max(count_lines(text, width) for text, width in zip(texts, WIDTHS, strict=False)) + 3


def _steps() -> list[str]:
    return [
        _("Buka lembar indikator Anda (klik namanya di bawah) dan isi sel kuning; sel lain terkunci."),
        _(
            "Tulis hasil periode itu saja, tanpa satuan, bukan jumlah sejak awal tahun (kecuali lembarnya meminta "
            "lain). Belum ada: biarkan kosong; 0 berarti nol."
        ),
        _("Setiap angka perlu sumber. Ganti sementara menjadi final bila angkanya sudah tetap."),
        _(
            "Sel yang menjadi jingga: periksa; bila benar, jelaskan di keterangan. Periode atau wilayah lain: pakai "
            "baris kosong di bawah."
        ),
        _("Setelah diisi, simpan, taruh berkas ini di folder realisations, lalu ketik: iku check."),
    ]
