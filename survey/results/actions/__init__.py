"""Writes of results: `counting` keeps what each answer adds to the counts, `marks` what happened meanwhile, `views` which
views somebody wants to open again."""

from survey.results.actions.counting import (
    count_doubts,
    count_reading,
    count_response,
    count_response_again,
    fold,
    fold_together,
    rebuild,
    remove_response,
    uncount_response,
)
from survey.results.actions.marks import add_mark, edit_mark, put_mark_back, remove_mark
from survey.results.actions.views import remove_view, rename_view, save_view

__all__ = [
    "add_mark", "count_doubts", "count_response", "count_response_again", "count_reading", "edit_mark", "fold", "fold_together",
    "put_mark_back", "rebuild", "remove_mark", "remove_response", "remove_view", "rename_view", "save_view", "uncount_response",
]  # fmt: skip
