"""A data root is read once for the same files, and never handed out twice as the same frames."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from roots import PROJECT

from iku_analysis import load_agency, use_language
from iku_analysis.agency import load, worded
from iku_analysis.agency.load import Agency
from iku_analysis.language import current_language


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROJECT / "tests/data/good", tmp_path / "root"))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the data roots that were really read."""
    made: list[Path] = []
    read = load._read_agency

    def note(root: Path, files: dict[str, str], *, provisional: bool) -> Agency:
        made.append(root)
        return read(root, files, provisional=provisional)

    monkeypatch.setattr(load, "_read_agency", note)
    monkeypatch.setattr(load, "_kept", {})
    monkeypatch.setattr(worded, "_kept", {})
    return made


def test_the_same_files_are_read_once(root: Path, reads: list[Path]) -> None:
    first, second = load_agency(root), load_agency(root)
    assert reads == [root]
    assert first.figures.equals(second.figures)
    load_agency(root, provisional=False)
    use_language("en")
    load_agency(root)  # both languages were read at once
    use_language("id")
    assert len(reads) == 2


def test_a_changed_file_is_read_though_size_and_time_are_the_same(root: Path, reads: list[Path]) -> None:
    before = load_agency(root)
    path = sorted((root / "realisations").glob("*.csv"))[0]
    written, text = path.stat(), path.read_text(encoding="utf-8")
    row = text.splitlines()[1]
    digit = next(place for place, letter in reversed(list(enumerate(row))) if letter in "12345678")
    path.write_text(text.replace(row, f"{row[:digit]}{int(row[digit]) + 1}{row[digit + 1 :]}"), encoding="utf-8")
    os.utime(path, ns=(written.st_atime_ns, written.st_mtime_ns))
    assert path.stat().st_size == written.st_size
    after = load_agency(root)
    assert len(reads) == 2
    assert not before.realisations.equals(after.realisations)


def test_whoever_changes_a_frame_changes_his_own(root: Path, reads: list[Path]) -> None:
    first = load_agency(root)
    first.figures.loc[:, "value"] = 0.0
    first.decrees[0].indicators.loc[:, "label"] = "x"
    second = load_agency(root)
    second.figures.loc[:, "value"] = 1.0
    third = load_agency(root)
    assert reads == [root]
    assert not (third.figures["value"] == 1).all()
    assert "x" not in set(third.decrees[0].indicators["label"])


def test_files_written_while_they_are_read_are_not_remembered(
    root: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = iter(["before", *["after"] * 6])  # looked at before reading, after the words and after all
    for module in (load, worded):
        monkeypatch.setattr(module, "list_inputs", lambda root, hashed: {"policy.toml": next(seen)})
    load_agency(root)
    load_agency(root)
    load_agency(root)
    assert len(reads) == 2
    assert (("policy.toml", "before"),) not in worded._kept


def test_words_are_read_anew_where_they_changed_and_only_there(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, read_words = [], worded._read_words
    monkeypatch.setattr(worded, "_read_words", lambda *given: read.append(current_language()) or read_words(*given))
    (root / "policy.toml").write_text((root / "policy.toml").read_text(encoding="utf-8") + "# another\n")
    first = load_agency(root)
    first.indicators.loc[:, "label"] = "x"
    (root / "notes").mkdir(exist_ok=True)
    (root / "notes/2021.md").write_text("# umum\n## Simpulan\nSelesai.\n", encoding="utf-8")
    agency = load_agency(root)
    assert "Selesai." in set(agency.notes["text"])
    assert "x" not in set(agency.indicators["label"])
    assert sorted(read) == ["en", "id"]
    path = root / "decrees/7-2018/indicators.toml"
    text = path.read_text(encoding="utf-8")
    label = agency.indicators["label"].iloc[0]
    path.write_text(text.replace(f'"{label}"', '"Nama baru"'), encoding="utf-8")
    assert load_agency(root).indicators["label"].iloc[0] == "Nama baru"
    assert sorted(read) == ["en", "en", "id", "id"]


def test_no_more_than_a_few_are_kept(root: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    seen = iter([each for number in range(4) for each in [str(number)] * 3])
    for module in (load, worded):
        monkeypatch.setattr(module, "list_inputs", lambda root, hashed: {"policy.toml": next(seen)})
    monkeypatch.setattr(worded, "MOST_KEPT", 2)
    for _time in range(4):
        load_agency(root)
    assert [key[-1] for key in load._kept] == [(("policy.toml", "2"),), (("policy.toml", "3"),)]


def test_an_agency_names_its_files_and_their_versions(root: Path) -> None:
    (root / "lama.xls").write_bytes(b"")
    agency = load_agency(root)
    written = {
        name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in agency.files if name != "lama.xls"
    }
    assert agency.files == {**written, "lama.xls": ""}
    assert {"policy.toml", "decrees/7-2018/decree.txt"} < set(written)
    assert agency.name == root.as_posix()
    assert load_agency("data/example").name == "data/example"
