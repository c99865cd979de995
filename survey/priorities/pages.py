"""What the pages of priorities show: people first, then their share and worth, what answers them, and who left all the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app

from survey.departures.rules.windows import COUNTED, from_name
from survey.foundation.language import day_words
from survey.priorities import queries
from survey.priorities.models import Theme
from survey.priorities.rules import (
    STATE_WORDS,
    WINDOW_DAYS,
    Base,
    Fix,
    Loss,
    State,
    Tally,
    base_of,
    fixes_of,
    headline,
    is_neglected,
    repeats,
    shipped_since,
    since_words,
    state_of,
    tally,
    threshold,
    window,
)
from survey.reasons.rules import REASONS
from survey.results.rules.metrics import Metric, share

PERIOD = f"{WINDOW_DAYS}-days"


@dataclass(frozen=True)
class Card:
    """One priority with all that is known of it; `repeats` is None while nothing against it was shipped."""

    theme: Theme
    state: State
    is_neglected: bool
    since_words: str
    tally: Tally
    base: Base
    share: Metric
    fixes: Sequence[Fix]
    shipped_on: date | None
    repeats: int | None
    due_words: str
    is_late: bool

    @property
    def state_words(self) -> str:
        """Its state in words."""
        return str(STATE_WORDS[self.state])

    @property
    def key(self) -> str:
        """The key that lists its people."""
        return f"{COUNTED}{self.theme.code}"

    @property
    def repeats_period(self) -> str:
        """The days since something against it was shipped, for the list of those who left all the same."""
        return from_name(self.shipped_on + timedelta(days=1)) if self.shipped_on else ""


@dataclass(frozen=True)
class Watched:
    """A reason that too few people left for so far."""

    label: str
    key: str
    people: int


@dataclass(frozen=True)
class Overview:
    """The page of priorities."""

    headline: str
    open: Sequence[Card]
    settled: Sequence[Card]
    watched: Sequence[Watched]
    base: Base
    threshold: int

    @property
    def neglected(self) -> Sequence[Card]:
        """What nobody has led for a week."""
        return [card for card in self.open if card.is_neglected]


def fixes() -> Sequence[Fix]:
    """Every improvement that answers a reason: a higher room knows them."""
    found: Sequence[Fix] = current_app.extensions["hearback.fixes"]()
    return found


def overview(today: date) -> Overview:
    """Read what the page shows: three queries, however many priorities there are."""
    since, until = window(today)
    lost, known, answers = queries.losses(since, until), queries.themes(), fixes()
    later = _since_shipped(known, answers, today)
    counts, base = tally(lost), base_of(lost)
    cards = [_card(theme, counts, base, answers, later, today) for theme in known]
    open_ = sorted((card for card in cards if card.state != State.SETTLED), key=_by_people)
    return Overview(
        headline=headline(len(open_), sum(card.state == State.PRIORITY for card in open_)),
        open=open_,
        settled=[card for card in cards if card.state == State.SETTLED],
        watched=_watched(counts, {theme.code for theme in known}),
        base=base,
        threshold=threshold(base.controllable),
    )


def card(theme: Theme, today: date) -> Card:
    """Read one priority."""
    lost, answers = queries.losses(*window(today)), fixes()
    later = _since_shipped([theme], answers, today)
    return _card(theme, tally(lost), base_of(lost), answers, later, today)


def _by_people(card: Card) -> tuple[bool, int, date]:
    return card.state != State.PRIORITY, -card.tally.people, card.theme.priority_since


def _since_shipped(themes: Iterable[Theme], answers: Sequence[Fix], today: date) -> Sequence[Loss]:
    """Everybody who left for these reasons since the first of their improvements was shipped."""
    codes = {theme.code for theme in themes if theme.code}
    shipped = {code: shipped_since(fixes_of(code, answers)) for code in codes}
    days = [day for day in shipped.values() if day]
    return queries.losses(min(days), today, [code for code, day in shipped.items() if day]) if days else []


def _card(
    theme: Theme, counts: Mapping[str, Tally], base: Base, answers: Sequence[Fix], later: Sequence[Loss], today: date
) -> Card:
    mine = fixes_of(theme.code, answers)
    one, shipped_on = counts.get(theme.code or "", Tally()), shipped_since(mine)
    return Card(
        theme=theme,
        state=state_of(theme, is_answered=any(not fix.is_declined for fix in mine)),
        is_neglected=is_neglected(theme, today),
        since_words=since_words(theme, today, day_words(theme.priority_since, today)),
        tally=one,
        base=base,
        share=share(one.people, base.controllable),
        fixes=mine,
        shipped_on=shipped_on,
        repeats=repeats(later, theme.code, shipped_on),
        due_words=day_words(theme.due_on, today) if theme.due_on else "",
        is_late=theme.settled_on is None and theme.due_on is not None and theme.due_on < today,
    )


def _watched(counts: Mapping[str, Tally], known: Iterable[str | None]) -> list[Watched]:
    found = [(code, one.people) for code, one in counts.items() if code not in set(known)]
    ordered = sorted(found, key=lambda row: (-row[1], REASONS[row[0]].label))
    return [Watched(REASONS[code].label, f"{COUNTED}{code}", people) for code, people in ordered]
