"""What each line of an office's table is about: its indicator, its area, its period; asked where it is not plain."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from iku_analysis.indonesian import format_period
from iku_analysis.intake.context import Context
from iku_analysis.intake.headings import PARTS_OF_TIME, Column
from iku_analysis.intake.marks import take_mark
from iku_analysis.intake.names import Known, match_area, match_indicator, numbered_indicator, numbers_of, own_name
from iku_analysis.intake.reading import Left, Reading, rows_words
from iku_analysis.intake.rows import Line, is_measure, words_of
from iku_analysis.intake.tables import Table
from iku_analysis.intake.when import (
    DAY,
    OF_WHOLE,
    PARTS_OF_YEAR,
    WHOLE_YEAR,
    When,
    ends,
    is_below_month,
    kind_of_part,
    read_when,
    take_when,
    when_in_key,
)
from iku_analysis.language import _
from iku_analysis.schema import BASES, STATUSES
from iku_analysis.sources.rows import quote
from iku_analysis.sources.sheet_cells import letters_of

WHOLE = "seluruh wilayah"  # answers
OF_PART, OF_YEAR, EXISTS = "sesuai judul", "setahun", "sudah ada"
SERIES = "konteks"  # the answer that makes figures a series beside the indicator
SKIP = "lewati"  # the answer that leaves a line or a column out


@dataclass(frozen=True)
class Setting:
    """A table with all that is held against it: the words around it, and what the data root knows.

    `numbered` are the indicators by the numbers of a column `No`, where that column tells them; `legend` says what the
    marks behind figures mean.
    """

    table: Table
    context: Context
    known: Known
    numbered: dict[str, str]
    legend: dict[str, str]
    reading: Reading

    @cached_property
    def is_series(self) -> bool:
        """Whether the figures are series that stand beside an indicator, and no realisations of it."""
        return bool(self.table.of_role("series")) or self.reading.answers.get("basis") == SERIES

    @cached_property
    def basis(self) -> str:
        """What the figures are, as it was said, or nothing while that is open."""
        return self.reading.ask("basis", self.table.sheet, _("Angka-angka ini apa?"), [*BASES, SERIES])

    @cached_property
    def status(self) -> str:
        """Whether the figures are final, as it was said, or nothing while that is open."""
        return self.reading.ask("status", self.table.sheet, _("Sudah final, atau sementara?"), STATUSES)

    @cached_property
    def needs_indicator(self) -> bool:
        """Whether each line must be about an indicator: not where headings name them, or in a budget."""
        return not self.table.of_role("programme") and not any(each.indicator_id for each in self.table.columns)


class Subject(NamedTuple):
    """What a line's figures are about; an empty area is the whole."""

    indicator_id: str
    area: str
    when: When


def named_indicator(line: Line, names: dict[str, str]) -> str:
    """Return the indicator whose own name, id or label a line has; nothing for one that is only like it."""
    text = line.keys.get("indicator") or line.keys.get("code") or ""
    return own_name(text, names) if text else ""


def names_a_thing(line: Line, known: Known) -> bool:
    """Tell whether a line names an indicator, an area or a period, of which it must hold figures then."""
    periods = any(when_in_key(role, line.keys[role])[1] for role in PARTS_OF_TIME if role in line.keys)
    return bool(named_indicator(line, known.names) or periods or match_area(line.keys.get("area", ""), known.policy))


def numbers_tell(lines: list[Line], known: Known, year: int) -> dict[str, str]:
    """Return the indicators by the numbers of a column `No`, where each line with a known name agrees with it."""
    numbers, agreed = numbers_of(known, year), 0
    for line in lines:
        number, own = _number(line), named_indicator(line, known.names)
        if own and number:
            if numbers.get(number) != own:
                return {}
            agreed += 1
    return numbers if agreed else {}


def _number(line: Line) -> str:
    return line.keys.get("number", "").strip().strip("().")


