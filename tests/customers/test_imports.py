"""People read in from the browser: the same as by the command."""

import pytest
from sqlalchemy import func, select

from survey.customers.models import Lifetime, Person
from survey.departures.models import Departure
from survey.foundation.db import db
from survey.foundation.imports.models import ImportReject
from tests.customers.test_commands import FILE
from tests.factories.people import sign_in
from tests.factories.uploads import hand_in, page_of, press, read_in, say, tried, work

START = "/people/import"


@pytest.fixture
def staff(client):
    sign_in(client, "staff")
    return client


def _count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def _people():
    db.session.rollback()
    stays = (Lifetime.started_on, Lifetime.ended_on, Lifetime.plan, Lifetime.value_minor, Lifetime.currency)
    rows = db.session.execute(
        select(Person.external_id, Person.name, *stays).join(Lifetime).order_by(Person.external_id)
    )
    return [tuple(row) for row in rows]


def test_a_list_is_seen_first_and_then_read(staff):
    path = tried(staff, START, FILE, as_of="2026-09-30", column_5="@group")
    page = staff.get(path).text
    assert "3 of 6 rows can be read in" in page
    assert "“x” is not a number of months" in page
    assert "city: Bern" in page
    assert _count(Person) == 0
    press(staff, path, "read")
    work(staff)
    assert (_count(Person), _count(Departure), _count(ImportReject)) == (3, 2, 3)
    assert "3 of 6 rows were read in" in staff.get(path).text
    assert db.session.scalar(select(Person.segments).where(Person.external_id == "1")) == {"city": "Bern"}


def test_the_browser_stores_what_the_command_stores(app, staff, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(FILE, encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["customers", "import", str(path), "--as-of", "2026-09-30"])
    assert "3 people: 3 new" in done.output
    by_command = _people()
    page = staff.get(read_in(staff, START, FILE, as_of="2026-09-30")).text
    assert "Here already: nothing was new" in page
    assert _people() == by_command


def test_who_is_known_and_who_is_new_is_said_before(staff):
    read_in(staff, START, "id,name\n1,Ada\n2,Ben\n")
    page = staff.get(tried(staff, START, "id,name\n2,Ben B\n3,Cy\n3,Cy\n")).text
    assert "All 3 rows can be read in" in page
    assert "brought up to date" in page
    assert _people()[1][1] == "Ben"


def test_days_and_words_for_left_are_as_somebody_says(staff):
    content = "id;start date;state\n1;03/04/2026;gone\n2;25/04/2026;here\n"
    read_in(staff, START, content, column_2="status", left="gone, away", as_of="2026-09-30", dates="dmy")
    assert [(row[0], str(row[2]), str(row[3])) for row in _people()] == [
        ("1", "2026-04-03", "2026-09-30"),
        ("2", "2026-04-25", "None"),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"column_0": ""}, "a customer number or an e-mail address"),
        ({"column_1": "external_id"}, "given to two columns"),
        ({"as_of": "yesterday"}, "A day is written as"),
        ({"currency": "much"}, "is not a currency"),
    ],
)
def test_what_makes_no_sense_is_said(staff, changes, words):
    answer = say(staff, page_of(staff, START, "id,b\n1,2\n"), **changes)
    assert answer.status_code == 422
    assert words in answer.text


def test_lines_of_json_are_no_people(staff):
    assert "Lines of JSON hold answers" in hand_in(staff, START, '{"answers": {}}\n').text


def test_viewers_read_nobody_in(client):
    sign_in(client, "viewer")
    assert client.get(START).status_code == 403
