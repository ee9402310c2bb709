"""What a decree leaves unsaid is said to be so, and no sentence has a gap."""

import shutil
from pathlib import Path

from iku_analysis import load_agency, narrative
from iku_analysis.display.words import holder_words


def test_a_decree_without_definitions(tmp_path: Path) -> None:
    root = shutil.copytree("data/example-village", tmp_path / "data")
    annex = root / "decrees/5-2021/annex.csv"
    before = load_agency(root)
    rows = [line.rpartition(";")[0] for line in annex.read_text(encoding="utf-8").splitlines()]
    annex.write_text("\n".join(rows), encoding="utf-8")
    first = before.indicators["indicator_id"].iloc[0]
    assert "Surat yang selesai" in narrative.describe_meaning(before, first, 2021)
    bare = load_agency(root)
    assert narrative.describe_meaning(bare, first, 2021) == "*Keputusan tidak memuat definisi operasionalnya.*"


def test_nobody_is_named_as_holder() -> None:
    assert holder_words("", "") == "belum disebut"
    assert holder_words("", "rekap") == "belum disebut. Yang diminta: rekap"
    assert holder_words("Bidang A", "") == "Bidang A"
