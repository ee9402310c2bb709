"""Tables that were once misread, each for its kind: now read rightly, asked about, or told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from readings import figures, read, refused
from roots import AREAS, Kind, kinds, write_root

from iku_analysis.intake.door import Import

Text = Callable[..., Path]


def doubts(plan: Import) -> list[str]:
    """Return what is asked about the only file."""
    assert not plan.problems
    return list(plan.files[0].reading.doubts)


@pytest.mark.parametrize(
    "heading",
    [
        *("Prognosa 2022", "Perkiraan 2022", "Usulan 2022", "Pertumbuhan 2022", "Sisa 2022", "Caturwulan I 2022"),
        *("Realisasi Nasional 2022", "Nasional 2022", "Realisasi Tahap I 2022"),
    ],
)
def test_unknown_words_in_a_heading_are_asked_about(root: Path, text: Text, heading: str) -> None:
    plan = read(text(f"LKj 2022\nIndikator;Realisasi 2021;{heading}\nkoperasi;118;121\n"), root)
    assert doubts(plan) == [f"kolom {heading}"]
    left = read(plan.files[0].path, root, **{f"kolom {heading}": "lewati"})
    assert figures(left) == {("koperasi", "2021"): "118 B3"}


@pytest.mark.parametrize(
    "heading",
    [
        "Realisasi Kinerja 2022",
        "Realisasi 2022 (Koperasi)",
        "Hasil Tahun 2022",
        "Capaian Nilai Tahun 2022",
        "Tahun 2022",
    ],
)
def test_plain_words_are_not(root: Path, text: Text, heading: str) -> None:
    if heading.startswith("Capaian"):
        assert doubts(read(text(f"Indikator;{heading}\nkoperasi;121\n"), root)) == [f"kolom {heading}"]
    else:
        assert figures(read(text(f"Indikator;{heading}\nkoperasi;121\n"), root)) == {("koperasi", "2022"): "121 B2"}


def test_last_year_is_not_this_year(root: Path, text: Text) -> None:
    plan = read(text("LKj Tahun 2022\nIndikator;Realisasi Tahun Lalu;Realisasi Tahun Ini\nkoperasi;118;121\n"), root)
    assert doubts(plan) == ["kolom Realisasi Tahun Lalu"]


def test_short_sub_headings_of_target_and_result(root: Path, text: Text) -> None:
    content = "KINERJA 2022\nNo;Indikator;TW I;;TW II;\n;;T;R;T;R\n1;koperasi;25;22;30;\n2;usaha;5;6;7;8\n"
    assert figures(read(text(content), root)) == {
        ("koperasi", "2022-Q1"): "22 D4",
        ("usaha", "2022-Q1"): "6 D5",
        ("usaha", "2022-Q2"): "8 F5",
    }


def test_a_line_for_target_result_and_share(root: Path, text: Text) -> None:
    content = (
        "Indikator;Uraian;TW I 2022;TW II 2022\nkoperasi;Target;25;30\nkoperasi;Realisasi;22;\nkoperasi;Capaian;88;\n"
    )
    plan = read(text(content), root)
    assert figures(plan) == {("koperasi", "2022-Q1"): "22 C3"}
    assert not doubts(plan)
    assert refused(read(text(content.replace("Realisasi", "", 1)), root)) == {(3, "B")}


@pytest.mark.parametrize("column", ["Unit Kerja", "Bidang", "Kategori"])
def test_equal_figures_of_different_parts_are_no_duplicates(root: Path, text: Text, column: str) -> None:
    path = text(f"Indikator;{column};2022\nkoperasi;Bagian Pusat;20\nkoperasi;Bagian Utara;20\n")
    assert doubts(read(path, root)) == [f"kolom {column}"]
    plan = read(path, root, **{f"kolom {column}": "rincian"})
    assert [each.cells["value"] for each in plan.files[0].reading.records] == ["20", "20"]


@pytest.mark.parametrize(
    "line",
    [
        "(Keputusan Kepala Dinas Nomor 154 Tahun 2018)",
        "Sesuai Pergub Nomor 121 Tahun 2020",
        "Dicetak tanggal 10 Januari 2022",
    ],
)
def test_years_of_laws_and_of_printing_are_not_those_of_the_figures(root: Path, text: Text, line: str) -> None:
    path = text(f"CAPAIAN KINERJA\n{line}\nIndikator;TW I;TW II\nkoperasi;22;30\n")
    assert doubts(read(path, root)) == ["tahun"]
    assert set(figures(read(path, root, tahun="2021"))) == {("koperasi", "2021-Q1"), ("koperasi", "2021-Q2")}


@pytest.mark.parametrize(
    "line", ["Tabel No. 3 Realisasi Kinerja Tahun 2022", "Keadaan sampai tanggal 31 Desember 2022"]
)
def test_a_year_of_the_figures_beside_a_number_or_a_day_is_theirs(root: Path, text: Text, line: str) -> None:
    plan = read(text(f"{line}\nIndikator;TW I;TW II\nindeks;80,5;81\n"), root)
    assert set(figures(plan)) == {("indeks", "2022-Q1"), ("indeks", "2022-Q2")}


def test_an_area_named_in_the_title_or_by_the_file_is_asked_about(root: Path, text: Text) -> None:
    content = "REALISASI TAHUN 2022\nIndikator;TW I;TW II\nusaha;500;510\n"
    key = f"wilayah tabel {AREAS[1]}"
    for path in (text(f"SUKU DINAS {AREAS[1].upper()}\n{content}"), text(content, "kota_barat_2022.csv")):
        assert doubts(read(path, root)) == [key]
        assert ("usaha", "2022-Q1", AREAS[1]) in figures(read(path, root, **{key: AREAS[1]}))
        assert ("usaha", "2022-Q1") in figures(read(path, root, **{key: "seluruh wilayah"}))


@pytest.mark.parametrize(
    "content",
    [
        "SUKU DINAS TIMUR TAHUN 2022\nIndikator;TW I\nusaha;500\n",
        "REALISASI TAHUN 2022\nIndikator;TW I\nSuku Dinas Kota Timur;\nusaha;500\n",
        "REALISASI TAHUN 2022\nIndikator;TW I\nusaha;500\nSumber: Suku Dinas Kota Timur\n",
    ],
    ids=["short", "within", "below"],
)
def test_an_area_named_shortly_or_near_the_figures_is_asked_about(root: Path, text: Text, content: str) -> None:
    key = f"wilayah tabel {AREAS[0]}"
    assert doubts(read(text(content), root)) == [key]
    assert set(figures(read(text(content), root, **{key: AREAS[0]}))) == {("usaha", "2022-Q1", AREAS[0])}


def test_the_whole_and_the_agency_are_no_area(root: Path, text: Text) -> None:
    policy = (root / "policy.toml").read_text(encoding="utf-8")
    policy = policy.replace('"Dinas Percontohan"', '"Dinas Kota Timur"').replace(
        "areas", 'province = "Provinsi Laut"\nareas'
    )
    (root / "policy.toml").write_text(policy, encoding="utf-8")
    content = "DINAS KOTA TIMUR PROVINSI LAUT TAHUN 2022\nIndikator;TW I\nusaha;500\n"
    assert set(figures(read(text(content), root))) == {("usaha", "2022-Q1")}
    assert doubts(read(text(content.replace(" PROVINSI LAUT", " KABUPATEN LAUT")), root)) == [
        f"wilayah tabel {AREAS[2]}"
    ]


def test_an_office_below_the_agency_is_asked_about(root: Path, text: Text) -> None:
    content = "KINERJA 2022\nUPT PUSKESMAS MELATI\nIndikator;TW I\nusaha;500\n"
    key = "wilayah tabel UPT PUSKESMAS MELATI"
    assert doubts(read(text(content), root)) == [key]
    assert figures(read(text(content), root, **{key: "lewati"})) == {}
    assert set(figures(read(text(content), root, **{key: "seluruh wilayah"}))) == {("usaha", "2022-Q1")}


def test_a_column_of_offices_holds_areas_or_is_asked_about(root: Path, text: Text) -> None:
    content = "Indikator;Puskesmas;2022\nusaha;Timur;500\n"
    assert set(figures(read(text(content), root))) == {("usaha", "2022", AREAS[0])}
    for name in ("Puskesmas Melati", "Suku Dinas Kota Timur"):
        assert doubts(read(text(content.replace(";Timur", f";{name}")), root)) == ["kolom Puskesmas"]


def test_running_months_are_those_of_their_quarters(root: Path, text: Text) -> None:
    heads = ";".join(f"s/d {month} 2022" for month in ("Maret", "Juni", "September", "Desember"))
    path = text(f"Indikator;{heads}\nkoperasi;10;25;40;60\n")
    assert doubts(read(path, root)) == ["jumlah berjalan koperasi"]
    assert figures(read(path, root, **{"jumlah berjalan koperasi": "selisih"})) == {
        ("koperasi", "2022-Q1"): "10 B2",
        ("koperasi", "2022-Q2"): "15 C2",
        ("koperasi", "2022-Q3"): "15 D2",
        ("koperasi", "2022"): "60 E2",
    }


@pytest.mark.parametrize(
    "content",
    [
        "REALISASI KUMULATIF TAHUN 2022\nIndikator;TW I;TW II\nkoperasi;10;25\n",
        "Indikator;Realisasi per 30 September 2022\nkoperasi;81\n",
    ],
)
def test_what_runs_by_its_title_or_its_day_is_asked_about(root: Path, text: Text, content: str) -> None:
    assert doubts(read(text(content), root)) == ["jumlah berjalan koperasi"]


def test_a_position_at_the_end_of_the_year_is_the_years(root: Path, text: Text) -> None:
    found = figures(read(text("Indikator;Realisasi per Desember 2021\nkoperasi;118\nindeks;80,5\n"), root))
    assert found == {("koperasi", "2021"): "118 B2", ("indeks", "2021"): "80,5 B3"}


def test_two_digits_of_a_year(root: Path, text: Text) -> None:
    found = figures(read(text("Indikator;Nov-21;Des '21;Jan-22\nkoperasi;4;5;6\n"), root))
    assert [period for _indicator, period in found] == ["2021-11", "2021-12", "2022-01"]


def test_another_currency_is_asked_about(root: Path, text: Text) -> None:
    assert doubts(read(text("Indikator;2021\nusaha;Rp4.208\n"), root)) == ["satuan usaha Rp"]


def test_the_only_figures_are_called_jumlah(root: Path, text: Text) -> None:
    path = text(f"Indikator usaha, 2022\nNo;Wilayah;Jumlah\n1;{AREAS[0]};500\n2;{AREAS[1]};510\n")
    assert doubts(read(path, root)) == ["kolom Jumlah"]
    found = figures(read(path, root, **{"kolom Jumlah": "realisasi"}))
    assert found == {("usaha", "2022", AREAS[0]): "500 C3", ("usaha", "2022", AREAS[1]): "510 C4"}


def test_baseline_and_end_are_told(root: Path, text: Text) -> None:
    plan = read(text("Indikator;Kondisi Awal (2019);2020;Kondisi Akhir 2024\nkoperasi;99;119;480\n"), root)
    assert figures(plan) == {("koperasi", "2020"): "119 C2"}
    told = {each.place: each.what for each in plan.files[0].reading.left}
    assert told == {"kolom B": "Kondisi Awal (2019)", "kolom D": "Kondisi Akhir 2024"}


def test_parts_of_a_percentage_in_the_offices_words(root: Path, text: Text) -> None:
    path = text("Indikator tera\nTriwulan;Wajib Tera;Ditera\nTW I 2022;100;90\n")
    answers = {"kolom Wajib Tera": "penyebut", "kolom Ditera": "pembilang"}
    assert figures(read(path, root, **answers)) == {("tera", "2022-Q1"): "90/100 B3"}


def test_the_caption_of_a_word_table_tells_its_year(root: Path, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Tabel 1. Realisasi Kinerja Tahun 2021")
    table = document.add_table(rows=0, cols=3)
    for row in (["Indikator", "TW I", "TW II"], ["koperasi", "5", "6"]):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(tmp_path / "a.docx"))
    assert figures(read(tmp_path / "a.docx", root)) == {
        ("koperasi", "2021-Q1"): "5 B2",
        ("koperasi", "2021-Q2"): "6 C2",
    }


def test_a_running_total_beside_its_quarters_is_held_against_them(root: Path, text: Text) -> None:
    heads = "Indikator;Realisasi TW I 2022;Realisasi TW II 2022;Realisasi s.d. TW II 2022"
    plan = read(text(f"{heads}\nkoperasi;22;30;52\n"), root)
    assert figures(plan) == {("koperasi", "2022-Q1"): "22 B2", ("koperasi", "2022-Q2"): "30 C2"}
    assert not doubts(plan)
    assert [(each.place, each.what) for each in plan.files[0].reading.left] == [("D2", "52")]
    assert refused(read(text(f"{heads}\nkoperasi;22;30;53\n"), root)) == {(2, "D")}


def test_parts_of_a_year_before_a_stroke(root: Path, text: Text) -> None:
    found = figures(read(text("Indikator;TW III/2022;Semester 1/2021\nkoperasi;5;6\n"), root))
    assert set(found) == {("koperasi", "2022-Q3"), ("koperasi", "2021-S1")}


def test_money_without_a_programme_is_told(root: Path, text: Text) -> None:
    plan = read(
        text("Indikator;Target 2022;Realisasi 2022;Pagu Anggaran 2022\nkoperasi;150;121;Rp1.500.000,00\n"), root
    )
    assert figures(plan) == {("koperasi", "2022"): "121 C2"}
    assert "Rp1.500.000,00" in [each.what for each in plan.files[0].reading.left]


def test_a_subtotal_of_areas_is_held_against_its_parts(root: Path, text: Text) -> None:
    lines = [f"{AREAS[0]};5", f"{AREAS[1]};6", "Sub Jumlah Kota;11", f"{AREAS[2]};7", "Jumlah;18"]
    plan = read(text("Indikator usaha\nWilayah;2022\n" + "\n".join(lines) + "\n"), root)
    assert [value.split()[0] for value in figures(plan).values()] == ["5", "6", "7"]
    lines[2] = "Sub Jumlah Kota;12"
    assert refused(read(text("Indikator usaha\nWilayah;2022\n" + "\n".join(lines) + "\n"), root)) == {(5, "B")}


def test_a_figure_in_another_unit_can_be_left(root: Path, text: Text) -> None:
    path = text("Indikator;Realisasi 2021 (%)\nkoperasi;79\nusaha;5000\n")
    plan = read(path, root, **{"satuan koperasi %": "lewati", "satuan usaha %": "sama"})
    assert figures(plan) == {("usaha", "2021"): "5.000 B3"}


def test_an_error_of_a_formula_is_named(root: Path, text: Text) -> None:
    (problem,) = read(text("Indikator;2021\nkoperasi;#REF!\n"), root).problems
    assert "rumus" in problem.mend


def test_bare_numerals_below_a_title_of_semesters(root: Path, text: Text) -> None:
    content = "LAPORAN SEMESTERAN TAHUN 2022\nIndikator;Realisasi;\n;I;II\nkoperasi;5;6\n"
    assert set(figures(read(text(content), root))) == {("koperasi", "2022-S1"), ("koperasi", "2022-S2")}
    quarters = content.replace("SEMESTERAN ", "")
    assert set(figures(read(text(quarters), root))) == {("koperasi", "2022-Q1"), ("koperasi", "2022-Q2")}


@pytest.mark.parametrize("mark", ["", ": "])
def test_a_period_in_cells_above_the_table(root: Path, text: Text, mark: str) -> None:
    content = f"Tahun;{mark}2022\nTriwulan;{mark}II\nIndikator;Realisasi\nkoperasi;30\n"
    assert figures(read(text(content), root)) == {("koperasi", "2022-Q2"): "30 B4"}


SPLIT = ["Tahun;Koperasi;UKM\n;bersertifikat NIK;aktif\n", "Tahun;Jumlah;UKM aktif\n;Koperasi bersertifikat NIK;\n"]
SPLIT += [
    "Tahun;Koperasi;UKM\n;bersertifikat;aktif\n;NIK;\n",
    "Tahun;Realisasi;\n;Koperasi;UKM\n;bersertifikat NIK;aktif\n",
]


@pytest.mark.parametrize("heads", SPLIT)
def test_a_name_split_over_rows_of_headings(root: Path, text: Text, heads: str) -> None:
    decree = root / "decrees/2018/decree.txt"
    words = decree.read_text(encoding="utf-8").replace("Indikator koperasi", "Koperasi bersertifikat NIK")
    decree.write_text(words.replace("Indikator usaha", "UKM aktif"), encoding="utf-8")
    found = figures(read(text(f"{heads}2021;5;5000\n2022;6;6000\n"), root))
    assert {key: value.split()[0] for key, value in found.items()} == {
        ("koperasi", "2021"): "5",
        ("koperasi", "2022"): "6",
        ("usaha", "2021"): "5.000",
        ("usaha", "2022"): "6.000",
    }


def test_words_below_a_name_that_are_not_its_own_are_asked_about(root: Path, text: Text) -> None:
    plan = read(text("Tahun;koperasi;usaha\n;baru;\n2021;5;5000\n2022;6;6000\n"), root)
    assert doubts(plan) == ["kolom koperasi / baru"]


@pytest.mark.parametrize(
    "heads",
    [
        "Indikator;Bulan;;;Jumlah\n;1;2;3;\n",
        "Indikator;Realisasi;;;Jumlah\n;Bulan ke-;;;\n;01;02;03;\n",
        "Indikator;Bulan ke-1;Bulan ke-2;Bulan 3;Jumlah\n",
    ],
)
def test_months_by_their_numbers(root: Path, text: Text, heads: str) -> None:
    found = figures(read(text(f"KINERJA 2022\n{heads}koperasi;4;5;6;15\n"), root))
    assert [(period, value.split()[0]) for (_id, period), value in found.items()] == [
        ("2022-01", "4"),
        ("2022-02", "5"),
        ("2022-03", "6"),
    ]


def test_a_span_of_months_by_their_numbers(root: Path, text: Text) -> None:
    for words, period in (("1-3", "2022-Q1"), ("7 - 12", "2022-S2"), ("ke-2", "2022-02")):
        found = figures(read(text(f"Laporan Bulan {words} Tahun 2022\nIndikator;Realisasi\nindeks;80,5\n"), root))
        assert set(found) == {("indeks", period)}


def test_roman_numerals_below_months_are_no_quarters(root: Path, text: Text) -> None:
    assert len(doubts(read(text("KINERJA 2022\nIndikator;Realisasi Bulan;\n;I;II\nkoperasi;4;5\n"), root))) == 2


def test_numbers_below_month_and_result_are_a_line(root: Path, text: Text) -> None:
    content = "Indikator koperasi\nKINERJA 2022\nBulan;Realisasi\n1;2\n2;3\n"
    assert figures(read(text(content), root)) == {("koperasi", "2022-01"): "2 B4", ("koperasi", "2022-02"): "3 B5"}


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    """A data root with a grade (sakip), an index (ikm) and a count (kunjungan), without a figure."""
    root = kinds(tmp_path / "kinds")
    shutil.rmtree(root / "realisations")
    return root


@pytest.mark.parametrize("cell", ["{} ({})", "{} / {}", "{} - {}"])
@pytest.mark.parametrize("first", ["grade", "number"])
def test_a_grade_beside_its_number(graded: Path, text: Text, cell: str, first: str) -> None:
    written = cell.format(*(("B", "66,12") if first == "grade" else ("66,12", "B")))
    plan = read(text(f"Indikator;2021\nsakip;{written}\nikm;{written}\n"), graded)
    assert not plan.problems
    assert figures(plan) == {("sakip", "2021"): "B B2", ("ikm", "2021"): "66,12 B3"}
    assert f"kinerja.csv B3, “{written}”" in plan.texts["realisations/kinerja.csv.csv"]


def test_what_is_no_grade_of_the_scale_beside_a_number_is_refused(graded: Path, text: Text) -> None:
    lines = ["sakip;Baik (66,12)", "ikm;66,12 (ribu)", "diklat;66 (B)", "bor;60 (70)"]
    plan = read(text("Indikator;2021-S1\n" + "\n".join(lines) + "\n"), graded)
    assert refused(plan) >= {(3, "B"), (4, "B"), (5, "B")}
    assert figures(plan) == {("sakip", "2021-S1"): "Baik (66,12) B2"}
    alone = read(text("Indikator;2021\nsakip;Baik (66,12)\n"), graded)
    assert refused(alone) == {(2, "B")}


@pytest.mark.parametrize(
    ("mark", "status", "told"),
    [
        *((mark, "sementara", "") for mark in ("*", " (P)", "p", " p)", " xx)", " (angka sangat sementara)", "**)")),
        *((mark, "final", "angka diperbaiki") for mark in ("r", " r", " r)", " (r)", " (angka diperbaiki)")),
    ],
)
def test_marks_of_provisional_and_revised_years(root: Path, text: Text, mark: str, status: str, told: str) -> None:
    for content in (f"Indikator;2021;2022{mark}\nusaha;5;6\n", f"Tahun;usaha\n2021;5\n2022{mark};6\n"):
        plan = read(text(content), root)
        assert not doubts(plan)
        *_first, last = plan.files[0].reading.records
        assert (last.cells["period"], last.cells["status"], last.cells["origin"]) == ("2022", status, told)


@pytest.mark.parametrize(("mark", "status", "told"), [("p)", "sementara", ""), ("r)", "final", "angka diperbaiki")])
def test_marks_of_provisional_and_revised_figures(root: Path, text: Text, mark: str, status: str, told: str) -> None:
    (record,) = read(text(f"Indikator;2022\nusaha;5 {mark}\n"), root).files[0].reading.records
    assert (record.cells["value"], record.cells["status"], record.cells["origin"]) == ("5", status, told)


def test_a_mark_in_the_title_is_of_all_figures(root: Path, text: Text) -> None:
    for title, status, told in (("2022*", "sementara", ""), ("2022 (angka diperbaiki)", "final", "angka diperbaiki")):
        (record,) = read(text(f"KINERJA {title}\nIndikator;TW I\nusaha;5\n"), root).files[0].reading.records
        assert (record.cells["status"], record.cells["origin"]) == (status, told)


def test_a_revised_figure_beyond_what_can_be_is_refused_as_any_other(root: Path, text: Text) -> None:
    assert refused(read(text("Indikator;2022 r\ntera;150\n"), root)) == {(2, "B")}


@pytest.mark.parametrize("words", ["Prognosis", "estimasi", "rencana", "target", "capaian", "tahun lalu", "e"])
def test_words_in_brackets_that_are_no_results_are_asked_about(root: Path, text: Text, words: str) -> None:
    assert doubts(read(text(f"Indikator;2021;Realisasi 2022 ({words})\nusaha;5;6\n"), root)) == [
        f"kolom Realisasi 2022 ({words})"
    ]


@pytest.mark.parametrize(
    "name", ["Rata-rata Capaian", "Rata - rata capaian kinerja 2022", "Nilai Rata-rata Capaian IKU:"]
)
def test_the_mean_of_what_was_achieved_is_a_footer(root: Path, text: Text, name: str) -> None:
    plan = read(text(f"Indikator;Realisasi 2022\nkoperasi;121\ntera;92\n{name};80\n"), root)
    assert not doubts(plan)
    assert set(figures(plan)) == {("koperasi", "2022"), ("tera", "2022")}
    assert [left.place for left in plan.files[0].reading.left] == ["baris 4"]


def test_an_indicator_called_like_a_mean_is_none(root: Path, text: Text) -> None:
    decree = root / "decrees/2018/decree.txt"
    words = decree.read_text(encoding="utf-8").replace("Indikator indeks", "Rata-rata Capaian Kinerja")
    decree.write_text(words, encoding="utf-8")
    plan = read(text("Indikator;Realisasi 2022\nkoperasi;121\nRata-rata Capaian Kinerja;80\n"), root)
    assert figures(plan) == {("koperasi", "2022"): "121 B2", ("indeks", "2022"): "80 B3"}


def test_an_index_on_another_scale_than_its_target_is_asked_about(root: Path, text: Text) -> None:
    path = text("Indikator;2021;2022\nindeks;3,28;3\n")
    assert doubts(read(path, root)) == ["skala indeks"]
    assert figures(read(path, root, **{"skala indeks": "kali 25"})) == {
        ("indeks", "2021"): "82 B2",
        ("indeks", "2022"): "75 C2",
    }
    assert figures(read(path, root, **{"skala indeks": "apa adanya"}))["indeks", "2022"] == "3 C2"
    plan = read(path, root, **{"skala indeks": "lewati"})
    assert [left.what for left in plan.files[0].reading.left] == ["3,28", "3"]


def test_a_position_far_from_its_target_is_not(root: Path, text: Text) -> None:
    assert not doubts(read(text("Indikator;TW I 2021\nindeks;3\nkoperasi;3\ntumbuh;2,5\n"), root))


def test_one_figure_of_an_index_on_another_scale_is_asked_about_alone(root: Path, text: Text) -> None:
    plan = read(text("Indikator;2021;2022\nindeks;3,28;80,5\n"), root, **{"skala indeks": "kali 25"})
    assert figures(plan) == {("indeks", "2021"): "82 B2", ("indeks", "2022"): "80,5 C2"}


def test_an_index_far_above_its_target_is_asked_about(root: Path, text: Text) -> None:
    decree = root / "decrees/2018/decree.txt"
    words = decree.read_text(encoding="utf-8").replace("80,5\t81\t82\t82,5\t83", "3,1\t3,2\t3,2\t3,3\t3,4")
    decree.write_text(words, encoding="utf-8")
    assert doubts(read(text("Indikator;2021;2022\nindeks;82;83,5\n"), root)) == ["skala indeks"]


@pytest.mark.parametrize("above", ["Prognosa", "Realisasi Nasional", "Pertumbuhan", "Realisasi Tahun Lalu"])
def test_unknown_words_above_a_name_are_asked_about(root: Path, text: Text, above: str) -> None:
    plan = read(text(f"Tahun;{above};usaha\n;koperasi;\n2021;5;6\n2022;7;8\n"), root)
    assert doubts(plan) == [f"kolom {above} / koperasi"]


def test_shares_above_a_name_are_no_results(root: Path, text: Text) -> None:
    plan = read(text("Tahun;Capaian;usaha\n;koperasi;\n2021;5;6\n2022;7;8\n"), root)
    assert set(figures(plan)) == {("usaha", "2021"), ("usaha", "2022")}
    assert "Capaian / koperasi" in [left.what for left in plan.files[0].reading.left]


def test_a_target_below_whose_heading_a_name_stands_is_no_result(root: Path, text: Text) -> None:
    plan = read(text("Periode;Target;Realisasi\n;koperasi;koperasi\n2021;140;5\n2022;150;7\n"), root)
    assert figures(plan) == {("koperasi", "2021"): "5 C3", ("koperasi", "2022"): "7 C4"}
    assert [left.what for left in plan.files[0].reading.left] == ["140", "150"]
    alone = read(text("Periode;Target\n;koperasi\n2021;140\n2022;150\n"), root)
    assert figures(alone) == {}


@pytest.mark.parametrize("count", ["2021", "1904,0"])
@pytest.mark.parametrize("rows", ["koperasi;5\nusaha;{}\n", "usaha;{}\n"], ids=["last", "only"])
def test_a_count_like_a_year_in_the_last_row_is_no_title(root: Path, text: Text, count: str, rows: str) -> None:
    first = f"Kinerja 2021\nIndikator;Realisasi\n{rows.format(count)}\n"
    plan = read(text(f"{first}Kinerja 2022\nIndikator;Realisasi\nusaha;6000\n"), root)
    assert not doubts(plan)
    found = {key: value.split()[0] for key, value in figures(plan).items() if key[0] == "usaha"}
    assert found == {("usaha", "2021"): "2.021" if count == "2021" else "1.904", ("usaha", "2022"): "6.000"}


def test_a_count_like_a_year_beside_a_period_is_no_title(root: Path, text: Text) -> None:
    first = "Indikator usaha\nPeriode;Realisasi\n2020;5000\n2021;2005\n\n"
    plan = read(text(f"{first}Indikator koperasi\nPeriode;Realisasi\n2021;6\n"), root)
    assert {key: value.split()[0] for key, value in figures(plan).items()} == {
        ("usaha", "2020"): "5.000",
        ("usaha", "2021"): "2.005",
        ("koperasi", "2021"): "6",
    }


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("Periode;Realisasi\n2020;2021\n2022;5000\n", {"2020": "2.021", "2022": "5.000"}),
        ("Periode;Realisasi\n2021;2005\n2022;2010\n", {"2021": "2.005", "2022": "2.010"}),
        ("Tahun;TW I;TW II\n2021;2022;6\n2022;;5010\n", {"2021-Q1": "2.022", "2021-Q2": "6", "2022-Q2": "5.010"}),
        ("Tahun;Triwulan;Realisasi\n2021;I;2005\n2021;II;5\n", {"2021-Q1": "2.005", "2021-Q2": "5"}),
    ],
)
def test_a_count_like_a_year_in_the_first_row_is_no_heading(
    root: Path, text: Text, content: str, found: dict[str, str]
) -> None:
    plan = read(text(f"Indikator usaha\n{content}"), root)
    assert {period: value.split()[0] for (_id, period), value in figures(plan).items()} == found


def test_counts_like_years_alone_below_the_names_of_indicators(root: Path, text: Text) -> None:
    plan = read(text("Periode;usaha;tumbuh;indeks;koperasi\n2022;2015,0;0,01;70,0;1,0\n"), root)
    assert figures(plan)["usaha", "2022"] == "2.015 B2"


@pytest.mark.parametrize(
    ("cell", "below", "meant"),
    [
        ("5000r", "Keterangan: r = angka diperbaiki", ("final", "angka diperbaiki")),
        ("5.000 r", "r : angka revisi", ("final", "angka diperbaiki")),
        ("5.000 (r)", "", ("final", "angka diperbaiki")),
        ("5.000 p", "p Angka sementara/Preliminary figures", ("sementara", "")),
        ("5.000 1)", "Catatan: 1) angka sementara", ("sementara", "")),
        ("5.000¹", "¹⁾ angka sementara", ("sementara", "")),
        ("5.000 1)", "", ("final", "")),
        ("5.000*)", "*) angka sementara", ("sementara", "")),
        ("5.000*)", "*) termasuk binaan provinsi", ("final", "* termasuk binaan provinsi")),
        ("5.000*", "*);termasuk binaan", ("final", "* termasuk binaan")),
        ("5.000**", "Catatan: * angka sementara; ** angka diperbaiki", ("final", "angka diperbaiki")),
        ("5.000 (sementara)", "", ("sementara", "")),
        ("5.000 (prov)", "", ("sementara", "")),
    ],
)
def test_the_legend_says_what_a_mark_means(
    root: Path, text: Text, cell: str, below: str, meant: tuple[str, str]
) -> None:
    for content in (f"Indikator;2022\nusaha;{cell}\n{below}\n", f"{below}\n\nIndikator;2022\nusaha;{cell}\n"):
        plan = read(text(content), root)
        assert not doubts(plan)
        (record,) = plan.files[0].reading.records
        assert (record.cells["value"], record.cells["status"], record.cells["origin"]) == ("5.000", *meant)


def test_the_legend_says_what_the_mark_of_a_period_means(root: Path, text: Text) -> None:
    content = "Indikator;2021;2022*)\nusaha;5;6\n*) termasuk binaan provinsi\n"
    *_first, last = read(text(content), root).files[0].reading.records
    assert (last.cells["status"], last.cells["origin"]) == ("final", "* termasuk binaan provinsi")


@pytest.mark.parametrize(
    ("mark", "below", "key"),
    [
        ("r", "", "tanda r"),
        (" p", "", "tanda p"),
        ("*)", "*) s.d. November 2022", "tanda * s.d. November 2022"),
        (" e)", "", "tanda e angka estimasi"),
        ("*", "* angka estimasi", "tanda * angka estimasi"),
    ],
)
def test_a_mark_that_nothing_explains_is_asked_about(root: Path, text: Text, mark: str, below: str, key: str) -> None:
    path = text(f"Indikator;2022\nusaha;5.000{mark}\n{below}\n")
    assert doubts(read(path, root)) == [key]
    for answer, status in (("sementara", "sementara"), ("diperbaiki", "final"), ("bukan keduanya", "final")):
        (record,) = read(path, root, **{key: answer}).files[0].reading.records
        assert (record.cells["value"], record.cells["status"]) == ("5.000", status)
    assert figures(read(path, root, **{key: "lewati"})) == {}


def test_a_numbered_row_is_no_legend(root: Path, text: Text) -> None:
    plan = read(text("Indikator;2022\n1) koperasi;121\n2) usaha;5.000 1)\n"), root)
    assert [each.cells["origin"] for each in plan.files[0].reading.records] == ["", ""]
    assert refused(read(text("Indikator;2022\n1) koperasi;lima\nusaha;5.000\n"), root)) == {(2, "B")}


def test_notes_beside_each_other_are_notes(root: Path, text: Text) -> None:
    plan = read(text("Indikator;2022\nusaha;5.000**\n*) angka sementara;**) angka diperbaiki\n"), root)
    assert not doubts(plan)
    assert [each.cells["origin"] for each in plan.files[0].reading.records] == ["angka diperbaiki"]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("LAPORAN 3 BULAN PERTAMA TAHUN 2022", "2022-Q1"),
        ("LAPORAN 6 BULAN KEDUA TAHUN 2022", "2022-S2"),
        ("LAPORAN TRIWULANAN: TRIWULAN III 2022", "2022-Q3"),
        ("LAPORAN TRIWULAN I DAN II TAHUN 2022", "2022-S1"),
        ("LAPORAN TRIWULAN I/II TAHUN 2022", "2022-S1"),
        ("LAPORAN TRIWULAN II, 3 KEGIATAN, TAHUN 2022", "2022-Q2"),
        ("LAPORAN TRIWULAN I-IV TAHUN 2022", "2022"),
        ("LAPORAN TW III S.D. TW IV TAHUN 2022", "2022-S2"),
    ],
)
def test_the_part_of_the_year_that_a_title_names(root: Path, text: Text, title: str, period: str) -> None:
    assert set(figures(read(text(f"{title}\nIndikator;Realisasi\nindeks;80,5\n"), root))) == {("indeks", period)}


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("LAPORAN TRIWULAN TAHUN 2022", "bagian tahun triwulan"),
        ("LAPORAN 3 BULAN TAHUN 2022", "bagian tahun 3 bulan"),
        ("LAPORAN SEMESTERAN 2022", "bagian tahun semesteran"),
        ("LAPORAN BULANAN TAHUN 2022", "bagian tahun bulanan"),
        ("LAPORAN 9 BULAN TAHUN 2022", "bagian tahun 9 bulan"),
        ("LAPORAN CATURWULAN II 2022", "bagian tahun caturwulan"),
        ("LAPORAN TRIWULAN V 2022", "bagian tahun triwulan"),
    ],
)
def test_a_part_of_the_year_that_a_title_does_not_name_is_asked_about(
    root: Path, text: Text, title: str, key: str
) -> None:
    path = text(f"{title}\nIndikator;Target 2022;Realisasi\nindeks;83;80,5\n")
    assert doubts(read(path, root)) == [key]
    assert set(figures(read(path, root, **{key: "setahun"}))) == {("indeks", "2022")}
    assert figures(read(path, root, **{key: "lewati"})) == {}
    quarters = text(f"{title}\nIndikator;TW I;TW II\nindeks;80,5;81\n", "triwulan.csv")
    assert set(figures(read(quarters, root))) == {("indeks", "2022-Q1"), ("indeks", "2022-Q2")}


def test_the_part_of_the_year_that_was_said(root: Path, text: Text) -> None:
    for title, key, answer, period in (
        ("TRIWULANAN", "triwulanan", "TW III", "Q3"),
        ("SEMESTERAN", "semesteran", "Semester II", "S2"),
        ("BULANAN", "bulanan", "bulan 8", "08"),
    ):
        path = text(f"LAPORAN {title} 2022\nIndikator;Realisasi\nindeks;80,5\n")
        found = figures(read(path, root, **{f"bagian tahun {key}": answer}))
        assert set(found) == {("indeks", f"2022-{period}")}


@pytest.mark.parametrize("quarters", ["I DAN III", "I, II DAN III", "II/III"])
def test_quarters_that_are_no_span_are_asked_about(root: Path, text: Text, quarters: str) -> None:
    plan = read(text(f"LAPORAN TRIWULAN {quarters} TAHUN 2022\nIndikator;Realisasi\nindeks;80,5\n"), root)
    assert doubts(plan) == ["tahun"]
    assert refused(read(text("Indikator;Periode;Nilai\nindeks;Triwulan I dan III 2022;80,5\n"), root)) == {(2, "B")}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("Tahun;TW I\n2021;5\n2022;6\n", {"2021-Q1": "5", "2022-Q1": "6"}),
        ("Tahun;TW I\n2021;5\n", {"2021-Q1": "5"}),
        ("Triwulan;2022\nI;5\nII;6\n", {"2022-Q1": "5", "2022-Q2": "6"}),
        ("Periode;2022\nTW I;5\nTW II;6\n", {"2022-Q1": "5", "2022-Q2": "6"}),
        ("Tahun;2022\nPeriode;Realisasi\nTW I;5\nTW II;6\n", {"2022-Q1": "5", "2022-Q2": "6"}),
    ],
)
def test_two_headings_of_periods(root: Path, text: Text, content: str, found: dict[str, str]) -> None:
    plan = read(text(f"Indikator koperasi\n{content}"), root)
    assert {period: value.split()[0] for (_id, period), value in figures(plan).items()} == found


def test_a_word_between_target_and_its_quarters(root: Path, text: Text) -> None:
    heads = "Indikator;Target;;Realisasi;\n;Triwulan;;Triwulan;\n;I;II;I;II\n"
    found = figures(read(text(f"KINERJA 2022\n{heads}koperasi;25;30;22;31\n"), root))
    assert found == {("koperasi", "2022-Q1"): "22 D5", ("koperasi", "2022-Q2"): "31 E5"}


def test_a_whole_number_with_three_zeros_behind_its_comma_is_refused(root: Path, text: Text) -> None:
    assert refused(read(text("Indikator;2022\nusaha;5,000\nindeks;82,000\n"), root)) == {(2, "B")}


def test_a_minus_apart_from_its_number(root: Path, text: Text) -> None:
    assert figures(read(text("Indikator;2022\ntumbuh;– 0,5\n"), root)) == {("tumbuh", "2022"): "-0,5 B2"}


def test_a_total_of_some_areas_by_its_name(root: Path, text: Text) -> None:
    lines = [f"{AREAS[0]};5", f"{AREAS[1]};6", "Jumlah Kota;11", f"{AREAS[2]};7", "Jumlah Seluruh Provinsi;18"]
    plan = read(text("Indikator usaha\nWilayah;2022\n" + "\n".join(lines) + "\n"), root)
    assert [value.split()[0] for value in figures(plan).values()] == ["5", "6", "7"]


def test_signatures_beside_each_other_are_a_footer(root: Path, text: Text) -> None:
    signed = (
        "\n;;Kota, 5 Juli 2022\n;Mengetahui;Penyusun\n;Kepala Dinas;Kasubbag\n\n;FULAN;FULANAH\n;NIP. 1970;NIP. 1980\n"
    )
    plan = read(text(f"No;Indikator;TW I 2022\n1;koperasi;5\n{signed}"), root)
    assert not doubts(plan)
    assert set(figures(plan)) == {("koperasi", "2022-Q1")}
    words = "No;Indikator;TW I 2022\n1;koperasi;5\n\n2;usaha;lima\n"
    assert refused(read(text(words), root)) == {(4, "C")}


@pytest.mark.parametrize(
    "content", [f"Wilayah;TW I 2022\n{AREAS[0]};5\n\n{AREAS[1]};lima\n", "Triwulan;2022\nI;5\n\nII;lima\n"]
)
def test_words_below_a_blank_row_beside_an_area_or_a_period_are_no_footer(root: Path, text: Text, content: str) -> None:
    assert refused(read(text(f"Indikator koperasi\n{content}"), root)) == {(5, "B")}


@pytest.mark.parametrize(
    "title", ["JUMLAH SISWA SD TAHUN 2022", "Tamat sampai SMA 2022", "Usia hingga lima tahun, 2022"]
)
def test_words_like_those_of_running_totals(root: Path, text: Text, title: str) -> None:
    assert not doubts(read(text(f"{title}\nIndikator;Realisasi\nkoperasi;121\n"), root))


@pytest.mark.parametrize(
    "title", ["Realisasi SD TW III 2022", "Realisasi hingga akhir 2022", "Realisasi sampai Juni 2022"]
)
def test_running_totals_without_dots(root: Path, text: Text, title: str) -> None:
    (key,) = doubts(read(text(f"{title}\nIndikator;Realisasi\nkoperasi;121\n"), root))
    assert key in ("jumlah berjalan koperasi", "s.d. koperasi")


def test_a_grade_with_its_words(graded: Path, text: Text) -> None:
    plan = read(
        text("Indikator;2021;2022\nsakip;B (Baik);BB / Sangat Baik\nopini;;Wajar Tanpa Pengecualian (WTP)\n"), graded
    )
    assert [value.split()[0] for value in figures(plan).values()] == ["B", "BB", "WTP"]
    assert refused(read(text("Indikator;2021\nsakip;B (target BB)\n"), graded)) == {(2, "B")}


def write_word(path: Path, *parts: str | list[list[str]]) -> Path:
    """Write paragraphs and tables as a Word document."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=0, cols=len(part[0]))
        for row in part:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    document.save(str(path))
    return path


