"""Every sentence has its English: code and notebooks against `locales/en.po`, and the switch between the two."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter
from threading import Barrier, Thread

import nbformat
import pytest
from babel.messages.pofile import read_po
from nbclient import NotebookClient
from roots import PROJECT

from iku_analysis import as_of, compute_achievements, figures, load_agency, narrative, summarise, tables
from iku_analysis.agency import worded
from iku_analysis.agency.load import Agency, _kept
from iku_analysis.batch.batch import make_batch
from iku_analysis.batch.job import read_job
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
from iku_analysis.language import CATALOGUE, LANGUAGES, _, current_language, in_language, use_language
from iku_analysis.papers.make import make_run


@pytest.fixture(autouse=True)
def indonesian_afterwards() -> Iterator[None]:
    yield
    use_language("id")


def messages_in_code() -> set[str]:
    # Babel's own extractor does not look inside f-strings.
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (PROJECT / "iku_analysis").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    calls = [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "say")]
    return {ast.literal_eval(call.args[0]) for call in calls if ast.unparse(call.args[0]) != "message"}


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
    assert format_percent(97.5) == "97,5%"
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


def told(agency: Agency) -> list[str]:
    """Return sentences, a title, an alt text and a table of an agency, in the language in use."""
    achievements = compute_achievements(agency)
    plot = figures.plot_indicator(agency, achievements, "umkm", year=2021)
    table = tables.table_result(summarise(agency, achievements, 2021)).data
    texts = [
        narrative.describe_method(agency, 2021),
        narrative.describe_meaning(agency, "umkm", 2021),
        plot.caption,
        plot.alt,
    ]
    return [*map(str, texts), *agency.breaks["note"], *agency.indicators["holder"], table.to_csv()]


def test_words_are_those_of_the_language_in_use_not_of_loading() -> None:
    fresh = {}
    for language in LANGUAGES:
        use_language(language)
        _kept.clear()
        worded._kept.clear()
        fresh[language] = told(load_agency("data/example"))
    assert fresh["id"] != fresh["en"]
    use_language("id")
    agency = as_of(load_agency("data/example"), 2021)
    known = told(agency)
    use_language("en")
    assert told(as_of(load_agency("data/example"), 2021)) == told(agency)
    use_language("id")
    assert told(agency) == known


def test_two_threads_never_mix() -> None:
    agency = load_agency("data/example")
    expected = {}
    for language in LANGUAGES:
        with in_language(language):
            expected[language] = str(narrative.describe_method(agency, 2021))
    barrier, mixed = Barrier(2), []

    def speak(language: str) -> None:
        use_language(language)
        barrier.wait()
        for _turn in range(50):
            if str(narrative.describe_method(agency, 2021)) != expected[language]:
                mixed.append(language)

    threads = [Thread(target=speak, args=(language,)) for language in LANGUAGES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not mixed
    assert current_language() == "id"


def test_a_block_ends_with_the_language_it_began_in() -> None:
    use_language("en")
    with in_language("id"):
        assert current_language() == "id"
    assert current_language() == "en"
    with pytest.raises(IkuError), in_language("fr"):
        pass


def test_a_batch_and_a_report_leave_the_language_of_their_caller(tmp_path: Path) -> None:
    make_batch(read_job(None, {"years": "2021", "lang": "en", "dry-run": True}))
    assert current_language() == "id"
    with pytest.raises(IkuError, match="There is no data folder"):
        make_run("01_overview", {"data": str(tmp_path / "none"), "language": "en"})
    assert current_language() == "id"


def test_cells_of_a_notebook_keep_what_one_of_them_chose(tmp_path: Path) -> None:
    cells = ["import iku_analysis as iku\niku.use_language('en')", "print(iku.language.current_language())"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert notebook.cells[1].outputs[0].text == "en\n"


def test_a_thread_without_a_choice_sees_that_of_the_notebook() -> None:
    use_language("en")
    seen: list[str] = []
    thread = Thread(target=lambda: seen.append(current_language()))
    thread.start()
    thread.join()
    assert seen == ["en"]
