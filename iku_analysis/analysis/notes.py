"""What people wrote about a year, looked up."""

from iku_analysis.agency.load import Agency
from iku_analysis.schema import AGENCY_SECTIONS, INDICATOR_SECTIONS


def note_text(agency: Agency, year: int, indicator_id: str, section: str) -> str:
    """Return a text of frame `notes` as it was written, or nothing if nobody wrote it.

    Parameters
    ----------
    indicator_id : str
        Empty for the agency as a whole.
    section : str
        One of `INDICATOR_SECTIONS`, or of `AGENCY_SECTIONS` for the agency.

    Raises
    ------
    ValueError
        If there is no such section: a fault of the caller.
    """
    if section not in (INDICATOR_SECTIONS if indicator_id else AGENCY_SECTIONS):
        raise ValueError(section)
    notes = agency.notes
    found = notes[(notes["year"] == year) & (notes["indicator_id"] == indicator_id) & (notes["section"] == section)]
    return "" if found.empty else str(found["text"].iloc[0])
