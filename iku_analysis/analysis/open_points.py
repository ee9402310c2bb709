"""What people still have to write or set before one of the four papers is whole."""

import pandas as pd

from iku_analysis.agency.expected import check_quarter
from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis import budget
from iku_analysis.analysis.achievement import targeted_indicators, yearly_figures
from iku_analysis.analysis.quarter import figures_to, targets_of_quarters
from iku_analysis.errors import IkuError
from iku_analysis.language import _
from iku_analysis.sources.identity import ROLES

# Of each paper, in the order it is read: what it says about the agency, and about each targeted indicator.
PAPERS: dict[str, tuple[list[str], list[str]]] = {
    "plan": ([], ["quarter_targets", "budget"]),
    "agreement": (["first_party", "second_party", "budget"], ["quarter_targets"]),
    "report": (
        ["organisation", "issues", "conclusion", "next_steps"],
        ["realisation", "causes", "solutions", "programmes", "standard", "next_steps", "budget"],
    ),
    "evaluation": (["next_steps"], ["realisation", "next_steps"]),
}


def open_sections(agency: Agency, year: int, paper: str, quarter: int = 4) -> pd.DataFrame:
    """Return what a paper of a year still lacks, in the order it is read: the agency, then its targeted indicators.

    Columns: `indicator_id` (empty: the agency), `year` that the text or figure is about and `section`:
    a section of frame `notes`, or `realisation`, `quarter_targets`, `budget`. An evaluation also asks
    for the next steps of the year before, where a decree covers it. A report or an evaluation to the
    end of a quarter before the last asks for the realisation so far and for targets of the quarters.

    Raises
    ------
    IkuError
        For a paper that is not `plan`, `agreement`, `report` or `evaluation`, for a year that no decree
        has, or a quarter that no year has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.open_sections(agency, 2021, "report").columns.tolist()
    ['indicator_id', 'year', 'section']
    """
    check_quarter(quarter)
    if paper not in PAPERS:
        raise IkuError(_("Naskah {paper} tidak dikenal; pilih {papers}.", paper=repr(paper), papers=", ".join(PAPERS)))
    of_agency, of_indicator = PAPERS[paper]
    if quarter < 4 and "realisation" in of_indicator:
        of_indicator = ["quarter_targets", *of_indicator]
    wanted = [("", year, section) for section in of_agency]
    wanted += [
        (each, year, section) for each in targeted_indicators(agency, year)["indicator_id"] for section in of_indicator
    ]
    if paper == "evaluation" and year - 1 in agency.years:
        before = targeted_indicators(agency, year - 1)["indicator_id"]
        wanted += [(each, year - 1, "next_steps") for each in ["", *before]]
    there = _there(agency, year, quarter)
    missing = [each for each in wanted if each not in there]
    return pd.DataFrame(missing, columns=["indicator_id", "year", "section"]).astype(
        {"indicator_id": "str", "year": "int64", "section": "str"}
    )


def nothing_judged(achievements: pd.DataFrame, year: int) -> bool:
    """Tell whether a year (frame of `compute_achievements_to`) has targets, and not one realisation of a whole."""
    states = set(achievements.loc[achievements["year"] == year, "state"])
    return "no_data" in states and states <= {"no_data", "not_targeted"}


def _there(agency: Agency, year: int, quarter: int) -> set[tuple[str, int, str]]:
    """Return all that is written or set, as (indicator, year, section)."""
    notes = agency.notes[["indicator_id", "year", "section"]]
    there = set(notes.itertuples(index=False, name=None))
    there |= {("", year, role) for role in ROLES if agency.identity.signers_in(role, year)}
    figures = yearly_figures(agency, PROVINCE).reset_index() if quarter == 4 else figures_to(agency, quarter)
    known = figures[(figures["year"] == year) & figures["value"].notna()]
    there |= {(each, year, "realisation") for each in known["indicator_id"]}
    ids = set(targeted_indicators(agency, year)["indicator_id"])
    there |= {(each, year, "quarter_targets") for each in ids if targets_of_quarters(agency, each, year)}
    there |= {(each, year, "budget") for each in ids - set(budget.without(agency, year)["indicator_id"])}
    if (agency.budget["period"].str[:4] == str(year)).any():
        there.add(("", year, "budget"))
    return there
