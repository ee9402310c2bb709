"""Who an agency is on paper: the holder of a day signs, and a data root without identity.toml is as it was."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from roots import COUNT, MATRIX, PROJECT, other_office, write_root

from iku_analysis import DataError, as_of, load_agency, open_sections, use_language
from iku_analysis.agency.inputs import list_inputs
from iku_analysis.papers.fingerprint import run_fingerprint, why_again
from iku_analysis.sources.identity import Identity, Signer
from iku_analysis.sources.toml import check_settings
from iku_analysis.storage.address import copies
from iku_analysis.storage.data_root import fetch_root, find_data_root
from iku_analysis.storage.publish import write_manifest

MakeRoot = Callable[..., Path]
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v{}H0z"/></svg>'
WHOLE = """
place = "Kota Timur"
government = "Pemerintah Kabupaten Contoh"
letterhead = ["PEMERINTAH KABUPATEN CONTOH", "DINAS PERCONTOHAN"]
emblem = "lambang.svg"

[[signer]]
role = "first_party"
name = "Contoh: <b>Nur'aini</b> #emph[x], S.E."
office = "Kepala Dinas"
nip = "190002021920022000"
from = 2020-01-01
until = 2021-03-14

[[signer]]
role = "first_party"
name = "Contoh: Budi"
office = "Kepala Dinas"
kind = "Plt"
from = 2021-03-16

