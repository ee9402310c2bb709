"""What is wrong with a file as a whole, or with a text in it whatever it means."""

import re
from pathlib import Path

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.limits import LONGEST_TEXT, MOST_BYTES_OF_TEXT

# What is no text: control characters but tab and line end, and two code points that no page or paper can hold.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def read_text(path: Path, name: str) -> tuple[str, list[Problem]]:
    """Return the text of a decree, a settings file or notes, or why it cannot be read."""
    size = path.stat().st_size
    if size > MOST_BYTES_OF_TEXT:
        found, most = (_("{size} kB", size=bytes_ // 1000) for bytes_ in (size, MOST_BYTES_OF_TEXT))
        mend = _("Periksa apakah ini memang berkasnya; hapus yang bukan bagian dari teksnya.")
        return "", [Problem(name, None, None, found, _("paling banyak {most}", most=most), mend)]
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found, mend = _("teks dengan pengodean yang tidak dikenal"), _("Simpan ulang berkas sebagai UTF-8.")
        return "", [Problem(name, line, None, found, "UTF-8", mend)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def find_control(text: str, name: str) -> Problem | None:
    """Return where a text has its first control character, with the line it stands in."""
    control = CONTROL.search(text)
    if control is None:
        return None
    line = len(re.findall(r"\r\n|\r|\n", text[: control.start()])) + 1
    return control_problem(control[0], name, line, None)


def control_problem(control: str, name: str, row: int | None, column: str | None) -> Problem:
    """Return what is said of a character that no page or paper can hold."""
    found = _("tanda yang tidak terlihat, U+{code}", code=f"{ord(control):04X}")
    mend = _("Hapus tanda itu, atau ketik ulang barisnya dan simpan sebagai UTF-8.")
    return Problem(name, row, column, found, _("teks biasa"), mend)


def empty_file(name: str) -> Problem:
    """Return what is said of a file or workbook without a filled cell."""
    return file_problem(
        name,
        _("berkas kosong"),
        _("baris judul dan sedikitnya satu baris angka"),
        _("Isi berkas, atau hapus dari folder."),
    )


def too_much(name: str, found: str, most: str, row: int | None = None) -> Problem:
    """Return what is said of a file that is larger than any table of figures."""
    mend = _("Bagi menjadi beberapa berkas; bila isinya memang sedikit, salin ke buku kerja baru.")
    return Problem(name, row, None, found, _("paling banyak {most}", most=most), mend)


def too_long(name: str, row: int | None, column: str | None, length: int) -> Problem:
    """Return what is said of a text that no cell of a spreadsheet can hold."""
    found, most = _("teks {count} huruf atau lebih", count=length), _("{count} huruf", count=LONGEST_TEXT)
    mend = _("Pendekkan teksnya, atau periksa tanda kutip di baris ini.")
    return Problem(name, row, column, found, _("paling banyak {most}", most=most), mend)


def file_problem(name: str, found: str, expected: str, mend: str) -> Problem:
    """Return a fault of a file as a whole."""
    return Problem(name, None, None, found, expected, mend)


def quote_text(text: str, most: int = 80) -> str:
    """Return the beginning of a text in quotation marks."""
    shown = text if len(text) <= most else text[: most - 1] + "…"
    return f"“{shown}”"
