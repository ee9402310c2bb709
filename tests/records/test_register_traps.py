"""Registers as offices really write them: what is the same counts once, what cannot be told is refused, all by hand."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from offices import COUNT, HEADINGS, write_office
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from iku_analysis import DataError, load_agency
from iku_analysis.records import loading
from iku_analysis.records.engine import loaded

FIRST = "A-1;Ana;02/01/2018;;baru;Kota Timur;100"
RATIO = """
[[figure]]
indicator = "aduan"
per = "quarter"
reason = "uji"
[figure.numerator]
register = "buku"
date = "tanggal"
where = "selesai <= year_end"
[figure.denominator]
register = "buku"
date = "tanggal"
"""


def counted(root: Path) -> tuple[float, dict[str, int]]:
    """What the register counts in all, and what it left out and why."""
    result = load_agency(root).counted
    figures, checks = result.figures, result.checks
    left_out = checks[~checks["check"].isin(["rows", "empty_days"])]
    return figures.loc[figures["breakdown"] == "", "value"].sum(), dict(
        zip(left_out["check"] + ":" + left_out["column"], left_out["count"], strict=True)
    )


def refused(root: Path) -> str:
    with pytest.raises(DataError) as error:
        load_agency(root)
    return str(error.value)


@pytest.mark.parametrize(
    ("first", "again"), [("A-1", "a-1"), ("A-1", " A-1\t"), ("A-1", "\u00a0A-1"), ("A-1", '"A-1\n"'), ("007", "7")]
)
def test_a_key_that_is_written_otherwise_is_the_same(tmp_path: Path, first: str, again: str) -> None:
    rows = [FIRST.replace("A-1", each) for each in (first, again, "B-1")]
    assert counted(write_office(tmp_path / "same", rows)) == (2, {"repeated:nomor": 1})
    told = refused(write_office(tmp_path / "other", [rows[0], rows[1].replace("100", "200")]))
    assert "register.buku.key: tertulis: 1 kunci dengan isi yang berbeda" in told


def test_zeros_within_a_number_and_letters_behind_it_make_another_key(tmp_path: Path) -> None:
    rows = [FIRST.replace("A-1", key) for key in ("0", "70", "7", "07b", "7b", "A-07", "A-7")]
    assert counted(write_office(tmp_path, rows)) == (7, {})


def test_a_person_who_is_written_otherwise_counts_once(tmp_path: Path) -> None:
    names = ["Ana Sari", "ANA SARI", "Ana  Sari", "Ana\u00a0Sari ", '"Ana\nSari"', "Anasari", "0317", "317"]
    rows = [f"A-{place};{name};02/01/2018;;baru;Kota Timur;1" for place, name in enumerate(names)]
    assert counted(write_office(tmp_path, rows, COUNT + "distinct = 'orang'\n"))[0] == 3  # Ana Sari, Anasari, 317


def test_files_of_other_types_are_not_rounded_to_the_first(tmp_path: Path) -> None:
    """10 + 0,4 + 0,44; and a person's number is one, as a whole number, and as one of a column with a gap."""
    root = write_office(tmp_path, [], COUNT + "sum = 'rupiah'\n", files='["*.parquet"]')
    others = '\'baru\' AS "Jenis", \'Kota Timur\' AS "Kota", DATE \'2018-01-02\' AS "Tanggal", NULL AS "Selesai"'
    for place, amount in enumerate(("10::INTEGER", "0.4::DOUBLE", "0.44::DECIMAL(10, 2)")):
        number = "3171012345678901::" + ("BIGINT", "DOUBLE", "VARCHAR")[place]
        row = f'SELECT \'A-{place}\' AS "No", {number} AS "Nama", {others}, {amount} AS "Rupiah"'
        duckdb.sql(row).write_parquet(str(root / f"records/{place}.parquet"))
    assert counted(root)[0] == 10.84
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace("sum = 'rupiah'", "distinct = 'orang'"))
    assert counted(root)[0] == 1


