"""What everybody may see of a survey whose owner allows it."""

from dataclasses import dataclass
from datetime import date

from survey.foundation.errors import NotFound
from survey.foundation.language import lazy_gettext
from survey.organisation.queries import organisation, today
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import questionnaire_of, survey_by_slug, versions
from survey.questionnaires.rules import merged
from survey.responses.rules import Privacy
from survey.results.pages.one import title_of
from survey.results.queries import voices
from survey.results.queries.published import published_counts
from survey.results.rules.groups import Batch, Seen
from survey.results.rules.measures import leading
from survey.results.rules.periods import EVER
from survey.results.rules.reading import Results, Told
from survey.results.rules.views import View, is_mixed, usual_voice

NOTHING = lazy_gettext("There are no results to see here. They may not be public, or not yet.")


@dataclass(frozen=True)
class PublicResults:
    """The results of one survey as everybody may see them."""

    survey: Survey
    title: str
    results: Results
    waiting: int
    is_verified: bool
    open_link_count: int
    is_by_day: bool

    @property
    def told(self) -> list[Told]:
        """The questions that are counted, in order; what was written is not shown here."""
        told = (self.results.tell(question) for question in self.results.questions)
        return [one for one in told if one.values or one.metrics or one.is_hidden]


def public_results(slug: str) -> PublicResults:
    """The public results of the survey at this address; raises NotFound where there are none."""
    survey = survey_by_slug(slug)
    published = versions(survey.id) if survey else []
    if survey is None or not survey.has_public_results or not published:
        raise NotFound(NOTHING)
    said, minimum, day = voices(survey.id), organisation().minimum_scores, today()
    view = View(EVER, voice=usual_voice(said))
    is_by_day = survey.privacy == Privacy.ANONYMOUS
    counts, waiting = published_counts(
        survey.id, view.segments, voices=view.voices, minimum=minimum, before=day if is_by_day else None
    )
    seen = Seen((Batch((date.min,), counts),), waiting, minimum)
    questions = merged(questionnaire_of(version).questions for version in published)
    open_link = said.get("unverified", 0) if is_mixed(said) else 0
    results = Results(questions, leading(questions, counts), seen, None, minimum, day)
    return PublicResults(survey, title_of(survey, published), results, waiting, is_mixed(said), open_link, is_by_day)
