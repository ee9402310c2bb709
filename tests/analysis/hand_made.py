"""An agency with targets of quarters, money or notes written by hand."""

from dataclasses import replace

from iku_analysis.agency.load import Agency
from iku_analysis.schema import BUDGET, NOTES, QUARTER_TARGETS, make_frame

PLACE = {"source": "uji", "note": "", "file": "a.csv"}


def with_targets(agency: Agency, targets: dict[tuple[str, int], list[float]]) -> Agency:
    """Return the agency with the targets of quarters, by indicator and year."""
    rows = [
        {"indicator_id": indicator_id, "period": f"{year}-Q{number}", "target": target, "row": number} | PLACE
        for (indicator_id, year), of_year in targets.items()
        for number, target in enumerate(of_year, start=1)
    ]
    return replace(agency, quarter_targets=make_frame(QUARTER_TARGETS, rows))


def with_budget(agency: Agency, *rows: tuple[str, str, str, float, float | None]) -> Agency:
    """Return the agency with rows of programme, indicator, period, budget and spending."""
    names = ["programme", "indicator_id", "period", "budget", "realised"]
    records = [dict(zip(names, row, strict=True)) | {"row": number} | PLACE for number, row in enumerate(rows, start=2)]
    return replace(agency, budget=make_frame(BUDGET, records))


def with_notes(agency: Agency, *notes: tuple[str, int, str]) -> Agency:
    """Return the agency with a text for each indicator, year and section."""
    rows = [
        {"indicator_id": indicator_id, "year": year, "section": section, "text": "teks", "file": "a.md", "row": number}
        for number, (indicator_id, year, section) in enumerate(notes, start=1)
    ]
    return replace(agency, notes=make_frame(NOTES, rows))
