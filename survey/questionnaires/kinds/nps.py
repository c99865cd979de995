"""Would you recommend us: 0 to 10."""

from survey.questionnaires.kinds.base import Graded, Question
from survey.questionnaires.kinds.settings import Words

LOWEST, HIGHEST = 0, 10


class Nps(Graded):
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

    def scale(self, question: Question) -> tuple[int, int]:
        """Return 0 and 10."""
        return LOWEST, HIGHEST


KIND = Nps()