def subject_of(line: Line, setting: Setting, group: str) -> Subject | None:
    """Return what a line is about, or None where it is left out, or asked about.

    `group` is the indicator that the lines above stand under: a line that names an area or a period belongs to it.
    """
    reading, sheet = setting.reading, setting.table.sheet
    mark, text = _without_mark(line.keys.get("indicator") or line.keys.get("code") or "", setting)
    indicator_id = setting.context.indicator_id
    of_area = match_area(text, setting.known.policy) if text and group else None
    of_when = read_when(text) if group and line.kind != "words" else None
    if text and (own := own_name(text, setting.known.names)):
        indicator_id = own
    elif of_area or of_when:
        indicator_id = group
    elif line.kind == "words":
        reading.leave(sheet, rows_words([line.number]), words_of(line), _("bukan angka"))
        return None
    elif text:
        match = match_indicator(text, setting.known.names)
        sure = match is not None and setting.numbered.get(_number(line)) == match.indicator_id
        near = match.indicator_id if match else ""
        indicator_id = near if sure else _ask_indicator(text, setting, near)
    elif not indicator_id and setting.needs_indicator:
        if setting.table.of_role("indicator", "code"):
            found = _("angka tanpa indikator: {words}", words=quote(words_of(line)))
            mend = _("Isi indikatornya, atau hapus barisnya.")
            reading.refuse(sheet, line.number, None, found, _("indikator di baris yang sama"), mend)
            return None
        indicator_id = _ask_indicator("", setting, setting.context.near_id)
    mark_of_area, name_of_area = _without_mark(line.keys.get("area", ""), setting)
    area = of_area or _area(name_of_area, setting)
    if SKIP in (indicator_id, area):
        reading.leave(sheet, rows_words([line.number]), words_of(line), _("dilewati, menurut jawaban"))
        return None
    if area is None or (not indicator_id and setting.needs_indicator):
        return None
    when = (of_when or When()).within(_when(line, setting))
    return Subject(indicator_id, area, when._replace(mark=when.mark or mark or mark_of_area))


def _without_mark(text: str, setting: Setting) -> tuple[str, str]:
    """Return the mark behind a name and the name: a star, or what the legend explains."""
    mark, name = take_mark(text)
    return (mark, name) if mark[:1] == "*" or (mark[-1:] == ")" and mark[:-1] in setting.legend) else ("", text)


def _ask_indicator(text: str, setting: Setting, near: str) -> str:
    """Return the indicator that a name was said to mean, nothing while that is open."""
    ids = list(setting.known.facts)
    near = numbered_indicator(text, setting.known, setting.context.when.year) or near
    choices = [*([near] if near else []), *(each for each in ids if each != near), SKIP]
    shown = " ".join(text.split())
    if text:
        question = _("Indikator mana {name}?", name=quote(shown))
        return setting.reading.ask(f"indikator {shown}", setting.table.sheet, question, choices)
    title = next((take_when(words)[1] for _row, words in reversed(setting.table.above) if take_when(words)[1]), "")
    question = _("Indikator mana tabel {name}?", name=quote(title or setting.table.sheet or setting.reading.name))
    key = f"indikator tabel {title or setting.table.sheet}".strip()  # without a title the next file may be another's
    return setting.reading.ask(key, setting.table.sheet, question, choices, kept=bool(title))


def _area(text: str, setting: Setting) -> str | None:
    """Return the area that a line names, nothing for the whole, None while it is open."""
    policy = setting.known.policy
    named = ", ".join(setting.context.areas) or setting.context.part
    if named and not setting.table.of_role("area") and not any(each.area for each in setting.table.columns):
        question = _(
            "Judul, lembar, berkas atau baris di sekitarnya menyebut {area}: angka bagian itu, atau seluruhnya?",
            area=named,
        )
        choices = [*(setting.context.areas or policy.areas), WHOLE, SKIP]
        answer = setting.reading.ask(f"wilayah tabel {named}", setting.table.sheet, question, choices)
        return None if not answer else "" if answer == WHOLE else answer
    found = match_area(text, policy) if text else ""
    if found is not None:
        return found
    shown, whole = " ".join(text.split()), policy.province or WHOLE
    question = _("Wilayah mana {name}?", name=quote(shown))
    answer = setting.reading.ask(f"wilayah {shown}", setting.table.sheet, question, [*policy.areas, whole, SKIP])
    return None if not answer else "" if answer == whole else answer


def _when(line: Line, setting: Setting) -> When:
    """Return what the key cells of a line say of its period, together."""
    when = When()
    for role in PARTS_OF_TIME:
        text = line.keys.get(role, "").strip()
        if not text or text.casefold() in WHOLE_YEAR:
            continue
        found, is_sure = when_in_key(role, text)
        if not is_sure:
            place = setting.table.of_role(role)[0].place
            mend = _("Tulis misalnya 2021, TW III 2021, Semester I 2021 atau Agustus 2021.")
            if DAY.fullmatch(text):
                mend = _(
                    "Tanggal bukan periode: tulis misalnya TW III 2021 bila angka triwulan itu, s.d. TW III 2021 bila "
                    "jumlah sejak Januari."
                )
            expected = _("tahun, triwulan, semester atau bulan")
            setting.reading.refuse(setting.table.sheet, line.number, place, quote(text), expected, mend)
        when = when.within(found)
    return when


