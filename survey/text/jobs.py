"""What the worker does for text."""

from collections.abc import Sequence
from uuid import UUID


def read_responses(response_ids: Sequence[UUID]) -> None:
    raise NotImplementedError
