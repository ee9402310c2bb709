"""Every public function has an example in its docstring, and it does what it says there."""

import doctest
import inspect

import pytest

import iku_analysis as iku

GROUPS = [
    name
    for name in iku.__all__
    if inspect.ismodule(getattr(iku, name)) and not getattr(iku, name).__name__.startswith("iku_analysis.display")
]
PUBLIC = {name: getattr(iku, name) for name in iku.__all__} | {
    f"{group}.{name}": thing
    for group in GROUPS
    for name, thing in vars(getattr(iku, group)).items()
    if not name.startswith("_") and getattr(thing, "__module__", "") == getattr(iku, group).__name__
}
FUNCTIONS = {name: thing for name, thing in PUBLIC.items() if inspect.isfunction(thing)}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_example_is_true(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = doctest.DocTestFinder(recurse=False).find(FUNCTIONS[name], name, globs={"iku": iku})
    assert example.examples, f"{name} has no example"
    found = doctest.DocTestRunner().run(example)
    assert found.failed == 0, capsys.readouterr().out


def test_groups_are_found() -> None:
    assert {"budget.total", "months.outlook", "coverage.by_area", "load_agency"} <= set(FUNCTIONS)
