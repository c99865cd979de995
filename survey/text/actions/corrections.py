"""What people say of comments, how each word of theirs scores the machine, and taking it back.

A correction counts at once, in the same transaction as what follows from it; when it is undone, what was said before it
stands again: another person's word, else the machine's.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from survey.foundation import jobs
from survey.foundation.db import db, new_id
from survey.foundation.errors import NotFound, Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _
from survey.foundation.order import hold_still
from survey.reasons.queries import taxonomy
from survey.responses.models import Response
from survey.text import queries
from survey.text.actions.reading import (
    Standing,
    changes,
    comments_in,
    locked,
    lose_reasons_order,
    replace_reasons,
    standing,
)
from survey.text.models import Comment, Correction
from survey.text.rules.corrections import (
    NO_REASON,
    Kind,
    Said,
    is_time_to_learn,
    own_reasons,
    own_sentiment,
    was_right,
)

GIVEN_SENTIMENTS = ("positive", "negative", "mixed", "none")
HUMAN = "human"
SURE = 1.0


def correct(
    comment_ids: Collection[UUID],
    kind: Kind,
    value: str,
    *,
    by: UUID | None,
    now: datetime,
    batch_id: UUID | None = None,
    by_chance: bool = False,
) -> int:
    """Say of comments that this is their sentiment, or a reason in them; return how many. What has gone is left out.

    A reason adds to what the same person said of the comment before, and takes the place of what the machine or others said.
    """
    _check(kind, value)
    stroke = {"made_by": by, "made_at": now, "batch_id": batch_id, "by_chance": by_chance}
    before = queries.count_corrections("reason")
    with_comments = _held(comment_ids)
    comments = [one for own in with_comments[1].values() for one in own if one.id in set(comment_ids)]
    for comment in comments:
        db.session.add(_correction(comment, kind, value, stroke))
    db.session.flush()
    _settle(*with_comments, {comment.id for comment in comments})
    if kind == "reason" and comments and is_time_to_learn(before, before + len(comments)):
        jobs.add("learn_reasons", new_id())
    return len(comments)


def confirm(comment_id: UUID, *, by: UUID | None, now: datetime, by_chance: bool = False) -> int:
    """Say that a comment was read right, where no person has spoken yet; return how many corrections that makes."""
    found = queries.comment(comment_id)
    if found is None:
        return 0
    codes = [tag[0] for tag in found.machine_tags if tag[0] in taxonomy().active] or [NO_REASON]
    said: list[tuple[Kind, str]] = [] if found.has_own_reasons else [("reason", code) for code in codes]
    if not found.has_own_sentiment and found.read_as in GIVEN_SENTIMENTS:
        said.append(("sentiment", found.read_as))
    stroke = new_id()
    return sum(
        correct([comment_id], kind, value, by=by, now=now, batch_id=stroke, by_chance=by_chance) for kind, value in said
    )


def undo(correction_id: UUID, *, by: UUID | None, now: datetime) -> int:
    """Take back a correction, and with it all that were made in the same stroke; return how many."""
    row = db.session.get(Correction, correction_id)
    if row is None:
        raise NotFound(_("There is no such correction."))
    same = Correction.batch_id == row.batch_id if row.batch_id else Correction.id == row.id
    rows = db.session.scalars(select(Correction).where(same, Correction.undone_at.is_(None))).all()
    held = _held({one.comment_id for one in rows})
    ids = [one.id for one in rows]
    db.session.execute(
        update(Correction)
        .where(Correction.id.in_(ids), Correction.undone_at.is_(None))
        .values(undone_at=now, undone_by=by)
        .execution_options(synchronize_session=False)
    )
    _settle(*held, {one.comment_id for one in rows})
    return len(ids)


def _check(kind: str, value: str) -> None:
    if kind == "sentiment" and value not in GIVEN_SENTIMENTS:
        raise Refused(_("Choose positive, negative, mixed or neither."))
    if kind == "reason" and value != NO_REASON and value not in taxonomy().active:
        raise Refused(_("There is no such reason. Choose one from the list."))


def _correction(comment: Comment, kind: Kind, value: str, stroke: Mapping[str, Any]) -> Correction:
    """A correction with its score: what the machine had said, before anybody did."""
    if comment.sentiment is None:
        raise Refused(_("This comment has not been read yet. Try again in a minute."))
    said = [tag[0] for tag in comment.machine_tags] if kind == "reason" else [comment.read_as or ""]
    sure = {code: confidence for code, confidence, *_more in comment.suggested}
    return Correction(
        comment_id=comment.id, about=kind, value=value, suggested=said, was_right=was_right(value, said),
        confidence=comment.confidence if kind == "sentiment" else sure.get(value),
        taxonomy=comment.taxonomy, reader=comment.reader, model=comment.model, **stroke,
    )  # fmt: skip


def _held(comment_ids: Collection[UUID]) -> tuple[Mapping[UUID, Response], Mapping[UUID, Sequence[Comment]]]:
    """The responses of these comments, held until commit, with all their comments as they are now."""
    ids = db.session.scalars(select(Comment.response_id).where(Comment.id.in_(list(comment_ids))).distinct())
    hold_still()
    responses = locked(sorted(ids))
    return responses, comments_in(responses)


def _settle(
    responses: Mapping[UUID, Response], comments: Mapping[UUID, Sequence[Comment]], ids: Collection[UUID]
) -> None:
    """Let comments count for what stands now, and tell what changed."""
    said = queries.said_of(ids)
    all_comments = [one for own in comments.values() for one in own]
    after = {one.id: _after(one, said.get(one.id, ())) if one.id in ids else standing(one) for one in all_comments}
    events = changes(responses, comments, after, by=HUMAN)
    tags: dict[UUID, Sequence[tuple[str, float, str]]] = defaultdict(list)
    for comment in (one for one in all_comments if one.id in ids):
        mine = own_reasons(said.get(comment.id, ()))
        comment.has_own_sentiment = own_sentiment(said.get(comment.id, ())) is not None
        comment.has_own_reasons = mine is not None
        comment.sentiment = after[comment.id].sentiment
        tags[comment.id] = comment.machine_tags if mine is None else [(code, SURE, HUMAN) for code in mine]
    db.session.flush()
    replace_reasons(tags)
    lose_reasons_order(responses, comments)
    for event in events:
        emit(event)


def _after(comment: Comment, said: Sequence[Said]) -> Standing:
    mine = own_reasons(said)
    reasons = [(code, SURE) for code in mine] if mine is not None else [tag[:2] for tag in comment.machine_tags]
    return Standing(own_sentiment(said) or comment.read_as, tuple(reasons))
