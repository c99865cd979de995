"""Reads of text: `comments` lists and counts what people wrote, `corrections` what people said of it, `handling` what is done about it,
`searching` by which words it is found, `similar` who says the same, `phrases` who has them, `keywords` their words, `praise` what
people like, `versions` the readers."""

from survey.text.queries.comments import (
    MOST_COUNTED,
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
    texts,
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
from survey.text.queries.handling import count_pinned, handling_of, notes_of, read_among
from survey.text.queries.phrases import would_match
from survey.text.queries.similar import Together, comments_together
from survey.text.queries.themes import (
    comments_by_day,
    keywords_between,
    keywords_of_high_scores,
    keywords_of_low_scores,
    keywords_of_scores,
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
    "MOST_COUNTED", "Together", "USED", "any_reader", "comment", "comments", "comments_by_day", "comments_by_id",
    "comments_of", "comments_together", "corrections_of", "count_comments", "count_corrections", "count_pinned",
    "count_responses_read", "count_unread", "first_other", "handling_of", "history_of", "judgements",
    "keywords_between", "keywords_of_high_scores", "keywords_of_low_scores", "keywords_of_scores", "last_number",
    "learnt_from", "newest_comments", "newest_model", "newest_texts", "notes_of", "picked_by_chance", "read_among",
    "reader_version", "reader_versions", "reasons_by_day", "reasons_suggested", "repeated", "responses_read",
    "said_by_several", "said_of", "tagger_in_use", "tagger_of", "texts", "unread", "version_in_use", "would_match",
    "written_in",
]  # fmt: skip
