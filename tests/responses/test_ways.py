"""Ways to a survey: named links, a frame on a website, a kiosk."""

import re

import pytest

from survey.foundation.db import db, write
from survey.questionnaires import actions
from survey.questionnaires.queries import survey_by_slug
from survey.responses.models import Response, ResponseDraft
from tests.factories.people import sign_in
from tests.factories.surveys import from_template, hidden, send, with_questions

GOOD = {"nps": "9", "rating": "5"}
SITES = ["https://shop.org", "http://localhost:5000"]
TWO_PAGES = [
    {"key": "nps", "kind": "nps", "words": "Would you?", "is_required": True},
    {"key": "why", "kind": "text", "words": "You gave {nps}. Why?"},
]


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def frames(response):
    return re.search(r"frame-ancestors ([^;]+)", response.headers["Content-Security-Policy"])[1]


def let_in(slug="spring"):
    write(lambda: actions.set_embed_origins(survey_by_slug(slug), SITES))


def stored():
    db.session.rollback()
    return db.session.query(Response).all()


# ---- named links ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize(("query", "channel"), [
    ("", "link"), ("?via=shop", "shop"), ("?via=personal", "link"), ("?via=test", "link"), ("?via=A%20B", "link"),
    ("?kiosk=1&via=till-2", "till-2"),
])  # fmt: skip
def test_an_answer_keeps_the_name_of_its_way(client, query, channel):
    from_template()
    send(client, f"/s/spring{query}", GOOD)
    assert [one.channel for one in stored()] == [channel]


def test_an_anonymous_answer_keeps_no_name(client):
    from_template(privacy="anonymous")
    send(client, "/s/spring?via=room-12", GOOD)
    assert [one.channel for one in stored()] == ["link"]


def test_another_language_stays_on_the_way(client):
    german = {"de": {"": {"title": "Wie war es?"}, "nps": {"words": "Würden Sie?", "low": "nein", "high": "ja"}}}
    with_questions(TWO_PAGES[:1])

    def work():
        survey = survey_by_slug("spring")
        survey.draft = {**survey.draft, "translations": german}
        actions.publish(survey, now=survey.changed_at)

    write(work)
    page = client.get("/s/spring?kiosk=1&via=shop", headers={"Accept-Language": "en"}).text
    assert 'href="?kiosk=1&amp;via=shop&amp;lang=de"' in page
    assert 'href="?via=till&amp;lang=de"' in client.get("/s/spring?via=till", headers={"Accept-Language": "en"}).text
    assert 'href="?lang=de"' in client.get("/s/spring", headers={"Accept-Language": "en"}).text


@pytest.mark.usefixtures("both_databases")
def test_the_team_sees_on_which_way_an_answer_came(client):
    from_template()
    send(client, "/s/spring?via=shop", GOOD)
    sign_in(client, "staff")
    assert "shop" in client.get(f"/responses/{stored()[0].id}").text


# ---- a frame on a website -------------------------------------------------------------------------------------------


def test_no_website_may_show_a_survey_before_its_owner_says_so(client):
    from_template()
    page = client.get("/s/spring")
    assert frames(page) == "'none'"
    assert "embed.js" not in page.text


def test_the_websites_that_its_owner_named_may_show_it_and_nobody_else(client):
    from_template()
    let_in()
    named = " ".join(SITES)
    page = client.get("/s/spring")
    assert frames(page) == named
    assert "js/embed.js" in page.text
    assert frames(client.post("/s/spring", data=hidden(page.text))) == named  # with what is wrong
    sent = client.post("/s/spring", data={**hidden(page.text), **GOOD})
    thanks = client.get(sent.location)
    assert (frames(thanks), "js/embed.js" in thanks.text) == (named, True)
    assert frames(client.get(f"{sent.location}/take-back")) == named
    write(lambda: actions.close(survey_by_slug("spring"), now=survey_by_slug("spring").changed_at))
    assert frames(client.get("/s/spring")) == named
    for other in ("/", "/improving", "/s/spring/results", "/sign-in"):
        assert frames(client.get(other)) == "'none'", other


def test_pages_kept_in_memory_follow_the_list(client):
    from_template()
    assert "embed.js" not in client.get("/s/spring").text
    let_in()
    assert "embed.js" in client.get("/s/spring").text
    write(lambda: actions.set_embed_origins(survey_by_slug("spring"), []))
    assert frames(client.get("/s/spring")) == "'none'"


