"""Figures in an office's own writing -> a number, or what kind of blank it is. Nothing else is a figure."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from iku_analysis.indonesian import parse_number
from iku_analysis.intake.marks import take_mark
from iku_analysis.intake.number_words import SPELT, number_in_words
from iku_analysis.sources.amounts import as_written
from iku_analysis.sources.cell_formats import DateText
from iku_analysis.sources.rows import decimals, is_too_long

# Signs of BPS and of offices for a figure that is not there; `0` and `nihil` are none of them.
NONE = {"", "-", "–", "—", "−", "--", "...", "…", "....", "n/a", "na", "n.a", "n.a.", "tad", "t.a.d", "nan"}
# A grade with its number, either of them first: `B (66,12)`, `66,12 / B`; or with its own words: `B (Baik)`.
BESIDE = re.compile(r"\s*([^()/]+?)\s*(?:\(\s*([^()]+?)\s*\)|(?:/|\s[-–]\s)\s*([^()/]+?))\s*")
GRADE = re.compile(
    r"AA|A|BB|B|CC|C|D|E|[A-D][+-]|"
    r"(?i:(?:sangat |kurang |tidak |cukup )?(?:baik|tinggi|rendah|memuaskan|kurang|cukup|sedang|buruk)|tidak wajar|"
    r"wajar (?:tanpa|dengan) pengecualian|tidak (?:memberikan|menyatakan) pendapat)"
)
MONEY = re.compile(r"(?:rp|idr|usd|us\$|\$)\.?\s*", re.IGNORECASE)
PER_CENT = re.compile(r"\s*(?:%|persen|percent)$", re.IGNORECASE)
BLANKS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
MOST_ZEROS = 2
ZEROS = re.compile(rf"[.,]0{{1,{MOST_ZEROS}}}$")


class Figure(NamedTuple):
    """What a cell says: a number, exact as written, or None for a figure that is missing or a `grade`.

    `mark` is what stands behind the number, `*)`; `beside` is the whole cell, where a number stands beside a grade.
    """

    number: Decimal | None
    percent: bool = False
    mark: str = ""
    grade: str = ""
    beside: str = ""

    def written(self, number_format: str) -> str:
        """Return the figure as a table of a data root writes it; `5,000` as it is, for it may be 5.000."""
        if self.number is None:
            return self.grade
        if decimals(self.number) > MOST_ZEROS and self.number == self.number.to_integral_value():
            sign = {"id": ",", "en": "."}[number_format]
            return as_written(self.number, number_format) + sign + "0" * decimals(self.number) + "%" * self.percent
        return as_written(self.number, number_format) + "%" * self.percent


def read_figure(text: str, number_format: str, unit: str = "") -> Figure | None:
    """Return the figure of a cell, or None if it holds anything else.

    `Rp. 1.500,-`, `(1.200)` and `(0,5%)` (below zero), `97,5 %`, `1.234 *)`, `12 (dua belas)` and the unit behind a
    number are read; whole numbers may end in `,0` or `,00`. Thousands and decimals are those of the number format.
    """
    return None if isinstance(text, DateText) else _figure(text, number_format, unit)


@lru_cache(maxsize=100_000)  # a table is looked at several times
def _figure(text: str, number_format: str, unit: str) -> Figure | None:
    bare = re.sub(r"\s", " ", text).strip().lstrip("'")
    if bare.casefold() in NONE:
        return Figure(None)
    mark, left = take_mark(bare)
    if mark.startswith("*") or re.search("[0-9%]$", left):
        bare = left
    else:
        mark = ""
    if bare.casefold() in NONE:
        return Figure(None, mark=mark)
    spelt = SPELT.search(bare)
    said = number_in_words(spelt[1]) if spelt else None
    if spelt and said is not None:
        bare = f"{bare[: spelt.start()]} {bare[spelt.end() :]}".strip()
    if unit and bare.casefold().endswith(unit.casefold()) and bare[: -len(unit)].strip():
        bare = bare[: -len(unit)].rstrip()
    bare = re.sub(r"^\(([^()]*?)\s*%\)$", r"(\1)%", bare)
    percent = PER_CENT.search(bare) is not None
    number = _number(PER_CENT.sub("", bare), number_format)
    if number is None or is_too_long(number) or said not in (None, number):
        return None
    return Figure(number, percent, mark)


def of_both(text: str, scale: Sequence[str], number_format: str) -> str:
    """Return the grade (of a scale, in lower case) or, without a scale, the number of a cell that holds both.

    A text of any other kind is returned as it is.
    """
    both = BESIDE.fullmatch(text)
    if both is None or isinstance(text, DateText):
        return text
    one, other = both[1], both[2] or both[3]
    for grade, number in ((one, other), (other, one)):
        figure = read_figure(number, number_format)
        is_grade = grade.casefold() in scale if scale else GRADE.fullmatch(grade) is not None
        in_words = bool(scale) and number.casefold() not in scale and GRADE.fullmatch(number) is not None
        if is_grade and (in_words or (figure is not None and figure.number is not None)):
            return grade if scale else number
    return text


def _number(text: str, number_format: str) -> Decimal | None:
    below = text.startswith("(") and text.endswith(")")
    bare = MONEY.sub("", text.strip("()") if below else text, count=1)
    bare = re.sub(r"[,.]-+$|(?<=^-)\s+", "", bare.translate(str.maketrans("−–", "--")).strip())
    if bare.startswith("+"):
        bare = bare[1:].lstrip()
    if BLANKS.match(bare):
        bare = "".join(bare.split())
    decimal = {"id": ",", "en": "."}[number_format]
    if (zeros := ZEROS.search(bare)) and zeros[0].startswith(decimal):
        bare = bare[: zeros.start()]
    try:
        number = parse_number(bare, number_format)
    except ValueError:
        return None
    return -number if below else number
