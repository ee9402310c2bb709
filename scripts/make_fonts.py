"""Make the letters of all outputs, `iku_analysis/display/fonts/`, from Source Sans Pro.

    pip install font-source-sans-pro brotli
    python scripts/make_fonts.py

What is taken: the letters that papers need, without hints. What is added: ✗, drawn here, which that family
lacks; a program that finds one sign lacking draws the whole line in another family. By the licence (SIL OFL 1.1)
a changed font may not keep the reserved name, so this one is called IKU Sans. The same input gives the same bytes.
"""

from importlib.metadata import distribution
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SOURCE = Path(str(distribution("font-source-sans-pro").locate_file("font_source_sans_pro/files")))
TARGET = Path(__file__).resolve().parents[1] / "iku_analysis" / "display" / "fonts"
FAMILY = "IKU Sans"
FACES = {"Regular": ("Regular", 66), "Bold": ("Bold", 110), "It": ("Italic", 66), "BoldIt": ("Bold Italic", 110)}
ON_PAGES = ("Regular", "Bold")  # a browser slants the upright ones itself
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2060)]
SIGNS = [*map(ord, "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹€№℮™←↑→↓↔↕−≈≠≤≥∞√■□▪▲△▶►▼▽◀◆◇○●☐☑✓✔")]
WEB = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2040), *map(ord, "€→−≥≤✓✗")]
CROSS = 0x2717


def add_cross(font: TTFont, thick: int) -> None:
    """Draw ✗: two bars of a thickness, in the square that digits fill."""
    low, high, left = 40, 620, 60
    t = round(thick * 2**-0.5)
    middle = (high - low) // 2
    x, y, r = left + middle, low + middle, middle
    corners = [(-r, r - t), (-t, 0), (-r, t - r), (t - r, -r), (0, -t), (r - t, -r)]
    outline = [*corners, *((-dx, -dy) for dx, dy in corners)]
    pen = TTGlyphPen(None)
    pen.moveTo((x + outline[0][0], y + outline[0][1]))
    for dx, dy in outline[1:]:
        pen.lineTo((x + dx, y + dy))
    pen.closePath()
    font.setGlyphOrder([*font.getGlyphOrder(), "cross"])
    font["glyf"]["cross"] = pen.glyph()
    font["hmtx"]["cross"] = (2 * (middle + left), left)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[CROSS] = "cross"


def cut(font: TTFont, signs: list[int]) -> None:
    """Leave only these signs, and no hints."""
    options = Options(hinting=False, notdef_outline=True, name_IDs=[1, 2, 3, 4, 5, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)


def rename(font: TTFont, style: str) -> None:
    """Name the font IKU Sans, in the four styles of a family."""
    full = f"{FAMILY} {style}"
    names = {1: FAMILY, 2: style, 3: full, 4: full, 6: full.replace(" ", "-").replace("IKU-", "IKU")}
    for entry in list(font["name"].names):
        if entry.nameID in names:
            entry.string = names[entry.nameID]
        elif entry.nameID in (16, 17):
            font["name"].names.remove(entry)


for face, (style, thick) in FACES.items():
    for signs, flavour in ((LETTERS + SIGNS + [CROSS], None), (WEB, "woff2")):
        if flavour and face not in ON_PAGES:
            continue
        font = TTFont(SOURCE / f"SourceSansPro-{face}.ttf", recalcTimestamp=False)
        add_cross(font, thick)
        cut(font, signs)
        rename(font, style)
        font.flavor = flavour
        font.save(TARGET / f"IKUSans-{face}.{flavour or 'ttf'}")
