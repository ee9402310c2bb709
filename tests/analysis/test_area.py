"""An area against the province's target: numbers of the figures, no target for a count, no rating for anybody."""

import pandas as pd
import pytest

import iku_analysis as iku
from iku_analysis import compute_trends
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.area import compute_area_achievements

AREA = "Jakarta Barat"


@pytest.fixture(scope="module")
def west(example: Agency, achievements: pd.DataFrame) -> pd.DataFrame:
    return compute_area_achievements(example, achievements, AREA)


def of(frame: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    return frame[frame["indicator_id"] == indicator_id].set_index("year")


def test_the_province_is_itself(example: Agency, achievements: pd.DataFrame) -> None:
    assert compute_area_achievements(example, achievements, "") is achievements


def test_same_rows_as_the_province(west: pd.DataFrame, achievements: pd.DataFrame) -> None:
    key = ["indicator_id", "year", "number", "unit", "decree"]
    pd.testing.assert_frame_equal(west[key], achievements[key])
    assert set(west["label"]) == {f"{label}, {AREA}" for label in achievements["label"]}


def test_percentage_is_compared_with_the_target_of_the_province(example: Agency, west: pd.DataFrame) -> None:
    uttp = of(west, "uttp")
    for year, row in uttp.iterrows():
        areas = iku.coverage.by_area(example, "uttp", year).set_index("area")
        assert row["realisation"] == areas.loc[AREA, "value"]
        assert row["gap"] == pytest.approx(areas.loc[AREA, "gap"])
        assert row["state"] == ("missed" if areas.loc[AREA, "shortfall"] else "met")
    assert uttp["target"].tolist() == [96, 97, 98, 99, 100]
    assert uttp["achievement_pct"].tolist() == pytest.approx((100 * uttp["realisation"] / uttp["target"]).tolist())


def test_count_has_no_target(example: Agency, west: pd.DataFrame) -> None:
    umkm = of(west, "umkm")
    figures = example.figures
    wanted = figures[(figures["indicator_id"] == "umkm") & (figures["area"] == AREA) & (figures["grain"] == "year")]
    assert umkm["realisation"].tolist() == wanted.sort_values("year")["value"].tolist()
    assert umkm[["target", "gap", "achievement_pct"]].isna().all(axis=None)
    assert set(umkm["state"]) == {"untargeted_realisation"}
    assert set(umkm["reason"]) == {"Target hanya untuk seluruh provinsi, tidak dibagi menurut wilayah."}


def test_no_area_is_rated(west: pd.DataFrame) -> None:
    assert west["rating"].isna().all()


def test_what_nobody_reported_is_said(west: pd.DataFrame) -> None:
    exports = of(west, "ekspor")
    assert set(exports["state"]) == {"no_data"}
    assert exports["reason"].str.startswith("Belum ada angka. ").all()


def test_a_year_of_three_quarters_is_no_year(example: Agency, achievements: pd.DataFrame) -> None:
    from dataclasses import replace

    figures = example.figures
    cut = (figures["area"] == AREA) & figures["period"].isin(["2021", "2021-Q4"])
    frame = compute_area_achievements(replace(example, figures=figures[~cut]), achievements, AREA)
    row = of(frame, "uttp").loc[2021]
    assert (row["state"], row["target"]) == ("no_data", 99)
    assert row["reason"].startswith("Baru 9 dari 12 bulan yang dilaporkan. ")


def test_trends_of_an_area(example: Agency, west: pd.DataFrame) -> None:
    uttp, umkm = of(compute_trends(example, west), "uttp"), of(compute_trends(example, west), "umkm")
    values = of(west, "uttp")["realisation"]
    assert uttp.loc[2021, "change"] == pytest.approx(values[2021] - values[2020])
    assert umkm[["cumulative", "required_per_year", "pace"]].isna().all(axis=None)
