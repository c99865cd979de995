"""Writes of departures."""

from survey.customers.events import PersonLeft
from survey.responses.events import ResponseSubmitted
from survey.text.events import ResponseRead


def record_departure(event: PersonLeft) -> None:
    raise NotImplementedError


def note_exit_answer(event: ResponseSubmitted) -> None:
    raise NotImplementedError


def suggest_reasons(event: ResponseRead) -> None:
    raise NotImplementedError
