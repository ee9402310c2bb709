"""The runner refuses before a kernel starts."""

import os
import stat
from pathlib import Path

import nbformat
import pytest

from iku_analysis import IkuError
from iku_analysis.reporting.parameters import NOTEBOOKS, check_parameters, find_notebook, notebook_parameters
from iku_analysis.reporting.runner import _sockets

NAMES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))


@pytest.mark.parametrize("name", NAMES)
def test_every_notebook_has_the_common_parameters(name: str) -> None:
    parameters = notebook_parameters(find_notebook(name))
    assert {"year": int, "data": str, "language": str}.items() <= {k: type(v) for k, v in parameters.items()}.items()


def test_text_becomes_the_type_of_the_default() -> None:
    parameters = check_parameters(find_notebook("01_overview"), {"year": "2021", "data": "data/example"})
    assert parameters == {"year": 2021, "data": "data/example", "language": "id"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"yaer": 2021}, ["yaer", "year, data, language", "Maksud Anda year"]),
        ({"year": "2O21"}, ["year", "bilangan bulat", "2O21"]),
        ({"year": 2021.0}, ["year", "bilangan bulat"]),
        ({"year": True}, ["year", "bilangan bulat"]),
        ({"data": 5}, ["data", "teks"]),
        ({"language": "fr"}, ["fr", "id atau en"]),
        ({"data": "data/tidak-ada"}, ["data/tidak-ada", "tidak ada"]),
        ({"data": "notebooks"}, ["bukan folder data", "decree.txt"]),
    ],
)
def test_wrong_parameters_are_refused(given: dict, words: list[str]) -> None:
    with pytest.raises(IkuError) as caught:
        check_parameters(find_notebook("01_overview"), given)
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_unknown_notebook_is_refused() -> None:
    with pytest.raises(IkuError, match="Maksud Anda 01_overview"):
        find_notebook("01_overveiw")


@pytest.mark.parametrize("count", [0, 2])
def test_one_parameters_cell(tmp_path: Path, count: int) -> None:
    cells = [nbformat.v4.new_code_cell("year = 2021", metadata={"tags": ["parameters"]}) for _cell in range(count)]
    path = tmp_path / "x.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    with pytest.raises(IkuError, match="tepat satu sel"):
        notebook_parameters(path)


@pytest.mark.skipif(os.name != "posix", reason="kernels listen on TCP ports where there are no sockets in files")
def test_two_kernels_never_share_a_socket() -> None:
    """Two runs that start at once in one folder took the same names, and neither kernel answered."""
    places = [Path(_sockets()["ip"]) for _run in range(2)]
    assert places[0] != places[1]
    for place in places:
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
        assert len(f"{place}-12345") < 107
