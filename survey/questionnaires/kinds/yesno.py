"""Yes or no."""

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Option, Picked, Question
from survey.questionnaires.kinds.settings import Words

YES, NO = "yes", "no"


class YesNo(Picked):
    """One of two; the answer is "yes" or "no", whatever they are called."""

    name = "yesno"
    label = lazy_gettext("Yes or no")
    about = lazy_gettext("One of two answers.")
    words = _m("Did you find what you were looking for?")
    settings = (
        Words("yes", lazy_gettext("Words for yes"), default=_m("Yes")),
        Words("no", lazy_gettext("Words for no"), default=_m("No")),
    )

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return yes and no."""
        return tuple((name, question.settings.get(name) or usual) for name, usual in ((YES, _("Yes")), (NO, _("No"))))


KIND = YesNo()
