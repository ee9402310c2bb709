"""What marks of figures tell where a reader points at them: each value that is drawn, at its own mark."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import iku_analysis as iku
from iku_analysis import (
    backlog_by_month,
    compute_achievements,
    compute_outlook,
    compute_plan,
    contributions,
    cumulative_path,
)
from iku_analysis.agency.load import Agency
from iku_analysis.display import figures
from iku_analysis.display.canvas import Plot, draw, new_axes, tell
from iku_analysis.indonesian import (
    format_compact,
    format_number,
    format_percent,
    format_period,
    format_signed,
    format_signed_percent,
)


def told(plot: Plot | None) -> list[str]:
    """Return what the marks of a figure tell, in the order in which they are drawn."""
    assert plot is not None
    marks = BeautifulSoup(draw(plot), "xml").select(".point")
    words = [mark.title.get_text() for mark in marks]
    assert words == [mark["aria-label"] for mark in marks]
    assert all(mark["tabindex"] == "0" for mark in marks)
    return words


def periods(rows: pd.DataFrame, column: str, shown: Callable[[float], str] = format_number) -> list[str]:
    return [f"{format_period(row['period'])}: {shown(row[column])}" for _index, row in rows.iterrows()]


def test_of_all_indicators(example: Agency, achievements: pd.DataFrame) -> None:
    missed = "Cakupan tera/tera ulang UTTP, 2021: 98,36%, target 99%, tidak tercapai"
    grid = told(figures.plot_status_grid(example, achievements, 2021))
    assert len(grid) == len(achievements)
    assert grid.count(missed) == 1
    assert "Ekspor UKM, 2022: 4,38\xa0miliar, target 4,25\xa0miliar, tercapai, sementara" in grid
    bullets = told(figures.plot_bullets(example, achievements, 2021))
    assert len(bullets) == 6
    assert missed in bullets
    plan = told(figures.plot_plan(example, compute_plan(example, achievements, 2021), 2021))
    assert len(plan) == 4  # of the others no share of the target is drawn
    assert plan[-1] == "Cakupan tera/tera ulang UTTP: dari 98,12 (2020) ke 99%"
    moves = iku.evaluation.rating_moves(example, achievements, 2021)
    both = told(figures.plot_rating_moves(example, achievements, moves, 2021))
    assert both[:2] == ["Koperasi bersertifikat NIK 2020: 100,8%", "Wirausaha berizin (P4) 2020: 100,8%"]
    assert "Cakupan tera/tera ulang UTTP 2021: 99,4%" in both
    assert len(both) == moves[["achievement_pct", "previous_achievement_pct"]].notna().sum().sum()


def test_of_one_indicator(example: Agency, achievements: pd.DataFrame, trends: pd.DataFrame) -> None:
    beside = told(figures.plot_indicator(example, achievements, "uttp", 2021))
    areas = iku.coverage.by_area(example, "uttp", 2021)
    lost = areas[areas["shortfall"] > 0]
    assert "2021: 98,36%, target 99%, tidak tercapai" in beside
    assert set(beside) >= {
        f"{row.area}: {format_number(row.shortfall)} ({format_percent(row.value)})" for row in lost.itertuples()
    }
    growth = trends[(trends["indicator_id"] == "ekspor") & trends["change_pct"].notna()]
    assert told(figures.plot_growth(example, achievements, trends, "ekspor"))[-len(growth) :] == [
        f"{row.year}: {format_signed_percent(row.change_pct, 1)}" for row in growth.itertuples()
    ]
    quarters = iku.coverage.by_quarter(example, "uttp")
    assert told(figures.plot_coverage_by_quarter(example, quarters, "uttp", 2021)) == periods(
        quarters, "value", format_percent
    )
    path = cumulative_path(example, "uttp", 2022, through=9)
    outlook = compute_outlook(example, "uttp", 2022, through=9)
    known = path[path["cumulative"].notna()]
    assert told(figures.plot_within_year(example, path, outlook)) == periods(known, "cumulative", format_percent)


def test_of_parts(example: Agency) -> None:
    rows = iku.coverage.by_area(example, "uttp", 2021)
    shortfalls = told(figures.plot_shortfalls(example, rows, "uttp", 2021))
    assert len(shortfalls) == len(rows)
    first = rows.iloc[0]
    covered = f"{format_percent(first['value'])} dari {format_number(first['denominator'])}"
    assert shortfalls[0] == f"{first['area']}: {format_number(first['shortfall'])} · {covered}"
    areas = told(figures.plot_areas(example, "umkm", 2021))
    assert "Jakarta Selatan: 5.809 (19,9%)" in areas
    frame = contributions(example, "ekspor", 2020, "tujuan")
    added = told(figures.plot_contributions(example, frame, "ekspor", 2020, kind="tujuan"))
    row = frame.iloc[0]
    amounts = f"({format_compact(row['previous'])} → {format_compact(row['value'])})"
    assert added[0] == f"{row['item']}: {format_signed(row['points'])} {amounts}"
    assert len(added) == len(frame)


def test_of_months(example: Agency) -> None:
    seen = iku.months.comparable(example, iku.months.realisation(example, "ekspor"), "ekspor", 2020, through=9)
    assert told(figures.plot_months(example, seen, 2020)) == periods(seen, "value")
    changes = iku.months.month_changes(seen)
    known = changes[changes["year_change_pct"].notna()].tail(24)
    shown = periods(known, "year_change_pct", lambda value: format_signed_percent(value, 1))
    assert told(figures.plot_month_changes(example, changes, seen)) == shown
    ahead = iku.months.outlook(seen, 2020)
    season = told(figures.plot_season(example, ahead, seen))
    assert season[:-12] == periods(ahead.parts, "value")
    last = ahead.parts[ahead.parts["period"] == "2020-09"].iloc[0]
    assert f"Sep: {format_signed_percent(100 * last['season'] / last['trend'], 1)}" in season[-12:]
    assert ahead.forecast is not None
    whole = [seen[seen["period"].str[:4] == year] for year in ("2019", "2020")]
    assert told(figures.plot_months_outlook(example, ahead, seen)) == [
        *periods(whole[0], "value"),
        *periods(ahead.forecast.months, "middle"),
        *periods(whole[1], "value"),
    ]
    backlog = backlog_by_month(example)
    assert told(figures.plot_backlog(example, backlog)) == periods(backlog, "overdue")
    context = example.context[example.context["indicator_id"] == "umkm"]
    assert sorted(told(figures.plot_context(example, "umkm"))) == sorted(periods(context, "value"))


def test_each_mark_tells_its_own(example: Agency) -> None:
    """The marks of one line stand from left to right as their words do, and as high as they say."""
    quarters = iku.coverage.by_quarter(example, "uttp")
    plot = figures.plot_coverage_by_quarter(example, quarters, "uttp", 2021)
    marks = BeautifulSoup(draw(plot), "xml").select("use.point")
    assert [float(mark["x"]) for mark in marks] == sorted(float(mark["x"]) for mark in marks)
    heights = pd.Series([float(mark["y"]) for mark in marks])
    assert heights.rank(ascending=False).tolist() == quarters["value"].rank().tolist()


def test_what_people_wrote_is_told_as_text(example: Agency, achievements: pd.DataFrame) -> None:
    renamed = achievements.assign(label='"><script>alert(1)</script>\ndua')
    words = told(figures.plot_bullets(example, renamed, 2021))
    assert all(each.startswith('"><script>alert(1)</script> dua, 2021: ') for each in words)


def test_where_nothing_is_known_nothing_is_told(example: Agency) -> None:
    empty = replace(example, realisations=example.realisations.iloc[:0], figures=example.figures.iloc[:0])
    achievements = compute_achievements(empty)
    assert told(figures.plot_bullets(empty, achievements, 2021))[0].endswith("belum ada data")
    assert told(figures.plot_indicator(empty, achievements, "uttp", 2021)) == []


@pytest.mark.parametrize(("right", "words"), [(3.0, ["satu", "dua", "tiga"]), (0.001, [])])
def test_where_a_mark_is_left_out_none_tells_what_is_anothers(right: float, words: list[str]) -> None:
    """What lies far beyond the figure is not drawn, and it is not known which of a line's marks that was."""
    ax = new_axes(4, 6)
    tell(ax.plot([0, 1, 2], [1, 2, 3], "o"), ["satu", "dua", "tiga"])
    ax.set_xlim(0, right)
    assert told(Plot(ax, "", "")) == words
