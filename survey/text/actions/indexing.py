"""Keep the index of words: which comments of identified surveys it holds. What leaves the table of comments leaves it by itself.

On SQLite a trigger sees to that, on PostgreSQL a foreign key: see migration 0009.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, column, func, select, text, update, values

from survey.foundation.db import connection, db
from survey.text.models import Comment
from survey.text.queries.comments import open_surveys
from survey.text.rules.searching import sameness, vector

BITS = 22  # for the comments of a day
MOST_A_DAY = (1 << BITS) - 1
LOCK = 7_071_965  # any number of its own: whoever gives out rows in the index
TOGETHER = 1_000
CLEAR = {
    "sqlite": "INSERT INTO comment_search (comment_search) VALUES ('delete-all')",
    "postgresql": "DELETE FROM comment_search",
}
ADD = {
    "sqlite": "INSERT INTO comment_search (rowid, words) VALUES (:row, :text)",
    "postgresql": "INSERT INTO comment_search (comment_id, rowid, words) VALUES (:id, :row, CAST(:vector AS tsvector))",
}


def index(comments: Sequence[Comment]) -> None:
    """Let comments be found by their words: those of identified surveys, as far as they are not yet."""
    may_be = set(db.session.scalars(open_surveys()))
    found = [one for one in comments if one.search_row is None and one.survey_id in may_be]
    if not found:
        return
    rows = _free([one.written_on for one in found])
    given = [_given(one, row) for one, row in zip(found, rows, strict=True)]
    db.session.execute(
        update(Comment), [{"id": one["id"], "search_row": one["row"], "sameness": one["sameness"]} for one in given]
    )
    here = connection()
    here.execute(text(ADD[here.dialect.name]), given)


def _given(comment: Comment, row: int) -> Mapping[str, Any]:
    id: Any = comment.id
    words = {} if connection().dialect.name == "sqlite" else {"vector": vector(comment.text)}
    return {"id": id, "row": row, "text": comment.text, "sameness": sameness(comment.text), **words}


def _free(days: Sequence[date]) -> list[int]:
    """A row in the index for each comment: newer days after older ones, within a day in the order in which they are read.

    Numbers that lie close together make the index half as large as any would.
    """
    if connection().dialect.name == "postgresql":  # two workers must not find the same row free
        connection().execute(select(func.pg_advisory_xact_lock(LOCK)))
    last = _last_rows(sorted({day.toordinal() << BITS for day in days}))
    rows = []
    for first in (day.toordinal() << BITS for day in days):
        last[first] += 1
        rows.append(last[first])
    return rows


def _last_rows(firsts: Sequence[int]) -> dict[int, int]:
    """The last row that is taken of each day, by what would be before its first."""
    days = values(column("first", BigInteger), name="days").data([(first,) for first in firsts]).cte()
    mine = Comment.search_row.between(days.c.first, days.c.first + MOST_A_DAY)
    last = select(func.max(Comment.search_row)).where(mine).correlate(days).scalar_subquery()
    return {first: row or first for first, row in db.session.execute(select(days.c.first, last))}


def index_next(after: UUID | None) -> tuple[int, UUID | None]:
    """Index the next comments of identified surveys by id; return how many, and the last of them, None at the end."""
    query = select(Comment).where(Comment.survey_id.in_(open_surveys())).order_by(Comment.id).limit(TOGETHER)
    found = db.session.scalars(query.where(Comment.id > after) if after else query).all()
    index(found)
    return len(found), found[-1].id if found else None


def clear_index() -> None:
    """Forget all words, to index every comment anew."""
    here = connection()
    here.execute(text(CLEAR[here.dialect.name]))
    db.session.execute(update(Comment).where(Comment.search_row.is_not(None)).values(search_row=None, sameness=None))
