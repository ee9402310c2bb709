"""The rows of an agency's files with the headings of a planner: one list, behind papers and explorer."""

import pandas as pd

from iku_analysis.display.words import basis_word, status_word
from iku_analysis.language import _


def rows_as_read(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns that say what rows (frame `realisations`) are, and where each stands, by their headings."""
    return {
        _("Periode"): rows["period"],
        _("Wilayah"): rows["area"],
        _("Rincian"): rows["breakdown"],
        _("Nilai"): rows["value"],
        _("Pembilang"): rows["numerator"],
        _("Penyebut"): rows["denominator"],
        _("Basis"): rows["basis"].map(basis_word, na_action="ignore"),
        _("Status"): rows["status"].map(status_word, na_action="ignore"),
        _("Sumber"): rows["source"],
        _("Keterangan"): rows["note"],
        _("Berkas"): rows["file"],
        _("Baris"): rows["row"],
    }
