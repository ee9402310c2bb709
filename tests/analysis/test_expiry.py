"""When instruments fall due again: by hand, and against counting one by one."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from iku_analysis import DataError, backlog_by_month, load_agency

HEADING = "jenis;wilayah;periode;jumlah;berlaku_bulan;sumber"


def with_verifications(make_agency, *rows: str):
    root = make_agency().root
    (root / "verifications").mkdir(exist_ok=True)
    (root / "verifications/tera.csv").write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    return load_agency(root)


def test_due_again_after_its_period(make_agency) -> None:
    rows = ["timbangan;;2020-01;100;12;uji", "timbangan;;2021-02;60;12;uji", "timbangan;;2021-04;90;12;uji"]
    backlog = backlog_by_month(with_verifications(make_agency, *rows)).set_index("period")
    assert list(backlog.index) == [str(month) for month in pd.period_range("2020-01", "2021-04", freq="M")]
    assert backlog.loc["2020-12", "overdue"] == 0
    assert list(backlog.loc["2021-01"]) == [0, 100, 100]
    assert list(backlog.loc["2021-02"]) == [60, 0, 40]
    assert list(backlog.loc["2021-04"]) == [90, 0, 0]  # 40 overdue and 50 new: never below zero


def test_types_and_areas_do_not_pay_for_each_other(make_agency) -> None:
    rows = [
        *["timbangan;Jakarta Pusat;2020-01;10;1;uji", "timbangan;Jakarta Utara;2020-02;10;1;uji"],
        "meter taksi;Jakarta Pusat;2020-02;5;1;uji",
    ]
    agency = with_verifications(make_agency, *rows)
    assert backlog_by_month(agency).set_index("period").loc["2020-02", "overdue"] == 10
    assert list(backlog_by_month(agency, area="Jakarta Utara")["overdue"]) == [0]


def test_no_dates_no_backlog(make_agency) -> None:
    assert backlog_by_month(make_agency()).empty


@pytest.mark.whole
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.lists(st.integers(0, 9), min_size=1, max_size=30), valid=st.integers(1, 14))
def test_against_counting_month_by_month(make_agency, counts: list[int], valid: int) -> None:
    months = [str(month) for month in pd.period_range("2019-01", periods=len(counts), freq="M")]
    rows = [f"x;;{month};{count};{valid};uji" for month, count in zip(months, counts, strict=True)]
    backlog = backlog_by_month(with_verifications(make_agency, *rows))
    overdue = 0
    for place, (count, found) in enumerate(zip(counts, backlog["overdue"], strict=True)):
        overdue = max(0, overdue + (counts[place - valid] if place >= valid else 0) - count)
        assert found == overdue


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        (";;2020-01;1;12;uji", "jenis", "sel kosong"),
        ("timbangan;;2020;1;12;uji", "periode", "“2020”"),
        ("timbangan;;2020-TW1;1;12;uji", "periode", "“2020-TW1”"),
        ("timbangan;;2020-01;-1;12;uji", "jumlah", "“-1”"),
        ("timbangan;;2020-01;1,5;12;uji", "jumlah", "“1,5”"),
        ("timbangan;;2020-01;;12;uji", "jumlah", "sel kosong"),
        ("timbangan;;2020-01;1;0;uji", "berlaku_bulan", "“0”"),
        ("timbangan;;2020-01;1;12;", "sumber", "sel kosong"),
        ("timbangan;Bogor;2020-01;1;12;uji", "wilayah", "“Bogor”"),
    ],
)
def test_bad_rows_are_refused(make_agency, row: str, column: str, found: str) -> None:
    with pytest.raises(DataError) as caught:
        with_verifications(make_agency, row)
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.column, problem.found) == ("verifications/tera.csv", 2, column, found)
