"""The options that several commands have, and the year as people type it."""

from typing import Annotated

import typer

DEFAULT = "data/raw"
Data = Annotated[str, typer.Option("--data", help="Folder data.", metavar="FOLDER")]
Csv = Annotated[bool, typer.Option("--csv", help="Bentuk mesin: CSV koma, desimal titik, ketelitian penuh.")]
Language = Annotated[str, typer.Option("--lang", help="Bahasa: id atau en.")]


def parse_year(text: str) -> int:
    """Return a year. Raises IkuError for anything but digits (Typer's own message is English)."""
    from iku_analysis.errors import IkuError
    from iku_analysis.language import _

    if not (text.isascii() and text.isdecimal()):
        raise IkuError(_("Tahun {found}: tulis tahun dengan angka, misalnya 2022.", found=repr(text)))
    return int(text)


YearOrAll = Annotated[
    int | None, typer.Argument(parser=parse_year, metavar="TAHUN", help="Satu tahun; tanpa ini semua tahun.")
]
