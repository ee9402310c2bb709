"""Parts -> wholes, by hand: months, quarters, years; areas and the province."""

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from iku_analysis.agency.rollup import add_period_columns, contradictions, roll_up
from iku_analysis.schema import FIGURES, REALISATIONS, make_frame

AREAS = ["Jakarta Pusat", "Jakarta Utara", "Jakarta Barat", "Jakarta Selatan", "Jakarta Timur", "Kepulauan Seribu"]
AGGREGATION = {"nik": "sum", "stok": "last", "uttp": "ratio"}
QUARTERS = ["2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4"]
MONTHS = [f"2021-{month:02d}" for month in range(1, 13)]


def part(indicator_id: str, period: str, value: float | None, area: str = "", **others: object) -> dict:
    """Return one row of frame `realisations`, but for its row number."""
    row = {"indicator_id": indicator_id, "period": period, "area": area, "breakdown": "", "value": value}
    return row | {"basis": "resmi", "status": "final", "source": "s", "note": "", "file": "f.csv", "origin": ""} | others


def ratio(period: str, numerator: float, denominator: float, area: str = "", **others: object) -> dict:
    """Return a row of `uttp`, with the value that reading computes."""
    value = 100 * numerator / denominator if denominator else None
    return part("uttp", period, value, area, numerator=numerator, denominator=denominator, **others)


def roll(parts: list[dict]) -> pd.DataFrame:
    """Return frame `figures` of the parts."""
    return compare(parts)[0]


def compare(parts: list[dict]) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = [each | {"row": number} for number, each in enumerate(parts, start=2)]
    return roll_up(make_frame(REALISATIONS, rows), AGGREGATION, AREAS)


def find(figures: pd.DataFrame, period: str, area: str = "", basis: str = "resmi") -> pd.Series | None:
    """Return the one figure of a period and area, or None."""
    found = figures[(figures["period"] == period) & (figures["area"] == area) & (figures["basis"] == basis)]
    assert len(found) <= 1
    return None if found.empty else found.iloc[0]


def value_of(figures: pd.DataFrame, period: str, area: str = "") -> float | None:
    found = find(figures, period, area)
    return None if found is None else float(found["value"])


# --- months to quarters to years ---


def test_months_make_quarters_make_the_year() -> None:
    figures = roll([part("nik", month, value) for value, month in enumerate(MONTHS, start=1)])
    assert [value_of(figures, quarter) for quarter in QUARTERS] == [1 + 2 + 3, 4 + 5 + 6, 7 + 8 + 9, 10 + 11 + 12]
    assert value_of(figures, "2021") == 78
    assert len(figures) == 12 + 4 + 1
    assert list(figures.loc[figures["derived"], "period"]) == ["2021", *QUARTERS]


def test_months_and_quarters_together_make_the_year() -> None:
    parts = [part("nik", "2021-Q1", 10), part("nik", "2021-Q2", 20), part("nik", "2021-Q3", 30)]
    parts += [part("nik", month, 5) for month in MONTHS[9:]]
    assert value_of(roll(parts), "2021") == 75


def test_years_are_kept_apart() -> None:
    parts = [part("nik", quarter, 10) for quarter in QUARTERS[:2]]
    parts += [part("nik", quarter.replace("2021", "2022"), 10) for quarter in QUARTERS[2:]]
    figures = roll(parts)
    assert value_of(figures, "2021") is None
    assert value_of(figures, "2022") is None


def test_indicators_are_kept_apart() -> None:
    figures = roll([part(each, quarter, 10) for each in ("nik", "stok") for quarter in QUARTERS])
    whole = figures[figures["period"] == "2021"].set_index("indicator_id")["value"]
    assert dict(whole) == {"nik": 40, "stok": 10}


def test_last_takes_the_last_period_whatever_the_order_of_the_rows() -> None:
    values = dict(zip(MONTHS, [5, 9, 7, 8, 6, 12, 11, 10, 13, 14, 16, 15], strict=True))
    figures = roll([part("stok", month, values[month]) for month in reversed(MONTHS)])
    assert [value_of(figures, quarter) for quarter in QUARTERS] == [7, 12, 13, 15]
    assert value_of(figures, "2021") == 15