def test_all_lines_of_a_title_above_a_word_table(root: Path, tmp_path: Path) -> None:
    table = [["Indikator", "Realisasi"], ["koperasi", "6"]]
    for lines in (
        ["LAPORAN TRIWULAN II TAHUN 2022", "Realisasi:"],
        ["LAPORAN TRIWULAN II", "", "Tabel 1. Realisasi Tahun 2022", ""],
        ["Tahun 2021 belum baik.", "Realisasi TW II 2022"],
    ):
        plan = read(write_word(tmp_path / "a.docx", *lines, table), root)
        assert set(figures(plan)) == {("koperasi", "2022-Q2")}


def test_the_notes_below_a_word_table_are_its_own(root: Path, tmp_path: Path) -> None:
    table = [["Indikator", "2022"], ["usaha", "6*)"]]
    parts = (
        table,
        "",
        "*) termasuk binaan",
        "Sumber: Bidang UKM",
        "Realisasi",
        [["Indikator", "2021"], ["usaha", "5*)"]],
    )
    first, second = read(write_word(tmp_path / "a.docx", *parts), root).files[0].reading.records
    assert (first.cells["status"], first.cells["source"]) == ("final", "Bidang UKM")
    assert (second.cells["status"], second.cells["source"]) == ("sementara", "a.docx")


