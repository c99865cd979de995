"""The morning page: a sentence, and every number opens exactly its rows."""

import re
from datetime import date, timedelta
from urllib.parse import urldefrag

import html5lib
import pytest
import time_machine
from sqlalchemy import event

from survey.customers.actions import record
from survey.customers.rules import PersonEntry
from survey.departures.rules import reason_label
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.jobs import ATTEMPTS, Job
from survey.organisation.models import Organisation
from tests.factories.people import sign_in
from tests.factories.surveys import answer, from_template
from tests.improvements.test_actions import post, start

TODAY = date(2026, 11, 22)
NUMBER = re.compile(r"^(One|[\d,]+)\b")
QUERIES = 26


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=True):
        yield


def leave(number, on, reason=None, **more):
    entry = PersonEntry(external_id=f"n{number}", has_left=True, ended_on=on, reason=reason, value_minor=100, **more)
    write(lambda: record(entry, now=now(), is_history=True))


def _many(count=1):
    """People who left, for reasons ours and not ours and none, and answers to both kinds of survey."""
    for number in range(60 * count):
        reason = ("Waiting", "Price rise", "Moved away", None, "My dog ate it")[number % 5]
        leave(number, TODAY - timedelta(days=number % 3), reason)
    for number in range(40 * count):
        leave(f"old{number}", TODAY - timedelta(days=31 + number % 150), "Waiting")
    survey = from_template()
    for number in range(55 * count):
        answer(
            survey,
            {"nps": number % 11, "reason": f"Words {number}", "rating": 4},
            on=TODAY - timedelta(days=number % 40),
        )
    leavers = from_template("exit", slug="bye")
    for _ in range(7 * count):
        answer(leavers, {"reasons": {"codes": ["A2"], "other": ""}, "words": "It took long."}, on=TODAY)
    post(start(codes=["A2"]))
    start(title="Nobody knows")
    start(title="Nobody knows either")


def _tree(page):
    return html5lib.parse(page, namespaceHTMLElements=False)


def _text(node):
    return " ".join("".join(node.itertext()).split())


def _numbers(tree):
    """Every link in the page whose words begin with a number: (address, number)."""
    for link in tree.find(".//main").iter("a"):
        words = _text(link)
        found = NUMBER.match(words)
        if found:
            yield link.get("href"), 1 if found[1] == "One" else int(found[1].replace(",", ""))


def _rows_in(part):
    """The rows of the last table, else the articles, else the entries of the last list."""
    tables, articles = part.findall(".//table"), part.findall(".//article")
    lists = [node for node in part.iter() if node.tag in ("ul", "ol")]
    return len(tables[-1].findall("./tbody/tr") if tables else articles or lists[-1].findall("./li"))


def _rows(client, address):
    """How many rows the list at an address has, over all its pages; an anchor names the part of the page that is meant."""
    count = 0
    while address:
        url, anchor = urldefrag(address)
        answered = client.get(url)
        assert answered.status_code == 200, address
        main = _tree(answered.text).find(".//main")
        part = main.find(f".//*[@id='{anchor}']") if anchor else main
        count += _rows_in(part)
        following = main.find(".//a[@rel='next']")
        address = following.get("href") if following is not None else None
    return count


@pytest.fixture
def leader(client):
    sign_in(client, "leader")
    return client


@pytest.mark.usefixtures("both_databases")
def test_every_number_opens_a_list_of_exactly_so_many_rows(leader):
    _many()
    tree = _tree(leader.get("/today").text)
    numbers = list(_numbers(tree))
    opened = [(address, number, _rows(leader, address)) for address, number in numbers]
    assert [row for row in opened if row[1] != row[2]] == []
    addresses = " ".join(address for address, _ in numbers)
    for part in (
        "reason=told",
        "reason=A2",
        "reason=P2",
        "reason=U2",
        "reason=not-known",
        "own",
        "/responses",
        "unmatched",
        "#untold",
        "#people",
    ):
        assert part in addresses, part


@pytest.mark.usefixtures("both_databases")
def test_the_numbers_are_those_of_the_data(leader):
    _many()
    words = _text(_tree(leader.get("/today").text).find(".//main"))
    assert "60 people have left in November so far" in words
    assert "48 of them told us why." in words
    assert "7 answers say why somebody left, but not who" in words
    assert "2 improvements" in words


