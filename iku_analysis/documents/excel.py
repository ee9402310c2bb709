"""What the Excel files share: how a book is opened, and its formats. The same data give the same bytes."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from iku_analysis.display.design import OFFICE_FAMILY

EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - the clock is no input, and the format has no zone
TEXT_IS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Look = Callable[..., Any]
WriteSheet = Callable[[Worksheet, Look], None]  # what writes a sheet


def open_book(file: io.BytesIO, *, title: str, author: str, mark: str) -> tuple[Workbook, Look]:
    """Return an empty book, and a function that gives the format of some facts, made once for the whole book."""
    book = Workbook(file, {"in_memory": True, **TEXT_IS_TEXT})
    book.set_properties({"title": title, "author": author, "comments": mark, "created": EPOCH})
    looks: dict[tuple, Any] = {}

    def look(**facts: Any) -> Any:
        key = tuple(sorted(facts.items()))
        if key not in looks:
            looks[key] = book.add_format({"font_name": OFFICE_FAMILY, "font_size": 10, "valign": "top", **facts})
        return looks[key]

    return book, look
