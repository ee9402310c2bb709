"""TOML files -> checked settings: unknown words, wrong types and missing values are refused by name."""

import re
import tomllib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, time
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo

from iku_analysis.language import LANGUAGES, _, current_language
from iku_analysis.problems import Problem
from iku_analysis.sources.file_faults import CONTROL, control_problem, read_text, too_long
from iku_analysis.sources.limits import DEEPEST, LARGEST, LONGEST_NAME, LONGEST_TEXT, MOST_PROBLEMS
from iku_analysis.sources.rows import suggest


class Settings(BaseModel):
    """A table of a TOML file: immutable, no unknown words, no silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _in_current_language(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and set(value) == set(LANGUAGES):
        return value[(info.context or {})["language"]]
    raise ValueError(_("teks dalam dua bahasa"))


# `{id = "...", en = "..."}` in the file, the text of the language in use in the program; a text alone is that of both.
Words = Annotated[str, BeforeValidator(_in_current_language)]


def check_name(name: str) -> str:
    """Return what stands beside a bar or above a column: one line, not blank, of a length that fits there."""
    if not name.strip() or len(name.splitlines()) != 1 or len(name) > LONGEST_NAME:
        raise ValueError(_("teks satu baris, 1 sampai {count} huruf", count=LONGEST_NAME))
    return name


Name = Annotated[Words, AfterValidator(check_name)]

# What gives a TOML file its depth, found in one go: texts and comments as wholes (closed or not), brackets, dots of
# keys and what ends a key; and digits that go on and on.
TOKENS = re.compile(
    r"""
    "{3}(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}+)?+ | '{3}(?:[^']|'(?!''))*+(?:'{3,5}+)?+
    | "(?:[^"\\\n]|\\[^\n])*+"?+ | '[^'\n]*+'?+ | \#[^\n]*+
    | [][{}.=,\n] | [0-9_]{61,}+
    """,
    re.DOTALL | re.VERBOSE,
)

DIGITS = "0123456789_"

Model = TypeVar("Model", bound=Settings)


def read_settings(path: Path, name: str, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Return the settings of a TOML file, or None and what is wrong with it."""
    values, problems = read_toml(path, name)
    return (None, problems) if problems else check_settings(values, name, model)


