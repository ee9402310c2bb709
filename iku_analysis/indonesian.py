"""Numbers, periods and dates as text: strict reading, Indonesian (or English) writing.

Reading never guesses: a text is one number in the declared format, or it is refused.
Writing follows the language in use (`iku_analysis.language`); Babel knows both.
"""

import math
import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Any

from babel.dates import format_date as babel_format_date, get_month_names
from babel.numbers import format_decimal

from iku_analysis.errors import IkuError
from iku_analysis.language import _, current_language
from iku_analysis.unit_names import common_units

# By the words of policy.toml: the sign between thousands, which are grouped wholly or not at all, and the decimal sign.
# Nothing else that Decimal would take, and a planner never means: `1e5`, `NaN`, `1_000`, digits of other scripts.
NUMBER_FORMATS = {"id": (".", ","), "en": (",", ".")}
NUMBERS = {
    name: re.compile(rf"-?(?:[0-9]+|[1-9][0-9]{{0,2}}(?:\{group}[0-9]{{3}})+)(?:\{decimal}[0-9]+)?")
    for name, (group, decimal) in NUMBER_FORMATS.items()
}
MISSING = {"", "-", "n/a"}
NBSP = "\N{NO-BREAK SPACE}"
PERCENT = [
    {"%"},
    *({word} | sign for word in ("persen", "percent", "prosen", "persentase", "prosentase") for sign in (set(), {"%"})),
]
MOST_DECIMALS = 12

ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
QUARTER = r"(?:TW|Q|TRIWULAN|TRIW)[. ]*(?P<quarter>[1-4]|IV|I{1,3})"
SEMESTER = r"(?:SEMESTER|SMT|SEM|S)[. ]*(?P<semester>[12]|I{1,2})"
YEAR = "(?P<year>[0-9]{4})"  # not \d, which takes the digits of other scripts
OF_YEAR = rf"(?:(?:TAHUN|TH|THN|TA|T\.A)[. ]*)?{YEAR}"  # `TW II Th. 2021`, `TA 2020`
PERIOD_PATTERNS = [
    re.compile(rf"{OF_YEAR}(?:[.,]0)?"),  # a spreadsheet's or a program's 2018.0
    re.compile(rf"{YEAR}[-/ ]?{QUARTER}"),
    re.compile(rf"{QUARTER}(?:\s+|\s*[-/]\s*){OF_YEAR}"),
    re.compile(rf"{YEAR}[-/ ]?{SEMESTER}"),
    re.compile(rf"{SEMESTER}(?:\s+|\s*[-/]\s*){OF_YEAR}"),
    re.compile(rf"{YEAR}-(?P<month>[0-9]{{2}})"),
    re.compile(rf"(?:BULAN\s+)?(?P<name>[A-Z]+)\.?\s+{OF_YEAR}"),
]
OLD_MONTHS = {"PEBRUARI": 2, "PEB": 2, "AGT": 8, "AGS": 8, "AGUST": 8, "SEPT": 9, "NOPEMBER": 11, "NOP": 11}


def parse_number(text: str, number_format: str = "id") -> Decimal:
    """Return the number that the text is in the declared format.

    Parameters
    ----------
    text : str
        `27.799` is 27799 and `97,5` is 97.5 in format `id`; `97.5` is refused.
    number_format : {"id", "en"}
        Dot thousands and comma decimals, or the reverse.

    Raises
    ------
    ValueError
        If the text is anything else.
    """
    if not NUMBERS[number_format].fullmatch(text):
        raise ValueError(text)
    group, decimal = NUMBER_FORMATS[number_format]
    return Decimal(text.replace(group, "").replace(decimal, "."))


@lru_cache(maxsize=1024)  # a table repeats its periods
def parse_period(text: str) -> str:
    """Return a period as `2021`, `2021-Q3`, `2021-S1` or `2021-08`.

    Accepts `2021`, `Tahun 2021`, `TA 2021`, `2021-TW3`, `2021-Q3`, `TW III 2021`, `Triwulan 3 Tahun 2021`,
    `2021-08` and month names, Indonesian or English. Raises ValueError for anything else.
    """
    words = " ".join(text.upper().split())
    for pattern in PERIOD_PATTERNS:
        match = pattern.fullmatch(words)
        if match:
            parts = match.groupdict()
            if quarter := parts.get("quarter"):
                return f"{parts['year']}-Q{ROMAN.get(quarter, quarter)}"
            if semester := parts.get("semester"):
                return f"{parts['year']}-S{ROMAN.get(semester, semester)}"
            if name := parts.get("name"):
                return f"{parts['year']}-{month_numbers()[name]:02d}" if name in month_numbers() else _refuse(text)
            if month := parts.get("month"):
                return f"{parts['year']}-{month}" if 1 <= int(month) <= 12 else _refuse(text)
            return parts["year"]
    return _refuse(text)


