"""The command line: exit codes, messages without traceback, machine forms, nothing written on bad input."""

import csv
import errno
import gc
import io
import json
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from roots import PROJECT

from iku_analysis import use_language
from iku_analysis.cli import main
from iku_analysis.storage.outputs import output_folder, outputs

DATA = Path(__file__).parent / "data"


def iku(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in this process, its errors shown as they would be: what is not caught fails the test."""
    out, err = io.StringIO(newline=""), io.StringIO(newline="")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["iku", *words])
        patch.setattr("atexit.register", lambda *words: None)
        patch.setattr("iku_analysis.kernels.forked_kernel.start_fork_server", lambda: None)
        with pytest.raises(SystemExit) as ended:
            main()
    gc.enable()
    use_language("id")
    return subprocess.CompletedProcess(["iku", *words], int(ended.value.code or 0), out.getvalue(), err.getvalue())


@pytest.fixture
def bad_root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    shutil.copytree(DATA / "good", root)
    shutil.copy(DATA / "bad" / "dot_decimal.csv", root / "realisations")
    return root


def test_check_json_lists_problems(bad_root: Path) -> None:
    """In a process of its own, as the command is."""
    command = [sys.executable, "-c", "from iku_analysis.cli import main; main()", "check", "--data", bad_root, "--json"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "")
    problems = json.loads(done.stdout)["problems"]
    assert all(list(each) == ["file", "row", "column", "found", "expected", "mend"] for each in problems)
    places = [(each["file"], each["row"], each["column"]) for each in problems]
    assert ("realisations/dot_decimal.csv", 3, "nilai") in places


def test_a_file_that_may_not_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_agency(data: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "realisations/nik.xlsx")

    monkeypatch.setattr("iku_analysis.agency.load.load_agency", load_agency)
    done = iku("check")
    assert (done.returncode, done.stderr) == (2, "realisations/nik.xlsx: Permission denied\n")


def test_check_of_good_data(tmp_path: Path) -> None:
    done = iku("check", "--data", "data/raw", "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["problems"], found["account"]["left_out"]) == (0, [], [])
    assert {"file": "realisations/publikasi.csv", "rows": 6} in found["account"]["read"]
    assert sum(each["figures"] for each in found["account"]["figures"]) == 6
    assert (
        "Tidak ada masalah pada yang dibaca: 1 keputusan, 6 baris realisasi (0 tanpa angka), 149 baris konteks."
        in iku("check").stdout
    )


def test_check_says_what_is_missing_and_from_whom() -> None:
    lines = iku("check", "--year", "2020").stdout.splitlines()
    start = lines.index("2020, yang masih kurang:")
    assert lines[start + 1] == (
        "  Koperasi bersertifikat NIK: Triwulan I, II, III, IV. Pemegang data: Kementerian Koperasi dan UKM (penerbit "
        "sertifikat, menurut definisi operasional); bidang koperasi Dinas (perkiraan). Yang diminta: daftar sertifikat "
        "NIK yang terbit setiap tahun dari ODS Kementerian Koperasi dan UKM, baru dan perpanjangan terpisah; laporan "
        "kinerja (LKj) Dinas 2018-2022."
    )
    assert lines[start + 7] == "Yang dibaca:"
    assert "\n2022: tidak ada angka yang kurang.\n" in iku("check", "--data", "data/example").stdout


def test_check_ends_with_what_it_read_and_what_not(tmp_path: Path) -> None:
    root = tmp_path / "dinas"
    shutil.copytree(PROJECT / "data" / "raw", root)
    lines = iku("check", "--data", str(root)).stdout.splitlines()
    assert "  realisations/publikasi.csv: 6 baris" in lines[lines.index("Yang dibaca:") :]
    assert lines[-1] == "Semua isi folder terbaca."
    (root / "realisasi").mkdir()
    (root / "realisasi/2021.csv").write_text("indikator", encoding="utf-8")
    (root / "realisations/lama.xls").write_bytes(b"x")
    done = iku("check", "--data", str(root))
    assert done.returncode == 2  # a program that asks for the exit code alone does not miss it
    assert done.stdout.splitlines()[-4:] == [
        "Yang tidak dibaca:",
        "  realisasi/: folder yang tidak dikenal, 1 berkas. Maksud Anda realisations/?",
        "  realisations/lama.xls: jenis berkas yang tidak dibaca; simpan sebagai .xlsx atau .csv.",
        "  -> Simpan angkanya dalam berkas dan folder yang dibaca, atau pindahkan dari folder data.",
    ]
    assert iku("check", "--data", str(root), "--json").returncode == 2
    left_out = json.loads(iku("check", "--data", str(root), "--json").stdout)["account"]["left_out"]
    assert [(each["place"], each["unread"]) for each in left_out] == [
        ("realisasi/", True),
        ("realisations/lama.xls", True),
    ]
    shutil.copy(DATA / "bad" / "empty.csv", root / "realisations")
    done = iku("check", "--data", str(root))
    assert done.returncode == 2
    assert "realisations/lama.xls" in done.stdout


def test_template_is_written_where_it_says_and_never_over_another(tmp_path: Path) -> None:
    root = tmp_path / "dinas"
    shutil.copytree(PROJECT / "data" / "raw", root)
    done = iku("template", "2021", "--quarter", "3", "--data", str(root))
    assert done.returncode == 0, done.stderr
    path = output_folder(root) / "formulir" / "formulir-2021-tw3.xlsx"
    assert f"Formulir: {path}" in done.stdout
    assert f"{root / 'realisations'}, lalu ketik: iku check" in done.stdout
    blank = path.read_bytes()
    assert iku("template", "2021", "--quarter", "3", "--data", str(root)).returncode == 0
    path.write_bytes(blank + b"sudah diisi")
    again = iku("template", "2021", "--quarter", "3", "--data", str(root))
    assert again.returncode == 2
    assert "sudah ada dan isinya lain" in again.stderr
    assert path.read_bytes() == blank + b"sudah diisi"
    assert list(path.parent.iterdir()) == [path]
    given = tmp_path / "form.xlsx"
    done = iku("template", "2021", "--lang", "en", "--output", str(given))
    assert f"Form: {given}" in done.stdout
    assert given.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    "command", [["report", "2021"], ["process"], ["template", "2021"], ["achievements"], ["run", "01_overview"]]
)
def test_bad_data_stop_every_command(bad_root: Path, command: list[str]) -> None:
    done = iku(*command, "--data", str(bad_root))
    assert done.returncode == 2
    assert "realisations/dot_decimal.csv, baris 3, kolom nilai" in done.stderr
    assert "Traceback" not in done.stderr
    assert not output_folder(bad_root).exists()
    assert not list(outputs().glob(f"{bad_root.name}-*"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["repot"], "Tidak ada perintah repot. Maksud Anda report?\nBantuan: iku --help"),
        (["agreement"], "Maksud Anda iku report --paper agreement?"),
        (["report", "2021", "--formt", "pdf"], "Tidak ada pilihan --formt. Maksud Anda --format?"),
        (["report", "--paper"], "Pilihan --paper perlu isi."),
        (["report", "2021", "--final=ya"], "Pilihan --final tanpa isi."),
        (["report", "2021", "--quarter", "x"], "--quarter harus bilangan bulat."),
        (["batch", "a.toml", "b.toml"], "Kata berlebih: b.toml."),
        (["import"], "BERKAS belum ditulis.\nBantuan: iku import --help"),
        (["run"], "NOTEBOOK belum ditulis."),
        (["report", "2021", "--lang", "en", "--nix"], "There is no option --nix.\nHelp: iku report --help"),
        (["report", "dua"], "dua"),
        (["template", "dua"], "dua"),
        (["template", "2023"], "2018-2022"),
        (["template", "2021", "--quarter", "5"], "1 sampai 4"),
        (["check", "--year", "2023"], "2018-2022"),
        (["report", "2030"], "2018-2022"),
        (["achievements", "2017"], "2018-2022"),
        (["report", "2021", "--lang", "fr"], "pilih id atau en"),
        (["report", "2021", "--date", "kemarin", "--data", "data/example"], "kemarin"),
        (["report", "2021", "--data", "tidak/ada"], "tidak/ada"),
        (["run", "01_overveiw"], "Maksud Anda 01_overview"),
        (["run", "01_overview", "-p", "yaer", "2021"], "Maksud Anda year"),
        (["run", "01_overview", "-p", "year", "dua"], "bilangan bulat"),
        (["run", "01_overview", "-p", "year", "2040"], "2018-2022"),
        (["run", "01_overview", "-p", "year"], "-p NAMA NILAI"),
        (["run", "04_indicator", "-p", "indicator_id", "eksport"], "ekspor"),
        (["run", "04_indicator", "-p", "through", "13"], "1 sampai 12"),
        (["run", "04_indicator", "-p", "provisional", "ya"], "true / false"),
    ],
)
def test_bad_usage_is_told_with_exit_code_2(words: list[str], told: str) -> None:
    done = iku(*words)
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize("words", [[], ["--help"], ["report", "--help"], ["template", "--help"]])
def test_help_has_no_english(words: list[str]) -> None:
    said = iku(*words)
    assert (said.returncode, said.stderr) == (0 if words else 2, "")
    assert "Tampilkan bantuan ini." in said.stdout
    theirs = r"Usage|OPTIONS|Options|Arguments|Commands|ARGS|default|required|Show this|<\w+>|\w\.\.\.$"
    assert not re.search(theirs, said.stdout, re.MULTILINE)


def test_provisional_can_be_left_out() -> None:
    """The example's 2022 is provisional throughout: without it, 2022 has no figure and 2021 is as before."""
    from iku_analysis import compute_achievements, load_agency

    states = {
        provisional: compute_achievements(load_agency("data/example", provisional=provisional)).set_index(
            ["year", "indicator_id"]
        )["state"]
        for provisional in (True, False)
    }
    assert set(states[False].loc[2022]) == {"no_data", "not_targeted"}
    assert set(states[True].loc[2022]) == {"met", "missed", "not_targeted"}
    assert (states[False].loc[2021] == states[True].loc[2021]).all()


def test_bad_data_in_a_notebook_are_a_plain_sentence(bad_root: Path) -> None:
    code = "from IPython.core.interactiveshell import InteractiveShell as Shell; "
    code += f"""Shell().run_cell("import iku_analysis as iku; iku.load_agency('{bad_root}')")"""
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert "realisations/dot_decimal.csv, baris 3, kolom nilai: tertulis: “97.5”" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_targets_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(iku("targets", "--csv").stdout)))
    assert len(rows) == 35
    assert [row["target"] for row in rows if (row["indicator_id"], row["year"]) == ("ekspor", "2022")] == ["4250198668"]
    assert [row["targeted"] for row in rows].count("False") == 6


