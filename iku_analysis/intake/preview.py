"""A reading as text for a terminal or a log: each figure with its cell, what was left out and why, what to answer."""

from collections.abc import Iterator
from textwrap import wrap

from iku_analysis.indonesian import NBSP, format_period
from iku_analysis.intake.door import Change, Import, changes_of
from iku_analysis.intake.file_reader import FileReading
from iku_analysis.intake.names import known_names, normal
from iku_analysis.intake.reading import Doubt, Left, Record
from iku_analysis.language import _
from iku_analysis.problems import describe_problem
from iku_analysis.sources.input_files import INPUT_FILES
from iku_analysis.sources.rows import quote

NAMES = ("programme", "indicator", "series", "unit", "area", "breakdown", "basis", "status")  # of a series of figures
MOST_SHOWN = 40  # series of a table, and things left out, in a terminal


def show_import(plan: Import, width: int, *, whole: bool) -> str:
    """Return what was read of all files, lines no longer than a width; `whole` shortens no list."""
    blocks = ["\n".join(_of_file(each, plan, width, MOST_SHOWN if not whole else None)) for each in plan.files]
    return "\n\n".join(blocks)


def _of_file(file: FileReading, plan: Import, width: int, most: int | None) -> Iterator[str]:
    reading = file.reading
    yield _("{file}: {count} angka terbaca", file=reading.name, count=len(reading.records))
    for place in (f"{folder}/{file.path.name}.csv" for folder in INPUT_FILES):
        records = plan.rows.get(place)
        if records is None:
            continue
        yield f"  -> {place}"
        own = known_names(plan.agency)
        series = _series(records)
        shown = series if most is None else series[:most]
        yield from (line for each in shown for line in _lines(each, own, width))
        if rest := len(series) - len(shown):
            yield "    " + _("... dan {count} deret lain", count=rest)
        changed = changes_of(plan, place)
        if changed is not None:
            yield "  " + (
                _("Yang berubah terhadap impor sebelumnya:") if changed else _("Sama dengan impor sebelumnya.")
            )
            yield from (f"    {describe_change(each)}" for each in changed)
    if reading.left:
        yield "  " + _("Tidak dihitung:")
        yield from _shorten(_left_lines(reading.left, width), most)
    if reading.problems:
        yield "  " + _("Ditolak:")
        yield from (f"    {line}" for each in reading.problems for line in describe_problem(each).splitlines())
    if reading.doubts:
        yield "  " + _("Perlu dijawab:")
        yield from (line for each in reading.doubts.values() for line in describe_doubt(each))


def _left_lines(left: list[Left], width: int) -> list[str]:
    """Return what was left out, by its reason."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for each in left:
        words = " ".join(filter(None, (each.place, quote(each.what) if each.what else "")))
        reasons.setdefault((each.sheet, each.why), []).append(words)
    lines = []
    for (sheet, why), places in reasons.items():
        where = ", ".join(filter(None, places))
        text = f"{f'[{sheet}] ' if sheet else ''}{where}: {why}" if where else f"{f'[{sheet}]: ' if sheet else ''}{why}"
        lines += wrap(text, max(width, 40), initial_indent="    ", subsequent_indent="      ", break_long_words=False)
    return lines


def _shorten(lines: list[str], most: int | None) -> list[str]:
    if most is None or len(lines) <= most:
        return lines
    return [*lines[:most], "    " + _("... dan {count} baris lain", count=len(lines) - most)]


def _series(records: list[Record]) -> list[list[Record]]:
    """Return records that differ in their period alone together."""
    series: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        key = tuple(record.cells.get(name, "") for name in NAMES)
        series.setdefault((record.sheet, *key), []).append(record)
    return list(series.values())


def _lines(series: list[Record], own: dict[str, str], width: int) -> list[str]:
    """Return a series as some lines: what it is (and how the file calls it), each period with its figure and cell."""
    first = series[0]
    words = [" ".join(first.cells[name].split()) for name in NAMES if first.cells.get(name)]
    if first.name and normal(first.name) not in own:
        words.append(_("di berkas {name}", name=quote(" ".join(first.name.split()))))
    head = "    " + ", ".join([*words, *([f"[{first.sheet}]"] if first.sheet else [])])
    facts = [
        f"{format_period(each.cells['period'])}: {_figure(each)} ({each.place})".replace(" ", NBSP) for each in series
    ]
    lines: list[str] = []
    for fact in facts:
        if lines and len(lines[-1]) + 2 + len(fact) <= max(width, 46):
            lines[-1] += f"  {fact}"
        else:
            lines.append(f"      {fact}")
    return [head, *lines]


def _figure(record: Record) -> str:
    cells = record.cells
    value = cells.get("value") or cells.get("target") or ""
    if cells.get("numerator") or cells.get("denominator"):
        parts = f"{cells.get('numerator', '')}/{cells.get('denominator', '')}"
        return f"{parts} = {value}" if value else parts
    if record.folder == "budget":
        return f"{cells.get('budget') or '-'}, {_('realisasi')} {cells.get('realised') or '-'}"
    return value


def describe_doubt(doubt: Doubt) -> list[str]:
    """Return a question with its choices, and how a script answers it."""
    choices = " / ".join(doubt.choices)
    return [f"    {doubt.place}: {doubt.question}", f'      --set "{doubt.key}=..."   ({choices})']


def describe_change(change: Change) -> str:
    """Return one change as a line."""
    if not change.old:
        return _("{what}: baru, {new}", what=change.what, new=change.new)
    if not change.new:
        return _("{what}: hilang, dulu {old}", what=change.what, old=change.old)
    return _("{what}: dari {old} menjadi {new}", what=change.what, old=change.old, new=change.new)
