"""Where things are: the project, and the files of a data root."""

import shutil
from pathlib import Path
from typing import Any

from iku_analysis.errors import AddressLost, IkuError
from iku_analysis.language import _
from iku_analysis.sources.address import address_of, copy_of, download, is_address, list_files, opened

# The package is installed from its clone, so the project is the folder above it.
PROJECT = Path(__file__).parents[2]
DEFAULT_ROOT = "data/raw"
TABLE_FOLDERS = ("targets", "realisations", "context", "verifications", "budget")
PARTS = ("policy.toml", "decrees", *TABLE_FOLDERS, "notes")  # of a data root, besides which others may lie there
TRIES = 3  # to copy files that change meanwhile


def find_data_root(data: str | Path = DEFAULT_ROOT) -> Path:
    """Return the folder of a data root, from `places_of` it; of an address the folder of its copy.

    Raises
    ------
    IkuError
        If there is no such folder, or it holds no decree.
    """
    places = [copy_of(str(data))] if is_address(data) else places_of(data)
    for place in places:
        if place.is_dir():
            if any((place / "decrees").glob("*/decree.txt")):
                return place.resolve()
            raise IkuError(
                _(
                    "{folder} bukan folder data: tidak ada decrees/NOMOR/decree.txt di dalamnya. "
                    "Contoh susunan: data/raw di proyek ini.",
                    folder=data if is_address(data) else place,
                )
            )
    tried = str(data) if is_address(data) else ", ".join(str(place) for place in places)
    raise IkuError(_("Folder data {data} tidak ada; dicari di {tried}.", data=data, tried=tried))


def fetch_root(address: str) -> None:
    """Copy a data root at an address to where `find_data_root` finds it, as it stood at one moment.

    Raises
    ------
    AddressLost
        If the address does not answer, or its files change again and again while they are copied.
    """
    copy = copy_of(address)
    for _try in range(TRIES):
        shutil.rmtree(copy, ignore_errors=True)
        with opened(address) as (system, path):
            before = _list_parts(system, path)
            download(system, path, copy, list(before))
            system.invalidate_cache()
            if _list_parts(system, path) == before:
                return
    raise AddressLost(_("{address}: berkasnya terus berubah selama disalin. Ulangi.", address=address))


def _list_parts(system: Any, path: str) -> dict[str, Any]:
    found = list_files(system, path)
    return {name: each for name, each in found.items() if name.split("/")[0] in PARTS}


def places_of(folder: str | Path) -> list[Path]:
    """Return where a folder is looked for: in the current folder, then in the project.

    So a notebook finds the same data from `notebooks/` and from the project folder.
    """
    return list(dict.fromkeys([Path.cwd() / folder, PROJECT / folder]))


def name_data_root(root: Path) -> str:
    """Return a data root as reports show it: its address, or its path, relative to the project where it can be."""
    return address_of(root) or (
        root.relative_to(PROJECT).as_posix() if root.is_relative_to(PROJECT) else root.as_posix()
    )


def input_files(root: Path) -> list[Path]:
    """Return every file of a data root that is read, in a fixed order."""
    names = ["policy.toml", "decrees/*/decree.txt", "decrees/*/indicators.toml"]
    return [
        *(path for name in names for path in sorted(root.glob(name))),
        *(path for folder in TABLE_FOLDERS for path in table_files(root / folder)),
        *visible_files(root / "notes"),
    ]


def table_files(folder: Path) -> list[Path]:
    """Return the CSV and Excel files of a folder."""
    return [path for path in visible_files(folder) if path.suffix.lower() in {".csv", ".xlsx"}]


def visible_files(folder: Path) -> list[Path]:
    """Return the files of a folder in the order of their names, without lock files (`~$...`) and hidden ones."""
    return sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith(("~$", ".")))
