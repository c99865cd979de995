"""Keep what people wrote, and what was read in it. What a person has said of a comment stays when it is read again."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import selectinload

from survey.foundation.db import db, new_id, random_id
from survey.foundation.events import emit
from survey.foundation.order import hold_still, lose_order
from survey.foundation.statements import Statement
from survey.responses.actions import doubt
from survey.responses.events import ResponseCountedAgain, ResponseSubmitted, ResponseWithdrawn
from survey.responses.models import Response
from survey.responses.rules import IMPORT, PERSONAL, Doubt, fingerprint
from survey.text import queries
from survey.text.events import ResponseRead
from survey.text.models import Comment, CommentReason, Correction
from survey.text.rules import READER_VERSION, Reading, together

Readings = Mapping[UUID, Reading]
Reasons = tuple[tuple[str, float], ...]


class Standing(NamedTuple):
    """What a comment counts for: its sentiment, None until it is read, and its reasons."""

    sentiment: str | None
    reasons: Reasons


KEEP = Statement(cast(Table, Comment.__table__).insert(), signal_words=[], keywords=[])


def keep_comments(event: ResponseSubmitted) -> None:
    """Keep each written answer as a comment that waits to be read."""
    is_anonymous = _is_anonymous(event)
    for row in _rows(event):
        if is_anonymous:
            KEEP.store(row)
        else:
            KEEP.append(row)
    if event.written and is_anonymous:
        lose_order("comment", "response_id", [event.response_id])


def _is_anonymous(event: ResponseSubmitted) -> bool:
    """Whether the rows of an answer must not lie in the order in which they came."""
    return event.submitted_at is None


def _rows(event: ResponseSubmitted) -> Iterator[dict[str, Any]]:
    for answer in event.written:
        yield {
            "id": random_id() if _is_anonymous(event) else new_id(),
            "response_id": event.response_id,
            "survey_id": event.survey_id,
            "question_key": answer.question_key,
            "text": answer.text,
            "written_on": event.submitted_on,
            "voice": event.voice,
            "score": event.score,
            "asks_for": answer.asks_for,
            "rating": answer.rating,
            "language": event.language,
        }


def forget_comments(event: ResponseWithdrawn) -> None:
    """Delete what somebody wrote who took it back, and what was read in it or said of it."""
    mine = select(Comment.id).where(Comment.response_id == event.response_id)
    for about in (Correction, CommentReason):
        db.session.execute(delete(about).where(about.comment_id.in_(mine)))
    db.session.execute(delete(Comment).where(Comment.response_id == event.response_id))


def tell_again(event: ResponseCountedAgain) -> None:
    """Say once more what had been read in a response that counts again, to whoever forgot it meanwhile."""
    response = db.session.get_one(Response, event.response_id)
    comments = comments_in({response.id: response}).get(response.id, [])
    reader = next((comment.reader for comment in comments if comment.reader), None)
    if response.sentiment is None or reader is None:
        return
    reasons = _union([standing(comment).reasons for comment in comments])
    emit(
        ResponseRead(
            response_id=response.id,
            survey_id=response.survey_id,
            submitted_on=response.submitted_on,
            sentiment=response.sentiment,
            was=response.sentiment,
            reasons=reasons,
            reader=reader,
            were=tuple(code for code, _confidence in reasons),
            comments=len(comments),
        )
    )


def mark_read(response_id: UUID, readings: Readings, *, now: datetime) -> None:
    """Keep what was read in the comments of a response; emit ResponseRead where that changed anything."""
    mark_all_read({response_id: readings}, now=now)


def mark_all_read(readings: Mapping[UUID, Readings], *, now: datetime) -> None:
    """The same for many responses at once: response id -> comment id -> reading. What has gone meanwhile is left out."""
    responses = locked(list(readings))
    comments = comments_in(responses)
    found = {
        comment.id: readings[id][comment.id]
        for id, own in comments.items()
        for comment in own
        if comment.id in readings[id]
    }
    after = {comment.id: _read_anew(comment, found) for own in comments.values() for comment in own}
    events = changes(responses, comments, after, by=READER_VERSION)
    _keep(comments, found, responses, now)
    _keep_reasons([comment for own in comments.values() for comment in own], found)
    lose_reasons_order(responses, comments)
    for event in events:
        emit(event)


def _read_anew(comment: Comment, found: Readings) -> Standing:
    """What a comment counts for once it is read: a person's word stays."""
    now, reading = standing(comment), found.get(comment.id)
    if reading is None:
        return now
    return Standing(
        now.sentiment if comment.has_own_sentiment else str(reading.sentiment),
        now.reasons if comment.has_own_reasons else reading.reasons,
    )


# ---- what corrections share -----------------------------------------------------------------------------------------


def locked(ids: Sequence[UUID]) -> dict[UUID, Response]:
    """The responses, held until commit: two workers must not both count the same one for the first time."""
    hold_still()
    query = select(Response).where(Response.id.in_(ids)).order_by(Response.id).with_for_update()
    return {response.id: response for response in db.session.scalars(query)}


def comments_in(responses: Mapping[UUID, Response]) -> dict[UUID, list[Comment]]:
    """The comments of these responses, in an order that tells nothing of anonymous ones when rows are written in it."""
    query = select(Comment).where(Comment.response_id.in_(list(responses))).options(selectinload(Comment.reasons))
    query = query.order_by(Comment.response_id, Comment.id)
    found: dict[UUID, list[Comment]] = defaultdict(list)
    for comment in db.session.scalars(query):
        found[comment.response_id].append(comment)
    return found


