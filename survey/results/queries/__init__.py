"""Reads of results: `kept` reads the counts that are kept with every answer, `surveys` what stands at a survey's head,
`recounted` counts all answers anew to check the kept ones."""

from survey.results.queries.kept import (
    counts,
    counts_by,
    counts_in,
    counts_of_view,
    monthly,
    monthly_in,
    months_of,
    segment_values,
    tally,
    voices,
    voices_in,
)
from survey.results.queries.recounted import (
    counted_as_before,
    differences,
    recount,
    recounted_by,
    recounted_in,
    surveys_with_counts,
)
from survey.results.queries.surveys import headline, last_answers
from survey.results.rules.measures import metrics_of
from survey.results.rules.tally import Counts

__all__ = [
    "Counts", "counted_as_before", "counts", "counts_by", "counts_in", "counts_of_view", "differences", "headline", "last_answers", "metrics_of", "monthly",
    "monthly_in", "months_of", "recount", "recounted_by", "recounted_in", "segment_values", "surveys_with_counts", "tally", "voices", "voices_in",
]  # fmt: skip