@pytest.mark.parametrize("titles", [("1) Realisasi TW I 2022", "2) Realisasi TW II 2022"), ("a) TW I", "b) TW II")])
def test_a_numbered_title_below_a_word_table(root: Path, tmp_path: Path, titles: tuple[str, str]) -> None:
    tables = [[["Indikator", "Realisasi"], ["koperasi", value]] for value in ("5", "6")]
    plan = read(write_word(tmp_path / "2022.docx", titles[0], tables[0], titles[1], tables[1]), root)
    found = [(each.cells["period"], each.cells["value"]) for each in plan.files[0].reading.records]
    assert found == [("2022-Q1", "5"), ("2022-Q2", "6")]


def test_a_numbered_note_below_a_word_table(root: Path, tmp_path: Path) -> None:
    tables = [[["Indikator", "TW I"], ["koperasi", value]] for value in ("5 1)", "6")]
    plan = read(write_word(tmp_path / "2022.docx", tables[0], "1) tanpa TW IV 2021", tables[1]), root)
    assert doubts(plan) == ["tanda 1 tanpa TW IV 2021"]
    assert set(figures(plan)) == {("koperasi", "2022-Q1")}  # of the second table


def test_codes_of_regions_beside_areas_are_no_indicators(root: Path, text: Text) -> None:
    content = f"Indikator usaha 2022\nKode;Kabupaten/Kota;TW I\n31.71;{AREAS[0]};5\n31.72;{AREAS[1]};6\n"
    found = figures(read(text(content), root))
    assert found == {("usaha", "2022-Q1", AREAS[0]): "5 C3", ("usaha", "2022-Q1", AREAS[1]): "6 C4"}


