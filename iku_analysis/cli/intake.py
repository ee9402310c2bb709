"""`iku import`: show what was read of an office's files, ask what is open, and take it into the data root."""

import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from iku_analysis.cli.options import DEFAULT, Data, Language
from iku_analysis.terminal import tell

if TYPE_CHECKING:
    from iku_analysis.intake.reading import Doubt


def import_(
    files: Annotated[list[Path], typer.Argument(help="Berkas yang dibaca.", metavar="FILE...")],
    data: Data = DEFAULT,
    answers: Annotated[
        list[str] | None, typer.Option("--set", help="Jawaban: KUNCI=NILAI; boleh berkali-kali.", metavar="KEY=VALUE")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--yes", help="Terima tanpa bertanya; ditolak bila masih ada yang ragu.")
    ] = False,
    language: Language = "id",
) -> None:
    """Baca tabel kantor dalam bentuk apa pun; perlihatkan bacaannya, lalu tulis sebagai tabel rapi."""
    from iku_analysis.errors import IkuError
    from iku_analysis.intake.door import read_import, write_import
    from iku_analysis.intake.preview import show_import
    from iku_analysis.language import _, use_language
    from iku_analysis.storage.data_root import find_data_root
    from iku_analysis.storage.publish import show_path

    use_language(language)
    given = {}
    for each in answers or []:
        key, sign, value = each.partition("=")
        if not sign:
            raise IkuError(_("--set {found}: tulis sebagai KUNCI=NILAI.", found=repr(each)))
        given[key.strip()] = value.strip()
    root, asks = find_data_root(data), sys.stdin.isatty() and not accept
    plan = read_import(files, root, given)
    while asks and plan.is_open and not plan.problems:
        for doubt in {key: doubt for each in plan.files for key, doubt in each.reading.doubts.items()}.values():
            given[doubt.key] = _ask(doubt)
        plan = read_import(files, root, given)
    tell(show_import(plan, get_terminal_size().columns, whole=not sys.stdout.isatty()))
    if plan.problems or plan.is_open:
        tell(_("Tidak ada yang ditulis."), error=True)
        sys.exit(2)
    if asks:
        accept = typer.prompt(_("Terima dan tulis? y/t"), default="t", show_default=False).casefold() in (
            "y",
            "ya",
            "yes",
        )
    if not accept:
        tell(_("Belum ditulis. Bila bacaannya benar, ulangi dengan --yes."))
        return
    for path in write_import(plan):
        tell(_("Ditulis: {path}", path=show_path(path)))


def _ask(doubt: "Doubt") -> str:
    """Return the choice that is typed, by its number."""
    from iku_analysis.language import _

    tell(f"{doubt.place}: {doubt.question}")
    for number, choice in enumerate(doubt.choices, start=1):
        tell(f"  {number}. {choice}")
    number = 0
    while not 1 <= number <= len(doubt.choices):
        number = typer.prompt(_("Nomor"), type=int)
    return doubt.choices[number - 1]
