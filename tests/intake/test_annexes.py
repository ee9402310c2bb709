"""Annexes of decrees in the shapes that offices give them: what is the objective, what is a target, of which year."""

from pathlib import Path

import pytest

from iku_analysis.intake.decree_door import DecreeReading, decree_as_proposed, read_decree, show_decree

BODY = """KEPUTUSAN WALI KOTA CONTOH
NOMOR 500 TAHUN 2022
TENTANG
{title}

MEMUTUSKAN :
KESATU : Indikator Kinerja Utama tercantum dalam lampiran.

Ditetapkan di Contoh
pada tanggal 3 Januari 2022

"""
TITLE = "INDIKATOR KINERJA UTAMA DINAS PERHUBUNGAN TAHUN 2022-2024"


def read(folder: Path, *lines: str, title: str = TITLE, body: str = BODY) -> DecreeReading:
    """Return a decree with these lines as its annex, their cells parted by `;`."""
    rows = ["\t".join(cell.strip() for cell in line.split(";")) for line in lines]
    (folder / "SK.txt").write_text("\n".join([body.format(title=title), *rows, ""]), encoding="utf-8")
    reading = read_decree(folder / "SK.txt", folder / "data")
    assert reading
    return reading


HEAD = "No ; Indikator ; Satuan ; 2022 ; 2023 ; 2024"


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        (HEAD, "Sasaran 1 : Jalan yang aman", "Sasaran Strategis II. Jalan yang lancar"),
        (HEAD, "A ; Jalan yang aman ;", "B. ; Jalan yang lancar ;"),
        (HEAD, "II. Jalan yang aman ;", "III. Jalan yang lancar ;"),
        (HEAD.replace("Indikator", "Sasaran / Indikator"), "1 ; Jalan yang aman ;", "2 ; Jalan yang lancar ;"),
        (HEAD.replace("Indikator", "Tujuan/Sasaran/Indikator"), "; Jalan yang aman ;", "; Jalan yang lancar ;"),
    ],
)
def test_a_row_of_words_is_the_objective_of_those_below_it(head: str, first: str, second: str, tmp_path: Path) -> None:
    rows = ("1 ; Kecelakaan lalu lintas ; kasus ; 120 ; 110 ; 100", "2 ; Kematian ; jiwa ; 9 ; 8 ; 7")
    below = "3 ; Kecepatan rata-rata ; km/jam ; 20 ; 22 ; 24"
    reading = read(tmp_path, head, first + " ;" * (";" not in first), *rows, second + " ;" * (";" not in second), below)
    found = [(row["sasaran"], row["indikator"], row["2024"]) for row in reading.annex.rows]
    assert found == [
        ("Jalan yang aman", "Kecelakaan lalu lintas", "100"),
        ("Jalan yang aman", "Kematian", "7"),
        ("Jalan yang lancar", "Kecepatan rata-rata", "24"),
    ]
    assert show_decree(reading).index("Jalan yang lancar") < show_decree(reading).index("Kecepatan")


def test_an_indicator_without_a_target_is_no_objective(tmp_path: Path) -> None:
    reading = read(
        tmp_path, HEAD, "1 ; Kecelakaan ; kasus ; 120 ; 110 ; 100", "2 ; Kematian ;", "3 ; Luka ; jiwa ; 5 ; 4 ; 3"
    )
    assert [row["indikator"] for row in reading.annex.rows] == ["Kecelakaan", "Kematian", "Luka"]
    assert decree_as_proposed(reading)[1]  # refused: nobody knows its targets


def test_results_beside_targets_are_none(tmp_path: Path) -> None:
    head = ("No ; Indikator ; Satuan ; Realisasi ; ; Target ; ; ", "; ; ; 2020 ; 2021 ; 2022 ; 2023 ; 2024")
    reading = read(tmp_path, *head, "1 ; Kecelakaan ; kasus ; 150 ; 140 ; 120 ; 110 ; 100")
    assert reading.annex.years == (2022, 2023, 2024)
    assert [reading.annex.rows[0][year] for year in ("2022", "2023", "2024")] == ["120", "110", "100"]


