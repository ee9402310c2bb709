"""Targets in an office's table: held against what the decree or an agreement has set, and taken where neither has."""

from collections import defaultdict
from decimal import Decimal

from iku_analysis.intake.names import Known
from iku_analysis.intake.reading import Reading, Record
from iku_analysis.language import _
from iku_analysis.sources.amounts import rewrite
from iku_analysis.sources.target_words import Target, parse_target

LEAVE_OUT = "lewati"  # an answer
About = tuple[str, str]  # an indicator and a year


def settle_targets(reading: Reading, known: Known) -> None:
    """Settle the targets of a file.

    Yearly ones are left out where they are those of the decree or of an agreement, and taken where the decree has
    none and no other file has set them. Those that are others, or whose quarters are, are asked about.
    """
    dropped, taken = set[About](), dict[About, Target | None]()
    for record in _targets(reading):
        about = record.cells["indicator"], record.cells["period"]
        if "-" in about[1]:
            continue
        target, decided = _target(record, reading, known), known.decided.get(about)
        is_own = decided is None or decided.file == f"targets/{reading.name}.csv"
        if known.facts[about[0]].agreed and is_own:
            taken[about] = target
        elif decided is None or target is None or not decided.is_met_by(target):
            dropped.add(_ask(record, about, reading, known))
    partial = _settle_quarters(reading, known, taken, dropped)
    kept = []
    for record in reading.records:
        why = _why_left(record, known, taken, dropped, partial) if record.folder == "targets" else ""
        if why:
            reading.leave(record.sheet, record.cell, record.cells["target"], why)
        elif record.folder:
            kept.append(record)
    reading.records = kept


def _targets(reading: Reading) -> list[Record]:
    return [record for record in reading.records if record.folder == "targets"]


def _target(record: Record, reading: Reading, known: Known) -> Target | None:
    """Return a yearly target as it is meant, or None where it cannot be read: then its tidy row is refused."""
    try:
        text = rewrite(record.cells["target"], reading.number_format, "id")
        return parse_target(text, known.facts[record.cells["indicator"]].scale)
    except ValueError:
        return None


def _settle_quarters(
    reading: Reading, known: Known, taken: dict[About, Target | None], dropped: set[About]
) -> set[About]:
    """Ask about quarters that do not make up the year's target; return what has not all four quarters."""
    quarters: dict[About, list[Record]] = defaultdict(list)
    for record in _targets(reading):
        if "-Q" in record.cells["period"]:
            quarters[record.cells["indicator"], record.cells["period"][:4]].append(record)
    for about, records in quarters.items():
        if len(records) < 4 or about in dropped:
            continue
        targets = [_target(record, reading, known) for record in records]
        told = [target.number for target in targets if target is not None]
        made = None if not told else sum(told, Decimal(0)) if known.adds(about[0]) else told[-1]
        own, decided = taken.get(about), known.decided.get(about)
        wanted = float(own.number) if own else decided.number if decided else None
        if made is None or float(made) != wanted:
            dropped.add(_ask(records[-1], about, reading, known))
    return {about for about, records in quarters.items() if len(records) < 4}


def _why_left(
    record: Record, known: Known, taken: dict[About, Target | None], dropped: set[About], partial: set[About]
) -> str:
    """Return why a target is not used, nothing where it is."""
    period = record.cells["period"]
    about = (record.cells["indicator"], period[:4])
    if about in dropped:
        return _("target, dilewati menurut jawaban")
    if "-" not in period:
        return "" if about in taken else _("target setahun: sama dengan {document}", document=_document(about, known))
    if "Q" not in period:
        return _("target yang bukan triwulan: tidak dipakai")
    return _("target sebagian triwulan: tidak dipakai tanpa triwulan lainnya") if about in partial else ""


def _ask(record: Record, about: About, reading: Reading, known: Known) -> About:
    """Ask whether a target that is not what was decided may be left out; return what it is about."""
    decided = known.decided.get(about)
    question = _(
        "Target {indicator} {year} di tabel tidak sesuai dengan {document} ({decided}). Lewati target tabel ini?",
        indicator=about[0],
        year=about[1],
        document=_document(about, known),
        decided=decided.words if decided else _("tidak ada"),
    )
    reading.ask(f"target {about[0]} {about[1]}", record.sheet, question, [LEAVE_OUT], kept=False)
    return about


def _document(about: About, known: Known) -> str:
    """Return what has set a yearly target."""
    decided = known.decided.get(about)
    return decided.file if decided and known.facts[about[0]].agreed else _("keputusan")
