"""Numbers, periods and dates: what is read, what is refused, and how it is written."""

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from iku_analysis.indonesian import (
    decimals_apart,
    format_achievement,
    format_amount,
    format_compact,
    format_date,
    format_number,
    format_percent,
    format_period,
    format_signed,
    format_signed_percent,
    format_unit,
    is_percent,
    parse_date,
    parse_number,
    parse_period,
    round_half_up,
)
from iku_analysis.language import use_language

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
# The whole grammar of a number in the declared format: groups of three are all there or none is.
GRAMMAR = {
    "id": re.compile(r"-?([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]+)?"),
    "en": re.compile(r"-?([0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+)(\.[0-9]+)?"),
}
NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=6) | st.integers(0, 6).flatmap(
    lambda places: st.decimals(min_value=-1000, max_value=1000, places=places)
)


@pytest.fixture
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("id")


# --- reading numbers ---


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("27.799", "27799"),
        ("27799", "27799"),
        ("97,5", "97.5"),
        ("97,50", "97.5"),
        ("0", "0"),
        ("0,005", "0.005"),
        ("-12,5", "-12.5"),
        ("4.084.357.380", "4084357380"),
        ("1.234.567,89", "1234567.89"),
        ("1.000,0", "1000"),
    ],
)
def test_numbers_in_indonesian_format(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "number"), [("27,799", "27799"), ("97.5", "97.5"), ("318,991,560", "318991560"), ("1,234.5", "1234.5")]
)
def test_numbers_in_english_format(text: str, number: str) -> None:
    assert parse_number(text, "en") == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "97.5",  # English, or a slip: never 975
        "27,799.5",
        "1.23",
        "12.34.567",
        "1.2345",
        "0.123",
        "1,2,3",
        "1,",
        ",5",
        "1.",
        ".5",
        "1..000",
        "",
        " ",
        " 5",
        "5 ",
        "1 000",
        f"1{NBSP}000",
        "+5",
        "--5",
        f"{MINUS}5",
        "5-",
        "1e5",
        "NaN",
        "inf",
        "1_000",
        "0x10",
        "5%",
        "Rp5",
        "٥",
        "５",
        "½",
        "5\n",
    ],
)
def test_refused_in_indonesian_format(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_number(text)


@settings(deadline=None)  # the first call loads Babel's locale data
@given(NUMBERS)
def test_a_number_written_with_dots_and_a_comma_is_read_back(number: Decimal) -> None:
    grouped = f"{number:,f}".translate(str.maketrans(",.", ".,"))
    assert parse_number(grouped) == number
    assert parse_number(f"{number:f}".replace(".", ",")) == number
    assert parse_number(f"{number:,f}", "en") == number


@settings(deadline=None)
@given(NUMBERS)
def test_what_we_write_we_can_read(number: Decimal) -> None:
    assert parse_number(format_number(number, 6).replace(MINUS, "-")) == number


@settings(deadline=None)
@given(st.text("0123456789.,-", max_size=14) | st.text("015., -+eE_%NaN٥", max_size=8) | st.text(max_size=6))
@pytest.mark.parametrize("number_format", ["id", "en"])
def test_exactly_the_grammar_is_read(number_format: str, text: str) -> None:
    if GRAMMAR[number_format].fullmatch(text):
        group, decimal = (".", ",") if number_format == "id" else (",", ".")
        assert parse_number(text, number_format) == Decimal(text.replace(group, "").replace(decimal, "."))
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
            parse_number(text, number_format)


# --- reading periods and dates ---


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021", "2021"),
        (" 2021 ", "2021"),
        ("2021-TW3", "2021-Q3"),
        ("2021-TW III", "2021-Q3"),
        ("2021-Q3", "2021-Q3"),
        ("2021Q3", "2021-Q3"),
        ("2021 tw 4", "2021-Q4"),
        ("TW I 2021", "2021-Q1"),
        ("TW II 2021", "2021-Q2"),
        ("TW III 2021", "2021-Q3"),
        ("TW IV 2021", "2021-Q4"),
        ("tw iv  2021", "2021-Q4"),
        ("Triwulan 3 2021", "2021-Q3"),
        ("TRIWULAN III 2021", "2021-Q3"),
        ("Q2 2021", "2021-Q2"),
        ("2021-08", "2021-08"),
        ("2021-12", "2021-12"),
        ("Januari 2021", "2021-01"),
        ("Mei 2021", "2021-05"),
        ("agustus 2021", "2021-08"),
        ("Agu 2021", "2021-08"),
        ("August 2021", "2021-08"),
        ("Okt 2021", "2021-10"),
        ("Oct 2021", "2021-10"),
        ("Desember 2021", "2021-12"),
        ("TW.I 2021", "2021-Q1"),
        ("TW. I 2021", "2021-Q1"),
        ("Triwulan II Tahun 2021", "2021-Q2"),
        ("TW II Th. 2021", "2021-Q2"),
        ("TW II T.A. 2021", "2021-Q2"),
        ("TW III/2021", "2021-Q3"),
        ("2021/TW I", "2021-Q1"),
        ("Q1-2019", "2019-Q1"),
        ("Tahun 2022", "2022"),
        ("TA 2020", "2020"),
        ("2018.0", "2018"),
        ("2018,0", "2018"),
        ("Bulan Nopember 2021", "2021-11"),
        ("Agt. 2021", "2021-08"),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "20211",
        "2021-00",
        "2021-13",
        "2021-8",
        "08-2021",
        "2021-Q5",
        "2021-Q0",
        "TW V 2021",
        "TW IIII 2021",
        "TW 2021",
        "Kuartal 3 2021",
        "TW IV",
        "TW I 21",
        "Semester III 2021",
        "s.d. TW III 2021",
        "2021*)",
        "2018.00",
        "2018.5",
        "Tahun TW I 2021",
        "TA",
        "Agustos 2021",
        "2021-08-17",
        "2021-2022",
        "２０２１",  # digits of other scripts would make a second, different 2021
        "٢٠٢١-08",
        "2021-０８",
        "Mei ２０２１",
    ],
)
def test_refused_periods(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_period(text)


@settings(deadline=None)
@given(st.from_regex(r"\d{4}([- ]?(Q|TW ?)?\w{1,3})?", fullmatch=True) | st.text(max_size=12))
def test_whatever_is_read_is_a_period_as_the_schema_wants_it(text: str) -> None:
    with suppress(ValueError):
        period = parse_period(text)
        assert re.fullmatch(r"[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?", period)
        assert period[:4] in text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 Oktober 2018", date(2018, 10, 1)),
        ("01 OKTOBER 2018", date(2018, 10, 1)),
        (" 17  agustus 2020", date(2020, 8, 17)),
        ("29 Februari 2020", date(2020, 2, 29)),
    ],
)
def test_dates(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize("text", ["2018-10-01", "1 Oktobar 2018", "Oktober 2018", "１ Mei 2018", "1 Mei 18", ""])
def test_refused_dates(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_date(text)


def test_a_day_that_no_month_has() -> None:
    with pytest.raises(ValueError, match="day"):
        parse_date("31 Februari 2018")


# --- rounding ---


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (90.005, 2, "90.01"),  # its binary value is a little below; the digits shown are what counts
        (90.004, 2, "90.00"),
        (90.0049, 2, "90.00"),
        (75.005, 2, "75.01"),
        (1.005, 2, "1.01"),
        (2.675, 2, "2.68"),
        (0.125, 2, "0.13"),  # half to even would give 0.12
        (0.135, 2, "0.14"),
        (-0.125, 2, "-0.13"),  # away from zero, as a minus sign before the rounded number
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (99.995, 2, "100.00"),
        (Decimal("90.005"), 2, "90.01"),
        (Decimal("90.00499999999999999"), 2, "90.00"),
    ],
)
def test_round_half_up(value: float | Decimal, decimals: int, rounded: str) -> None:
    assert str(round_half_up(value, decimals)) == rounded


