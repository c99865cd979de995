"""What recipients can do by the links in letters, and whoever types an address: pages that change nothing until a button is pressed."""

import hashlib
import re

import pytest
import time_machine
from sqlalchemy import delete, func, select, update

from survey.access.models import Invite, User
from survey.customers.actions import leave_alone
from survey.customers.models import Person
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.limits import RateCount
from survey.letters import queries
from survey.letters.actions import forget_addresses, suppress
from survey.letters.limits import PER_MAILBOX
from survey.letters.models import Letter, Preference, Suppression
from survey.letters.rules.states import State, Why
from tests.factories.letters import NOW, make_letter, make_person, stored, work_off
from tests.factories.people import enter, make_user, sign_in, submit
from tests.factories.surveys import from_template, hidden, personal_link
from tests.responses.test_link_by_mail import left_for_later

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def app(lean_app):
    with time_machine.travel(NOW, tick=False):
        yield lean_app


@pytest.fixture
def links(app):
    return app.extensions["hearback.links"]


def path(address):
    return address.removeprefix("http://127.0.0.1:8000")


def scopes():
    return sorted(db.session.scalars(select(Suppression.scope)))


def suppressed(letter):
    return queries.suppressions([letter.address_hash]).get(letter.address_hash, frozenset())


def whole_database():
    """The number of rows of every table, and a hash of all that they hold."""
    found = {}
    for table in db.metadata.sorted_tables:
        rows = sorted(repr(tuple(row)) for row in db.session.execute(table.select()))
        found[table.name] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    db.session.rollback()
    return found


def mailed(app, client, links):
    """Every address that a letter may carry."""
    letter, survey, waits = make_letter(), from_template(), left_for_later(client)[1]
    somebody = write(lambda: make_reader().id)
    admin = make_user(app, "admin", email="ada@example.org")
    ask(client, "/forgot", admin.email)
    sign_in(client, user=admin)
    submit(client, "/settings/people", {"email": "bo@example.org", "role": "staff"})
    one_time = [f"/{one.purpose}/{links.own_token(one.purpose, one.id)}" for one in db.session.scalars(select(Invite))]
    assert len(one_time) == 2
    return [
        path(links.unsubscribe(letter.id)), path(links.choices(letter.id)), personal_link(survey, somebody), *one_time,
        waits, "/letters", "/forgot", "/s/spring",
    ]  # fmt: skip


def make_reader():
    somebody = Person(name="Mia", email="reader@example.org")
    db.session.add(somebody)
    db.session.flush()
    return somebody


def ask(client, page, email, **fields):
    return client.post(page, data={**hidden(client.get(page).text), "email": email, **fields})


# ---- opening changes nothing ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_whoever_opens_a_mailed_address_changes_nothing_however_often(app, client, links):
    addresses = mailed(app, client, links)
    stranger = app.test_client()
    before = whole_database()
    for address in addresses:
        for _each in range(3):
            for opened in (stranger.get(address), stranger.head(address)):
                assert opened.status_code == 200, address
                if address.startswith(("/u/", "/letters", "/forgot")):
                    assert "Set-Cookie" not in opened.headers, address
                    assert len(opened.data) < 10_000
    assert whole_database() == before


def test_the_page_to_unsubscribe_has_one_button_and_no_script(client, links):
    page = client.get(path(links.unsubscribe(make_letter().id)))
    assert page.text.count("<button") == 1
    assert "<script" not in page.text
    assert "m…@example.org" in page.text
    assert "mia@example.org" not in page.text


@pytest.mark.parametrize("address", ["/u/{}", "/letters/{}"])
def test_a_link_that_is_none_of_ours_says_so_and_changes_nothing(client, links, address):
    token = links.token(make_letter().id)
    before = whole_database()
    for wrong in (
        "nonsense",
        token[:-1],
        f"{'A' if token[0] != 'A' else 'B'}{token[1:]}",
        links.bounce_token(make_letter(once="2").id),
    ):
        for answer in (client.get(address.format(wrong)), client.post(address.format(wrong), data=ONE_CLICK)):
            assert answer.status_code == 404
            assert "This link is none of ours" in answer.text
    assert whole_database()["suppression"] == before["suppression"]


