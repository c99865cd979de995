"""What the staff pages of surveys show, gathered for their templates."""

import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, request, url_for
from markupsafe import escape

from survey.foundation import language
from survey.foundation.clock import now
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.organisation.queries import organisation
from survey.questionnaires import queries
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.rules import Ended, Questionnaire, SurveyState, ended, state_of
from survey.questionnaires.rules.addresses import is_channel, public_address, test_address, test_purpose
from survey.questionnaires.rules.changes import Change, changes
from survey.questionnaires.rules.comparing import Comparison, comparisons
from survey.questionnaires.rules.effort import effort_words
from survey.questionnaires.rules.templates import CUSTOMERS, LEAVERS, TEAM, TEMPLATES, Template, questionnaire_from

# What each privacy means, for the owner who chooses: name, label, explanation.
PRIVACY_WORDS: tuple[tuple[str, str, str], ...] = (
    ("identified", lazy_gettext("Identified"),
     lazy_gettext("Your team sees each answer, and who gave it where it came by a personal link.")),
    ("confidential", lazy_gettext("Confidential"),
     lazy_gettext("Only groups are shown, and small groups not at all. Nobody opens a single answer.")),
    ("anonymous", lazy_gettext("Anonymous"),
     lazy_gettext("As confidential, and nobody can find out who answered, not even from the database. No address is asked for; a personal link only makes sure that everybody answers once.")),
)  # fmt: skip
STATE_WORDS: dict[SurveyState, tuple[str, str]] = {
    SurveyState.DRAFT: (lazy_gettext("draft"), "off"),
    SurveyState.SCHEDULED: (lazy_gettext("scheduled"), ""),
    SurveyState.OPEN: (lazy_gettext("open"), "on"),
    SurveyState.CLOSED: (lazy_gettext("closed"), "off"),
    SurveyState.ARCHIVED: (lazy_gettext("archived"), "off"),
}


@dataclass(frozen=True)
class Standing:
    """A survey with what a list says about it."""

    survey: Survey
    newest: SurveyVersion | None
    answers: int

    @property
    def state(self) -> SurveyState:
        """Where it stands."""
        return state_of(self.survey, is_published=self.newest is not None, now=now(), answers=self.answers)

    @property
    def window_words(self) -> str:
        """From when to when it takes answers, why it takes none, and how many at most."""
        return window_words(self)

    @property
    def badge(self) -> tuple[str, str]:
        """The state in a word, and the kind of badge for it."""
        return STATE_WORDS[self.state]

    @property
    def title(self) -> str:
        """What customers read on top; the draft's while there is nothing else."""
        return str((self.newest.document if self.newest else self.survey.draft)["title"]) or _("Survey without a title")

    @property
    def link(self) -> str:
        """Where customers answer."""
        return public_address(base_url(), self.survey.slug)

    @property
    def test_link(self) -> str:
        """Where the team tries it out, for a week; a new one each time."""
        token = current_app.extensions["hearback.form_tokens"].issue(test_purpose(self.survey.id))
        return test_address(base_url(), self.survey.slug, token)

    @property
    def has_changes(self) -> bool:
        """Whether the draft waits to be published."""
        return queries.has_changes(self.survey, self.newest)

    @property
    def privacy_words(self) -> tuple[str, str]:
        """The promise of this survey: its name, and what it means."""
        return next((label, about) for name, label, about in PRIVACY_WORDS if name == self.survey.privacy)


def standing(survey: Survey) -> Standing:
    """Return where a survey stands."""
    return Standing(survey, queries.newest_version(survey.id), answers_so_far(survey.id))


def standings() -> list[Standing]:
    """Return where every survey stands: open ones first, put-away ones last; each newest first."""
    found, newest = queries.all_surveys(), queries.newest_versions()
    answers = _count_answers([survey.id for survey in found])
    order = (SurveyState.OPEN, SurveyState.SCHEDULED, SurveyState.DRAFT, SurveyState.CLOSED, SurveyState.ARCHIVED)
    rows = [Standing(survey, newest.get(survey.id), answers.get(survey.id, 0)) for survey in found]
    return sorted(rows, key=lambda one: order.index(one.state))


def day_words(moment: datetime) -> str:
    """Return the day of a moment as people say it, where the organisation is."""
    day = moment.astimezone(ZoneInfo(organisation().time_zone)).date()
    return language.day_words(day)


def window_words(standing: Standing) -> str:
    """Return from when to when a survey takes answers, why it takes none any more, and how many it takes."""
    survey, moment = standing.survey, now()
    why = ended(survey, now=moment, answers=standing.answers)
    if why is not None:
        return ENDED_WORDS[why](survey)
    said = []
    if survey.opens_at is not None and survey.opens_at > moment:
        said.append(_("Opens on %(when)s.", when=moment_words(survey.opens_at)))
    if survey.closes_at is not None:
        said.append(_("Closes on %(when)s.", when=moment_words(survey.closes_at)))
    if survey.response_limit is not None:
        said.append(_("Closes by itself with answer number %(limit)s.", limit=survey.response_limit))
    return " ".join(said) or _("Takes answers until you close it.")


ENDED_WORDS: dict[Ended, Callable[[Survey], str]] = {
    Ended.BY_HAND: lambda survey: _("Closed by hand on %(when)s.", when=moment_words(survey.closed_at or now())),
    Ended.BY_DATE: lambda survey: _("Closed as planned on %(when)s.", when=moment_words(survey.closes_at or now())),
    Ended.BY_LIMIT: lambda survey: _(
        "Closed: it has all the answers it was to take (%(limit)s).", limit=survey.response_limit
    ),
}


