"""Decrees as issued: what is found of them, how their annex is read, what is proposed, and what is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from roots import PROJECT

from iku_analysis import load_agency
from iku_analysis.errors import IkuError
from iku_analysis.intake.decree_door import decree_as_proposed, read_decree, show_decree, write_decree
from iku_analysis.intake.decree_facts import find_facts, is_decree
from iku_analysis.papers.make import make_report
from iku_analysis.problems import DataError
from iku_analysis.sources.decree import read_decree as read_decree_folder

AS_ISSUED = """PEMERINTAH KABUPATEN CONTOH
DINAS KESEHATAN

KEPUTUSAN KEPALA DINAS KESEHATAN KABUPATEN CONTOH
NOMOR : 800.1 / 169 / KPTS / KES / 2019

TENTANG
PENETAPAN INDIKATOR KINERJA UTAMA DINAS KESEHATAN
TAHUN 2020-2024

Menimbang\t: a. bahwa perlu menetapkan IKU;
Mengingat\t: 1. Undang-Undang Nomor 6 Tahun 2001;
2. Peraturan Pemerintah Nomor 8
Tahun 2006;

MEMUTUSKAN :
PERTAMA\t: Indikator Kinerja Utama sebagaimana tercantum dalam lampiran keputusan ini.
KEDUA\t: Indikator Kinerja Utama digunakan untuk menyusun rencana kinerja, perjanjian kinerja dan laporan kinerja.

Ditetapkan di Contoh
pada tanggal 3 Februari 2019

