"""The offices' forms: every number held against rows added up here, by hand or from the raw files."""

import math
from pathlib import Path

import pandas as pd
import pytest
from roots import Kind, write_root

import iku_analysis as iku
from iku_analysis.agency.load import Agency

EXAMPLE = Path(__file__).parents[2] / "data/example"
COUNT = Kind("usaha", "Usaha", "100 110 120 130 140")
SHARE = Kind("cakupan", "Persen", "90 91 92 93 94", aggregation="ratio", more="upper_bound = 100")
FEWER = Kind("batal", "dokumen", "10 10 10 10 10", "lower", zero="target")
STOCK = Kind("stok", "Unit", "50 60 70 80 90", aggregation="last")
SILENT = Kind("diam", "Unit", "5 5 5 5 5")
BROKEN = Kind(
    "baru", "Unit", "40 40 40 40 40", more='[[indicator.break]]\nyear = 2020\nnote = { id = "uji", en = "test" }'
)
ROWS = [
    *(
        "usaha|2018|90",
        "usaha|2019|115",
        "usaha|2020-Q1|30",
        "usaha|2020-Q2|30",
        "usaha|2020-Q3|25",
        "usaha|2020-Q4|45",
    ),
    *("usaha|2021|150", "usaha|2022|160"),
    *("cakupan|2018|45/50", "cakupan|2019|46/50", "cakupan|2020-Q1|8/10", "cakupan|2020-Q2|18/20"),
    *("cakupan|2020-Q3|19/20", "cakupan|2020-Q4|45/50", "cakupan|2021|49/50"),
    *("batal|2018|8", "batal|2019|9", "batal|2020|12", "stok|2018|51", "stok|2019|61"),
    *("stok|2020-Q1|62", "stok|2020-Q2|63", "stok|2020-Q3|65", "stok|2020-Q4|66"),
    *("baru|2018|40", "baru|2019|41", "baru|2020|42", "baru|2021|43"),
]
BUDGET = """program;indikator;periode;anggaran;realisasi;sumber
A;usaha;2018;100;90;uji
A;usaha;2019;200;150;uji
A;usaha;2020-Q1;50;40;uji
A;usaha;2020-Q2;50;41;uji
A;usaha;2020-Q3;50;42;uji
A;usaha;2020-Q4;50;43;uji
B;usaha;2020;70;60;uji
C;;2020;10;9;uji"""
NOTES = """# umum
## Langkah berikutnya
rencana dinas
# usaha
## Penyebab
pameran ramai
# batal
## Penyebab
berkas hilang
## Hambatan
petugas kurang
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Agency:
    """A second agency: an addition, a percentage, less is better, a stock, one silent, one of a new definition."""
    kinds = [COUNT, SHARE, FEWER, STOCK, SILENT, BROKEN]
    files = {"budget/a.csv": BUDGET, "notes/2020.md": NOTES}
    return iku.load_agency(write_root(tmp_path_factory.mktemp("office"), {2018: kinds}, ROWS, **files))


@pytest.fixture(scope="module")
def form(office: Agency) -> pd.DataFrame:
    return iku.forms.e81(office, 2020)


def cells(form: pd.DataFrame, indicator_id: str, *columns: str) -> list[float]:
    """Return cells of the first row of an indicator."""
    return [form[form["indicator_id"] == indicator_id].iloc[0][column] for column in columns]


def test_additions_are_added(form: pd.DataFrame) -> None:
    assert cells(form, "usaha", "k5", "k6", "k7") == [100 + 110 + 120 + 130 + 140, 90 + 115, 120]
    assert cells(form, "usaha", "k8", "k9", "k10", "k11") == [30, 30, 25, 45]
    assert cells(form, "usaha", "k12", "k13", "k13_from") == [130, 335, "6+12"]
    # The form says 14/6 where it means 13/5: 335 / 205 x 100 = 163,4 would be "Sangat Tinggi".
    assert cells(form, "usaha", "k14", "year_pct") == pytest.approx([335 / 600 * 100, 130 / 120 * 100])
    assert cells(form, "usaha", "k_note") == [""]


def test_what_is_no_addition_keeps_its_last_value(form: pd.DataFrame) -> None:
    """90 % and 92 % make no 182 %, and two stocks no third."""
    assert cells(form, "cakupan", "k5", "k6", "k8", "k11", "k12", "k13") == pytest.approx([94, 92, 80, 90, 90, 90])
    assert cells(form, "cakupan", "k14", "k13_from") == [pytest.approx(90 / 94 * 100), "12"]
    assert cells(form, "stok", "k5", "k6", "k10", "k12", "k13") == [90, 61, 65, 66, 66]
    assert cells(form, "stok", "k14") == pytest.approx([66 / 90 * 100])
    assert "nilai terakhir, kolom 12" in cells(form, "stok", "k_note")[0]


def test_where_less_is_better_a_level_above_its_target_is_a_miss(form: pd.DataFrame) -> None:
    assert cells(form, "batal", "k5", "k6", "k12", "k13") == [50, 17, 12, 29]
    assert cells(form, "batal", "k14", "year_pct") == pytest.approx(
        [(2 * 50 - 29) / 50 * 100, (2 * 10 - 12) / 10 * 100]
    )
    assert "Makin rendah makin baik" in cells(form, "batal", "k_note")[0]


def test_what_nobody_told_is_empty_with_a_reason_and_never_zero(form: pd.DataFrame) -> None:
    assert cells(form, "diam", "k5", "k7") == [25, 5]
    assert all(map(math.isnan, cells(form, "diam", "k6", "k8", "k11", "k12", "k13", "k14", "year_pct")))
    note = cells(form, "diam", "k_note")[0]
    assert "(6) Belum ada realisasi 2018, 2019." in note
    assert "(12) Belum ada angka." in note
    assert cells(form, "diam", "rp_note") == ["Tidak ada anggaran yang tercatat."]
    assert all(map(math.isnan, cells(form, "diam", "rp7", "rp12", "rp13")))


def test_years_of_another_definition_are_not_added(form: pd.DataFrame) -> None:
    assert cells(form, "baru", "k6", "k12", "k13_from") == [81, 42, ""]
    assert all(map(math.isnan, cells(form, "baru", "k13", "k14")))
    assert "(13) Tidak dijumlahkan: definisinya berubah pada 2020." in cells(form, "baru", "k_note")[0]


def test_money_of_each_programme(form: pd.DataFrame) -> None:
    money = form.set_index("programme")
    assert list(form["programme"])[:2] == ["A", "B"]
    assert money.loc["A", ["rp6", "rp7", "rp8", "rp11", "rp12", "rp13"]].tolist() == [240, 200, 40, 43, 166, 406]
    assert money.loc["B", ["rp7", "rp12"]].tolist() == [70, 60]
    assert money.loc["B", ["rp6", "rp8", "rp13"]].isna().all()  # unknown in 2018 and 2019, and by quarter
    assert "(6) Belum ada realisasi anggaran 2018, 2019." in money.loc["B", "rp_note"]
    assert form[["rp5", "rp14"]].isna().all(axis=None)  # the money at the plan's end is in no file
    assert money.loc["C", "indicator_id"] == ""
    performance = [f"k{column}" for column in range(5, 15)]
    assert form.loc[[1, len(form) - 1], performance].isna().all(axis=None)  # K once an indicator, none for C


def test_in_the_first_year_of_a_plan_nothing_stands_before_it(office: Agency) -> None:
    form = iku.forms.e81(office, 2018)
    assert all(map(math.isnan, cells(form, "usaha", "k6", "rp6")))
    assert cells(form, "usaha", "k12", "k13", "k13_from", "rp12", "rp13", "rp13_from") == [90, 90, "12", 90, 90, "12"]


def test_the_foot_is_a_mean_of_levels_with_its_rating(office: Agency, form: pd.DataFrame) -> None:
    foot = iku.forms.e81_foot(office, form, 2020).set_index("item")
    levels = [130 / 120 * 100, 90 / 92 * 100, 80, 66 / 70 * 100, 42 / 40 * 100]
    assert foot.loc["mean_year", "mean_pct"] == pytest.approx(sum(levels) / 5)
    assert foot.loc["mean_year", ["counted", "targeted", "rating"]].tolist() == [5, 6, "Baik"]
    # Column 14 is known of four of the six: a third is missing, and the policy allows a fifth.
    assert math.isnan(foot.loc["mean_plan", "mean_pct"])
    assert foot.loc["mean_plan", ["counted", "rating"]].tolist() == [4, ""]
    assert foot.loc["mean_plan", "reason"] == "Baru 4 dari 6 indikator bertarget yang dapat dihitung."
    assert list(foot.index[:2]) == ["mean_year", "mean_plan"]  # and no mean, sum or rating of rupiah
    assert foot.loc["supporting", "text"] == "Indikator usaha: pameran ramai"
    assert foot.loc["obstacles", "text"] == "Indikator batal: berkas hilang\nIndikator batal: petugas kurang"
    assert foot.loc["next_plan", "text"] == "rencana dinas"
    assert foot.loc["next_quarter", "text"] == ""


def test_to_the_end_of_a_quarter(office: Agency) -> None:
    """Column 12 is the year so far, never quarter III alone; a later quarter is not known."""
    form = iku.forms.e81(office, 2020, 3)
    assert cells(form, "usaha", "k10", "k12", "k13", "k14") == [25, 85, 290, pytest.approx(290 / 600 * 100)]
    assert math.isnan(cells(form, "usaha", "k11")[0])
    assert cells(form, "cakupan", "k12", "k13") == pytest.approx([45 / 50 * 100] * 2)
    assert cells(form, "usaha", "rp7", "rp10", "rp12", "rp13") == [200, 42, 123, 363]
    assert math.isnan(cells(form, "usaha", "rp11")[0])


def test_no_paper_knows_the_future(office: Agency) -> None:
    """A form is the same from all the files and from those of its time."""
    pd.testing.assert_frame_equal(iku.forms.e81(office, 2020, 2), iku.forms.e81(iku.as_of(office, 2020, 6), 2020, 2))
    for make in (iku.forms.tc29, iku.forms.tc30):
        pd.testing.assert_frame_equal(make(office, 2020), make(iku.as_of(office, 2020, 0), 2020))
    assert not {2021, 2022} & {
        int(name[-4:]) for name in iku.forms.tc23(office, 2020).dropna(axis="columns", how="all") if "realised" in name
    }


def test_the_form_of_five_years(office: Agency) -> None:
    row = iku.forms.tc23(office, 2021).set_index("indicator_id").loc["usaha"]
    assert [row[f"target_{year}"] for year in range(2018, 2023)] == [100, 110, 120, 130, 140]
    assert [row[f"realised_{year}"] for year in range(2018, 2022)] == [90, 115, 130, 150]
    assert row["ratio_2019"] == pytest.approx(115 / 110 * 100)
    assert math.isnan(row["realised_2022"])
    silent = iku.forms.tc23(office, 2021).set_index("indicator_id").loc["diam"]
    assert silent["note"] == "Belum ada realisasi 2018, 2019, 2020, 2021."


def test_last_years_plan(office: Agency) -> None:
    form = iku.forms.tc29(office, 2021).set_index("indicator_id")
    numbers = [f"c{column}" for column in range(4, 12)]
    # n = 2021: 5 is 2018, 6 and 7 are 2019, 9 is the target of 2020.
    want = [600, 90, 110, 115, 115 / 110 * 100, 120, 90 + 115 + 120, 325 / 600 * 100]
    assert form.loc["usaha", numbers].tolist() == pytest.approx(want)
    assert form.loc["usaha", "programme"] == "A; B"
    want = [94, 90, 91, 92, 92 / 91 * 100, 92, 92, 92 / 94 * 100]
    assert form.loc["cakupan", numbers].tolist() == pytest.approx(want)
    assert form.loc["cakupan", ["c10_from", "c12"]].tolist() == [
        "9",
        "(10) Bukan angka yang dijumlahkan: nilai terakhir, kolom 9.",
    ]
    assert form.loc["baru", ["c10", "c11"]].isna().all()
    assert form.loc["diam", ["c5", "c7", "c8", "c10", "c11"]].isna().all()
    assert form.loc["diam", "c12"] == "(5) Belum ada realisasi 2018. (7) Belum ada realisasi 2019."
    assert iku.forms.tc29(office, 2018).empty  # no decree covers the year before


def test_performance_before_and_after(office: Agency) -> None:
    form = iku.forms.tc30(office, 2021).set_index("indicator_id")
    assert form.loc["usaha", [f"c{column}" for column in range(5, 11)]].tolist() == [110, 120, 130, 140, 115, 130]
    assert form[["c11", "c12"]].isna().all(axis=None)
    assert form.loc["usaha", ["c13", "method"]].tolist() == [
        "pameran ramai",
        "Tanpa proyeksi: Belum ada angka bulanan. Diperlukan 24 bulan berturut-turut.",
    ]
    assert form.loc["diam", "reason"] == "2019: Belum ada angka. 2020: Belum ada angka."
    assert iku.forms.tc30(office, 2022).set_index("indicator_id").loc["usaha", "reason"] == "2023: di luar keputusan."


def test_months_that_repeat_are_projected_to_repeat(tmp_path: Path) -> None:
    months = [f"usaha|{year}-{month:02d}|{month + 2}" for year in (2018, 2019) for month in range(1, 13)]
    later = [f"usaha|2020-{month:02d}|900" for month in range(1, 13)]  # not known before 2020 begins
    agency = iku.load_agency(write_root(tmp_path, {2018: [COUNT]}, [*months, *later]))
    row = iku.forms.tc30(agency, 2020).iloc[0]
    assert row["c11"] == pytest.approx(sum(range(3, 15)), rel=1e-3)
    assert math.isnan(row["c12"])
    assert "metode Theta" in row["method"]
    assert iku.forms.tc30(agency, 2019).iloc[0]["method"].startswith("Tanpa proyeksi: ")


def test_a_new_decree_begins_a_new_plan(tmp_path: Path) -> None:
    """Its years are not those of the plan before, and another unit is no number of the same column."""
    old, new = COUNT._replace(targets="100 110"), COUNT._replace(targets="5 6", unit="Ribu usaha")
    rows = ["usaha|2018|90", "usaha|2019|95", "usaha|2020|4", "usaha|2021|5"]
    agency = iku.load_agency(write_root(tmp_path, {2018: [old], 2020: [new]}, rows))
    assert math.isnan(cells(iku.forms.e81(agency, 2020), "usaha", "k6")[0])
    assert cells(iku.forms.e81(agency, 2020), "usaha", "k5", "k12", "k13", "k13_from") == [11, 4, 4, "12"]
    assert cells(iku.forms.e81(agency, 2021), "usaha", "k6", "k12", "k13") == [4, 5, 9]
    row = iku.forms.tc30(agency, 2021).iloc[0]
    assert row[["c5", "c9"]].isna().all()
    assert row[["c6", "c7", "c10"]].tolist() == [5, 6, 4]
    assert "2019: satuannya lain." in row["reason"]
    assert iku.forms.tc29(agency, 2020).iloc[0][["c4", "c7", "c9", "c10"]].tolist() == [210, 90, 110, 200]


def raw(name: str, **options: str) -> pd.DataFrame:
    """Return a file of the example as text, with its rows' year, and whole numbers where it has them."""
    rows = pd.read_csv(EXAMPLE / name, sep=";", dtype=str, **options)
    for column in {"nilai", "pembilang", "penyebut", "anggaran", "realisasi"} & set(rows):
        rows[column] = pd.to_numeric(rows[column].str.replace(".", ""))
    return rows.assign(tahun=rows["periode"].str[-4:].astype(int))