[sentences]
promise = { id = "Janji {year} menurut {decree}, {{utuh}}.", en = "Promise of {year}: {agency}." }
"""


def write(root: Path, text: str = WHOLE, **files: str) -> Path:
    for name, content in ({"identity.toml": text, "lambang.svg": SQUARE.format(5)} | files).items():
        (root / name).write_text(content, encoding="utf-8")
    return root


def test_everything_of_it_is_read(make_root: MakeRoot) -> None:
    agency = load_agency(write(make_root()))
    identity = agency.identity
    assert (identity.place, identity.government) == ("Kota Timur", "Pemerintah Kabupaten Contoh")
    assert identity.letterhead == ["PEMERINTAH KABUPATEN CONTOH", "DINAS PERCONTOHAN"]
    signer = identity.signer("first_party", date(2021, 3, 1))
    assert signer is not None
    assert (signer.name, signer.title) == ("Contoh: <b>Nur'aini</b> #emph[x], S.E.", "Kepala Dinas")
    assert signer.nip == "19000202 192002 2 000"
    after = identity.signer("first_party", date(2030, 1, 1))
    assert after is not None and (after.title, after.nip) == ("Plt. Kepala Dinas", "")
    assert identity.signer("first_party", date(2021, 3, 15)) is None, "a day between the two"
    assert identity.signer("second_party", date(2021, 3, 1)) is None
    assert [each.name for each in identity.signers_in("first_party", 2021)] == [signer.name, "Contoh: Budi"]
    assert identity.signers_in("first_party", 2019) == []
    facts: dict[str, Any] = {"year": 2021, "decree": "7/2018", "agency": "Dinas {year}"}
    assert identity.sentence("promise", **facts) == "Janji 2021 menurut 7/2018, {utuh}."
    assert identity.sentence("opening", **facts) == ""
    use_language("en")
    assert agency.identity.sentence("promise", **facts) == "Promise of 2021: Dinas {year}."
    assert as_of(agency, 2021, 0).identity == agency.identity
    assert agency.emblem and agency.emblem.svg.startswith('<svg viewBox="0 0 9 9"')
    assert agency.word_template == b""


@pytest.mark.parametrize("kind", MATRIX)
def test_a_data_root_without_it_is_as_it_was(kind: Callable[[Path], Path], tmp_path: Path) -> None:
    root = kind(tmp_path)
    (root / "gambar.png").write_bytes(b"x")
    agency = load_agency(root)
    assert agency.identity == Identity()
    assert (agency.emblem, agency.word_template) == (None, b"")
    assert "identity.toml" not in agency.files
    assert agency.files["gambar.png"] == "", "of no use here, and told"
    assert [each.place for each in agency.account.unread if each.kind == "unknown"] == ["gambar.png"]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=9), st.integers(0, 5000), st.data())
def test_the_holder_of_a_day_signs_and_nobody_else(lengths: list[int], first: int, data: st.DataObject) -> None:
    """Offices of some days each, one after the other, every second stretch held by nobody."""
    start, held = date(2018, 1, 1) + timedelta(first), []
    for place, length in enumerate(lengths):
        if place % 2 == 0:
            held.append((f"N{place}", start, start + timedelta(length - 1)))
        start += timedelta(length)
    written = data.draw(st.permutations(held))
    signers = [{"role": "first_party", "name": name, "office": "K", "from": a, "until": b} for name, a, b in written]
    identity = Identity.model_validate({"signer": signers})
    for name, since, until in held:
        for day in (since, until, since + (until - since) // 2):
            signer = identity.signer("first_party", day)
            assert signer is not None and signer.name == name
        assert identity.signer("second_party", since) is None
    for (_one, _since, until), (_other, since, _until) in pairwise(held):
        for day in (until + timedelta(1), since - timedelta(1)):
            assert identity.signer("first_party", day) is None
    assert identity.signer("first_party", held[0][1] - timedelta(1)) is None


day = st.dates(date(2020, 1, 1), date(2020, 1, 20))


@given(st.lists(st.tuples(day, day).map(sorted), max_size=5))
def test_two_on_one_day_are_refused_and_only_they(spans: list[list[date]]) -> None:
    signers = [
        {"role": "second_party", "name": f"N{place}", "office": "K", "from": a, "until": b}
        for place, (a, b) in enumerate(spans)
    ]
    days = [date(2020, 1, 1) + timedelta(each) for each in range(20)]
    most = max(sum(a <= each <= b for a, b in spans) for each in days)
    _identity, problems = check_settings({"signer": signers}, "identity.toml", Identity)
    assert bool(problems) == (most > 1)
    assert all(problem.expected == "satu penanda tangan sehari" for problem in problems)


def test_every_pair_of_one_day_is_named() -> None:
    spans = {"A": (1, 20), "B": (3, 4), "C": (6, 7), "D": (21, 22)}
    signers = [
        {"role": "first_party", "name": n, "office": "K", "from": date(2020, 1, a), "until": date(2020, 1, b)}
        for n, (a, b) in spans.items()
    ]
    _identity, problems = check_settings({"signer": signers}, "identity.toml", Identity)
    assert [problem.found for problem in problems] == ["A dan B pada 2020-01-03; A dan C pada 2020-01-06"]
    other = [signers[0], signers[1] | {"role": "second_party"}]
    assert check_settings({"signer": other}, "identity.toml", Identity)[1] == [], "two parties sign side by side"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("190002021920022000", "19000202 192002 2 000"),
        ("19000202 192002 1 001", "19000202 192002 1 001"),
        ("190002022021211001", "19000202 202121 1 001"),  # the appointment of those on contract has no month
        ("190002021920023000", None),
        ("190013021920022000", None),
        ("19000202192002200", None),
        ("1900020219200220000", None),
        ("١٩٠٠٠٢٠٢١٩٢٠٠٢٢٠٠٠", None),
        ("19000202-192002-2-000", None),
    ],
)
def test_a_nip_is_eighteen_digits_that_can_be(written: str, shown: str | None) -> None:
    signer = {"role": "first_party", "name": "N", "office": "K", "nip": written, "from": date(2020, 1, 1)}
    found, problems = check_settings(signer, "identity.toml", Signer)
    assert (found.nip if found else None) == shown
    assert bool(problems) == (shown is None)


def test_all_that_is_wrong_is_told_at_once(make_root: MakeRoot) -> None:
    root = make_root("dot_decimal.csv")
    write(root, 'emblem = "lambang.svg"\nword_template = "kop.docx"\n', **{"lambang.svg": "<svg"})
    with pytest.raises(DataError) as caught:
        load_agency(root)
    files = [problem.file for problem in caught.value.problems]
    assert files == ["realisations/dot_decimal.csv", "lambang.svg", "identity.toml"]
    write(root, "plce = 1\nletterhead = 1\n")
    with pytest.raises(DataError) as caught:
        load_agency(root)
    assert {problem.column for problem in caught.value.problems} == {"plce", "letterhead"}


def test_what_it_names_is_read_and_what_it_does_not_name_is_told(make_root: MakeRoot) -> None:
    root = write(make_root(), **{"lama.svg": "x", "surat.docx": "x", "identitas.toml": 'place = "x"'})
    told = {each.place: each.reason for each in load_agency(root).account.unread}
    assert told == {
        "identitas.toml": "berkas yang tidak dikenal. Maksud Anda identity.toml?",
        "lama.svg": "bukan bagian dari folder data",
        "surat.docx": "bukan bagian dari folder data",
    }
    files = list_inputs(root)
    assert files["lambang.svg"] and files["identity.toml"]
    assert (files["lama.svg"], files["surat.docx"]) == ("", "")


def test_who_signs_is_told_once(make_root: MakeRoot) -> None:
    """A party that identity.toml names is not taken from the notes as well, and those are told; the other is."""
    root = write(make_root())
    (root / "notes").mkdir(exist_ok=True)
    notes = "# umum\n## Pihak pertama\nSiti\nKepala\n## Pihak kedua\nRaden\n## Simpulan\nBaik.\n"
    (root / "notes/2021.md").write_text(notes, encoding="utf-8")
    agency = load_agency(root)
    assert agency.notes["section"].tolist() == ["second_party", "conclusion"]
    told = [(each.where, each.what, each.reason) for each in agency.account.unread]
    assert told == [("notes/2021.md, baris 2", "Siti", "penanda tangannya menurut identity.toml")]
    assert agency.account.overlooked == [], "nothing that iku check ends with 2 for"


def test_an_agreement_lacks_only_parties_that_nobody_names(make_root: MakeRoot) -> None:
    agency = load_agency(write(make_root()))

    def lacking(year: int) -> set[str]:
        return set(open_sections(agency, year, "agreement")["section"]) & {"first_party", "second_party"}

    assert lacking(2021) == {"second_party"}
    assert lacking(2019) == {"first_party", "second_party"}


def test_a_paper_is_made_again_when_only_the_emblem_changes(tmp_path: Path) -> None:
    root = write(other_office(tmp_path / "dinas"))
    notebook = PROJECT / "notebooks/evaluation.ipynb"

    def facts() -> dict:
        agency = load_agency(root)
        return run_fingerprint(agency.files, agency.policy, notebook, {"year": 2022}, ("html",))

    made = tmp_path / "made"
    made.mkdir()
    write_manifest(made, facts())
    assert why_again(made, facts()) == ""
    before = load_agency(root).emblem
    (root / "lambang.svg").write_text(SQUARE.format(6), encoding="utf-8")
    assert why_again(made, facts()) == "inputs"
    assert load_agency(root).emblem != before


def test_the_copy_of_an_address_has_what_it_names(tmp_path: Path) -> None:
    root = write(write_root(tmp_path / "dinas", {2018: [COUNT]}, []), **{"lama.svg": "x"})
    with copies():
        address = f"file://{root}"
        fetch_root(address)
        agency, here = load_agency(find_data_root(address)), load_agency(root)
    assert agency.emblem == here.emblem
    assert agency.files == here.files


def test_the_example_has_another_signer_each_year() -> None:
    identity = load_agency("data/example").identity
    signers = [identity.signer("first_party", date(year, 1, 2)) for year in (2020, 2021, 2022)]
    assert [signer and signer.name for signer in signers] == [
        "Contoh: Siti Aminah",
        "Contoh: Nur'aini",
        "Contoh: I Made Wirawan",
    ]
    assert all(signer.name.startswith("Contoh: ") for signer in identity.signers)
    assert not [signer for signer in identity.signers if signer.nip and not signer.nip.endswith(" 000")]


def test_the_skeleton_shows_what_is_read(make_root: MakeRoot) -> None:
    text = (PROJECT / "iku_analysis/skeleton/identity.toml").read_text(encoding="utf-8")
    root = write(make_root(), text)
    assert load_agency(root).identity == Identity()
    lines = [line.removeprefix("# ") for line in text.splitlines() if line.startswith(("# [", "# ")) and _is_toml(line)]
    shown = "\n".join(line for line in lines if not line.startswith(("emblem", "word_template")))
    identity = load_agency(write(root, shown)).identity
    assert identity.place == "Kota Contoh"
    assert identity.signers[0].title == "Plt. Kepala Dinas Kesehatan"
    assert identity.sentences.promise
    words = {word.strip() for line in lines for word in [line.partition("=")[0]]}
    assert {"emblem", "word_template"} <= words


def _is_toml(line: str) -> bool:
    return line.startswith("# [") or line.removeprefix("# ").split(" ")[1:2] == ["="]
