"""The targets of the annex held against their indicator, and against each other."""

from iku_analysis.indonesian import format_number
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.amounts import decimals_help, decimals_words, far_words, find_far, sign_help
from iku_analysis.sources.annex import AnnexRow
from iku_analysis.sources.rows import decimals
from iku_analysis.sources.units import may_have_decimals


def most_decimals(unit: str, max_decimals: int | None) -> int | None:
    """Return the most decimals of an indicator's figures, None for any number: counts are whole unless we said so."""
    return 0 if max_decimals is None and not may_have_decimals(unit) else max_decimals


def check_targets(
    row: AnnexRow,
    text_name: str,
    *,
    indicator_id: str,
    lower: float,
    upper: float | None,
    max_decimals: int | None,
    wide: bool,
) -> list[Problem]:
    """Return the targets of a row that its indicator cannot have, or that lie far off the others of the row."""
    problems = []
    most = most_decimals(row.unit, max_decimals)
    numbers = {year: target.number for year, target in row.targets.items()}
    ends = [(year, end) for year, each in row.targets.items() for end in (each.number, each.high) if end is not None]
    for year, target in ends:
        found = str(target).replace(".", ",")
        if target < lower or (upper is not None and target > upper):
            least = format_number(lower, 9)
            between = _("{bound} atau lebih", bound=least)
            if upper is not None:
                between = _("antara {least} dan {upper}", least=least, upper=format_number(upper, 9))
            mend = _("Periksa angka target di keputusan.")
            if target < lower:
                mend += " " + sign_help(indicator_id)
            problems.append(Problem(text_name, row.line, str(year), found, between, mend))
        if most is not None and decimals(target) > most:
            expected = decimals_words(most, row.unit)
            problems.append(
                Problem(text_name, row.line, str(year), found, expected, decimals_help(target, indicator_id))
            )
    if problems or wide:
        return problems
    for year, middle in find_far(numbers, row.unit).items():
        found = str(numbers[year]).replace(".", ",")
        problems.append(
            Problem(
                text_name,
                row.line,
                str(year),
                _(
                    "{value}, {times} lebih {far} dari target lain di barisnya",
                    value=found,
                    **far_words(numbers[year], middle),
                ),
                _("target yang sepadan dengan yang lain, sekitar {middle}", middle=format_number(middle, 3)),
                _(
                    "Periksa titik dan koma di seluruh baris: 2.655 dibaca dua ribuan, 2,655 dibaca dua koma sekian. "
                    "Bila memang sejauh itu, tulis wide_targets = true untuk {indicator} di indicators.toml.",
                    indicator=indicator_id,
                ),
            )
        )
    return problems
