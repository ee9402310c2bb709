"""What people write about a year, `notes/YEAR.md` -> frame `notes`. Only headings are read; all else is kept.

`# uttp` (or `# 6`, `# IKU 6`) begins an indicator and `# umum` the agency; `## Penyebab` begins a text.
"""

import re
from collections.abc import Callable
from itertools import dropwhile
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from iku_analysis.indonesian import MISSING
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.schema import AGENCY_SECTIONS, INDICATOR_SECTIONS, NOTES, make_frame
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.file_faults import find_control, read_text, too_long
from iku_analysis.sources.in_force import covered_years, decree_in_force
from iku_analysis.sources.limits import LONGEST_TEXT
from iku_analysis.sources.rows import quote, suggest
from iku_analysis.storage.data_root import visible_files

AGENCY_HEADINGS = ("umum", "general")
HEADINGS = {  # section: the two ways to write its heading
    "causes": ("Penyebab", "Causes"),
    "obstacles": ("Hambatan", "Obstacles"),
    "solutions": ("Solusi", "Solutions"),
    "programmes": ("Program", "Programmes"),
    "standard": ("Standar nasional", "National standard"),
    "next_steps": ("Langkah berikutnya", "Next steps"),
    "organisation": ("Organisasi", "Organisation"),
    "issues": ("Isu strategis", "Strategic issues"),
    "conclusion": ("Simpulan", "Conclusion"),
    "first_party": ("Pihak pertama", "First party"),
    "second_party": ("Pihak kedua", "Second party"),
}
CANONICAL = {word.casefold(): section for section, words in HEADINGS.items() for word in words}

HEADING = re.compile(r"(#{1,2}) (.*\S.*)")
DEEPER = re.compile(r"#{3,} .*")  # a heading in Markdown, not here
UNSPACED = re.compile(r"##([^#\s].*)")


Refuse = Callable[[int, str, str, str], None]  # line, found, expected, mend


class Block(NamedTuple):
    """A heading (level 1 or 2; 0 before the first), the line it stands in, and the lines below it."""

    level: int
    heading: str
    line: int
    below: list[str]


