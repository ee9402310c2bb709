"""Indicators and areas by the names that offices give them."""

import math
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from iku_analysis.agency.load import Agency
from iku_analysis.indonesian import format_target, plain_unit, scale_of
from iku_analysis.sources.areas import match_areas, names_whole
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.target_words import Target

# `1.`, `a)`, `1.2.3 `, `IKU 2:`, `2 - `: before a name; a bare number before a name may belong to it.
NUMBERING = re.compile(
    r"^\s*(?:(?:iku|ikk|iki|indikator)\s*[0-9]{1,2}\s*[.:)–-]\s*|(?:[0-9]{1,2}\.)+[0-9]{0,2}[.)]?\s*(?=[^\W0-9])"
    r"|(?:[0-9]{1,2}|[a-z])(?:[.)]|\s+[-–])\s+)"
)
AREA_NUMBER = re.compile(  # `1. `, `3171 `, `[31.72] `, `a. `
    r"^(?:[\[(]?[0-9][0-9.]*[\])]?[.)]?(?:\s*[-–]\s*|\s+)|[a-h][.)]\s*)(?=[^\W\d_])"
)
NUMBER = re.compile(r"(?:iku|ikk|iki|indikator|no|nomor)?[\s.:-]*([0-9]{1,2})\.?", re.IGNORECASE)
NEAR = 0.4  # from which a name is proposed at all


class Match(NamedTuple):
    """An indicator that a name may mean: its id, and whether the name is its own."""

    indicator_id: str
    sure: bool


@lru_cache(maxsize=10_000)
def normal(text: str) -> str:
    """Return the words of a name alone, lower case: what is left when marks, numbering and blanks do not count."""
    bare = NUMBERING.sub("", text.casefold(), count=1)
    return " ".join(re.findall(r"[^\W_]+|%", bare))


class Facts(NamedTuple):
    """What the latest decree that has an indicator says of it; `scale` are its grades, in lower case."""

    name: str
    unit: str
    scale: tuple[str, ...]
    aggregation: str
    lower_bound: float
    agreed: bool  # its yearly targets are not in the decree


class Decided(NamedTuple):
    """A yearly target: its number (of a range the lower end, else 0 for none), its words, the file it stands in."""

    number: float
    high: float
    sign: str
    words: str
    file: str

    def is_met_by(self, target: Target) -> bool:
        """Tell whether a target that somebody wrote is this one."""
        high = math.nan if target.high is None else float(target.high)
        same_end = high == self.high or (math.isnan(high) and math.isnan(self.high))
        return float(target.number) == self.number and same_end and target.sign == self.sign


@dataclass(frozen=True)
class Known:
    """What a data root knows, looked up once for all files.

    Attributes
    ----------
    names : dict of str to str
        The indicators' ids by each of their names.
    facts : dict of str to Facts
        By the indicators' ids.
    decided : dict
        The targets by indicator and year.
    numbers : dict
        The indicators' ids by their numbers in the decree, by year.
    """

    agency: Agency
    names: dict[str, str]
    facts: dict[str, Facts]
    decided: dict[tuple[str, str], Decided]
    numbers: dict[int, dict[str, str]]

    def adds(self, indicator_id: str) -> bool:
        """Tell whether the parts of an indicator are summed."""
        return self.facts[indicator_id].aggregation == "sum"

    @property
    def policy(self) -> Policy:
        """How the data root's files are read."""
        return self.agency.policy


def know(agency: Agency) -> Known:
    """Return what an agency knows."""
    without_targets = {decree.decree_id for decree in agency.decrees if not decree.has_targets}
    facts = {
        each.indicator_id: Facts(
            each.indicator,
            plain_unit(each.unit),
            tuple(word.casefold() for word in scale_of(each.unit)),
            each.aggregation,
            each.lower_bound,
            each.decree in without_targets,
        )
        for each in agency.indicators.itertuples(index=False)
    }
    units = dict(zip(agency.indicators["indicator_id"], agency.indicators["unit"], strict=True))
    decided = {
        (each.indicator_id, str(each.year)): Decided(
            each.target if each.targeted else 0.0,
            each.target_high,
            each.sign,
            format_target(each, 9, bare=True),
            each.file,
        )
        for each in agency.targets.assign(unit=agency.targets["indicator_id"].map(units)).itertuples(index=False)
        if each.targeted or not facts[each.indicator_id].agreed
    }
    numbers = {
        year: {str(each.number): each.indicator_id for each in agency.decree(year).indicators.itertuples(index=False)}
        for year in agency.years
    }
    return Known(agency, known_names(agency), facts, decided, numbers)


def known_names(agency: Agency) -> dict[str, str]:
    """Return the indicators' ids by each of their names: id, label, and the name as the decree has it."""
    found: dict[str, str] = {}
    for each in agency.indicators[["indicator_id", "label", "indicator"]].itertuples(index=False):
        for name in (each.indicator_id, each.label, each.indicator):
            found.setdefault(normal(name), each.indicator_id)
    return found


def numbers_of(known: Known, year: int) -> dict[str, str]:
    """Return the indicators' ids by their numbers in the decree of a year, or of the last one before or after."""
    years = list(known.numbers)
    return known.numbers[min(max(year, years[0]), years[-1]) if year else years[-1]]


def numbered_indicator(text: str, known: Known, year: int) -> str:
    """Return the indicator whose number a cell holds and nothing else (`3`, `IKU 3`), or nothing."""
    number = NUMBER.fullmatch(text.strip())
    return numbers_of(known, year).get(str(int(number[1])), "") if number else ""


def own_name(text: str, names: dict[str, str]) -> str:
    """Return the indicator whose own name, id or label a text is, what stands in brackets aside; nothing for others."""
    return names.get(normal(text)) or names.get(normal(_without_brackets(text))) or ""


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)", " ", text)


def match_indicator(text: str, names: dict[str, str]) -> Match | None:
    """Return the indicator that a name means or is nearest to, or None where none is near."""
    if own := own_name(text, names):
        return Match(own, sure=True)
    bare = normal(_without_brackets(text))
    likeness = sorted(((_likeness(bare, name), name) for name in names if name), reverse=True)
    best: dict[str, float] = {}
    for how, name in likeness:
        best.setdefault(names[name], how)
    ranked = list(best.items())
    if not ranked or ranked[0][1] < NEAR:
        return None
    apart = len(ranked) < 2 or ranked[0][1] - ranked[1][1] >= 0.05
    return Match(ranked[0][0], sure=False) if apart else None


def _likeness(one: str, other: str) -> float:
    """Return how alike two names are, by their letters or by the words that they share."""
    words, others = set(one.split()), set(other.split())
    shared = len(words & others) / max(1, min(len(words), len(others))) if min(len(words), len(others)) > 1 else 0
    return max(SequenceMatcher(None, one, other, autojunk=False).ratio(), 0.9 * shared)


def match_area(text: str, policy: Policy) -> str | None:
    """Return the area that a name means, nothing for the whole, or None where it is none or could be several."""
    word = " ".join(text.replace("_", " ").split())
    if not word or names_whole(word, policy.province):
        return ""
    exact = policy.area_by_fold.get(word.casefold())
    found = (exact,) if exact else match_areas(word, tuple(policy.areas))
    bare = AREA_NUMBER.sub("", word)
    return found[0] if len(found) == 1 else match_area(bare, policy) if bare not in ("", word) else None
