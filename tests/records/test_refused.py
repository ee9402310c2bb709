"""Registers and definitions that are refused: where, how many, and without a cell that is nobody's business."""

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from offices import COUNT, HEADINGS, write_office

from iku_analysis import DataError, load_agency
from iku_analysis.records.engine import loaded

WAIT = '[[wait]]\nindicator = "aduan"\nregister = "buku"\nfrom = "{since}"\nto = "{to}"\n[[figure]]'
EXPIRY = (
    '[expiry]\nregister = "buku"\nthing = "nomor"\ndate = "tanggal"\nkind = "{kind}"\narea = "kota"\n'
    "valid_months = {{ baru = 12, lama = 12 }}\n[[figure]]"
)
GOOD = [f"A-{number};Ana;02/01/2018;;baru;Kota Timur;100" for number in range(1, 200)]


def refused(root: Path) -> str:
    with pytest.raises(DataError) as error:
        load_agency(root)
    return str(error.value)


def edit(root: Path, old: str, new: str) -> None:
    path = root / "records/records.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        (2, "03-01-2018", "kolom Tanggal: tertulis: “03-01-2018”; seharusnya: tanggal seperti 31/12/2021"),
        (2, "kemarin", "kolom Tanggal: tertulis: “kemarin”"),
        (6, "1.5", "kolom Rupiah: tertulis: “1.5”; seharusnya: angka seperti 1.234,5"),
        (6, "seratus", "kolom Rupiah: tertulis: “seratus”"),
        (6, "12,5%", "kolom Rupiah: tertulis: “12,5%”"),
    ],
)
def test_a_cell_that_is_not_written_as_declared_is_refused_at_its_row(
    tmp_path: Path, column: int, cell: str, told: str
) -> None:
    cells = GOOD[0].split(";")
    cells[column] = cell
    found = refused(write_office(tmp_path, [*GOOD[1:5], ";".join(cells), *GOOD[5:]]))
    assert f"records/buku.csv, baris 6, {told}" in found


def test_a_column_of_another_kind_halfway_is_counted_and_its_first_cell_told(tmp_path: Path) -> None:
    rows = [row.replace(";100", ";seratus") if place >= 193 else row for place, row in enumerate(GOOD)]
    found = refused(write_office(tmp_path, rows))
    assert "records/buku.csv, baris 195, kolom Rupiah: tertulis: “seratus”, dan 6 sel sejenis" in found
    assert found.count("->") == 1


@pytest.mark.parametrize("broken", ["A-9;Ana;02/01/2018", "A-9;Ana;02/01/2018;;baru;Kota Timur;1;2", 'A-9;"Ana;1;;;;1'])
def test_a_row_of_another_number_of_cells_is_refused(tmp_path: Path, broken: str) -> None:
    found = refused(write_office(tmp_path, [*GOOD[:7], broken, *GOOD[8:]]))
    assert "records/buku.csv, baris 9: tertulis: baris yang tidak dapat dibaca" in found
    assert "Ana" not in found


def test_what_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    root = write_office(tmp_path, GOOD)
    (root / "records/buku.csv").write_bytes(
        (HEADINGS + "\nA-1;Andr\xe9;02/01/2018;;baru;Kota Timur;1\n").encode("cp1252")
    )
    assert "records/buku.csv" in refused(root)


@pytest.mark.parametrize(("heading", "told"), [("Tgl", "tidak ada"), ("Tanggal;Tanggal", "dua kolom berjudul sama")])
def test_a_changed_heading_is_told(tmp_path: Path, heading: str, told: str) -> None:
    root = write_office(tmp_path, [])
    (root / "records/buku.csv").write_text(HEADINGS.replace("Tanggal", heading) + "\n")
    assert f"kolom Tanggal: tertulis: {told}; seharusnya: satu kolom berjudul Tanggal" in refused(root)


