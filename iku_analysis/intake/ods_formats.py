"""Number styles of OpenDocument -> the number formats of `cell_formats`, which tell what a planner sees."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

NUMBER, STYLE, OFFICE, TABLE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{each}:1.0}}"
    for each in ("datastyle", "style", "office", "table", "text")
)
LETTERS = {"year": "y", "month": "m", "day": "d", "hours": "h", "minutes": "mm", "seconds": "s", "am-pm": "h"}
DIGITS = ("number", "scientific-number", "fraction")
DEEPEST = 20  # styles based on each other


class CellStyles:
    """The formats and the visibility that styles give, as far as they have been read."""

    def __init__(self) -> None:
        self.numbers: dict[str, Element] = {}
        self.cells: dict[str, Element] = {}
        self.unseen: set[str] = set()  # styles of tables that do not show
        self._struck: set[str] = set()  # styles of cells and of words that strike them through
        self._codes: dict[str, str | None] = {}

    def add(self, styles: Iterable[Element]) -> None:
        """Take the styles of one part of the file."""
        for each in styles:
            if each.tag.startswith(NUMBER):
                self.numbers[each.get(f"{STYLE}name", "")] = each
            elif each.tag == f"{STYLE}style":
                name = each.get(f"{STYLE}name", "")
                if each.get(f"{STYLE}family") == "table-cell":
                    self.cells[name] = each
                if any(child.get(f"{STYLE}text-line-through-style", "none") != "none" for child in each):
                    self._struck.add(name)
                if any(child.get(f"{TABLE}display") == "false" for child in each):
                    self.unseen.add(name)

    def is_struck(self, cell: Element, name: str) -> bool:
        """Tell whether a cell of a style is struck through, or words in it are."""
        if not self._struck:
            return False
        words = {each.get(f"{TEXT}style-name", "") for each in cell.iter(f"{TEXT}span")}
        styles = {name, self.cells[name].get(f"{STYLE}parent-style-name", "")} if name in self.cells else set()
        return bool((words | styles) & self._struck)

    def code(self, name: str) -> str | None:
        """Return the number format of a style of cell, None where it has none."""
        if name not in self._codes:
            self._codes[name] = self._find_code(name)
        return self._codes[name]

    def _find_code(self, name: str) -> str | None:
        for _step in range(DEEPEST):
            style = self.cells.get(name)
            if style is None:
                return None
            if (number := style.get(f"{STYLE}data-style-name")) in self.numbers:
                return self._code_of(self.numbers[str(number)])
            name = style.get(f"{STYLE}parent-style-name", "")
        return None

    def _code_of(self, style: Element) -> str:
        """Return a number style as one format, with the styles that it names for some numbers as conditions."""
        sections = [
            f"[{each.get(f'{STYLE}condition', '').removeprefix('value()').replace('!=', '<>')}]"
            + _section(self.numbers[each.get(f"{STYLE}apply-style-name", "")])
            for each in style
            if each.tag == f"{STYLE}map" and each.get(f"{STYLE}apply-style-name") in self.numbers
        ]
        return ";".join([*sections[:2], _section(style)])


def _section(style: Element) -> str:
    """Return what one number style shows."""
    shown = ""
    for each in style:
        kind = each.tag.removeprefix(NUMBER)
        if kind in DIGITS:
            thousands = each.get(f"{NUMBER}display-factor", "1").count("0") // 3
            shown += "0" + "," * thousands
        elif kind in LETTERS:
            shown += LETTERS[kind] * (2 if each.get(f"{NUMBER}style") == "long" else 1)
        elif kind in ("text", "currency-symbol"):
            words = "".join(each.itertext()).replace('"', "")
            percent = "%" in words and style.tag == f"{NUMBER}percentage-style"
            shown += "%" if percent else f'"{words}"' if words else ""
        elif kind in ("boolean", "text-content"):
            shown += "@"
    return shown
