"""What staff see of letters and do with them: the outbox, one letter, writing by hand, who is not written to."""

import io
import re

import pytest
import time_machine
from sqlalchemy import func, select

from survey.access.models import AuditEntry, Invite
from survey.customers.actions import agree
from survey.customers.models import Person
from survey.foundation.db import db, write
from survey.letters import queries
from survey.letters.actions import Outcome, settle, suppress, take
from survey.letters.models import Letter, Suppression
from survey.letters.rules.lists import addresses_in
from survey.letters.rules.states import State, Why
from tests.factories.letters import NOW, make_letter, make_person, stored, work_off
from tests.factories.people import make_user, sign_in, submit
from tests.factories.surveys import hidden


@pytest.fixture
def app(lean_app):
    with time_machine.travel(NOW, tick=False):
        yield lean_app


def outcome(state, why=None, words=""):
    """Let the letter that is due end like this."""
    taken = write(lambda: take(without_domains=(), now=NOW))
    write(lambda: settle(Outcome(taken.id, state, why, words, is_of_address=True), now=NOW))
    return taken.id


def agreed(*purposes):
    return write(
        lambda: agree(email="mia@example.org", name="Mia", purposes=dict.fromkeys(purposes, "You may."), now=NOW).id
    )


def audited():
    return set(db.session.scalars(select(AuditEntry.what)))


# ---- the outbox -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_the_counts_are_those_of_the_lists(client):
    somebody = make_person()
    for number in range(2):
        make_letter(somebody, once=str(number))
    work_off()
    make_letter(make_person("lea@example.org"))
    outcome(State.BOUNCED, Why.REFUSED, "550 5.1.1 nobody here")
    make_letter(make_person("lea@example.org"), "reminder")
    work_off()
    make_letter(make_person("zoe@example.org"), "reminder")
    sign_in(client, "staff")
    for rest in ("", "kind=reminder", "address=Lea@example.org"):
        page = client.get(f"/outbox?{rest}").text
        views = re.findall(r'href="(/outbox[^"]*)"[^>]*>[\w ]+ \((\d+)\)', page)
        assert len(views) > 1
        for address, number in views:
            assert client.get(address.replace("&amp;", "&")).text.count("<li>\n<span><a href=") == int(number), address


def test_a_long_outbox_is_read_page_by_page(client):
    somebody = make_person()
    write(lambda: [db.session.add(Letter(kind="answer", person_id=somebody.id)) for _each in range(60)])
    sign_in(client)
    first = client.get("/outbox").text
    rest = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert first.count("<li>\n<span><a href=") + client.get(rest).text.count("<li>\n<span><a href=") == 60


def test_addresses_are_whole_for_leaders_and_masked_for_others(app, client):
    letter = make_letter()
    outcome(State.BOUNCED, Why.REFUSED, "550 5.1.1 <mia@example.org>: nobody here")
    sign_in(client, "staff")
    other = app.test_client()
    sign_in(other, "leader")
    for page in ("/outbox", f"/outbox/{letter.id}"):
        assert "mia@example.org" not in client.get(page).text
        assert "m…@example.org" in client.get(page).text
        assert "mia@example.org" in other.get(page).text


def test_an_outbox_without_letters_says_what_will_stand_there(client):
    sign_in(client)
    page = client.get("/outbox").text
    assert "Letters will stand here" in page
    assert "instance/mail" in page


def test_the_outbox_says_since_when_the_mail_server_is_away(client):
    make_letter()
    outcome(State.QUEUED, Why.UNREACHABLE, "connection refused")
    sign_in(client)
    page = client.get("/outbox").text
    assert "has not been reached since 20 Oct 2026, 12:00" in page
    assert "connection refused" in page


# ---- one letter -----------------------------------------------------------------------------------------------------


def test_a_letter_is_shown_without_the_secrets_of_its_links(app, client):
    admin = make_user(app, "admin", email="ada@example.org")
    client.post("/forgot", data={**hidden(client.get("/forgot").text), "email": "ada@example.org"})
    letter, invite = db.session.scalars(select(Letter)).one(), db.session.scalars(select(Invite)).one()
    token = app.extensions["hearback.links"].own_token("password", invite.id)
    sign_in(client, user=admin)
    for address in (f"/outbox/{letter.id}", f"/outbox/{letter.id}/preview"):
        page = client.get(address).text
        assert "Choose a new password" in page
        assert token not in page
    assert "/password/…" in client.get(f"/outbox/{letter.id}").text


def test_a_letter_to_a_colleague_is_for_them_and_for_admins(app, client):
    make_user(app, "leader", email="ada@example.org")
    client.post("/forgot", data={**hidden(client.get("/forgot").text), "email": "ada@example.org"})
    letter = db.session.scalars(select(Letter)).one()
    sign_in(client, "staff")
    assert "only they and admins read it" in client.get(f"/outbox/{letter.id}").text
    assert client.get(f"/outbox/{letter.id}/preview").status_code == 404


def test_a_letter_that_waits_can_be_taken_back_once(client):
    letter = make_letter()
    sign_in(client, "staff")
    for words in ("The letter is taken back.", "It was too late"):
        answer = submit(client, f"/outbox/{letter.id}/take-back", page="/outbox/suppressed")
        assert words in client.get(answer.location).text
    assert stored(letter.id).state == State.STOPPED
    assert work_off() == []
    assert db.session.scalar(select(func.count()).where(AuditEntry.what == "letter taken back")) == 1