def test_last_is_summed_over_areas() -> None:
    figures = roll([part("stok", "2021", value, area) for value, area in zip([1, 2, 3, 4, 5, 6], AREAS, strict=True)])
    assert value_of(figures, "2021") == 21


# --- areas to the province ---


def test_areas_make_the_province() -> None:
    figures = roll([part("nik", "2021-Q1", value, area) for value, area in zip([1, 2, 3, 4, 5, 6], AREAS, strict=True)])
    assert value_of(figures, "2021-Q1") == 21
    assert value_of(figures, "2021") is None


def test_areas_and_quarters_make_the_provinces_year() -> None:
    figures = roll([part("nik", quarter, 2, area) for area in AREAS for quarter in QUARTERS])
    assert value_of(figures, "2021", "Jakarta Timur") == 8
    assert value_of(figures, "2021-Q4") == 12
    assert value_of(figures, "2021") == 48


def test_each_area_may_report_in_its_own_rhythm() -> None:
    parts = [part("nik", "2021", 12, area) for area in AREAS[:2]]
    parts += [part("nik", quarter, 3, area) for area in AREAS[2:4] for quarter in QUARTERS]
    parts += [part("nik", month, 1, area) for area in AREAS[4:] for month in MONTHS]
    assert value_of(roll(parts), "2021") == 72


# --- percentages ---


def test_a_percentage_is_sum_over_sum_not_the_mean_of_percentages() -> None:
    figures = roll([ratio("2021-Q1", 90, 100), ratio("2021-Q2", 1, 2), ratio("2021-Q3", 1, 2), ratio("2021-Q4", 4, 4)])
    whole = find(figures, "2021")
    assert whole is not None
    assert (whole["numerator"], whole["denominator"]) == (96, 108)
    assert whole["value"] == pytest.approx(88.888888889)  # the mean of 90, 50, 50 and 100 is 72.5


def test_a_percentage_over_areas_is_sum_over_sum() -> None:
    counts = [(10, 100), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1)]
    figures = roll([ratio("2021", *count, area) for count, area in zip(counts, AREAS, strict=True)])
    assert value_of(figures, "2021") == pytest.approx(100 * 15 / 105)


def test_percentages_without_counts_make_nothing() -> None:
    figures = roll([part("uttp", quarter, 97) for quarter in QUARTERS])
    assert value_of(figures, "2021") is None


def test_one_percentage_without_counts_spoils_the_whole() -> None:
    figures = roll([*(ratio(quarter, 9, 10) for quarter in QUARTERS[:3]), part("uttp", "2021-Q4", 90)])
    assert value_of(figures, "2021") is None


def test_a_quarter_of_nothing_does_not_spoil_the_year() -> None:
    figures = roll([ratio("2021-Q1", 0, 0), *(ratio(quarter, 9, 10) for quarter in QUARTERS[1:])])
    assert value_of(figures, "2021") == 90


def test_nothing_of_nothing_is_no_value_but_is_kept() -> None:
    whole = find(roll([ratio(quarter, 0, 0) for quarter in QUARTERS]), "2021")
    assert whole is not None
    assert whole["denominator"] == 0
    assert pd.isna(whole["value"])


# --- incomplete parts ---


@pytest.mark.parametrize("left_out", range(4))
def test_three_of_four_quarters_make_no_year(left_out: int) -> None:
    parts = [part("nik", quarter, 10) for quarter in QUARTERS]
    del parts[left_out]
    figures = roll(parts)
    assert value_of(figures, "2021") is None
    assert len(figures) == 3


@pytest.mark.parametrize("left_out", [0, 5, 11])
@pytest.mark.parametrize("indicator_id", ["nik", "stok"])
def test_eleven_of_twelve_months_make_no_year(left_out: int, indicator_id: str) -> None:
    parts = [part(indicator_id, month, 10) for month in MONTHS]
    del parts[left_out]
    figures = roll(parts)
    assert value_of(figures, "2021") is None
    assert len(figures) == 11 + 3