# ---- saying no ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_one_click_twice_is_one_unsubscription(client, links):
    letter = make_letter()
    answers = [client.post(path(links.unsubscribe(letter.id)), data=ONE_CLICK) for _each in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "Set-Cookie" not in answers[0].headers
    assert scopes() == ["surveys"]
    assert "Questions about how it was" in answers[0].text
    assert path(links.choices(letter.id)) in answers[0].text


def test_who_unsubscribes_while_a_letter_waits_does_not_get_it(client, links):
    somebody = make_person()
    first, waits = make_letter(somebody), make_letter(somebody, once="second")
    client.post(path(links.unsubscribe(first.id)), data=ONE_CLICK)
    assert work_off() == []
    assert (stored(waits.id).state, stored(waits.id).why) == (State.HELD, Why.UNSUBSCRIBED)


def test_saying_no_to_a_letter_that_was_asked_for_is_saying_no_to_what_was_not(client, links):
    letter = make_letter(None, "answer")
    client.post(path(links.unsubscribe(letter.id)), data=ONE_CLICK)
    assert scopes() == ["bulk"]


def test_a_no_is_understood_when_the_address_is_forgotten_and_the_person_deleted(client, links):
    letter = make_letter()
    work_off()
    with time_machine.travel(NOW.replace(year=2027), tick=False):
        write(lambda: forget_addresses(now=now()))
        write(lambda: db.session.execute(update(Letter).values(person_id=None)) and db.session.execute(delete(Person)))
        assert stored(letter.id).address is None
        assert client.post(path(links.unsubscribe(letter.id)), data=ONE_CLICK).status_code == 200
        page = client.get(path(links.choices(letter.id)))
        assert page.status_code == 200
        assert "@" not in re.sub(r"<style.*?</style>|@media", "", page.text)
        client.post(path(links.choices(letter.id)), data={"topics": ["updates"], "how_often": "30", "language": ""})
    assert suppressed(letter) == {"surveys", "offers"}


def test_who_is_read_in_again_stays_unsubscribed(app, client, links, tmp_path):
    letter = make_letter(make_person("mia@example.org", external_id="1"))
    client.post(path(links.unsubscribe(letter.id)), data=ONE_CLICK)
    write(lambda: suppress("lea@example.org", "erased", source="staff", now=NOW))
    write(lambda: db.session.execute(update(Letter).values(person_id=None)) and db.session.execute(delete(Person)))
    file = tmp_path / "people.csv"
    file.write_text("external_id,name,email\n1,Mia,Mia@Example.org\n2,Lea,lea@example.org\n")
    done = app.test_cli_runner().invoke(args=["customers", "import", str(file)])
    assert done.exit_code == 0, done.output
    people = {one.name: one for one in db.session.scalars(select(Person))}
    db.session.expunge_all()
    letters = [make_letter(people[name], once=f"again {name}") for name in ("Mia", "Lea")]
    assert work_off() == []
    assert [stored(letter.id).why for letter in letters] == [Why.UNSUBSCRIBED, Why.ERASED]


# ---- choosing -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_what_is_chosen_is_kept_and_shown(client, links):
    letter = make_letter()
    address = path(links.choices(letter.id))
    kept = client.post(address, data={"topics": ["surveys", "offers"], "how_often": "91", "language": "en"})
    assert kept.status_code == 200
    assert "Your choice is kept" in kept.text
    assert suppressed(letter) == {"updates"}
    wish = db.session.get(Preference, letter.address_hash)
    assert (wish.least_days, wish.language) == (91, "en")
    ticked = re.findall(r'value="(\w+)" checked', client.get(address).text)
    assert ticked[:3] == ["surveys", "offers", "91"]


def test_nothing_at_all_is_one_button_whatever_is_ticked(client, links):
    letter = make_letter()
    client.post(
        path(links.choices(letter.id)), data={"topics": ["surveys"], "how_often": "0", "language": "", "nothing": "y"}
    )
    assert suppressed(letter) == {"surveys", "updates", "offers"}


def test_what_nobody_offers_cannot_be_chosen(client, links):
    letter = make_letter()
    for wrong in ({"topics": "all"}, {"how_often": "1"}, {"language": "xx"}):
        data = {"topics": ["surveys"], "how_often": "0", "language": "", **wrong}
        assert client.post(path(links.choices(letter.id)), data=data).status_code == 422
    assert scopes() == []


def test_choosing_does_not_change_that_somebody_is_left_alone(client, links):
    somebody = make_person()
    letter = make_letter(somebody)
    write(lambda: leave_alone(somebody.id, now=NOW))
    page = client.get(path(links.choices(letter.id)))
    assert "We do not write to this address any more, whatever is chosen here" in page.text
    client.post(path(links.choices(letter.id)), data={"topics": ["surveys"], "how_often": "0", "language": ""})
    assert "do_not_contact" in suppressed(letter)


def test_pages_speak_the_language_of_the_letter(client, links):
    letter = make_letter(make_person(language="de"))
    page = client.get(path(links.unsubscribe(letter.id)), headers={"Accept-Language": "en"})
    assert '<html lang="de"' in page.text
    assert '<html lang="en"' in client.get(f"{path(links.unsubscribe(letter.id))}?lang=en").text


# ---- by typing an address ---------------------------------------------------------------------------------------------


def posted(kind):
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind)))


