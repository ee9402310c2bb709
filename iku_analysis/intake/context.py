"""What stands around a table and holds for all of it: its year, its indicator, its source, whether it is a plan."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from iku_analysis.intake.names import Known, Match, normal
from iku_analysis.intake.reading import Reading
from iku_analysis.intake.rows import Line, words_of
from iku_analysis.intake.tables import Table
from iku_analysis.intake.when import OF_WHOLE, PART, PARTS_OF_YEAR, When, kind_of, read_when, take_when
from iku_analysis.language import _
from iku_analysis.sources.areas import areas_within

AS_HEADED = "menurut judul kolom"  # an answer
SOURCE = re.compile(r"\bsumber(?: data)?\s*[:=]\s*(.+)", re.IGNORECASE)
PLAN = re.compile(r"\b(target|rencana|perjanjian|penetapan)\b", re.IGNORECASE)
# Years that are none of the figures: of a law or decree that is cited, of the day of printing.
CITED = re.compile(
    r"\b(?:(?:nomor|no\.?)\s*[:.]?\s*\S*[0-9]\S*\s+|"
    r"(?:undang-undang|uu|peraturan|perda|perbup|perwali|pergub|permen\w*|perpres|pp|keputusan|kepgub|sk)\b.{0,60}?\b)tahun\s+(?:19|20)[0-9]{2}(?:\s+tentang\b.*)?",
    re.IGNORECASE,
)
PRINTED = re.compile(r"\b(?:di)?cetak\b|^\W*tanggal\b|\bdiunduh\b|\bdiperbarui\b|\bupdate\b", re.IGNORECASE)
PART_OF_AGENCY = re.compile(
    r"(uptd?|puskesmas|rsud|suku dinas|sudin|cabang dinas|kecamatan|kelurahan|desa)\b\.?\s+[^\W\d]", re.IGNORECASE
)
HALF = re.compile(r"\bsemester(?:an)?\b", re.IGNORECASE)
AGREEMENT = re.compile(r"\b(perjanjian|penetapan|kontrak) kinerja\b", re.IGNORECASE)
RESULT = re.compile(r"\b(realisasi|capaian|pengukuran|evaluasi|hasil|laporan|data)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """What the words around a table say of all its figures; `years` are all that they name.

    `agreement` is the line that names a performance agreement.
    `said_part` is the word that speaks of parts of the year, of which none says which: `TRIWULANAN`.
    `by_half` tells that they speak of semesters: `I` and `II` in the headings are those then.
    `areas` are those that they name, `part` an office below the agency; the table may be about it, or about the whole.
    `near_id` is the indicator that they may mean: its id or its only word stands among others, `DINAS KOPERASI`.
    """

    when: When
    indicator_id: str
    near_id: str
    source: str
    agreement: str
    areas: tuple[str, ...]
    part: str
    said_part: str
    by_half: bool
    is_plan: bool
    years: tuple[int, ...]


def context_of(table: Table, reading: Reading, known: Known, below: list[str]) -> Context:
    """Return what the lines above a table, its sheet's name and its file's name say; the nearest says first."""
    names = known.names
    own = [words for _row, words in table.above]
    before = [] if any(_when_of(words).year for words in own) else table.before
    lines = [*before, *own]
    places = [*reversed(lines), table.sheet, PurePath(reading.name).stem.replace("_", " ")]
    speaks_of_part = any(PART.search(words) or OF_WHOLE.search(words) for words in own)
    when, years = When(), list[int]()
    for place, words in enumerate(places):
        found = _when_of(words)
        if len(own) <= place < len(lines) and speaks_of_part:  # of another part of the year, or of all of it
            found = When(found.year)
        if found.year and found.year not in years:
            years.append(found.year)
        when = when.within(found._replace(part=found.part if not when.part or when.year == found.year else ""))
    sources = [match[1].strip() for line in [*lines, *below] if (match := SOURCE.search(line))]
    told = " ".join([*lines, table.sheet])
    found_in = [_indicator_in(words, names) for words in places if words not in before]
    indicators, near = (
        list(dict.fromkeys(match.indicator_id for match in found_in if match and match.sure == sure))
        for sure in (True, False)
    )
    return Context(
        when,
        indicators[0] if len(indicators) == 1 else "",
        near[0] if len(near) == 1 else "",
        sources[0] if sources else "",
        next((line for line in lines if AGREEMENT.search(line)), ""),
        next((tuple(areas) for words in places if (areas := areas_within(words, known.policy))), ()),
        next((part for words in places if (part := part_of_agency(words, known))), ""),
        _said_part(places, when),
        HALF.search(told) is not None,
        bool(PLAN.search(told)) and not RESULT.search(told),
        tuple(years),
    )


def _when_of(words: str) -> When:
    """Return the period that a line names for figures, not that of a law or of its printing."""
    return When() if PRINTED.search(words) else take_when(CITED.sub(" ", words))[0]


def _said_part(places: list[str], when: When) -> str:
    """Return the word by which lines speak of a part of the year that they do not name, or of one not read here."""
    for words in places:
        found, left = take_when(CITED.sub(" ", words))
        said = PART.search(left)
        if said and (said["other"] or said["less"] or not (when.part or found.part)):
            return said[0]
    return ""


def part_of_agency(words: str, known: Known) -> str:
    """Return the office below the agency that a line names: `UPT Puskesmas Melati`; no indicator, nor the agency."""
    line = take_when(words)[1]
    kind = PART_OF_AGENCY.match(line)
    if kind is None or kind[1].casefold() in known.policy.agency.casefold():
        return ""
    return "" if any(normal(line) in name for name in known.names) else line


def _indicator_in(words: str, names: dict[str, str]) -> Match | None:
    """Return the only indicator whose name a line holds as whole words; sure where the line, period aside, is the name.

    A name of several words may have others around it.
    """
    line = f" {normal(words)} "
    for text in (take_when(words)[1], words.partition(":")[2]):
        if own := names.get(normal(text)):
            return Match(own, sure=True)
    found = {names[name]: name for name in names if f" {name} " in line}
    longest = {
        key for key, name in found.items() if not any(name != other and name in other for other in found.values())
    }
    if len(longest) != 1:
        return None
    indicator_id = longest.pop()
    return Match(indicator_id, sure=" " in found[indicator_id])


def check_years(table: Table, context: Context, reading: Reading) -> bool:
    """Tell whether the years around a table and in its headings go together; those that do not are asked about."""
    own = {column.when.year for column in table.columns if column.when.year}
    around = set(context.years)
    if len(around) < 2 and (not own or not around or around & own):
        return True
    if own and around & own and len(around - own) == 0:
        return True
    found = ", ".join(map(str, sorted(around | own)))
    question = _("Judul, lembar, nama berkas atau kolom menyebut tahun yang berlainan: {years}.", years=found)
    if own:
        return bool(reading.ask("tahun", table.sheet, question, [AS_HEADED], kept=False))
    return bool(reading.ask("tahun", table.sheet, question, [str(year) for year in sorted(around)], kept=False))


def check_part(table: Table, context: Context, reading: Reading) -> str | None:
    """Return the part of the year that the words around a table name; None while its title and sheet name two."""
    told = (part for _row, words in reversed(table.above) if (part := _when_of(words).part))
    titled, of_sheet = next(told, ""), take_when(table.sheet)[0].part
    if not of_sheet or not titled or titled == of_sheet or kind_of(titled) != kind_of(of_sheet):
        return context.when.part
    choices = [PARTS_OF_YEAR[kind_of(part)][int(part.lstrip("QS")) - 1] for part in (titled, of_sheet)]
    question = _("Judul menyebut {title}, nama lembarnya {sheet}: yang mana?", title=choices[0], sheet=choices[1])
    answer = reading.ask(f"bagian tahun lembar {table.sheet}", table.sheet, question, choices, kept=False)
    return take_when(answer)[0].part if answer else None


def with_areas(context: Context, lines: list[Line], known: Known) -> Context:
    """Return the context with the areas that the first of some lines to name any has."""
    named = (areas_within(words_of(line), known.policy) for line in lines)
    return replace(context, areas=next((tuple(areas) for areas in named if areas), context.areas))


def above_lines(context: Context, line: Line, known: Known, around: When) -> Context:
    """Return the context of the lines below one of words: its area, and its period within the table's (`around`)."""
    when = read_when(words_of(line)) or When()
    within = when.within(around if when.year else context.when)
    return replace(with_areas(context, [line], known), when=within)
