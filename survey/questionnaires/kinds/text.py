"""Tell us in your own words."""

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Answer, Given, Kind, Question, words
from survey.questionnaires.kinds.settings import OneOf, WholeNumber


class Text(Kind):
    """Free text, kept exactly as it was typed; the answer is that text."""

    name = "text"
    label = lazy_gettext("Own words")
    about = lazy_gettext("Free text. It is read for mood, keywords and reasons.")
    words = _m("Is there anything else you would like to tell us?")
    settings = (
        OneOf(
            "asks_for", lazy_gettext("What the question asks for"),
            (("open", lazy_gettext("Anything")), ("faults", lazy_gettext("What went wrong")), ("praise", lazy_gettext("What went well"))), default="open",
            hint=lazy_gettext("A short answer such as “the staff” means one thing after “what went wrong?” and another after “what did you like?”."),
        ),
        WholeNumber("lines", lazy_gettext("Height of the box in lines"), lowest=1, highest=20, default=4),
    )  # fmt: skip

    def clean(self, question: Question, given: Given) -> str | None:
        """Return the text; blanks alone are no answer."""
        written = "\n".join(value for value in given.values if value.strip())
        return words(written) if written.replace("\x00", "").strip() else None

    def missing(self, question: Question) -> str:
        """Ask for words."""
        return _("Write a few words.")

    def is_empty(self, answer: Answer | None) -> bool:
        """Whether nothing was written."""
        return not answer

    def written(self, question: Question, answer: Answer) -> str | None:
        """Return the text."""
        return str(answer) if answer else None

    def entered(self, question: Question, answer: Answer, part: str = "") -> tuple[str, ...]:
        """Return the text."""
        return () if part else (answer,)


KIND = Text()
