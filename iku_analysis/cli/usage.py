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


# What Typer says in its help -> what we say, by the groups of the pattern; each when the language is known.
HELP: list[tuple[str, Callable[[], str]]] = [
    (r"^Usage:", lambda: _("Cara pakai:")),
    (r"^Arguments:", lambda: _("Isian:")),
    (r"^Options:", lambda: _("Pilihan:")),
    (r"^Commands:", lambda: _("Perintah:")),
    (r"\[OPTIONS\]", lambda: _("[PILIHAN]")),
    (r"COMMAND \[ARGS\]\.\.\.", lambda: _("PERINTAH ...")),
    (r"\{([A-Z]+)\}", lambda: r"\1"),  # an argument that must be written
]


def translate_help(command: Any) -> None:
    """Let the help of a command, and of those below it, speak as we do: no word of Typer's, and no sentence cut."""
    get_help, get_help_option = command.get_help, command.get_help_option

    def in_our_words(ctx: Any) -> str:
        text = get_help(ctx)
        for theirs, ours in HELP:
            text = re.sub(theirs, ours(), text, flags=re.MULTILINE)
        return str(text)

    def help_option(ctx: Any) -> Any:
        option = get_help_option(ctx)
        if option is not None:
            option.help = _("Tampilkan bantuan ini.")
        return option

    command.get_help, command.get_help_option = in_our_words, help_option
    command.get_short_help_str = lambda _limit: command.help
    for each in command.params:
        _translate_parameter(each)
    for each in getattr(command, "commands", {}).values():
        translate_help(each)


def _translate_parameter(parameter: Any) -> None:
    """Let a parameter's line of help say what stands where nothing is written, and not its type in Python."""
    get_help_record = parameter.get_help_record

    def in_our_words(ctx: Any) -> tuple[str, str] | None:
        if (record := get_help_record(ctx)) is None:
            return None
        name, text = record
        text = text.replace("[default: ", "[" + _("bila tidak ditulis:") + " ").removesuffix("[required]")
        return name.strip(), text.strip()

    is_option = parameter.param_type_name == "option"
    parameter.display_type = lambda _ctx: _("ISI") if is_option else ""
    parameter.get_help_record = in_our_words
