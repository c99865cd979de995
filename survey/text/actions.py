"""Writes of text."""

from survey.customers.events import PersonLeft
from survey.responses.events import ResponseSubmitted
from survey.text.events import ResponseRead


def keep_comments(event: ResponseSubmitted) -> None:
    raise NotImplementedError
