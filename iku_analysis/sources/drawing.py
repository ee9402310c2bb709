"""An SVG file -> the same drawing of shapes alone: nothing in it acts, calls an address or depends on a font."""

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from iku_analysis.language import _
from iku_analysis.sources.limits import (
    DEEPEST_DRAWING,
    LARGEST_OF_DRAWING,
    LONGEST_OF_DRAWING,
    MOST_PIECES,
    MOST_SLENDER,
)

SVG, HREF = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
SHAPES = {
    *("svg", "g", "defs", "symbol", "use", "style", "path", "rect", "circle", "ellipse", "line", "polyline"),
    *("polygon", "linearGradient", "radialGradient", "stop", "clipPath"),
}
SILENT = {"title", "desc", "metadata"}  # not drawn
# What style can hide an address in, or call one by.
CALLS = re.compile(r"\\|@|//|/\*|javascript:|(?:url|src|image|image-set|expression)\s*\((?!\s*['\"]?#)", re.IGNORECASE)
REFERENCE = re.compile(r"#([^'\")\s]+)")
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?"
NAMED = re.compile(r"#\w+|url\([^)]*\)")  # in a value, what is no number though it has digits
MOST_TOLD = 10
PIECES_OF_CLIP = 100  # that take as long as one clip


def read_drawing(text: str) -> tuple[str, list[str]]:
    """Return an SVG text as a drawing that is safe to show, or nothing and what was found that is not.

    What programs note for themselves (other namespaces, comments, titles) is left out; the drawing has a `viewBox`
    and no size of its own.
    """
    if "<!ENTITY" in text:
        return "", ["<!ENTITY"]
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - expat loads nothing, and entities have been refused
    except (ElementTree.ParseError, ValueError) as error:
        return "", [_("XML yang rusak ({error})", error=error)]
    if root.tag != f"{SVG}svg":
        return "", [f"<{_local(root.tag)}>"]
    faults = list(dict.fromkeys(_find_faults(root)))[:MOST_TOLD]
    box = _box_of(root)
    if not box:
        faults.append(_("ukuran yang tidak jelas: viewBox"))
    elif max(box) > MOST_SLENDER * min(box):
        faults.append(_("ukuran {width} x {height}", width=f"{box[0]:g}", height=f"{box[1]:g}"))
    if not faults and _count_pieces(root) > MOST_PIECES:
        faults.append(_("lebih dari {count} bagian", count=MOST_PIECES))
    if faults:
        return "", faults
    clean = _clean(root)
    clean.attrib.pop("width", None)
    clean.attrib.pop("height", None)
    if box and "viewBox" not in clean.attrib:
        clean.set("viewBox", f"0 0 {box[0]:g} {box[1]:g}")
    clean.set("xmlns", SVG[1:-1])
    return ElementTree.tostring(clean, encoding="unicode"), []


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _walk(element: Element, depth: int = 0) -> Iterator[tuple[Element, int]]:
    """Yield what is drawn or refused, with its depth: nothing of other programs, and nothing too deep."""
    yield element, depth
    if depth <= DEEPEST_DRAWING:
        for each in element:
            if each.tag.startswith(SVG) and _local(each.tag) not in SILENT:
                yield from _walk(each, depth + 1)


def _find_faults(root: Element) -> Iterator[str]:
    """Yield everything that acts, calls an address or needs a font."""
    for element, depth in _walk(root):
        name = _local(element.tag)
        if depth > DEEPEST_DRAWING:
            yield _("lebih dari {count} tingkat", count=DEEPEST_DRAWING)
        if name not in SHAPES:
            yield f"<{name}>"
        written = [*_own(element), *([("style", element.text or "")] if name == "style" else [])]
        yield from filter(None, (_fault_of(attribute, value) for attribute, value in written))


def _fault_of(attribute: str, value: str) -> str:
    """Return an attribute that acts, calls an address, or is more than can be drawn; else nothing."""
    found = ""
    if attribute.startswith("on") or (attribute == "href" and not value.startswith("#")) or CALLS.search(value):
        found = value.strip()[:60] or "-"
    elif len(value) > LONGEST_OF_DRAWING:
        found = _("teks {count} huruf atau lebih", count=LONGEST_OF_DRAWING + 1)
    elif attribute not in ("id", "class", "href"):
        numbers = re.findall(NUMBER, NAMED.sub("", value))
        found = next((number for number in numbers if abs(float(number)) > LARGEST_OF_DRAWING), "")
    return f"{attribute}: {found}" if found else ""


def _own(element: Element) -> Iterable[tuple[str, str]]:
    """Return the attributes of SVG itself, and of XLink the one that SVG had before."""
    for name, value in element.items():
        if name == HREF or not ("}" in name or name.startswith("data-")):
            yield _local(name), value


def _box_of(root: Element) -> tuple[float, float] | None:
    """Return the width and the height of a drawing, in units of its own."""
    written = root.get("viewBox")
    if written is None:
        sides = [re.fullmatch(rf"\s*({NUMBER})(?:px)?\s*", root.get(name, "")) for name in ("width", "height")]
        numbers = [float(side[1]) for side in sides if side]
    else:
        numbers = [float(each) for each in re.findall(NUMBER, written)][2:]
    if len(numbers) != 2 or not all(0 < each < float("inf") for each in numbers):
        return None
    return numbers[0], numbers[1]


def _count_pieces(root: Element) -> float:
    """Return how many pieces are drawn, what is referred to counted each time; without end if it refers to itself."""
    named = {element.get("id", ""): element for element, _depth in _walk(root)}
    # A rule of style may hold for anything.
    sheets = " ".join(element.text or "" for element, _depth in _walk(root) if _local(element.tag) == "style")
    counted: dict[Element, float] = {}

    def count(element: Element, above: tuple[Element, ...]) -> float:
        if element in above or len(above) > DEEPEST_DRAWING:
            return float("inf")
        if element not in counted:
            values = [value for name, value in _own(element) if name == "href" or "url" in value.lower()]
            values += [sheets] if "class" in element.attrib else []
            meant = [named[name] for name in REFERENCE.findall(" ".join(values)) if name in named]
            inside = [each for each in (*element, *meant) if each.tag.startswith(SVG)]
            own = PIECES_OF_CLIP if element.tag == f"{SVG}clipPath" else 1
            counted[element] = own + sum(count(each, (*above, element)) for each in inside)
        return counted[element]

    return count(root, ())


def _clean(element: Element) -> Element:
    """Return a copy without namespaces, and without all that is not drawn."""
    copy = Element(_local(element.tag), dict(_own(element)))
    copy.text = element.text if copy.tag == "style" else None
    for each in element:
        if each.tag.startswith(SVG) and _local(each.tag) not in SILENT:
            copy.append(_clean(each))
    return copy
