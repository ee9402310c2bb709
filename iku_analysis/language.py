"""The language a reader sees: Indonesian is the source, English a gettext catalogue.

Every sentence in the code is written in Indonesian inside `_()`. The English catalogue
is `locales/en.po`; a test fails when a sentence has no translation there.
"""

from functools import cache
from pathlib import Path

from iku_analysis.errors import IkuError

LANGUAGES = ("id", "en")
CATALOGUE = Path(__file__).parent / "locales" / "en.po"

# One process serves one reader (a notebook kernel, a command), so the choice is global,
# as it is for locale and matplotlib's rcParams.
_current = "id"


def use_language(language: str) -> None:
    """Choose the language of all words and numbers from here on: `id` or `en`.

    Raises
    ------
    IkuError
        If the language is neither.
    """
    global _current  # noqa: PLW0603
    if language not in LANGUAGES:
        raise IkuError(_("Bahasa {language} tidak dikenal; pilih id atau en.", language=repr(language)))
    _current = language


def current_language() -> str:
    """Return the language in use, `id` or `en`."""
    return _current


def _(message: str, **values: object) -> str:
    """Return the message in the language in use, its {names} filled with values."""
    text = message if _current == "id" else english().get(message, message)
    return text.format(**values) if values else text


@cache
def english() -> dict[str, str]:
    """Return the English catalogue: Indonesian message to English text."""
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id and message.string}
