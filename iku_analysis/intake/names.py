"""Indicators and areas by the names that offices give them."""

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from iku_analysis.agency.load import Agency
from iku_analysis.sources.areas import match_areas, names_whole
from iku_analysis.sources.policy import Policy

CLOSE = 0.82  # of 1: how alike two names must be; our own choice, and never taken without a second sign or a question
NEAR = 0.4  # from which a name is proposed at all


class Match(NamedTuple):
    """An indicator that a name may mean: its id, and whether the name is its own."""

    indicator_id: str
    sure: bool


@lru_cache(maxsize=10_000)
def normal(text: str) -> str:
    """Return the words of a name alone, lower case: what is left when marks, numbering and blanks do not count."""
    bare = re.sub(r"^\s*(?:[0-9]{1,2}|[a-z])[.)]\s+", "", text.casefold())
    return " ".join(re.findall(r"[^\W_]+|%", bare))


def known_names(agency: Agency) -> dict[str, str]:
    """Return the indicators' ids by each of their names: id, label, and the name as the decree has it."""
    found: dict[str, str] = {}
    for each in agency.indicators[["indicator_id", "label", "indicator"]].itertuples(index=False):
        for name in (each.indicator_id, each.label, each.indicator):
            found.setdefault(normal(name), each.indicator_id)
    return found


def numbers_of(agency: Agency, year: int) -> dict[str, str]:
    """Return the indicators' ids by their numbers in the decree of a year, or of the last one before or after."""
    years = agency.years
    decree = agency.decree(min(max(year, years[0]), years[-1]) if year else years[-1])
    rows = decree.indicators[["number", "indicator_id"]].itertuples(index=False)
    return {str(each.number): each.indicator_id for each in rows}


def match_indicator(text: str, names: dict[str, str]) -> Match | None:
    """Return the indicator that a name means or is nearest to, or None where none is near."""
    word = normal(text)
    bare = normal(re.sub(r"\([^()]*\)", " ", text))
    for each in (word, bare):
        if each in names:
            return Match(names[each], sure=True)
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
    return found[0] if len(found) == 1 else None
