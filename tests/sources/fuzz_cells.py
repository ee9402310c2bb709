"""Numbers, periods and areas as people write them, each with what it means: `REFUSED` where nobody can know."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

REFUSED = object()
ROMAN = ["I", "II", "III", "IV"]
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
NBSP, THIN = "\N{NO-BREAK SPACE}", "\N{THIN SPACE}"


def at(year: int, month: int, day: int) -> datetime:
    """Return the midnight of a date cell."""
    return datetime(year, month, day)  # noqa: DTZ001 - a cell has no zone


@dataclass
class Number:
    """A number cell of a workbook, and the format that shows it."""

    value: Any
    format: str


def grouped(number: Decimal, thousands: str, decimal: str, decimals: int | None = None) -> str:
    text = f"{number:,f}" if decimals is None else f"{number:,.{decimals}f}"
    return text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)


def number_texts(rng: random.Random, number: Decimal, *, percent: bool) -> Iterator[tuple[Any, Any]]:
    """Yield a number as people type it, each text with its meaning."""
    plain = f"{number:f}"
    for thousands, decimal in (".,", ("", ","), ",.", ("", "."), " ,", (NBSP, ","), (THIN, ","), "',", "_,"):
        text = grouped(number, thousands, decimal)
        for whole in (
            text,
            f" {text} ",
            text + NBSP,
            f"'{text}",
            f"+{text}",
            f"{text}-",
            f"{text}*",
            f"0{text}",
            f"{text}.",
        ):
            yield whole, REFUSED if whole.endswith("-") else number
    yield from (
        (plain + "e0", number),
        (f"{float(number):e}", number),
        (plain + "0" * 30, REFUSED),
        ("9" * 30, REFUSED),
    )
    yield from ((f"({plain})", REFUSED), (f"-{plain}", REFUSED), (f"\N{MINUS SIGN}{plain}", REFUSED))
    yield from ((f"{plain} ribu", REFUSED), (f"Rp{plain}", number), (f"± {plain}", REFUSED), (f"{plain} usaha", number))
    yield from ((plain.translate({48 + i: 0xFF10 + i for i in range(10)}), number), ("NaN", REFUSED), ("inf", REFUSED))
    yield from ((plain.translate({48 + i: 0x660 + i for i in range(10)}), number), ("½", REFUSED), ("#N/A", REFUSED))
    yield from (
        ("", None),
        ("-", None),
        ("n/a", None),
        (" - ", None),
        ("N/A", None),
        ("0x1F", REFUSED),
        ("TRUE", REFUSED),
    )
    place = rng.randrange(1, len(plain))
    yield plain[:place] + "." + plain[place:], REFUSED if percent else meant_by_dot(plain, place, number)
    if percent:
        for sign in ("%", " %", f"{NBSP}%", " persen", " Persen %", "%%", "％"):
            yield grouped(number, ".", ",") + sign, number
        fraction = number / 100
        yield from (
            (grouped(fraction, ".", ","), REFUSED),
            (f"{fraction:f}", REFUSED),
            (f"{10 * number:f}".replace(".", ","), REFUSED),
        )
        yield grouped(fraction, ".", ",") + "%", fraction
    else:
        yield from ((grouped(number, ".", ",") + "%", REFUSED), (grouped(number, ".", ",") + ",00", number))
        yield from ((grouped(number, ",", ".") + ".00", number), (grouped(number / 1000, ".", ","), REFUSED))


def meant_by_dot(plain: str, place: int, number: Decimal) -> Any:
    """A dot put anywhere: the same number where it stands before the last three digits, else nobody knows."""
    return number if "." not in plain and len(plain) - place == 3 and len(plain) < 7 else REFUSED


def number_cells(number: Decimal, *, percent: bool) -> Iterator[tuple[Any, Any]]:
    """Yield a number as cells of a workbook, by what they show."""
    value = float(number)
    for code in (
        "General",
        "0.00",
        "#,##0.00",
        "0.0000",
        "[Red]0.00",
        "0.00;-0.00",
        "0.00_);(0.00)",
        "_(* #,##0.00_)",
        '0.00" usaha"',
        "@",
        '0.00;0.00;"-"',
    ):
        yield Number(value, code), number
    for code in ("#,##0.0,", "0,,", "yyyy", "d/m/yyyy", "[h]:mm", "mmm yyyy", '"x"', ";;;"):
        yield Number(value, code), REFUSED
    yield from (
        (Number(value, "0.00E+00"), number),
        (Number(value, "# ?/?"), number),
        (Number(int(value), "0"), Decimal(int(value))),
    )
    yield from (
        (Number(True, "General"), REFUSED),
        (Number("=1+1", "General"), REFUSED),
        (Number("#DIV/0!", "General"), REFUSED),
    )
    yield from ((Number(at(2021, 3, 27), "d/m/yyyy"), REFUSED), (Number(date(2021, 3, 1), "mmm yyyy"), REFUSED))
    yield Number(1e300, "General"), REFUSED
    for code in ("0%", "0.00%", "0.0%;-0.0%", "[>1]0.00;0.00%", "0.00* %", "0.00_%%", "0.00\\ %", "#,##0.00%_)"):
        exact = float(number / 100)
        yield Number(exact, code), number if percent else REFUSED
        if not percent:
            yield Number(value, code), number if code[0] == "[" else REFUSED
    if percent:
        for code in ('0.00"%"', "0.00\\%", '0.00" %"', '0.00" persen"'):
            yield Number(value, code), number
        yield Number(float(number / 100), "General"), REFUSED


def period_texts(period: str, *, sheet: bool) -> Iterator[tuple[Any, Any]]:
    """Yield a quarter or month as people write it."""
    year, part = period.split("-")
    for of_year in (
        "{}-TW5",
        "TW 0 {}",
        "{}-13",
        "Semester III {}",
        "{0}-{0}",
        "{0}{0}",
        "TW I-II {}",
        "Agustuss {}",
        "31/31/{}",
        "{}.5",
        "TW IIII {}",
        "{}-",
        "9{}",
    ):
        yield of_year.format(year), REFUSED
    for wrong in (f"s.d. {part} {year}", f"{year}-{int(year) + 1}", str(int(year) + 40), "TW III", "21", "", "-"):
        yield wrong, REFUSED
    if part.startswith("Q"):
        quarter = int(part[1])
        for name in ("TW", "Triwulan", "TRIWULAN", "tw", "Q", "Tw.", "triw"):
            for number in (quarter, ROMAN[quarter - 1], ROMAN[quarter - 1].lower()):
                for text in (
                    "{0} {1} {2}",
                    "{2}-{0}{1}",
                    "{0}{1}/{2}",
                    "{2} {0} {1}",
                    " {0} {1}  Tahun {2} ",
                    f"{{0}}{NBSP}{{1}} {{2}}",
                    "{0}-{1} {2}",
                    "{0} {1}, {2}",
                ):
                    yield text.format(name, number, year), period
        yield f"s.d. TW {ROMAN[quarter - 1]} {year}", REFUSED
        return
    month = int(part)
    for name in (MONTHS[month - 1], MONTHS[month - 1].upper(), MONTHS[month - 1][:3], f"Bulan {MONTHS[month - 1]}"):
        yield from (
            (f"{name} {year}", period),
            (f" {name}  {year}", period),
            (f"{name}-{year}", period),
            (f"{name} {year[2:]}", period),
        )
    yield from (
        (f"{month:02d}/{year}", period),
        (f"{year}-{month}", period),
        (f"{year}/{month:02d}", period),
        (f"1/{month}/{year}", period),
    )
    if sheet:
        yield from ((Number(at(int(year), month, 1), code), period) for code in ("mmm yyyy", "yyyy-mm", "mmmm\\ yyyy"))
        yield Number(at(int(year), month, 1), "yyyy"), year
        yield Number(at(int(year), month, 17), "d mmmm yyyy"), REFUSED
        yield Number(44000.5, "General"), REFUSED


def area_texts(area: str) -> Iterator[tuple[str, Any]]:
    """Yield an area as people write it."""
    for text in ("{}", " {} ", "Kota {}", "KOTA ADMINISTRASI {}", "{}.", "Kota Adm. {}", "Kota Administrasi {}"):
        yield from ((text.format(name), area) for name in (area, area.upper()))
    yield from ((area.replace(" ", gap), area) for gap in ("  ", NBSP, "_"))
    for wrong in ("Jakarta", f"{area} dan lainnya", "Jakarta Pusat, Jakarta Utara", "Bandung", "Pusat-Utara"):
        yield wrong, REFUSED
    yield from ((text, "") for text in ("DKI Jakarta", "Provinsi DKI Jakarta", "", "-"))
