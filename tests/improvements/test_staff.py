"""Staff begin improvements, say how far they are, and never lose what they typed."""

import re
from datetime import date

import pytest

from survey.customers.actions import record
from survey.customers.rules import PersonEntry
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.improvements import queries
from tests.factories.people import sign_in, submit
from tests.improvements.test_actions import post, start

FORM = {"title": "No more waiting", "you_said": "“I waited twenty minutes.”", "reasons": ["A2", "R1"]}
SCRIPT = "<script>alert(1)</script> **yes** [x](javascript:alert(1))"


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture
def staff(client):
    sign_in(client, "staff")
    return client


def leave(number, reason):
    """Record somebody who left for a reason."""
    entry = PersonEntry(external_id=str(number), has_left=True, ended_on=date(2026, 9, 3), reason=reason)
    write(lambda: record(entry, now=now(), is_history=True))


def _only():
    (improvement,) = queries.board()
    return improvement


def _address(improvement):
    return f"/improvements/{improvement.id}"


def test_an_empty_board_offers_the_first_step(staff):
    page = staff.get("/improvements").text
    assert "will stand here" in page
    assert 'href="/improvements/new"' in page


def test_an_improvement_is_begun_and_stays_hidden(staff):
    answer = submit(staff, "/improvements/new", FORM)
    assert answer.status_code == 303
    assert answer.location == _address(_only())
    assert _only().codes == ("A2", "R1")
    assert "Not published" in staff.get("/improvements").text
    assert "No more waiting" not in staff.get("/improving").text


def test_a_missing_title_comes_back_with_what_was_typed(staff):
    answer = submit(staff, "/improvements/new", {**FORM, "title": " "})
    assert answer.status_code == 422
    assert "Give it a title that customers understand." in answer.text
    assert "I waited twenty minutes." in answer.text
    assert re.search(r'value="A2"[^>]*checked', answer.text)
    assert queries.board() == []


def test_a_reason_of_the_morning_page_is_ticked_beforehand(staff):
    page = staff.get("/improvements/new?reason=P2").text
    assert re.search(r'value="P2"[^>]*checked', page)
    assert not re.search(r'value="A2"[^>]*checked', page)


def test_editing_keeps_the_public_address(staff):
    improvement = start()
    answer = submit(staff, f"{_address(improvement)}/edit", {**FORM, "title": "Shorter queues", "reasons": ["S1"]})
    assert answer.status_code == 303
    assert (_only().title, _only().slug, _only().codes) == ("Shorter queues", improvement.slug, ("S1",))


def test_a_preview_shows_the_post_and_stores_nothing(staff):
    improvement = start()
    form = {"stage": "shipped", "words": f"It is **done**. {SCRIPT}", "preview": "yes"}
    answer = submit(staff, _address(improvement), form)
    assert answer.status_code == 200
    assert "It is <strong>done</strong>." in answer.text
    assert "<script>alert" not in answer.text
    assert "It is **done**." in answer.text  # still in the field
    assert _only().updates == []


@pytest.mark.usefixtures("both_databases")
def test_a_post_is_public_at_once_and_stays_in_the_history(staff):
    improvement = start()
    for stage, words in (("planned", "Soon."), ("shipped", "Done.")):
        assert submit(staff, _address(improvement), {"stage": stage, "words": words}).status_code == 303
    page = staff.get(_address(improvement)).text
    assert page.index("Done.") < page.index("Soon.")
    assert "Ada Staff" in page
    assert "Done." in staff.get("/improving").text


def test_declining_without_a_reason_is_refused_in_words(staff):
    answer = submit(staff, _address(start()), {"stage": "declined", "words": " "})
    assert answer.status_code == 422
    assert "Say why not" in answer.text
    assert re.search(r'value="declined"[^>]*checked', answer.text)


def test_the_same_form_sent_twice_is_one_post(staff):
    improvement = start()
    for _ in range(2):
        submit(staff, _address(improvement), {"stage": "shipped", "words": "Done."})
    assert len(_only().updates) == 1


@pytest.mark.usefixtures("both_databases")
def test_the_board_says_how_many_people_said_so(staff):
    for number in range(3):
        leave(number, "Waiting")
    post(start(codes=["A2"]))
    page = staff.get("/improvements").text
    assert re.search(r'href="/lost\?[^"]*reason=A2[^"]*"[^>]*>3 people</a>', page)


@pytest.mark.parametrize(
    "address",
    ["/improvements/01990000-0000-7000-8000-000000000001", "/improvements/01990000-0000-7000-8000-000000000001/edit"],
)
def test_what_does_not_exist_is_said(staff, address):
    assert staff.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/improvements", "/improvements/new"])
def test_viewers_do_not_enter(client, address):
    sign_in(client, "viewer")
    assert client.get(address).status_code == 403
