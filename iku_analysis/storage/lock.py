"""One run at a time for one folder of results: a lock that the system takes back when its holder dies."""

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from iku_analysis.errors import IkuError
from iku_analysis.language import _

if sys.platform == "win32":
    import msvcrt
    import time

    def _take(file: int) -> bool:
        try:
            os.lseek(file, 1024, os.SEEK_SET)  # beyond the text: a locked byte cannot be read
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait(file: int) -> None:
        while not _take(file):
            time.sleep(0.2)

else:
    import fcntl

    def _take(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock file `path`, which is removed afterwards; one that a killed process left behind is free.

    Parameters
    ----------
    wait : bool
        Wait for another holder to end, however long; else refuse.

    Raises
    ------
    IkuError
        If another process holds it, with its number.
    OSError
        If the file cannot be written.
    """
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if not _take(file):
                if not wait:
                    raise IkuError(_in_use(path))
                _wait(file)
            # The last holder may have removed the file between our opening and locking it: then it guards nothing.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file), path.stat()):
                    break
        except BaseException:
            os.close(file)
            raise
        os.close(file)
    try:
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, f"{os.getpid()} {platform.node()}".encode())
        yield
    finally:
        with suppress(OSError):  # Windows removes no open file; the next holder takes it as it is
            path.unlink()
        os.close(file)


def _in_use(path: Path) -> str:
    text = ""
    with suppress(FileNotFoundError):  # it has just ended
        text = path.read_text(encoding="utf-8")
    number, _space, machine = text.partition(" ")
    return _(
        "{folder} sedang dibuat oleh proses {number} di komputer {machine}. Tunggu sampai selesai, lalu ulangi.",
        folder=path.with_suffix(""),
        number=number or "?",
        machine=machine or "?",
    )
