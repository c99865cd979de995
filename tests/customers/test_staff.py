import re
from datetime import UTC, date, datetime

import pytest

from survey.customers.actions import record_all
from survey.customers.queries import person_by_external_id
from survey.customers.rules import PersonEntry
from survey.foundation.db import write
from tests.factories.people import sign_in, submit

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
ROW = re.compile(r'<tr><th scope="row">')


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture
def people(app):
    left = {"has_left": True, "ended_on": date(2026, 9, 30)}
    entries = [
        PersonEntry(external_id=f"N-{number}", name=f"Nobody {number}", **(left if number < 20 else {}))
        for number in range(120)
    ]
    write(lambda: record_all(entries, now=NOW, is_history=True))


def _rows(client, address):
    """The rows of a list on all its pages."""
    count = 0
    while address:
        page = client.get(address).text
        count += len(ROW.findall(page))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found.group(1).replace("&amp;", "&") if found else None
    return count


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 120),
        ("?status=left", 20),
        ("?status=customers", 100),
        ("?status=ever", 120),
        ("?words=body+1", 31),
        ("?on=2026-10-01", 100),
    ],
)
def test_the_number_above_the_list_is_the_number_of_its_rows(client, people, query, total):
    sign_in(client, "staff")
    page = client.get(f"/people{query}").text
    assert f"<h1>{total} people" in page or f"{total} of 120" in page
    assert _rows(client, f"/people{query}") == total


def test_an_empty_list_says_how_to_begin(client):
    sign_in(client)
    page = client.get("/people").text
    assert 'href="/people/import"' in page
    assert 'href="/people/new"' in page


def test_a_search_without_a_match_says_so_and_keeps_the_words(client, people):
    sign_in(client)
    page = client.get("/people?words=zzz%22").text
    assert "Nobody matches that." in page
    assert 'value="zzz&#34;"' in page


@pytest.mark.parametrize("query", ["?status=gone", "?on=yesterday", "?cursor=x"])
def test_what_nobody_can_ask_for_is_refused(client, people, query):
    sign_in(client)
    assert client.get(f"/people{query}").status_code == 400


def test_viewers_and_strangers_see_nobody(client, people):
    assert client.get("/people").status_code == 302
    sign_in(client, "viewer")
    assert client.get("/people").status_code == 403
    assert client.get("/people/new").status_code == 403


@pytest.mark.usefixtures("both_databases")
def test_a_person_is_added_by_hand(client):
    sign_in(client, "staff")
    told = {
        "name": "Ada Holm",
        "external_id": "7",
        "email": "Ada@Example.org",
        "value": "1,200",
        "started_on": "2026-01-02",
    }
    answer = submit(client, "/people/new", told)
    assert answer.status_code == 303
    somebody = person_by_external_id("7")
    assert answer.headers["Location"] == f"/people/{somebody.id}"
    assert (somebody.email, somebody.latest.value_minor, somebody.source) == ("ada@example.org", 120000, "staff")


def test_what_is_wrong_comes_back_with_what_was_typed(client, people):
    sign_in(client)
    answer = submit(client, "/people/new", {"name": "", "email": "nowhere", "value": "lots", "phone": "123"})
    assert answer.status_code == 422
    for words in ("Give the person’s name.", "is not an e-mail address.", "is not an amount of money.", 'value="123"'):
        assert words in answer.text
    taken = submit(client, "/people/new", {"name": "Ada", "external_id": "N-3"})
    assert taken.status_code == 422
    assert "Nobody 3 is here already" in taken.text
