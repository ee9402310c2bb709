"""records/records.toml: the registers of an office, what their columns mean, what each indicator counts in them."""

import re
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from iku_analysis.language import _
from iku_analysis.records import sql
from iku_analysis.schema.columns import MONTH
from iku_analysis.sources.limits import LONGEST_ID, LONGEST_TEXT, MOST_INDICATORS
from iku_analysis.sources.policy import NumberFormat
from iku_analysis.sources.toml import Name, Settings, Words
from iku_analysis.storage.data_root import RECORDS, register_files

MOST_REGISTERS = 50
MOST_FEW = 100
MOST_MONTHS = 600
MOST_DAYS = 3660
OTHERS = "lainnya"  # what kinds of few records are together
PARTS_OF_DAY = {"2021": "%Y", "Desember": "%m", "31": "%d", "12": "%m", "23": "%H", "59": "%M", "58": "%S"}

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=LONGEST_ID)]
Condition = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


def format_of(written: str) -> str:
    """Return the format of a date that is shown as 31 December 2021, 23:59:58, would be written.

    >>> format_of("31/12/2021"), format_of("31 Desember 2021")
    ('%d/%m/%Y', '%d %m %Y')
    """
    return re.sub("|".join(PARTS_OF_DAY), lambda part: PARTS_OF_DAY[part[0]], written.replace("%", "%%"))


def _check_example(written: str) -> str:
    if sorted(re.findall("%[Ymd]", format_of(written))) != ["%Y", "%d", "%m"]:
        expected = _("31 Desember 2021 seperti ditulis di register, misalnya 31/12/2021")
        raise PydanticCustomError("dates", expected, {"found": repr(written)[:80]})
    return written


def _check_month(month: str) -> str:
    if not re.fullmatch(MONTH, month):
        raise PydanticCustomError("month", _("bulan, misalnya 2021-08"), {"found": repr(month)[:80]})
    return month


Month = Annotated[str, AfterValidator(_check_month)]


class ColumnSettings(Settings):
    """One column of a register: its heading there, and what may stand in it.

    A column that is `personal` is counted by, and never shown. One that is `optional` may be empty.
    """

    heading: Name
    type: Literal["text", "date", "number", "area"] = "text"
    values: list[Name] = []
    least: float | None = None
    most: float | None = None
    optional: bool = False
    personal: bool = False

    @model_validator(mode="after")
    def _fits(self) -> "ColumnSettings":
        bounded = self.least is not None or self.most is not None
        if (bounded and self.type != "number") or (self.values and self.type != "text"):
            expected = _("values untuk type text; least dan most untuk type number")
            raise PydanticCustomError("column", expected, {"found": self.type})
        return self


class RegisterSettings(Settings):
    """One register: its files below records/, what a row is, and the months in which it is complete.

    `recorded` is the column of the day on which a row was written down, `cutoff_days` how many days after a period's
    end its figure was counted: what was recorded later is late.
    """

    files: list[Name] = Field(min_length=1)
    each: Words
    key: Id
    first: Month = Field(alias="from")
    until: Month
    dates: Annotated[str, AfterValidator(_check_example)] = "2021-12-31"
    numbers: NumberFormat = "id"
    numbered: bool = False
    recorded: Id | None = None
    cutoff_days: int = Field(default=0, ge=0, le=MOST_DAYS)
    columns: dict[Id, ColumnSettings] = Field(min_length=1)

    @model_validator(mode="after")
    def _agrees(self) -> "RegisterSettings":
        if self.key not in self.columns or self.columns[self.key].optional:
            raise PydanticCustomError("key", _("key yang ada di columns, tanpa optional"), {"found": repr(self.key)})
        if self.numbered and self.columns[self.key].type != "text":
            expected = _("key jenis text, untuk numbered = true")
            raise PydanticCustomError("key", expected, {"found": self.columns[self.key].type})
        if added := sql.DAYS.keys() & self.columns.keys():
            expected = _("nama kolom selain {names}", names=", ".join(sorted(sql.DAYS)))
            raise PydanticCustomError("columns", expected, {"found": ", ".join(sorted(added))})
        if self.recorded is not None and not (
            self.recorded in self.of_type("date") and self.columns[self.recorded].optional
        ):  # else a row of December that was written down in January would lie beyond `until`
            expected = _("recorded: kolom jenis date, dengan optional = true")
            raise PydanticCustomError("recorded", expected, {"found": repr(self.recorded)})
        if self.first > self.until:
            found = f"{self.first}, {self.until}"
            raise PydanticCustomError("months", _("from sebelum until"), {"found": found})
        return self

    def of_type(self, kind: str) -> list[str]:
        """Return the columns of a type."""
        return [name for name, column in self.columns.items() if column.type == kind]


