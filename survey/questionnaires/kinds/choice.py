"""Choose one of several, or as many as apply."""

from collections.abc import Sequence

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.kinds.base import (
    Answer,
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
from survey.questionnaires.kinds.settings import Options, Switch, WholeNumber, Words

OTHER, NONE = "other", "none"
MOST = 30


class Choice(Kind):
    """Options that the owner writes, and two that stand last where they are offered: something else, none of these.

    The answer is a list of values in the order in which they are offered, and where words stand beside it
    {"chosen": […], "other": "…"}.
    """

    name = "choice"
    label = lazy_gettext("Choice")
    about = lazy_gettext("One of several answers, or as many as apply.")
    words = _m("Which of these fits you best?")
    settings_label = lazy_gettext("Answers to choose from")
    settings = (
        Options("options", lazy_gettext("Answers to choose from"), hint=lazy_gettext("Empty one to take it away."), reserved=(OTHER, NONE)),
        Words(
            "other", lazy_gettext("Words for “something else”"),
            hint=lazy_gettext("Such as “Something else”. It stands last, with a box to write in. Empty: it is not offered."),
        ),
        Words(
            "none", lazy_gettext("Words for “none of these”"),
            hint=lazy_gettext("Such as “None of these”. It stands last and goes with no other answer. Empty: it is not offered."),
        ),
        Switch("several", lazy_gettext("More than one may be chosen")),
        WholeNumber("least", lazy_gettext("At least so many"), lowest=1, highest=MOST, default=1, hint=lazy_gettext("Where more than one may be chosen.")),
        WholeNumber("most", lazy_gettext("At most so many"), lowest=0, highest=MOST, default=0, hint=lazy_gettext("0: as many as there are.")),
        Switch("shuffled", lazy_gettext("Everybody sees the answers in another order")),
    )  # fmt: skip
    remembered = (OTHER, NONE)

    def clean(self, question: Question, given: Given) -> Answer | None:
        """Return the chosen values; an option is also known by its words, as files of other tools hold them.

        Words typed with nothing ticked count as “something else”.
        """
        options, written = self.values(question), given.written(OTHER) if question.settings.get(OTHER) else ""
        typed = [option_called(value, options) for value in given.typed()]
        if None in typed:
            raise Invalid(self.missing(question))
        chosen = [value for value, _words in options if value in typed] or ([OTHER] if written else [])
        self._check(question, chosen)
        if written:
            return {"chosen": chosen, "other": written}
        return chosen or None

    def _check(self, question: Question, chosen: Sequence[str]) -> None:
        """Raise Invalid where these do not go together, are too few or too many."""
        least, most = self._limits(question)
        is_none = NONE in chosen and bool(question.settings.get(NONE))
        if is_none and len(chosen) > 1:
            raise Invalid(_("“%(words)s” goes with no other answer.", words=question.settings[NONE]))
        if len(chosen) > most:
            raise Invalid(
                _("Choose no more than %(most)s of the answers.", most=most)
                if most > 1
                else _("Choose one of the answers.")
            )
        if 0 < len(chosen) < least and not is_none:
            raise Invalid(self.missing(question))

    def _limits(self, question: Question) -> tuple[int, int]:
        if not self.holds_several(question):
            return 1, 1
        return question.settings.get("least") or 1, question.settings.get("most") or len(self.values(question))

    def parts(self, question: Question) -> tuple[str, ...]:
        """Return the input for what was something else."""
        return (OTHER,) if question.settings.get(OTHER) else ()

    def shuffled(self, question: Question, seed: object) -> tuple[Option, ...]:
        """Return the options in an order of this visitor's, where the owner wants it; what stands last stays there."""
        own = listed(question)
        return (*(in_an_order(own, seed) if question.settings.get("shuffled") else own), *_last(question))

    def guide(self, question: Question) -> str:
        """Say how many may be chosen, where it is more than one."""
        least, most = self._limits(question)
        if not self.holds_several(question):
            return ""
        if least == most:
            return _("Choose %(least)s.", least=least)
        if question.settings.get("most"):
            return (
                _("Choose %(least)s to %(most)s.", least=least, most=most)
                if least > 1
                else _("Choose up to %(most)s.", most=most)
            )
        return _("Choose at least %(least)s.", least=least) if least > 1 else _("Choose all that apply.")

    def missing(self, question: Question) -> str:
        """Say what to choose."""
        if not self.holds_several(question):
            return _("Choose one of the answers.")
        least, _most = self._limits(question)
        return (
            _("Choose at least %(least)s of the answers.", least=least)
            if least > 1
            else _("Choose at least one of the answers.")
        )

    def is_empty(self, answer: Answer | None) -> bool:
        """Whether nothing was chosen."""
        return not answer

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the chosen values."""
        return tuple(answer["chosen"] if isinstance(answer, dict) else answer)

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return the options, then those that stand last."""
        return (*listed(question), *_last(question))

    def holds_several(self, question: Question) -> bool:
        """Whether more than one may be chosen."""
        return bool(question.settings.get("several"))

    def written(self, question: Question, answer: Answer) -> str | None:
        """Return what was written beside “something else”."""
        return answer["other"] if isinstance(answer, dict) else None

    def spoken(self, question: Question, answer: Answer) -> str:
        """Return what was chosen; for something else what was written beside it."""
        labels, written = dict(self.values(question)), self.written(question, answer)
        if written:
            labels[OTHER] = written
        return ", ".join(labels.get(value, value) for value in self.cells(question, answer))

    def entered(self, question: Question, answer: Answer, part: str = "") -> tuple[str, ...]:
        """Return the chosen values, or the words beside them."""
        if part:
            return (answer["other"],) if isinstance(answer, dict) else ()
        return self.cells(question, answer)

    def problems(self, question: Question) -> tuple[str, ...]:
        """Ask for at least two options that can be told apart, and for limits that can be kept."""
        options, own = self.values(question), {value for value, _words in listed(question)}
        taken = [words for value, words in _last(question) if value in own]
        if taken:
            return (
                _(
                    "“%(label)s” cannot stand beside an older answer of that name. Take that answer away and add it anew.",
                    label=taken[0],
                ),
            )
        if len(options) < 2:
            return (_("Give at least two answers to choose from."),)
        least, most = self._limits(question)
        if least > min(most, len(options)):
            return (
                _(
                    "At least %(least)s of the answers must be chosen, but no more than %(most)s can be.",
                    least=least,
                    most=min(most, len(options)),
                ),
            )
        return twins(options)


def _last(question: Question) -> tuple[Option, ...]:
    """The options that always stand last."""
    return tuple((name, question.settings[name]) for name in (OTHER, NONE) if question.settings.get(name))


KIND = Choice()