@pytest.mark.parametrize("name", ["1. {}", "01 {}", "3171 {}", "[31.71] {}", "(1) {}", "2) {}", "31.71 - {}"])
def test_areas_behind_their_numbers(root: Path, text: Text, name: str) -> None:
    path = text(f"Indikator usaha 2022\nWilayah;TW I\n{name.format(AREAS[0])};5\n")
    assert set(figures(read(path, root))) == {("usaha", "2022-Q1", AREAS[0])}


def test_thousands_that_a_note_below_speaks_of(root: Path, text: Text) -> None:
    path = text("KINERJA 2022\nIndikator;TW I\nusaha;5\nKeterangan: angka dalam ribuan\n")
    (key,) = doubts(read(path, root))
    assert figures(read(path, root, **{key: "kali 1.000"})) == {("usaha", "2022-Q1"): "5.000 B3"}


@pytest.mark.parametrize("mark", ["*)", " *", " 1)"])
def test_a_mark_behind_the_name_of_an_indicator_or_area(root: Path, text: Text, mark: str) -> None:
    legend = f"{mark.strip()} angka sementara\n"
    for content in (
        f"KINERJA 2022\nIndikator;TW I\nIndikator usaha{mark};5\n{legend}",
        f"Indikator usaha 2022\nWilayah;TW I\n{AREAS[0]}{mark};5\n{legend}",
    ):
        plan = read(text(content), root)
        assert not doubts(plan)
        assert [each.cells["status"] for each in plan.files[0].reading.records] == ["sementara"]


