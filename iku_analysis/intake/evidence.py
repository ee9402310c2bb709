"""The originals of what was imported, kept in the data root as they came, with their SHA-256."""

from collections.abc import Iterable
from pathlib import Path

from iku_analysis.errors import IkuError
from iku_analysis.language import _
from iku_analysis.storage.data_root import EVIDENCE
from iku_analysis.storage.digest import sha256

SUMS = f"{EVIDENCE}/sha256sums.txt"  # as `sha256sum --check` reads it


def originals(root: Path, files: Iterable[tuple[Path, str]]) -> dict[Path, bytes]:
    """Return what is to be written for originals (each with the SHA-256 it was read by): each, and the list of all.

    Raises
    ------
    IkuError
        If one has changed since it was read.
    """
    contents: dict[Path, bytes] = {}
    known = root / SUMS
    lines = known.read_text(encoding="utf-8").splitlines() if known.is_file() else []
    sums = {name: digest for digest, _blanks, name in (line.partition("  ") for line in lines)}
    for path, digest in files:
        if sha256(path) != digest:
            raise IkuError(_("{file} berubah sesudah dibaca. Ulangi.", file=path.name))
        name = f"{path.stem}.{digest[:12]}{path.suffix}"
        contents[root / EVIDENCE / name] = path.read_bytes()
        sums[name] = digest
    contents[known] = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()
    return contents
