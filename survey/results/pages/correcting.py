"""What can be said of a comment with one click, and what was said already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, moment_words
from survey.organisation.queries import organisation
from survey.reasons.queries import taxonomy
from survey.reasons.rules import REASONS
from survey.text.models import Comment, Correction
from survey.text.queries import corrections_of
from survey.text.rules.corrections import NO_REASON

OFFERED = 3
SAYS: Mapping[str, str] = {
    "positive": lazy_gettext("positive"),
    "negative": lazy_gettext("negative"),
    "mixed": lazy_gettext("mixed"),
    "none": lazy_gettext("neither"),
}
Choice = tuple[str, str]


@dataclass(frozen=True)
class Said:
    """One thing that somebody said of a comment, and how to take it back."""

    id: UUID
    words: str
    who: str
    when: str


@dataclass(frozen=True)
class Box:
    """What stands in the correction box of one comment: code or word, and label."""

    id: UUID
    sentiment: str
    reasons: frozenset[str]
    offered: Sequence[Choice]
    others: Sequence[Choice]
    said: Sequence[Said]
    is_read: bool
    may_be_right: bool  # nobody has said yet what it is about, or what its words say

    @property
    def sentiments(self) -> list[tuple[str, str, bool]]:
        """What its words may say, and what stands now."""
        return [(value, str(label), value == self.sentiment) for value, label in SAYS.items()]


def boxes(comments: Sequence[Comment]) -> dict[UUID, Box]:
    """The correction boxes of comments."""
    said = corrections_of([comment.id for comment in comments])
    active = [(code, reason.label) for code, reason in taxonomy().active.items() if reason.level1 not in "Z"]
    return {comment.id: _box(comment, active, said.get(comment.id, ())) for comment in comments}


def _box(comment: Comment, active: Sequence[Choice], said: Sequence[Correction]) -> Box:
    codes = dict(active)
    first = [code for code, *_more in comment.suggested if code in codes][:OFFERED]
    standing = frozenset(reason.code for reason in comment.reasons)
    return Box(
        id=comment.id,
        sentiment=comment.sentiment or "",
        reasons=standing,
        offered=[(code, codes[code]) for code in first],
        others=[(code, label) for code, label in active if code not in first],
        said=[told(row) for row in said],
        is_read=comment.sentiment is not None,
        may_be_right=not (comment.has_own_reasons and comment.has_own_sentiment),
    )


def told(row: Correction) -> Said:
    """A correction in words."""
    when = moment_words(row.made_at, organisation().time_zone)
    return Said(row.id, value_words(row.about, row.value), row.person.name if row.person else _("somebody"), when)


def value_words(kind: str, value: str) -> str:
    """What a correction says, in words."""
    if kind == "sentiment":
        return str(SAYS.get(value, value))
    if value == NO_REASON:
        return _("no reason")
    return REASONS[value].label if value in REASONS else value
