"""The language a reader sees: Indonesian is the source, English a gettext catalogue.

Every sentence in the code is written in Indonesian inside `_()`. The English catalogue
is `locales/en.po`; a test fails when a sentence has no translation there.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from iku_analysis.errors import IkuError

LANGUAGES = ("id", "en")
CATALOGUE = Path(__file__).parent / "locales" / "en.po"

# What `use_language` chose outside `in_language`: of the main thread, whose cells and callbacks in a notebook each
# have a context of their own, and of other threads, which never change each other's.
_of_main = "id"
_chosen: ContextVar[str | None] = ContextVar("language", default=None)


def use_language(language: str) -> None:
    """Choose the language of all words and numbers from here on: `id` or `en`.

    In the main thread for the whole program, in another thread for that thread alone.

    Raises
    ------
    IkuError
        If the language is neither.

    Examples
    --------
    >>> iku.use_language("en")
    >>> iku.use_language("id")
    """
    global _of_main  # noqa: PLW0603
    _check(language)
    if threading.current_thread() is threading.main_thread():
        _of_main = language
        _chosen.set(None)
    else:
        _chosen.set(language)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Use a language within a block, and what was in use before after it. Raises as `use_language`."""
    _check(language)
    token = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(token)


def _check(language: str) -> None:
    if language not in LANGUAGES:
        raise IkuError(_("Bahasa {language} tidak dikenal; pilih id atau en.", language=repr(language)))


def current_language() -> str:
    """Return the language in use, `id` or `en`."""
    return _chosen.get() or _of_main


def _(message: str, **values: object) -> str:
    """Return the message in the language in use, its {names} filled with values."""
    text = message if current_language() == "id" else english().get(message, message)
    return text.format(**values) if values else text


@cache
def english() -> dict[str, str]:
    """Return the English catalogue: Indonesian message to English text."""
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id and message.string}
