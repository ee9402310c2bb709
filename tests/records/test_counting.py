"""Definitions run on a few rows that were counted by hand: what counts, when, where, and what does not."""

from pathlib import Path

import pandas as pd
import pytest
from offices import COUNT, write_office

from iku_analysis import DataError, as_of, compute_audit, coverage_ahead as compute_ahead, load_agency
from iku_analysis.display.narrative.registers import describe_coverage_ahead
from iku_analysis.display.tables.registers import table_coverage_ahead
from iku_analysis.records.listing import list_records

EMPTY = "A-1;Ana;02/01/2018;;baru;Kota Timur;100"


def counts(root: Path, indicator: str = "surat") -> dict[str, float]:
    """The figures of the whole, by period; those that are 0 left out."""
    figures = load_agency(root).counted.figures
    figures = figures[(figures["indicator_id"] == indicator) & (figures["breakdown"] == "")]
    by_period = figures.groupby("period")["value"].sum()
    return {str(period): value for period, value in by_period.items() if value}


def test_rows_count_in_the_period_of_their_date(tmp_path: Path) -> None:
    rows = [EMPTY, "A-2;Budi;31/03/2018;;baru;Kota Timur;1", "A-3;Ana;01/04/2018;;lama;Kota Barat;1"]
    assert counts(write_office(tmp_path, rows)) == {"2018-Q1": 2, "2018-Q2": 1}


def test_a_period_of_a_complete_register_without_rows_is_0_and_others_are_unknown(tmp_path: Path) -> None:
    figures = load_agency(write_office(tmp_path, [EMPTY])).counted.figures
    assert list(figures["period"]) == ["2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4"]  # and none of 2019
    assert list(figures["value"]) == [1, 0, 0, 0]


def test_a_person_counts_once_a_year_by_the_first_row_that_meets_the_condition(tmp_path: Path) -> None:
    rows = [
        "A-1;Ana;02/01/2018;;lama;Kota Timur;1",  # not new
        "A-2;Ana;03/05/2018;;baru;Kota Barat;1",  # counts, in the second quarter, in Kota Barat
        "A-3;Ana;04/09/2018;;baru;Kota Timur;1",  # again
        "A-4;Budi;05/09/2018;;baru;Kota Timur;1",
    ]
    root = write_office(tmp_path, rows, COUNT + "distinct = 'orang'\nwhere = \"jenis = 'baru'\"\narea = 'kota'\n")
    assert counts(root) == {"2018-Q2": 1, "2018-Q3": 1}
    figures = load_agency(root).counted.figures.set_index(["period", "area"])["value"]
    assert figures["2018-Q2", "Kota Barat"] == 1
    assert figures["2018-Q3", "Kota Timur"] == 1
    assert figures["2018-Q3", "Kabupaten Laut"] == 0


@pytest.mark.parametrize(
    ("once", "expected", "again"),
    [("year", {"2018-Q1": 1, "2019-Q1": 1}, ""), ("ever", {"2018-Q1": 1}, "again")],
)
def test_a_person_counts_once_a_year_or_once_for_ever(
    tmp_path: Path, once: str, expected: dict[str, float], again: str
) -> None:
    rows = [EMPTY, "A-2;Ana;02/01/2019;;baru;Kota Timur;1"]
    root = write_office(tmp_path, rows, COUNT + f"distinct = 'orang'\nonce = '{once}'\n")
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace('until = "2018-12"', 'until = "2019-12"'))
    assert counts(root) == expected
    agency = load_agency(root)
    listed = list_records(root, agency.records, agency.policy.areas, "surat", "2019")
    assert listed["reason"].tolist() == [again]


@pytest.mark.parametrize(
    ("period", "keys"),
    [("2018", 4), ("2018-S1", 2), ("2018-S2", 2), ("2018-Q2", 1), ("2018-Q4", 1), ("2018-03", 1), ("2018-12", 1)],
)
def test_the_records_of_any_period_are_listed(tmp_path: Path, period: str, keys: int) -> None:
    days = ["31/03", "30/06", "01/07", "31/12"]
    rows = [f"A-{place};Ana;{day}/2018;;baru;Kota Timur;1" for place, day in enumerate(days)]
    agency = load_agency(write_office(tmp_path, rows))
    assert len(list_records(agency.root, agency.records, agency.policy.areas, "surat", period)) == keys


