"""One choice of a planner - indicator, years, area, proxies or not - and all that belongs to it."""

from dataclasses import dataclass, replace

import pandas as pd

from iku_analysis.agency.load import Agency, Worded
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.display.canvas import Plot
from iku_analysis.display.figures.indicator import plot_indicator
from iku_analysis.display.markdown import Markdown
from iku_analysis.display.narrative import describe_indicator
from iku_analysis.display.tables.cells import Table
from iku_analysis.display.tables.report import table_history
from iku_analysis.display.tables.year import table_realisations
from iku_analysis.errors import IkuError
from iku_analysis.language import _


@dataclass(frozen=True)
class Choice:
    """What to look at; the sentence and the title speak of the last of the years."""

    indicator_id: str
    from_year: int
    to_year: int
    area: str = PROVINCE
    proxies: bool = True


@dataclass(frozen=True)
class View:
    """What a choice shows, and the two frames it was made from: rows of `achievements` and of `realisations`."""

    figure: Plot
    sentence: Markdown
    table: Table
    rows: Table
    history: pd.DataFrame
    realisations: pd.DataFrame


def look(agency: Agency, achievements: pd.DataFrame, trends: pd.DataFrame, choice: Choice) -> View:
    """Return the figure, sentence, table and rows of a choice.

    Parameters
    ----------
    achievements, trends : DataFrame
        Of the chosen area: `compute_area_achievements`, and `compute_trends` of that.

    Raises
    ------
    IkuError
        If no decree has the indicator in these years.
    """
    chosen = achievements[achievements["year"].between(choice.from_year, choice.to_year)]
    history = chosen[chosen["indicator_id"] == choice.indicator_id]
    if history.empty:
        raise IkuError(_("Indikator ini tidak ada di keputusan untuk tahun yang dipilih."))
    year = int(history["year"].max())
    narrowed = narrow(agency, choice)
    return View(
        figure=plot_indicator(narrowed, chosen, choice.indicator_id, year=year, area=choice.area),
        sentence=describe_indicator(achievements, trends, choice.indicator_id, year),
        table=table_history(chosen, trends, choice.indicator_id),
        rows=table_realisations(narrowed, choice.indicator_id, from_year=choice.from_year, to_year=year),
        history=history.reset_index(drop=True),
        realisations=narrowed.realisations.reset_index(drop=True),
    )


def narrow(agency: Agency, choice: Choice) -> Agency:
    """Return the agency with only the realisations and breaks of a choice.

    Behind a figure of the province stand the rows of all areas; a proxy stands only for its own place.
    """
    rows = agency.realisations
    own, proxy = rows["area"] == choice.area, rows["basis"] == "proksi"
    wanted = (own | (choice.area == PROVINCE) & ~proxy) & (choice.proxies | ~proxy)
    in_years = rows["period"].str[:4].astype(int).between(choice.from_year, choice.to_year)

    def told(worded: Worded) -> Worded:
        breaks = worded.breaks[worded.breaks["indicator_id"] == choice.indicator_id]
        return replace(worded, breaks=breaks[breaks["year"].between(choice.from_year + 1, choice.to_year)])

    wanted &= (rows["indicator_id"] == choice.indicator_id) & in_years
    return agency.reworded(told, realisations=rows[wanted])
