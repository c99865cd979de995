"""The story of the example organisation, as plain facts: who joined, who left and why, what people answered.

A gym. Members used to leave over dirty changing rooms; cleaning twice a day ended that (a fix that worked). A new
booking page changed nothing for those who found booking hard (one that did not). For two months now evenings are too
full and waiting has become the first reason (a shift). Company members, the major customers, are happier than single
ones (a gap). And one week, people who were never members came to be angry about a sponsorship (an outcry of
non-customers).
The same day gives the same story: everything is drawn from one seeded generator.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from survey.customers.rules import tenure_months
from survey.example.words import (
    ANGRY_STRANGERS,
    EXIT_WORDS,
    FIRST_NAMES,
    HIGH_WORDS,
    LAST_NAMES,
    LOW_WORDS,
    MIDDLE_WORDS,
    RECENT_LOW_WORDS,
)
from survey.responses.rules import tenure_band

NAME = "Northwind Gym"
SEED = 8
MONTH = timedelta(days=30.4)
DIRTY_UNTIL_DAYS_AGO = 150  # the cleaning round began
BOOKING_PAGE_DAYS_AGO = 95
WAITING_SINCE_DAYS_AGO = 55
OUTCRY_DAYS_AGO = 40
PLANS = {
    "Company": ("major", 120_000),
    "Family": ("small", 78_000),
    "Full": ("small", 54_000),
    "Off-peak": ("small", 33_000),
}

# Reasons before, between and since, as weights: the shift that the leader should see.
BEFORE = {"S2": 9, "P2": 4, "A3": 4, "X1": 3, "U2": 4, "N2": 4, "A1": 2, "P5": 2, "E2": 1}
BETWEEN = {"S2": 1, "P2": 4, "A3": 4, "X1": 3, "U2": 4, "N2": 4, "A1": 2, "P5": 2, "E2": 1}
SINCE = {"A2": 18, "S2": 1, "P2": 3, "A3": 4, "X1": 3, "U2": 3, "N2": 3, "A1": 1, "P5": 2, "E2": 1}


@dataclass(frozen=True)
class Member:
    """Somebody who is or was a member; `left_on` is None while they stay."""

    number: str
    name: str
    email: str
    plan: str
    tier: str
    value_minor: int
    joined_on: date
    left_on: date | None
    reason: str | None  # the code of why they left
    tells: str  # "survey" (answered the exit survey), "desk" (said it at the desk), "nobody" (we do not know)


@dataclass(frozen=True)
class Answered:
    """One filled-in survey. `member` is the number of whoever answered, None for an open link."""

    on: date
    answers: dict[str, object]
    member: str | None = None
    segments: Mapping[str, str] = field(default_factory=dict)
    voice: str = "customer"


@dataclass(frozen=True)
class Story:
    """Everything that the example holds."""

    members: Sequence[Member]
    satisfaction: Sequence[Answered]
    exits: Sequence[Answered]
    outcry: Sequence[Answered] = field(default_factory=tuple)


def story(today: date) -> Story:
    """Return the story as it stands on a day: the past twelve months, ending that day."""
    draw = Random(SEED)  # noqa: S311 - a story, not a secret
    members = list(_members(draw, today))
    return Story(
        members=members,
        satisfaction=sorted(_satisfaction(draw, members, today), key=lambda answered: answered.on),
        exits=sorted(_exits(draw, members, today), key=lambda answered: answered.on),
        outcry=list(_outcry(draw, today)),
    )


def _members(draw: Random, today: date) -> Iterator[Member]:
    names = [f"{first} {last}" for last in LAST_NAMES for first in FIRST_NAMES]
    draw.shuffle(names)
    leaving = list(_leaving_days(draw, today))
    for index, name in enumerate(names[:460]):
        plan = draw.choices(list(PLANS), weights=(2, 3, 5, 4))[0]
        tier, value = PLANS[plan]
        left_on = leaving[index] if index < len(leaving) else None
        joined_on = (left_on or today) - timedelta(days=draw.randint(45, 2400))
        yield Member(
            number=f"NW-{1001 + index}",
            name=name,
            email=f"{name.lower().replace(' ', '.').replace('’', '')}@example.com",
            plan=plan,
            tier=tier,
            value_minor=value + draw.randrange(0, 40) * 100,
            joined_on=joined_on,
            left_on=left_on,
            reason=_reason(draw, left_on, today) if left_on else None,
            tells=draw.choices(("survey", "desk", "nobody"), weights=(55, 25, 20))[0],
        )


def _leaving_days(draw: Random, today: date) -> Iterator[date]:
    """About nine people a month leave; since evenings are full, about twenty."""
    for days_ago in range(364, -1, -1):
        a_month = 20 if days_ago <= WAITING_SINCE_DAYS_AGO else 9
        while draw.random() < a_month / 30.4 / (1 + a_month / 30.4):
            yield today - timedelta(days=days_ago)


def _reason(draw: Random, on: date, today: date) -> str:
    days_ago = (today - on).days
    weights = SINCE if days_ago <= WAITING_SINCE_DAYS_AGO else BETWEEN if days_ago < DIRTY_UNTIL_DAYS_AGO else BEFORE
    return draw.choices(list(weights), weights=list(weights.values()))[0]


def _satisfaction(draw: Random, members: Sequence[Member], today: date) -> Iterator[Answered]:
    for days_ago in range(364, -1, -1):
        on = today - timedelta(days=days_ago)
        staying = [
            member for member in members if member.joined_on < on and (member.left_on is None or member.left_on > on)
        ]
        for member in draw.sample(staying, k=draw.choices((0, 1, 2, 3), weights=(3, 4, 3, 1))[0]):
            yield _answered(draw, member, on, days_ago)


def _answered(draw: Random, member: Member, on: date, days_ago: int) -> Answered:
    centre = 8.9 if member.tier == "major" else 7.6
    if days_ago <= WAITING_SINCE_DAYS_AGO and member.tier != "major":
        centre -= 1.1
    score = max(0, min(10, round(draw.gauss(centre, 1.9))))
    answers: dict[str, object] = {"nps": score, "rating": max(1, min(5, round(score / 2 + draw.gauss(0.1, 0.5))))}
    if draw.random() < 0.62:
        answers["reason"] = draw.choice(_words(score, days_ago))
    return Answered(on=on, answers=answers, member=member.number, segments=_segments(member, on))


def _segments(member: Member, on: date) -> dict[str, str]:
    return {"tier": member.tier, "tenure": tenure_band(tenure_months(member.joined_on, on) or 0)}


def _words(score: int, days_ago: int) -> Sequence[str]:
    if score >= 9:
        return HIGH_WORDS
    if score >= 7:
        return MIDDLE_WORDS
    if days_ago <= WAITING_SINCE_DAYS_AGO:
        return RECENT_LOW_WORDS
    return LOW_WORDS["dirty" if days_ago >= DIRTY_UNTIL_DAYS_AGO else "other"]


def _exits(draw: Random, members: Sequence[Member], today: date) -> Iterator[Answered]:
    for member in members:
        if member.left_on is None or member.tells != "survey" or member.reason is None:
            continue
        on = min(today, member.left_on + timedelta(days=draw.randrange(0, 4)))
        yield Answered(
            on=on,
            answers=_exit_answers(draw, member.reason),
            member=member.number,
            segments=_segments(member, on),
            voice="former_customer",
        )
    for days_ago in (121, 77, 33, 20, 9, 2):  # they used the open link: somebody has to find out who they are
        yield Answered(
            on=today - timedelta(days=days_ago), voice="unverified",
            answers=_exit_answers(draw, "A2" if days_ago < WAITING_SINCE_DAYS_AGO else "P2"),
        )  # fmt: skip


def _exit_answers(draw: Random, code: str) -> dict[str, object]:
    answers: dict[str, object] = {"reasons": {"codes": [code], "other": ""}}
    if draw.random() < 0.75:
        answers["words"] = draw.choice(EXIT_WORDS[code])
    elsewhere = "yes" if code in ("X1", "P2", "P5") else draw.choice(("no", "no", "not-sure", "yes"))
    if draw.random() < 0.9:
        answers["better_value"] = [elsewhere]
    return answers


def _outcry(draw: Random, today: date) -> Iterator[Answered]:
    for _ in range(58):
        on = today - timedelta(days=OUTCRY_DAYS_AGO - draw.randrange(0, 6))
        answers: dict[str, object] = {"nps": draw.choice((0, 0, 0, 1)), "rating": 1}
        if draw.random() < 0.7:
            answers["reason"] = draw.choice(ANGRY_STRANGERS)
        yield Answered(on=on, answers=answers, voice="unverified")


@dataclass(frozen=True)
class Posted:
    """One update on an improvement."""

    days_ago: int
    stage: str
    words: str


@dataclass(frozen=True)
class Improved:
    """One improvement with its updates, oldest first."""

    title: str
    you_said: str
    codes: tuple[str, ...]
    posts: tuple[Posted, ...]


IMPROVEMENTS = (
    Improved(
        title="Changing rooms cleaned twice a day",
        you_said="The changing rooms were dirty, most of all in the evening.",
        codes=("S2",),
        posts=(
            Posted(190, "planned", "You are right; we went to look at 8 pm ourselves. We are hiring for a second round."),
            Posted(DIRTY_UNTIL_DAYS_AGO, "shipped", "A second cleaning round at **5 pm**, seven days a week."),
        ),
    ),
    Improved(
        title="A new booking page",
        you_said="Booking a class took too many steps, and the page forgot who you are.",
        codes=("A3",),
        posts=(
            Posted(140, "in_progress", "We are rebuilding the page with six members looking over our shoulder."),
            Posted(BOOKING_PAGE_DAYS_AGO, "shipped", "The new page books a class in two steps. We will watch whether it helps."),
        ),
    ),
    Improved(
        title="No more waiting in the evening",
        you_said="You wait twenty minutes for a machine between six and eight.",
        codes=("A2",),
        posts=(
            Posted(30, "planned", "We counted: on four evenings in five, somebody waits. That has to change."),
            Posted(11, "in_progress", "Six more machines are ordered; the evening class moves upstairs to make room."),
        ),
    ),
    Improved(
        title="Open all night",
        you_said="A few of you would come after midnight.",
        codes=("A1",),
        posts=(
            Posted(64, "declined", "We would have to leave the building without staff. We will ask again next year."),
        ),
    ),
)  # fmt: skip
