"""What is known of how many answered, and of whom we know no more than that they were asked."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from survey.invitations.queries import how_many_invited
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.queries import questionnaire_of
from survey.questionnaires.rules.paths import pages
from survey.responses.queries import unfinished
from survey.responses.rules import CHANNEL, IMPORT, PERSONAL, Privacy, sees_single_answers
from survey.results.queries.kept import months_of
from survey.results.rules.rates import Invited, Rates
from survey.results.rules.tally import responses_in, without_voice


def rates(survey: Survey, published: Iterable[SurveyVersion]) -> Rates:
    """How many answered a survey, over all time; answers that came in a file were not asked for here."""
    if not sees_single_answers(survey.privacy):
        return _of_groups(survey)
    has_pages = any(len(pages(questionnaire_of(version))) > 1 for version in published)
    personal, others = unfinished(survey.id, invited=True), unfinished(survey.id, invited=False)
    made, used = how_many_invited(survey.id)
    invited = Invited(made, used, personal.partial, personal.broken_off) if made else None
    many = _by_channel(survey.id)
    on_link = sum(n for way, n in many.items() if way not in (IMPORT, PERSONAL))
    return Rates(invited, many[PERSONAL], on_link, others.partial, others.broken_off, has_pages)


def _by_channel(survey_id: UUID) -> Counter[str]:
    """How many answers that count came on each way, from the counts that are kept."""
    found: Counter[str] = Counter()
    for (name, value), own in months_of((survey_id,), ((CHANNEL, None),), questions={""}).get(survey_id, {}).items():
        if name == CHANNEL:
            found[without_voice(value)[1]] += sum(map(responses_in, own.values()))
    return found


def _of_groups(survey: Survey) -> Rates:
    """Where groups are promised no answer is counted by the way it came, so that nothing is told of the open link alone."""
    made, used = how_many_invited(survey.id)
    if not made:
        return Rates(None, 0, 0, 0, 0, has_pages=False)
    if survey.privacy == Privacy.ANONYMOUS:
        return Rates(Invited(made, used, None, None), used, 0, 0, 0, has_pages=False)
    begun = unfinished(survey.id, invited=True)
    return Rates(Invited(made, used, begun.partial, begun.broken_off), used, 0, 0, 0, has_pages=False)