def test_all_conditions_may_be_met_on_different_days_of_a_year(tmp_path: Path) -> None:
    rows = [
        "A-1;Pasar A;02/01/2018;;baru;Kota Timur;1",
        "A-2;Pasar A;03/08/2018;;lama;Kota Timur;1",  # now both: counts here
        "A-3;Pasar B;02/01/2018;;baru;Kota Timur;1",  # never the other
        "A-4;Pasar C;02/02/2018;;lama;Kota Timur;1",
        "A-5;Pasar C;02/03/2018;;baru;Kota Timur;1",
    ]
    both = "distinct = 'orang'\nall_of = [\"jenis = 'baru'\", \"jenis = 'lama'\"]\n"
    root = write_office(tmp_path, rows, COUNT + both)
    assert counts(root) == {"2018-Q1": 1, "2018-Q3": 1}
    agency = load_agency(root)
    listed = list_records(root, agency.records, agency.policy.areas, "surat", "2018-Q1")
    assert sorted(zip(listed["key"], listed["reason"], strict=True)) == [
        ("A-1", "again"),  # of the market that counts in the third quarter
        ("A-3", "incomplete"),
        ("A-4", ""),
        ("A-5", ""),
    ]


def test_amounts_are_summed_to_the_cent_with_their_corrections(tmp_path: Path) -> None:
    rows = [
        "A-1;PT;02/01/2018;;baru;Kota Timur;1.000,10",
        "A-2;PT;03/01/2018;;baru;Kota Timur;0,20",
        "A-3;PT;04/01/2018;;lama;Kota Timur;-300",
        "A-4;PT;05/02/2018;;baru;Kota Timur;",
    ]
    figures = (
        COUNT.replace('"surat"', '"nilai"').replace('per = "quarter"\n', "") + "sum = 'rupiah'\nkinds = ['jenis']\n"
    )
    root = write_office(tmp_path, rows, figures, head="hide_below = 0\n")
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace("most = 5000", "optional = true, most = 5000"))
    assert counts(root, "nilai") == {"2018-01": 700.3}
    parts = load_agency(root).counted.figures.query("breakdown != '' and value != 0")
    assert dict(zip(parts["breakdown"], parts["value"], strict=True)) == {"jenis: baru": 1000.3, "jenis: lama": -300}


def test_a_share_counts_by_the_day_received_and_a_cut_off(tmp_path: Path) -> None:
    rows = [
        "A-1;Ana;02/01/2018;31/12/2018;baru;Kota Timur;1",
        "A-2;Ana;03/01/2018;01/01/2019;baru;Kota Timur;1",  # followed up after the end of the year
        "A-3;Ana;04/01/2018;;baru;Kota Timur;1",  # never
        "A-4;Ana;05/10/2018;06/10/2018;baru;Kota Timur;1",
    ]
    figures = """
[[figure]]
indicator = "aduan"
per = "quarter"
reason = "uji"
numerator = { register = "buku", date = "tanggal", where = "selesai <= year_end" }
denominator = { register = "buku", date = "tanggal" }
"""
    figures = load_agency(write_office(tmp_path, rows, figures)).counted.figures.set_index("period")
    assert figures.loc["2018-Q1", ["numerator", "denominator"]].tolist() == [1, 3]
    assert figures.loc["2018-Q4", "value"] == 100
    assert figures.loc["2018-Q2", "denominator"] == 0  # 0 of 0 is no percentage
    assert pd.isna(figures.loc["2018-Q2", "value"])


