"""The inbox of comments: which may be read by whom, and how each reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import url_for

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, ngettext, number_words
from survey.foundation.paging import PAGE_SIZE, Page
from survey.foundation.web import Role
from survey.organisation.queries import organisation, today
from survey.questionnaires.models import Survey
from survey.reasons.rules import REASONS
from survey.responses.rules import (
    ALL_VOICES,
    SAID,
    VOICES,
    Choice,
    Known,
    Narrowed,
    choices,
    chosen_segments,
    is_narrowing,
    narrowed_words,
    sees_single_answers,
    voices_of,
)
from survey.results.pages import narrowing
from survey.results.pages.cards import SHOWN_TAGS, Card, card
from survey.results.pages.narrowing import Narrowing, survey_in, survey_options
from survey.results.queries import months_of, segment_values, voices_in
from survey.results.rules.groups import seen, span
from survey.results.rules.periods import ALL, Period, options, period
from survey.results.rules.tally import COMMENTS, EVERYBODY, VOICE, joined
from survey.results.rules.views import SENTIMENTS, View, chosen_flagged, chosen_sentiment, usual_voice
from survey.results.rules.words import comments_words
from survey.text.models import Comment
from survey.text.queries import MOST_COUNTED, comments, comments_together, count_comments, reasons_suggested, texts
from survey.text.rules.quotes import Quotes
from survey.text.rules.searching import marked

FEWEST_QUOTED, LOOKED_AT = 5, 300
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
    others: Mapping[UUID, int] = field(default_factory=dict)  # how many more say much the same as one of these
    left_out: int = 0  # because one of these says the same

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > MOST_COUNTED


def comments_for(
    survey: Survey | None,
    role: str,
    filters: Mapping[str, Any],
    *,
    limit: int,
    cursor: str | None = None,
    is_grouped: bool = False,
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
    if is_grouped:
        same = comments_together(**filters, limit=limit, cursor=cursor)
        return Comments(same.items, total, same.next, "", same.others, same.left_out)
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
    more: Narrowing
    found: Comments
    is_first: bool
    filters: Mapping[str, Any]

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
            **self.more.address,
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

    @property
    def count_words(self) -> str:
        """How many comments these are."""
        if self.found.is_capped:
            return _("more than %(number)s comments", number=number_words(MOST_COUNTED))
        return comments_words(self.found.total)

    @property
    def shown_words(self) -> str:
        """How many of them this page shows, and how many it leaves out because another one says the same."""
        found = self.found
        shown = _("%(shown)s of %(total)s", shown=number_words(len(found.items)), total=self.count_words)
        if not found.left_out:
            return shown
        return ngettext("%(shown)s, %(num)s more grouped with them", "%(shown)s, %(num)s more grouped with them", found.left_out, shown=shown)  # fmt: skip

    @cached_property
    def quote(self) -> tuple[str, int] | None:
        """What stands for the comments about the chosen reason, by rule, and for how many; None where too few speak of it."""
        if not self.reason or not self.is_first or self.more.like or self.found.total < FEWEST_QUOTED:
            return None
        found = texts(LOOKED_AT, **self.filters)
        return Quotes(found).of(range(len(found))), len(found)

    def opens(self, **more: str | None) -> str:
        """The address of the same list, narrowed otherwise."""
        return url_for("results.comments", **{**self.address, **more})  # type: ignore[arg-type]

    def card(self, comment: Comment, today: date) -> Card:
        """How a comment reads in this list: with what was searched for marked, and keywords that lead to others."""
        plain, search = card(comment, today, self.survey), self.more.search
        if self.groups_only:
            return plain
        return replace(
            plain,
            keywords=[(word, self.opens(keyword=word)) for word in comment.keywords[:SHOWN_TAGS]],
            pieces=marked(comment.text, search) if search else (),
        )


def inbox(args: Mapping[str, str], role: str, user_id: UUID) -> Inbox:
    """The comments that an address asks for; raises Refused where it asks for what is not there."""
    survey, chosen = survey_in(args.get("survey", "")), period(args.get("period") or ALL, today())
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
    more = narrowing.narrowing(args, user_id)
    known: Known = {}
    if survey is not None and not sees_single_answers(survey.privacy):
        if any(args.get(narrow) for narrow in (*NARROWS, *narrowing.NARROWS)) or any(
            is_narrowing(name) for name in args
        ):
            raise Refused(GROUPS_ONLY)
        filters: dict[str, Any] = {}
        found = _whole_batches(survey, chosen, role, cursor)
    else:
        known = {**segment_values(survey.id), SAID: dict.fromkeys(SENTIMENTS, 0)} if survey else {}
        filters = {
            "survey_id": survey.id if survey else None, "sentiment": sentiment or None, "reason": reason or None,
            "since": chosen.since, "until": chosen.until, "voices": voices_of(voice), "one_each": one_each, "flagged": flagged,
            "unsure": unsure, "narrowed": chosen_segments(args, known), **more.filters,
        }  # fmt: skip
        # Behind a number stand as many comments as it counts, and of those that say the same each one.
        is_grouped = not (one_each or flagged or more.like)
        found = comments_for(survey, role, filters, limit=PAGE_SIZE, cursor=cursor, is_grouped=is_grouped)
    return Inbox(
        survey_options(), survey, chosen, sentiment, reason, voice, one_each, flagged, unsure, chosen_segments(args, known),
        choices(known), more, found, cursor is None, filters,
    )  # fmt: skip


def _whole_batches(survey: Survey, chosen: Period, role: str, cursor: str | None) -> Comments:
    """The comments of the same answers that the survey’s own page counts: whole batches of months that are over."""
    view, since, until = comment_batches(survey, chosen)
    if since is None:
        return Comments((), 0, None, WAITING)
    filters = {"survey_id": survey.id, "since": since, "until": until, "voices": view.voices}
    return comments_for(survey, role, filters, limit=PAGE_SIZE, cursor=cursor)


def comment_batches(survey: Survey, chosen: Period) -> tuple[View, date | None, date | None]:
    """Whose comments of a period, and from which day to which, may be read in a group; no days where none may.

    Enough people wrote in each batch of months, so that of no two periods the one holds a few comments more.
    """
    months = months_of((survey.id,), (EVERYBODY, (VOICE, None)), questions={"", COMMENTS}).get(survey.id, {})
    view = View(chosen, voice=usual_voice(voices_in(months)))
    owner = organisation()
    mine, least = joined(months, view.segments), owner.minimum_scores
    shown = seen(mine, chosen, minimum=least, today=today(), wrote=owner.minimum_comments)
    return (view, *span(shown, chosen)) if shown.n else (view, None, None)


def may_read(comment: Comment, role: str) -> bool:
    """Whether a role may read this one comment: as it may read the list that it stands in."""
    response, survey = comment.response, comment.response.survey
    if role == Role.VIEWER or response.set_aside is not None:
        return False
    if sees_single_answers(survey.privacy):
        return True
    view, since, until = comment_batches(survey, period(ALL, today()))
    is_shown = since is not None and until is not None and since <= comment.written_on <= until
    filters = {"survey_id": survey.id, "since": since, "until": until, "voices": view.voices}
    is_among = view.voices is None or comment.voice in view.voices
    return is_shown and is_among and not comments_for(survey, role, filters, limit=1).why_not
