"""`iku decide`: what a decree does not say, decided one setting after the other."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from iku_analysis.cli.intake import choose, parse_answers
from iku_analysis.cli.options import DEFAULT, Data
from iku_analysis.terminal import tell

if TYPE_CHECKING:
    from iku_analysis.intake.deciding import Proposal


def decide(
    data: Data = DEFAULT,
    answers: Annotated[
        list[str] | None,
        typer.Option("--set", help="Keputusan: INDIKATOR.SETELAN=NILAI; boleh berkali-kali.", metavar="KUNCI=NILAI"),
    ] = None,
    accept: Annotated[bool, typer.Option("--yes", help="Setujui semua usulan lainnya.")] = False,
) -> None:
    """Putuskan yang tidak dikatakan keputusan: setujui setiap usulan, atau pilih yang lain."""
    from iku_analysis.intake.deciding import decide as write_decisions, open_proposals
    from iku_analysis.language import _
    from iku_analysis.storage.data_root import find_data_root
    from iku_analysis.storage.publish import show_path

    root = find_data_root(data)
    proposals, decisions = open_proposals(root), parse_answers(answers)
    rest = [each for each in proposals if each.key not in decisions]
    if sys.stdin.isatty() and not accept:
        decisions |= {each.key: value for each in rest if (value := _ask(each)) is not None}
    elif accept:
        decisions |= {each.key: "" for each in rest}
    for path in write_decisions(root, decisions):
        tell(_("Ditulis: {path}", path=show_path(path)))
    left = [each for each in proposals if each.key not in decisions]
    for each in left:
        tell(f"{each.label}: {each.word} = {each.value}" + (f" ({each.why})" if each.why else ""))
        tell(f'    --set "{each.key}=..."')
    if left:
        tell(_("Belum diputuskan: {count}. Setujui semuanya dengan --yes, atau satu per satu.", count=len(left)))
        sys.exit(2)
    tell(_("Semuanya sudah diputuskan."))


def _ask(proposal: "Proposal") -> str | None:
    """Return what is decided in a terminal: another value, nothing where the proposal holds, None for later."""
    from iku_analysis.intake.deciding import CHOICES
    from iku_analysis.language import _

    value = proposal.value.strip('"')
    others = [each for each in CHOICES.get(proposal.word, ()) if each != value]
    agree, later = _("setuju"), _("nanti")
    tell(f"{proposal.label}: {proposal.word} = {_with_words(value)}" + (f" ({proposal.why})" if proposal.why else ""))
    number = choose([agree, *map(_with_words, others), later])
    return None if number > len(others) else "" if number == 0 else others[number - 1]


def _with_words(value: str) -> str:
    """Return a choice with what it means: `lower, makin rendah makin baik`."""
    from iku_analysis.display.words import aggregation_word, direction_word
    from iku_analysis.intake.deciding import CHOICES
    from iku_analysis.language import _

    if value in CHOICES["direction"]:
        return f"{value}, {direction_word(value)}"
    if value in CHOICES["aggregation"]:
        return f"{value}, {aggregation_word(value)}"
    return {
        "not_targeted": f"{value}, {_('target 0 berarti tidak ditargetkan')}",
        "target": f"{value}, {_('target 0 berarti nol yang dituju')}",
    }.get(value, value)
