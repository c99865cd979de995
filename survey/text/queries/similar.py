"""Comments of which several say much the same: the newest stands for the others, which one more click opens.

Equal are the same words in the same order, whatever their forms, capitals and signs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Unpack
from uuid import UUID

from sqlalchemy import Row, Select, func, select

from survey.foundation.db import db
from survey.foundation.paging import PAGE_SIZE, encode
from survey.text.models import Comment
from survey.text.queries.comments import Filters, conditions_of, whole
from survey.text.queries.places import follow, in_order, keys_of

LOOKED_THROUGH = 300  # on a page; a flood of equal comments would fill more
PLACES: Select[Any, Any, Any, Any, Any] = select(
    Comment.id, Comment.written_on, Comment.search_row, Comment.survey_id, Comment.sameness
)
SAME = (Comment.survey_id, Comment.sameness)
Same = tuple[UUID, int]


@dataclass(frozen=True)
class Together:
    """A page of comments that say something of their own; `others` says of some how many more say the same."""

    items: Sequence[Comment]
    next: str | None
    others: Mapping[UUID, int]
    left_out: int  # on this page, because another comment stands for them


def comments_together(*, cursor: str | None = None, limit: int = PAGE_SIZE, **filters: Unpack[Filters]) -> Together:
    """The comments that `comments` lists for the same filters, of those that say the same the newest alone."""
    listed = PLACES.where(*conditions_of(**filters)).order_by(*in_order(filters)).limit(LOOKED_THROUGH + 1)
    rows = db.session.execute(follow(listed, filters, cursor)).all()
    first = _newest_of_same({row.sameness for row in rows if row.sameness is not None}, filters)
    kept = [row for row in rows[:LOOKED_THROUGH] if _stands(row, first)]
    shown = kept[:limit]
    last = shown[-1] if len(kept) > limit else rows[:LOOKED_THROUGH][-1] if rows else None
    seen = rows.index(last) + 1 if last else 0
    more = encode(keys_of(filters, last)) if last and seen < len(rows) else None
    others = {id: many - 1 for id, many in first.values() if many > 1}
    return Together(_whole_ones([row.id for row in shown]), more, others, seen - len(shown))


def _stands(row: Row[Any], first: Mapping[Same, tuple[UUID, int]]) -> bool:
    same = first.get((row.survey_id, row.sameness))
    return same is None or same[0] == row.id


def _newest_of_same(numbers: set[int], filters: Filters) -> dict[Same, tuple[UUID, int]]:
    """The first comment in the list of each that say the same, and how many they are."""
    if not numbers:
        return {}
    place = func.row_number().over(partition_by=SAME, order_by=in_order(filters)).label("place")
    many = func.count().over(partition_by=SAME).label("many")
    is_in = *conditions_of(**filters), Comment.sameness.in_(numbers)
    each = select(Comment.id, *SAME, place, many).where(*is_in).subquery()
    rows = db.session.execute(select(each).where(each.c.place == 1))
    return {(row.survey_id, row.sameness): (row.id, row.many) for row in rows}


def _whole_ones(ids: Sequence[UUID]) -> list[Comment]:
    found = {one.id: one for one in db.session.scalars(whole().where(Comment.id.in_(ids)))}
    return [found[id] for id in ids if id in found]
