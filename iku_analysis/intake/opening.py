"""What holds for every file that is opened: its kind by its content, and why one cannot be read, in words."""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile, ZipFile

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.file_faults import empty_file, file_problem, too_much
from iku_analysis.sources.limits import MOST_BYTES_OF_BINARY, MOST_BYTES_UNPACKED
from iku_analysis.sources.sheet_cells import TooMuchError
from iku_analysis.storage.digest import sha256

Content = TypeVar("Content")

LIBRARIES = {"xls": "xlrd", "pdf": "pdfplumber"}  # of the extra `import`
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A word of a file's directory (UTF-16) or of its beginning, and the kind that it tells.
IN_OLE = {"EncryptedPackage": "locked", "Workbook": "xls", "Book": "xls", "WordDocument": "doc"}
IN_ZIP = {"word/document.xml": "docx", "xl/workbook.bin": "xlsb", "xl/workbook.xml": "xlsx"}
AT_THE_START = {
    b"{\\rtf": "doc",
    b"<html": "html",
    b"<!doctype": "html",
    b"<table": "html",
    b"<body": "html",
    b"<meta": "html",
    b"<style": "html",
    b"<head": "html",
    b"<?xml": "xml",
    b"mime-version": "xml",
}
# What a file of a kind must be called at least; a text may hide behind `.xls` too, as many programs export it.
SUFFIXES = {"text": (".csv", ".tsv", ".txt", ".xls", ".xlsx")}
BEGINNING = 4096


class RefusedError(Exception):
    """A file that is not read: what was found, what is expected, and how to mend it, for people."""

    def __init__(self, found: str, expected: str, mend: str):
        super().__init__(found)
        self.found, self.expected, self.mend = found, expected, mend


def open_file(
    path: Path, name: str, readers: Mapping[str, Callable[[Path], Content]], expected: str
) -> tuple[Content | None, list[Problem]]:
    """Return what the reader for the kind of a file returns, or why there is nothing.

    Parameters
    ----------
    name : str
        The name of the file in messages.
    readers : mapping
        The reader of each kind; it may raise anything.
    expected : str
        The kinds of file that are read here, for people.
    """
    try:
        before = sha256(path)
        if not path.stat().st_size:
            return None, [empty_file(name)]
        kind = find_kind(path)
        if kind not in readers:
            raise _not_read(kind, expected)
        _need_library(kind)
        content = readers[kind](path)
        if sha256(path) != before:
            expected, mend = _("berkas yang tidak sedang disimpan"), _("Tutup berkas di program lain, lalu ulangi.")
            raise RefusedError(_("berkas yang berubah selama dibaca"), expected, mend)
    except RefusedError as error:
        return None, [file_problem(name, error.found, error.expected, error.mend)]
    except TooMuchError as error:
        return None, [
            too_much(f"{name} [{error.sheet}]" if error.sheet else name, error.found, error.most, error.row or None)
        ]
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        return None, [_unreachable(name, error)]
    except Exception as error:  # whatever zip, XML and the libraries raise for a damaged file
        found = _("berkas yang tidak dapat dibuka ({error})", error=str(error) or type(error).__name__)
        mend = _("Buka di program asalnya dan simpan ulang, tanpa kata sandi.")
        return None, [file_problem(name, found, expected, mend)]
    return content, []


