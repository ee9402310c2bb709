"""Numbers in Indonesian words, as they stand in brackets behind a figure: `12 (dua belas)`."""

import re
from decimal import Decimal

ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
SIZES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
ONE_OF = re.compile(r"\bse(?=(?:belas|puluh|ratus|ribu|juta)\b)")
SPELT = re.compile(r"\s*\(\s*([a-z][a-z\s]*?)(?:\s+persen)?\s*\)\s*", re.IGNORECASE)


def number_in_words(text: str) -> Decimal | None:
    """Return the number that words say, or None: `dua puluh tiga koma lima` is 23.5."""
    whole, comma, behind = ONE_OF.sub("satu ", text.casefold()).partition(" koma ")
    digits = behind.split()
    number = _whole_number(whole.split())
    if number is None or bool(comma) != bool(digits) or not set(digits) <= set(ONES):
        return None
    return Decimal(number) + sum(Decimal(ONES.index(word)).scaleb(-place) for place, word in enumerate(digits, start=1))


def _whole_number(words: list[str]) -> int | None:
    total = below_thousand = one = 0
    for word in words:
        if word in ONES:
            one = ONES.index(word)
        elif word == "belas":
            below_thousand, one = below_thousand + 10 + one, 0
        elif word in ("puluh", "ratus"):
            below_thousand, one = below_thousand + one * (10 if word == "puluh" else 100), 0
        elif word in SIZES:
            total, below_thousand, one = total + (below_thousand + one) * SIZES[word], 0, 0
        else:
            return None
    return total + below_thousand + one if words else None