NO\tSASARAN\tINDIKATOR KINERJA UTAMA\tSATUAN\tTARGET
\t\t\t\t2020\t2021\t2022\t2023\t2024
1\tMeningkatnya derajat\tAngka Harapan Hidup\tangka\t62,18\t62,38\t62,47\t62,63\t62,97
2\t\tPrevalensi Stunting\tpersen\t24,16\t21,6\t20.1\t18,6\t17,1
3\tMeningkatnya akuntabilitas\tNilai SAKIP\tNilai/Predikat\tB\tB\tBB\tBB\tA
4\t\tOpini BPK\tOpini\tWTP\tWTP\tWTP\tWTP\tWTP
5\t\tWaktu tanggap KLB\tjam\t< 24\t< 24\t< 24\t< 24\t< 24
6\t\tKeterisian tempat tidur\tpersen\t60-85\t60-85\t60-85\t60-85\t60-85
"""


@pytest.fixture
def decree(tmp_path: Path) -> Path:
    """The decree of another office, as a text file."""
    (tmp_path / "SK.txt").write_text(AS_ISSUED, encoding="utf-8")
    return tmp_path / "SK.txt"


def test_what_a_decree_says_is_found_in_its_words() -> None:
    facts = find_facts(AS_ISSUED.splitlines())
    assert facts.number == "800.1/169/KPTS/KES/2019"
    assert facts.title == "PENETAPAN INDIKATOR KINERJA UTAMA DINAS KESEHATAN TAHUN 2020-2024"
    assert facts.agency == "DINAS KESEHATAN KABUPATEN CONTOH"
    assert (facts.date, facts.years) == (date(2019, 2, 3), (2020, 2024))
    assert facts.legal_bases == ("Undang-Undang Nomor 6 Tahun 2001", "Peraturan Pemerintah Nomor 8 Tahun 2006")
    assert facts.uses == ("rencana kinerja", "perjanjian kinerja", "laporan kinerja")
    assert facts.recipients == ()
    assert facts.lines["number"] == 5


@pytest.mark.parametrize(
    ("line", "name", "found"),
    [
        ("KEPUTUSAN BUPATI CONTOH", "agency", "BUPATI CONTOH"),
        ("KEPUTUSAN DIREKTUR JENDERAL CONTOH", "agency", "DIREKTUR JENDERAL CONTOH"),
        ("NOMOR 154 TAHUN 2018", "number", "154/2018"),
        ("Nomor: HK.01.07/MENKES/42/2020", "number", "HK.01.07/MENKES/42/2020"),
        ("Pada tanggal : 01 Oktober 2018", "date", date(2018, 10, 1)),
        ("KESATU : berlaku untuk Tahun 2018 s.d. 2022", "years", (2018, 2022)),
        ("Tembusan disampaikan kepada:\n1. Bupati;\n2. Inspektur.", "recipients", ("Bupati", "Inspektur")),
        ("KETIGA : menjadi acuan untuk menyusun:\n1. RKA;\n2. LKj.", "uses", ("RKA", "LKj")),
    ],
)
def test_usual_forms(line: str, name: str, found: object) -> None:
    assert getattr(find_facts(line.splitlines()), name) == found


def test_nothing_is_invented() -> None:
    assert not any(value for name, value in find_facts(["Surat biasa", "tanpa apa-apa"])._asdict().items())
    assert not is_decree(["Laporan bulanan", "Nomor 3"])


def test_the_decree_of_jakarta_reads_the_same_through_the_door() -> None:
    """Word for word: the facts, and every cell of the annex."""
    folder = PROJECT / "data/raw/decrees/154-2018"
    own, problems = read_decree_folder(folder)
    reading = read_decree(folder / "decree.txt", PROJECT / "data/raw")
    assert own
    assert reading
    assert problems == []
    values = reading.values
    assert (values["number"], values["date"], values["first_year"]) == (own.number, own.date, own.first_year)
    assert tuple(values["legal_bases"]) == own.legal_bases
    assert tuple(values["uses"]) == own.uses
    assert tuple(values["recipients"]) == own.recipients
    assert values["title"] == own.title
    indicators = own.indicators
    assert [row["indikator"] for row in reading.annex.rows] == list(indicators["indicator"])
    assert [row["definisi"] for row in reading.annex.rows] == list(indicators["definition"])
    ids = [next(each.value for each in proposals if each.word == "id") for proposals in reading.proposals]
    assert ids == list(indicators["indicator_id"])  # the names that an earlier decree gave


def test_what_must_be_decided_is_proposed_with_its_reason(decree: Path, tmp_path: Path) -> None:
    reading = read_decree(decree, tmp_path / "data")
    assert reading
    by_id = {each[0].value: {setting.word: setting for setting in each} for each in reading.proposals}
    assert by_id["prevalensi_stunting"]["read_as"].value == {"2022": "20,1"}
    assert by_id["prevalensi_stunting"]["direction"].value == "lower"
    assert by_id["sakip"]["scale"].value == ["D", "C", "CC", "B", "BB", "A", "AA"]
    assert by_id["opini_bpk"]["scale"].value == ["TMP", "TW", "WDP", "WTP"]
    assert by_id["waktu_tanggap"]["direction"].value == "lower"
    assert by_id["keterisian_tempat"]["direction"].value == "range"
    assert all(setting.why for each in by_id.values() for setting in each.values() if setting.open)
    shown = show_decree(reading)
    assert "20.1" in shown
    assert "tidak ditemukan" in shown  # the recipients


def test_nothing_is_made_until_all_is_decided(decree: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    reading = read_decree(decree, root)
    assert reading
    assert decree_as_proposed(reading)[1] == []
    paths = write_decree(reading, root)
    assert paths[0].read_text(encoding="utf-8") == AS_ISSUED  # the legal text is untouched
    assert "20.1" in paths[2].read_text(encoding="utf-8")
    policy = (PROJECT / "data/handed-in/health/policy.toml").read_text(encoding="utf-8")
    (root / "policy.toml").write_text(policy, encoding="utf-8")
    agency = load_agency(root)
    assert ("800.1-169-KPTS-KES-2019", "sakip", "scale") in agency.undecided
    assert agency.targets.set_index(["indicator_id", "year"]).loc[("prevalensi_stunting", 2022), "target"] == 20.1
    with pytest.raises(IkuError, match="belum diputuskan"):
        make_report(2020, str(root), formats=("html",))


def test_an_office_that_has_the_decree_already_keeps_what_it_decided(decree: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    reading = read_decree(decree, root)
    assert reading
    settings = write_decree(reading, root)[3]
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("# sebutan di gambar", "# sudah"), encoding="utf-8"
    )
    again = read_decree(decree, root)
    assert again
    write_decree(again, root)
    assert "# sudah" in settings.read_text(encoding="utf-8")
    decree.write_text(AS_ISSUED.replace("62,18", "62,19"), encoding="utf-8")
    changed = read_decree(decree, root)
    assert changed
    with pytest.raises(IkuError, match="teks lain"):
        write_decree(changed, root)


def test_a_word_table_with_merged_headings_over_two_pages(tmp_path: Path) -> None:
    document = docx.Document()
    for line in AS_ISSUED.partition("NO\t")[0].splitlines():
        document.add_paragraph(line)
    rows = [line.split("\t") for line in AS_ISSUED.partition("NO\t")[2].splitlines()[2:]]
    for part in (rows[:3], rows[3:]):
        table = document.add_table(rows=2, cols=9)
        for place, head in enumerate(("NO", "SASARAN", "INDIKATOR KINERJA UTAMA", "SATUAN")):
            table.cell(0, place).merge(table.cell(1, place)).text = head
        table.cell(0, 4).merge(table.cell(0, 8)).text = "TARGET"
        for place, year in enumerate(range(2020, 2025), start=4):
            table.cell(1, place).text = str(year)
        for row in part:
            cells = table.add_row().cells
            for place, text in enumerate(row):
                cells[place].text = text
    document.save(tmp_path / "SK.docx")
    reading = read_decree(tmp_path / "SK.docx", tmp_path / "data")
    assert reading
    assert reading.annex.years == (2020, 2021, 2022, 2023, 2024)
    assert [row["indikator"] for row in reading.annex.rows] == [row[2] for row in rows]
    assert reading.annex.rows[-1]["2024"] == "60-85"


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (lambda text: text.partition("NO\t")[0], "tabel indikator"),
        (lambda text: text.replace("\t", " "), "tabel indikator"),
    ],
)
def test_a_decree_without_a_table_is_refused(break_it: Callable[[str], str], told: str, tmp_path: Path) -> None:
    (tmp_path / "SK.txt").write_text(break_it(AS_ISSUED), encoding="utf-8")
    with pytest.raises(DataError, match=told):
        read_decree(tmp_path / "SK.txt", tmp_path)


def test_what_is_no_decree_is_left_to_the_tables(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("indikator;2021\nnik;5\n", encoding="utf-8")
    assert read_decree(tmp_path / "a.txt", tmp_path) is None
    assert read_decree(tmp_path / "a.csv", tmp_path) is None


BROKEN = [
    ("decree.toml", "date = 2019-02-03", 'date = ""', "decree.toml"),
    ("decree.toml", "last_year = 2024", "last_year = 2019", "decree.toml"),
    ("decree.toml", "last_year = 2024", "last_year = 2023", "annex.csv"),
    ("annex.csv", "nomor;", "no;", "annex.csv"),
    ("annex.csv", "62,18", "banyak", "annex.csv"),
    ("annex.csv", "3;Meningkatnya akuntabilitas", "4;Meningkatnya akuntabilitas", "annex.csv"),
    ("annex.csv", "B;B;BB", "B;E;BB", "annex.csv"),
    ("indicators.toml", 'read_as = { "2022" = "20,1" }', "read_as = {}", "annex.csv"),
    ("indicators.toml", 'direction = "range"', 'direction = "higher"', "indicators.toml"),
    ("indicators.toml", 'aggregation = "last"   # predikat', 'aggregation = "sum"   # predikat', "indicators.toml"),
    ("indicators.toml", 'scale = ["D", "C",', 'scale = ["D", "d",', "indicators.toml"),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), BROKEN, ids=[f"{each[0]} {each[2]}" for each in BROKEN])
def test_a_broken_folder_is_told_by_its_file(  # noqa: PLR0917
    decree: Path, tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    reading = read_decree(decree, tmp_path / "data")
    assert reading
    folder = write_decree(reading, tmp_path / "data")[0].parent
    assert read_decree_folder(folder)[1] == []
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert told in {problem.file.rpartition("/")[2] for problem in read_decree_folder(folder)[1]}


def test_targets_by_the_count_of_their_years(tmp_path: Path) -> None:
    head, _table = AS_ISSUED.split("NO\tSASARAN")
    rows = "NO\tSASARAN\tINDIKATOR\tSATUAN\tTARGET TAHUN KE-\n"
    rows += "\t\t\t\t1\t2\t3\t4\t5\n1\tS\tJalan mantap\t%\t80\t81\t82\t83\t84\n"
    (tmp_path / "SK.txt").write_text(head + rows, encoding="utf-8")
    reading = read_decree(tmp_path / "SK.txt", tmp_path / "data")
    assert reading
    assert reading.annex.years == (2020, 2021, 2022, 2023, 2024)
    assert reading.annex.rows[0]["2022"] == "82"
    (tmp_path / "SK.txt").write_text(head.replace("2020-2024", "2020-2023") + rows, encoding="utf-8")
    reading = read_decree(tmp_path / "SK.txt", tmp_path / "data")
    assert reading
    assert reading.annex.years == ()
    assert "Kolom TARGET TAHUN KE- / 3 tanpa tahun: tidak dibaca." in show_decree(reading)


def test_the_only_target_is_of_the_only_year(tmp_path: Path) -> None:
    head, _table = AS_ISSUED.split("NO\tSASARAN")
    rows = "NO\tINDIKATOR\tSATUAN\tTARGET\n1\tKemantapan jalan\t%\t80\n"
    (tmp_path / "SK.txt").write_text(head.replace("TAHUN 2020-2024", "TAHUN 2020 s.d. 2020") + rows, encoding="utf-8")
    reading = read_decree(tmp_path / "SK.txt", tmp_path / "data")
    assert reading
    assert reading.annex.rows[0]["2020"] == "80"


def test_grades_beside_their_numbers_and_points_for_commas(tmp_path: Path) -> None:
    text = AS_ISSUED.replace("\tB\tB\tBB\tBB\tA\n", "\tB (65,2)\tB (66)\tBB\tBB (75)\tA\n").replace("20.1", "20.1%")
    (tmp_path / "SK.txt").write_text(text, encoding="utf-8")
    reading = read_decree(tmp_path / "SK.txt", tmp_path / "data")
    assert reading
    by_id = {each[0].value: {setting.word: setting.value for setting in each} for each in reading.proposals}
    assert by_id["sakip"]["scale"] == ["D", "C", "CC", "B", "BB", "A", "AA"]
    assert by_id["sakip"]["read_as"] == {"2020": "B", "2021": "B", "2023": "BB"}
    assert by_id["prevalensi_stunting"]["read_as"] == {"2022": "20,1%"}


def test_a_regulation_is_read_as_a_decree(tmp_path: Path) -> None:
    text = AS_ISSUED.replace("KEPUTUSAN KEPALA DINAS KESEHATAN KABUPATEN CONTOH", "PERATURAN BUPATI CONTOH")
    (tmp_path / "SK.txt").write_text(text, encoding="utf-8")
    reading = read_decree(tmp_path / "SK.txt", tmp_path / "data")
    assert reading
    assert reading.facts.agency == "DINAS KESEHATAN"
