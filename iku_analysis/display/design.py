"""One design for every format: letters, sizes, colours. Figures, pages, Word, Excel and explorer take these.

Nothing is told by colour alone: what was missed also carries a ✗, what is not known a hatch.
"""

import base64
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

FAMILY = "IKU Sans"  # Source Sans Pro with a ✗ (scripts/make_fonts.py); what else it lacks is taken from DejaVu
SPARE = "DejaVu Sans"
OFFICE_FAMILY = "Calibri"  # in Word and Excel: an office has it, and Carlito is its twin
FONTS = Path(__file__).parent / "fonts"
# Looked up without importing matplotlib, which takes a tenth of a second.
SPARE_FONTS = Path(str(distribution("matplotlib").locate_file("matplotlib/mpl-data/fonts/ttf")))

INK, SOFT, RULE, FILL, PAPER = "#1b1f24", "#5b6470", "#d5dbe1", "#eef2f6", "#ffffff"
COVER, ACCENT, MISSED, ALARM = "#0b5c93", "#0072b2", "#b34700", "#fff1e8"
TARGET = INK
ENTRY, WARN = "#fff6d5", "#f4b183"  # a cell to fill in; one that cannot be so
GREY, PALE, BAND = "#6f7781", "#e6e9ed", "#cfe3f0"  # context; an empty field; a range

TEXT_MM = 170.0  # the width of text on A4
NAME = 22.0  # mm, the room of a name before what it names, one below the other
BODY, TABLE, CAPTION, LEAST = 10.5, 9.5, 8.5, 8.5  # pt


@cache
def style_of_pages() -> str:
    """Return what begins the style sheet of a page: the letters inside it, and the colours as `--ink`, `--soft` ..."""
    faces = "".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; '
        f"src: url(data:font/woff2;base64,{base64.b64encode((FONTS / f'IKUSans-{face}.woff2').read_bytes()).decode()}) "
        'format("woff2"); }\n'
        for face, weight in (("Regular", 400), ("Bold", 700))
    )
    colours = {"ink": INK, "soft": SOFT, "rule": RULE, "fill": FILL, "paper": PAPER, "cover": COVER, "strong": COVER}
    colours |= {"data": ACCENT, "missed": MISSED, "alarm": ALARM}
    return faces + ":root { " + " ".join(f"--{name}: {colour};" for name, colour in colours.items()) + " }\n"
