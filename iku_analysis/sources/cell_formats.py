"""Number formats of a spreadsheet: what a planner sees in a number cell, as text in the declared number format."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache

# The formats that files name by number alone, where they are more than digits and marks (those of East Asia too).
BUILT_IN = {
    9: "0%",
    10: "0.00%",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    **dict.fromkeys([14, 15, 22, *range(27, 37), *range(50, 59)], "d/m/yyyy"),
    16: "d-mmm",
}

# "words", \x, _x (a blank as wide as x), *x (x as often as there is room), [colours, locales, conditions]: no digits,
# and a percent sign among them is only shown.
ASIDE = r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]'
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
HOLDS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


class DateText(str):
    """Text of a cell that holds a date or a time, whatever it looks like: never a number."""

    __slots__ = ()


class MisleadingFormatError(ValueError):
    """What the cell shows is not what it holds."""


def text_of_number(number: float, code: str, number_format: str, *, since_1904: bool = False) -> str:
    """Return what a planner sees in a cell that holds a number, to all its digits.

    Raises MisleadingFormatError where the format shows nothing, words alone (but for a zero), or thousands and
    millions without saying so.
    """
    section = _section(number, code)
    kind = _kind(section)
    if kind in ("nothing", "scaled") or (kind == "words" and number):
        raise MisleadingFormatError(code)
    if kind == "date":
        return DateText(_show_date(number, section, since_1904=since_1904))
    exact = Decimal(f"{number:.15g}") * (100 if kind == "percent" else 1)  # the 15 digits that a spreadsheet keeps
    text = format(exact.normalize() + 0, "f")
    return (text.replace(".", ",") if number_format == "id" else text) + ("%" if kind == "percent" else "")


@cache
def _sections(code: str) -> list[str]:
    return re.sub(f"({ASIDE})|;", lambda found: found[1] or "\0", code).split("\0")


def _section(number: float, code: str) -> str:
    """Return the part of a format that shows this number: by its own condition, else for positive; negative; zero."""
    if ";" not in code:
        return code
    sections = _sections(code)[:3]
    conditions = [CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or HOLDS[condition[1]](number, float(condition[2])):
                return section
        return sections[-1]
    if len(sections) < 2 or number > 0 or (number == 0 and len(sections) == 2):
        return sections[0]
    return sections[1] if number < 0 else sections[2]


@cache
def _kind(section: str) -> str:
    """Return how a section shows a number: `percent`, `date`, `number`, `nothing`, `words` or `scaled`."""
    shown = _letters(section)
    if not shown.strip() and not re.search(r'"[^"]*[^" ][^"]*"|\\[^ ]', section):
        return "nothing"
    if shown == "general" or "@" in shown:
        return "number"
    if re.search("[ymdhs]", shown.replace("general", "")):
        return "date"
    if re.search(r"[0#?],+(?![0#?,])", shown):
        return "scaled"
    if not re.search("[0#?]|general", shown):
        return "words"
    return "percent" if "%" in shown else "number"


def _letters(section: str) -> str:
    """Return what of a section stands for digits, `[h]` (hours beyond a day) included."""
    return re.sub(ASIDE, "", re.sub(r"\[(h+|m+|s+)\]", r"\1", section, flags=re.IGNORECASE)).lower()


def _show_date(number: float, section: str, *, since_1904: bool) -> str:
    """Return the year, month or day that a section shows of a date (as `2022`, `2022-08`, `2022-08-31`), or the time.

    Words beside a year stay: `"TW III" yyyy` shows `TW III 2022`.
    """
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
    try:
        day = first + timedelta(days=number + (0 if since_1904 or number >= 60 else 1))  # its 29 February 1900
    except OverflowError as error:
        raise MisleadingFormatError(section) from error
    shown = set(_letters(section))
    if "d" in shown or ("m" in shown and not shown & set("yhs")):
        return f"{day:%Y-%m-%d}"
    if "y" not in shown:
        return f"{day:%H:%M:%S}"
    if "m" in shown:
        return f"{day:%Y-%m}"
    words = re.sub(
        rf"({ASIDE})|y+", lambda found: _words(found[1]) if found[1] else str(day.year), section, flags=re.IGNORECASE
    )
    return " ".join(words.split())


def _words(aside: str) -> str:
    return aside.strip('"') if aside[0] == '"' else aside[1] if aside[0] == "\\" else " " if aside[0] == "_" else ""
