"""TOML files -> checked settings: unknown words, wrong types and missing values are refused by name."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from iku_analysis.errors import Problem
from iku_analysis.language import _, current_language
from iku_analysis.sources.rows import suggest


class Settings(BaseModel):
    """A table of a TOML file: immutable, no unknown words, no silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _in_current_language(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"id", "en"}:
        return value[current_language()]
    raise ValueError(_("teks dalam dua bahasa"))


# `{id = "...", en = "..."}` in the file, the text of the language in use in the program.
Words = Annotated[str, BeforeValidator(_in_current_language)]

Model = TypeVar("Model", bound=Settings)


def read_settings(path: Path, name: str, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Return the settings of a TOML file, or None and what is wrong with it."""
    values, problems = read_toml(path, name)
    return (None, problems) if problems else check_settings(values, name, model)


def read_toml(path: Path, name: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return what a TOML file says, unchecked, or why it cannot be read."""
    if not path.exists():
        return {}, [
            Problem(name, None, None, _("berkas tidak ada"), name, _("Buat berkas ini; contohnya ada di data/raw."))
        ]
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig")), []
    except UnicodeDecodeError:
        found = _("teks dengan pengodean yang tidak dikenal")
        return {}, [Problem(name, None, None, found, "UTF-8", _("Simpan ulang berkas sebagai UTF-8."))]
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        expected, mend = _("tulisan TOML yang benar"), _("Perbaiki baris yang disebut.")
        return {}, [Problem(name, int(line[1]) if line else None, None, str(error), expected, mend)]


def check_settings(values: dict[str, Any], name: str, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Return settings, or None and what is wrong with them; `name` tells where they were written."""
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, [_problem_of(dict(fault), name, model) for fault in error.errors()]


def _problem_of(fault: dict[str, Any], name: str, model: type[Settings]) -> Problem:
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
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
        "bool_type": "true, false",
        "string_type": _("teks di antara tanda kutip"),
        "list_type": _("daftar di antara kurung siku"),
        "greater_than_equal": _("{bound} atau lebih", bound=context.get("ge")),
    }.get(fault["type"], fault["msg"])
    found = context.get("found", repr(fault["input"])[:80])
    return Problem(name, None, place, found, expected, _("Perbaiki nilainya."))


def _words_of(model: type[Settings]) -> set[str]:
    """Return all words that a settings file may use, at any depth."""
    words: set[str] = set()
    for schema in [model.model_json_schema(), *model.model_json_schema().get("$defs", {}).values()]:
        words |= set(schema.get("properties", {}))
    return words
