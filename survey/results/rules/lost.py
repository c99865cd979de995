"""The first sentence of a leader's page: how many people left, is that usual, and did they say why."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from survey.foundation.language import gettext as _
from survey.foundation.language import marked, ngettext
from survey.results.rules.comparisons import Usual

# A sentence for each verdict, in a month that is over and in one that is not; nobody is never more than usual.
SENTENCES: Mapping[tuple[Usual, bool], str] = {
    ("more", False): marked("%(left)s. That is more than usual, %(told)s"),
    ("less", False): marked("%(left)s. That is less than usual, %(told)s"),
    ("usual", False): marked("%(left)s. That is about as many as usual, %(told)s"),
    ("unknown", False): marked("%(left)s, %(told)s It is too early to say what is usual."),
    ("more", True): marked("%(left)s. That is more than usual by now, %(told)s"),
    ("less", True): marked("%(left)s. That is less than usual by now, %(told)s"),
    ("usual", True): marked("%(left)s. That is about as many as usual by now, %(told)s"),
    ("unknown", True): marked("%(left)s, %(told)s It is too early to say what is usual."),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of the sentence; where `link` is set it opens the `count` people behind it.

    Links are "lost" (everybody who left) and "told" (those of them who said why).
    """

    text: str
    link: str | None = None
    count: int | None = None


def plain(pieces: Sequence[Piece]) -> str:
    """The sentence as text."""
    return "".join(piece.text for piece in pieces)


def opened(words: str, link: str, count: int) -> tuple[Piece, ...]:
    """Words of which those in square brackets open people: “[17 people] left in October”."""
    before, _bracket, rest = words.partition("[")
    inside, _bracket, after = rest.partition("]")
    pieces = (Piece(before), Piece(inside, link, count), Piece(after))
    return tuple(piece for piece in pieces if piece.text)


def put_together(words: str, **parts: Sequence[Piece]) -> tuple[Piece, ...]:
    """Words in whose places `%(name)s` other pieces stand."""
    pieces: list[Piece] = []
    for number, text in enumerate(re.split(r"%\((\w+)\)s", words)):
        pieces.extend(parts[text] if number % 2 else [Piece(text)] if text else [])
    return tuple(pieces)


def lost_sentence(
    month_name: str, people: int, *, told_why: int, usual_verdict: Usual, so_far: bool
) -> tuple[Piece, ...]:
    """“17 people left in October. That is more than usual, and 9 of them told us why.”, for any numbers."""
    if not people:
        return (Piece(_nobody(month_name, is_less=usual_verdict == "less", so_far=so_far)),)
    left = opened((_left_so_far if so_far else _left)(month_name, people), "lost", people)
    return put_together(_(SENTENCES[usual_verdict, so_far]), left=left, told=told_words(people, told_why))


def _left(month: str, people: int) -> str:
    return ngettext("[One person] left in %(month)s", "[%(num)s people] left in %(month)s", people, month=month)


def _left_so_far(month: str, people: int) -> str:
    return ngettext(
        "[One person] has left in %(month)s so far",
        "[%(num)s people] have left in %(month)s so far",
        people,
        month=month,
    )


def _nobody(month: str, *, is_less: bool, so_far: bool) -> str:
    """Only fewer is news here: nobody is never more, and “usually nobody” goes without saying."""
    if so_far and is_less:
        return _("Nobody has left in %(month)s so far. That is less than usual by now.", month=month)
    if so_far:
        return _("Nobody has left in %(month)s so far.", month=month)
    if is_less:
        return _("Nobody left in %(month)s. That is less than usual.", month=month)
    return _("Nobody left in %(month)s.", month=month)


def told_words(people: int, told: int) -> tuple[Piece, ...]:
    """The end of the sentence: “and 9 of them told us why.”, for at least one person."""
    told = min(told, people)
    if told:
        return opened(_told(people, told), "told", told)
    if people == 1:
        return (Piece(_("but they did not tell us why.")),)
    return (Piece(_("but neither of them told us why.") if people == 2 else _("but none of them told us why.")),)


ALL_TOLD: Mapping[int, Callable[[], str]] = {
    1: lambda: _("and [they] told us why."),
    2: lambda: _("and [both of them] told us why."),
}


def _told(people: int, told: int) -> str:
    if told == people:
        return ALL_TOLD[people]() if people in ALL_TOLD else _("and [all of them] told us why.")
    if told == 1:
        return _("and [one of them] told us why.")
    return _("and [%(told)s of them] told us why.", told=told)
