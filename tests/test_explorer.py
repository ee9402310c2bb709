"""The explorer: its four parts change together and agree with the frames; what is saved holds the same numbers."""

import io
import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from PIL import Image

import iku_analysis as iku
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.area import compute_area_achievements
from iku_analysis.display.design import TARGET
from iku_analysis.explorer.choice import Choice, look
from iku_analysis.explorer.page import VIEW, Explorer, explore
from iku_analysis.indonesian import NBSP, format_amount, format_number
from iku_analysis.language import current_language, in_language

NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


@pytest.fixture
def explorer(example: Agency) -> Explorer:
    return Explorer(example, 2021)


@pytest.fixture
def real(raw: Agency) -> Explorer:
    return Explorer(raw, 2022)


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("iku_analysis.storage.outputs.outputs", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict, dict]]:
    outputs: list[tuple[dict, dict]] = []

    def keep(content: dict, *, raw: bool, metadata: dict | None = None) -> None:
        assert raw
        outputs.append((content, metadata or {}))

    monkeypatch.setattr("IPython.display.display", keep)
    return outputs


def choose(explorer: Explorer, **values: Any) -> None:
    for name, value in values.items():
        getattr(explorer, name).value = value


def alt_of(explorer: Explorer) -> str:
    (image,) = BeautifulSoup(explorer.figure.value, "html.parser").find_all("img")
    assert image["src"].startswith("data:image/png;base64,iVBOR")
    return str(image["alt"])


