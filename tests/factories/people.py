"""People who work here, for tests: make one, sign in as one, send a form as a browser would."""

import html
import re
import secrets
from functools import cache
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password, login_user
from werkzeug.test import TestResponse

from survey.access.models import User
from survey.foundation.db import db, write

PASSWORD = "four green chairs outside"


@cache
def _hash() -> str:
    return hash_password(PASSWORD)


def make_user(
    app: Flask,
    role: str = "leader",
    *,
    email: str | None = None,
    name: str | None = None,
    active: bool = True,
    has_password: bool = True,
) -> User:
    """Store a user of a role whose password is PASSWORD."""
    columns = {
        "email": email or f"{role}-{uuid4().hex[:8]}@example.org", "name": name or f"Ada {role.title()}", "role": role,
        "password": _hash() if has_password else None, "active": active, "fs_uniquifier": secrets.token_hex(32),
    }  # fmt: skip

    def add() -> User:
        user = User(**columns)
        db.session.add(user)
        db.session.flush()
        return user

    return write(add)


def sign_in(client: FlaskClient, role: str = "leader", *, user: User | None = None) -> User:
    """Put the cookie of somebody signed in into the browser, of a new user of a role unless one is given; return the user.

    Made as the sign-in page makes it, without the page and the password: these take longer than most of what is tested.
    """
    app, user = client.application, user or make_user(client.application, role)
    with app.app_context(), app.test_request_context():
        login_user(db.session.get_one(User, user.id), authn_via=["password"])
        answer = app.process_response(app.response_class())
    client._update_cookies_from_response("localhost", "/sign-in", answer.headers.getlist("Set-Cookie"))
    db.session.rollback()
    return user


def sign_in_on_the_page(client: FlaskClient, role: str = "leader", *, user: User | None = None) -> User:
    """Sign in as a person does, as a new user of a role unless one is given, and return the user."""
    user = user or make_user(client.application, role)
    answer = enter(client, user.email, PASSWORD)
    assert answer.status_code == 303, answer.text
    return user


def enter(client: FlaskClient, email: str, password: str, **fields: str) -> TestResponse:
    """Send the sign-in form."""
    return submit(client, "/sign-in", {"email": email, "password": password, **fields})


def submit(
    client: FlaskClient, url: str, data: dict[str, Any] | None = None, *, page: str | None = None
) -> TestResponse:
    """Open a page (the form's own address unless said), and post data to url with the CSRF token found there."""
    return client.post(url, data={"csrf_token": csrf_token(client, page or url), **(data or {})})


def csrf_token(client: FlaskClient, page: str) -> str:
    """The CSRF token in a page."""
    answer = client.get(page)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text)
    assert found, f"no form on {page}: {answer.status_code}"
    return html.unescape(found.group(1))
