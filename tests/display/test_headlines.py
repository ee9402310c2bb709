"""Headlines name the right cause and the right way, also where less is better and where a whole falls."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from roots import Kind, write_root

import iku_analysis as iku
from iku_analysis import (
    compute_achievements,
    compute_outlook,
    compute_plan,
    compute_trends,
    contributions,
    figures,
    load_agency,
    narrative,
    tables,
)
from iku_analysis.display.canvas import Plot
from iku_analysis.display.words import moved

NBSP = "\N{NO-BREAK SPACE}"
COUNT = Kind("usaha", "Usaha", "100 110 120 130 140")


def titled(plot: Plot | None) -> str:
    assert plot is not None
    return plot.alt


@pytest.mark.parametrize(
    ("now", "before", "parts", "named"),
    [
        (80, 50, {"a": 70, "b": 10}, ("b (−40 poin)", "a (+20 poin)")),  # of 100 = 50 + 50: b fell, a rose
        (120, 50, {"a": 40, "b": 80}, ("b (+30 poin)", "a (−10 poin)")),
        (80, 20, {"a": 30, "b": 25}, (None, "a (+10 poin)")),  # all that is named rose; the rest fell
        (100, 50, {"a": 60, "b": 40}, (None, None)),  # the whole stayed: nothing drove it
    ],
)
def test_what_drove_a_change_moved_as_the_whole_did(
    tmp_path: Path, now: int, before: int, parts: dict[str, int], named: tuple[str | None, str | None]
) -> None:
    driver, holder = named
    rows = ["usaha|2020|100", f"usaha|2021|{now}"]
    rows += [f"usaha|2020|{before}|rincian=jenis: {name}" for name in parts]
    rows += [f"usaha|2021|{value}|rincian=jenis: {name}" for name, value in parts.items()]
    agency = load_agency(write_root(tmp_path, {2018: [COUNT]}, rows))
    frame = contributions(agency, "usaha", 2021, "jenis")
    text = str(narrative.describe_contributions(frame, 2021))
    assert text.startswith(f"2021: {moved(now - 100)} terhadap 2020.")
    assert ("pendorong terbesar" in text) is (driver is not None)
    assert ("Penahan terbesar" in text) is (holder is not None)
    for each in filter(None, named):
        assert f"terbesar {each}" in text.replace(NBSP, " ")
    title = titled(figures.plot_contributions(agency, frame, "usaha", year=2021, kind="jenis"))
    assert ("pendorong" in title) is (driver is not None)


def test_a_change_has_its_verb() -> None:
    assert [moved(change, 1) for change in (1.6, -2.86, 0.04, -0.04, 0)] == [
        "naik 1,6%",
        "turun 2,9%",
        "tetap",
        "tetap",
        "tetap",
    ]


@pytest.mark.parametrize(
    ("direction", "baseline", "asked", "words"),
    [
        ("higher", 101, "rise", "naik 9"),
        ("higher", 111, "keep", "sudah memenuhi target 110"),
        ("lower", 111, "fall", "turun 1"),
        ("lower", 101, "keep", "sudah memenuhi target 110"),
    ],
)
def test_a_plan_asks_to_rise_to_fall_or_to_keep(
    tmp_path: Path, direction: str, baseline: int, asked: str, words: str
) -> None:
    agency = load_agency(
        write_root(tmp_path, {2018: [COUNT._replace(direction=direction)]}, [f"usaha|2018|{baseline}"])
    )
    plan = compute_plan(agency, compute_achievements(agency), 2019)
    assert list(plan["asked"]) == [asked]
    assert words in str(narrative.describe_plan(plan)).replace(NBSP, " ")
    cell = tables.table_plan(plan, 2019).data["Perubahan yang diperlukan"].iloc[0]
    assert (str(cell) == "sudah terpenuhi") is (asked == "keep")
    kept = int(asked == "keep")
    assert f"target {kept} dari 1 indikator sudah terpenuhi" in titled(figures.plot_plan(agency, plan, year=2019))


@pytest.mark.parametrize(
    ("direction", "value", "told"),
    [
        ("lower", 121, "di atas target (tidak tercapai)"),
        ("lower", 99, "di bawah target (tercapai)"),
        ("higher", 121, "di atas target"),
        ("higher", 99, "di bawah target"),
    ],
)
def test_above_a_target_where_less_is_better(tmp_path: Path, direction: str, value: int, told: str) -> None:
    kinds = [COUNT._replace(direction=direction, targets="110 110")]
    agency = load_agency(write_root(tmp_path, {2020: kinds}, [f"usaha|2020|{value}"]))
    achievements = compute_achievements(agency)
    title = titled(figures.plot_indicator(agency, achievements, "usaha", year=2020)).partition(". ")[0]
    assert title.endswith(f"10% {told}")


def test_growth_where_less_is_better_counts_falls(tmp_path: Path) -> None:
    """Targets fall by 10%: 100 to 80 keeps up, 80 to 79 does not."""
    kinds = [COUNT._replace(direction="lower", targets="100 90 81")]
    agency = load_agency(write_root(tmp_path, {2018: kinds}, ["usaha|2018|100", "usaha|2019|80", "usaha|2020|79"]))
    achievements = compute_achievements(agency)
    trends = compute_trends(agency, achievements)
    title = titled(figures.plot_growth(agency, achievements, trends, "usaha"))
    assert "turun sekurangnya secepat target dalam 1 dari 2 tahun" in title
    assert "2019 turun 20%, target turun 10%." in title
    text = str(narrative.describe_growth(agency, achievements, "usaha", 2018))
    assert "masih harus turun 10% setahun sampai 2020" in text


def test_two_ranges_of_a_year_are_reconciled(tmp_path: Path) -> None:
    kinds = [Kind("nilai", "Rp juta", "1.000 1.010 1.020 1.030 1.040")]
    rows = [
        f"nilai|{year}-{month:02d}|{70 + month + 3 * (year - 2018)}"
        for year in range(2018, 2022)
        for month in range(1, 13 if year < 2021 else 8)
    ]
    agency = load_agency(write_root(tmp_path, {2018: kinds}, rows))
    outlook = compute_outlook(agency, "nilai", 2021, through=7)
    months = iku.months.comparable(agency, iku.months.realisation(agency, "nilai"), "nilai", 2021, through=7)
    ahead = iku.months.outlook(months, 2021)
    assert outlook.low is not None
    assert ahead.forecast is not None
    low, high = min(outlook.low, ahead.forecast.low), max(outlook.high or 0, ahead.forecast.high)
    text = str(narrative.describe_ranges(agency, outlook, ahead)).replace(NBSP, " ")
    assert f"dari {pd.Series([low]).map('{:.0f}'.format)[0].replace(',', '.')}"[:8] in text.replace(".", "")
    where = "di atasnya" if outlook.target > high else "di bawahnya" if outlook.target < low else "di dalamnya"
    assert f"ada {where}." in text
    first, second = ahead.forecast.low, ahead.forecast.high
    apart = replace(outlook, low=second + 10, high=second + 20, target=second + 5)
    assert "ada di antara keduanya." in str(narrative.describe_ranges(agency, apart, ahead))
    assert "ada di dalamnya." in str(narrative.describe_ranges(agency, replace(apart, target=first), ahead))
    empty = iku.months.outlook(months.head(3), 2021)
    assert narrative.describe_ranges(agency, outlook, empty) is None
