"""The explorer: its parts change together and agree with the frames; what is downloaded holds the same numbers."""

import base64
import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from PIL import Image

import iku_analysis as iku
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.area import compute_area_achievements
from iku_analysis.display.design import TARGET
from iku_analysis.explorer.page import VIEW, Explorer, explore
from iku_analysis.indonesian import NBSP, format_amount, format_number, is_percent
from iku_analysis.language import current_language, in_language

PARTS = ("figure", "sentence", "table", "rows")


@pytest.fixture
def explorer(example: Agency) -> Explorer:
    return Explorer(example, 2021)


@pytest.fixture
def real(raw: Agency) -> Explorer:
    return Explorer(raw, 2022)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict, dict]]:
    outputs: list[tuple[dict, dict]] = []

    def keep(content: dict, *, raw: bool, metadata: dict | None = None) -> None:
        assert raw
        outputs.append((content, metadata or {}))

    monkeypatch.setattr("IPython.display.display", keep)
    return outputs


def drawing_of(explorer: Explorer) -> Tag:
    (drawing,) = BeautifulSoup(explorer.parts["figure"].value, "html.parser").find_all("svg")
    return drawing


def alt_of(explorer: Explorer) -> str:
    drawing = drawing_of(explorer)
    assert drawing["role"] == "img"
    return str(drawing["aria-label"])


