"""The offices' forms in a workbook: formulas whose last results are the frames' numbers, and stay so recalculated."""

import io
import math
import re
import shutil
import subprocess
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from roots import Kind, write_root

import iku_analysis as iku
from iku_analysis.agency.load import Agency
from iku_analysis.documents.blocks import Document
from iku_analysis.documents.form_sheets import e81_sheet, tc23_sheet, tc29_sheet, tc30_sheet, write_form
from iku_analysis.documents.workbook import make_xlsx

NAMES = ["E.81", "T-C.23", "T-C.29", "T-C.30"]
KINDS = [
    Kind("usaha", "Usaha {a}", "100 110 120 130 140"),
    Kind("cakupan", "Persen", "90 91 92 93 94", aggregation="ratio", more="upper_bound = 100"),
    Kind("batal", "dokumen", "10 10 10 10 10", "lower", zero="target"),
    Kind("nihil", "dokumen", "0 0 0 0 0", "lower", zero="target"),
    Kind("rugi", "Rp juta", "-5 -4 -3 -2 -1", aggregation="last", more="lower_bound = -1000"),
    Kind("diam", "Unit", "5 5 5 5 5"),
]
ROWS = [f"{name}|{year}|{value}" for year in (2018, 2019) for name, value in (("usaha", 90), ("cakupan", "45/50"))]
ROWS += [
    f"{name}|{year}|{value}" for year in (2018, 2019) for name, value in (("batal", 8), ("nihil", 1), ("rugi", -6))
]
BUDGET = """program;indikator;periode;anggaran;realisasi;sumber
=1+1;usaha;2018;100;90;uji
=1+1;usaha;2019;200;150;uji"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Agency:
    """A second agency: a text that looks like a formula, less is better, targets of 0 and below, one silent."""
    files = {"budget/a.csv": BUDGET, "notes/2019.md": "# usaha\n## Penyebab\n=2+2\n"}
    return iku.load_agency(write_root(tmp_path_factory.mktemp("office"), {2018: KINDS}, ROWS, **files))


def workbook_of(agency: Agency, year: int, quarter: int = 4) -> bytes:
    """Return the workbook with the forms of a year."""
    made = [e81_sheet(agency, year, quarter), *(make(agency, year) for make in (tc23_sheet, tc29_sheet, tc30_sheet))]
    document = Document(blocks=[], language="id", agency="Dinas", mark="DATA CONTOH", made_with={})
    return make_xlsx(
        document, pd.DataFrame({"Hal": ["a"]}), [("a", "b")], {form.name: partial(write_form, form) for form in made}
    )


def opened(content: bytes, *, results: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(content), data_only=results)


def cell_of(sheet: Worksheet, row: int, heading: str) -> Any:
    """Return the value of a row, counted from the first of the form, under a heading."""
    (place,) = [place for place, cell in enumerate(sheet[4]) if str(cell.value).startswith(heading)]
    return sheet[5 + row][place].value


def without_results(content: bytes) -> bytes:
    """Return a workbook that has forgotten what its formulas gave."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part) if "worksheets/" in name else part)
    return file.getvalue()