def table_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a table, by the headings that its cells carry."""
    rows = BeautifulSoup(text, "html.parser").select("tbody tr")
    return [{str(cell["data-label"]): cell.get_text() for cell in row.find_all("td")} for row in rows]


def sentence_of(explorer: Explorer) -> str:
    return BeautifulSoup(explorer.sentence.value, "html.parser").get_text()


def yearly(agency: Agency, indicator_id: str, area: str = "") -> dict[int, float]:
    """Return the yearly figures of frame `figures`, straight from it; the examples have one basis."""
    figures = agency.figures
    own = figures[(figures["indicator_id"] == indicator_id) & (figures["area"] == area) & (figures["grain"] == "year")]
    return dict(zip(own["year"], own["value"], strict=True))


def drawn(explorer: Explorer) -> dict[int, float]:
    assert explorer.view is not None
    marks = [line for line in explorer.view.figure.axes.lines if line.get_marker() == "o"]
    return {int(x): float(y) for line in marks for x, y in line.get_xydata()}


def targets_drawn(explorer: Explorer) -> list[list[float]]:
    assert explorer.view is not None
    lines = [line.get_xydata().tolist() for line in explorer.view.figure.axes.lines if line.get_color() == TARGET]
    return [point for line in lines for point in line]


@pytest.mark.parametrize("indicator_id", ["nik", "umkm", "pasar_sni", "pasar_diawasi", "keluhan", "uttp", "ekspor"])
def test_parts_change_together(explorer: Explorer, example: Agency, indicator_id: str) -> None:
    before = {name: getattr(explorer, name).value for name in ("figure", "sentence", "table", "rows")}
    choose(explorer, indicator="umkm" if indicator_id == "nik" else "nik")
    choose(explorer, indicator=indicator_id)
    for name, value in before.items():
        assert (getattr(explorer, name).value != value) == (indicator_id != "nik"), name
    label, unit = example.indicator(indicator_id, 2021)[["label", "unit"]]
    values = {year: value for year, value in yearly(example, indicator_id).items() if year <= 2021}
    assert drawn(explorer) == values
    assert alt_of(explorer).startswith(f"{label} 2021")
    table = table_of(explorer.table.value)
    assert [row["Tahun"] for row in table] == ["2018", "2019", "2020", "2021"]
    stated = {year: format_amount(value, unit) for year, value in values.items()}
    assert {int(row["Tahun"]): row["Realisasi"].rstrip("*") for row in table if row["Realisasi"] != "–"} == stated
    assert sentence_of(explorer).startswith(f"{label} 2021")
    if 2021 in values:
        assert stated[2021] in sentence_of(explorer)
    rows = example.realisations
    wanted = rows[(rows["indicator_id"] == indicator_id) & rows["period"].str[:4].astype(int).between(2018, 2021)]
    assert [row["Berkas"] for row in table_of(explorer.rows.value)] == [
        f"{row.file}, baris {row.row}" for row in wanted.itertuples()
    ]


def test_years_narrow_all_parts(explorer: Explorer, example: Agency) -> None:
    choose(explorer, indicator="ekspor", years=(2019, 2020))
    values = yearly(example, "ekspor")
    assert drawn(explorer) == {2019: values[2019], 2020: values[2020]}
    assert [row["Tahun"] for row in table_of(explorer.table.value)] == ["2019", "2020"]
    assert {row["Periode"][-4:] for row in table_of(explorer.rows.value)} == {"2019", "2020"}
    assert sentence_of(explorer).startswith("Ekspor UKM 2020 sebesar ")
    assert "Berubah" in sentence_of(explorer), "the year before is compared with, whether it is drawn or not"
    assert "PP 7/2021" not in alt_of(explorer), "a break after the last year is not told"
    choose(explorer, years=(2021, 2021))
    assert list(drawn(explorer)) == [2021]
    assert "PP 7/2021" not in alt_of(explorer), "nor one before the first"


def test_area_of_a_percentage(explorer: Explorer, example: Agency) -> None:
    choose(explorer, indicator="uttp", area="Jakarta Barat")
    values = yearly(example, "uttp", "Jakarta Barat")
    assert drawn(explorer) == {year: values[year] for year in range(2018, 2022)}
    assert targets_drawn(explorer) == [[2018, 96], [2019, 97], [2020, 98], [2021, 99]]
    assert f"Jakarta Barat 2021 sebesar {format_number(values[2021])}% dari target 99" in sentence_of(explorer)
    assert "predikat Sangat" not in sentence_of(explorer)
    assert f"2021 {format_number(values[2021])}" in alt_of(explorer)
    assert {row["Wilayah"] for row in table_of(explorer.rows.value)} == {"Jakarta Barat"}
    assert len(table_of(explorer.rows.value)) == 16


def test_area_of_a_count_has_no_target(explorer: Explorer, example: Agency) -> None:
    choose(explorer, indicator="umkm")
    assert targets_drawn(explorer)
    choose(explorer, area="Kepulauan Seribu")
    values = yearly(example, "umkm", "Kepulauan Seribu")
    assert drawn(explorer) == {year: values[year] for year in range(2018, 2022)}
    assert targets_drawn(explorer) == []
    assert "Target hanya untuk seluruh provinsi" in sentence_of(explorer)
    assert f"{format_number(values[2021])}{NBSP}UKM, tanpa target" in alt_of(explorer)
    assert explorer.view is not None
    ticks = [tick.get_text() for tick in explorer.view.figure.axes.get_xticklabels()]
    assert ticks == ["2018", "2019", "2020", "2021"], "not 'not targeted' below every year"


def test_area_without_figures_says_so(explorer: Explorer) -> None:
    choose(explorer, indicator="ekspor", area="Jakarta Pusat")
    assert drawn(explorer) == {}
    assert "belum ada data" in sentence_of(explorer)
    assert "nan" not in sentence_of(explorer)
    assert table_of(explorer.rows.value)[0]["Periode"] == "tidak ada"
    assert explorer.view is not None
    assert len(explorer.view.figure.axes.get_yticks()) == 0, "no scale where nothing is measured"


def test_proxies_on_and_off(real: Explorer) -> None:
    choose(real, indicator="ekspor", years=(2018, 2021))
    assert real.view is not None
    texts = [text.get_text() for text in real.view.figure.axes.texts]
    assert [text for text in texts if "proksi" in text] == [f"proksi 9,8{NBSP}miliar", f"proksi 11,2{NBSP}miliar"]
    assert [row["Basis"] for row in table_of(real.rows.value)] == ["proksi", "proksi"]
    choose(real, proxies=False)
    assert not [text for text in real.view.figure.axes.texts if "proksi" in text.get_text()]
    assert [row["Basis"] for row in table_of(real.rows.value) if row["Basis"]] == []
    choose(real, proxies=True, years=(2018, 2020))
    assert len(table_of(real.rows.value)) == 1
    assert len([text for text in real.view.figure.axes.texts if "proksi" in text.get_text()]) == 1
    choose(real, area="Jakarta Pusat")
    assert not [text for text in real.view.figure.axes.texts if "proksi" in text.get_text()], "not of this area"


def test_proxy_of_an_area_stands_in_that_area(raw: Agency) -> None:
    rows = raw.realisations
    moved = replace(raw, realisations=rows.assign(area=rows["area"].mask(rows["basis"] == "proksi", "Jakarta Pusat")))
    frame = iku.compute_achievements(moved)
    for area, count in (("", 0), ("Jakarta Pusat", 2)):
        own = compute_area_achievements(moved, frame, area)
        axes = iku.figures.plot_indicator(moved, own, "ekspor", year=2021, area=area).axes
        assert len([text for text in axes.texts if "proksi" in text.get_text()]) == count


def test_example_is_marked(explorer: Explorer, real: Explorer, shown: list, outputs: Path) -> None:
    assert alt_of(explorer).count("DATA CONTOH") == 1
    assert "DATA CONTOH" not in alt_of(real)
    explorer.show()
    assert "DATA CONTOH: semua realisasinya rekaan" in shown[0][0]["text/plain"]
    assert explorer.save().name.startswith("data-contoh-")
    assert not real.save().name.startswith("data-contoh-")


def test_saved_files_hold_what_is_shown(explorer: Explorer, example: Agency, outputs: Path) -> None:
    choose(explorer, indicator="uttp", years=(2019, 2022), area="Jakarta Timur", proxies=False)
    explorer.button.click()
    name = "data-contoh-uttp-2019-2022-jakarta-timur-tanpa-proksi"
    folder = outputs / "example" / "jelajah" / name
    endings = ["-baris.csv", ".csv", ".png", ".svg"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(name + ending for ending in endings)
    years = pd.read_csv(folder / f"{name}.csv")
    values = yearly(example, "uttp", "Jakarta Timur")
    assert dict(zip(years["year"], years["realisation"], strict=True)) == {y: values[y] for y in range(2019, 2023)}
    assert years["target"].tolist() == [97, 98, 99, 100]
    assert set(years["area"]) == {"Jakarta Timur"}
    rows = pd.read_csv(folder / f"{name}-baris.csv")
    assert len(rows) == len(table_of(explorer.rows.value)) == 16
    assert Image.open(io.BytesIO((folder / f"{name}.png").read_bytes())).width > 600
    svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
    assert svg.lstrip().startswith("<?xml")
    assert str(folder) in unescape(explorer.saved.value)
    assert explorer.saved.value.count("<p") == 1
    choose(explorer, years=(2019, 2021))
    assert explorer.saved.value == "", "another choice is not saved yet"


def test_saving_twice_gives_the_same_bytes(explorer: Explorer, outputs: Path) -> None:
    first = {path.name: path.read_bytes() for path in explorer.save().iterdir()}
    assert first == {path.name: path.read_bytes() for path in explorer.save().iterdir()}


def test_what_cannot_be_saved_is_said(explorer: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("iku_analysis.storage.outputs.outputs", lambda: tmp_path / "file")
    explorer.button.click()
    assert "Tidak tersimpan: " in explorer.saved.value


def test_year_decides_the_first_choice(example: Agency, raw: Agency) -> None:
    assert Explorer(example, 2019).years.value == (2018, 2019)
    assert Explorer(raw).years.value == (2018, 2022)


@pytest.mark.parametrize("area", ["", "Jakarta Barat", "Kepulauan Seribu"])
def test_every_choice_can_be_looked_at(explorer: Explorer, real: Explorer, area: str) -> None:
    for each in (explorer, real):
        for _label, indicator_id in each.indicator.options:
            for years in ((2018, 2022), (2018, 2018), (2020, 2021)):
                view = look(*each._frames(area, years[1]), Choice(indicator_id, *years, area=area))
                assert "nan" not in re.findall(r"\w+", f"{view.sentence} {view.table.data} {view.rows.data}")


def test_indicator_of_another_decree_is_said(explorer: Explorer, example: Agency) -> None:
    frame = iku.compute_achievements(example)
    without = frame[(frame["indicator_id"] != "nik") | (frame["year"] > 2019)]
    explorer._frames = lambda area, year: (example, without, iku.compute_trends(example, frame))  # type: ignore[assignment]
    choose(explorer, years=(2018, 2019))
    assert sentence_of(explorer) == "Indikator ini tidak ada di keputusan untuk tahun yang dipilih."
    assert explorer.figure.value == explorer.table.value == explorer.rows.value == ""
    assert explorer.button.disabled
    choose(explorer, years=(2018, 2021))
    assert [row["Tahun"] for row in table_of(explorer.table.value)] == ["2020", "2021"]
    assert not explorer.button.disabled


def test_explore_shows_parts_that_stand_without_a_kernel(shown: list) -> None:
    explore("data/example", "id", 2021)
    assert all(VIEW in content for content, _metadata in shown)
    head, figure, sentence, table, rows = shown
    assert "Tahun 2018-2021, seluruh provinsi." in head[0]["text/markdown"]
    assert figure[1]["svg"].startswith("<?xml")
    assert figure[0]["text/plain"] == figure[1]["alt"]
    assert "126" in sentence[0]["text/markdown"]
    assert "<table" in table[0]["text/html"]
    assert "<table" in rows[0]["text/html"]


def test_explore_in_english(shown: list) -> None:
    explore("data/example", "en", 2021)
    assert "Years 2018-2021, whole province." in shown[0][0]["text/plain"]


@pytest.mark.usefixtures("outputs")
def test_a_page_keeps_its_language_and_changes_no_other(shown: list, example: Agency) -> None:
    explore("data/example", "en", 2021)
    assert current_language() == "id"
    with in_language("en"):
        explorer = Explorer(example, 2021)
    explorer.indicator.value = "uttp"
    assert "coverage" in explorer.sentence.value
    explorer._on_save(None)
    assert explorer.saved.value.startswith('<p role="status">Saved in')


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("no/such/folder",), "Folder data no/such/folder tidak ada"),
        (("data/example", "xx"), "Bahasa 'xx' tidak dikenal"),
        (("data/example", "id", 1999), "Tahun 1999 di luar keputusan"),
    ],
)
def test_error_is_a_plain_sentence(shown: list, given: tuple, words: str) -> None:
    explore(*given)
    ((content, _metadata),) = shown
    assert content["text/plain"].startswith(words)
    assert VIEW not in content


def test_all_faults_of_a_file_are_shown(shown: list, tmp_path: Path) -> None:
    root = shutil.copytree("data/example", tmp_path / "rusak")
    file = root / "realisations" / "uttp.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("1.902", "1.902x"), encoding="utf-8")
    explore(root)
    assert "uttp.csv, baris 2, kolom pembilang" in shown[0][0]["text/plain"]


def test_words_of_files_stay_words(example: Agency) -> None:
    label = '<img src=x onerror="alert(1)">'
    spoiled = example.reworded(lambda each: replace(each, indicators=each.indicators.assign(label=label)))
    explorer = Explorer(spoiled, 2021)
    page = explorer.figure.value + explorer.sentence.value + explorer.table.value + explorer.rows.value
    assert len(BeautifulSoup(page, "html.parser").find_all("img")) == 1
    assert "onerror" in alt_of(explorer)