def test_states_of_figures_as_they_are_called(root: Path, text: Text) -> None:
    names = ["Angka Tetap", "tetap", "Final", "Angka Sementara", "sangat sementara"]
    rows = "".join(f"indeks;2022-0{place};80;{name}\n" for place, name in enumerate(names, start=1))
    plan = read(text(f"Indikator;Periode;Nilai;Status\n{rows}"), root)
    assert not plan.problems
    assert [each.cells["status"] for each in plan.files[0].reading.records] == ["final"] * 3 + ["sementara"] * 2


def test_figures_after_the_period_of_the_title_are_asked_about(root: Path, text: Text) -> None:
    path = text("LAPORAN S.D. TRIWULAN II 2022\nIndikator;TW I;TW II;TW III;TW IV\nindeks;80;81;0;0\n")
    assert doubts(read(path, root)) == ["sesudah 2022-Q2"]
    left = read(path, root, **{"sesudah 2022-Q2": "lewati"})
    assert set(figures(left)) == {("indeks", "2022-Q1"), ("indeks", "2022-Q2")}
    assert {"kolom D", "kolom E"} <= {each.place for each in left.files[0].reading.left}
    assert len(figures(read(path, root, **{"sesudah 2022-Q2": "sudah ada"}))) == 4
    blank = text("LAPORAN TRIWULAN II 2022\nIndikator;TW I;TW II;TW III\nindeks;80;81;\n", "kosong.csv")
    assert not doubts(read(blank, root))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12 (dua belas)", "12"),
        ("5 (lima) Koperasi", "5"),
        ("117 (seratus tujuh belas)", "117"),
        ("1.021 (seribu dua puluh satu)", "1.021"),
        ("5 (enam)", ""),
        ("5 (lima buah)", ""),
    ],
)
def test_numbers_beside_their_words(root: Path, text: Text, cell: str, value: str) -> None:
    plan = read(text(f"Indikator;2022\nkoperasi;{cell}\n"), root)
    assert [each.split()[0] for each in figures(plan).values()] == ([value] if value else [])
    assert refused(plan) == (set() if value else {(2, "B")})


