"""How much a phone fetches before somebody can answer: the page and one style sheet, ten kilobytes together.

The icon is not counted among the two: browsers fetch it apart from the page, once for a whole site, and ask for
/favicon.ico where none is named. Its bytes are in the ten kilobytes all the same.
"""

import re

from survey.questionnaires.kinds.reasons import DEFAULT_PICK, picks
from tests.factories.surveys import with_questions

LIMIT = 10 * 1024
TAG = re.compile(r"<(link|script|img|iframe|source|video|audio|object|embed)\b([^>]*)>")
ADDRESS = re.compile(r"\b(?:href|src|srcset|data)=\"([^\"]+)\"")
ON_PHONES = {"Accept-Encoding": "gzip"}  # every browser and proxy knows it


SIX = [
    {"key": "nps", "kind": "nps", "words": "How likely are you to recommend us to a friend?", "is_required": True},
    {"key": "reason", "kind": "text", "words": "What is the main reason for your score?"},
    {"key": "rating", "kind": "rating", "words": "How satisfied are you with our service overall?"},
    {"key": "used", "kind": "choice", "words": "What do you use?", "settings": {"several": True, "options": [
        {"value": f"v{place}", "words": words} for place, words in enumerate(("The web", "The app", "The shop", "The phone"))]}},
    {"key": "reasons", "kind": "reasons", "words": "What bothered you most?", "settings": {"options": picks(DEFAULT_PICK)}},
    {"key": "contact", "kind": "contact", "words": "May we write to you?"},
]  # fmt: skip


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


def test_the_style_sheet_fetches_nothing_more(client):
    with_questions(SIX)
    [sheet], _icons = _fetched(client.get("/s/spring").text)
    css = client.get(sheet).text
    assert "url(" not in css
    assert "@import" not in css


def test_a_survey_of_six_questions_is_two_requests_and_ten_kilobytes(client):
    requests, weight = _weighed(client, f"/s/{with_questions(SIX).slug}")
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
