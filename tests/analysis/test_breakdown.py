"""Breakdowns: coverage by item, contributions that sum to the growth, and items that are more than the whole."""

import pytest

import iku_analysis as iku
from iku_analysis import DataError, contributions
from iku_analysis.analysis.breakdown import breakdown_kinds

HEADING = "indikator;periode;nilai;pembilang;penyebut;rincian;wilayah;basis;status;sumber;keterangan"


def with_items(make_agency, *rows: str):
    """Return an agency that has one more file, with a column of breakdowns."""
    from iku_analysis import load_agency

    root = make_agency().root
    text = "\n".join([HEADING, *(f"{row};;resmi;final;uji;" for row in rows)])
    (root / "realisations/rincian.csv").write_text(text, encoding="utf-8")
    return load_agency(root)


def test_a_breakdown_is_no_part_of_the_whole(make_agency) -> None:
    agency = with_items(make_agency, "uttp;2021;;980;1000;", "uttp;2021;;380;400;jenis: timbangan")
    assert len(agency.figures) == 1
    assert agency.figures.iloc[0]["numerator"] == 980
    assert list(agency.parts["breakdown"]) == ["jenis: timbangan"]
    assert breakdown_kinds(agency, "uttp") == ["jenis"]


def test_coverage_by_item(make_agency) -> None:
    rows = [f"uttp;2021-TW{quarter};;{98 if quarter < 4 else 99};100;jenis: timbangan" for quarter in (1, 2, 3, 4)]
    agency = with_items(make_agency, *rows, "uttp;2021;;10;20;Jenis : meter taksi", "uttp;2021;;1;1;lokasi: pasar")
    items = iku.coverage.by_item(agency, "uttp", 2021, "jenis").set_index("item")
    assert list(items.index) == ["meter taksi", "timbangan"]
    assert list(items.loc["timbangan", ["numerator", "denominator", "value", "shortfall"]]) == [393, 400, 98.25, 3]
    assert items.loc["meter taksi", "shortfall"] == 10  # 99% of 20 is 19,8


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["nik;2021;120;;;", "nik;2021;80;;;jenis: primer", "nik;2021;41;;;jenis: sekunder"], "jenis berjumlah 121"),
        (["uttp;2021;;90;100;", "uttp;2021;;91;100;jenis: timbangan"], "jenis berjumlah 91"),
        (["uttp;2021;;90;100;", "uttp;2021;;50;101;jenis: timbangan"], "jenis berjumlah 101"),
    ],
)
def test_items_above_the_whole_are_refused(make_agency, rows: list[str], found: str) -> None:
    with pytest.raises(DataError, match=found) as caught:
        with_items(make_agency, *rows)
    assert [problem.row for problem in caught.value.problems] == [3]


def test_items_of_two_kinds_are_not_added(make_agency) -> None:
    with_items(make_agency, "nik;2021;120;;;", "nik;2021;80;;;jenis: primer", "nik;2021;80;;;sektor: jasa")


@pytest.mark.parametrize("text", ["timbangan", "jenis:", ": timbangan"])
def test_a_breakdown_without_kind_or_item_is_refused(make_agency, text: str) -> None:
    with pytest.raises(DataError, match="misalnya jenis: timbangan"):
        with_items(make_agency, f"uttp;2021;;1;2;{text}")


def test_contributions_sum_to_the_growth(make_agency) -> None:
    agency = with_items(
        make_agency,
        *["ekspor;2019;1000;;;", "ekspor;2020;1100;;;"],
        *["ekspor;2019;400;;;tujuan: A", "ekspor;2020;460;;;tujuan: A"],
        *["ekspor;2019;300;;;tujuan: B", "ekspor;2020;290;;;tujuan: B"],
        "ekspor;2020;100;;;tujuan: C",  # only one of the years: in the rest
    )
    frame = contributions(agency, "ekspor", 2020, "tujuan")
    assert list(frame["item"]) == ["A", "B", ""]
    assert list(frame["points"]) == pytest.approx([6, -1, 5])
    assert frame["points"].sum() == pytest.approx(10)
    assert list(frame.iloc[-1][["value", "previous"]]) == [350, 300]


@pytest.mark.parametrize("rows", [[], ["ekspor;2020;5;;;"], ["ekspor;2019;0;;;", "ekspor;2020;5;;;"]])
def test_no_contributions_without_two_wholes(make_agency, rows: list[str]) -> None:
    assert contributions(with_items(make_agency, *rows, "ekspor;2020;5;;;tujuan: A"), "ekspor", 2020, "tujuan").empty


def test_no_contributions_across_a_break(make_agency) -> None:
    """From 2021 on small firms are counted by other limits: the change on 2020 is nobody's contribution."""
    rows = [f"ekspor;{year};{value};;;{item}" for year in (2020, 2021) for value, item in ((9, ""), (5, "tujuan: A"))]
    assert contributions(with_items(make_agency, *rows), "ekspor", 2021, "tujuan").empty
