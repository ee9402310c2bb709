"""What goes to a terminal or a log: control characters of people's text are shown there, never sent."""

import re
import sys

# But tab and line end: control characters, other line ends, marks that turn the direction of writing,
# and halves of letters, which stand for the bytes of a file's name that are no text.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    r"""Return text with each control character but tab and line end written out, as `\x1b`."""
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    r"""Return text on one line, each control character written out, as `\n`."""
    return harmless(text).replace("\n", r"\n").replace("\t", r"\t")


def tell(text: str, *, error: bool = False) -> None:
    """Print text on its own lines, control characters written out."""
    print(harmless(text), file=sys.stderr if error else sys.stdout, flush=True)
