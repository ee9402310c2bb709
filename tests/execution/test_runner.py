"""The runner refuses before a kernel starts."""

import os
import shutil
import stat
from pathlib import Path

import nbformat
import pytest
from cells import of_year
from papermill.parameterize import parameterize_path
from roots import PROJECT

from iku_analysis import IkuError
from iku_analysis.execution.parameters import check_parameters, find_notebook, notebook_parameters
from iku_analysis.execution.runner import _as_it_is, _sockets
from iku_analysis.storage.data_root import find_data_root

NAMES = sorted(path.stem for path in (PROJECT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("name", NAMES)
def test_every_notebook_has_the_common_parameters(name: str) -> None:
    parameters = notebook_parameters(find_notebook(name))
    common = {"data": str, "language": str} | dict.fromkeys(of_year(name, 2021), int)
    assert common.items() <= {k: type(v) for k, v in parameters.items()}.items()


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
def test_a_folder_here_of_the_same_name_is_not_taken_for_the_project_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of a data root is looked up again by the notebook, first in the current folder."""
    asked, path = PROJECT / "data" / "example", find_notebook("annual_report")
    monkeypatch.setenv("IKU_HOME", str(PROJECT))
    monkeypatch.chdir(tmp_path)
    assert check_parameters(path, {"data": str(asked)})["data"] == "data/example"
    for make in (Path.mkdir, lambda folder: shutil.copytree(asked / "decrees", folder / "decrees")):
        (tmp_path / "data").mkdir(exist_ok=True)
        make(tmp_path / "data" / "example")  # no data root at first
        name = check_parameters(path, {"data": str(asked)})["data"]
        assert name == asked.as_posix()
        assert find_data_root(name) == asked
    assert check_parameters(path, {"data": "data/example"})["data"] == (tmp_path / "data" / "example").as_posix()


def test_two_kernels_never_share_a_socket() -> None:
    """Two runs that start at once in one folder took the same names, and neither kernel answered."""
    places = [Path(_sockets()["ip"]) for _run in range(2)]
    assert places[0] != places[1]
    for place in places:
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
        assert len(f"{place}-12345") < 107


def test_braces_in_a_path_are_letters() -> None:
    """As papermill, which fills them with parameters, takes it: a folder may be called `{x}`."""
    path = Path("/a/{x}/{year}/{{b}}/c")
    assert parameterize_path(_as_it_is(path), {"year": 2021}) == str(path)
