"""What moved between two results: frame `differences` -> Table."""

import pandas as pd

from iku_analysis.display.tables.cells import Table
from iku_analysis.display.tables.year import DASH, make_table
from iku_analysis.display.words import basis_word, change_word, moved_word, state_word, status_word, verdict_word
from iku_analysis.indonesian import format_amount, format_number, format_percent
from iku_analysis.language import _
from iku_analysis.schema import MOVING_WORDS

DECIMALS = (2, 6, 17)  # as many as tell two numbers apart; 17 tell any two
WORDS = {"status": status_word, "basis": basis_word, "state": state_word, "verdict": verdict_word}


def table_differences(changes: pd.DataFrame) -> Table:
    """All that moved: whose, of which year, what, before, now, how (frame `differences`)."""
    pairs = [moved_pair(row) for _place, row in changes.iterrows()]
    columns = {
        _("Indikator"): [label or _("Seluruh indikator") for label in changes["label"]],
        _("Tahun"): [str(year) for year in changes["year"]],
        _("Yang berubah"): [moved_word(what) for what in changes["what"]],
        _("Sebelumnya"): [old for old, _new in pairs],
        _("Sekarang"): [new for _old, new in pairs],
        _("Perubahan"): [change_word(kind) for kind in changes["kind"]],
    }
    return make_table(pd.DataFrame(columns), _("Yang berubah"))


def moved_pair(row: pd.Series) -> tuple[str, str]:
    """Return what stood before and what stands now, in a row of frame `differences`, as a planner reads them.

    Two numbers that differ never read the same: they get more decimals until they do not.
    """
    what = row["what"]
    if what in MOVING_WORDS:
        old, new = row["old_word"], row["new_word"]
        word = WORDS.get(what, str)
        return DASH if pd.isna(old) else word(old), DASH if pd.isna(new) else word(new)
    for decimals in DECIMALS:
        old, new = (DASH if pd.isna(row[side]) else _number(row, row[side], decimals) for side in ("old", "new"))
        if old != new:
            break
    return old, new


def _number(row: pd.Series, value: float, decimals: int) -> str:
    if row["what"] in ("target", "realisation"):
        return format_amount(value, row["unit"], decimals)
    return (format_percent if row["what"].endswith("_pct") else format_number)(value, decimals)
