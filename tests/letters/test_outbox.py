import zlib
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, func, select

from survey.customers.actions import agree, leave_alone, note_death
from survey.customers.models import Person
from survey.foundation.db import db, write
from survey.letters import actions, queries
from survey.letters.actions import Outcome, Post, Rests, post, post_all, settle, take
from survey.letters.models import Letter, Preference, Suppression
from survey.letters.rules.kinds import KINDS, To
from survey.letters.rules.pace import LEASE, PATIENCE, PER_DOMAIN, TRIES, UNREACHABLE_WAIT, Hours
from survey.letters.rules.states import State, Why
from survey.organisation.queries import organisation
from tests.factories.letters import NOW, make_letter, make_person, stored, work_off
from tests.factories.people import make_user

pytestmark = pytest.mark.usefixtures("app")
TO_PEOPLE = [kind for kind in KINDS.values() if kind.to == To.PERSON]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def taken(now=NOW):
    return write(lambda: take(without_domains=(), now=now))


def agreed(email="mia@example.org"):
    purposes = dict.fromkeys(("reply", "updates", "win_back"), "You may.")
    return write(lambda: agree(email=email, name="Mia", purposes=purposes, now=NOW))


def key_of(address):
    return write(lambda: actions.key_of(address))


def refused(id, words, *, is_of_address=True):
    return Outcome(id, State.BOUNCED, Why.REFUSED, words, is_of_address=is_of_address)


def has_postal_address():
    def work():
        organisation().postal_address = "1 High Street"
        db.session.add(organisation())

    write(work)


def test_a_letter_goes_once_and_its_end_is_written_down():
    letter = make_letter()
    assert [one.id for one in work_off()] == [letter.id]
    assert work_off() == []
    sent = stored(letter.id)
    assert (sent.state, sent.ended_at, sent.why) == (State.SENT, NOW, None)


def test_the_same_letter_is_posted_once():
    somebody = make_person()
    letters = [Post("invitation", person=somebody, once="survey 1") for _each in range(3)]
    assert len(write(lambda: post_all(letters, now=NOW))) == 1
    assert write(lambda: post(letters[0], now=NOW)) is None


@pytest.mark.parametrize("kind", ["", "newsletter"])
def test_a_letter_without_a_kind_cannot_be_posted(kind):
    somebody = make_person()
    with pytest.raises(ValueError, match="needs a kind"):
        write(lambda: post(Post(kind, person=somebody), now=NOW))


def test_a_letter_is_for_one_recipient_of_the_sort_that_its_kind_is_for(app):
    somebody, colleague = make_person(), make_user(app)
    wrong = (
        Post("invitation", user=colleague), Post("password", person=somebody), Post("own_link", person=somebody),
        Post("invitation"), Post("invitation", person=somebody, user=colleague),
    )  # fmt: skip
    for one in wrong:
        with pytest.raises(ValueError, match="is for one"):
            write(lambda one=one: post(one, now=NOW))


@pytest.mark.parametrize("kind", TO_PEOPLE, ids=lambda kind: kind.name)
@pytest.mark.parametrize("how", ["deceased", "do_not_contact", "unsubscribed", "often", "suppressed and read in again"])
def test_no_letter_of_any_kind_leaves_once_its_recipient_is_to_be_left_alone(kind, how):
    has_postal_address()
    somebody = agreed()
    letter = make_letter(somebody, kind.name)
    before = {
        "deceased": lambda: note_death(somebody.id, on=NOW.date(), now=NOW),
        "do_not_contact": lambda: leave_alone(somebody.id, now=NOW),
        "unsubscribed": lambda: actions.unsubscribe(letter.id, now=NOW),
        "often": lambda: [_sent_before(somebody) for _each in range(3)],
        "suppressed and read in again": lambda: leave_alone(somebody.id, now=NOW),
    }  # fmt: skip
    write(before[how])
    if how.endswith("again"):
        write(lambda: db.session.execute(delete(Person)))
        letter = make_letter(agreed("MIA@example.org "), kind.name)
    expected = {
        "deceased": Why.DECEASED, "do_not_contact": Why.DO_NOT_CONTACT, "often": Why.OFTEN,
        "unsubscribed": Why.UNSUBSCRIBED, "suppressed and read in again": Why.DO_NOT_CONTACT,
    }[how]  # fmt: skip
    may_go = (how == "often" and not kind.is_counted) or (how == "unsubscribed" and not kind.is_bulk)
    assert [one.id for one in work_off()] == ([letter.id] if may_go else [])
    ended = stored(letter.id)
    assert (ended.state, ended.why) == ((State.SENT, None) if may_go else (State.HELD, expected))


