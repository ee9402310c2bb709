"""Marks behind figures and periods, `*)`, `r`, `(angka sementara)`: what a legend says of each, else as BPS uses it."""

import re
from collections.abc import Iterable, Mapping

PROVISIONAL, REVISED, PLAIN = "sementara", "diperbaiki", "bukan keduanya"  # answers, and what a mark may mean
WORDS = r"\((?P<words>(?:(?:angka|data) )?(?:sangat )?(?:sementara|provisional|prov|diperbaiki|revisi|revised))\)"
SIGN = r"(?:\((?P<within>\*+|p|r|x{1,3})\s*\)|(?P<star>\*+)\s*\)?|(?P<raised>[¹²³⁴⁵⁶⁷⁸⁹⁰]+)⁾?"
MARK = re.compile(
    rf"\s*(?:{WORDS}|{SIGN}|(?<=[0-9\s])(?P<letter>p|r|x{{1,3}})\)|(?<=\s)(?P<other>[a-z0-9])\)"
    r"|(?<=[0-9\s])(?P<bare>p|(?-i:r|e)|x{1,3})))\s*$",
    re.IGNORECASE,
)
USUAL = {
    **dict.fromkeys(("*", "**", "***", "p)", "x)", "xx)", "xxx)"), "angka sementara"),
    "r)": "angka diperbaiki",
    "e)": "angka estimasi",
}
RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
HEAD = r"\s*(?:keterangan|catatan|ket|notes?|penjelasan|sumber(?: data)?)\b\.?\s*"
NOTE, SAID = (re.compile(HEAD + end, re.IGNORECASE) for end in (r":?\s*", "(?::|$)"))
# `*) termasuk binaan`, `r = angka diperbaiki`, `x Angka sementara`: a sign and what it means.
SIGNED = re.compile(
    r"(?:^|(?<=[\s;,:(/]))(?:(?P<star>\*+)\s*\)?|(?P<raised>[¹²³⁴⁵⁶⁷⁸⁹⁰]+)⁾?|(?P<letter>[a-z0-9]|x{2,3})(?=\s*[)=:])"
    r"|(?P<alone>p|r|e|x{1,3})(?=\s+(?:angka|data|sangat|sementara|diperbaiki|revisi)\b))\s*[)=:]*\s*",
    re.IGNORECASE,
)
MEANT = {
    REVISED: re.compile(r"\b(diperbaiki|perbaikan|direvisi|revisi|revised|dikoreksi|koreksi)\b", re.IGNORECASE),
    PROVISIONAL: re.compile(r"\b(sementara|provisional|preliminary|prov)\b", re.IGNORECASE),
}
# A note that takes from a figure what its period and its column say of it.
OTHERWISE = re.compile(
    r"\b(estimasi|perkiraan|prakiraan|proyeksi|prognos\w*|target|rencana|s\s*\.?\s*/?\s*d\.?|sampai|hingga|per|posisi|"
    r"keadaan|kumulatif|belum|bulan|triwulan|tw|semester|tahun)\b|\b(?:19|20)[0-9]{2}\b",
    re.IGNORECASE,
)


def take_mark(text: str) -> tuple[str, str]:
    """Return the mark at the end of a text and what stands before it; a letter without its bracket is `r`, not `r)`."""
    found = MARK.search(text)
    if found is None:
        return "", text
    sign = found["within"] or found["letter"] or found["other"] or ""
    raised = (found["raised"] or "").translate(RAISED)
    mark = found["words"] or found["star"] or found["bare"] or f"{sign or raised})"
    return mark.lower().replace("*)", "*"), text[: found.start()].rstrip()


def is_note(words: str) -> bool:
    """Tell whether a line of words explains others: `Catatan: ...`, `Sumber: ...`, `*) termasuk binaan`."""
    return SAID.match(words) is not None or bool(legend_of([words]))


def legend_of(lines: Iterable[str]) -> dict[str, str]:
    """Return what lines of words say of marks, by the mark without its bracket: `*) angka sementara; r) revisi`."""
    found: dict[str, str] = {}
    for line in lines:
        note = NOTE.match(line)
        bare = line[note.end() :] if note else line.lstrip()
        signs = list(SIGNED.finditer(bare))
        if not signs or signs[0].start():
            continue
        ends = [*(sign.start() for sign in signs[1:]), len(bare)]
        for sign, end in zip(signs, ends, strict=True):
            words = " ".join(bare[sign.end() : end].split()).strip(" ;,./(")
            mark = sign["star"] or (sign["raised"] or sign["letter"] or sign["alone"]).translate(RAISED).lower()
            if re.search(r"[^\W\d_]{3}", words):
                found.setdefault(mark, words)
    return found


def words_of_mark(mark: str, legend: Mapping[str, str]) -> str:
    """Return the words that say what a mark means, nothing where neither the legend nor usage does."""
    is_word = re.search("[a-z]{4}", mark) is not None
    return legend.get(mark.rstrip(")")) or USUAL.get(mark, mark if is_word else "")


def meaning_of(mark: str, legend: Mapping[str, str]) -> str:
    """Return what a mark means, nothing where it has to be asked."""
    words = words_of_mark(mark, legend)
    meant = [meaning for meaning, pattern in MEANT.items() if pattern.search(words)]
    if len(meant) == 1:
        return meant[0]
    is_open = len(meant) > 1 or OTHERWISE.search(words) or (not words and not mark.endswith(")"))
    return "" if is_open else PLAIN
