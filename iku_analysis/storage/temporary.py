"""One private folder for temporary files a process; what a killed one left, the next removes."""

import atexit
import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX = "iku_"
FRESH = 60  # seconds, in which a new folder may not be held yet


@cache
def private_folder() -> Path:
    """Return a folder that only its user can enter, and that is removed when this process ends."""
    if sys.platform != "win32":  # which opens no folder: there what a kill left stays
        _remove_left()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if sys.platform != "win32":
        _hold(folder)
    return folder


def _hold(folder: Path) -> int:
    """Lock a folder until this process ends, however it ends, or closes what is returned.

    Raises OSError if another holds it.
    """
    file = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise
    return file


def _remove_left() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody holds it, or has removed it meanwhile
            found = folder.lstat()
            if found.st_uid == os.getuid() and time.time() - found.st_ctime > FRESH and folder.is_dir():
                file = _hold(folder)
                shutil.rmtree(folder, ignore_errors=True)
                os.close(file)