def _sent_before(somebody):
    key = key_of(somebody.email)
    db.session.add(Letter(kind="reminder", state=State.SENT, address_hash=key, tried_at=NOW - timedelta(days=2)))


def test_the_limit_holds_among_letters_that_wait_together():
    somebody = make_person()
    letters = [make_letter(somebody, once=str(number)) for number in range(5)]
    assert len(work_off()) == 3
    assert [stored(one.id).why for one in letters] == [None, None, None, Why.OFTEN, Why.OFTEN]


def test_a_letter_in_a_workers_hands_counts_and_is_nobody_elses_until_its_lease_ends():
    letter = make_letter()
    assert taken().id == letter.id
    assert taken() is None
    again = taken(NOW + LEASE + timedelta(seconds=1))
    assert again.id == letter.id


def test_a_letter_goes_where_its_recipient_is_reached_now():
    somebody = make_person("old@example.org")
    make_letter(somebody)

    def move():
        db.session.get(Person, somebody.id).email = "new@example.org"

    write(move)
    assert taken().address == "new@example.org"


def test_the_language_is_what_was_chosen_before_what_is_known_of_somebody():
    make_letter(make_person(language="fr"))
    assert taken().language == "fr"
    key = key_of("nina@example.org")
    write(lambda: db.session.add(Preference(address_hash=key, language="de", at=NOW)))
    make_letter(make_person("nina@example.org", language="fr"))
    assert taken().language == "de"


def test_whoever_wishes_to_hear_less_often_does():
    somebody = make_person()
    key = key_of(somebody.email)
    write(lambda: actions.keep_choices(key, topics=["surveys"], language=None, least_days=60, now=NOW))
    letters = [make_letter(somebody), make_letter(somebody)]
    work_off()
    assert [stored(one.id).why for one in letters] == [None, Why.OWN_WISH]


def test_choices_can_be_made_again_and_a_no_to_all_is_taken_back_with_them():
    letter = make_letter(agreed(), "answer")
    write(lambda: actions.unsubscribe(letter.id, now=NOW))
    assert queries.suppressions([letter.address_hash])[letter.address_hash] == {"bulk"}
    write(
        lambda: actions.keep_choices(letter.address_hash, topics=["updates"], language="de", least_days=None, now=NOW)
    )
    assert queries.suppressions([letter.address_hash])[letter.address_hash] == {"surveys", "offers"}


def test_what_leaves_nothing_out_is_not_taken_back_by_choosing():
    somebody = make_person()
    write(lambda: leave_alone(somebody.id, now=NOW))
    key = key_of(somebody.email)
    write(
        lambda: actions.keep_choices(
            key, topics=["surveys", "updates", "offers"], language=None, least_days=None, now=NOW
        )
    )
    assert queries.suppressions([key])[key] == {"do_not_contact"}


def test_a_letter_that_shall_come_later_is_tried_again_and_at_last_given_up():
    letter, moment = make_letter(), NOW
    for tries in range(1, TRIES + 1):
        found = taken(moment)
        assert found.id == letter.id
        write(lambda at=moment: settle(Outcome(letter.id, State.QUEUED, Why.LATER, "450 not now"), now=at))
        assert stored(letter.id).tries == tries
        moment = stored(letter.id).due_at
    given_up = stored(letter.id)
    assert (given_up.state, given_up.why, given_up.server_words) == (State.FAILED, Why.LATER, "450 not now")
    assert write(lambda: actions.try_again(letter.id, now=moment))
    assert taken(moment).id == letter.id