@pytest.mark.parametrize("left_out", range(6))
def test_five_of_six_areas_make_no_province(left_out: int) -> None:
    parts = [part("nik", "2021", 10, area) for area in AREAS]
    del parts[left_out]
    assert value_of(roll(parts), "2021") is None


def test_a_missing_value_is_no_part_and_a_zero_is_one() -> None:
    parts = [part("nik", quarter, 10) for quarter in QUARTERS[:3]]
    assert value_of(roll([*parts, part("nik", "2021-Q4", None)]), "2021") is None
    assert value_of(roll([*parts, part("nik", "2021-Q4", 0)]), "2021") == 30


def test_an_area_that_the_policy_does_not_know_makes_no_province() -> None:
    parts = [part("nik", "2021", 10, area) for area in [*AREAS[:5], "Bekasi"]]
    assert value_of(roll(parts), "2021") is None


def test_no_rows_no_figures() -> None:
    figures, compared = compare([])
    assert figures.empty
    assert compared.empty
    assert list(figures.columns) == list(FIGURES.columns)


# --- what a file states ---


def test_the_stated_year_wins_over_its_parts_and_both_are_compared() -> None:
    figures, compared = compare([*(part("nik", quarter, 10) for quarter in QUARTERS), part("nik", "2021", 41)])
    whole = find(figures, "2021")
    assert whole is not None
    assert whole["value"] == 41
    assert not whole["derived"]
    assert compared[["period", "area", "value", "value_parts", "file", "row"]].to_dict("records") == [
        {"period": "2021", "area": "", "value": 41, "value_parts": 40, "file": "f.csv", "row": 6}
    ]


def test_the_stated_quarter_wins_and_makes_the_year() -> None:
    figures, compared = compare([*(part("nik", month, 1) for month in MONTHS), part("nik", "2021-Q2", 100)])
    assert value_of(figures, "2021-Q2") == 100
    assert value_of(figures, "2021") == 3 + 100 + 3 + 3
    assert list(compared["value_parts"]) == [3]


def test_the_stated_province_is_compared_with_its_areas() -> None:
    parts = [*(part("nik", "2021-Q1", 2, area) for area in AREAS), part("nik", "2021-Q1", 13)]
    figures, compared = compare(parts)
    assert value_of(figures, "2021-Q1") == 13
    assert list(zip(compared["value"], compared["value_parts"], strict=True)) == [(13, 12)]


def test_incomplete_parts_are_compared_with_nothing() -> None:
    figures, compared = compare([*(part("nik", quarter, 10) for quarter in QUARTERS[:3]), part("nik", "2021", 99)])
    assert compared.empty
    assert value_of(figures, "2021") == 99


# --- status and basis ---


@pytest.mark.parametrize(
    ("provisional", "status"), [(None, "final"), ("2021-01", "sementara"), ("2021-12", "sementara")]
)
def test_provisional_if_any_part_is(provisional: str | None, status: str) -> None:
    parts = [part("nik", each, 1, status="sementara" if each == provisional else "final") for each in MONTHS]
    figures = roll(parts)
    whole = find(figures, "2021")
    assert whole is not None
    assert whole["status"] == status
    second = find(figures, "2021-Q2")
    assert second is not None
    assert second["status"] == "final"


def test_bases_are_never_mixed() -> None:
    parts = [part("nik", quarter, 10) for quarter in QUARTERS[:3]]
    figures = roll([*parts, part("nik", "2021-Q4", 10, basis="publikasi")])
    assert not (figures["period"] == "2021").any()


def test_each_basis_makes_its_own_whole() -> None:
    parts = [part("nik", quarter, 10) for quarter in QUARTERS]
    parts += [part("nik", quarter, 11, basis="publikasi") for quarter in QUARTERS]
    figures = roll(parts)
    official, published = find(figures, "2021"), find(figures, "2021", basis="publikasi")
    assert official is not None
    assert published is not None
    assert (official["value"], published["value"]) == (40, 44)


