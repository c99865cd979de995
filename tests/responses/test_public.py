"""The respond page: open to everyone, never loses what was typed, never stores twice."""

import gzip
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, func, select

from survey.foundation.db import Base, db, write
from survey.foundation.errors import Busy
from survey.questionnaires.actions import close
from survey.questionnaires.queries import survey_by_slug
from survey.responses.models import Response
from survey.responses.public import storing
from tests.factories.surveys import (
    EVERY_KIND,
    from_template,
    hidden,
    make_person,
    personal_link,
    republish,
    send,
    with_every_kind,
    with_questions,
)

GOOD = {"nps": "9", "why": "Friendly staff", "rating": "4", "used": ["web", "shop"], "reasons": "P2"}


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


def _rows():
    db.session.rollback()
    return db.session.scalars(select(Response)).all()


def _everything():
    db.session.rollback()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.tables.values()
        if isinstance(table, Table)
    }


def _close(slug):
    from survey.foundation.clock import now

    write(lambda: close(survey_by_slug(slug), now=now()))


@pytest.mark.usefixtures("both_databases")
def test_an_answer_is_stored_and_thanked_for(app, client):
    with_every_kind()
    done = send(client, "/s/spring", GOOD)
    assert done.status_code == 303
    (stored,) = _rows()
    assert done.headers["Location"] == f"/s/spring/thanks/{stored.form_id}"
    assert stored.answers == {
        "nps": 9, "why": "Friendly staff", "rating": 4, "used": ["web", "shop"], "reasons": {"codes": ["P2"], "other": ""}
    }  # fmt: skip
    assert (stored.voice, stored.channel, stored.person_id) == ("unverified", "link", None)
    assert client.get(done.headers["Location"]).status_code == 200


def test_the_page_needs_no_cookie_and_may_not_be_kept_by_anybody(sqlite_app):
    from_template()
    page = sqlite_app.test_client().get("/s/spring")
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_two_visitors_get_two_form_ids_on_the_same_page(sqlite_app):
    from_template()
    client = sqlite_app.test_client()
    first, second = client.get("/s/spring").text, client.get("/s/spring").text
    tokens = [hidden(page)["form.token"] for page in (first, second)]
    assert tokens[0] != tokens[1]
    assert first.replace(tokens[0], "") == second.replace(tokens[1], "")


def test_the_page_says_who_asks_how_long_it_takes_and_what_is_kept(sqlite_app):
    from_template()
    page = sqlite_app.test_client().get("/s/spring").text
    assert "Your organisation" in page
    assert "Three questions, under a minute. Answering is up to you." in page
    assert "It keeps what you write here" in page


def test_renaming_the_organisation_shows_at_once(sqlite_app):
    from survey.organisation.models import Organisation

    from_template()
    client = sqlite_app.test_client()
    client.get("/s/spring")
    write(lambda: db.session.merge(Organisation(id=1, name="Northwind Gym")))
    assert "Northwind Gym" in client.get("/s/spring").text


@pytest.mark.usefixtures("both_databases")
def test_sending_twice_stores_once_and_thanks_twice(app, client):
    with_every_kind()
    form = {**hidden(client.get("/s/spring").text), **GOOD}
    first, second = client.post("/s/spring", data=form), client.post("/s/spring", data=form)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(_rows()) == 1


@pytest.mark.usefixtures("both_databases")
def test_the_back_button_and_other_answers_keep_the_first_and_say_so(app, client):
    with_every_kind()
    form = hidden(client.get("/s/spring").text)
    client.post("/s/spring", data={**form, **GOOD})
    other = client.post("/s/spring", data={**form, **GOOD, "nps": "2"})
    assert other.status_code == 303
    assert other.headers["Location"].endswith("?kept=first")
    assert [one.answers["nps"] for one in _rows()] == [9]


def test_wrong_input_comes_back_with_everything_that_was_typed(app, client):
    with_every_kind()
    typed = {
        **GOOD,
        "nps": "11",
        "why": "Too <slow> & “dear”",
        "contact.email": "nobody@",
        "reasons": "",
        "reasons.other": "the noise",
    }
    page = send(client, "/s/spring", typed)
    assert page.status_code == 422
    assert "<title>Error: Everything we can ask" in page.text
    assert 'href="#nps"' in page.text
    assert 'id="nps"' in page.text
    assert "Too &lt;slow&gt; &amp; “dear”</textarea>" in page.text
    assert 'value="nobody@"' in page.text
    assert 'value="the noise"' in page.text
    assert re.search(r'name="rating" value="4" checked', page.text)
    assert len(re.findall(r'name="used" value="(?:web|shop)" checked', page.text)) == 2
    assert _rows() == []


