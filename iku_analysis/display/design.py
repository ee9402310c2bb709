"""One design for every format: letters, sizes, colours. Figures, pages, Word, Excel and explorer take these.

Nothing is told by colour alone: what was missed also carries a ✗, what is not known a hatch.
"""

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
GREY, PALE, BAND = "#8a929c", "#e6e9ed", "#cfe3f0"  # context; an empty field; a range

TEXT_MM = 170.0  # the width of text on A4
BODY, TABLE, CAPTION, LEAST = 10.5, 9.5, 8.5, 8.5  # pt
