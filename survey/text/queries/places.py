"""The order of lists of comments, and the places in it where a next page begins."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, tuple_

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.paging import decode
from survey.text.models import Comment
from survey.text.queries.searching import NEWEST_FOUND, found_before

NEWEST_FIRST = (Comment.written_on.desc(), Comment.id.desc())
LONGEST_ROW = 18  # digits of a row in the index of words


def in_order(filters: Mapping[str, object]) -> Sequence[ColumnElement[Any]]:
    """How a list is ordered: newest first; what is searched for as the index of words has it, where a day knows no order."""
    return (NEWEST_FOUND,) if filters.get("search") else NEWEST_FIRST


def keys_of(filters: Mapping[str, object], row: Any) -> tuple[str, ...]:
    """What names the place of a comment in that order."""
    return (str(row.search_row),) if filters.get("search") else (str(row.written_on), str(row.id))


def follow(query: Select[Any], filters: Mapping[str, object], cursor: str | None) -> Select[Any]:
    """The query of those that follow a place in that order; of all where none is named."""
    if not cursor:
        return query
    if filters.get("search"):
        return query.where(found_before(_last_found(cursor)))
    return query.where(tuple_(Comment.written_on, Comment.id) < _last_seen(cursor))


def _last_found(cursor: str) -> int:
    (row,) = decode(cursor, parts=1)
    if not row.isascii() or not row.isdecimal() or len(row) > LONGEST_ROW:
        raise Refused(_("This page of the list does not exist. Start from its first page."))
    return int(row)


def _last_seen(cursor: str) -> tuple[date, UUID]:
    written_on, last = decode(cursor, parts=2)
    try:
        return date.fromisoformat(written_on), UUID(last)
    except ValueError:
        raise Refused(_("This page of the list does not exist. Start from its first page.")) from None
