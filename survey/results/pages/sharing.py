"""The page on which the owner of a survey composes what everybody may see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from survey.foundation.language import day_words
from survey.foundation.language import gettext as _
from survey.organisation.queries import organisation
from survey.organisation.rules import LANGUAGES
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.queries import draft_of, questionnaire_of, versions
from survey.questionnaires.rules import Questionnaire, merged
from survey.results.models import ShareLink, Sharing
from survey.results.pages.addresses import title_of
from survey.results.pages.published import composition_of
from survey.results.queries.sharing import group_of, links_of, releasable, sharing_of
from survey.results.rules.releases import is_counted, offered_groups, waiting
from survey.results.rules.sharing import Composition
from survey.results.rules.tally import responses_in


@dataclass(frozen=True)
class Link:
    """A link as it stands in the list: what it is called, how it stands, whether it opens anything."""

    link: ShareLink
    is_good: bool
    state: str


@dataclass(frozen=True)
class SharingPage:
    """What of a survey everybody may see, to be composed; `composition` is what was saved, or what was just sent."""

    survey: Survey
    sharing: Sharing
    published: list[SurveyVersion]
    composition: Composition
    now: datetime

    @property
    def title(self) -> str:
        """The survey's title as it was published last."""
        return title_of(self.survey, self.published)

    @property
    def group(self) -> int:
        """The smallest group in force."""
        return group_of(self.sharing)

    @property
    def groups(self) -> list[int]:
        """The smallest groups to choose from."""
        return offered_groups(self.sharing.step, organisation().minimum_scores)

    @cached_property
    def _asked(self) -> Questionnaire:
        return questionnaire_of(self.published[0]) if self.published else draft_of(self.survey)

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages that the survey can be read in: code and name, its own first."""
        return [(language, LANGUAGES.get(language, language)) for language in self._asked.languages]

    @cached_property
    def questions(self) -> list[Question]:
        """The questions that can be shown."""
        every = merged(questionnaire_of(version).questions for version in self.published)
        return [question for question in every if is_counted(question)]

    def is_shown(self, question: Question) -> bool:
        """Whether a question is among those that are shown."""
        return self.composition.questions is None or question.key in self.composition.questions

    def has_heading(self, question: Question) -> bool:
        """Whether a question has a heading of its own in some language."""
        return any(self.composition.words(code, question.key) for code, _name in self.languages)

    @cached_property
    def links(self) -> list[Link]:
        """The links, the newest first."""
        return [_link(link, self.now) for link in links_of(self.survey.id)]

    @property
    def good_links(self) -> int:
        """How many links open something."""
        return sum(one.is_good for one in self.links)

    @property
    def is_shared(self) -> bool:
        """Whether anybody outside may see anything."""
        return bool(self.published) and (self.survey.has_public_results or self.good_links > 0)

    @property
    def released(self) -> int:
        """How many answers have been released."""
        return responses_in(self.sharing.released)

    @cached_property
    def waiting(self) -> int:
        """How many answers wait to be added."""
        return waiting(self.sharing.released, releasable(self.survey))


def sharing_page(survey: Survey, *, now: datetime) -> SharingPage:
    """The page of a survey, as it was saved."""
    sharing = sharing_of(survey.id)
    return SharingPage(survey, sharing, versions(survey.id), composition_of(sharing), now)


def _link(link: ShareLink, now: datetime) -> Link:
    zone = ZoneInfo(organisation().time_zone)
    if link.revoked_at is not None:
        return Link(link, False, _("Withdrawn on %(day)s", day=day_words(link.revoked_at.astimezone(zone).date())))
    is_good, last = link.expires_at > now, (link.expires_at.astimezone(zone) - timedelta(seconds=1)).date()
    words = _("Good until the end of %(day)s", day=day_words(last))
    return Link(link, is_good, words if is_good else _("Over since the end of %(day)s", day=day_words(last)))
