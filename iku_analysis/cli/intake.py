"""`iku import`: show what was read of an office's files, ask what is open, and take it into the data root."""

import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from iku_analysis.cli.options import DEFAULT, Data, Language
from iku_analysis.terminal import tell

if TYPE_CHECKING:
    from iku_analysis.intake.reading import Doubt


def import_(
    files: Annotated[list[Path], typer.Argument(help="Berkas yang dibaca.", metavar="BERKAS")],
    data: Data = DEFAULT,
    answers: Annotated[
        list[str] | None, typer.Option("--set", help="Jawaban: KUNCI=NILAI; boleh berkali-kali.", metavar="KUNCI=NILAI")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--yes", help="Terima tanpa bertanya; ditolak bila masih ada yang ragu.")
    ] = False,
    language: Language = "id",
) -> None:
    """Baca tabel kantor dalam bentuk apa pun; perlihatkan bacaannya, lalu tulis sebagai tabel rapi."""
    from iku_analysis.intake.door import read_import, write_import
    from iku_analysis.intake.preview import show_import
    from iku_analysis.language import _, use_language
    from iku_analysis.storage.data_root import find_data_root
    from iku_analysis.storage.publish import show_path

    use_language(language)
    given = parse_answers(answers)
    asks = sys.stdin.isatty() and not accept
    files = [path for path in files if not _take_decree(path, data, asks=asks, accept=accept)]
    if not files:
        return
    root = find_data_root(data)
    plan = read_import(files, root, given)
    while asks and plan.is_open and not plan.problems:
        for doubt in {key: doubt for each in plan.files for key, doubt in each.reading.doubts.items()}.values():
            given[doubt.key] = _ask(doubt)
        plan = read_import(files, root, given)
    tell(show_import(plan, get_terminal_size().columns, whole=not sys.stdout.isatty()))
    if plan.problems or plan.is_open:
        tell(_("Tidak ada yang ditulis."), error=True)
        sys.exit(2)
    if not plan.texts:
        tell(_("Tidak ada angka baru: tidak ada yang perlu ditulis."))
        return
    if not _is_accepted(asks=asks, accept=accept):
        return
    for path in write_import(plan):
        tell(_("Ditulis: {path}", path=show_path(path)))


def parse_answers(answers: list[str] | None) -> dict[str, str]:
    """Return answers given as `KEY=VALUE`. Raises IkuError for any other."""
    from iku_analysis.errors import IkuError
    from iku_analysis.language import _

    given = {}
    for each in answers or []:
        key, sign, value = each.partition("=")
        if not sign:
            raise IkuError(_("--set {found}: tulis sebagai KUNCI=NILAI.", found=repr(each)))
        given[key.strip()] = value.strip()
    return given


def _take_decree(path: Path, data: str, *, asks: bool, accept: bool) -> bool:
    """Show a decree, and write it once accepted; False for a file that is no decree."""
    from iku_analysis.display.differences import list_decree_changes
    from iku_analysis.intake.decree_door import decree_as_proposed, read_decree, show_decree, write_decree
    from iku_analysis.language import _
    from iku_analysis.problems import DataError
    from iku_analysis.sources.in_force import compare_decrees, read_decrees
    from iku_analysis.storage.data_root import is_folder, places_of
    from iku_analysis.storage.publish import show_path

    root = next(filter(is_folder, places_of(data)), Path(data))
    reading = read_decree(path, root)
    if reading is None:
        return False
    tell(show_decree(reading))
    decree, problems = decree_as_proposed(reading)
    if decree and (earlier := [each for each in read_decrees(root)[0] if each.decree_id != decree.decree_id]):
        old = earlier[-1]
        tell("\n" + list_decree_changes(compare_decrees(old, decree), old=old.number, new=decree.number))
    if problems:
        tell(_("Masih perlu dilengkapi sesudah diterima:") + f"\n{DataError(problems)}", error=True)
    if _is_accepted(asks=asks, accept=accept):
        written = write_decree(reading, root)
        for each in written:
            tell(_("Ditulis: {path}", path=show_path(each)))
        tell(
            _("Berikutnya: putuskan usulannya dengan iku decide, lengkapi policy.toml, lalu iku check.")
            if written
            else _("Keputusan ini sudah ada; yang sudah diputuskan tidak berubah.")
        )
    return True


def _is_accepted(*, asks: bool, accept: bool) -> bool:
    """Tell whether what was shown is accepted; say how, where nobody can be asked."""
    from iku_analysis.language import _

    if asks:
        answer = typer.prompt(_("Terima dan tulis? y/t"), default="t", show_default=False)
        return str(answer).casefold() in ("y", "ya", "yes")
    if not accept:
        tell(_("Belum ditulis. Bila bacaannya benar, ulangi dengan --yes."))
    return accept


def _ask(doubt: "Doubt") -> str:
    """Return the choice that is typed, by its number."""
    tell(f"{doubt.place}: {doubt.question}")
    return doubt.choices[choose(doubt.choices)]


def choose(choices: Sequence[str]) -> int:
    """Return which of some choices is typed, counted from 0; they are shown from 1."""
    from iku_analysis.language import _

    for number, choice in enumerate(choices, start=1):
        tell(f"  {number}. {choice}")
    number = 0
    while not 1 <= number <= len(choices):
        typed = typer.prompt(_("Nomor")).strip()
        number = int(typed) if typed.isdecimal() else 0
    return number - 1
