"""What the commands print: text that any terminal can take, frames as CSV or as blocks of lines."""

import sys
from io import TextIOWrapper
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING

from iku_analysis.terminal import tell

if TYPE_CHECKING:
    import pandas as pd


def write_utf8() -> None:
    """Write UTF-8 where the locale (`C`, as in cron) would let no letter through but ASCII."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() in ("ascii", "ansi_x3.4-1968", "us-ascii"):
            stream.reconfigure(encoding="utf-8")


def print_csv(frame: "pd.DataFrame") -> None:
    """Print a frame as CSV."""
    from iku_analysis.storage.csv_frames import to_csv

    tell(to_csv(frame).removesuffix("\n"))


def print_blocks(frame: "pd.DataFrame") -> None:
    """Print a table of cells, a block of lines a row: columns would cut numbers in a narrow terminal.

    The first two columns (number, name) are the block's first line. Lines break at plain spaces only,
    and those inside a cell become unbreakable, so that every figure stays beside its heading.
    """
    from iku_analysis.indonesian import NBSP

    width = get_terminal_size().columns - 4
    for number, name, *cells in frame.itertuples(index=False):
        tell(f"{number}. {name}")
        facts = [f"{head}: {cell}".replace(" ", NBSP) for head, cell in zip(frame.columns[2:], cells, strict=True)]
        for line in wrap("  ".join(facts), width, break_long_words=False):
            tell(f"    {line}")