def test_a_cut_off_may_be_the_end_of_the_period(tmp_path: Path) -> None:
    rows = ["A-1;Ana;02/01/2018;31/03/2018;baru;Kota Timur;1", "A-2;Ana;02/01/2018;01/04/2018;baru;Kota Timur;1"]
    assert counts(write_office(tmp_path, rows, COUNT + 'where = "selesai <= period_end"\n')) == {"2018-Q1": 1}


def test_rows_that_cannot_be_right_are_left_out_by_reason(tmp_path: Path) -> None:
    rows = [
        EMPTY,
        EMPTY,  # the very same
        "A-3;Ana;;;baru;Kota Timur;1",
        "A-4;Ana;30/02/2018;;baru;Kota Timur;1",
        "A-5;Ana;02/01/1900;;baru;Kota Timur;1",
        "A-6;Ana;02/01/2099;;baru;Kota Timur;1",
        "A-7;Ana;02/01/2018;;batal;Kota Timur;1",
        "A-8;Ana;02/01/2018;;baru;Kota Selatan;1",
        "A-9;Ana;02/01/2018;;baru;Kota Timur;5.001",
    ]
    agency = load_agency(write_office(tmp_path, rows, more="numbered = true"))
    assert agency.counted.figures["value"].sum() == 1
    checks = agency.counted.checks.set_index(["check", "column"])["count"].to_dict()
    assert checks == {
        ("rows", ""): 9,
        ("repeated", "nomor"): 1,
        ("missing", "tanggal"): 1,
        ("impossible", "tanggal"): 1,
        ("outside", "tanggal"): 2,
        ("unknown", "jenis"): 1,
        ("area", "kota"): 1,
        ("range", "rupiah"): 1,
        ("gaps", "nomor"): 1,
        ("empty_days", "tanggal"): 260,  # of 261 working days
    }
    listed = list_records(agency.root, agency.records, agency.policy.areas, "surat", "2018-Q1")
    assert sorted(listed["reason"]) == ["", "area", "impossible", "missing", "range", "repeated", "unknown"]


def test_areas_are_read_as_everywhere(tmp_path: Path) -> None:
    rows = ["A-1;Ana;02/01/2018;;baru;KOTA ADM. TIMUR;1", "A-2;Ana;02/01/2018;;baru;Kab. Laut;1"]
    figures = load_agency(write_office(tmp_path, rows, COUNT + "area = 'kota'\n")).counted.figures
    found = figures[figures["value"] > 0]
    assert set(found["area"]) == {"Kota Timur", "Kabupaten Laut"}


def test_months_may_be_words_and_dates_may_have_times(tmp_path: Path) -> None:
    root = write_office(tmp_path, ["A-1;Ana;2 Mei 2018;;baru;Kota Timur;1", "A-2;Ana;2018-05-03;;baru;Kota Timur;1"])
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace('"31/12/2021"', '"31 Desember 2021"'))
    assert counts(root) == {"2018-Q2": 2}
    root = write_office(tmp_path / "b", ["A-1;Ana;2/5/2018 08.15;;baru;Kota Timur;1"])
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace('"31/12/2021"', '"31/12/2021 23.59"'))
    assert counts(root) == {"2018-Q2": 1}


def test_kinds_of_few_records_are_merged_until_they_are_not_few(tmp_path: Path) -> None:
    sizes = {"a": 9, "b": 5, "c": 3, "d": 1}
    kinds = [kind for kind, size in sizes.items() for _row in range(size)]
    rows = [f"A-{number};Ana;02/01/2018;;{kind};Kota Timur;1" for number, kind in enumerate(kinds)]
    root = write_office(tmp_path, rows, COUNT + "kinds = ['jenis']\n")
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace('values = ["baru", "lama"]', 'values = ["a", "b", "c", "d"]'))
    parts = load_agency(root).counted.figures.query("breakdown != '' and value != 0")
    # 3 and 1 are few, and so are they together: with the next they are nine
    assert dict(zip(parts["breakdown"], parts["value"], strict=True)) == {"jenis: a": 9, "jenis: lainnya": 9}


