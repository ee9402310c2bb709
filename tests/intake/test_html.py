"""Web pages that applications export as `.xls`: cells and merged cells as a browser shows them, words around them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from readings import figures, read, refused

from iku_analysis.intake.files import open_tables

Text = Callable[..., Path]
PAGE = """<html><head><meta charset="utf-8"><title>Laporan</title><style>td {{ color: red }}</style></head><body>
<h3>REALISASI KINERJA<br>TAHUN 2022</h3>
<table border=1>
<tr><th rowspan=2>No</th><th rowspan=2>Indikator Kinerja</th><th rowspan=2>Satuan</th>
<th colspan=2>Realisasi</th><th rowspan="2">Ket</th></tr>
<tr><th>TW I</th><th>TW II</th></tr>
<tr><td>1</td><td>Indikator<br>koperasi</td><td>Koperasi</td><td>{first}</td><td>3<b>0</b></td><td></td></tr>
<tr><td>2</td><td>Indikator usaha</td><td>UKM</td><td>4.812</td><td>7.102&nbsp;</td><td>sudah &amp; benar</td></tr>
{more}
</table>
<p>Sumber: Bidang&nbsp;Koperasi</p><script>var x = "<table><tr><td>9</td></tr></table>";</script></body></html>"""
RIGHT = {
    ("koperasi", "2022-Q1"): "22 D5",
    ("koperasi", "2022-Q2"): "30 E5",
    ("usaha", "2022-Q1"): "4.812 D6",
    ("usaha", "2022-Q2"): "7.102 E6",
}


def page(first: str = "22", more: str = "") -> str:
    return PAGE.format(first=first, more=more)


def test_a_web_page_called_xls_is_read_as_it_shows(root: Path, text: Text) -> None:
    plan = read(text(page(), "ekspor.xls"), root)
    assert not plan.problems
    assert not plan.is_open
    assert figures(plan) == RIGHT
    notes = {each.cells.get("note", "") for each in plan.files[0].reading.records}
    assert notes == {"", "sudah & benar"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(root: Path, tmp_path: Path, encoding: str) -> None:
    content = page().replace("utf-8", encoding).replace("sudah &amp; benar", "± 3 – naik")
    (tmp_path / "a.xls").write_bytes(content.encode(encoding))
    plan = read(tmp_path / "a.xls", root)
    assert figures(plan) == RIGHT
    assert "± 3 – naik" in {each.cells.get("note") for each in plan.files[0].reading.records}


def test_tables_within_tables_and_words_between(text: Text) -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    path = text(f"<html><table><tr><td>judul{inner}kaki</td><td>{inner}</td></tr></table></html>", "a.xls")
    (sheet,), problems = open_tables(path, "a.xls", "id")
    assert not problems
    assert [cells for _row, cells in sheet.rows] == [["judul"], ["a", "b"], ["kaki"], ["a", "b"]]


def test_a_row_that_does_not_show_is_refused(root: Path, text: Text) -> None:
    row = '<tr style="display:none"><td>3</td><td>Indikator usaha</td><td>UKM</td><td>1</td><td>1</td><td></td></tr>'
    assert refused(read(text(page(more=row), "a.xls"), root)) >= {(7, None)}


def test_a_figure_that_is_none_is_refused_by_its_cell(root: Path, text: Text) -> None:
    assert refused(read(text(page(first="dua puluh"), "a.xls"), root)) == {(5, "D")}


def test_a_page_without_a_table_is_refused(root: Path, text: Text) -> None:
    assert read(text("<html><body><p>Sesi habis, silakan masuk</p></body></html>", "a.xls"), root).problems
