"""Figures, tables and sentences of registers: what is drawn and said is what the frames hold."""

from datetime import date
from pathlib import Path

import pandas as pd
from matplotlib.patches import Rectangle
from offices import write_office

import iku_analysis as iku
from iku_analysis.display.canvas import Plot
from iku_analysis.display.markdown import plain

ROOT = "data/example-registers"


def sizes(plot: Plot | None, *, across: bool = False) -> list[float]:
    assert plot is not None
    bars = [patch for patch in plot.axes.patches if isinstance(patch, Rectangle)]
    return [bar.get_width() if across else bar.get_height() for bar in bars]


def test_each_week_has_its_records_and_a_week_without_is_crossed(tmp_path: Path) -> None:
    days = ["01/01", "07/01", "08/01", "29/01"]  # a Monday, its Sunday, the next Monday, three weeks later
    rows = [f"A-{place};Ana;{day}/2018;;baru;Kota Timur;1" for place, day in enumerate(days)]
    plot = iku.figures.plot_arrivals(iku.load_agency(write_office(tmp_path, rows)), register="buku")
    assert plot is not None
    assert sizes(plot) == [2, 1, 0, 0, 1]
    (crosses,) = plot.axes.lines
    assert [pd.Timestamp(day).date() for day in crosses.get_xdata()] == [date(2018, 1, 15), date(2018, 1, 22)]
    assert "4 catatan, 2 minggu kosong" in plot.alt


def test_differences_are_drawn_in_per_cent_of_the_count_the_largest_first() -> None:
    agency = iku.load_agency(ROOT)
    audit = iku.compute_audit(agency, 2021)
    plot = iku.figures.plot_audit(agency, audit)
    expected = [100 * 3 / 32, -100 * 2 / 32, -100 * 1_250_000 / 339_799_560, 100 * 1_250_000 / 358_710_151]
    assert [round(each, 6) for each in sizes(plot, across=True)] == [round(each, 6) for each in expected]
    table = iku.tables.table_audit(agency, audit).data
    assert table["Selisih"].tolist() == ["+1.250.000", "−1.250.000", "+3", "−2"]
    assert "Dari 16 angka yang dilaporkan, 4 berbeda" in plain(str(iku.narrative.describe_audit(audit)))


def test_without_registers_nothing_is_drawn_or_said(tmp_path: Path) -> None:
    agency = iku.load_agency("data/example")
    audit = iku.compute_audit(agency)
    assert audit.empty
    assert iku.narrative.describe_audit(audit) is None
    assert iku.figures.plot_audit(agency, audit) is None
    assert iku.figures.plot_workload(agency, iku.workload_ahead(agency)) is None
    assert "belum ada register" in iku.narrative.describe_registers(agency)


def test_the_work_ahead_is_that_of_the_register() -> None:
    agency = iku.load_agency(ROOT)
    ahead = iku.workload_ahead(agency)
    plot = iku.figures.plot_workload(agency, ahead)
    first = ahead[ahead["kind"] == "timbangan"].groupby("period")["due"].sum()
    assert sizes(plot) == first.tolist()
    verified = agency.counted.expiry["verified"].sum()
    assert ahead["due"].sum() == verified - 40  # those that were verified twice fall due once


def test_the_definitions_stand_beside_the_words_of_the_decree() -> None:
    table = iku.tables.table_definitions(iku.load_agency(ROOT), 2021).data
    assert len(table) == 7
    markets = table[table["Indikator"].str.startswith("Pasar diawasi")].iloc[0]
    assert "UTTP (Ukur, Takar, Timbang dan Perlengkapannya)" in markets["Definisi dalam keputusan"]
    assert markets["Yang dihitung"] == (
        "pasar yang berbeda di register pengawasan, sekali setahun menurut tanggal; "
        "syarat: sesuai = 'ya'; dan objek = 'SNI'; dan objek = 'pangan'; dan objek = 'UTTP'"
    )


def test_what_a_register_lacks_is_counted_in_a_table() -> None:
    table = iku.tables.table_register_checks(iku.load_agency(ROOT), register="izin").data
    assert table.iloc[1].tolist() == ["wilayah yang tidak dikenal", "wilayah", "7", "0,02%"]
