"""The documentation: what is made from the package stands in it as it is made, every public name too, and it builds."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import iku_analysis
from iku_analysis.schema import FRAMES, data_dictionary
from iku_analysis.sources.input_files import INPUT_FILES, WORDS
from iku_analysis.storage.data_root import PARTS

DOCS = Path(__file__).parents[1] / "docs"


def between(page: str, mark: str) -> str:
    """Return what a page holds between two marks."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return text.split(f"<!-- {mark} -->")[1].split(f"<!-- end of {mark} -->")[0].strip()


def frames() -> str:
    """Return the data dictionary as the page must print it."""
    parts = []
    for name, schema in FRAMES.items():
        lines = [f"## {name}", "", f"{schema.description}.", "", "| column | type | meaning |", "|---|---|---|"]
        for row in data_dictionary(schema).itertuples():
            mark = " (key)" if row.key else " (may be empty)" if row.may_be_empty else ""
            lines.append(f"| `{row.column}` | {row.type} | {row.meaning}{mark} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def input_files() -> str:
    """Return the planner's list of columns as the page must print it."""
    parts = []
    for folder, columns in INPUT_FILES.items():
        lines = [f"## {folder}/", "", "| judul | harus ada | isi |", "|---|---|---|"]
        for name, column in columns.items():
            heading = " ".join(f"`{word}`" for word in dict.fromkeys([WORDS[name], name]))
            needed = "ya" if column.required else ""
            lines.append(f"| {heading} | {needed} | {column.meaning} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


@pytest.mark.parametrize(
    ("page", "mark", "made"), [("frames.md", "data dictionary", frames), ("berkas.md", "input files", input_files)]
)
def test_what_is_made_from_the_package_is_what_it_makes(page: str, mark: str, made) -> None:  # type: ignore[no-untyped-def]
    assert between(page, mark) == made(), f"put this between the marks in docs/{page}:\n{made()}"


def test_every_folder_of_tables_has_its_columns() -> None:
    assert set(INPUT_FILES) == {*PARTS[1:]} - {"decrees", "notes", "records"}


def test_every_page_is_in_the_contents() -> None:
    contents = (DOCS / "index.md").read_text(encoding="utf-8").partition("{toctree}")[2]
    assert {path.stem for path in DOCS.glob("*.md")} - {"index"} <= set(contents.split())


@pytest.mark.whole
def test_the_site_builds_offline_and_names_everything(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet", str(DOCS), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in tmp_path.glob("*.html")}
    for page in pages.values():
        fetched = [
            tag.get("src") or tag.get("href") for tag in page.select("script[src], img[src], link[rel=stylesheet]")
        ]
        assert not [address for address in fetched if "//" in str(address)]
    ids = {tag["id"].split(".")[-1] for tag in pages[tmp_path / "api.html"].select("dt[id]")}
    names = {name for name in iku_analysis.__all__ if not inspect.ismodule(getattr(iku_analysis, name))}
    assert names <= ids
    assert {"plot_status_grid", "table_achievements", "describe_result", "by_area"} <= ids
