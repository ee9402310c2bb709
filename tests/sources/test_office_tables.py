"""Tables as offices write them: read where their meaning is plain, told in one message where it is not."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from roots import PROJECT

from iku_analysis import DataError, Problem, load_agency
from iku_analysis.agency.load import Agency

OFFICE = PROJECT / "tests/data/office"
HEADING = "indikator;periode;nilai;basis;status;sumber"
MakeRoot = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data root of the seven indicators, without a figure."""
    folder = tmp_path / "dinas"
    shutil.copytree(PROJECT / "data/raw/decrees", folder / "decrees")
    shutil.copy(PROJECT / "data/raw/policy.toml", folder)
    (folder / "realisations").mkdir()
    (folder / "budget").mkdir()
    return folder


def load(root: Path, name: str) -> Agency:
    folder = "budget" if name.startswith("budget") else "realisations"
    shutil.copy(OFFICE / name, root / folder / name)
    return load_agency(root)


def problems_of(root: Path, name: str = "") -> list[Problem]:
    with pytest.raises(DataError) as caught:
        load(root, name) if name else load_agency(root)
    return list(caught.value.problems)


def write(root: Path, *lines: str, folder: str = "realisations", name: str = "a.csv") -> Path:
    (root / folder).mkdir(exist_ok=True)
    path = root / folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    return path


def as_sheet(path: Path, separator: str = ";") -> Path:
    """Return the workbook that has the cells of a CSV, in its place."""
    book = Workbook()
    for line in path.read_text(encoding="utf-8").splitlines():
        book.active.append([cell or None for cell in line.split(separator)])
    path.unlink()
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


def account(agency: Agency) -> list[tuple[str, str, str]]:
    return [(each.rows, each.what, each.reason) for each in agency.account.left_out]


def test_a_year_shown_of_a_date_is_the_year(root: Path) -> None:
    frame = load(root, "year_as_date.xlsx").realisations
    assert (frame["period"].to_list(), frame["value"].to_list()) == (["2022"], [119])


def test_a_number_that_became_a_date_is_refused_by_cell(root: Path) -> None:
    (problem,) = problems_of(root, "number_as_date.xlsx")
    assert (problem.file, problem.row, problem.column) == ("realisations/number_as_date.xlsx [Sheet]", 2, "nilai")
    assert problem.mend.startswith("Bila angka ini berubah menjadi tanggal")


def test_a_date_is_no_number_though_it_shows_one(root: Path) -> None:
    path = as_sheet(write(root, HEADING, "nik;2022;;resmi;final;X"))
    book = load_workbook(path)
    book.active["C2"] = 44562
    book.active["C2"].number_format = "yyyy"
    book.save(path)
    (problem,) = problems_of(root)
    assert (problem.row, problem.column, problem.found) == (2, "nilai", "“2022”")
    assert problem.mend.startswith("Bila angka ini berubah menjadi tanggal")


@pytest.mark.parametrize("name", ["utf16.csv", "sep_line.csv", "title.csv"])
def test_a_plain_table_in_a_wrapping_is_read(root: Path, name: str) -> None:
    frame = load(root, name).realisations
    assert frame[["indicator_id", "period", "value"]].to_numpy().tolist() == [["nik", "2022-Q1", 22]]
    assert frame["row"].to_list() == [5 if name == "title.csv" else 2]


def test_titles_are_one_note(root: Path) -> None:
    agency = load(root, "title.csv")
    assert account(agency) == [
        ("1-2", "REALISASI KINERJA TAHUN 2022 / Dinas Contoh", "di atas judul kolom: bukan angka")
    ]
    assert agency.account.tables == [("realisations/title.csv", 1)]
    assert not agency.account.unread