def standing(comment: Comment) -> Standing:
    """What a comment counts for now."""
    return Standing(comment.sentiment, tuple((reason.code, reason.confidence) for reason in comment.reasons))


def changes(
    responses: Mapping[UUID, Response],
    comments: Mapping[UUID, Sequence[Comment]],
    after: Mapping[UUID, Standing],
    *,
    by: str,
) -> list[ResponseRead]:
    """What is to be told of each response: nothing where all stands as before."""
    events = (_event(responses[id], own, [after[one.id] for one in own], by) for id, own in comments.items())
    return [event for event in events if event is not None]


def _event(response: Response, comments: Sequence[Comment], after: Sequence[Standing], by: str) -> ResponseRead | None:
    sentiment = together(one.sentiment for one in after if one.sentiment)
    before = _union([standing(one).reasons for one in comments])
    reasons = _union([one.reasons for one in after])
    if sentiment is None or (sentiment == response.sentiment and reasons == before):
        return None
    return ResponseRead(
        response_id=response.id,
        survey_id=response.survey_id,
        submitted_on=response.submitted_on,
        sentiment=sentiment.value,
        was=response.sentiment,
        reasons=reasons,
        reader=by,
        were=tuple(code for code, _confidence in before),
        comments=len(comments),
    )


def _union(lists: Sequence[Reasons]) -> Reasons:
    """Every reason once, with its highest confidence, surest first."""
    highest: dict[str, float] = {}
    for code, confidence in (pair for reasons in lists for pair in reasons):
        highest[code] = max(confidence, highest.get(code, 0.0))
    return tuple(sorted(highest.items(), key=lambda pair: (-pair[1], pair[0])))


def replace_reasons(tags: Mapping[UUID, Sequence[tuple[str, float, str]]]) -> None:
    """Let comments count for these reasons alone: comment id -> (code, confidence, source)."""
    db.session.execute(delete(CommentReason).where(CommentReason.comment_id.in_(list(tags))))
    rows = [
        {"comment_id": id, "code": code, "confidence": confidence, "source": source}
        for id, own in tags.items()
        for code, confidence, source in own
    ]
    if rows:
        db.session.execute(insert(CommentReason), rows)


def lose_reasons_order(responses: Mapping[UUID, Response], comments: Mapping[UUID, Sequence[Comment]]) -> None:
    """Let the reasons of anonymous comments lie anywhere; they were written anew, and are laid among the others later."""
    anonymous = [response for response in responses.values() if response.is_anonymous]
    lose_order(
        "comment_reason", "comment_id", [one.id for response in anonymous for one in comments.get(response.id, ())]
    )
    for response in anonymous:
        response.is_mixed = False


# ---- what is kept of a reading --------------------------------------------------------------------------------------


def _keep(
    comments: Mapping[UUID, Sequence[Comment]], found: Readings, responses: Mapping[UUID, Response], now: datetime
) -> None:
    read = [(comment, responses[id]) for id, own in comments.items() for comment in own if comment.id in found]
    if read:
        rows = [
            _finding(comment, found[comment.id], _moment(response, now)) | _mark(comment, response)
            for comment, response in read
        ]
        db.session.execute(update(Comment), rows)


def _keep_reasons(comments: Sequence[Comment], found: Readings) -> None:
    open_ones = [comment for comment in comments if comment.id in found and not comment.has_own_reasons]
    replace_reasons({comment.id: found[comment.id].tags for comment in open_ones})


def _mark(comment: Comment, response: Response) -> dict[str, Any]:
    """What equal words share; nothing for words of somebody whom we know, or out of a file, which no robot sent."""
    is_open = response.channel not in (PERSONAL, IMPORT)
    return {"fingerprint": fingerprint(comment.text) if is_open else None}


def _moment(response: Response, now: datetime) -> datetime | None:
    """When it was read; not for an anonymous one, which is read a moment after it came and would tell that moment."""
    return None if response.is_anonymous else now


def _finding(comment: Comment, reading: Reading, read_at: datetime | None) -> dict[str, Any]:
    return {
        "id": comment.id,
        "sentiment": comment.sentiment if comment.has_own_sentiment else str(reading.sentiment),
        "read_as": str(reading.sentiment),
        "text_sentiment": str(reading.text_sentiment),
        "confidence": reading.confidence,
        "signal_words": list(reading.signal_words),
        "keywords": list(reading.keywords),
        "suggested": [list(one) for one in reading.offered],
        "reader": reading.reader,
        "taxonomy": reading.taxonomy,
        "model": reading.model,
        "text_hash": hashlib.sha256(comment.text.encode()).hexdigest()[:16],
        "trouble": reading.trouble[:200] or None,
        "read_at": read_at,
    }


def doubt_repeated(response_ids: Collection[UUID]) -> None:
    """Doubt all responses but one that say the same in their own words, where one of these does.

    The one that stays is that with the smallest id: of identified responses the first one. Of anonymous ones, whose ids come in
    no order, it is any, so that nothing is told of which came first.
    """
    doubted: set[UUID] = set()
    for same, here in queries.repeated(response_ids).items():
        first = queries.first_other(*same, besides=here)
        doubted.update(sorted([*here, *([first] if first else [])])[1:])
    if doubted:
        doubt(sorted(doubted), Doubt.DUPLICATE)
