"""Files as offices write them, drawn by the hundred: none is misread in silence, none ends in a traceback.

`IKU_FUZZ=10000` draws as many. A draw is its seed: `check_draw(seed, office)` makes one again.
"""

import os
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from fuzz_files import SOURCES, Draw, Figure, draw

from iku_analysis import load_agency
from iku_analysis.problems import DataError, Problem
from iku_analysis.sources.account import Account
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.in_force import read_decrees, targets_in_force
from iku_analysis.sources.policy import Policy, read_policy
from iku_analysis.sources.realisation import read_realisations

DRAWS = int(os.environ.get("IKU_FUZZ", "200"))
NAMES = {'id = "umkm"': 'id = "warung"', 'id = "uttp"': 'id = "cakupan"', 'id = "ekspor"': 'id = "nilai"'}


@dataclass
class Office:
    """A data root of an agency with indicators of other names, its policy and decrees; without realisations."""

    root: Path
    policy: Policy
    decrees: list[Decree]
    targets: pd.DataFrame


def make_office(folder: Path) -> Office:
    shutil.copytree(Path(__file__).parents[1] / "data" / "good", folder, ignore=shutil.ignore_patterns("realisations"))
    (folder / "realisations").mkdir()
    (path,) = folder.glob("decrees/*/indicators.toml")
    text = path.read_text(encoding="utf-8")
    for old, new in NAMES.items():
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    (policy, faults), (decrees, more) = read_policy(folder), read_decrees(folder)
    assert policy and not faults and not more
    return Office(folder, policy, decrees, targets_in_force(decrees))


def check_draw(seed: int, office: Office) -> str:
    """Return `read` or `refused`; fail where the draw was misread, or its faults are not told by place."""
    drawn = draw(seed)
    for old in (office.root / "realisations").iterdir():
        old.unlink()
    drawn.write(office.root / "realisations" / drawn.name)
    rows, problems = read_realisations(office.root, office.policy, office.decrees, office.targets, Account())
    if seed % 20 == 0 or not (problems or _agrees(rows, drawn)):  # the slow way: all rules that hold rows together
        try:
            rows, problems = load_agency(office.root).realisations, []
        except DataError as error:
            problems = list(error.problems)
    if problems:
        _check_problems(problems, drawn, seed)
        return "refused"
    assert _agrees(rows, drawn), f"seed {seed}: {drawn.told}: meant {drawn.figures}, read\n{_figures(rows)}"
    return "read"


def _check_problems(problems: list[Problem], drawn: Draw, seed: int) -> None:
    for problem in problems:
        assert problem.file.startswith(f"realisations/{drawn.name}"), f"seed {seed}: {problem}"
        assert problem.found and problem.expected and problem.mend, f"seed {seed}: {problem}"
        assert problem.row is not None or not drawn.only_cell, f"seed {seed}: {drawn.told}: {problem}"
    assert drawn.told != "plain", f"seed {seed}: {problems}"


def _agrees(rows: pd.DataFrame, drawn: Draw) -> bool:
    if drawn.figures is None or not rows["source"].isin(SOURCES).all():
        return False
    return sorted(map(str, _figures(rows))) == sorted(str(_exact(each)) for each in drawn.figures)


def _exact(figure: Figure) -> tuple:
    *names, value, numerator, denominator = figure
    if numerator is not None and denominator is not None:
        value = 100 * numerator / denominator
    return (*names, *(None if each is None else float(each) for each in (value, numerator, denominator)))


def _figures(rows: pd.DataFrame) -> list[tuple]:
    """Return the rows of frame `realisations` as the oracle writes them."""
    columns = ["indicator_id", "period", "area", "value", "numerator", "denominator"]
    return [tuple(None if pd.isna(each) else each for each in row) for row in rows[columns].itertuples(index=False)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path / "dinas")


def test_no_draw_is_misread(office: Office) -> None:
    results = Counter(check_draw(seed, office) for seed in range(DRAWS))
    assert min(results["read"], results["refused"]) > DRAWS / 4, results  # or little is proved
