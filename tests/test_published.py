"""What is published about the real agency: each figure with its source, contradictions side by side, none judged."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from iku_analysis import compute_achievements, load_agency, summarise
from iku_analysis.agency.load import Agency
from iku_analysis.display import narrative, tables

PROJECT = Path(__file__).parents[1]
DISPUTED = {16734.0, 32500.0}
SOURCE = re.compile(r"(?P<title>.+), (?P<day>[^,]*\b\d{4}|tanpa tanggal), https?://\S+( \(tanpa alamat artikel\))?")


def test_every_figure_has_a_title_a_date_and_an_address(raw: Agency) -> None:
    for frame in (raw.realisations, raw.context):
        for row in frame.itertuples():
            assert SOURCE.fullmatch(row.source), f"{row.file}, baris {row.row}: {row.source}"


def test_a_series_has_one_unit_and_no_figure_stands_twice(raw: Agency) -> None:
    series = raw.context.groupby(["indicator_id", "series"])
    assert (series["unit"].nunique() == 1).all()
    twice = raw.context.duplicated(["series", "period", "value", "source"])
    assert raw.context[twice].empty


@pytest.mark.parametrize("kept", [None, 16734, 32500, 37449])
def test_nothing_is_judged_by_a_published_figure(tmp_path: Path, kept: int | None) -> None:
    """Not only because two contradict each other: each alone judges nothing either."""
    root = tmp_path / "dinas"
    shutil.copytree(PROJECT / "data" / "raw", root)
    path = root / "realisations" / "publikasi.csv"
    heading, *rows = path.read_text(encoding="utf-8").splitlines()
    if kept:
        rows = [row for row in rows if row.split(";")[2] == f"{kept:_}".replace("_", ".")]
        assert len(rows) == 1
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    agency = load_agency(root)
    achievements = compute_achievements(agency)
    assert set(achievements["state"]) == {"no_data", "not_targeted"}
    assert achievements["realisation"].isna().all()
    result = narrative.describe_result(agency, achievements, summarise(agency, achievements, 2018))
    assert not re.search(r"16\.734|32\.500|37\.449", result)


def test_the_report_of_2018_shows_the_disputed_figures_as_disputed(raw: Agency) -> None:
    table = tables.table_unscored(raw, 2018).data
    assert [value.split()[0] for value in table["Nilai"]] == ["16.734", "32.500", "37.449"]
    assert [note.startswith("Diragukan, tidak dinilai.") for note in table["Keterangan"]] == [True, True, False]
    assert "13.321" in table["Keterangan"][0]
    (row,) = [each for each in raw.realisations.itertuples() if each.value == 16734]
    assert row.basis == "proksi"


def test_contradictions_stand_side_by_side(raw: Agency) -> None:
    def shown(agency: Agency, series: str) -> list[str]:
        table = tables.table_context(agency, "umkm").data
        return list(table.loc[table["Deret"] == series, "Nilai"])

    stock = "UMKM berizin menurut gubernur (stok)"
    assert shown(raw, stock) == ["242.000 UMKM", "280.000 UMKM"]
    assert shown(raw, "Izin usaha mikro dan kecil terbit sejak 2018, jumlah") == ["45.164 izin", "40.464 izin"]
    assert shown(raw, "Jakpreneur terdaftar (P1), kumulatif") == ["377.625 orang"]
    earlier = replace(raw, context=raw.context[raw.context["period"] < "2020"])
    assert shown(earlier, stock) == ["28.000 UMKM", "24.000 UMKM"]


def test_what_to_ask_for_is_named_and_founded(raw: Agency) -> None:
    assert raw.indicators["ask"].str.len().gt(20).all()
    table = tables.table_missing(raw, compute_achievements(raw), 2022).data
    assert all(table["Pemegang data"].str.contains("Yang diminta: "))
    page = (PROJECT / "docs" / "data.md").read_text(encoding="utf-8")
    sources = set(re.findall(r"^(\d+)\. ", page, re.MULTILINE))
    assert set(re.findall(r"\[(\d+)\]", page)) == sources


def test_an_agency_may_name_nothing_to_ask_for() -> None:
    agency = load_agency(PROJECT / "tests" / "data" / "good")
    assert set(agency.indicators["ask"]) == {""}
    table = tables.table_missing(agency, compute_achievements(agency), agency.years[-1]).data
    assert not table["Pemegang data"].str.contains("diminta").any()