def test_the_year_of_the_only_targets_is_that_of_the_title(tmp_path: Path) -> None:
    rows = ("No ; Indikator ; Satuan ; Target", "1 ; Hunian ; persen ; 60 - 85", "2 ; Waktu tunggu ; menit ; < 60")
    reading = read(tmp_path, *rows, title="INDIKATOR KINERJA UTAMA RSUD TAHUN 2022")
    assert reading.annex.years == (2022,)
    assert [row["2022"] for row in reading.annex.rows] == ["60 - 85", "< 60"]
    assert (reading.values["first_year"], reading.values["last_year"]) == (2022, 2022)
    of_many = read(tmp_path, *rows)  # 2022-2024: which of them?
    assert of_many.annex.years == ()
    assert "Kolom Target tanpa tahun: tidak dibaca." in show_decree(of_many)


def test_an_amendment_is_for_the_years_of_its_own_annex(tmp_path: Path) -> None:
    title = "PERUBAHAN ATAS KEPUTUSAN NOMOR 1 TAHUN 2021 TENTANG INDIKATOR KINERJA UTAMA TAHUN 2022-2024"
    rows = ("No ; Sasaran ; Indikator ; Satuan ; 2023 ; 2024", "1 ; Aman ; Kecelakaan ; kasus ; 105 ; 95")
    reading = read(tmp_path, *rows, title=title)
    assert (reading.values["first_year"], reading.values["last_year"]) == (2023, 2024)
    assert decree_as_proposed(reading)[1] == []


def test_the_year_of_what_is_amended_is_not_that_of_the_only_targets(tmp_path: Path) -> None:
    title = "PERUBAHAN ATAS KEPUTUSAN WALI KOTA NOMOR 1 TAHUN 2021 TENTANG INDIKATOR KINERJA UTAMA"
    reading = read(tmp_path, "No ; Indikator ; Satuan ; Target", "1 ; Kecelakaan ; kasus ; 105", title=title)
    assert reading.annex.years == ()
    assert [column.name for column in reading.annex.left] == ["Target"]


def test_money_is_read_as_issued(tmp_path: Path) -> None:
    row = "1 ; Retribusi ; Rupiah ; Rp. 1.500.000.000,- ; Rp1.750.000.000 ; 2.000.000.000,-"
    reading = read(tmp_path, HEAD.replace("No", "No ; Sasaran"), row.replace("1 ;", "1 ; Tertib ;", 1))
    decree, problems = decree_as_proposed(reading)
    assert problems == []
    assert decree is not None
    assert list(decree.targets["target"]) == [1_500_000_000, 1_750_000_000, 2_000_000_000]


@pytest.mark.parametrize("word", ["Target ", ""])
def test_the_target_of_a_quarter_is_not_that_of_its_year(word: str, tmp_path: Path) -> None:
    head = f"No ; Indikator ; Satuan ; {word}TW I 2022 ; {word}TW II 2022 ; {word}2022"
    reading = read(tmp_path, head, "1 ; Kecelakaan ; kasus ; 20 ; 50 ; 100", title="IKU TAHUN 2022")
    assert (reading.annex.years, reading.annex.rows[0]["2022"]) == ((2022,), "100")
    told = "Kolom Target TW I 2022 berisi target sebagian tahun: tidak dibaca."
    assert (told in show_decree(reading)) == bool(word)
    half = read(tmp_path, "No ; Indikator ; Satuan ; Target Semester I", "1 ; Luka ; jiwa ; 5", title="IKU TAHUN 2022")
    assert half.annex.years == ()


