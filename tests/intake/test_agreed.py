"""A decree without targets: its indicators come in, and the targets of a year from its performance agreement."""

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from readings import figures, read, refused

from iku_analysis import compute_achievements, load_agency
from iku_analysis.analysis.missing import list_missing
from iku_analysis.intake.decree_door import read_decree, show_decree, write_decree
from iku_analysis.intake.door import write_import
from iku_analysis.papers.make import make_report
from iku_analysis.problems import DataError
from iku_analysis.sources.in_force import read_decrees

Book = Callable[..., Path]
BODY = """KEPUTUSAN KEPALA DINAS PENDIDIKAN KABUPATEN CONTOH
NOMOR : 050 / 12 / DISDIK / 2021
TENTANG
PENETAPAN INDIKATOR KINERJA UTAMA TAHUN 2021-2023
Mengingat : 1. Undang-Undang Nomor 20 Tahun 2003;
MEMUTUSKAN :
KESATU : Indikator Kinerja Utama sebagaimana tercantum dalam lampiran keputusan ini.
KEDUA : Target setiap tahun ditetapkan dalam Perjanjian Kinerja.
Ditetapkan di Contoh
pada tanggal 4 Januari 2021"""
HEADS = ["NO", "SASARAN", "INDIKATOR KINERJA UTAMA", "FORMULASI PENGUKURAN", "SUMBER DATA", "PENANGGUNG JAWAB"]
ROWS = [
    ["1", "Mutu", "Persentase Guru Bersertifikat", "Guru bersertifikat / guru x 100%", "Dapodik", "Bidang GTK"],
    ["2", "", "Angka Putus Sekolah", "Siswa putus / siswa x 100%", "Dapodik", "Bidang SMP"],
    ["3", "Akuntabilitas", "Predikat SAKIP", "Hasil evaluasi", "Inspektorat", "Sekretariat"],
    ["4", "", "Jumlah Sekolah Adiwiyata", "Sekolah yang ditetapkan", "DLH", "Bidang SMP"],
]
NAMES = [row[2] for row in ROWS]
AGREEMENT = [
    ["PERJANJIAN KINERJA TAHUN 2021"],
    [],
    ["No", "Indikator Kinerja", "Satuan", "Target"],
    [1, NAMES[0], "Persen", "82,5"],
    [2, NAMES[1], "Persen", "<= 1,2"],
    [3, NAMES[2], "Predikat", "BB"],
    [4, NAMES[3], "Sekolah", 10],
]
RESULTS = [
    ["PENGUKURAN KINERJA TAHUN 2021"],
    ["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi"],
    [1, NAMES[0], "Persen", "82,5", "84,1"],
    [2, NAMES[1], "Persen", "<= 1,2", "1,4"],
    [3, NAMES[2], "Predikat", "BB", "A"],
    [4, NAMES[3], "Sekolah", 10, 9],
]
IDS = ["guru_bersertifikat", "putus_sekolah", "predikat_sakip", "sekolah_adiwiyata"]


@pytest.fixture
def undecided(tmp_path: Path) -> Path:
    """A data root with the decree as it came through the door."""
    document = docx.Document()
    for line in BODY.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(HEADS))
    for row in [HEADS, *ROWS]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "SK.docx"))
    root = tmp_path / "data"
    reading = read_decree(tmp_path / "SK.docx", root)
    assert reading
    assert reading.annex.years == ()
    assert "Keputusan tidak memuat target" in show_decree(reading)
    write_decree(reading, root)
    return root


@pytest.fixture
def root(undecided: Path) -> Path:
    """The data root with everything decided as proposed."""
    (path,) = undecided.glob("decrees/*/indicators.toml")
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = ["undecided = []" if line.startswith("undecided") else line for line in lines]
    path.write_text("\n".join(kept).replace('path = "rising"', 'path = "flat"'), encoding="utf-8")
    policy = (undecided / "policy.toml").read_text(encoding="utf-8")
    policy = re.sub(r"^# (?=\[\[|label =|from =|rating_source =)", "", policy, flags=re.M)
    (undecided / "policy.toml").write_text(policy, encoding="utf-8")
    return undecided


def test_units_that_the_decree_does_not_name_are_proposed(undecided: Path) -> None:
    (decree,), problems = read_decrees(undecided)
    assert not problems
    units = dict(zip(decree.indicators["indicator_id"], decree.indicators["unit"], strict=True))
    assert units == {
        "guru_bersertifikat": "Persen",
        "putus_sekolah": "Persen",
        "predikat_sakip": "Predikat: D < C < CC < B < BB < A < AA",
        "sekolah_adiwiyata": "Sekolah",
    }
    assert {word for _id, word in decree.undecided} >= {"unit", "direction", "aggregation", "path"}


