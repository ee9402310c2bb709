"""Between whom a sum is divided: counts, index and moves by hand, and nothing that tells of few."""

import math
from pathlib import Path

import pytest
from offices import COUNT, write_office

import iku_analysis as iku
from iku_analysis.display.markdown import plain

SUM = COUNT.replace('"surat"', '"nilai"') + "sum = 'rupiah'\nwhose = 'orang'\n"
AMOUNTS = {  # of each person, in 2018 and 2019
    "Ana": ([100], [100]),
    "Budi": ([60], []),  # lost
    "Citra": ([50, -10], [200]),
    "Dodi": ([], [100]),  # new
    "Eka": ([30, -30], [70]),  # took all back: new in 2019
    "Fajar": ([], [30]),  # new
}


def holders(root: Path, *, hide: int = 0, until: str = "2019-12") -> iku.Agency:
    rows = [
        f"A-{name}{year}{place};{name};0{place + 1}/03/{year};;baru;Kota Timur;{amount}"
        for name, years in AMOUNTS.items()
        for year, amounts in zip((2018, 2019), years, strict=True)
        for place, amount in enumerate(amounts)
    ]
    write_office(root, rows, SUM, head=f"hide_below = {hide}\n")
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace('until = "2018-12"', f'until = "{until}"'))
    return iku.load_agency(root)


def test_shares_and_moves_are_those_reckoned_by_hand(tmp_path: Path) -> None:
    agency = holders(tmp_path)
    first, second = agency.counted.holders.to_dict("records")
    assert first["count"] == 3  # 100, 60, 40 of 200
    assert first["hhi"] == pytest.approx(0.5**2 + 0.3**2 + 0.2**2)
    assert all(math.isnan(first[name]) for name in ("kept", "new", "lost", "new_value", "lost_value"))
    assert second["count"] == 5  # 100, 200, 100, 70, 30 of 500
    assert second["hhi"] == pytest.approx(0.2**2 + 0.4**2 + 0.2**2 + 0.14**2 + 0.06**2)
    assert second["largest_share"] == 1
    moves = [second[name] for name in ("kept", "new", "lost", "new_value", "lost_value")]
    assert moves == [2, 3, 1, 200, 60]
    said = plain(str(iku.narrative.describe_holders(agency)))
    assert "2019: terbagi atas 5 orang. Lima terbesar memegang 100%." in said
    assert "Pemusatan (HHI) 0,2632, seperti pada 4 yang sama besar. " in said
    assert "Dibanding 2018: 2 tetap, 3 baru, 1 hilang." in said
    table = iku.tables.table_holders(agency)
    assert table is not None
    assert table.data.iloc[1, 1:].tolist() == [
        *("2019", "orang", "5", "100,00%", "0,2632", "2", "3", "200", "1", "60"),
    ]


def test_what_would_tell_of_few_is_hidden(tmp_path: Path) -> None:
    first, second = holders(tmp_path, hide=5).counted.holders.to_dict("records")
    assert (first["count"], second["count"]) == (3, 5)
    assert math.isnan(first["hhi"])
    assert second["hhi"] == pytest.approx(0.2632)
    assert all(math.isnan(second[name]) for name in ("kept", "new", "lost", "new_value", "lost_value"))
    alike = holders(tmp_path / "b", hide=3).counted.holders.iloc[1]
    assert math.isnan(alike["new"])  # 3 new are not few, 1 lost is, and follows from the others


@pytest.mark.parametrize(
    ("count", "hide", "told"),
    [(10, 5, True), (9, 5, False), (6, 5, False), (5, 5, True), (4, 0, False), (6, 0, True), (30, 6, False)],
)
def test_the_share_of_five_is_told_where_neither_they_nor_the_others_are_few(
    tmp_path: Path, count: int, hide: int, told: bool
) -> None:
    rows = [f"A-{place};Orang {place};01/03/2018;;baru;Kota Timur;10" for place in range(count)]
    found = iku.load_agency(write_office(tmp_path, rows, SUM, head=f"hide_below = {hide}\n")).counted.holders.iloc[0]
    assert found["count"] == count
    assert found["hhi"] == pytest.approx(1 / count)
    assert found["largest_share"] == pytest.approx(5 / count if told else math.nan, nan_ok=True)


def test_none_lost_is_not_few(tmp_path: Path) -> None:
    names = {2018: range(3), 2019: range(7)}
    rows = [f"A-{year}{name};{name};01/03/{year};;baru;Kota Timur;10" for year, each in names.items() for name in each]
    root = write_office(tmp_path, rows, SUM, head="hide_below = 3\n")
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace('until = "2018-12"', 'until = "2019-12"'))
    moves = iku.load_agency(root).counted.holders.loc[1, ["kept", "new", "lost", "new_value", "lost_value"]]
    assert moves.tolist() == [3, 4, 0, 40, 0]


def test_a_year_of_which_not_all_is_recorded_is_left_out(tmp_path: Path) -> None:
    found = holders(tmp_path, until="2019-11").counted.holders
    assert found["period"].tolist() == ["2018"]


def test_nothing_later_than_a_paper_s_year_is_told(tmp_path: Path) -> None:
    agency = holders(tmp_path)
    assert iku.as_of(agency, 2018).counted.holders["period"].tolist() == ["2018"]


def test_an_agency_whose_sums_are_nobody_s_has_none(tmp_path: Path) -> None:
    agency = iku.load_agency(write_office(tmp_path, ["A-1;Ana;01/03/2018;;baru;Kota Timur;1"]))
    assert iku.tables.table_holders(agency) is None
    assert iku.narrative.describe_holders(agency) is None


def test_whose_is_asked_of_sums_alone(tmp_path: Path) -> None:
    with pytest.raises(iku.DataError, match="whose hanya bersama sum"):
        iku.load_agency(write_office(tmp_path, [], COUNT + "whose = 'orang'\n"))
    share = COUNT.replace('"surat"', '"aduan"').replace("figure.count", "figure.denominator")
    share += "[figure.numerator]" + SUM.partition("[figure.count]")[2]
    with pytest.raises(iku.DataError, match=r"figure\.1\.numerator\.whose: .* whose hanya bersama sum, di count"):
        iku.load_agency(write_office(tmp_path / "a", [], share))
    with pytest.raises(iku.DataError, match="salah satu dari nomor"):
        iku.load_agency(write_office(tmp_path / "b", [], SUM.replace("'orang'", "'negara'")))
