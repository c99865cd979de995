"""No letter of any kind goes by any way past the one rule; every kind has its words, and nothing else sends."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from survey.customers.actions import agree, leave_alone, note_death
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.letters.actions import Post, key_of, post, suppress, unsubscribe
from survey.letters.jobs import send_letters
from survey.letters.models import Letter
from survey.letters.rules.kinds import KINDS, To
from survey.letters.rules.states import State, Why
from survey.organisation.models import Organisation
from survey.reactions import LETTERS
from tests.factories.letters import make_person, stored
from tests.house.test_code import CODE, ROOT

TO_CUSTOMERS = [kind for kind in KINDS.values() if kind.to != To.STAFF]
WAYS = ("deceased", "do_not_contact", "unsubscribed", "over the limit", "deleted before", "bounced", "another record")


def test_every_kind_of_letter_has_its_words_and_no_other_has():
    assert set(LETTERS) == set(KINDS)


def test_letters_leave_the_house_by_one_door():
    sends = [path.relative_to(ROOT).as_posix() for path in CODE if re.search(r"hearback\.post\"\]", path.read_text())]
    assert set(sends) <= {"survey/app.py", "survey/letters/jobs.py", "survey/foundation/commands.py"}
    takes = [
        path.relative_to(ROOT).as_posix()
        for path in CODE
        if re.search(r"State\.SENDING,|actions\.take\(", path.read_text())
    ]
    assert set(takes) <= {"survey/letters/actions.py", "survey/letters/jobs.py", "survey/letters/queries.py"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", TO_CUSTOMERS, ids=lambda kind: kind.name)
def test_nothing_leaves_for_somebody_who_is_to_be_left_alone(sqlite_app, kind, way):
    write(lambda: db.session.add(Organisation(id=1, postal_address="1 High Street")))
    somebody = agreed("mia@example.org")
    letter_id = write(lambda: _post(kind, somebody))
    assert letter_id
    _leave_alone(way, somebody, letter_id)
    if way == "another record":
        letter_id = write(lambda: _post(kind, agreed("MIA@example.org")))
    sent, ended = send_letters(), stored(letter_id)
    free = (way == "over the limit" and not kind.is_counted) or (way == "unsubscribed" and not kind.is_bulk)
    if not free:
        assert sent == 0
        assert list((sqlite_app.extensions["hearback.config"].instance_path / "mail").glob("*")) == []
        assert ended.state == State.HELD
        assert ended.why in (Why.DECEASED, Why.DO_NOT_CONTACT, Why.UNSUBSCRIBED, Why.OFTEN, Why.ERASED, Why.BOUNCED)


def agreed(email):
    purposes = dict.fromkeys(("reply", "updates", "quote", "win_back"), "You may.")
    return write(lambda: agree(email=email, name="Mia", purposes=purposes, now=now()))


def _post(kind, somebody):
    to = {"person": somebody} if kind.to == To.PERSON else {"address": somebody.email}
    return post(Post(kind.name, about=uuid4(), said={"subject": "Hello", "words": "Hello."}, **to), now=now())


def _leave_alone(way, somebody, letter_id):
    email, id = somebody.email, somebody.id
    {
        "deceased": lambda: write(lambda: note_death(id, on=now().date(), now=now())),
        "do_not_contact": lambda: write(lambda: leave_alone(id, now=now())),
        "unsubscribed": lambda: write(lambda: unsubscribe(letter_id, now=now())),
        "over the limit": lambda: [write(lambda: _sent_before(email)) for _each in range(3)],
        "deleted before": lambda: write(lambda: suppress(email, "erased", source="staff", now=now())),
        "bounced": lambda: write(lambda: suppress(email, "bounced", source="bounce", now=now())),
        "another record": lambda: write(lambda: leave_alone(id, now=now())),
    }[way]()  # fmt: skip


def _sent_before(email):
    before = now() - timedelta(days=2)
    db.session.add(Letter(kind="reminder", state=State.SENT, address_hash=key_of(email), tried_at=before))


def test_a_person_without_an_address_is_told_apart(sqlite_app):
    id = write(lambda: post(Post("invitation", person=make_person(None)), now=now()))
    send_letters()
    assert stored(id).why == Why.NO_ADDRESS