# --- writing ---


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 2, "0"),
        (4084357380.0, 2, "4.084.357.380"),
        (27799, 0, "27.799"),
        (97.5, 2, "97,5"),
        (97.25, 1, "97,3"),
        (90.005, 2, "90,01"),
        (100.0, 2, "100"),
        (1000, 2, "1.000"),  # the zeros of a whole number are not trailing decimals
        (1234567.891, 2, "1.234.567,89"),
        (0.1 + 0.2, 6, "0,3"),
        (-2.5, 2, f"{MINUS}2,5"),
        (-1234.5, 2, f"{MINUS}1.234,5"),
        (-0.0, 2, "0"),
        (-0.004, 2, "0"),
        (-0.4, 0, "0"),
        (-0.005, 2, f"{MINUS}0,01"),
        (Decimal("16.50"), 2, "16,5"),
    ],
)
def test_format_number(value: float | Decimal, decimals: int, text: str) -> None:
    assert format_number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(97.5, "97,5%"), (100.0, "100%"), (90.005, "90,01%"), (-0.001, "0%")],
)
def test_format_percent(value: float, text: str) -> None:
    assert format_percent(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.5, "+2,5"), (-2.5, f"{MINUS}2,5"), (0, "0"), (-0.0, "0"), (0.004, "0"), (-0.004, "0"), (0.005, "+0,01")],
)
def test_format_signed(value: float, text: str) -> None:
    assert format_signed(value) == text
    assert format_signed_percent(value) == f"{text}%"


