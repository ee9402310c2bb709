"""Where things are: the project, and the files of a data root."""

import os
import shutil
from pathlib import Path
from typing import Any

from iku_analysis.errors import AddressLost, IkuError
from iku_analysis.language import _
from iku_analysis.problems import DataError, Problem
from iku_analysis.storage.address import address_of, copy_of, download, is_address, list_files, opened
from iku_analysis.storage.workspace import is_workspace, workspace
from iku_analysis.terminal import one_line

DEFAULT_ROOT = "data/raw"
TABLE_FOLDERS = ("targets", "realisations", "context", "verifications", "budget")
RECORDS = "records"  # registers, in files and folders of any names, and RECORDS_FILE that declares them
RECORDS_FILE = "records.toml"
PARTS = ("policy.toml", "decrees", *TABLE_FOLDERS, "notes", RECORDS)  # of a data root; others may lie beside them
DECREE = ("decree.txt", "decree.toml", "annex.csv", "indicators.toml")  # of a decree's folder
IDENTITY = "identity.toml"
LOOKS = (".png", ".jpg", ".jpeg", ".svg", ".docx")  # what IDENTITY may name beside it: an emblem, a Word file
TABLES = (".csv", ".xlsx")
REGISTERS = (".toml", *TABLES, ".parquet")
EVIDENCE = "evidence"  # the originals of imported tables, as they came
RESULTS = "outputs"  # of a data root that holds its own
MOST_OTHERS = 1000  # files beside the known folders that a copy names
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
        if is_folder(place):
            if decree_files(place):
                return place.resolve()
            raise IkuError(
                _(
                    "{folder} bukan folder data: tidak ada decrees/NOMOR/decree.txt di dalamnya. "
                    "Contoh susunan: iku new NAMA --example.",
                    folder=data if is_address(data) else place,
                )
            )
    tried = str(data) if is_address(data) else ", ".join(str(place) for place in places)
    told = _("Folder data {data} tidak ada; dicari di {tried}.", data=data, tried=tried)
    if not is_workspace(workspace()):
        told += " " + _("Ini bukan folder kerja; buat satu dengan: iku new NAMA.")
    raise IkuError(told)


def is_folder(path: Path) -> bool:
    """Tell whether there is such a folder, for any text: one too long for a name is none."""
    return os.path.isdir(path)  # noqa: PTH112 - that of Path raises


def decree_files(root: Path) -> list[Path]:
    """Return the texts of the decrees of a data root."""
    return sorted(path for path in root.glob("decrees/*/decree.txt") if path.is_file())


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
            _name_others(system, path, copy)
            system.invalidate_cache()
            if _list_parts(system, path) == before:
                return
    raise AddressLost(_("{address}: berkasnya terus berubah selama disalin. Ulangi.", address=address))


def _name_others(system: Any, path: str, copy: Path) -> None:
    """Put an empty file into a copy for each one beside the known folders, so that it can be named as not read."""
    parts = _list_parts(system, path)
    others = sorted(
        name
        for name in list_files(system, path)
        if name not in parts and name.split("/")[0] not in (*PARTS, RESULTS, EVIDENCE)
    )
    for name in others[:MOST_OTHERS]:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).touch()


def _list_parts(system: Any, path: str) -> dict[str, Any]:
    found = list_files(system, path)
    return {
        name: each
        for name, each in found.items()
        if name.split("/")[0] in (*PARTS, IDENTITY)
        or (IDENTITY in found and name.lower().endswith(LOOKS) and "/" not in name)
    }


def places_of(folder: str | Path) -> list[Path]:
    """Return where a folder is looked for: in the current folder, then in the workspace.

    So a notebook finds the same data from `notebooks/` and from the workspace. The default, where there is none,
    is the only data root that the workspace has.
    """
    home = workspace()
    places = [Path.cwd() / folder, home / folder]
    if str(folder) == DEFAULT_ROOT:
        roots = sorted(path.parent for path in home.glob("data/*/decrees"))
        places += roots if len(roots) == 1 else []
    return list(dict.fromkeys(places))


def name_data_root(root: Path) -> str:
    """Return a data root as reports show it: its address, or its path, relative to the workspace where it can be."""
    home = workspace()
    own = (home / "data").resolve()  # it may be a link to another disk
    if root.is_relative_to(own):
        root = home / "data" / root.relative_to(own)
    return address_of(root) or (root.relative_to(home).as_posix() if root.is_relative_to(home) else root.as_posix())


def input_files(root: Path) -> list[Path]:
    """Return every file of a data root that may be read, in a fixed order: of pictures, identity.toml names one."""
    names = ["policy.toml", *(f"decrees/*/{name}" for name in DECREE), IDENTITY]
    return [
        *(path for name in names for path in sorted(root.glob(name)) if path.is_file()),
        *(path for path in visible_files(root) if (root / IDENTITY).is_file() and path.suffix.lower() in LOOKS),
        *(path for folder in TABLE_FOLDERS for path in table_files(root / folder)),
        *visible_files(root / "notes"),
        *register_files(root),
    ]


def register_files(root: Path) -> list[Path]:
    """Return records.toml and the files of registers, also in folders there."""
    found = (path for path in (root / RECORDS).rglob("*") if path.is_file() and path.suffix.lower() in REGISTERS)
    return sorted(path for path in found if not path.name.startswith(("~$", ".")))


def check_names(root: Path) -> None:
    """Refuse a data root that is named, or that holds a file named, with what no page and no terminal can show.

    Raises
    ------
    DataError
        With every such name.
    """
    names = [str(root), *(path.relative_to(root).as_posix() for path in input_files(root))]
    found, expected = _("nama dengan tanda yang tidak terlihat"), _("nama dari huruf, angka dan tanda baca")
    faults = [
        Problem(one_line(name), None, None, found, expected, _("Ganti nama berkas atau foldernya."))
        for name in names
        if one_line(name) != name
    ]
    if faults:
        raise DataError(faults)


def table_files(folder: Path) -> list[Path]:
    """Return the CSV and Excel files of a folder."""
    return [path for path in visible_files(folder) if path.suffix.lower() in TABLES]


def visible_files(folder: Path) -> list[Path]:
    """Return the files of a folder in the order of their names, without lock files and hidden ones."""
    return sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith(("~$", ".")))
