"""What a choice shows: figure, sentence, table and rows, the points of the figure, and the numbers to take along."""

from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.axes import Axes

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.agency.worded import Worded
from iku_analysis.analysis.series import series_of_areas, series_of_items
from iku_analysis.display.canvas import Plot
from iku_analysis.display.figures.indicator import plot_indicator
from iku_analysis.display.figures.months import plot_months
from iku_analysis.display.figures.series import MOST_PANELS, place_of, plot_series
from iku_analysis.display.markdown import Markdown, say, sentences
from iku_analysis.display.narrative.months import describe_months
from iku_analysis.display.narrative.year import describe_indicator
from iku_analysis.display.rows import rows_as_read
from iku_analysis.display.series import describe_series, series_word
from iku_analysis.display.tables.cells import Table
from iku_analysis.display.tables.report import table_history
from iku_analysis.display.tables.series import table_series
from iku_analysis.display.tables.year import table_realisations
from iku_analysis.display.words import basis_word, state_word, status_word
from iku_analysis.explorer.choice import ALL_AREAS, ALONE, AREA, GRAINS, KIND, Choice, place_word
from iku_analysis.indonesian import MOST_DECIMALS, format_amount, format_period
from iku_analysis.language import _


@dataclass(frozen=True)
class Point:
    """A point of a figure, in the numbers of its axes, and what is told of it."""

    axes: Axes
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class View:
    """What a choice shows; `numbers` are those of the figure, `behind` the rows of the files, both to download."""

    figure: Plot
    points: list[Point]
    sentence: Markdown
    table: Table
    rows: Table
    numbers: pd.DataFrame
    behind: pd.DataFrame


def look(agency: Agency, achievements: pd.DataFrame, trends: pd.DataFrame, choice: Choice) -> View:
    """Return what a choice of `settle` shows.

    Parameters
    ----------
    agency
        As it stood at the end of the last year (`as_of`).
    achievements, trends : DataFrame
        Of the chosen area: `compute_area_achievements`, and `compute_trends` of that.
    """
    narrowed = narrow(agency, choice)
    if choice.beside == ALONE and choice.grain == "tahun":
        figure, points, sentence, table, numbers = _years(narrowed, achievements, trends, choice)
    else:
        figure, points, sentence, table, numbers = _series(agency, narrowed, choice)
    rows = table_realisations(narrowed, choice.indicator_id, from_year=choice.from_year, to_year=choice.to_year)
    own = narrowed.realisations
    behind = pd.DataFrame({_("Indikator"): own["indicator_id"]} | rows_as_read(own))
    return View(figure, points, sentence, table, rows, numbers, behind)


def narrow(agency: Agency, choice: Choice) -> Agency:
    """Return the agency with only the realisations and breaks of a choice.

    Behind a figure of the province stand the rows of all areas; a proxy stands only for its own place,
    and only beside the years of that place.
    """
    rows = agency.realisations
    own, proxy = rows["area"] == choice.area, rows["basis"] == "proksi"
    with_proxies = choice.proxies and choice.beside == ALONE and choice.grain == "tahun"
    wanted = (own | (choice.area == PROVINCE) & ~proxy) & (with_proxies | ~proxy)
    if choice.beside == ALL_AREAS or choice.beside == AREA + PROVINCE:
        wanted = ~proxy
    elif choice.beside.startswith(KIND):
        wanted &= rows["breakdown"].str.startswith(choice.beside.removeprefix(KIND) + ": ")
    elif choice.beside.startswith(AREA):
        wanted |= (rows["area"] == choice.beside.removeprefix(AREA)) & ~proxy
    in_years = rows["period"].str[:4].astype(int).between(choice.from_year, choice.to_year)

    def told(worded: Worded) -> Worded:
        breaks = worded.breaks[worded.breaks["indicator_id"] == choice.indicator_id]
        return replace(worded, breaks=breaks[breaks["year"].between(choice.from_year + 1, choice.to_year)])

    wanted &= (rows["indicator_id"] == choice.indicator_id) & in_years
    return agency.reworded(told, realisations=rows[wanted])


Parts = tuple[Plot, list[Point], Markdown, Table, pd.DataFrame]


def _years(narrowed: Agency, achievements: pd.DataFrame, trends: pd.DataFrame, choice: Choice) -> Parts:
    """Return the years of one place against its targets; the sentence and the title speak of the last of them."""
    chosen = achievements[achievements["year"].between(choice.from_year, choice.to_year)]
    history = chosen[chosen["indicator_id"] == choice.indicator_id]
    year = int(history["year"].max())
    figure = plot_indicator(narrowed, chosen, choice.indicator_id, year=year, area=choice.area)
    points = [
        Point(
            figure.axes,
            row.year,
            row.realisation,
            f"{row.year}: {format_amount(row.realisation, row.unit)}{_told(row)}",
        )
        for row in history[history["realisation"].notna()].itertuples()
    ]
    points += [
        Point(figure.axes, row.year, row.target, _("{year}: target {amount}", year=row.year, amount=amount))
        for row in history[history["target"].notna()].itertuples()
        for amount in [format_amount(row.target, row.unit, MOST_DECIMALS)]
    ]
    numbers = {
        _("Indikator"): history["label"],
        _("Wilayah"): place_word(choice.area),
        _("Tahun"): history["year"],
        _("Satuan"): history["unit"],
        _("Target"): history["target"],
        _("Realisasi"): history["realisation"],
        _("Selisih"): history["gap"],
        _("Capaian (persen)"): history["achievement_pct"],
        _("Hasil"): history["state"].map(state_word),
        _("Basis"): history["basis"].map(basis_word, na_action="ignore"),
        _("Status"): history["status"].map(status_word, na_action="ignore"),
        _("Keterangan"): (history["reason"] + " " + history["caution"]).str.strip(),
    }
    sentence = describe_indicator(achievements, trends, choice.indicator_id, year)
    return figure, points, sentence, table_history(chosen, trends, choice.indicator_id), pd.DataFrame(numbers)


