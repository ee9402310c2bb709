"""Sentences stay true for data that ours never had: falls wanted, nothing to compare, changes too small to print."""

from pathlib import Path

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from roots import Kind, write_root

import iku_analysis as iku
from iku_analysis import (
    backlog_by_month,
    compute_achievements,
    compute_achievements_to,
    compute_outlook,
    compute_plan,
    compute_trends,
    contributions,
    cumulative_path,
    figures,
    load_agency,
    narrative,
    required_growth,
    summarise,
    tables,
)
from iku_analysis.agency.load import Agency
from iku_analysis.display.canvas import Plot

NBSP = "\N{NO-BREAK SPACE}"
COUNT = Kind("usaha", "Usaha", "100 110 120 130 140")
LOWER = COUNT._replace(direction="lower", targets="100 90 80 70 60")


def titled(plot: Plot | None) -> str:
    assert plot is not None
    return plot.alt.replace(NBSP, " ")


def plain(text: object) -> str:
    return str(text).replace(NBSP, " ")


def made(root: Path, kind: Kind, *rows: str, **files: str) -> Agency:
    return load_agency(write_root(root, {2018: [kind]}, list(rows), **files))


def test_a_fall_still_needed_is_no_target_reached(tmp_path: Path) -> None:
    """60 is wanted in 2022: from 120 in 2018 by -15,91% a year, and 50 is there already."""
    agency = made(tmp_path, LOWER, "usaha|2018|120", "usaha|2019|50")
    rows = required_growth(agency, compute_achievements(agency), "usaha")
    assert list(rows["reached"]) == [False, True]
    shown = tables.table_required_growth(rows, unit="Usaha").data["Pertumbuhan yang diperlukan setahun"]
    assert [plain(each).replace("−", "-") for each in shown] == ["-15,91%", "sudah tercapai"]


def test_a_year_where_less_is_better_need_not_speed_up(tmp_path: Path) -> None:
    """Of at most 80 in 2020: 45 in six months end near 90, and 35 in the six left is what the best months bring."""
    agency = made(tmp_path, LOWER, *(f"usaha|2020-{month:02d}|{5 if month < 4 else 10}" for month in range(1, 7)))
    outlook = compute_outlook(agency, "usaha", 2020)
    assert outlook.verdict == "needs_speed"
    title = titled(figures.plot_within_year(agency, cumulative_path(agency, "usaha", 2020), outlook))
    text = plain(narrative.describe_outlook(agency, outlook))
    assert "perlu ditekan" in title
    assert "perlu ditekan" in text
    assert "percepatan" not in title + text


def test_a_share_spent_for_good_cannot_be_made_up(tmp_path: Path) -> None:
    """At most 10% of 400: with 45 of 300 gone, none in the last quarter still makes 11,25%."""
    kind = Kind("keluhan", "Persen", "10 10 10 10 10", "lower", "ratio", "target")
    agency = made(tmp_path, kind, *(f"keluhan|2020-Q{quarter}|15/100" for quarter in (1, 2, 3)))
    outlook = compute_outlook(agency, "keluhan", 2020)
    assert (outlook.verdict, outlook.needed) == ("beyond_reach", 0)
    text = plain(narrative.describe_outlook(agency, outlook))
    assert "**tidak terkejar lagi**" in text
    assert "Sekalipun 1 triwulan lagi semuanya 0, target terlampaui" in text
    assert "Agar target tidak terlampaui" not in text
    path = cumulative_path(agency, "keluhan", 2020)
    assert "tidak terkejar lagi" in titled(figures.plot_within_year(agency, path, outlook))


def test_a_year_without_a_beginning_lends_no_pattern(tmp_path: Path) -> None:
    """2019 had nothing until March: in February 2020 its pattern says nothing, and is not told as used."""
    before = [f"usaha|2019-{month:02d}|{0 if month < 3 else 11}" for month in range(1, 13)]
    agency = made(tmp_path, COUNT, *before, "usaha|2020-01|8", "usaha|2020-02|10")
    outlook = compute_outlook(agency, "usaha", 2020)
    assert (outlook.shapes, outlook.low, outlook.high) == (0, 98, 118)
    text = str(narrative.describe_outlook(agency, outlook))
    assert "pola" not in text
    assert "periode terendah dan tertinggi" in text


