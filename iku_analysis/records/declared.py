"""records/records.toml, held against the decrees and against its own columns."""

from pathlib import Path

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.records.settings import (
    Asked,
    CountSettings,
    ExpirySettings,
    FigureSettings,
    RecordsFile,
    WaitSettings,
)
from iku_analysis.sources.toml import read_settings, repeated
from iku_analysis.storage.data_root import RECORDS, RECORDS_FILE

NEEDED = ("date", "from", "area", "distinct", "thing", "kind")  # rows without it would be nothing, or all one thing


def read_records(root: Path, aggregation: dict[str, str], areas: list[str]) -> tuple[RecordsFile | None, list[Problem]]:
    """Return what records.toml declares, or None and what is wrong with it: nothing and nothing where there is none.

    `aggregation` is how the parts of each indicator of the decrees make a whole.
    """
    path = root / RECORDS / RECORDS_FILE
    if not path.is_file():
        return None, []
    name = f"{RECORDS}/{RECORDS_FILE}"
    records, problems = read_settings(path, name, RecordsFile)
    if records is None:
        return None, problems
    for number, figure in enumerate(records.figure, start=1):
        problems += _figure_faults(figure, aggregation, name, f"figure.{number}")
    for twice in repeated(figure.indicator for figure in records.figure):
        expected, mend = _("satu bagian untuk setiap indikator"), _("Hapus salah satunya.")
        problems.append(Problem(name, None, "figure.indicator", twice, expected, mend))
    for place, asked in records.asked.items():
        problems += _asked_faults(asked, records, name, place)
    for number, wait in enumerate(records.wait, start=1):
        if wait.indicator not in aggregation:
            expected = _("salah satu dari {choices}", choices=", ".join(aggregation))
            place, mend = f"wait.{number}.indicator", _("Tulis salah satunya.")
            problems.append(Problem(name, None, place, wait.indicator, expected, mend))
    if not areas:
        for register, settings in records.register_.items():
            for column in settings.of_type("area"):
                expected = _("areas di policy.toml, untuk kolom jenis area")
                place = f"register.{register}.columns.{column}"
                problems.append(Problem(name, None, place, "area", expected, _("Sebutkan wilayahnya di policy.toml.")))
    return (None, problems) if problems else (records, [])


def _figure_faults(figure: FigureSettings, aggregation: dict[str, str], name: str, place: str) -> list[Problem]:
    how = aggregation.get(figure.indicator)
    if how is None:
        expected = _("salah satu dari {choices}", choices=", ".join(aggregation))
        return [Problem(name, None, f"{place}.indicator", figure.indicator, expected, _("Tulis salah satunya."))]
    wanted = {"sum": ["value"], "ratio": ["numerator", "denominator"]}.get(how)
    if wanted is None:
        expected = _("indikator yang dijumlahkan, atau persentase dari pembilang dan penyebut")
        mend = _("Hapus bagian ini: indikator seperti ini tidak dihitung dari register.")
        return [Problem(name, None, f"{place}.indicator", f"{figure.indicator} ({how})", expected, mend)]
    if list(figure.counts) != wanted:
        words = {"value": "count"}
        found, expected = (
            ", ".join(words.get(each, each) for each in columns) or "-" for columns in (figure.counts, wanted)
        )
        return [Problem(name, None, place, found, expected, _("Perbaiki bagian ini."))]
    return []


def _asked_faults(asked: Asked, records: RecordsFile, name: str, place: str) -> list[Problem]:
    register = records.register_.get(asked.register_)
    if register is None:
        expected = _("salah satu dari {choices}", choices=", ".join(records.register_))
        return [Problem(name, None, f"{place}.register", asked.register_, expected, _("Tulis salah satunya."))]
    faults = []
    for word, column, kind in _columns_of(asked):
        choices = register.of_type(kind) if kind else list(register.columns)
        if column is not None and column not in choices:
            expected = _("kolom register itu, salah satu dari {choices}", choices=", ".join(choices) or "-")
            faults.append(Problem(name, None, f"{place}.{word}", column, expected, _("Perbaiki nilainya.")))
        elif column and word in NEEDED and register.columns[column].optional:
            expected = _("kolom yang tidak optional: tanpa isinya baris tidak dapat dihitung")
            faults.append(Problem(name, None, f"{place}.{word}", column, expected, _("Perbaiki nilainya.")))
        elif column and word in ("kind", "kinds") and register.columns[column].personal:
            expected = _("kolom yang bukan data pribadi")
            faults.append(Problem(name, None, f"{place}.{word}", column, expected, _("Perbaiki nilainya.")))
    if isinstance(asked, CountSettings) and ((asked.sum and asked.distinct) or (asked.all_of and not asked.distinct)):
        found = ", ".join(word for word in ("sum", "distinct", "all_of") if getattr(asked, word))
        expected = _("sum atau distinct; all_of hanya bersama distinct")
        faults.append(Problem(name, None, place, found, expected, _("Perbaiki bagian ini.")))
    if isinstance(asked, CountSettings) and asked.whose and not (asked.sum and place.endswith(".count")):
        expected = _("whose hanya bersama sum, di count")
        faults.append(Problem(name, None, f"{place}.whose", asked.whose, expected, _("Perbaiki bagian ini.")))
    return faults


def _columns_of(asked: Asked) -> list[tuple[str, str | None, str]]:
    """Return each word of a question, the column that it names, and the type that the column must have."""
    if isinstance(asked, WaitSettings):
        return [("from", asked.date, "date"), ("to", asked.to, "date")]
    columns: list[tuple[str, str | None, str]] = [("date", asked.date, "date"), ("area", asked.area, "area")]
    if isinstance(asked, ExpirySettings):
        return [*columns, ("kind", asked.kind, "text"), ("thing", asked.thing, "")]
    kinds = [("kinds", each, "text") for each in asked.kinds]
    return [
        *columns,
        *kinds,
        ("sum", asked.sum, "number"),
        ("distinct", asked.distinct, ""),
        ("whose", asked.whose, ""),
    ]
