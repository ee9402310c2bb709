"""What a unit's words tell about its figures: whether they may have decimals, and whether they add up."""

import re
from collections.abc import Sequence

import pandas as pd

from iku_analysis.indonesian import is_percent, scale_of

# First words of units that measure or grade; every other unit counts things, in whole numbers.
ADDING = {
    *("rp", "rupiah", "usd", "us", "eur", "euro", "dolar", "dollar", "idr", "ribu", "juta", "miliar", "milyar"),
    *("triliun", "ton", "kuintal", "kwintal", "kg", "kilogram", "gram", "liter", "m", "m2", "m3", "meter", "km", "km2"),
    *("kilometer", "ha", "hektar", "hektare", "watt", "kw", "kwh", "mw", "mwh", "gwh", "mva", "tco2e", "tco2eq"),
}
LASTING = {"jam", "hari", "menit", "detik", "bulan", "tahun", "derajat", "mbps", "ppm", "db", "mg", "µg"}
GRADING = {
    *("indeks", "index", "indek", "nilai", "skor", "score", "angka", "rasio", "ratio", "predikat", "opini", "level"),
    *("poin", "point", "skala", "grade", "peringkat", "kategori", "tingkat"),
}
NEVER_SUMMED = {"indeks", "index", "indek", "skor", "score", "predikat", "opini", "peringkat"}
RATE = re.compile(r"^per\b|\bper\s*[0-9]|/\s*[0-9]|‰|\bpromil", re.IGNORECASE)


def graded_unit(unit: str, scale: Sequence[str]) -> str:
    """Return a unit with the grades of its scale, worst first: `Predikat: D < C < B < A`; without grades the unit."""
    return f"{unit}: {' < '.join(scale)}" if scale else unit


def may_have_decimals(unit: str) -> bool:
    """Tell whether a figure in a unit may have decimals where nobody said so: counts are whole numbers."""
    return not adds_up(unit) or _first_word(unit) in ADDING


def adds_up(unit: str) -> bool:
    """Tell whether figures of one day in a unit may be summed, as areas are: percentages, rates and grades may not."""
    return not (scale_of(unit) or is_percent(unit) or RATE.search(unit) or _first_word(unit) in LASTING | GRADING)


def is_position(unit: str, aggregation: str) -> bool:
    """Tell whether an indicator's figure is a position at a date that makes no sum: a percentage, a rate, a grade."""
    return aggregation == "last" and not adds_up(unit)


def ways_to_join(indicators: pd.DataFrame) -> dict[str, str]:
    """Return how `roll_up` joins the parts of each indicator: its aggregation, or `position`."""
    rows = indicators[["indicator_id", "unit", "aggregation"]].itertuples(index=False)
    return {name: "position" if is_position(unit, how) else how for name, unit, how in rows}


def may_join(unit: str, aggregation: str) -> bool:
    """Tell whether parts of an indicator in a unit can be joined in a way: only counts and amounts are summed."""
    if is_percent(unit):
        return aggregation != "sum"
    return aggregation != "ratio" and not (aggregation == "sum" and _first_word(unit) in NEVER_SUMMED)


def same_unit(one: str, other: str) -> bool:
    """Tell whether two units are the same but for case, marks, blanks and `unit`; all words for per cent are one."""
    told = [unit.casefold().removeprefix("unit ").replace("us$", "usd") for unit in (one, other)]
    words = [re.findall(r"[^\W_]+|[%‰]", unit) for unit in told]
    return words[0] == words[1] or (is_percent(one) and is_percent(other))


def _first_word(unit: str) -> str:
    words = re.findall(r"[^\W_]+", unit.casefold().replace("²", "2").replace("³", "3"))
    return words[0] if words else ""
