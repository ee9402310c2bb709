"""The columns of an office's table, settled: which hold figures, which of them our own computation replaces."""

from collections.abc import Iterable
from dataclasses import replace

from iku_analysis.indonesian import is_percent
from iku_analysis.intake.code_columns import code_column
from iku_analysis.intake.context import Context, part_of_agency
from iku_analysis.intake.figures import read_figure
from iku_analysis.intake.headings import Column, meaning, unknown_words
from iku_analysis.intake.names import Known, match_area, own_name
from iku_analysis.intake.reading import Reading
from iku_analysis.intake.rows import Line, is_measure, measures_of_lines
from iku_analysis.intake.subjects import SKIP
from iku_analysis.intake.tables import Table
from iku_analysis.intake.when import ROMAN_PART, bare_part, take_when
from iku_analysis.language import _
from iku_analysis.sources.areas import areas_within
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.rows import quote
from iku_analysis.sources.sheet_cells import letters_of

VALUE, TARGET, KIND, AREA, BUDGET = "realisasi", "target", "rincian", "wilayah", "anggaran"  # answers
PARTS = {"pembilang": "numerator", "penyebut": "denominator"}


def settle_columns(table: Table, lines: list[Line], context: Context, known: Known, reading: Reading) -> Table | None:
    """Return the table with the meaning of each column settled, or None while one is open or it holds no figure."""
    names = known.names
    if (of_lines := measures_of_lines(table)) is not None:
        columns = [each._replace(role="measure") if each == of_lines else each for each in table.columns]
        table = replace(table, columns=columns)
    columns = _in_halves(table.columns) if context.by_half else table.columns
    columns = [_of_money(column, table) for column in _of_quarters(columns)]
    columns = [_budget_of_several(column, columns, table, reading) for column in columns]
    columns = [_share_of(column, columns) for column in columns]
    named = [_named_after(column, names) for column in columns]
    if table.of_role("indicator", "code") or not any(_holds_figure(each, lines, reading) for each in named):
        named = [each if _holds_figure(each, lines, reading) else own for each, own in zip(named, columns, strict=True)]
    columns = named
    of_areas = [_of_area(column, lines, known.policy, reading) for column in columns]
    if sum(column.area is not None for column in of_areas) > 1:  # a word alone, `Pusat`, may mean something else
        columns = of_areas
    if not any(is_measure(column) and column.role != "target" for column in columns):
        columns = [_achieved(column, table, lines, reading) for column in columns]
    if context.is_plan:
        columns = [_planned(column, table, reading) for column in columns]
    columns = [_unknown(column, table, lines, known, reading) for column in columns]
    columns = [code_column(column, columns, lines) for column in columns]
    columns = [_places(column, table, lines, known, reading) for column in columns]
    columns = [_kinds(column, table, lines, reading) for column in columns]
    if any(column.role == "?" for column in columns):
        return None
    if not any(is_measure(column) for column in columns):
        reading.leave(table.sheet, "", " | ".join(column.name for column in columns), _("tabel tanpa kolom angka"))
        return None
    whys = {
        "achievement": _("dihitung sendiri dari target dan realisasi"),
        "baseline": _("kondisi awal: tidak dibaca sebagai realisasi"),
        "end": _("kondisi akhir: tidak dibaca sebagai target"),
    }
    for column in columns:
        if (why := whys.get(column.role)) and _filled(column, lines):
            reading.leave(table.sheet, _("kolom {column}", column=letters_of(column.place)), column.name, why)
    return replace(table, columns=columns)


def _in_halves(columns: list[Column]) -> list[Column]:
    """Return bare `I` and `II` as semesters, where there is no `III`."""
    bare = {each.place for each in columns if ROMAN_PART.fullmatch(each.words[-1].strip())}
    if {each.when.part for each in columns if each.place in bare} != {"Q1", "Q2"}:
        return columns
    return [
        each._replace(when=each.when._replace(part=each.when.part.replace("Q", "S"))) if each.place in bare else each
        for each in columns
    ]


def refuse_unnamed(table: Table, lines: list[Line], reading: Reading) -> bool:
    """Refuse columns that hold something beside the figures, and that nothing names; tell whether there are any."""
    named = {column.place for column in table.columns}
    found: dict[int, int] = {}
    for line in lines:
        if line.kind == "figures":
            for place in line.cells.keys() - named:
                found.setdefault(place, line.number)
    for place, row in sorted(found.items()):
        mend = _("Beri kolom itu judul, atau kosongkan.")
        expected = _("judul di atas setiap kolom yang berisi")
        reading.refuse(table.sheet, row, place, _("isi tanpa judul kolom"), expected, mend)
    return bool(found)


