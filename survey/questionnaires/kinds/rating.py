"""How good is it: 1 to 5, or as many points as the owner wants."""

from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Graded, Question
from survey.questionnaires.kinds.settings import WholeNumber, Words

LOWEST = 1
POINTS = 5


class Rating(Graded):
    """A grade from 1 (worst) to the number of points (best); the answer is a whole number."""

    name = "rating"
    label = lazy_gettext("Rating in numbers (3–10 points)")
    about = lazy_gettext("One number, 1 is worst. Gives the share of satisfied customers (CSAT) and the mean.")
    words = _m("How satisfied are you with us?")
    metrics = ("csat", "mean")
    settings = (
        WholeNumber("points", lazy_gettext("Highest number"), lowest=3, highest=10, default=POINTS),
        Words("low", lazy_gettext("Words beside 1"), default=_m("Not at all satisfied")),
        Words("high", lazy_gettext("Words beside the highest number"), default=_m("Very satisfied")),
    )

    def scale(self, question: Question) -> tuple[int, int]:
        """Return 1 and the number of points."""
        return LOWEST, int(question.settings.get("points", POINTS))


KIND = Rating()
