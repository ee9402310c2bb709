"""The house: data flows one way, analysis and display read no file, no module grows too long."""

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import iku_analysis

PACKAGE = Path(iku_analysis.__file__).parent
FOUNDATION = {"errors", "language", "indonesian", "problems", "schema", "terminal", "unit_names"}
# Each imports only from those before it.
ROOMS = [
    *("foundation", "storage", "sources", "records", "agency", "intake", "kernels", "analysis", "execution", "display"),
    *("documents", "explorer", "papers", "batch", "cli"),
]
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
MOST_LINES = 300
MAY_NAME_NOTEBOOKS = {"storage/notebook_file.py", "batch/preload.py"}
NOTEBOOK_LIBRARIES = {"papermill", "nbconvert", "nbformat", "nbclient", "jupyter_client"}

# Functions and methods that touch a file, and the one place in display that may use each.
FILE_WORDS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "rc_context", "fromfile", "imread"}
MAY_TOUCH_FILES = {
    ("display/canvas.py", "rc_context"),  # matplotlib reads the style file of the package
    ("display/design.py", "read_bytes"),  # the letters of the package
}


@cache  # for all that is asked of a module
def nodes_of(module: str) -> list[ast.AST]:
    """Return a module and everything in it."""
    return list(ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))))


def room_of(dotted: str) -> str:
    """Return the room of a module named from the package on, such as `agency.load`."""
    first = dotted.partition(".")[0]
    return "foundation" if first in FOUNDATION else first


def imports_of(module: str) -> Iterator[str]:
    """Yield every module that is imported, at the top or inside a function, by its full name."""
    for node in nodes_of(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relative to itself"
            assert node.module
            # `from iku_analysis.agency import load` names a module only in its last part.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls_in(module: str) -> Iterator[str]:
    """Yield the last name of everything that is called: `read_csv` of `pd.read_csv(...)`."""
    for node in nodes_of(module):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_every_module_has_a_room() -> None:
    rooms = {room_of(module.removesuffix(".py").replace("/", ".")) for module in MODULES}
    assert rooms == {*ROOMS, "__init__"}


def test_the_picture_of_the_rooms_is_true() -> None:
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = [line.split(maxsplit=1) for line in text.partition("```text\n")[2].partition("\n```")[0].splitlines()]
    assert [name for name, _meaning in rows] == ROOMS[::-1]
    assert set(rows[-1][1].split(", ")) == FOUNDATION


@pytest.mark.parametrize("module", [module for module in MODULES if module != "__init__.py"])
def test_imports_flow_one_way(module: str) -> None:
    own = ROOMS.index(room_of(module.removesuffix(".py").replace("/", ".")))
    for name in imports_of(module):
        if not name.startswith("iku_analysis."):
            continue
        inside = name.removeprefix("iku_analysis.")
        if inside == "__version__":
            continue
        assert room_of(inside) in ROOMS, f"{module} takes {inside} from the public names"
        assert ROOMS.index(room_of(inside)) <= own, f"{module} imports {name}, from a later room"


def test_no_modules_import_each_other() -> None:
    """Neither at the top nor inside functions; a package's face may gather what its own modules say."""
    names = {f"iku_analysis.{module.removesuffix('.py').replace('/', '.')}": module for module in MODULES}
    modules = {name: module for name, module in names.items() if not name.endswith("__init__")}
    graph = {
        name: {part for each in imports_of(module) for part in (each, each.rpartition(".")[0]) if part in modules}
        for name, module in modules.items()
    }
    TopologicalSorter(graph).prepare()  # raises where they go in a circle


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith(("analysis/", "display/"))])
def test_analysis_and_display_read_no_file(module: str) -> None:
    touching = {name for name in calls_in(module) if name in FILE_WORDS or name.startswith(("read_", "load_"))}
    assert {(module, name) for name in touching} <= MAY_TOUCH_FILES
    if module.startswith("analysis/"):
        assert not {"pathlib", "os", "io"} & {name.split(".")[0] for name in imports_of(module)}


def test_what_may_touch_files_does() -> None:
    assert all(name in set(calls_in(module)) for module, name in MAY_TOUCH_FILES)