@pytest.mark.parametrize("now", ["30.000", "30.001"])
def test_nothing_drives_what_is_told_as_unchanged(tmp_path: Path, now: str) -> None:
    """Items that cancel to 0, or to what no decimal shows."""
    parts = {"a": ("10.001", "10.300"), "b": ("10.003", "9.100"), "c": ("9.996", "10.600")}
    rows = ["usaha|2020|30.000", f"usaha|2021|{now}"]
    for name, (old, new) in parts.items():
        rows += [f"usaha|2020|{old}|rincian=jenis: {name}", f"usaha|2021|{new}|rincian=jenis: {name}"]
    agency = made(tmp_path, COUNT, *rows)
    frame = contributions(agency, "usaha", 2021, "jenis")
    text = str(narrative.describe_contributions(frame, 2021))
    assert text.startswith("2021: tetap terhadap 2020. Yang tidak dirinci")
    assert "pendorong" not in titled(figures.plot_contributions(agency, frame, "usaha", year=2021, kind="jenis"))


def test_a_title_and_a_sentence_call_a_change_the_same(tmp_path: Path) -> None:
    """0,04% is no standstill in the title and a rise below it."""
    rows = ["usaha|2020|10.000", "usaha|2021|10.004"]
    rows += ["usaha|2020|5.000|rincian=jenis: a", "usaha|2021|5.004|rincian=jenis: a"]
    agency = made(tmp_path, COUNT, *rows)
    frame = contributions(agency, "usaha", 2021, "jenis")
    assert "2021: naik 0,04% terhadap" in plain(narrative.describe_contributions(frame, 2021))
    title = titled(figures.plot_contributions(agency, frame, "usaha", year=2021, kind="jenis"))
    assert "naik 0,04%; pendorong terbesar yang dirinci a (+0,04 poin)" in title


def test_what_lacks_a_hair_is_not_unchanged(tmp_path: Path) -> None:
    money = Kind("nilai", "Rp juta", "1.000.000 1.000.000 1.000.000 1.000.000 1.000.010", more="max_decimals = 3")
    agency = made(tmp_path, money, "nilai|2018|1.000.000", "nilai|2019|999.999,998")
    achievements = compute_achievements(agency)
    text = plain(narrative.describe_growth(agency, achievements, "nilai", 2018))
    assert text.startswith("Target naik 0,0002% setahun")
    assert "masih harus naik 0,0002% setahun" in text
    line = plain(narrative.describe_plan(compute_plan(agency, achievements, 2020)))
    assert "dari 999.999,998 Rp juta pada 2019 ke target 1.000.000 Rp juta, naik 0,002." in line


@pytest.mark.parametrize(
    ("direction", "targets", "verb", "ahead"),
    [
        ("higher", "100 110", "tumbuh", 0),
        ("higher", "100 90", "perubahannya", 1),
        ("lower", "100 90", "turun", 0),
        ("lower", "100 110", "perubahannya", 1),
    ],
)
def test_a_growth_title_has_the_verb_of_the_target(
    tmp_path: Path, direction: str, targets: str, verb: str, ahead: int
) -> None:
    """A target that may rise where less is better asks for no fall."""
    agency = made(tmp_path, COUNT._replace(direction=direction, targets=targets), "usaha|2018|100", "usaha|2019|105")
    achievements = compute_achievements(agency)
    title = titled(figures.plot_growth(agency, achievements, compute_trends(agency, achievements), "usaha"))
    assert f"{verb} sekurangnya" in title
    assert f"target dalam {ahead} dari 1 tahun" in title


@pytest.mark.parametrize(("kind", "told"), [(COUNT, "Realisasi sebagai persen target"), (LOWER, "makin panjang")])
def test_bars_of_achievement_are_not_called_shares_of_the_target(tmp_path: Path, kind: Kind, told: str) -> None:
    agency = made(tmp_path, kind, "usaha|2020|90")
    axes = figures.plot_bullets(agency, compute_achievements(agency), year=2020).axes
    words = " ".join(text.get_text() for text in axes.figure.findobj(lambda each: hasattr(each, "get_text")))
    plt.close("all")
    assert told in words