class CountSettings(Settings):
    """What is counted: rows, the sum of a column, or the distinct values of one, each in the period of its date.

    A distinct value counts once a `year` (or once for `ever`), in the period in which it first meets `where`; with
    `all_of`, in the period in which the last of these conditions is met, each by a row of the same year. `whose` is
    the column of those between whom a sum is divided, such as exporters.
    """

    register_: Id = Field(alias="register")
    date: Id
    where: Condition = "TRUE"
    sum: Id | None = None
    distinct: Id | None = None
    all_of: list[Condition] = []
    once: Literal["year", "ever"] = "year"
    area: Id | None = None
    kinds: list[Id] = []
    whose: Id | None = None

    @property
    def conditions(self) -> list[str]:
        """All conditions."""
        return [self.where, *self.all_of]


class FigureSettings(Settings):
    """An indicator and what its figures count: one count, or a numerator and a denominator."""

    indicator: Id
    per: Literal["month", "quarter"] = "month"
    reason: Words
    count: CountSettings | None = None
    numerator: CountSettings | None = None
    denominator: CountSettings | None = None

    @property
    def counts(self) -> dict[str, CountSettings]:
        """What is counted, by the column of frame `realisations` that it fills."""
        named = {"value": self.count, "numerator": self.numerator, "denominator": self.denominator}
        return {column: count for column, count in named.items() if count}


class ExpirySettings(Settings):
    """How long what a register records is valid: things (instruments), by their kind, in months."""

    register_: Id = Field(alias="register")
    thing: Id
    date: Id
    kind: Id
    area: Id
    where: Condition = "TRUE"
    valid_months: dict[str, Annotated[int, Field(ge=1, le=MOST_MONTHS)]] = Field(min_length=1)

    @property
    def conditions(self) -> list[str]:
        """All conditions."""
        return [self.where]


class WaitSettings(Settings):
    """How long something waits: from one day of a record to another, which is empty while it waits."""

    indicator: Id
    register_: Id = Field(alias="register")
    date: Id = Field(alias="from")
    to: Id
    where: Condition = "TRUE"

    @property
    def conditions(self) -> list[str]:
        """All conditions."""
        return [self.where]


Asked: TypeAlias = CountSettings | ExpirySettings | WaitSettings


class RecordsFile(Settings):
    """records.toml: the registers by name, and the figures; kinds of fewer than `hide_below` records are merged."""

    hide_below: int = Field(default=5, ge=0, le=MOST_FEW)
    register_: dict[Id, RegisterSettings] = Field(alias="register", min_length=1, max_length=MOST_REGISTERS)
    figure: list[FigureSettings] = Field(min_length=1, max_length=MOST_INDICATORS)
    expiry: ExpirySettings | None = None
    wait: list[WaitSettings] = Field([], max_length=MOST_INDICATORS)

    @property
    def asked(self) -> dict[str, Asked]:
        """Everything that is asked of a register, by its place in the file."""
        found: dict[str, Asked] = {f"wait.{number}": wait for number, wait in enumerate(self.wait, start=1)}
        for number, figure in enumerate(self.figure, start=1):
            for word, count in figure.counts.items():
                found[f"figure.{number}.{'count' if word == 'value' else word}"] = count
        return found | ({"expiry": self.expiry} if self.expiry else {})

    def asked_of(self, register: str) -> list[str]:
        """Return the columns of a register that anything asks of: those that a question names, its dates and areas."""
        questions = [
            text
            for asked in self.asked.values()
            if asked.register_ == register
            for text in (*asked.conditions, asked.model_dump_json())  # JSON joins a line break to the word behind it
        ]
        words = {word for question in questions for word in re.findall(r"\w+", question)}
        settings = self.register_[register]
        words |= {*settings.of_type("date"), *settings.of_type("area"), *([settings.key] if settings.numbered else [])}
        return [name for name in settings.columns if name in words]


def files_of(pattern: str, root: Path) -> list[Path]:
    """Return the files of registers that are named so: by name, by a pattern, or all of a folder and those in it."""
    folder = root / RECORDS
    files = (path for path in register_files(root) if path.suffix.lower() != ".toml")
    if (folder / pattern).is_dir():
        return [path for path in files if path.is_relative_to(folder / pattern)]
    return [path for path in files if path.relative_to(folder).match(pattern)]


def unnamed_files(records: RecordsFile | None, root: Path) -> list[str]:
    """Return the files among the registers that records.toml does not name, by their paths in the data root."""
    registers = records.register_.values() if records else ()
    named = {path for register in registers for pattern in register.files for path in files_of(pattern, root)}
    return [path.relative_to(root).as_posix() for path in files_of(".", root) if path not in named]
