"""Readings of office files: with the usual answers, and what they say in short."""

from pathlib import Path

from iku_analysis.intake.door import Import, read_import

ANSWERS = {"basis": "resmi", "status": "final"}


def read(path: Path, root: Path, **answers: str) -> Import:
    """Return what a file says, with the usual answers and others."""
    return read_import([path], root, ANSWERS | answers)


def figures(plan: Import, folder: str = "realisations") -> dict[tuple[str, ...], str]:
    """Return the figures of a reading by indicator, period and area: value or numerator/denominator, and the cell."""
    found = {}
    for each in plan.files[0].reading.records:
        if each.folder == folder:
            cells = each.cells
            parts = f"{cells.get('numerator', '')}/{cells.get('denominator', '')}"
            value = cells.get("target") or cells.get("value") or parts
            key = (cells["indicator"], cells["period"], *([cells["area"]] if cells.get("area") else []))
            found[key] = f"{value} {each.cell}"
    return found


def refused(plan: Import) -> set[tuple[int | None, str | None]]:
    """Return the rows and columns that were refused."""
    return {(each.row, each.column) for each in plan.problems}
