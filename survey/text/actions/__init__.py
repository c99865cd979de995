"""Writes of text: `reading` keeps what people wrote and what was read in it, `indexing` by which words it is found,
`corrections` what people said of it, `handling` what the team does about it, `versions` what was learned, tried and used."""

from survey.text.actions.corrections import GIVEN_SENTIMENTS, confirm, correct, undo
from survey.text.actions.handling import answer, assign, mark_read_by, mark_unread_by, note, pin, take_back_note
from survey.text.actions.indexing import clear_index, index_next
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
    "GIVEN_SENTIMENTS", "answer", "assign", "clear_index", "confirm", "correct", "doubt_repeated", "forget_comments",
    "index_next", "keep_applied", "keep_comments", "keep_model", "keep_trial", "leave", "mark_all_read", "mark_read",
    "mark_read_by", "mark_unread_by", "note", "pin", "propose", "propose_for_taxonomy", "take_back_note", "tell_again", "undo", "use",
]  # fmt: skip
