"""`flask users …`."""

import re

import pytest

from survey.access import queries
from survey.foundation.db import db
from tests.factories.people import enter, make_user, submit


def _run(app, *arguments, typed=None):
    result = app.test_cli_runner().invoke(args=["users", *arguments], input=typed)
    db.session.rollback()
    return result


def test_a_user_is_made_with_a_link_to_join(app):
    result = _run(app, "create", "Ada@example.org", "--role", "admin", "--name", "Ada")
    assert result.exit_code == 0
    token = re.search(r"http://127.0.0.1:8000/join/(\S+)", result.output).group(1)
    client = app.test_client()
    assert (
        submit(
            client, f"/join/{token}", {"name": "Ada", "password": "five blue tables", "again": "five blue tables"}
        ).status_code
        == 303
    )
    assert client.get("/settings").status_code == 200


def test_a_user_is_made_with_a_password_from_standard_input(app):
    result = _run(app, "create", "ada@example.org", "--role", "leader", "--password-stdin", typed="five blue tables\n")
    assert result.exit_code == 0
    assert "five blue" not in result.output
    assert queries.user_by_email("ada@example.org").name == "ada"
    assert enter(app.test_client(), "ada@example.org", "five blue tables").status_code == 303


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [(["create", "ada@example.org", "--role", "leader", "--password-stdin"], "password123\n", "tried first"),
     (["create", "nobody", "--role", "leader"], None, "not an e-mail address"),
     (["create", "nobody", "--role", "leader", "--password-stdin"], "five blue tables\n", "not an e-mail address"),
     (["create", "ada@example.org", "--role", "owner"], None, "owner"), (["create", "ada@example.org"], None, "--role"),
     (["link", "who@example.org"], None, "no account")],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_fails(app, arguments, typed, words):
    result = _run(app, *arguments, typed=typed)
    assert result.exit_code != 0
    assert words in result.output
    assert queries.users() == []


def test_an_address_is_taken_once(app):
    user = make_user(app)
    result = _run(app, "create", user.email.upper(), "--role", "admin")
    assert result.exit_code == 1
    assert len(queries.users()) == 1


def test_a_link_sets_a_new_password_and_the_list_shows_everybody(app):
    user = make_user(app, "staff", name="Bo")
    output = _run(app, "link", user.email).output
    assert "24 hours" in output
    assert app.test_client().get(re.search(r"8000(/password/\S+)", output).group(1)).status_code == 200
    assert _run(app, "list").output == f"{user.email}\tstaff\tactive\tBo\n"
    closed = make_user(app, "staff", active=False)
    assert _run(app, "link", closed.email).exit_code == 1


@pytest.mark.parametrize("command", [[], ["create"], ["list"], ["link"]])
def test_every_command_explains_itself(sqlite_app, command):
    result = _run(sqlite_app, *command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output
