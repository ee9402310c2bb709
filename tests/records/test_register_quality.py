"""What a register is like, its page, and what changed in it since the page that it replaces."""

import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
from matplotlib.patches import Rectangle
from offices import write_office
from openpyxl import load_workbook

import iku_analysis as iku
from iku_analysis.analysis.registers import compare_registers
from iku_analysis.display.differences import register_changes_in_report
from iku_analysis.display.markdown import plain
from iku_analysis.papers.make import make_run


def row(number: str, day: str, *, kind: str = "baru", rupiah: int = 1) -> str:
    return f"{number};Ana;{day}/2018;;{kind};Kota Timur;{rupiah}"


# Two series; A lacks 3, 4 and 8, B nothing; the day of A-5 is a Saturday.
ROWS = [
    *(row("A-1", "01/01"), row("A-2", "03/01"), row("A-5", "06/01"), row("A-6", "08/01"), row("A-7", "08/01")),
    *(row("A-9", "09/01"), row("B-1", "10/01"), row("B-2", "11/01"), row("B-2", "11/01")),
    *(row("B-3", "12/01", kind="lain"), row("B-4", "12/01", rupiah=6000)),
]


def office(root: Path, rows: list[str]) -> iku.Agency:
    return iku.load_agency(write_office(root, rows, more="numbered = true"))


def test_the_longest_gaps_are_named_by_the_keys_around_them(tmp_path: Path) -> None:
    agency = office(tmp_path, ROWS)
    gaps = agency.counted.gaps[["place", "missing", "after", "before", "day"]].to_numpy().tolist()
    assert gaps == [[1, 2, "A-2", "A-5", "2018-01-03"], [2, 1, "A-7", "A-9", "2018-01-08"]]
    table = iku.tables.table_gaps(agency, register="buku")
    assert table is not None
    assert table.data.iloc[0].tolist() == ["A-2", "A-5", "3 Januari 2018", "2"]


def test_gaps_are_found_wherever_they_begin_and_end(tmp_path: Path) -> None:
    """Numbers are looked at 64 at a time: beside the borders, across them, across many, and none at all."""
    lacking = {63, 64, 127, *range(130, 190), 192, *range(250, 400), 449}
    numbers = {"A-": sorted(set(range(450)) - lacking - {449}), "B/": [5, 1000], "C": [7], "D": list(range(640))}
    rows = [row(f"{series}{number:04d}", "02/01") for series, each in numbers.items() for number in each]
    agency = office(tmp_path, rows)
    expected = sorted(
        (before - after - 1, f"{series}{after:04d}", f"{series}{before:04d}")
        for series, each in numbers.items()
        for after, before in pairwise(each)
        if before - after > 1
    )
    gaps = agency.counted.gaps[["missing", "after", "before"]]
    assert sorted(gaps.itertuples(index=False, name=None)) == expected
    assert gaps["missing"].tolist() == sorted(gaps["missing"], reverse=True)
    assert iku.summarise_registers(agency)["gaps"].tolist() == [sum(missing for missing, _after, _before in expected)]


def test_keys_that_are_personal_are_not_named(tmp_path: Path) -> None:
    root = write_office(tmp_path, ROWS, more="numbered = true")
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace('heading = "No"', 'heading = "No", personal = true'))
    gaps = iku.load_agency(root).counted.gaps
    assert gaps["missing"].tolist() == [2, 1]
    assert set(gaps["after"]) | set(gaps["before"]) == {""}


def test_days_that_are_personal_are_not_named(tmp_path: Path) -> None:
    root = write_office(tmp_path, ROWS, more="numbered = true")
    settings = root / "records/records.toml"
    settings.write_text(
        settings.read_text().replace('"Tanggal", type = "date"', '"Tanggal", type = "date", personal = true')
    )
    agency = iku.load_agency(root)
    assert agency.counted.figures["value"].tolist() == [8, 0, 0, 0]
    assert agency.counted.arrivals.empty  # the other date has none
    assert set(agency.counted.gaps["day"]) == {""}
    assert iku.figures.plot_days(agency, register="buku") is None


def test_a_register_is_summed_up_in_a_row_and_in_words(tmp_path: Path) -> None:
    agency = office(tmp_path, ROWS)
    days_of_2018 = 261  # working days
    found = iku.summarise_registers(agency).iloc[0].tolist()
    assert found == ["buku", 11, 3, 1, 3.0, days_of_2018 - 6]  # a Saturday is none, and what cannot count has no day
    said = plain(str(iku.narrative.describe_register(agency, register="buku")))
    assert "Dari 11 baris, 3 tidak dapat dihitung; 1 di antaranya dua kali. 3 nomor hilang dari urutannya." in said
    assert iku.narrative.head_of_register(agency, register="buku").status == "72,73% dapat dihitung"
    assert iku.tables.table_registers(agency).data.iloc[0, 3:].tolist() == ["11", "3", "1", "3", "255"]


def test_one_row_of_many_that_cannot_count_is_not_rounded_away(tmp_path: Path) -> None:
    agency = office(tmp_path, [*ROWS[:2], row("B-3", "12/01", kind="lain")])
    checks = agency.counted.checks
    checks = checks.assign(count=checks["count"].mask(checks["check"] == "rows", 100_000))
    many = replace(agency, counted=replace(agency.counted, checks=checks))
    assert iku.narrative.head_of_register(many, register="buku").status == "99,999% dapat dihitung"


