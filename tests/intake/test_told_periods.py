"""Periods as cells tell them below their heading, and running totals of months."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from readings import figures, read, refused
from typer.testing import CliRunner

from iku_analysis.cli import app
from iku_analysis.intake.when import take_when

Text = Callable[..., Path]
Book = Callable[..., Path]


@pytest.mark.parametrize(
    ("head", "cell", "period"),
    [
        *(("Triwulan", cell, "2022-Q3") for cell in ("III/2022", "3/2022", "2022/III", "2022 - III", "III-2022")),
        *(("Bulan", cell, "2022-08") for cell in ("08/2022", "8-2022", "2022/08", "VIII/2022", "2022-08", "08.2022")),
        *(("Semester", cell, "2022-S2") for cell in ("II/2022", "2-2022")),
    ],
)
def test_a_number_beside_its_year_is_what_its_heading_says(
    root: Path, text: Text, head: str, cell: str, period: str
) -> None:
    plan = read(text(f"Indikator;{head};Realisasi\nkoperasi;{cell};5\n"), root)
    assert not plan.is_open
    assert figures(plan) == {("koperasi", period): "5 C2"}


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        *(("Triwulan", cell) for cell in ("V/2022", "03/2022", "2022-08")),
        *(("Bulan", cell) for cell in ("13/2022", "0/2022")),
        *(("Periode", cell) for cell in ("03/2022", "III/2022", "31 Desember 2022", "2022-12-31", "31/12/2022")),
    ],
)
def test_what_may_be_another_period_is_refused(root: Path, text: Text, head: str, cell: str) -> None:
    assert (2, "B") in refused(read(text(f"Indikator;{head};Realisasi\nkoperasi;{cell};5\n"), root))


def test_a_day_is_no_period_and_the_mend_says_which_it_may_be(root: Path, book: Book) -> None:
    rows = [["Indikator", "Periode", "Realisasi"], ["koperasi", date(2022, 3, 31), 5]]
    (problem,) = read(book({"Data": rows}), root).problems
    assert (problem.row, problem.column, "s.d. TW III 2021" in problem.mend) == (2, "B", True)


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("Nov-21 Realisasi", (2021, "11")),
        ("Des-21 sementara", (2021, "12")),
        ("1 Januari - 31 Maret", (0, "Q1")),
        ("REALISASI SAMPAI DENGAN TANGGAL 30 SEPTEMBER 2022", (2022, "Q3")),
        ("KONDISI 31 MARET 2022", (2022, "Q1")),
        ("PERIODE 3 JANUARI - 31 MARET 2022", (2022, "Q1")),
        ("Jakarta, 5 Juli 2022", (0, "")),
    ],
)
def test_a_day_tells_a_period_where_words_say_so(words: str, when: tuple[int, str]) -> None:
    found = take_when(words)[0]
    assert (found.year, found.part) == when


SINCE = ("s.d. Januari", "s.d. Februari", "s.d. Maret", "s.d. April")
KEY = "jumlah berjalan koperasi"


def test_running_totals_of_months_are_parted_by_months(root: Path, text: Text) -> None:
    path = text(f"KINERJA 2022\nIndikator;{';'.join(SINCE)}\nkoperasi;4;9;15;20\nindeks;80;81;82;83\n")
    assert list(read(path, root).files[0].reading.doubts) == [KEY]
    assert {key: value.split()[0] for key, value in figures(read(path, root, **{KEY: "selisih"})).items()} == {
        **{("koperasi", f"2022-0{month}"): value for month, value in enumerate("4565", start=1)},
        **{("indeks", f"2022-0{month}"): f"{79 + month}" for month in (1, 2, 3, 4)},
    }
    gap = text(f"KINERJA 2022\nIndikator;{';'.join(SINCE[1:])}\nkoperasi;9;15;20\n", "b.csv")
    assert refused(read(gap, root, **{KEY: "selisih"})) == {(3, "B")}


@pytest.mark.parametrize(("last", "is_right"), [("15", True), ("16", False)])
def test_running_totals_beside_their_months_are_held_against_them(
    root: Path, text: Text, last: str, is_right: bool
) -> None:
    heads = "Januari;s.d. Januari;Februari;s.d. Februari;Maret;s.d. Maret"
    plan = read(text(f"KINERJA 2022\nIndikator;{heads}\nkoperasi;4;4;5;9;6;{last}\n"), root)
    assert not plan.is_open
    assert refused(plan) == (set() if is_right else {(3, "G")})
    assert set(figures(plan)) == {("koperasi", f"2022-0{month}") for month in (1, 2, 3)}


@pytest.mark.parametrize("cell", ["(0,85%)", "(0,85 %)", "-0,85%", "(0,85)%"])
def test_a_percentage_in_brackets_is_below_zero(root: Path, text: Text, cell: str) -> None:
    assert figures(read(text(f"Indikator;2022\ntumbuh;{cell}\n"), root)) == {("tumbuh", "2022"): "-0,85% B2"}


def test_ratios_of_the_plans_form_are_no_results(root: Path, text: Text) -> None:
    heads = "No;Indikator;Target Tahun;;Realisasi Tahun;;Rasio Capaian pada Tahun;\n;;2021;2022;2021;2022;2021;2022\n"
    plan = read(text(f"{heads}1;koperasi;140;150;119;121;0,85;0,81\n"), root)
    assert not plan.is_open
    assert figures(plan) == {("koperasi", "2021"): "119 E3", ("koperasi", "2022"): "121 F3"}


def test_the_code_of_the_province_among_those_of_its_parts(root: Path, text: Text) -> None:
    path = text("Indikator usaha 2022\nKode;Wilayah;TW I\n31;Kota Timur;5\n3172;Kota Barat;6\n31.73;Kabupaten Laut;7\n")
    assert [value.split()[0] for value in figures(read(path, root)).values()] == ["5", "6", "7"]


@pytest.mark.parametrize("name", ["Kodya {}", "a. {}", "b) {}", "Kota Admin. {}"])
def test_areas_by_more_of_their_usual_names(root: Path, text: Text, name: str) -> None:
    path = text(f"Indikator usaha 2022\nWilayah;TW I\n{name.format('Timur')};5\n")
    assert set(figures(read(path, root))) == {("usaha", "2022-Q1", "Kota Timur")}


def test_an_agreement_that_is_the_decrees_has_nothing_to_import(root: Path, text: Text) -> None:
    path = text("PERJANJIAN KINERJA TAHUN 2022\nNo;Sasaran;Indikator;Target\n1;Satu;koperasi;150\n")
    plan = read(path, root)
    assert (plan.problems, plan.is_open, plan.texts) == ([], False, {})
    assert ("D3", "target setahun: sama dengan keputusan") in [
        (each.place, each.why) for each in plan.files[0].reading.left
    ]
    run = CliRunner().invoke(app, ["import", str(path), "--data", str(root), "--yes"])
    assert run.exit_code == 0
    assert "Tidak ada angka baru" in run.output
    assert not (root / "evidence").exists()


@pytest.mark.parametrize("title", ["KINERJA 2022", "LAPORAN TRIWULAN IV TAHUN 2022"])
def test_since_january_until_december_is_no_quarter(root: Path, text: Text, title: str) -> None:
    plan = read(text(f"{title}\nIndikator;Realisasi s.d. Desember\nkoperasi;121\n"), root)
    assert list(plan.files[0].reading.doubts) == [KEY]


def test_the_running_total_of_december_beside_others(root: Path, text: Text) -> None:
    heads = "s.d. Maret;s.d. Juni;s.d. September;s.d. Desember"
    plan = read(text(f"KINERJA 2022\nIndikator;{heads}\nkoperasi;10;25;40;60\n"), root, **{KEY: "selisih"})
    assert [value.split()[0] for value in figures(plan).values()] == ["10", "15", "15", "20"]
    assert {period for _id, period in figures(plan)} == {f"2022-Q{quarter}" for quarter in (1, 2, 3, 4)}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Tahun 2021;\nkoperasi;119\nTahun 2022;\nusaha;600", {("koperasi", "2021"): "119", ("usaha", "2022"): "600"}),
        (
            "Tahun 2021;\nTW I;\nkoperasi;1\nTW II;\nkoperasi;2\nTahun 2022;\nkoperasi;3",
            {("koperasi", "2021-Q1"): "1", ("koperasi", "2021-Q2"): "2", ("koperasi", "2022"): "3"},
        ),
        (
            "Indikator koperasi;\n2021;119\nTW II 2022;30\nusaha;\n2022;600",
            {("koperasi", "2021"): "119", ("koperasi", "2022-Q2"): "30", ("usaha", "2022"): "600"},
        ),
    ],
)
def test_periods_and_indicators_in_rows_of_their_own(
    root: Path, text: Text, rows: str, told: dict[tuple[str, str], str]
) -> None:
    plan = read(text(f"Indikator;Realisasi\n{rows}\n"), root)
    assert not plan.is_open
    assert {key: value.split()[0] for key, value in figures(plan).items()} == told


def test_a_title_and_a_sheet_of_two_quarters_are_asked_about(root: Path, book: Book) -> None:
    sheets = {
        name: [["KINERJA TRIWULAN II TAHUN 2022"], ["Indikator", "Realisasi"], ["koperasi", value]]
        for name, value in (("TW I", 5), ("TW II", 6))
    }
    plan = read(book(sheets), root)
    assert list(plan.files[0].reading.doubts) == ["bagian tahun lembar TW I"]
    answered = read(book(sheets), root, **{"bagian tahun lembar TW I": "TW I"})
    assert figures(answered) == {("koperasi", "2022-Q1"): "5 B3", ("koperasi", "2022-Q2"): "6 B3"}


@pytest.mark.parametrize("head", ["Tingkat Kemajuan (%)", "Peningkatan/Penurunan", "Naik / Turun"])
def test_what_is_computed_from_results_is_left_out(root: Path, text: Text, head: str) -> None:
    plan = read(text(f"Indikator;Realisasi 2021;Realisasi 2022;{head}\nkoperasi;119;121;2\n"), root)
    assert not plan.is_open
    assert figures(plan) == {("koperasi", "2021"): "119 B2", ("koperasi", "2022"): "121 C2"}


@pytest.mark.parametrize("code", ["1.02.01", "X.XX.01", "2 17 02"])
def test_codes_of_programmes_are_no_indicators(root: Path, text: Text, code: str) -> None:
    plan = read(text(f"ANGGARAN 2022\nKode;Program;Pagu;Realisasi\n{code};Program A;1.000;500\n"), root)
    assert not plan.is_open
    assert [each.cells["programme"] for each in plan.files[0].reading.records] == ["Program A"]


def test_activities_that_do_not_make_up_their_programme_are_refused(root: Path, text: Text) -> None:
    rows = "Program A;1.000;500\nKegiatan A1;600;300\nKegiatan A2;{};200\n"
    path = text(f"ANGGARAN 2022\nProgram/Kegiatan;Pagu;Realisasi\n{rows.format(300)}")
    assert refused(read(path, root)) == {(3, "B")}
    plan = read(text(f"ANGGARAN 2022\nProgram/Kegiatan;Pagu;Realisasi\n{rows.format(400)}", "b.csv"), root)
    assert not plan.problems


@pytest.mark.parametrize(
    "line",
    [
        *("Kota Contoh, 5 Juli 2022", "Hari/Tanggal : Senin, 4 Juli 2022", "Rapat evaluasi 4 Juli 2022"),
        *("Lampiran Surat Nomor 050/12 tanggal 5 Juli 2022", "Kota Contoh, 5 Januari 2023", "Diekspor 2022-07-05"),
    ],
)
def test_a_day_in_a_line_above_is_no_period_of_the_figures(root: Path, text: Text, line: str) -> None:
    content = "Indikator;Realisasi\nindeks;82\n"
    for lines in (f"{line}\nKINERJA TAHUN 2021", f"KINERJA TAHUN 2021\n{line}"):
        assert figures(read(text(f"{lines}\n{content}"), root)) == {("indeks", "2021"): "82 B4"}
    assert list(read(text(f"{line}\n{content}"), root).files[0].reading.doubts) == ["tahun"]


def test_a_day_in_the_name_of_a_file_is_no_period(root: Path, text: Text) -> None:
    for name in ("ekspor_2022-07-05.csv", "rekap 05-07-2022.csv", "rekap 5 Juli 2022.csv"):
        plan = read(text("Indikator;Realisasi\nindeks;82\n", name), root)
        assert list(plan.files[0].reading.doubts) == ["tahun"]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Periode 1 Januari - 31 Maret 2022", "2022-Q1"),
        ("1 Juli 2022 s.d. 30 September 2022", "2022-Q3"),
        ("Keadaan tanggal 31 Desember 2022", "2022"),
        ("Januari s.d. 30 Juni 2022", "2022-S1"),
        ("KWARTAL II 2022", "2022-Q2"),
    ],
)
def test_days_that_end_a_span_are_of_it(root: Path, text: Text, title: str, period: str) -> None:
    plan = read(text(f"{title}\nIndikator;Realisasi\nindeks;82\n"), root)
    assert not plan.is_open
    assert set(figures(plan)) == {("indeks", period)}


@pytest.mark.parametrize("title", ["KINERJA 2022 - SM 1", "KINERJA CAWU II 2022", "KINERJA DWIWULAN I 2022"])
def test_other_parts_of_a_year_are_not_the_year(root: Path, text: Text, title: str) -> None:
    assert read(text(f"{title}\nIndikator;Realisasi\nindeks;82\n"), root).is_open