def test_a_mail_server_that_is_away_costs_a_letter_none_of_its_tries():
    letter, moment = make_letter(), NOW
    for _each in range(TRIES + 2):
        assert taken(moment).id == letter.id
        write(lambda at=moment: settle(Outcome(letter.id, State.QUEUED, Why.UNREACHABLE, "refused"), now=at))
        assert taken(moment) is None
        moment += UNREACHABLE_WAIT + timedelta(seconds=1)
    assert (stored(letter.id).state, stored(letter.id).tries) == (State.QUEUED, 0)
    assert queries.unreachable_since()[1] == "refused"
    late = NOW + PATIENCE
    taken(late)
    write(lambda: settle(Outcome(letter.id, State.QUEUED, Why.UNREACHABLE, "refused"), now=late))
    assert stored(letter.id).state == State.FAILED


def test_patience_with_a_mail_server_begins_when_it_is_away_however_long_the_letter_has_waited():
    letter, late = make_letter(), NOW + PATIENCE * 2  # such as one of a large mailing with few letters an hour
    taken(late)
    write(lambda: settle(Outcome(letter.id, State.QUEUED, Why.UNREACHABLE, "refused"), now=late))
    assert stored(letter.id).state == State.QUEUED
    assert taken(late + timedelta(minutes=2)).id == letter.id


@pytest.mark.parametrize("how", ["it shall come later", "its worker died"])
def test_a_letter_under_way_is_not_tried_again_once_its_mailing_is_ended(how):
    mailing = write(lambda: actions.new_mailing(hours=Hours(), per_hour=None)).id
    letter = make_letter(mailing_id=mailing)
    assert taken().id == letter.id
    assert write(lambda: actions.take_back(mailing_id=mailing, now=NOW)) == 0
    if how == "it shall come later":
        write(lambda: settle(Outcome(letter.id, State.QUEUED, Why.LATER, "450 not now"), now=NOW))
    assert taken(NOW + timedelta(hours=1)) is None
    assert (stored(letter.id).state, stored(letter.id).why) == (State.STOPPED, Why.STOPPED)


def test_a_worker_that_has_held_letters_back_does_not_wait_for_an_address_that_another_one_has():
    if db.engine.dialect.name != "postgresql":
        return  # workers take turns there
    letters = [make_letter(make_person(address)) for address in ("mia@example.org", "lea@example.org")]
    write(lambda: actions.suppress("mia@example.org", "bulk", source="staff", now=NOW))
    number = zlib.crc32(key_of("lea@example.org").encode())
    with db.engine.connect() as other:
        other.execute(select(func.pg_advisory_xact_lock(number)))
        assert isinstance(taken(), Rests)
        assert stored(letters[0].id).state == State.HELD
    assert taken().id == letters[1].id


@pytest.mark.parametrize(("words", "bounces"), [("550 5.1.1 no such user", 1), ("552 5.2.2 the mailbox is full", 2)])
def test_an_address_from_which_letters_come_back_is_not_written_to(words, bounces):
    somebody = make_person()
    for number in range(bounces):
        letter = make_letter(somebody, once=str(number))
        found = taken()
        assert found.id == letter.id
        write(lambda id=letter.id: settle(refused(id, words), now=NOW))
    after = make_letter(somebody, "answer")
    assert taken() is None
    assert stored(after.id).why == Why.BOUNCED
    write(lambda: actions.write_to_again(after.id))
    assert queries.suppressions([after.address_hash]) == {}


def test_a_letter_that_was_refused_for_what_it_says_costs_its_recipient_nothing():
    somebody = make_person()
    for number in range(3):
        id = make_letter(somebody, "answer" if number else "invitation", once=str(number)).id
        write(lambda: agree(email=somebody.email, name="", purposes={"reply": "You may."}, now=NOW))
        assert taken().id == id
        write(lambda id=id: settle(refused(id, "554 5.7.1 spam", is_of_address=False), now=NOW))
    assert queries.suppressions([stored(id).address_hash]) == {}