def period_of(column: Column, of_line: When, setting: Setting) -> When | None:
    """Return the whole period of a figure, or None while its year is asked for."""
    around, when = setting.context.when, column.when.within(of_line)
    if is_below_month(setting.context.said_part):
        around = around._replace(part="")
    if not when.part and column.when.year == around.year and around.part and not _is_of_part(column, setting):
        return When(when.year, running=when.running)
    around_part = "" if OF_WHOLE.search(column.name) else around.part
    part = when.part or (around_part if not when.year or when.year == around.year else "")
    running = when.running or (around.running and not (when.part and around.part))
    year = when.year or around.year
    if not year:
        years = [str(each) for each in setting.known.agency.years]
        answer = setting.reading.ask(
            "tahun", setting.table.sheet, _("Tahun berapa angka-angka ini?"), years, kept=False
        )
        if not answer:
            return None
        year = int(answer)
    if not part and not of_line.year and column.role != "target" and not OF_WHOLE.search(column.name):
        part = _said_part(column, setting)
    if around.part and year == around.year and ends(part) > ends(around.part) and column.role != "target":
        part = _after_title(column, part, setting)
    return None if part == SKIP else When(year, part, running)


def _said_part(column: Column, setting: Setting) -> str:
    """Return the part of the year that a title means by `Laporan Triwulanan`, as asked; SKIP while that is open.

    Where other columns name parts, or each line does, those without one are of the year.
    """
    said, table = setting.context.said_part, setting.table
    tells = any(each.when.part for each in table.columns if is_measure(each))
    if not said or tells or table.of_role("period", "quarter", "semester", "month"):
        return ""
    question = _(
        "Judul menyebut {part} tanpa mengatakan yang mana: bagian tahun mana angka-angka ini?", part=quote(said)
    )
    choices = [*PARTS_OF_YEAR[kind_of_part(said)], OF_YEAR, SKIP]
    answer = _ask_of_column(f"bagian tahun {said.casefold()}", question, choices, column, setting)
    return SKIP if answer == SKIP else take_when(answer)[0].part


def _after_title(column: Column, part: str, setting: Setting) -> str:
    """Return a part of the year that comes after the one in the title, as asked: zeros there may be no figures yet."""
    titled = setting.context.when.period
    question = _(
        "Judul menyebut {part}, tetapi ada angka sesudahnya, di kolom {name}: angka itu sudah ada?",
        part=format_period(titled),
        name=quote(column.name),
    )
    answer = _ask_of_column(f"sesudah {titled}", question, [EXISTS, SKIP], column, setting)
    return part if answer == EXISTS else SKIP


def _ask_of_column(key: str, question: str, choices: list[str], column: Column, setting: Setting) -> str:
    """Return what was said of a column's figures, SKIP while that is open; what is left out is told once."""
    sheet, why = setting.table.sheet, _("dilewati, menurut jawaban")
    answer = setting.reading.ask(key, sheet, question, choices, kept=False)
    left = Left(sheet, _("kolom {column}", column=letters_of(column.place)), column.name, why)
    if answer == SKIP and left not in setting.reading.left:
        setting.reading.left.append(left)
    return answer or SKIP


def _is_of_part(column: Column, setting: Setting) -> bool:
    """Tell whether a column of a year, `Realisasi 2022`, is of the part of it that the title names; else of all of it.

    A target is of the year that it names; so is a figure beside others that name their part. Else it is asked.
    """
    if column.role == "target" or any(each.when.part for each in setting.table.columns if is_measure(each)):
        return False
    part, year = (format_period(each.period) for each in (setting.context.when, column.when))
    question = _(
        "Kolom {name} di tabel {part}: angka {part} itu, atau {year} seluruhnya?",
        name=quote(column.name),
        part=part,
        year=year,
    )
    answer = setting.reading.ask(f"periode kolom {column.name}", setting.table.sheet, question, [OF_PART, OF_YEAR])
    return answer != OF_YEAR
