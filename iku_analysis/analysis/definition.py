"""Years in which an indicator means the same: only they are compared."""

from iku_analysis.agency.load import Agency


def first_year(agency: Agency, indicator_id: str, year: int) -> int:
    """Return the first year of the definition that an indicator has in a year."""
    breaks = agency.breaks.loc[agency.breaks["indicator_id"] == indicator_id, "year"]
    return max([int(since) for since in breaks if since <= year], default=agency.years[0])


def same_definition(agency: Agency, indicator_id: str, before: int, year: int) -> bool:
    """Tell whether an indicator meant the same in an earlier year, and the decrees had it."""
    return first_year(agency, indicator_id, year) <= before <= year