def test_the_objective_is_the_nearest_to_its_indicators(tmp_path: Path) -> None:
    head = HEAD.replace("Indikator", "Tujuan ; Sasaran ; Indikator")
    reading = read(
        tmp_path, head, "1 ; Selamat ; Aman ; Luka ; jiwa ; 5 ; 4 ; 3", "2 ; ; Lancar ; Macet ; jam ; 3 ; 2 ; 1"
    )
    assert [row["sasaran"] for row in reading.annex.rows] == ["Aman", "Lancar"]


def test_a_definition_under_any_usual_heading(tmp_path: Path) -> None:
    head = HEAD + " ; PENJELASAN / FORMULASI PERHITUNGAN"
    reading = read(tmp_path, head, "1 ; Kecelakaan ; kasus ; 120 ; 110 ; 100 ; kejadian dalam setahun")
    assert reading.annex.rows[0]["definisi"] == "kejadian dalam setahun"


def test_lines_with_strokes_are_a_table(tmp_path: Path) -> None:
    rows = ("| No | Indikator | Satuan | 2022 | 2023 | 2024 |", "| 1 | Kecelakaan | kasus | 120 | 110 | 100 |")
    reading = read(tmp_path, *rows)
    assert [(row["indikator"], row["2024"]) for row in reading.annex.rows] == [("Kecelakaan", "100")]
    assert reading.annex.places == ("baris 14",)


@pytest.mark.parametrize(
    "rows",
    [
        ("|No|Sasaran|Indikator|Satuan|2022|2023|2024|", "|||Kecelakaan|kasus|120|110|100|"),
        ("No | Sasaran | Indikator | Satuan | 2022 | 2023 | 2024", " | | Kecelakaan | kasus | 120 | 110 | 100"),
        (
            "| No | Indikator | Satuan | 2022 | 2023 | 2024 |",
            "|---|:---|---|---|---|---|",
            "|1|Kecelakaan|kasus|120|110|100|",
        ),
    ],
)
def test_blank_cells_between_strokes_keep_their_columns(rows: tuple[str, ...], tmp_path: Path) -> None:
    (row,) = read(tmp_path, *rows).annex.rows
    assert [row[head] for head in ("indikator", "satuan", "2022", "2024")] == ["Kecelakaan", "kasus", "120", "100"]


def test_a_regulation_says_in_its_articles_what_the_indicators_are_for(tmp_path: Path) -> None:
    body = """PERATURAN BUPATI CONTOH
NOMOR 45 TAHUN 2021
TENTANG
{title}

MEMUTUSKAN:
Pasal 1
Indikator Kinerja Utama tercantum dalam Lampiran.
Pasal 2
Indikator Kinerja Utama digunakan sebagai dasar untuk:
a. perencanaan jangka menengah; dan
b. pelaporan akuntabilitas kinerja.

"""
    reading = read(tmp_path, HEAD, "1 ; Kecelakaan ; kasus ; 120 ; 110 ; 100", body=body)
    assert reading.values["agency"] == "DINAS PERHUBUNGAN"
    assert reading.values["uses"] == ["perencanaan jangka menengah", "pelaporan akuntabilitas kinerja"]


def test_more_of_what_is_mended_is_better(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        HEAD,
        "1 ; Temuan ditindaklanjuti ; persen ; 90 ; 95 ; 100",
        "2 ; Temuan ; kasus ; 9 ; 8 ; 7",
        "3 ; Waktu tanggap penanganan kebakaran ; menit ; 15 ; 15 ; 15",
        "4 ; Penurunan waktu tunggu ; persen ; 5 ; 5 ; 5",
    )
    ways = [next(each.value for each in setting if each.word == "direction") for setting in reading.proposals]
    assert ways == ["higher", "lower", "lower", "higher"]


def test_an_article_that_is_cited_decides_nothing(tmp_path: Path) -> None:
    cited = "\nMenimbang : bahwa sesuai dengan\nPasal 5 Peraturan yang menjadi acuan\nMengingat : 1. Satu;\n2. Dua;\n"
    body = BODY.replace("\n\nMEMUTUSKAN", cited + "\nMEMUTUSKAN") + "KEDUA : Digunakan untuk:\na. perencanaan.\n\n"
    reading = read(tmp_path, HEAD, "1 ; Kecelakaan ; kasus ; 120 ; 110 ; 100", body=body)
    assert reading.values["uses"] == ["perencanaan"]


