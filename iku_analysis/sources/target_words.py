"""Targets as decrees write them: a number (`97,5%`, `Rp1.500,-`), a bound, a range (`80-90`), a grade."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from iku_analysis.indonesian import parse_number
from iku_analysis.sources.limits import LONGEST_NUMBER
from iku_analysis.sources.rows import without_rupiah

# Signs and words for a bound: which values are better, and whether the bound itself does not count.
BOUNDS = {
    "<": ("lower", True),
    "<=": ("lower", False),
    "≤": ("lower", False),
    "maks": ("lower", False),
    "maksimal": ("lower", False),
    "paling banyak": ("lower", False),
    "kurang dari": ("lower", True),
    "di bawah": ("lower", True),
    ">": ("higher", True),
    ">=": ("higher", False),
    "≥": ("higher", False),
    "min": ("higher", False),
    "minimal": ("higher", False),
    "paling sedikit": ("higher", False),
    "lebih dari": ("higher", True),
    "di atas": ("higher", True),
}
BOUND = re.compile(rf"({'|'.join(sorted(map(re.escape, BOUNDS), key=len, reverse=True))})\.?\s*(.+)", re.IGNORECASE)
RANGE = re.compile(r"(.*[0-9]%?)\s*(?:-|–|—|s\s*[./]?\s*d\.?|sampai(?:\s+dengan)?|hingga)\s*([0-9].*)", re.IGNORECASE)


class Target(NamedTuple):
    """A target: its number, or the place of a grade in its scale from 1 on; of a range the lower end, then `high`.

    `strict` tells that the bound itself does not count; `way` is the direction that its sign says, if it has one.
    """

    number: Decimal
    high: Decimal | None = None
    strict: bool = False
    way: str = ""
    percent: bool = False

    @property
    def sign(self) -> str:
        """The sign of a bound that the target itself does not meet, else nothing."""
        return {"lower": "<", "higher": ">"}[self.way] if self.strict else ""


def parse_target(text: str, scale: Sequence[str] = ()) -> Target:
    """Return the target that a text is, in the Indonesian number format.

    Parameters
    ----------
    scale : sequence of str
        The grades, worst first, where the indicator has them; then a text must be one of them.

    Raises
    ------
    ValueError
        If the text is anything else.
    """
    word = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())[:LONGEST_NUMBER]
    bound = BOUND.fullmatch(word)
    way, strict = BOUNDS[bound[1].casefold()] if bound else ("", False)
    word = bound[2] if bound else word
    if scale:
        places = {grade.casefold(): place for place, grade in enumerate(scale, start=1)}
        if word.casefold() not in places:
            raise ValueError(text)
        return Target(Decimal(places[word.casefold()]), None, strict, way)
    ends = None if bound else RANGE.fullmatch(word)
    if ends:
        low, high = (parse_number(end.strip().removesuffix("%").rstrip()) for end in ends.groups())
        if low >= high:
            raise ValueError(text)
        return Target(low, high, percent=word.endswith("%"))
    number = parse_number(without_rupiah(word.removesuffix("%").rstrip()))
    return Target(number, None, strict, way, word.endswith("%"))
