"""Notes of a year: only headings are read, and every text comes back as it was written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from iku_analysis import DataError, load_agency, use_language
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.notes import note_text
from iku_analysis.schema import AGENCY_SECTIONS, INDICATOR_SECTIONS
from iku_analysis.sources.in_force import read_decrees
from iku_analysis.sources.notes import HEADINGS, read_notes
from iku_analysis.storage.data_root import input_files

MakeRoot = Callable[..., Path]
ODD = """#import "@preview/x:1.0.0": *
\\input{secret} <script>alert('x')</script>
#1 dan #uttp, ##bukan judul
# 
 # umum dengan spasi di depan
	tab, 👩🏽‍🏭, مرحبا, Nur'aini"""  # noqa: W291


def write(root: Path, text: str | bytes, name: str = "2021.md") -> Path:
    (root / "notes").mkdir(exist_ok=True)
    (root / "notes" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def test_the_layout(make_root: MakeRoot) -> None:
    root = write(
        make_root(),
        "\n\n# Umum\n## SIMPULAN\n\nBaik.\n\nCukup baik.\n\n\n# uttp\n## penyebab\nHujan.\n## Standar  Nasional\n98\n"
        "# 1\n## Solutions\n  Tenda.  \n# IKU 3\n## Next steps\nKapal.\n",
    )
    notes = load_agency(root).notes
    assert notes[["indicator_id", "section", "text", "row"]].to_numpy().tolist() == [
        ["", "conclusion", "Baik.\n\nCukup baik.", 4],
        ["uttp", "causes", "Hujan.", 12],
        ["uttp", "standard", "98", 14],
        ["umkm", "solutions", "  Tenda.  ", 17],
        ["ekspor", "next_steps", "Kapal.", 20],
    ]
    assert set(notes["year"]) == {2021}
    assert set(notes["file"]) == {"notes/2021.md"}
    assert input_files(root)[-1] == root / "notes/2021.md"


def test_every_heading_in_both_languages(make_root: MakeRoot) -> None:
    assert set(HEADINGS) == {*INDICATOR_SECTIONS, *AGENCY_SECTIONS}
    root = make_root()
    for place, agency, indicator in ((0, "umum", "uttp"), (1, "general", "IKU 2")):
        lines = [f"# {agency}", *(f"## {HEADINGS[each][place]}\n{each}" for each in AGENCY_SECTIONS)]
        lines += [f"# {indicator}", *(f"## {HEADINGS[each][place]}\n{each}" for each in INDICATOR_SECTIONS)]
        write(root, "\n".join(lines), f"{2020 + place}.md")
    loaded = load_agency(root)
    for year in (2020, 2021):
        assert all(note_text(loaded, year, "", section) == section for section in AGENCY_SECTIONS)
        assert all(note_text(loaded, year, "uttp", section) == section for section in INDICATOR_SECTIONS)


def test_odd_texts_are_text(make_root: MakeRoot) -> None:
    long = "kata " * 400
    root = write(make_root(), f"# uttp\r\n## Penyebab\r\n{ODD}\r\n## Solusi\r{long}\r".replace("\n\r", "\r"))
    agency = load_agency(root)
    assert note_text(agency, 2021, "uttp", "causes") == ODD
    assert note_text(agency, 2021, "uttp", "solutions") == long


@pytest.mark.parametrize("nothing", ["", "\n \n\t\n", "-", "\n n/a \n"])
def test_a_section_of_nothing_is_not_there(make_root: MakeRoot, nothing: str) -> None:
    agency = load_agency(write(make_root(), f"# uttp\n\n## Penyebab\n{nothing}\n## Solusi\nTenda."))
    assert agency.notes["section"].to_list() == ["solutions"]
    assert note_text(agency, 2021, "uttp", "causes") == ""


def test_an_empty_section_twice_is_still_twice(make_root: MakeRoot) -> None:
    with pytest.raises(DataError, match=r"baris 4.*yang pertama di baris 2"):
        load_agency(write(make_root(), "# uttp\n## Penyebab\n# IKU 2\n## Causes\n"))


def test_byte_order_mark_and_no_notes(make_root: MakeRoot) -> None:
    root = make_root()
    assert load_agency(root).notes.empty
    assert len(load_agency(write(root, b"\xef\xbb\xbf# uttp\n## Penyebab\nHujan.")).notes) == 1
    assert len(load_agency(write(root, "", "2020.md")).notes) == 1


@pytest.mark.parametrize(
    "name", ["2017.md", "2023.md", "catatan.md", "2021.MD", "2021.txt", "2021.md.txt", "２０２１.md"]
)
def test_a_file_must_be_named_after_a_year(make_root: MakeRoot, name: str) -> None:
    with pytest.raises(DataError) as caught:
        load_agency(write(make_root(), "# uttp\n## Penyebab\nHujan.\n", name))
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.found) == (f"notes/{name}", None, f"“{name}”")
    assert problem.expected == "TAHUN.md, tahun dalam masa keputusan, 2018-2022"


def test_lock_files_are_no_notes(make_root: MakeRoot) -> None:
    assert load_agency(write(make_root(), "x", "~$2021.md")).notes.empty


def test_an_error_is_told_in_english_too(make_root: MakeRoot) -> None:
    use_language("en")
    with pytest.raises(DataError, match="begin it with a space"):
        load_agency(write(make_root(), "# uttp\n### x\n"))


def test_note_text_of_an_unknown_section(make_root: MakeRoot) -> None:
    agency: Agency = load_agency(make_root())
    for indicator_id, section in (("uttp", "cause"), ("", "causes"), ("uttp", "issues")):
        with pytest.raises(ValueError, match=section):
            note_text(agency, 2021, indicator_id, section)


LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXT = st.lists(st.one_of(st.sampled_from(["", " ", "#", "# ", "##", "#import", " ## Solusi"]), st.text(LETTERS)))


@given(lines=TEXT, end=st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives(tmp_path: Path, lines: list[str], end: str) -> None:
    assume(not any(line.startswith(("# ", "## ", "### ")) and line.strip("# ") for line in lines))
    text = "\n".join(lines)
    (tmp_path / "notes").mkdir(exist_ok=True)
    file = tmp_path / "notes/2021.md"
    file.write_bytes(end.join(["# 2", "## Penyebab", "", *lines, "", "## Solusi", "Tenda."]).encode())
    decrees, faults = read_decrees(Path(__file__).parents[1] / "data/good")
    assert not faults
    notes, problems = read_notes(tmp_path, decrees)
    assert problems == []
    found = dict(zip(notes["section"], notes["text"], strict=True))
    assert found.pop("solutions") == "Tenda."
    if text.strip().casefold() in ("", "-", "n/a"):
        assert found == {}
    else:
        filled = [number for number, line in enumerate(lines) if line.strip()]
        assert found == {"causes": "\n".join(lines[filled[0] : filled[-1] + 1])}
