"""Tables of a PDF without ruling lines: read where the white between the columns leaves no doubt, else refused."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from office_files import write_pdf
from readings import figures, read

HEADS = ["No", "Indikator", "Satuan", "TW I", "TW II"]
ROWS = [HEADS, ["1", "Indikator koperasi", "Koperasi", "22", "30"], ["2", "Indikator usaha", "UKM", "4.812", "7.102"]]
RIGHT = {
    ("koperasi", "2022-Q1"): "22 D3",
    ("koperasi", "2022-Q2"): "30 E3",
    ("usaha", "2022-Q1"): "4.812 D4",
    ("usaha", "2022-Q2"): "7.102 E4",
}


def table(rows: Sequence[Sequence[str]], how: str = "columns: 5") -> str:
    cells = ", ".join(f'[#"{text}"]' for row in rows for text in row)
    return f"Realisasi Kinerja Tahun 2022\n\n#table({how}, stroke: none, {cells})\n\nSumber: Bidang Koperasi\n"


@pytest.mark.parametrize(
    "how",
    [
        "columns: 5",
        "columns: 5, column-gutter: 1cm, align: right",
        "columns: (1cm, 1fr, 3cm, 2cm, 2cm), align: center",
    ],
)
def test_a_table_without_lines_is_read_by_its_white(root: Path, tmp_path: Path, how: str) -> None:
    plan = read(write_pdf(tmp_path / "a.pdf", table(ROWS, how)), root)
    assert not plan.problems
    assert figures(plan) == RIGHT
    assert [left.what for left in plan.files[0].reading.left if left.place == "baris 5"] == ["Sumber: Bidang Koperasi"]


def test_a_cell_that_is_missing_moves_no_other(root: Path, tmp_path: Path) -> None:
    rows = [*ROWS[:2], ["2", "Indikator usaha", "UKM", "", "7.102"]]
    found = figures(read(write_pdf(tmp_path / "a.pdf", table(rows)), root))
    assert found == {key: value for key, value in RIGHT.items() if key != ("usaha", "2022-Q1")}


NARROW = "columns: 5, inset: (x: 1pt, y: 5pt)"
UNSURE = {
    "a name that goes on": table(ROWS, "columns: (1cm, 2cm, 3cm, 2cm, 2cm)"),
    "a name that goes on in each row": table(
        [HEADS, ["1", "Indikator koperasi", "a", "2", "3"], ["2", "Indikator usaha", "b", "4", "7"]],
        "columns: (1cm, 2cm, 3cm, 2cm, 2cm), align: bottom",
    ),
    "columns close to each other": table(ROWS, NARROW),
    "figures close to each other": table(
        [["Indikator", "A", "B"], ["koperasi", "22", "300"], ["usaha", "30", "400"]],
        "columns: 3, inset: (x: 1.2pt, y: 5pt)",
    ),
    "a title that is a heading perhaps": table(ROWS).replace("2022\n\n", "2022\n#v(-8pt)\n"),
    "a line of figures alone": table(ROWS[:2]),
    "figures without a heading": table(ROWS[1:]),
    "a heading over two columns": (
        "#table(columns: 3, stroke: none, [], table.cell(colspan: 2)[Realisasi semua triwulan], [Indikator], [TW I], "
        "[TW II], [koperasi], [5], [6], [usaha], [5000], [6000])"
    ),
}


@pytest.mark.parametrize("body", UNSURE.values(), ids=UNSURE)
def test_columns_that_are_not_sure_are_refused(root: Path, tmp_path: Path, body: str) -> None:
    plan = read(write_pdf(tmp_path / "a.pdf", body), root)
    assert figures(plan) == {}
    assert "kolomnya tidak pasti" in plan.problems[0].found


def test_words_in_two_columns_are_no_table(root: Path, tmp_path: Path) -> None:
    body = "Hanya teks.\n\n#grid(columns: (1fr, 1fr), [Mengetahui], [Jakarta, 5 Januari 2023], [Kepala], [Ketua])"
    assert "tanpa tabel" in read(write_pdf(tmp_path / "a.pdf", body), root).problems[0].found
