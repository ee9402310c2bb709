"""What was read of a file, from which cells; what was left out, and why; what has to be asked first."""

from dataclasses import dataclass, field
from typing import NamedTuple

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.sheet_cells import letters_of


class Record(NamedTuple):
    """A row of a tidy table: its folder of `INPUT_FILES`, its cells by column, and where it stood.

    `running` tells that the figure runs since January; `name` is how the file names the indicator.
    """

    folder: str
    cells: dict[str, str]
    sheet: str
    row: int
    column: int
    running: bool = False
    name: str = ""

    @property
    def cell(self) -> str:
        """The cell of the figure, `I5`."""
        return f"{letters_of(self.column)}{self.row}"

    @property
    def place(self) -> str:
        """The cell of the figure, and what it says beside it."""
        return ", ".join(filter(None, (self.cell, self.cells.get("origin", ""))))

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from other rows of its folder."""
        names = ("programme", "series", "indicator", "period", "area", "breakdown", "basis")
        return (self.folder, "running" * self.running, *(self.cells.get(name, "") for name in names))


class Left(NamedTuple):
    """Something that was left out: its sheet, its place there, what it says, and why."""

    sheet: str
    place: str
    what: str
    why: str


class Doubt(NamedTuple):
    """A question that the file does not answer. `kept`: the answer holds for the next file of this shape too."""

    key: str
    place: str
    question: str
    choices: tuple[str, ...]
    kept: bool = True


@dataclass
class Reading:
    """All that was read of one file.

    `answers` are those given so far, by the doubts' keys; `used` those that were needed.
    """

    name: str
    number_format: str
    answers: dict[str, str]
    records: list[Record] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    used: dict[str, Doubt] = field(default_factory=dict)
    refused: set[Problem] = field(default_factory=set)

    def place(self, sheet: str) -> str:
        """Return a sheet of the file as messages name it."""
        return f"{self.name} [{sheet}]" if sheet else self.name

    def ask(self, key: str, sheet: str, question: str, choices: list[str], *, kept: bool = True) -> str:
        """Return the answer to a question, nothing where it has not been answered: then it is noted."""
        answer = self.answers.get(key, "")
        answered, asked = answer in choices, self.used if answer in choices else self.doubts
        if key not in asked:
            asked[key] = Doubt(key, self.place(sheet), question, tuple(choices), kept)
        return answer if answered else ""

    def refuse(  # noqa: PLR0917 - as in Problem
        self, sheet: str, row: int | None, column: int | None, found: str, expected: str, mend: str
    ) -> None:
        """Note a problem in a cell."""
        letters = None if column is None else letters_of(column)
        problem = Problem(self.place(sheet), row, letters, found, expected, mend)
        if problem not in self.refused:
            self.refused.add(problem)
            self.problems.append(problem)

    def leave(self, sheet: str, place: str, what: str, why: str) -> None:
        """Note what is left out."""
        self.left.append(Left(sheet, place, " ".join(what.split()), why))


def rows_words(numbers: list[int]) -> str:
    """Return `baris 5-8` for the rows from the first to the last of some; row 0, a table's caption, is none."""
    counted = [number for number in numbers if number]
    if not counted:
        return ""
    first, last = min(counted), max(counted)
    return _("baris {rows}", rows=str(first) if first == last else f"{first}-{last}")
