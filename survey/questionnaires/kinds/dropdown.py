"""Choose one of a long list."""

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Option, Picked, Question, listed, twins
from survey.questionnaires.kinds.settings import Options

LONGEST = 250


class Dropdown(Picked):
    """Options that the owner writes, in a list that opens; the answer is the value of one."""

    name = "dropdown"
    label = lazy_gettext("Choice from a list that opens")
    about = lazy_gettext(
        "One of many answers, such as a place or a branch. Up to about seven are easier to choose side by side."
    )
    words = _m("Which of our branches do you visit most?")
    settings_label = lazy_gettext("Answers to choose from")
    settings = (
        Options("options", lazy_gettext("Answers to choose from"), hint=lazy_gettext("Empty one to take it away."), limit=LONGEST),
    )  # fmt: skip

    def missing(self, question: Question) -> str:
        """Say what to choose."""
        return _("Choose one from the list.")

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return the options."""
        return listed(question)

    def problems(self, question: Question) -> tuple[str, ...]:
        """Ask for at least two options that can be told apart."""
        options = listed(question)
        return twins(options) if len(options) > 1 else (_("Give at least two answers to choose from."),)


KIND = Dropdown()
