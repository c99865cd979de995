"""Writes of results."""

from survey.customers.events import PersonLeft
from survey.responses.events import ResponseSubmitted
from survey.text.events import ResponseRead


def count_response(event: ResponseSubmitted) -> None:
    raise NotImplementedError


def count_sentiment(event: ResponseRead) -> None:
    raise NotImplementedError


def fold() -> None:
    raise NotImplementedError
