"""How satisfied are you: 1 to 5, or as many points as the owner wants."""

from survey.foundation.language import gettext as _
from survey.questionnaires.kinds.base import Answer, Given, Kind, Question, grade, grades
from survey.questionnaires.kinds.settings import WholeNumber, Words

LOWEST = 1
POINTS = 5


class Rating(Kind):
    """A grade from 1 (worst) to the number of points (best); the answer is a whole number."""

    name = "rating"
    label = "Rating (1–5)"
    about = "One number, 1 is worst. Gives the share of satisfied customers (CSAT) and the mean."
    words = "How satisfied are you with us?"
    metrics = ("csat", "mean")
    settings = (
        WholeNumber("points", "Highest number", lowest=3, highest=10, default=POINTS),
        Words("low", "Words beside 1", default="Not at all satisfied"),
        Words("high", "Words beside the highest number", default="Very satisfied"),
    )

    def clean(self, question: Question, given: Given) -> int | None:
        """Return the grade."""
        lowest, highest = self.scale(question)
        return grade(given, lowest=lowest, highest=highest)

    def missing(self, question: Question) -> str:
        """Say what to choose."""
        lowest, highest = self.scale(question)
        return _("Choose a number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the grade as text."""
        return (str(answer),)

    def values(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Return every grade of the scale."""
        return grades(*self.scale(question))

    def scale(self, question: Question) -> tuple[int, int]:
        """Return 1 and the number of points."""
        return LOWEST, int(question.settings.get("points", POINTS))


KIND = Rating()