def test_the_form_id_stays_the_same_through_errors(app, client):
    with_every_kind()
    form = hidden(client.get("/s/spring").text)
    again = client.post("/s/spring", data={**form, "why": "words"})
    assert again.status_code == 422
    assert hidden(again.text) == form
    assert client.post("/s/spring", data={**hidden(again.text), **GOOD}).status_code == 303


def test_a_missing_answer_is_asked_for_in_words(sqlite_app):
    from_template()
    page = send(sqlite_app.test_client(), "/s/spring", {"reason": "words"})
    assert page.status_code == 422
    assert "Choose a number from 0 to 10." in page.text


def test_nothing_answered_is_nothing_sent(sqlite_app):
    with_questions([{"key": "why", "kind": "text", "words": "Why?"}])
    page = send(sqlite_app.test_client(), "/s/spring", {"why": "  "})
    assert page.status_code == 422
    assert "Answer at least one question" in page.text


@pytest.mark.parametrize("token", ["", "x", "ff.ff", "é.\x00", "0" * 32 + ".AAAA"])
def test_a_page_that_is_not_ours_comes_back_with_what_was_typed(app, client, token):
    with_every_kind()
    page = client.post("/s/spring", data={**hidden(client.get("/s/spring").text), **GOOD, "form.token": token})
    assert page.status_code == 422
    assert "Your answers are still here" in page.text
    assert "Friendly staff</textarea>" in page.text
    assert _rows() == []
    assert client.post("/s/spring", data={**hidden(page.text), **GOOD}).status_code == 303


def test_a_token_of_another_survey_is_none_here(sqlite_app):
    with_every_kind()
    with_every_kind(slug="other")
    client = sqlite_app.test_client()
    form = hidden(client.get("/s/other").text)
    assert client.post("/s/spring", data={**form, **GOOD}).status_code == 422


@pytest.mark.usefixtures("both_databases")
def test_answers_count_for_the_version_that_was_shown(app, client):
    survey = with_every_kind()
    form = hidden(client.get("/s/spring").text)
    republish(survey, questions=[{**EVERY_KIND["questions"][0], "words": "Changed words"}])
    assert "Changed words" in client.get("/s/spring").text
    assert client.post("/s/spring", data={**form, **GOOD}).status_code == 303
    (stored,) = _rows()
    assert stored.version.number == 1
    assert stored.answers["why"] == "Friendly staff"


@pytest.mark.parametrize("number", ["0", "7", "-1", "²", "x", "9" * 40])
def test_a_version_that_was_never_shown_is_not_believed(sqlite_app, number):
    with_every_kind()
    client = sqlite_app.test_client()
    form = {**hidden(client.get("/s/spring").text), "form.version": number}
    assert client.post("/s/spring", data={**form, **GOOD}).status_code in (303, 422)


def test_a_busy_database_loses_nothing(sqlite_app, monkeypatch):
    with_every_kind()
    client = sqlite_app.test_client()
    form = hidden(client.get("/s/spring").text)

    def busy(_fn, **_options):
        raise Busy("locked")

    monkeypatch.setattr(storing, "write", busy)
    page = client.post("/s/spring", data={**form, **GOOD})
    monkeypatch.undo()
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "Friendly staff</textarea>" in page.text
    assert client.post("/s/spring", data={**hidden(page.text), **GOOD}).status_code == 303


def test_what_nobody_asked_for_is_ignored(app, client):
    with_every_kind()
    extra = {
        "person_id": "1",
        "voice": "customer",
        "survey_id": "x",
        "is_history": "1",
        "score": "10",
        "nps.other": "x",
        "other": "x",
    }
    assert send(client, "/s/spring", {**GOOD, **extra}).status_code == 303
    (stored,) = _rows()
    assert set(stored.answers) == {"nps", "why", "rating", "used", "reasons"}
    assert stored.voice == "unverified"


@pytest.mark.usefixtures("both_databases")
def test_ten_thousand_characters_are_kept_and_one_more_is_shown_again(app, client):
    with_every_kind()
    assert send(client, "/s/spring", {**GOOD, "why": "ä" * 10_000}).status_code == 303
    page = send(client, "/s/spring", {**GOOD, "why": "ä" * 10_001})
    assert page.status_code == 422
    assert "10,001 characters long; the most we can keep is 10,000" in page.text
    assert "ä" * 10_001 in page.text


@pytest.mark.usefixtures("both_databases")
def test_nul_is_dropped_and_everything_else_kept(app, client):
    with_every_kind()
    send(client, "/s/spring", {**GOOD, "why": "a\x00b\x01\u202eّ👩‍👩‍👧 \ufeff"})
    (stored,) = _rows()
    assert stored.answers["why"] == "ab\x01\u202eّ👩‍👩‍👧 \ufeff"


