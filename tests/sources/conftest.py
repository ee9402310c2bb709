"""A small data root, and one broken file put into it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
PLACES = {
    "decree": "decrees/7-2018/decree.txt",
    "indicators": "decrees/7-2018/indicators.toml",
    "policy": "policy.toml",
    "identity": "identity.toml",
    "notes": "notes/2021.md",
}
FOLDERS = ("targets", "context", "verifications", "budget")

MakeRoot = Callable[..., Path]


@pytest.fixture
def make_root(tmp_path: Path) -> MakeRoot:
    """Return a function that copies the good root without its realisations and puts broken files in their places."""

    def make(*names: str) -> Path:
        root = tmp_path / "root"
        shutil.copytree(DATA / "good", root, ignore=shutil.ignore_patterns("realisations"))
        (root / "realisations").mkdir()
        for name in names:
            kind = name.split("_")[0]
            is_table = name.endswith((".csv", ".xlsx"))
            folder = kind if kind in FOLDERS else "realisations"
            place = root / (f"{folder}/{name}" if is_table else PLACES[kind])
            place.parent.mkdir(exist_ok=True)
            shutil.copy(DATA / "bad" / name, place)
        return root

    return make