def parse_report_date(text: str) -> date | None:
    """Return the date of `2023-01-31`, or None for an empty text. Raises IkuError for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise IkuError(_("report_date {found}: tulis tanggal seperti 2023-01-31.", found=repr(text))) from error


def _refuse(text: str) -> str:
    raise ValueError(text)


@cache
def month_numbers() -> dict[str, int]:
    """Return the month number of every Indonesian and English month name, upper case."""
    return OLD_MONTHS | {
        name.upper(): number
        for locale in ("en", "id")
        for width in ("abbreviated", "wide")
        for number, name in get_month_names(width, locale=locale).items()
    }


def parse_date(text: str) -> date:
    """Return the date of `1 Oktober 2018`. Raises ValueError for anything else."""
    match = re.fullmatch(r"([0-9]{1,2}) ([A-Z]+) ([0-9]{4})", " ".join(text.upper().split()))
    if not match or match[2] not in month_numbers():
        raise ValueError(text)
    return date(int(match[3]), month_numbers()[match[2]], int(match[1]))


def round_half_up(value: float | Decimal, decimals: int) -> Decimal:
    """Round as taught at school (0,5 upwards), on the decimal digits that are shown.

    The shortest decimal text of a float is rounded, not its binary value, so that a
    number in a report and the class computed from it never disagree.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def format_number(value: float | Decimal, decimals: int = 2, *, fixed: bool = False) -> str:
    """Return `4.084.357.380` or `97,5`: at most `decimals` decimals, or that many where it is `fixed`."""
    rounded = round_half_up(value, decimals)
    if rounded == 0:
        rounded = abs(rounded)  # never "-0"
    pattern = f"#,##0.{('0' if fixed else '#') * decimals}"
    text = format_decimal(rounded, pattern, locale=current_language(), decimal_quantization=False)
    return text.replace("-", "\N{MINUS SIGN}")


def decimals_apart(one: float, other: float, least: int = 2) -> int:
    """Return how many decimals, `least` or more, tell two numbers apart: 3 for 0.345 and 0.3489, `least` if equal."""
    if math.isfinite(one) and math.isfinite(other) and one != other:
        for decimals in range(least, MOST_DECIMALS):
            if round_half_up(one, decimals) != round_half_up(other, decimals):
                return decimals
    return least


def format_percent(value: float | Decimal, decimals: int = 2, *, fixed: bool = False) -> str:
    """Return `97,5%` for 97.5 (100 = all)."""
    return f"{format_number(value, decimals, fixed=fixed)}%"


def format_achievement(value: float, decimals: int = 2, *, fixed: bool = False) -> str:
    """Return an achievement, or a part of a whole, in per cent: what missed 100 by a hair is never written as 100%."""
    return format_percent(value, decimals_apart(value, 100, decimals) if value < 100 else decimals, fixed=fixed)


def format_signed(value: float | Decimal, decimals: int = 2) -> str:
    """Return `+2,5` or `−2,5`."""
    return ("+" if round_half_up(value, decimals) > 0 else "") + format_number(value, decimals)


def format_signed_percent(value: float | Decimal, decimals: int = 2) -> str:
    """Return `+2,5%` or `−2,5%`."""
    return ("+" if round_half_up(value, decimals) > 0 else "") + format_percent(value, decimals)


def scale_of(unit: str) -> tuple[str, ...]:
    """Return the grades of a unit, worst first (`Predikat: C < B < A`); none of a unit that is no grade."""
    _unit, _colon, grades = unit.rpartition(": ")
    return tuple(grades.split(" < ")) if " < " in grades else ()


def plain_unit(unit: str) -> str:
    """Return a unit word for word, without the scale of a grade."""
    return unit.rpartition(": ")[0] if scale_of(unit) else unit


def format_value(value: float, unit: str, decimals: int = 2) -> str:
    """Return a value without its unit: a number, or the grade whose place in its scale it is."""
    scale = scale_of(unit)
    place = round(value) - 1
    return scale[place] if scale and value == place + 1 and 0 <= place < len(scale) else format_number(value, decimals)