def test_a_percentage_beside_its_words(root: Path, text: Text) -> None:
    plan = read(text("Indikator;2022\ntera;85,5% (delapan puluh lima koma lima persen)\n"), root)
    assert figures(plan) == {("tera", "2022"): "85,5% B2"}


def test_the_word_unit_before_a_unit_is_none(root: Path, text: Text) -> None:
    plan = read(text("Indikator;Satuan;2022\nkoperasi;Unit koperasi;121\n"), root)
    assert not doubts(plan)


@pytest.mark.parametrize("row", ["(a);(b);(c);(d)", "a;b;c;d=c/b", "1;2;3;4"])
def test_rows_that_count_the_columns(root: Path, text: Text, row: str) -> None:
    plan = read(text(f"KINERJA 2022\nNo;Performance Indicator;Target;Realisasi\n{row}\n1;koperasi;150;121\n"), root)
    assert not doubts(plan)
    assert figures(plan) == {("koperasi", "2022"): "121 D4"}


def test_a_budget_spent_by_quarters_is_no_realisation(root: Path, text: Text) -> None:
    plan = read(text("Program;Pagu 2022;Realisasi TW I 2022\nProgram A;1.000;10\n"), root)
    assert not doubts(plan)
    assert [(each.folder, each.cells["budget"]) for each in plan.files[0].reading.records] == [("budget", "1.000")]
    assert "10" in [each.what for each in plan.files[0].reading.left]


