"""E-mail addresses as people type them."""

import re

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Invalid

EMAIL_LIMIT = 254
# Deliberately loose: an address is proved by writing to it, not by its shape.
EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s.,;<>\"()]+")


def mail_address(typed: str) -> str:
    """Return an address as it is kept; raise Invalid where it is none."""
    if len(typed) > EMAIL_LIMIT or not EMAIL.fullmatch(typed) or not typed.isprintable():
        raise Invalid(_("This e-mail address is not complete. It should look like name@example.org."))
    return typed.lower()
