"""How much a phone fetches before somebody can answer: the page and one style sheet, ten kilobytes together.

The icon is not counted among the two: browsers fetch it apart from the page, once for a whole site, and ask for
/favicon.ico where none is named. Its bytes are in the ten kilobytes all the same.
"""

import re

import pytest

from tests.factories.surveys import EVERY_KIND, with_questions

SIX = ("nps", "why", "rating", "used", "reasons", "contact")
OTHER_SIX = ("stars", "faces", "easy", "heard", "each", "hours")

LIMIT = 10 * 1024
TAG = re.compile(r"<(link|script|img|iframe|source|video|audio|object|embed)\b([^>]*)>")
ADDRESS = re.compile(r"\b(?:href|src|srcset|data)=\"([^\"]+)\"")
ON_PHONES = {"Accept-Encoding": "gzip"}  # every browser and proxy knows it


def _fetched(page):
    """The addresses that a page makes a browser fetch, and the icon's."""
    tags = [(name, attributes, ADDRESS.search(attributes)) for name, attributes in TAG.findall(page)]
    icons = [found[1] for name, attributes, found in tags if found and 'rel="icon"' in attributes]
    return [found[1] for name, attributes, found in tags if found and found[1] not in icons], icons


def _on_the_wire(client, address):
    """What comes back for an address, headers and body, with the compression that every browser takes."""
    with client.get(address, headers=ON_PHONES) as answer:
        assert answer.status_code == 200
        headers = sum(len(f"{name}: {value}\r\n".encode()) for name, value in answer.headers)
        return headers + len(answer.data)


def _weighed(client, address):
    fetched, icons = _fetched(client.get(address).text)
    assert len(icons) == 1
    weights = [_on_the_wire(client, one) for one in (address, *fetched)]
    return len(weights), sum(weights) + _on_the_wire(client, icons[0])


def _asked(keys):
    return [one for one in EVERY_KIND["questions"] if one["key"] in keys]


def test_the_style_sheet_fetches_nothing_more(client):
    with_questions(_asked(SIX))
    [sheet], _icons = _fetched(client.get("/s/spring").text)
    css = client.get(sheet).text
    assert "url(" not in css
    assert "@import" not in css


@pytest.mark.parametrize("keys", [SIX, OTHER_SIX])
def test_a_survey_of_six_questions_is_two_requests_and_ten_kilobytes(client, keys):
    survey = with_questions(_asked(keys))
    assert len(survey.draft["questions"]) == 6
    requests, weight = _weighed(client, f"/s/{survey.slug}")
    assert requests == 2
    assert weight <= LIMIT


def test_six_questions_with_many_options_in_long_words_are_no_more(client):
    options = [
        {"value": f"v{place}", "words": f"Something that takes some words to say, {place}"} for place in range(12)
    ]
    choice = {"kind": "choice", "settings": {"several": True, "options": options}}
    questions = [{**choice, "key": f"q{place}", "words": f"Which of these did you use, {place}?"} for place in range(6)]
    survey = with_questions(questions)
    requests, weight = _weighed(client, f"/s/{survey.slug}")
    assert requests == 2
    assert weight <= LIMIT


def test_whatever_is_named_by_a_page_is_found(client):
    fetched, icons = _fetched(
        '<link rel="stylesheet" href="/a.css"><link rel="icon" href="/i.svg"><script src="/b.js"></script><img src="/c.png">'
    )
    assert (fetched, icons) == (["/a.css", "/b.js", "/c.png"], ["/i.svg"])
