"""The words of the interface in several languages; English words are the keys of the catalogues.

Rules may use `gettext`: outside of a request, as in tests and commands, it gives back the English words.
"""

from flask import Flask
from flask_babel import Babel, gettext, ngettext

__all__ = ["gettext", "init_app", "ngettext"]

babel = Babel()


def init_app(app: Flask, *, catalogues: str) -> None:
    """Attach the catalogues (a folder of `<language>/LC_MESSAGES/messages.mo`) to the app and its templates."""
    babel.init_app(app, default_translation_directories=catalogues)