@pytest.mark.parametrize("sheet", [False, True])
def test_a_footer_is_one_note_and_its_total_is_checked(root: Path, sheet: bool) -> None:
    shutil.copy(OFFICE / "footer.csv", root / "realisations")
    if sheet:
        as_sheet(root / "realisations/footer.csv")
    agency = load_agency(root)
    assert agency.realisations["value"].to_list() == [22, 30]
    assert account(agency) == [
        (
            "6-8",
            "Keterangan: *) angka sementara / Jakarta, 10 Januari 2023 / Kepala Bidang",
            "di bawah tabel: bukan angka",
        ),
        ("5", "Jumlah", "jumlah baris 2-3: cocok, tidak dihitung lagi"),
    ]


@pytest.mark.parametrize("sheet", [False, True])
@pytest.mark.parametrize("name", ["Jumlah", "TOTAL", "Sub Total", "Jumlah keseluruhan:", "Jml."])
def test_a_table_that_contradicts_its_total_is_refused(root: Path, name: str, sheet: bool) -> None:
    path = write(root, HEADING, "nik;TW I 2022;22;resmi;final;X", "nik;TW II 2022;30;resmi;final;X", f"{name};;54;;;")
    if sheet:
        path = as_sheet(path)
    (problem,) = problems_of(root)
    assert (problem.row, problem.column, problem.found) == (4, "nilai", "“54”")
    assert problem.expected == "52, jumlah baris 2-3"
    assert problem.mend.startswith("Periksa baris ini dan bagian-bagiannya")


def test_a_mean_is_checked_and_not_counted(make_root: MakeRoot) -> None:
    root = make_root()
    rows = ["uttp;TW I 2021;90;resmi;final;X", "uttp;TW II 2021;95,5;resmi;final;X"]
    write(root, HEADING, *rows, "Rata-rata;;92,8;;;")
    agency = load_agency(root)
    assert len(agency.realisations) == 2
    assert account(agency)[-1] == ("4", "Rata-rata", "rata-rata baris 2-3: cocok, tidak dihitung")
    write(root, HEADING, *rows, "Rata-rata;;92,9;;;")
    assert problems_of(root)[0].expected == "92,75, rata-rata baris 2-3"


def test_totals_of_one_indicator_each_and_of_all(make_root: MakeRoot) -> None:
    rows = [
        HEADING,
        "umkm;TW I 2021;10;resmi;final;X",
        "umkm;TW II 2021;20;resmi;final;X",
        "umkm;Jumlah;30;;;",
        "umkm;TW I 2020;5;resmi;final;X",
        "Jumlah;;5;;;",
        "Total;;35;;;",
    ]
    agency_root = make_root()
    write(agency_root, *rows)
    agency = load_agency(agency_root)
    assert agency.realisations["value"].to_list() == [10, 20, 5]
    assert [rows for rows, _what, _why in account(agency)] == ["4", "6", "7"]


def test_a_row_that_somebody_began_is_no_footer(root: Path) -> None:
    write(root, HEADING, "nik;TW I 2022;22;resmi;final;X", "nik;;;;;")
    assert {problem.row for problem in problems_of(root)} == {3}
    write(root, HEADING, "nik;TW I 2022;22;resmi;final;X", "nik;TW II 2022;;;;")
    assert {problem.row for problem in problems_of(root)} == {3}
    write(root, HEADING, "nik;TW I 2022;22;resmi;final;X", "nik;sampai TW II 2022;;;;")
    assert {problem.row for problem in problems_of(root)} == {3}
    write(root, HEADING, "nik;TW I 2022;22;resmi;final;X", ";;30;;;")
    assert {problem.row for problem in problems_of(root)} == {3}


def test_figures_above_the_headings_are_refused_once(root: Path) -> None:
    write(root, "nik;TW I 2022;22;resmi;final;X", "nik;TW II 2022;22;resmi;final;X", HEADING)
    (problem,) = problems_of(root)
    assert (problem.row, problem.found) == (1, "2 baris di atas baris judul")


