"""An office's table -> rows of tidy tables. What is not plain is asked, what is no figure is refused by its cell."""

import re
from collections.abc import Sequence
from dataclasses import replace

from iku_analysis.intake.blanks import fill_blanks
from iku_analysis.intake.checks import check_row_totals, check_totals
from iku_analysis.intake.columns import refuse_unnamed, settle_columns
from iku_analysis.intake.context import above_lines, check_part, check_years, context_of, with_areas
from iku_analysis.intake.figures import NONE, Figure, of_both, read_figure
from iku_analysis.intake.headings import Column, meaning
from iku_analysis.intake.marks import PLAIN, PROVISIONAL, REVISED, legend_of, meaning_of, words_of_mark
from iku_analysis.intake.names import Facts, Known
from iku_analysis.intake.reading import Reading, Record, rows_words
from iku_analysis.intake.rows import Line, is_measure, lines_of, split_footer, words_of
from iku_analysis.intake.scales import scale_figure
from iku_analysis.intake.series import series_of
from iku_analysis.intake.subjects import (
    SKIP,
    Setting,
    Subject,
    names_a_thing,
    numbers_tell,
    period_of,
    subject_of,
)
from iku_analysis.intake.tables import Table
from iku_analysis.intake.when import When
from iku_analysis.language import _
from iku_analysis.sources.cell_formats import DateText
from iku_analysis.sources.periods import NOT_RUNNING, RUNNING
from iku_analysis.sources.rows import quote
from iku_analysis.sources.sheet_cells import letters_of
from iku_analysis.sources.target_words import parse_target

Figures = dict[str, tuple[Column, Figure]]  # by their column in a tidy table

OF_STATUS = {  # as BPS names them
    "final": re.compile(r"(?:(?:angka|data) )?(?:tetap|final)", re.IGNORECASE),
    "sementara": re.compile(r"(?:(?:angka|data) )?(?:sangat )?sementara", re.IGNORECASE),
}
ANSWERS = (PROVISIONAL, REVISED, PLAIN)
WORDS = ("breakdown", "basis", "status", "source", "note", "series")  # of a line, taken as they are
# The folder of a figure and its column there, by the role of its column here.
PLACES = {
    **{role: ("realisations", role or "value") for role in ("value", "", "numerator", "denominator")},
    "target": ("targets", "target"),
    **{role: ("budget", role) for role in ("budget", "realised")},
}


def read_table(table: Table, known: Known, reading: Reading, legend: dict[str, str]) -> None:
    """Add to a reading what a table says; `legend` are the marks that notes of its sheet explain."""
    raw = list(lines_of(table, reading.number_format))
    context = context_of(table, reading, known, [words_of(line) for line in raw if line.kind == "words"])
    settled = settle_columns(table, raw, context, known, reading)
    if settled is None:
        return
    lines = list(lines_of(settled, reading.number_format))
    lines = fill_blanks(lines, settled, reading)
    lines, footer = split_footer(lines, {line.number for line in lines if names_a_thing(line, known)})
    _tell_words(table, footer, reading)
    context = with_areas(context, footer, known)
    settled = replace(settled, below=[words_of(line) for line in footer])
    if refuse_unnamed(settled, lines, reading) or not check_years(settled, context, reading):
        return
    if (answer := reading.answers.get("tahun", "")).isdigit():
        context = replace(context, when=context.when._replace(year=int(answer)))
    if (part := check_part(settled, context, reading)) is None:
        return
    context = replace(context, when=context.when._replace(part=part))
    numbered = numbers_tell(lines, known, context.when.year)
    notes = [*settled.below, *(words_of(line) for line in lines if line.kind == "words")]
    legend = legend | legend_of([*(words for _row, words in table.above), *notes])
    setting = Setting(settled, context, known, numbered, legend, reading)
    group, summed, around = "", dict[int, bool](), context.when
    for line in lines:
        subject = subject_of(line, setting, group) if line.kind != "total" else None
        if subject is None:
            if line.kind == "words":  # `Kota Timur` or `Tahun 2021` above its lines
                setting = replace(setting, context=above_lines(setting.context, line, known, around))
            continue
        group = subject.indicator_id if not subject.area else group
        if line.kind == "words":
            reading.leave(table.sheet, rows_words([line.number]), words_of(line), _("belum ada angka"))
            continue
        if subject.indicator_id and not setting.is_series:
            summed[line.number] = known.facts[subject.indicator_id].aggregation == "sum"
        _read_line(line, subject, setting)
    check_totals(setting, lines)
    check_row_totals(setting, lines, summed)


def _tell_words(table: Table, below: list[Line], reading: Reading) -> None:
    """Note the lines above and below a table, and those that say its headings again."""
    above, why = [words for _row, words in table.above], _("di atas tabel: bukan angka")
    if above:
        reading.leave(table.sheet, rows_words([row for row, _words in table.above]), " / ".join(above), why)
    if table.again:
        reading.leave(table.sheet, rows_words(table.again), "", _("judul kolom yang diulang, atau nomor kolom"))
    if below:
        words = " / ".join(words_of(line) for line in below)
        reading.leave(table.sheet, rows_words([line.number for line in below]), words, _("di bawah tabel: bukan angka"))