def recalculated(content: bytes, folder: Path) -> Workbook:
    """Return a workbook as LibreOffice computes it."""
    (folder / "kosong").mkdir()
    path = folder / "kosong/formulir.xlsx"
    path.write_bytes(without_results(content))
    words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    done = subprocess.run([*words, "--outdir", folder, path], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return load_workbook(folder / "formulir.xlsx", data_only=True)


def test_what_is_computed_is_a_formula_and_the_rest_is_not(office: Agency) -> None:
    sheet = opened(workbook_of(office, 2019))["E.81"]
    assert cell_of(sheet, 0, "(13) Realisasi Renstra s.d. 2019, K") == '=IF(COUNT(G5,S5)=2,G5+S5,"")'
    assert cell_of(sheet, 0, "(14) Tingkat capaian Renstra s.d. 2019 (%), K").startswith("=IF(AND(COUNT(U5,E5)=2")
    assert cell_of(sheet, 1, "(13) Realisasi Renstra s.d. 2019, K") == '=IF(COUNT(S6)=1,S6,"")'  # a percentage
    assert cell_of(sheet, 0, "(13) Realisasi Renstra s.d. 2019, Rp") == '=IF(COUNT(H5,T5)=2,H5+T5,"")'
    assert cell_of(sheet, 0, "(3) Program") == "=1+1"
    assert sheet["C5"].data_type == "s"  # text of people is no formula
    texts = [cell for row in sheet.iter_rows(min_row=5) for cell in row if cell.value == "Indikator usaha: =2+2"]
    assert [cell.data_type for cell in texts] == ["s"]


def test_the_last_results_are_the_frames_numbers(office: Agency) -> None:
    book = opened(workbook_of(office, 2019), results=True)
    form = iku.forms.e81(office, 2019)
    for row, of in enumerate(form.itertuples()):
        for column in range(5, 15):
            for kind in ("k", "rp"):
                (heading,) = [
                    str(cell.value)
                    for cell in book["E.81"][4]
                    if re.match(rf"\({column}\) .*, {kind.capitalize()}$", str(cell.value))
                ]
                found = cell_of(book["E.81"], row, heading)
                wanted = getattr(of, f"{kind}{column}")
                assert found in (None, "") if math.isnan(wanted) else found == pytest.approx(wanted, rel=1e-14)
    by_hand = {"usaha": 180 / 600 * 100, "batal": (2 * 50 - 16) / 50 * 100, "rugi": (1 + -6 - -1) * 100}
    levels = {
        of.indicator_id: cell_of(book["E.81"], row, "(14) Tingkat capaian Renstra s.d. 2019 (%), K")
        for row, of in enumerate(form.itertuples())
    }
    assert {name: levels[name] for name in by_hand} == pytest.approx(by_hand)
    assert levels["nihil"] in (None, "")
    assert levels["diam"] in (None, "")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("which", "year", "quarter"), [("office", 2019, 4), ("example", 2020, 3), ("example", 2019, 4)]
)
def test_libreoffice_computes_the_same(
    which: str, year: int, quarter: int, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    agency: Agency = request.getfixturevalue(which)
    content = workbook_of(agency, year, quarter)
    formulas, ours, theirs = opened(content), opened(content, results=True), recalculated(content, tmp_path)
    counted = 0
    for name in NAMES:
        for cell in (cell for row in formulas[name].iter_rows() for cell in row if cell.data_type == "f"):
            one, other = ours[name][cell.coordinate].value, theirs[name][cell.coordinate].value
            counted += 1
            if isinstance(one, float | int):
                assert other == pytest.approx(one, rel=1e-12), (name, cell.coordinate, cell.value)
            else:
                assert (one or "") == (other or ""), (name, cell.coordinate, cell.value)
    assert counted > 30


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_filled_cell_brings_the_form_to_life(example: Agency, tmp_path: Path) -> None:
    """The money at the end of the plan and what was spent before are filled in: 13 and 14 follow, and the mean."""
    book = opened(workbook_of(example, 2021))
    sheet = book["E.81"]
    sheet["F5"], sheet["H5"] = 40_000_000_000, 8_000_000_000
    sheet["U6"], sheet["U13"] = 90_000, 16_000_000_000  # 13 of those whose definition changed, from another source
    file = io.BytesIO()
    book.save(file)
    sheet = recalculated(file.getvalue(), tmp_path)["E.81"]
    assert sheet["V5"].value == 8_000_000_000 + 4_317_464_189
    assert sheet["X5"].value == pytest.approx((8_000_000_000 + 4_317_464_189) / 40_000_000_000 * 100)
    assert sheet["W6"].value == pytest.approx(90_000 / 121_194 * 100)
    means = [
        row[22].value
        for row in sheet.iter_rows(min_row=15)
        if row[0].value == "Rata-rata tingkat capaian Renstra: (14)"
    ]
    levels = [sheet.cell(row, 23).value for row in range(5, 15)]
    known = [level for level in levels if isinstance(level, float | int)]
    assert len(known) == 6
    assert means == [pytest.approx(sum(known) / 6)]
