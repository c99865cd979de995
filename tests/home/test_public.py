"""The front page, and the page that answers back: it shows no answer, and asks for an address apart from them."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from survey.customers.models import Consent, Person
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.home.rules import WORDS_AGREED, WORDS_ASKED
from survey.questionnaires.actions import close
from survey.questionnaires.queries import survey_by_slug
from survey.results.jobs import release_results
from tests.factories.people import sign_in
from tests.factories.surveys import answer, from_template, hidden, send
from tests.improvements.test_actions import NOW, post, start


def _set(survey, **columns):
    def change():
        found = survey_by_slug(survey.slug)
        for name, value in columns.items():
            setattr(found, name, value)

    write(change)


def _words(page):
    """What somebody reads on a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _thanks(client, survey, receipt=None, **query):
    return client.get(f"/s/{survey.slug}/thanks/{receipt or uuid4()}", query_string=query)


def _count(model):
    return db.session.scalar(select(func.count()).select_from(model))


class TestFront:
    def test_it_lists_what_owners_list_and_nothing_else(self, client):
        listed, closed = from_template(slug="listed"), from_template(slug="closed")
        from_template(slug="quiet")
        for survey in (listed, closed):
            _set(survey, is_listed=True)
        write(lambda: close(survey_by_slug("closed"), now=now()))
        page = client.get("/").text
        assert 'href="/s/listed"' in page
        assert 'href="/s/quiet"' not in page
        assert 'href="/s/closed"' not in page

    def test_it_works_when_there_is_nothing(self, client):
        page = client.get("/").text
        assert "No survey is open to everybody just now." in page
        assert 'href="/improving"' in page
        assert 'href="/sign-in"' in page

    def test_it_says_what_is_improved(self, client):
        post(start())
        start(title="Not yet told")
        page = client.get("/").text
        assert 'href="/improving/no-more-waiting"' in page
        assert "Not yet told" not in page


class TestThanks:
    def test_an_answer_leads_to_thanks_and_shows_no_answer(self, client):
        survey = from_template()
        sent = send(client, "/s/spring", {"nps": "3", "reason": "A secret thought", "rating": "2"})
        page = client.get(sent.location)
        assert page.status_code == 200
        assert "Thank you" in page.text
        assert "A secret thought" not in page.text
        assert "Set-Cookie" not in page.headers
        assert survey.slug in sent.location

    def test_an_unknown_receipt_is_thanked_all_the_same(self, client):
        survey = from_template()
        receipt = answer(survey, {"nps": 9}).form_id
        known, unknown = _thanks(client, survey, receipt).text, _thanks(client, survey).text
        assert _words(known) == _words(unknown)

    @pytest.mark.parametrize(
        "address", ["/s/nothing/thanks/7d444840-9dc0-11d1-b245-5ffdce74fad2", "/s/spring/thanks/x"]
    )
    def test_without_a_survey_there_is_nothing(self, client, address):
        assert client.get(address).status_code == 404

    def test_the_first_answer_is_kept_and_that_is_said(self, client):
        from_template()
        page = client.get("/s/spring").text
        form = hidden(page)
        first = client.post("/s/spring", data={**form, "nps": "9", "rating": "5"})
        other = client.post("/s/spring", data={**form, "nps": "1", "rating": "5"})
        assert "We kept your first answer" not in client.get(first.location).text
        assert "We kept your first answer" in client.get(other.location).text

    def test_it_tells_first_what_answers_the_reason_that_was_given(self, client):
        for number in range(4):
            post(
                start(title=f"Newer {number}", codes=["S1"]),
                now=NOW + timedelta(days=9),
                on=(NOW + timedelta(days=9)).date(),
            )
        post(start(title="About price", codes=["P2"]))
        post(start(title="Not about price, no", codes=["P2"]), stage="declined", words="No.")
        survey = from_template("exit")
        receipt = answer(survey, {"reasons": {"codes": ["P2"], "other": ""}}).form_id
        told = re.findall(r'href="/improving/([^"]+)"', _thanks(client, survey, receipt).text)
        assert len(told) == 3
        assert told[0] == "about-price"
        assert "about-price" not in _thanks(client, survey).text

    def test_a_receipt_of_another_survey_says_nothing(self, client):
        for number in range(3):
            post(
                start(title=f"Newer {number}", codes=["S1"]),
                now=NOW + timedelta(days=9),
                on=(NOW + timedelta(days=9)).date(),
            )
        post(start(title="About price", codes=["P2"]))
        receipt = answer(from_template("exit"), {"reasons": {"codes": ["P2"], "other": ""}}).form_id
        assert "about-price" not in _thanks(client, from_template(slug="other"), receipt).text

    def test_the_result_so_far_is_shown_where_its_owner_shows_it(self, client):
        survey = from_template()
        for _ in range(10):
            answer(survey, {"nps": 10, "rating": 5})
        assert "What people say so far" not in _thanks(client, survey).text
        _set(survey, has_public_results=True)
        release_results()
        page = _words(_thanks(client, survey).text)
        assert "+100 NPS, 10 answers" in page
        assert "Between" in page

    def test_few_answers_are_no_result(self, client):
        survey = from_template()
        _set(survey, has_public_results=True)
        for _ in range(4):
            answer(survey, {"nps": 10, "rating": 5})
        page = _words(_thanks(client, survey).text)
        assert "Too few answers so far to show a score." in page
        assert "100" not in page


