"""The decree 154/2018 as the code reads it, held against its words; and a later decree beside it."""

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from iku_analysis.agency.load import Agency, load_agency
from iku_analysis.sources.decree import Decree, read_decree
from iku_analysis.sources.in_force import compare_decrees, decree_in_force, read_decrees

DATA = Path(__file__).parents[1] / "data"
TEXT = (DATA / "raw/decrees/154-2018/decree.txt").read_text(encoding="utf-8")
YEARS = [2018, 2019, 2020, 2021, 2022]
IDS = ["nik", "umkm", "pasar_sni", "pasar_diawasi", "keluhan", "uttp", "ekspor"]

TARGETS = {
    "nik": [0, 120, 120, 120, 120],
    "umkm": [10000, 27799, 27799, 27799, 27797],
    "pasar_sni": [16, 0, 0, 0, 0],
    "pasar_diawasi": [0, 18, 20, 22, 24],
    "keluhan": [100, 100, 100, 100, 100],
    "uttp": [96, 97, 98, 99, 100],
    "ekspor": [4084357380, 4125200954, 4166452963, 4208117493, 4250198668],
}
NOT_TARGETED = {
    ("nik", 2018),
    ("pasar_sni", 2019),
    ("pasar_sni", 2020),
    ("pasar_sni", 2021),
    ("pasar_sni", 2022),
    ("pasar_diawasi", 2018),
}
NAMES = {
    "nik": "Jumlah Koperasi yang bersertifikat Nomor Induk Koperasi",
    "umkm": "Pertumbuhan Jumlah Usaha Mikro, Kecil, dan Menengah",
    "pasar_sni": "Jumlah pasar yang menjual produk ber SNI (Standar Nasional Indonesia)",
    "pasar_diawasi": "Jumlah pasar yang menjual produk ber SNI, produk makanan minuman dan menggunakan alat "
    "Kemetrolagian yang diawasi",
    "keluhan": "persentase keluhan/temuan konsumen yang ditindaklanjuti",
    "uttp": "Persentase Cakupan alat UTTP (Ukuran, Takaran, Timbangan, dan Perlengkapannya) yang ditera dan "
    "ditera ulang",
    "ekspor": "Jumlah ekspor yang dilakukan UKM DKI Jakarta",
}
UNITS = ["Koperasi", "UKM", "Pasar", "Pasar", "Persen", "Persen", "USD"]
DEFINITIONS = {
    "nik": "Jumlah Koperasi yang mendapatkan sertifikat NIK (Nomor Induk Koperasi) dari Kementerian Koperasi dan "
    "UKM selama 1 (satu) tahun",
    "umkm": "Jumlah wirausaha yang sudah di tahap P4 atau sudah mendapatkan perijinan baik IUMK (Ijin Usaha Mikro "
    "Kecil) maupun SKU (Surat Keterangan Usaha) yang dikeluarkan oleh PTSP",
    "pasar_sni": "Jumlah Pasar yang menjual Produk SNI berdasarkan hasil pengawasan Bidang Pengawasan, Pengendalian "
    "dan Perlindungan Konsumen Dinas KUKMP baik di pasar tradisional maupun pasar modern",
    "pasar_diawasi": "Jumlah Pasar yang menjual Produk ber SNI, produk makanan minuman yang memenuhi ketentuan dan "
    "yang menggunakan alat UTTP (Ukur, Takar, Timbang dan Perlengkapannya) berdasarkan hasil pengawasan Bidang "
    "Pengawasan, Pengendalian dan Perlindungan Konsumen Dinas KUKMP baik di pasar tradisional maupun pasar modern",
    "keluhan": "Jumlah keluhan / temuan yang ditindaklanjuti dibagi jumlah keluhan / temuan yang masuk dalam 1 "
    "(satu) tahun",
    "uttp": "Persentase cakupan alat UTTP (Ukuran, Takaran, Timbangan dan Perlengkapannya) yang ditera dan ditera "
    "ulang dalam 1 (satu) tahun",
    "ekspor": "Jumlah ekspor yang dilakukan oleh UKM di DKI Jakarta adalah jumlah proses transportasi barang atau "
    "komoditas dari suatu negara ke negara lain yang dilakukan oleh UKM melalui Provinsi DKI Jakarta",
}
FIRST_OBJECTIVE = (
    "Tersedianya Produk hasil usaha Koperasi, UKM, dan Perdagangan yang bernilai tinggi, daya saing tinggi dan "
    "memenuhi syarat dan standarisasi pasar melalui kelembagaan yang profesional"
)
SECOND_OBJECTIVE = (
    "Meningkatnya kewirausahaan dengan dukungan Sinkronisasi Tata Ruang dan kemampuan menjaga daya dukung dan daya "
    "tampung lingkungan"
)
THIRD_OBJECTIVE = "Peningkatan Kemudahan, kepastian dan perlindungan untuk usaha, serta perlindungan konsumen"


