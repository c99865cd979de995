"""Writes of departures: `losses` who left and why; `cases` and `offers` what is done to win them back."""

from survey.departures.actions.losses import (
    CUSTOMER,
    FROZEN,
    STATED,
    SUGGESTED,
    fill_gaps,
    forget_exit_answer,
    note_exit_answer,
    note_exit_answer_again,
    record_departure,
    suggest_reasons,
)

__all__ = [
    "CUSTOMER",
    "FROZEN",
    "STATED",
    "SUGGESTED",
    "fill_gaps",
    "forget_exit_answer",
    "note_exit_answer",
    "note_exit_answer_again",
    "record_departure",
    "suggest_reasons",
]