class TestTellMe:
    def _send(self, client, survey, **changes):
        page = _thanks(client, survey)
        form = {"email": "Mira@Example.org", "agrees": "y", **hidden(page.text), **changes}
        return client.post(
            f"/s/{survey.slug}/thanks/{uuid4()}", data={name: value for name, value in form.items() if value}
        )

    def test_the_box_is_not_ticked(self, client):
        page = _thanks(client, from_template()).text
        assert re.search(r'name="agrees"', page)
        assert not re.search(r'name="agrees"[^>]*checked', page)

    def test_an_address_is_kept_with_the_words_that_were_agreed_to(self, client):
        survey = from_template()
        sent = self._send(client, survey)
        assert sent.status_code == 303
        assert "We will write to you" in client.get(sent.location.split("#")[0]).text
        assert db.session.scalars(select(Person.email)).all() == ["mira@example.org"]
        consent = db.session.scalars(select(Consent)).one()
        assert (consent.purpose, consent.words) == ("updates", f"{WORDS_ASKED} {WORDS_AGREED}")

    def test_twice_is_once(self, client):
        survey = from_template()
        for _ in range(2):
            assert self._send(client, survey).status_code == 303
        assert (_count(Person), _count(Consent)) == (1, 1)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"agrees": ""}, "Tick the box if we may write to you."),
            ({"email": ""}, "Type your e-mail address."),
            ({"email": "mira at example"}, "This e-mail address is not complete."),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_kept(self, client, changes, words):
        sent = self._send(client, from_template(), **changes)
        assert sent.status_code == 422
        assert words in sent.text
        assert changes.get("email", "Mira@Example.org") in sent.text
        assert _count(Person) == 0

    def test_a_form_that_is_not_ours_is_refused(self, client):
        assert self._send(client, from_template(), form="made-up").status_code == 400
        assert _count(Person) == 0

    def test_an_anonymous_survey_never_asks(self, client):
        survey = from_template(slug="open")
        _set(survey, privacy="anonymous")
        assert 'name="email"' not in _thanks(client, survey).text
        token = client.application.extensions["hearback.form_tokens"].issue("updates")
        assert self._send(client, survey, form=token).status_code == 400
        assert _count(Person) == 0


def test_public_pages_ask_for_no_session(client):
    survey = from_template()
    sign_in(client, "admin")
    for answered in (client.get("/"), _thanks(client, survey)):
        assert "Set-Cookie" not in answered.headers
        assert "Cookie" not in answered.headers.get("Vary", "")