def test_a_budget_of_a_quarter_and_what_was_spent_of_it(root: Path, text: Text) -> None:
    heads = "Program;Indikator;Anggaran TW I;Realisasi TW I"
    plan = read(text(f"LAPORAN 2022\n{heads}\nProgram A;koperasi;1.000;500\n"), root)
    (record,) = plan.files[0].reading.records
    assert (record.folder, record.cells["budget"], record.cells["realised"]) == ("budget", "1.000", "500")
    year = text(f"LAPORAN 2022\n{heads.replace('Anggaran TW I', 'Anggaran')}\nProgram A;koperasi;1.000;121\n")
    assert figures(read(year, root)) == {("koperasi", "2022-Q1"): "121 D3"}


def test_figures_of_a_programme_without_an_indicator_are_refused(root: Path, text: Text) -> None:
    assert refused(read(text("Program;Target 2022;Realisasi 2022\nProgram A;10;9\n"), root)) == {(2, "B"), (2, "C")}


def test_one_of_several_budgets_is_chosen(root: Path, text: Text) -> None:
    path = text("Program;Anggaran Murni 2022;Anggaran Perubahan 2022;Realisasi 2022\nProgram A;1.000;1.200;500\n")
    keys = ["kolom Anggaran Murni 2022", "kolom Anggaran Perubahan 2022"]
    assert doubts(read(path, root)) == keys
    (record,) = read(path, root, **dict(zip(keys, ("lewati", "anggaran"), strict=True))).files[0].reading.records
    assert (record.cells["budget"], record.cells["realised"]) == ("1.200", "500")


