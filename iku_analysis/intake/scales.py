"""Thousands and millions that a heading, a unit or a title speaks of: a figure is never taken for another size."""

import re
from decimal import Decimal
from functools import lru_cache

from iku_analysis.indonesian import is_percent
from iku_analysis.intake.figures import Figure
from iku_analysis.intake.headings import Column
from iku_analysis.intake.rows import Line
from iku_analysis.intake.subjects import SKIP, Setting
from iku_analysis.intake.tables import Table
from iku_analysis.language import _
from iku_analysis.sources.amounts import as_written
from iku_analysis.sources.rows import quote
from iku_analysis.sources.sheet_cells import letters_of
from iku_analysis.sources.units import same_unit

SAME = "sama"  # an answer
SIZES = {
    "puluh": 10,
    "ratus": 100,
    "ribu": 1_000,
    "juta": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "triliun": 10**12,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
}
SHORT = {"rb": 1_000, "jt": 10**6, "Jt": 10**6, "JT": 10**6, "mn": 10**6, "Mn": 10**6}  # `RB` is Reformasi Birokrasi
SIZE = re.compile(  # `ribu`, `jutaan`, `rb`, `000`, `x 1.000`, `Rp M`
    rf"(?<![a-z])(?:(?P<word>{'|'.join(SIZES)})(?:an|s)?|(?-i:(?P<short>{'|'.join(SHORT)}))|rp\.?\s*m|m\s*rp)(?![a-z])"
    r"|(?<![0-9.,])(?:x\s*1)?['’.,]?(?P<zeros>000(?:[.,]?000)*)(?![0-9])",
    re.IGNORECASE,
)
EITHER = re.compile(r"\$\s*m\b|\busd\s*m\b|\bm\s*(?:us\$|\$|usd)", re.IGNORECASE)  # of dollars: million or miliar
CURRENCY = re.compile(r"(?<![a-z])(?:rp|rupiah|idr|usd|us\$|dolar|dollar)(?![a-z])", re.IGNORECASE)
MONEY = re.compile(r"(?<![a-z])(rp|rupiah|idr)(?![a-z])", re.IGNORECASE)
# Of a line above a table: `(dalam ribuan)`, `dalam juta rupiah`, `Satuan: ribu ton`, `(Rp juta)`.
IN_TITLE = re.compile(
    rf"(?:\b(?:dalam|dlm|in)\b|\bsatuan\b\s*:?|\()\s*(?:(?:rupiah|idr|usd|us\$|\$|rp\.?(?!\s*m\b))\s*)?(?:{SIZE.pattern}).*"
    r"|\(\s*(?:rp|rupiah|idr)\.?\s*\)|\bdalam rupiah\b",
    re.IGNORECASE,
)


def size_of(words: str) -> int:
    """Return by what figures are to be multiplied to stand for single things, 1 where nothing is said."""
    return max(map(_size, SIZE.finditer(words)), default=1)


def _size(found: re.Match[str]) -> int:
    if found["zeros"]:
        return int("1" + re.sub("[.,]", "", found["zeros"]))
    if found["short"]:
        return SHORT[found["short"]]
    return SIZES[found["word"].casefold()] if found["word"] else SIZES["miliar"]


def scale_figure(figure: Figure, line: Line, column: Column, indicator_id: str, setting: Setting) -> Figure | None:
    """Return a figure in the unit of its indicator, or in rupiah; None while its unit is asked about."""
    money = column.role in ("budget", "realised")
    facts = None if money else setting.known.facts.get(indicator_id)
    own, named = (facts.unit, facts.name) if facts else ("Rp" if money else "", "")
    of_money = money or CURRENCY.search(own) is not None
    told = told_unit(line, column, setting.table, money=of_money, named=not money) or _currency(
        line.cells[column.place]
    )
    if not told or figure.percent or figure.number is None or same_unit(own, told):
        return figure
    times = size_of(told) // max(size_of(own), min(size_of(named), size_of(told)))
    is_plain = (money or "unit" not in line.keys) and not _contradicts(own, told) and not EITHER.search(told)
    if times <= 1 and is_plain:
        return figure
    multiplied = f"kali {as_written(Decimal(times), 'id')}"  # an answer, the same in each language
    key = f"satuan {'anggaran' if money else indicator_id} {told}"
    question = _(
        "Satuan {indicator} di sini {told}, di keputusan {own}: angkanya boleh dipakai apa adanya?",
        indicator=indicator_id,
        told=quote(told),
        own=quote(own),
    )
    if money:
        question = _("Anggaran di sini {told}: angkanya dalam rupiah penuh?", told=quote(told))
    choices = [multiplied, SAME, SKIP] if times > 1 else [SAME, SKIP]
    answer = setting.reading.ask(key, setting.table.sheet, question, choices)
    if answer == SKIP:
        place = f"{letters_of(column.place)}{line.number}"
        setting.reading.leave(setting.table.sheet, place, line.cells[column.place], _("dilewati, menurut jawaban"))
    if answer in ("", SKIP):
        return None
    return figure if answer == SAME else figure._replace(number=figure.number * times)


def told_unit(line: Line, column: Column, table: Table, *, money: bool = False, named: bool = True) -> str:
    """Return what a table says of a figure's unit: its line first, then its heading, then the lines around it.

    Lines around it may speak of `money`; the line speaks of its indicator, where the figure is of it (`named`).
    """
    if named and "unit" in line.keys:
        return " ".join(line.keys["unit"].split())
    if told := _unit_in_names(column.unit, column.words, line.keys.get("indicator", "") if named else ""):
        return told
    around = [*(words for _row, words in reversed(table.above)), *table.below]
    return next(filter(None, (_unit_in_title(words, money) for words in around)), "")


@lru_cache(maxsize=10_000)  # of each figure below a heading the same
def _unit_in_names(unit: str, headings: tuple[str, ...], name: str) -> str:
    for words in (unit, *headings, *re.findall(r"\(([^()]+)\)", name)):
        if SIZE.search(words) or EITHER.search(words) or is_percent(words) or (words == unit and MONEY.search(words)):
            return " ".join(words.split())
    return ""


@lru_cache(maxsize=1000)
def _unit_in_title(words: str, money: bool) -> str:
    found = IN_TITLE.search(words)
    return found[0].strip("( )") if found and (money or not MONEY.search(found[0])) else ""


def _currency(text: str) -> str:
    """Return the currency that stands before a figure."""
    found = None if text[:1].isdigit() else re.match(r"\s*(rp|idr|usd|us\$|\$)", text, re.IGNORECASE)
    return "" if found is None else "Rp" if found[1].casefold() in ("rp", "idr") else "USD"


def _contradicts(own: str, told: str) -> bool:
    """Tell whether two units are of different kinds: per cent and things, money and things."""
    return is_percent(own) != is_percent(told) or bool(MONEY.search(own)) != bool(MONEY.search(told))