@pytest.mark.parametrize(
    ("data", "states"),
    [
        ("data/example", "untargeted_realisation met met not_targeted met met met"),
        ("data/raw", "not_targeted no_data no_data not_targeted no_data no_data no_data"),
    ],
)
def test_achievements_2018_as_csv(data: str, states: str) -> None:
    rows = list(csv.DictReader(io.StringIO(iku("achievements", "2018", "--csv", "--data", data).stdout)))
    assert " ".join(row["state"] for row in rows) == states
    assert rows[3]["indicator_id"] == "pasar_diawasi"
    assert rows[3]["achievement_pct"] == ""


def test_decrees_tell_what_changed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(PROJECT / "data" / "raw", root)
    later = root / "decrees" / "9-2020"
    shutil.copytree(root / "decrees" / "154-2018", later)
    path = later / "decree.txt"
    text = (
        path.read_text(encoding="utf-8")
        .replace("154 TAHUN 2018", "9 TAHUN 2020")
        .replace("4.250.198.668", "4.300.000.000")
    )
    text = text.replace("01 Oktober 2018", "01 Februari 2020").replace("01 OKTOBER 2018", "01 FEBRUARI 2020")
    path.write_text(text, encoding="utf-8")
    done = iku("decrees", "--data", str(root))
    assert done.returncode == 0, done.stderr
    assert "Keputusan 154/2018, 1 Oktober 2018: menilai tidak ada tahun" in done.stdout
    assert "Perubahan dari 154/2018 ke 9/2020: 1" in done.stdout
    assert "ekspor, target 2022: 4250198668 -> 4300000000" in done.stdout


