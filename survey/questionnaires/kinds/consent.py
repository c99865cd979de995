"""A statement to agree to."""

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Option, Picked, Question
from survey.questionnaires.kinds.settings import Paragraph, Words

AGREED = "yes"
USUAL = _m("I agree")


class Agreement(Picked):
    """A box to tick; the answer is "yes". The words that were agreed to stand in the version of the survey."""

    name = "consent"
    label = lazy_gettext("Statement to agree to")
    about = lazy_gettext("A text and a box to tick. Where an answer is needed, nobody can go on without it.")
    words = _m("Before you begin")
    settings = (
        Paragraph(
            "statement",
            lazy_gettext("What they agree to"),
            hint=lazy_gettext("Stands above the box. Who answered agreed to these very words."),
        ),
        Words("agree", lazy_gettext("Words beside the box"), default=USUAL),
    )

    def missing(self, question: Question) -> str:
        """Say what the box is for."""
        return _("Tick the box if you agree. Without that we cannot take your answers.")

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return the box."""
        return ((AGREED, question.settings.get("agree") or _(USUAL)),)


KIND = Agreement()
