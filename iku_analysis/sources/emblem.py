"""The emblem of an agency, PNG, JPEG or SVG -> a picture that every format of a paper takes."""

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.drawing import read_drawing
from iku_analysis.sources.file_faults import file_problem, read_text
from iku_analysis.sources.limits import MOST_BYTES_OF_EMBLEM, MOST_PIXELS, MOST_SLENDER, PIXELS

# A square, so that no drawing asks for more memory than this.
PAGE = f"""#set page(width: {PIXELS}pt, height: {PIXELS}pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "contain")"""


@dataclass(frozen=True)
class Emblem:
    """An emblem: `png` for any format, at most 1000 pixels wide and high; `svg` as well where it is a drawing."""

    png: bytes
    svg: str = ""


def read_emblem(path: Path, name: str) -> tuple[Emblem | None, list[Problem]]:
    """Return the emblem in a file, or None and what is wrong with it; a file that is too large is not opened."""
    size = path.stat().st_size
    if size > MOST_BYTES_OF_EMBLEM:
        found, most = (_("{size} kB", size=each // 1000) for each in (size, MOST_BYTES_OF_EMBLEM))
        mend = _("Perkecil gambarnya; {pixels} piksel sudah cukup untuk dicetak.", pixels=PIXELS)
        return None, [file_problem(name, found, _("paling banyak {most}", most=most), mend)]
    return _read_svg(path, name) if path.suffix.lower() == ".svg" else _read_pixels(path.read_bytes(), name)


def _read_svg(path: Path, name: str) -> tuple[Emblem | None, list[Problem]]:
    text, problems = read_text(path, name)
    if problems:
        return None, problems
    drawing, faults = read_drawing(text)
    expected = _("SVG dari bentuk saja: tanpa skrip, alamat, teks dan gambar sisipan")
    mend = _("Simpan ulang dengan teks diubah menjadi jalur (path), atau pakai PNG.")
    if not faults:
        try:
            png = _fit(_draw(drawing))
        except BaseException as error:  # typst has its own for each fault; what it did not foresee is no Exception
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise
            faults = [str(error).splitlines()[0]]
        else:
            return (Emblem(png, drawing), []) if png else (None, [_empty(name)])
    return None, [file_problem(name, fault, expected, mend) for fault in faults]


def _draw(drawing: str) -> bytes:
    """Return a drawing as PNG, in the middle of a square."""
    import typst

    drawn = typst.compile(PAGE.encode(), sys_inputs={"svg": drawing}, format="png", ppi=72, ignore_system_fonts=True)
    assert isinstance(drawn, bytes)
    return drawn


def _read_pixels(content: bytes, name: str) -> tuple[Emblem | None, list[Problem]]:
    from PIL import Image

    expected, mend = _("gambar PNG atau JPEG"), _("Buka dengan program gambar dan simpan ulang sebagai PNG.")
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image,
        ):
            sides = image.size
            if max(sides) > MOST_PIXELS or max(sides) > MOST_SLENDER * min(sides):
                found = _("{width} x {height} piksel", width=sides[0], height=sides[1])
                most = _(
                    "paling banyak {most} piksel, dan sisi panjang paling banyak {times} kali sisi pendek",
                    most=MOST_PIXELS,
                    times=MOST_SLENDER,
                )
                return None, [file_problem(name, found, most, _("Perkecil atau potong gambarnya."))]
        png = _fit(content)
    except Exception as error:
        found = _("berkas yang tidak dapat dibuka ({error})", error=str(error).partition("<")[0].strip() or "?")
        return None, [file_problem(name, found, expected, mend)]
    return (Emblem(png), []) if png else (None, [_empty(name)])


def _fit(content: bytes) -> bytes:
    """Return a picture as PNG, upright, without empty margins and no larger than is printed; nothing if it is empty.

    Made anew from its pixels: nothing else that a file may hold goes into a paper.
    """
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    box = upright.getbbox()
    if box is None:
        return b""
    upright = upright.crop(box)
    upright.thumbnail((PIXELS, PIXELS))
    upright.info.clear()
    made = io.BytesIO()
    upright.save(made, "PNG")
    return made.getvalue()


def _empty(name: str) -> Problem:
    return file_problem(name, _("gambar kosong"), _("lambang yang terlihat"), _("Periksa apakah ini berkasnya."))