def test_a_reason_says_what_answers_it_or_that_nothing_does(leader):
    _many()
    page = leader.get("/today").text
    rows = {_text(row.find("th")): row for row in _tree(page).iter("tr") if row.find("th") is not None}
    assert "in progress" in _text(rows["Waiting"])
    assert "nothing answers this yet" in _text(rows["Price rise"])
    assert rows["Price rise"].find("td/a[@href='/improvements/new?reason=P2']") is not None
    assert "not ours to fix" in _text(rows["Moved away"])
    assert "nothing answers" not in _text(rows["Not known"])


@pytest.mark.parametrize(
    ("waiting", "price", "words"),
    [
        (2, 2, "Price rise and waiting are named most, equally often."),
        (4, 2, "Waiting is named most: 4 of 6. Too few to be sure. Nothing answers it yet."),
        (9, 1, "Waiting is named most: 9 of 10. Nothing answers it yet."),
    ],
)
def test_the_order_of_reasons_is_claimed_only_where_it_is_sure(leader, waiting, price, words):
    for number in range(waiting + price):
        leave(number, TODAY, "Waiting" if number < waiting else "Price rise")
    assert words in _text(_tree(leader.get("/today").text))


def test_early_in_a_month_the_last_one_is_told_too(client):
    with time_machine.travel("2026-11-02 09:00:00+00:00", tick=True):
        sign_in(client, "leader")
        leave(1, date(2026, 10, 3), "Waiting")
        tree = _tree(client.get("/today").text)
        assert "Nobody has left in November so far." in _text(tree)
        assert "In October 1 person left." in _text(tree)
        opened = [(number, _rows(client, address)) for address, number in _numbers(tree)]
    assert opened == [(1, 1)] * 4  # in the sentence, the table, and the line below it: how many, and how many said why


def test_few_answers_are_too_few_for_a_score(leader):
    survey = from_template()
    for _ in range(3):
        answer(survey, {"nps": 9, "rating": 5}, on=TODAY)
    page = _text(_tree(leader.get("/today").text))
    assert "3 answers so far: too few for a score; read them." in page
    assert "We do not know your customers yet" in page


def test_a_score_stands_with_n_period_and_interval(leader):
    survey = from_template()
    for number in range(20):
        answer(survey, {"nps": 9 if number % 2 else 3, "rating": 5}, on=TODAY)
    words = _text(_tree(leader.get("/today").text))
    assert "Would they recommend us?" in words
    assert "0 NPS, 20 answers" in words
    assert "1 Sep – 22 Nov" in words
    assert re.search(r"Between −\d+ and \+\d+\.", words)


@pytest.mark.usefixtures("both_databases")
def test_viewers_see_groups_and_no_rows(client):
    _many()
    sign_in(client, "viewer")
    page = client.get("/today").text
    assert "60 people" in page
    assert "Words 5" not in page
    for closed in ("/lost", "/people", "/comments", "/responses", "/improvements"):
        assert f'href="{closed}' not in page
        assert not re.search(rf'href="[^"]*{closed}"', page)
    assert list(_numbers(_tree(page))) == []


def _told_of_departures(page):
    """Every number that a page tells of people who left: its first sentence and lead, and the table of reasons."""
    main = _tree(page).find(".//main")
    table = main.find(".//table[@class='stats']")
    parts = [main.find(".//h1"), main.find(".//p[@class='lead']"), *([table] if table is not None else [])]
    words = " ".join(_text(part) for part in parts if part is not None)
    source = re.search(r"\d+ people, [^.]*\. ?(Why is known of \d+)?", _text(main))
    words += f" {source[1] or ''}" if source else ""
    return [int(number) for number in re.findall(r"(?<![\d,])\d+(?![\d,]|st|nd|rd|th)", words)]


@pytest.mark.parametrize(
    ("reasons", "rows"),
    [
        ({"Waiting": 9, "No reply": 2, "Price rise": 1, "Moved away": 2, None: 3}, {"Waiting": 9, "Other or not known": 8}),
        ({"Waiting": 9, "No reply": 5, None: 6}, {"Waiting": 9, "No reply": 5, "Not known": 6}),
        ({"Waiting": 9, "No reply": 2}, {}),
        ({"Waiting": 3, "No reply": 4}, {}),
        ({"Waiting": 2}, {}),
    ],
)  # fmt: skip
def test_viewers_are_told_of_no_handful_of_people(client, reasons, rows):
    for number, reason in enumerate(reason for reason, people in reasons.items() for _ in range(people)):
        leave(number, TODAY, reason)
    sign_in(client, "viewer")
    page = client.get("/today").text
    tree = _tree(page)
    shown = {_text(row.find("th")): int(_text(row.find("td"))) for row in tree.iter("tr") if row.find("td") is not None}
    assert shown == rows
    assert [number for number in _told_of_departures(page) if 0 < number < 5] == []
    assert ("So few people gave each reason" in page) == (not rows)


