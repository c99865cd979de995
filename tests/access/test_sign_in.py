"""Signing in and out, in pages."""

from flask.testing import FlaskClient

from tests.factories.people import PASSWORD, enter, make_user


def test_whoever_knows_the_password_comes_to_the_morning_page(client: FlaskClient) -> None:
    user = make_user(client.application, "leader")
    answer = enter(client, user.email.upper(), PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/today")
