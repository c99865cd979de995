"""One-time links: to claim an installation, to join, to set a new password."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from survey.access import actions, queries
from survey.access.models import Invite, User
from survey.access.rules import LIFETIMES
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.tokens import digest
from tests.factories.people import PASSWORD, enter, make_user, sign_in, submit

NEW = "five blue tables inside"
PATHS = {"claim": "/setup/", "join": "/join/", "password": "/password/"}
PURPOSES = list(PATHS)


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def make_token(app, purpose, *, at=None):
    """A link for each purpose, in an installation where it can be used."""
    moment = at or now()
    if purpose == "claim":
        return write(lambda: actions.claim_link(moment))
    user = make_user(app, "staff", has_password=purpose == "password")
    return write(lambda: actions.make_link(queries.user(user.id), by=None, now=moment))[1]


def follow(client, purpose, token, **fields):
    """Open a link and send its form."""
    data = {"name": "Bo", "email": "bo@example.org", "password": NEW, "again": NEW, **fields}
    return submit(client, PATHS[purpose] + token, data)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_is_good_for_its_own_purpose_alone(client, purpose):
    token = make_token(client.application, purpose)
    for other, path in PATHS.items():
        expected = 200 if other == purpose else 404
        assert client.get(path + token).status_code == expected, other
        if other != purpose:
            with pytest.raises(NotFound):
                write(lambda other=other: actions.accept(token, purpose=other, password_hash="x", now=now()))
    assert follow(client, purpose, token).status_code == 303


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_works_once(client, purpose):
    token = make_token(client.application, purpose)
    for _ in range(3):
        assert client.get(PATHS[purpose] + token).status_code == 200
    assert follow(client, purpose, token).status_code == 303
    answer = client.get(PATHS[purpose] + token)
    assert answer.status_code == 404
    assert "used already, is too old, or was never one" in answer.text


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_ends_after_its_time(client, purpose):
    fresh = now() - LIFETIMES[purpose] + timedelta(minutes=1)
    assert client.get(PATHS[purpose] + make_token(client.application, purpose, at=fresh)).status_code == 200
    old = now() - LIFETIMES[purpose]
    assert client.get(PATHS[purpose] + make_token(client.application, purpose, at=old)).status_code == 404


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize("purpose", PURPOSES)
def test_twenty_at_once_use_a_link_once(app, purpose):
    token, barrier, won = make_token(app, purpose), Barrier(20), []

    def use(number):
        with app.app_context():
            barrier.wait()
            try:
                email = f"n{number}@example.org"
                write(
                    lambda: actions.accept(token, purpose=purpose, password_hash="x", name="N", email=email, now=now())
                )
                won.append(number)
            except NotFound:
                pass

    threads = [Thread(target=use, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize("purpose", PURPOSES)
def test_only_the_hash_of_a_link_is_kept(app, purpose):
    token = make_token(app, purpose)
    row = db.session.scalars(db.select(Invite)).one()
    assert row.token_hash == digest(token)
    assert len(token) >= 32
    assert token not in repr(vars(row))


def test_a_guess_is_told_no_more_than_a_used_link(client):
    token = make_token(client.application, "join")
    follow(client, "join", token)
    pages = [client.get(f"/join/{guess}").text.split("Reference")[0] for guess in (token, "guess", "a" * 500)]
    assert len(set(pages)) == 1


def test_looking_at_a_link_changes_nothing(client):
    token = make_token(client.application, "join")
    before = db.session.execute(db.text("SELECT count(*), min(used_at) FROM invite")).one()
    client.get(f"/join/{token}")
    client.head(f"/join/{token}")
    assert db.session.execute(db.text("SELECT count(*), min(used_at) FROM invite")).one() == before


@pytest.mark.usefixtures("both_databases")
def test_who_claims_a_new_installation_becomes_its_admin_and_is_signed_in(client):
    token = make_token(client.application, "claim")
    answer = follow(client, "claim", token, name="Ada", email=" Ada@Example.org ")
    assert answer.location == "/settings"
    assert client.get("/settings").status_code == 200
    user = db.session.scalars(db.select(User)).one()
    assert (user.email, user.name, user.role) == ("ada@example.org", "Ada", "admin")


def test_a_claimed_installation_cannot_be_claimed(client):
    token = make_token(client.application, "claim")
    make_user(client.application, "admin")
    assert client.get(f"/setup/{token}").status_code == 404
    assert write(lambda: actions.claim_link(now())) is None


@pytest.mark.usefixtures("both_databases")
def test_an_admin_who_cannot_sign_in_yet_or_any_more_does_not_count(app):
    make_user(app, "admin", has_password=False)
    make_user(app, "admin", active=False)
    make_user(app, "leader")
    assert write(lambda: actions.claim_link(now()))


def test_each_start_makes_the_claim_anew_and_the_old_one_dies(client):
    first, second = (make_token(client.application, "claim") for _ in range(2))
    assert client.get(f"/setup/{first}").status_code == 404
    assert client.get(f"/setup/{second}").status_code == 200


def test_who_joins_chooses_name_and_password_and_keeps_the_role_given(client):
    user, token = write(lambda: actions.invite("Bo@example.org", role="viewer", by=None, now=now()))
    assert "a viewer" in client.get(f"/join/{token}").text
    assert follow(client, "join", token, name="Bo", email="admin@example.org", role="admin").status_code == 303
    stored = db.session.get(User, user.id)
    assert (stored.email, stored.name, stored.role) == ("bo@example.org", "Bo", "viewer")
    assert enter(client.application.test_client(), "bo@example.org", NEW).status_code == 303


def test_the_role_of_who_joins_is_the_one_of_now(client):
    user, token = write(lambda: actions.invite("bo@example.org", role="admin", by=None, now=now()))
    write(lambda: actions.change_role(queries.user(user.id), "staff", by=None))
    follow(client, "join", token)
    assert db.session.get(User, user.id).role == "staff"


def test_following_a_link_leaves_no_session_of_whoever_was_here(client):
    sign_in(client, "admin")
    token = make_token(client.application, "join")
    assert follow(client, "join", token).status_code == 303
    assert client.get("/settings").status_code == 403


def test_a_new_password_ends_the_old_one_and_every_session(client):
    user = sign_in(client)
    token = write(lambda: actions.make_link(queries.user(user.id), by=None, now=now()))[1]
    other = client.application.test_client()
    answer = follow(other, "password", token)
    assert answer.location == "/sign-in"
    assert client.get("/settings/password").status_code == 302
    assert enter(other, user.email, PASSWORD).status_code == 422
    assert enter(other, user.email, NEW).status_code == 303


def test_a_newer_link_a_changed_password_and_a_closed_account_end_a_link(client):
    def link(user):
        return write(lambda: actions.make_link(queries.user(user.id), by=None, now=now()))[1]

    user = make_user(client.application, "staff")
    first, second = link(user), link(user)
    assert client.get(f"/password/{first}").status_code == 404
    write(lambda: actions.keep({user.id: {"password": "x", "fs_uniquifier": "y"}}))
    assert client.get(f"/password/{second}").status_code == 404
    third = link(user)
    write(lambda: actions.disable(queries.user(user.id), by=None))
    assert client.get(f"/password/{third}").status_code == 404
    with pytest.raises(Refused, match="closed"):
        link(user)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"password": "short", "again": "short"}, "at least 10"), ({"password": "password123", "again": "password123"}, "tried first"),
     ({"again": "another one"}, "are not the same"), ({"name": "  "}, "your name"), ({"email": "nobody"}, "such as ada@example.org"),
     ({"password": "four green chairs" * 10, "again": "four green chairs" * 10}, "at most 128"),
     ({"email": "lovelace@x.org", "password": "lovelace2026", "again": "lovelace2026"}, "e-mail address")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_link_stays_good(client, fields, words):
    token = make_token(client.application, "claim")
    answer = follow(client, "claim", token, **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert fields.get("password", NEW) not in answer.text
    assert follow(client, "claim", token).status_code == 303


def test_a_link_needs_the_token_of_its_form(client):
    token = make_token(client.application, "join")
    assert client.post(f"/join/{token}", data={"name": "Bo", "password": NEW, "again": NEW}).status_code == 400
    assert client.get(f"/join/{token}").status_code == 200
