"""The body of a decree in any usual form -> its number, title, issuer, date, years, bases, uses and recipients.

Each is found by the words that decrees begin it with; what is not found stays empty, for the office to write.
"""

import datetime as dates
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from iku_analysis.indonesian import parse_date
from iku_analysis.sources.limits import FIRST_YEAR, LAST_YEAR

OFFICES = "KEPALA|BUPATI|WALI ?KOTA|GUBERNUR|MENTERI|DIREKTUR|SEKRETARIS|CAMAT|LURAH|KETUA|INSPEKTUR|PEJABAT"
KIND = r"(?:SURAT\s+)?KEPUTUSAN|PERATURAN"  # a regent or a minister sets them by regulation too, in articles
CODE = "(?:(?-i:[A-Z.]{1,6}) )?"  # before the number of a ministry's regulation: `PM 45 TAHUN 2021`
# Who governs a region or a ministry sets the indicators of its offices too: the title names which.
ABOVE = re.compile(r"BUPATI|WALI ?KOTA|GUBERNUR|MENTERI")
OF_OFFICE = re.compile(
    r"\bINDIKATOR KINERJA UTAMA\b(?: \(IKU\))?(?: (?:DI|PADA|LINGKUNGAN|LINGKUP))*"
    r" ((?:PEMERINTAH|KEMENTERIAN|DINAS|BADAN|INSPEKTORAT|SEKRETARIAT|SATUAN POLISI|KANTOR|KECAMATAN|KELURAHAN|RSUD|"
    r"RUMAH SAKIT|PUSKESMAS|UPTD?|BAGIAN|BIRO|DIREKTORAT)\b.*?)"
    r"(?=[,;.]? *(?:\bTAHUN\b|\bPERIODE\b|\bUNTUK\b|\(|[0-9]{4}|$))",
    re.IGNORECASE,
)
DIKTUM = (
    r"^[-\s]*(?:PERTAMA|KESATU|KEDUA|KETIGA|KEEMPAT|KELIMA|KEENAM|KETUJUH|KEDELAPAN|KESEMBILAN|KESEPULUH)\s*:?(?=\s|$)|"
    r"^\s*Pasal\s+[0-9]{1,3}\s*$"  # alone in its line: others are cited
)
YEARS = re.compile(
    r"((?:19|20)[0-9]{2})\s*(?:-|–|—|s\s*[./]?\s*d\.?|sampai(?: dengan)?|hingga)\s*((?:19|20)[0-9]{2})", re.I
)
ITEM = re.compile(r"^\s*(?:[0-9]{1,3}|[a-z])\s*[.)]\s*(.+)")
USES = re.compile(r"\b(digunakan|dipergunakan|acuan|dasar|dipakai)\b", re.IGNORECASE)
SENTENCE = re.compile(r"\b(?:untuk|dalam)\s+(?:menyusun|penyusunan|menetapkan|penetapan)\s+(.+)", re.IGNORECASE)


class Facts(NamedTuple):
    """What was found, empty where nothing was, each with the line that it begins in (`lines`, from 1)."""

    number: str = ""
    title: str = ""
    agency: str = ""
    date: dates.date | None = None
    years: tuple[int, int] | None = None
    legal_bases: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    lines: dict[str, int] = {}


def find_facts(lines: Sequence[str]) -> Facts:
    """Return what the lines of a decree say about it."""
    found: dict[str, tuple[int, object]] = {}
    for name, find in FINDERS.items():
        if (hit := find(lines)) is not None:
            found[name] = hit
    values = {name: value for name, (_line, value) in found.items()}
    return Facts(**values, lines={name: line + 1 for name, (line, _value) in found.items()})  # type: ignore[arg-type]


def is_decree(lines: Sequence[str]) -> bool:
    """Tell whether a text is a decree: it says so, and it decides."""
    text = "\n".join(lines)
    return bool(
        re.search(rf"^\s*({KIND})\b", text, re.M) and re.search(r"^\s*MEMUTUSKAN\b|^\s*Menetapkan\s*:", text, re.M)
    )


def _number(lines: Sequence[str]) -> tuple[int, str] | None:
    for place, line in enumerate(lines):
        match = re.match(rf"\s*NO(?:MOR)?\.?\s*:?\s*(?={CODE}\S*[0-9])(.{{1,120}})$", line, re.IGNORECASE)
        if match:
            words = " ".join(match[1].split())
            whole = re.fullmatch(r"([0-9]{1,6}) TAHUN ([0-9]{4})", words, re.IGNORECASE)
            return place, f"{whole[1]}/{whole[2]}" if whole else re.sub(r"\s*/\s*", "/", words)
    return None


def _title(lines: Sequence[str]) -> tuple[int, str] | None:
    for place, line in enumerate(lines):
        match = re.match(r"\s*TENTANG\b\s*:?\s*(.*)$", line)
        if match:
            words = [match[1]] if match[1].strip() else []
            for below in lines[place + 1 :]:
                if re.match(rf"\s*(DENGAN RAHMAT|Menimbang|MENIMBANG|({OFFICES})\b.*,\s*$)", below):
                    break
                if words and not below.strip():
                    break
                words += [below] if below.strip() else []
            return (place, " ".join(" ".join(words).split())) if words else None
    return None


