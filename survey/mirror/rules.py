"""Decisions about the mirror and about loss reviews: kinds of entries, how long ago in words, months, what a review has to ask."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from survey.departures.rules import ReasonCount
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, list_words, ngettext
from survey.results.rules.comparisons import ranked_with_ties
from survey.results.rules.findings import tie_words

CONVERSATION, VISIT, OWN_CUSTOMER = "customer_conversation", "frontline_visit", "own_customer"
KINDS: Mapping[str, str] = {
    CONVERSATION: lazy_gettext("I spoke with a customer"),
    VISIT: lazy_gettext("I visited the front line"),
    OWN_CUSTOMER: lazy_gettext("I was a customer of ours"),
}
LEARNED_FROM: Mapping[str, str] = {
    CONVERSATION: lazy_gettext("From a talk with a customer"),
    VISIT: lazy_gettext("From a visit to the front line"),
    OWN_CUSTOMER: lazy_gettext("From being a customer of ours"),
}
SELF, FRIEND = "self", "friend"
BY: Mapping[str, str] = {SELF: lazy_gettext("I did it myself"), FRIEND: lazy_gettext("A friend did it for me")}
COUNTED_DAYS, READ_DAYS = 90, 30
PLACE_LIMIT, LEARNED_LIMIT, WHAT_LIMIT, ATTENDEES_LIMIT = 120, 2_000, 300, 400
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True)
class Noted:
    """What a leader notes of one time."""

    kind: str
    day: date
    learned: str = ""
    place: str = ""
    friction: str = ""
    by: str = SELF


class Dated(Protocol):
    """An entry, as counting needs it."""

    kind: str
    day: date


@dataclass(frozen=True)
class Side:
    """One side of the mirror: the last time, how many times in 90 days, and in all."""

    kind: str
    last: date | None
    count: int
    ever: int

    def ago_words(self, today: date) -> str:
        """How long ago the last time was."""
        return _("not noted yet") if self.last is None else ago_words(self.last, today)


def sides(entries: Iterable[Dated], today: date) -> list[Side]:
    """The three sides of a leader's mirror."""
    days: dict[str, list[date]] = {kind: [] for kind in KINDS}
    for one in entries:
        days[one.kind].append(one.day)
    start = today - timedelta(days=COUNTED_DAYS - 1)
    return [
        Side(kind, max(found, default=None), sum(day >= start for day in found), len(found))
        for kind, found in days.items()
    ]


def ago_words(day: date, today: date) -> str:
    """How long ago a day was: “today”, “yesterday”, “12 days ago”."""
    days = (today - day).days
    if days < 2:
        return _("yesterday") if days == 1 else _("today")
    return ngettext("%(num)s day ago", "%(num)s days ago", days)


def last_talk_words(last: date | None, today: date) -> str:
    """The sentence above the mirror."""
    if last is None:
        return _("You have not noted a talk with a customer yet")
    days = (today - last).days
    if days < 2:
        return _("You last spoke with a customer yesterday") if days else _("You spoke with a customer today")
    return ngettext("You last spoke with a customer %(num)s day ago", "You last spoke with a customer %(num)s days ago", days)  # fmt: skip


def title_from(learned: str, limit: int) -> str:
    """The title of an improvement that begins with what was learned: its first sentence, cut at a word where it is long."""
    first = re.split(r"(?<=[.!?])\s|\n", learned.strip(), maxsplit=1)[0].rstrip(".!? ")
    if len(first) <= limit:
        return first
    return f"{first[: limit - 1].rsplit(' ', 1)[0]}…"


# ---- loss reviews -------------------------------------------------------------------------------------------------


def month_named(name: str) -> date:
    """The first day of the month of this name (2026-09); raises NotFound for what is none."""
    found = MONTH.fullmatch(name)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise NotFound(_("There is no such month. Its address ends like 2026-09."))
    return date(int(found[1]), int(found[2]), 1)


def name_of(month: date) -> str:
    """The name of a month, as addresses have it: 2026-09."""
    return f"{month.year:04d}-{month.month:02d}"


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def month_due(today: date) -> date:
    """The month that is to be looked at: the last one that is over."""
    return month_before(today.replace(day=1))


def next_month(is_held: bool, today: date) -> date:
    """The month of the next review: the last that is over, or the present one where that was looked at already."""
    return today.replace(day=1) if is_held else month_due(today)


TOP = 3


def top_of(counts: Sequence[ReasonCount]) -> list[ReasonCount]:
    """The first three reasons, and whatever is as common as the third."""
    least = counts[TOP - 1].people if len(counts) >= TOP else 0
    return [count for count in counts if count.people >= least]


def ranking_words(counts: Sequence[ReasonCount]) -> str:
    """What is not sure about the order of the reasons; where it is sure, which leads."""
    ranking = ranked_with_ties({count.label: count.people for count in counts})
    if not counts:
        return ""
    if ranking.too_close:
        return tie_words([count.people for count in counts])
    return _("%(reason)s leads.", reason=counts[0].label)


@dataclass(frozen=True)
class Again:
    """Somebody who left for a reason that something shipped was to have put right."""

    name: str
    person_id: UUID
    left_on: date
    code: str


def repeat_words(people: int, titles: Sequence[str]) -> str:
    """Say how many left for a reason that was answered before."""
    if not people:
        return _("Nobody left for a reason that we had already put right.")
    named = list_words([_("“%(words)s”", words=title) for title in titles])
    return ngettext(
        "%(num)s person left for a reason that we thought was put right: %(titles)s.",
        "%(num)s people left for reasons that we thought were put right: %(titles)s.",
        people,
        titles=named,
    )


def done_words(done: int, all_: int) -> str:
    """How many of the decisions of the month before are done."""
    if not all_:
        return _("No decisions were recorded.")
    if done == all_:
        return ngettext("The decision is done.", "All %(num)s decisions are done.", all_)
    return _("%(done)s of %(all)s decisions are done.", done=done, all=all_)


def lost_headline(people: int, month: str) -> str:
    """The first sentence of a review: people first."""
    if not people:
        return _("Nobody left in %(month)s", month=month)
    return ngettext("One person left in %(month)s", "%(num)s people left in %(month)s", people, month=month)
