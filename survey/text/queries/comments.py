"""Reads about comments. One filter stands behind every list and every count, so that both always agree."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Unpack
from uuid import UUID

from sqlalchemy import ColumnElement, Select, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased, joinedload, selectinload

from survey.foundation.db import db
from survey.foundation.paging import PAGE_SIZE, Page, page
from survey.questionnaires.models import Survey
from survey.responses.models import Response
from survey.responses.queries import in_segments, is_doubted
from survey.responses.rules import ONLY, Narrowed, Privacy
from survey.text.models import Comment, CommentReason
from survey.text.queries.handling import Handled, handled
from survey.text.queries.places import NEWEST_FIRST, follow, in_order, keys_of
from survey.text.queries.searching import saying
from survey.text.rules.searching import Search

UNREAD = Comment.sentiment.is_(None) | Comment.trouble.is_not(None)
IS_ASIDE = Comment.response_id.in_(select(Response.id).where(Response.set_aside.is_not(None)))
COUNTS = ~IS_ASIDE
UNSURE = 0.6
MOST_COUNTED = 10_000  # of those that are searched for


class Filters(Handled, total=False):
    """What narrows a list of comments and its count; since and until are both included.

    Without a survey: the comments of identified surveys alone. Whoever names a confidential one keeps its promise.
    `flagged`: without the answers that are doubted, only these, or "" for all. With a reason, `one_each` lists one comment for
    each response that sounds like it, so that the list counts people. `narrowed`: those of responses in all of these segments.
    `unsure`: only what the machine is unsure of and nobody has judged. `search`: only comments of identified surveys are found by
    their words. `like`: those that say much the same as this one.
    """

    survey_id: UUID | None
    sentiment: str | None
    reason: str | None
    since: date | None
    until: date | None
    voices: Collection[str] | None
    flagged: str
    one_each: bool
    unsure: bool
    narrowed: Narrowed
    search: Search | None
    keyword: str | None
    like: Comment | None


def comments(*, cursor: str | None = None, limit: int = PAGE_SIZE, **filters: Unpack[Filters]) -> Page[Comment]:
    """Comments, newest first, with their reasons, response, person and survey."""
    query = whole().where(*conditions_of(**filters)).order_by(*in_order(filters)).limit(limit + 1)
    found = db.session.scalars(follow(query, filters, cursor)).all()
    return page(found, lambda row: keys_of(filters, row), size=limit)


def count_comments(**filters: Unpack[Filters]) -> int:
    """How many comments `comments` lists for the same filters; of those that are searched for one more than MOST_COUNTED at most."""
    conditions = conditions_of(**filters)
    if filters.get("search"):
        some = select(Comment.id).where(*conditions).limit(MOST_COUNTED + 1).subquery()
        return db.session.scalar(select(func.count()).select_from(some)) or 0
    # Those of answers that were set aside are few: to find and take them off is quicker than to look at each comment's answer.
    is_there = [condition for condition in conditions if condition is not COUNTS]
    every = select(func.count()).select_from(Comment).where(*is_there).scalar_subquery()
    aside = select(func.count()).select_from(Comment).join(Response, Comment.response_id == Response.id)
    aside = aside.where(Response.set_aside.is_not(None), *is_there)
    if survey_id := filters.get("survey_id"):
        aside = aside.where(Response.survey_id == survey_id)
    return db.session.scalar(select(every - aside.scalar_subquery())) or 0


def texts(limit: int, **filters: Unpack[Filters]) -> list[str]:
    """The words of the newest of the comments that `comments` lists."""
    query = select(Comment.text).where(*conditions_of(**filters)).order_by(*in_order(filters))
    return list(db.session.scalars(query.limit(limit)))


def newest_comments(limit: int) -> list[Comment]:
    """The newest comments of identified surveys."""
    return list(comments(limit=limit).items)


def comments_of(response_ids: Collection[UUID]) -> list[Comment]:
    """Every comment of these responses, with its reasons; those of one response stand together."""
    query = whole().where(Comment.response_id.in_(list(response_ids)))
    return list(db.session.scalars(query.order_by(Comment.response_id, Comment.question_key)))


def comment(id: UUID) -> Comment | None:
    """One comment with its reasons, response, person and survey."""
    return db.session.scalar(whole().where(Comment.id == id))


def newest_texts(limit: int) -> list[tuple[UUID, str, bool]]:
    """The newest comments of identified surveys that were read and count: id, text, whether a person said what it is about."""
    is_in = Comment.survey_id.in_(open_surveys()), Comment.sentiment.is_not(None), ~IS_ASIDE
    query = select(Comment.id, Comment.text, Comment.has_own_reasons).where(*is_in).order_by(*NEWEST_FIRST).limit(limit)
    return [(id, text, is_own) for id, text, is_own in db.session.execute(query)]


def picked_by_chance(limit: int) -> list[Comment]:
    """Comments of identified surveys that nobody has judged whole, by the hash of their text: that order tells nothing of them.

    Of several with the same text one is picked, until that is judged.
    """
    judged = Comment.has_own_reasons & Comment.has_own_sentiment
    is_known = Comment.text_hash.in_(select(Comment.text_hash).where(judged, Comment.text_hash.is_not(None)))
    is_open = Comment.survey_id.in_(open_surveys()), ~IS_ASIDE, ~is_known, Comment.text_hash.is_not(None)
    distinct = select(Comment.text_hash).where(*is_open).distinct().order_by(Comment.text_hash).limit(limit)
    hashes = db.session.scalars(distinct).all()
    found = db.session.scalars(whole().where(*is_open, Comment.text_hash.in_(hashes)).order_by(Comment.text_hash))
    return list({comment.text_hash: comment for comment in found}.values())


def comments_by_id(ids: Collection[UUID]) -> list[Comment]:
    """These comments, newest first."""
    return list(db.session.scalars(whole().where(Comment.id.in_(list(ids))).order_by(*NEWEST_FIRST)))


def reasons_suggested(**filters: Unpack[Filters]) -> Counter[str]:
    """How many responses sound like each reason; one with two comments about it counts once."""
    query = (
        select(CommentReason.code, func.count(Comment.response_id.distinct()))
        .join(Comment, Comment.id == CommentReason.comment_id)
        .where(*conditions_of(**filters))
        .group_by(CommentReason.code)
    )
    return Counter({code: n for code, n in db.session.execute(query)})  # noqa: C416 - rows are no pairs to a type checker


def written_in(response_ids: Collection[UUID]) -> dict[UUID, tuple[int, set[str]]]:
    """How many comments each of these responses has, and the reasons that they count for; those without any are not there."""
    query = select(Comment.response_id, Comment.id, CommentReason.code).outerjoin(CommentReason)
    comments: dict[UUID, set[UUID]] = {}
    codes: dict[UUID, set[str]] = {}
    for response_id, comment_id, code in db.session.execute(query.where(Comment.response_id.in_(list(response_ids)))):
        comments.setdefault(response_id, set()).add(comment_id)
        codes.setdefault(response_id, set()).update([code] if code else [])
    return {id: (len(own), codes[id]) for id, own in comments.items()}


def repeated(response_ids: Collection[UUID]) -> dict[tuple[UUID, int], set[UUID]]:
    """Words of these responses that another response to the same survey says as well, and which of these responses say them."""
    other = aliased(Comment)
    again = select(other.id).where(
        other.survey_id == Comment.survey_id,
        other.fingerprint == Comment.fingerprint,
        other.response_id != Comment.response_id,
    )
    query = select(Comment.survey_id, Comment.fingerprint, Comment.response_id).where(
        Comment.response_id.in_(response_ids), Comment.fingerprint.is_not(None), again.correlate(Comment).exists()
    )
    found: dict[tuple[UUID, int], set[UUID]] = {}
    for survey_id, fingerprint, response_id in db.session.execute(query):
        found.setdefault((survey_id, fingerprint or 0), set()).add(response_id)
    return found


def first_other(survey_id: UUID, fingerprint: int, *, besides: Collection[UUID]) -> UUID | None:
    """The response with the smallest id that says something in the same words, besides these."""
    query = select(Comment.response_id).where(
        Comment.survey_id == survey_id, Comment.fingerprint == fingerprint, Comment.response_id.not_in(besides)
    )
    return db.session.scalar(query.order_by(Comment.response_id).limit(1))


def unread(limit: int, *, after: UUID | None = None) -> list[UUID]:
    """Responses with comments that were not read, or could not be, by id; the next ones follow the last of these."""
    query = select(Comment.response_id).where(UNREAD).distinct()
    if after:
        query = query.where(Comment.response_id > after)
    return list(db.session.scalars(query.order_by(Comment.response_id).limit(limit)))


def count_unread() -> int:
    """How many comments were not read yet, or could not be."""
    return db.session.scalar(select(func.count()).select_from(Comment).where(UNREAD)) or 0


def whole() -> Select[Comment]:
    """Comments with all that a page tells of them."""
    around = joinedload(Comment.response)
    return select(Comment).options(
        selectinload(Comment.reasons), around.joinedload(Response.survey), around.joinedload(Response.person)
    )


def conditions_of(
    *,
    survey_id: UUID | None = None,
    sentiment: str | None = None,
    reason: str | None = None,
    since: date | None = None,
    until: date | None = None,
    voices: Collection[str] | None = None,
    flagged: str = "",
    one_each: bool = False,
    unsure: bool = False,
    narrowed: Narrowed = (),
    search: Search | None = None,
    keyword: str | None = None,
    like: Comment | None = None,
    **more: Unpack[Handled],
) -> list[ColumnElement[bool]]:
    """The one filter."""
    conditions = list(_narrowed(survey_id, sentiment, reason, since, until))
    conditions += [*(saying(search) if search else ()), *handled(**more)]
    if keyword:
        conditions.append(_has_keyword(keyword))
    if like is not None:
        conditions += [Comment.survey_id == like.survey_id, *_as(like)]
    conditions.append(COUNTS)
    if voices is not None:
        conditions.append(Comment.voice.in_(list(voices)))
    if flagged:
        among = Comment.response_id.in_(select(Response.id).where(is_doubted()))
        conditions.append(among if flagged == ONLY else ~among)
    if narrowed:
        conditions.append(Comment.response_id.in_(select(Response.id).where(*in_segments(narrowed))))
    if unsure:
        conditions += [
            Comment.confidence < UNSURE,
            Comment.confidence > 0,
            ~Comment.has_own_reasons,
            ~Comment.has_own_sentiment,
        ]
    if one_each and reason:
        conditions.append(_first_of_its_response(sentiment, reason))
    return conditions


def _first_of_its_response(sentiment: str | None, reason: str) -> ColumnElement[bool]:
    """Whether no earlier comment of the same response would be listed as well."""
    other = aliased(Comment)
    same = [other.response_id == Comment.response_id, other.id < Comment.id, CommentReason.code == reason]
    if sentiment:
        same.append(other.sentiment == str(sentiment))
    earlier = select(other.id).join(CommentReason, CommentReason.comment_id == other.id).where(*same)
    return ~earlier.correlate(Comment).exists()


def _as(comment: Comment) -> list[ColumnElement[bool]]:
    """What is true of comments that say much the same; of one with very few words, of itself alone."""
    return [Comment.id == comment.id if comment.sameness is None else Comment.sameness == comment.sameness]


def _has_keyword(keyword: str) -> ColumnElement[bool]:
    if db.engine.dialect.name != "sqlite":
        return cast(Comment.keywords, JSONB).contains([keyword])
    each = func.json_each(Comment.keywords).table_valued("value")
    return select(each.c.value).where(each.c.value == keyword).correlate(Comment).exists()


def _narrowed(
    survey_id: UUID | None, sentiment: str | None, reason: str | None, since: date | None, until: date | None
) -> Iterator[ColumnElement[bool]]:
    yield Comment.survey_id == survey_id if survey_id else Comment.survey_id.in_(open_surveys())
    if sentiment:
        yield Comment.sentiment == str(sentiment)
    if reason:
        yield Comment.id.in_(select(CommentReason.comment_id).where(CommentReason.code == reason))
    if since:
        yield Comment.written_on >= since
    if until:
        yield Comment.written_on <= until


def open_surveys() -> Select[UUID]:
    """The surveys whose single answers may be seen."""
    return select(Survey.id).where(Survey.privacy == Privacy.IDENTIFIED.value)