def test_one_key_with_two_contents_is_refused_also_in_two_files(tmp_path: Path) -> None:
    root = write_office(tmp_path, GOOD[:3], files='["buku*.csv"]')
    (root / "records/buku2.csv").write_text(f"{HEADINGS}\nA-2;Ana;09/01/2018;;baru;Kota Timur;100\n")
    assert "register.buku.key: tertulis: 1 kunci dengan isi yang berbeda, yang pertama “A-2”" in refused(root)
    (root / "records/buku2.csv").write_text(f"{HEADINGS}\n{GOOD[1]}\n")
    checks = load_agency(root).counted.checks.set_index("check")["count"]
    assert checks["repeated"] == 1


def test_a_personal_cell_is_never_told(tmp_path: Path) -> None:
    root = write_office(tmp_path, [GOOD[0], GOOD[1].replace("02/01/2018", "RAHASIA-1")])
    edit(root, 'type = "date" }\nselesai', 'type = "date", personal = true }\nselesai')
    edit(root, 'heading = "No"', 'heading = "No", personal = true')
    found = refused(root)
    assert "isi yang tidak ditampilkan" in found
    assert "RAHASIA" not in found
    root = write_office(tmp_path / "b", [GOOD[0], GOOD[0].replace("02/01", "03/01")])
    edit(root, 'heading = "No"', 'heading = "No", personal = true')
    assert "(tidak ditampilkan)" in refused(root)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("jenis =", "satu syarat SQL yang benar"),
        ("TRUE); DROP TABLE buku; SELECT (TRUE", "satu syarat SQL yang benar"),
        ("TRUE), (TRUE", "satu syarat SQL yang benar"),
        ("TRUE) FROM range(9) WHERE (TRUE", "satu syarat SQL yang benar"),
        ("TRUE -- ", ""),
        ("warna = 'merah'", "kolom register itu"),
        ("buku.jenis = 'baru'", "kolom register itu"),
        ("jenis", "jawabannya ya atau tidak"),
        ("rupiah + 1", "jawabannya ya atau tidak"),
        ("tanggal = jenis", "jenis kolomnya cocok"),
        ("tanggal > 'kemarin'", "jenis kolomnya cocok"),
        ("jenis = 3", "jenis kolomnya cocok"),
        ("jenis IN (SELECT content FROM read_text('/etc/passwd'))", "tanpa kueri"),
        ("length((SELECT content FROM read_text('/etc/passwd'))) > 1", "tanpa kueri"),
        ("read_text('/etc/passwd') = 'x'", "fungsi"),
        ("getenv('HOME') = 'x'", "fungsi"),
        ("sum(rupiah) > 1", "fungsi"),
        ("count(*) OVER () > 1", "tanpa kueri"),
        ("EXISTS (FROM range(1000000000000))", "tanpa kueri"),
        ("jenis = repeat('x', 1000000000)", "fungsi"),
        ("len(range(1000000000)) > 1", "fungsi"),
        ("CAST(jenis AS BLOB) IS NULL", "jenis BIGINT"),
        ("COLUMNS(*) = 'x'", "tanpa kueri"),
        ("$1 = 'x'", "tanpa kueri"),
        ("(ATTACH 'x.db')", "jenis BIGINT"),  # read as a type and its text
    ],
)
def test_a_condition_asks_of_one_row_and_can_do_nothing_else(tmp_path: Path, condition: str, told: str) -> None:
    root = write_office(tmp_path, GOOD[:2], COUNT + f'where = """{condition}"""\n')
    if told:
        found = refused(root)
        assert told in found
        assert "records/records.toml, kolom figure.1" in found
    else:
        assert load_agency(root).counted.figures["value"].sum() == 2


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('key = "nomor"', 'key = "kunci"', "key yang ada di columns"),
        ('from = "2018-01"', 'from = "2019-01"', "from sebelum until"),
        ('from = "2018-01"', 'from = "2018"', "bulan, misalnya 2021-08"),
        ('dates = "31/12/2021"', 'dates = "dd/mm/yyyy"', "31 Desember 2021 seperti ditulis"),
        ('indicator = "surat"', 'indicator = "surta"', "salah satu dari surat, aduan, nilai"),
        ('indicator = "surat"', 'indicator = "aduan"', "numerator, denominator"),
        ('register = "buku"\ndate', 'register = "bukku"\ndate', "salah satu dari buku"),
        ('date = "tanggal"', 'date = "jenis"', "kolom register itu, salah satu dari tanggal, selesai"),
        ('date = "tanggal"', 'date = "selesai"', "tidak optional"),
        ('date = "tanggal"', 'date = "tanggal"\ndistinct = "selesai"', "tidak optional"),  # no day is no one thing
        ('date = "tanggal"', 'date = "tanggal"\nsum = "rupiah"\ndistinct = "orang"', "sum atau distinct"),
        ('date = "tanggal"', 'date = "tanggal"\nkinds = ["orang"]', "bukan data pribadi"),
        ('date = "tanggal"', 'date = "tanggal"\nhapus = true', "kata yang tidak dikenal"),
        ('files = ["buku.csv"]', 'files = ["buk.csv"]', "Maksud Anda “buku.csv”?"),
        ("selesai = {", "year_end = {", "nama kolom selain period_end, year_end"),
        ('heading = "No"', 'heading = "No", least = 1', "least dan most untuk type number"),
        ('key = "nomor"', 'key = "rupiah"\nnumbered = true', "key jenis text, untuk numbered = true"),
        ('type = "number", most', 'type = "number", values = ["1"], most', "values untuk type text"),
        ("[[figure]]", WAIT.format(since="jenis", to="selesai"), "wait.1.from: tertulis: jenis"),
        ("[[figure]]", WAIT.format(since="selesai", to="selesai"), "wait.1.from: tertulis: selesai"),
        ("[[figure]]", WAIT.format(since="tanggal", to="jenis"), "wait.1.to: tertulis: jenis"),
        ("[[figure]]", EXPIRY.format(kind="rupiah"), "expiry.kind: tertulis: rupiah"),
        ("[[figure]]", EXPIRY.format(kind="orang"), "expiry.kind: tertulis: orang"),
        ("[[figure]]", COUNT + "[[figure]]", "satu bagian untuk setiap indikator"),
    ],
)
def test_what_records_toml_says_is_checked(tmp_path: Path, old: str, new: str, told: str) -> None:
    root = write_office(tmp_path, GOOD[:2])
    edit(root, old, new)
    assert told in refused(root)