def test_viewers_get_words_where_a_number_would_leave_a_handful_over(client):
    for number in range(12):
        leave(number, TODAY, "Waiting" if number < 9 else None)
    sign_in(client, "viewer")
    words = _text(_tree(client.get("/today").text).find(".//main"))
    assert "12 people have left in November so far, and most of them told us why." in words
    assert "9" not in words.split("What we are improving")[0].replace("November", "")


def test_early_in_a_month_viewers_learn_no_handful_of_the_last_one(client):
    with time_machine.travel("2026-11-02 09:00:00+00:00", tick=True):
        sign_in(client, "viewer")
        leave(1, date(2026, 10, 3), "Waiting")
        words = _text(_tree(client.get("/today").text))
    assert "Few people left in October." in words
    assert "1 person" not in words


def test_a_month_says_what_is_usual(leader):
    for number in range(60):
        leave(number, date(2026, 5 + number % 6, 3), "Waiting")
    for number in range(20):
        leave(f"now{number}", TODAY, "Waiting")
    words = _text(_tree(leader.get("/today").text))
    assert "more than usual by now" in words
    assert "Usual by the 22nd: about 7." in words
    assert "Usual by the 22nd: about 7." in leader.get("/lost?period=this-month").text
    assert "Usual in a month: about 10." in leader.get("/lost?period=last-month").text


def test_a_reason_that_was_stated_is_not_shown_as_one_that_the_machine_read(leader):
    leavers = from_template("exit", slug="bye")
    answer(leavers, {"reasons": {"codes": ["A2"], "other": ""}, "words": "It took long."}, on=TODAY)
    page = leader.get("/today").text
    assert "It took long." in page
    assert '<span class="tag">Waiting</span>' in page
    assert '<span class="tag machine">Waiting' not in page


@pytest.mark.usefixtures("both_databases")
def test_rare_reasons_are_folded_and_the_table_still_adds_up(leader):
    codes = ("A2", "E2", "S2", "P2", "A1", "E1", "P1", "A3")
    for number, code in enumerate(code for place, code in enumerate(codes) for _ in range(9 - place)):
        leave(number, TODAY, reason_label(code))
    tree = _tree(leader.get("/today").text)
    rows = [int(_text(row.find("td"))) for row in tree.iter("tr") if row.find("td") is not None]
    assert sum(rows) == sum(range(2, 10))
    assert "2 rarer reasons" in _text(tree)


def test_a_confidential_survey_shows_no_single_answer(leader):
    survey = from_template(privacy="confidential")
    for number in range(12):
        answer(survey, {"nps": 9, "reason": f"Whispered {number}", "rating": 5}, on=date(2026, 10, 10))
    page = leader.get("/today").text
    assert "10 answers" in page
    assert "Whispered" not in page
    assert "/responses" not in page


def test_a_new_installation_is_offered_the_first_steps(client):
    sign_in(client, "admin")
    page = client.get("/today").text
    for words in ("Create a survey", 'href="/people/import"', "Invite somebody"):
        assert words in page


def test_work_that_was_given_up_is_said(leader):
    leave(1, TODAY)
    assert "was given up" not in leader.get("/today").text
    write(lambda: db.session.add(Job(kind="read_response", subject=from_template().id, attempts=ATTEMPTS)))
    assert "was given up" in leader.get("/today").text


def test_the_example_says_that_it_is_one(leader):
    leave(1, TODAY)
    assert "example organisation" not in leader.get("/today").text
    write(lambda: db.session.merge(Organisation(id=1, name="Northwind", is_example=True)))
    assert "example organisation" in leader.get("/today").text


def _queries(client):
    """How many statements a look at the page runs."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get("/today").status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.usefixtures("both_databases")
def test_the_number_of_queries_does_not_grow_with_the_rows(leader):
    _many()
    leader.get("/today")
    before = _queries(leader)
    for number in range(1000, 1080):
        leave(number, TODAY, ("Waiting", "Price rise", "No reply", "Quality")[number % 4])
    for code in ("E2", "S2", "P2"):
        post(start(title=code, codes=[code]))
    assert _queries(leader) == before
    assert before <= QUERIES
