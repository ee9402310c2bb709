"""What Typer itself says, in the language of the reader: its help, and what is wrong with a command line."""

import re
from collections.abc import Callable
from typing import Any

import typer

from iku_analysis.language import _

UsageError: Any = typer.BadParameter.__base__  # whatever is wrong with a command line, wherever Typer keeps it

# What Typer says of a wrong command line -> what we say, by the groups of the pattern.
FAULTS: list[tuple[str, Callable[..., str]]] = [
    (r"No such command '(?P<word>.*?)'", lambda word: _("Tidak ada perintah {word}.", word=word)),
    (r"No such option: (?P<word>\S+)", lambda word: _("Tidak ada pilihan {word}.", word=word)),
    (r"Option '(?P<word>\S+)' requires an argument", lambda word: _("Pilihan {word} perlu isi.", word=word)),
    (
        r"Option '(?P<word>\S+)' requires (?P<count>\d+) arguments",
        lambda word, count: _("Pilihan {word} perlu {count} isi.", word=word, count=count),
    ),
    (r"Option '(?P<word>\S+)' does not take a value", lambda word: _("Pilihan {word} tanpa isi.", word=word)),
    (r"Missing (?:argument|option|parameter) '(?P<word>.*?)'", lambda word: _("{word} belum ditulis.", word=word)),
    (
        r"Invalid value for '(?P<name>.*?)': .*valid integer",
        lambda name: _("{name} harus bilangan bulat.", name=name),
    ),
    (
        r"Invalid value for '(?P<name>.*?)': (?P<why>.*)",
        lambda name, why: _("{name} tidak dapat dipakai: {why}", name=name, why=why),
    ),
    (
        r"Got unexpected extra argument(?:s|\(s\))? \((?P<words>.*)\)",
        lambda words: _("Kata berlebih: {words}.", words=words),
    ),
]
NEAR = re.compile(r"(?:Did you mean|Possible options?:|one of:?)\s*(?P<near>[^?)]+)")


def fault_words(error: Any) -> str:
    """Return in a sentence or two what is wrong with a command line (an error of Typer), and where the help is."""
    from iku_analysis.papers.catalogue import PAPERS

    message = error.format_message()
    said = message
    near = NEAR.search(message)
    meant = near["near"].replace("'", "").strip() if near else ""
    for pattern, ours in FAULTS:
        if match := re.match(pattern, message):
            said = ours(**match.groupdict())
            if match.groupdict().get("word") in PAPERS:
                meant = f"iku report --paper {match['word']}"
            break
    if meant:
        said += " " + _("Maksud Anda {near}?", near=meant)
    path = error.ctx.command_path if getattr(error, "ctx", None) else "iku"
    return said + "\n" + _("Bantuan: {command}", command=f"{path} --help")


def translate_help(command: Any) -> None:
    """Let the help of a command, and of those below it, speak as we do."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = _("Isian")
    rich_utils.OPTIONS_PANEL_TITLE = _("Pilihan")
    rich_utils.COMMANDS_PANEL_TITLE = _("Perintah")
    rich_utils.DEFAULT_STRING = _("[bila tidak ditulis: {value}]", value="{}")
    rich_utils.REQUIRED_LONG_STRING = _("[harus ditulis]")
    usage, help_option = command.get_usage, command.get_help_option

    def get_usage(ctx: Any) -> str:
        said = {"Usage:": _("Cara pakai:"), "[OPTIONS]": _("[PILIHAN]"), "COMMAND [ARGS]...": _("PERINTAH ...")}
        text = usage(ctx)
        for theirs, ours in said.items():
            text = text.replace(theirs, ours)
        return str(text)

    def get_help_option(ctx: Any) -> Any:
        option = help_option(ctx)
        if option is not None:
            option.help = _("Tampilkan bantuan ini.")
        return option

    command.get_usage, command.get_help_option = get_usage, get_help_option
    for each in getattr(command, "commands", {}).values():
        translate_help(each)
