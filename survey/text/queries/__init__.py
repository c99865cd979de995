"""Reads of text: `comments` lists and counts what people wrote, `corrections` what people said of it, `phrases` who has them, `versions` the readers."""

from survey.text.queries.comments import (
    comment,
    comments,
    comments_by_id,
    comments_of,
    count_comments,
    count_unread,
    first_other,
    newest_comments,
    newest_texts,
    picked_by_chance,
    reasons_suggested,
    repeated,
    unread,
    written_in,
)
from survey.text.queries.corrections import (
    corrections_of,
    count_corrections,
    history_of,
    judgements,
    learnt_from,
    said_by_several,
    said_of,
)
from survey.text.queries.phrases import would_match
from survey.text.queries.themes import (
    comments_by_day,
    keywords_between,
    keywords_of_high_scores,
    keywords_of_low_scores,
    reasons_by_day,
)
from survey.text.queries.versions import (
    USED,
    any_reader,
    count_responses_read,
    last_number,
    newest_model,
    reader_version,
    reader_versions,
    responses_read,
    tagger_in_use,
    tagger_of,
    version_in_use,
)

__all__ = [
    "USED", "any_reader", "comment", "comments", "comments_by_day", "comments_by_id", "comments_of", "corrections_of", "count_comments", "count_corrections",
    "count_responses_read", "count_unread", "first_other", "history_of", "judgements", "keywords_between", "keywords_of_high_scores", "keywords_of_low_scores", "last_number", "learnt_from",
    "newest_comments", "newest_model", "newest_texts", "picked_by_chance", "reader_version", "reader_versions", "reasons_by_day", "reasons_suggested", "repeated",
    "responses_read", "said_by_several", "said_of", "tagger_in_use", "tagger_of", "unread", "written_in", "version_in_use", "would_match",
]  # fmt: skip
