"""May we write to you about it: asked apart from the answers, and never ticked beforehand."""

import re

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Answer, ContactAnswer, Given, Invalid, Kind, Question
from survey.questionnaires.kinds.settings import Words

AGREED = "yes"
EMAIL_LIMIT, NAME_LIMIT = 254, 200
# Deliberately loose: an address is proved by writing to it, not by its shape.
EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s.,;<>\"()]+")


class Contact(Kind):
    """A box to tick, an e-mail address and a name. Typing an address is not agreeing: the box must be ticked."""

    name = "contact"
    label = "May we write to you"
    about = "An unticked box with e-mail address and name. Kept apart from the answers."
    words = "May we write to you about it?"
    settings = (Words("agree", "Words beside the box", default="Yes, you may write to me about my answers"),)
    is_personal = True

    def clean(self, question: Question, given: Given) -> ContactAnswer | None:
        """Return the address that was left, or None where the box is not ticked and nothing was typed."""
        email, name = given.written("email"), " ".join(given.written("name").split())
        if AGREED not in given.typed():
            if email:
                raise Invalid(_("Tick the box if we may write to you, or empty your e-mail address."))
            return None
        if not email:
            raise Invalid(_("Type your e-mail address, or untick the box."))
        if len(email) > EMAIL_LIMIT or not EMAIL.fullmatch(email) or not email.isprintable():
            raise Invalid(_("This e-mail address is not complete. It should look like name@example.org."))
        if len(name) > NAME_LIMIT:
            raise Invalid(_("A name can have %(limit)s characters at most.", limit=NAME_LIMIT))
        return ContactAnswer(email.lower(), name, words=self._agreed_to(question))

    def parts(self, question: Question) -> tuple[str, ...]:
        """Return the inputs for address and name."""
        return "email", "name"

    def _agreed_to(self, question: Question) -> str:
        return f"{question.words} {question.settings.get('agree', '')}".strip()

    def missing(self, question: Question) -> str:
        """Ask for an address."""
        return _("Tick the box and type your e-mail address.")

    def export(self, question: Question, answer: Answer) -> str:
        """Return nothing: addresses are not answers."""
        return ""

    def problems(self, question: Question) -> tuple[str, ...]:
        """An address can never be demanded."""
        return ("Leaving an address must be voluntary: untick “An answer is needed”.",) if question.is_required else ()


KIND = Contact()
