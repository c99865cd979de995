"""What customers and their feed readers see."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from survey.foundation.db import write
from survey.improvements import actions, queries
from survey.improvements.rules.feeds import ATOM
from tests.factories.people import sign_in
from tests.improvements.test_actions import NOW, post, start
from tests.improvements.test_staff import SCRIPT, leave

FEEDS = ["/improving.atom", "/improving.json"]
CACHED = ["/improving", "/improving/no-more-waiting", *FEEDS]


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def _entries(client):
    return ElementTree.fromstring(client.get("/improving.atom").data).findall(f"{{{ATOM}}}entry")


def test_an_empty_page_says_what_will_stand_there(client):
    assert "Nothing is told here yet." in client.get("/improving").text


@pytest.mark.usefixtures("both_databases")
def test_each_improvement_says_what_was_said_and_done(client):
    post(start(), stage="shipped", words="Six machines.")
    page = client.get("/improving").text
    for words in ("No more waiting", "You said", "“I waited.”", "We did", "Six machines.", "Shipped"):
        assert words in page


def test_what_is_declined_says_why_not(client):
    post(start(), stage="declined", words="Too dear.")
    assert "Why not" in client.get("/improving").text


def test_each_has_a_page_with_all_its_updates(client):
    improvement = start()
    post(improvement, stage="planned", words="Soon.")
    post(improvement, stage="shipped", words="Done.", now=NOW + timedelta(days=3))
    page = client.get("/improving/no-more-waiting").text
    assert page.index("Done.") < page.index("Soon.")


@pytest.mark.parametrize("slug", ["no-more-waiting", "nothing"])
def test_what_is_not_published_is_not_there(client, slug):
    start()
    assert client.get(f"/improving/{slug}").status_code == 404


def test_few_people_are_not_counted_in_public(client):
    post(start(codes=["A2"]))
    for number in range(4):
        leave(number, "Waiting")
    assert "people who left" not in client.get("/improving").text
    leave(5, "Waiting")
    assert "5 people said so." in client.get("/improving").text
    assert "5 people said so." in client.get("/improving/no-more-waiting").text


def test_hostile_words_do_nothing_anywhere(client):
    improvement = start(title="<script>t</script>", you_said="<img src=x onerror=alert(1)>")
    post(improvement, words=SCRIPT)
    for address in ("/improving", f"/improving/{improvement.slug}"):
        page = client.get(address).text
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
    (entry,) = _entries(client)
    content = entry.findtext(f"{{{ATOM}}}content")
    assert "<script>" not in content
    assert "<img" not in content
    assert "<strong>yes</strong>" in content
    assert "<script>" not in client.get("/improving.json").json["items"][0]["content_html"]


def test_feeds_link_to_pages_that_exist_by_absolute_addresses(client):
    post(start())
    (entry,) = _entries(client)
    for url in (entry.find(f"{{{ATOM}}}link").get("href"), client.get("/improving.json").json["items"][0]["url"]):
        assert url.startswith("http://127.0.0.1:8000/improving/no-more-waiting#update-")
        page = client.get(url.removeprefix("http://127.0.0.1:8000").split("#")[0])
        assert f'id="{url.split("#")[1]}"' in page.text


def test_an_entry_keeps_its_identity_when_the_title_changes(client):
    improvement = start()
    post(improvement)
    before = [entry.findtext(f"{{{ATOM}}}id") for entry in _entries(client)]
    write(lambda: actions.edit(queries.improvement(improvement.id), title="New", you_said="x", codes=[], now=NOW))
    assert [entry.findtext(f"{{{ATOM}}}id") for entry in _entries(client)] == before
    assert _entries(client)[0].findtext(f"{{{ATOM}}}title") == "In progress: New"


def test_the_page_names_its_feeds(client):
    page = client.get("/improving").text
    assert 'type="application/atom+xml"' in page
    assert 'href="/improving.atom"' in page


@pytest.mark.parametrize("address", CACHED)
def test_an_answer_may_be_kept_and_is_not_sent_again_until_it_changes(client, address):
    improvement = start()
    post(improvement)
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(address, headers=again).status_code == 304
    post(improvement, stage="shipped", words="Done.", now=NOW + timedelta(minutes=1))
    assert client.get(address, headers=again).status_code == 200


@pytest.mark.parametrize("address", CACHED)
def test_what_may_be_kept_sets_no_cookie_and_does_not_depend_on_one(client, address):
    post(start())
    stranger = client.get(address)
    sign_in(client, "admin")
    for answer in (stranger, client.get(address)):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(("address", "type"), [(FEEDS[0], "application/atom+xml"), (FEEDS[1], "application/feed+json")])
def test_feeds_say_what_they_are(client, address, type):
    assert client.get(address).mimetype == type


@pytest.mark.usefixtures("both_databases")
def test_many_are_paged(client):
    for number in range(queries.SHOWN + 3):
        post(start(title=f"Change {number:02}"))
    first = client.get("/improving").text
    assert first.count("<article") == queries.SHOWN
    cursor = first.split("?after=")[1].split('"')[0]
    assert client.get(f"/improving?after={cursor}").text.count("<article") == 3
    assert client.get("/improving?after=nonsense").status_code == 400
