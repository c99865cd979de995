"""The page on which admins say who works here."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from survey.access import actions, queries
from survey.access.models import AuditEntry, User
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from tests.factories.people import csrf_token, enter, make_user, sign_in, submit

PAGE = "/settings/people"


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def _link(text, path="/join/"):
    return text.split(f'value="http://127.0.0.1:8000{path}', 1)[1].split('"', 1)[0]


def _user(user):
    return db.session.get(User, user.id, populate_existing=True)


def _whats():
    return [entry.what for entry, _ in queries.newest_audit()]


def test_an_invitation_is_a_link_that_is_shown_once(client):
    sign_in(client, "admin")
    answer = submit(client, PAGE, {"email": "Bo@example.org", "role": "leader"})
    assert answer.status_code == 303
    token = _link(client.get(PAGE).text)
    assert token not in client.get(PAGE).text
    joined = submit(
        client.application.test_client(),
        f"/join/{token}",
        {"name": "Bo", "password": "five blue tables", "again": "five blue tables"},
    )
    assert joined.status_code == 303
    assert (queries.user_by_email("bo@example.org").role, queries.user_by_email("bo@example.org").name) == (
        "leader",
        "Bo",
    )


def test_a_link_has_the_configured_address_whatever_a_request_claims(client):
    client.get(PAGE, headers={"Host": "evil.test"})
    sign_in(client, "admin")
    data = {"email": "bo@example.org", "role": "staff", "csrf_token": csrf_token(client, PAGE)}
    cookie = client.get_cookie("hearback")
    stranger = client.application.test_client(use_cookies=False)
    headers = {"Host": "evil.test", "Cookie": f"hearback={cookie.value}"}
    answer = stranger.post(PAGE, data=data, headers=headers)
    if answer.status_code != 400:
        page = stranger.get(PAGE, headers=headers | {"Cookie": answer.headers["Set-Cookie"].split(";")[0]}).text
        assert 'value="http://127.0.0.1:8000/join/' in page
        assert "evil.test" not in page


def test_an_address_that_is_taken_is_said_and_kept(client):
    user = sign_in(client, "admin")
    answer = submit(client, PAGE, {"email": user.email, "role": "leader"})
    assert answer.status_code == 422
    assert "There is an account for" in answer.text
    assert answer.text.count(f'value="{user.email}"') == 1


@pytest.mark.parametrize(
    "data",
    [
        {"email": "nobody", "role": "leader"},
        {"email": "bo@example.org", "role": "owner"},
        {"email": "", "role": "staff"},
    ],
)
def test_an_invitation_without_address_or_role_is_not_made(client, data):
    sign_in(client, "admin")
    assert submit(client, PAGE, data).status_code == 422
    assert db.session.scalar(select(db.func.count()).select_from(User)) == 1


def test_who_forgot_the_password_gets_a_link(client):
    sign_in(client, "admin")
    user = make_user(client.application, "staff")
    submit(client, f"{PAGE}/{user.id}/link", page=PAGE)
    assert (
        client.application.test_client().get("/password/" + _link(client.get(PAGE).text, "/password/")).status_code
        == 200
    )


def test_who_has_not_joined_gets_a_new_link_to_join(client):
    sign_in(client, "admin")
    user = make_user(client.application, "staff", has_password=False)
    submit(client, f"{PAGE}/{user.id}/link", page=PAGE)
    assert client.application.test_client().get("/join/" + _link(client.get(PAGE).text)).status_code == 200


@pytest.mark.usefixtures("both_databases")
def test_an_admin_gives_roles_closes_and_opens_accounts_and_it_is_written_down(client):
    admin = sign_in(client, "admin")
    user, person = make_user(client.application, "staff"), client.application.test_client()
    sign_in(person, user=user)
    page = f"{PAGE}/{user.id}"
    assert submit(client, f"{page}/role", {"role": "leader"}, page=page).location == page
    assert _user(user).role == "leader"
    assert person.get("/settings/password").status_code == 302
    submit(client, f"{page}/disable", page=page)
    assert not _user(user).active
    assert enter(person, user.email, "four green chairs outside").status_code == 422
    submit(client, f"{page}/enable", page=page)
    assert _user(user).active
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.at)).all()
    assert [entry.what for entry in entries] == [
        "made a leader of",
        "closed the account of",
        "opened again the account of",
    ]
    assert {(entry.subject, entry.user_id) for entry in entries} == {(user.email, admin.id)}
    assert f"made a leader of {user.email}" in client.get(PAGE).text


@pytest.mark.parametrize(("step", "data"), [("disable", {}), ("role", {"role": "leader"})])
def test_the_last_admin_stays_and_the_page_says_why(client, step, data):
    admin = sign_in(client, "admin")
    make_user(client.application, "admin", has_password=False)  # invited, but cannot sign in yet
    make_user(client.application, "admin", active=False)
    page = f"{PAGE}/{admin.id}"
    submit(client, f"{page}/{step}", data, page=page)
    assert "This is the last admin." in client.get(page).text
    assert (_user(admin).role, _user(admin).active, _whats()) == ("admin", True, [])
    make_user(client.application, "admin")
    submit(client, f"{page}/{step}", data, page=page)
    assert (_user(admin).role, _user(admin).active) != ("admin", True)


@pytest.mark.usefixtures("both_databases")
def test_two_admins_who_close_each_other_at_once_leave_one(app):
    admins = [make_user(app, "admin") for _ in range(2)]

    def close(user):
        with app.app_context():
            try:
                write(lambda: actions.disable(queries.user(user.id), by=None))
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(close, admins)) == [False, True]
    assert queries.has_admin()


def test_a_role_that_is_none_is_refused(client):
    sign_in(client, "admin")
    user = make_user(client.application, "staff")
    submit(client, f"{PAGE}/{user.id}/role", {"role": "owner"}, page=PAGE)
    assert _user(user).role == "staff"


def test_a_user_who_does_not_exist_is_not_found(client):
    sign_in(client, "admin")
    nobody = "00000000-0000-7000-8000-000000000000"
    assert client.get(f"{PAGE}/{nobody}").status_code == 404
    for step in ("role", "disable", "enable", "link"):
        assert submit(client, f"{PAGE}/{nobody}/{step}", page=PAGE).status_code == 404


@pytest.mark.parametrize("role", ["leader", "staff", "viewer"])
def test_only_admins_come_to_people_and_settings(sqlite_app, role):
    client, user = sqlite_app.test_client(), make_user(sqlite_app)
    sign_in(client, role)
    for path in ("/settings", PAGE, f"{PAGE}/{user.id}"):
        assert client.get(path).status_code == 403
    for step in ("role", "disable", "enable", "link"):
        assert (
            submit(client, f"{PAGE}/{user.id}/{step}", {"role": "admin"}, page="/settings/password").status_code == 403
        )
    assert (_user(user).role, _user(user).active) == ("leader", True)


def test_the_page_names_everybody_with_role_and_state(client):
    sign_in(client, "admin")
    for columns in ({"active": False}, {"has_password": False}, {}):
        make_user(client.application, "staff", name=f"Bo {sorted(columns)}", **columns)
    text = client.get(PAGE).text
    assert [text.count(f">{word}</span>") for word in ("active", "closed", "invited")] == [2, 1, 1]


def test_a_hostile_name_is_shown_as_text(client):
    sign_in(client, "admin")
    user = make_user(client.application, name="<img src=x onerror=alert(1)>")
    for path in (PAGE, f"{PAGE}/{user.id}"):
        assert "<img src=x" not in client.get(path).text
    write(lambda: actions.audit("<b>did</b>", subject="<i>x</i>", user_id=user.id))
    assert "<b>did" not in client.get(PAGE).text
    assert now() >= queries.newest_audit()[0][0].at
