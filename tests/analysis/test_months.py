"""Monthly series: never mixed, only the years of the decrees."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

import iku_analysis as iku
from iku_analysis.agency.load import Agency
from iku_analysis.schema import CONTEXT, make_frame

COLUMNS = ["series", "unit", "period", "value", "source"]


def with_context(agency: Agency, rows: Iterable[tuple[str, str, str, float]]) -> Agency:
    """Return the agency with a context of its own: indicator, series, period, value."""
    others = {"unit": "juta USD", "source": "s", "note": "", "file": "context/x.csv"}
    names = ("indicator_id", "series", "period", "value")
    records = [dict(zip(names, row, strict=True)) | others | {"row": number} for number, row in enumerate(rows)]
    return replace(agency, context=make_frame(CONTEXT, records))


def test_own_months_as_the_files_state_them(make_agency) -> None:
    agency = make_agency(
        ("ekspor", "2019-02", 12),
        ("ekspor", "Januari 2019", 11),
        ("ekspor", "2018-12", 10),
        ("ekspor", "2019-03", "-"),
        ("ekspor", "2019-03", 13, {"wilayah": "Jakarta Pusat"}),
        ("ekspor", "2019-03", 14, {"basis": "proksi"}),
        ("ekspor", "2019-04", 15, {"basis": "publikasi"}),
        ("ekspor", "2019-TW3", 16),
        ("ekspor", 2020, 17),
        ("nik", "2019-03", 18),
    )
    months = iku.months.realisation(agency, "ekspor")
    assert list(months.columns) == COLUMNS
    assert list(zip(months["period"], months["value"], strict=True)) == [
        ("2018-12", 10),
        ("2019-01", 11),
        ("2019-02", 12),
    ]
    assert set(months["series"]) == {"Ekspor UKM"}
    assert set(months["unit"]) == {"USD"}
    assert set(months["source"]) == {"uji"}
    assert list(months.index) == [0, 1, 2]


def test_the_examples_sixty_months(example: Agency) -> None:
    months = iku.months.realisation(example, "ekspor")
    assert len(months) == 60
    assert (months["period"].iloc[0], months["period"].iloc[-1]) == ("2018-01", "2022-12")
    assert months["value"].iloc[0] == 318_991_560
    assert iku.months.realisation(example, "nik").empty  # it is reported by quarter


def test_context_is_the_one_series_with_the_most_months(raw: Agency) -> None:
    rows = [("ekspor", "few, but large", f"2019-{month:02d}", 100.0) for month in (1, 2)]
    rows += [("ekspor", "most", f"2020-{month:02d}", float(month)) for month in (3, 1, 2)]
    rows += [("ekspor", "most outside the years", f"2016-{month:02d}", 1.0) for month in range(1, 13)]
    rows += [("umkm", "another indicator", f"2020-{month:02d}", 1.0) for month in range(1, 13)]
    months = iku.months.context(with_context(raw, rows), "ekspor")
    assert list(months.columns) == COLUMNS
    assert list(zip(months["series"], months["period"], months["value"], strict=True)) == [
        ("most", "2020-01", 1),
        ("most", "2020-02", 2),
        ("most", "2020-03", 3),
    ]


def test_a_month_told_twice_counts_once(raw: Agency) -> None:
    rows = [("ekspor", "twice told", "2019-01", float(value)) for value in range(5)]
    rows += [("ekspor", "two months", f"2019-{month:02d}", 1.0) for month in (1, 2)]
    assert set(iku.months.context(with_context(raw, rows), "ekspor")["series"]) == {"two months"}


@pytest.mark.parametrize("period", ["2019", "2019-Q1", "2017-12", "2023-01"])
def test_only_months_of_the_decrees_years(raw: Agency, period: str) -> None:
    months = iku.months.context(with_context(raw, [("ekspor", "a", period, 1.0)]), "ekspor")
    assert months.empty
    assert list(months.columns) == COLUMNS


def test_the_real_context_is_the_exports_of_jakarta_products(raw: Agency) -> None:
    months = iku.months.context(raw, "ekspor")
    assert set(months["series"]) == {"Ekspor produk DKI Jakarta, semua pelaku"}
    assert set(months["unit"]) == {"juta USD"}
    assert set(months["period"].str[:4]) <= {"2018", "2019", "2020", "2021", "2022"}
    assert iku.months.context(raw, "nik").empty
