"""Yearly targets that performance agreements set (`targets/`) where the decree lists its indicators without targets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.annex import AnnexRow
from iku_analysis.sources.decided import IndicatorSettings
from iku_analysis.sources.rows import quote
from iku_analysis.sources.target_words import Target, parse_target


class Agreed(NamedTuple):
    """A yearly target as written, in the Indonesian number format: of an id or number, by a document, in a row."""

    indicator: str
    year: int
    text: str
    source: str
    file: str
    row: int


Places = dict[tuple[int, str], Agreed]


def with_agreed(
    annex: Sequence[AnnexRow], decided: Mapping[int, IndicatorSettings], agreed: Sequence[Agreed]
) -> tuple[list[AnnexRow], Places, list[Problem]]:
    """Return the rows of an annex with the targets agreed on, where each stands by its line and year, what is wrong."""
    places: Places = {}
    problems: list[Problem] = []
    rows = []
    for row in annex:
        own = decided.get(row.number)
        names = {str(row.number), own.id if own else ""}
        targets: dict[int, Target] = {}
        for each in agreed:
            if each.indicator in names and each.year not in targets:
                places[row.line, str(each.year)] = each
                try:
                    targets[each.year] = parse_target(each.text, own.scale if own else ())
                except ValueError:
                    expected = _("target seperti 97,5, < 24, 80-90, atau predikat yang ada di skalanya")
                    mend = _(
                        "Tulis targetnya seperti di perjanjian kinerja; bila berupa predikat, tulis skalanya di "
                        "indicators.toml: scale = [...]."
                    )
                    problems.append(Problem(each.file, each.row, "target", quote(each.text), expected, mend))
        rows.append(replace(row, targets=targets))
    return rows, places, problems


def at_origin(problem: Problem, annex_name: str, places: Places) -> Problem:
    """Return a problem of a target in the annex where the target stands, if a document set it."""
    each = places.get((problem.row or 0, problem.column or "")) if problem.file == annex_name else None
    return replace(problem, file=each.file, row=each.row, column="target") if each else problem