def test_a_proxy_takes_no_part() -> None:
    parts = [part("nik", quarter, 10, basis="proksi") for quarter in QUARTERS]
    assert roll([*parts, part("nik", "2021", 40, basis="proksi")]).empty


def test_publications_that_contradict_each_other_take_no_part() -> None:
    rivals = [part("nik", "2021", value, basis="publikasi", source=str(value)) for value in (16734, 32500)]
    single = part("nik", "2020", 5, basis="publikasi")
    figures = roll([*rivals, single])
    assert list(figures["period"]) == ["2020"]


def test_publications_that_agree_are_one_figure() -> None:
    figures = roll([part("nik", "2021", 130, basis="publikasi", source=source) for source in ("a", "b")])
    assert list(figures["value"]) == [130]
    third = part("nik", "2021", 131, basis="publikasi")
    assert roll([*(part("nik", "2021", 130, basis="publikasi", source=source) for source in ("a", "b")), third]).empty


def test_a_contradicted_quarter_makes_no_year() -> None:
    parts = [part("nik", quarter, 10, basis="publikasi") for quarter in QUARTERS]
    assert value_of(roll([*parts, part("nik", "2021-Q4", 12, basis="publikasi")]), "2021") is None


def test_contradictions_concern_one_indicator_period_and_area() -> None:
    rows = [
        part("nik", "2021", 10, basis="publikasi"),
        part("nik", "2021", 11, basis="publikasi"),
        part("nik", "2021", 12),  # the agency's own
        part("nik", "2021", None, basis="publikasi"),
        part("nik", "2020", 13, basis="publikasi"),
        part("stok", "2021", 14, basis="publikasi"),
        part("nik", "2021", 15, "Jakarta Pusat", basis="publikasi"),
        part("nik", "2021", 16, basis="proksi"),
    ]
    frame = make_frame(REALISATIONS, [each | {"row": number} for number, each in enumerate(rows)])
    assert list(contradictions(frame)["value"]) == [10, 11]


def test_periods_are_told_apart_by_their_text() -> None:
    frame = add_period_columns(pd.DataFrame({"period": ["2021", "2021-Q3", "2021-08"]}))
    assert list(frame["grain"]) == ["year", "quarter", "month"]
    assert list(frame["year"]) == [2021, 2021, 2021]


# --- properties ---


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=72, max_size=72))
def test_any_split_into_months_and_areas_gives_the_whole_back(values: list[int]) -> None:
    cells = [(month, area) for month in MONTHS for area in AREAS]
    figures = roll([part("nik", month, value, area) for (month, area), value in zip(cells, values, strict=True)])
    assert value_of(figures, "2021") == sum(values)
    assert value_of(figures, "2021-Q2") == sum(values[18:36])
    assert value_of(figures, "2021", "Jakarta Pusat") == sum(values[::6])


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(5000, 9999)), min_size=24, max_size=24))
def test_any_split_of_a_percentage_gives_the_whole_back(counts: list[tuple[int, int]]) -> None:
    cells = [(quarter, area) for quarter in QUARTERS for area in AREAS]
    parts = [ratio(quarter, *count, area) for (quarter, area), count in zip(cells, counts, strict=True)]
    whole = find(roll(parts), "2021")
    assert whole is not None
    done, due = sum(done for done, _due in counts), sum(due for _done, due in counts)
    assert (whole["numerator"], whole["denominator"]) == (done, due)
    assert whole["value"] == pytest.approx(100 * done / due)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=12, max_size=12), st.permutations(range(12)))
def test_the_order_of_the_rows_does_not_matter(values: list[int], order: list[int]) -> None:
    parts = [part("nik", month, value) for month, value in zip(MONTHS, values, strict=True)]
    one, other = roll(parts), roll([parts[place] for place in order])
    pd.testing.assert_frame_equal(one, other)
