"""Numbers and bullets of lists in a Word document, as they are shown: the file holds only how to count."""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

BULLET = "•"
ROMAN = {100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
AFTER = {"tab": "\t", "space": " ", "nothing": ""}
DEEPEST_STYLE = 20


@dataclass
class ListNumbers:
    """The lists of a document, and how far each has been counted."""

    levels: dict[str, dict[int, dict[str, str]]]  # by list, by depth: start, numFmt, lvlText, suff
    counted_as: dict[str, str]  # lists that go on counting each other
    by_style: dict[str, tuple[str, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: Any) -> str:
        """Return what stands before the text of a paragraph, "" where it is in no list; counts it."""
        number, depth = self._place(paragraph)
        level = self.levels.get(number, {}).get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(self.counted_as[number], {})
        start = int(level.get("start", "1"))
        if "restart" in level and (number, depth) not in self.begun:
            counts.pop(depth, None)
        self.begun.add((number, depth))
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.get("numFmt") == "none":
            return ""
        after = AFTER.get(level.get("suff", "tab"), "\t")
        if level.get("numFmt") == "bullet":
            return BULLET + after

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            above = self.levels[number].get(at, {})
            return _numeral(counts.get(at, int(above.get("start", "1"))), above.get("numFmt", "decimal"))

        return re.sub(r"%([1-9])", shown, level.get("lvlText", "")) + after

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return the list of a paragraph and its depth, its own or that of its style."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return "", 0
        style = properties.find(qn("w:pStyle"))
        number, depth = self.by_style.get("" if style is None else style.get(qn("w:val")), ("", 0))
        own = properties.find(qn("w:numPr"))
        if own is None:
            return number, depth
        return _value(own, "numId", number), int(_value(own, "ilvl", str(depth)))


def read_lists(document: Document) -> ListNumbers:
    """Return the lists of a document, none counted yet."""
    part = next((each.target_part for each in document.part.rels.values() if each.reltype.endswith("/numbering")), None)
    if part is None:
        return ListNumbers({}, {}, {})
    tree = part.element
    abstract = {
        each.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"))): _settings(level) for level in each.iter(qn("w:lvl"))
        }
        for each in tree.iter(qn("w:abstractNum"))
    }
    levels, counted_as = {}, {}
    for each in tree.iter(qn("w:num")):
        number, of = each.get(qn("w:numId")), _value(each, "abstractNumId", "")
        levels[number] = {depth: dict(level) for depth, level in abstract.get(of, {}).items()}
        counted_as[number] = of
        for override in each.iter(qn("w:lvlOverride")):
            own = levels[number].setdefault(int(override.get(qn("w:ilvl"))), {})
            for level in override.iter(qn("w:lvl")):
                own |= _settings(level)
            if start := _value(override, "startOverride", ""):
                own |= {"start": start, "restart": "1"}
    return ListNumbers(levels, counted_as, _by_style(document))


def _settings(level: Any) -> dict[str, str]:
    return {name: _value(level, name, "") for name in ("start", "numFmt", "lvlText", "suff") if _value(level, name, "")}


def _by_style(document: Document) -> dict[str, tuple[str, int]]:
    """Return the list and depth of each paragraph style that is one, its own or that of the style it is based on."""
    styles = {each.get(qn("w:styleId")): each for each in document.styles.element.iter(qn("w:style"))}
    found = {}
    for name, style in styles.items():
        for _step in range(DEEPEST_STYLE):
            own = next(style.iter(qn("w:numPr")), None)
            if own is not None:
                found[name] = (_value(own, "numId", ""), int(_value(own, "ilvl", "0")))
            style = styles.get(_value(style, "basedOn", ""))
            if own is not None or style is None:
                break
    return found


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(qn(f"w:{name}"))
    return default if child is None else child.get(qn("w:val"), default)


def _numeral(number: int, kind: str) -> str:
    """Return a number as a list shows it."""
    if kind.endswith("Letter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if kind.startswith("upper") else letters
    if kind.endswith("Roman"):
        roman = ""
        for value, letter in ROMAN.items():
            roman, number = roman + letter * (number // value), number % value
        return roman.upper() if kind.startswith("upper") else roman
    return f"{number:02}" if kind == "decimalZero" else str(number)
