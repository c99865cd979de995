"""The inbox of comments: which may be read by whom, and how each reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from survey.foundation.errors import Refused
from survey.foundation.language import day_words, lazy_gettext, month_words
from survey.foundation.language import gettext as _
from survey.foundation.paging import PAGE_SIZE, Page
from survey.foundation.web import Role
from survey.organisation.queries import organisation, today
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import all_surveys, newest_versions, survey_by_slug
from survey.reasons.rules import REASONS
from survey.responses.rules import (
    ALL_VOICES,
    VOICES,
    Choice,
    Known,
    Narrowed,
    Voice,
    choices,
    chosen_segments,
    is_narrowing,
    narrowed_words,
    sees_single_answers,
    voices_of,
)
from survey.results.queries import months_of, segment_values, voices_in
from survey.results.rules.groups import seen, span
from survey.results.rules.periods import ALL, Period, options, period
from survey.results.rules.tally import EVERYBODY, VOICE, joined
from survey.results.rules.views import SENTIMENTS, View, chosen_flagged, chosen_sentiment, usual_voice
from survey.text.models import Comment
from survey.text.queries import comments, count_comments, reasons_suggested

NARROWS = ("sentiment", "reason", "voice", "each", "flagged", "unsure")
GROUPS_ONLY = lazy_gettext(
    "This survey shows groups only: its comments can be narrowed to a period, and to nothing smaller. "
    "Choose a period or the whole survey."
)
WAITING = lazy_gettext("Comments of this survey are shown when a month is over and enough people have answered.")


@dataclass(frozen=True)
class Comments:
    """Comments that may be read, how many there are in all, and why none may be read where that is so."""

    items: Sequence[Comment]
    total: int
    next: str | None
    why_not: str = ""


def comments_for(
    survey: Survey | None,
    role: str,
    filters: Mapping[str, Any],
    *,
    limit: int,
    cursor: str | None = None,
    total: int | None = None,
) -> Comments:
    """The comments that a role may read of a survey, or of all identified surveys; the one place that decides it.

    `total` is how many there are, where that is known already.
    """
    if role == Role.VIEWER:
        return Comments((), 0, None, _("Your account sees groups of answers, not what single people wrote."))
    total = count_comments(**filters) if total is None else total
    if survey is not None and not sees_single_answers(survey.privacy):
        minimum = organisation().minimum_comments
        if total < minimum:
            why_not = _(
                "Comments of this survey are shown from %(minimum)s on, so that nobody can be recognised.",
                minimum=minimum,
            )
            return Comments((), 0, None, why_not)
    found: Page[Comment] = comments(**filters, limit=limit, cursor=cursor)
    return Comments(found.items, total, found.next)


@dataclass(frozen=True)
class Inbox:
    """What an address of the inbox asks for, with what was found."""

    surveys: Sequence[tuple[str, str]]
    survey: Survey | None
    period: Period
    sentiment: str
    reason: str
    voice: str
    one_each: bool
    flagged: str
    unsure: bool
    narrowed: Narrowed
    choices: Sequence[Choice]
    found: Comments
    is_first: bool

    @property
    def address(self) -> dict[str, str | None]:
        """The same as parts of an address; what is not asked for is None."""
        return {
            "survey": self.survey.slug if self.survey else None,
            "period": None if self.period.name == ALL else self.period.name,
            "sentiment": self.sentiment or None,
            "reason": self.reason or None,
            "voice": None if self.voice == ALL_VOICES else self.voice,
            "each": "person" if self.one_each else None,
            "flagged": self.flagged or None,
            "unsure": "yes" if self.unsure else None,
            **dict(self.narrowed),
        }

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(self.address.values())

    @property
    def groups_only(self) -> bool:
        """Whether these comments may not be narrowed to fewer people than a group."""
        return self.survey is not None and not sees_single_answers(self.survey.privacy)

    @property
    def period_options(self) -> tuple[tuple[str, str], ...]:
        """The periods to choose from."""
        return options(self.period)

    @property
    def sentiment_options(self) -> list[tuple[str, str]]:
        """The sentiments to choose from."""
        return [("", _("Any")), *SENTIMENTS.items()]

    @property
    def reason_options(self) -> list[tuple[str, str]]:
        """The reasons that were read in these comments, in the taxonomy’s order."""
        used = {*reasons_suggested(survey_id=self.survey.id if self.survey else None), self.reason}
        return [("", _("Any")), *((code, reason.label) for code, reason in REASONS.items() if code in used)]

    @property
    def voice_options(self) -> list[tuple[str, str]]:
        """The voices to choose from."""
        return list(VOICES.items())

    @property
    def narrowed_words(self) -> str:
        """Which segments are asked for, in words."""
        return narrowed_words(self.narrowed)

    @property
    def voice_words(self) -> str:
        """Whose comments these are; empty for everybody’s."""
        return "" if self.voice == ALL_VOICES else VOICES[self.voice]


def inbox(args: Mapping[str, str], role: str) -> Inbox:
    """The comments that an address asks for; raises Refused where it asks for what is not there."""
    survey, chosen = _survey(args.get("survey", "")), period(args.get("period") or ALL, today())
    sentiment, reason, voice = (
        chosen_sentiment(args.get("sentiment", "")),
        args.get("reason", ""),
        args.get("voice") or ALL_VOICES,
    )
    if reason and reason not in REASONS:
        raise Refused(_("There is no such reason. Choose one from the list."))
    if voice not in VOICES:
        raise Refused(_("There is no such voice. Choose one from the list."))
    one_each, cursor = args.get("each") == "person", args.get("after")
    flagged, unsure = chosen_flagged(args.get("flagged", "")), args.get("unsure") == "yes"
    known: Known = {}
    if survey is not None and not sees_single_answers(survey.privacy):
        if any(args.get(narrow) for narrow in NARROWS) or any(is_narrowing(name) for name in args):
            raise Refused(GROUPS_ONLY)
        found = _whole_batches(survey, chosen, role, cursor)
    else:
        known = segment_values(survey.id) if survey else {}
        filters = {
            "survey_id": survey.id if survey else None, "sentiment": sentiment or None, "reason": reason or None,
            "since": chosen.since, "until": chosen.until, "voices": voices_of(voice), "one_each": one_each, "flagged": flagged,
            "unsure": unsure, "narrowed": chosen_segments(args, known),
        }  # fmt: skip
        found = comments_for(survey, role, filters, limit=PAGE_SIZE, cursor=cursor)
    return Inbox(
        _surveys(),
        survey,
        chosen,
        sentiment,
        reason,
        voice,
        one_each,
        flagged,
        unsure,
        chosen_segments(args, known),
        choices(known),
        found,
        cursor is None,
    )


def _whole_batches(survey: Survey, chosen: Period, role: str, cursor: str | None) -> Comments:
    """The comments of the same answers that the survey’s own page counts: whole batches of months that are over."""
    view, since, until = _batches(survey, chosen)
    if since is None:
        return Comments((), 0, None, WAITING)
    filters = {"survey_id": survey.id, "since": since, "until": until, "voices": view.voices}
    return comments_for(survey, role, filters, limit=PAGE_SIZE, cursor=cursor)


def _batches(survey: Survey, chosen: Period) -> tuple[View, date | None, date | None]:
    """Whose answers of a period, and from which day to which, may be looked at in a group; no days where nothing may."""
    months = months_of((survey.id,), (EVERYBODY, (VOICE, None)), questions={""}).get(survey.id, {})
    view = View(chosen, voice=usual_voice(voices_in(months)))
    minimum = organisation().minimum_scores
    shown = seen(joined(months, view.segments), chosen, minimum=minimum, today=today())
    return (view, *span(shown, chosen)) if shown.n else (view, None, None)


def may_read(comment: Comment, role: str) -> bool:
    """Whether a role may read this one comment: as it may read the list that it stands in."""
    response, survey = comment.response, comment.response.survey
    if role == Role.VIEWER or response.set_aside is not None:
        return False
    if sees_single_answers(survey.privacy):
        return True
    view, since, until = _batches(survey, period(ALL, today()))
    is_shown = since is not None and until is not None and since <= comment.written_on <= until
    filters = {"survey_id": survey.id, "since": since, "until": until, "voices": view.voices}
    is_among = view.voices is None or comment.voice in view.voices
    return is_shown and is_among and not comments_for(survey, role, filters, limit=1).why_not


def _survey(slug: str) -> Survey | None:
    if not slug:
        return None
    survey = survey_by_slug(slug)
    if survey is None:
        raise Refused(_("There is no such survey. Choose one from the list."))
    return survey


def _surveys() -> list[tuple[str, str]]:
    """Surveys that were ever published, to choose from."""
    newest = newest_versions()
    found = [(survey.slug, str(newest[survey.id].document["title"])) for survey in all_surveys() if survey.id in newest]
    return [("", _("All surveys")), *found]


@dataclass(frozen=True)
class Card:
    """How one comment reads: the words, what was read in them, and as much of the rest as may be told."""

    id: UUID
    text: str
    language: str
    sentiment: str
    mood: str
    reasons: tuple[tuple[str, bool], ...]
    keywords: tuple[str, ...]
    meta: str
    response_id: str


MOODS: Mapping[str, str] = {"none": lazy_gettext("no signal"), "not_scored": lazy_gettext("not scored")}
SHOWN_TAGS = 3


def card(comment: Comment, today: date, survey: Survey | None = None) -> Card:
    """How a comment reads; of a survey that promises groups it tells the month, and neither score nor answer."""
    is_open = sees_single_answers((survey or comment.response.survey).privacy)
    sentiment = comment.sentiment or ""
    return Card(
        id=comment.id,
        text=comment.text,
        language=comment.language if comment.language != "und" else "",
        sentiment=sentiment,
        mood=MOODS.get(sentiment, "" if sentiment else _("not read yet")),
        reasons=tuple(
            (REASONS[one.code].label, one.is_machine) for one in comment.reasons[:SHOWN_TAGS] if one.code in REASONS
        ),
        keywords=tuple(comment.keywords[:SHOWN_TAGS]),
        meta=_meta(comment, today) if is_open else month_words(comment.written_on, today),
        response_id=str(comment.response_id) if is_open else "",
    )


def _meta(comment: Comment, today: date) -> str:
    score = "" if comment.score is None else _("score %(score)s", score=comment.score)
    voice = _("open link") if comment.voice == Voice.UNVERIFIED else ""
    return ", ".join(part for part in (score, day_words(comment.written_on, today), voice) if part)