@pytest.mark.parametrize("module", MODULES)
def test_notebooks_are_run_in_one_room(module: str) -> None:
    """How a notebook is run is known to `execution` and its kernels; others take notebooks from `storage`."""
    libraries = {name.split(".")[0] for name in imports_of(module)}
    if not module.startswith(("execution/", "kernels/")) and module not in MAY_NAME_NOTEBOOKS:
        assert not libraries & NOTEBOOK_LIBRARIES


def test_only_terminal_prints() -> None:
    """So that no control character of people's text reaches a terminal or a log."""
    printing = [module for module in MODULES if {"print", "echo", "secho"} & set(calls_in(module))]
    assert printing == ["terminal.py"]


@pytest.mark.parametrize("module", [module for module in MODULES if module != "display/markdown.py"])
def test_only_what_stands_in_the_code_is_markup_of_ours(module: str) -> None:
    """`Markdown(...)` takes no value, and no f-string: those enter by what escapes them."""
    for node in nodes_of(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Markdown":
            assert all(isinstance(each, ast.Constant) for each in node.args), ast.unparse(node)


def test_a_module_over_300_lines_is_two() -> None:
    lines = {module: len((PACKAGE / module).read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert {module: count for module, count in lines.items() if count > MOST_LINES} == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [module for module in MODULES if not ast.get_docstring(nodes_of(module)[0])] == []


@pytest.mark.parametrize("name", iku_analysis.__all__)
def test_every_public_name_is_there(name: str) -> None:
    thing = getattr(iku_analysis, name)
    assert thing.__name__.split(".")[-1] == name
    assert name in dir(iku_analysis)


SHOWN = [
    (room, name)
    for room in ("figures", "tables", "narrative")
    for name in dir(getattr(iku_analysis, room))
    if name.startswith(("plot_", "table_", "describe_"))
]


@pytest.mark.parametrize(("room", "name"), SHOWN)
def test_arguments_stand_in_one_order(room: str, name: str) -> None:
    """The agency, frames, the indicator, the year: by position in that order; all others by name alone."""
    parameters = inspect.signature(getattr(getattr(iku_analysis, room), name)).parameters.values()
    placed = [each for each in parameters if each.kind is not each.KEYWORD_ONLY]
    ranks = [{"agency": 0, "indicator_id": 2, "year": 3}.get(each.name, 1) for each in placed]
    assert ranks == sorted(ranks)
    simple = {str, int, float, bool, str | None}
    assert not [each.name for each, rank in zip(placed, ranks, strict=True) if rank == 1 and each.annotation in simple]


def test_no_other_public_names() -> None:
    assert len(set(iku_analysis.__all__)) == len(iku_analysis.__all__)
    with pytest.raises(AttributeError, match="No iku_analysis attribute load_agancy"):
        _ = iku_analysis.load_agancy  # type: ignore[attr-defined]


@pytest.mark.whole
def test_a_type_checker_sees_the_public_names(tmp_path: Path) -> None:
    """In a user's own script a misspelt name, and an argument of a wrong type, are told; what is right is not."""
    script = tmp_path / "kerja.py"
    script.write_text(
        "import iku_analysis as iku\n"
        "agency: iku.Agency = iku.load_agency('data/example')\n"
        "result: iku.AgencyResult = iku.summarise(agency, iku.compute_achievements(agency), 2021)\n"
        "iku.figures.plot_plan(agency, iku.compute_plan(agency, iku.compute_achievements(agency), 2021), year=2021)\n"
        "iku.load_agancy('data/example')\n"
        "iku.compute_achievements('data/example')\n",
        encoding="utf-8",
    )
    mypy = [sys.executable, "-m", "mypy", "--config-file=", "--ignore-missing-imports", f"--cache-dir={tmp_path}"]
    told = subprocess.run([*mypy, str(script)], capture_output=True, text=True, check=False, cwd=tmp_path).stdout
    found = [line for line in told.splitlines() if line.startswith("kerja.py") and ": error:" in line]
    assert [line.split(":")[1] for line in found] == ["5", "6"], told
    assert "attr-defined" in found[0]
    assert 'expected "Agency"' in found[1]


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, iku_analysis; print(sorted({'pandas', 'matplotlib', 'papermill', 'babel'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
