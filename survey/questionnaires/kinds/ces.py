"""How easy was it: a statement, agreed with in seven steps (CES 2.0)."""

from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Graded, Question
from survey.questionnaires.kinds.settings import Words

LOWEST, HIGHEST = 1, 7


class Ces(Graded):
    """The statement behind the customer effort score; the answer is a whole number from 1 to 7, 7 agrees most."""

    name = "ces"
    label = lazy_gettext("How easy was it (1–7)")
    about = lazy_gettext(
        "A statement to agree with in seven steps. Gives the customer effort score (CES) and the mean."
    )
    words = _m("You made it easy for me to handle my request.")
    metrics = ("ces", "mean")
    settings = (
        Words("low", lazy_gettext("Words beside 1"), default=_m("Strongly disagree")),
        Words("high", lazy_gettext("Words beside 7"), default=_m("Strongly agree")),
    )

    def scale(self, question: Question) -> tuple[int, int]:
        """Return 1 and 7."""
        return LOWEST, HIGHEST


KIND = Ces()
