"""Searching the index of words: what somebody looks for, in the words of each database.

The index stands in both beside the models (migration 0009): FTS5 on SQLite, which finds stems itself; on PostgreSQL a vector of
stems. Its `rowid` grows with the day, so that the newest are found first without looking at the others.
"""

from sqlalchemy import ColumnElement, cast, column, table
from sqlalchemy.dialects.postgresql import TSQUERY

from survey.foundation.db import db
from survey.text.models import Comment
from survey.text.rules.searching import Part, Search

INDEX = table("comment_search", column("rowid"), column("comment_search"), column("comment_id"), column("words"))
NEWEST_FOUND = INDEX.c.rowid.desc()


def saying(search: Search) -> list[ColumnElement[bool]]:
    """What is true of a comment, and its row in the index, that says what is searched for."""
    if db.engine.dialect.name == "sqlite":
        return [INDEX.c.rowid == Comment.search_row, INDEX.c.comment_search.op("MATCH")(fts5(search))]
    return [INDEX.c.comment_id == Comment.id, INDEX.c.words.op("@@")(cast(tsquery(search), TSQUERY))]


def found_before(row: int) -> ColumnElement[bool]:
    """What is true of those that are listed after this row of the index."""
    return INDEX.c.rowid < row


def fts5(search: Search) -> str:
    """The search in FTS5's language. Words hold letters and digits alone, and stand in quotes: none is a word of that language."""
    wanted = " AND ".join(map(_fts5, search.wanted))
    return " NOT ".join([f"({wanted})", *map(_fts5, search.unwanted)])


def _fts5(part: Part) -> str:
    return f'"{" ".join(part.words)}"{" *" if part.is_start else ""}'


def tsquery(search: Search) -> str:
    """The search in PostgreSQL's language."""
    return " & ".join([*map(_tsquery, search.wanted), *(f"!({_tsquery(part)})" for part in search.unwanted)])


def _tsquery(part: Part) -> str:
    return " <-> ".join(f"'{stem}'" for stem in part.stems) + (":*" if part.is_start else "")
