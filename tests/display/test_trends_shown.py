"""Years under way, months, parts and series beside them: figure, sentence and table carry the frames' numbers."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

import iku_analysis as iku
from iku_analysis import (
    backlog_by_month,
    compute_outlook,
    contributions,
    cumulative_path,
    required_growth,
    use_language,
)
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.within_year import Outlook
from iku_analysis.display import figures, narrative, tables
from iku_analysis.display.canvas import Plot
from iku_analysis.display.design import ACCENT, TARGET
from iku_analysis.indonesian import format_amount, format_number, format_percent, format_signed

CASES = [("ekspor", 2020, 9), ("umkm", 2022, 6), ("uttp", 2022, 9), ("nik", 2021, 12), ("keluhan", 2021, 6)]


def drawn(plot: Plot | None) -> Axes:
    assert plot is not None
    return plot.axes


def header(axes: Axes) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in axes.get_figure(root=True).texts)  # type: ignore[union-attr]


def words(axes: Axes) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in axes.texts)


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("**", "")


# --- within the year ---


@pytest.mark.parametrize(("indicator", "year", "through"), CASES)
def test_figure_sentence_and_table_of_a_year_agree(example: Agency, indicator: str, year: int, through: int) -> None:
    path = cumulative_path(example, indicator, year, through=through)
    outlook = compute_outlook(example, indicator, year, through=through)
    unit = example.indicator(indicator, year)["unit"]
    plot = figures.plot_within_year(example, path, outlook)
    axes = drawn(plot)
    (target_line,) = [line for line in axes.lines if to_hex(line.get_color()) == TARGET]
    assert list(target_line.get_ydata()) == list(path["path"])
    realised = next(line for line in axes.lines if to_hex(line.get_color()) == ACCENT.lower())
    assert list(realised.get_ydata()) == list(path["cumulative"].dropna())
    assert realised.get_ydata()[-1] == pytest.approx(outlook.so_far)
    sentence = narrative.describe_outlook(example, outlook)
    table = tables.table_within_year(example, path, outlook).data
    assert outlook.so_far is not None
    assert format_amount(outlook.so_far, unit) in sentence
    assert format_amount(outlook.so_far, unit) == table.iloc[outlook.known - 1]["Sejauh ini"]
    assert plain(sentence) in plain(plot.alt)


def test_the_band_ends_at_the_range(example: Agency) -> None:
    outlook = compute_outlook(example, "ekspor", 2020, through=9)
    axes = drawn(figures.plot_within_year(example, cumulative_path(example, "ekspor", 2020, through=9), outlook))
    (band,) = axes.patches
    corners = band.get_xy()
    assert sorted({round(y) for x, y in corners if x == 11}) == [round(outlook.low or 0), round(outlook.high or 0)]
    assert "perlu 405 juta setiap bulan; bulan terbaik 357 juta" in plain(words(axes))
    assert "tidak terkejar tanpa melampaui periode terbaik" in header(axes)


def test_provisional_is_hollow(example: Agency) -> None:
    axes = drawn(
        figures.plot_within_year(example, cumulative_path(example, "nik", 2022), compute_outlook(example, "nik", 2022))
    )
    marks = [line for line in axes.lines if line.get_marker() == "o"]
    assert {to_hex(mark.get_markerfacecolor()) for mark in marks} == {"#ffffff"}
    assert "kosong = sementara" in header(axes)


def test_range_in_words_names_its_methods(example: Agency) -> None:
    two = narrative.describe_outlook(example, compute_outlook(example, "ekspor", 2020, through=9))
    assert "pola 2 tahun sebelumnya" in two
    none = narrative.describe_outlook(example, compute_outlook(example, "ekspor", 2021, through=9))
    assert "periode terendah dan tertinggi sejauh ini" in none
    assert "pola" not in none
    assert all("bukan peluang" in text for text in (two, none))


def test_nothing_known_is_said_and_not_drawn(raw: Agency) -> None:
    outlook = compute_outlook(raw, "ekspor", 2021)
    assert figures.plot_within_year(raw, cumulative_path(raw, "ekspor", 2021), outlook) is None
    assert narrative.describe_outlook(raw, outlook) == (
        "Ekspor UKM 2021: perkiraan akhir tahun tidak dibuat. Belum ada angka bulanan atau triwulanan."
    )
    assert figures.plot_coverage_by_quarter(raw, iku.coverage.by_quarter(raw, "uttp"), "uttp", year=2021) is None
    assert figures.plot_areas(raw, "umkm", year=2021) is None
    assert figures.plot_backlog(raw, backlog_by_month(raw)) is None
    assert "tidak ada berkas tera" in narrative.describe_backlog(backlog_by_month(raw))


@pytest.mark.parametrize("verdict", ["on_path", "needs_speed", "beyond_best", "beyond_reach", "reached", "not_reached"])
def test_every_verdict_has_its_words(example: Agency, verdict: str) -> None:
    outlook = Outlook("uttp", 2021, "quarter", verdict, "", 99, 2, 2, 98, 97, 99, 99.5, 98.5, 3)
    assert "None" not in narrative.describe_outlook(example, outlook)
    use_language("en")
    english = narrative.describe_outlook(example, outlook)
    assert "None" not in english
    assert not {"dari", "target:", "terbaik", "akhir"} & set(english.split())


# --- parts ---


def test_items_in_figure_sentence_and_table(example: Agency) -> None:
    items = iku.coverage.by_item(example, "uttp", 2021, "jenis")
    axes = drawn(figures.plot_shortfalls(example, items, "uttp", year=2021))
    assert [bar.get_width() for bar in axes.patches] == list(items["shortfall"]) == [212, 175, 27, 4]
    assert "51% dari kekurangan ada di meter taksi" in header(axes)
    assert plain(narrative.describe_items(items)) == (
        "4 dari 4 butir di bawah target; terbanyak meter taksi: kurang 212, cakupan 96,98%."
    )
    table = tables.table_shortfalls(items, 2021)
    assert table is not None
    assert list(table.data["Kurang"]) == ["212", "175", "27", "4"]


def test_of_many_areas_the_rest_is_one_bar(example: Agency) -> None:
    rows = pd.DataFrame({"area": [f"Kabupaten {n:03d}" for n in range(514)], "numerator": 90.0, "denominator": 100.0})
    rows = rows.assign(value=90.0, gap=-9.0, shortfall=np.arange(514, 0, -1.0))
    axes = drawn(figures.plot_shortfalls(example, rows, "uttp", year=2021))
    widths = [bar.get_width() for bar in axes.patches]
    assert widths == [*range(514, 499, -1), sum(range(1, 500))]
    assert [label.get_text() for label in axes.get_yticklabels()][-1] == "499 lainnya"


def test_contributions_in_figure_and_sentence(example: Agency) -> None:
    frame = contributions(example, "ekspor", 2020, "tujuan")
    axes = drawn(figures.plot_contributions(example, frame, "ekspor", year=2020, kind="tujuan"))
    assert [bar.get_width() for bar in axes.patches] == list(frame["points"])
    growth = 100 * (4_079_000_000 / 4_199_000_000 - 1)
    assert frame["points"].sum() == pytest.approx(growth)
    text = plain(narrative.describe_contributions(frame, 2020))
    assert f"turun {plain(format_signed(-growth))[1:]}%" in text
    assert f"Yang tidak dirinci menyumbang {format_signed(frame['points'].iloc[-1])} poin." in text
    empty = contributions(example, "ekspor", 2021, "tujuan")  # the definition changed
    assert figures.plot_contributions(example, empty, "ekspor", year=2021, kind="tujuan") is None
    assert "definisi yang sama untuk 2020 dan 2021" in narrative.describe_contributions(empty, 2021)


def test_areas_of_a_count(example: Agency) -> None:
    axes = drawn(figures.plot_areas(example, "umkm", year=2021))
    areas = example.figures[(example.figures["indicator_id"] == "umkm") & (example.figures["period"] == "2021")]
    wanted = sorted(areas.loc[areas["area"] != "", "value"], reverse=True)
    assert [bar.get_width() for bar in axes.patches] == wanted
    assert sum(wanted) == 29_204


def test_backlog_in_figure_and_sentence(example: Agency) -> None:
    backlog = backlog_by_month(example)
    axes = drawn(figures.plot_backlog(example, backlog))
    assert list(axes.lines[0].get_ydata()) == list(backlog["overdue"])
    text = narrative.describe_backlog(backlog)
    assert format_number(backlog["overdue"].iloc[-1]) in text
    assert format_number(backlog["overdue"].max()) in text


# --- months ---


@pytest.fixture
def seen(example: Agency) -> pd.DataFrame:
    return iku.months.comparable(example, iku.months.realisation(example, "ekspor"), "ekspor", 2020, through=9)


def test_only_months_of_one_definition(example: Agency, seen: pd.DataFrame) -> None:
    assert (seen["period"].min(), seen["period"].max(), len(seen)) == ("2018-01", "2020-09", 33)
    after = iku.months.comparable(example, iku.months.realisation(example, "ekspor"), "ekspor", 2022)
    assert (after["period"].min(), len(after)) == ("2021-01", 24)  # 2021: other size limits


def test_changes_in_figure_sentence_and_table(example: Agency, seen: pd.DataFrame) -> None:
    changes = iku.months.month_changes(seen)
    axes = drawn(figures.plot_month_changes(example, changes, seen))
    known = changes["year_change_pct"].dropna()
    assert axes.collections[0].get_array().compressed().tolist() == list(known)
    assert [text.get_text() for text in axes.texts] == [format_signed(value, 1) for value in known]
    rows, columns = ([tick.get_text() for tick in ticks] for ticks in (axes.get_yticklabels(), axes.get_xticklabels()))
    assert (rows, columns[0], columns[-1]) == (["2019", "2020"], "Jan", "Des")
    values = seen.set_index("period")["value"]
    change = 100 * (values["2020-09"] / values["2019-09"] - 1)
    so_far = 100 * (values["2020-01":"2020-09"].sum() / values["2019-01":"2019-09"].sum() - 1)
    text = narrative.describe_month_changes(changes)
    for number in (change, so_far):
        assert format_signed(number) in text
    table = tables.table_month_changes(changes, unit="USD")
    assert table is not None
    assert format_signed(change) in table.data.iloc[-1]["Dari bulan sama tahun lalu"]


def test_outlook_of_months_in_figure_and_sentence(example: Agency, seen: pd.DataFrame) -> None:
    ahead = iku.months.outlook(seen, 2020)
    assert ahead.forecast is not None
    text = narrative.describe_months_outlook(ahead)
    for number in (ahead.forecast.low, ahead.forecast.high, ahead.forecast.middle, ahead.forecast.to_date):
        assert format_number(number, 0) in text
    assert "belum dapat diuji: deretnya terlalu pendek" in text  # no whole year after the first 24 months
    axes = drawn(figures.plot_months_outlook(example, ahead, seen))
    dashed = next(line for line in axes.lines if line.get_linestyle() == "--")
    assert list(dashed.get_ydata()) == list(ahead.forecast.months["middle"])
    season = drawn(figures.plot_season(example, ahead, seen))
    trend = next(line for line in season.lines if line.get_color() == ACCENT)
    assert list(trend.get_ydata()) == list(ahead.parts["trend"])


def test_the_backtest_stands_beside_the_outlook(example: Agency) -> None:
    months = iku.months.realisation(example, "ekspor")
    ahead = iku.months.outlook(months[months["period"] <= "2022-09"], 2022)
    assert ahead.tested is not None
    assert ahead.tested.origins == 24  # from December 2019 to November 2021
    text = narrative.describe_months_outlook(ahead)
    assert "Diuji mundur pada 24 titik" in text
    assert f"{format_number(ahead.tested.coverage_pct, 0)} kali dari 100 (dirancang 80)" in text
    assert format_percent(ahead.tested.error_pct, 1) in text
    assert format_percent(ahead.tested.naive_error_pct, 1) in text


def test_the_published_series_is_refused_and_says_what_is_needed(raw: Agency) -> None:
    published = iku.months.outlook(iku.months.context(raw, "ekspor"), 2021)
    text = narrative.describe_months_outlook(published)
    assert text.startswith("Perkiraan sampai Desember 2021 tidak dibuat.")
    assert "bulan tanpa angka" in text
    assert "Diperlukan 24 bulan berturut-turut" in text
    assert figures.plot_months_outlook(raw, published, iku.months.context(raw, "ekspor")) is None
    assert figures.plot_season(raw, published, iku.months.context(raw, "ekspor")) is None


def test_a_series_that_ends_before_the_year_is_refused(example: Agency) -> None:
    months = iku.months.realisation(example, "ekspor")
    early = iku.months.outlook(months[months["period"] <= "2019-12"], 2022)
    assert early.forecast is None
    assert "Desember 2019" in early.reason
    assert not early.parts.empty


# --- growth needed, and series beside ---


def test_required_growth_from_every_year(example: Agency, achievements: pd.DataFrame) -> None:
    rows = required_growth(example, achievements, "ekspor").set_index("year")
    assert list(rows["years"]) == [4, 3, 2, 1]
    for year, row in rows.iterrows():
        assert row["realisation"] * (1 + row["required_pct"] / 100) ** (2022 - int(year)) == pytest.approx(
            4_250_198_668
        )
    table = tables.table_required_growth(rows.reset_index(), unit="USD")
    assert table is not None
    assert list(table.data.iloc[:, 3])[2] == "2,08%"
    assert list(table.data.iloc[:, 3])[3] == "sudah tercapai"


def test_p1_and_p4_stand_side_by_side(raw: Agency) -> None:
    text = plain(narrative.describe_context(raw, "umkm", 2021))
    assert "adalah arus" in text
    # 148.374 / 284.164, both of 27 October 2021
    assert "Pada Oktober 2021 deret Jakpreneur tahap perizinan (P4), kumulatif (148.374) adalah 52,2% dari" in text


def test_measures_never_share_axes(raw: Agency) -> None:
    axes = drawn(figures.plot_context(raw, "ekspor"))
    panels = axes.get_figure(root=True).axes  # type: ignore[union-attr]
    top = {panel.get_title(loc="left").replace("\n", " "): panel.get_ylim()[1] for panel in panels if panel.lines}
    months = "Ekspor produk DKI Jakarta, semua pelaku (juta USD)", "Ekspor melalui DKI Jakarta, semua pelaku (juta USD)"
    years = [title.replace("Jakarta,", "Jakarta setahun,") for title in months]
    assert len(top) == 6
    others = raw.context.loc[raw.context["indicator_id"] == "ekspor", "series"].nunique()
    assert f"6 dari {others} deret lain" in axes.get_figure(root=True).texts[0].get_text()
    assert top[months[0]] == top[months[1]] < top[years[0]] == top[years[1]]  # one unit, one scale; a year is no month
    assert top["Pangsa UMKM dalam ekspor, Indonesia (persen)"] < 100
    drawn_points = [sum(len(line.get_ydata()) for line in panel.lines) for panel in panels]
    counts = raw.context[raw.context["indicator_id"] == "ekspor"].groupby("series")["value"].size()
    assert sorted(drawn_points, reverse=True) == sorted(counts, reverse=True)[:6]


def test_quarters_in_words(example: Agency) -> None:
    text = plain(narrative.describe_quarters(iku.coverage.by_quarter(example, "uttp"), 2021))
    assert text.startswith("3 dari 4 triwulan di bawah target setahun; terendah Triwulan I 2021")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_figure_has_source_mark_and_alt(example: Agency, seen: pd.DataFrame, language: str) -> None:
    use_language(language)
    source = {"id": "Sumber: Keputusan 154/2018", "en": "Source: Decree 154/2018"}[language]
    ahead = iku.months.outlook(seen, 2020)
    parts = contributions(example, "ekspor", 2020, "tujuan")
    outlook = compute_outlook(example, "uttp", 2022, through=9)
    for plot in (
        figures.plot_within_year(example, cumulative_path(example, "uttp", 2022, through=9), outlook),
        figures.plot_months(example, seen, year=2020),
        figures.plot_month_changes(example, iku.months.month_changes(seen), seen),
        figures.plot_season(example, ahead, seen),
        figures.plot_months_outlook(example, ahead, seen),
        figures.plot_contributions(example, parts, "ekspor", year=2020, kind="tujuan"),
        figures.plot_shortfalls(example, iku.coverage.by_area(example, "uttp", 2021), "uttp", year=2021),
        figures.plot_areas(example, "umkm", year=2021),
        figures.plot_backlog(example, backlog_by_month(example)),
        figures.plot_context(example, "umkm"),
    ):
        caption, alt = plot.caption, plot.alt
        assert caption
        assert "DATA CONTOH" in alt
        assert len(alt) > 60
        assert "DATA CONTOH" in header(plot.axes)
        assert source in header(plot.axes)
