"""Where a view of a survey’s results leads: its address, and those of what stands behind its numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import url_for

from survey.foundation.language import gettext as _
from survey.foundation.web import Role
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.models import Survey, SurveyVersion
from survey.responses.rules import (
    ALL_VOICES,
    ONLY,
    SAID,
    VOICES,
    Choice,
    Known,
    choices,
    narrowed_words,
    sees_single_answers,
)
from survey.results.rules.courses import MONTH
from survey.results.rules.periods import ALL, options
from survey.results.rules.views import (
    SENTIMENTS,
    View,
    is_mixed,
    usual_voice,
)


def address_of(endpoint: str, **parts: str | None) -> str:
    """The address of a page; parts that are None are left out."""
    return url_for(endpoint, **cast(dict[str, Any], parts))


def groups_only(survey: Survey, role: str) -> bool:
    """Whether this reader sees groups of this survey’s answers only, and never a single one."""
    return role == Role.VIEWER or not sees_single_answers(survey.privacy)


def title_of(survey: Survey, published: Sequence[SurveyVersion]) -> str:
    """What a survey is called: as published last, else as drafted."""
    document = published[0].document if published else survey.draft
    return str(document.get("title") or survey.slug)


@dataclass(frozen=True)
class Addressed:
    """A view of one survey by one role, and every address that carries it on."""

    survey: Survey
    published: Sequence[SurveyVersion]  # the newest first
    view: View
    voices: Mapping[str, int]
    known: Known  # what it can be narrowed to
    role: str

    @property
    def title(self) -> str:
        """The survey’s title as it was published last."""
        return title_of(self.survey, self.published)

    @property
    def groups_only(self) -> bool:
        """Whether single answers stay closed."""
        return groups_only(self.survey, self.role)

    def by(self, step: str) -> str:
        """The address of the same view with its chart by other steps of time."""
        by = None if step == MONTH else step
        return address_of("results.survey", slug=self.survey.slug, by=by, _anchor="over-time", **self.address)

    @property
    def weekly_url(self) -> str:
        """The address of the page to print every week."""
        return address_of("results.weekly", slug=self.survey.slug)

    def in_period(self, name: str) -> str:
        """The address of the same view in another period."""
        return address_of("results.survey", slug=self.survey.slug, **{**self.address, "period": name})

    @property
    def shows_comments(self) -> bool:
        """Whether this reader may read any comments."""
        return self.role != Role.VIEWER

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen."""
        return any(self.address.values())

    @property
    def address(self) -> dict[str, str | None]:
        """The view as parts of this page’s address; what is usual is None."""
        voice = None if self.view.voice == usual_voice(self.voices) else self.view.voice
        return {**self._narrowing, "voice": voice}

    @property
    def list_address(self) -> dict[str, str | None]:
        """The view as parts of the address of a list, where everybody’s voice is the usual one."""
        # Where only groups are shown the list finds the same voices by itself and lets nobody choose.
        voice = None if self.groups_only or self.view.voice == ALL_VOICES else self.view.voice
        return {**self._narrowing, "voice": voice}

    @property
    def _narrowing(self) -> dict[str, str | None]:
        name, view = self.view.period.name, self.view
        return {
            "period": None if name == ALL else name,
            "sentiment": view.sentiment or None,
            "flagged": view.flagged or None,
            **dict(view.narrowed),
        }

    def flagged(self, choice: str) -> str:
        """The address of the same view with another choice of doubtful answers."""
        at = {**self.address, "flagged": choice or None}
        return address_of("results.survey", slug=self.survey.slug, **at)

    @property
    def opens_doubted(self) -> str:
        """The address of the doubtful answers of this view; empty where single answers stay closed."""
        if self.groups_only:
            return ""
        at = {**self.list_address, "flagged": ONLY}
        return address_of("responses.responses", slug=self.survey.slug, **at)

    def opens(self, question: Question | None = None, value: str = "") -> str:
        """The address of the answers behind a number; empty where single answers stay closed."""
        if self.groups_only:
            return ""
        named = {"question": question.key, "value": value} if question else {}
        return address_of("responses.responses", slug=self.survey.slug, **named, **self.list_address)

    def opens_value(self, question: Question) -> Callable[[str], str] | None:
        """What makes the address of the answers behind a value; None where single answers stay closed."""
        return None if self.groups_only else lambda value: self.opens(question, value)

    def opens_comments(self, **more: str) -> str:
        """The address of the comments behind a number; empty where this reader may read none."""
        if not self.shows_comments or (more and self.groups_only):
            return ""
        # What is counted are people, by all that they wrote; comments by themselves may say something else.
        at = {**self.list_address, "sentiment": None, SAID: self.view.sentiment or None}
        return address_of("results.comments", survey=self.survey.slug, **at, **more)

    @property
    def voice_options(self) -> list[tuple[str, str]]:
        """The voices to choose from, where there is more than one."""
        if len(self.voices) < 2:
            return []
        there = {*self.voices, ALL_VOICES, *({"verified"} if is_mixed(self.voices) else ())}
        return [(name, label) for name, label in VOICES.items() if name in there]

    @property
    def sentiment_options(self) -> list[tuple[str, str]]:
        """The sentiments to choose from."""
        return [("", _("Any")), *SENTIMENTS.items()]

    @property
    def choices(self) -> list[Choice]:
        """What more there is to choose from."""
        return choices(self.known)

    @property
    def narrowed_words(self) -> str:
        """Which segments were chosen, in words; empty for none."""
        return narrowed_words(self.view.narrowed)

    @property
    def period_options(self) -> tuple[tuple[str, str], ...]:
        """The periods to choose from."""
        return options(self.view.period)
