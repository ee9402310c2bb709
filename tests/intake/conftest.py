"""An agency to import into, and office files written as offices write them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from roots import AREAS, Kind, write_root

KINDS = [
    Kind("koperasi", "Koperasi", "100 120 130 140 150"),
    Kind("usaha", "UKM", "10.000 27.799 27.801 27.799 27.797"),
    Kind("tera", "Persen", "90 91 92 93 94", aggregation="ratio", more="upper_bound = 100"),
    Kind("indeks", "Indeks", "80,5 81 82 82,5 83", aggregation="last"),
    Kind("tumbuh", "Persen", "0,85 0,9 1 1,1 1,2", aggregation="last", more="lower_bound = -100"),
]


@pytest.fixture(autouse=True)
def _own_outputs(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers that tests make lie nowhere in the checkout."""
    folder = tmp_path_factory.mktemp("outputs")
    monkeypatch.setattr("iku_analysis.storage.outputs.outputs", lambda: folder)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data root without a figure."""
    return write_root(tmp_path / "data", {2018: KINDS}, [], areas=AREAS)


Sheets = dict[str, Sequence[Sequence[Any]]]


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a workbook of sheets of rows, with merged cells by sheet."""

    def write(sheets: Sheets, name: str = "kinerja.xlsx", merged: dict[str, list[str]] | None = None) -> Path:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for span in (merged or {}).get(title, []):
                sheet.merge_cells(span)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def text(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a text file."""

    def write(content: str, name: str = "kinerja.csv") -> Path:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return tmp_path / name

    return write
