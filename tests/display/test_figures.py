"""What is drawn is what the frames say: artists are read back, not pixels."""

import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.text import Text
from PIL import Image
from roots import Kind, write_root

import iku_analysis as iku
from iku_analysis import compute_achievements, load_agency, use_language
from iku_analysis.agency.load import Agency
from iku_analysis.agency.worded import Worded
from iku_analysis.display import figures
from iku_analysis.display.canvas import draw, to_png
from iku_analysis.display.design import ACCENT, MISSED, TARGET


def texts(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def header(axes: Axes) -> str:
    """Return the figure's own words: title, unit, source, mark."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    said = " ".join(" ".join(text.get_text() for text in figure.texts).split())
    return said.removeprefix("DATA CONTOH ")


def lines(axes: Axes, colour: str) -> list[np.ndarray]:
    return [line.get_xydata() for line in axes.lines if line.get_color() == colour and line.get_linestyle() != "None"]


def marks(axes: Axes) -> dict[float, str]:
    """Return the face colour of each realisation mark by its year."""
    return {line.get_xdata()[0]: line.get_markerfacecolor() for line in axes.lines if line.get_marker() == "o"}


def test_indicator_draws_target_and_realisation(example: Agency, achievements: pd.DataFrame) -> None:
    axes = figures.plot_indicator(example, achievements, "uttp", year=2021).axes
    assert lines(axes, TARGET)[0].tolist() == [[2018, 96], [2019, 97], [2020, 98], [2021, 99], [2022, 100]]
    drawn = {x: y for line in axes.lines if line.get_marker() == "o" for x, y in line.get_xydata()}
    history = achievements[achievements["indicator_id"] == "uttp"].set_index("year")["realisation"]
    assert drawn == history.to_dict()
    assert header(axes).startswith("Cakupan tera/tera ulang UTTP 2021: 0,64 poin persen di bawah target")


def test_provisional_is_hollow(example: Agency, achievements: pd.DataFrame) -> None:
    faces = marks(figures.plot_indicator(example, achievements, "ekspor", year=2021).axes)
    assert faces == {2018: ACCENT, 2019: ACCENT, 2020: MISSED, 2021: ACCENT, 2022: "#ffffff"}


def test_line_stops_at_a_break(example: Agency, achievements: pd.DataFrame) -> None:
    axes = figures.plot_indicator(example, achievements, "ekspor", year=2021).axes
    joined = [line[:, 0].tolist() for line in lines(axes, ACCENT) if len(line) > 1]
    assert joined == [[2018, 2019, 2020], [2021, 2022]]
    assert "2021: batas ukuran usaha kecil dan menengah berubah" in header(axes)


def test_untargeted_year_has_no_target(example: Agency, achievements: pd.DataFrame) -> None:
    axes = figures.plot_indicator(example, achievements, "pasar_diawasi", year=2018).axes
    assert lines(axes, TARGET)[0][:, 0].tolist() == [2019, 2020, 2021, 2022]
    assert axes.get_xticklabels()[0].get_text() == "2018\ntidak\nditargetkan"


@pytest.mark.parametrize(("targets", "value", "top"), [("22 20 18 16 14", "21", 30), ("90 91 92 93 94", "95", 100)])
def test_an_axis_of_shares_is_no_longer_than_they_need(tmp_path: Path, targets: str, value: str, top: float) -> None:
    """To 100 where they come near it, and no further; a share of a fifth is not squashed by an axis to 100."""
    kind = Kind("bagian", "Persen", targets, aggregation="ratio")
    agency = load_agency(write_root(tmp_path, {2018: [kind]}, [f"bagian|2018|{value}/100"]))
    axes = figures.plot_indicator(agency, compute_achievements(agency), "bagian", year=2018).axes
    assert max(axes.get_yticks()) <= top
    low, high = axes.get_ylim()
    assert low < float(value) < high
    assert high - low < 20


def test_proxy_stands_apart(raw: Agency) -> None:
    axes = figures.plot_indicator(raw, compute_achievements(raw), "ekspor", year=2021).axes
    assert [text for text in texts(axes) if "proksi" in text] == ["proksi 9,8\xa0miliar", "proksi 11,2\xa0miliar"]
    assert not marks(axes)
    assert "belum ada realisasi" in texts(axes)


def test_grid_says_every_state_in_words_and_symbols(example: Agency, achievements: pd.DataFrame) -> None:
    axes = figures.plot_status_grid(example, achievements, year=2021).axes
    cells = texts(axes)
    assert len(cells) == 35
    assert cells[0] == "+\n35"
    assert cells[4] == "✓\n109,2%*"
    assert cells[32] == "✗\n97,9%"
    assert cells.count("–") == 5
    for word in ("tercapai", "tidak tercapai", "tidak ditargetkan", "realisasi tanpa target", "sementara"):
        assert word in header(axes)
    assert header(axes).startswith("2021: 5 dari 6 indikator mencapai target")


def test_grid_of_a_root_without_results(raw: Agency) -> None:
    axes = figures.plot_status_grid(raw, compute_achievements(raw), year=2022).axes
    assert texts(axes).count("?") == 29
    assert texts(axes).count("–") == 6
    assert header(axes).startswith("2022: 6 indikator ditargetkan, belum satu pun dapat dinilai")


def test_bullets_are_as_long_as_the_achievement(example: Agency, achievements: pd.DataFrame) -> None:
    axes = figures.plot_bullets(example, achievements, year=2022).axes
    widths = [bar.get_width() for bars in axes.containers if isinstance(bars, BarContainer) for bar in bars]
    of_year = achievements[(achievements["year"] == 2022) & achievements["target"].notna()]
    assert widths == pytest.approx(of_year["achievement_pct"].tolist())
    assert any("4.378.000.000\ndari 4.250.198.668" in text for text in texts(axes))
    assert "batang kosong = sementara" in header(axes)


def test_growth_bars_and_target_growth(example: Agency, achievements: pd.DataFrame, trends: pd.DataFrame) -> None:
    upper = figures.plot_growth(example, achievements, trends, "ekspor").axes
    figure = upper.get_figure(root=True)
    assert figure is not None
    lower = figure.axes[1]
    bars = {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in lower.patches}
    assert bars == pytest.approx({2019: 1.5969, 2020: -2.85782, 2022: 1.90875}, rel=1e-4)  # 2021 follows a break
    aims = [line.get_ydata()[0] for line in lower.lines if line.get_color() == TARGET]
    assert aims == pytest.approx([1, 1, 1, 1], abs=1e-6)


def test_area_bars_are_shortfalls(example: Agency) -> None:
    areas = iku.coverage.by_area(example, "uttp", 2021)
    axes = figures.plot_shortfalls(example, areas, "uttp", year=2021).axes
    assert [bar.get_width() for bar in axes.patches] == [255, 124, 78, 7, 0, 0]
    assert header(axes).startswith("Cakupan tera/tera ulang UTTP 2021: 55% dari kekurangan ada di Jakarta Utara")


def test_quarters_against_the_year(example: Agency) -> None:
    axes = figures.plot_coverage_by_quarter(example, iku.coverage.by_quarter(example, "uttp"), "uttp", year=2021).axes
    assert [line[0, 1] for line in lines(axes, TARGET)] == [96, 97, 98, 99, 100]
    assert "3 dari 4 triwulan di bawah target setahun" in header(axes)


def test_missing_months_are_gaps(raw: Agency) -> None:
    axes = figures.plot_months(raw, iku.months.context(raw, "ekspor"), year=2021).axes
    of_2021 = next(line for line in lines(axes, ACCENT) if len(line) == 12)
    known = {month: round(value, 2) for month, value in of_2021 if not np.isnan(value)}
    assert known == {1: 845.75, 5: 720.4, 6: 1007.6, 7: 853.7, 8: 946.3, 9: 964, 10: 968.2, 11: 1030}


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_figure_has_source_mark_and_alt(
    example: Agency, achievements: pd.DataFrame, trends: pd.DataFrame, language: str
) -> None:
    use_language(language)
    source = {"id": "Sumber: Keputusan 154/2018", "en": "Source: Decree 154/2018"}[language]
    plots = [
        figures.plot_status_grid(example, achievements, year=2021),
        figures.plot_bullets(example, achievements, year=2021),
        figures.plot_indicator(example, achievements, "umkm", year=2021),
        figures.plot_growth(example, achievements, trends, "ekspor"),
        figures.plot_months(example, iku.months.realisation(example, "ekspor"), year=2021),
        figures.plot_coverage_by_quarter(example, iku.coverage.by_quarter(example, "uttp"), "uttp", year=2021),
        figures.plot_shortfalls(example, iku.coverage.by_area(example, "uttp", 2021), "uttp", year=2021),
    ]
    for plot in plots:
        assert plot.caption
        assert "DATA CONTOH" in plot.alt
        assert "DATA CONTOH" in header(plot.axes)
        assert source in header(plot.axes)


def test_real_data_carry_no_mark(raw: Agency) -> None:
    axes = figures.plot_bullets(raw, compute_achievements(raw), year=2022).axes
    assert "CONTOH" not in header(axes)


def test_same_data_same_bytes(example: Agency, achievements: pd.DataFrame) -> None:
    pictures = []
    for _time in range(2):
        pictures.append(draw(figures.plot_indicator(example, achievements, "nik", year=2021)))
    assert pictures[0] == pictures[1]
    assert not re.search(rb"<dc:date>", pictures[0])


def test_the_png_is_the_picture_of_the_svg(example: Agency, achievements: pd.DataFrame) -> None:
    plot = figures.plot_indicator(example, achievements, "nik", year=2021)
    svg = draw(plot)
    assert to_png(svg) == to_png(svg)
    buffer = io.BytesIO()
    plot.figure.savefig(buffer, format="png", dpi=150, facecolor="white")
    pictures = [Image.open(each).convert("L") for each in (io.BytesIO(to_png(svg)), buffer)]
    assert pictures[0].size == pytest.approx(pictures[1].size, abs=1)
    # matplotlib fits letters to whole pixels, typst does not: what remains of a few pixels together is the same.
    small, drawn = (np.asarray(each.resize((60, 36), Image.Resampling.BOX)).astype(float) for each in pictures)
    assert np.abs(small - drawn).mean() < 3
    assert np.abs(small - 255).mean() > 10  # and it is not just white


def test_style_does_not_leak(example: Agency, achievements: pd.DataFrame) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    figures.plot_bullets(example, achievements, year=2021)
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("label", ["Ekspor (US$ ribu) dan impor (US$ ribu)", "$$", r"$\frac{a$ \$ _x_ ^2"])
def test_no_text_is_mathematics(example: Agency, achievements: pd.DataFrame, label: str) -> None:
    """Neither of a figure's own words nor at its axes; drawn to the end, for a formula fails only there."""
    words = {"label": label, "indicator": label, "unit": label}

    def name(worded: Worded) -> Worded:
        decrees = [replace(each, indicators=each.indicators.assign(**words)) for each in worded.decrees]
        return replace(worded, decrees=decrees, indicators=worded.indicators.assign(**words))

    named = example.reworded(name)
    rows = achievements.assign(label=label, unit=label)
    for plot in (
        figures.plot_status_grid(named, rows, year=2021),
        figures.plot_bullets(named, rows, year=2021),
        figures.plot_indicator(named, rows, "umkm", year=2021),
        figures.plot_context(named, "umkm"),
        figures.plot_areas(named, "umkm", year=2021),
    ):
        draw(plot)
        drawn = plot.figure.findobj(Text)
        assert not [text.get_text() for text in drawn if text.get_text() and text.get_parse_math()]  # type: ignore[attr-defined]
        assert any("$" in text.get_text() for text in drawn)  # type: ignore[attr-defined]
