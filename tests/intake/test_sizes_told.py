"""Thousands and millions however an office shortens them: a figure is never taken for another size."""

from collections.abc import Callable
from pathlib import Path

import pytest
from readings import figures, read
from roots import Kind, write_root

from iku_analysis.intake.scales import size_of

Text = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data root with an amount in dollars, without a figure."""
    return write_root(
        tmp_path / "data", {2018: [Kind("ekspor", "USD", "1.000.000 1.100.000 1.200.000 1.300.000 1.400.000")]}, []
    )


SHORT = {
    **dict.fromkeys(("US$ 000", "000 US$", "'000 USD", "x 1.000", "x1000 USD", "rb USD", "ribu US$"), "1.000"),
    **dict.fromkeys(("US$ juta", "jt US$", "US$ Mn", "USD 000.000"), "1.000.000"),
}


@pytest.mark.parametrize("words", SHORT)
def test_a_short_word_of_a_size_is_asked_about(root: Path, text: Text, words: str) -> None:
    for content in (
        f"Indikator;Realisasi 2021 ({words})\nekspor;1.250\n",
        f"Ekspor ({words})\nIndikator;Realisasi 2021\nekspor;1.250\n",
        f"Indikator;Satuan;Realisasi 2021\nekspor;{words};1.250\n",
    ):
        plan = read(text(content), root)
        (key,) = plan.files[0].reading.doubts
        assert key.startswith("satuan ekspor ")
        times = f"kali {SHORT[words]}"
        assert times in plan.files[0].reading.doubts[key].choices
        zeros = SHORT[words].removeprefix("1")
        answers = {key: times, "besar ekspor": "apa adanya"}
        assert [value.split()[0] for value in figures(read(text(content), root, **answers)).values()] == [
            f"1.250{zeros}"
        ]


@pytest.mark.parametrize("words", ["US$", "USD", "usd"])
def test_the_unit_itself_is_no_size(root: Path, text: Text, words: str) -> None:
    for content in (
        f"Indikator;Realisasi 2021 ({words})\nekspor;1.250.000\n",
        f"Indikator;Satuan;Realisasi 2021\nekspor;{words};1.250.000\n",
        "Indikator;Realisasi 2021\nekspor;$1.250.000\n",
    ):
        plan = read(text(content), root)
        assert not plan.is_open
        assert figures(plan) in ({("ekspor", "2021"): "1.250.000 B2"}, {("ekspor", "2021"): "1.250.000 C2"})


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("Pagu (Rp M)", 10**9),
        ("Pagu (M Rp)", 10**9),
        ("per 1.000 penduduk", 1),
        ("per 100.000 kelahiran hidup", 1),
        ("Jalan (km)", 1),
        ("Tahun 2000", 1),
        ("m3", 1),
        ("Indeks RB", 1),
        ("Rp jt", 10**6),
        ("ANGGARAN (RP JT)", 10**6),
    ],
)
def test_sizes_of_words(words: str, size: int) -> None:
    assert size_of(words) == size


def test_a_title_in_rupiah_is_not_in_dollars(root: Path, text: Text) -> None:
    plan = read(text("Ekspor (Rp)\nIndikator;Realisasi 2021\nekspor;1.250.000\n"), root)
    assert list(plan.files[0].reading.doubts) == ["satuan ekspor Rp"]


@pytest.mark.parametrize("words", ["M US$", "USD M", "US$ M"])
def test_an_m_of_dollars_may_be_either_and_is_not_multiplied(root: Path, text: Text, words: str) -> None:
    plan = read(text(f"Indikator;Realisasi 2021 ({words})\nekspor;1.250.000\n"), root)
    (doubt,) = plan.files[0].reading.doubts.values()
    assert doubt.choices == ("sama", "lewati")
