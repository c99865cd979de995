"""Several things, each answered on the same scale."""

from collections.abc import Sequence

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import (
    Answer,
    Aspect,
    Given,
    Invalid,
    Kind,
    Option,
    Question,
    in_an_order,
    listed,
    option_called,
    twins,
)
from survey.questionnaires.kinds.settings import Options, Switch, options_named

PARTED = ":"  # between a row and its answer; no value of either holds one
MOST_ANSWERS = 11
SCALE = options_named(_m("Very bad"), _m("Bad"), _m("Neither"), _m("Good"), _m("Very good"))


class Matrix(Kind):
    """Rows and one scale for all of them; the answer is {"rows": {value of a row: value of its answer}}.

    What is counted is a row with its answer, as in "staff:good", so that the numbers of each row stand by themselves.
    """

    name = "matrix"
    label = lazy_gettext("Several things on one scale")
    about = lazy_gettext("Rows that are each answered on the same scale. Each row is counted by itself.")
    words = _m("How satisfied were you with each of these?")
    settings_label = lazy_gettext("Rows and answers")
    settings = (
        Options(
            "rows",
            lazy_gettext("Rows"),
            hint=lazy_gettext("What is asked about. Empty one to take it away."),
            noun=lazy_gettext("Row"),
            one_more=lazy_gettext("One more row"),
        ),
        Options(
            "options",
            lazy_gettext("Answers for every row"),
            hint=lazy_gettext("From the worst to the best, or as they read best."),
            default=SCALE,
        ),
        Switch("shuffled", lazy_gettext("Everybody sees the rows in another order")),
    )

    def clean(self, question: Question, given: Given) -> Answer | None:
        """Return the answers by row, those that were given."""
        options = listed(question)
        found = {value: _one(given.typed(value), words, options) for value, words in listed(question, "rows")}
        rows = {row: value for row, value in found.items() if value}
        return {"rows": rows} if rows else None

    def parts(self, question: Question) -> tuple[str, ...]:
        """Return an input for each row."""
        return tuple(value for value, _words in listed(question, "rows"))

    def options(self, question: Question, part: str = "") -> tuple[Option, ...]:
        """Return the scale, for each row; the question itself has no input."""
        return listed(question) if part else ()

    def rows(self, question: Question, seed: object) -> tuple[Option, ...]:
        """Return the rows as one visitor sees them."""
        rows = listed(question, "rows")
        return in_an_order(rows, seed) if question.settings.get("shuffled") else rows

    def missing(self, question: Question) -> str:
        """Say what to choose."""
        return _("Choose an answer in every row.")

    def lacking(self, question: Question, answer: Answer | None) -> str:
        """Return the rows that have no answer yet."""
        if self.is_empty(answer):
            return self.missing(question)
        left = [f"“{words}”" for value, words in listed(question, "rows") if value not in (answer or {})["rows"]]
        return _("Choose an answer for %(rows)s too.", rows=", ".join(left)) if left else ""

    def is_empty(self, answer: Answer | None) -> bool:
        """Whether no row was answered."""
        return not answer

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return each row with its answer."""
        known = [row for row, _words in listed(question, "rows")]
        rows = sorted(answer["rows"].items(), key=lambda one: known.index(one[0]) if one[0] in known else len(known))
        return tuple(f"{row}{PARTED}{value}" for row, value in rows)

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return every row with every answer."""
        return tuple(
            (f"{row}{PARTED}{value}", _("%(row)s: %(answer)s", row=row_words, answer=words))
            for row, row_words in listed(question, "rows")
            for value, words in listed(question)
        )

    def by_row(self, question: Question, values: Sequence[Option]) -> list[tuple[str, list[Option]]]:
        """Return the values under the words of their rows, those that nobody offers any more too."""
        rows, answers = dict(listed(question, "rows")), dict(listed(question))
        found: dict[str, list[Option]] = {row: [] for row in rows}
        for value, label in values:
            row, _parted, answer = value.partition(PARTED)
            found.setdefault(row, []).append((value, answers.get(answer, label)))
        return [(rows.get(row, row), inside) for row, inside in found.items()]

    def aspects(self, question: Question) -> tuple[Aspect, ...]:
        """Return the rows, whose answers go from the worst to the best."""
        return tuple(
            Aspect(
                row, words, tuple((f"{row}{PARTED}{value}", label) for value, label in listed(question)), is_graded=True
            )
            for row, words in listed(question, "rows")
        )

    def group(self, value: str) -> str:
        """Return the row."""
        return value.partition(PARTED)[0]

    def holds_several(self, question: Question) -> bool:
        """One answer holds a value for each row."""
        return True

    def entered(self, question: Question, answer: Answer, part: str = "") -> tuple[str, ...]:
        """Return the answer of a row."""
        value = answer["rows"].get(part)
        return (value,) if value else ()

    def problems(self, question: Question) -> tuple[str, ...]:
        """Ask for rows, and for a scale that fits on a page."""
        rows, options = listed(question, "rows"), listed(question)
        if not rows:
            return (_("Give at least one row."),)
        if not 2 <= len(options) <= MOST_ANSWERS:
            return (
                _(
                    "Give 2 to %(most)s answers for the rows; now it is %(count)s.",
                    most=MOST_ANSWERS,
                    count=len(options),
                ),
            )
        return twins(rows) or twins(options)

    def seconds(self, question: Question) -> int:
        """Return how long so many rows take."""
        return 5 * max(1, len(listed(question, "rows")))


def _one(typed: Sequence[str], row: str, options: Sequence[Option]) -> str | None:
    """Return the value that was chosen in a row; None where none was."""
    if not typed:
        return None
    value = option_called(typed[0], options)
    if value is None or len(typed) > 1:
        raise Invalid(_("Choose one of the answers for “%(row)s”.", row=row))
    return value


KIND = Matrix()