def _agency(lines: Sequence[str]) -> tuple[int, str] | None:
    """Return whose indicators they are: the issuer's, or those of the office in the title that one above it set."""
    issuer, title = _issuer(lines), _title(lines)
    office = OF_OFFICE.search(title[1]) if title and issuer and ABOVE.match(issuer[1]) else None
    return (title[0], office[1].strip()) if title and office else issuer


def _issuer(lines: Sequence[str]) -> tuple[int, str] | None:
    for place, line in enumerate(lines):
        match = re.match(rf"\s*(?:{KIND})\s+(({OFFICES})\b.*)$", line)
        if match:
            words = [match[1]]
            for below in lines[place + 1 :]:
                if not below.strip() or re.match(r"\s*(NO(MOR)?\b|TENTANG\b)", below, re.IGNORECASE):
                    break
                words.append(below)
            whole = " ".join(" ".join(words).split())
            return place, re.sub(r"^KEPALA (?!DAERAH)", "", whole)
    return None


def _date(lines: Sequence[str]) -> tuple[int, dates.date] | None:
    for pattern in (r"\s*(?:pada\s+tanggal|tanggal\s+ditetapkan)\s*:?\s*(.+)", r"\s*tanggal\s*:?\s*(.+)"):
        for place, line in enumerate(lines):
            match = re.match(pattern, line, re.IGNORECASE)
            day = re.search(r"[0-9]{1,2}\s+[A-Za-z]+\s+[0-9]{4}", match[1]) if match else None
            try:
                if day:
                    return place, parse_date(day[0])
            except ValueError:
                continue
    return None


def _years(lines: Sequence[str]) -> tuple[int, tuple[int, int]] | None:
    """Return the years of the decree: those of its title, else of a diktum, else of any line."""
    titled = _title(lines)
    diktums = [place for place, line in enumerate(lines) if re.match(DIKTUM, line, re.IGNORECASE)]
    title = [(titled[0], titled[1])] if titled else []
    for place, line in [*title, *((place, lines[place]) for place in diktums), *enumerate(lines)]:
        for match in YEARS.finditer(line):
            first, last = int(match[1]), int(match[2])
            if FIRST_YEAR <= first <= last <= LAST_YEAR:
                return place, (first, last)
    return None


def _legal_bases(lines: Sequence[str]) -> tuple[int, tuple[str, ...]] | None:
    return _listed(lines, r"[-\s]*Mengingat\b\s*:?", r"[-\s]*(MEMUTUSKAN|Memperhatikan|Menetapkan)\b")


def _recipients(lines: Sequence[str]) -> tuple[int, tuple[str, ...]] | None:
    return _listed(lines, r"[-\s]*(Tembusan|Salinan)\b.*?(:|$)", r"\s*(LAMPIRAN|NO(MOR)?\b)")


def _listed(lines: Sequence[str], begin: str, end: str) -> tuple[int, tuple[str, ...]] | None:
    for place, line in enumerate(lines):
        match = re.match(begin, line, re.IGNORECASE)
        if match:
            items = tuple(_items([line[match.end() :], *_until(lines[place + 1 :], end)]))
            return (place, items) if items else None
    return None


def _until(lines: Sequence[str], end: str) -> Iterator[str]:
    for line in lines:
        if re.match(end, line, re.IGNORECASE):
            return
        yield line


def _items(lines: Sequence[str]) -> Iterator[str]:
    """Yield the items of a list, each over as many lines as it has, without the mark that ends it."""
    words: list[str] = []
    for line in [*lines, ""]:
        match = ITEM.match(line)
        if (match or not line.strip()) and words:
            yield re.sub(r"\s*(;|\.|; dan|, dan|dan)\s*$", "", " ".join(" ".join(words).split()))
            words = []
        if match:
            words = [match[1]]
        elif words:
            words.append(line)


def _uses(lines: Sequence[str]) -> tuple[int, tuple[str, ...]] | None:
    """Return what the indicators are used for: the list of a diktum that says so, or the things that it names."""
    starts = [place for place, line in enumerate(lines) if re.match(DIKTUM, line, re.IGNORECASE)]
    for place, following in zip(starts, [*starts[1:], len(lines)], strict=False):
        body = list(_until(lines[place:following], r"\s*(Ditetapkan|Pada tanggal|Tembusan)"))
        text = " ".join(" ".join(re.sub(DIKTUM, "", line, flags=re.IGNORECASE) for line in body).split())
        if not USES.search(text):
            continue
        items = tuple(_items(body[1:]))
        sentence = SENTENCE.search(text)
        if not items and sentence:
            parts = re.split(r"\s*(?:,|;|\bdan\b|\bserta\b)\s*", sentence[1].rstrip(" .;"))
            items = tuple(part for part in parts if part)
        if items:
            return place, items
    return None


FINDERS = {
    "number": _number,
    "title": _title,
    "agency": _agency,
    "date": _date,
    "years": _years,
    "legal_bases": _legal_bases,
    "uses": _uses,
    "recipients": _recipients,
}
