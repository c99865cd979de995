"""What the pages about recovery cases show: the timeline of a case, what may be done next, and what is missing for the rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from survey.access.queries import users
from survey.customers.rules import money_words
from survey.departures.models import CaseEvent, Departure, Offer, OfferTemplate, RecoveryCase
from survey.departures.queries import works
from survey.departures.queries.cases import Belongings, belongings
from survey.departures.rules.cases import CHANNELS, EVENTS, Channel, Event, State, refusal, target_of
from survey.departures.rules.losses import label_of
from survey.departures.rules.offers import OFFER_STATES, OfferState, state_on
from survey.departures.rules.survival import median
from survey.departures.rules.works import Parts, median_words
from survey.foundation.language import day_words, lazy_gettext
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM
from survey.letters.queries import letters_to
from survey.letters.rules.kinds import KINDS
from survey.letters.rules.states import STATES as LETTER_STATES
from survey.letters.rules.states import State as LetterState
from survey.text.models import Comment

LETTERS_SHOWN = 20
LAYERS: Mapping[str, str] = {
    "stated": lazy_gettext("What they ticked or said"),
    "suggested": lazy_gettext("What the machine read"),
    "coded": lazy_gettext("How we understand it"),
    "root_cause": lazy_gettext("The cause behind it"),
}


@dataclass(frozen=True)
class Entry:
    """A line of the timeline: when, what, further words, and words that a customer said."""

    at: datetime
    title: str
    words: str = ""
    quote: str = ""
    by: str = ""


@dataclass(frozen=True)
class CasePage:
    """Everything that the page of a case shows."""

    case: RecoveryCase
    belongings: Belongings
    timeline: Sequence[Entry]
    layers: Sequence[
        tuple[str, Sequence[tuple[str, bool, str]]]
    ]  # of each layer the reasons: label, is the first, words
    not_yet: Sequence[tuple[str, str]]  # what cannot be done now, and why
    names: Mapping[UUID, str]

    def may(self, event: str) -> bool:
        """Whether something can be done now, as far as the state goes."""
        return target_of(self.case.is_at, Event(event)) is not None

    def who(self, id: UUID | None) -> str:
        """The name of a member of staff."""
        return self.names.get(id, _("Somebody")) if id else _("Nobody")

    def offer_state(self, offer: Offer, today: date) -> str:
        """Where an offer stands, in words."""
        return OFFER_STATES[state_on(OfferState(offer.state), offer.expires_on, today)]


# What the page names among that which cannot be done yet.
TOLD = (Event.REACH, Event.LISTEN, Event.PROMISE, Event.OFFER, Event.LOSE)
TOLD_AS: Mapping[Event, str] = {
    Event.REACH: lazy_gettext("Call or write"),
    Event.LISTEN: lazy_gettext("Write down what they say"),
    Event.PROMISE: lazy_gettext("Promise to put it right"),
    Event.OFFER: lazy_gettext("Make an offer"),
    Event.LOSE: lazy_gettext("End the case as lost"),
}


def case_page(case: RecoveryCase, answers: Sequence[Comment]) -> CasePage:
    """Read what the page of a case shows, beside the case itself; the number of queries does not grow with what there is."""
    mine = belongings(case.id)
    names = {one.id: one.name or one.email for one in users()}
    state = case.is_at
    return CasePage(
        case=case,
        belongings=mine,
        timeline=sorted(_entries(case, mine, answers, names), key=lambda entry: entry.at),
        layers=_layers(case.departure),
        not_yet=[
            (str(TOLD_AS[event]), refusal(state, event)) for event in TOLD if case.is_open and refusal(state, event)
        ],
        names=names,
    )


def staff_choices() -> list[tuple[str, str]]:
    """Everybody who may look after a case."""
    return [(str(one.id), one.name or one.email) for one in users() if one.active and one.role in TEAM]


def end_choices(state: State, endings: Mapping[str, str]) -> list[tuple[str, str]]:
    """The ends that a case can come to now."""
    return [(event, str(words)) for event, words in endings.items() if target_of(state, Event(event)) is not None]


def offer_choices(found: Sequence[OfferTemplate]) -> list[tuple[str, str]]:
    """The offers that may be made."""
    return [(str(one.id), one.name) for one in found]


def _layers(departure: Departure) -> list[tuple[str, list[tuple[str, bool, str]]]]:
    return [
        (str(name), [(label_of(one.code, one.words), one.is_primary, one.words if one.code else "")
                     for one in departure.reasons if one.layer == layer])
        for layer, name in LAYERS.items()
    ]  # fmt: skip


def _entries(
    case: RecoveryCase, mine: Belongings, answers: Sequence[Comment], names: Mapping[UUID, str]
) -> Iterator[Entry]:
    answered = case.departure.response.submitted_at if case.departure.response else None
    for comment in answers:
        yield Entry(answered or case.opened_at, _("They wrote"), quote=comment.text)
    heard = {note.at: note for note in mine.notes}
    for event in mine.events:
        note = heard.get(event.at) if event.event == Event.LISTEN else None
        words = _("We said it back: %(words)s", words=note.playback) if note else said_of(event, names)
        yield Entry(
            event.at,
            event_title(event),
            words,
            note.their_words if note else "",
            names.get(event.by_id, "") if event.by_id else "",
        )
    for letter in letters_to(case.person_id, most=LETTERS_SHOWN):
        if letter.posted_at >= case.opened_at:
            state = LETTER_STATES[LetterState(letter.state)]
            yield Entry(letter.posted_at, _("Letter: %(kind)s", kind=KINDS[letter.kind].words), str(state))


def event_title(event: CaseEvent) -> str:
    """What happened, in a few words."""
    details = event.details
    if event.event == "opened":
        return _("The case was opened")
    if "understood" in details:
        return (
            _("They say that we understood")
            if details["understood"] == "yes"
            else _("They say that we did not understand")
        )
    if "asked" in details:
        return _("Asked whether we understood")
    if event.event == Event.SETTLE and details.get("redeemed"):
        return _("The code was redeemed")
    if event.event == Event.SETTLE:
        return _("The offer: %(state)s", state=str(OFFER_STATES[OfferState(details["state"])]))
    return str(EVENTS[Event(event.event)])


def said_of(event: CaseEvent, names: Mapping[UUID, str]) -> str:
    """What was noted of an event, with what belongs to it."""
    details, parts = event.details, []
    if details.get("channel"):
        parts.append(str(CHANNELS[Channel(details["channel"])]))
    if details.get("codes"):
        parts.append(", ".join(label_of(code) for code in details["codes"]))
    elif details.get("code"):
        parts.append(label_of(details["code"]))
    if details.get("owner") and details["owner"] != "None":
        parts.append(names.get(UUID(details["owner"]), ""))
    if details.get("due"):
        parts.append(_("until %(day)s", day=day_words(date.fromisoformat(details["due"]))))
    if details.get("next"):
        parts.append(_("again on %(day)s", day=day_words(date.fromisoformat(details["next"]))))
    return ". ".join([", ".join(part for part in parts if part), event.note.strip()]).strip(". ")


def worth_words(case: RecoveryCase) -> str:
    """What somebody was worth when they left; "" where that is not known."""
    return money_words(case.value_minor, case.currency, is_short=True) if case.value_minor is not None else ""


def reason_words(case: RecoveryCase) -> str:
    """The reason that is known best: as we understand it, as they said it, as it seems, as the machine read it."""
    by_layer = {one.layer: label_of(one.code, one.words) for one in reversed(case.departure.reasons) if one.is_primary}
    seems = label_of(case.code) if case.code else ""
    return by_layer.get("coded") or by_layer.get("stated") or seems or by_layer.get("suggested", "")


# ---- does it work? ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Works:
    """The figures of recovery."""

    since: datetime | None
    within: Parts
    contact: tuple[str, str]
    contacted: int
    cases: int
    understood: Parts
    misunderstood: int
    accepted: Parts
    kept: Parts
    with_reason: Parts
    systemic: Parts
    returned: works.Returned


def figures(*, at: datetime, today: date) -> Works:
    """Read the figures of recovery; eight queries, however many cases there are."""
    said, no = works.understood()
    found = median(works.spells(at))
    return Works(
        since=works.first_case(), within=works.within_promise(at), contact=median_words(found), contacted=found.ended,
        cases=found.n, understood=said, misunderstood=no, accepted=works.offers_accepted(), kept=works.promises_on_time(today),
        with_reason=works.ends_with_reason(), systemic=works.systemic(), returned=works.returned(),
    )  # fmt: skip