@pytest.mark.parametrize("sheet", [False, True])
def test_row_numbers_are_left_aside_after_a_look(root: Path, sheet: bool) -> None:
    text = (OFFICE / "row_numbers.csv").read_text(encoding="utf-8").replace("104,5", "98,5")
    path = write(root, *text.splitlines())
    agency = load_agency(root) if not sheet else (as_sheet(path), load_agency(root))[1]
    assert agency.realisations["value"].to_list() == [98.5, 98.2]
    assert account(agency) == [("", "", "kolom No: nomor urut")]


def test_row_numbers_that_do_not_count_may_be_indicators(root: Path) -> None:
    write(root, f"No;{HEADING}", "6;uttp;2021;98,5;resmi;final;X", "5;keluhan;2021;98;resmi;final;X")
    (problem,) = problems_of(root)
    assert (problem.row, problem.column, problem.found) == (2, "No", "“6”")
    assert problem.mend.endswith("beri kolom itu judul indikator.")


@pytest.mark.parametrize(
    ("name", "row", "columns"),
    [
        ("quarters_across.xlsx", 1, "TW I, TW II, TW III, TW IV"),
        ("quarters_across_merged.xlsx", 4, "TW I, TW II, TW III, TW IV, TW I, TW II, TW III, TW IV"),
        ("years_across.csv", 1, "nilai_2018, nilai_2019, nilai_2020, nilai_2021, nilai_2022"),
        (
            "open_data.csv",
            1,
            "kode_provinsi, nama_provinsi, kode_kabupaten_kota, nama_kabupaten_kota, jumlah_koperasi",
        ),
    ],
)
def test_another_shape_is_one_harmless_message(root: Path, name: str, row: int, columns: str) -> None:
    (problem,) = problems_of(root, name)
    assert problem.row == row
    assert problem.found == f"tabel dengan bentuk lain; kolom yang tidak dikenal: {columns}"
    assert problem.expected.endswith("dengan kolom indikator, periode, nilai, basis, status, sumber")
    assert "iku template" in problem.mend
    assert "hapus" not in problem.mend.casefold()


def test_a_table_of_a_report_is_another_shape_too(root: Path) -> None:
    write(root, "No;Indikator;Satuan;Target;Realisasi;Capaian;Sumber", "1;nik;Koperasi;120;119;99,17;Bidang")
    (problem,) = problems_of(root)
    assert problem.found == "tabel dengan bentuk lain; kolom yang tidak dikenal: Target, Realisasi, Capaian"
    write(root, "indikator;perode;nlai;basis;stats;sumbr", "nik;2021;1;resmi;final;X")
    assert len(problems_of(root)) == 8  # each misspelt word, each column that lacks


def test_nothing_advises_to_delete_a_column(root: Path) -> None:
    write(root, HEADING + ";catatan lain", "nik;2022;1;resmi;final;X;penting")
    (problem,) = problems_of(root)
    assert problem.found == "judul kolom yang tidak dikenal: “catatan lain”"
    assert "hapus" not in problem.mend.casefold()


@pytest.mark.parametrize("quoted", ['"Bidang X\nnik;TW II 2022;30;resmi;final;Bidang Y"', '"X\n;;;;;\n;;;;;"'])
def test_a_quotation_mark_that_swallows_rows_is_refused(root: Path, quoted: str) -> None:
    write(root, HEADING, f"nik;TW I 2022;22;resmi;final;{quoted}", "nik;TW III 2022;1;resmi;final;X")
    (problem,) = problems_of(root)
    assert problem.row == 2
    assert problem.found.startswith("teks berkutip yang memuat baris lain")


def test_a_text_of_several_lines_is_a_text(root: Path) -> None:
    write(root, HEADING, 'nik;TW I 2022;22;resmi;final;"Bidang; seksi, A\nlantai 2; gedung B"')
    assert len(load_agency(root).realisations) == 1