def test_without_an_agreement_nothing_is_judged_and_that_is_said(root: Path) -> None:
    agency = load_agency(root)
    assert not agency.targets["targeted"].any()
    assert set(list_missing(agency, 2021)["missing"]) == {"target 2021, dari perjanjian kinerja"}
    achievements = compute_achievements(agency)
    assert set(achievements["state"]) == {"no_data"}
    assert all("Targetnya belum ditetapkan." in reason for reason in achievements["reason"])


def test_an_agreement_sets_the_targets_and_results_are_judged_by_it(root: Path, book: Book) -> None:
    write_import(read(book({"PK": AGREEMENT}, "PK_2021.xlsx"), root))
    plan = read(book({"Capaian": RESULTS}, "capaian.xlsx"), root)
    assert not plan.problems
    assert not plan.is_open
    assert figures(plan, "targets") == {}
    assert "sama dengan targets/PK_2021.xlsx.csv" in " ".join(left.why for left in plan.files[0].reading.left)
    write_import(plan)
    agency = load_agency(root)
    achievements = compute_achievements(agency).query("year == 2021").set_index("indicator_id")
    assert achievements["state"].to_dict() == dict(zip(IDS, ["met", "missed", "met", "missed"], strict=True))
    assert achievements["target"].to_dict() == dict(zip(IDS, [82.5, 1.2, 5.0, 10.0], strict=True))
    assert round(achievements["achievement_pct"]["putus_sekolah"], 2) == 83.33  # (2 x 1,2 - 1,4) / 1,2
    sources = agency.targets.query("year == 2021")["source"]
    assert set(sources) == {"PERJANJIAN KINERJA TAHUN 2021 (PK_2021.xlsx)"}
    rows = agency.targets.query("year == 2021")
    assert list(zip(rows["file"], rows["row"], strict=True)) == [
        ("targets/PK_2021.xlsx.csv", row) for row in range(2, 6)
    ]


def test_an_agreement_read_again_is_the_same(root: Path, book: Book) -> None:
    path = book({"PK": AGREEMENT}, "PK_2021.xlsx")
    write_import(read(path, root))
    before = (root / "targets/PK_2021.xlsx.csv").read_bytes()
    write_import(read(path, root))
    assert (root / "targets/PK_2021.xlsx.csv").read_bytes() == before


def test_a_target_that_is_not_the_agreed_one_is_asked_about(root: Path, book: Book) -> None:
    write_import(read(book({"PK": AGREEMENT}, "PK_2021.xlsx"), root))
    other = [list(row) for row in RESULTS]
    other[3][3], other[4][3] = "< 1,2", "B"
    plan = read(book({"Capaian": other}, "capaian.xlsx"), root)
    assert set(plan.files[0].reading.doubts) == {"target putus_sekolah 2021", "target predikat_sakip 2021"}
    questions = " ".join(doubt.question for doubt in plan.files[0].reading.doubts.values())
    assert "targets/PK_2021.xlsx.csv (BB)" in questions


@pytest.mark.parametrize(
    ("row", "target"),
    [(3, "825"), (4, "banyak"), (5, "Bagus"), (6, "10,5")],
    ids=["above 100", "no number", "no grade", "half a school"],
)
def test_a_target_that_cannot_be_is_refused_by_its_cell(root: Path, book: Book, row: int, target: str) -> None:
    rows = [list(each) for each in AGREEMENT]
    rows[row][3] = target
    assert refused(read(book({"PK": rows}, "PK_2021.xlsx"), root)) == {(row + 1, "D")}


def test_two_agreements_for_one_year_are_refused(root: Path, book: Book) -> None:
    write_import(read(book({"PK": AGREEMENT}, "PK_2021.xlsx"), root))
    (root / "targets/lain.csv").write_text(
        "indikator;periode;target;sumber\n1;2021;83;PK perubahan\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as raised:
        load_agency(root)
    assert {(each.file, each.row) for each in raised.value.problems} == {("targets/lain.csv", 2)}


@pytest.mark.parametrize("paper", ["report", "agreement", "plan", "evaluation"])
def test_every_paper_names_the_agreement(root: Path, book: Book, paper: str) -> None:
    write_import(read(book({"PK": AGREEMENT}, "PK_2021.xlsx"), root))
    write_import(read(book({"Capaian": RESULTS}, "capaian.xlsx"), root))
    text = make_report(2021, str(root), paper=paper, formats=("html",)).read_text(encoding="utf-8")
    assert "keputusan menulis 0" not in text
    assert "Keputusan menargetkan" not in text
