"""The pages of the mirror and of loss reviews."""

import re

import pytest
import time_machine

from survey.mirror import queries
from tests.factories.people import make_user, sign_in, submit
from tests.mirror.test_actions import OCTOBER, note
from tests.priorities.test_actions import leave, raised
from tests.priorities.test_staff import rows_of, ship


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database."""
    return lean_app


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=True):
        yield


def test_one_short_form_and_the_page_says_how_long_ago(client):
    sign_in(client, "leader")
    assert "You have not noted a talk with a customer yet" in client.get("/mirror").text
    done = submit(client, "/mirror", {"kind": "customer_conversation", "learned": "Doors open late", "by": "self", "day": "2026-11-10"})  # fmt: skip
    assert done.status_code == 303
    page = client.get("/mirror").text
    assert "You last spoke with a customer 12 days ago" in page
    assert "Doors open late" in page
    leave("A2")
    assert "You last spoke with a customer 12 days ago</a>" in client.get("/today").text
    wrong = submit(client, "/mirror", {"kind": "customer_conversation", "learned": "Kept", "by": "self", "day": "2026-12-10"})  # fmt: skip
    assert wrong.status_code == 422
    assert "yet to come" in wrong.text
    assert "Kept" in wrong.text


def test_others_stand_there_as_words_alone(client):
    ada = make_user(client.application, "leader", name="Ada Lovelace")
    note(ada, "Prices are hard to find")
    sign_in(client, "leader")
    page = client.get("/mirror").text
    assert "Prices are hard to find" in page
    assert "Lovelace" not in page
    assert "Make it an improvement" not in page


def test_what_was_learned_becomes_an_improvement(client):
    leader = sign_in(client, "leader")
    id = note(leader, "Nobody answers the phone").id
    made = submit(client, f"/mirror/{id}/improve", page="/mirror")
    assert made.status_code == 303
    assert 'value="Nobody answers the phone"' in client.get(made.headers["Location"]).text
    assert "Nobody answers the phone</a>" in client.get("/mirror").text
    assert submit(client, f"/mirror/{id}/remove", page="/mirror").status_code == 303
    assert queries.dated(leader.id) == []


def test_staff_have_no_mirror_and_viewers_no_review(client):
    sign_in(client, "staff")
    assert client.get("/mirror").status_code == 403
    assert client.get("/loss-review/2026-10").status_code == 200
    assert (
        submit(client, "/loss-review/2026-10/decisions", {"what": "x"}, page="/loss-review/2026-10").status_code == 403
    )
    sign_in(client, "viewer")
    assert client.get("/loss-review/2026-10").status_code == 403


def test_the_agenda_opens_its_people_names_repeats_and_keeps_decisions(client):
    leader = sign_in(client, "leader")
    for days_ago in (25, 26, 40):
        leave("A2", days_ago)
    leave("U2", 30)
    ship("A2", 30)
    raised()
    assert client.get("/loss-review").headers["Location"].endswith("/loss-review/2026-10")
    page = client.get("/loss-review/2026-10").text
    found = re.search(r'<h1><a href="([^"]+)">(\d+) people left in October', page)
    assert rows_of(client, found[1].replace("&amp;", "&").partition("#")[0]) >= int(found[2]) == 4
    assert "2 people left for reasons that we thought were put right: “Open earlier”." in page
    again = page.partition('id="again"')[2].partition("</section>")[0]
    assert again.count("/people/") == 2
    done = submit(client, "/loss-review/2026-10/decisions", {"what": "Open at six", "owner": str(leader.id), "due_on": "2026-12-01"}, page="/loss-review/2026-10")  # fmt: skip
    assert done.status_code == 303
    submit(client, "/loss-review/2026-10/held", {"attendees": "Ada, Bob", "held_on": "2026-11-03"}, page="/loss-review/2026-10")  # fmt: skip
    assert client.get("/loss-review").headers["Location"].endswith("/loss-review/2026-11")
    following = client.get("/loss-review/2026-11").text
    assert "Open at six" in following.partition('id="why"')[0]
    decision = queries.decisions(OCTOBER)[0]
    submit(client, f"/loss-review/2026-11/decisions/{decision.id}", {"done": "yes"}, page="/loss-review/2026-11")
    assert "The decision is done." in client.get("/loss-review/2026-11").text
    assert client.get("/loss-review/2026-13").status_code == 404