def test_a_workbook_a_folder_and_parquet_give_the_same_figures(tmp_path: Path) -> None:
    rows = [GOOD[0], GOOD[1].replace("02/01", "05/04"), GOOD[2].replace(";100", ";1.234,5")]
    figures = COUNT.replace('"surat"', '"nilai"') + "sum = 'rupiah'\narea = 'kota'\n"
    root = write_office(tmp_path / "csv", rows, figures)
    expected = load_agency(root).counted.figures[["period", "area", "value"]]
    assert expected["value"].sum() == 1434.5
    cells = pd.read_csv(root / "records/buku.csv", sep=";", dtype=str)
    for day in ("Tanggal", "Selesai"):
        cells[day] = pd.to_datetime(cells[day], format="%d/%m/%Y")
    cells["Rupiah"] = cells["Rupiah"].str.replace(".", "").str.replace(",", ".").astype(float)
    for name in ("buku.xlsx", "buku.parquet"):
        other = tmp_path / name
        shutil.copytree(root, other)
        (other / "records/buku.csv").unlink()
        (other / "records/tahun [2018]").mkdir()
        if name.endswith("xlsx"):
            cells.to_excel(other / "records/tahun [2018]" / name, index=False)
        else:
            duckdb.sql("FROM cells").write_parquet(str(other / "records/tahun [2018]" / name))
        edit(other, 'files = ["buku.csv"]', 'files = ["tahun [[]2018]/*"]')
        found = load_agency(other).counted.figures[["period", "area", "value"]]
        pd.testing.assert_frame_equal(found, expected)


