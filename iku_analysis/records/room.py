"""Registers that are larger than the memory and the disk there are: told as such, wherever it shows."""

import duckdb

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.storage.data_root import RECORDS, RECORDS_FILE


def lacks_room(error: duckdb.Error) -> bool:
    """Tell whether the engine failed for want of memory or disk, not for what it was asked."""
    return isinstance(error, duckdb.OutOfMemoryException) or "No space left" in str(error)


def no_room() -> Problem:
    """Return what is said then."""
    found = _("register yang lebih besar dari memori dan disk yang ada")
    mend = _("Sediakan ruang di disk sementara, atau bagi registernya menurut tahun.")
    return Problem(f"{RECORDS}/{RECORDS_FILE}", None, None, found, _("register yang dapat dimuat"), mend)
