"""Columns of codes: of the lines counted, of regions, of programmes; else they tell the indicators."""

import re

from iku_analysis.intake.headings import Column
from iku_analysis.intake.rows import Line

REGION = re.compile(r"[0-9]{2}(?:\.?[0-9]{2})*")
ACCOUNT = re.compile(r"[0-9X]{1,2}(?:[. ]+[0-9X]{1,4})*", re.IGNORECASE)  # of a programme: `1.02.01`, `X.XX.01`


def code_column(column: Column, columns: list[Column], lines: list[Line]) -> Column:
    """Return `Kode` or `id` as what its cells are, where they are no codes of indicators.

    They may count the lines beside columns that name their indicator, or be codes of the regions (`31.71`, and `31`
    among them) or of the programmes (`1.02.01`) beside them.
    """
    if column.role != "code":
        return column
    texts = [line.cells[column.place] for line in lines if line.kind == "figures" and column.place in line.cells]
    roles = {each.role for each in columns}
    pattern = None if "indicator" in roles else REGION if "area" in roles else ACCOUNT if "programme" in roles else None
    if pattern and all(map(pattern.fullmatch, texts)) and any(len(text) > 2 for text in texts):
        return column._replace(role="area_code")
    every = [line.cells[column.place] for line in lines if column.place in line.cells]
    counts = every == [str(place) for place in range(1, len(every) + 1)]
    return column._replace(role="number") if counts and any(each.indicator_id for each in columns) else column
