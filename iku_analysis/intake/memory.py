"""What an office answered once about a shape of table, kept in the data root for the next file of that shape."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from iku_analysis.intake.reading import Reading
from iku_analysis.intake.tables import Table

MAPPINGS = "mappings.toml"
HEAD = (
    "# Jawaban yang pernah diberikan kepada iku import, menurut bentuk tabelnya. Hapus satu bagian agar ditanya lagi.\n"
    "# What was once answered to iku import, by the shape of the table. Delete a section to be asked again.\n"
)


def shape_of(tables: Iterable[Table]) -> tuple[str, str]:
    """Return the fingerprint of the headings of a file's tables, years aside, and the headings for people."""
    headings = sorted({" | ".join(_without_years(column.name) for column in table.columns) for table in tables})
    return hashlib.sha256("\n".join(headings).encode()).hexdigest()[:12], " // ".join(headings)[:300]


def _without_years(text: str) -> str:
    return re.sub("(19|20)[0-9]{2}", "#", " ".join(text.casefold().split()))


def recall(root: Path, shape: str) -> dict[str, str]:
    """Return the answers that are kept for a shape."""
    return _kept(root).get(shape, {}).get("answers", {})


def _kept(root: Path) -> dict[str, dict]:
    path = root / MAPPINGS
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def with_answers(root: Path, readings: Iterable[tuple[str, str, Reading]]) -> str:
    """Return the text of the file of answers with those that were used in some readings, each with its shape."""
    kept = _kept(root)
    for shape, headings, reading in readings:
        answers = {key: reading.answers[key] for key, doubt in reading.used.items() if doubt.kept}
        if answers:
            before = kept.get(shape, {}).get("answers", {})
            kept[shape] = {"headings": headings, "answers": before | answers}
    if not kept:
        return ""
    return HEAD + "".join(_section(shape, kept[shape]) for shape in sorted(kept))


def _section(shape: str, of_shape: dict) -> str:
    lines = [f"\n[{shape}]", f"headings = {_text(of_shape['headings'])}", f"[{shape}.answers]"]
    lines += [f"{_text(key)} = {_text(answer)}" for key, answer in sorted(of_shape["answers"].items())]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """Return a text as TOML writes it: JSON's strings are TOML's, but for the sign DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