@pytest.fixture(scope="module")
def decree() -> Decree:
    decrees, problems = read_decrees(DATA / "raw")
    assert problems == []
    assert len(decrees) == 1
    return decrees[0]


# --- the facts of the body ---


def test_facts(decree: Decree) -> None:
    assert decree.decree_id == "154-2018"
    assert decree.number == "154/2018"
    assert decree.date == date(2018, 10, 1)
    assert (decree.first_year, decree.last_year) == (2018, 2022)
    assert decree.title == (
        "PENETAPAN INDIKATOR KINERJA UTAMA (IKU) DINAS KOPERASI, USAHA KECIL DAN MENENGAH SERTA PERDAGANGAN "
        "PROVINSI DKI JAKARTA TAHUN ANGGARAN 2018"
    )
    assert decree.agency == (
        "DINAS KOPERASI, USAHA KECIL DAN MENENGAH, SERTA PERDAGANGAN PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA"
    )


def test_legal_bases_are_quoted_with_their_slips(decree: Decree) -> None:
    assert decree.legal_bases == (
        "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah diubah dengan Undang – "
        "Undang Nomor 2 Tahun 2015",
        "Peraturan Pemerintah Nomor 28 Tahun 2008 tentang Pelaporan Keuangan dan Kinerja Instansi Pemerintah",
        "Peraturan Menteri Negara Pendayagunaan Aparatur Negara Nomor 09/M.PAN/05/2007 tentang Pedoman Penyusunan "
        "Indikator Kinerja Utama di Lingkungan Instansi Pemerintah",
        "Peraturan Pemerintah Pendayagunaan Aparatur Negara Nomor 20/M.PAN/11/2008 tentang Petunjuk Penyusunan "
        "Indikator Kinerja Utama",
        "Peraturan Daerah Daerah Khusus Ibukota Jakarta Nomor 5 Tahun 2016 tentang Organisasi Perangkat Daerah",
        "Peraturan Daerah Daerah Khusus Ibukota Jakarta Nomor 1 Tahun 2018 tentang Rencana Pembangunan Menengah "
        "Daerah Provinsi Daerah Khusus Ibukota Jakarta Tahun 2017-2022",
        "Peraturan Gubernur Nomor 266 Tahun 2016 tentang Organisasi dan Tata Kerja Dinas Koperasi, Usaha Kecil dan "
        "Menengah serta Perdagangan",
    )
    assert all(basis in TEXT for basis in decree.legal_bases)


def test_uses_and_recipients(decree: Decree) -> None:
    assert decree.uses == ("Rencana Kerja dan Anggaran", "Penetapan Kinerja", "Laporan Kinerja", "Evaluasi Kinerja")
    assert decree.recipients == (
        "Sekretaris Daerah Provinsi DKI Jakarta",
        "Plt. Asisten Perekonomian dan Keuangan Sekda Provinsi DKI Jakarta",
        "Inspektur Provinsi DKI Jakarta",
        "Kepala Badan Perencanaan Pembangunan Daerah Provinsi DKI Jakarta",
        "Kepala Biro Perekonomian Setda Provinsi DKI Jakarta",
    )


# --- the annex ---


def test_indicators_word_for_word(decree: Decree) -> None:
    frame = decree.indicators
    assert list(frame["number"]) == [1, 2, 3, 4, 5, 6, 7]
    assert list(frame["indicator_id"]) == IDS
    assert list(frame["indicator"]) == list(NAMES.values())
    assert list(frame["unit"]) == UNITS
    assert set(frame["decree"]) == {"154-2018"}