@pytest.mark.parametrize("sheet", [False, True])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a" * 255, "teks yang tepat 255 huruf: "),
        ("a" * 40_000, "teks 40000 huruf atau lebih"),
        ("a" * 200_000, "teks "),
    ],
)
def test_a_text_cut_off_or_endless_is_told_by_row(root: Path, text: str, found: str, sheet: bool) -> None:
    path = write(root, HEADING, f"nik;TW I 2022;22;resmi;final;{text}")
    if sheet:
        book = Workbook()
        book.active.append(HEADING.split(";"))
        book.active.append(["nik", "TW I 2022", 22, "resmi", "final", "x"])
        book.active["F2"]._value = text  # openpyxl would cut it off
        path.unlink()
        book.save(path.with_suffix(".xlsx"))
    problem = problems_of(root)[0]
    assert problem.row == 2
    assert problem.found.startswith(found)


def test_a_whole_text_of_255_letters_ends_with_a_full_stop(root: Path) -> None:
    write(root, HEADING, f"nik;TW I 2022;22;resmi;final;{'a' * 254}.")
    assert len(load_agency(root).realisations) == 1


@pytest.mark.parametrize("sheet", [False, True])
@pytest.mark.parametrize("number", ["1" * 16, "9" * 30, "97," + "4" * 20, "1" * 5000])
def test_numbers_of_many_digits_are_refused(root: Path, number: str, sheet: bool) -> None:
    path = write(root, HEADING, f"keluhan;TW I 2022;{number};resmi;final;X")
    if sheet:
        as_sheet(path)
    (problem,) = problems_of(root)
    assert (problem.row, problem.column) == (2, "nilai")


def test_an_endless_number_in_a_cell_is_refused(root: Path) -> None:
    book = Workbook()
    book.active.append(HEADING.split(";"))
    book.active.append(["nik", "TW I 2022", 1e300, "resmi", "final", "X"])
    book.save(root / "realisations/a.xlsx")
    (problem,) = problems_of(root)
    assert (problem.row, problem.column) == (2, "nilai")


def test_parts_that_are_refused_are_not_summed(root: Path) -> None:
    write(root, HEADING, *[f"nik;TW I 2022;{'9' * 27};resmi;final;X"] * 9, "Jumlah;;1;;;")
    assert {problem.row for problem in problems_of(root)} >= {2, 10}


def test_rupiah_as_offices_write_it(root: Path) -> None:
    rows = [
        "Program A;nik;2021;Rp. 1.500.000.000,-;Rp 1.234.567.890,-;DPA",
        "Program B;umkm;2021;Rp1.500.000;Rp 0,-;DPA",
        "Program C;umkm;2021;1.500.000,00;1.234.567,50;DPA",
    ]
    write(root, "program;indikator;periode;anggaran;realisasi;sumber", *rows, folder="budget")
    frame = load_agency(root).budget
    assert frame["budget"].to_list() == [1_500_000_000, 1_500_000, 1_500_000]
    assert frame["realised"].to_list() == [1_234_567_890, 0, 1_234_567.5]


def test_money_on_two_lines_is_refused(root: Path) -> None:
    write(root, "program;indikator;periode;anggaran;realisasi;sumber", 'A;nik;2021;"1\n2";;DPA', folder="budget")
    assert (problems_of(root)[0].row, problems_of(root)[0].column) == (2, "anggaran")


def test_money_that_is_not_plain_is_refused_with_help(root: Path) -> None:
    problems = problems_of(root, "budget_rupiah.csv")
    assert [(each.row, each.column, each.mend.split(";")[0].split(".")[0]) for each in problems] == [
        (3, "realisasi", "Tukar titik dan koma"),
        (5, "realisasi", "Hapus tanda persen, atau periksa angkanya"),
        (6, "anggaran", "Hapus spasi di dalam angka"),
        (6, "realisasi", "Tanda kurung berarti minus"),
    ]