def _read_line(line: Line, subject: Subject, setting: Setting) -> None:
    """Add a record for each period and measure of a line; what two of its columns say is held against each other."""
    found: dict[tuple[str, str, str, When, int], Figures] = {}
    measure = setting.table.of_role("measure")
    of_line = meaning(line.cells.get(measure[0].place, "")) if measure else ""
    if of_line == "achievement":
        reading, why = setting.reading, _("dihitung sendiri dari target dan realisasi")
        reading.leave(setting.table.sheet, rows_words([line.number]), words_of(line), why)
        return
    if measure and not of_line:
        expected, mend = _("Target, Realisasi atau Capaian"), _("Isi sel ini.")
        setting.reading.refuse(setting.table.sheet, line.number, measure[0].place, quote(""), expected, mend)
        return
    for own in setting.table.columns:
        if not is_measure(own) or own.place not in line.cells:
            continue
        column = own._replace(role=of_line) if of_line and own.role in ("", "value") else own
        figure = _figure(line, column, subject, setting)
        when = period_of(column, subject.when, setting) if figure is not None else None
        if figure is None or when is None:
            continue
        folder, name = PLACES[column.role]
        if folder == "budget" and not setting.table.of_role("programme"):
            place, text = f"{letters_of(column.place)}{line.number}", line.cells[column.place]
            setting.reading.leave(setting.table.sheet, place, text, _("anggaran tanpa nama program: tidak dibaca"))
            continue
        area = subject.area if column.area is None else column.area
        key, again = (folder, column.indicator_id or subject.indicator_id, area, when), 0
        while name in found.get((*key, again), {}):
            again += 1
        found.setdefault((*key, again), {})[name] = (column, figure)
    words = {
        column.role: _word(column, " ".join(line.cells[column.place].split()))
        for column in setting.table.of_role(*WORDS)
        if column.place in line.cells
    }
    for (folder, indicator_id, area, when, _again), figures in found.items():
        about = Subject(indicator_id, area, when._replace(mark=subject.when.mark))
        _add(folder, line, words, about, figures, setting)


def _figure(line: Line, column: Column, subject: Subject, setting: Setting) -> Figure | None:
    """Return the figure of a cell, or None where none is told or it was refused; a grade or a number may hold both."""
    whole, facts = line.cells[column.place], _facts(column, subject, setting)
    if facts is None or facts.aggregation == "sum":
        return _plain_figure(whole, line, column, subject, setting)
    text = of_both(whole, facts.scale, setting.reading.number_format)
    figure = _plain_figure(text, line, column, subject, setting)
    return figure if figure is None or text == whole else figure._replace(beside=" ".join(whole.split()))


def _facts(column: Column, subject: Subject, setting: Setting) -> Facts | None:
    return None if setting.is_series else setting.known.facts.get(column.indicator_id or subject.indicator_id)


def _plain_figure(text: str, line: Line, column: Column, subject: Subject, setting: Setting) -> Figure | None:
    reading, facts = setting.reading, _facts(column, subject, setting)
    first = setting.table.merged.get((line.number, column.place))
    if first is not None:
        reading.refuse(
            setting.table.sheet,
            line.number,
            column.place,
            _("sel gabungan"),
            _("satu angka di setiap sel"),
            _("Pisahkan sel gabungan (Unmerge Cells) dan isi setiap selnya."),
        )
        return None
    if column.role == "target" and _is_no_number(text, facts.scale if facts else ()):
        why = _("target berupa predikat, batas atau rentang: berlaku yang di keputusan")
        agreed = facts is not None and facts.agreed
        if not agreed:
            reading.leave(setting.table.sheet, f"{letters_of(column.place)}{line.number}", text, why)
        return Figure(None, grade=" ".join(text.split())) if agreed else None
    if facts and facts.scale:  # a word that is none of its grades is refused by the reader of the tidy table
        return None if text.strip().casefold() in NONE else Figure(None, grade=" ".join(text.split()))
    unit = facts.unit if facts else ""
    figure = read_figure(text, reading.number_format, unit)
    money = column.role in ("budget", "realised")
    if figure is None or (money and figure.percent):
        mend = _("Tulis angkanya saja; kata-kata masuk ke kolom keterangan.")
        expected = _("angka dengan titik ribuan dan koma desimal, misalnya 27.799 atau 97,5")
        if reading.number_format == "en":
            expected = _("angka dengan koma ribuan dan titik desimal, misalnya 27,799 atau 97.5")
        if text.lstrip().startswith("#"):
            mend = _("Kesalahan rumus: perbaiki rumusnya, atau tulis angkanya.")
        elif isinstance(text, DateText):
            mend = _("Bila angka ini berubah menjadi tanggal, ubah format selnya menjadi Teks dan ketik ulang.")
        elif read_figure(text, other := "en" if reading.number_format == "id" else "id", unit):
            mend = _(
                "Tukar titik dan koma; bila seluruh berkas begitu, ulangi dengan --set angka={other}.", other=other
            )
        reading.refuse(setting.table.sheet, line.number, column.place, quote(text), expected, mend)
        return None
    if figure.number is None or setting.is_series:  # a series has its own unit
        return None if figure.number is None else figure
    return scale_figure(figure, line, column, column.indicator_id or subject.indicator_id, setting)