def test_a_letter_that_was_given_up_is_tried_again(client):
    id = make_letter().id
    assert outcome(State.FAILED, Why.LATER) == id
    sign_in(client, "staff")
    assert "Try again" in client.get(f"/outbox/{id}").text
    submit(client, f"/outbox/{id}/again", page="/outbox/suppressed")
    assert stored(id).state == State.QUEUED


def test_only_what_came_back_is_written_to_again(client):
    id = make_letter().id
    outcome(State.BOUNCED, Why.REFUSED, "550 5.1.1 nobody here")
    write(lambda: suppress("mia@example.org", "surveys", source="letter", now=NOW))
    sign_in(client, "staff")
    submit(client, f"/outbox/{id}/write-again", page="/outbox/suppressed")
    assert list(db.session.scalars(select(Suppression.scope))) == ["surveys"]
    assert "address written to again" in audited()


# ---- by hand --------------------------------------------------------------------------------------------------------


def test_a_letter_by_hand_is_shown_and_then_sent(app, client):
    id = agreed("reply")
    sign_in(client, "staff")
    page, words = (
        f"/people/{id}/write",
        {"kind": "answer", "subject": "You waited", "words": "Dear Mia,\n\n<b>sorry</b>."},
    )
    assert "Did not agree to this kind of letter" in client.get(page).text  # beside those that may not go
    shown = submit(client, page, {**words, "step": "show"}).text
    assert "&lt;b&gt;sorry&lt;/b&gt;." in shown
    assert db.session.scalars(select(Letter)).all() == []
    sent = client.post(page, data={**hidden(shown), "step": "send"})
    assert sent.status_code == 303
    app.extensions["hearback.work_off"]()
    message = next((app.extensions["hearback.config"].instance_path / "mail").glob("*.eml")).read_text()
    assert "Subject: You waited" in message
    assert "&lt;b&gt;sorry&lt;/b&gt;." in message
    assert "letter written" in audited()
    assert "You waited" in client.get(sent.location).text


def test_a_letter_that_may_not_go_is_not_posted(client):
    id = agreed("updates")
    sign_in(client, "staff")
    words = {"subject": "You waited", "words": "Sorry.", "step": "send"}
    refused = submit(client, f"/people/{id}/write", {**words, "kind": "answer"})
    assert refused.status_code == 422
    assert "Did not agree to this kind of letter." in refused.text
    assert submit(client, f"/people/{id}/write", {**words, "kind": "password"}).status_code == 422
    assert db.session.scalars(select(Letter)).all() == []


# ---- a person -------------------------------------------------------------------------------------------------------


def test_a_person_is_left_alone_at_once_after_a_question(client):
    somebody = make_person(name="Mia")
    waits = make_letter(somebody)
    sign_in(client, "staff")
    for page, words, data in (
        ("alone", "Wants no letters and no calls", {}),
        ("died", "Has died", {"on": "2026-10-01"}),
    ):
        assert client.get(f"/people/{somebody.id}/{page}").status_code == 200
        assert submit(client, f"/people/{somebody.id}/{page}", data).status_code == 303
        assert words in client.get(f"/people/{somebody.id}").text
    assert {"person left alone", "death noted"} <= audited()
    assert work_off() == []
    assert stored(waits.id).why == Why.DECEASED
    assert set(db.session.scalars(select(Suppression.scope))) == {"do_not_contact", "deceased"}


def test_a_death_does_not_lie_ahead(client):
    somebody = make_person()
    sign_in(client, "staff")
    assert submit(client, f"/people/{somebody.id}/died", {"on": "2026-10-21"}).status_code == 422
    assert db.session.get(Person, somebody.id).deceased_on is None


def test_the_letters_to_a_person_stand_on_their_page(client):
    somebody = make_person(name="Mia")
    letter = make_letter(somebody)
    sign_in(client, "staff")
    page = client.get(f"/people/{somebody.id}").text
    assert f"/outbox/{letter.id}" in page
    assert "Invitation to a survey" in page


# ---- who is not written to --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_an_address_is_looked_up_and_added(client):
    sign_in(client, "staff")
    assert (
        "said no to nothing" in submit(client, "/outbox/suppressed", {"email": "Mia@example.org", "step": "look"}).text
    )
    submit(client, "/outbox/suppressed", {"email": "Mia@example.org", "step": "add"})
    found = submit(client, "/outbox/suppressed", {"email": "mia@example.org", "step": "look"}).text
    assert "Everything: they want no letter at all: noted by your team" in found
    assert queries.count_suppressed() == {"do_not_contact": 1}
    assert "mia@" not in client.get("/outbox/suppressed").text


def test_a_list_is_read_in_pasted_or_from_a_file(client):
    sign_in(client, "staff")
    pasted = {"scope": "bulk", "pasted": "name;email\nMia;Mia@example.org\nLea <lea@example.org>, mia@example.org"}
    file = {"scope": "bulk", "file": (io.BytesIO(b"email\nzoe@example.org\n"), "list.csv")}
    for data in (pasted, file):
        assert submit(client, "/outbox/suppressed/list", data, page="/outbox/suppressed").status_code == 303
    assert queries.count_suppressed() == {"bulk": 3}
    nothing = submit(
        client, "/outbox/suppressed/list", {"scope": "bulk", "pasted": "nobody"}, page="/outbox/suppressed"
    )
    assert nothing.status_code == 422
    assert "There is no address in it." in nothing.text


def test_addresses_are_found_whatever_stands_beside_them():
    listed = addresses_in('name,email\n"Lea","LEA@example.org"\n\nLea <lea@example.org>; mia@example.org\nnobody\n')
    assert listed.addresses == ("lea@example.org", "mia@example.org")
    assert listed.lines_without == (1, 5)