@pytest.mark.parametrize("sheet", [False, True])
def test_totals_and_activities_count_once(root: Path, sheet: bool) -> None:
    shutil.copy(OFFICE / "budget_totals.csv", root / "budget")
    if sheet:
        as_sheet(root / "budget/budget_totals.csv")
    agency = load_agency(root)
    assert agency.budget[["programme", "budget", "realised"]].to_numpy().tolist() == [
        ["Program Pemberdayaan Koperasi", 552_680_464, 537_783_332]
    ]
    assert [rows for rows, _what, _why in account(agency)] == ["3-4", "5", "6"]
    assert [each.reason.split(":")[0] for each in agency.account.left_out] == [
        "bagian dari baris 2",
        "jumlah baris 2",
        "jumlah baris 2",
    ]


BUDGET = "program;indikator;periode;anggaran;realisasi;sumber;keterangan"


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        # A total above its parts; two sub-totals and their total; activities that alone name the indicator.
        (["TOTAL BELANJA;;2021;30;12;D;", "A;;2021;10;4;D;", "B;;2021;20;8;D;"], [10, 20]),
        (
            [
                "A;;2021;10;4;D;",
                "B;;2021;20;8;D;",
                "Jumlah I;;2021;30;12;D;",
                "C;;2021;5;1;D;",
                "Jumlah II;;2021;5;1;D;",
                "JUMLAH I + II;;2021;35;13;D;",
            ],
            [10, 20, 5],
        ),
        (["P;;2021;30;12;D;", "- A;nik;2021;10;4;D;", "- B;umkm;2021;20;8;D;"], [10, 20]),
        # Three levels; a single activity; nobody named the sum, but its spending agrees too, or its many digits.
        (["P;nik;2021;30;12;D;", "Q;nik;2021;30;12;D;bukan jumlah", "- A;;2021;30;12;D;"], [30, 30]),
        (["P;;2021;30;12;D;", "A;;2021;10;4;D;", "B;;2021;20;8;D;"], [10, 20]),
        (["A;;2021;123.456;;D;", "B;;2021;1;;D;", "P;;2021;123.457;;D;"], [123_456, 1]),
        # Small round numbers may agree by chance, and a note says so of others; quarters are another level.
        (["A;;2021;1;;D;", "B;;2021;2;;D;", "P;;2021;3;;D;"], [1, 2, 3]),
        (["A;;2021;10;4;D;", "B;;2021;20;8;D;", "P;;2021;30;12;D;bukan jumlah"], [10, 20, 30]),
        (["P;;2021;30;;D;", "P;;TW I 2021;10;;D;", "P;;TW II 2021;20;;D;"], [30, 10, 20]),
        (["P;;TW I 2021;10;;D;", "P;;TW II 2021;20;;D;", "JUMLAH;;2021;30;;D;"], [10, 20]),
        (["P;;2021;30;;D;", "P;;TW I 2021;10;;D;", "P;;TW II 2021;20;;D;", "JUMLAH;;2021;30;;D;"], [30, 10, 20]),
        (["Total Quality;;2021;7;;D;bukan jumlah", "P;;2021;5;;D;"], [7, 5]),
    ],
)
def test_which_rows_of_a_budget_count(root: Path, rows: list[str], kept: list[int]) -> None:
    write(root, BUDGET, *rows, folder="budget")
    assert load_agency(root).budget["budget"].to_list() == kept


@pytest.mark.parametrize(
    ("rows", "row", "expected"),
    [
        (["A;;2021;10;4;D;", "B;;2021;20;8;D;", "JUMLAH;;2021;31;12;D;"], 4, "30, jumlah baris 2-3"),
        (["A;;2021;10;4;D;", "B;;2021;20;8;D;", "JUMLAH;;2021;30;13;D;"], 4, "12, jumlah baris 2-3"),
        (["P;;2021;31;12;D;", "- A;;2021;10;4;D;", "- B;;2021;20;8;D;"], 2, "30, jumlah baris 3-4 di bawahnya"),
        (["JUMLAH;;2021;31;12;D;"], 2, "baris-baris yang dijumlahkan, di atasnya"),
    ],
)
def test_a_budget_that_contradicts_itself_is_refused(root: Path, rows: list[str], row: int, expected: str) -> None:
    write(root, BUDGET, *rows, folder="budget")
    problem = problems_of(root)[0]
    assert (problem.row, problem.expected) == (row, expected)


