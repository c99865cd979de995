"""What everybody may see of a survey whose owner allows it: its page, and the same by a link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from flask import render_template

from survey.foundation.errors import Gone, NotFound
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, spoken
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.queries import questionnaire_of, survey_by_slug, versions
from survey.questionnaires.rules import merged
from survey.questionnaires.rules.languages import best_language, in_language
from survey.results.models import Sharing
from survey.results.queries.sharing import group_of, link_by_token, sharing_of
from survey.results.rules import findings, words
from survey.results.rules.groups import metric_in_groups, whole
from survey.results.rules.measures import leading, metrics_of
from survey.results.rules.metrics import Metric
from survey.results.rules.reading import Told, told_in_groups
from survey.results.rules.releases import APART, shown_questions
from survey.results.rules.sharing import INTRO, TITLE, Composition
from survey.results.rules.tally import responses_in

NOTHING = lazy_gettext("There are no results to see here. They may not be public, or not yet.")


@dataclass(frozen=True)
class PublicResults:
    """The results of one survey as everybody may see them, in one of its languages; every number is of whole groups."""

    survey: Survey
    sharing: Sharing
    survey_title: str
    language: str
    questions: tuple[Question, ...]
    group: int

    @cached_property
    def composition(self) -> Composition:
        """What the owner chose."""
        return composition_of(self.sharing)

    @property
    def n(self) -> int:
        """How many people answered, at least."""
        return whole(responses_in(self.sharing.released), self.group)

    @property
    def apart(self) -> int:
        """How many answers stand apart, at least."""
        return whole(self.sharing.released.get("", {}).get(APART, 0), self.group)

    @property
    def released_on(self) -> date | None:
        """When answers were last added; None where nothing can be told yet."""
        return self.sharing.released_on if self.n else None

    @cached_property
    def leading(self) -> Question | None:
        """The question whose number stands at the head, where the owner shows one."""
        return leading(self.questions, self.sharing.released) if self.composition.has_headline else None

    @cached_property
    def metric(self) -> Metric | None:
        """The number at the head; None where there is none to show."""
        if self.leading is None:
            return None
        counts = self.sharing.released.get(self.leading.key, {})
        return metric_in_groups(metrics_of(self.leading, counts)[0], self.group)

    @property
    def meaning(self) -> str:
        """What the number at the head means, in a sentence; empty where there is none."""
        return findings.recommended(self.metric, minimum=self.group)

    @property
    def title(self) -> str:
        """What the page is called: in the owner's words, else as the survey."""
        return self.composition.words(self.language, TITLE) or self.survey_title

    @property
    def headline(self) -> str:
        """The first sentence: the owner's own, else what came out."""
        if own := self.composition.words(self.language, TITLE):
            return own
        return f"{self.answered} {self.meaning}".strip() if self.n else self.survey_title

    @property
    def answered(self) -> str:
        """How many people answered, as a sentence."""
        return _("At least %(number)s people answered.", number=self.n)

    @property
    def paragraphs(self) -> list[str]:
        """The owner's introduction."""
        return [part for part in self.composition.words(self.language, INTRO).split("\n\n") if part.strip()]

    @property
    def told(self) -> Iterator[Told]:
        """The questions that are shown, in order, under their headings; what was written is never shown here."""
        for question in shown_questions(self.questions, self.composition.questions):
            words = self.composition.words(self.language, question.key) or question.words
            yield told_in_groups(replace(question, words=words), self.sharing.released, self.group)

    def is_leading(self, question: Question) -> bool:
        """Whether a question's number stands at the head."""
        return self.leading is not None and question.key == self.leading.key


def public_results(slug: str) -> PublicResults:
    """The public results of the survey at this address; NotFound where there are none, whatever the reason."""
    survey = survey_by_slug(slug)
    if survey is None or not survey.has_public_results:
        raise NotFound(NOTHING)
    return results_to_show(survey)


def linked_results(token: str, *, now: datetime) -> PublicResults:
    """The results that a link opens; NotFound for no link of ours, Gone for one that is over."""
    link = link_by_token(token)
    if link is None:
        raise NotFound(NOTHING)
    if link.revoked_at is not None or link.expires_at <= now:
        raise Gone(_("This link is over. Ask whoever gave it to you for a new one."))
    return results_to_show(link.survey)


def results_to_show(survey: Survey) -> PublicResults:
    """What everybody would see of a survey, public or not; NotFound where it was never published."""
    published = versions(survey.id)
    if not published:
        raise NotFound(NOTHING)
    sharing, language = sharing_of(survey.id), _language(published)
    asked = [in_language(questionnaire_of(version), language) for version in published]
    questions = merged(one.questions for one in asked)
    return PublicResults(survey, sharing, asked[0].title or survey.slug, language, questions, group_of(sharing))


def drawn(page: PublicResults, *, is_listed: bool = True, is_preview: bool = False) -> str:
    """The page itself; the preview is made of the same template."""
    return render_template(
        "results/public.html", page=page, words=words, findings=findings, is_listed=is_listed, is_preview=is_preview
    )


def composition_of(sharing: Sharing) -> Composition:
    """What the owner of a survey chose."""
    chosen = None if sharing.questions is None else tuple(sharing.questions)
    return Composition(sharing.minimum, sharing.has_headline, chosen, sharing.texts)


def _language(published: Sequence[SurveyVersion]) -> str:
    """The language of the page where the survey has it, else the survey's own."""
    return best_language(questionnaire_of(published[0]).languages, [spoken()])