@settings(deadline=None)
@given(st.floats(-1, 1) | st.floats(-1e12, 1e12), st.integers(0, 4))
def test_minus_zero_is_never_shown(value: float, decimals: int) -> None:
    for write in (format_number, format_percent, format_signed, format_signed_percent):
        text = write(value, decimals)
        digits = [letter for letter in text if letter.isdigit()]
        assert text[0] not in "-+" + MINUS or set(digits) != {"0"}
        assert "-" not in text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (97.5, "Persen", "97,5%"),
        (16, "Pasar", f"16{NBSP}pasar"),
        (120, "Koperasi", f"120{NBSP}koperasi"),
        (27799, "UKM", f"27.799{NBSP}UKM"),
        (4084357380, "USD", f"4.084.357.380{NBSP}USD"),
        (3, "Dokumen", f"3{NBSP}dokumen"),
    ],
)
def test_format_amount(value: float, unit: str, text: str) -> None:
    assert format_amount(value, unit) == text


def test_units() -> None:
    assert [format_unit(unit) for unit in ("Persen", "persen", "%", "Pasar", "USD")] == ["%", "%", "%", "pasar", "USD"]
    assert [is_percent(unit) for unit in ("Persen", "PERSEN", "%", "Persen (%)", "Pasar", "per 1.000")] == [
        True
    ] * 4 + [False] * 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4084357380, f"4,08{NBSP}miliar"),
        (-4084357380, f"{MINUS}4,08{NBSP}miliar"),
        (9_996_000, f"10{NBSP}juta"),
        (12_345_678, f"12,3{NBSP}juta"),
        (99_960_000, f"100{NBSP}juta"),
        (341_436_147, f"341{NBSP}juta"),
        (999_400_000, f"999{NBSP}juta"),
        (999_999_999, f"1{NBSP}miliar"),
        (1_000_000, f"1{NBSP}juta"),
        (2.5e12, f"2,5{NBSP}triliun"),
        (28_377, "28.377"),
        (0, "0"),
    ],
)
def test_format_compact(value: float, text: str) -> None:
    assert format_compact(value) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2021", "2021"),
        ("2021-Q1", "Triwulan I 2021"),
        ("2021-Q3", "Triwulan III 2021"),
        ("2021-Q4", "Triwulan IV 2021"),
        ("2021-05", "Mei 2021"),
        ("2021-08", "Agustus 2021"),
    ],
)
def test_format_period_and_back(period: str, text: str) -> None:
    assert format_period(period) == text
    assert parse_period(text) == period


def test_format_date() -> None:
    assert format_date(date(2018, 10, 1)) == "1 Oktober 2018"


def test_english(english: None) -> None:
    assert format_number(4084357380.5) == "4,084,357,380.5"
    assert format_number(1000) == "1,000"
    assert format_number(-2.5) == f"{MINUS}2.5"
    assert format_percent(97.5) == "97.5%"
    assert format_signed(2.5) == "+2.5"
    assert format_period("2021-08") == "August 2021"
    assert format_date(date(2018, 10, 1)) == "1 October 2018"
    assert parse_number("97,5") == Decimal("97.5")  # reading follows the file, never the reader


@pytest.mark.parametrize(
    ("one", "other", "decimals"),
    [
        (0.345, 0.3489, 3),
        (99.999, 100, 3),
        (99.99, 100, 2),
        (97, 97.5, 2),
        (0.1 + 0.2, 0.3, 2),  # a hair of binary arithmetic is no difference
        (5, 5, 2),
        (math.nan, 5, 2),
    ],
)
def test_as_many_decimals_as_two_numbers_need_to_differ(one: float, other: float, decimals: int) -> None:
    assert decimals_apart(one, other) == decimals
    assert decimals_apart(other, one) == decimals


@given(st.decimals(-(10**9), 10**9, places=6), st.decimals(-(10**9), 10**9, places=6))
def test_two_numbers_that_differ_are_never_printed_alike(one: Decimal, other: Decimal) -> None:
    decimals = decimals_apart(float(one), float(other))
    assert (format_number(float(one), decimals) == format_number(float(other), decimals)) == (one == other)


@pytest.mark.parametrize(
    ("value", "text"),
    [(99.999, "99,999"), (99.99, "99,99"), (100, "100"), (100.0001, "100"), (150.126, "150,13"), (-20, "−20")],
)
def test_an_achievement_that_missed_is_never_100(value: float, text: str) -> None:
    assert format_achievement(value) == f"{text}%"
    assert format_achievement(99.96, 1) == "99,96%"