def test_without_the_engine_registers_are_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iku_analysis.records.counted.find_spec", lambda _name: None)
    assert 'pip install "iku-analysis[records]"' in refused(write_office(tmp_path, [GOOD[0].replace("Ana", "Dodi")]))


def test_what_was_read_and_what_no_register_names_is_told(tmp_path: Path) -> None:
    root = write_office(tmp_path, GOOD[:2])
    (root / "records/lama.csv").write_text("a;b\n1;2\n")
    account = load_agency(root).account
    assert ("records/: buku", 2) in account.tables
    assert [(each.place, each.reason) for each in account.overlooked] == [
        ("records/lama.csv", "tidak disebut di records/records.toml")
    ]


def test_a_workbook_is_told_by_its_own_rows_whatever_its_headings(tmp_path: Path) -> None:
    root = write_office(tmp_path, GOOD[:2], files='["buku.xlsx"]')
    cells = pd.read_csv(root / "records/buku.csv", sep=";", dtype=str).assign(row="x", catatan="")
    cells.loc[1, "Tanggal"] = "kemarin"
    cells.columns = [*cells.columns[:-2], "row", "row"]
    cells.to_excel(root / "records/buku.xlsx", index=False)
    assert "records/buku.xlsx, baris 3, kolom Tanggal: tertulis: “kemarin”" in refused(root)


def test_a_parquet_column_of_another_type_is_read_as_text_and_told_by_its_cell(tmp_path: Path) -> None:
    root = write_office(tmp_path, GOOD[:2], files='["buku.parquet"]')
    query = "SELECT * REPLACE (TRUE AS Jenis, 20180102 AS Tanggal, {} AS Selesai) FROM read_csv('{}', all_varchar=true)"
    day = "TIMESTAMPTZ '2018-01-02 00:00:00+07'"  # another day elsewhere
    table = duckdb.sql(query.format(day, root / "records/buku.csv"))
    table.write_parquet(str(root / "records/buku.parquet"))
    found = refused(root)
    assert "records/buku.parquet, baris 2, kolom Tanggal: tertulis: “20180102”, dan 2 sel sejenis" in found


def test_the_engine_reads_no_file_once_registers_are_loaded(tmp_path: Path) -> None:
    agency = load_agency(write_office(tmp_path, GOOD[:2]))
    assert agency.records is not None
    with loaded(agency.records, agency.root, agency.policy.areas) as connection:
        assert connection.execute("SELECT count(*) FROM buku").fetchone() == (2,)
        for query in ("FROM read_text('/etc/hosts')", "ATTACH 'x.db'", "SET enable_external_access = true"):
            with pytest.raises(duckdb.Error):
                connection.execute(query)


@pytest.mark.parametrize("least", [20, 40])
def test_a_register_for_which_there_is_no_room_is_refused_as_such_wherever_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    """With as little memory and disk it fails while it is loaded, or while it is counted; never as a condition."""
    connect = duckdb.connect

    def small(*args: object, config: dict[str, str]) -> duckdb.DuckDBPyConnection:
        return connect(*args, config=config | {"max_temp_directory_size": "1MB"})  # type: ignore[arg-type]

    monkeypatch.setattr("iku_analysis.records.engine.duckdb.connect", small)
    monkeypatch.setattr("iku_analysis.records.engine.MOST_MEMORY", f"{least}MB")
    rows = [f"A-{place};Ana {place};02/01/2018;;baru;Kota Timur;1" for place in range(300_000)]
    found = refused(write_office(tmp_path, rows, COUNT + "distinct = 'orang'\n"))
    assert "register yang lebih besar dari memori dan disk yang ada" in found
    assert found.count("->") == 1


def test_without_a_place_for_what_memory_does_not_hold_registers_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_office(tmp_path, GOOD[:2])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert "memori dan disk" in refused(root)
