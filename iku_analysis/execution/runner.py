"""Run one notebook with checked parameters (`parameters.py`)."""

import os
import sys
from pathlib import Path
from secrets import token_hex
from typing import Any

from iku_analysis.agency.expected import check_quarter
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.within_year import check_month
from iku_analysis.errors import KernelLost, RunFailed
from iku_analysis.indonesian import parse_report_date
from iku_analysis.language import _, english
from iku_analysis.storage.data_root import find_data_root
from iku_analysis.storage.notebook_file import NotebookNode, nbformat
from iku_analysis.storage.temporary import private_folder

KERNEL = "python3"
START_TIMEOUT, CELL_TIMEOUT = 120, 600  # seconds; papermill has no time-out of its own


def check_against_data(agency: Agency, parameters: dict[str, Any]) -> None:
    """Raise IkuError if the year or indicator of a run is not in the decrees, or its date, month or quarter is none."""
    parse_report_date(parameters.get("report_date", ""))
    year = parameters.get("year", agency.years[0])
    agency.decree(year)
    if "quarter" in parameters:
        check_quarter(parameters["quarter"])
    if "through" in parameters:
        check_month(parameters["through"])
    if parameters.get("indicator_id"):  # without one the notebook chooses
        agency.indicator(parameters["indicator_id"], year)


def run_notebook(path: Path, parameters: dict[str, Any], output: Path) -> NotebookNode:
    """Execute a notebook with checked parameters, write it to `output` and return it.

    Times, process numbers and random names are taken out: the same inputs give the same
    notebook. With `language` `en` its prose is translated first.

    Raises
    ------
    RunFailed
        If a cell fails, takes too long or puts out too much; `output` then holds what ran.
    KernelLost
        If the kernel dies or does not answer.
    """
    # papermill takes a second to import, so only a run pays for it.
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook
    from traitlets.config import Config

    from iku_analysis.kernels.provisioner import MOST_BYTES, ForkedKernelManager

    notebook = nbformat.read(path, as_version=4)
    if parameters.get("language") == "en":
        notebook = translate_prose(notebook)
    source = output.with_suffix(".source.ipynb")
    nbformat.write(notebook, source)
    data = str(find_data_root(parameters["data"])) if "data" in parameters else ""
    running: list[NotebookNode] = []
    try:
        executed = execute_notebook(
            _as_it_is(source),
            _as_it_is(output),
            parameters=parameters,
            kernel_name=KERNEL,
            progress_bar=sys.stderr.isatty(),
            start_timeout=START_TIMEOUT,
            execution_timeout=CELL_TIMEOUT,
            kernel_manager_class=ForkedKernelManager,
            shutdown_kernel="immediate",  # it has nothing left to do
            request_save_on_cell_execute=False,  # two files for each cell, while the kernel waits
            on_notebook_start=lambda notebook: running.append(notebook),  # noqa: PLW0108 - it is given by name
            config=Config({"KernelManager": _sockets(), "ForkedKernelManager": {"data": data}}),
        )
    except PapermillExecutionError as error:
        raise RunFailed(f"{path.name}: {error.ename}: {error.evalue}") from error
    except TimeoutError as error:
        nbformat.write(running[0], output)
        text = _("{notebook}: satu sel tidak selesai dalam {seconds} detik.", notebook=path.name, seconds=CELL_TIMEOUT)
        raise RunFailed(text) from error
    except RuntimeError as error:  # of nbclient and jupyter_client: DeadKernelError, or a kernel that did not start
        for notebook in running:
            nbformat.write(notebook, output)
            _check_size(output, MOST_BYTES)  # for which it was killed
        raise KernelLost(
            _(
                "{notebook}: kernel mati atau tidak menjawab, mungkin karena memori habis ({error}).",
                notebook=path.name,
                error=error,
            )
        ) from error
    finally:
        source.unlink()
    executed = clean(executed)
    nbformat.write(executed, output)
    _check_size(output, MOST_BYTES)
    return executed


def prepare_notebook(path: Path, parameters: dict[str, Any], output: Path) -> None:
    """Write a notebook with checked parameters to `output`, to be run by somebody else: Voila.

    Its first heading becomes the title of the page. With `language` `en` its prose is translated first.
    """
    from papermill.execute import execute_notebook

    notebook = nbformat.read(path, as_version=4)
    if parameters.get("language") == "en":
        notebook = translate_prose(notebook)
    notebook.metadata["title"] = notebook.cells[0].source.partition("\n")[0].lstrip("# ")
    output.parent.mkdir(parents=True, exist_ok=True)
    execute_notebook(notebook, _as_it_is(output), parameters, prepare_only=True, progress_bar=False)


def _as_it_is(path: Path) -> str:
    """Return a path whose braces papermill does not fill with parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _check_size(notebook: Path, most: int) -> None:
    if notebook.stat().st_size > most:
        raise RunFailed(_("{notebook}: hasilnya lebih dari {size} MB.", notebook=notebook.name, size=most // 10**6))


def _sockets() -> dict[str, str]:
    """Return where a kernel listens: on sockets in a folder that only its user can enter, not on TCP ports.

    Each run names its own: by itself jupyter_client takes the first free name in the current
    folder, and two kernels that start at once take the same. Removed when the process ends.
    """
    if os.name != "posix":
        return {}
    # A short path: that of a socket has at most 107 letters.
    return {"transport": "ipc", "ip": f"{private_folder()}/{token_hex(4)}"}


def translate_prose(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook with its Markdown cells in English, from the catalogue."""
    translated = notebook.copy()
    translated.cells = [
        cell | {"source": english().get(cell.source, cell.source)} if cell.cell_type == "markdown" else cell
        for cell in notebook.cells
    ]
    return nbformat.from_dict(translated)


def clean(notebook: NotebookNode) -> NotebookNode:
    """Return an executed notebook without what changes from run to run, and without widgets: no kernel answers them."""
    cells = []
    for number, cell in enumerate(notebook.cells, start=1):
        metadata = {key: value for key, value in cell.metadata.items() if key not in ("papermill", "execution")}
        injected = "injected-parameters" in metadata.get("tags", [])
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
        cells.append(
            cell | {"id": "injected-parameters" if injected else cell.get("id", str(number)), "metadata": metadata}
        )
    metadata = {key: value for key, value in notebook.metadata.items() if key in ("kernelspec", "language_info")}
    metadata["language_info"] = {"name": "python"}  # without the version of Python
    return nbformat.from_dict(notebook | {"cells": cells, "metadata": metadata})
