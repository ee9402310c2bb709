"""Tables of series of periods beside each other: frames -> Table."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.display.series import series_word
from iku_analysis.display.tables.cells import DASH, Table, count, make_table, provisional
from iku_analysis.indonesian import format_period, format_unit
from iku_analysis.language import _

MOST_COLUMNS = 6  # of a table that is read on a desk


def table_series(agency: Agency, series: pd.DataFrame, indicator_id: str, *, label: str) -> Table:
    """Return the figures of one or more series (frame of `analysis.series`), periods and names crossed.

    Periods stand in the rows, unless they are few and the names are many.
    """
    unit = agency.latest_indicator(indicator_id)["unit"]
    names = list(dict.fromkeys(series["name"]))
    periods = sorted(set(series["period"]))
    cells = {(row.name, row.period): provisional(count(row.value), row.status) for row in series.itertuples()}
    crossed = len(periods) <= MOST_COLUMNS < len(names)
    if crossed:
        columns = {_("Nama"): [series_word(name) for name in names]}
        columns |= {format_period(period): [cells.get((name, period), DASH) for name in names] for period in periods}
    else:
        columns = {_("Periode"): [format_period(period) for period in periods]}
        columns |= {series_word(name): [cells.get((name, period), DASH) for period in periods] for name in names}
    return make_table(columns, _("{label}, dalam {unit} (* = sementara)", label=label, unit=format_unit(unit)))
