"""Reads about responses: `openings` what the respond page needs, `single` one response, `drafts` half-filled forms, `mixing` anonymous
rows that still lie in order, `filters` what narrows a list, `lists` the lists, their counts and streams."""

from survey.responses.queries.drafts import draft, drafts_of, has_old_drafts, old_drafts, unfinished
from survey.responses.queries.filters import Filters, in_segments, is_doubted, wanted
from survey.responses.queries.lists import (
    answers_of,
    count_of,
    doubted,
    has_tests,
    responses_of,
    segment_names,
    tests_of,
    typical_size,
)
from survey.responses.queries.mixing import Unmixed, count_of_day, drafts_before, of_day, unmixed, unmixed_drafts
from survey.responses.queries.openings import (
    answered_versions,
    asked_in,
    count_by_channel,
    count_by_version,
    in_version,
    number_of,
    opening,
    version_id,
)
from survey.responses.queries.single import (
    cells_of,
    form_ids_kept,
    is_withdrawn,
    kept,
    receipt,
    response,
    thanks_marked,
    thanks_of,
    was_answered,
    with_receipt,
)

__all__ = [
    "Filters", "Unmixed", "answered_versions", "answers_of", "asked_in", "cells_of", "count_by_channel", "count_by_version", "count_of", "count_of_day", "doubted", "draft", "drafts_before", "form_ids_kept", "drafts_of", "has_old_drafts", "has_tests", "in_segments", "in_version", "is_doubted", "is_withdrawn", "kept", "number_of", "of_day", "old_drafts", "opening", "receipt", "response", "responses_of", "segment_names", "tests_of", "typical_size", "thanks_marked", "thanks_of", "unfinished", "unmixed", "unmixed_drafts", "version_id", "wanted", "was_answered", "with_receipt",
]  # fmt: skip