def read_toml(path: Path, name: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return what a TOML file says, unchecked, or why it cannot be read."""
    if not path.is_file():
        return {}, [
            Problem(name, None, None, _("berkas tidak ada"), name, _("Buat berkas ini; contohnya ada di data/raw."))
        ]
    text, problems = read_text(path, name)
    if endless := _find_endless(text, name):
        problems.append(endless)
    if problems:
        return {}, problems
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        expected, mend = _("tulisan TOML yang benar"), _("Perbaiki baris yang disebut.")
        return {}, [Problem(name, int(line[1]) if line else None, None, str(error), expected, mend)]
    return values, list(islice(_faults(values, name, ""), MOST_PROBLEMS))


def _find_endless(text: str, name: str) -> Problem | None:
    """Return the first place where tables and lists, or digits, go on beyond any setting, and beyond a parser."""
    brackets = dots = 0
    for token in TOKENS.finditer(text):
        mark = token[0][0]
        brackets += (mark in "[{") - (mark in "]}")
        dots = 0 if mark in "=,\n[]{}" else dots + (mark == ".")
        if mark in DIGITS or brackets + dots > DEEPEST:
            found, most = _("{count} tingkat atau lebih", count=DEEPEST + 1), _("{count} tingkat", count=DEEPEST)
            if mark in DIGITS:
                found, most = _("bilangan dengan {count} angka", count=len(token[0])), str(LARGEST)
            line = text.count("\n", 0, token.start()) + 1
            return Problem(name, line, None, found, _("paling banyak {most}", most=most), _("Perbaiki nilainya."))
    return None


def _faults(value: Any, name: str, place: str) -> Iterator[Problem]:
    """Yield every number that no cell can hold, and every text: too long, or with a control character as an escape."""
    if isinstance(value, int | float) and not abs(value) <= LARGEST:  # `nan` is neither below nor above
        found, mend = str(value), _("Perbaiki nilainya.")
        if isinstance(value, int):
            found = _("bilangan yang terlalu besar")
            mend = _("Perbaiki nilainya; nomor seperti NIP ditulis di antara tanda kutip.")
        expected = _("bilangan antara {least} dan {most}", least=f"-{LARGEST}", most=LARGEST)
        yield Problem(name, None, _short(place), found, expected, mend)
    elif isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            yield too_long(name, None, _short(place), len(value))
        elif control := CONTROL.search(value):
            yield control_problem(control[0], name, None, _short(place))
    elif isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value, start=1):
            yield from _faults(each, name, f"{place}.{key}".strip("."))


def _short(place: str) -> str:
    return place if len(place) <= LONGEST_NAME else place[: LONGEST_NAME - 1] + "…"


def repeated(values: Iterable[Hashable]) -> list[Any]:
    """Return the values that stand there more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def check_settings(values: dict[str, Any], name: str, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Return settings, or None and what is wrong with them; `name` tells where they were written."""
    found: dict[str, Model] = {}
    for language in LANGUAGES:  # what is wrong in one of them is told whatever the other says
        try:
            found[language] = model.model_validate(values, context={"language": language})
        except ValidationError as error:
            return None, [_problem_of(dict(fault), name, model) for fault in error.errors()[:MOST_PROBLEMS]]
    return found[current_language()], []


def _problem_of(fault: dict[str, Any], name: str, model: type[Settings]) -> Problem:
    place = _short(".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"]))
    word, context = str(fault["loc"][-1]), fault.get("ctx", {})
    if fault["type"] == "extra_forbidden":
        mend = _("Hapus atau perbaiki kata ini.") + suggest(word, _words_of(model))
        return Problem(name, None, place, _("kata yang tidak dikenal"), _("kata yang dikenal"), mend)
    if fault["type"] == "missing":
        mend = _("Tambahkan {word}.", word=word)
        return Problem(name, None, place, _("tidak ada"), _("nilai untuk {word}", word=word), mend)
    expected = {
        "literal_error": context.get("expected", "").replace(" or ", ", "),
        "value_error": str(context.get("error", "")),
        "int_type": _("bilangan bulat"),
        "float_type": _("bilangan"),
        "finite_number": _("bilangan"),
        "date_type": _("tanggal tanpa tanda kutip, misalnya 2021-03-31"),
        "bool_type": "true, false",
        "string_type": _("teks di antara tanda kutip"),
        "list_type": _("daftar di antara kurung siku"),
        "dict_type": _("tabel"),
        "model_type": _("tabel"),
        "greater_than": _("lebih dari {bound}", bound=context.get("gt")),
        "greater_than_equal": _("{bound} atau lebih", bound=context.get("ge")),
        "less_than_equal": _("paling banyak {most}", most=context.get("le")),
        "string_pattern_mismatch": _("huruf kecil, angka dan garis bawah, diawali huruf"),
        "string_too_long": _("paling banyak {most}", most=_("{count} huruf", count=context.get("max_length"))),
        "string_too_short": _("teks"),
        "too_long": _("paling banyak {most}", most=_("{count} butir", count=context.get("max_length"))),
        "too_short": _("sedikitnya {count} butir", count=context.get("min_length")),
    }.get(fault["type"], fault["msg"])
    written = str if isinstance(fault["input"], date | time) else repr
    found = context.get("found", written(fault["input"])[:80])
    return Problem(name, None, place, found, expected, context.get("mend", _("Perbaiki nilainya.")))


@cache
def _words_of(model: type[Settings]) -> set[str]:
    """Return all words that a settings file may use, at any depth."""
    words: set[str] = set()
    for schema in [model.model_json_schema(), *model.model_json_schema().get("$defs", {}).values()]:
        words |= set(schema.get("properties", {}))
    return words
