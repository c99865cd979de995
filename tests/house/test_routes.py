"""Every address says who may enter, and reading never writes."""

import pytest

from survey.app import NAVIGATION
from survey.foundation.web import ADMINS, EVERYONE, INSIDERS, LEADERS, TEAM, Role, admitted
from tests.factories.people import sign_in

KNOWN = (EVERYONE, INSIDERS, TEAM, LEADERS, ADMINS)
WRITING = {"POST", "PUT", "PATCH", "DELETE"}
CONTRACT = {
    "/", "/s/<slug>", "/s/<slug>/results", "/r/<token>", "/improving", "/improving.atom", "/improving.json", "/healthz", "/readyz",
    "/today", "/lost", "/people", "/surveys", "/settings",
}  # fmt: skip


def test_every_view_says_who_may_enter(sqlite_app):
    silent = [endpoint for endpoint in sqlite_app.view_functions if admitted(sqlite_app, endpoint) is None]
    assert silent == []


def test_who_may_enter_is_everyone_or_known_roles(sqlite_app):
    roles = set(Role)
    for endpoint in sqlite_app.view_functions:
        who = admitted(sqlite_app, endpoint)
        assert who == EVERYONE or (who and who <= roles), endpoint


def test_the_addresses_of_the_contract_exist(sqlite_app):
    assert {rule.rule for rule in sqlite_app.url_map.iter_rules()} >= CONTRACT


def test_the_navigation_leads_to_pages_that_exist(sqlite_app):
    assert [endpoint for _, endpoint, _ in NAVIGATION if endpoint not in sqlite_app.view_functions] == []


def _plain_gets(app):
    """The addresses that can be asked for without knowing an id."""
    return [
        (rule.endpoint, rule.rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    ]


def test_a_stranger_is_sent_to_sign_in_and_sees_nothing(sqlite_app):
    client = sqlite_app.test_client()
    for endpoint, address in _plain_gets(sqlite_app):
        answer = client.get(address)
        if admitted(sqlite_app, endpoint) == EVERYONE:
            assert answer.status_code < 500 or endpoint == "foundation.readyz", address
        else:
            assert answer.status_code == 302, address
            assert answer.headers["Location"].startswith("/sign-in"), address


@pytest.mark.parametrize("role", list(Role))
def test_each_role_enters_what_it_may_and_nothing_else(sqlite_app, role):
    client = sqlite_app.test_client()
    sign_in(client, role)
    for endpoint, address in _plain_gets(sqlite_app):
        who = admitted(sqlite_app, endpoint)
        status = client.get(address).status_code
        if who == EVERYONE or endpoint.startswith("security."):
            continue
        assert (status == 403) is (role not in who), (address, status)
        assert status < 500, address


def test_writing_needs_a_token(sqlite_app):
    client = sqlite_app.test_client()
    sign_in(client, "admin")
    sqlite_app.config["WTF_CSRF_ENABLED"] = True
    for rule in sqlite_app.url_map.iter_rules():
        if not (rule.methods or set()) & WRITING or rule.arguments:
            continue
        assert client.post(rule.rule, data={"x": "1"}).status_code in (400, 403, 404, 405), rule.rule


LETTERS = {"/kit/letter"}  # shown in a frame with the style that they go out with, where no script may run at all


def test_every_page_carries_the_safe_headers(sqlite_app):
    client = sqlite_app.test_client()
    for _, address in _plain_gets(sqlite_app):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        if address in LETTERS:
            assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';"), address
            assert "script-src" not in policy, address
            assert "sandbox" in policy, address
        else:
            assert "script-src 'self'" in policy, address
            assert "unsafe" not in policy, address
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["Referrer-Policy"] == "no-referrer", address
        assert "Cache-Control" in headers, address