def _told(row: object) -> str:
    """Return what is to be known of a figure's status and basis, behind its value."""
    said = [status_word("sementara")] if getattr(row, "status", "") == "sementara" else []
    said += [basis_word("publikasi")] if getattr(row, "basis", "") == "publikasi" else []
    return f" ({', '.join(said)})" if said else ""


def _series(agency: Agency, narrowed: Agency, choice: Choice) -> Parts:
    """Return quarters, months or whatever is compared: a line a year for months of one place, else lines in time."""
    names = agency.latest_indicator(choice.indicator_id)
    label, unit = str(names["label"]), str(names["unit"])
    series = _chosen_series(agency, choice)
    if choice.area != PROVINCE and (choice.beside == ALONE or choice.beside.startswith(KIND)):
        label = f"{label}, {choice.area}"
    if choice.beside == ALONE and choice.grain == "bulan":
        figure, points, sentence = _months(narrowed, series, label=label, unit=unit)
    else:
        figure = plot_series(narrowed, series, choice.indicator_id, label=label)
        points, sentence = _points(figure, series, unit), describe_series(_of_one_definition(narrowed, series), unit)
    numbers = {
        _("Indikator"): label,
        _("Wilayah"): series["area"].map(place_word),
        _("Rincian"): series["breakdown"],
        _("Periode"): series["period"],
        _("Satuan"): unit,
        _("Nilai"): series["value"],
        _("Pembilang"): series["numerator"],
        _("Penyebut"): series["denominator"],
        _("Basis"): series["basis"].map(basis_word),
        _("Status"): series["status"].map(status_word),
    }
    table = table_series(narrowed, series, choice.indicator_id, label=label)
    return figure, points, sentence, table, pd.DataFrame(numbers)


def _chosen_series(agency: Agency, choice: Choice) -> pd.DataFrame:
    grain, indicator_id, second = GRAINS[choice.grain], choice.indicator_id, choice.beside
    if second.startswith(KIND):
        series = series_of_items(agency, indicator_id, grain, choice.area, second.removeprefix(KIND))
    else:
        areas = agency.policy.areas if second == ALL_AREAS else [choice.area]
        areas = [*areas, second.removeprefix(AREA)] if second.startswith(AREA) else areas
        series = series_of_areas(agency, indicator_id, grain, areas)
    return series[series["year"].between(choice.from_year, choice.to_year)].reset_index(drop=True)


def _points(figure: Plot, series: pd.DataFrame, unit: str) -> list[Point]:
    axes, names = figure.figure.axes, list(dict.fromkeys(series["name"]))
    of_name = {name: axes[place if len(names) > 2 else 0] for place, name in enumerate(names[:MOST_PANELS])}
    return [
        Point(
            of_name[row.name],
            place_of(row.period),
            row.value,
            f"{series_word(row.name)}, {format_period(row.period)}: {format_amount(row.value, unit)}{_told(row)}",
        )
        for row in series.itertuples()
        if row.name in of_name
    ]


def _months(narrowed: Agency, series: pd.DataFrame, *, label: str, unit: str) -> tuple[Plot, list[Point], Markdown]:
    """Return months, a line a year, of the definition of the last year alone: only those are compared."""
    shown = _of_one_definition(narrowed, series)
    sources = narrowed.realisations[["period", "source"]].drop_duplicates()
    months = shown.assign(series=label, unit=unit).merge(sources, on="period")  # of several sources: one point
    figure = plot_months(narrowed, months, int(shown["year"].max()))
    assert figure is not None  # some month is known
    points = [
        Point(
            figure.axes,
            int(row.period[5:]),
            row.value,
            f"{format_period(row.period)}: {format_amount(row.value, unit)}{_told(row)}",
        )
        for row in shown.itertuples()
    ]
    earlier = (
        say("Definisinya berubah: yang digambar mulai {year}.", year=shown["year"].min())
        if len(shown) < len(series)
        else ""
    )
    return figure, points, sentences(describe_series(shown, unit), describe_months(months), earlier)


def _of_one_definition(narrowed: Agency, series: pd.DataFrame) -> pd.DataFrame:
    """Return the figures since an indicator last changed its meaning: only those are compared in words."""
    since = narrowed.breaks.loc[narrowed.breaks["year"] <= series["year"].max(), "year"]
    return series[series["year"] >= max(since, default=0)]