# ---- a kiosk --------------------------------------------------------------------------------------------------------


def test_a_kiosk_thanks_and_makes_room_for_the_next_person_by_itself(client):
    from_template()
    thanks = send(client, "/s/spring?kiosk=1&via=till", GOOD)
    assert thanks.status_code == 200
    assert thanks.headers["Refresh"] == "30; url=/s/spring?kiosk=1&via=till"
    assert "Next person" in thanks.text
    assert "in 30 seconds" in thanks.text
    assert stored()[0].form_id.hex not in thanks.text.replace("-", "")
    assert "Set-Cookie" not in thanks.headers
    stay = client.get("/s/spring?kiosk=1&via=till&stay=1")
    assert stay.headers["Refresh"] == "300; url=/s/spring?kiosk=1&via=till"
    assert "Leave it for longer" not in stay.text


def test_at_a_kiosk_nothing_of_the_last_person_stays(client):
    with_questions(TWO_PAGES)
    first = client.get("/s/spring?kiosk=1")
    second = client.post("/s/spring?kiosk=1", data={**hidden(first.text), "nps": "2", "form.go": "next"})
    assert (second.status_code, "You gave 2" in second.text) == (200, True)
    assert "Continue later" not in second.text
    assert "Set-Cookie" not in second.headers
    again = client.get("/s/spring?kiosk=1").text
    assert "left off" not in again
    assert not re.search(r'value="2"[^>]*checked', again)
    assert "respond.js" not in again
    sent = client.post("/s/spring?kiosk=1", data={**hidden(second.text), "why": "Rain", "form.go": "next"})
    assert "Thank you" in sent.text
    assert [one.answers for one in stored()] == [{"nps": 2, "why": "Rain"}]
    assert db.session.query(ResponseDraft).count() == 0


def test_a_kiosk_does_not_go_on_with_what_was_begun_elsewhere(client):
    with_questions(TWO_PAGES)
    first = client.get("/s/spring")
    client.post("/s/spring", data={**hidden(first.text), "nps": "2", "form.go": "next"})
    assert "left off" in client.get("/s/spring").text
    assert "left off" not in client.get("/s/spring?kiosk=1").text


def test_an_idle_form_empties_itself_and_says_so(client):
    from_template()
    page = client.get("/s/spring?kiosk=1").text
    assert '<noscript><meta http-equiv="refresh" content="300; url=?kiosk=1"></noscript>' in page
    assert "emptied after 5 minutes" in page
    assert "js/kiosk.js" in page
    assert 'autocomplete="off"' in page
    more = client.post("/s/spring?kiosk=1", data={**hidden(page), "nps": "7", "form.go": "time"})
    assert more.status_code == 200
    assert re.search(r'value="7" checked', more.text)
    assert stored() == []
    assert "emptied" not in client.get("/s/spring").text


def test_the_ending_of_ones_own_way_is_told_at_a_kiosk_too(client):
    low = {"match": "all", "conditions": [{"question": "nps", "test": "at_most", "values": ["6"]}]}
    with_questions(TWO_PAGES[:1])

    def work():
        survey = survey_by_slug("spring")
        survey.draft = {
            **survey.draft,
            "endings": [{"key": "sorry", "words": "We are sorry.", "after": "", "when": low}],
        }
        actions.publish(survey, now=survey.changed_at)

    write(work)
    assert "We are sorry." in send(client, "/s/spring?kiosk=1", {"nps": "2"}).text
    assert "We are sorry." not in send(client, "/s/spring?kiosk=1", {"nps": "9"}).text


@pytest.mark.usefixtures("both_databases")
def test_a_form_sent_twice_at_a_kiosk_is_one_answer(client):
    from_template()
    page = hidden(client.get("/s/spring?kiosk=1").text)
    for _copy in range(2):
        assert client.post("/s/spring?kiosk=1", data={**page, **GOOD}).status_code == 200
    assert len(stored()) == 1


def test_a_closed_kiosk_says_so(client):
    from_template()
    write(lambda: actions.close(survey_by_slug("spring"), now=survey_by_slug("spring").changed_at))
    assert client.get("/s/spring?kiosk=1").status_code == 410