@pytest.mark.usefixtures("both_databases")
def test_the_words_are_the_same_whether_an_address_is_known_or_not(client):
    make_person("known@example.org")
    pages = [ask(client, "/letters", email) for email in ("known@example.org", "other@example.org")]
    assert pages[0].status_code == pages[1].status_code == 200
    assert pages[0].text.replace("known@", "other@") == pages[1].text
    assert [letter.address for letter in posted("choices")] == ["known@example.org"]


def test_an_address_is_asked_for_again_where_it_cannot_be_one(client):
    assert ask(client, "/letters", "mia").status_code == 422
    assert client.post("/letters", data={"email": "mia@example.org"}).status_code == 400  # from no page of ours


def test_a_mailbox_that_is_bombed_gets_three_letters(client):
    def add():
        for number in range(200):
            db.session.add(Person(name="Mia", email=f"mia+{number}@example.org"))

    write(add)
    form = hidden(client.get("/letters").text)
    statuses = []
    for number in range(500):  # from many networks
        visitor = f"10.{number % 250}.{number // 250}.7"
        sent = client.post(
            "/letters", data={**form, "email": f"Mia+{number % 200}@example.org"}, environ_base={"REMOTE_ADDR": visitor}
        )
        statuses.append(sent.status_code)
    assert set(statuses) == {200}
    assert len(posted("choices")) == PER_MAILBOX.amount == 3
    assert not [one.key for one in db.session.scalars(select(RateCount)) if "mia" in one.key or "10." in one.key]


def test_one_network_may_not_ask_for_ever(client):
    form = hidden(client.get("/letters").text)

    def asks(number, visitor):
        data = {**form, "email": f"somebody{number}@example.org"}
        return client.post("/letters", data=data, environ_base={"REMOTE_ADDR": visitor}).status_code

    assert [asks(number, "192.0.2.1") for number in range(12)] == [200] * 10 + [429] * 2
    neighbours = [asks(number, f"192.0.2.{number}") for number in range(20, 80)]
    assert 429 in neighbours
    assert asks(99, "198.51.100.1") == 200


# ---- a new password ---------------------------------------------------------------------------------------------------


def test_a_forgotten_password_is_told_in_the_same_words_whether_somebody_works_here_or_not(app, client):
    user = make_user(app, "staff", email="ada@example.org")
    make_user(app, "staff", email="closed@example.org", active=False)
    emails = ("ada@example.org", "nobody@example.org", "closed@example.org")
    pages = {ask(client, "/forgot", email).text.replace(email, "") for email in emails}
    assert len(pages) == 1
    assert [letter.user_id for letter in posted("password")] == [user.id]


def test_the_letter_leads_to_a_new_password_and_nothing_stored_does(app, client):
    make_user(app, "staff", email="ada@example.org")
    ask(client, "/forgot", "ada@example.org")
    app.extensions["hearback.work_off"]()
    message = next((app.extensions["hearback.config"].instance_path / "mail").glob("*.eml")).read_text()
    link = re.search(r"http://127.0.0.1:8000(/password/[\w=-]+)", message.replace("=\n", ""))[1]
    token = link.rpartition("/")[2]
    rows = [repr(tuple(row)) for table in db.metadata.sorted_tables for row in db.session.execute(table.select())]
    assert not [row for row in rows if token in row]
    words = "five blue chairs inside"
    assert submit(client, link, {"password": words, "again": words}).status_code == 303
    assert enter(client, "ada@example.org", words).status_code == 303


def test_asking_does_not_take_away_the_link_that_an_admin_made(app, client):
    sign_in(client, "admin")
    page = submit(client, "/settings/people", {"email": "bo@example.org", "role": "staff"}, page="/settings/people")
    link = re.search(r"/join/[\w-]+", client.get(page.location).text)[0]
    ask(app.test_client(), "/forgot", "bo@example.org")
    assert app.test_client().get(link).status_code == 200
    assert len(posted("join")) == 2


def test_a_used_link_is_not_mailed_any_more(app, client, links):
    make_user(app, "staff", email="ada@example.org")
    ask(client, "/forgot", "ada@example.org")
    invite = db.session.scalars(select(Invite)).one()
    address, words = f"/password/{links.own_token('password', invite.id)}", "five blue chairs inside"
    submit(client, address, {"password": words, "again": words})
    app.extensions["hearback.work_off"]()
    assert [(letter.state, letter.why) for letter in posted("password")] == [(State.HELD, Why.GONE)]
    assert db.session.scalar(select(func.count()).select_from(User)) == 1