def test_a_letter_comes_back_once():
    letter = make_letter()
    assert not write(lambda: actions.came_back(letter.id, "5.1.1", now=NOW))  # it was not sent yet
    work_off()
    assert write(lambda: actions.came_back(letter.id, "5.1.1", now=NOW))
    assert not write(lambda: actions.came_back(letter.id, "5.1.1", now=NOW))
    assert stored(letter.id).state == State.BOUNCED


def test_a_mailing_keeps_its_hours_and_no_more_than_so_many_an_hour_go():
    mailing = write(lambda: actions.new_mailing(hours=Hours(9, 18), per_hour=4))
    people = [make_person(f"p{number}@example.org") for number in range(6)]
    far = make_person("far@example.org", time_zone="Asia/Tokyo")  # 21:00 there
    write(lambda: post_all([Post("invitation", person=one, mailing_id=mailing.id) for one in [far, *people]], now=NOW))
    assert len(work_off()) == 4
    assert len(work_off(NOW + timedelta(minutes=59))) == 0
    assert len(work_off(NOW + timedelta(minutes=61))) == 2
    assert [one.address for one in work_off(NOW + timedelta(hours=12, minutes=1))] == ["far@example.org"]


def test_a_mailing_that_is_stopped_lets_nothing_go_until_it_goes_on():
    mailing = write(lambda: actions.new_mailing(hours=Hours(), per_hour=None))
    people = [make_person(f"p{number}@example.org") for number in range(3)]
    write(lambda: post_all([Post("invitation", person=one, mailing_id=mailing.id) for one in people], now=NOW))
    assert taken().address == "p0@example.org"
    write(lambda: actions.stop(mailing.id, now=NOW))
    assert taken() is None
    write(lambda: actions.go_on(mailing.id))
    assert taken().address == "p1@example.org"
    assert write(lambda: actions.take_back(mailing_id=mailing.id, now=NOW)) == 1
    assert queries.counts_of_mailing(mailing.id) == {("sending", "stopped"): 2, ("stopped", "stopped"): 1}


def test_a_domain_rests_when_it_has_had_its_minute():
    key, many = "0" * 64, PER_DOMAIN
    values = [
        {"kind": "notices", "state": "sent", "domain": "example.org", "address_hash": key, "tried_at": NOW}
    ] * many
    write(lambda: db.session.add_all(Letter(**one) for one in values))
    make_letter(make_person("a@example.org"))
    other = make_letter(make_person("b@example.net"))
    assert taken() == Rests("example.org")
    found = write(lambda: take(without_domains=["example.org"], now=NOW))
    assert found.id == other.id


def test_addresses_are_forgotten_a_month_after_the_end_and_a_no_is_still_understood():
    letter = make_letter()
    work_off()
    later = NOW + timedelta(days=31)
    assert write(lambda: actions.forget_addresses(now=later)) == 1
    assert stored(letter.id).address is None
    assert write(lambda: actions.unsubscribe(letter.id, now=later))
    somebody = db.session.get(Person, letter.person_id)
    db.session.expunge(somebody)
    next_letter = make_letter(somebody, now=later)
    work_off(later)
    assert stored(next_letter.id).why == Why.UNSUBSCRIBED


def test_two_times_no_is_one_no():
    letter = make_letter()
    for _each in range(2):
        assert write(lambda: actions.unsubscribe(letter.id, now=NOW))
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 1


def test_a_letter_to_somebody_who_was_deleted_does_not_go():
    letter = make_letter()
    write(lambda: db.session.execute(delete(Person)))
    assert taken() is None
    assert stored(letter.id).why == Why.GONE


def test_the_outbox_is_found_by_state_reason_kind_and_address():
    make_letter(make_person("a@example.org"))
    held = make_letter(make_person(None))
    work_off(most=1)
    work_off()
    assert [one.id for one in queries.letters(state="held").items] == [held.id]
    assert queries.count_letters(why="no_address") == 1
    assert queries.count_letters(kind="invitation") == 2
    assert queries.count_letters(address=" A@example.org") == 1
    assert queries.counts() == {("sent", None): 1, ("held", "no_address"): 1}