def test_the_evaluation_of_the_example_from_its_raw_rows(example: Agency) -> None:
    form, of_2021 = iku.forms.e81(example, 2021), lambda rows: rows[rows["tahun"] == 2021]
    counts = raw("realisations/koperasi_pasar_keluhan.csv")
    nik = counts[counts["indikator"] == "nik"]
    before, now = nik[nik["tahun"].between(2019, 2020)]["nilai"].sum(), of_2021(nik)["nilai"].sum()
    assert cells(form, "nik", "k5", "k6", "k12", "k13") == [4 * 120, before, now, before + now]
    assert cells(form, "nik", "k14") == pytest.approx([(before + now) / 480 * 100])
    assert cells(form, "nik", "k8", "k9", "k10", "k11") == of_2021(nik)["nilai"].tolist()
    uttp = of_2021(raw("realisations/uttp.csv"))
    share = 100 * uttp["pembilang"].sum() / uttp["penyebut"].sum()
    third = uttp[uttp["periode"].str.startswith("TW III ")]
    third_share = 100 * third["pembilang"].sum() / third["penyebut"].sum()
    assert cells(form, "uttp", "k5", "k10", "k12", "k13", "k14") == pytest.approx([100, third_share, *[share] * 3])
    assert all(map(math.isnan, cells(form, "ekspor", "k13", "k14")))  # its definition changed in 2021
    money = of_2021(raw("budget/anggaran.csv")).fillna({"indikator": ""})
    spent = money.groupby(["program", "indikator"])[["anggaran", "realisasi"]].sum()
    assert len(form) == len(spent) + 1  # one indicator without money
    for row in form[form["programme"] != ""].itertuples():
        assert [row.rp7, row.rp12] == spent.loc[(row.programme, row.indicator_id)].tolist()


