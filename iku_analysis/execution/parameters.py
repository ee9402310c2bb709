"""The parameters of a notebook, strictly: unknown names and wrong types stop before a kernel starts."""

import ast
import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from iku_analysis.errors import IkuError
from iku_analysis.language import LANGUAGES, _
from iku_analysis.storage.address import is_address
from iku_analysis.storage.data_root import find_data_root, name_data_root, places_of
from iku_analysis.storage.digest import once_a_version
from iku_analysis.storage.workspace import shipped, workspace


def find_notebook(name: str) -> Path:
    """Return the notebook of a path, or of a name (`01_overview`): of the workspace, else of the package.

    Raises IkuError if there is none.
    """
    folders = (workspace() / "notebooks", shipped("notebooks"))
    for path in (*(folder / f"{name}.ipynb" for folder in folders), Path(name)):
        if path.is_file() and path.suffix == ".ipynb":
            return path.resolve()
    names = sorted({path.stem for folder in folders for path in folder.glob("*.ipynb")})
    raise IkuError(
        _("Notebook {name} tidak ada; yang ada: {names}.", name=name, names=", ".join(names)) + _meant(name, names)
    )


def describe_shadow(path: Path) -> str:
    """Return in words that a notebook of the workspace takes the place of another one of the package; else nothing."""
    ours = shipped("notebooks") / path.name
    if path == ours.resolve() or not ours.is_file() or path.read_bytes() == ours.read_bytes():
        return ""
    return _("Dipakai {path}; isinya lain dari notebook bawaan dengan nama yang sama.", path=path)


def _meant(word: str, choices: list[str]) -> str:
    near = get_close_matches(word, choices, n=1)
    return " " + _("Maksud Anda {choice}?", choice=near[0]) if near else ""


@once_a_version
def notebook_parameters(path: Path) -> dict[str, Any]:
    """Return the parameters of a notebook: name to default value, in the order of its `parameters` cell."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    tagged = [cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    if len(tagged) != 1:
        raise IkuError(_("{notebook} harus punya tepat satu sel bertanda parameters.", notebook=path.name))
    assignments = [node for node in ast.parse("".join(tagged[0]["source"])).body if isinstance(node, ast.Assign)]
    return {node.targets[0].id: ast.literal_eval(node.value) for node in assignments}  # type: ignore[attr-defined]


def check_parameters(path: Path, given: dict[str, Any]) -> dict[str, Any]:
    """Return all parameters of a run, the defaults filled in, text turned into the default's type.

    Raises
    ------
    IkuError
        For a name the notebook does not have, a value of another type, an unknown language,
        or a folder that is not a data root.
    """
    defaults = notebook_parameters(path)
    parameters = dict(defaults)
    for name, value in given.items():
        if name not in defaults:
            names = ", ".join(defaults)
            raise IkuError(
                _(
                    "Parameter {name} tidak ada di {notebook}; yang ada: {names}.",
                    name=name,
                    notebook=path.name,
                    names=names,
                )
                + _meant(name, list(defaults))
            )
        parameters[name] = _convert(name, value, type(defaults[name]))
    if parameters.get("language", "id") not in LANGUAGES:
        raise IkuError(_("Bahasa {language} tidak dikenal; pilih id atau en.", language=repr(parameters["language"])))
    if "data" in parameters:
        parameters["data"] = _name_that_finds(find_data_root(parameters["data"]))
    return parameters


def _name_that_finds(root: Path) -> str:
    """Return the name of a data root: the same inputs give the same bytes on every machine.

    Its path if another folder would be found by that name: one of the current folder, which comes first.
    """
    name = name_data_root(root)
    if is_address(name):
        return name
    first = next(place for place in places_of(name) if place.is_dir())
    return name if first.resolve() == root else root.as_posix()


def _convert(name: str, value: Any, wanted: type) -> Any:
    if type(value) is wanted:
        return value
    try:
        if wanted in (int, float) and isinstance(value, str):
            return wanted(value)
        if wanted is bool and value in ("true", "false"):
            return value == "true"
    except ValueError:
        pass
    kinds = {int: _("bilangan bulat"), float: _("bilangan"), bool: "true / false", str: _("teks")}
    raise IkuError(_("Parameter {name} harus {kind}, bukan {value}.", name=name, kind=kinds[wanted], value=repr(value)))