def _of_money(column: Column, table: Table) -> Column:
    """Return `Realisasi` beside `Anggaran` as money spent, where nothing says that it is performance.

    `Realisasi TW I` of an indicator is performance beside the budget of a year, money beside that of a quarter.
    """
    budgets = table.of_role("budget")
    parts = {"", *(each.when.part for each in budgets)}
    is_money = budgets and not table.of_role("target")
    is_alike = column.when.part in parts or not table.of_role("indicator", "code")
    return column._replace(role="realised") if is_money and column.role == "value" and is_alike else column


def _budget_of_several(column: Column, columns: list[Column], table: Table, reading: Reading) -> Column:
    """Return one of several budgets of the same time, `Anggaran Murni` and `Anggaran Perubahan`, as asked."""
    alike = [each for each in columns if each.role == "budget" and each.when == column.when]
    if column.role != "budget" or len(alike) < 2:
        return column
    names = " / ".join(each.name for each in alike)
    question = _("Lebih dari satu kolom anggaran, {names}: {name} dipakai?", names=names, name=quote(column.name))
    answer = reading.ask(f"kolom {column.name}", table.sheet, question, [BUDGET, SKIP])
    if answer == SKIP:
        return _left_out(column, table, reading)
    return column if answer else column._replace(role="?")


def _left_out(column: Column, table: Table, reading: Reading) -> Column:
    """Return a column that was answered to be left out, noted as such."""
    why = _("dilewati, menurut jawaban")
    reading.leave(table.sheet, _("kolom {column}", column=letters_of(column.place)), column.name, why)
    return column._replace(role="left")


def _of_quarters(columns: list[Column]) -> list[Column]:
    """Return bare `I` to `IV` below years as quarters; `I` and `II` alone may be semesters."""
    bare = {
        each.place: bare_part(each.words[-1], "Q")
        for each in columns
        if not each.role and each.when.year and not each.when.part and ROMAN_PART.fullmatch(each.words[-1].strip())
    }
    if "Q3" not in bare.values():
        return columns
    return [
        each._replace(when=each.when._replace(part=bare[each.place]), rest="") if each.place in bare else each
        for each in columns
    ]


def _share_of(column: Column, columns: list[Column]) -> Column:
    """Return `Realisasi (%)` beside `Realisasi` as what was achieved of the target."""
    beside = [each for each in columns if each.role == column.role and not is_percent(each.unit)]
    is_share = column.role in ("value", "realised") and is_percent(column.unit) and beside
    return column._replace(role="achievement") if is_share else column


def _named_after(column: Column, names: dict[str, str]) -> Column:
    """Return a column whose heading is an indicator's name, in one cell or below each other, as its figures.

    What stands above the name may say that they are none, `Prognosa` or `Capaian`.
    """
    if is_measure(column) and not column.rest:
        return column
    for place in reversed(range(len(column.words))):
        if own := own_name(take_when(" ".join(column.words[place:]))[1], names):
            above = [take_when(words)[1] for words in column.words[:place]]
            roles = [meaning(words) for words in above]
            if {"achievement", "baseline", "end"} & set(roles):
                return column
            rest = [word for words, role in zip(above, roles, strict=True) for word in unknown_words(words, role)]
            role = column.role if is_measure(column) and column.role else "value"
            return column._replace(role=role, indicator_id=own, rest=" ".join(rest))
    return _named_above(column, names) if is_measure(column) and column.role else column


def _named_above(column: Column, names: dict[str, str]) -> Column:
    """Return `Realisasi` or `Target` below the name of an indicator as its figures."""
    words = [take_when(each)[1] for each in column.words]
    found = next(((place, own) for place, each in enumerate(words[:-1]) if (own := own_name(each, names))), None)
    if found is None:
        return column
    others = [each for place, each in enumerate(words) if place != found[0]]
    rest = [word for each in others for word in unknown_words(each, meaning(each))]
    return column._replace(indicator_id=found[1], rest=" ".join(rest))


def _holds_figure(column: Column, lines: list[Line], reading: Reading) -> bool:
    """Tell whether a column named after an indicator holds a figure; one will do, a footer may stand in it too.

    Where one does, words below the names of others are figures gone wrong, and refused.
    """
    return bool(column.indicator_id) and any(_figures(column, [line], reading) for line in lines)


def _of_area(column: Column, lines: list[Line], policy: Policy, reading: Reading) -> Column:
    """Return a column of figures whose heading is an area's name as the figures of that area."""
    name = take_when(column.words[-1])[1]
    is_open = column.role in ("", "value", "numerator", "denominator")
    names = [name] if name and not meaning(name) else [column.rest] if column.rest else []
    area = next((found for each in names if (found := match_area(each, policy)) is not None), None)
    if not is_open or area is None:
        return column
    if not any(_figures(column, [line], reading) for line in lines):
        return column
    return column._replace(role=column.role or "value", area=area)


