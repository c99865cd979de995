import re
from datetime import date
from html import unescape
from uuid import uuid4

import pytest

from survey.customers.actions import agree
from survey.customers.models import Standing
from survey.customers.queries import person as find_person
from survey.departures import pages
from survey.departures.queries import departures_of
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.organisation.queries import today
from tests.departures.conftest import entry
from tests.factories.people import sign_in, submit
from tests.factories.surveys import answer, from_template

ROW = re.compile(r'<tr><th scope="row"><a href="/people/')
NUMBER = re.compile(
    r'<a href="((?:/lost|/people|#people)[^"]*)">(?:<[^>]*>)?([\d,]+|[^<]* of them|both of them|[\d,]+ people|One person)<'
)


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture
def many(recorded, app):
    survey = from_template("exit", slug="bye")
    this = today()
    months = [
        date(this.year - 1 + (this.month + back - 1) // 12, (this.month + back - 1) % 12 + 1, 1)
        for back in range(1, 13)
    ]
    reasons = ["Price too high", "Waiting", "Don't know", None, "The <b>parrot</b>", "Moved", "x" * 80]
    left = [
        entry(f"{index}-{n}", month, reasons[(index + n) % len(reasons)], 100 * n - 50 if n % 2 else None)
        for index, month in enumerate(months)
        for n in range(index)
    ]
    left += [entry(f"this-{n}", months[-1], "Waiting", 1000, "USD") for n in range(55)]
    recorded(*left, *(entry(f"here-{n}") for n in range(9)))
    for _ in range(3):
        answer(survey, {"reasons": {"codes": ["A2"], "other": "no seat"}, "words": "I waited an hour."})
    return {"people": len(left), "months": months}


def _pages(client, address):
    while address:
        answered = client.get(address)
        assert answered.status_code == 200, (address, answered.text[:400])
        yield answered.text
        found = re.search(r'rel="next" href="([^"]+)"', answered.text)
        address = unescape(found.group(1)) if found else None


def _rows(client, address):
    return sum(len(ROW.findall(page)) for page in _pages(client, address))


def _numbers(page):
    """Every linked number of a page: where it leads, and how many it says."""
    for address, words in NUMBER.findall(page):
        digits = re.sub(r"\D", "", words)
        yield unescape(address), int(digits or {"One person": 1, "one of them": 1, "both of them": 2}[words])


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize("period", ["all", "this-month", "last-month", "3-months", "12-months"])
def test_every_number_opens_a_list_of_exactly_that_many(client, many, period):
    sign_in(client)
    here = f"/lost?period={period}"
    numbers = list(_numbers(client.get(here).text))
    assert len(numbers) > 8
    for address, people in numbers:
        assert _rows(client, here if address.startswith("#") else address) == people, address


def test_all_who_left_are_said_first_and_listed_in_full(client, many):
    sign_in(client)
    page = client.get("/lost").text
    assert f"{many['people']} people</a> have left" in page
    assert f"50 of {many['people']} people" in page
    assert _rows(client, "/lost") == many["people"]


def test_numbers_that_belong_to_nobody_are_grey_and_say_so(client, many):
    sign_in(client)
    page = client.get("/lost").text
    assert "not ours to fix" in page
    why = page.partition("Whose decision it was")[0]
    assert why.count('class="bar muted"') == 2  # moved away, not known


def test_values_are_said_by_currency_and_of_how_many(client, many):
    sign_in(client)
    page = client.get("/lost").text
    assert "$550" in page
    assert "not known for" in page


def test_what_people_said_is_shown_as_text(client, many):
    sign_in(client)
    page = client.get("/lost").text
    assert "The &lt;b&gt;parrot&lt;/b&gt;" in page
    assert "<b>parrot" not in page


def test_unmatched_answers_are_counted_apart_with_a_list_of_their_own(client, many):
    sign_in(client, "staff")
    assert "3 answers</a> said why somebody left, but not who" in client.get("/lost").text
    page = client.get("/lost/unmatched").text
    assert page.count(">answered ") == 3
    assert "I waited an hour." in page
    assert "no seat" in page
    assert client.get("/lost/unmatched?period=2020-01").text.count(">answered ") == 0


def test_before_anybody_left_the_page_says_what_to_do(client):
    sign_in(client)
    page = client.get("/lost").text
    assert "Nobody is known to have left" in page
    assert 'href="/people/import"' in page
    assert "exit survey" in page


def test_a_quiet_period_says_so_and_keeps_the_run_of_months(client, many):
    sign_in(client)
    page = client.get("/lost?period=2019-03").text
    assert "Nobody left in March 2019." in page
    assert 'id="people"' not in page
    assert "/lost/trend.svg" in page


@pytest.mark.parametrize("query", ["?period=soon", "?reason=X9", "?cursor=x", "?period=2026-13"])
def test_what_nobody_can_ask_for_is_refused(client, many, query):
    sign_in(client)
    assert client.get(f"/lost{query}").status_code == 400


def test_the_page_is_for_the_team(client, recorded):
    [somebody] = recorded(entry("1"))
    addresses = ["/lost", "/lost/unmatched", "/lost/trend.svg", f"/people/{somebody.id}", f"/people/{somebody.id}/left"]
    assert {client.get(address).status_code for address in addresses} == {302}
    sign_in(client, "viewer")
    assert {client.get(address).status_code for address in addresses} == {403}


def test_the_picture_is_drawn_once_for_each_paper(client, many):
    sign_in(client)
    light, dark = client.get("/lost/trend.svg"), client.get("/lost/trend.svg?theme=dark&wide=no")
    assert light.mimetype == "image/svg+xml"
    assert light.data.lstrip().startswith(b"<")
    assert light.headers["ETag"] != dark.headers["ETag"]
    again = client.get("/lost/trend.svg", headers={"If-None-Match": light.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


# ---- one person -----------------------------------------------------------------------------------------------------


def test_a_persons_story_tells_stays_reasons_answers_and_consents(client, recorded):
    write(lambda: agree(email="ada@example.org", name="Ada", purposes={"reply": "Write to me about this"}, now=now()))
    [somebody] = recorded(
        entry("7", date(2026, 9, 30), "too expensive", 6560, email="ada@example.org", segments={"city": "Bern"})
    )
    survey = from_template("exit", slug="bye")
    told = {"reasons": {"codes": ["A2"], "other": ""}, "words": "I waited for an hour."}
    answer(survey, told, person_id=somebody.id, voice="former_customer")
    sign_in(client, "staff")
    page = client.get(f"/people/{somebody.id}").text
    for words in ("<h1>Ada</h1>", "after 2 years 8 months", "Price too high", "too expensive", "Waiting", "worth €65.60",
                  "I waited for an hour.", "Write to me about this", "Bern", "/responses/"):  # fmt: skip
        assert words in page, words
    assert "Note that they left" not in page


def test_somebody_who_is_not_there_is_not_found(client):
    sign_in(client)
    assert client.get(f"/people/{uuid4()}").status_code == 404
    assert client.get(f"/people/{uuid4()}/left").status_code == 404


def test_staff_note_that_somebody_left(client, recorded):
    [somebody] = recorded(entry("7", value=500))
    sign_in(client, "staff")
    assert f"/people/{somebody.id}/left" in client.get(f"/people/{somebody.id}").text
    told = {"left_on": today().isoformat(), "code": "P2", "words": "You put it up again."}
    done = submit(client, f"/people/{somebody.id}/left", told)
    assert (done.status_code, done.headers["Location"]) == (303, f"/people/{somebody.id}")
    [departure] = departures_of(somebody.id)
    assert (departure.source, departure.left_on, departure.value_minor) == ("staff", today(), 500)
    assert [(reason.code, reason.words) for reason in departure.reasons] == [("P2", "You put it up again.")]
    assert find_person(somebody.id).standing == Standing.LEFT
    assert _rows(client, "/lost") == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"left_on": ""}, "Give the day"),
        ({"left_on": "2999-01-01"}, "yet to come"),
        ({"left_on": "2020-01-01"}, "became a customer after that day"),
        ({"left_on": "2026-02-01", "code": "nope"}, "Not a valid choice"),
        ({"left_on": "2026-02-01", "words": "x" * 2001}, "Field cannot be longer"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(client, recorded, told, words):
    [somebody] = recorded(entry("7"))
    sign_in(client)
    answered = submit(client, f"/people/{somebody.id}/left", {"words": "because", **told})
    assert answered.status_code == 422
    assert words in answered.text
    assert told.get("words", "because") in answered.text
    assert departures_of(somebody.id) == []


def test_a_persons_page_stands_under_people(client, recorded):
    [somebody] = recorded(entry("7"))
    sign_in(client)
    page = client.get(f"/people/{somebody.id}").text
    assert re.search(r'aria-current="page">People<', page)
    assert page.count("aria-current") == 1


def test_many_different_reasons_are_all_there_with_the_rare_ones_folded(client, recorded):
    recorded(*(entry(str(number), date(2026, 9, 30), f"reason {number} of its own") for number in range(30)))
    sign_in(client)
    page = client.get("/lost").text
    assert "16 rarer reasons" in page
    listed = re.findall(r'reason=own[^"]*">(\d+)</a>', page)
    assert listed == ["1"] * 30


def test_a_month_that_is_not_over_is_not_the_highest_of_the_run():
    months = [(date(2026, 9, 1), 5), (date(2026, 10, 1), 18), (date(2026, 11, 1), 23)]
    now, later = date(2026, 11, 22), date(2026, 12, 3)
    assert pages.run_title(months, now) == "Most left in October: 18 people; 23 in November so far"
    assert pages.run_title(months, later) == "Most left in November: 23 people"
    assert pages.run_labels(months, now) == ["Sep", "Oct", "so far"]
    assert pages.run_labels(months, now, wide=False) == ["Sep", "", "Nov"]
    assert pages.run_source(months, now, earlier=1) == "46 people, September – November so far. 1 person left earlier."
    assert pages.run_source(months, later, earlier=0) == "46 people, September – November."


@pytest.mark.parametrize(("voice", "is_said"), [("unverified", True), ("former_customer", False)])
def test_words_from_an_address_that_nobody_checked_say_so(client, recorded, voice, is_said):
    (somebody,) = recorded(entry("7"))
    sign_in(client)
    told = {"reasons": {"codes": ["A2"], "other": ""}, "words": "I waited an hour."}
    answer(from_template("exit", slug="bye"), told, person_id=somebody.id, voice=voice)
    page = client.get(f"/people/{somebody.id}").text
    assert "I waited an hour." in page
    assert ("address not checked" in page) is is_said
