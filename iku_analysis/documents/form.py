"""`iku template`: the form by which a year's figures come in. Filled, it is a realisation file as it is.

A sheet an indicator: what the decree says of it, and below it the rows that the year needs. Keys are
locked, cells to fill are checked as they are typed; the reader checks them again. Text is text: what
begins with `=` is no formula. The same data give the same bytes.
"""

import io

from iku_analysis.agency.expected import expected_cells, periods_of
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.definition import same_definition
from iku_analysis.analysis.quarter import targets_of_quarters
from iku_analysis.documents.excel import open_book
from iku_analysis.documents.form_layout import Layout, write_period
from iku_analysis.documents.form_sheet import write_sheet
from iku_analysis.documents.instructions import instructions_name, write_instructions
from iku_analysis.indonesian import format_target
from iku_analysis.language import _
from iku_analysis.schema import BASES, SCORED_BASES, STATUSES
from iku_analysis.sources.form_rows import write_mark


def write_form(agency: Agency, year: int, quarter: int | None = None) -> bytes:
    """Return the XLSX form for the figures of a year, or of one quarter (1-4) of it.

    Parameters
    ----------
    agency : Agency
        Its decree names the indicators; its figures decide the periods and areas asked for
        (`expected_cells`) and stand beside as those of last year.

    Raises
    ------
    IkuError
        If no decree judges the year, or there is no such quarter.
    """
    decree = agency.decree(year)
    layouts = lay_out(agency, year, quarter)
    title, example = _("Formulir realisasi {year}", year=year), "DATA CONTOH" if agency.policy.illustrative else ""
    file = io.BytesIO()
    book, look = open_book(
        file,
        title=title,
        author=agency.policy.agency,
        mark=example,
    )
    whose = [example, agency.policy.agency, _("keputusan {number}", number=decree.number)]
    marks = "; ".join(filter(None, whose)), write_mark(year, decree.decree_id)
    asked = {layout.indicator["indicator_id"] for layout in layouts}
    rest = decree.indicators[~decree.indicators["indicator_id"].isin(asked)]
    first = book.add_worksheet(instructions_name())
    areas = write_instructions(first, agency, year, layouts, rest, marks=marks, look=look)
    choices = {
        "period": [
            write_period(period)
            for grain in ("month", "quarter", "year")
            for period in periods_of(year, grain, quarter)
        ],
        "area": areas,
        "basis": BASES,
        "status": STATUSES,
    }
    before = last_year(agency, year)
    for layout in layouts:
        write_sheet(book.add_worksheet(layout.name), layout, before, choices, marks=marks, look=look)
    book.close()
    return file.getvalue()


def lay_out(agency: Agency, year: int, quarter: int | None = None) -> list[Layout]:
    """Return what each indicator with a target in the year is asked for, in the order of the decree."""
    indicators = agency.decree(year).indicators.to_dict("records")
    cells = expected_cells(agency, year, quarter)
    of_year = agency.targets[(agency.targets["year"] == year) & agency.targets["targeted"]]
    of_year = of_year.merge(agency.decree(year).indicators[["indicator_id", "unit"]])
    targets = {row.indicator_id: row for row in of_year.itertuples()}
    breaks = agency.breaks[agency.breaks["year"] == year]
    changes = dict(zip(breaks["indicator_id"], breaks["note"], strict=True))
    return [
        Layout(
            indicator,
            year,
            quarter,
            *cells[name],
            target=targets[name].target,
            target_words=format_target(targets[name], 9),
            quarters=targets_of_quarters(agency, name, year),
            change=changes.get(name, ""),
            comparable=is_comparable(agency, name, year),
            has_areas=bool(agency.policy.areas),
        )
        for indicator in indicators
        if (name := str(indicator["indicator_id"])) in targets
    ]


def last_year(agency: Agency, year: int) -> dict[tuple[str, str, str], float]:
    """Return the figures of the year before, official before published, by indicator, area and this year's period.

    What was counted by another definition or in another unit is left out: it is not to be compared.
    """
    figures = agency.figures[(agency.figures["year"] == year - 1) & agency.figures["value"].notna()]
    alike = figures["indicator_id"].isin(
        [name for name in figures["indicator_id"].unique() if is_comparable(agency, name, year)]
    )
    # Of two figures the later one stays: that of the preferred basis.
    figures = figures[alike].sort_values("basis", key=lambda basis: -basis.map(SCORED_BASES.index), kind="stable")
    keys = zip(figures["indicator_id"], figures["area"], f"{year}" + figures["period"].str[4:], strict=True)
    return dict(zip(keys, figures["value"], strict=True))


def is_comparable(agency: Agency, indicator_id: str, year: int) -> bool:
    """Tell whether nothing is known that keeps an indicator from being compared with the year before."""
    if year - 1 not in agency.years:
        return True
    decrees = [agency.decree(each).by_name for each in (year - 1, year)]
    units = {names[indicator_id]["unit"] for names in decrees if indicator_id in names}
    return len(units) == 1 and same_definition(agency, indicator_id, year - 1, year)
