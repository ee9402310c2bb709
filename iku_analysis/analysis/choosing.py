"""Which indicator and breakdown a subject fits, so that a notebook asks the same of any agency."""

from typing import Literal, TypeAlias

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.breakdown import breakdown_kinds
from iku_analysis.analysis.scored import scored_figures
from iku_analysis.indonesian import is_percent

Subject: TypeAlias = Literal["growth", "coverage", "areas"]


def indicator(agency: Agency, year: int, subject: Subject, indicator_id: str = "") -> str:
    """Return the indicator that is asked for; without one, that of the decree in force which fits a subject best.

    The subject is `growth`, best told by an amount that is summed from months; `coverage`: a percentage with
    numerators and denominators by area; or `areas`: an amount by area. Where nothing fits it is still an
    indicator (`fits` tells): one that is targeted, and has most series beside it.

    Raises
    ------
    IkuError
        For an indicator or a year that no decree has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.choosing.indicator(agency, 2021, "coverage")
    'uttp'
    """
    if indicator_id:
        return str(agency.indicator(indicator_id, year)["indicator_id"])
    targets = agency.targets[(agency.targets["year"] == year) & agency.targets["targeted"]]
    beside = agency.context["indicator_id"].value_counts()

    def rank(each: str) -> tuple[int, ...]:
        return *_rank(agency, each, year, subject), each in set(targets["indicator_id"]), beside.get(each, 0)

    return max(agency.decree(year).indicators["indicator_id"], key=rank)


def fits(agency: Agency, indicator_id: str, year: int, subject: Subject) -> bool:
    """Tell whether a subject can be told of an indicator from the figures that there are.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.choosing.fits(agency, "uttp", 2021, "coverage")
    True
    """
    return any(_rank(agency, indicator_id, year, subject))


def _rank(agency: Agency, indicator_id: str, year: int, subject: Subject) -> tuple[int, int]:
    """Return how much an indicator has of what a subject is told by, the most telling first; 0 and 0 for nothing."""
    indicator, figures = agency.indicator(indicator_id, year), scored_figures(agency, indicator_id)
    whole = figures["area"] == PROVINCE
    if subject == "coverage":
        figures = figures[figures["denominator"].notna() & (indicator["direction"] == "higher")]
        return int((~whole[figures.index]).sum()), len(figures)
    if is_percent(indicator["unit"]):
        return 0, 0
    if subject == "areas":
        return int((~whole).sum()), 0
    if indicator["aggregation"] != "sum":
        return 0, 0
    grains = figures.loc[whole, "grain"]
    return int((grains == "month").sum()), int((grains == "year").sum())


def kind(agency: Agency, indicator_id: str, kind: str = "") -> str:
    """Return the kind of breakdown that is asked for, else the first that the files have; empty if there is none.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.choosing.kind(agency, "ekspor")
    'tujuan'
    """
    return kind or next(iter(breakdown_kinds(agency, indicator_id)), "")


def whole_year(agency: Agency, indicator_id: str, year: int) -> int:
    """Return the last year up to one of which the province's whole figure is known; that one if none is.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.choosing.whole_year(agency, "ekspor", 2022)
    2022
    """
    figures: pd.DataFrame = scored_figures(agency, indicator_id)
    known = figures[(figures["grain"] == "year") & (figures["area"] == PROVINCE) & (figures["year"] <= year)]
    return int(known["year"].max()) if len(known) else year


def registers(agency: Agency) -> list[str]:
    """Return the names of the registers that records.toml declares; none where there is no such file.

    Examples
    --------
    >>> iku.choosing.registers(iku.load_agency("data/example-registers"))[:3]
    ['sertifikat', 'izin', 'pengawasan_2018']
    """
    return list(agency.records.register_) if agency.records else []
