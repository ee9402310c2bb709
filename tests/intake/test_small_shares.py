"""Percentages below one: a question where they may be fractions, none where their target is as small."""

from pathlib import Path

import pytest
from readings import figures, read
from roots import Kind, write_root


@pytest.mark.parametrize(
    ("targets", "value", "is_asked"),
    [
        ("0,45 0,40 0,35 0,30 0,25", "0,41", False),
        ("90 91 92 93 94", "0,92", True),
        ("45 40 35 30 25", "0,41", True),
    ],
)
def test_a_share_of_the_size_of_its_target_is_no_fraction(
    targets: str, value: str, is_asked: bool, tmp_path: Path
) -> None:
    kind = Kind("putus", "Persen", targets, direction="lower", aggregation="last")
    root = write_root(tmp_path / "data", {2018: [kind]}, [])
    table = tmp_path / "kinerja.csv"
    table.write_text(f"Indikator;Satuan;Realisasi 2020\nputus;Persen;{value}\n", encoding="utf-8")
    plan = read(table, root)
    assert list(plan.files[0].reading.doubts) == ["pecahan putus"] * is_asked
    if not is_asked:
        assert figures(plan) == {("putus", "2020"): f"{value} C2"}
