"""The separator of a text with cells whose headings nobody knows: the one that parts most lines alike."""

import csv
import re
from collections import Counter

from iku_analysis.intake.opening import RefusedError
from iku_analysis.language import _
from iku_analysis.sources.limits import LONGEST_HEADING

SEPARATORS = (";", "\t", "|", ",")
# A comma that neither stands between digits nor before a blank belongs to no cell.
PARTING_COMMA = re.compile(r"(?<![0-9]),(?! )|,(?![0-9 ])")
MOST_ROWS = 500  # that are looked at


def find_separator(text: str) -> str | None:
    """Return the separator of a text, None where no line has one.

    Raises
    ------
    RefusedError
        If two part the lines equally well.
    """
    lines = [line[:LONGEST_HEADING] for line in text[: MOST_ROWS * LONGEST_HEADING].splitlines()[:MOST_ROWS]]
    alike = {each: _rows_alike(lines, each) for each in SEPARATORS}
    most = max(alike.values())
    best = [each for each, count in alike.items() if count == most]
    if most == 0:
        return None
    if len(best) == 2 and "," in best and not PARTING_COMMA.search("\n".join(lines)):
        best.remove(",")
    if len(best) > 1:
        names = " ".join("tab" if each == "\t" else each for each in best)
        found = _("baris yang dapat dibagi dengan lebih dari satu pemisah: {names}", names=names)
        mend = _("Simpan ulang sebagai .xlsx, atau tulis pemisahnya, misalnya sep=;, sebagai baris pertama.")
        raise RefusedError(found, _("satu pemisah yang jelas"), mend)
    return best[0]


def _rows_alike(lines: list[str], separator: str) -> int:
    """Return how many rows a separator parts into the same number of cells, more than one."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(lines, delimiter=separator):
            widths[len(row)] += len(row) > 1
    except csv.Error:  # a cell longer than csv takes: what has been seen so far decides
        pass
    return max(widths.values(), default=0)