def test_diff_of_two_data_roots(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(PROJECT / "data" / "example", root)
    path = root / "realisations" / "koperasi_pasar_keluhan.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("nik;TW IV 2021;36;", "nik;TW IV 2021;6;"), encoding="utf-8")  # 126 to 96, of 120
    done = iku("diff", "data/example", str(root))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.replace("\xa0", " ").splitlines()
    assert lines[0] == f"Perubahan dari data/example ke {root}: 8"
    assert "  Koperasi bersertifikat NIK 2021, realisasi: 126 koperasi -> 96 koperasi (berubah)" in lines
    assert sum(line.startswith("- Sekarang: ") for line in lines) == 2  # 2021, and 2022 that follows it
    rows = list(csv.DictReader(io.StringIO(iku("diff", "data/example", str(root), "--csv").stdout)))
    assert [row["what"] for row in rows] == [
        "realisation",
        "achievement_pct",
        "state",
        "rating",
        "verdict",
        "met",
        "mean_capped_pct",
        "mean_pct",
    ]
    assert (rows[0]["old"], rows[0]["new"], rows[2]["old_word"], rows[2]["new_word"]) == ("126", "96", "met", "missed")


def test_diff_of_two_decrees(tmp_path: Path) -> None:
    """The name of the folder and what the text is otherwise do not matter; the one changed target does."""
    folder = tmp_path / "lain"
    shutil.copytree(PROJECT / "data/raw/decrees/154-2018", folder)
    path = folder / "decree.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("4.250.198.668", "4.300.000.000"), encoding="utf-8")
    done = iku("diff", "data/raw/decrees/154-2018", str(folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"Perubahan dari data/raw/decrees/154-2018 ke {folder}: 1",
        "  ekspor, target 2022: 4250198668 -> 4300000000",
    ]
    done = iku("diff", "data/raw/decrees/154-2018", str(folder), "--csv")
    assert done.stdout == "indicator_id,what,old,new\nekspor,target 2022,4250198668,4300000000\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("data/raw", "data/raw/decrees/154-2018", "data/raw: folder data, data/raw/decrees/154-2018: keputusan"),
        ("data/raw", "tidak/ada", "Folder tidak/ada tidak ada; dicari di "),
        ("data/raw", "data", "data tidak dapat dibandingkan; isinya: example"),
        ("data/raw", "README.md", "Folder README.md tidak ada"),
    ],
)
def test_diff_of_what_cannot_be_compared(old: str, new: str, told: str) -> None:
    done = iku("diff", old, new)
    assert done.returncode == 2
    assert told in done.stderr
    assert not done.stdout


def test_diff_says_whose_files_are_bad(bad_root: Path, tmp_path: Path) -> None:
    done = iku("diff", "data/raw", str(bad_root))
    assert done.returncode == 2
    assert done.stderr.startswith(f"{bad_root}:\n")
    assert "realisations/dot_decimal.csv, baris 3, kolom nilai" in done.stderr
    (tmp_path / "decree.txt").write_text("kosong", encoding="utf-8")
    done = iku("diff", "data/raw/decrees/154-2018", str(tmp_path))
    assert done.returncode == 2
    assert "decree.txt" in done.stderr
    assert "indicators.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_process_writes_a_data_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IKU_HOME", str(tmp_path))
    root = tmp_path / "agency"
    shutil.copytree(PROJECT / "data" / "raw", root)
    done = iku("process", "--data", str(root))
    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.strip().split(": ")[1])
    assert folder == tmp_path / "data/processed/agency"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            heading = next(csv.reader(file))
        assert heading == [field["name"] for field in resource["schema"]["fields"]]
    assert {"targets", "realisations", "achievements"} <= {resource["name"] for resource in package["resources"]}
