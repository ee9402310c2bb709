"""Records that were written down after a figure was counted are named as the likely cause of a difference."""

from pathlib import Path

import pytest
from offices import COUNT, write_office

import iku_analysis as iku
from iku_analysis.display.tables.registers import table_audit

# Column `selesai` tells when a row was written down: the quarter ends on 31 March, the cut-off is 10 April.
ROWS = [
    "A-1;Ana;05/01/2018;06/01/2018;baru;Kota Timur;1",
    "A-2;Budi;28/03/2018;10/04/2018;baru;Kota Timur;1",
    "A-3;Citra;29/03/2018;11/04/2018;baru;Kota Timur;1",
    "A-4;Dodi;30/03/2018;;baru;Kota Timur;1",  # nobody knows: taken to be in time
    "A-5;Eka;02/12/2018;09/02/2019;baru;Kota Timur;1",
]
MORE = 'recorded = "selesai"\ncutoff_days = 10\n'


def audit_of(root: Path, reported: list[str], *, more: str = MORE, count: str = COUNT) -> list[list[object]]:
    write_office(root, ROWS, count, more=more)
    (root / "realisations").mkdir(exist_ok=True)
    heading = "indikator;periode;nilai;basis;status;sumber"
    rows = [f"surat;{each};resmi;final;Laporan" for each in reported]
    (root / "realisations/lapor.csv").write_text("\n".join([heading, *rows]) + "\n")
    audit = iku.compute_audit(iku.load_agency(root))
    return audit[["period", "reported", "counted", "likely"]].to_numpy().tolist()


def test_a_figure_of_what_was_written_down_by_the_cut_off_is_told_so(tmp_path: Path) -> None:
    found = audit_of(tmp_path, ["2018-Q1;3", "2018-Q4;0"])
    assert found[-2:] == [["2018-Q1", 3, 4, "late"], ["2018-Q4", 0, 1, "late"]]
    agency = iku.load_agency(tmp_path)
    words = table_audit(agency, iku.compute_audit(agency)).data.iloc[:, -1]
    assert set(words) >= {"sama dengan yang tercatat sampai batas waktunya: sisanya tercatat kemudian"}


def test_another_figure_is_not(tmp_path: Path) -> None:
    assert audit_of(tmp_path, ["2018-Q1;2"])[-1] == ["2018-Q1", 2, 4, ""]


def test_without_a_day_of_writing_down_none_is_late(tmp_path: Path) -> None:
    assert audit_of(tmp_path, ["2018-Q1;3"], more="")[-1] == ["2018-Q1", 3, 4, ""]


def test_a_share_is_late_by_its_own_counts(tmp_path: Path) -> None:
    count = """
[[figure]]
indicator = "aduan"
per = "quarter"
reason = "uji"
[figure.numerator]
register = "buku"
date = "tanggal"
where = "jenis = 'baru' OR jenis = 'lama'"
[figure.denominator]
register = "buku"
date = "tanggal"
"""
    agency = iku.load_agency(write_office(tmp_path, ROWS, count, more=MORE))
    in_time = agency.counted.in_time.set_index("period")[["numerator", "denominator"]]
    assert in_time.loc["2018-Q1"].tolist() == [3, 3]
    assert agency.counted.figures.set_index("period")["denominator"]["2018-Q1"] == 4


def test_the_figures_themselves_count_late_records(tmp_path: Path) -> None:
    agency = iku.load_agency(write_office(tmp_path, ROWS, more=MORE))
    assert agency.counted.figures["value"].tolist() == [4, 0, 0, 1]
    assert agency.counted.in_time["value"].tolist() == [3, 0, 0, 0]


@pytest.mark.parametrize(
    ("column", "told"), [("tanggal", "optional = true"), ("jenis", "kolom jenis date"), ("hari", "kolom jenis date")]
)
def test_the_day_of_writing_down_may_lie_after_the_register(tmp_path: Path, column: str, told: str) -> None:
    with pytest.raises(iku.DataError, match=told):
        iku.load_agency(write_office(tmp_path, ROWS, more=f'recorded = "{column}"'))
