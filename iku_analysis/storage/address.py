"""A data root at an address (`s3://bucket/agency`): a copy of it is read, and shown by the address.

Addresses are those of fsspec. Their keys and passwords stand in the environment or in fsspec's own
settings on each machine, never in the address: that one is shown in papers, logs and manifests.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from iku_analysis.errors import AddressLost, IkuError
from iku_analysis.language import _
from iku_analysis.storage.temporary import private_folder

COPIES = "IKU_COPIES"  # in the environment, because kernels look there too: the folder of the copies


def is_address(place: object) -> bool:
    """Tell an address from a folder of this machine."""
    return "://" in str(place)


def check_address(address: str) -> None:
    """Raise IkuError for an address that holds a secret, or of a kind that nothing here can read."""
    if urlsplit(address).password is not None or "?" in address:
        raise IkuError(
            _(
                "Alamat {address}: kata sandi atau kunci tidak boleh ada di alamat. "
                "Taruh di setelan fsspec atau lingkungan setiap mesin.",
                address=f"{address.partition('://')[0]}://…",
            )
        )
    try:
        from fsspec import get_filesystem_class

        get_filesystem_class(address.partition("://")[0])
    except ImportError as error:  # of fsspec itself, or of what it needs for this kind
        raise IkuError(
            _(
                "Alamat {address} memerlukan pustaka yang belum ada di sini ({error}). "
                "Pasang: .venv/bin/pip install fsspec dan pustaka jenis itu, misalnya s3fs untuk s3://.",
                address=address,
                error=error,
            )
        ) from error
    except ValueError as error:
        raise IkuError(
            _("Alamat {address}: jenis ini tidak dikenal ({error}).", address=address, error=error)
        ) from error


@contextmanager
def opened(address: str) -> Iterator[tuple[Any, str]]:
    """Give the file system of an address and the path in it.

    Raises
    ------
    AddressLost
        If anything done with it fails.
    """
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(address)
        system.invalidate_cache()  # what another machine wrote is to be seen
        yield system, path.rstrip("/")
    except Exception as error:  # each kind of file system has its own
        raise AddressLost(f"{address}: {type(error).__name__}: {error}") from error


def local_path(address: str) -> Path | None:
    """Return the folder of an address that is one of this machine's (`file://`), else None."""
    from fsspec.implementations.local import LocalFileSystem

    with opened(address) as (system, path):
        return Path(path) if isinstance(system, LocalFileSystem) else None


@contextmanager
def copies() -> Iterator[None]:
    """Have a folder for copies of data roots, where `find_data_root` finds them; it goes at the end."""
    before = os.environ.get(COPIES)
    with tempfile.TemporaryDirectory(dir=private_folder(), ignore_cleanup_errors=True) as folder:
        os.environ[COPIES] = str(Path(folder).resolve())
        try:
            yield
        finally:
            del os.environ[COPIES]
            if before is not None:
                os.environ[COPIES] = before


def copy_of(address: str) -> Path:
    """Return where the copy of an address is. Raises IkuError where no folder for copies is to be had."""
    if COPIES not in os.environ:
        raise IkuError(_("{address} adalah alamat; hanya iku batch yang membaca alamat.", address=address))
    return Path(os.environ[COPIES]) / quote(address, safe="")


def address_of(root: Path) -> str:
    """Return the address that a folder is the copy of; empty if it is none."""
    return unquote(root.name) if os.environ.get(COPIES) == str(root.parent) else ""


def list_files(system: Any, path: str) -> dict[str, Any]:
    """Return the files below a path: their names from there on, each with what the file system tells of it."""
    found = {name.removeprefix(path).lstrip("/"): each for name, each in system.find(path, detail=True).items()}
    # S3 has files for folders, and a name there is any text.
    return {
        name: each
        for name, each in found.items()
        if name and "" not in (parts := name.split("/")) and ".." not in parts
    }


def download(system: Any, path: str, folder: Path, names: list[str]) -> None:
    """Copy files from a path to a folder, which there is afterwards if there is any file."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    system.get([f"{path}/{name}" for name in names], [str(folder / name) for name in names])