def test_days_without_records_are_crossed_and_gaps_circled(tmp_path: Path) -> None:
    plot = iku.figures.plot_days(office(tmp_path, ROWS), register="buku")
    assert plot is not None
    crosses, circles = plot.axes.lines
    assert len(crosses.get_xdata()) == 255
    # 1 January 2018 is a Monday: the day before a gap is the Wednesday of the first week, the Monday of the second.
    assert sorted(zip(circles.get_xdata(), circles.get_ydata(), strict=True)) == [(0.5, 2.5), (1.5, 0.5)]
    shades = plot.axes.collections[0].get_array()
    assert shades is not None
    assert [shades[0, 1], shades[0, 0], shades[5, 0]] == [2, 1, 1]
    assert "paling banyak 2" in "".join(text.get_text() for text in plot.figure.texts)


def test_years_without_a_record_or_not_yet_known_are_not_drawn(tmp_path: Path) -> None:
    write_office(tmp_path, ROWS)
    settings = tmp_path / "records/records.toml"
    settings.write_text(settings.read_text().replace('until = "2018-12"', 'until = "2021-12"'))
    assert iku.figures.plot_days(iku.load_agency(tmp_path), register="buku") is None
    settings.write_text(settings.read_text().replace('until = "2021-12"', 'until = "2020-12"'))
    agency = iku.load_agency(tmp_path)
    assert iku.figures.plot_days(iku.as_of(agency, 2018, 0), register="buku") is None
    for until, years in ((agency, ["2018", "2019", "2020"]), (iku.as_of(agency, 2019, 0), [""])):
        plot = iku.figures.plot_days(until, register="buku")
        assert plot is not None
        assert [ax.get_title(loc="left") for ax in plot.figure.axes] == years


def test_what_cannot_count_is_drawn_by_reason(tmp_path: Path) -> None:
    agency = office(tmp_path, [*ROWS, row("B-5", "15/01", rupiah=7000)])
    plot = iku.figures.plot_left_out(agency, register="buku")
    assert plot is not None
    assert [bar.get_width() for bar in plot.axes.patches if isinstance(bar, Rectangle)] == [2, 1, 1]
    assert plot.alt.startswith("Register buku: 4 baris tidak dapat dihitung (33,33%). angka di luar batasnya (rupiah)")


def test_a_register_without_faults_has_no_such_figure_and_no_gaps(tmp_path: Path) -> None:
    agency = office(tmp_path, [row("A-1", "01/01"), row("A-2", "02/01")])
    assert iku.figures.plot_left_out(agency, register="buku") is None
    assert iku.tables.table_gaps(agency, register="buku") is None
    assert "2 baris, semuanya dapat dihitung." in iku.narrative.describe_register(agency, register="buku")


def test_an_agency_without_registers_has_none_to_sum_up() -> None:
    agency = iku.load_agency("data/example")
    assert iku.summarise_registers(agency).empty
    assert iku.tables.table_registers(agency).data.empty  # a sentence stands in its place


def test_a_record_that_came_late_changes_a_month_that_had_ended(tmp_path: Path) -> None:
    old = office(tmp_path / "a", ROWS).counted
    later = [*ROWS, row("A-3", "04/01"), row("B-5", "05/02")]
    new = office(tmp_path / "b", later).counted
    changes = compare_registers(old.checks, old.arrivals, new)
    assert changes.iloc[:, 1:].to_numpy().tolist() == [
        ["2018-01", "", 8, 9],
        ["2018-02", "", 0, 1],
        ["empty_days", "tanggal", 255, 253],
        ["gaps", "nomor", 3, 2],
        ["rows", "", 11, 13],
    ]
    said, table = register_changes_in_report(changes)
    assert "buku: +2 baris; bulan yang berubah: Januari 2018." in plain(str(said))
    assert table.data["Selisih"].tolist() == ["+1", "+1", "−2", "−1", "+2"]  # type: ignore[union-attr]
    assert register_changes_in_report(compare_registers(new.checks, new.arrivals, new)) == []


def test_the_report_on_registers_tells_what_changed_since_the_one_before(tmp_path: Path) -> None:
    root = write_office(tmp_path, ROWS, more="numbered = true")
    formats = ("html", "xlsx")
    first = make_run("register_quality", {"data": str(root)}, formats)
    assert "Yang berubah" not in first.read_text()
    book = load_workbook(first.with_suffix(".xlsx"))
    assert any("Nomor yang hilang" in name for name in book.sheetnames)
    assert "Data" not in book.sheetnames  # targets and realisations are not what it is about
    checks = pd.read_csv(first.parent / "tabel/register_checks.csv")
    assert checks.set_index("check")["count"]["gaps"] == 3
    register = root / "records/buku.csv"
    register.write_text(register.read_text() + row("A-3", "04/01") + "\n")
    second = make_run("register_quality", {"data": str(root)}, formats)
    page = second.read_text()
    assert "Yang berubah sejak laporan sebelumnya" in page
    assert "bulan yang berubah: Januari\N{NO-BREAK SPACE}2018" in page or "bulan yang berubah: Januari 2018" in page
    kept = second.read_bytes()
    shutil.rmtree(second.parent.parent / "register_quality.lama", ignore_errors=True)
    assert make_run("register_quality", {"data": str(root)}, formats).read_bytes() == kept  # nothing moved since
