"""May we write to you about it: asked apart from the answers, and never ticked beforehand."""

from collections.abc import Mapping

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.addresses import mail_address
from survey.questionnaires.kinds.base import ContactAnswer, Given, Invalid, Kind, Question
from survey.questionnaires.kinds.settings import Words

AGREED = "yes"
NAME_LIMIT = 200
QUOTE, UPDATES = "quote", "updates"  # what else can be agreed to, each by a box of its own


class Contact(Kind):
    """Boxes to tick, an e-mail address and a name. Typing an address is not agreeing: a box must be ticked."""

    name = "contact"
    label = lazy_gettext("May we write to you")
    about = lazy_gettext("Unticked boxes with e-mail address and name. Kept apart from the answers.")
    words = _m("May we write to you about it?")
    settings = (
        Words("agree", lazy_gettext("Words beside the box"), default=_m("Yes, you may write to me about my answers")),
        Words(
            QUOTE, lazy_gettext("Words beside a box to be quoted"),
            hint=lazy_gettext("Such as “You may quote what I wrote, with my name”. Empty: it is not asked. "
            "Only where the team sees single answers: else nobody can tell whose words they are."),
        ),
        Words(
            UPDATES, lazy_gettext("Words beside a box to be told what is done"),
            hint=lazy_gettext("Such as “Tell me what you do about it”. Empty: it is not asked."),
        ),
    )  # fmt: skip
    is_personal = True

    def clean(self, question: Question, given: Given) -> ContactAnswer | None:
        """Return who it is and what was agreed to, or None where no box is ticked and no address was typed."""
        email, name = given.written("email"), " ".join(given.written("name").split())
        agreed = AGREED in given.typed()
        also = {part: self._words(question, part) for part in self.boxes(question) if AGREED in given.typed(part)}
        if not agreed and not also:
            if email:
                raise Invalid(_("Tick the box if we may write to you, or empty your e-mail address."))
            return None
        if not email:
            raise Invalid(_("Type your e-mail address, or untick the box."))
        if len(name) > NAME_LIMIT:
            raise Invalid(_("A name can have %(limit)s characters at most.", limit=NAME_LIMIT))
        return ContactAnswer(mail_address(email), name, self._words(question, "agree") if agreed else "", also)

    def boxes(self, question: Question) -> Mapping[str, str]:
        """Return the further boxes, by part, with the words beside them."""
        return {part: words for part in (QUOTE, UPDATES) if (words := question.settings.get(part))}

    def parts(self, question: Question) -> tuple[str, ...]:
        """Return the inputs for address and name, and the further boxes."""
        return "email", "name", *self.boxes(question)

    def _words(self, question: Question, setting: str) -> str:
        """What somebody reads who ticks a box."""
        return f"{question.words} {question.settings.get(setting, '')}".strip()

    def missing(self, question: Question) -> str:
        """Ask for an address."""
        return _("Tick the box and type your e-mail address.")

    def problems(self, question: Question) -> tuple[str, ...]:
        """An address can never be demanded."""
        return (
            (_("Leaving an address must be voluntary: untick “An answer is needed”."),) if question.is_required else ()
        )

    def seconds(self, question: Question) -> int:
        """Return how long an address takes."""
        return 8


KIND = Contact()