def _is_no_number(text: str, scale: Sequence[str]) -> bool:
    """Tell whether a target is a grade of a scale, a bound or a range."""
    try:
        target = parse_target(text, scale)
    except ValueError:
        return False
    return bool(scale or target.way or target.high is not None)


def _add(  # noqa: PLR0917
    folder: str, line: Line, words: dict[str, str], about: Subject, figures: Figures, setting: Setting
) -> None:
    """Add a record with its words: those of its line, else those asked for."""
    reading, sheet = setting.reading, setting.table.sheet
    first = next(iter(figures.values()))[0]
    if folder == "targets" and about.area:
        place, text = f"{letters_of(first.place)}{line.number}", line.cells[first.place]
        reading.leave(sheet, place, text, _("target sebagian wilayah: tidak dipakai"))
        return
    marks = [mark for column, each in figures.values() for mark in (each.mark, column.when.mark)]
    meant = _meanings([*marks, about.when.mark, setting.context.when.mark], setting)
    if {"", SKIP} & set(meant):
        if SKIP in meant:
            place = f"{letters_of(first.place)}{line.number}"
            reading.leave(sheet, place, line.cells[first.place], _("dilewati, menurut jawaban"))
        return
    provisional = PROVISIONAL in meant
    told = [quote(each.beside) for _column, each in figures.values() if each.beside]
    told += [_("angka diperbaiki")] * (REVISED in meant) + [each for each in meant if each not in ANSWERS]
    cells = {"indicator": about.indicator_id, "period": about.when.period, **words}
    for name, (_column, figure) in figures.items():
        cells[name] = figure.written(reading.number_format)
    if folder == "budget":
        cells["programme"] = line.keys.get("programme", "").rstrip()
    if folder == "realisations" and setting.is_series:
        series = series_of(line, first, words.get("breakdown", ""), about, setting)
        if series is None:
            return
        folder, cells = (
            "context",
            series | cells | {"breakdown": "", "note": _marked(cells.get("note", ""), provisional)},
        )
    elif folder == "realisations":
        cells["area"] = about.area
        if "basis" not in cells:
            cells["basis"] = setting.basis
        if provisional:
            _check_provisional(line, cells.setdefault("status", "sementara"), setting)
        elif "status" not in cells:
            cells["status"] = setting.status
    agreement = setting.context.agreement if folder == "targets" else ""
    named = f"{agreement} ({reading.name})" if agreement else setting.context.source or reading.name
    cells.setdefault("source", named)
    cells["origin"] = ", ".join(told)  # no note: that of an office explains what would be refused without it
    note = cells.get("note", "")
    running = about.when.running or (bool(note) and RUNNING.search(note) is not None and not NOT_RUNNING.search(note))
    name = line.keys.get("indicator", "")
    reading.records.append(Record(folder, cells, sheet, line.number, first.place, running=running, name=name))


def _meanings(marks: Sequence[str], setting: Setting) -> list[str]:
    """Return what the marks of a figure mean, "" for one that is open; of one that is neither its words."""
    meant = []
    for mark in dict.fromkeys(filter(None, marks)):
        meaning, words = meaning_of(mark, setting.legend), words_of_mark(mark, setting.legend)
        if not meaning:
            shown = quote(f"{mark} {words}".strip())
            question = _("Tanda {mark} di belakang angka atau periode: apa artinya?", mark=shown)
            key = f"tanda {mark.rstrip(')')} {words}".strip()
            meaning = setting.reading.ask(key, setting.table.sheet, question, [*ANSWERS, SKIP])
        meant.append(f"{mark} {words}" if meaning == PLAIN and words else meaning)
    return meant


def _word(column: Column, text: str) -> str:
    """Return a word of a line as its column has it; that of a breakdown says of what kind it is."""
    if column.role == "status":
        return next((status for status, pattern in OF_STATUS.items() if pattern.fullmatch(text)), text)
    return f"{column.name}: {text}" if column.role == "breakdown" and not meaning(column.words[-1]) else text


def _marked(note: str, provisional: bool) -> str:
    """Return a note with what a mark at a figure says, where a table has no column for it."""
    return "; ".join(filter(None, (note, _("angka sementara") if provisional else "")))


def _check_provisional(line: Line, status: str, setting: Setting) -> None:
    """Refuse a figure or a period marked provisional beside a status that says otherwise."""
    if status.casefold() == "final":
        column = setting.table.of_role("status")[0].place
        mend = _("Ganti statusnya menjadi sementara; bila angkanya memang sudah final, hapus tanda *.")
        expected = _("sementara, karena angka atau periodenya bertanda *")
        setting.reading.refuse(setting.table.sheet, line.number, column, quote(status), expected, mend)