@pytest.mark.parametrize("indicator_id", IDS)
def test_operational_definitions_word_for_word(decree: Decree, indicator_id: str) -> None:
    definition = DEFINITIONS[indicator_id]
    assert TEXT.count(f"\t{definition}\n") == 1  # a whole cell of the annex, the last of its line
    assert decree.indicators.set_index("indicator_id").loc[indicator_id, "definition"] == definition


def test_three_objectives(decree: Decree) -> None:
    assert list(decree.indicators["objective"]) == [
        FIRST_OBJECTIVE,
        SECOND_OBJECTIVE,
        THIRD_OBJECTIVE,
        THIRD_OBJECTIVE,  # blank in the annex, after the page break: continues IKU 3
        THIRD_OBJECTIVE,
        THIRD_OBJECTIVE,
        THIRD_OBJECTIVE,
    ]


def test_all_35_target_cells(decree: Decree) -> None:
    assert len(decree.targets) == 35
    wide = decree.targets.pivot(index="indicator_id", columns="year", values="target")
    assert list(wide.columns) == YEARS
    assert {each: [int(cell) for cell in wide.loc[each]] for each in wide.index} == TARGETS
    assert (wide == wide.round()).all(axis=None)


def test_six_cells_are_not_targeted(decree: Decree) -> None:
    blank = decree.targets[~decree.targets["targeted"]]
    assert set(zip(blank["indicator_id"], blank["year"], strict=True)) == NOT_TARGETED
    assert len(blank) == 6


def test_export_targets_grow_one_per_cent_a_year(decree: Decree) -> None:
    exports = decree.targets[decree.targets["indicator_id"] == "ekspor"].set_index("year")["target"]
    assert [round(100 * (exports[year] / exports[year - 1] - 1), 2) for year in YEARS[1:]] == [1.00, 1.00, 1.00, 1.00]
    assert exports[2022] == 4250198668


def test_targets_of_umkm_sum_to_121194(decree: Decree) -> None:
    assert decree.targets.loc[decree.targets["indicator_id"] == "umkm", "target"].sum() == 121194


def test_what_we_decide_about_the_indicators(decree: Decree) -> None:
    frame = decree.indicators.set_index("indicator_id")
    assert set(frame["direction"]) == {"higher"}
    assert list(frame["aggregation"]) == ["sum", "sum", "sum", "sum", "ratio", "ratio", "sum"]
    assert list(frame["path"]) == ["flat", "flat", "flat", "rising", "flat", "rising", "rising"]
    assert dict(frame["upper_bound"].dropna()) == {"keluhan": 100, "uttp": 100}
    assert dict(frame["max_decimals"].dropna()) == {
        "nik": 0,
        "umkm": 0,
        "pasar_sni": 0,
        "pasar_diawasi": 0,
        "ekspor": 2,
    }
    assert list(zip(decree.breaks["indicator_id"], decree.breaks["year"], strict=True)) == [
        ("umkm", 2020),
        ("umkm", 2021),
        ("uttp", 2019),
        ("ekspor", 2021),
    ]
    assert len(decree.notes) == 3


