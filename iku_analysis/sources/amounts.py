"""What a number in a cell cannot be: below its bound, in the wrong unit, with a mark misplaced, of another size."""

from collections.abc import Mapping
from decimal import Decimal
from statistics import median
from typing import Any, TypeVar

from iku_analysis.indonesian import format_number, is_percent, parse_number
from iku_analysis.language import _
from iku_analysis.sources.rows import Row, decimals, is_number, quote

# Between a factor of 1.000 lost (of a percentage 100) and the largest honest difference.
FACTOR = 200
PERCENT_FACTOR = 50

Key = TypeVar("Key")


def check_sign(row: Row, column: str, number: Decimal, indicator: dict[str, Any] | None = None) -> None:
    """Refuse a negative number, or one below the bound of its indicator; the numerator of a negative share is free."""
    lower = 0.0 if indicator is None or column == "denominator" else float(indicator["lower_bound"])
    if number >= lower or (column == "numerator" and lower < 0):
        return
    mend = _("Periksa tandanya.")
    if indicator is not None and column != "denominator":
        mend += " " + sign_help(indicator["indicator_id"])
    row.refuse(column, quote(row.text(column)), _("{bound} atau lebih", bound=format_number(lower, 9)), mend)


def sign_help(indicator_id: str) -> str:
    """Return how an indicator is told that its values may fall below zero."""
    return _(
        "Bila nilainya memang dapat di bawah nol (misalnya pertumbuhan), tulis lower_bound = -100, atau batas lain, "
        "untuk {indicator} di indicators.toml.",
        indicator=indicator_id,
    )


def check_count(
    row: Row, column: str, number: Decimal, unit: str, max_decimals: float, *, indicator_id: str = ""
) -> None:
    """Refuse a percent sign, and more decimals than the indicator has (NaN = any number of them)."""
    if row.is_percentage(column):
        row.refuse(column, quote(row.text(column)), unit, _("Hapus tanda persen, atau periksa angkanya."))
    if decimals(number) > max_decimals:
        mend = decimals_help(number, indicator_id, row.number_format)
        other = "en" if row.number_format == "id" else "id"
        if is_number(row.text(column), other):
            mend += " " + _(
                'Bila seluruh berkas memakai bentuk lain, nyatakan "{other}" untuk berkas ini di policy.toml, bagian '
                "[reading.files].",
                other=other,
            )
        row.refuse(column, quote(row.text(column)), decimals_words(int(max_decimals), unit), mend)


def decimals_words(most: int, unit: str) -> str:
    """Return what a number may be that has at most some decimals."""
    if most == 0:
        return _("bilangan bulat: satuannya {unit}", unit=unit)
    return _("paling banyak {count} desimal", count=most)


def decimals_help(number: Decimal, indicator_id: str, number_format: str = "id") -> str:
    """Return both readings of a number with too many decimals, and how each is written."""
    count = decimals(number)
    mends = [_("Periksa titik dan koma, dan satuannya.")]
    if count == 3 and abs(number) >= 1:
        meant, read = as_written(number.scaleb(3), number_format), as_written(number, number_format)
        mends = [
            _("Periksa titik dan koma. Terbaca {read}; bila maksudnya ribuan, tulis “{meant}”.", read=read, meant=meant)
        ]
    if indicator_id:
        mends.append(
            _(
                "Bila memang berdesimal, tulis max_decimals = {count} untuk {indicator} di indicators.toml.",
                count=count,
                indicator=indicator_id,
            )
        )
    return " ".join(mends)


def as_written(number: Decimal, number_format: str) -> str:
    """Return a number as a file of a format writes it."""
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if number_format == "en" else text.translate(str.maketrans(",.", ".,"))


def rewrite(text: str, own: str, wanted: str) -> str:
    """Return a figure of one number format in another; any other text, the word of a grade, as it is."""
    try:
        return as_written(parse_number(text.removesuffix("%"), own), wanted) + "%" * text.endswith("%")
    except ValueError:
        return text


def check_fraction(row: Row, column: str, number: Decimal, target: float, lower: float) -> None:
    """Refuse a percentage that looks like a fraction (0,975), unless its target (NaN = none) is as small.

    What may fall below zero is no share: growth of 0,34 per cent is as good as any.
    """
    if lower < 0 or not 0 < abs(number) <= 1 or row.is_percentage(column) or 10 * abs(float(number)) >= abs(target):
        return
    mend = _(
        "Bila maksudnya {percent} persen, tulis “{percent}”; bila memang {small} persen, tulis “{small}%”.",
        percent=as_written(100 * number, row.number_format),
        small=as_written(number, row.number_format),
    )
    row.refuse(column, quote(row.text(column)), _("persentase: 97,5 berarti 97,5 persen"), mend)


def find_far(values: Mapping[Key, Decimal], unit: str) -> dict[Key, Decimal]:
    """Return which values of a row are hundreds of times off the others, each with the middle of all."""
    sizes = {key: abs(value) for key, value in values.items() if value}
    if len(sizes) < 2:
        return {}
    middle, factor = median(sizes.values()), PERCENT_FACTOR if is_percent(unit) else FACTOR
    return {key: middle for key, size in sizes.items() if not middle / factor <= size <= middle * factor}


def far_words(value: float | Decimal, middle: float | Decimal) -> dict[str, str]:
    """Return how many times larger or smaller a value is than another, in words (`times`, `far`)."""
    size, other = abs(float(value)), abs(float(middle))
    return {
        "times": _("{times} kali", times=format_number(max(size, other) / min(size, other), 0)),
        "far": _("besar") if size > other else _("kecil"),
    }
