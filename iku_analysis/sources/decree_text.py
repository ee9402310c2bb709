"""The body of a decree (all of `decree.txt` but its annex table) -> its facts.

Every pattern here takes time in proportion to the text: it begins at one place, and never tries another way.
"""

import re
from datetime import date

from iku_analysis.indonesian import format_date, parse_date
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.file_faults import too_long
from iku_analysis.sources.limits import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT, MOST_YEARS
from iku_analysis.sources.rows import quote

NUMBER = "([0-9]{1,6}) TAHUN ([0-9]{4})"
ITEM = re.compile(r"^[^\S\n]*+[0-9]{1,6}\.\s++(.+)", re.MULTILINE)


def read_facts(text: str, name: str) -> tuple[dict, list[Problem]]:
    """Return the facts of the decree's body by the field names of `Decree`."""
    problems: list[Problem] = []

    def find(pattern: str, what: str, begin: str = "") -> tuple[int, re.Match] | None:
        """Return where a pattern first stands behind the first place of another one, and where that ends."""
        first = re.search(begin, text, re.MULTILINE)
        match = re.compile(pattern, re.MULTILINE).search(text, first.end()) if first else None
        if first and match:
            return first.end(), match
        mend = _("Lengkapi teks keputusan di berkas ini.")
        problems.append(Problem(name, None, None, _("tidak ditemukan"), what, mend))
        return None

    def between(begin: str, end: str, what: str) -> str:
        found = find(end, what, begin)
        return text[found[0] : found[1].start()].strip() if found else ""

    def words(begin: str, end: str, what: str) -> str:
        found = " ".join(between(begin, end, what).split())
        if len(found) > LONGEST_TEXT:
            problems.append(too_long(name, None, what, len(found)))
        return found

    def listed(begin: str, end: str, what: str) -> tuple[str, ...]:
        section = between(begin, rf"^[- ]*+{end}", what)
        items = [_without_mark(item) for item in ITEM.findall(section)]
        if section and not items:
            mend = _("Tulis butirnya sebagai daftar bernomor.")
            problems.append(Problem(name, None, None, _("daftar kosong"), what, mend))
        problems.extend(too_long(name, None, what, len(item)) for item in items if len(item) > LONGEST_TEXT)
        return tuple(items)

    number = find(rf"^NOMOR\s*+:\s*+{NUMBER}", "NOMOR : … TAHUN …")
    title = words(r"^TENTANG\s++(?=\S)", r"\sDENGAN RAHMAT", "TENTANG …")
    agency = words(r"^KEPUTUSAN KEPALA ++(?=\S)", r"\n[^\S\n]*+\n", "KEPUTUSAN KEPALA …")
    issued = find(r"^Pada tanggal\s*+:\s*+(.+)", "Pada tanggal : …")
    period = find(r"Tahun ([0-9]{4})\s*+-\s*+([0-9]{4})", _("masa berlaku di diktum KESATU"), begin=r"^- KESATU\s*+:")
    annex_number = find(rf"^Nomor\s*+:\s*+{NUMBER}", _("nomor di kepala lampiran"))
    annex_date = find(r"^Tanggal\s*+:\s*+(.+)", _("tanggal di kepala lampiran"))
    legal_bases = listed("Mengingat", "MEMUTUSKAN", _("dasar hukum (Mengingat)"))
    uses = listed("KETIGA", "(?:KEEMPAT|Ditetapkan)", _("daftar kegunaan di diktum KETIGA"))
    recipients = listed("Tembusan", "Lampiran", _("daftar tembusan"))
    if problems:
        return {}, problems
    assert number and issued and period and annex_number and annex_date
    day = _check_heads((number[1], issued[1]), (annex_number[1], annex_date[1]), name, problems)
    years = range(int(period[1][1]), int(period[1][2]) + 1)
    if not years or len(years) > MOST_YEARS or years[0] < FIRST_YEAR or years[-1] > LAST_YEAR:
        expected = _(
            "paling banyak {count} tahun, antara {first} dan {last}", count=MOST_YEARS, first=FIRST_YEAR, last=LAST_YEAR
        )
        mend = _("Perbaiki tahun di diktum KESATU.")
        line = text.count("\n", 0, period[1].start()) + 1
        problems.append(Problem(name, line, None, f"{period[1][1]}-{period[1][2]}", expected, mend))
    if problems:
        return {}, problems
    return {
        "number": f"{number[1][1]}/{number[1][2]}",
        "title": title,
        "agency": agency,
        "date": day,
        "first_year": years[0],
        "last_year": years[-1],
        "legal_bases": legal_bases,
        "uses": uses,
        "recipients": recipients,
    }, []


def _check_heads(
    body: tuple[re.Match, re.Match], annex: tuple[re.Match, re.Match], name: str, problems: list[Problem]
) -> date | None:
    """Return the day of a decree; its number and day must be those at the head of its annex."""
    heads = []
    for number, written in (body, annex):
        try:
            heads.append((number[1], number[2], parse_date(written[1])))
        except ValueError:
            mend = _("Tulis tanggal seperti 1 Oktober 2018.")
            problems.append(Problem(name, None, None, quote(written[1]), _("tanggal"), mend))
    if problems:
        return None
    if heads[0] != heads[1]:
        of_body, of_annex = (
            _("Nomor {number} Tahun {year}, {day}", number=number, year=year, day=format_date(day))
            for number, year, day in heads
        )
        mend = _("Samakan nomor dan tanggal di kepala lampiran dengan keputusannya.")
        problems.append(Problem(name, None, None, of_annex, of_body, mend))
    return heads[0][2]


def _without_mark(item: str) -> str:
    """Return an item of a list without the mark that ends it."""
    text = item.rstrip()
    return text[:-1].rstrip() if text.endswith((";", ".")) else text