def test_the_mean_of_the_example_is_the_reports(example: Agency, achievements: pd.DataFrame) -> None:
    """The same number in the form and in the report."""
    for year in example.years:
        foot = iku.forms.e81_foot(example, iku.forms.e81(example, year), year)
        assert foot.loc[0, "mean_pct"] == pytest.approx(iku.summarise(example, achievements, year).mean_capped_pct)


def test_the_performance_of_the_example_from_its_raw_rows(example: Agency) -> None:
    form = iku.forms.tc30(example, 2020).set_index("indicator_id")
    exports = pd.read_csv(EXAMPLE / "realisations/exports.csv", thousands=",")
    of_year = exports.groupby(exports["period"].str[:4])["value"].sum()
    assert form.loc["ekspor", ["c9", "c10"]].tolist() == of_year[["2018", "2019"]].tolist()
    targets = [4_084_357_380, 4_125_200_954, 4_166_452_963, 4_208_117_493]
    assert form.loc["ekspor", ["c5", "c6", "c7", "c8"]].tolist() == targets
    assert of_year["2019"] < form.loc["ekspor", "c11"] < 1.02 * of_year["2019"]  # 1,6 % more than the year before
    nik = raw("realisations/koperasi_pasar_keluhan.csv").query("indikator == 'nik' and tahun == 2019")["nilai"].sum()
    assert math.isnan(form.loc["nik", "c5"])  # the decree writes 0: not targeted
    assert form.loc["nik", ["c6", "c10"]].tolist() == [120, nik]
