"""What is known of how many answered, and of whom we know no more than that they were asked."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from survey.invitations.queries import how_many_invited
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.queries import questionnaire_of
from survey.questionnaires.rules.paths import pages
from survey.responses.queries import unfinished
from survey.responses.rules import IMPORT, PERSONAL, Privacy
from survey.results.queries.kept import months_of
from survey.results.rules.rates import Invited, Rates
from survey.results.rules.tally import responses_in


def rates(survey: Survey, published: Iterable[SurveyVersion]) -> Rates:
    """How many answered a survey, over all time; answers that came in a file were not asked for here."""
    by_channel = _by_channel(survey.id)
    asked = sum(n for channel, n in by_channel.items() if channel != IMPORT)
    has_pages = any(len(pages(questionnaire_of(version))) > 1 for version in published)
    if survey.privacy == Privacy.ANONYMOUS:
        return _of_anonymous(survey.id, asked, has_pages=has_pages)
    personal, others = unfinished(survey.id, invited=True), unfinished(survey.id, invited=False)
    made, used = how_many_invited(survey.id)
    invited = Invited(made, used, personal.partial, personal.broken_off) if made else None
    counted = by_channel.get(PERSONAL, 0)
    return Rates(invited, counted, asked - counted, others.partial, others.broken_off, has_pages)


def _by_channel(survey_id: UUID) -> Counter[str]:
    """How many answers that count came on each way, from the counts that are kept: by voice and channel together."""
    found: Counter[str] = Counter()
    for (name, value), own in months_of((survey_id,), (("channel", None),), questions={""}).get(survey_id, {}).items():
        if name == "channel":
            found[value.partition("+")[2]] += sum(responses_in(counts) for counts in own.values())
    return found


def _of_anonymous(survey_id: UUID, asked: int, *, has_pages: bool) -> Rates:
    """Nobody can tell by which link an anonymous answer came, so those who began are taken together."""
    begun = unfinished(survey_id)
    made, used = how_many_invited(survey_id)
    invited = Invited(made, used, None, None) if made else None
    return Rates(invited, used, asked, begun.partial, begun.broken_off, has_pages)
