"""Would you recommend us: 0 to 10."""

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Answer, Given, Kind, Question, grade, grades
from survey.questionnaires.kinds.settings import Words

LOWEST, HIGHEST = 0, 10


class Nps(Kind):
    """The question behind the net promoter score; the answer is a whole number from 0 to 10."""

    name = "nps"
    label = "Would you recommend us (0–10)"
    about = "One number from 0 to 10. Gives the net promoter score (NPS)."
    words = "How likely are you to recommend us to a friend or colleague?"
    metrics = ("nps",)
    settings = (
        Words("low", "Words beside 0", default="Not at all likely"),
        Words("high", "Words beside 10", default="Very likely"),
    )

    def clean(self, question: Question, given: Given) -> int | None:
        """Return the grade."""
        return grade(given, lowest=LOWEST, highest=HIGHEST)

    def missing(self, question: Question) -> str:
        """Say what to choose."""
        return _("Choose a number from %(lowest)s to %(highest)s.", lowest=LOWEST, highest=HIGHEST)

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the grade as text."""
        return (str(answer),)

    def values(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Return 0 to 10."""
        return grades(LOWEST, HIGHEST)

    def scale(self, question: Question) -> tuple[int, int]:
        """Return 0 and 10."""
        return LOWEST, HIGHEST


KIND = Nps()