def test_reported_figures_stand_and_counted_ones_stand_in_where_there_are_none(tmp_path: Path) -> None:
    root = write_office(tmp_path, [EMPTY])
    assert load_agency(root).figures["value"].tolist()[:1] == [1]  # the year, from its quarters
    (root / "realisations").mkdir()
    heading = "indikator;periode;nilai;basis;status;sumber"
    (root / "realisations/a.csv").write_text(f"{heading}\nsurat;2018-Q1;2;resmi;final;surat dinas\n")
    agency = load_agency(root)
    assert agency.realisations["value"].tolist() == [2]
    assert agency.counted.figures["value"].sum() == 1


def test_a_changed_register_is_counted_anew_and_an_unchanged_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_office(tmp_path, [EMPTY])
    assert counts(root) == {"2018-Q1": 1}
    monkeypatch.setattr("iku_analysis.agency.load._kept", {})
    monkeypatch.setattr("iku_analysis.records.counted._count", None)
    assert counts(root) == {"2018-Q1": 1}
    monkeypatch.undo()
    with (root / "records/buku.csv").open("a") as register:
        register.write("A-2;Budi;02/01/2018;;baru;Kota Timur;1\n")
    assert counts(root) == {"2018-Q1": 2}


def test_a_register_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from iku_analysis.records import quality

    root = write_office(tmp_path, [EMPTY.replace("Ana", "Cici")])  # content that no other test has counted
    check = quality.check_register

    def grow(*given: object) -> object:
        with (root / "records/buku.csv").open("a") as register:
            register.write("A-2;Budi;02/01/2018;;baru;Kota Timur;1\n")
        return check(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(quality, "check_register", grow)
    with pytest.raises(DataError, match="berubah selama dibaca"):
        load_agency(root)


EXPIRY = """
[expiry]
register = "buku"
thing = "nomor_alat"
date = "tanggal"
kind = "jenis"
area = "kota"
valid_months = { baru = 3, lama = 12 }
"""


def test_things_fall_due_and_are_overdue_by_their_own_days(tmp_path: Path) -> None:
    rows = [
        "A-1;alat 1;10/01/2018;;baru;Kota Timur;1",  # due in April, on time
        "A-2;alat 1;05/04/2018;;baru;Kota Timur;1",  # due in July, two months late
        "A-3;alat 1;20/09/2018;;baru;Kota Timur;1",  # due in December, and never again
        "A-4;alat 2;31/03/2018;;lama;Kota Barat;1",  # due in March of the year after: ahead
        "A-5;alat 2;01/06/2018;;lama;Kota Barat;1",  # early: due in June of the year after, not in March
    ]
    root = write_office(tmp_path, rows, COUNT + EXPIRY.replace("nomor_alat", "orang"))
    expiry = load_agency(root).counted.expiry.set_index(["kind", "period"])
    new = expiry.loc["baru"].groupby("period").sum(min_count=1)
    assert new.loc[new["due"] > 0, "due"].to_dict() == {"2018-04": 1, "2018-07": 1, "2018-12": 1}
    assert new.loc[new["overdue"] > 0, "overdue"].to_dict() == {"2018-07": 1, "2018-08": 1, "2018-12": 1}
    assert new.loc[new["verified"] > 0, "verified"].to_dict() == {"2018-01": 1, "2018-04": 1, "2018-09": 1}
    old = expiry.loc["lama"].groupby("period").sum(min_count=1)
    assert old.loc[old["due"] > 0, "due"].to_dict() == {"2019-06": 1}
    assert old["overdue"].isna().sum() == 12  # of what is ahead nobody knows what will be overdue


def ahead_of(root: Path, valid: str) -> pd.DataFrame:
    days = {
        "10/01/2018": "baru",
        "01/02/2018": "lama",
        "05/03/2019": "baru",
        "06/06/2019": "baru",
        "02/04/2019": "lama",
    }
    days |= {"03/04/2019": "lama"}
    rows = [f"A-{place};alat {place};{day};;{kind};Kota Timur;1" for place, (day, kind) in enumerate(days.items())]
    settings = EXPIRY.replace("nomor_alat", "orang").replace("{ baru = 3, lama = 12 }", valid)
    write_office(root, rows, COUNT + settings)
    file = root / "records/records.toml"
    file.write_text(file.read_text().replace('until = "2018-12"', 'until = "2019-12"'))
    return compute_ahead(load_agency(root)).set_index("kind")


def test_the_pace_of_the_last_year_covers_a_share_of_what_is_overdue_and_due(tmp_path: Path) -> None:
    ahead = ahead_of(tmp_path, "{ baru = 12, lama = 24 }")
    assert ahead.loc["baru", ["overdue", "due", "pace"]].tolist() == [1, 2, 2]
    assert ahead.loc["lama", ["overdue", "due", "pace"]].tolist() == [0, 1, 2]
    assert ahead["coverage"].round(2).to_dict() == {"baru": 66.67, "lama": 100, "": 75}  # what is over helps no other
    said = describe_coverage_ahead(ahead.reset_index())
    assert (
        "(4), 75% dari yang sudah lewat masa berlakunya (1) dan yang jatuh tempo dua belas bulan ke depan (3)" in said
    )


def test_what_is_nearly_covered_is_not_told_to_be_covered() -> None:
    ahead = pd.DataFrame(
        [["", 0.0, 100_000.0, 99_999.0, 99.999]], columns=["kind", "overdue", "due", "pace", "coverage"]
    )
    assert "(99.999), 99,999% dari" in describe_coverage_ahead(ahead)
    table = table_coverage_ahead(ahead)
    assert table is not None
    assert table.data.iloc[0, -1] == "99,999%"


def test_no_share_is_told_where_things_fall_due_twice_a_year_or_of_less_than_a_year(tmp_path: Path) -> None:
    ahead = ahead_of(tmp_path / "a", "{ baru = 6, lama = 24 }")
    assert ahead["coverage"].isna().to_dict() == {"baru": True, "lama": False, "": True}
    assert "tidak dihitung" in describe_coverage_ahead(ahead.reset_index())
    rows = [EMPTY, EMPTY.replace("A-1", "A-2")]
    root = write_office(tmp_path / "b", rows, COUNT + EXPIRY.replace("nomor_alat", "orang"))
    file = root / "records/records.toml"
    file.write_text(file.read_text().replace('until = "2018-12"', 'until = "2018-11"'))
    ahead = compute_ahead(load_agency(root))
    assert ahead.empty
    assert "tidak dihitung" in describe_coverage_ahead(ahead)
    assert table_coverage_ahead(ahead) is None


def test_a_kind_without_a_validity_is_refused(tmp_path: Path) -> None:
    rows = [EMPTY, EMPTY.replace("A-1", "A-2").replace("baru", "lama")]
    settings = EXPIRY.replace("nomor_alat", "orang").replace(", lama = 12", "")
    with pytest.raises(DataError, match=r"expiry\.valid_months: tertulis: lama"):
        load_agency(write_office(tmp_path, rows, COUNT + settings))


def test_waits_are_told_as_they_were_known_at_the_end_of_each_quarter(tmp_path: Path) -> None:
    rows = [f"A-{day};Ana;01/01/2018;{1 + day:02d}/01/2018;baru;Kota Timur;1" for day in range(1, 11)]  # 1 to 10 days
    rows += [
        "A-20;Ana;01/03/2018;10/04/2018;baru;Kota Timur;1",  # open at the end of March, for 30 days
        "A-21;Ana;28/02/2018;;baru;Kota Timur;1",  # for 31 days, and for ever
        "A-22;Ana;05/05/2018;04/05/2018;baru;Kota Timur;1",  # answered before it came: no wait
    ]
    wait = '[[wait]]\nindicator = "aduan"\nregister = "buku"\nfrom = "tanggal"\nto = "selesai"\n'
    waits = load_agency(write_office(tmp_path, rows, COUNT + wait)).counted.waits.set_index("period")
    assert waits["answered"].tolist() == [10, 1, 0, 0]
    assert waits.loc["2018-Q1", ["median_days", "p90_days"]].tolist() == [5, 9]
    assert waits.loc["2018-Q2", ["median_days", "p90_days"]].isna().all()  # of one record nothing is told
    assert waits["open"].tolist() == [2, 1, 1, 1]
    assert waits["open_30"].tolist() == [1, 1, 1, 1]
    assert waits["open_90"].tolist() == [0, 1, 1, 1]


def test_columns_without_a_heading_and_a_mark_before_the_first_are_no_hindrance(tmp_path: Path) -> None:
    root = write_office(tmp_path, [EMPTY])
    path = root / "records/buku.csv"
    lines = [f"{line};;" for line in path.read_text().splitlines()]
    path.write_bytes(("\ufeff" + "\r\n".join([*lines, ""])).encode())
    assert counts(root) == {"2018-Q1": 1}


def test_a_kind_of_just_enough_records_stands_alone(tmp_path: Path) -> None:
    kinds = ["baru"] * 5 + ["lama"] * 6
    rows = [f"A-{number};Ana;02/01/2018;;{kind};Kota Timur;1" for number, kind in enumerate(kinds)]
    parts = load_agency(write_office(tmp_path, rows, COUNT + "kinds = ['jenis']\n")).counted.figures
    parts = parts.query("breakdown != '' and value != 0")
    assert dict(zip(parts["breakdown"], parts["value"], strict=True)) == {"jenis: baru": 5, "jenis: lama": 6}


def test_a_reported_figure_that_counts_a_record_twice_is_told_so(tmp_path: Path) -> None:
    root = write_office(tmp_path, [EMPTY, EMPTY, EMPTY.replace("A-1", "A-2")])
    (root / "realisations").mkdir()
    heading = "indikator;periode;nilai;basis;status;sumber"
    (root / "realisations/a.csv").write_text(f"{heading}\nsurat;2018-Q1;3;resmi;final;surat dinas\n")
    audit = compute_audit(load_agency(root))
    assert audit[["reported", "counted", "likely"]].to_numpy().tolist() == [[3, 2, "rows"]]


def test_nothing_later_than_a_paper_s_period_is_in_it(tmp_path: Path) -> None:
    rows = [EMPTY, *(EMPTY.replace("A-1", key).replace("/01/", "/08/") for key in ("A-3", "A-5"))]
    wait = '[[wait]]\nindicator = "aduan"\nregister = "buku"\nfrom = "tanggal"\nto = "selesai"\n'
    settings = COUNT + EXPIRY.replace("nomor_alat", "orang") + wait
    more = 'numbered = true\nrecorded = "selesai"\n'
    counted = as_of(load_agency(write_office(tmp_path, rows, settings, more=more)), 2018, quarter=2).counted
    assert {*counted.figures["period"], *counted.of_rows["period"], *counted.waits["period"]} == {"2018-Q1", "2018-Q2"}
    assert set(counted.in_time["period"]) == {"2018-Q1", "2018-Q2"}
    assert set(counted.expiry["period"]) == {f"2018-0{month}" for month in range(1, 7)}
    assert counted.arrivals["day"].tolist() == ["2018-01-02"]
    assert counted.gaps["after"].tolist() == ["A-1"]


def test_a_register_in_which_nothing_qualifies_or_of_a_month_has_nothing_due_and_nothing_waiting(
    tmp_path: Path,
) -> None:
    wait = '[[wait]]\nindicator = "aduan"\nregister = "buku"\nfrom = "tanggal"\nto = "selesai"\n'
    none = EXPIRY.replace("nomor_alat", "orang").replace(
        "valid_months", "where = \"kota = 'Kota Barat'\"\nvalid_months"
    )
    root = write_office(tmp_path, [EMPTY], COUNT + none + wait)
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace('until = "2018-12"', 'until = "2018-01"'))
    counted = load_agency(root).counted
    assert counted.expiry.empty
    assert counted.waits.empty
