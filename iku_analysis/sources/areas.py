"""Names of areas as offices write them -> the areas of policy.toml."""

import re
from functools import lru_cache

from iku_analysis.language import _
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.rows import Row, quote, suggest

# What an area is, and how that is shortened. `Administrasi` says nothing that tells two areas apart.
KINDS = {
    "kota": "kota",
    "kotamadya": "kota",
    "kodya": "kota",
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "provinsi": "provinsi",
    "propinsi": "provinsi",
    "prov": "provinsi",
    "kecamatan": "kecamatan",
    "kec": "kecamatan",
    "kelurahan": "kelurahan",
    "kel": "kelurahan",
    "desa": "desa",
}
SHORT = {"kep": "kepulauan"}
SILENT = {"administrasi", "administratif", "adm", "admin"}


def read_area(row: Row, policy: Policy) -> str | None:
    """Return the area of a row as policy.toml writes it, or nothing for the whole; None after noting a problem.

    An official form (`Kota Adm. Jakarta Pusat`), another case, underscores and double blanks are the same
    area as long as no other area could be meant.
    """
    text = row.text("area")
    exact = policy.area_by_fold.get(text.casefold(), "")
    if not text or exact:
        return exact
    found, whole = match_areas(text, tuple(policy.areas)), names_whole(text, policy.province)
    if whole and (not found or text.casefold() == policy.province.casefold()):
        return ""
    if len(found) == 1 and not whole:
        return found[0]
    choices = [*found, policy.province] if whole else found or policy.areas
    near = suggest(text, choices)
    mend = _("Tulis salah satunya.") + near
    if not found and not near:
        mend += " " + _(
            'Bila ini nama seluruh wilayah, kosongkan selnya, atau tulis province = "{name}" di policy.toml.',
            name=text[:80],
        )
    row.refuse("area", quote(text), _("salah satu dari {choices}", choices=", ".join(choices)), mend)
    return None


def names_whole(text: str, province: str) -> bool:
    """Tell whether a name is that of the whole, however it is written."""
    (kind, name), (own, called) = _parts(text), _parts(province)
    return bool(province) and name == called and (kind in ("", own) or {kind, own} == {"provinsi", ""})


@lru_cache(maxsize=1024)  # a table repeats its areas
def match_areas(text: str, areas: tuple[str, ...]) -> tuple[str, ...]:
    """Return the areas that a name may mean: the same but for words that tell what an area is."""
    kind, name = _parts(text)
    parts = {area: _parts(area) for area in areas}
    alike = (area for area, (own, called) in parts.items() if called == name and (not kind or not own or kind == own))
    return tuple(alike)


def areas_within(text: str, policy: Policy) -> list[str]:
    """Return the areas that a line of words names among others; the whole and the agency are none of them."""
    words = _words(text)
    line = f" {' '.join(words)} "
    spans: list[tuple[int, int, str]] = []
    for name, area in [(area, area) for area in policy.areas] + [(policy.province, ""), (policy.agency, "")]:
        kind, own = _parts(name)
        length = len(own.split())
        if not own or f" {own} " not in line:
            continue
        for at in range(len(words) - length + 1):
            before = KINDS.get(words[at - 1], "") if at else ""
            if " ".join(words[at : at + length]) == own and (not before or not kind or before == kind):
                spans.append((at - (before == kind != ""), at + length, area))
    inner = {one for one in spans for other in spans if _contains(other, one)}
    return list(dict.fromkeys(area for span in spans if span not in inner and (area := span[2])))


def _contains(outer: tuple[int, int, str], inner: tuple[int, int, str]) -> bool:
    """Tell whether a name stands within a longer one."""
    return outer[:2] != inner[:2] and outer[0] <= inner[0] and inner[1] <= outer[1]


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[str, str]:
    """Return what an area is (`kota`, or nothing) and its name, words in lower case."""
    words = _words(text)
    kind = KINDS.get(words[0], "") if len(words) > 1 else ""
    return kind, " ".join(words[1:] if kind else words)


def _words(text: str) -> list[str]:
    # A sign that is no punctuation tells two names apart as letters do.
    words = re.findall(r"[^\W_]+|[^\w\s.,;:()/'’-]", text.casefold())
    return [SHORT.get(word, word) for word in words if word not in SILENT]