def _achieved(column: Column, table: Table, lines: list[Line], reading: Reading) -> Column:
    """Return `Capaian` or `Jumlah` as what was asked, where nothing else tells what was achieved."""
    if column.role not in ("achievement", "total") or not _figures(column, lines, reading):
        return column
    question = _("Kolom {name}: realisasi, atau persentase terhadap target?", name=quote(column.name))
    if column.role == "total":
        question = _("Kolom {name}: realisasi, atau jumlah yang lain?", name=quote(column.name))
    answer = reading.ask(f"kolom {column.name}", table.sheet, question, [VALUE, SKIP])
    return column._replace(role={VALUE: "value", SKIP: column.role}.get(answer, "?"), rest="")


def _planned(column: Column, table: Table, reading: Reading) -> Column:
    """Return a column that names a period alone as what was asked, where the title speaks of a plan."""
    if column.role or not is_measure(column):
        return column
    question = _("Kolom-kolom periode: target atau realisasi? Judulnya menyebut rencana atau target.")
    answer = reading.ask("kolom periode", table.sheet, question, [TARGET, VALUE])
    return column._replace(role={TARGET: "target", VALUE: "value"}.get(answer, "?"))


def _unknown(column: Column, table: Table, lines: list[Line], known: Known, reading: Reading) -> Column:
    """Return a column of figures without a known meaning, or with unknown words beside one, as what was asked."""
    sure = is_measure(column) and not (column.rest and column.area is None)
    if (column.role and not is_measure(column)) or sure or not _filled(column, lines):
        return column
    if not is_measure(column) and not _figures(column, lines, reading):
        return column
    ids = list(dict.fromkeys(known.names.values()))
    areas = [] if table.of_role("area") else known.policy.areas
    own = [VALUE] if table.of_role("indicator", "code") or is_measure(column) else []
    question = _("Apa isi kolom {name}?", name=quote(column.name))
    answer = reading.ask(f"kolom {column.name}", table.sheet, question, [*own, *ids, *PARTS, *areas, SKIP])
    if answer == SKIP:
        return _left_out(column, table, reading)
    return column._replace(
        role=PARTS.get(answer, "value") if answer else "?",
        indicator_id=answer if answer in ids else "",
        area=answer if answer in areas else None,
        rest="",
    )


def _places(column: Column, table: Table, lines: list[Line], known: Known, reading: Reading) -> Column:
    """Return a column of words that name parts of the agency as its areas, where each cell is one; else as asked."""
    texts = sorted(
        {line.cells[column.place] for line in lines if line.kind == "figures" and column.place in line.cells}
    )
    if column.role not in ("", "holder") or is_measure(column) or table.of_role("area"):
        return column
    if texts and all(match_area(text, known.policy) for text in texts):
        return column._replace(role="area")
    named = [text for text in texts if areas_within(text, known.policy) or part_of_agency(text, known)]
    if not named:
        return column
    question = _("Kolom {name} menyebut {part}: wilayah, rincian, atau bukan?", name=quote(column.name), part=named[0])
    answer = reading.ask(f"kolom {column.name}", table.sheet, question, [AREA, KIND, SKIP])
    return column._replace(role={AREA: "area", KIND: "breakdown", SKIP: column.role}.get(answer, "?"))


def _kinds(column: Column, table: Table, lines: list[Line], reading: Reading) -> Column:
    """Leave a column of words out, and tell it; ask first where nothing else tells two rows of figures apart."""
    if column.role not in ("", "holder") or is_measure(column) or not _filled(column, lines):
        return column
    own = {each.place for each in table.of_role("number", "code")} | {column.place}
    told = {
        (tuple(text for role, text in line.keys.items() if role not in ("number", "code")), line.cells[column.place])
        for line in lines
        if line.kind != "total" and column.place in line.cells and _has_figure(line, own, reading)
    }
    if len({keys for keys, _text in told}) < len(told):
        question = _("Kolom {name} membedakan baris yang sama: rincian, atau bukan?", name=quote(column.name))
        answer = reading.ask(f"kolom {column.name}", table.sheet, question, [KIND, SKIP])
        if answer != SKIP:
            return column._replace(role="breakdown" if answer else "?")
    if not column.role:
        reading.leave(table.sheet, _("kolom {column}", column=letters_of(column.place)), column.name, _("bukan angka"))
    return column


def _has_figure(line: Line, without: set[int], reading: Reading) -> bool:
    """Tell whether a row holds a figure in any column but some."""
    found = (read_figure(text, reading.number_format) for place, text in line.cells.items() if place not in without)
    return any(each is not None and each.number is not None for each in found)


def _filled(column: Column, lines: Iterable[Line]) -> bool:
    return any(column.place in line.cells for line in lines)


def _figures(column: Column, lines: Iterable[Line], reading: Reading) -> bool:
    """Tell whether a column holds figures, most of them at least."""
    texts = [line.cells[column.place] for line in lines if column.place in line.cells]
    found = [read_figure(text, reading.number_format) for text in texts]
    return bool(found) and 2 * sum(each is not None and each.number is not None for each in found) > len(texts)
