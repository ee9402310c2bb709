"""Every sentence has its English: code and notebooks against `locales/en.po`, and the switch between the two."""

import ast
from collections.abc import Iterator
from datetime import date
from string import Formatter

import nbformat
import pytest
from babel.messages.pofile import read_po

from iku_analysis.errors import IkuError
from iku_analysis.indonesian import (
    NBSP,
    format_amount,
    format_compact,
    format_date,
    format_number,
    format_percent,
    format_period,
)
from iku_analysis.language import CATALOGUE, _, use_language
from iku_analysis.sources.data_root import PROJECT


@pytest.fixture(autouse=True)
def indonesian_afterwards() -> Iterator[None]:
    yield
    use_language("id")


def messages_in_code() -> set[str]:
    # Babel's own extractor does not look inside f-strings.
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (PROJECT / "iku_analysis").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    calls = [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == "_"]
    return {ast.literal_eval(call.args[0]) for call in calls}


def messages_in_notebooks() -> set[str]:
    notebooks = [nbformat.read(path, as_version=4) for path in (PROJECT / "notebooks").glob("*.ipynb")]
    return {cell.source for notebook in notebooks for cell in notebook.cells if cell.cell_type == "markdown"}


def read_catalogue() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(text) if name is not None}


def listed(messages: set[str]) -> str:
    return "\n".join(f"  {message!r}" for message in sorted(messages)) or "  -"


def test_catalogue_has_every_message_and_no_other() -> None:
    wanted, there = messages_in_code() | messages_in_notebooks(), set(read_catalogue())
    assert wanted == there, (
        f"missing in {CATALOGUE.name}:\n{listed(wanted - there)}\nobsolete in {CATALOGUE.name}:\n"
        f"{listed(there - wanted)}\nTo mend: add a msgid with its English msgstr for each missing one "
        "(a changed sentence is one missing and one obsolete), and delete the obsolete ones."
    )


def test_every_translation_is_written_and_keeps_its_placeholders() -> None:
    for message, translation in read_catalogue().items():
        assert translation, f"no English for {message!r}"
        assert placeholders(translation) == placeholders(message), f"other placeholders in the English of {message!r}"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(IkuError, match=r"'xx'.* id .* en\b"):
        use_language("xx")


def test_indonesian_is_the_source() -> None:
    assert _("belum ada data") == "belum ada data"
    assert format_percent(97.5) == f"97,5{NBSP}%"
    assert format_number(4084357380) == "4.084.357.380"
    assert format_compact(4084357380) == f"4,08{NBSP}miliar"
    assert format_period("2021-Q3") == "Triwulan III 2021"
    assert format_date(date(2018, 10, 1)) == "1 Oktober 2018"


def test_english_translates_words_and_numbers() -> None:
    use_language("en")
    assert _("belum ada data") == "no data yet"
    assert _("{year}: {met} dari {scored} indikator mencapai target", year=2021, met=2, scored=5) == (
        "2021: 2 of 5 indicators met the target"
    )
    assert format_percent(97.5) == "97.5%"
    assert format_number(4084357380) == "4,084,357,380"
    assert format_amount(16, "Pasar") == f"16{NBSP}markets"
    assert format_compact(4084357380) == f"4.08{NBSP}billion"
    assert format_period("2021-Q3") == "Quarter III 2021"
    assert format_period("2021-08") == "August 2021"
    assert format_date(date(2018, 10, 1)) == "1 October 2018"