def test_hidden_sheets_are_refused_or_left_out_and_named(root: Path) -> None:
    (problem,) = problems_of(root, "draft_sheet.xlsx")
    assert problem.file == "realisations/draft_sheet.xlsx [draf lama]"
    assert problem.found == "lembar tersembunyi, 2 baris"
    leave_out_hidden(root)
    agency = load_agency(root)
    assert agency.realisations["value"].sum() == 81
    (left_out,) = agency.account.unread
    assert (left_out.place, left_out.reason) == (
        "realisations/draft_sheet.xlsx [draf lama]",
        "lembar tersembunyi, 2 baris; ditinggalkan menurut policy.toml",
    )


def leave_out_hidden(root: Path) -> None:
    policy = root / "policy.toml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("[reading]\n", '[reading]\nhidden = "leave_out"\n'), encoding="utf-8")


def hide_rows(book: Workbook) -> None:
    book.active.row_dimensions[3].hidden = True
    book.active.row_dimensions[4].hidden = True


def filter_rows(book: Workbook) -> None:
    book.active.auto_filter.ref = "A1:G5"
    book.active.auto_filter.add_filter_column(1, ["TW I 2022"])
    hide_rows(book)


def hide_column(book: Workbook) -> None:
    book.active.column_dimensions["G"].hidden = True


@pytest.mark.parametrize(
    ("hide", "found", "row", "values"),
    [
        (hide_rows, "baris 3-4 tersembunyi atau disaring", 3, [22, 38]),
        (filter_rows, "baris 3-4 tersembunyi atau disaring", 3, [22, 38]),
        (hide_column, "kolom G tersembunyi", None, [22, 30, 29, 38]),
    ],
)
def test_hidden_cells_are_refused_or_left_out(
    root: Path, hide: Callable[[Workbook], None], found: str, row: int | None, values: list[int]
) -> None:
    book = Workbook()
    book.active.append([*HEADING.split(";"), "keterangan"])
    for quarter, value in zip(("I", "II", "III", "IV"), (22, 30, 29, 38), strict=True):
        book.active.append(["nik", f"TW {quarter} 2022", value, "resmi", "final", "X", "rahasia"])
    hide(book)
    book.save(root / "realisations/a.xlsx")
    (problem,) = problems_of(root)
    assert (problem.found, problem.row) == (found, row)
    leave_out_hidden(root)
    agency = load_agency(root)
    assert agency.realisations["value"].to_list() == values
    assert len(agency.account.unread) == 1
    assert "rahasia" not in set(agency.realisations["note"]) or row


def test_blank_hidden_parts_are_nothing(root: Path) -> None:
    path = as_sheet(write(root, HEADING, "nik;TW I 2022;22;resmi;final;X"))
    book = load_workbook(path)
    book.create_sheet("kosong").sheet_state = "veryHidden"
    book.active.row_dimensions[9].hidden = True
    book.active.column_dimensions["K"].hidden = True
    book.save(path)
    assert len(load_agency(root).realisations) == 1
    book["kosong"]["A1"] = "isi"
    book.save(path)
    assert problems_of(root)[0].found == "lembar tersembunyi, 1 baris"


def test_merged_cells_matter_only_in_the_table(root: Path) -> None:
    path = write(root, "REALISASI;;;;;", HEADING, "nik;TW I 2022;22;resmi;final;X", "Catatan: angka sementara;;;;;")
    path = as_sheet(path)
    book = load_workbook(path)
    book.active.merge_cells("A1:F1")
    book.active.merge_cells("A4:F4")
    book.save(path)
    assert len(load_agency(root).realisations) == 1
    book.active.merge_cells("D3:E3")
    book.save(path)
    assert (3, "sel gabungan D3:E3") in [(problem.row, problem.found) for problem in problems_of(root)]
