"""The state machine of a recovery case: every state with every event, and what must be there before each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from survey.departures.rules.cases import (
    ENDS,
    EVENTS,
    GUARDS,
    NEXT,
    RUNNING,
    STATES,
    Event,
    Facts,
    State,
    decide,
    refusal,
    target_of,
)
from survey.departures.rules.offers import Given, Kind, OfferState, Wanted, against, needs_approval, state_on
from survey.departures.rules.survival import Spell, median, survival
from survey.departures.rules.waiting import Wait, promised_until
from survey.departures.rules.works import median_words

# One letter for each state, in their order: where an event leads; "." is refused.
SHORT = dict(zip("ntdrlowxuhapf", State, strict=True))
#                            n t d r l o w x u h a p f   new, taken on, due, reached, listened, offer, won, lost,
#                                                        uncontrollable, out of reach, alone, payment, no loss
TABLE = {
    Event.TRIAGE: "t............",
    Event.ASSIGN: ".tdrlo.......",
    Event.NOTE: "ntdrlowxuhapf",
    Event.CODE: "ntdrlowxuhapf",
    Event.ATTEMPT: ".ddrlo.......",
    Event.REACH: ".rrrlo.......",
    Event.LISTEN: "...llo.......",
    Event.PROMISE: "....lo.......",
    Event.KEEP: "ntdrlowxuhapf",
    Event.DRAFT: "....lo.......",
    Event.OFFER: "....oo.......",
    Event.SETTLE: "ntdrlowxuhapf",
    Event.RETURN: "wwwwww.......",
    Event.LOSE: "....xx.......",
    Event.PROPOSE: "ntdrl........",
    Event.CONFIRM: "uuuuu........",
    Event.GIVE_UP: "..h..........",
    Event.PAYMENT: "ppppp........",
    Event.NOT_A_LOSS: "ffffff.......",
    Event.LEAVE_ALONE: "aaaaaaaaaaaaa",
    Event.DIE: "uuuuuuwuuuapf",
    Event.REOPEN: ".......ttt.tt",
}

EVERYTHING = Facts(
    by="second", has_owner=True, code="U2", coded=("A2",), evidence="The postcard came back.", proposed_by="first",
    channels=("phone", "phone", "email"), their_words="Too full.", playback="You waited.", what="said", has_returned=True,
)  # fmt: skip


@pytest.mark.parametrize("event", list(Event))
@pytest.mark.parametrize("state", list(State))
def test_every_state_with_every_event(state, event):
    letter = TABLE[event][list(State).index(state)]
    facts = replace(EVERYTHING, code="B") if event == Event.PAYMENT else EVERYTHING
    decision = decide(state, event, facts)
    if letter == ".":
        assert target_of(state, event) is None
        assert decision.target is None
        assert refusal(state, event).endswith(".")
        assert decision.missing == (refusal(state, event),)
    else:
        assert decision.target == SHORT[letter]
        assert refusal(state, event) == ""


def test_states_and_events_have_words_and_open_ones_a_next_step():
    assert set(STATES) == set(State)
    assert set(EVENTS) == set(GUARDS) == set(TABLE) == set(Event)
    assert set(NEXT) == set(RUNNING)
    assert set(RUNNING) | set(ENDS) == set(State)
    for state, event in NEXT.items():
        assert target_of(state, event) is not None


@pytest.mark.parametrize(
    ("state", "event", "without", "says"),
    [
        (State.OPEN, Event.TRIAGE, {"has_owner": False}, "who looks after"),
        (State.OPEN, Event.TRIAGE, {"code": None}, "seems to be the reason"),
        (State.OPEN, Event.TRIAGE, {"is_held_out": True}, "drawn by chance"),
        (State.TRIAGED, Event.REACH, {"is_left_alone": True}, "left alone"),
        (State.CONTACTED, Event.LISTEN, {"their_words": " "}, "own words"),
        (State.CONTACTED, Event.LISTEN, {"playback": ""}, "said it back"),
        (State.CONTACTED, Event.LISTEN, {"coded": ()}, "Choose the reason"),
        (State.CONTACTED, Event.LISTEN, {"coded": ("A2", "A1", "P1", "S1")}, "at most two"),
        (State.CONTACTED, Event.LISTEN, {"coded": ("A2", "A2")}, "counts once"),
        (State.CONTACTED, Event.OFFER, {}, "Listen first"),
        (State.TRIAGED, Event.OFFER, {}, "Reach them first"),
        (State.LISTENED, Event.OFFER, {"against_offer": ("Too much.",)}, "Too much."),
        (State.TRIAGED, Event.PROPOSE, {"code": "P1"}, "not ours to change"),
        (State.TRIAGED, Event.PROPOSE, {"evidence": ""}, "how we know"),
        (State.TRIAGED, Event.CONFIRM, {"proposed_by": None}, "has to say first"),
        (State.TRIAGED, Event.CONFIRM, {"proposed_by": "second"}, "second person"),
        (State.CONTACT_DUE, Event.GIVE_UP, {"channels": ("phone", "email")}, "at least 3 times"),
        (State.CONTACT_DUE, Event.GIVE_UP, {"channels": ("phone",) * 5}, "at least 2 ways"),
        (State.TRIAGED, Event.PAYMENT, {"code": "P1"}, "Payment failed"),
        (State.OFFER_MADE, Event.RETURN, {"has_returned": False}, "customer again"),
        (State.OFFER_MADE, Event.LOSE, {"offers": ("made",), "days_since_offer": 59}, "An offer is open"),
        (State.OFFER_MADE, Event.LOSE, {"coded": ()}, "Choose the reason"),
        (State.LISTENED, Event.LOSE, {"what": ""}, "in a sentence"),
        (State.LOST, Event.REOPEN, {"is_left_alone": True}, "left alone"),
        (State.DO_NOT_CONTACT, Event.REOPEN, {}, "for good"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(state, event, without, says):
    assert target_of(state, event) is not None or not without
    decision = decide(state, event, replace(EVERYTHING, **without))
    assert decision.target is None
    assert says in " ".join(decision.missing)


@pytest.mark.parametrize(("offers", "days"), [(("declined",), 1), (("expired",), 1), (("made",), 60), ((), None)])
def test_a_case_is_lost_once_the_offer_is_declined_or_over_or_sixty_days_old(offers, days):
    facts = replace(EVERYTHING, offers=offers, days_since_offer=days)
    assert decide(State.OFFER_MADE, Event.LOSE, facts).target == State.LOST


# ---- offers -------------------------------------------------------------------------------------------------------

TODAY = date(2026, 10, 20)


def wanted(kind=Kind.DISCOUNT, **said):
    usual = {"template": "t", "codes": (), "value_minor": 500, "cap_minor": None, "cooldown_days": 0,
             "needs_approval": False, "expires_on": TODAY}  # fmt: skip
    return Wanted(kind, **{**usual, **said})


def given(kind=Kind.FIX, state=OfferState.MADE, value=0, on=TODAY, template="t", is_of_case=True):
    return Given(kind, state, value, on, template, is_of_case)


def refused(one, *, reasons=("P1",), before=(), has_promise=True):
    return " ".join(against(one, reasons=reasons, given=before, has_promise=has_promise, today=TODAY))


def test_an_offer_fits_the_reason_and_comes_after_putting_it_right():
    assert refused(wanted()) == ""
    assert "other reasons" in refused(wanted(codes=("A2",)))
    assert refused(wanted(codes=("A2", "P1"))) == ""
    assert "Put right first" in refused(wanted(), has_promise=False)
    assert refused(wanted(), has_promise=False, before=[given(Kind.FIX)]) == ""
    assert "Put right first" in refused(wanted(), has_promise=False, before=[given(Kind.FIX, is_of_case=False)])
    assert refused(wanted(Kind.APOLOGY), has_promise=False) == ""


def test_an_offer_keeps_to_its_cap_its_pause_and_its_last_day():
    spent = given(Kind.DISCOUNT, OfferState.ACCEPTED, 600, TODAY - timedelta(days=400), is_of_case=False)
    assert "more than this offer" in refused(wanted(cap_minor=1000), before=[spent])
    assert refused(wanted(cap_minor=1100), before=[spent]) == ""
    assert refused(wanted(cap_minor=1000), before=[replace(spent, state=OfferState.DECLINED)]) == ""
    assert refused(wanted(cooldown_days=400), before=[spent]) == ""
    assert "401 days" in refused(wanted(cooldown_days=401), before=[spent])
    assert "last day" in refused(wanted(expires_on=TODAY - timedelta(days=1)))


def test_money_off_before_or_beside_more_for_the_money_needs_a_leader():
    assert "before anything better" in needs_approval(wanted(), given=[])
    assert "together" in needs_approval(wanted(), given=[given(Kind.UPGRADE)])
    assert "together" in needs_approval(wanted(Kind.UPGRADE), given=[given(Kind.CREDIT)])
    assert needs_approval(wanted(Kind.UPGRADE), given=[given(Kind.CREDIT, OfferState.WITHDRAWN)]) == ""
    assert needs_approval(wanted(Kind.UPGRADE), given=[given(Kind.CREDIT, is_of_case=False)]) == ""
    assert needs_approval(wanted(Kind.PAUSE, needs_approval=True), given=[])


def test_an_offer_ends_by_itself_after_its_last_day():
    assert state_on(OfferState.MADE, TODAY, TODAY) == OfferState.MADE
    assert state_on(OfferState.MADE, TODAY, TODAY + timedelta(days=1)) == OfferState.EXPIRED
    assert state_on(OfferState.ACCEPTED, TODAY, TODAY + timedelta(days=1)) == OfferState.ACCEPTED


# ---- waiting ------------------------------------------------------------------------------------------------------

FRIDAY = datetime(2026, 10, 16, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "level", "says"),
    [(0, 0, "48 hours left"), (23, 0, "25 hours left"), (24, 1, "more than half"), (47.5, 1, "less than an hour left"),
     (48, 2, "less than an hour late"), (95, 2, "47 hours late"), (96, 3, "twice"), (480, 3, "18 days late")],
)  # fmt: skip
def test_the_clock_runs_through_the_weekend_and_grows_louder(hours, level, says):
    wait = Wait(FRIDAY, promised_until(FRIDAY, hours=48), FRIDAY + timedelta(hours=hours))
    assert wait.level == level
    assert says in wait.words
    assert wait.is_overdue is (level >= 2)


def test_whoever_was_reached_waits_no_more():
    wait = Wait(FRIDAY, promised_until(FRIDAY, hours=48), FRIDAY + timedelta(days=90), FRIDAY + timedelta(hours=60))
    assert (wait.level, wait.is_overdue, wait.words) == (0, False, "reached after 60 hours")


# ---- Kaplan and Meier ---------------------------------------------------------------------------------------------

# Weeks of remission under 6-MP, Freireich et al. 1963, as printed by Cox and Oakes 1984 and Kleinbaum and Klein 2012, table 2.1.
ENDED_6MP = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED_6MP = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_survival_is_that_of_a_published_example():
    steps = survival([*(Spell(t, True) for t in ENDED_6MP), *(Spell(t, False) for t in CENSORED_6MP)])
    printed = {6: .8571, 7: .8067, 10: .7529, 13: .6902, 16: .6275, 22: .5378, 23: .4482}  # fmt: skip
    assert {step.time: round(step.share, 4) for step in steps} == printed
    assert [step.at_risk for step in steps] == [21, 17, 15, 12, 11, 7, 6]
    greenwood = {step.time: round(step.share * step.error, 4) for step in steps}
    assert greenwood == {6: .0764, 7: .0869, 10: .0963, 13: .1068, 16: .1141, 22: .1282, 23: .1346}  # fmt: skip


def test_the_median_is_that_of_a_published_example():
    found = median([*(Spell(t, True) for t in ENDED_6MP), *(Spell(t, False) for t in CENSORED_6MP)])
    assert (found.value, found.low, found.high, found.n, found.ended) == (23, 13, None, 21, 9)
    placebo = median([Spell(t, True) for t in PLACEBO])
    assert (placebo.value, placebo.low, placebo.high) == (8, 4, 11)


def test_waits_that_have_not_ended_are_not_left_out():
    reached = [Spell(1, True), Spell(2, True), Spell(3, True)]
    assert median(reached).value == 2
    assert median([*reached, Spell(240, False, 4)]).value is None
    assert median_words(median([*reached, Spell(240, False, 4)]))[1] == "Fewer than half have been reached so far."
    assert median([Spell(1, True, 2), Spell(9, False, 3)]) == median([Spell(1, True)] * 2 + [Spell(9, False)] * 3)
