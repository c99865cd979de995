"""Somebody's e-mail address, without any permission to write to it."""

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.addresses import mail_address
from survey.questionnaires.kinds.base import ContactAnswer, Given, Invalid, Kind, Question, words


class Email(Kind):
    """An address tells who somebody is: it is kept with the person and never among the answers.

    It says whose answer it is and allows nobody to write; that is what “May we write to you” asks. So it has a place only
    where the team may see single answers.
    """

    name = "email"
    label = lazy_gettext("E-mail address")
    about = lazy_gettext("Tells whose answer it is. Kept apart from the answers; it is no permission to write.")
    words = _m("What is your e-mail address?")
    is_personal = True
    needs_identity = True

    def clean(self, question: Question, given: Given) -> ContactAnswer | None:
        """Return the address, or None where nothing was typed."""
        typed = given.typed()
        if len(typed) > 1:
            raise Invalid(_("Type one e-mail address."))
        return ContactAnswer(mail_address(words(typed[0]))) if typed and words(typed[0]).strip() else None

    def missing(self, question: Question) -> str:
        """Ask for an address."""
        return _("Type your e-mail address.")


KIND = Email()
