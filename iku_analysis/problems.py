"""What is wrong in the files of a planner, told so that it can be mended: all of it at once."""

from dataclasses import dataclass
from typing import Any

from iku_analysis.errors import IkuError
from iku_analysis.language import _


@dataclass(frozen=True)
class Problem:
    """One fault in one place of one file.

    `row` is the row that a spreadsheet program shows (the heading is row 1);
    None when the fault has no row or column.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    expected: str
    mend: str


class DataError(IkuError):
    """All problems found in the files of a data root, raised once; `account` tells what was read nevertheless."""

    def __init__(self, problems: list[Problem], account: Any = None):
        self.problems, self.account = tuple(problems), account
        super().__init__("\n".join(describe_problem(problem) for problem in problems))


def describe_problem(problem: Problem) -> str:
    """Return one problem as the two lines a planner reads."""
    place = problem.file
    if problem.row is not None:
        place += ", " + _("baris {row}", row=problem.row)
    if problem.column is not None:
        place += ", " + _("kolom {column}", column=problem.column)
    found = _("tertulis: {found}; seharusnya: {expected}.", found=problem.found, expected=problem.expected)
    return f"{place}: {found}\n    -> {problem.mend}"
