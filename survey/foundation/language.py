"""The words of the interface in several languages; English words are the keys of the catalogues.

Rules may use `gettext`: outside of a request, as in tests and commands, it gives back the English words.
"""

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

import flask_babel
from babel import Locale
from flask import Flask
from flask_babel import Babel

babel = Babel()


def init_app(app: Flask, *, catalogues: str) -> None:
    """Attach the catalogues (a folder of `<language>/LC_MESSAGES/messages.mo`) to the app and its templates."""
    babel.init_app(app, default_translation_directories=catalogues)


def gettext(words: str, /, **put_in: object) -> str:
    """Return words in the language of the page, with named places `%(name)s` filled."""
    return str(flask_babel.gettext(words, **put_in))


def lazy_gettext(words: str, /, **put_in: object) -> Any:
    """Return words that are put into the language of the page when they are shown: for labels of forms."""
    return flask_babel.lazy_gettext(words, **put_in)


def ngettext(one: str, many: str, n: int, /, **put_in: object) -> str:
    """Return the form of words that fits the number n, with named places filled; `%(num)s` is n itself."""
    return str(flask_babel.ngettext(one, many, n, **put_in))


def speaking(language: str) -> AbstractContextManager[None]:
    """Let everything within speak a language, whatever the visitor's own is; words without a translation stay English."""
    spoken: AbstractContextManager[None] = flask_babel.force_locale(_locale(language))
    return spoken


@lru_cache(maxsize=256)
def _locale(language: str) -> Locale:
    """A language as Babel knows it; looking it up takes longer than to speak it."""
    return Locale.parse(language, sep="-")
