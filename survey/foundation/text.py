"""The one text boundary: everything typed or imported passes here before it is kept.

The rule, on both databases: NUL is dropped (PostgreSQL cannot hold it), lone surrogates are refused (they are not
text), longer than the limit is refused, everything else is kept exactly as it came.
"""

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _

COMMENT_LIMIT = 10_000
LINE_LIMIT = 300


class TextRefused(Refused):
    """A text that cannot be kept, with the reason in words."""


def clean(value: str, *, limit: int = COMMENT_LIMIT) -> str:
    """Return the text as it will be kept; raise TextRefused where it is no text or longer than limit characters."""
    value = value.replace("\x00", "")
    if len(value) > limit:
        raise TextRefused(
            _("This is %(length)s characters long; the most we can keep is %(limit)s.", length=len(value), limit=limit)
        )
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise TextRefused(_("This contains characters that are not valid text.")) from None
    return value


def line(value: str, *, limit: int = LINE_LIMIT) -> str:
    """Return a one-line text (a name, a title) without outer blanks and line breaks."""
    return " ".join(clean(value, limit=limit).split())


def fold(value: str) -> str:
    """Return a header or label for comparison: lower case letters and digits alone."""
    return "".join(character for character in value.casefold() if character.isalnum())
