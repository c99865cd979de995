"""Two people edit one draft: what each changed is kept; where both changed the same thing, somebody has to choose.

`seen` is what a page was made from, `mine` what its form made of it, `theirs` what the draft is by now. A question counts as
one thing, and so do an ending, the title and each of the other settings of the survey.
"""

import base64
import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey.foundation.errors import Refused
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.rules.documents import as_document, parse
from survey.questionnaires.rules.values import ENDING, Ending, Questionnaire

MINE, THEIRS, BOTH = "mine", "theirs", "both"
TOP = ("title", "intro", "thanks", "layout", "language")
OWN = "."  # what the places of the survey's own words and settings begin with, so that no question's key is one of them
SEEN_LIMIT = 1_000_000


@dataclass(frozen=True)
class Clash:
    """One thing that both changed: its place, and both sides (None: taken away)."""

    place: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merge:
    """What two people made together.

    `kept` goes into the draft: of what clashes it has their side. `shown` is what the person who saved goes on with: there it
    has their own.
    """

    kept: Questionnaire
    shown: Questionnaire
    clashes: tuple[Clash, ...] = ()
    both: tuple[Question, ...] = ()  # questions whose two sides are to be kept: mine, to be added with a key of its own


def merge(
    seen: Questionnaire,
    mine: Questionnaire,
    theirs: Questionnaire,
    choices: Mapping[str, str] | None = None,
    waiting: Collection[str] = (),
) -> Merge:
    """Return both sides in one.

    `choices` says for places that clashed before whose side to take; `waiting` are those where nobody has chosen yet.
    """
    found = _decisions(_parts(seen), _parts(mine), _parts(theirs), choices or {}, waiting)
    clashes = _clashes(found)
    kept = {one.place: one.kept for one in found}
    shown = kept | {clash.place: clash.mine for clash in clashes}
    both = tuple(one.mine for one in found if one.is_both)
    return Merge(_assembled(theirs, mine, kept), _assembled(theirs, mine, shown), clashes, both)


def merge_texts(
    seen: Mapping[str, str],
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    choices: Mapping[str, str],
    waiting: Collection[str] = (),
) -> tuple[dict[str, str], tuple[Clash, ...]]:
    """Return both sides of texts in one, by their names, and what clashes: of that their side is kept."""
    found = _decisions(seen, mine, theirs, choices, waiting)
    return {one.place: one.kept or "" for one in found}, _clashes(found)


@dataclass(frozen=True)
class _Decision:
    place: str
    kept: Any
    mine: Any
    theirs: Any
    is_clash: bool = False
    is_both: bool = False


def _decisions(
    seen: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    choices: Mapping[str, str],
    waiting: Collection[str],
) -> list[_Decision]:
    sides = seen, mine, theirs
    return [
        _decided(place, [side.get(place) for side in sides], choices.get(place, ""), place in waiting)
        for place in _places(*sides)
    ]


def _clashes(found: Sequence[_Decision]) -> tuple[Clash, ...]:
    return tuple(Clash(one.place, one.mine, one.theirs) for one in found if one.is_clash)


def _decided(place: str, sides: Sequence[Any], choice: str, is_waiting: bool) -> _Decision:
    seen, mine, theirs = sides
    if choice == THEIRS or mine == theirs:
        return _Decision(place, theirs, mine, theirs)
    if choice == BOTH and isinstance(mine, Question) and theirs is not None:
        return _Decision(place, theirs, mine, theirs, is_both=True)
    if is_waiting and not choice:
        return _Decision(place, theirs, mine, theirs, is_clash=True)
    if theirs == seen:
        return _Decision(place, mine, mine, theirs)
    return _Decision(place, theirs, mine, theirs, is_clash=mine != seen)


def _parts(questionnaire: Questionnaire) -> dict[str, Any]:
    return {
        **{f"{OWN}{name}": getattr(questionnaire, name) for name in TOP},
        **{question.key: question for question in questionnaire.questions},
        **{f"{ENDING}{ending.key}": ending for ending in questionnaire.endings},
    }


def _places(*sides: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(place for side in reversed(sides) for place in side))


def _assembled(theirs: Questionnaire, mine: Questionnaire, parts: Mapping[str, Any]) -> Questionnaire:
    """Return parts as a questionnaire: in their order, with what they took away back behind what it stood behind."""
    questions = _ordered([one.key for one in theirs.questions], [one.key for one in mine.questions], parts)
    endings = _ordered(
        [f"{ENDING}{one.key}" for one in theirs.endings], [f"{ENDING}{one.key}" for one in mine.endings], parts
    )
    top: dict[str, Any] = {name: parts[f"{OWN}{name}"] for name in TOP}
    if top["language"] in theirs.translations:  # which would be lost
        top["language"] = theirs.language
    return replace(theirs, **top, questions=tuple(questions), endings=tuple(endings))


def _ordered(places: list[str], before: list[str], parts: Mapping[str, Any]) -> list[Any]:
    order = list(places)
    for number, place in enumerate(before):
        if place not in order:
            behind = next((order.index(one) + 1 for one in reversed(before[:number]) if one in order), 0)
            order.insert(behind, place)
    return [parts[place] for place in order if parts.get(place) is not None]


def changed_places(before: Questionnaire, after: Questionnaire) -> list[str]:
    """Return the places at which two questionnaires differ."""
    old, new = _parts(before), _parts(after)
    return [place for place in _places(old, new) if old.get(place) != new.get(place)]


def name_of(side: Question | Ending | str | None) -> str:
    """Return the words by which one side of a clash is known."""
    return side if isinstance(side, str) else side.words if side is not None else ""


# ---- what a page was made from, to be sent along with its form ------------------------------------------------------


def packed(questionnaire: Questionnaire) -> str:
    """Return a questionnaire as one word for a hidden input; translations are not edited there and stay out of it."""
    return packed_value(as_document(replace(questionnaire, translations={})))


def unpacked(word: str) -> Questionnaire | None:
    """Return the questionnaire of such a word; None where it is none."""
    try:
        return parse(unpacked_value(word))
    except Refused:
        return None


def packed_value(value: Any) -> str:
    """Return any JSON value as one word."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(value).encode(), 9)).decode()


def unpacked_value(word: str) -> Any:
    """Return the value of such a word; None where it is none, or too much."""
    try:
        content = zlib.decompressobj().decompress(base64.urlsafe_b64decode(word.encode()), SEEN_LIMIT)
        return json.loads(content)
    except (ValueError, zlib.error, RecursionError):
        return None
