"""Small data roots: the real decree and policy, and a handful of hand-written realisations."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from roots import HEADINGS

from iku_analysis.agency.load import Agency, load_agency

DATA = Path(__file__).parents[2] / "data"

# Indicator, period, value (or numerator and denominator), and other cells by their heading.
Figure = (
    tuple[str, str | int, float | str | tuple[int, int]] | tuple[str, str | int, float | str | tuple[int, int], dict]
)
MakeAgency = Callable[..., Agency]


@pytest.fixture
def make_agency(tmp_path: Path) -> MakeAgency:
    """Return a function that writes figures (and changed words of the decree's files) and loads them."""

    def make(*figures: Figure, edits: dict[str, dict[str, str]] | None = None, later: bool = False) -> Agency:
        root = tmp_path / str(len(list(tmp_path.iterdir())))
        shutil.copytree(DATA / "raw/decrees", root / "decrees")
        shutil.copy(DATA / "raw/policy.toml", root)
        if later:
            _write_later_decree(root)
        for name, changes in (edits or {}).items():
            _replace(root / name, changes)
        (root / "realisations").mkdir()
        lines = [";".join(HEADINGS), *(_line(*figure) for figure in figures)]
        (root / "realisations/a.csv").write_text("\n".join(lines), encoding="utf-8")
        return load_agency(root)

    return make


def _line(
    indicator: str, period: str | int, figure: float | str | tuple[int, int], others: dict[str, str] | None = None
) -> str:
    cells = {"indikator": indicator, "periode": str(period), "basis": "resmi", "status": "final", "sumber": "uji"}
    if isinstance(figure, tuple):
        cells |= {"pembilang": str(figure[0]), "penyebut": str(figure[1])}
    else:
        cells["nilai"] = figure if isinstance(figure, str) else str(figure).replace(".", ",")
    cells |= others or {}
    return ";".join(cells.get(heading, "") for heading in HEADINGS)


def _write_later_decree(root: Path) -> None:
    """Write the decree 9/2023 for 2023-2027, with the targets of the first; it names no break."""
    folder = root / "decrees/9-2023"
    shutil.copytree(root / "decrees/154-2018", folder)
    _replace(
        folder / "decree.txt",
        {
            "154 TAHUN 2018": "9 TAHUN 2023",
            "01 Oktober 2018": "2 Januari 2023",
            "01 OKTOBER 2018": "2 JANUARI 2023",
            "Tahun 2018-2022 sebagaimana": "Tahun 2023-2027 sebagaimana",
            "\t2018\t2019\t2020\t2021\t2022\t": "\t2023\t2024\t2025\t2026\t2027\t",
        },
    )
    toml = folder / "indicators.toml"
    sections = toml.read_text(encoding="utf-8").split("\n[[")
    kept = [section for section in sections if not section.startswith("indicator.break]]")]
    toml.write_text("\n[[".join(kept), encoding="utf-8")


def _replace(path: Path, changes: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