@pytest.mark.parametrize("where", ["jenis = 'baru' AND\nrupiah > 1", "coalesce(jenis, '') = 'baru' AND\trupiah > 1"])
def test_a_condition_stands_in_lines_and_guards_what_may_be_empty(tmp_path: Path, where: str) -> None:
    rows = [FIRST, FIRST.replace("A-1", "A-2").replace("100", "1"), FIRST.replace("A-1", "A-3").replace("baru", "lama")]
    assert counted(write_office(tmp_path, rows, f'{COUNT}where = """{where}"""\n'))[0] == 1


def test_a_word_of_the_list_in_another_case_is_that_word(tmp_path: Path) -> None:
    words = ["baru", "BARU", " Baru", "\u00a0baru", "bar u"]
    rows = [f"A-{place};Ana;02/01/2018;;{word};Kota Timur;1" for place, word in enumerate(words)]
    assert counted(write_office(tmp_path, rows, COUNT + "where = \"jenis = 'baru'\"\n")) == (4, {"unknown:jenis": 1})


@pytest.mark.parametrize("column", [2, 3])
def test_a_year_of_two_digits_is_refused(tmp_path: Path, column: int) -> None:
    """As the year 18 it would be before every end of a year."""
    cells = FIRST.split(";")
    cells[column] = "05/02/18"
    told = refused(write_office(tmp_path, [FIRST.replace("A-1", "A-0"), ";".join(cells)], RATIO))
    assert "baris 3" in told
    assert "“05/02/18”; seharusnya: tanggal seperti 31/12/2021" in told


def test_a_date_that_stands_for_none_is_no_date(tmp_path: Path) -> None:
    done = ["01/01/1900", "30/12/1899", "31/12/9999", "01/01/2099", "31/12/2018", "01/01/2019", "15/08/1945", ""]
    rows = [f"A-{place};Ana;02/01/2018;{day};baru;Kota Timur;1" for place, day in enumerate(done)]
    result = load_agency(write_office(tmp_path, rows, RATIO)).counted
    assert result.figures[["numerator", "denominator"]].iloc[0].tolist() == [2, 4]
    assert result.checks.set_index(["check", "column"])["count"]["outside", "selesai"] == 4


def test_a_number_that_a_spreadsheet_shortened_is_refused_and_not_shown(tmp_path: Path) -> None:
    told = refused(write_office(tmp_path, [FIRST, FIRST.replace("A-1;Ana", "A-2;3,17101E+15")]))
    assert "baris 3, kolom Nama: tertulis: isi yang tidak ditampilkan; seharusnya: nomor yang utuh" in told


@pytest.mark.parametrize("where", ["jenis = 'bru'", "jenis IN ('baru', 'lma')", "jenis <> 'bru'", "kota = 'timur'"])
def test_a_condition_on_a_word_that_never_stands_there_is_refused(tmp_path: Path, where: str) -> None:
    assert "isi yang boleh tertulis di kolom itu, salah satu dari" in refused(
        write_office(tmp_path, [FIRST], COUNT + f'where = "{where}"\n')
    )


def test_a_line_of_separators_is_no_row_and_a_folder_is_all_in_it(tmp_path: Path) -> None:
    root = write_office(tmp_path, [], files='["izin/"]')
    (root / "records/izin/2018").mkdir(parents=True)
    (root / "records/izin/~$a.xlsx").write_bytes(b"lock")
    (root / "records/izin/a.csv").write_text("\n".join([HEADINGS, FIRST, ";;;;;;", ""]))
    (root / "records/izin/2018/b.csv").write_text("\n".join([HEADINGS, FIRST.replace("A-1", "A-2"), ""]))
    assert counted(root) == (2, {})


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "berkas kosong"), ((HEADINGS + "\nA-1;Andr\xe9;;;;;\n").encode("cp1252"), "pengodean yang tidak dikenal")],
)
def test_why_a_file_cannot_be_read_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    root = write_office(tmp_path, [FIRST])
    (root / "records/buku.csv").write_bytes(content)
    assert f"records/buku.csv: tertulis: {told}" in refused(root).replace("teks dengan ", "")


