"""Writes of text: `reading` keeps what people wrote and what was read in it, `corrections` what people said of that,
`versions` what was learned, tried and used."""

from survey.text.actions.corrections import GIVEN_SENTIMENTS, confirm, correct, undo
from survey.text.actions.reading import (
    doubt_repeated,
    forget_comments,
    keep_comments,
    mark_all_read,
    mark_read,
    tell_again,
)
from survey.text.actions.versions import keep_applied, keep_model, keep_trial, leave, propose, propose_for_taxonomy, use

__all__ = [
    "GIVEN_SENTIMENTS", "confirm", "correct", "doubt_repeated", "forget_comments", "keep_applied", "keep_comments",
    "keep_model", "keep_trial", "leave", "mark_all_read", "mark_read", "propose", "propose_for_taxonomy", "tell_again",
    "undo", "use",
]  # fmt: skip
