"""Errors that a planner can act on. All of them end the command line with exit code 2."""

from dataclasses import dataclass
from typing import Any

from iku_analysis.terminal import harmless


class IkuError(Exception):
    """Wrong input or usage; the message says what to do about it."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of a traceback (a hook of IPython): the message alone."""
        return harmless(str(self)).splitlines()


class RunFailed(Exception):  # noqa: N818
    """A notebook stopped in a cell. The command line ends with exit code 1."""


class KernelLost(RunFailed):
    """The program that runs a notebook died or did not answer, whatever the notebook says: a second try may pass."""


class AddressLost(RunFailed):
    """An address could not be read or written: a second try may pass."""


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
    from iku_analysis.language import _

    place = problem.file
    if problem.row is not None:
        place += ", " + _("baris {row}", row=problem.row)
    if problem.column is not None:
        place += ", " + _("kolom {column}", column=problem.column)
    found = _("tertulis: {found}; seharusnya: {expected}.", found=problem.found, expected=problem.expected)
    return f"{place}: {found}\n    -> {problem.mend}"