@pytest.mark.parametrize(
    ("issuer", "title", "agency"),
    [
        ("KEPUTUSAN WALI KOTA CONTOH", TITLE, "DINAS PERHUBUNGAN"),
        (
            "PERATURAN MENTERI PERHUBUNGAN",
            "INDIKATOR KINERJA UTAMA (IKU) DI LINGKUNGAN KEMENTERIAN PERHUBUNGAN",
            "KEMENTERIAN PERHUBUNGAN",
        ),
        (
            "PERATURAN BUPATI CONTOH",
            "PERUBAHAN ATAS PERATURAN BUPATI NOMOR 1 TAHUN 2020 TENTANG INDIKATOR KINERJA UTAMA BADAN PAJAK",
            "BADAN PAJAK",
        ),
        ("KEPUTUSAN BUPATI CONTOH", "INDIKATOR KINERJA UTAMA PERANGKAT DAERAH TAHUN 2022-2024", "BUPATI CONTOH"),
        ("KEPUTUSAN KEPALA DINAS PERHUBUNGAN KOTA CONTOH", TITLE, "DINAS PERHUBUNGAN KOTA CONTOH"),
    ],
)
def test_the_agency_is_the_office_of_the_title_where_one_above_it_decides(
    issuer: str, title: str, agency: str, tmp_path: Path
) -> None:
    body = BODY.replace("KEPUTUSAN WALI KOTA CONTOH", issuer)
    reading = read(tmp_path, HEAD, "1 ; Kecelakaan ; kasus ; 120 ; 110 ; 100", title=title, body=body)
    assert reading.values["agency"] == agency


def test_the_number_of_a_ministrys_regulation(tmp_path: Path) -> None:
    body = BODY.replace("NOMOR 500", "NOMOR PM 45")
    reading = read(tmp_path, HEAD, "1 ; Kecelakaan ; kasus ; 120 ; 110 ; 100", body=body)
    assert reading.values["number"] == "PM 45 TAHUN 2022"


@pytest.mark.parametrize(
    ("cells", "read_as", "zero"),
    [
        ("Nihil ; nihil ; NIHIL", {"2022": "0", "2023": "0", "2024": "0"}, "target"),
        ("- ; 1 ; 2", {"2022": "0"}, "not_targeted"),
        ("5 jilid ; 6 jilid ; 7 jilid", {"2022": "5", "2023": "6", "2024": "7"}, "not_targeted"),
    ],
)
def test_targets_of_nothing_and_with_their_unit(cells: str, read_as: dict[str, str], zero: str, tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD, f"1 ; Laporan ; jilid ; {cells}")
    told = {each.word: each.value for each in reading.proposals[0]}
    assert (told["read_as"], told["zero_target"], "scale" in told) == (read_as, zero, False)


def test_the_unit_stands_behind_the_targets_of_years(tmp_path: Path) -> None:
    reading = read(tmp_path, "No ; Indikator ; 2022 ; 2023 ; 2024", "1 ; Kecelakaan ; 120 kasus ; 110 kasus ; 90 kasus")
    decree, problems = decree_as_proposed(reading)
    assert problems == []
    assert decree is not None
    assert (list(decree.indicators["unit"]), list(decree.targets["target"])) == (["kasus"], [120, 110, 90])


def test_a_year_before_the_first_of_the_title_is_a_baseline(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        HEAD.replace("2022", "2021 ; 2022"),
        "1 ; Kecelakaan ; kasus ; 150 ; 120 ; 110 ; 100",
        "Catatan: ; ; x",
    )
    assert reading.annex.years == (2022, 2023, 2024)
    assert [(row["awal"], row["2022"]) for row in reading.annex.rows] == [("150", "120")]
