"""What lies in a data root and is not read: other kinds of files, folders misspelt or too deep, files in use."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from iku_analysis.sources.account import LeftOut
from iku_analysis.sources.identity import named_files
from iku_analysis.storage.data_root import (
    DECREE,
    EVIDENCE,
    IDENTITY,
    LOOKS,
    PARTS,
    RECORDS,
    RECORDS_FILE,
    REGISTERS,
    RESULTS,
    TABLES,
)
from iku_analysis.terminal import one_line

LOCKS = ("~$", ".~lock.")  # of an open file, beside it
OF_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".gitattributes"}
MEANT = {  # how else somebody may name a folder
    **{name: name for name in PARTS[1:]},
    "keputusan": "decrees",
    "target": "targets",
    "target_triwulan": "targets",
    "realisasi": "realisations",
    "realization": "realisations",
    "realizations": "realisations",
    "konteks": "context",
    "verifikasi": "verifications",
    "tera": "verifications",
    "anggaran": "budget",
    "catatan": "notes",
    "register": "records",
}


def unread_files(root: Path) -> list[LeftOut]:
    """Return what is not read, a folder as one, with the reason; in the order of the names."""
    beside = [path for path in sorted(root.iterdir()) if path.name not in (*PARTS, RESULTS, EVIDENCE, IDENTITY)]
    if any(path.suffix.lower() in LOOKS for path in beside):
        named = named_files(root)
        beside = [path for path in beside if path.name not in named]
    found = [_beside_parts(path) for path in beside]
    for part in PARTS[1:]:
        for path in sorted((root / part).glob("*")):
            if part == "decrees" and (path / "decree.txt").is_file():
                found += [_in_decree(file) for file in sorted(path.iterdir())]
            else:
                found.append(_in_part(path, part))
    return [
        LeftOut(place + "/" * path.is_dir(), "", "", kind, values)
        for path, kind, values in filter(None, found)
        if (place := one_line(path.relative_to(root).as_posix()))
    ]


Found = tuple[Path, str, dict[str, Any]] | None


def _beside_parts(path: Path) -> Found:
    """Return why something beside the known folders is not read; papers about the data may lie there."""
    if path.is_file() and get_close_matches(path.name.casefold(), (IDENTITY, "identitas.toml"), 1, 0.75):
        return path, "misspelt_file", {"file": IDENTITY}
    if _is_of_system(path) or path.name.startswith(".") or path.suffix.lower() in (".md", ".toml"):
        return None
    near = get_close_matches(path.name.casefold(), MEANT, 1, 0.75)
    if path.is_dir() and near:
        return path, "misspelt", {"folder": MEANT[near[0]], "count": _count_files(path)}
    return path, "unknown", {}


def _in_decree(path: Path) -> Found:
    """Return why something in the folder of a decree is not read."""
    if path.name in DECREE or _is_of_system(path):
        return None
    return _of_open_file(path) or (path, "decree", {})


def _in_part(path: Path, part: str) -> Found:
    """Return why something in a known folder is not read."""
    if _is_of_system(path) or path.name.startswith(LOCKS):
        return _of_open_file(path)
    if part == "decrees":
        return path, "no_decree" if path.is_dir() else "decree", {}
    if part == RECORDS:
        return _in_records(path)
    if path.is_dir():
        return path, "folder", {"folder": part, "count": _count_files(path)}
    if not path.is_file() or path.name.startswith("."):
        return path, "hidden_file" if path.is_file() else "no_file", {}
    return None if part == "notes" or path.suffix.lower() in TABLES else (path, "type", {})


def _in_records(path: Path) -> Found:
    """Return why something among the registers is not read; folders of files may lie there."""
    known = path.is_dir() or path.name == RECORDS_FILE or path.suffix.lower() in REGISTERS[1:]
    return None if known else (path, "type", {})


def _of_open_file(path: Path) -> Found:
    """Return what a lock file says of the file that is open."""
    if not path.name.startswith(LOCKS):
        return None
    return path, "lock", {"file": re.sub(r"^~\$|^\.~lock\.|#$", "", path.name)}


def _is_of_system(path: Path) -> bool:
    """Tell whether a system put something there for itself, such as `.ipynb_checkpoints/`, or a folder is empty."""
    if path.is_dir():
        return path.name.startswith(".") or not any(path.rglob("*"))
    return path.name in OF_SYSTEMS or path.name.startswith("._")


def _count_files(path: Path) -> int:
    return sum(each.is_file() for each in path.rglob("*"))