def is_number_target(row: Any) -> bool:
    """Tell whether a target (of a row as `format_target` takes it) is a number: no grade, bound or range."""
    high, sign = getattr(row, "target_high", None), getattr(row, "sign", "")
    ranges, bounds = isinstance(high, float) and not math.isnan(high), isinstance(sign, str) and sign != ""
    return not (ranges or bounds or scale_of(row.unit))


def format_target(row: Any, decimals: int = 2, *, bare: bool = False) -> str:
    """Return a target as it is meant, with its unit or `bare`: `97,5%`, `80–90%`, `< 24 jam`, `BB`.

    `row` has `target` and `unit`, and may have `target_high` and `sign`, as those of frame `achievements` have.
    """
    show = format_value if bare else format_amount
    high, sign = getattr(row, "target_high", None), getattr(row, "sign", "")
    if isinstance(high, float) and not math.isnan(high):
        return f"{format_number(row.target, decimals)}\N{EN DASH}{show(high, row.unit, decimals)}"
    words = show(row.target, row.unit, decimals)
    return f"{sign}{NBSP}{words}" if isinstance(sign, str) and sign else words


def format_amount(value: float, unit: str, decimals: int = 2) -> str:
    """Return a value with its unit as the decree names it: `97,5%`, `16 pasar`, `4.084.357.380 USD`, `BB`."""
    if scale_of(unit):
        return format_value(value, unit, decimals)
    if is_percent(unit):
        return format_percent(value, decimals)
    return f"{format_number(value, decimals)}{NBSP}{format_unit(unit)}"


def format_unit(unit: str) -> str:
    """Return a unit as it stands inside a sentence: `pasar`, `rumah tangga`, `USD`, `%`; translated where common."""
    if is_percent(unit):
        return "%"
    words = [word.lower() if word.istitle() and word != "Rp" else word for word in plain_unit(unit).split()]
    return common_units(current_language()).get(" ".join(words), " ".join(words))


def unit_of_decree(unit: str) -> str:
    """Return a unit as the decree writes it, with the scale of a grade; in another language translated where common."""
    return unit if current_language() == "id" or scale_of(unit) else format_unit(unit)


@lru_cache(maxsize=1024)
def is_percent(unit: str) -> bool:
    """Tell whether a unit of the decree is a percentage."""
    return set(re.findall(r"[^\W_]+|%", unit.casefold())) in PERCENT


def format_compact(value: float) -> str:
    """Return `4,08 miliar`: at most three significant digits, for axes and figures."""
    for size, word in ((1e12, _("triliun")), (1e9, _("miliar")), (1e6, _("juta"))):
        scaled = abs(value) / size
        if scaled >= 0.9995:  # 999,5 million is written as 1 billion, not as 1.000 million
            decimals = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return f"{format_number(value / size, decimals)}{NBSP}{word}"
    return format_number(value)


def short_format(unit: str) -> Callable[[float], str]:
    """Return how values of a unit are written beside a mark or an axis: a grade only where there is one."""
    if scale_of(unit):
        return lambda value: format_value(value, unit) if value == round(value) else ""
    return format_percent if is_percent(unit) else format_compact


def money(rupiah: float) -> str:
    """Return `Rp65,9 miliar`, for a sentence; a table has all digits."""
    return f"Rp{format_compact(rupiah)}"


def format_period(period: str) -> str:
    """Return `2021`, `Triwulan III 2021`, `Semester I 2021` or `Agustus 2021`."""
    year, _dash, part = period.partition("-")
    if part.startswith("S"):
        return _("Semester {number} {year}", number="I" * int(part[1]), year=year)
    if part.startswith("Q"):
        return f"{quarter_name(int(part[1]))} {year}"
    if part:
        return f"{_month_names(current_language())[int(part)]} {year}"
    return year


@cache
def _month_names(language: str) -> dict[int, str]:
    return dict(get_month_names("wide", locale=language))


def quarter_name(quarter: int) -> str:
    """Return `Triwulan III`."""
    return _("Triwulan {roman}", roman={number: numeral for numeral, number in ROMAN.items()}[quarter])


def short_quarter(quarter: int) -> str:
    """Return `TW III`, for the heading of a column."""
    return _("TW {roman}", roman={number: numeral for numeral, number in ROMAN.items()}[quarter])


def format_date(day: date) -> str:
    """Return `1 Oktober 2018`."""
    return babel_format_date(day, "d MMMM y", locale=current_language())
