"""What a sum is made of: shares of a whole year by hand, and no year before for what was merged with others."""

import math
from pathlib import Path

from offices import COUNT, write_office

import iku_analysis as iku

SUM = COUNT.replace('"surat"', '"nilai"') + "sum = 'rupiah'\nkinds = ['jenis']\n"


def office(root: Path, years: dict[int, dict[str, list[int]]], *, until: str = "2019-12") -> iku.Agency:
    """Return an office that has these amounts of each kind each year; of fewer than two records all are merged."""
    rows = [
        f"A-{kind}{year}{place};Ana;01/03/{year};;{kind};Kota Timur;{amount}"
        for year, kinds in years.items()
        for kind, amounts in kinds.items()
        for place, amount in enumerate(amounts)
    ]
    settings = write_office(root, rows, SUM, head="hide_below = 2\n") / "records/records.toml"
    text = settings.read_text().replace('values = ["baru", "lama"]', 'values = ["baru", "lama", "lain"]')
    settings.write_text(text.replace('until = "2018-12"', f'until = "{until}"'))
    return iku.load_agency(root)


FIRST = {"baru": [10, 10, 10], "lama": [100], "lain": [5]}


def test_a_part_that_was_merged_the_year_before_has_none_to_compare_with(tmp_path: Path) -> None:
    agency = office(tmp_path, {2018: FIRST, 2019: {"baru": [20, 20], "lama": [30, 30]}})
    parts = iku.counted_parts(agency, 2019)
    assert parts[["item", "value", "share"]].to_numpy().tolist() == [["lama", 60, 60], ["baru", 40, 40]]
    assert math.isnan(parts["previous"][0])
    assert parts["previous"][1] == 30
    plot = iku.figures.plot_counted_parts(agency, parts, "nilai", 2019, kind="jenis")
    assert plot is not None
    assert [bar.get_width() for bar in plot.axes.patches] == [60, 40]  # type: ignore[attr-defined]
    assert plot.axes.collections[0].get_segments()[-1][:, 0].tolist() == [30, 30]  # type: ignore[attr-defined]
    table = iku.tables.table_counted_parts(agency, parts, 2019)
    assert table is not None
    assert table.data.to_numpy().tolist() == [["lama", "–", "60", "60,00%"], ["baru", "30", "40", "40,00%"]]


def test_what_is_merged_is_not_compared_as_others_are_merged_each_year(tmp_path: Path) -> None:
    agency = office(tmp_path, {2018: FIRST, 2019: {"baru": [20, 20], "lama": [8], "lain": [2]}})
    parts = iku.counted_parts(agency, 2019).set_index("item")
    assert parts["value"].to_dict() == {"baru": 40, "lainnya": 10}
    assert parts["previous"]["baru"] == 30
    assert math.isnan(parts["previous"]["lainnya"])


def test_a_year_that_is_not_whole_has_no_parts(tmp_path: Path) -> None:
    agency = office(tmp_path, {2018: FIRST, 2019: {"baru": [20, 20]}}, until="2019-09")
    parts = iku.counted_parts(agency, 2019)
    assert parts.empty
    assert iku.tables.table_counted_parts(agency, parts, 2019) is None
    assert iku.figures.plot_counted_parts(agency, parts, "nilai", 2019, kind="jenis") is None
    assert iku.counted_parts(agency, 2018)["previous"].isna().all()
