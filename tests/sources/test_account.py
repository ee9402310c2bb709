"""Everything in a data root is accounted for: read, or named with the reason, for people, programs and papers."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from roots import PROJECT

from iku_analysis import load_agency, narrative, use_language
from iku_analysis.agency.inputs import list_inputs
from iku_analysis.display.markdown import plain

MakeRoot = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROJECT / "data/raw", tmp_path / "dinas"))


def put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")


def unread(root: Path) -> dict[str, str]:
    return {each.where: each.reason for each in load_agency(root).account.unread}


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".xlsm", ".xlsb", ".tsv", ".txt", ".pdf", ""])
@pytest.mark.parametrize("folder", ["realisations", "budget", "context", "targets", "verifications"])
def test_other_kinds_of_files_are_named(root: Path, folder: str, suffix: str) -> None:
    put(root, f"{folder}/data{suffix}")
    assert unread(root) == {f"{folder}/data{suffix}": "jenis berkas yang tidak dibaca; simpan sebagai .xlsx atau .csv"}


def test_folders_too_deep_or_misspelt_are_named(root: Path) -> None:
    put(
        root,
        "realisations/2021/a.csv",
        "realisasi/a.csv",
        "Anggaran/a.csv",
        "realisation/a.xlsx",
        "arsip/lama.csv",
        "targets.csv",
        "notes/lama/2021.md",
        "decrees/baru/keputusan.txt",
        "decrees/154-2018/salinan.pdf",
        "realisations/.a.csv",
    )
    assert unread(root) == {
        "Anggaran/": "folder yang tidak dikenal, 1 berkas. Maksud Anda budget/?",
        "arsip/": "bukan bagian dari folder data",
        "decrees/154-2018/salinan.pdf": (
            "di decrees/NOMOR/ hanya decree.txt, decree.toml, annex.csv dan indicators.toml yang dibaca"
        ),
        "decrees/baru/": "folder tanpa decree.txt: bukan keputusan",
        "notes/lama/": "subfolder dengan 1 berkas; yang dibaca hanya berkas langsung di notes/",
        "targets.csv": "bukan bagian dari folder data",
        "realisasi/": "folder yang tidak dikenal, 1 berkas. Maksud Anda realisations/?",
        "realisation/": "folder yang tidak dikenal, 1 berkas. Maksud Anda realisations/?",
        "realisations/.a.csv": "berkas tersembunyi (namanya diawali titik)",
        "realisations/2021/": "subfolder dengan 1 berkas; yang dibaca hanya berkas langsung di realisations/",
    }


def test_what_is_no_file_is_named(root: Path) -> None:
    (root / "realisations/putus.csv").symlink_to("tidak ada")
    put(root, "decrees/lepas.csv", "decrees/154-2018/lampiran/a.csv")
    assert set(unread(root)) == {"realisations/putus.csv", "decrees/lepas.csv", "decrees/154-2018/lampiran/"}


def test_what_systems_and_people_leave_beside_data_is_no_content(root: Path) -> None:
    put(
        root,
        ".DS_Store",
        "realisations/.DS_Store",
        "realisations/._a.csv",
        "context/Thumbs.db",
        "README.md",
        "notes/.gitkeep",
        ".git/config",
        "realisations/.ipynb_checkpoints/a.csv",
    )
    (root / "kosong").mkdir()
    assert unread(root) == {}


def test_a_file_that_is_open_elsewhere_is_told(root: Path) -> None:
    put(root, "realisations/~$nik.xlsx", "realisations/.~lock.publikasi.csv#")
    assert unread(root) == {
        "realisations/.~lock.publikasi.csv#": "publikasi.csv sedang dibuka dengan program lain: perubahan yang belum "
        "disimpan tidak ikut dibaca",
        "realisations/~$nik.xlsx": "nik.xlsx sedang dibuka dengan program lain: perubahan yang belum disimpan tidak "
        "ikut dibaca",
    }


def test_notes_on_what_is_not_targeted_are_told(root: Path) -> None:
    (root / "notes").mkdir()
    texts = ["# umum", "## Simpulan", "Baik.", "# pasar_sni", "## Penyebab", "Selesai.", "# uttp", "## Penyebab", "X."]
    text = "\n\n".join(texts)
    (root / "notes/2021.md").write_text(text, encoding="utf-8")
    assert unread(root) == {"notes/2021.md, baris 9": "indikator yang tidak ditargetkan 2021: catatannya tidak tampil"}


def test_what_is_not_read_is_among_what_a_paper_depends_on(root: Path) -> None:
    before, first = list_inputs(root), load_agency(root)
    put(root, "realisations/lama.xls")
    assert dict(list_inputs(root).items() - before.items()) == {"realisations/lama.xls": ""}
    assert load_agency(root).account != first.account


def test_a_paper_says_what_was_not_read(root: Path, make_root: MakeRoot) -> None:
    told = plain(narrative.describe_reading(load_agency(root)))
    assert told.startswith("Dari folder data terbaca ")
    assert told.endswith("Semua isi folder terbaca.")
    put(root, "realisations/a*b_<b>.xls")
    told = narrative.describe_reading(load_agency(root))
    assert "**Tidak semua isi folder data dibaca:**" in told
    assert "<b>" not in told
    assert "realisations/a*b_<b>.xls: jenis berkas yang tidak dibaca" in plain(told)
    use_language("en")
    assert "Not everything in the data folder was read:" in narrative.describe_reading(load_agency(root))
    use_language("id")
    other = make_root("two_files_1.csv")  # another agency
    (other / "realisations/two_files_1.csv").unlink()
    put(other, "realisasi/a.csv")
    assert "Maksud Anda realisations/?" in plain(narrative.describe_reading(load_agency(other)))


def test_an_account_speaks_the_language_in_use(root: Path) -> None:
    put(root, "realisations/lama.xls")
    agency = load_agency(root)
    use_language("en")
    (left_out,) = agency.account.unread
    assert left_out.reason == "a kind of file that is not read; save it as .xlsx or .csv"
    use_language("id")
    assert left_out.reason.startswith("jenis berkas")
