"""SHA-256 of files, and readers that read a file again only when it is another."""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import TypeVar

Read = TypeVar("Read")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def once_a_version(read: Callable[[Path], Read]) -> Callable[[Path], Read]:
    """Return a reader that reads a file anew only when its place, size or time of change is another."""

    @cache
    def kept(path: Path, _inode: int, _size: int, _changed: int) -> Read:
        return read(path)

    @wraps(read)
    def read_once(path: Path) -> Read:
        found = path.stat()
        return kept(path, found.st_ino, found.st_size, found.st_mtime_ns)

    return read_once


digest = once_a_version(sha256)
