"""How one comment reads, as a card: the words, what was read in them, and as much of the rest as may be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from survey.foundation.language import day_words, lazy_gettext
from survey.foundation.language import gettext as _
from survey.questionnaires.models import Survey
from survey.reasons.rules import REASONS
from survey.responses.rules import Voice, sees_single_answers
from survey.text.models import Comment


@dataclass(frozen=True)
class Card:
    """How one comment reads: the words, what was read in them, and as much of the rest as may be told."""

    id: UUID
    text: str
    language: str
    sentiment: str
    mood: str
    reasons: tuple[tuple[str, bool], ...]
    keywords: Sequence[str | tuple[str, str]]
    meta: str
    response_id: str
    pieces: Sequence[tuple[str, bool]] = ()  # the words again, and which of them were searched for


MOODS: Mapping[str, str] = {"none": lazy_gettext("no signal"), "not_scored": lazy_gettext("not scored")}
SHOWN_TAGS = 3


def card(comment: Comment, today: date, survey: Survey | None = None) -> Card:
    """How a comment reads; of a survey that promises groups it tells neither when it came nor its score or answer."""
    is_open = sees_single_answers((survey or comment.response.survey).privacy)
    sentiment = comment.sentiment or ""
    return Card(
        id=comment.id,
        text=comment.text,
        language=comment.language if comment.language != "und" else "",
        sentiment=sentiment,
        mood=MOODS.get(sentiment, "" if sentiment else _("not read yet")),
        reasons=tuple(
            (REASONS[one.code].label, one.is_machine) for one in comment.reasons[:SHOWN_TAGS] if one.code in REASONS
        ),
        keywords=tuple(comment.keywords[:SHOWN_TAGS]),
        meta=_meta(comment, today) if is_open else "",
        response_id=str(comment.response_id) if is_open else "",
    )


def _meta(comment: Comment, today: date) -> str:
    score = "" if comment.score is None else _("score %(score)s", score=comment.score)
    voice = _("open link") if comment.voice == Voice.UNVERIFIED else ""
    return ", ".join(part for part in (score, day_words(comment.written_on, today), voice) if part)
