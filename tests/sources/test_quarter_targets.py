"""Targets of quarters: which are read, and against what they are held."""

from collections.abc import Callable
from pathlib import Path

import pytest

from iku_analysis import DataError, load_agency
from iku_analysis.agency.load import Agency

MakeRoot = Callable[..., Path]
HEADING = "indikator;periode;target;sumber;keterangan"


def load(root: Path, *rows: str, heading: str = HEADING) -> Agency:
    (root / "targets").mkdir()
    (root / "targets/triwulan.csv").write_text("\n".join([heading, *rows]), encoding="utf-8")
    return load_agency(root)


def quarters(name: str, year: int, *targets: str) -> list[str]:
    return [f"{name};{year}-TW{number};{target};PK;" for number, target in enumerate(targets, start=1)]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_parts_of_a_count_and_values_of_a_percentage(make_root: MakeRoot) -> None:
    rows = [
        *quarters("umkm", 2021, "6.000", "7.000", "7.000", "7.799"),  # 27.799
        *quarters("2", 2020, "98", "95", "96,25%", "97,5"),  # only the last is the year's
        *quarters("ekspor", 2018, "1.000.000.000,25", "1.000.000.000,25", "1.000.000.000", "1.084.357.379,50"),
    ]
    frame = load(make_root(), *rows).quarter_targets
    by_key = frame.set_index(["indicator_id", "period"])["target"]
    assert by_key["umkm"].to_dict() == {"2021-Q1": 6000, "2021-Q2": 7000, "2021-Q3": 7000, "2021-Q4": 7799}
    assert by_key["uttp"].to_list() == [98, 95, 96.25, 97.5]
    assert by_key["ekspor", "2018-Q4"] == 1_084_357_379.5
    assert frame["row"].to_list() == list(range(2, 14))
    assert set(frame["file"]) == {"targets/triwulan.csv"}


def test_english_headings_and_order_of_rows(make_root: MakeRoot) -> None:
    rows = ["1;Q4 2022;7.797;PK;", "1;2022-Q2;7.000;PK;", "1;TW III 2022;7.000;PK;", "1;TW I 2022;6.000;PK;"]
    frame = load(make_root(), *rows, heading="indicator;period;target;source;note").quarter_targets
    assert frame["period"].to_list() == ["2022-Q4", "2022-Q2", "2022-Q3", "2022-Q1"]


def test_the_last_quarter_is_the_fourth_wherever_it_stands(make_root: MakeRoot) -> None:
    rows = quarters("uttp", 2020, "90", "91", "92", "97,5")[::-1]
    assert len(load(make_root(), *rows).quarter_targets) == 4


@pytest.mark.parametrize(("last", "fits"), [("97,25", True), ("97,250", True), ("97,3", False), ("97,2500001", False)])
def test_the_last_quarter_is_the_target_exactly(make_root: MakeRoot, last: str, fits: bool) -> None:
    root = make_root()
    edit(root / "decrees/7-2018/decree.txt", "97,5", "97,25")
    rows = quarters("uttp", 2020, "90", "91", "92", last)
    if fits:
        assert load(root, *rows).quarter_targets["target"].to_list()[-1] == 97.25
    else:
        with pytest.raises(DataError, match=f"{last}, target triwulan terakhir 2020; seharusnya: 97,25"):
            load(root, *rows)


def test_a_running_total_is_its_last_quarter(make_root: MakeRoot) -> None:
    root = make_root()
    edit(root / "decrees/7-2018/indicators.toml", 'aggregation = "sum"', 'aggregation = "last"')
    frame = load(root, *quarters("umkm", 2021, "20.000", "10.000", "25.000", "27.799")).quarter_targets
    assert frame["target"].to_list() == [20_000, 10_000, 25_000, 27_799]


def test_a_sum_of_decimals_is_exact(make_root: MakeRoot) -> None:
    # In binary 0.1 + 0.2 is not 0.3; here the cents make up the year's whole dollars.
    cents = quarters("ekspor", 2018, "0,10", "0,20", "0,70", "4.084.357.379,00")
    assert len(load(make_root(), *cents).quarter_targets) == 4


def test_a_year_without_target_is_refused(make_root: MakeRoot) -> None:
    root = make_root()
    edit(root / "decrees/7-2018/decree.txt", "10.000\t27.799", "0\t27.799")
    with pytest.raises(DataError) as caught:
        load(root, *quarters("umkm", 2018, "0", "0", "0", "0"))
    assert [problem.row for problem in caught.value.problems] == [2, 3, 4, 5]
    assert caught.value.problems[0].expected == "tidak ada target: keputusan menulis 0, tidak ditargetkan"


def test_a_target_of_zero_that_counts_is_divided_too(make_root: MakeRoot) -> None:
    root = make_root()
    edit(root / "decrees/7-2018/decree.txt", "10.000\t27.799", "0\t27.799")
    edit(root / "decrees/7-2018/indicators.toml", 'zero_target = "not_targeted"', 'zero_target = "target"')
    assert load(root, *quarters("umkm", 2018, "0", "0", "0", "0")).quarter_targets["target"].to_list() == [0, 0, 0, 0]


def test_the_decree_in_force_in_the_year_counts(make_root: MakeRoot) -> None:
    root = make_root()
    later = root / "decrees/9-2020"
    later.mkdir()
    for name in ("decree.txt", "indicators.toml"):
        (later / name).write_text((root / "decrees/7-2018" / name).read_text(encoding="utf-8"), encoding="utf-8")
    text = (later / "decree.txt").read_text(encoding="utf-8")
    for old, new in (
        ("01 Oktober 2018", "01 Oktober 2020"),
        ("01 OKTOBER 2018", "01 OKTOBER 2020"),
        ("2018-2022", "2020-2024"),
        ("2018\t2019\t2020\t2021\t2022", "2020\t2021\t2022\t2023\t2024"),
        ("10.000\t27.799\t27.799\t27.799\t27.797", "27.799\t30.000\t30.000\t30.000\t30.000"),
    ):
        text = text.replace(old, new)
    (later / "decree.txt").write_text(text, encoding="utf-8")
    assert len(load(root, *quarters("umkm", 2021, "6.000", "8.000", "8.000", "8.000")).quarter_targets) == 4


def test_quarters_may_stand_in_two_files(make_root: MakeRoot) -> None:
    root = make_root()
    rows = quarters("umkm", 2021, "6.000", "7.000", "7.000", "7.799")
    (root / "targets").mkdir()
    for name, part in (("a.csv", rows[:2]), ("b.csv", rows[2:])):
        (root / "targets" / name).write_text("\n".join([HEADING, *part]), encoding="utf-8")
    assert len(load_agency(root).quarter_targets) == 4
    (root / "targets/c.csv").write_text("\n".join([HEADING, rows[0]]), encoding="utf-8")
    with pytest.raises(DataError, match=r"targets/c\.csv, baris 2.*yang pertama di targets/a\.csv baris 2"):
        load_agency(root)


def test_a_refused_quarter_is_not_also_lacking(make_root: MakeRoot) -> None:
    with pytest.raises(DataError) as caught:
        load(make_root(), *quarters("umkm", 2021, "6.000", "7.000", "7.000", "banyak"))
    assert [problem.row for problem in caught.value.problems] == [5]
