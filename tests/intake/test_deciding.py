"""What an office decides about its decree is written where the proposal stood, and nothing else changes."""

import sys
from pathlib import Path

import pytest
from test_decrees import AS_ISSUED

from iku_analysis.cli import app
from iku_analysis.errors import IkuError
from iku_analysis.intake.deciding import CHOICES, decide, open_proposals
from iku_analysis.intake.decree_door import read_decree, write_decree
from iku_analysis.problems import DataError
from iku_analysis.sources.in_force import read_decrees


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data root with a decree of which nothing is decided."""
    (tmp_path / "SK.txt").write_text(AS_ISSUED, encoding="utf-8")
    reading = read_decree(tmp_path / "SK.txt", tmp_path / "data")
    assert reading
    write_decree(reading, tmp_path / "data")
    return tmp_path / "data"


def settings_of(root: Path) -> str:
    (path,) = root.glob("decrees/*/indicators.toml")
    return path.read_text(encoding="utf-8")


def test_the_proposals_are_those_that_stand_as_undecided(root: Path) -> None:
    (decree,), _problems = read_decrees(root)
    proposals = open_proposals(root)
    assert [(each.indicator_id, each.word) for each in proposals] == list(decree.undecided)
    stunting = {each.word: each for each in proposals if each.indicator_id == "prevalensi_stunting"}
    assert (stunting["direction"].value, stunting["read_as"].value) == ('"lower"', '{ "2022" = "20,1" }')
    assert all(each.why for each in proposals)


def test_a_decision_takes_the_place_of_its_proposal_alone(root: Path) -> None:
    before = settings_of(root).splitlines()
    decide(root, {"prevalensi_stunting.aggregation": "last", "prevalensi_stunting.direction": ""})
    changed = [(old, new) for old, new in zip(before, settings_of(root).splitlines(), strict=True) if old != new]
    assert changed[0][1] == 'aggregation = "last"   # diputuskan instansi; usulan "ratio"'
    assert changed[1][0].startswith("undecided = ")
    assert "aggregation" not in changed[1][1]
    assert len(changed) == 2
    (decree,), _problems = read_decrees(root)
    assert decree.indicators.set_index("indicator_id").at["prevalensi_stunting", "aggregation"] == "last"


def test_all_are_decided_as_proposed(root: Path) -> None:
    decide(root, {each.key: "" for each in open_proposals(root)})
    assert open_proposals(root) == []
    assert decide(root, {}) == []
    (decree,), problems = read_decrees(root)
    assert decree.undecided == ()
    assert problems == []


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        ("prevalensi_stunting.direction", "naik", DataError),
        ("keterisian_tempat.direction", "higher", DataError),  # its targets are ranges
        ("prevalensi_stunting.path", "flat", IkuError),  # not open
        ("apa.direction", "lower", IkuError),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(root: Path, key: str, value: str, error: type) -> None:
    before = settings_of(root)
    with pytest.raises(error):
        decide(root, {"prevalensi_stunting.aggregation": "last", key: value})
    assert settings_of(root) == before


def test_what_was_wrong_before_hinders_no_decision(root: Path) -> None:
    (facts,) = root.glob("decrees/*/decree.toml")
    facts.write_text(facts.read_text(encoding="utf-8").replace("date = 2019-02-03", 'date = ""'), encoding="utf-8")
    assert decide(root, {"prevalensi_stunting.aggregation": "last"})
    with pytest.raises(DataError):
        decide(root, {"prevalensi_stunting.direction": "naik"})


def test_a_script_agrees_with_what_it_does_not_name(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["decide", "--data", str(root), "--set", "prevalensi_stunting.aggregation=last"]
    with pytest.raises(SystemExit) as ended:
        app(words, standalone_mode=False)
    assert ended.value.code == 2
    assert '--set "prevalensi_stunting.direction=..."' in capsys.readouterr().out
    app(["decide", "--data", str(root), "--yes"], standalone_mode=False)
    assert "Semuanya sudah diputuskan." in capsys.readouterr().out
    assert 'aggregation = "last"' in settings_of(root)


def test_a_terminal_asks_for_each(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first proposal is changed, the last left for later, all others are agreed with."""
    proposals = open_proposals(root)
    last = proposals[-1]
    later = len(CHOICES.get(last.word, ("",))) + 1  # after `agree` and the other values
    typed = iter(["x", "2", *["1"] * (len(proposals) - 2), str(later)])
    monkeypatch.setattr("typer.prompt", lambda *words, **more: next(typed))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit) as ended:
        app(["decide", "--data", str(root)], standalone_mode=False)
    said = capsys.readouterr().out
    assert ended.value.code == 2
    assert [each.key for each in open_proposals(root)] == [last.key]
    assert "2. lower, makin rendah makin baik" in said
    assert f'{proposals[0].word} = "lower"   # diputuskan instansi' in settings_of(root)
