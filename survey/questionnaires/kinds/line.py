"""A few words on one line."""

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import Answer, Given, Invalid, Kind, Question, words
from survey.questionnaires.kinds.settings import Switch, WholeNumber

LONGEST = 200


class Line(Kind):
    """Short free text without line breaks; the answer is that text."""

    name = "line"
    label = lazy_gettext("A few words")
    about = lazy_gettext("Short text on one line, such as a name of something.")
    words = _m("What did you come for?")
    settings = (
        Switch("is_read", lazy_gettext("Read it like a comment"), default=True,
               hint=lazy_gettext("For mood, keywords and reasons. Not for numbers, places and the like.")),
        WholeNumber("longest", lazy_gettext("At most so many characters"), lowest=5, highest=500, default=LONGEST),
    )  # fmt: skip

    def clean(self, question: Question, given: Given) -> str | None:
        """Return the text without outer blanks."""
        written, longest = " ".join(words(" ".join(given.typed())).split()), self.longest(question)
        if len(written) > longest:
            raise Invalid(
                _("This is %(count)s characters long; there is room for %(limit)s.", count=len(written), limit=longest)
            )
        return written or None

    def longest(self, question: Question) -> int:
        """Return how many characters there is room for."""
        return int(question.settings.get("longest", LONGEST))

    def missing(self, question: Question) -> str:
        """Ask for words."""
        return _("Write a few words.")

    def is_empty(self, answer: Answer | None) -> bool:
        """Whether nothing was written."""
        return not answer

    def said(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the text, where it is not read as a comment."""
        return () if self._is_read(question) else (answer,)

    def written(self, question: Question, answer: Answer) -> str | None:
        """Return the text, where it is read as a comment."""
        return str(answer) if answer and self._is_read(question) else None

    def _is_read(self, question: Question) -> bool:
        return bool(question.settings.get("is_read", True))

    def entered(self, question: Question, answer: Answer, part: str = "") -> tuple[str, ...]:
        """Return the text."""
        return () if part else (answer,)

    def seconds(self, question: Question) -> int:
        """Return how long a few words take."""
        return 12


KIND = Line()
