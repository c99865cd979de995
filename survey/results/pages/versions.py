"""Which versions of a survey the numbers of a view put together, and where that calls for care."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from survey.foundation.language import gettext as _
from survey.questionnaires.models import SurveyVersion
from survey.questionnaires.queries import questionnaire_of
from survey.questionnaires.rules.comparing import Verdict, comparisons
from survey.responses.queries import answered_versions
from survey.results.rules.periods import Period


@dataclass(frozen=True)
class Merged:
    """The versions in words, nothing where it is one only; and what is to be said of a question, by its key."""

    words: str = ""
    cautions: Mapping[str, str] = field(default_factory=dict)


ONE_ONLY = Merged()


def merged_versions(published: Sequence[SurveyVersion], period: Period) -> Merged:
    """Return which of a survey's versions (the newest first) were answered in a period, and what changed among them."""
    if len(published) < 2:
        return ONE_ONLY
    answered = answered_versions(published[0].survey_id, since=period.since, until=period.until)
    versions = [(one.number, questionnaire_of(one)) for one in reversed(published) if one.id in answered]
    if len(versions) < 2:
        return ONE_ONLY
    found = [one for one in comparisons(versions) if one.verdict != Verdict.YES]
    return Merged(_words([number for number, _asked in versions]), {one.question.key: one.words for one in found})


def _words(numbers: Sequence[int]) -> str:
    *others, last = numbers
    return _("These numbers put versions %(numbers)s and %(last)s of the survey together.",
             numbers=", ".join(map(str, others)), last=last)  # fmt: skip