def test_a_zero_can_be_the_target_itself(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    toml = root / "decrees/154-2018/indicators.toml"
    first, rest = toml.read_text(encoding="utf-8").split('id = "umkm"')
    changed = first.replace('zero_target = "not_targeted"', 'zero_target = "target"')
    toml.write_text(changed + 'id = "umkm"' + rest, encoding="utf-8")
    (decree,), problems = read_decrees(root)
    assert problems == []
    blank = decree.targets[~decree.targets["targeted"]]
    assert set(zip(blank["indicator_id"], blank["year"], strict=True)) == NOT_TARGETED - {("nik", 2018)}


def test_the_examples_decree_is_the_real_one_byte_for_byte() -> None:
    for name in ("decree.txt", "indicators.toml"):
        path = f"decrees/154-2018/{name}"
        assert (DATA / "example" / path).read_bytes() == (DATA / "raw" / path).read_bytes()


# --- a later decree beside the first ---


def copy_root(tmp_path: Path) -> Path:
    """Return a data root with the real decree and policy, and no realisations."""
    root = tmp_path / "root"
    shutil.copytree(DATA / "raw/decrees", root / "decrees")
    shutil.copy(DATA / "raw/policy.toml", root)
    return root


def write_later_decree(root: Path) -> None:
    """Write the decree 77/2020, for 2020-2024: the words of the first but for what is replaced here."""
    folder = root / "decrees" / "77-2020"
    shutil.copytree(root / "decrees/154-2018", folder)
    replace_in(
        folder / "decree.txt",
        {
            "NOMOR : 154 TAHUN 2018": "NOMOR : 77 TAHUN 2020",
            "Nomor : 154 TAHUN 2018": "Nomor : 77 TAHUN 2020",
            "01 Oktober 2018": "15 Juli 2020",
            "01 OKTOBER 2018": "15 JULI 2020",
            "Tahun 2018-2022 sebagaimana": "Tahun 2020-2024 sebagaimana",
            "\t2018\t2019\t2020\t2021\t2022\t": "\t2020\t2021\t2022\t2023\t2024\t",
            "\tKoperasi\t0\t120\t120\t120\t120\t": "\tKoperasi\t130\t130\t130\t130\t130\t",
            "\t96\t97\t98\t99\t100\t": "\t98\t99\t99,5\t100\t100\t",
            "Jumlah ekspor yang dilakukan UKM DKI Jakarta\tUSD": "Nilai ekspor UKM DKI Jakarta\tDolar AS",
        },
    )
    # A decree can only name breaks in its own years.
    replace_in(folder / "indicators.toml", {"[[indicator.break]]\nyear = 2019": "[[indicator.break]]\nyear = 2020"})


def replace_in(path: Path, changes: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Agency:
    root = copy_root(tmp_path_factory.mktemp("two"))
    write_later_decree(root)
    return load_agency(root)


def test_both_decrees_are_read_oldest_first(two: Agency) -> None:
    assert [decree.number for decree in two.decrees] == ["154/2018", "77/2020"]
    assert two.decrees[1].date == date(2020, 7, 15)
    assert two.years == [2018, 2019, 2020, 2021, 2022, 2023, 2024]


def test_decrees_stand_in_the_order_of_their_dates_not_of_their_folders(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    write_later_decree(root)
    (root / "decrees/77-2020").rename(root / "decrees/077-2020")
    decrees, _problems = read_decrees(root)
    assert [decree.decree_id for decree in decrees] == ["154-2018", "077-2020"]


@pytest.mark.parametrize(
    ("year", "decree_id"),
    [
        (2017, None),
        (2018, "154-2018"),
        (2019, "154-2018"),
        (2020, "77-2020"),
        (2022, "77-2020"),
        (2024, "77-2020"),
        (2025, None),
    ],
)
def test_the_later_decree_judges_from_its_first_year(two: Agency, year: int, decree_id: str | None) -> None:
    decree = decree_in_force(two.decrees, year)
    assert (decree.decree_id if decree else None) == decree_id


@pytest.mark.parametrize(
    ("indicator_id", "targets"),
    [
        ("nik", [0, 120, 130, 130, 130, 130, 130]),
        ("umkm", [10000, 27799, 10000, 27799, 27799, 27799, 27797]),
        ("uttp", [96, 97, 98, 99, 99.5, 100, 100]),
    ],
)
def test_targets_of_each_year_come_from_the_decree_in_force(
    two: Agency, indicator_id: str, targets: list[float]
) -> None:
    mine = two.targets[two.targets["indicator_id"] == indicator_id]
    assert list(mine["year"]) == [2018, 2019, 2020, 2021, 2022, 2023, 2024]
    assert list(mine["target"]) == targets
    assert list(mine["decree"]) == ["154-2018", "154-2018", *["77-2020"] * 5]


def test_no_year_is_judged_twice(two: Agency) -> None:
    assert len(two.targets) == 7 * 7
    assert list(dict.fromkeys(two.targets["indicator_id"])) == IDS


def test_an_indicator_is_named_as_its_year_names_it(two: Agency) -> None:
    assert two.indicator("ekspor", 2019)["indicator"] == "Jumlah ekspor yang dilakukan UKM DKI Jakarta"
    assert two.indicator("ekspor", 2020)["indicator"] == "Nilai ekspor UKM DKI Jakarta"


def changes_of(frame: pd.DataFrame, indicator_id: str) -> list[tuple[str, str, str]]:
    mine = frame[frame["indicator_id"] == indicator_id]
    return list(zip(mine["what"], mine["old"], mine["new"], strict=True))


def test_compare_decrees_lists_what_changed(two: Agency) -> None:
    changed = compare_decrees(*two.decrees)
    assert list(changed.columns) == ["indicator_id", "what", "old", "new"]
    assert changes_of(changed, "nik") == [
        ("target 2018", "0", ""),
        ("target 2019", "120", ""),
        ("target 2020", "120", "130"),
        ("target 2021", "120", "130"),
        ("target 2022", "120", "130"),
        ("target 2023", "", "130"),
        ("target 2024", "", "130"),
    ]
    assert changes_of(changed, "uttp") == [
        ("target 2018", "96", ""),
        ("target 2019", "97", ""),
        ("target 2022", "100", "99.5"),  # 2020 and 2021 stay at 98 and 99
        ("target 2023", "", "100"),
        ("target 2024", "", "100"),
        ("break 2020", "", two.breaks.loc[two.breaks["indicator_id"] == "uttp", "note"].iloc[-1]),
    ]
    assert changes_of(changed, "ekspor")[:2] == [
        ("indicator", "Jumlah ekspor yang dilakukan UKM DKI Jakarta", "Nilai ekspor UKM DKI Jakarta"),
        ("unit", "USD", "Dolar AS"),
    ]
    words = changed[~changed["what"].str.startswith("target")]
    assert list(zip(words["indicator_id"], words["what"], strict=True)) == [
        ("uttp", "break 2020"),
        ("ekspor", "indicator"),
        ("ekspor", "unit"),
    ]


def test_compare_decrees_tells_what_we_decide_too(tmp_path: Path) -> None:
    """A zero that becomes a target, and another direction, change a result as much as another target does."""
    root = copy_root(tmp_path)
    old, problems = read_decree(root / "decrees/154-2018")
    assert problems == []
    toml = root / "decrees/154-2018/indicators.toml"
    first, rest = toml.read_text(encoding="utf-8").split("[[indicator]]\nnumber = 2")
    first = first.replace('direction = "higher"', 'direction = "lower"')
    first = first.replace('zero_target = "not_targeted"', 'zero_target = "target"')
    toml.write_text(first + "[[indicator]]\nnumber = 2" + rest, encoding="utf-8")
    new, problems = read_decree(root / "decrees/154-2018")
    assert problems == []
    assert old is not None
    assert new is not None
    changed = compare_decrees(old, new)
    assert list(changed.itertuples(index=False, name=None)) == [
        ("nik", "direction", "higher", "lower"),
        ("nik", "targeted 2018", "False", "True"),
    ]


def test_a_decree_does_not_differ_from_itself(decree: Decree) -> None:
    assert compare_decrees(decree, decree).empty


def test_compare_decrees_names_what_came_and_went(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    write_later_decree(root)
    folder = root / "decrees/77-2020"
    text = (folder / "decree.txt").read_text(encoding="utf-8")
    without = [line for line in text.splitlines(keepends=True) if not line.startswith("7\t")]
    (folder / "decree.txt").write_text("".join(without), encoding="utf-8")
    toml = (folder / "indicators.toml").read_text(encoding="utf-8")
    (folder / "indicators.toml").write_text(toml.split("[[indicator]]\nnumber = 7")[0], encoding="utf-8")
    (old, new), problems = read_decrees(root)
    assert problems == []
    name = "Jumlah ekspor yang dilakukan UKM DKI Jakarta"
    assert changes_of(compare_decrees(old, new), "ekspor") == [("indicator", name, "")]
    assert changes_of(compare_decrees(new, old), "ekspor") == [("indicator", "", name)]
