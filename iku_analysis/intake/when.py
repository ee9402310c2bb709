"""Periods in an office's own words: of a heading, a cell, a title, or the name of a file or sheet."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from iku_analysis.indonesian import ROMAN, month_numbers
from iku_analysis.intake.marks import take_mark
from iku_analysis.sources.cell_formats import DateText

ORDINALS = {"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4}
NUMERAL = r"(?:ke\s*-?\s*)?(iv|i{1,3}|[1-4]|pertama|kedua|ketiga|keempat)"
ROMAN_PART = re.compile("IV|I{1,3}")
YEAR = r"(?<![0-9.,/])((?:19|20)[0-9]{2})(?![0-9]|[.,/](?!0(?![0-9]))[0-9])"
OF_QUARTER = r"(?:tw|trw|triw|triwulan|tribulan|k[uw]artal|quarter|q)[\s._:-]*"
QUARTER = re.compile(rf"(?<![a-z]){OF_QUARTER}{NUMERAL}(?![a-z0-9])", re.IGNORECASE)
SEMESTER = re.compile(rf"(?<![a-z])(?:semester|smt|sem)[\s._:-]*{NUMERAL}(?![a-z0-9])", re.IGNORECASE)
SHORT = re.compile(r"(?<![a-z0-9])((?:19|20)[0-9]{2})[-_/ ]?(?:(q|tw|s)([1-4])|(0[1-9]|1[0-2]))(?![0-9a-z])", re.I)
OF_YEAR = re.compile(rf"(?:(?<![a-z])(?:tahun(?:\s+anggaran)?|thn?|ta|t\.a)\.?\s*)?{YEAR}(?:[.,]0(?![0-9]))?", re.I)
PART_OF_YEAR = re.compile(  # `TW III/2022`
    rf"((?<![a-z])(?:tw|trw|triw|triwulan|semester|smt|sem)[\s._-]*{NUMERAL})\s*/\s*((?:19|20)[0-9]{{2}})",
    re.IGNORECASE,
)
OF_MONTH = re.compile(
    r"(?<![a-z])bulan\s*(?:ke\s*-?|:)?\s*(0?[1-9]|1[0-2])(?:(?:\s*[-–]\s*|\s+)(0?[1-9]|1[0-2]))?(?![0-9]|\s*[-–/.,][0-9])",
    re.IGNORECASE,
)
# `Triwulan I s.d. III`, `TW I-TW II`, `Triwulan I dan II`, `TW I, II dan III`; `3 bulan pertama`.
OTHER = rf"(?:{OF_QUARTER})?{NUMERAL}(?![a-z0-9])"
AND = rf"(?:&|dan|[,/](?:\s*dan)?(?=\s*(?:{OF_QUARTER})?[iv]))"  # `TW I, 2 kegiatan` and `TW 1/2022` name one
QUARTERS = re.compile(
    rf"(?<![a-z]){OF_QUARTER}{NUMERAL}\s*(?:[-–]|s\s*[./]?\s*d\.?|sampai(?:\s+dengan)?|hingga|({AND}))\s*{OTHER}"
    rf"(?P<more>(?:\s*{AND}\s*{OTHER})*)",
    re.IGNORECASE,
)
OF_MONTHS = re.compile(rf"(?<![a-z0-9])(?:(3|tiga)|6|enam)\s+bulan\s+{NUMERAL}(?![a-z0-9])", re.IGNORECASE)
# What speaks of parts of a year, or of none that is read here: `Laporan Triwulanan`, `Caturwulan II`, `Minggu ke-3`.
PART = re.compile(
    r"(?<![a-z])(?:(?P<Q>triwulan(?:an)?|tribulan|tw|k[uw]artal|quarter|(?:3|tiga) bulan)"
    r"|(?P<S>semester(?:an)?|smt|sm(?=[\s._-]*(?:[12]|i{1,2})(?![a-z0-9]))|(?:6|enam) bulan)"
    r"|(?P<M>bulan(?:an)?)|(?P<other>catur ?wulan|cawu|dwi(?:wulan|bulan)|[0-9]{1,2} bulan)"
    r"|(?P<less>minggu(?:an)?|pekan|harian))(?![a-z])",
    re.IGNORECASE,
)
OF_WHOLE = re.compile(r"\b(?:tahunan|setahun|(?:1|satu) tahun|annual)\b", re.IGNORECASE)
WHOLE_YEAR = {"tahunan", "setahun", "annual", "tahunan/annual"}  # below the months of a year
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[\s./-]+\w+[\s./-]+[0-9]{4}")
PARTS_OF_YEAR = {  # as they are answered, by the kind of part
    "Q": ["TW I", "TW II", "TW III", "TW IV"],
    "S": ["Semester I", "Semester II"],
    "M": [f"bulan {month}" for month in range(1, 13)],
    "": list[str](),
}
SHORTEST_MONTH, LATEST_START = 28, 3  # days of a span: it ends with a month, and begins on a first working day
TWELVE = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
BESIDE_YEAR = re.compile(  # a number and its year, either of them first
    r"([0-9]{1,2}|[ivx]{1,4})\s*[-–/.]\s*((?:19|20)[0-9]{2})|((?:19|20)[0-9]{2})\s*[-–/.]\s*([0-9]{1,2}|[ivx]{1,4})",
    re.IGNORECASE,
)
DOTTED_YEAR = re.compile(r"^([12])[.,]([0-9]{3})$")  # a year that somebody formatted as a figure
FILLERS = re.compile(r"^[\s,.:;/()|_-]*(?:(?:bulan|periode|tahun|pada|per|posisi)[\s,.:;/()|_-]*)*$", re.IGNORECASE)


class When(NamedTuple):
    """What is said of a period: its year (0: not said), the part of it, and whether it runs from January to its end.

    `mark` is the one behind it, `*)`. `part` is `Q3`, `S1`, `08`, or nothing for the whole year.
    """

    year: int = 0
    part: str = ""
    running: bool = False
    mark: str = ""

    @property
    def period(self) -> str:
        """The period as tables write it: `2021`, `2021-Q3`, `2021-S1`, `2021-08`."""
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    def within(self, other: "When") -> "When":
        """Return what both say together; this one first."""
        return When(
            self.year or other.year,
            self.part or other.part,
            self.running or other.running,
            self.mark or other.mark,
        )


@cache
def _month() -> re.Pattern[str]:
    names = "|".join(sorted(month_numbers(), key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:bulan\s+)?({names})\.?(?![a-z])", re.IGNORECASE)


@cache
def _running() -> re.Pattern[str]:
    """Return what makes a figure a running total: `s.d. TW II`, `kumulatif`; not `SD` and `hingga` before a thing."""
    part = (
        rf"\s*(?:tw|trw|tri|kuartal|quarter|q[1-4]|sem|smt|bulan|periode|iv\b|i{{1,3}}\b|{'|'.join(month_numbers())})"
    )
    until = rf"(?:\s+(?:akhir|tanggal))?(?:{part}|\s+(?:tahun|thn?\b|ta\b|t\.a|[0-9])|\s*$)"
    return re.compile(
        rf"(?<![a-z])(?:s\s*[./]\s*d\.?|sd(?={part})|(?:sampai\s+dengan|sampai|hingga)(?={until})"
        r"|(?:a?kumulatif|akumulasi|kumulasi)(?:\s+s\s*[./]?\s*d\.?)?)(?:\s+akhir)?(?![a-z])",
        re.IGNORECASE,
    )


@cache
def _as_of() -> re.Pattern[str]:
    """Return what stands before the month of a count as of a day: `per 30 September`, `posisi Desember`."""
    names = "|".join(sorted(month_numbers(), key=len, reverse=True))
    return re.compile(
        rf"(?<![a-z])(?:per|posisi|keadaan|kondisi)\s+(?:(?:sampai\s+)?tanggal\s+)?(?:[0-9]{{1,2}}\s+)?"
        rf"(?=(?:{names})(?![a-z]))",
        re.IGNORECASE,
    )


@cache
def _short_year() -> re.Pattern[str]:
    """Return what `Nov-21` and `Des '21` are: a month and the last digits of its year."""
    names = "|".join(sorted(month_numbers(), key=len, reverse=True))
    return re.compile(rf"(?<![a-z])({names})\s?[-'’]\s?([0-9]{{2}})(?![0-9]|\s+(?:{names})(?![a-z]))", re.IGNORECASE)


@cache
def _day() -> re.Pattern[str]:
    """Return what a day is: `5 Juli 2022`, `2022-07-05`, `05/07/2022`."""
    names = "|".join(sorted(month_numbers(), key=len, reverse=True))
    year = "(?:19|20)[0-9]{2}"
    return re.compile(
        rf"(?<![0-9./-])(?:(?P<day>[0-3]?[0-9])\s+(?:{names})\.?(?:\s+{year})?(?![a-z0-9])"
        rf"|{year}([-_./])[01][0-9]\2[0-3][0-9](?![0-9])|[0-3]?[0-9]([-/.])[01]?[0-9]\3{year}(?![0-9]))",
        re.IGNORECASE,
    )


def _without_days(text: str) -> str:
    """Return a text without the days that it names: of a letter, of printing. Two may be the ends of a span."""
    found = list(_day().finditer(text))
    days = [int(each["day"] or 0) for each in found]
    is_span = len(days) > 1 and 0 < days[0] <= LATEST_START and days[-1] >= SHORTEST_MONTH
    is_end = len(found) == 1 and len(_month().findall(text)) > 1  # `Januari s.d. 30 Juni`
    return text if is_span or is_end else _day().sub(" ", text)


@lru_cache(maxsize=10_000)  # files of one office repeat their words
def take_when(text: str) -> tuple[When, str]:
    """Return what a text says of a period, and the words that are left: `Realisasi TW I 2022` -> TW I 2022, Realisasi.

    More than one year, or two parts that are no span of months, say nothing of one period.
    """
    left = _short_year().sub(r"\1 20\2", PART_OF_YEAR.sub(r"\1 \3", " ".join(text.split())))
    mark, left = _take_mark(left)
    parts, bare = _spans_of_quarters(left)
    running = _running().search(bare) is not None or _as_of().search(bare) is not None
    bare = _running().sub(" ", _as_of().sub(" ", bare))
    bare = bare if running else _without_days(bare)
    if short := SHORT.search(bare):
        kind = {"q": "Q", "tw": "Q", "s": "S"}.get((short[2] or "").casefold(), "")
        part = f"{kind}{short[3]}" if short[2] else short[4]
        return When(int(short[1]), part, running, mark), _tidy(SHORT.sub(" ", bare, count=1))
    for pattern, kind in ((QUARTER, "Q"), (SEMESTER, "S")):
        parts += [f"{kind}{_numeral(found[1])}" for found in pattern.finditer(bare)]
        bare = pattern.sub(" ", bare)
    years = {int(found[1]) for found in OF_YEAR.finditer(bare)}
    bare = OF_YEAR.sub(" ", bare)
    months = [month_numbers()[found[1].upper()] for found in _month().finditer(bare)]
    bare = _month().sub(" ", bare)
    months += [int(number) for found in OF_MONTH.finditer(bare) for number in found.groups() if number]
    bare = OF_MONTH.sub(" ", bare)
    if months:
        parts.append(_span(months))
        running = running and len(months) == 1  # `Januari s.d. Maret` is a span
    if len(years) > 1 or len(set(parts)) > 1 or "?" in parts or not (years or parts or running):
        return When(mark=mark), left if not mark else _tidy(left)
    if parts and parts[0] == ">":  # January to September: the third quarter, running
        parts, running = ["Q3"], True
    if running and parts and parts[0] in ("03", "06", "09"):
        parts = [f"Q{int(parts[0]) // 3}"]
    elif running and parts and parts[0] == "12" and not years:
        parts = ["Q4"]  # beside `s.d. September`, or in the report of a quarter
    elif (running and parts and parts[0] == "12") or (parts and parts[0] == "year"):
        parts, running = [], False
    return When(max(years, default=0), parts[0] if parts else "", running, mark), _tidy(bare)


def _spans_of_quarters(text: str) -> tuple[list[str], str]:
    """Return the parts of a year that spans of quarters and `3 bulan pertama` name, and the text without them."""
    parts = []
    for found in QUARTERS.finditer(text):
        first, last = _numeral(found[1]), _numeral(found[3])
        is_open = found["more"] or (found[2] and last != first + 1)
        parts.append("?" if is_open else _span([3 * first - 2, 3 * last]))
    parts += [f"{'Q' if found[1] else 'S'}{_numeral(found[2])}" for found in OF_MONTHS.finditer(text)]
    return parts, OF_MONTHS.sub(" ", QUARTERS.sub(" ", text))


def _take_mark(text: str) -> tuple[str, str]:
    """Return the mark of a period; a letter needs no bracket, a number or another letter a year before it."""
    mark, left = take_mark(text)
    if mark.endswith(")") and mark[0] not in "prx" and not re.search("[0-9]{4}$", left):
        return "", text
    return (f"{mark})" if mark.isalpha() and len(mark) < len("xxxx") else mark), left


def _numeral(text: str) -> int:
    return ROMAN.get(text.upper()) or ORDINALS.get(text.casefold()) or int(text)


def _span(months: Sequence[int]) -> str:
    """Return what one or two months name: a month, quarter, semester, year, `>` from January on, `?` no span."""
    if len(set(months)) == 1:
        return f"{months[0]:02d}"
    if len(months) != 2 or months[0] > months[1] or months[0] % 3 != 1 or months[1] % 3:
        return "?"
    first, last = months
    spans = {(1, 12): "year", (1, 6): "S1", (7, 12): "S2", (1, 9): ">"}
    return spans.get((first, last)) or (f"Q{last // 3}" if last - first == 2 else "?")


def _tidy(text: str) -> str:
    words = re.sub(r"\(\s*\)", " ", text)
    return "" if FILLERS.match(words) else " ".join(words.split()).strip(" -–_/:,.")


def ends(part: str) -> int:
    """Return the month in which a part of a year ends, 12 for the whole year."""
    return {"Q": 3, "S": 6}.get(part[:1], 1) * int(part.lstrip("QS")) if part else 12


def kind_of(part: str) -> str:
    """Return what kind of part of a year one is: Q, S, M (a month), or nothing for the whole year."""
    return "M" if part.isdigit() else part[:1]


def kind_of_part(text: str) -> str:
    """Return what kind of part of a year a text speaks of: Q, S, M (a month), or nothing for any other."""
    found = PART.search(text)
    return next((kind for kind in ("Q", "S", "M") if found and found[kind]), "")


def is_below_month(text: str) -> bool:
    """Tell whether a text speaks of weeks or days: the month that it names too is not the period of its figures."""
    found = PART.search(text)
    return bool(found and found["less"])


def read_when(text: str) -> When | None:
    """Return the period that a text names and nothing else, or None."""
    when, left = take_when(text)
    return when if not left and (when.year or when.part) else None


def when_in_key(role: str, text: str) -> tuple[When, bool]:
    """Return the period that a key cell names, and whether it names nothing else.

    Below `Triwulan`, `Semester` or `Bulan` its number is told by itself, with its year too: `III`, `III/2022`.
    """
    kind = {"quarter": "TW", "semester": "Semester", "month": "Bulan"}.get(role, "")
    beside = BESIDE_YEAR.fullmatch(text.strip()) if kind and not isinstance(text, DateText) else None
    if beside:
        text = f"{_of_kind(kind, beside[1] or beside[4])} {beside[2] or beside[3]}"
    found, left = take_when(DOTTED_YEAR.sub(r"\1\2", text) if role == "year" else text)
    if kind and (left or not found.part):
        found, left = take_when(_of_kind(kind, text))
    return found, not left and bool(found.year or found.part or found.running)


def _of_kind(kind: str, number: str) -> str:
    """Return `TW III` of `III`, `Bulan 8` of `VIII`."""
    numeral = number.strip().upper()
    return f"{kind} {1 + TWELVE.index(numeral) if kind == 'Bulan' and numeral in TWELVE else number}"


def bare_part(text: str, kind: str) -> str:
    """Return the part that a bare numeral names, of a kind (`Q`, `S`) that is said elsewhere: `II` is `Q2`."""
    match = re.fullmatch(NUMERAL, text.strip().rstrip(".").strip("()"), re.IGNORECASE)
    if not match or isinstance(text, DateText):
        return ""
    number = _numeral(match[1])
    return f"{kind}{number}" if kind == "Q" or number <= 2 else ""
