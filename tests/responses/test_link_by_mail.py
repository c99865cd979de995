"""The address to go on with a survey, mailed: nothing that is stored leads from it to what was typed."""

import re

import pytest
from sqlalchemy import select

from survey.foundation.db import db
from survey.letters.models import Letter
from survey.letters.rules.states import State, Why
from survey.responses.models import ResponseDraft
from tests.factories.surveys import hidden
from tests.responses.test_pages import make, step


@pytest.fixture
def app(sqlite_app):
    return sqlite_app


def left_for_later(client, **options):
    """Leave a survey for later; returns the page and the address to go on."""
    make(**options)
    page = step(client, client.get("/s/walk"), nps="3")
    page = step(client, page, go="later", why="To be contin")
    return page, re.search(r'href="(/s/walk/later/[^"]+)"', page.text)[1]


def letters():
    return list(db.session.scalars(select(Letter)))


def test_the_letter_opens_where_somebody_left_off_and_nothing_stored_does(app, client):
    page, address = left_for_later(client)
    assert "Send me the address" in page.text
    assert "Enter an e-mail address such as" in client.post(address, data={"email": "mia"}).text
    sent = client.post(address, data={**hidden(page.text), "email": "mia@example.org"})
    assert "on its way to mia@example.org" in sent.text
    draft = db.session.scalars(select(ResponseDraft)).one()
    rows = repr([vars(letter) for letter in letters()])
    assert draft.form_id.hex not in rows.replace("-", "")
    assert "mia" not in repr(vars(draft))
    app.extensions["hearback.work_off"]()
    message = next((app.extensions["hearback.config"].instance_path / "mail").glob("*.eml")).read_text()
    link = re.search(r"http://127.0.0.1:8000(/s/walk/later/[\w.=-]+)", message.replace("=\n", "").replace("=3D", "="))[
        1
    ]
    assert link.rpartition("/")[2] not in rows
    assert "To be contin</textarea>" in app.test_client().get(link).text


def test_nothing_is_mailed_once_the_answers_are_in(app, client):
    _page, address = left_for_later(client)
    client.post(address, data={"email": "mia@example.org"})
    page = step(client, client.get(address), why="Done.")
    step(client, step(client, page), rating="1")
    app.extensions["hearback.work_off"]()
    assert [(letter.state, letter.why) for letter in letters()] == [(State.HELD, Why.ANSWERED)]


def test_an_anonymous_survey_keeps_no_address(client):
    page, address = left_for_later(client, privacy="anonymous")
    assert "We do not mail the address" in page.text
    assert 'name="email"' not in page.text
    assert client.post(address, data={"email": "mia@example.org"}).status_code == 400
    assert letters() == []


def test_a_mailbox_gets_three_of_them(client):
    _page, address = left_for_later(client)
    for number in range(9):
        visitor = {"REMOTE_ADDR": f"10.0.{number}.1"}
        assert (
            client.post(address, data={"email": f"mia+{number}@example.org"}, environ_base=visitor).status_code == 200
        )
    assert len(letters()) == 3
    assert client.post(f"{address[:-4]}AAAA", data={"email": "lea@example.org"}).status_code == 410
