"""Realisation files -> frame `realisations`. Strict: what is not plainly one figure is refused."""

import math
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from iku_analysis.indonesian import format_amount, format_percent, is_percent, scale_of
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.schema import BASES, REALISATIONS, STATUSES, make_frame
from iku_analysis.sources.account import Account
from iku_analysis.sources.amounts import check_count, check_fraction, check_sign
from iku_analysis.sources.areas import read_area
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.folder import read_rows
from iku_analysis.sources.form_rows import check_beside, check_decree
from iku_analysis.sources.in_force import covered_years, decree_in_force
from iku_analysis.sources.periods import check_provisional, check_running, read_period
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.rows import Row, decimals, quote, suggest

EXCEL_PRECISION = Decimal("1e-9")  # of a percentage that a sheet computes


class Figures(NamedTuple):
    """The numbers of one row: exact, and None where missing."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


def read_realisations(
    root: Path, policy: Policy, decrees: list[Decree], targets: pd.DataFrame, account: Account
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the realisations of a data root, and what is wrong with a row by itself (see `find_conflicts`)."""
    problems: list[Problem] = []
    rows: list[dict] = []
    covered = covered_years(decrees)
    years = range(covered[0], covered[-1] + 1)
    decided = targets[targets["targeted"]].set_index(["indicator_id", "year"])["target"].to_dict()
    forms = set()
    for row in read_rows(root / "realisations", policy, problems, account=account):
        if row.form and row.form not in forms:
            forms.add(row.form)
            problems += check_decree(row.form, decrees)
        record = _read_row(row, policy, decrees, years, decided)
        if record:
            rows.append(record)
    return make_frame(REALISATIONS, rows), problems


def find_indicator(row: Row, year: int, decrees: list[Decree]) -> dict[str, Any] | None:
    """Return the indicator (a row of frame `indicators`) named by id or number in the decree of a year."""
    decree = decree_in_force(decrees, year) or decrees[-1]
    text = row.text("indicator")
    found = decree.by_name.get(text.casefold())
    if found is None:
        indicators = decree.indicators
        ids = list(indicators["indicator_id"])
        labels = dict(zip(indicators["label"], ids, strict=True))
        row.refuse(
            "indicator",
            quote(text),
            _("id atau nomor indikator: {ids}", ids=", ".join(ids)),
            _("Tulis id atau nomornya.") + suggest(text, {**dict(zip(ids, ids, strict=True)), **labels}),
        )
    return found


def _read_row(
    row: Row, policy: Policy, decrees: list[Decree], years: range, decided: dict[tuple[str, int], float]
) -> dict | None:
    before = len(row.problems)
    period = read_period(row, years)
    indicator = find_indicator(row, int(period[:4]) if period else years[-1], decrees)
    basis = row.choice("basis", BASES)
    status = row.choice("status", STATUSES)
    check_provisional(row, status)
    area = read_area(row, policy)
    breakdown = _read_breakdown(row)
    if indicator is not None and period:
        check_beside(row, indicator, period, decrees)
        check_running(row, period, indicator["aggregation"], indicator["indicator_id"])
    target = math.nan
    if indicator is not None and period:
        target = decided.get((indicator["indicator_id"], int(period[:4])), math.nan)
    figures = _read_figures(row, indicator, target) if indicator is not None else None
    # A refused figure too needs its source: all problems of a row are told at once.
    if indicator is not None and figures != Figures(None, None, None) and row.is_missing("source"):
        row.refuse("source", quote(row.text("source")), _("sumber angka"), _("Tulis dokumen atau pemberi angkanya."))
    if len(row.problems) > before or indicator is None or figures is None:
        return None
    return {
        "indicator_id": indicator["indicator_id"],
        "period": period,
        "area": area,
        "breakdown": breakdown,
        "value": _to_float(_value_of(figures)),
        "numerator": _to_float(figures.numerator),
        "denominator": _to_float(figures.denominator),
        "basis": basis,
        "status": status,
        "source": row.text("source"),
        "note": row.words("note"),
        "file": row.file,
        "row": row.number,
        "origin": row.words("origin"),
    }


def _read_breakdown(row: Row) -> str:
    """Return `kind: item`, the kind in lower case, or nothing for the whole."""
    text = row.text("breakdown")
    if not text:
        return ""
    kind, colon, item = (part.strip() for part in text.partition(":"))
    if not (kind and colon and item):
        mend = _("Tulis jenis rincian dan butirnya, misalnya jenis: timbangan; kosongkan untuk angka utuh.")
        row.refuse("breakdown", quote(text), _("jenis: butir"), mend)
    return f"{kind.casefold()}: {item}" if kind else ""


def _value_of(figures: Figures) -> Decimal | None:
    """Return the value; from the parts where they are given, because they are exact."""
    if figures.numerator is None or figures.denominator is None:
        return figures.value
    return 100 * figures.numerator / figures.denominator if figures.denominator else None


