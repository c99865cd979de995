"""What is noted of somebody by hand: who they are, that they came back, what they said yes to, where they belong."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from survey.customers.actions import begin_stay, record_all
from survey.customers.models import Account, Standing
from survey.customers.queries import account_named, person, person_by_external_id
from survey.customers.rules import PersonEntry
from survey.departures.queries import departures_of
from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from tests.factories.people import sign_in, submit

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)


@pytest.fixture
def app(sqlite_app):
    return sqlite_app


@pytest.fixture
def ada(app):
    """Somebody who left in May 2024, worth 40 euros."""
    entry = PersonEntry(external_id="A-1", name="Ada", has_left=True, started_on=date(2022, 1, 1), ended_on=date(2024, 5, 1),
                        value_minor=4000, currency="EUR")  # fmt: skip
    write(lambda: record_all([entry], now=NOW, is_history=True))
    return person_by_external_id("A-1").id


@pytest.fixture
def staff(app):
    client = app.test_client()
    sign_in(client, "staff")
    return client


def test_a_return_is_a_second_stay_and_what_the_departure_froze_stays(ada, staff):
    answer = submit(staff, f"/people/{ada}/returned", {"started_on": "2025-02-01", "plan": "Plus", "value": "55"})
    assert answer.status_code == 303, answer.text
    somebody = person(ada)
    assert somebody.standing == Standing.CUSTOMER
    assert [(stay.ordinal, stay.ended_on, stay.value_minor) for stay in somebody.lifetimes] == [
        (1, date(2024, 5, 1), 4000), (2, None, 5500),
    ]  # fmt: skip
    assert departures_of(ada)[0].value_minor == 4000
    assert (
        submit(staff, f"/people/{ada}/edit", {"name": "Ada L.", "value": "70", "started_on": "2025-02-01"}).status_code
        == 303
    )
    assert person(ada).name == "Ada L."
    assert person(ada).latest.value_minor == 7000
    assert departures_of(ada)[0].value_minor == 4000
    with pytest.raises(Refused):
        write(lambda: begin_stay(ada, on=date(2025, 3, 1), plan=None, tier=None, value_minor=None, currency=None))


def test_nobody_returns_before_they_left_or_tomorrow(ada, staff):
    early = submit(staff, f"/people/{ada}/returned", {"started_on": "2024-04-30"})
    late = submit(staff, f"/people/{ada}/returned", {"started_on": "2100-01-01"})
    assert early.status_code == late.status_code == 422
    assert person(ada).standing == Standing.LEFT


def test_a_number_that_somebody_else_has_is_refused_and_what_was_typed_is_kept(ada, staff):
    write(lambda: record_all([PersonEntry(external_id="B-2", name="Bob")], now=NOW, is_history=True))
    answer = submit(staff, f"/people/{ada}/edit", {"name": "Ada King", "external_id": "B-2"})
    assert answer.status_code == 422
    assert "Ada King" in answer.text
    assert "Bob has that number" in answer.text
    assert person(ada).external_id == "A-1"


def test_a_yes_in_person_stands_with_its_words_and_can_be_taken_back(ada, staff):
    said = {"purpose": "win_back", "how": "telephone", "words": "May we ring you in spring?"}
    assert submit(staff, f"/people/{ada}/consents", said).status_code == 303
    (consent,) = person(ada).consents
    assert (consent.purpose, consent.how, consent.words) == ("win_back", "telephone", "May we ring you in spring?")
    assert "May we ring you in spring?" in staff.get(f"/people/{ada}").text
    taken = submit(staff, f"/people/{ada}/consents/{consent.id}/withdraw", page=f"/people/{ada}")
    assert taken.status_code == 303
    db.session.expire_all()
    assert person(ada).consents[0].withdrawn_at is not None
    assert submit(staff, f"/people/{ada}/consents", {**said, "words": " "}).status_code == 422


def test_an_account_adds_up_what_its_present_customers_pay_and_fixes_its_level_on_a_day(ada, staff):
    others = [PersonEntry(external_id=f"C-{n}", value_minor=1000 * n, currency="EUR", plan="Basic") for n in (1, 2)]
    write(lambda: record_all(others, now=NOW, is_history=True))
    for id in (ada, *(person_by_external_id(f"C-{n}").id for n in (1, 2))):
        assert (
            submit(staff, f"/people/{id}/accounts", {"account": "The Kings"}, page=f"/people/{id}").status_code == 303
        )
    kings = account_named("the kings")
    page = staff.get(f"/accounts/{kings.id}").text
    assert "3 people belong" in page
    assert "€30" in page
    assert submit(staff, f"/accounts/{kings.id}", {"name": "The Kings", "tier": "major"}).status_code == 303
    db.session.expire_all()
    fixed = db.session.scalars(select(Account)).one()
    assert fixed.tier == "major"
    assert fixed.tier_fixed_on is not None
    assert "The Kings" in staff.get("/accounts").text
    assert "The Kings" in staff.get(f"/people/{ada}").text


def test_viewers_see_nothing_of_it(ada, app):
    viewer = app.test_client()
    sign_in(viewer, "viewer")
    for page in (
        f"/people/{ada}/edit",
        f"/people/{ada}/returned",
        f"/people/{ada}/merge",
        f"/people/{ada}/consents",
        "/accounts",
    ):
        assert viewer.get(page).status_code == 403, page
