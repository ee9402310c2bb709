"""Put a folder of results in its place: whole or not at all."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iku_analysis.errors import IkuError
from iku_analysis.language import _


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target`; on success it takes the target's place.

    On failure the target stays as it was, and what was made so far is kept as `<target>.gagal`.
    """
    stage, failed = (target.with_name(f"{target.name}.{word}") for word in ("sementara", "gagal"))
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target)
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    try:
        yield stage
    except BaseException:
        shutil.rmtree(failed, ignore_errors=True)
        stage.rename(failed)
        raise
    old = _old(target)
    if target.exists():
        target.rename(old)
    stage.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(failed, ignore_errors=True)


def write_new(path: Path, content: bytes) -> None:
    """Write a file whole, and never over one of other content: somebody may have filled it.

    Raises
    ------
    IkuError
        If there is such a file, or something in the way.
    """
    if path.exists() and not (path.is_file() and path.read_bytes() == content):
        raise IkuError(
            _("{path} sudah ada dan isinya lain, mungkin sudah diisi. Pindahkan dulu, atau pilih --output lain.",
              path=show_path(path))
        )  # fmt: skip
    stage = path.with_name(f"{path.name}.sementara")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stage.write_bytes(content)
        stage.replace(path)
    except OSError as error:
        raise IkuError(_("{path} tidak dapat ditulis: {error}", path=show_path(path), error=error.strerror)) from error


def recover(target: Path) -> None:
    """Bring back the last good results if a run was killed between its two renames."""
    old = _old(target)
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f"{target.name}.lama")


def write_manifest(folder: Path, facts: dict) -> None:
    """Write `manifest.json`: the facts of a run, and the SHA-256 of every file it made."""
    made = [
        {"path": path.relative_to(folder).as_posix(), "sha256": sha256(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    text = json.dumps(facts | {"outputs": made}, indent=2, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def show_path(path: Path) -> str:
    """Return a path as short as it can be written from the current folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
