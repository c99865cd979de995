"""Signing in and out, and what ends a session."""

import pytest
import time_machine
from flask_security import hash_password

from survey.access import actions, queries
from survey.access.models import User
from survey.access.sign_in import WRONG
from survey.foundation.db import db, write
from survey.foundation.limits import limiter
from tests.access.test_rules import ELSEWHERE
from tests.factories.people import PASSWORD, csrf_token, enter, make_user, submit
from tests.factories.people import sign_in_on_the_page as sign_in

REFUSED = (400, 404)  # 404: an address with a NUL is none
INSIDE = "/settings/password"  # a page for everybody who is signed in


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def _is_in(client):
    return client.get(INSIDE).status_code == 200


def test_whoever_knows_the_password_comes_to_the_morning_page(client):
    user = make_user(client.application, "leader")
    answer = enter(client, f" {user.email.upper()} ", PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/today")
    assert _is_in(client)


def test_someone_unknown_someone_closed_and_a_wrong_password_read_the_same(client):
    known, closed = make_user(client.application), make_user(client.application, active=False)
    invited = make_user(client.application, has_password=False)
    tries = [
        (known.email, "not the password"),
        (closed.email, PASSWORD),
        ("who@example.org", PASSWORD),
        (invited.email, PASSWORD),
    ]
    for email, password in tries:
        answer = enter(client, email, password)
        assert answer.status_code == 422
        assert answer.text.count(WRONG) == 1
        assert PASSWORD not in answer.text
        assert not _is_in(client)


def test_known_and_unknown_accounts_cost_one_hash_each(sqlite_app, monkeypatch):
    context = sqlite_app.extensions["security"].pwd_context
    hashed = []
    for name in ("hash", "verify"):
        real = getattr(context, name)
        monkeypatch.setattr(context, name, lambda *args, real=real, **kwargs: hashed.append(1) or real(*args, **kwargs))
    user = make_user(sqlite_app)
    for email in (user.email, "who@example.org"):
        hashed.clear()
        enter(sqlite_app.test_client(), email, "not the password")
        assert len(hashed) == 1, email


def test_passwords_are_kept_as_argon2id_of_19_mib(sqlite_app):
    assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_older_hash_is_renewed_when_its_owner_signs_in(client):
    user = make_user(client.application)
    old = (
        client.application.extensions["security"]
        .pwd_context.using(argon2__memory_cost=8192, argon2__time_cost=1)
        .hash(PASSWORD)
    )
    write(lambda: actions.keep({user.id: {"password": old}}))
    sign_in(client, user=user)
    assert "m=19456" in db.session.get(User, user.id).password
    assert _is_in(client)


@pytest.mark.parametrize("target", ["/lost?since=2026-01", "/settings/password"])
def test_after_signing_in_one_goes_on_to_where_one_wanted(sqlite_app, target):
    user, client = make_user(sqlite_app), sqlite_app.test_client()
    assert enter(client, user.email, PASSWORD, next=target).location == target


def test_a_page_that_asks_to_sign_in_comes_back_afterwards(sqlite_app):
    user, client = make_user(sqlite_app), sqlite_app.test_client()
    page = client.get(INSIDE)
    assert page.status_code == 302
    assert client.get(page.location).text.count(f'value="{INSIDE}"') == 1
    answer = submit(client, page.location, {"email": user.email, "password": PASSWORD})
    assert answer.location == INSIDE


def test_no_target_leads_away_from_this_site(sqlite_app):
    user, client = make_user(sqlite_app), sqlite_app.test_client()
    token = csrf_token(client, "/sign-in")
    data = {"email": user.email, "password": PASSWORD, "csrf_token": token}
    for target in ELSEWHERE:
        if not target or "\udcff" in target:
            continue
        assert client.post("/sign-in", data=data | {"next": target}).status_code in REFUSED, target
        assert client.post("/sign-in", data=data, query_string={"next": target}).status_code in REFUSED, target
        assert client.get("/sign-in", query_string={"next": target}).status_code in REFUSED, target
    assert not _is_in(client)


@pytest.mark.usefixtures("both_databases")
def test_the_eleventh_try_for_one_account_waits_wherever_it_comes_from(client):
    user = make_user(client.application)
    for number in range(10):
        assert _from(client, f"198.51.100.{number}", user.email).status_code == 422
    answer = _from(client, "198.51.100.99", user.email, PASSWORD)
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.text
    assert _from(client, "198.51.100.99", make_user(client.application).email, PASSWORD).status_code == 303


def test_the_thirty_first_try_from_one_network_waits_whoever_is_meant(client):
    for number in range(30):
        assert _from(client, "203.0.113.7", f"n{number}@example.org").status_code == 422
    user = make_user(client.application)
    assert _from(client, "203.0.113.7", user.email, PASSWORD).status_code == 429
    assert _from(client, "203.0.113.8", user.email, PASSWORD).status_code == 303


def test_an_account_that_does_not_exist_is_throttled_just_so(client):
    answers = [_from(client, f"198.51.100.{number}", "who@example.org").status_code for number in range(11)]
    assert answers == [422] * 10 + [429]


def test_signing_in_gives_the_tries_back(client):
    user = make_user(client.application)
    for _ in range(4):
        for number in range(9):
            _from(client, f"198.51.100.{number}", user.email)
        assert _from(client, "203.0.113.7", user.email, PASSWORD).status_code == 303
        client.delete_cookie("hearback")


@pytest.mark.usefixtures("both_databases")
def test_after_a_quarter_of_an_hour_one_may_try_again(client):
    user = make_user(client.application)
    with time_machine.travel("2026-11-01 10:00Z", tick=False) as clock:
        answers = [_from(client, f"198.51.100.{number}", user.email).status_code for number in range(11)]
        assert answers[-1] == 429
        clock.shift(15 * 60 + 1)
        assert _from(client, "198.51.100.1", user.email, PASSWORD).status_code == 303


@pytest.mark.usefixtures("both_databases")
def test_tries_are_counted_in_the_database_and_name_nobody(client):
    assert type(limiter.storage).__name__ == "DatabaseStorage"
    enter(client, "who@example.org", "not the password")
    keys = db.session.execute(db.text("SELECT key FROM rate_count")).scalars().all()
    assert len(keys) == 2
    assert not any("who" in key for key in keys)


def _from(client, address, email, password="not the password"):
    data = {"email": email, "password": password, "csrf_token": csrf_token(client, "/sign-in")}
    return client.post("/sign-in", data=data, environ_overrides={"REMOTE_ADDR": address})


def test_a_forwarded_address_is_not_believed_without_a_proxy(client):
    token, statuses = csrf_token(client, "/sign-in"), []
    for number in range(31):
        data = {"email": f"n{number}@example.org", "password": "not the password", "csrf_token": token}
        statuses.append(
            client.post("/sign-in", data=data, headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code
        )
    assert statuses[-1] == 429


@pytest.mark.usefixtures("both_databases")
def test_after_signing_out_a_copied_cookie_is_dead(client):
    sign_in(client)
    copy = client.application.test_client()
    copy.set_cookie("hearback", client.get_cookie("hearback").value)
    assert _is_in(copy)
    assert submit(client, "/sign-out", page=INSIDE).status_code in (302, 303)
    assert not _is_in(client)
    assert not _is_in(copy)


def test_one_signs_out_by_sending_and_not_by_following_a_link(client):
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 400
    assert _is_in(client)


def test_a_disabled_account_is_out_with_its_next_request(client):
    user = sign_in(client)
    write(lambda: actions.disable(queries.user(user.id), by=None))
    assert not _is_in(client)
    write(lambda: actions.enable(queries.user(user.id), by=None))
    assert not _is_in(client)


def test_another_role_holds_from_the_next_request(client):
    user = sign_in(client, "admin")
    make_user(client.application, "admin")
    assert client.get("/settings").status_code == 200
    write(lambda: actions.change_role(queries.user(user.id), "staff", by=None))
    assert client.get("/settings").status_code == 302
    sign_in(client, user=user)
    assert client.get("/settings").status_code == 403


def test_a_session_ends_twelve_hours_after_signing_in_however_much_it_was_used(client):
    with time_machine.travel("2026-11-01 08:00Z", tick=False) as clock:
        sign_in(client)
        for _ in range(11):
            clock.shift(3600)
            assert _is_in(client)
        clock.shift(3601)
        assert not _is_in(client)


def _change(client, present, new, again=None):
    return submit(client, INSIDE, {"password": present, "new_password": new, "new_password_confirm": again or new})


@pytest.mark.usefixtures("both_databases")
def test_a_changed_password_keeps_this_session_and_ends_all_others(client):
    user = sign_in(client)
    other = client.application.test_client()
    sign_in(other, user=user)
    assert _change(client, PASSWORD, "five blue tables inside").status_code == 303
    assert _is_in(client)
    assert not _is_in(other)
    assert enter(other, user.email, PASSWORD).status_code == 422
    assert enter(other, user.email, "five blue tables inside").status_code == 303
    assert [entry.what for entry, _ in queries.newest_audit()] == ["changed the own password"]


@pytest.mark.parametrize(
    ("present", "new", "again", "words"),
    [("wrong", "five blue tables", None, "not your present password"), (PASSWORD, "password123", None, "tried first"),
     (PASSWORD, "five blue tables", "six", "are not the same"), (PASSWORD, PASSWORD, None, "is the present one"),
     (PASSWORD, "x" * 129, None, "at most 128"), ("", "five blue tables", None, "present password")],
)  # fmt: skip
def test_a_password_is_not_changed_without_the_present_one_or_to_a_bad_one(client, present, new, again, words):
    sign_in(client)
    answer = _change(client, present, new, again)
    assert answer.status_code == 422
    assert words in answer.text


def test_the_present_password_cannot_be_guessed_for_long(client):
    sign_in(client)
    answers = [_change(client, f"guess {number}", "five blue tables").status_code for number in range(11)]
    assert answers == [422] * 10 + [429]


def test_flask_security_opens_no_other_door(sqlite_app):
    views = {rule.endpoint for rule in sqlite_app.url_map.iter_rules() if rule.endpoint.startswith("security.")}
    assert views == {"security.login", "security.logout", "security.change_password"}
    user, client = make_user(sqlite_app), sqlite_app.test_client()
    token = db.session.get(User, user.id).get_auth_token()
    assert client.get(INSIDE, headers={"Authentication-Token": token}).status_code == 302
    assert client.get(INSIDE, query_string={"auth_token": token}).status_code == 302


def test_json_is_not_a_way_to_sign_in(sqlite_app):
    client = sqlite_app.test_client()
    token = csrf_token(client, "/sign-in")
    for body in ({"email": "a@b.c", "password": "x"}, [1], "text"):
        assert client.post("/sign-in", json=body, headers={"X-CSRFToken": token}).status_code == 400


@pytest.mark.parametrize("text", ["\x00", "a" * 5000, "ada@example.org\x00", "\u202e@x", "' OR 1=1 --"])
def test_hostile_words_are_a_wrong_password_and_nothing_else(client, text):
    assert enter(client, text, text).status_code == 422


def test_signing_in_asks_for_the_token_of_the_form(client):
    user = make_user(client.application)
    assert client.post("/sign-in", data={"email": user.email, "password": PASSWORD}).status_code == 400
    assert not _is_in(client)


def test_where_the_database_is_away_whoever_is_signed_in_reads_so(sqlite_app, tmp_path):
    client = sqlite_app.test_client()
    sign_in(client)
    for engine in db.engines.values():
        engine.dispose()
    for path in tmp_path.glob("hearback.sqlite3*"):
        path.rename(path.with_name(f"away-{path.name}"))
    answer = client.get(INSIDE)
    assert answer.status_code == 503
    assert "Please send it again in a moment" in answer.text
