"""What a number in a cell cannot be: negative, in the wrong unit, with a mark misplaced."""

from decimal import Decimal

from iku_analysis.indonesian import format_number
from iku_analysis.language import _
from iku_analysis.sources.rows import Row, decimals, quote


def check_sign(row: Row, column: str, number: Decimal) -> None:
    """Refuse a negative number."""
    if number < 0:
        row.refuse(column, quote(row.text(column)), _("0 atau lebih"), _("Periksa tandanya."))


def check_count(row: Row, column: str, number: Decimal, unit: str, max_decimals: float) -> None:
    """Refuse a percent sign, and more decimals than the unit has (NaN = any number of them)."""
    if row.is_percentage(column):
        row.refuse(column, quote(row.text(column)), unit, _("Hapus tanda persen, atau periksa angkanya."))
    if decimals(number) > max_decimals:
        row.refuse(
            column,
            quote(row.text(column)),
            _("paling banyak {count} desimal", count=int(max_decimals)),
            _("Periksa titik dan koma: ribuan dengan titik (27.799) dalam format Indonesia."),
        )


def check_fraction(row: Row, column: str, number: Decimal, otherwise: str) -> None:
    """Refuse a percentage that looks like a fraction; `otherwise` says how to write one that is so small."""
    if 0 < number <= 1 and not row.is_percentage(column):
        percent = quote(format_number(100 * number, 6))
        mend = _("Tulis {percent}; bila memang sekecil ini, {otherwise}.", percent=percent, otherwise=otherwise)
        row.refuse(column, quote(row.text(column)), _("persentase dari 0 sampai 100"), mend)
