"""Reads of results: `kept` reads the counts that are kept with every answer, `surveys` what stands at a survey's head,
`recounted` counts all answers anew to check the kept ones."""

from survey.results.queries.kept import counts, counts_in, counts_of_all, monthly, monthly_in, tally, voices
from survey.results.queries.recounted import differences, recount, surveys_with_counts
from survey.results.queries.surveys import headline, last_answers
from survey.results.rules.measures import metrics_of
from survey.results.rules.tally import Counts

__all__ = [
    "Counts", "counts", "counts_in", "counts_of_all", "differences", "headline", "last_answers", "metrics_of", "monthly",
    "monthly_in", "recount", "surveys_with_counts", "tally", "voices",
]  # fmt: skip
