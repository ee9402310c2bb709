"""`iku new`, `iku open`, `iku lab` and `iku explorer`: a folder to work in, and what opens it."""

import os
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from iku_analysis.cli.options import DEFAULT, Data, Language
from iku_analysis.terminal import tell

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


def new(
    folder: Annotated[str, typer.Argument(help="Folder yang dibuat.", metavar="FOLDER")],
    example: Annotated[bool, typer.Option("--example", help="Dengan data contoh, bukan folder data kosong.")] = False,
) -> None:
    """Buat folder kerja: tempat data, notebook dan hasil satu instansi."""
    from iku_analysis.language import _
    from iku_analysis.papers.new_workspace import make_workspace
    from iku_analysis.storage.publish import show_path

    data = make_workspace(Path(folder), example=example)
    tell(_("Folder kerja: {folder}", folder=show_path(Path(folder).resolve())))
    if example:
        tell(_("Berikutnya: cd {folder}, lalu iku report", folder=shlex.quote(folder)))
    else:
        tell(_("Berikutnya: isi {folder} menurut BACA.md di sana, lalu iku check", folder=show_path(data)))


def open_() -> None:
    """Buat ulang daftar semua naskah di outputs/ dan buka di peramban; tanpa layar hanya menyebut tempatnya."""
    import webbrowser

    from iku_analysis.language import _
    from iku_analysis.papers.index import write_index
    from iku_analysis.storage.outputs import outputs
    from iku_analysis.storage.publish import show_path

    path = write_index(outputs())
    tell(_("Daftar naskah: {path}", path=show_path(path)))
    # Nothing is opened for a log or a pipe; without a display a browser of the terminal would take it over.
    screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if screen and sys.stdout.isatty():
        webbrowser.open(path.resolve().as_uri())


def lab(context: typer.Context) -> None:
    """Buka JupyterLab pada notebook folder kerja; kata lain diteruskan kepadanya."""
    from iku_analysis.storage.workspace import workspace

    home = workspace()
    notebooks = home / "notebooks"
    # Started in its folder, because jupyter-scheduler puts a job's files where its server was started.
    _become("JupyterLab", "lab", context.args, notebooks if notebooks.is_dir() else home)


def explorer(
    context: typer.Context,
    data: Data = DEFAULT,
    language: Language = "id",
) -> None:
    """Buka penjelajah di peramban, di komputer ini saja; kata lain diteruskan ke Voila."""
    from iku_analysis.execution.parameters import check_parameters, find_notebook
    from iku_analysis.execution.runner import prepare_notebook
    from iku_analysis.language import use_language
    from iku_analysis.storage.data_root import find_data_root
    from iku_analysis.storage.outputs import output_folder

    use_language(language)
    notebook = find_notebook("05_explorer")
    page = output_folder(find_data_root(data)) / "jelajah.ipynb"
    prepare_notebook(notebook, check_parameters(notebook, {"data": data, "language": language}), page)
    words = [str(page), f"--HTMLExporter.language_code={language}", *context.args]
    _become("Voila", "explorer", words, Path.cwd())


def tell_shadow(notebook: str) -> None:
    """Say that a notebook of the workspace was run in the place of another one of the package, if so."""
    from iku_analysis.execution.parameters import describe_shadow, find_notebook

    if told := describe_shadow(find_notebook(notebook)):
        tell(told, error=True)


def _become(program: str, extra: str, words: list[str], folder: Path) -> None:
    """Go on as a program of Jupyter, with the settings of the package and warm kernels."""
    from iku_analysis.errors import IkuError
    from iku_analysis.language import _
    from iku_analysis.storage.workspace import shipped, workspace

    module = program.lower()
    if find_spec(module) is None:
        raise IkuError(
            _('{program} belum terpasang. Ketik: pip install "iku-analysis[{extra}]"', program=program, extra=extra)
        )
    settings = str(shipped("jupyter"))
    os.environ |= {
        "JUPYTER_CONFIG_PATH": settings,
        "JUPYTER_PATH": settings,
        "JUPYTER_DEFAULT_PROVISIONER_NAME": "iku-forked",
        "IKU_HOME": str(workspace()),  # the kernel of a scheduled job stands in a folder of the scheduler
    }
    command = [sys.executable, "-P", "-m", module, *words]  # a file beside the notebooks hides no library
    os.chdir(folder)
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(sys.executable, command)  # noqa: S606 - who stops this process stops the program
    sys.exit(subprocess.call(command))  # noqa: S603
