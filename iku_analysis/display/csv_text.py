"""Frames as machine-readable CSV: comma, dot decimals, full precision, UTF-8, one line a row."""

import pandas as pd

# A spreadsheet program runs a cell that begins like this; an apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV text. Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    safe = frame.copy()
    for name in safe.columns:
        if pd.api.types.is_string_dtype(safe[name]):
            safe[name] = safe[name].where(~safe[name].str.startswith(FORMULA_STARTS, na=False), "'" + safe[name])
    return safe.to_csv(index=False, lineterminator="\n", float_format=_shortest)


def _shortest(number: float) -> str:
    """Return the shortest text that reads back as the same number, whole numbers without `.0`."""
    return f"{number:.0f}" if number == int(number) else repr(float(number))