@pytest.mark.parametrize("address", ["/s/nothing", "/s/draft", "/r/nothing", "/r/%F0%9F%98%80"])
def test_an_unknown_survey_is_unknown_kindly_and_always_in_the_same_words(app, client, address):
    with_questions(EVERY_KIND["questions"], slug="draft", is_published=False)
    page = client.get(address)
    assert page.status_code == 404
    assert "There is no survey at this address." in page.text
    assert client.post(address, data=GOOD).status_code == 404


def test_an_address_with_a_nul_is_no_address(app, client):
    assert client.get("/s/x%00y").status_code == 404
    assert client.get("/s/spring?kept=%00").status_code == 404


def test_a_closed_survey_says_so_and_takes_nothing(app, client):
    with_every_kind()
    form = hidden(client.get("/s/spring").text)
    _close("spring")
    page = client.get("/s/spring")
    assert (page.status_code, "This survey is closed" in page.text) == (410, True)
    assert client.post("/s/spring", data={**form, **GOOD}).status_code == 410
    assert _rows() == []


# ---- personal links -------------------------------------------------------------------------------------------------


def test_a_personal_link_knows_whose_answer_it_is(app, client):
    person_id = make_person(segments={"site": "north"})
    address = personal_link(with_every_kind(), person_id)
    assert "This link is yours" in client.get(address).text
    assert send(client, address, GOOD).status_code == 303
    (stored,) = _rows()
    assert (stored.person_id, stored.voice, stored.channel, stored.segments) == (
        person_id,
        "customer",
        "personal",
        {"site": "north"},
    )


def test_a_spent_link_shows_thanks_and_no_answers(app, client):
    address = personal_link(with_every_kind(), make_person())
    send(client, address, GOOD)
    page = client.get(address)
    assert page.status_code == 200
    assert "Your answer is in" in page.text
    assert "Friendly staff" not in page.text


@pytest.mark.usefixtures("both_databases")
def test_two_tabs_of_a_personal_link_keep_the_first_answer(app, client):
    address = personal_link(with_every_kind(), make_person())
    tabs = [hidden(client.get(address).text) for _tab in range(2)]
    first = client.post(address, data={**tabs[0], **GOOD})
    second = client.post(address, data={**tabs[1], **GOOD, "nps": "0"})
    assert second.headers["Location"] == first.headers["Location"] + "?kept=first"
    assert [one.answers["nps"] for one in _rows()] == [9]


def test_a_personal_form_is_good_for_its_own_link_alone(sqlite_app):
    survey = with_every_kind()
    mine, yours = personal_link(survey, make_person()), personal_link(survey, make_person("Jon"))
    client = sqlite_app.test_client()
    form = hidden(client.get(mine).text)
    assert client.post(yours, data={**form, **GOOD}).status_code == 422
    assert client.post("/s/spring", data={**form, **GOOD}).status_code == 422


def test_a_personal_link_of_a_closed_survey_says_so(sqlite_app):
    address = personal_link(with_every_kind(), make_person())
    _close("spring")
    assert sqlite_app.test_client().get(address).status_code == 410


# ---- rules of every page ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_writes_nothing(app, client, method):
    survey = with_every_kind()
    address = personal_link(survey, make_person())
    before = _everything()
    for path in ("/s/spring", address, "/s/nothing", "/r/nothing"):
        for _again in range(3):
            getattr(client, method)(path)
    assert _everything() == before


@pytest.mark.parametrize("keys", [
    ("nps", "why", "rating", "used", "reasons", "contact"), ("faces", "stars", "easy", "heard", "branch", "each"),
])  # fmt: skip
def test_the_page_is_small(sqlite_app, keys):
    with_questions([one for one in EVERY_KIND["questions"] if one["key"] in keys])
    client = sqlite_app.test_client()
    page = client.get("/s/spring")
    parts = re.findall(r'(?:src|href)="(/(?:look|static)[^"]+)"', page.text)
    assert "<script" not in page.text
    (sheet,) = [part for part in parts if part.endswith(".css")]
    weight = sum(len(gzip.compress(part.encode())) for part in (page.text, client.get(sheet).text))
    assert weight <= 10_000


NAMES = st.sampled_from(["nps", "why", "rating", "used", "reasons", "reasons.other", "contact", "contact.email", "contact.name",
                         "form.token", "form.version", "x"])  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["0", "10", "3", "web", "P2", "other", "yes", "a@b.example", "1e3", "٧", "NaN"]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.lists(st.tuples(NAMES, VALUES), max_size=15), is_ours=st.booleans())
def test_whatever_is_sent_the_answer_is_a_page(app, client, fields, is_ours):
    if survey_by_slug("spring") is None:
        with_every_kind()
    form = hidden(client.get("/s/spring").text) if is_ours else {}
    sent = {**form}
    for name, value in fields:
        sent.setdefault(name, value)
    page = client.post("/s/spring", data=sent)
    assert page.status_code in (303, 422), page.text
