"""Figures on another scale than their target: an index of 1 to 4 beside one of 100, a comma taken for a point."""

from collections import defaultdict
from decimal import Decimal

from iku_analysis.indonesian import is_percent, parse_number
from iku_analysis.intake.names import Known
from iku_analysis.intake.reading import Reading, Record
from iku_analysis.intake.settle_targets import LEAVE_OUT
from iku_analysis.language import _
from iku_analysis.sources.amounts import as_written
from iku_analysis.sources.rows import quote

AS_IS, TIMES_25 = "apa adanya", "kali 25"  # answers
FAR = 50  # times a target: what is farther from it is hardly meant


def number_in(record: Record, name: str, number_format: str) -> Decimal | None:
    """Return the number in a column of a record, None where it is blank or a word."""
    try:
        return parse_number(record.cells.get(name, "").removesuffix("%"), number_format)
    except ValueError:
        return None


def settle_indexes(reading: Reading, known: Known) -> None:
    """Ask about an index on another scale than its target: 3,28 (of at most 4 or 5) against 82, or the other way.

    Surveys of satisfaction turn a mean of 1 to 4 into 25 to 100, 25 times as much. Whole numbers may be counts.
    """
    places, targets = defaultdict[str, list[int]](list), defaultdict[str, list[Decimal]](list)
    indexes = {
        each for each, facts in known.facts.items() if not (known.adds(each) or facts.scale or is_percent(facts.unit))
    }
    for place, record in enumerate(reading.records):
        indicator_id, year = record.cells["indicator"], record.cells["period"][:4]
        if indicator_id not in indexes:
            continue
        if record.folder == "targets" and (target := number_in(record, "target", reading.number_format)):
            targets[indicator_id].append(target)
        if record.folder == "realisations" and record.cells.get("value"):
            places[indicator_id].append(place)
            if decided := known.decided.get((indicator_id, year)):
                targets[indicator_id].append(Decimal(str(decided.number)))
    for indicator_id, own in places.items():
        wanted = [target for target in targets[indicator_id] if target]
        told = {place: number_in(reading.records[place], "value", reading.number_format) for place in own}
        small = {place: number for place, number in told.items() if number is not None and 1 <= number <= 5}
        large = [place for place, number in told.items() if number is not None and number >= 20]
        if not wanted:
            continue
        if any(number % 1 for number in small.values()) and min(wanted) >= 20:
            own, choices = list(small), [AS_IS, LEAVE_OUT]
            if max(small.values()) <= 4 and max(wanted) <= 100:
                choices = [TIMES_25, *choices]
        elif large and any(target % 1 for target in wanted) and 1 <= min(wanted) <= max(wanted) <= 5:
            own, choices = large, [AS_IS, LEAVE_OUT]
        else:
            continue
        _ask_scale(f"skala {indicator_id}", own, wanted[0], choices, reading)


def settle_far(reading: Reading, known: Known) -> None:
    """Ask about counts and indexes far from their target: a point or a comma may have been taken for the other.

    Parts of a sum may be small.
    """
    far, wanted = defaultdict[str, list[int]](list), dict[str, Decimal]()  # the target of the first that is far
    for place, record in enumerate(reading.records):
        indicator_id, year = record.cells["indicator"], record.cells["period"][:4]
        decided = known.decided.get((indicator_id, year))
        number = number_in(record, "value", reading.number_format) if record.folder == "realisations" else None
        if not number or decided is None or decided.number <= 0 or is_percent(known.facts[indicator_id].unit):
            continue
        target = Decimal(str(decided.number))
        if abs(number) >= FAR * target or (not known.adds(indicator_id) and FAR * abs(number) <= target):
            far[indicator_id].append(place)
            wanted.setdefault(indicator_id, target)
    for indicator_id, places in far.items():
        if f"skala {indicator_id}" not in reading.used | reading.doubts:
            _ask_scale(f"besar {indicator_id}", places, wanted[indicator_id], [AS_IS, LEAVE_OUT], reading)


def _ask_scale(key: str, places: list[int], target: Decimal, choices: list[str], reading: Reading) -> None:
    """Ask whether the figures of some records are on the scale of their target, and do as answered."""
    first = reading.records[places[0]]
    question = _(
        "{indicator}: {value} di berkas, target {target}. Skala yang sama?",
        indicator=first.cells["indicator"],
        value=first.cells["value"],
        target=as_written(target.normalize(), reading.number_format),
    )
    answer = reading.ask(key, first.sheet, question, choices)
    for place in places:
        record = reading.records[place]
        number, text = number_in(record, "value", reading.number_format), record.cells["value"]
        if answer == LEAVE_OUT:
            reading.leave(record.sheet, record.cell, text, _("dilewati, menurut jawaban"))
            reading.records[place] = record._replace(folder="")
        elif answer == TIMES_25 and number is not None:
            changed = {"value": as_written(25 * number, reading.number_format), "origin": f"{quote(text)} x 25"}
            reading.records[place] = record._replace(cells=record.cells | changed)
