"""What the team sees of single answers: which are wanted, and how each reads in a list."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, moment_words, short_day_words
from survey.organisation.queries import organisation, today
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.reasons.rules import REASONS
from survey.responses.models import Response
from survey.responses.queries import asked_in, typical_size
from survey.responses.rules import (
    ALL_VOICES,
    CHANNELS,
    FLAGGED,
    OWN,
    READINGS,
    VOICE_WORDS,
    VOICES,
    Choice,
    Narrowed,
    Voice,
    answered,
    choices,
    chosen_segments,
    day_words,
    doubt_words,
    narrowed_words,
    segment_label,
    told,
    value_label,
    voices_of,
)

SENTIMENTS = (("", lazy_gettext("Any")), *READINGS.items())
EXCERPT = 160
ABOUT_SIZE = 140  # characters that a row says beside its answers
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Wanted:
    """Which responses are asked for, as the address of the page says; `periods` come from the room of results."""

    period: Any
    periods: Sequence[tuple[str, str]]
    question: Question | None = None
    value: str = ""
    sentiment: str = ""
    voice: str = ALL_VOICES
    flagged: str = ""
    aside: bool = False  # those that the team set aside, instead of those that count
    narrowed: Narrowed = ()
    choices: Sequence[Choice] = ()  # what more there is to choose from

    @property
    def filters(self) -> dict[str, Any]:
        """The same for queries."""
        value = (self.question.key, self.value) if self.question else None
        return {
            "since": self.period.since,
            "until": self.period.until,
            "value": value,
            "sentiment": self.sentiment or None,
            "voices": voices_of(self.voice),
            "flagged": self.flagged,
            "aside": self.aside,
            "narrowed": self.narrowed,
        }

    @property
    def address(self) -> dict[str, str | None]:
        """The same for addresses of pages; what is not asked for is None."""
        period = None if self.period.name == "all" else self.period.name
        question = self.question.key if self.question else None
        return {
            "period": period,
            "question": question,
            "value": self.value or None,
            "sentiment": self.sentiment or None,
            "voice": None if self.voice == ALL_VOICES else self.voice,
            "flagged": self.flagged or None,
            "aside": "yes" if self.aside else None,
            **dict(self.narrowed),
        }

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any(self.address.values())

    @property
    def narrowed_words(self) -> str:
        """Which segments are asked for, in words."""
        return narrowed_words(self.narrowed)

    @property
    def value_words(self) -> str:
        """The answer that is asked for, in words."""
        labels = dict(KINDS[self.question.kind].values(self.question)) if self.question else {}
        return labels.get(self.value, self.value)


def wanted(args: Mapping[str, str], survey_id: UUID, questions: Sequence[Question], today: date) -> Wanted:
    """Return which responses an address asks for; raise Refused where it asks for what is not there."""
    known = current_app.extensions["hearback.segment_values"](survey_id)
    periods = current_app.extensions["hearback.periods"]
    sentiment, value = args.get("sentiment", ""), args.get("value", "")
    if sentiment not in dict(SENTIMENTS):
        raise Refused(_("There is no such reading."))
    voice = args.get("voice") or ALL_VOICES
    if voice not in VOICES:
        raise Refused(_("There is no such voice."))
    question = _question(questions, args["question"]) if value and args.get("question") else None
    period = periods.period(args.get("period") or "all", today)
    flagged = args.get("flagged", "")
    if flagged not in FLAGGED:
        raise Refused(_("There is no such choice of doubtful answers."))
    options, said = _with(periods.PERIODS, period), value if question else ""
    return Wanted(period, options, question, said, sentiment, voice, flagged, aside="aside" in args,
                  narrowed=chosen_segments(args, known), choices=choices(known))  # fmt: skip


def file_size(survey_id: UUID, wanted: Wanted, total: int) -> str:
    """Return about how large a table of these answers is, in words."""
    return size_words(total * (typical_size(survey_id, **wanted.filters) + ABOUT_SIZE))


def size_words(size: float) -> str:
    """Return a size in words: “120 kB”, “12 MB”."""
    if size < MEGABYTE:
        return _("about %(size)s kB", size=max(1, round(size / 1000)))
    return _("about %(size)s MB", size=round(size / MEGABYTE))


def flagged_options() -> list[tuple[str, str]]:
    """What can be chosen of answers that are doubted."""
    words = (_("Counted like all others"), _("Left out"), _("Only these"))
    return list(zip(FLAGGED, words, strict=True))


def _with(periods: Sequence[tuple[str, str]], period: Any) -> Sequence[tuple[str, str]]:
    """A month of its own is not among the usual periods: it stays chosen."""
    return periods if period.name in dict(periods) else (*periods, (period.name, period.words))


def _question(questions: Sequence[Question], key: str) -> Question:
    found = next((question for question in questions if question.key == key), None)
    if found is None:
        raise Refused(_("There is no such question in this survey."))
    return found


@dataclass(frozen=True)
class Line:
    """One response in a list: its first answer, its first own words, whose and when."""

    id: UUID
    day: str
    chosen: str
    written: str
    who: str
    sentiment: str
    doubts: Sequence[tuple[str, str]]


def line(response: Response, questions: Sequence[Question]) -> Line:
    """Return how a response reads in a list."""
    read = [told(question, answer) for question, answer in answered(questions, response.answers)]
    return Line(
        response.id,
        _short_day(response.submitted_on),
        next((one.chosen for one in read if one.chosen), ""),
        _excerpt(next((one.written for one in read if one.written), "")),
        who(response),
        response.sentiment or "",
        doubt_words(response.doubts),
    )


@dataclass(frozen=True)
class Tried:
    """One answer by the link for trying out, with all that was answered."""

    id: UUID
    when: str
    told: Sequence[Any]


def tried(response: Response) -> Tried:
    """Return how an answer by the link for trying out reads."""
    asked = asked_in(response.version_id)
    return Tried(
        response.id,
        when(response),
        [told(question, answer) for question, answer in answered(asked.questions, response.answers)],
    )


def _short_day(day: date) -> str:
    """“21 Nov”, with the year where it is not this one."""
    return short_day_words(day, today())


def _excerpt(words: str) -> str:
    return words if len(words) <= EXCERPT else words[:EXCERPT].rsplit(" ", 1)[0] + " …"


def who(response: Response) -> str:
    """Return whose answer it is: a name, else what is known; whether it is really theirs, where nobody checked."""
    if response.person is None:
        return str(VOICE_WORDS.get(response.voice, response.voice))
    name = response.person.shown_name
    return _("%(person)s (address not checked)", person=name) if response.voice == Voice.UNVERIFIED else name


def when(response: Response) -> str:
    """Return the moment of an answer where it is kept, else its day."""
    if response.submitted_at is None:
        return day_words(response.submitted_on)
    return moment_words(response.submitted_at, organisation().time_zone)


def readings(response: Response) -> dict[str, Any]:
    """Return what was read in the comments of a response, by question; the room of text knows."""
    comments_of: Callable[[Collection[UUID]], Sequence[Any]] = current_app.extensions["hearback.comments_of"]
    return {comment.question_key: comment for comment in comments_of([response.id])}


def boxes(comments: Iterable[Any]) -> Mapping[UUID, Any]:
    """Return what can be said of comments, to correct how they were read; the room of results knows."""
    boxes_of: Callable[[Sequence[Any]], Mapping[UUID, Any]] = current_app.extensions["hearback.boxes"]
    return boxes_of(list(comments))


def reasons_in(comment: Any) -> list[tuple[str, bool]]:
    """Return the reasons that a comment counts for, as tags: label, and whether no person said so."""
    return [(REASONS[found.code].label, found.is_machine) for found in comment.reasons if found.code in REASONS]


def about(response: Response) -> list[tuple[str, str]]:
    """Return what is known of a response beside its answers and its moment."""
    voice = (
        [] if response.voice == Voice.UNVERIFIED else [(_("Whose"), VOICE_WORDS.get(response.voice, response.voice))]
    )
    groups = [
        (segment_label(OWN + name), value_label(OWN + name, value)) for name, value in sorted(response.segments.items())
    ]
    return [(_("How"), CHANNELS.get(response.channel, response.channel)), *voice, *groups]
