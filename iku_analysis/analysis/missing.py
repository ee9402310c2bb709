"""Why a year has no result, in words."""

import pandas as pd

from iku_analysis.indonesian import format_number
from iku_analysis.language import _
from iku_analysis.rollup import PROVINCE, contradictions
from iku_analysis.sources.agency import Agency

MONTHS = {"month": 1, "quarter": 3, "year": 12}


def explain_missing(agency: Agency, indicator_id: str, year: int) -> str:
    """Return why an indicator has no realisation of a whole year, most telling reason first."""
    stated = agency.realisations[agency.realisations["indicator_id"] == indicator_id]
    stated = stated[stated["period"].str[:4].astype(int) == year]
    figures = agency.figures[(agency.figures["indicator_id"] == indicator_id) & (agency.figures["year"] == year)]
    rivals = contradictions(stated)
    if not rivals.empty:
        values = "; ".join(format_number(value) for value in rivals["value"])
        return _("Publikasi saling bertentangan ({values}): tidak dinilai.", values=values)
    if ((figures["denominator"] == 0) & (figures["grain"] == "year") & (figures["area"] == PROVINCE)).any():
        return _("0 dari 0: persentase tidak dapat dihitung.")
    if not figures.empty:
        return _explain_parts(figures, agency.policy.areas)
    if (stated["basis"] == "proksi").any():
        return _("Hanya ada angka proksi: tidak dinilai.")
    return _("Belum ada angka.")


def _explain_parts(figures: pd.DataFrame, areas: list[str]) -> str:
    """Say what is missing of a year that has parts."""
    months = _months(figures[figures["area"] == PROVINCE])
    by_area = {area: _months(figures[figures["area"] == area]) for area in areas}
    reported = [area for area in areas if by_area[area]]
    if months == 12 or (reported == areas and min(by_area.values()) == 12):
        return _("Persentase tanpa pembilang dan penyebut tidak dapat digabung.")
    if reported and len(reported) < len(areas):
        silent = ", ".join(area for area in areas if area not in reported)
        return _("Belum ada angka dari: {areas}.", areas=silent)
    if reported and not months:
        months = min(by_area.values())
    return _("Baru {months} dari 12 bulan dilaporkan.", months=months)


def _months(figures: pd.DataFrame) -> int:
    """Return how many months of a year the stated figures cover."""
    covered: set[int] = set()
    for period, grain in zip(figures["period"], figures["grain"], strict=True):
        first = {"year": 1, "quarter": 3 * int(period[-1]) - 2, "month": int(period[-2:])}[grain]
        covered |= set(range(first, first + MONTHS[grain]))
    return len(covered)
