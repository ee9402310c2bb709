"""The first sheet of the form: how to fill it, what each sheet asks for, and who holds the figures."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.language import _
from iku_analysis.sources.form_rows import MARK_ROW, sheet_name, write_mark

WIDTHS = [18, 33, 11, 20, 42, 62]


def instructions_name() -> str:
    """Return the name of the sheet."""
    return _("Petunjuk")


def write_instructions(
    sheet: Worksheet,
    agency: Agency,
    year: int,
    targeted: pd.DataFrame,
    cells: dict[str, tuple[list[str], list[str]]],
    *,
    look: Callable[..., Any],
) -> str:
    """Fill the sheet and return where its list of areas stands, as a validation names it; empty without areas.

    No cell is a number or merged: the reader refuses both here.
    """
    decree = agency.decree(year)
    text, head = look(text_wrap=True), look(bold=True, bottom=2, text_wrap=True)
    title = _("Formulir realisasi {year}, keputusan {number}", year=year, number=decree.number)
    mark = "DATA CONTOH: " if agency.policy.illustrative else ""
    sheet.write_string(0, 0, f"{mark}{title}", look(bold=True, font_size=14))
    sheet.write_string(MARK_ROW - 1, 0, write_mark(year, decree.decree_id), look(font_color="#9A9A9A", font_size=8))
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    row = MARK_ROW + 1
    for number, step in enumerate(_steps(), start=1):
        sheet.write_string(row, 0, f"{number}. {step}", look())
        row += 1
    row += 1
    headings = [
        _("Lembar"),
        _("Indikator"),
        _("Satuan"),
        _("Yang diisi"),
        _("Pemegang data"),
        _("Definisi operasional"),
    ]
    for column, heading in enumerate(headings):
        sheet.write_string(row, column, heading, head)
    for _index, indicator in targeted.iterrows():
        row += 1
        name = sheet_name(indicator)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", look(font_color="#0072B2", underline=1), name)
        asked = ask(*cells[indicator["indicator_id"]])
        if indicator["aggregation"] == "last":
            asked += ", " + _("angka pada akhir periode")
        cells_of = (indicator["label"], indicator["unit"], asked, indicator["holder"], indicator["definition"])
        for column, words in enumerate(cells_of, start=1):
            sheet.write_string(row, column, words, text)
        lines = max(-(-len(words) // (width - 2)) for words, width in zip(cells_of, WIDTHS[1:], strict=True))
        sheet.set_row(row, 13.5 * lines)
    rest = decree.indicators[~decree.indicators["indicator_id"].isin(targeted["indicator_id"])]
    for _index, indicator in rest.iterrows():
        row += 1
        for column, words in enumerate(
            [
                indicator["indicator_id"],
                indicator["label"],
                indicator["unit"],
                _("tidak ditargetkan {year}: tidak perlu diisi", year=year),
            ]
        ):
            sheet.write_string(row, column, words, look(text_wrap=True, font_color="#6B6B6B"))
        sheet.set_row(row, 27)
    areas = agency.policy.areas
    if areas:
        row += 2
        sheet.write_string(row, 0, _("Wilayah"), head)
        for number, area in enumerate(areas, start=row + 1):
            sheet.write_string(number, 0, area, look())
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return f"='{instructions_name()}'!{xl_range_abs(row + 1, 0, row + len(areas), 0)}" if areas else ""


def ask(periods: list[str], areas: list[str]) -> str:
    """Return how many figures an indicator's sheet asks for, in words."""
    count = len(periods)
    if "Q" in periods[0]:
        words = _("{count} triwulan", count=count)
    elif "-" in periods[0]:
        words = _("{count} bulan", count=count)
    else:
        words = _("angka setahun")
    return words if areas == [PROVINCE] else _("{periods}, {areas} wilayah", periods=words, areas=len(areas))


def _steps() -> list[str]:
    return [
        _(
            "Isi sel yang berwarna. Satu lembar satu indikator, satu baris satu angka; indikator, periode dan wilayah "
            "terkunci."
        ),
        _("Angka ditulis tanpa satuan. Yang belum ada dibiarkan kosong: kosong berarti belum ada, 0 berarti nol."),
        _(
            "Persentase: isi pembilang dan penyebut, nilai dibiarkan kosong. Penyebut triwulan adalah "
            "yang wajib pada triwulan itu saja."
        ),
        _(
            "Angka triwulan atau bulan adalah hasil periode itu saja, bukan jumlah sejak awal tahun (s.d.). Hanya "
            "lembar yang meminta angka pada akhir periode berisi jumlah berjalan atau posisi."
        ),
        _(
            "Setiap angka memerlukan sumber: dokumen atau pemberi angkanya. Ganti sementara menjadi final "
            "bila angkanya sudah tetap."
        ),
        _("Sel yang menjadi jingga: periksa angkanya; bila benar, jelaskan di kolom keterangan."),
        _("Angka untuk periode atau wilayah lain: pakai baris kosong di bawah. Tahun lalu hanya untuk dibandingkan."),
        _("Setelah diisi, taruh berkas ini di folder realisations, lalu ketik: iku check."),
    ]
