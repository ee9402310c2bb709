"""Where a command stands: the workspace whose data it reads and where its outputs go, and what the package brings."""

import os
from pathlib import Path

from iku_analysis.errors import IkuError
from iku_analysis.language import _

PACKAGE = Path(__file__).parents[1]
MARK = "iku.toml"  # of a workspace; one with a data root in `data/` needs none
LIBRARIES = {"site-packages", "dist-packages"}
IN_A_CLONE = {"notebooks": "notebooks", "jupyter": "jupyter", "example": "data/example"}


def workspace() -> Path:
    """Return `IKU_HOME`, else the nearest folder upwards that is a workspace, else the current folder.

    Raises
    ------
    IkuError
        If `IKU_HOME` is no folder, or the place is among Python's libraries.
    """
    home = os.environ.get("IKU_HOME", "")
    if home and not os.path.isdir(home):  # noqa: PTH112 - that of Path raises
        raise IkuError(_("IKU_HOME menyebut {folder}, yang bukan folder. Perbaiki, atau hapus IKU_HOME.", folder=home))
    here = Path(home).resolve() if home else Path.cwd()
    found = here if home else next(filter(is_workspace, (here, *here.parents)), here)
    if LIBRARIES & set(found.parts):
        raise IkuError(
            _("{folder} tempat pustaka Python, bukan folder kerja. Pindah ke folder kerja dulu.", folder=found)
        )
    return found


def is_workspace(folder: Path) -> bool:
    """Tell whether a folder has `iku.toml`, or a data root in `data/`; not raising for one that cannot be read."""
    return os.path.isfile(folder / MARK) or any(folder.glob("data/*/decrees"))  # noqa: PTH113 - that of Path raises


def shipped(name: str) -> Path:
    """Return a folder that comes with the package (`notebooks`, `jupyter`, `example`); a clone has it beside it."""
    inside = PACKAGE / "shipped" / name
    return inside if inside.is_dir() else PACKAGE.parent / IN_A_CLONE[name]
