"""Where the results of each data root go, below `outputs/` of the workspace."""

import hashlib
from pathlib import Path, PurePosixPath

from iku_analysis.language import current_language
from iku_analysis.storage.address import is_address, local_path
from iku_analysis.storage.data_root import name_data_root
from iku_analysis.storage.workspace import workspace


def outputs() -> Path:
    """Return where the results of all data roots go: `outputs/` of the workspace."""
    return workspace() / "outputs"


def results_place(place: str) -> Path | str:
    """Return where the results of all data roots go: a folder (empty: `outputs/`), or an address elsewhere."""
    if not place:
        return outputs()
    folder = local_path(place) if is_address(place) else Path(place).resolve()
    return folder or place


def output_folder(root: Path) -> Path:
    """Return where the reports of a data root go: `outputs/` for `data/raw`, else a folder of its own."""
    return outputs() / output_name(root)


def output_name(root: Path) -> str:
    """Return the folder of a data root below `outputs/`; empty for `data/raw`."""
    own = (workspace() / "data").resolve()
    if root == own / "raw":
        return ""
    name = name_data_root(root)
    if root.parent == own:
        return root.name
    # Two agencies may both call their folder `data`; the place tells them apart, also among thousands.
    return f"{PurePosixPath(name).name}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def form_path(root: Path, year: int, quarter: int | None = None) -> Path:
    """Return where the form of a year or quarter goes, in the language in use: `outputs/.../formulir/`."""
    parts = ["formulir", str(year), f"tw{quarter}" if quarter else "", "" if current_language() == "id" else "en"]
    return output_folder(root) / "formulir" / ("-".join(filter(None, parts)) + ".xlsx")
