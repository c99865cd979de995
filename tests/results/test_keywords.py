"""The page of keywords: every number opens its comments, and nothing is told of surveys that show groups only."""

import re
from datetime import date

import pytest

from survey.foundation.db import db, write
from survey.text.models import Comment
from tests.factories.people import sign_in
from tests.factories.surveys import answer, from_template

DAY = date(2026, 10, 5)


def _says(survey, words, sentiment="positive", language="en"):
    receipt = answer(survey, {"nps": 9, "reason": words, "rating": 5}, on=DAY)

    def read():
        comment = db.session.query(Comment).filter_by(response_id=receipt.response_id).one()
        comment.sentiment, comment.language = sentiment, language

    write(read)


@pytest.fixture
def written(client):
    survey = from_template()
    for number in range(9):
        _says(survey, f"The front desk was closed on visit {number}, write to ada{number}@example.org", "negative")
    for _ in range(3):
        _says(survey, "Lovely garden")
    _says(survey, "Der Garten ist schön", language="de")
    sign_in(client)
    return client


def _numbers(page):
    found = re.findall(r'<a href="(/themes/keywords\?word=[^"]+)">(\d+)</a>', page)
    return [(url.replace("&amp;", "&"), int(n)) for url, n in found]


def test_every_number_opens_its_comments(written):
    page = written.get("/themes/keywords").text
    numbers = _numbers(page)
    assert dict(numbers)["/themes/keywords?word=desk"] == 9
    for url, n in numbers:
        opened = written.get(url)
        assert opened.status_code == 200
        assert opened.text.count("<blockquote") == n, url


def test_it_says_how_they_sound_and_what_is_not_read(written):
    page = " ".join(written.get("/themes/keywords").text.split())
    assert "9 negative" in page
    assert "3 positive" in page
    assert "1 comment is not in English and left out." in page
    assert "Perhaps not worth listing" in page
    assert "@example.org" not in page  # a quote names nobody


def test_surveys_that_show_groups_only_are_not_read(client):
    closed = from_template(slug="closed", privacy="confidential")
    for _ in range(9):
        _says(closed, "The front desk was closed")
    sign_in(client)
    assert "desk" not in client.get("/themes/keywords").text
    assert client.get("/themes/keywords?survey=closed").status_code == 400


@pytest.mark.parametrize("address", ["/themes/keywords?survey=nothing", "/themes/keywords?word=nothing"])
def test_what_is_not_there_is_refused_with_words(client, address):
    sign_in(client)
    assert client.get(address).status_code == 400


def test_viewers_do_not_see_it(client):
    sign_in(client, "viewer")
    assert client.get("/themes/keywords").status_code == 403
