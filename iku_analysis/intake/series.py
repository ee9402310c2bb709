"""Figures that are no realisation of an indicator but stand beside it: the name and the unit of their series."""

import re

from iku_analysis.intake.headings import Column, meaning
from iku_analysis.intake.rows import Line
from iku_analysis.intake.scales import told_unit
from iku_analysis.intake.subjects import Setting, Subject
from iku_analysis.intake.when import take_when
from iku_analysis.language import _


def series_of(line: Line, column: Column, breakdown: str, about: Subject, setting: Setting) -> dict[str, str] | None:
    """Return series, unit and source of a figure, or None while its unit is asked about.

    A series is named by its line, else by its heading, else by the line above the table; what tells it from
    others, its breakdown and its area, stands behind. The source names the file: a later file with revised
    figures is another source, and both are kept.
    """
    own = [take_when(words.replace("_", " "))[1] for words in reversed(column.words)]
    above = [take_when(words)[1] for _row, words in reversed(setting.table.above)]
    names = [line.keys.get("indicator", ""), *(words for words in own if not meaning(words)), *above]
    name = next((words for words in names if words), setting.table.sheet or setting.reading.name)
    name = " ".join(re.sub(r"\([^()]*\)\s*$", "", name).split())
    unit = line.keys.get("unit") or column.unit or _unit_above(setting) or told_unit(line, column, setting.table)
    if not unit:
        question = _("Satuan deret {series}: sama dengan satuan indikatornya?", series=name)
        unit = setting.reading.ask(
            f"satuan {name}", setting.table.sheet, question, [setting.known.facts[about.indicator_id].unit]
        )
    if not unit:
        return None
    source = setting.context.source
    return {
        "series": ", ".join(filter(None, [name, breakdown, about.area])),
        "unit": " ".join(unit.split()),
        "source": f"{source} ({setting.reading.name})" if source else setting.reading.name,
    }


def _unit_above(setting: Setting) -> str:
    """Return what stands in brackets at the end of a line above the table: `Nilai Ekspor Jakarta (Juta US$), 2021`."""
    for _row, words in reversed(setting.table.above):
        found = re.findall(r"\(([^()0-9]+)\)", words)
        if found:
            return str(found[-1])
    return ""
