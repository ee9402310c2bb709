"""What the explorer offers, for agencies of every kind: only what has figures, and each of it can be looked at."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, strategies as st
from roots import AREAS, COUNT, MATRIX, MONEY, SHARE, write_root

from iku_analysis import as_of, compute_achievements, compute_trends, load_agency
from iku_analysis.agency.load import Agency, latest_year_with_figures
from iku_analysis.analysis.area import compute_area_achievements
from iku_analysis.explorer.address import read_address, write_address
from iku_analysis.explorer.choice import ALL_AREAS, AREA, FIELDS, KIND, Choice, has_proxies, settle, text_of
from iku_analysis.explorer.view import View, look

NO_WORDS = re.compile(r"\b(nan|inf|None|NaN|NaT)\b|[{}]")
MOST_INDICATORS = 5
ODD = ["Kota & <b>Timur</b>", "A#B?", "50% +", "tahun", "Pulau \N{SNOWMAN} Jauh"]  # names of areas


def choices(agency: Agency, chosen: dict[str, str], names: tuple[str, ...] = tuple(FIELDS)) -> Iterator[Choice]:
    """Yield every choice, of the longest and the shortest years alone."""
    offer = settle(agency, chosen, agency.years[-1])
    if not names:
        assert offer.refused == {}
        yield offer.choice
        return
    values = [text_of(value) for _label, value in offer.options[names[0]]]
    if names[0] == "indicator_id":
        values = values[:MOST_INDICATORS]
    if names[0].endswith("_year"):
        values = sorted({values[0], values[-1]})
    if names[0] == "proxies" and not has_proxies(agency, offer.choice):
        values = values[:1]
    for value in values:
        yield from choices(agency, chosen | {names[0]: value}, names[1:])


def frames(agency: Agency, area: str, year: int) -> tuple[Agency, pd.DataFrame, pd.DataFrame]:
    known = as_of(agency, year)
    frame = compute_area_achievements(known, compute_achievements(known), area)
    return known, frame, compute_trends(known, frame)


def view_of(agency: Agency, choice: Choice) -> View:
    return look(*frames(agency, choice.area, choice.to_year), choice)


@pytest.mark.parametrize("make", MATRIX, ids=lambda make: make.__name__)
def test_every_choice_can_be_looked_at(make: Callable[[Path], Path], tmp_path: Path) -> None:
    agency = load_agency(make(tmp_path / "data"))
    seen, frames_of = list(choices(agency, {})), cache(partial(frames, agency))
    assert len({write_address(choice) for choice in seen}) == len(seen)
    for choice in seen:
        view = look(*frames_of(choice.area, choice.to_year), choice)
        texts = [view.sentence, view.figure.alt, view.figure.caption, *(point.words for point in view.points)]
        texts += [str(cell) for table in (view.table, view.rows) for cell in table.data.to_numpy().ravel()]
        assert not [text for text in texts if NO_WORDS.search(text)], choice
        if choice.grain != "tahun" or choice.beside:
            assert view.points, choice
            assert len(view.numbers), choice


@pytest.fixture
def parted(tmp_path: Path) -> Agency:
    """Give an agency whose count has areas and kinds, its money months of the province, its share nothing."""
    rows = [f"usaha|2021-Q{place}|{10 * place}|wilayah={area}" for area in AREAS for place in (1, 2, 3, 4)]
    rows += [f"usaha|2019|7|wilayah={AREAS[0]}"]
    rows += [f"usaha|2021|{value}|rincian=jenis: {name}" for name, value in (("mikro", 200), ("kecil", 100))]
    rows += [f"nilai|2020-{month:02d}|{80 + month}" for month in range(1, 13)]
    rows += ["nilai|2021|1000|basis=proksi", "cakupan|2021-Q1|0/0"]  # 0 of 0 is no figure
    return load_agency(write_root(tmp_path / "data", {2018: [COUNT, SHARE, MONEY]}, rows, areas=AREAS))


def offered(agency: Agency, name: str, **wanted: object) -> list[object]:
    options = settle(agency, {each: text_of(value) for each, value in wanted.items()}, 2022).options[name]
    return [value for _label, value in options]


def test_only_what_has_figures_is_offered(parted: Agency) -> None:
    assert offered(parted, "area", indicator_id="usaha") == ["", *AREAS]
    assert offered(parted, "area", indicator_id="usaha", from_year=2018, to_year=2019) == ["", AREAS[0]]
    assert offered(parted, "area", indicator_id="cakupan") == offered(parted, "area", indicator_id="nilai") == [""]
    assert offered(parted, "grain", indicator_id="usaha") == ["tahun", "triwulan"]
    assert offered(parted, "grain", indicator_id="usaha", from_year=2022, to_year=2022) == ["tahun"]
    assert offered(parted, "grain", indicator_id="nilai") == ["tahun", "triwulan", "bulan"]
    assert offered(parted, "grain", indicator_id="cakupan") == ["tahun"]


def test_only_what_can_be_compared_is_offered(parted: Agency) -> None:
    others = [AREA + area for area in AREAS]
    assert offered(parted, "beside", indicator_id="usaha") == ["", ALL_AREAS, f"{KIND}jenis", *others]
    assert offered(parted, "beside", indicator_id="usaha", grain="triwulan") == ["", ALL_AREAS, *others]
    second = offered(parted, "beside", indicator_id="usaha", area=AREAS[1])
    assert second == ["", ALL_AREAS, AREA, AREA + AREAS[0], AREA + AREAS[2]], "the kinds are told of the province alone"
    assert offered(parted, "beside", indicator_id="nilai") == offered(parted, "beside", indicator_id="cakupan") == [""]


def test_years_are_those_of_the_indicator(tmp_path: Path) -> None:
    early = [kind._replace(targets="1 2 3") for kind in (COUNT, SHARE)]
    late = [COUNT._replace(targets="4 5"), MONEY._replace(targets="6 7")]
    agency = load_agency(write_root(tmp_path / "data", {2018: early, 2021: late}, []))
    assert offered(agency, "to_year", indicator_id="usaha") == [2018, 2019, 2020, 2021, 2022]
    assert offered(agency, "to_year", indicator_id="cakupan") == [2018, 2019, 2020]
    assert offered(agency, "from_year", indicator_id="nilai") == [2021, 2022]
    assert offered(agency, "from_year", indicator_id="usaha", to_year=2019) == [2018, 2019]
    assert settle(agency, {"indicator_id": "cakupan"}, 2021).choice.to_year == 2020, (
        "the last before the year asked for"
    )
    assert settle(agency, {"indicator_id": "nilai"}, 2019).choice.to_year == 2021


def test_kinds_side_by_side(parted: Agency) -> None:
    wanted = {"indicator_id": "usaha", "to_year": "2021", "beside": f"{KIND}jenis"}
    view = view_of(parted, settle(parted, wanted, 2022).choice)
    assert dict(zip(view.numbers["Rincian"], view.numbers["Nilai"], strict=True)) == {
        "jenis: kecil": 100,
        "jenis: mikro": 200,
    }
    assert view.sentence.startswith("2021: mikro 200")
    assert "selisih 100" in view.sentence
    assert set(view.behind["Rincian"]) == {"jenis: kecil", "jenis: mikro"}


def test_an_area_that_is_silent_is_named(parted: Agency) -> None:
    rows = parted.figures
    silent = (rows["area"] == AREAS[2]) & (rows["period"] == "2021-Q4")
    agency = replace(parted, figures=rows[~silent])
    wanted = {"indicator_id": "usaha", "grain": "triwulan", "to_year": "2021", "beside": ALL_AREAS}
    view = view_of(agency, settle(agency, wanted, 2022).choice)
    assert f"Tanpa angka pada periode itu: {AREAS[2]}." in view.sentence
    assert view.sentence.startswith("Triwulan IV 2021: semuanya 40")


def test_many_areas_are_drawn_in_part_and_listed_in_full(tmp_path: Path) -> None:
    areas = [f"Kecamatan {number:02d}" for number in range(1, 41)]
    rows = [f"usaha|{year}|{place}|wilayah={area}" for year in (2020, 2021) for place, area in enumerate(areas)]
    agency = load_agency(write_root(tmp_path / "data", {2018: [COUNT]}, rows, areas=areas))
    view = view_of(agency, settle(agency, {"beside": ALL_AREAS}, 2021).choice)
    assert len([ax for ax in view.figure.figure.axes if ax.get_visible()]) == 15
    assert len(view.points) == 30
    assert len(view.table.data) == 40
    assert list(view.table.data.columns) == ["Nama", "2020", "2021"]
    assert any("15 dari 40 digambar" in text.get_text() for text in view.figure.figure.texts)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Agency:
    rows = [f"usaha|2020-Q{place}|{place}|wilayah={area}" for place in (1, 2, 3, 4) for area in ODD]
    rows += [f"nilai|2020-{month:02d}|{month}{part}" for month in range(1, 13) for part in ("", "|rincian=a&b: c")]
    root = tmp_path_factory.mktemp("odd") / "data"
    return load_agency(write_root(root, {2018: [COUNT, MONEY, SHARE]}, rows, areas=ODD))


@given(data=st.data())
def test_a_choice_comes_back_from_its_address(odd: Agency, data: st.DataObject) -> None:
    """Whatever is asked for, what is shown has an address, and that address asks for it, and for nothing else."""
    year = data.draw(st.sampled_from(odd.years))
    wanted: dict[str, str] = {}
    for name in FIELDS:
        there = [text_of(value) for _label, value in settle(odd, wanted, year).options[name]]
        asked = data.draw(st.none() | st.sampled_from(there) | st.text(max_size=8))
        wanted |= {} if asked is None else {name: asked}
    choice = settle(odd, wanted, year).choice
    query = write_address(choice)
    assert re.fullmatch(r"\?[A-Za-z0-9_.~%+=&-]+", query), "nothing in it needs to be escaped"
    read, said = read_address(query)
    again = settle(odd, read, odd.years[0])
    assert (again.choice, again.refused, said) == (choice, {}, [])
    assert write_address(again.choice) == query


@given(query=st.text(max_size=40))
def test_any_address_gives_a_choice(odd: Agency, query: str) -> None:
    wanted, said = read_address(query)
    offer = settle(odd, wanted, latest_year_with_figures(odd))
    assert isinstance(offer.choice, Choice)
    assert set(wanted) <= set(FIELDS)
    assert all(isinstance(each, str) for each in said)


def test_proxies_stand_beside_the_years_of_their_place(parted: Agency) -> None:
    wanted = {"indicator_id": "nilai", "to_year": "2021"}
    assert "proksi" in set(view_of(parted, settle(parted, wanted, 2022).choice).behind["Basis"])
    without = settle(parted, wanted | {"proxies": "tidak"}, 2022).choice
    assert "proksi" not in set(view_of(parted, without).behind["Basis"])
    months = settle(parted, wanted | {"grain": "bulan"}, 2022).choice
    behind = view_of(parted, months).behind
    assert isinstance(behind, pd.DataFrame)
    assert "proksi" not in set(behind["Basis"]), "not drawn, so not listed"