def test_a_fall_beyond_the_edge_is_dashed(tmp_path: Path) -> None:
    """From 400% to 200% both ends are drawn at the edge, and the line still falls."""
    agency = made(tmp_path, COUNT, "usaha|2018|400", "usaha|2019|220")
    achievements = compute_achievements(agency)
    axes = figures.plot_rating_moves(
        agency, achievements, iku.evaluation.rating_moves(agency, achievements, 2019), year=2019
    ).axes
    assert axes.lines[0].get_linestyle() == "--"
    labels = [text.get_text() for text in axes.texts]
    assert [label.split(" ", 3)[-1] for label in labels if "usaha" in label] == ["400%", "200%"]
    plt.close("all")


def test_a_target_of_the_year_is_not_denied_before_its_quarters_are_set(tmp_path: Path) -> None:
    agency = made(tmp_path, COUNT, "usaha|2020-Q1|30")
    achievements = compute_achievements_to(agency, 1)
    text = plain(narrative.describe_result(agency, achievements, summarise(agency, achievements, 2020)))
    assert "1 lainnya belum punya target sampai saat itu" in text
    assert "tidak ditargetkan" not in text


def test_months_without_a_gap_leave_none_empty(tmp_path: Path) -> None:
    """November 2019 to February 2020: nothing is empty, and no month of 2020 stands beside one of 2019."""
    agency = made(tmp_path, COUNT, *(f"usaha|{period}|5" for period in ("2019-11", "2019-12", "2020-01", "2020-02")))
    months = iku.months.realisation(agency, "usaha")
    text = str(narrative.describe_months(months))
    assert "setiap bulan dari November 2019 sampai Februari 2020 ada angkanya" in text
    assert "kosong" not in text
    assert "tidak ada bulan 2020 yang dapat dibandingkan" in titled(figures.plot_months(agency, months, year=2020))
    assert "3 dari 4 bulan" in str(narrative.describe_months(months.drop(index=1)))


@pytest.mark.parametrize(("months", "told"), [(3, "Sejak Januari 2021"), (12, "Dalam setahun terakhir")])
def test_a_backlog_counts_the_months_it_has(tmp_path: Path, months: int, told: str) -> None:
    tera = ["jenis;periode;jumlah;berlaku_bulan;sumber"]
    tera += [f"alat;2021-{month:02d};{month};6;uji" for month in range(1, months + 1)]
    agency = made(tmp_path, COUNT, **{"verifications/a.csv": "\n".join(tera)})
    text = str(narrative.describe_backlog(backlog_by_month(agency)))
    assert f"{told} {sum(range(1, months + 1))} alat ditera" in text


def test_of_nothing_nothing_is_said_of_all(tmp_path: Path) -> None:
    agency = made(tmp_path, COUNT._replace(targets="0 0 0 0 0"))
    scales = iku.evaluation.compare_scales(agency, compute_achievements(agency), 2020)
    empty = pd.DataFrame(columns=["programme", "untied"])
    assert "Setiap" not in str(narrative.describe_untied(scales.iloc[:0], empty, 2020))


def test_a_value_worse_than_at_first_may_have_risen_last(tmp_path: Path) -> None:
    """100, 80, 95 against at least 90: up on last year, and worse than in the first."""
    agency = made(tmp_path, COUNT._replace(targets="90 90 90"), "usaha|2018|100", "usaha|2019|80", "usaha|2020|95")
    achievements = compute_achievements(agency)
    text = plain(narrative.describe_indicator(achievements, compute_trends(agency, achievements), "usaha", 2020))
    assert "Naik 18,75% dari 2019" in text
    assert "target tahun ini terpenuhi, tetapi nilainya memburuk sejak tahun awal" in text


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((), "karena datanya belum ada."),
        (("usaha|2019|400",), "karena datanya belum ada."),
        (("usaha|2020-Q1|30",), "karena datanya belum lengkap, bertentangan, atau belum ada."),
    ],
)
def test_a_part_of_a_year_is_not_called_no_data(tmp_path: Path, rows: tuple[str, ...], why: str) -> None:
    agency = made(tmp_path, COUNT, *rows)
    achievements = compute_achievements(agency)
    text = plain(narrative.describe_result(agency, achievements, iku.summarise(agency, achievements, 2020)))
    assert f"**1 indikator belum dapat dinilai**, {why}" in text
