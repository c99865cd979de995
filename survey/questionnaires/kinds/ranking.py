"""Put things in order."""

from collections.abc import Mapping, Sequence

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
    Standing,
    in_an_order,
    listed,
    option_called,
    twins,
)
from survey.questionnaires.kinds.settings import Options, Switch

MOST = 10
PARTED = ":"  # between an option and its place; no option's value holds one


class Ranking(Kind):
    """A place for each option, 1 comes first; the answer is {"order": [values from the first place on]}."""

    name = "ranking"
    label = lazy_gettext("Ranking")
    about = lazy_gettext("Things to put in order, by numbers or buttons. Gives mean places and who came first.")
    words = _m("What matters most to you? Put these in order.")
    settings_label = lazy_gettext("What is put in order")
    settings = (
        Options(
            "options",
            lazy_gettext("What is put in order"),
            hint=lazy_gettext("Empty one to take it away."),
            noun=lazy_gettext("Thing"),
            one_more=lazy_gettext("One more"),
        ),
        Switch("partial", lazy_gettext("It is enough to rank some of them")),
        Switch("shuffled", lazy_gettext("Everybody sees them in another order")),
    )

    def clean(self, question: Question, given: Given) -> Answer | None:
        """Return the order: by the number in each part or, as files hold it, by the sequence of the question's own values."""
        options = listed(question)
        order = _by_places(given, options) if any(map(given.typed, given.parts)) else _by_sequence(given, options)
        left = [words for value, words in options if value not in order]
        if order and left and not question.settings.get("partial"):
            raise Invalid(
                _(
                    "Give each a place from 1 to %(count)s. Still without: %(names)s.",
                    count=len(options),
                    names=", ".join(left),
                )
            )
        return {"order": order} if order else None

    def parts(self, question: Question) -> tuple[str, ...]:
        """Return an input for each option: its place."""
        return tuple(value for value, _words in listed(question))

    def options(self, question: Question, part: str = "") -> tuple[Option, ...]:
        """Return the things to put in order, or the places that one can have."""
        return _places(len(listed(question))) if part else listed(question)

    def shuffled(self, question: Question, seed: object) -> tuple[Option, ...]:
        """Return the things in an order of this visitor's, where the owner wants it."""
        return in_an_order(listed(question), seed) if question.settings.get("shuffled") else listed(question)

    def guide(self, question: Question) -> str:
        """Say what the numbers mean."""
        if question.settings.get("partial"):
            return _("1 comes first. Give a place to as many as you like.")
        return _("1 comes first. Give each a place of its own.")

    def missing(self, question: Question) -> str:
        """Say what to do."""
        return _("Give them places; 1 comes first.")

    def is_empty(self, answer: Answer | None) -> bool:
        """Whether nothing has a place."""
        return not answer

    def cells(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return each option with its place, as in "price:1"."""
        return tuple(f"{value}{PARTED}{place}" for place, value in enumerate(answer["order"], start=1))

    def values(self, question: Question) -> tuple[Option, ...]:
        """Return every option in every place."""
        options = listed(question)
        return tuple(
            (f"{value}{PARTED}{place}", _("%(thing)s: place %(place)s", thing=words, place=place))
            for value, words in options
            for place, _place in _places(len(options))
        )

    def aspects(self, question: Question) -> tuple[Aspect, ...]:
        """Return nothing: places depend on one another."""
        return ()

    def group(self, value: str) -> str:
        """Return the option: everybody gives it one place."""
        return value.partition(PARTED)[0]

    def holds_several(self, question: Question) -> bool:
        """An order holds a place for each."""
        return True

    def standings(self, question: Question, counts: Mapping[str, int]) -> tuple[Standing, ...]:
        """Return the mean place of each option and how often it came first; the best first."""
        found = [_standing(value, words, counts) for value, words in listed(question)]
        return tuple(sorted(filter(None, found), key=lambda one: (one.mean, -one.n)))

    def said(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Return the options in order, numbered."""
        words = dict(listed(question))
        return tuple(f"{place}. {words.get(value, value)}" for place, value in enumerate(answer["order"], start=1))

    def entered(self, question: Question, answer: Answer, part: str = "") -> tuple[str, ...]:
        """Return the sequence, or the place of an option."""
        order = answer["order"]
        if part:
            return (str(order.index(part) + 1),) if part in order else ()
        return tuple(order)

    def problems(self, question: Question) -> tuple[str, ...]:
        """Ask for two to ten things: more cannot be held in mind."""
        count = len(listed(question))
        return (
            twins(listed(question))
            if 2 <= count <= MOST
            else (_("Give 2 to %(most)s things to put in order; now it is %(count)s.", most=MOST, count=count),)
        )

    def seconds(self, question: Question) -> int:
        """Return how long so many things take."""
        return 4 * max(2, len(listed(question)))


def _places(count: int) -> tuple[Option, ...]:
    return tuple((str(place), str(place)) for place in range(1, count + 1))


def _by_places(given: Given, options: Sequence[Option]) -> list[str]:
    """Return the values by the place that was typed beside each."""
    at: dict[int, list[Option]] = {}
    for option in options:
        if place := _place(given.typed(option[0]), len(options)):
            at.setdefault(place, []).append(option)
    for place, here in sorted(at.items()):
        if len(here) > 1:
            names = _(" and ").join(f"“{words}”" for _value, words in here)
            raise Invalid(
                _("%(names)s have the same place %(place)s. Give each a place of its own.", names=names, place=place)
            )
    for place in range(1, len(at) + 1):
        if place not in at:
            raise Invalid(_("Nothing has place %(place)s yet. Give places from 1 on without a gap.", place=place))
    return [at[place][0][0] for place in sorted(at)]


def _place(typed: Sequence[str], count: int) -> int:
    if not typed:
        return 0
    if len(typed) > 1 or typed[0] not in dict(_places(count)):
        raise Invalid(_("Choose places from 1 to %(count)s.", count=count))
    return int(typed[0])


def _by_sequence(given: Given, options: Sequence[Option]) -> list[str]:
    found = [option_called(typed, options) for typed in given.typed()]
    order = list(dict.fromkeys(value for value in found if value is not None))
    if len(order) < len(found):
        raise Invalid(_("Give each of what is offered one place."))
    return order


def _standing(value: str, words: str, counts: Mapping[str, int]) -> Standing | None:
    places = {
        int(place): n
        for cell, n in counts.items()
        if n > 0 and (found := cell.rpartition(PARTED))[0] == value and (place := found[2]).isdigit()
    }
    n = sum(places.values())
    return (
        Standing(words, sum(place * count for place, count in places.items()) / n, places.get(1, 0), n) if n else None
    )


KIND = Ranking()
