"""Figures that another file has told already: told alike they are left out, told differently they are refused."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from iku_analysis.indonesian import format_number, parse_number
from iku_analysis.intake.names import Known
from iku_analysis.intake.reading import Reading, Record
from iku_analysis.language import _
from iku_analysis.sources.rows import quote

NAMES = ("value", "numerator", "denominator")


class Told(NamedTuple):
    """What is told of something: its numbers by column, and the place where they stand."""

    numbers: dict[str, float]
    place: str


Others = dict[tuple[str, ...], Told]


def told_before(known: Known, again: Iterable[str]) -> Others:
    """Return the realisations of a data root, without those of the tables in it that are read `again`."""
    frame = known.agency.realisations
    found: Others = {}
    for row in frame[~frame["file"].isin(set(again))].to_dict("records"):
        numbers = {name: row[name] for name in NAMES if pd.notna(row[name])}
        if numbers:
            place = row["origin"] or _("{file} baris {row}", file=row["file"], row=row["row"])
            found.setdefault(_key({**row, "indicator": row["indicator_id"]}), Told(numbers, place))
    return found


def settle_with_others(reading: Reading, known: Known, others: Others) -> None:
    """Hold the records of a file against what other files tell, and add them to it."""
    kept = []
    for record in reading.records:
        numbers = _numbers(record, reading, known)
        if record.folder != "realisations" or not numbers:
            kept.append(record)
            continue
        place = f"{reading.place(record.sheet)} {record.cell}"
        other = others.setdefault(_key(record.cells), Told(numbers, place))
        if other.place == place:
            kept.append(record)
        elif {**other.numbers, **numbers} == other.numbers:
            text = " / ".join(record.cells[name] for name in NAMES if record.cells.get(name))
            reading.leave(record.sheet, record.cell, text, _("sama dengan {place}", place=other.place))
        else:
            text = " / ".join(record.cells[name] for name in NAMES if record.cells.get(name))
            stated = " / ".join(format_number(each, 9) for each in other.numbers.values())
            expected = _("{value}, seperti di {place}", value=stated, place=other.place)
            mend = _("Perbaiki salah satunya, atau impor ulang berkas yang lama sesudah diperbaiki.")
            reading.refuse(record.sheet, record.row, record.column, quote(text), expected, mend)
            kept.append(record)
    reading.records = kept


def _key(cells: dict[str, str]) -> tuple[str, ...]:
    """Return what makes two realisations the same figure: publications may differ by source, proxies by note too."""
    basis = cells.get("basis", "").strip().casefold()
    names = ["indicator", "period", "area", "breakdown"]
    names += ["source"] * (basis != "resmi") + ["note"] * (basis == "proksi")
    return (basis, *(cells.get(name, "") for name in names))


def _numbers(record: Record, reading: Reading, known: Known) -> dict[str, float]:
    numbers = {}
    for name in NAMES:
        text = record.cells.get(name, "")
        scale = known.facts[record.cells["indicator"]].scale if record.cells["indicator"] else ()
        if text.casefold() in scale:
            numbers[name] = 1.0 + scale.index(text.casefold())
        elif text:
            try:
                numbers[name] = float(parse_number(text.removesuffix("%"), reading.number_format))
            except ValueError:
                continue
    return numbers
