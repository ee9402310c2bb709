"""What a run depends on, and whether the results that stand were made from just that."""

import hashlib
import json
import platform
import re
import tempfile
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from iku_analysis import __version__
from iku_analysis.errors import AddressLost
from iku_analysis.execution.parameters import find_notebook
from iku_analysis.papers.catalogue import known_until, notebooks_of
from iku_analysis.sources.policy import Policy
from iku_analysis.storage.address import download, list_files, opened
from iku_analysis.storage.digest import digest, sha256
from iku_analysis.storage.publish import MADE, MANIFEST
from iku_analysis.storage.temporary import private_folder

PACKAGE = Path(__file__).parents[1]
LIBRARIES = ["pandas", "matplotlib", "seaborn", "papermill", "typst", "python-docx", "xlsxwriter"]


def short_digest(files: dict[str, str]) -> str:
    """Return twelve letters that change with any input file: the manifest has the whole digest of each."""
    return hashlib.sha256("\n".join(f"{path} {files[path]}" for path in sorted(files)).encode()).hexdigest()[:12]


@cache
def versions() -> dict[str, str]:
    """Return the versions that a report names."""
    return {"iku_analysis": __version__, "Python": platform.python_version()} | {
        name: metadata.version(name) for name in LIBRARIES
    }


@cache
def library_digest() -> str:
    """Return one SHA-256 over the versions of all libraries that the package needs, those of its libraries included."""
    found: dict[str, str] = {}
    waiting = ["iku-analysis"]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            library = metadata.metadata(name)  # read once: `metadata.distribution` reads it for each question
        except metadata.PackageNotFoundError:  # of another system or Python
            continue
        found[name] = library["Version"]
        needed = [each for each in library.get_all("Requires-Dist", []) if "extra ==" not in each]
        waiting += [re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in needed]
    return hashlib.sha256("\n".join(f"{name} {found[name]}" for name in sorted(found)).encode()).hexdigest()


@cache
def program_digest() -> str:
    """Return one SHA-256 over the package's own files: code, templates, catalogue."""
    total = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            total.update(f"{path.relative_to(PACKAGE).as_posix()} {sha256(path)}\n".encode())
    return total.hexdigest()


def run_fingerprint(
    inputs: dict[str, str],
    policy: Policy,
    notebook: Path,
    parameters: dict[str, Any],
    formats: tuple[str, ...],
) -> dict[str, Any]:
    """Return all that a run depends on, as JSON holds it; nothing of the clock or the machine.

    Two runs of equal facts give the same bytes, so the second need not be made.
    """
    return {
        "notebook": {"name": notebook.name, "sha256": digest(notebook)}
        | {other: digest(find_notebook(other)) for other in notebooks_of(notebook.stem)[1:]},
        "parameters": parameters,
        "formats": list(formats),
        "inputs": [{"path": path, "sha256": version} for path, version in inputs.items()],
        "policy": {"judging": policy.judging.model_dump(), "illustrative": policy.illustrative},
        "until": known_until(notebook.stem, parameters),
        "versions": versions(),
        "libraries": library_digest(),
        "program": program_digest(),
    }


def why_again(target: Path, facts: dict[str, Any]) -> str:
    """Return why a run has to be made: `new`, the name of a fact that is another now, or `outputs`.

    Empty if the results in `target` were made from just these facts and every file of them is there, as written.
    """
    if not target.exists():
        return "new"
    try:
        stored = json.loads((target / MANIFEST).read_bytes())
        made = {each["path"]: each["sha256"] for each in stored["outputs"]}
        for name in sorted({*stored, *facts} - {*MADE}):
            if stored.get(name) != facts.get(name):
                return name
        whole = all(sha256(target / path) == written for path, written in made.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "outputs"
    return "" if whole else "outputs"


def why_again_at(address: str, facts: dict[str, Any]) -> str:
    """Return what `why_again` does, of results at an address; they are read if the manifest says all is well."""
    try:
        with opened(address) as (system, path), tempfile.TemporaryDirectory(dir=private_folder()) as folder:
            there = list_files(system, path)
            if not there:
                return "new"
            for names in ({MANIFEST}, set(there)):
                download(system, path, Path(folder), [name for name in there if name in names])
                if (why := why_again(Path(folder), facts)) != "outputs":
                    break
            return why
    except AddressLost:  # the run will tell
        return "outputs"
