"""Yes or no."""

from survey.foundation.language import lazy_gettext
from survey.questionnaires.kinds.base import Option, Picked, Question
from survey.questionnaires.kinds.settings import Words

YES, NO = "yes", "no"


class YesNo(Picked):
    """One of two; the answer is "yes" or "no", whatever they are called."""

    name = "yesno"
    label = lazy_gettext("Yes or no")
    about = lazy_gettext("One of two answers.")
    words = "Did you find what you were looking for?"
    settings = (
        Words("yes", lazy_gettext("Words for yes"), default="Yes"),
        Words("no", lazy_gettext("Words for no"), default="No"),
    )

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return yes and no."""
        return tuple((name, question.settings.get(name) or usual) for name, usual in ((YES, "Yes"), (NO, "No")))


KIND = YesNo()
