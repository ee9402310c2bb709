"""A run whose data or results are at an address: copied, made here as any other, put there.

At an address nothing can be renamed as a whole, so `manifest.json` comes last: until then the old one stands, whose
SHA-256 tell that files are no longer its own, and `why_again` has the paper made again. That makes the same bytes,
because what the new paper keeps of the old one, `sebelumnya/`, is put there before anything of the old one is replaced.
"""

import json
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from iku_analysis.errors import AddressLost, RunFailed
from iku_analysis.papers.catalogue import Run, find_target
from iku_analysis.papers.make import run_and_publish
from iku_analysis.papers.previous import PREVIOUS, TABLES
from iku_analysis.storage.address import copies, download, is_address, list_files, opened
from iku_analysis.storage.data_root import fetch_root, find_data_root
from iku_analysis.storage.digest import sha256
from iku_analysis.storage.publish import FAILED, MANIFEST, PUTTING, show_path
from iku_analysis.storage.temporary import private_folder


def make_anywhere(run: Run) -> None:
    """Make and publish a run, wherever its data are and its results go; whoever makes the same here is waited for.

    Raises
    ------
    IkuError, DataError, RunFailed, KernelLost
        As `run_and_publish` does; what a failed run made so far is put at `<address>.gagal`.
    AddressLost
        If an address could not be read or written.
    """
    data = str(run.given["data"])
    with copies(), tempfile.TemporaryDirectory(dir=private_folder(), ignore_cleanup_errors=True) as folder:
        if is_address(data):
            fetch_root(data)
        target = find_target(run, find_data_root(data))
        if isinstance(target, Path):
            run_and_publish(run, wait=True, target=target)
            return
        made = Path(folder) / target.rpartition("/")[2]
        get_standing(target, made)
        try:
            run_and_publish(run, target=made)
        except RunFailed as error:
            failed = made.with_name(f"{made.name}.{FAILED}")
            if not failed.exists():
                raise
            try:
                put_whole(failed, f"{target}.{FAILED}")
            except AddressLost as lost:  # the fault of the run comes first; where its pieces are, is no longer true
                raise type(error)(f"{str(error).rpartition(chr(10))[0]}\n{lost}") from error
            raise type(error)(str(error).replace(show_path(failed), f"{target}.{FAILED}")) from error
        put_whole(made, target)


def get_standing(address: str, folder: Path) -> None:
    """Copy what a new paper needs of the one at an address (`previous.py`); nothing if none stands there."""
    wanted = [f"{below}{name}" for below in ("", f"{PREVIOUS}/") for name in (MANIFEST, *TABLES)]
    with opened(address) as (system, path):
        there = list_files(system, path)
        download(system, path, folder, [name for name in wanted if name in there])
    with suppress(OSError, ValueError, KeyError, TypeError):  # none, or a broken manifest: `read_report` tells
        written = {each["path"]: each["sha256"] for each in json.loads((folder / MANIFEST).read_bytes())["outputs"]}
        for name in TABLES:  # those that a run replaced, which then did not come to its manifest
            kept = folder / PREVIOUS / name
            if kept.exists() and sha256(kept) == written[name]:
                shutil.copy(kept, folder / name)


def put_whole(folder: Path, address: str) -> None:
    """Put a paper at an address, `sebelumnya/` first and the manifest last, then remove all else that is there.

    A worker is not killed meanwhile (`end_worker`).
    """
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    first = [name for name in names if name.startswith(f"{PREVIOUS}/")]
    last = [name for name in names if name == MANIFEST]
    mark = Path(tempfile.gettempdir()) / PUTTING
    mark.touch()
    try:
        with opened(address) as (system, path):
            for group in (first, [name for name in names if name not in (*first, *last)], last):
                upload(system, path, folder, group)
            system.invalidate_cache()
            gone = [f"{path}/{name}" for name in list_files(system, path) if name not in names]
            if gone:
                system.rm(gone)
            if last and system.exists(f"{path}.{FAILED}"):
                system.rm(f"{path}.{FAILED}", recursive=True)
    finally:
        mark.unlink()


def upload(system: Any, path: str, folder: Path, names: list[str]) -> None:
    """Copy files from a folder to a path."""
    for parent in {f"{path}/{name}".rpartition("/")[0] for name in names}:
        system.makedirs(parent, exist_ok=True)
    system.put([str(folder / name) for name in names], [f"{path}/{name}" for name in names])
