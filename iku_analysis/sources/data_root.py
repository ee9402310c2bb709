"""Where things are: the project, and the files of a data root."""

from pathlib import Path

from iku_analysis.errors import IkuError
from iku_analysis.language import _

# The package is installed from its clone, so the project is the folder above it.
PROJECT = Path(__file__).parents[2]
DEFAULT_ROOT = "data/raw"
TABLE_FOLDERS = ("targets", "realisations", "context", "verifications", "budget")


def find_data_root(data: str | Path = DEFAULT_ROOT) -> Path:
    """Return the folder of a data root, from `places_of` it.

    Raises
    ------
    IkuError
        If there is no such folder, or it holds no decree.
    """
    places = places_of(data)
    for place in places:
        if place.is_dir():
            if any((place / "decrees").glob("*/decree.txt")):
                return place.resolve()
            raise IkuError(
                _(
                    "{folder} bukan folder data: tidak ada decrees/NOMOR/decree.txt di dalamnya. "
                    "Contoh susunan: data/raw di proyek ini.",
                    folder=place,
                )
            )
    tried = ", ".join(str(place) for place in places)
    raise IkuError(_("Folder data {data} tidak ada; dicari di {tried}.", data=data, tried=tried))


def places_of(folder: str | Path) -> list[Path]:
    """Return where a folder is looked for: in the current folder, then in the project.

    So a notebook finds the same data from `notebooks/` and from the project folder.
    """
    return list(dict.fromkeys([Path.cwd() / folder, PROJECT / folder]))


def name_data_root(root: Path) -> str:
    """Return the path of a data root as reports show it: relative to the project where it can be."""
    return root.relative_to(PROJECT).as_posix() if root.is_relative_to(PROJECT) else root.as_posix()


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