def read_notes(root: Path, decrees: list[Decree]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the notes of a data root (often none), and everything that is wrong with its files.

    A text is kept as written, without the blank lines around it; one that is blank, `-` or `n/a` is missing.
    """
    problems: list[Problem] = []
    rows = []
    for path in visible_files(root / "notes"):
        year = _year_of(path, covered_years(decrees), problems)
        text = _decode(path, problems) if year else None
        if year and text is not None:
            decree = decree_in_force(decrees, year)
            assert decree is not None
            found = _read_blocks(_split(text, path, problems), path, decree, problems)
            rows += [{"year": year, "file": _name(path), **row} for row in found]
    return make_frame(NOTES, rows), sorted(problems, key=lambda each: (each.file, each.row or 0))


def _name(path: Path) -> str:
    return f"notes/{path.name}"


def _year_of(path: Path, years: list[int], problems: list[Problem]) -> int | None:
    """Return the year that names the file, or None after refusing it."""
    if re.fullmatch(r"[0-9]{4}\.md", path.name) and int(path.stem) in years:
        return int(path.stem)
    expected = _("TAHUN.md, tahun dalam masa keputusan, {first}-{last}", first=years[0], last=years[-1])
    mend = _("Namai berkas menurut tahunnya, misalnya {year}.md, atau pindahkan dari folder ini.", year=years[-1])
    problems.append(Problem(_name(path), None, None, quote(path.name), expected, mend))
    return None


def _decode(path: Path, problems: list[Problem]) -> str | None:
    """Return the text of a file, or None after refusing it."""
    text, faults = read_text(path, _name(path))
    if problem := find_control(text, _name(path)):
        faults.append(problem)
    problems += faults
    return None if faults else text


def _split(text: str, path: Path, problems: list[Problem]) -> list[Block]:
    """Return the text cut at its headings."""
    blocks = [Block(0, "", 0, [])]
    for number, line in enumerate(text.split("\n"), start=1):
        heading, unspaced = HEADING.fullmatch(line), UNSPACED.fullmatch(line)
        if unspaced and _fold(unspaced[1]) not in CANONICAL:
            unspaced = None
        if DEEPER.fullmatch(line) or unspaced:
            expected = _("judul yang diawali “# ” atau “## ”")
            problems.append(Problem(_name(path), number, None, quote(line), expected, _how_to_mend()))
        if heading:
            blocks.append(Block(len(heading[1]), heading[2].strip(), number, []))
        elif unspaced:
            blocks.append(Block(2, unspaced[1].strip(), number, []))
        else:
            blocks[-1].below.append(line)
    return blocks


def _read_blocks(blocks: list[Block], path: Path, decree: Decree, problems: list[Problem]) -> list[dict]:
    """Return the texts as rows of frame `notes`, without year and file."""

    def refuse(line: int, found: str, expected: str, mend: str) -> None:
        problems.append(Problem(_name(path), line, None, quote(found), expected, mend))

    rows = []
    subject: str | None = None  # an indicator id, or nothing for the agency; None while unknown
    begun = False
    first: dict[tuple[str, str], int] = {}
    for block in blocks:
        text = _trim(block.below)
        if block.level < 2 and text:
            line = next(number for number, each in enumerate(block.below, block.line + 1) if each.strip())
            expected = _("judul “# umum” atau “# indikator”, lalu “## Penyebab” dan seterusnya, di atas teks")
            refuse(line, text.partition("\n")[0], expected, _("Tulis judulnya di atas baris ini."))
        if block.level == 1:
            subject, begun = _subject_of(block, decree, refuse), True
        if block.level == 2 and not begun:
            expected = _("judul “# umum” atau “# indikator” di atasnya")
            refuse(block.line, block.heading, expected, _("Tulis judulnya di atas baris ini."))
        if block.level < 2 or subject is None:
            continue
        section = _section_of(block, subject, refuse)
        if section is None:
            continue
        if (line := first.setdefault((subject, section), block.line)) != block.line:
            expected = _("satu kali; yang pertama di baris {row}", row=line)
            refuse(block.line, block.heading, expected, _("Gabungkan kedua teksnya di bawah satu judul."))
        elif len(text) > LONGEST_TEXT:
            problems.append(too_long(_name(path), block.line, None, len(text)))
        elif text.strip().casefold() not in MISSING:
            rows.append({"indicator_id": subject, "section": section, "text": text, "row": block.line})
    return rows


def _subject_of(block: Block, decree: Decree, refuse: Refuse) -> str | None:
    """Return the id of the indicator that a heading names, nothing for the agency, or None after refusing it."""
    name = _fold(block.heading)
    if name in AGENCY_HEADINGS:
        return ""
    indicator = decree.by_name.get(name.removeprefix("iku "))
    if indicator is None:
        ids = list(decree.indicators["indicator_id"])
        meant = dict(
            zip([*AGENCY_HEADINGS, *ids, *decree.indicators["label"]], [*AGENCY_HEADINGS, *ids, *ids], strict=True)
        )
        expected = _("umum, atau id atau nomor indikator: {ids}", ids=", ".join(ids))
        refuse(block.line, block.heading, expected, _how_to_mend() + suggest(block.heading, meant))
        return None
    return str(indicator["indicator_id"])


def _section_of(block: Block, subject: str, refuse: Refuse) -> str | None:
    """Return the section that a heading begins, or None after refusing it."""
    section = CANONICAL.get(_fold(block.heading))
    allowed = INDICATOR_SECTIONS if subject else AGENCY_SECTIONS
    if section in allowed:
        return section
    expected = ", ".join(HEADINGS[each][0] for each in allowed)
    if section is None:
        words = [word for each in allowed for word in HEADINGS[each]]
        refuse(block.line, block.heading, expected, _how_to_mend() + suggest(block.heading, words))
    elif subject:
        refuse(block.line, block.heading, expected, _("Pindahkan ke bawah judul “# umum”."))
    else:
        refuse(block.line, block.heading, expected, _("Pindahkan ke bawah judul indikatornya, misalnya “# 6”."))
    return None


def _how_to_mend() -> str:
    return _("Perbaiki judulnya; bila baris ini bagian dari teks, awali dengan spasi.")


def _fold(heading: str) -> str:
    return " ".join(heading.casefold().split())


def _trim(lines: list[str]) -> str:
    """Return the lines as one text, without the blank ones around it."""
    for _end in range(2):
        lines = list(dropwhile(lambda line: not line.strip(), lines))[::-1]
    return "\n".join(lines)
