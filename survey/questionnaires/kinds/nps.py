"""Would you recommend us: 0 to 10."""

from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Graded, Question
from survey.questionnaires.kinds.settings import Words

LOWEST, HIGHEST = 0, 10


class Nps(Graded):
    """The question behind the net promoter score; the answer is a whole number from 0 to 10."""

    name = "nps"
    label = lazy_gettext("Would you recommend us (0–10)")
    about = lazy_gettext("One number from 0 to 10. Gives the net promoter score (NPS).")
    words = _m("How likely are you to recommend us to a friend or colleague?")
    metrics = ("nps",)
    settings = (
        Words("low", lazy_gettext("Words beside 0"), default=_m("Not at all likely")),
        Words("high", lazy_gettext("Words beside 10"), default=_m("Very likely")),
    )

    def scale(self, question: Question) -> tuple[int, int]:
        """Return 0 and 10."""
        return LOWEST, HIGHEST


KIND = Nps()
