"""Blank key cells below filled ones: what nobody merged, or a text has lost; asked about, never read as something."""

from iku_analysis.intake.reading import Reading
from iku_analysis.intake.rows import Line
from iku_analysis.intake.tables import Table
from iku_analysis.language import _
from iku_analysis.sources.rows import quote

AS_ABOVE = "sama dengan di atasnya"  # answers
WHOLE_AREA = "seluruh wilayah"
WHOLE_YEAR = "setahun"
# What a blank may mean beside the cell above it, by the role of its column.
OTHERWISE: dict[str, list[str]] = {
    "indicator": [],
    "programme": [],
    "period": [],
    "year": [],
    "area": [WHOLE_AREA],
    "quarter": [WHOLE_YEAR],
    "semester": [WHOLE_YEAR],
    "month": [WHOLE_YEAR],
}


def fill_blanks(lines: list[Line], table: Table, reading: Reading) -> list[Line]:
    """Return the lines with their blank key cells filled from above, where the office says so; open ones are left out.

    A column that is blank in all lines, or whose blanks have nothing above them, says nothing by being blank.
    """
    for role, others in OTHERWISE.items():
        columns = table.of_role(role)
        if not columns or (role == "indicator" and table.of_role("code", "programme")):
            continue
        blank = [line for line in lines if line.kind == "figures" and role not in line.keys]
        if not blank or not any(role in line.keys for line in lines if line.number < blank[-1].number):
            continue
        name = columns[0].name
        question = _(
            "Sel kosong di kolom {name}, mulai baris {row}: apa artinya?", name=quote(name), row=blank[0].number
        )
        answer = reading.ask(f"sel kosong {name}", table.sheet, question, [AS_ABOVE, *others])
        if not answer:
            open_rows = {line.number for line in blank}
            lines = [line for line in lines if line.number not in open_rows]
        elif answer == AS_ABOVE:
            lines = _filled(lines, role)
    return lines


def _filled(lines: list[Line], role: str) -> list[Line]:
    last, filled = "", []
    for line in lines:
        last = line.keys.get(role, last) if line.kind != "total" else last
        fills = last and line.kind == "figures" and role not in line.keys
        filled.append(line._replace(keys=line.keys | {role: last}) if fills else line)
    return filled