def table_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a table, by their headings."""
    soup = BeautifulSoup(text, "html.parser")
    heads = [head.get_text() for head in soup.select("thead th")]
    return [
        dict(zip(heads, (cell.get_text() for cell in row.find_all("td")), strict=True))
        for row in soup.select("tbody tr")
    ]


def files_of(explorer: Explorer) -> dict[str, bytes]:
    """Return what can be downloaded, by name."""
    links = BeautifulSoup(explorer.parts["files"].value, "html.parser").find_all("a")
    return {str(link["download"]): base64.b64decode(str(link["href"]).partition("base64,")[2]) for link in links}


def csv_of(explorer: Explorer, ending: str) -> pd.DataFrame:
    (content,) = (content for name, content in files_of(explorer).items() if name.endswith(ending))
    return pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")


def offered(explorer: Explorer, name: str) -> list[Any]:
    return [value for _label, value in explorer.controls[name].options]


def sentence_of(explorer: Explorer) -> str:
    return BeautifulSoup(explorer.parts["sentence"].value, "html.parser").get_text()


def yearly(agency: Agency, indicator_id: str, area: str = "") -> dict[int, float]:
    """Return the yearly figures of frame `figures`, straight from it; the examples have one basis."""
    figures = agency.figures
    own = figures[(figures["indicator_id"] == indicator_id) & (figures["area"] == area) & (figures["grain"] == "year")]
    return dict(zip(own["year"], own["value"], strict=True))


def drawn(explorer: Explorer) -> dict[int, float]:
    marks = [line for line in explorer.view.figure.axes.lines if line.get_marker() == "o"]
    return {int(x): float(y) for line in marks for x, y in line.get_xydata()}


def targets_drawn(explorer: Explorer) -> list[list[float]]:
    lines = [line.get_xydata().tolist() for line in explorer.view.figure.axes.lines if line.get_color() == TARGET]
    return [point for line in lines for point in line]


@pytest.mark.parametrize("indicator_id", ["nik", "umkm", "pasar_sni", "pasar_diawasi", "keluhan", "uttp", "ekspor"])
def test_parts_change_together(explorer: Explorer, example: Agency, indicator_id: str) -> None:
    before = {name: explorer.parts[name].value for name in PARTS}
    explorer.choose(indicator_id="umkm" if indicator_id == "nik" else "nik")
    explorer.choose(indicator_id=indicator_id)
    for name, value in before.items():
        assert (explorer.parts[name].value != value) == (indicator_id != "nik"), name
    label, unit = example.indicator(indicator_id, 2021)[["label", "unit"]]
    values = {year: value for year, value in yearly(example, indicator_id).items() if year <= 2021}
    assert drawn(explorer) == values
    assert alt_of(explorer).startswith(f"{label} 2021")
    (realised,) = [row for row in table_of(explorer.parts["table"].value) if row.pop("Tahun") == "Realisasi"]
    assert list(realised) == ["2018", "2019", "2020", "2021"]
    numbers = {year: format_number(value) for year, value in values.items()}
    assert {int(year): cell.rstrip("*") for year, cell in realised.items() if cell != "–"} == numbers
    assert sentence_of(explorer).startswith(f"{label} 2021")
    if 2021 in values:
        stated = numbers[2021] + "%" * is_percent(unit)
        assert f" 2021 sebesar {stated} dari target " in sentence_of(explorer)
    rows = example.realisations
    wanted = rows[(rows["indicator_id"] == indicator_id) & rows["period"].str[:4].astype(int).between(2018, 2021)]
    assert [row["Berkas"] for row in table_of(explorer.parts["rows"].value)] == [
        f"{row.file}, baris {row.row}" for row in wanted.itertuples()
    ]


def test_years_narrow_all_parts(explorer: Explorer, example: Agency) -> None:
    explorer.choose(indicator_id="ekspor", from_year=2019, to_year=2020)
    values = yearly(example, "ekspor")
    assert drawn(explorer) == {2019: values[2019], 2020: values[2020]}
    assert list(table_of(explorer.parts["table"].value)[0]) == ["Tahun", "2019", "2020"]
    assert {row["Periode"][-4:] for row in table_of(explorer.parts["rows"].value)} == {"2019", "2020"}
    assert sentence_of(explorer).startswith("Ekspor UKM 2020 sebesar ")
    assert "dari 2019" in sentence_of(explorer), "the year before is compared with, whether it is drawn or not"
    assert "PP 7/2021" not in alt_of(explorer), "a break after the last year is not told"
    explorer.choose(from_year=2021, to_year=2021)
    assert list(drawn(explorer)) == [2021]
    assert "PP 7/2021" not in alt_of(explorer), "nor one before the first"


def test_area_of_a_percentage(explorer: Explorer, example: Agency) -> None:
    explorer.choose(indicator_id="uttp", area="Jakarta Barat")
    values = yearly(example, "uttp", "Jakarta Barat")
    assert drawn(explorer) == {year: values[year] for year in range(2018, 2022)}
    assert targets_drawn(explorer) == [[2018, 96], [2019, 97], [2020, 98], [2021, 99]]
    assert f"Jakarta Barat 2021: {format_number(values[2021])}%, target 99%; tidak tercapai." in sentence_of(explorer)
    assert "predikat Sangat" not in sentence_of(explorer)
    assert f"2021 {format_number(values[2021])}" in alt_of(explorer)
    assert {row["Wilayah"] for row in table_of(explorer.parts["rows"].value)} == {"Jakarta Barat"}
    assert len(table_of(explorer.parts["rows"].value)) == 16


def test_area_of_a_count_has_no_target(explorer: Explorer, example: Agency) -> None:
    explorer.choose(indicator_id="umkm")
    assert targets_drawn(explorer)
    explorer.choose(area="Kepulauan Seribu")
    values = yearly(example, "umkm", "Kepulauan Seribu")
    assert drawn(explorer) == {year: values[year] for year in range(2018, 2022)}
    assert targets_drawn(explorer) == []
    assert "Target hanya untuk seluruh provinsi" in sentence_of(explorer)
    assert f"{format_number(values[2021])}{NBSP}UKM, tanpa target" in alt_of(explorer)
    ticks = [tick.get_text() for tick in explorer.view.figure.axes.get_xticklabels()]
    assert ticks == ["2018", "2019", "2020", "2021"], "not 'not targeted' below every year"


def test_only_areas_with_figures_are_offered(explorer: Explorer, example: Agency) -> None:
    assert offered(explorer, "area") == [""], "cooperatives are not told by area"
    assert explorer.controls["area"].layout.display == explorer.controls["proxies"].layout.display == "none"
    explorer.choose(indicator_id="uttp", area="Jakarta Pusat")
    assert offered(explorer, "area") == ["", *example.policy.areas]
    assert explorer.controls["area"].layout.display is None
    explorer.choose(indicator_id="ekspor")
    assert explorer.choice.area == ""
    said = BeautifulSoup(explorer.parts["message"].value, "html.parser").get_text()
    assert said == 'Wilayah: "Jakarta Pusat" tidak ada untuk pilihan ini; yang tampil seluruh provinsi.'
    explorer.choose(from_year=2019)
    assert explorer.parts["message"].value == ""


def test_proxies_on_and_off(real: Explorer) -> None:
    real.choose(indicator_id="ekspor", from_year=2018, to_year=2021)
    texts = [text.get_text() for text in real.view.figure.axes.texts]
    assert [text for text in texts if "proksi" in text] == [f"proksi 9,8{NBSP}miliar", f"proksi 11,2{NBSP}miliar"]
    assert [row["Basis"] for row in table_of(real.parts["rows"].value)] == ["proksi", "proksi"]
    real.choose(proxies=False)
    assert not [text for text in real.view.figure.axes.texts if "proksi" in text.get_text()]
    assert [row["Basis"] for row in table_of(real.parts["rows"].value) if row["Basis"]] == []
    real.choose(proxies=True, from_year=2018, to_year=2020)
    assert len(table_of(real.parts["rows"].value)) == 1
    assert len([text for text in real.view.figure.axes.texts if "proksi" in text.get_text()]) == 1


def test_proxy_of_an_area_stands_in_that_area(raw: Agency) -> None:
    rows = raw.realisations
    moved = replace(raw, realisations=rows.assign(area=rows["area"].mask(rows["basis"] == "proksi", "Jakarta Pusat")))
    frame = iku.compute_achievements(moved)
    for area, count in (("", 0), ("Jakarta Pusat", 2)):
        own = compute_area_achievements(moved, frame, area)
        axes = iku.figures.plot_indicator(moved, own, "ekspor", year=2021, area=area).axes
        assert len([text for text in axes.texts if "proksi" in text.get_text()]) == count


def test_example_is_marked(explorer: Explorer, real: Explorer, shown: list) -> None:
    assert alt_of(explorer).count("DATA CONTOH") == 1
    assert "DATA CONTOH" not in alt_of(real)
    explorer.show()
    assert "DATA CONTOH: semua realisasinya rekaan" in shown[0][0]["text/plain"]
    assert all(name.startswith("data-contoh-") for name in files_of(explorer))
    assert not any(name.startswith("data-contoh-") for name in files_of(real))


def test_downloads_hold_what_is_shown(explorer: Explorer, example: Agency) -> None:
    explorer.choose(indicator_id="uttp", from_year=2019, to_year=2022, area="Jakarta Timur")
    name = "data-contoh-uttp-2019-2022-jakarta-timur"
    assert list(files_of(explorer)) == [name + ending for ending in (".png", ".svg", ".csv", "-baris.csv")]
    years = csv_of(explorer, "timur.csv")
    values = yearly(example, "uttp", "Jakarta Timur")
    assert dict(zip(years["Tahun"], years["Realisasi"], strict=True)) == {y: values[y] for y in range(2019, 2023)}
    assert years["Target"].tolist() == [97, 98, 99, 100]
    assert set(years["Wilayah"]) == {"Jakarta Timur"}
    assert len(csv_of(explorer, "-baris.csv")) == len(table_of(explorer.parts["rows"].value)) == 16
    files = files_of(explorer)
    with Image.open(io.BytesIO(files[f"{name}.png"])) as picture:
        assert picture.width > 600
    assert files[f"{name}.svg"].startswith(b"<?xml")


def test_downloads_are_the_same_each_time(example: Agency) -> None:
    query = "indikator=uttp&periode=triwulan&banding=wilayah"
    assert files_of(Explorer(example, 2021, query)) == files_of(Explorer(example, 2021, query))


def test_numbers_of_a_comparison_can_be_downloaded(explorer: Explorer, example: Agency) -> None:
    explorer.choose(indicator_id="umkm", grain="triwulan", from_year=2021, area="Jakarta Barat", beside="wilayah")
    numbers = csv_of(explorer, "triwulan.csv")
    figures = example.figures
    own = figures[(figures["indicator_id"] == "umkm") & (figures["year"] == 2021) & (figures["grain"] == "quarter")]
    own = own[own["area"] != ""].set_index(["area", "period"])["value"]
    assert numbers.set_index(["Wilayah", "Periode"])["Nilai"].astype(float).to_dict() == own.to_dict()
    assert len(numbers) == 24


def circles_of(explorer: Explorer) -> dict[tuple[float, float], str]:
    """Return what each point of the drawing tells under the mouse, by its place."""
    circles = drawing_of(explorer).find_all("circle")
    assert all(len(circle.find_all("title")) == 1 for circle in circles)
    return {(float(each["cx"]), float(each["cy"])): each.get_text() for each in circles}


def test_a_point_tells_its_value(explorer: Explorer, example: Agency) -> None:
    """Where the mark is drawn: matplotlib places it with `use`, two of which are the marks of ticks."""
    explorer.choose(indicator_id="uttp", area="Jakarta Barat", to_year=2022)
    circles = circles_of(explorer)
    value = format_amount(yearly(example, "uttp", "Jakarta Barat")[2020], "Persen")
    (place,) = [place for place, words in circles.items() if words == f"2020: {value}"]
    marks = [(float(use["x"]), float(use["y"])) for use in drawing_of(explorer).find_all("use") if use.get("x")]
    assert min(abs(x - place[0]) + abs(y - place[1]) for x, y in marks) < 0.2
    assert "2020: target 98%" in circles.values()
    assert "2022: 99" in " ".join(circles.values())


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("indikator=ekspor&periode=bulan", "Agustus 2021: "),
        ("indikator=uttp&periode=triwulan&wilayah=Jakarta+Barat", "Jakarta Barat, Triwulan III 2020: "),
        ("indikator=uttp&periode=triwulan&banding=rincian:jenis", "timbangan, Triwulan III 2020: "),
    ],
)
def test_a_point_of_every_view_tells_its_value(example: Agency, query: str, words: str) -> None:
    explorer = Explorer(example, 2021, query)
    told = circles_of(explorer)
    assert [each for each in told.values() if each.startswith(words)]
    marks = [(float(use["x"]), float(use["y"])) for use in drawing_of(explorer).find_all("use") if use.get("x")]
    for cx, cy in told:
        assert min(abs(x - cx) + abs(y - cy) for x, y in marks) < 0.2, told[cx, cy]


def test_quarters_of_one_year(explorer: Explorer, example: Agency) -> None:
    explorer.choose(indicator_id="uttp", grain="triwulan", from_year=2021, to_year=2021)
    figures = example.figures
    own = figures[(figures["indicator_id"] == "uttp") & (figures["year"] == 2021) & (figures["grain"] == "quarter")]
    values = own[own["area"] == ""].sort_values("period")["value"].tolist()
    (line,) = [line for line in explorer.view.figure.axes.lines if line.get_marker() == "o"]
    assert line.get_xydata().tolist() == [[2021 + place / 4, value] for place, value in enumerate(values)]
    assert targets_drawn(explorer) == [[2021 - 1 / 8, 99], [2022 - 1 / 8, 99]]
    assert [row["seluruh provinsi"] for row in table_of(explorer.parts["table"].value)] == list(
        map(format_number, values)
    )
    assert sentence_of(explorer).startswith("Triwulan IV 2021: 99,33")


def test_months_of_one_definition(explorer: Explorer) -> None:
    explorer.choose(indicator_id="ekspor", grain="bulan")
    assert len(drawn(explorer)) == 12
    assert "Definisinya berubah: yang digambar mulai 2021." in sentence_of(explorer)
    assert "2020" not in sentence_of(explorer), "the highest of another definition is not compared with"
    explorer.choose(to_year=2020)
    assert "Definisinya" not in sentence_of(explorer)
    assert len(table_of(explorer.parts["table"].value)) == 36


def test_two_areas(explorer: Explorer, example: Agency) -> None:
    explorer.choose(indicator_id="umkm", area="Jakarta Barat", beside="wilayah:Jakarta Timur")
    west, east = (yearly(example, "umkm", area) for area in ("Jakarta Barat", "Jakarta Timur"))
    table = table_of(explorer.parts["table"].value)
    assert [row["Jakarta Barat"] for row in table] == [format_number(west[year]) for year in range(2018, 2022)]
    assert [row["Jakarta Timur"] for row in table] == [format_number(east[year]) for year in range(2018, 2022)]
    assert f"selisih {format_number(east[2021] - west[2021])}{NBSP}UKM" in sentence_of(explorer)
    assert {row["Wilayah"] for row in table_of(explorer.parts["rows"].value)} == {"Jakarta Barat", "Jakarta Timur"}
    assert len(explorer.view.figure.figure.axes) == 1
    assert "wilayah:Jakarta Barat" not in offered(explorer, "beside"), "an area is not compared with itself"


def test_all_areas_side_by_side(explorer: Explorer, example: Agency) -> None:
    explorer.choose(indicator_id="uttp", beside="wilayah")
    panels = [ax for ax in explorer.view.figure.figure.axes if ax.get_visible()]
    assert [ax.get_title(loc="left").splitlines()[0] or ax.get_title() for ax in panels] == example.policy.areas
    assert len({ax.get_ylim() for ax in panels}) == len({ax.get_xlim() for ax in panels}) == 1, "shared axes"
    for ax, area in zip(panels, example.policy.areas, strict=True):
        marks = {int(x): y for line in ax.lines if line.get_marker() == "o" for x, y in line.get_xydata()}
        assert marks == {year: value for year, value in yearly(example, "uttp", area).items() if year <= 2021}


def test_view_of_an_address(example: Agency) -> None:
    explorer = Explorer(example, 2021, "indikator=uttp&dari=2019&sampai=2020&wilayah=Jakarta+Timur&periode=triwulan")
    assert alt_of(explorer).startswith("Cakupan tera/tera ulang UTTP, Jakarta Timur: Triwulan IV 2020")
    assert explorer.parts["message"].value == explorer.parts["link"].value == ""


def test_bad_address_is_told_and_never_obeyed(example: Agency) -> None:
    query = "indikator=zz&dari=2033&wilayah=<b>x</b>&banding=wilayah:%00&periode=abad&proksi=%FF&<script>=1"
    explorer = Explorer(example, 2021, query)
    message = BeautifulSoup(explorer.parts["message"].value, "html.parser")
    assert [tag.name for tag in message.find_all(True)] == ["p"]
    assert message.p["role"] == "status"
    for words in ('"<script>"', '"zz"', 'Dari tahun: "2033"', '"<b>x</b>"', 'Periode: "abad"'):
        assert words in message.get_text()
    assert explorer.choice == Explorer(example, 2021).choice


def test_link_is_the_address_of_the_view(explorer: Explorer, example: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOILA_REQUEST_URL", "http://127.0.0.1:8866/")
    explorer.choose(indicator_id="umkm", area="Jakarta Barat", beside="wilayah:Jakarta Timur", grain="triwulan")
    (link,) = BeautifulSoup(explorer.parts["link"].value, "html.parser").find_all("a")
    assert Explorer(example, 2019, str(link["href"])).choice == explorer.choice


def test_year_decides_the_first_choice(example: Agency, raw: Agency) -> None:
    for explorer, last in ((Explorer(example, 2019), 2019), (Explorer(raw), 2022)):
        assert (explorer.choice.from_year, explorer.choice.to_year) == (2018, last)


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


def test_a_page_keeps_its_language_and_changes_no_other(shown: list, example: Agency) -> None:
    explore("data/example", "en", 2021)
    assert current_language() == "id"
    with in_language("en"):
        explorer = Explorer(example, 2021)
    explorer.controls["indicator_id"].value = "uttp"
    assert "coverage" in explorer.parts["sentence"].value
    assert "Download figure (PNG)" in explorer.parts["files"].value


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
    page = "".join(part.value for part in explorer.parts.values())
    assert BeautifulSoup(page, "html.parser").find_all("img") == []
    assert "onerror" in alt_of(explorer)