def test_bare_numerals_below_years(root: Path, text: Text) -> None:
    content = "Indikator;2021;;;;2022;;;\n;I;II;III;IV;I;II;III;IV\nkoperasi;1;2;3;4;5;6;7;8\n"
    found = figures(read(text(content), root))
    assert [(period, value.split()[0]) for (_id, period), value in found.items()] == [
        (f"{year}-Q{quarter}", str(4 * (year - 2021) + quarter)) for year in (2021, 2022) for quarter in (1, 2, 3, 4)
    ]
    halves = text("Indikator;2021;;2022;\n;I;II;I;II\nkoperasi;1;2;3;4\n", "dua.csv")
    assert len(doubts(read(halves, root))) == 4


def test_periods_behind_a_colon_of_their_own(root: Path, text: Text) -> None:
    content = "Bulan;:;Agustus\nTahun;:;2022\nIndikator;Realisasi\nkoperasi;30\n"
    assert figures(read(text(content), root)) == {("koperasi", "2022-08"): "30 B4"}


def test_a_yearly_target_beside_that_of_the_quarter(root: Path, text: Text) -> None:
    heads = "No;Indikator;Target Tahunan;Target TW II;Realisasi TW II"
    plan = read(text(f"PENGUKURAN TRIWULAN II TAHUN 2022\n{heads}\n1;koperasi;150;30;31\n"), root)
    assert not doubts(plan)
    assert figures(plan) == {("koperasi", "2022-Q2"): "31 E3"}


def test_a_name_that_begins_like_a_note_is_none(root: Path, text: Text) -> None:
    plan = read(text("Indikator;2022\nkoperasi;121\nSumber daya manusia;lima\nusaha;5000\n"), root)
    assert refused(plan) == {(3, "B")} or "indikator Sumber daya manusia" in plan.files[0].reading.doubts


@pytest.mark.parametrize("row", ["indeks;81.250", "indeks;0,8125", "koperasi;12.100"])
def test_figures_far_from_their_target_are_asked_about(root: Path, text: Text, row: str) -> None:
    key = f"besar {row.split(';', maxsplit=1)[0]}"
    path = text(f"Indikator;2022\n{row}\n")
    assert doubts(read(path, root)) == [key]
    assert len(figures(read(path, root, **{key: "apa adanya"}))) == 1
    assert figures(read(path, root, **{key: "lewati"})) == {}


def test_a_figure_is_far_from_the_target_of_its_own_year(tmp_path: Path, text: Text) -> None:
    kind = Kind("ekspor", "Ton", "10 1.000 10 1.000 10", aggregation="last")
    root = write_root(tmp_path / "data", {2018: [kind]}, [])
    assert not doubts(read(text("Indikator;2018;2019\nekspor;9;600\n"), root))
    (doubt,) = read(text("Indikator;2019;2020\nekspor;600;700\n"), root).files[0].reading.doubts.values()
    assert "700 di berkas, target 10." in doubt.question


def test_a_small_part_of_a_sum_is_not_far(root: Path, text: Text) -> None:
    assert not doubts(read(text("Indikator;TW I 2022\nusaha;3\n"), root))


@pytest.mark.parametrize(
    "title", ["LAPORAN MINGGU KE-3 MARET 2021", "Rekap Mingguan Maret 2021", "Rekap harian Maret 2021"]
)
def test_a_week_is_not_its_month(root: Path, text: Text, title: str) -> None:
    plan = read(text(f"{title}\nIndikator;Realisasi\nkoperasi;5\n"), root)
    assert [each.split(" ")[0] for each in doubts(plan)] == ["bagian"]
    assert figures(plan) == {}
    month = read(text("LAPORAN BULANAN MARET 2021\nIndikator;Realisasi\nkoperasi;5\n"), root)
    assert figures(month) == {("koperasi", "2021-03"): "5 B3"}