def hide(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def leave_uncomputed(sheet: Worksheet) -> None:
    sheet["G2"] = "=1+1"


def lose_digits(sheet: Worksheet) -> None:
    sheet["B3"] = 3171012345678901


def add_sheet(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.create_sheet("2019").append(["x"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (hide, "records/buku.xlsx: tertulis: baris 3 tersembunyi atau disaring"),
        (leave_uncomputed, "records/buku.xlsx, baris 2, kolom G: tertulis: rumus tanpa nilai"),
        (lose_digits, "records/buku.xlsx, baris 3, kolom Nama: tertulis: nomor lebih dari 15 angka"),
        (add_sheet, "records/buku.xlsx: tertulis: 2 lembar yang berisi"),
    ],
)
def test_a_workbook_that_shows_other_than_it_holds_is_refused(tmp_path: Path, change: object, told: str) -> None:
    root = write_office(tmp_path, [], files='["buku.xlsx"]')
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (HEADINGS, FIRST, FIRST.replace("A-1", "A-2")):
        sheet.append(row.split(";"))
    change(sheet)  # type: ignore[operator]
    book.save(root / "records/buku.xlsx")
    assert told in refused(root)


def test_a_key_is_never_optional(tmp_path: Path) -> None:
    root = write_office(tmp_path, [FIRST])
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace('heading = "No"', 'heading = "No", optional = true'))
    assert "key yang ada di columns, tanpa optional" in refused(root)


ROWS = [f"A-{place};Ana;02/01/2018;;baru;Kota Timur;1" for place in range(10)]


def test_a_column_that_nothing_asks_for_is_judged_and_not_kept(tmp_path: Path) -> None:
    agency = load_agency(write_office(tmp_path / "a", [*ROWS, FIRST.replace("A-1", "B").replace("baru", "lain")]))
    assert agency.counted.checks.set_index("check")["count"]["unknown"] == 1
    assert agency.records is not None
    with loaded(agency.records, agency.root, agency.policy.areas) as connection:
        columns = [row[0] for row in connection.execute("DESCRIBE buku").fetchall()]
    assert columns == ["tanggal", "selesai", "kota", "_key", "_fault"]
    assert "1 kunci dengan isi yang berbeda, yang pertama “A-3”" in refused(
        write_office(tmp_path / "b", [*ROWS, ROWS[3].replace("baru", "lama")])
    )


def test_the_same_key_is_found_whatever_is_compared_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "AT_ONCE", 3)
    assert counted(write_office(tmp_path, [*ROWS, ROWS[3], ROWS[3], ROWS[9]])) == (10, {"repeated:nomor": 3})


def test_different_keys_of_one_hash_stay_different(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One in 10 million registers has two of these; here all keys do."""
    select = loading.select_rows
    monkeypatch.setattr(
        loading, "select_rows", lambda *given: select(*given).replace("hash(CASE", "0::UBIGINT * hash(CASE")
    )
    rows = [*ROWS, ROWS[3], FIRST.replace("A-1", "B").replace("02/01", "31/02")]
    assert counted(write_office(tmp_path, rows)) == (10, {"impossible:tanggal": 1, "repeated:nomor": 1})


def test_the_engine_shows_no_progress(tmp_path: Path) -> None:
    """As it would in a notebook, and where a program has no file."""
    program = (
        "import sys; from pathlib import Path; import iku_analysis as iku; from iku_analysis.records import engine\n"
        "agency = iku.load_agency(Path(sys.argv[1]))\n"
        "with engine.loaded(agency.records, agency.root, agency.policy.areas) as connection:\n"
        "    print(connection.execute(\"SELECT current_setting('enable_progress_bar')\").fetchone())"
    )
    root = write_office(tmp_path, [FIRST])
    home = os.environ | {"IKU_HOME": str(tmp_path)}
    command = [sys.executable, "-c", program, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=home)
    assert done.stdout == "(False,)\n"
