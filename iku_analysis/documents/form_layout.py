"""Where everything stands in a sheet of the form: the lines about its indicator, the columns, the rows to fill."""

from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap
from typing import Any

from xlsxwriter.utility import xl_range

from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.display.words import direction_word
from iku_analysis.indonesian import format_amount, format_period, quarter_name, scale_of
from iku_analysis.language import _, current_language
from iku_analysis.sources.form_rows import sheet_name
from iku_analysis.sources.input_files import FORM_WORDS, WORDS
from iku_analysis.sources.units import is_position

SPARE_ROWS = 8  # empty rows below, for what the form did not foresee
WIDTHS = {
    "period": 18,
    "area": 17,
    "value": 17,
    "numerator": 12,
    "denominator": 12,
    "percentage": 11,
    "last year": 14,
    "running": 15,
    "against target": 12,
    "status": 12,
    "source": 20,
    "note": 17,
    "basis": 10,
    "indicator": 10,
}
LETTERS = 1.2  # at least, of Arial 10 in a width of one
LINE = 13.5  # pt, the height of a line
MOST_LINES = 28  # in a row: Excel shows none higher than 409 pt


@dataclass(frozen=True)
class Layout:
    """What the form asks of an indicator (a row of frame `indicators`) in a year, or in one quarter of it.

    `target` is the year's (`target_words` as it is meant) and `quarters` are those of its quarters (none where not
    set), in the unit; `change` tells what the year's definition changed, and `comparable` whether last year had the
    same one.
    """

    indicator: dict[str, Any]
    year: int
    quarter: int | None
    periods: list[str]
    areas: list[str]
    target: float
    target_words: str
    quarters: list[float]
    change: str
    comparable: bool
    has_areas: bool

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return sheet_name(self.indicator)

    @property
    def from_parts(self) -> bool:
        """Whether numerators and denominators are entered, not values."""
        return self.indicator["aggregation"] == "ratio"

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades that are entered, worst first; none where numbers are."""
        return scale_of(self.indicator["unit"])

    @property
    def goal(self) -> float | None:
        """What the running figure is held against, in the unit; None where nothing above zero is set."""
        if self.quarter is None:
            goal = self.target
        elif self.quarters:
            goal = self.quarters[self.quarter - 1]
        else:
            goal = 0 if self.indicator["aggregation"] == "sum" else self.target
        return goal if goal > 0 else None

    @cached_property
    def columns(self) -> list[str]:
        """The columns from left to right, by their canonical names."""
        area = ["area"] if self.has_areas else []
        numbers = ["numerator", "denominator", "percentage"] if self.from_parts else ["value"]
        position = is_position(self.indicator["unit"], self.indicator["aggregation"])
        no_whole = self.grades or (position and len(self.areas) > 1)  # positions of areas make none
        running = [] if no_whole else ["running"]
        share = ["against target"] if running and self.goal else []
        return [
            "period",
            *area,
            *numbers,
            "last year",
            *running,
            *share,
            "status",
            "source",
            "note",
            "basis",
            "indicator",
        ]

    @property
    def to_enter(self) -> list[str]:
        """The columns of numbers to enter."""
        return ["numerator", "denominator"] if self.from_parts else ["value"]

    @cached_property
    def lines(self) -> list[tuple[str, str]]:
        """What stands above the rows: a label and its text, as high as it needs."""
        unit = self.indicator["unit"]
        better = direction_word(self.indicator["direction"])
        quarters = [
            f"{quarter_name(number)}: {format_amount(target, unit, 9)}"
            for number, target in enumerate(self.quarters, start=1)
        ]
        lines = [
            (_("Satuan"), unit),
            (_("Target {year}", year=self.year), f"{self.target_words} ({better})"),
            (_("Target triwulan"), "; ".join(quarters)),
            (_("Yang diisi"), f"{_count(self)[:1].upper()}{_count(self)[1:]}. {_meaning(self)}".strip()),
            (_("Pemegang data"), self.indicator["holder"]),
            (_("Perubahan definisi"), self.change),
        ]
        chunks = split_text(self.indicator["definition"], self.text_width)
        lines += [(_("Definisi operasional") if place == 0 else "", chunk) for place, chunk in enumerate(chunks)]
        return [line for line in lines if line[1]]

    @property
    def is_limit(self) -> bool:
        """Whether less is better."""
        return bool(self.indicator["direction"] == "lower")

    @property
    def text_width(self) -> int:
        """How wide a line beside a label is."""
        return sum(WIDTHS[column] for column in self.columns[1:])

    @cached_property
    def head(self) -> int:
        """The row of the headings, counted from 0."""
        return 3 + len(self.lines)

    @cached_property
    def rows(self) -> list[tuple[str, str]]:
        """The period and the area of each row to fill; they begin below the headings."""
        return [(period, area) for period in self.periods for area in self.areas]

    @property
    def last(self) -> int:
        """The last row that may be filled, counted from 0."""
        return self.head + len(self.rows) + SPARE_ROWS

    def cells(self, column: str) -> str:
        """Return the cells of a column that the form asks for, such as `C9:C12`."""
        place = self.columns.index(column)
        return xl_range(self.head + 1, place, self.head + len(self.rows), place)

    def filled(self) -> str:
        """Return the formula that counts the figures entered, on whatever sheet."""
        ranges = [f"'{self.name}'!{self.cells(column)}" for column in self.to_enter]
        if not self.from_parts:
            return f"=COUNT({ranges[0]})"
        return "=SUMPRODUCT(" + "*".join(f"ISNUMBER({each})" for each in ranges) + ")"

    def heading(self, column: str) -> str:
        """Return a heading: its word, and in brackets what to enter."""
        word = WORDS[column]
        if column == "period" and len(self.periods[0]) > len("2021"):
            word = {"Q": "triwulan", "S": "semester"}.get(self.periods[0][5], "bulan")
        if current_language() == "en":
            word = {"triwulan": "quarter", "bulan": "month"}.get(word, column)
        assert word in FORM_WORDS or word in (column, WORDS[column])
        hint = self._hints().get(column, "")
        return word.capitalize() + (f" ({hint})" if hint else "")

    def _hints(self) -> dict[str, str]:
        unit, last = self.indicator["unit"], self.year - 1
        within = quarter_name(self.quarter) if self.quarter else ""
        share = _("% dari batas") if self.is_limit else _("% dari target")
        if self.quarter and self.quarters:
            share = _("% dari batas triwulan") if self.is_limit else _("% dari target triwulan")
        running = {
            "sum": _("jumlah {quarter}", quarter=within) if within else _("jumlah sejak awal tahun"),
            "mean": _("rata-rata {quarter}", quarter=within) if within else _("rata-rata sejak awal tahun"),
            "ratio": _("persentase {quarter}", quarter=within) if within else _("persentase sejak awal tahun"),
            "last": _("angka terakhir"),
        }
        return {
            "area": "" if self.areas != [PROVINCE] else _("kosong: seluruhnya"),
            "value": unit,
            "numerator": _("banyaknya"),
            "denominator": _("banyaknya"),
            "percentage": _("dihitung"),
            "last year": str(last) if self.comparable else _("{year}, definisi lain", year=last),
            "running": running[self.indicator["aggregation"]],
            "against target": share,
            "status": _("final atau sementara"),
            "source": _("dokumen atau pemberi angka"),
            "note": _("bila perlu dijelaskan"),
            "basis": _("asal angka"),
        }


def write_period(period: str) -> str:
    """Return a period as a form writes it, and the reader reads it: `2021`, `Triwulan III 2021` or `Agustus 2021`."""
    if "Q" in period and current_language() == "en":
        return f"{period[5:]} {period[:4]}"
    return format_period(period)


def ask(layout: Layout) -> str:
    """Return what an indicator's sheet asks for, in a few words."""
    at_end = ", " + _("angka pada akhir periode") if layout.indicator["aggregation"] == "last" else ""
    return _count(layout) + at_end


