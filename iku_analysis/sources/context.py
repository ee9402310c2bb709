"""Context files -> frame `context`: published series beside the indicators, never scored."""

from pathlib import Path

import pandas as pd

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.schema import CONTEXT, make_frame
from iku_analysis.sources.account import Account
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.folder import read_rows
from iku_analysis.sources.input_files import WORDS, required_columns
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.realisation import find_indicator
from iku_analysis.sources.rows import quote


def read_context(
    root: Path, policy: Policy, decrees: list[Decree], account: Account
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the context series of a data root, and everything that is wrong with its files.

    Periods may lie outside the decrees, and one period may have several values: publications
    contradict each other, and a reader must see it.
    """
    problems: list[Problem] = []
    rows = []
    for row in read_rows(root / "context", policy, problems, account=account):
        before = len(problems)
        period = row.period("period")
        indicator = find_indicator(row, int(period[:4]) if period else 0, decrees)
        value = row.number_of("value")
        row.require(*sorted(required_columns("context") - {"indicator", "period"}))
        if len(problems) > before or indicator is None or value is None:
            continue
        texts = {column: row.words(column) for column in ("series", "unit", "source", "note")}
        place = {"file": row.file, "row": row.number}
        record = {"indicator_id": indicator["indicator_id"], "period": period, "value": float(value)}
        rows.append(record | texts | place)
    frame = make_frame(CONTEXT, rows)
    return frame, problems + _mixed_units(frame)


def _mixed_units(frame: pd.DataFrame) -> list[Problem]:
    """A series has one unit: thousands and millions in one line would be a jump that never was."""
    first = frame.groupby(["indicator_id", "series"])["unit"].transform("first")
    return [
        Problem(
            row.file,
            row.row,
            WORDS["unit"],
            quote(row.unit),
            _(
                "{unit}, satuan deret {series} di baris sebelumnya",
                unit=quote(first[row.Index]),
                series=quote(row.series),
            ),
            _("Ubah angkanya ke satuan itu, atau beri deretnya nama lain."),
        )
        for row in frame[frame["unit"] != first].itertuples()
    ]
