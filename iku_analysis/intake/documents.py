"""Documents -> their paragraphs and tables in reading order."""

from pathlib import Path

from iku_analysis.intake.opening import open_file
from iku_analysis.intake.pdf_pages import read_pages
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.csv_rows import decode
from iku_analysis.sources.file_faults import find_control
from iku_analysis.sources.limits import MOST_BYTES_OF_TEXT
from iku_analysis.sources.sheet_cells import Sheet, TooMuchError


def read_document(path: Path, name: str) -> tuple[list[str | Sheet], list[Problem]]:
    """Return the paragraphs and tables of a Word, PDF or text file, and what is wrong with it as a file.

    A paragraph is one string, with the number that its list gives it; of PDF and text a line is, and a gap between
    lines is an empty one. A table is a sheet: `Tabel 2` in Word, `hal. 3` or `hal. 3 tabel 2` in PDF.
    """
    readers = {"docx": _read_word, "pdf": read_pages, "text": _read_lines}
    blocks, problems = open_file(path, name, readers, _("dokumen Word (.docx), PDF atau teks (.txt)"))
    text = "\n".join(block for block in blocks or [] if isinstance(block, str))
    control = find_control(text, name)
    return blocks or [], problems + ([control] if control else [])


def _read_word(path: Path) -> list[str | Sheet]:
    from iku_analysis.intake.word_blocks import read_blocks  # python-docx is slow to import

    return read_blocks(path)


def _read_lines(path: Path) -> list[str | Sheet]:
    size = path.stat().st_size
    if size > MOST_BYTES_OF_TEXT:
        raise TooMuchError(_("{size} kB", size=size // 1000), _("{size} kB", size=MOST_BYTES_OF_TEXT // 1000))
    return list(decode(path.read_bytes()).splitlines())
