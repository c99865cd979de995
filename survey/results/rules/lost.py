"""The first sentence of a leader's page: how many people left, is that usual, and did they say why."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.results.rules.comparisons import Usual

COMPARED: dict[Usual, str] = {
    "more": "more than usual",
    "less": "less than usual",
    "usual": "about as many as usual",
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


def lost_sentence(
    month_name: str, people: int, *, told_why: int, usual_verdict: Usual, so_far: bool
) -> tuple[Piece, ...]:
    """“17 people left in October. That is more than usual, and 9 of them told us why.”, for any numbers."""
    opening = _opening(month_name, people, so_far)
    if not people:
        return (*opening, *_nobody_compared(usual_verdict, so_far))
    told = _told(people, min(told_why, people))
    if usual_verdict == "unknown":
        return (*opening, Piece(", "), *told, Piece(" It is too early to say what is usual."))
    return (*opening, Piece(f". That is {_compared(usual_verdict, so_far)}, "), *told)


def _opening(month_name: str, people: int, so_far: bool) -> tuple[Piece, ...]:
    left = "have left" if so_far and people > 1 else "has left" if so_far else "left"
    when = f" {left} in {month_name}{' so far' if so_far else ''}"
    if not people:
        return (Piece(f"Nobody{when}."),)
    return Piece(_people(people), "lost", people), Piece(when)


def _people(people: int) -> str:
    return "One person" if people == 1 else f"{people:,} people"


def _compared(verdict: Usual, so_far: bool) -> str:
    return f"{COMPARED[verdict]}{' by now' if so_far else ''}"


def _nobody_compared(verdict: Usual, so_far: bool) -> tuple[Piece, ...]:
    """Only fewer is news here: nobody is never more, and “usually nobody” goes without saying."""
    return (Piece(f" That is {_compared(verdict, so_far)}."),) if verdict == "less" else ()


def _told(people: int, told: int) -> tuple[Piece, ...]:
    if people == 1:
        return _one_told(told)
    if not told:
        return (Piece(f"but {'neither' if people == 2 else 'none'} of them told us why."),)
    return Piece("and "), Piece(_of_them(people, told), "told", told), Piece(" told us why.")


def _one_told(told: int) -> tuple[Piece, ...]:
    if not told:
        return (Piece("but they did not tell us why."),)
    return Piece("and "), Piece("they", "told", 1), Piece(" told us why.")


def _of_them(people: int, told: int) -> str:
    if told == people:
        return "both of them" if people == 2 else "all of them"
    return "one of them" if told == 1 else f"{told:,} of them"
