"""A heading and some words between questions."""

from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Given, Kind, Question
from survey.questionnaires.kinds.settings import Paragraph


class Section(Kind):
    """Words alone; where a survey is shown by section, a page begins here."""

    name = "section"
    label = lazy_gettext("Heading and text")
    about = lazy_gettext("Words between questions. Where the survey is shown by section, a page begins here.")
    words = _m("About your visit")
    settings = (Paragraph("text", lazy_gettext("Text below the heading")),)
    takes_answer = False
    begins_page = True

    def clean(self, question: Question, given: Given) -> None:
        """Return nothing."""

    def missing(self, question: Question) -> str:
        """Return nothing: nothing is asked."""
        return ""

    def lacking(self, question: Question, answer: object) -> str:
        """Return nothing: nothing is asked."""
        return ""

    def seconds(self, question: Question) -> int:
        """Return how long a few lines take to read."""
        return 4


KIND = Section()
