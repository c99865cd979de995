"""The pages of reasons: everybody in the team reads them, leaders change them, every change is a new version."""

import html
import re

import pytest
import time_machine

from survey.access.models import AuditEntry
from survey.foundation.db import db
from survey.reasons.queries import changes_in_force, taxonomy
from tests.factories.counted import NOW, answer, make_survey, read
from tests.factories.people import sign_in, submit


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(answer.text)))


def _form(**other):
    return {"name": "Waiting", "meaning": "A queue, an appointment, a delivery", "control": "C", "will": "V",
            "own": "", "came": "", "do": "save", **other}  # fmt: skip


def _comments(*texts):
    survey = make_survey()
    for text in texts:
        read(answer(survey, {"nps": 4, "why": text}), "none")


def test_the_team_reads_the_reasons_and_leaders_alone_change_them(client):
    sign_in(client, "staff")
    assert "Waiting" in _text(client.get("/reasons"))
    page = client.get("/reasons/A2")
    assert "kept waiting" in page.text
    assert 'name="own"' not in page.text
    assert client.get("/reasons/new").status_code == 403
    for address in ("/reasons/A2", "/reasons/A2/retire", "/reasons/A2/bring-back"):
        assert submit(client, address, _form(), page="/comments").status_code == 403
    assert client.get("/reasons/XX").status_code == 404


def test_a_look_says_what_would_match_and_saves_nothing(client):
    _comments("The glimmer wheel wobbled.", "A glimmer wheel, lovely.", "Fine.")
    sign_in(client)
    page = submit(client, "/reasons/A2", _form(own="glimmer wheel", do="look"), page="/reasons/A2")
    assert page.status_code == 200
    assert "Would match 2 comments , now it is 0. Of the newest 3 comments." in _text(page).replace(" ,", " ,")
    assert "“A glimmer wheel, lovely.”" in _text(page)
    assert ">\nglimmer wheel</textarea>" in page.text  # what was typed is still there
    assert changes_in_force() == (1, {})


@pytest.mark.usefixtures("both_databases")
def test_saving_makes_a_version_and_the_names_are_everywhere(client):
    _comments("I waited.")
    sign_in(client)
    came = "\n".join(taxonomy().reasons["A2"].phrases)
    assert submit(client, "/reasons/A2", _form(name="Queues", own="glimmer wheel", came=came), page="/reasons/A2").status_code == 303  # fmt: skip
    db.session.rollback()
    assert changes_in_force() == (2, {"A2": {"name": "Queues", "added": ["glimmer wheel"]}})
    assert "Queues changed" in _text(client.get("/reasons"))
    assert "Queues" in client.get("/comments").text
    entry = db.session.query(AuditEntry).filter_by(what="reason edited").one()
    assert entry.subject == "A2"


def test_a_reason_of_ones_own_gets_its_code_and_is_offered(client):
    _comments("I waited.")
    sign_in(client)
    answer = submit(client, "/reasons/new", _form(name="Parking", level="A", own="car park"))
    assert answer.headers["Location"] == "/reasons/A4"
    assert "Parking yours" in _text(client.get("/reasons"))
    assert '<option value="A4">Parking</option>' in client.get("/comments").text


def test_what_cannot_be_is_said_beside_the_field_and_keeps_what_was_typed(client):
    sign_in(client)
    page = submit(client, "/reasons/A2", _form(name="", own="a*"), page="/reasons/A2")
    assert page.status_code == 422
    assert "Give it a name." in page.text
    assert "would match too much" in html.unescape(page.text)
    assert ">\na*</textarea>" in page.text


def test_a_retired_reason_is_given_no_more_and_can_come_back(client):
    _comments("I waited.")
    sign_in(client)
    submit(client, "/reasons/A2/retire", {}, page="/reasons/A2")
    assert "No longer given Waiting" in _text(client.get("/reasons"))
    assert 'value="A2">Waiting</option>' not in client.get("/comments").text.split('name="other"')[1]
    submit(client, "/reasons/A2/bring-back", {}, page="/reasons/A2")
    assert "No longer given" not in _text(client.get("/reasons"))
    db.session.rollback()
    assert changes_in_force() == (3, {})