def _to_float(number: Decimal | None) -> float:
    return float("nan") if number is None else float(number)


def _read_figures(row: Row, indicator: dict[str, Any], target: float) -> Figures | None:
    """Return the figures of a row, or None after noting what is wrong with them."""
    if scale := scale_of(indicator["unit"]):
        return _read_grade(row, scale)
    before = len(row.problems)
    figures = Figures(*(row.number_of(column) for column in ("value", "numerator", "denominator")))
    if len(row.problems) > before:
        return None
    for column in ("value", "numerator", "denominator"):
        number = getattr(figures, column)
        if number is not None:
            check_sign(row, column, number, indicator)
    if is_percent(indicator["unit"]):
        _check_percentage(row, figures, indicator, target)
    else:
        _check_count(row, figures, indicator)
    return None if len(row.problems) > before else figures


def _read_grade(row: Row, scale: Sequence[str]) -> Figures | None:
    """Return the place of a grade in its scale, or None after noting that the cell holds none."""
    if row.is_missing("value"):
        return Figures(None, None, None)
    places = {grade.casefold(): place for place, grade in enumerate(scale, start=1)}
    place = places.get(row.text("value").casefold())
    if place is None:
        choices = _("salah satu dari {choices}", choices=", ".join(scale))
        mend = _("Tulis predikatnya, bukan angkanya.") + suggest(row.text("value"), scale)
        row.refuse("value", quote(row.text("value")), choices, mend)
        return None
    return Figures(Decimal(place), None, None)


def _check_count(row: Row, figures: Figures, indicator: dict[str, Any]) -> None:
    for column in ("numerator", "denominator"):
        if getattr(figures, column) is not None:
            row.refuse(
                column,
                quote(row.text(column)),
                _("sel kosong: satuan indikator ini {unit}", unit=indicator["unit"]),
                _("Kosongkan, dan tulis angkanya di kolom nilai."),
            )
    if figures.value is not None:
        check_count(
            row,
            "value",
            figures.value,
            indicator["unit"],
            indicator["max_decimals"],
            indicator_id=indicator["indicator_id"],
        )
        _check_upper(row, figures.value, indicator)


def _check_percentage(row: Row, figures: Figures, indicator: dict[str, Any], target: float) -> None:
    value, numerator, denominator = figures.value, figures.numerator, figures.denominator
    has_parts = numerator is not None and denominator is not None
    if (numerator is None) != (denominator is None):
        column = "numerator" if numerator is None else "denominator"
        mend = _("Isi pembilang dan penyebut, atau kosongkan keduanya.")
        row.refuse(column, quote(row.text(column)), _("angka, karena pasangannya diisi"), mend)
    for column in ("numerator", "denominator"):
        number = getattr(figures, column)
        if number is not None and decimals(number):
            mend = _("Periksa titik dan koma: ribuan dengan titik (27.799) dalam format Indonesia.")
            row.refuse(column, quote(row.text(column)), _("bilangan bulat"), mend)
        if row.is_percentage(column):
            mend = _("Hapus tanda persen, atau periksa angkanya.")
            row.refuse(column, quote(row.text(column)), _("bilangan bulat"), mend)
    explained = not row.is_missing("note")
    if has_parts and numerator > denominator and not explained:  # type: ignore[operator]
        row.refuse(
            "numerator",
            quote(row.text("numerator")),
            _("paling banyak sama dengan penyebutnya, {denominator}", denominator=row.text("denominator")),
            _("Periksa keduanya; bila benar, jelaskan di kolom keterangan."),
        )
    elif value is not None:
        _check_upper(row, value, indicator)
    if value is not None and not has_parts:
        check_fraction(row, "value", value, target, indicator["lower_bound"])
    if value is not None and has_parts:
        _check_agreement(row, figures)


def _check_upper(row: Row, value: Decimal, indicator: dict[str, Any]) -> None:
    upper = indicator["upper_bound"]
    if not math.isnan(upper) and value > upper and row.is_missing("note"):
        most = _("paling banyak {upper}", upper=format_amount(upper, indicator["unit"]))
        mend = _("Periksa angkanya; bila benar, jelaskan di kolom keterangan.")
        row.refuse("value", quote(row.text("value")), most, mend)


def _check_agreement(row: Row, figures: Figures) -> None:
    """A percentage written beside its parts must be their ratio, rounded as it is written (or as Excel computed it)."""
    assert figures.value is not None
    exact = _value_of(figures)
    half_a_unit = Decimal(5).scaleb(int(figures.value.as_tuple().exponent) - 1)
    if exact is None or abs(exact - figures.value) > max(half_a_unit, EXCEL_PRECISION):
        parts = "0 / 0" if exact is None else format_percent(exact, 4)
        row.refuse(
            "value",
            quote(row.text("value")),
            _("pembilang / penyebut = {percent}", percent=parts),
            _("Perbaiki salah satunya, atau kosongkan nilai."),
        )
