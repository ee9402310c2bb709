"""Rows of text under their headings: each cell read as what it should be, every fault noted where it stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from iku_analysis.indonesian import MISSING, parse_number, parse_period
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.cell_formats import DateText
from iku_analysis.sources.input_files import FORM_WORDS, WORDS
from iku_analysis.sources.limits import LONGEST_NUMBER, MOST_BEFORE_COMMA, MOST_DIGITS

CANONICAL = {word: english for english, indonesian in WORDS.items() for word in (indonesian, english)}
RUPIAH = re.compile(r"(?:Rp\.?\s*)?(.*?)(?:,-|\.-)?", re.IGNORECASE | re.DOTALL)


def name_heading(written: str, *, in_form: bool = False) -> str | None:
    """Return the canonical name of a heading, None where it has none.

    In the form, what stands in brackets behind a heading tells what to enter: `Nilai (Pasar)`.
    """
    word = written.strip().casefold()
    if in_form:
        word = split_hint(word)[0]
        return FORM_WORDS.get(word) or CANONICAL.get(word)
    return CANONICAL.get(word)


def split_hint(written: str) -> tuple[str, str]:
    """Return a heading of the form, and what stands in brackets behind it."""
    word, bracket, hint = written.strip().partition(" (")
    return (word.rstrip(), hint.removesuffix(")")) if bracket and hint.endswith(")") else (written.strip(), "")


def suggest(word: str, choices: Iterable[str]) -> str:
    """Return ` Maksud Anda X?` for the nearest choice, or nothing.

    Choices that are a mapping stand for its values: near a key, its value is suggested.
    """
    meant = choices if isinstance(choices, Mapping) else {choice: choice for choice in choices}
    by_fold = {choice.casefold(): value for choice, value in meant.items()}
    near = get_close_matches(word[:100].casefold(), by_fold, n=1)  # it is slow with long texts
    return " " + _("Maksud Anda {choice}?", choice=f"“{by_fold[near[0]]}”") if near else ""


class Fact(NamedTuple):
    """What a sheet of the form says of its indicator: its `unit` or its `definition`, and where."""

    file: str
    row: int
    heading: str
    name: str
    text: str


@dataclass(frozen=True)
class Form:
    """The form of `iku template` that a row stands in: the sheet with its mark, its year, its decree, its facts."""

    place: str
    year: int
    decree_id: str
    facts: tuple[Fact, ...] = ()


class Row(NamedTuple):
    """One row under its headings. Each reader returns None after noting a problem."""

    file: str
    number: int
    cells: dict[str, str]
    headings: dict[str, str]
    number_format: str
    problems: list[Problem]
    form: Form | None

    def refuse(self, column: str | None, found: str, expected: str, mend: str) -> None:
        """Note a problem in this row."""
        heading = self.headings.get(column, WORDS[column]) if column else None
        self.problems.append(Problem(self.file, self.number, heading, found, expected, mend))

    def text(self, column: str) -> str:
        """Return the text of a cell without the blanks around it."""
        return self.cells.get(column, "").strip()

    def is_missing(self, column: str) -> bool:
        """Tell whether a cell is blank, `-` or `n/a`."""
        text = self.text(column)
        return not text or text.casefold() in MISSING

    def words(self, column: str) -> str:
        """Return the text of a cell as it is written, or nothing if it is missing."""
        return "" if self.is_missing(column) else self.text(column)

    def require(self, *columns: str) -> None:
        """Refuse the columns that are missing."""
        for column in columns:
            if self.is_missing(column):
                mend = _("Isi sel ini.")
                self.refuse(column, quote(self.text(column)), _("sel yang terisi"), mend)

    def choice(self, column: str, choices: list[str]) -> str | None:
        """Return one of the choices, whatever its case."""
        text = self.text(column)
        found = text if text in choices else {choice.casefold(): choice for choice in choices}.get(text.casefold())
        if found is None:
            self.refuse(
                column,
                quote(text),
                _("salah satu dari {choices}", choices=", ".join(choices)),
                _("Tulis salah satunya.") + suggest(text, choices),
            )
        return found

    def period(self, column: str, years: Sequence[int] | None = None, *, written: str | None = None) -> str | None:
        """Return a period; with `years`, it must lie in one of them. `written` is what of the cell is the period."""
        text = self.text(column)
        try:
            period = parse_period(text if written is None else written)
        except ValueError:
            self.refuse(
                column,
                quote(text),
                _("tahun, triwulan atau bulan"),
                _("Tulis misalnya 2021, 2021-TW3, 2021-08 atau Agustus 2021."),
            )
            return None
        if years is not None and int(period[:4]) not in years:
            self.refuse(
                column,
                quote(text),
                _("periode dalam masa keputusan, {first}-{last}", first=years[0], last=years[-1]),
                _("Perbaiki tahunnya, atau tambahkan keputusan yang berlaku untuk tahun itu."),
            )
            return None
        return period

    def period_or_none(self) -> str:
        """Return the period of a row, or nothing if it names none; nothing is noted."""
        try:
            return parse_period(self.text("period"))
        except ValueError:
            return ""

    def is_percentage(self, column: str) -> bool:
        """Tell whether a percent sign stands behind the number of a cell."""
        return self.text(column).endswith("%")

    def number_of(self, column: str) -> Decimal | None:
        """Return the number of a cell (a percent sign is the caller's), or None if missing or refused."""
        if self.is_missing(column):
            return None
        number = self.peek(column)
        if number is None and _is_endless(self._digits(column)):
            self.refuse(column, quote(self.text(column)), *digits_help())
        elif number is None:
            expected, mend = _number_help(self._digits(column), self.number_format)
            if isinstance(self.cells[column], DateText):
                mend = _("Bila angka ini berubah menjadi tanggal, ubah format selnya menjadi Teks dan ketik ulang.")
            self.refuse(column, quote(self.text(column)), expected, mend)
        return number

    def peek(self, column: str) -> Decimal | None:
        """Return the number of a cell, or None if it holds none that can be kept exactly; nothing is noted."""
        digits = self._digits(column)
        if len(digits) > LONGEST_NUMBER or isinstance(self.cells.get(column), DateText):
            return None
        try:
            number = parse_number(digits, self.number_format)
        except ValueError:
            return None
        return None if len(digits) > MOST_BEFORE_COMMA and is_too_long(number) else number

    def _digits(self, column: str) -> str:
        """Return the text of a cell without its percent sign, and that of money without `Rp` and `,-`."""
        text = self.text(column).removesuffix("%").rstrip()
        return without_rupiah(text) if column in ("budget", "realised") else text


def without_rupiah(text: str) -> str:
    """Return the text of an amount of money without `Rp` and `,-`."""
    money = RUPIAH.fullmatch(text)
    assert money is not None
    return money[1]


def decimals(number: Decimal) -> int:
    """Return how many decimals are written: `27,000` has three, and is not 27.000 read with the wrong mark."""
    return max(0, -int(number.as_tuple().exponent))


def is_too_long(number: Decimal) -> bool:
    """Tell whether a number has more digits than are kept exactly."""
    return len(number.as_tuple().digits) > MOST_DIGITS or number.adjusted() >= MOST_BEFORE_COMMA


def digits_help() -> tuple[str, str]:
    """Return what is expected of a number that is too long, and how to mend it."""
    expected = _(
        "paling banyak {before} angka di depan koma, {most} seluruhnya", before=MOST_BEFORE_COMMA, most=MOST_DIGITS
    )
    return expected, _("Bulatkan desimalnya, atau periksa apakah dua angka tersambung.")


def _is_endless(text: str) -> bool:
    """Tell whether a text holds digits and marks alone, and more digits than are kept."""
    return re.fullmatch("-?[0-9.,]+", text) is not None and sum(map(str.isdigit, text)) > MOST_BEFORE_COMMA


UNSEEN = {
    "\N{NO-BREAK SPACE}": "[spasi tak-putus]",
    "\N{NARROW NO-BREAK SPACE}": "[spasi sempit]",
    "\N{ZERO WIDTH SPACE}": "[spasi nol]",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "[spasi nol]",
}


def quote(text: str) -> str:
    """Return a cell's text as it is shown in messages, invisible characters named."""
    if not text:
        return _("sel kosong")
    shown = text
    for unseen, name in UNSEEN.items():
        shown = shown.replace(unseen, name)
    return f"“{shown if len(shown) <= 80 else shown[:79] + '…'}”"


def _number_help(text: str, number_format: str) -> tuple[str, str]:
    expected = {
        "id": _("angka dengan titik ribuan dan koma desimal, misalnya 27.799 atau 97,5"),
        "en": _("angka dengan koma ribuan dan titik desimal, misalnya 27,799 atau 97.5"),
    }[number_format]
    other = "en" if number_format == "id" else "id"
    if any(mark in text for mark in "\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}"):
        return expected, _("Ganti tanda minus atau garis panjang dengan tanda hubung (-) dari papan ketik.")
    if text.startswith("(") and text.endswith(")") and re.search("[0-9]", text):
        return expected, _("Tanda kurung berarti minus. Tulis angkanya tanpa tanda kurung, atau periksa tandanya.")
    if is_number(re.sub(r"^Rp\.?\s*", "", text, flags=re.IGNORECASE), number_format):
        return expected, _("Hapus “Rp”; tulis angkanya saja.")
    if is_number("".join(text.split()), number_format):
        return expected, _("Hapus spasi di dalam angka.")
    if is_number(text, other):
        return expected, _(
            "Tukar titik dan koma; atau, bila seluruh berkas memakai bentuk ini, nyatakan "
            '"{other}" untuk berkas ini di policy.toml, bagian [reading.files].',
            other=other,
        )
    return expected, _("Tulis ulang angkanya; satuan dan kata-kata masuk ke kolom keterangan.")


def is_number(text: str, number_format: str) -> bool:
    """Tell whether a text is a number in the declared format."""
    try:
        parse_number(text, number_format)
    except ValueError:
        return False
    return True
