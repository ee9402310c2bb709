"""Frames as machine-readable CSV and back: comma, dot decimals, full precision, UTF-8, one line a row."""

import csv
import io
import re

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError

from iku_analysis.errors import IkuError
from iku_analysis.language import _
from iku_analysis.schema import column_type, make_frame

# A spreadsheet program runs a cell that begins like this; an apostrophe makes it text. Text that has
# apostrophes before such a beginning gets one more, so that what was written can be told from what was added.
FORMULA_START = r"'*[=+\-@\t\r]"

# Before Python 3.13 a cell that holds a carriage return is quoted only where that ends the rows.
QUOTED_OR_END = re.compile(r'"(?:[^"]|"")*"|\r\n')


def to_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV text. Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    safe = frame.copy()
    for name in safe.columns:
        if pd.api.types.is_string_dtype(safe[name]):
            safe[name] = safe[name].where(~safe[name].str.match(FORMULA_START, na=False), "'" + safe[name])
    text = safe.to_csv(index=False, lineterminator="\r\n", float_format=_shortest)
    return QUOTED_OR_END.sub(lambda match: "\n" if match[0] == "\r\n" else match[0], text)


def _shortest(number: float) -> str:
    """Return the shortest text that reads back as the same number, whole numbers without `.0`."""
    return f"{number:.0f}" if number == int(number) else repr(float(number))


def read_csv_frame(schema: pa.DataFrameSchema, text: str) -> pd.DataFrame:
    """Return the frame that `to_csv` wrote as this text: the same numbers to the last digit, the same words.

    An empty cell is a missing number, a missing word where the schema allows one, else an empty word.

    Raises
    ------
    IkuError
        If the columns are not the schema's, or `to_csv` cannot have written the text.
    """
    rows = list(csv.reader(io.StringIO(text, newline="")))
    head = rows[0] if rows else []
    if head != list(schema.columns):
        differing = sorted({*head} ^ {*schema.columns}) or head
        raise IkuError(_("Tabel {name}: kolomnya lain ({columns}).", name=schema.name, columns=", ".join(differing)))
    try:
        cells = {
            name: [_value(row[place], column) for row in rows[1:]]
            for place, (name, column) in enumerate(schema.columns.items())
        }
        frame = make_frame(schema, pd.DataFrame(cells))
    except (ValueError, IndexError, SchemaError):
        frame = None
    if frame is None or to_csv(frame) != text:
        raise IkuError(_("Tabel {name}: isinya bukan yang ditulis program ini.", name=schema.name))
    return frame


def _value(cell: str, column: pa.Column) -> object:
    kind = column_type(column)
    if kind == "str":
        return None if column.nullable and not cell else cell[1:] if re.match(f"'{FORMULA_START}", cell) else cell
    if kind == "bool":
        return {"True": True, "False": False}.get(cell)
    return int(cell) if kind == "int64" else float(cell or "nan")