def moment_words(moment: datetime) -> str:
    """Return a moment as people say it, where the organisation is."""
    there = moment.astimezone(ZoneInfo(organisation().time_zone))
    return language.long_moment_words(there)


def base_url() -> str:
    """Return the address that all links begin with."""
    return str(current_app.extensions["hearback.config"].base_url)


def answers_so_far(survey_id: UUID) -> int:
    """How many answered a survey."""
    return _count_answers([survey_id]).get(survey_id, 0)


def was_answered(survey_id: UUID) -> bool:
    """Whether anybody answered a survey or began to; as with the number of answers, a higher room knows."""
    return bool(current_app.extensions["hearback.was_answered"](survey_id))


def _count_answers(survey_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many answered each survey; only a higher room knows, and `create_app` tells us whom to ask."""
    count: Callable[[Collection[UUID]], Mapping[UUID, int]] = current_app.extensions["hearback.count_answers"]
    return count(survey_ids)


@dataclass(frozen=True)
class VersionLine:
    """One version as its survey's owner sees it: when it was published, how many answered it, what it changed."""

    version: SurveyVersion
    answers: int
    changes: Sequence[Change]

    @property
    def day(self) -> str:
        """The day on which it was published."""
        return day_words(self.version.published_at)


def version_lines(versions: Sequence[SurveyVersion]) -> list[VersionLine]:
    """Return every version of a survey, the newest first, as `versions` are."""
    count: Callable[[UUID], Mapping[UUID, int]] = current_app.extensions["hearback.count_by_version"]
    answers = count(versions[0].survey_id) if versions else {}
    asked = [queries.questionnaire_of(version) for version in versions]
    changed = [*(changes(new, old) for new, old in pairwise(asked)), ()]
    return [
        VersionLine(version, answers.get(version.id, 0), what) for version, what in zip(versions, changed, strict=False)
    ]


def waiting_changes(survey: Survey) -> Sequence[Change]:
    """Return what the draft changes of the version that was published last; nothing where there is none."""
    newest = queries.newest_version(survey.id)
    return changes(queries.draft_of(survey), queries.questionnaire_of(newest)) if newest else ()


def compared(versions: Sequence[SurveyVersion]) -> Sequence[Comparison]:
    """Return for every question whether its numbers may be compared over all versions; nothing where there is one only."""
    oldest_first = [(version.number, queries.questionnaire_of(version)) for version in reversed(versions)]
    return comparisons(oldest_first) if len(oldest_first) > 1 else ()


@dataclass(frozen=True)
class Doubted:
    """One reason to doubt answers: in a word and a sentence, and how many answers; words where that may not be told exactly."""

    label: str
    about: str
    n: str


def doubted(survey: Survey) -> list[Doubted]:
    """Return why answers to a survey are doubted, and how many; of few people no number where only groups are shown."""
    found: Sequence[tuple[str, str, int]] = current_app.extensions["hearback.doubted"](survey.id)
    least = 1 if survey.privacy == "identified" else organisation().minimum_scores
    return [Doubted(label, about, _at_least(n, least)) for label, about, n in found]


def _at_least(n: int, least: int) -> str:
    return f"{n:,}" if n == 0 or n >= least else _("fewer than %(least)s", least=least)


def typed(name: str, kept: Any = "") -> Any:
    """What stands in an input: what was typed where a form came back, else what is kept."""
    return request.form.get(name, "") if request.method == "POST" else kept


@dataclass(frozen=True)
class Way:
    """One way on which a survey reaches people: its name, its link, and how many answered on it."""

    name: str
    link: str
    answers: int


def ways(survey: Survey) -> list[Way]:
    """Return the named ways on which answers have come, most first."""
    count: Callable[[UUID], Mapping[str, int]] = current_app.extensions["hearback.count_by_channel"]
    return [
        Way(name, public_address(base_url(), survey.slug, via=name), answers)
        for name, answers in count(survey.id).items()
        if is_channel(name)
    ]


def snippet(survey: Survey, title: str) -> str:
    """Return what a website puts into its page to show a survey there."""
    link = escape(public_address(base_url(), survey.slug, via="website"))
    return (
        f'<iframe src="{link}" title="{escape(title)}" width="100%" height="640" frameborder="0" data-hearback></iframe>\n'
        f'<script src="{base_url()}{url_for("static", filename="js/embed.js")}" async></script>'
    )


def qr_code(link: str, kind: str) -> bytes:
    """Return a QR code of a link as "svg" or "png", dark on white with its quiet zone."""
    import segno

    out = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    extra: dict[str, Any] = {"xmldecl": False, "omitsize": True} if kind == "svg" else {}
    code.save(out, kind=kind, scale=12 if kind == "png" else 8, border=4, dark="#1C2321", light="#FFFFFF", **extra)
    return out.getvalue()


@dataclass(frozen=True)
class Offered:
    """A template as the page of new surveys shows it."""

    template: Template
    questionnaire: Questionnaire

    @property
    def effort(self) -> str:
        """How many questions it asks, and how long they take."""
        return effort_words(self.asked)

    @property
    def asked(self) -> list[Question]:
        """What it asks."""
        return [question for question in self.questionnaire.questions if KINDS[question.kind].takes_answer]


def template_groups() -> list[tuple[str, list[Offered]]]:
    """Return the templates by whom they are for."""
    labels = {
        CUSTOMERS: _("People who are customers now"),
        LEAVERS: _("People who left, or came back"),
        TEAM: _("The people who work here"),
    }
    offered = [
        Offered(one, questionnaire_from(one, title=None, reasons=None, language=organisation().language))
        for one in TEMPLATES.values()
    ]
    return [(words, [one for one in offered if one.template.group == group]) for group, words in labels.items()]
