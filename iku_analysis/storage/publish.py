"""Put a folder of results in its place: whole or not at all."""

import ctypes
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from secrets import token_hex

from iku_analysis.errors import IkuError, RunFailed
from iku_analysis.language import _
from iku_analysis.storage.digest import sha256
from iku_analysis.storage.lock import locked

# What stands beside a target: who makes it, what it makes, what it replaces, what a failed run made.
LOCK, STAGE, OLD, FAILED = "kunci", "sementara", "lama", "gagal"
MANIFEST = "manifest.json"
RESULT = "result"  # in a manifest: what a paper says at a glance
MADE = ("outputs", RESULT)  # in a manifest: what came of a run, all else is what it was made from
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
PUTTING = "mengunggah"  # beside a worker's temporary files while it puts a paper at an address


@contextmanager
def staged(target: Path, *, wait: bool = False) -> Iterator[Path]:
    """Give an empty folder beside `target`; on success it takes the target's place.

    Until then no other process can make the same target; with `wait` it is waited for, else refused. On failure
    the target stays as it was; what was made so far is kept as `<target>.gagal`, unless the run was interrupted
    or could not write: then nothing is kept.

    Raises
    ------
    IkuError
        If another process is making the target.
    RunFailed
        If anything cannot be written or read: a full disk, a folder that is read-only.
    """
    target = _real(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(_beside(target, LOCK), wait=wait):
            recover(target)
            stage = _beside(target, f"{STAGE}-{token_hex(4)}")
            stage.mkdir()
            try:
                yield stage
                _publish(stage, target)
            except (OSError, KeyboardInterrupt, SystemExit):
                shutil.rmtree(stage, ignore_errors=True)
                raise
            except Exception as error:
                failed = _beside(target, FAILED)
                shutil.rmtree(failed, ignore_errors=True)
                stage.rename(failed)
                if not isinstance(error, RunFailed):
                    raise
                text = _("{error}\nYang sempat dibuat ada di {folder}.", error=error, folder=show_path(failed))
                raise type(error)(text) from error
    except OSError as error:
        place = show_path(Path(error.filename or target))
        raise RunFailed(
            _(
                "{place}: {error}. {target} tetap seperti semula.",
                place=place,
                error=error.strerror or error,
                target=show_path(target),
            )
        ) from error


def _publish(stage: Path, target: Path) -> None:
    """Let a folder take the target's place, after all of it has reached the disk."""
    for path in [*stage.rglob("*"), stage]:
        _sync(path)
    old = _beside(target, OLD)
    if not _exchange(stage, target):  # there is none yet, or the system cannot: then two renames
        try:
            if target.exists():
                target.rename(old)
            stage.rename(target)
        except BaseException:
            recover(target)
            raise
    _sync(target.parent)
    for gone in (stage, old, _beside(target, FAILED)):
        shutil.rmtree(gone, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders take each other's place in one step, so that each is there at every instant; False if not done.

    Linux only, and not on every disk.
    """
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):  # as macOS, musl and Windows say it
        return False
    return rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0


def _sync(path: Path) -> None:
    """Wait until a file or the names in a folder are on the disk."""
    if path.is_dir() and os.name != "posix":
        return  # Windows opens no folder
    file = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def recover(target: Path) -> None:
    """Clean up after a run that was killed, with the lock held: its stage goes, the last good results come back."""
    old = _beside(target, OLD)
    if old.exists() and not target.exists():
        old.rename(target)
    for gone in (old, *target.parent.glob(f"{escape(target.name)}.{STAGE}*")):
        shutil.rmtree(gone, ignore_errors=True)


def clean(target: Path) -> None:
    """Clean up after a run that was killed, unless another is at it already and does so itself."""
    target = _real(target)
    with suppress(OSError, IkuError), locked(_beside(target, LOCK), wait=False):
        recover(target)


def _real(target: Path) -> Path:
    """Return what a target that is a link leads to: the results go there, and the link stays."""
    return target.resolve() if target.is_symlink() else target


def _beside(target: Path, word: str) -> Path:
    return target.with_name(f"{target.name}.{word}")


def write_new(path: Path, content: bytes) -> None:
    """Write a file whole, and never over one of other content: somebody may have filled it.

    Raises
    ------
    IkuError
        If there is such a file, or something in the way.
    """
    if path.exists() and not (path.is_file() and path.read_bytes() == content):
        raise IkuError(
            _(
                "{path} sudah ada dan isinya lain, mungkin sudah diisi. Pindahkan dulu, atau pilih --output lain.",
                path=show_path(path),
            )
        )
    write_whole(path, content)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in place of any other. Raises IkuError if it cannot be written."""
    write_together({path: content})


def write_together(contents: dict[Path, bytes]) -> None:
    """Write several files, each in place of any other: all of them, or none if one cannot be written.

    Raises
    ------
    IkuError
        If one cannot be written.
    """
    stages = {path: _beside(path, STAGE) for path in contents}
    path = next(iter(contents))
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            stages[path].write_bytes(content)
            _sync(stages[path])
        for path, stage in stages.items():
            stage.replace(path)
    except OSError as error:
        for stage in stages.values():
            with suppress(OSError):
                stage.unlink()
        raise IkuError(_("{path} tidak dapat ditulis: {error}", path=show_path(path), error=error.strerror)) from error


def write_manifest(folder: Path, facts: dict) -> None:
    """Write `manifest.json`: the facts of a run, and the SHA-256 of every file it made."""
    made = [
        {"path": path.relative_to(folder).as_posix(), "sha256": sha256(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    text = json.dumps(facts | {"outputs": made}, indent=2, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def show_path(path: Path) -> str:
    """Return a path as short as it can be written from the current folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