def find_kind(path: Path) -> str:
    """Return the kind of a file by its content, `text` and `unknown` among them; its name only bars what is no text."""
    with path.open("rb") as file:
        start = file.read(BEGINNING)
    if start.startswith(b"PK"):
        return _kind_of_zip(path)
    if start.startswith(OLE):
        _check_size(path)
        content = path.read_bytes()
        # A name of the directory fills 64 bytes.
        entries = {word.encode("utf-16-le").ljust(64, b"\0"): kind for word, kind in IN_OLE.items()}
        return next((kind for entry, kind in entries.items() if entry in content), "unknown")
    if b"%PDF-" in start[:1024]:
        _check_size(path)
        return "pdf"
    text = start.decode(encoding, "ignore").encode() if (encoding := utf_16_of(start)) else start
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    kind = next((kind for word, kind in AT_THE_START.items() if text.startswith(word)), "text")
    if kind == "xml" and b"<html" in text:
        kind = "html"
    if kind == "html":
        _check_size(path)
    if kind == "text" and (
        path.suffix.lower() not in SUFFIXES["text"]
        or (b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")))
    ):
        return "unknown"
    return kind


def utf_16_of(start: bytes) -> str:
    """Return how the beginning of a page, or of a text with its mark, is written in UTF-16; nothing where it is not."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(start[:2], "")


def _check_size(path: Path) -> None:
    """Raise TooMuchError for a file that would be unpacked into memory whole, and is large."""
    if (size := path.stat().st_size) > MOST_BYTES_OF_BINARY:
        raise TooMuchError(f"{size // 1_000_000} MB", f"{MOST_BYTES_OF_BINARY // 1_000_000} MB")


def _kind_of_zip(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            size = sum(each.file_size for each in archive.infolist())
            if size > MOST_BYTES_UNPACKED:
                most = f"{MOST_BYTES_UNPACKED // 1_000_000} MB"
                raise TooMuchError(_("{size} MB isi", size=size // 1_000_000), most)
            names = set(archive.namelist())
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.open("mimetype").read(200):
                return "ods"
    except BadZipFile as error:
        expected = _("berkas yang utuh")
        mend = _("Minta atau unduh ulang berkasnya; bila di komputer ini terbuka, simpan ulang.")
        raise RefusedError(_("berkas yang rusak ({error})", error=error), expected, mend) from error
    return next((kind for name, kind in IN_ZIP.items() if name in names), "unknown")


def _not_read(kind: str, expected: str) -> RefusedError:
    """Return why a kind of file is not read here."""
    mend = _("Buka di program asalnya dan simpan sebagai salah satu jenis itu.")
    if kind == "locked":
        return locked()
    if kind in ("html", "xml"):
        found = _("halaman web atau XML, apa pun akhiran namanya")
        return RefusedError(found, expected, _("Buka di Excel dan simpan sebagai .xlsx."))
    if kind == "doc":
        return RefusedError(
            _("dokumen Word lama (.doc) atau RTF"), expected, _("Buka di Word dan simpan sebagai .docx.")
        )
    if kind == "unknown":
        return RefusedError(_("jenis berkas yang tidak dikenal atau rusak"), expected, mend)
    return RefusedError(_("berkas jenis {kind}", kind=kind), expected, mend)


def locked() -> RefusedError:
    """Return what is said of a file with a password."""
    mend = _("Buka dengan kata sandinya, hapus kata sandi itu, lalu simpan.")
    return RefusedError(_("berkas dengan kata sandi"), _("berkas tanpa kata sandi"), mend)


def _need_library(kind: str) -> None:
    library = LIBRARIES.get(kind)
    if library and find_spec(library) is None:
        found = _("berkas jenis {kind}, yang pembacanya belum terpasang", kind=kind)
        mend = _('Ketik: pip install "iku-analysis[{extra}]"', extra="import")
        raise RefusedError(found, _("pustaka {library}", library=library), mend)


def _unreachable(name: str, error: OSError) -> Problem:
    """Return what is said of a path at which no file can be read."""
    expected = _("berkas yang dapat dibaca")
    if isinstance(error, FileNotFoundError):
        return file_problem(name, _("berkas tidak ada"), expected, _("Periksa nama dan foldernya."))
    if isinstance(error, IsADirectoryError):
        return file_problem(name, _("sebuah folder"), expected, _("Sebut berkas di dalamnya."))
    mend = _("Beri izin baca pada berkas, atau salin ke folder Anda.")
    return file_problem(name, _("berkas tanpa izin baca"), expected, mend)
