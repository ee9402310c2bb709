"""Totals and means in an office's table: held against their parts, and never taken for figures."""

from decimal import Decimal

from iku_analysis.intake.figures import read_figure
from iku_analysis.intake.headings import Column
from iku_analysis.intake.reading import Reading, rows_words
from iku_analysis.intake.rows import Line, is_measure, words_of
from iku_analysis.intake.subjects import Setting
from iku_analysis.language import _
from iku_analysis.sources.amounts import as_written
from iku_analysis.sources.rows import decimals, quote
from iku_analysis.sources.totals import ACTIVITY, MEAN, WITHIN

PRECISION = Decimal("1e-9")  # of sums that a sheet computes


def check_totals(setting: Setting, lines: list[Line]) -> None:
    """Hold each total row against the rows above it: since the last total, else all; one that agrees is left out."""
    last = 0
    for place, line in enumerate(lines):
        if line.kind != "total":
            continue
        above = [each for each in lines[:place] if each.kind == "figures"]
        groups = [[each for each in above if each.number > last], above]
        groups.append([each for each in above if not _is_within(each)])
        groups.append(above or [each for each in lines[place + 1 :] if each.kind == "figures"])
        is_mean = any(MEAN.match(text.strip().casefold()) for text in line.keys.values())
        why = _("rata-rata dari baris lain: tidak dihitung") if is_mean else _("jumlah baris lain: tidak dihitung lagi")
        faults = [_fault(setting, line, groups, column, is_mean=is_mean) for column in setting.table.columns]
        if not any(faults):
            setting.reading.leave(setting.table.sheet, rows_words([line.number]), words_of(line), why)
        last = line.number


def _fault(setting: Setting, line: Line, groups: list[list[Line]], column: Column, *, is_mean: bool) -> bool:
    """Refuse a total that none of its possible parts make up; tell whether it was."""
    if not is_measure(column) or column.place not in line.cells:
        return False
    reading, text = setting.reading, line.cells[column.place]
    stated = _number(text, reading)
    if stated is None:
        return False
    made = [
        _combine([_number(each.cells.get(column.place, ""), reading) for each in group], is_mean) for group in groups
    ]
    if any(each is not None and _agree(stated, each) for each in made):
        return False
    parts = [number for number in made if number is not None]
    of_rows = rows_words([each.number for each in groups[0]] or [line.number])
    shown = as_written(parts[0].normalize(), reading.number_format) if parts else "-"
    expected = f"{shown}, " + (_("rata-rata {rows}", rows=of_rows) if is_mean else _("jumlah {rows}", rows=of_rows))
    mend = _("Periksa baris ini dan bagian-bagiannya: ada yang kurang, ganda atau salah ketik.")
    reading.refuse(setting.table.sheet, line.number, column.place, quote(text), expected, mend)
    return True


def _is_within(line: Line) -> bool:
    """Tell whether a line stands within a programme above it, as an activity does."""
    name = line.keys.get("programme", "")
    return bool(WITHIN.fullmatch(name) or ACTIVITY.fullmatch(name))


def check_row_totals(setting: Setting, lines: list[Line], summed: dict[int, bool]) -> None:
    """Hold each column `Jumlah` against the figures of its row, where parts are summed (`summed` by row)."""
    reading = setting.reading
    for column in setting.table.of_role("total"):
        parts = [each for each in setting.table.columns if is_measure(each) and (each.when.part or each.area)]
        measures = [each for each in parts if each.words[:1] == column.words[:1]] or parts
        for line in lines:
            text = line.cells.get(column.place, "")
            stated = _number(text, reading)
            numbers = [_number(line.cells.get(each.place, ""), reading) for each in measures]
            made = _combine(numbers, is_mean=bool(MEAN.search(column.name.casefold())))
            if line.kind != "figures" or stated is None or made is None or not summed.get(line.number):
                continue
            if not _agree(stated, made):
                expected = _(
                    "{value}, dari angka di barisnya", value=as_written(made.normalize(), reading.number_format)
                )
                mend = _("Periksa angka-angka di baris ini.")
                reading.refuse(setting.table.sheet, line.number, column.place, quote(text), expected, mend)
        if any(column.place in line.cells for line in lines):
            reading.leave(setting.table.sheet, "", column.name, _("jumlah angka di barisnya: tidak dihitung lagi"))


def _number(text: str, reading: Reading) -> Decimal | None:
    figure = read_figure(text, reading.number_format)
    return figure.number if figure else None


def _combine(numbers: list[Decimal | None], is_mean: bool) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return None if not known else sum(known, Decimal(0)) / (len(known) if is_mean else 1)


def _agree(stated: Decimal, made: Decimal) -> bool:
    """Tell whether a total is that of its parts, rounded as it is written."""
    return abs(stated - made) <= max(PRECISION, Decimal(5).scaleb(-decimals(stated) - 1))
