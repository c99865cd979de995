"""What the worker does for text."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.organisation.queries import organisation
from survey.responses.rules import NO_LANGUAGE
from survey.text.actions import doubt_repeated, mark_all_read
from survey.text.models import Comment
from survey.text.queries import comments_of, repeated
from survey.text.rules import AsksFor, Reading, read

ROLES: dict[str, AsksFor] = {"faults": "faults", "praise": "praise", "open": "open"}
TO_BE_TOLD = "en"  # the only language that is read; words that are not of it are left unread


def read_responses(response_ids: Sequence[UUID]) -> None:
    """Read the comments of these responses, outside any transaction, and keep what was found in one."""
    owner = organisation()
    names, language = tuple(owner.name.split()), owner.language
    found: dict[UUID, dict[UUID, Reading]] = defaultdict(dict)
    for comment in comments_of(response_ids):
        found[comment.response_id][comment.id] = _read(comment, language, names)
    if found:
        write(lambda: mark_all_read(found, now=now()))
        if repeated(response_ids):  # in a transaction after it, so that of two workers the later one sees both
            write(lambda: doubt_repeated(response_ids))


def _read(comment: Comment, language: str, names: tuple[str, ...]) -> Reading:
    return read(
        comment.text,
        language=_language(comment, usual=language),
        asks_for=ROLES.get(comment.asks_for, "open"),
        rating=comment.rating,
        own_names=names,
    )


def _language(comment: Comment, *, usual: str) -> str:
    """The language that a comment was asked for in; of an anonymous one it is not kept, and its words alone tell."""
    return TO_BE_TOLD if comment.language == NO_LANGUAGE else comment.language or usual
