"""Choose one of several, or as many as apply."""

from survey.foundation.language import gettext as _
from survey.foundation.text import fold
from survey.questionnaires.kinds.base import Answer, Given, Invalid, Kind, Question
from survey.questionnaires.kinds.settings import Options, Switch


class Choice(Kind):
    """Options that the owner writes; the answer is a list of their values, in the order in which they are offered."""

    name = "choice"
    label = "Choice"
    about = "One of several answers, or as many as apply."
    words = "Which of these fits you best?"
    settings_label = "Answers to choose from"
    settings = (
        Options("options", "Answers to choose from", hint="Empty one to take it away."),
        Switch("several", "More than one may be chosen"),
    )

    def clean(self, question: Question, given: Given) -> list[str] | None:
        """Return the chosen values; an option is also known by its words, as files of other tools hold them."""
        options = self.values(question)
        known = {fold(words): value for value, words in options} | {value: value for value, _words in options}
        chosen = {known.get(typed) or known.get(fold(typed)) for typed in given.typed()}
        if None in chosen or (len(chosen) > 1 and not question.settings.get("several")):
            raise Invalid(self.missing(question))
        return [value for value, _words in options if value in chosen] or None

    def missing(self, question: Question) -> str:
        """Say what to choose."""
        return (
            _("Choose at least one of the answers.")
            if question.settings.get("several")
            else _("Choose one of the answers.")
        )

    def holds_several(self, question: Question) -> bool:
        """Whether more than one may be chosen."""
        return bool(question.settings.get("several"))

    def is_empty(self, answer: Answer | None) -> bool:
        """Whether nothing was chosen."""
        return not answer

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the chosen values."""
        return tuple(answer)

    def values(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Return the options."""
        return tuple((option["value"], option["words"]) for option in question.settings.get("options", ()))

    def export(self, question: Question, answer: Answer) -> str:
        """Return the values, parted by semicolons."""
        return "; ".join(answer)

    def problems(self, question: Question) -> tuple[str, ...]:
        """Ask for at least two options."""
        return () if len(self.values(question)) > 1 else ("Give at least two answers to choose from.",)


KIND = Choice()
