"""What a submission, a receipt and an open survey are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from survey.questionnaires.kinds.base import ContactAnswer, Question
from survey.questionnaires.rules.addresses import is_channel

Answers = Mapping[str, Any]


class Voice(StrEnum):
    """Whose answer it is; all but unverified are known by a personal link or an import."""

    CUSTOMER = "customer"
    FORMER_CUSTOMER = "former_customer"
    EMPLOYEE = "employee"
    UNVERIFIED = "unverified"


class Privacy(StrEnum):
    """Who may see a single answer: the team, nobody, or nobody because the row does not know."""

    IDENTIFIED = "identified"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


LINK, PERSONAL, IMPORT, TEST = "link", "personal", "import", "test"
LATER = "later"  # what a form token is good for that leads to what waits
ENDING = "hearback-ending"  # a cookie: how somebody is thanked whose answer nobody can find
NO_LANGUAGE = "und"  # as ISO 639 calls one that is not known
WITHDRAWN = "withdrawn"
SET_ASIDE = (TEST, "spam")  # by the team, with undo
MARK = re.compile(r"([0-9]{1,6})\.([a-zA-Z-]{2,10})\.([0-9]{0,3})")


def channel_called(name: str) -> str:
    """Return the channel that a link names with `?via=`; "link" where it names none, or one that means something else."""
    return name if is_channel(name) else LINK


def about_person(name: str, segments: Mapping[str, str], *, plan: str | None, tier: str | None) -> dict[str, str]:
    """Return what a survey may put into its words about the person whose link it is (questionnaires.rules.piping)."""
    known = {"person.name": name, "person.first_name": name.split(" ")[0], "person.plan": plan, "person.tier": tier}
    groups = {f"person.segment.{group}": value for group, value in segments.items()}
    return {key: value for key, value in {**known, **groups}.items() if value}


def ending_mark(number: int, language: str, ending: int | None) -> str:
    """Return what tells how to thank somebody, and nothing else: a version's number, a language, which ending (None: the usual)."""
    return f"{number}.{language}.{'' if ending is None else ending}"


def ending_marked(mark: str) -> tuple[int, str, int | None] | None:
    """Return what a mark says; None where it is none of ours."""
    found = MARK.fullmatch(mark)
    return (int(found[1]), found[2], int(found[3]) if found[3] else None) if found else None


def is_their_own(typed: str, email: str | None, number: str | None) -> bool:
    """Whether somebody typed the e-mail address or the customer number of the person whose link it is."""
    given = typed.strip().casefold()
    return bool(given) and given in {(email or "").casefold(), (number or "").casefold()}


def voice_of(is_customer: bool) -> Voice:
    """Return the voice of a person whom we know."""
    return Voice.CUSTOMER if is_customer else Voice.FORMER_CUSTOMER


@dataclass(frozen=True)
class Opening:
    """What the respond page must know before it can be shown: a published survey, its newest version, who asks."""

    survey_id: UUID
    slug: str
    purpose: str
    privacy: str
    opens_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    archived_at: datetime | None
    response_limit: int | None
    version_id: UUID
    number: int
    owner: str
    accent: str
    mark_version: str | None
    time_zone: str
    minimum: int
    postal_address: str
    known_addresses: tuple[str, ...] = ()
    asks_proof: bool = False
    embed_origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """Everything about one filled-in form. `answers` are cleaned; `at` is None for imports and anonymous surveys."""

    survey_id: UUID
    version_id: UUID
    purpose: str
    privacy: str
    form_id: UUID
    questions: tuple[Question, ...]
    answers: Answers
    on: date
    at: datetime | None = None
    channel: str = "link"
    voice: str = Voice.UNVERIFIED
    language: str = "en"
    person_id: UUID | None = None
    segments: Mapping[str, str] = field(default_factory=dict)
    invitation_id: UUID | None = None
    contact: ContactAnswer | None = None
    had_draft: bool = False
    promise: str = ""
    doubts: tuple[str, ...] = ()
    set_aside: str | None = None
    response_limit: int | None = None
    is_history: bool = False

    @property
    def is_anonymous(self) -> bool:
        """Whether the row must not know whose it is."""
        return self.privacy == Privacy.ANONYMOUS


@dataclass(frozen=True)
class Draft:
    """What somebody has typed so far: inputs by name, and how many of the questions shown were answered."""

    form_id: UUID
    survey_id: UUID
    version_id: UUID
    privacy: str
    typed: Mapping[str, list[str]]
    asked: int
    answered: int
    on: date
    at: datetime
    channel: str = "link"
    language: str = "en"
    invitation_id: UUID | None = None
    device: str | None = None

    @property
    def is_anonymous(self) -> bool:
        """Whether the row must not know whose it is."""
        return self.privacy == Privacy.ANONYMOUS


@dataclass(frozen=True)
class Thanks:
    """What is said to somebody at the end of their way, and in which language."""

    words: str
    language: str


@dataclass(frozen=True)
class Receipt:
    """What a respondent gets for an answer: the first copy's, whichever copy asks.

    `is_same` is False where this copy says something else than the one that was kept. `is_withdrawn`: it was taken back.
    """

    response_id: UUID | None
    is_first: bool
    on: date
    form_id: UUID | None = None
    is_same: bool = True
    is_withdrawn: bool = False


def sees_single_answers(privacy: str) -> bool:
    """Whether staff may open single answers of a survey."""
    return privacy == Privacy.IDENTIFIED
