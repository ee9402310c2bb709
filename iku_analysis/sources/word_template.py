"""The agency's own Word file: its styles, header and footer, once nothing in it acts or calls an address."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.file_faults import file_problem
from iku_analysis.sources.limits import (
    MOST_BYTES_OF_TEMPLATE,
    MOST_BYTES_OF_TEMPLATE_UNPACKED,
    MOST_PARTS_OF_TEMPLATE,
)

# The styles that a paper takes from it, each by the name that Word shows in English.
STYLES = ("Normal", *(f"Heading {level}" for level in range(1, 5)), "Caption", "List Bullet", "List Number")
ACTS = re.compile(r"vba|macro|activex|embeddings/|\.bin$", re.IGNORECASE)  # names of parts
CALLS = re.compile(r"\b(?:DDE(?:AUTO)?|INCLUDE\w+|LINK|IMPORT|DATABASE)\b", re.IGNORECASE)  # names of fields


def read_word_template(path: Path, name: str) -> tuple[bytes, list[Problem]]:
    """Return the content of a Word file, or nothing and what is wrong with it; one too large is not opened."""
    size = path.stat().st_size
    if size > MOST_BYTES_OF_TEMPLATE:
        found, most = (_("{size} kB", size=each // 1000) for each in (size, MOST_BYTES_OF_TEMPLATE))
        mend = _("Simpan salinan yang hanya berisi kop, kaki halaman dan gaya.")
        return b"", [file_problem(name, found, _("paling banyak {most}", most=most), mend)]
    content = path.read_bytes()
    try:
        problems = list(_find_faults(content, name)) or list(_find_lacking(content, name))
    except Exception as error:
        found = _("berkas yang tidak dapat dibuka ({error})", error=str(error).splitlines()[0] if str(error) else "?")
        problems = [file_problem(name, found, _("dokumen Word (.docx)"), _save_again())]
    return (b"" if problems else content), problems


def _find_faults(content: bytes, name: str) -> Iterator[Problem]:
    """Yield everything in a Word file that acts, calls an address, or is too large to look into."""
    with ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if size > MOST_BYTES_OF_TEMPLATE_UNPACKED or len(parts) > MOST_PARTS_OF_TEMPLATE:
            found = _("{count} bagian, {size} kB", count=len(parts), size=size // 1000)
            most = _(
                "{count} bagian, {size} kB", count=MOST_PARTS_OF_TEMPLATE, size=MOST_BYTES_OF_TEMPLATE_UNPACKED // 1000
            )
            mend = _("Simpan salinan yang hanya berisi kop, kaki halaman dan gaya.")
            yield file_problem(name, found, _("paling banyak {most}", most=most), mend)
            return
        acting = [part.filename for part in parts if ACTS.search(part.filename)]
        if not acting and re.search(rb"macroEnabled|vbaProject", archive.read("[Content_Types].xml")):
            acting = ["[Content_Types].xml"]
        if acting:
            mend = _("Di Word: Simpan Sebagai, pilih “Dokumen Word (.docx)”, tanpa makro dan objek sisipan.")
            yield file_problem(name, ", ".join(acting[:3]), _("dokumen tanpa makro dan objek sisipan"), mend)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                yield from _find_calls(archive.read(part), part.filename, name)


def _find_calls(xml: bytes, part: str, name: str) -> Iterator[Problem]:
    """Yield what a part calls: an address, or another file by a field; and what no part of a Word file holds."""
    if b"\0" in xml or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        yield file_problem(name, part, _("dokumen Word (.docx)"), _save_again())
        return
    fields = []
    for each in ElementTree.fromstring(xml).iter():  # noqa: S314 - what it could stand for has been refused
        if each.get("TargetMode", "").casefold() == "external":
            expected = _("dokumen tanpa tautan keluar")
            mend = _("Di Word: hapus tautan (Remove Hyperlink), sisipkan gambarnya, lepaskan templatnya; lalu simpan.")
            yield file_problem(name, each.get("Target", "")[:80], expected, mend)
        fields += [each.text or ""] if each.tag.endswith("}instrText") else []
        fields += [value for word, value in each.items() if word.endswith("}instr")]
    if calls := CALLS.search("".join(fields)):
        mend = _("Di Word: pilih bidang itu, tekan Ctrl+Shift+F9, lalu simpan.")
        yield file_problem(name, calls[0], _("dokumen tanpa bidang yang memanggil berkas lain"), mend)


def _save_again() -> str:
    return _("Buka dengan Word dan simpan ulang sebagai .docx, tanpa kata sandi.")


def _find_lacking(content: bytes, name: str) -> Iterator[Problem]:
    """Yield the styles that a Word file lacks, and the page."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE

    word = docx.Document(io.BytesIO(content))
    there = {style.name for style in word.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    if lacking := [style for style in STYLES if style not in there]:
        found = _("tanpa gaya {styles}", styles=", ".join(lacking))
        mend = _("Di Word: pakai setiap gaya itu sekali di satu baris, lalu simpan; barisnya tidak ikut terpakai.")
        yield file_problem(name, found, _("gaya {styles}", styles=", ".join(STYLES)), mend)
    if not word.sections:
        yield file_problem(name, _("dokumen tanpa halaman"), _("dokumen Word (.docx)"), _save_again())
