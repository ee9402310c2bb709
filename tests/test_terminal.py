"""What people wrote reaches no terminal and no log as a command: control characters are refused by place, or shown."""

import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from iku_analysis.agency.load import load_agency
from iku_analysis.batch.batch import _quoted
from iku_analysis.errors import IkuError
from iku_analysis.problems import DataError
from iku_analysis.storage.publish import clean, staged
from iku_analysis.terminal import harmless, one_line, tell

GOOD = Path(__file__).parent / "data" / "good"
TURNED = "\u202e\u2066\u2028"  # marks that turn the direction of writing, and a line end that few know


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "root"))


@given(st.text(st.characters(), max_size=50) | st.text("\x1b[31m\x07\x9b\r\n\ta" + TURNED, max_size=20))
def test_no_control_character_is_printed(text: str) -> None:
    shown = harmless(text)
    assert not [letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t"]
    assert not set(TURNED) & set(shown)
    assert len(one_line(text).splitlines()) <= 1
    assert len(_quoted(text).splitlines()) == 1


def test_letters_stay() -> None:
    text = "Nilai 97,5\u00a0% – “é” عربي 👍\n\tx"
    assert harmless(text) == text
    assert one_line("a\nb\x1b\udcff") == r"a\nb\x1b\udcff"


def test_what_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    tell("a\x1b[31m\nb")
    tell("c\r", error=True)
    assert capsys.readouterr() == ("a\\x1b[31m\nb\n", "c\\r\n")
    assert IkuError("a\x1b[31m\nb")._render_traceback_() == ["a\\x1b[31m", "b"]


@pytest.mark.parametrize("value", ["a\nb", "a\x9b31m", "a\u2028b", "a\x1bb", "a b", 'a="b"'])
def test_a_name_in_the_log_is_one_word(value: str) -> None:
    assert re.fullmatch(r'"[^\x00-\x1f\x7f-\x9f\u2028]*"', _quoted(value))


@pytest.mark.parametrize("name", ["a\nb.csv", "a\x1b[31m.csv", "a\udcff.csv"])
def test_a_file_is_refused_by_its_name(root: Path, name: str) -> None:
    shutil.copy(root / "realisations" / "english.csv", root / "realisations" / name)
    with pytest.raises(DataError) as caught:
        load_agency(root)
    assert [problem.file for problem in caught.value.problems] == [f"realisations/{one_line(name)}"]


def test_a_folder_is_refused_by_its_name(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "a\x1b[31m")
    with pytest.raises(DataError, match=r"a\\x1b\[31m: tertulis: nama dengan tanda yang tidak terlihat"):
        load_agency(tmp_path / "a\x1b[31m")


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("policy.toml", 'agency = "', r'agency = "\u001b[31m', "policy.toml, kolom agency"),
        ("decrees/7-2018/indicators.toml", 'id = "', r'id = "\u0001', "decrees/7-2018/indicators.toml, kolom indi"),
        ("decrees/7-2018/decree.txt", "NOMOR", "\x1bNOMOR", "decrees/7-2018/decree.txt, baris "),
    ],
)
def test_a_control_character_is_refused_by_its_place(root: Path, name: str, old: str, new: str, place: str) -> None:
    text = (root / name).read_text()
    assert old in text
    (root / name).write_text(text.replace(old, new, 1))
    with pytest.raises(DataError) as caught:
        load_agency(root)
    (message,) = str(caught.value).splitlines()[::2]
    assert message.startswith(place)
    assert "tanda yang tidak terlihat, U+00" in message


@pytest.mark.parametrize("there", [True, False])
def test_a_target_that_is_a_link_keeps_being_one(tmp_path: Path, *, there: bool) -> None:
    real, link = tmp_path / "disk" / "2021", tmp_path / "outputs" / "2021"
    link.parent.mkdir()
    link.symlink_to(real)
    if there:
        real.mkdir(parents=True)
        (real / "old").touch()
    with staged(link) as folder:
        (folder / "new").touch()
    clean(link)
    assert link.is_symlink()
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == [
        "disk",
        "disk/2021",
        "disk/2021/new",
        "outputs",
        "outputs/2021",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("policy.toml", 'agency = "', 'agency = "' + "a" * 100_000, "policy.toml, kolom agency: tertulis: teks 100"),
        ("decrees/7-2018/decree.txt", "\t10.000\t", "\t" + "9" * 30 + "\t", "baris 33, kolom 2018: tertulis: “9999"),
        ("decrees/7-2018/decree.txt", "\t10.000\t", "\t" + "9" * 500 + "\t", "baris 33, kolom 2018: tertulis: “9999"),
        ("decrees/7-2018/decree.txt", "\n1\t", "\n1\t" + "a" * 100_000, "baris 33: tertulis: teks 100"),
        ("decrees/7-2018/decree.txt", "\n1\t", "\n²\t", "baris 33, kolom No: tertulis: “²”"),
    ],
)
def test_endless_numbers_and_texts_are_refused_by_their_place(
    root: Path, name: str, old: str, new: str, told: str
) -> None:
    text = (root / name).read_text()
    assert old in text
    (root / name).write_text(text.replace(old, new, 1))
    with pytest.raises(DataError, match=re.escape(told)):
        load_agency(root)
