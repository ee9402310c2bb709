"""Periods as offices write them: what stands around a period says more than when."""

import re
from collections.abc import Sequence
from functools import lru_cache

from iku_analysis.language import _
from iku_analysis.sources.rows import Row, quote

PROVISIONAL = re.compile(r"(?:(?<!\s)\s++|(?<![\s*]))\*++\)?$")  # `2021*)`
UP_TO = re.compile(r"^(?:s\s*+[./]?\s*+d\.?|sampai(?: dengan)?|hingga|kumulatif)\s+", re.IGNORECASE)
RUNNING = re.compile(
    r"\b(?:s\s*+[./]\s*+d\.?|sd|sampai(?: dengan)?|hingga)\s*+(?:akhir\s++)?(?:TW|Q[1-4]|triwulan|semester|bulan|"
    r"januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\b"
    r"|\b(?:a?kumulatif|kumulasi|akumulasi|cumulative|jumlah berjalan|running total|year to date)\b",
    re.IGNORECASE,
)
NOT_RUNNING = re.compile(r"\b(?:bukan|tidak|tanpa|not|no)\b|\bnon-", re.IGNORECASE)
QUARTER_ALONE = re.compile(r"(?:TW|Q|TRIWULAN|TRIW)[. ]*(?:[1-4]|IV|I{1,3})", re.IGNORECASE)


def read_period(row: Row, years: Sequence[int]) -> str | None:
    """Return the period of a realisation; `s.d.` before it and `*)` behind it are left to the other checks."""
    text = row.text("period")
    bare, _provisional = _without_marks(text)
    if QUARTER_ALONE.fullmatch(bare):
        mend = _("Tambahkan tahunnya, misalnya {quarter} {year}.", quarter=bare, year=years[-1])
        row.refuse("period", quote(text), _("triwulan dengan tahunnya"), mend)
        return None
    return row.period("period", years, written=bare)


@lru_cache(maxsize=1024)  # a table repeats its periods
def _without_marks(text: str) -> tuple[str, bool]:
    """Return a period without what stands around it, and whether it is marked provisional."""
    bare = PROVISIONAL.sub("", text)
    return UP_TO.sub("", bare), bare != text


def check_provisional(row: Row, status: str | None) -> None:
    """Refuse a period marked provisional beside a status that says otherwise."""
    _bare, provisional = _without_marks(row.text("period"))
    if provisional and status == "final":
        mend = _("Ganti statusnya menjadi sementara; bila angkanya memang sudah final, hapus tanda * di periode.")
        row.refuse("status", quote(row.text("status")), _("sementara, karena periodenya bertanda *"), mend)


def check_running(row: Row, period: str, aggregation: str, indicator_id: str) -> None:
    """Refuse a figure that is said to be a running total, where the figures of periods are joined."""
    if aggregation == "last":
        return
    columns = ("period",) if len(period) == len("2021") else ("period", "note")  # December's total is the year's figure
    for column in columns:
        text = row.text(column)
        marked = UP_TO.search(text) if column == "period" else RUNNING.search(text) and not NOT_RUNNING.search(text)
        if marked:
            mend = _(
                "Tulis angka periode itu saja. Bila semua angka {indicator} adalah jumlah berjalan, tulis "
                'aggregation = "last" untuknya di indicators.toml: yang terakhir menjadi angka setahun.',
                indicator=indicator_id,
            )
            row.refuse(column, quote(text), _("angka periode itu saja, bukan jumlah sejak awal tahun"), mend)
            return
