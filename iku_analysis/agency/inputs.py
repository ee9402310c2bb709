"""Which files a data root holds, and which version of each: what results were made from."""

from collections.abc import Callable
from pathlib import Path

from iku_analysis.sources.unread import unread_files
from iku_analysis.storage.data_root import input_files, register_files
from iku_analysis.storage.digest import digest


def list_inputs(root: Path, hashed: Callable[[Path], str] = digest) -> dict[str, str]:
    """Return the SHA-256 of every file of a data root by its path there: empty for one that is not read.

    A paper names what was not read, so its coming and going changes a paper.
    """
    registers = set(register_files(root))  # gigabytes are hashed once, not with every question
    read = {
        path.relative_to(root).as_posix(): (digest if path in registers else hashed)(path) for path in input_files(root)
    }
    return read | {each.place: "" for each in unread_files(root)}
