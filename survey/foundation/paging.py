"""Keyset paging: a page is what follows the last row seen, never an OFFSET."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _

T = TypeVar("T")

PAGE_SIZE = 50
CURSOR_LIMIT = 2000


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list, with the cursor of the next page (None at the end)."""

    items: Sequence[T]
    next: str | None


def encode(keys: Sequence[str]) -> str:
    """Return the cursor for the sort keys of a row, as text fit for a URL."""
    return base64.urlsafe_b64encode(json.dumps(list(keys)).encode()).decode().rstrip("=")


def decode(cursor: str, *, parts: int) -> list[str]:
    """Return the sort keys of a cursor; raise Refused where it is not one of ours."""
    try:
        if len(cursor) > CURSOR_LIMIT:
            raise ValueError("too long")
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        keys = None
    if not isinstance(keys, list) or len(keys) != parts or not all(isinstance(key, str) for key in keys):
        raise Refused(_("This page of the list does not exist. Start from its first page."))
    return keys


def page(rows: Sequence[T], key: Callable[[T], Sequence[str]], *, size: int = PAGE_SIZE) -> Page[T]:
    """Return the page made of rows, of which the query fetched size + 1 to learn whether more follow."""
    shown = rows[:size]
    return Page(shown, encode(key(shown[-1])) if len(rows) > size else None)
