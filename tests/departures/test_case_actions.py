"""What is done to recovery cases, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from survey.customers import actions as customers
from survey.customers.actions import record
from survey.customers.models import Person
from survey.customers.rules import PersonEntry
from survey.departures import actions
from survey.departures.actions import Changed, Missing
from survey.departures.models import CaseEvent, Departure, DepartureReason, HoldOut, ListeningNote, Offer, RecoveryCase
from survey.departures.pages.recovery import figures
from survey.departures.queries import cases as queries
from survey.departures.queries import works
from survey.departures.rules.cases import Event, State
from survey.departures.rules.offers import OfferState
from survey.departures.rules.survival import Spell, median
from survey.departures.rules.works import median_words
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.foundation.tokens import digest
from survey.letters.models import Letter, Suppression
from survey.organisation.actions import hold_out
from survey.organisation.queries import today
from tests.departures.conftest import entry
from tests.factories.cases import case_of, did, leaver, listened, taken_on, template, tomorrow
from tests.factories.people import make_user
from tests.factories.surveys import answer, from_template


def history(case):
    db.session.rollback()
    rows = db.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.version)).all()
    return [(row.event, row.to_state) for row in rows]


def refused(work, kind=Missing):
    with pytest.raises(kind) as caught:
        write(work)
    return str(caught.value)


# ---- opening ------------------------------------------------------------------------------------------------------


def test_a_case_opens_when_somebody_leaves_and_never_for_imported_history(app, recorded):
    recorded(entry("old", date(2026, 9, 1), "Waiting", 5000))
    assert db.session.scalars(select(RecoveryCase)).all() == []
    case = case_of(leaver(12_345))
    departure = db.session.get(Departure, case.departure_id)
    assert (case.state, case.value_minor, case.currency) == (State.OPEN, 12_345, "EUR")
    assert case.opened_at == departure.known_at
    assert case.promised_until - case.opened_at == timedelta(hours=48)
    assert history(case) == [("opened", "open")]
    assert write(lambda: actions.open_case(case.departure_id, now=now())) is None


def test_an_answer_of_somebody_we_know_opens_one_case_and_one_that_was_imported_none(app, recorded):
    survey = from_template("exit", slug="bye")
    mia, leo = (one.id for one in recorded(entry("mia"), entry("leo", date(2026, 9, 1))))
    answer(survey, {"reasons": {"codes": ["A2"], "other": ""}}, person_id=mia, voice="former_customer")
    answer(survey, {"reasons": {"codes": ["P1"], "other": ""}}, person_id=leo, voice="former_customer", is_history=True)
    answer(survey, {"reasons": {"codes": ["P1"], "other": ""}})
    db.session.rollback()
    assert [case.person_id for case in db.session.scalars(select(RecoveryCase))] == [mia]


def test_a_stay_has_one_open_case_and_a_second_stay_a_case_of_its_own(app):
    somebody = leaver()
    case = case_of(somebody)
    by = listened(app, case)
    write(lambda: actions.close(case.id, Event.LOSE, why="Signed elsewhere.", doing=did(by)))
    again = PersonEntry(external_id=somebody.external_id, started_on=tomorrow())
    write(lambda: record(again, now=now(), is_history=False))
    write(lambda: customers.end_stay(somebody.id, on=tomorrow() + timedelta(days=5), source="staff"))
    db.session.rollback()
    found = queries.cases_of(somebody.id)
    db.session.expunge_all()
    assert [one.state for one in found] == [State.OPEN, State.LOST]
    assert found[0].lifetime_id != found[1].lifetime_id
    twice = {"departure_id": found[0].departure_id, "state": "open", "closed_at": None}
    with pytest.raises(DatabaseError):
        write(lambda: db.session.execute(update(RecoveryCase).where(RecoveryCase.id == found[1].id).values(twice)))


def test_so_many_of_a_hundred_are_left_alone_and_are_in_no_queue(app):
    write(lambda: hold_out(50, by=None))
    somebody, other = leaver(), leaver()
    for person, lot in ((somebody, 49), (other, 50)):
        departure_id = case_of(person).departure_id
        write(
            lambda id=departure_id: db.session.delete(
                db.session.scalar(select(RecoveryCase).where(RecoveryCase.departure_id == id))
            )
        )
        write(lambda id=departure_id, lot=lot: actions.open_case(id, now=now(), draw=lambda: lot))
    case = case_of(somebody)
    assert [one.case_id for one in db.session.scalars(select(HoldOut))] == [case.id]
    assert [one.person_id for one in queries.queue(at=now()).items] == [other.id]
    assert queries.counts(by=None, at=now()).held == 1
    by = make_user(app, "staff").id
    assert "by chance" in refused(
        lambda: actions.triage(case.id, owner_id=by, code="A2", scope=None, went_to="", doing=did(by))
    )


# ---- the way of a case --------------------------------------------------------------------------------------------


def test_the_whole_way_from_opening_to_a_new_stay(app):
    somebody = leaver(email="mia@example.org")
    case = case_of(somebody)
    offered, by = template(), make_user(app, "staff").id
    assert "Take the case on first" in refused(
        lambda: actions.note_attempt(
            case.id, channel="phone", was_reached=True, minutes=None, note="", next_on=None, doing=did(by)
        )
    )
    taken_on(app, case, by)
    offer = {"template_id": offered, "value_minor": 0, "expires_on": tomorrow()}
    assert "Reach them first" in refused(lambda: actions.make_offer(case.id, **offer, doing=did(by)))
    write(
        lambda: actions.note_attempt(
            case.id, channel="email", was_reached=False, minutes=None, note="", next_on=None, doing=did(by)
        )
    )
    assert case_of(somebody).reached_at is None
    write(
        lambda: actions.note_attempt(
            case.id, channel="phone", was_reached=True, minutes=9, note="", next_on=None, doing=did(by)
        )
    )
    assert case_of(somebody).reached_at is not None
    said = {"their_words": "Too <b>full</b>.", "playback": "You waited.", "scope": "systemic", "went_to": " Harbour  Gym ",
            "understood": "unknown", "agreed": {"reply": "yes"}}  # fmt: skip
    assert "at most two" in refused(
        lambda: actions.listen(case.id, codes=["A2", "A1", "P1", "S1"], **said, doing=did(by))
    )
    note_id = write(lambda: actions.listen(case.id, codes=["A2", "P1"], **said, doing=did(by)))
    write(lambda: actions.ask_if_understood(note_id, token_hash=digest("t"), doing=did(by)))
    write(lambda: actions.note_understood(digest("t"), understood="yes", now=now()))
    made = write(lambda: actions.promise(case.id, what="Keep a place.", owner_id=by, due_on=tomorrow(), doing=did(by)))
    write(lambda: actions.keep(made, on=today(), doing=did(by)))
    _offer, code = write(lambda: actions.make_offer(case.id, **offer, doing=did(by)))
    assert len(code) == 14
    assert "customer again" in refused(lambda: actions.note_return(case.id, doing=did(by)))
    assert write(lambda: actions.note_returns(now=now())) == 0
    write(
        lambda: record(
            PersonEntry(external_id=somebody.external_id, started_on=tomorrow()), now=now(), is_history=False
        )
    )
    assert write(lambda: actions.note_returns(now=now())) == 1
    case = case_of(somebody)
    assert (case.state, case.scope, case.went_to) == (State.WON_BACK, "systemic", "Harbour Gym")
    assert case.closed_at is not None
    assert [name for name, _state in history(case)] == [
        "opened", "triage", "attempt", "reach", "listen", "note", "note", "promise", "keep", "offer", "return",
    ]  # fmt: skip
    layers = db.session.execute(select(DepartureReason.layer, DepartureReason.code, DepartureReason.is_primary)).all()
    assert sorted(layers) == [("coded", "A2", True), ("coded", "P1", False), ("stated", "A2", True)]
    assert [letter.kind for letter in db.session.scalars(select(Letter))] == ["playback"]


def test_two_at_once_lose_nothing_and_the_second_is_told(app):
    case = case_of(leaver())
    by = taken_on(app, case)
    version = case_of_id(case.id).version

    def send(words):
        with app.app_context():
            try:
                write(lambda: actions.add_note(case.id, words=words, doing=did(by, version=version)))
            except Changed:
                return "told"
            return "stored"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, [f"note {number}" for number in range(8)]))
    assert sorted(answers) == ["stored"] + ["told"] * 7
    assert history(case)[-1] == ("note", "triaged")
    assert len(queries.events_since(case.id, version)) == 1


def case_of_id(id):
    db.session.rollback()
    found = db.session.get(RecoveryCase, id)
    db.session.expunge(found)
    return found


def test_history_cannot_be_changed_and_goes_with_the_person(app):
    somebody = leaver()
    case = case_of(somebody)
    for words in ("UPDATE case_event SET note = 'x'", "DELETE FROM case_event"):
        with pytest.raises(DatabaseError, match="not changed afterwards"):
            write(lambda words=words: db.session.execute(text(words)))
    assert history(case) == [("opened", "open")]
    write(lambda: db.session.execute(Person.__table__.delete().where(Person.id == somebody.id)))
    assert history(case) == []


def test_not_ours_to_change_needs_evidence_and_a_second_person_and_can_be_opened_again(app):
    case = case_of(leaver())
    by, other = taken_on(app, case), make_user(app, "leader").id
    assert "how we know" in refused(lambda: actions.propose(case.id, code="U2", evidence="", doing=did(by)))
    write(lambda: actions.propose(case.id, code="U2", evidence="New address.", doing=did(by)))
    assert "second person" in refused(lambda: actions.confirm(case.id, doing=did(by)))
    write(lambda: actions.confirm(case.id, doing=did(other)))
    assert case_of_id(case.id).state == State.UNCONTROLLABLE
    assert actions.coded_in(case.departure_id) == ["U2"]
    write(lambda: actions.close(case.id, Event.REOPEN, why="Moved back.", doing=did(by)))
    found = case_of_id(case.id)
    assert (found.state, found.closed_at, found.proposed_by_id) == (State.TRIAGED, None, None)


def test_leaving_alone_is_at_once_and_a_death_tells_nobody(app):
    mia, leo = leaver(email="mia@example.org"), leaver(email="leo@example.org")
    first, second, by = case_of(mia), case_of(leo), make_user(app, "staff").id
    write(lambda: actions.leave_alone(first.id, doing=did(by)))
    write(lambda: customers.note_death(leo.id, on=today(), now=now()))
    assert case_of_id(first.id).state == State.DO_NOT_CONTACT
    assert case_of_id(second.id).state == State.UNCONTROLLABLE
    assert actions.coded_in(second.departure_id) == ["U1"]
    assert {row.scope for row in db.session.scalars(select(Suppression))} == {"do_not_contact", "deceased"}
    assert db.session.scalars(select(Letter)).all() == []
    assert "for good" in refused(lambda: actions.close(first.id, Event.REOPEN, why="Called us.", doing=did(by)))


# ---- offers -------------------------------------------------------------------------------------------------------


def made_offer(app, **terms):
    case, offered = case_of(leaver()), template(**terms)
    by = listened(app, case)
    wanted = {"template_id": offered, "value_minor": 0, "expires_on": tomorrow()}
    offer, code = write(lambda: actions.make_offer(case.id, **wanted, doing=did(by)))
    return case, by, offer, code


def test_twenty_at_once_redeem_a_code_once(app):
    _case, by, offer, code = made_offer(app)

    def redeem(number):
        with app.app_context():
            try:
                write(lambda: actions.redeem(code.lower().replace("-", " "), by=by, now=now()))
            except Refused as refusal:
                return str(refusal)
            return "redeemed"

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(redeem, range(20)))
    assert sorted(answers) == ["This code was redeemed already."] * 19 + ["redeemed"]
    db.session.rollback()
    stored = db.session.get(Offer, offer.id)
    assert (stored.state, stored.redeemed_by_id) == ("accepted", by)
    assert code not in (stored.code_hash, stored.words)


def test_a_code_that_is_no_good_says_why(app):
    case, by, offer, code = made_offer(app)
    assert "no such code" in refused(lambda: actions.redeem("AAAA", by=by, now=now()), Refused)
    write(lambda: db.session.execute(update(Offer).values(expires_on=date(2026, 1, 1))))
    assert "last day" in refused(lambda: actions.redeem(code, by=by, now=now()), Refused)
    write(lambda: actions.settle(offer.id, state=OfferState.WITHDRAWN, doing=did(by)))
    assert "taken back" in refused(lambda: actions.redeem(code, by=by, now=now()), Refused)
    assert history(case)[-1] == ("settle", "offer_made")


def test_an_offer_that_needs_a_leader_waits_for_another_person(app):
    case, by, offer, code = made_offer(app, needs_approval=True)
    assert code is None
    assert case_of_id(case.id).state == State.LISTENED
    assert "Another leader" in refused(lambda: actions.approve(offer.id, doing=did(by)))
    leader = make_user(app, "leader").id
    assert write(lambda: actions.approve(offer.id, doing=did(leader)))
    assert case_of_id(case.id).state == State.OFFER_MADE
    assert "An offer is open" in refused(lambda: actions.close(case.id, Event.LOSE, why="No.", doing=did(by)))
    write(lambda: actions.settle(offer.id, state=OfferState.DECLINED, doing=did(by)))
    write(lambda: actions.close(case.id, Event.LOSE, why="No.", doing=did(by)))
    assert case_of_id(case.id).closed_reason == "No."


def test_money_comes_after_putting_it_right(app):
    case = case_of(leaver())
    by, money = listened(app, case), template(kind="credit")
    offer = {"template_id": money, "value_minor": 500, "expires_on": tomorrow()}
    assert "Put right first" in refused(lambda: actions.make_offer(case.id, **offer, doing=did(by)))
    write(lambda: actions.promise(case.id, what="Keep a place.", owner_id=by, due_on=tomorrow(), doing=did(by)))
    assert write(lambda: actions.make_offer(case.id, **offer, doing=did(by)))[1]


# ---- the queue and the figures ------------------------------------------------------------------------------------


def many(app, people=120):
    """Cases with all kinds of values and waits; every third reached, every fifth closed."""
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    found = [case_of(leaver(value)) for value in (None, 0, 5)] + [
        case_of(leaver(n * 37 % 1000)) for n in range(people - 3)
    ]
    for number, case in enumerate(found):
        opened = at - timedelta(hours=number * 7 % 150)
        values = {"opened_at": opened, "promised_until": opened + timedelta(hours=48)}
        if number % 3 == 0:
            values["reached_at"] = opened + timedelta(hours=number % 60)
        if number % 5 == 0:
            values |= {"closed_at": opened + timedelta(hours=70), "state": "lost"}
        write(
            lambda id=case.id, values=values: db.session.execute(
                update(RecoveryCase).where(RecoveryCase.id == id).values(values)
            )
        )
    db.session.rollback()
    return at


def test_the_queue_is_ordered_page_by_page_without_a_query_for_each_row(app):
    at = many(app)
    seen, cursor, asked = [], None, []
    sql_event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    while True:
        page = queries.queue(at=at, cursor=cursor)
        seen += page.items
        cursor = page.next
        if cursor is None:
            break
    assert len(asked) <= 3 * 3  # pages; the two parts of the list, and the reasons
    open_ones = db.session.scalars(select(RecoveryCase).where(RecoveryCase.closed_at.is_(None))).all()
    late = [one for one in open_ones if one.reached_at is None and one.promised_until <= at]
    others = [one for one in open_ones if one not in late]
    expected = sorted(late, key=lambda one: (one.promised_until, one.id))
    expected += sorted(others, key=lambda one: (-(one.value_minor or 0), one.id))
    assert [one.id for one in seen] == [one.id for one in expected]
    counted = queries.counts(by=None, at=at)
    assert (counted.late, counted.open, counted.ended) == (len(late), len(open_ones), 24)
    with pytest.raises(Refused):
        queries.queue(at=at, cursor="bm8")


def test_every_figure_equals_a_recount_over_the_rows(app):
    at = many(app, people=40)
    case = case_of(leaver())
    by = listened(app, case, understood="yes")
    other = case_of(leaver())
    listened(app, other, by)
    write(lambda: actions.promise(case.id, what="x", owner_id=by, due_on=tomorrow(), doing=did(by)))
    made = write(lambda: actions.promise(case.id, what="y", owner_id=by, due_on=tomorrow(), doing=did(by)))
    write(lambda: actions.keep(made, on=today(), doing=did(by)))
    write(lambda: actions.close(case.id, Event.LOSE, why="No.", doing=did(by)))
    seen = figures(at=at, today=today())
    rows = db.session.scalars(select(RecoveryCase)).all()
    decided = [one for one in rows if one.reached_at or (one.closed_at or at) > one.promised_until]
    met = [one for one in decided if one.reached_at and one.reached_at <= one.promised_until]
    assert (seen.within.hits, seen.within.n) == (len(met), len(decided))
    assert (seen.understood.hits, seen.understood.n, seen.misunderstood) == (1, 2, 0)
    assert len(db.session.scalars(select(ListeningNote)).all()) == 2
    assert (seen.kept.hits, seen.kept.n) == (1, 1)
    closed = [one for one in rows if one.closed_at]
    assert (seen.with_reason.hits, seen.with_reason.n) == (1, len(closed))
    assert (seen.systemic.hits, seen.systemic.n) == (2, 2)
    assert (seen.returned.others.hits, seen.returned.others.n) == (0, len(rows))
    spells = [Spell(int(((one.reached_at or one.closed_at or at) - one.opened_at).total_seconds() // 3600), one.reached_at is not None)
              for one in rows]  # fmt: skip
    again = median([Spell(max(0, spell.time), spell.has_ended) for spell in spells])
    assert median(works.spells(at)) == again
    assert seen.contact == median_words(again)
    assert seen.contacted == len([one for one in rows if one.reached_at])
    assert "%" in seen.within.words
    assert "too few" in seen.understood.interval
