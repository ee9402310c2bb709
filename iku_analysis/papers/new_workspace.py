"""A new workspace: the mark, a data root to fill in or the example, and the notebooks to explore with."""

import os
import shutil
from pathlib import Path

from iku_analysis.errors import IkuError
from iku_analysis.language import _
from iku_analysis.papers.catalogue import PAPERS
from iku_analysis.storage.data_root import PARTS
from iku_analysis.storage.publish import staged
from iku_analysis.storage.workspace import LIBRARIES, MARK, PACKAGE, is_workspace, shipped


def make_workspace(folder: Path, *, example: bool = False) -> Path:
    """Make a workspace, whole or not at all, and return its data root.

    Raises
    ------
    IkuError
        If something stands there, or the place is inside another workspace or among Python's libraries.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - `resolve` follows links
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise IkuError(_("{folder} sudah ada dan tidak kosong. Pilih nama lain.", folder=folder))
    if around := next(filter(is_workspace, folder.parents), None):
        raise IkuError(_("{folder} di dalam folder kerja {around}. Buat di luarnya.", folder=folder, around=around))
    if LIBRARIES & set(folder.parts):
        raise IkuError(
            _("{folder} tempat pustaka Python, bukan folder kerja. Pindah ke folder kerja dulu.", folder=folder)
        )
    data = Path("data") / ("example" if example else "raw")
    with staged(folder) as stage:
        (stage / MARK).write_text(f"# {_('Penanda folder kerja iku.')}\n", encoding="utf-8")
        (stage / "notebooks").mkdir()
        papers = {notebook for notebook, _name in PAPERS.values()}  # they stay with the package
        for notebook in sorted(shipped("notebooks").glob("*.ipynb")):
            if notebook.stem not in papers:
                shutil.copyfile(notebook, stage / "notebooks" / notebook.name)
        if example:
            shutil.copytree(shipped("example"), stage / data, copy_function=shutil.copyfile)
        else:
            shutil.copytree(PACKAGE / "skeleton", stage / data, copy_function=shutil.copyfile)
            for part in PARTS[1:]:
                (stage / data / part).mkdir()
    return folder / data
