"""How satisfied are you: five grades, each with a word of its own."""

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Answer, Given, Graded, Option, Question, option_called
from survey.questionnaires.kinds.settings import Grades, OneOf

LOWEST, HIGHEST = 1, 5
WORDS = (_m("Very dissatisfied"), _m("Dissatisfied"), _m("Neither"), _m("Satisfied"), _m("Very satisfied"))


class Csat(Graded):
    """Stars, faces or words, always with the words; the answer is a whole number from 1 to 5."""

    name = "csat"
    label = lazy_gettext("Satisfaction in five grades")
    about = lazy_gettext("Stars, faces or words. Gives the share of satisfied customers (CSAT) and the mean.")
    words = _m("How satisfied are you with your visit?")
    metrics = ("csat", "mean")
    settings = (
        OneOf("look", lazy_gettext("How the grades look"), (("stars", lazy_gettext("Stars")), ("faces", lazy_gettext("Faces")), ("words", lazy_gettext("Words alone"))), default="stars",
              hint=lazy_gettext("Each grade has its word in any case.")),
        Grades("grades", lazy_gettext("Words of the grades"), default=WORDS, hint=lazy_gettext("From the worst to the best.")),
    )  # fmt: skip

    def clean(self, question: Question, given: Given) -> int | None:
        """Return the grade; it is also known by its word, as files hold it."""
        typed = given.typed()
        known = option_called(typed[0], self.values(question)) if len(typed) == 1 else None
        return int(known) if known else super().clean(question, given)

    def missing(self, question: Question) -> str:
        """Say what to choose."""
        return _("Choose one of the five grades.")

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return the five grades and their words."""
        grades = question.settings.get("grades", WORDS)
        return tuple((str(grade), words) for grade, words in enumerate(grades, start=LOWEST))

    def scale(self, question: Question) -> tuple[int, int]:
        """Return 1 and 5."""
        return LOWEST, HIGHEST

    def said(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the grade with its word."""
        word = dict(self.values(question)).get(str(answer), "")
        return (_("%(grade)s of %(highest)s: %(word)s", grade=answer, highest=HIGHEST, word=word),)


KIND = Csat()