def _count(layout: Layout) -> str:
    """Return how many figures an indicator's sheet asks for, in words."""
    count, areas = len(layout.periods), layout.areas
    if count == 1 and layout.quarter:
        words = format_period(layout.periods[0])
    elif "Q" in layout.periods[0]:
        words = _("{count} triwulan", count=count)
    elif "S" in layout.periods[0]:
        words = _("{count} semester", count=count)
    elif "-" in layout.periods[0]:
        words = _("{count} bulan", count=count)
    else:
        words = _("angka setahun")
    return words if areas == [PROVINCE] else _("{periods}, {areas} wilayah", periods=words, areas=len(areas))


def _meaning(layout: Layout) -> str:
    """Return what a figure of an indicator is."""
    if layout.indicator["aggregation"] == "last":
        return _("Jumlah berjalan atau posisi pada akhir periode.")
    of_year = layout.periods == [str(layout.year)]
    if layout.from_parts and of_year:
        return _("Isi pembilang dan penyebut; persentasenya dihitung.")
    if layout.from_parts:
        return _("Pembilang dan penyebut periode itu saja, bukan jumlah sejak awal tahun; persentasenya dihitung.")
    return "" if of_year else _("Angka periode itu saja, bukan jumlah sejak awal tahun.")


def count_lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a cell of a width."""
    return sum(max(1, len(_wrap(line, width))) for line in text.split("\n"))


def split_text(text: str, width: int) -> list[str]:
    """Return a text in pieces that each fit a row, between words."""
    lines = _wrap(text, width)
    return [" ".join(lines[first : first + MOST_LINES]) for first in range(0, len(lines), MOST_LINES)]


def _wrap(text: str, width: int) -> list[str]:
    wide = 1 + 0.35 * sum(map(str.isupper, text)) / max(len(text), 1)  # capitals are wider than other letters
    return wrap(text, max(int(LETTERS * width / wide), 1), break_long_words=False, break_on_hyphens=False)
