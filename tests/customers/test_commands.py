import pytest
from sqlalchemy import func, select

from survey.customers.models import Person
from survey.customers.queries import person_by_external_id
from survey.departures.models import Departure
from survey.foundation.db import db

FILE = (
    "\ufeffCustomer ID ,Tenure in Months ,Monthly Charge,Customer Status,Churn Reason ,City \n"
    "1,9,65.6,Stayed,,Bern\n"
    "2,4,-4,Churned,Price too high,Basel\n"
    "3,x,10,Churned,,Bern\n"
    "4,3,10\n"
    ",3,10,Stayed,,\n"
    '5,2,"1,200.50",Churned,,\n'
)


@pytest.fixture
def run(app, tmp_path):
    path = tmp_path / "people.csv"

    def act(content, *options):
        path.write_text(content, encoding="utf-8")
        return app.test_cli_runner().invoke(args=["customers", "import", str(path), "--as-of", "2026-09-30", *options])

    return act


def _count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_every_row_is_stored_or_rejected_with_its_line_and_why(run):
    done = run(FILE)
    assert done.exit_code == 0, done.output
    assert "6 rows in the file = 3 stored + 3 rejected." in done.output
    assert "line 4: rejected: “x” is not a number of months" in done.output
    assert "line 5: rejected: 3 cells where the header has 6" in done.output
    assert "line 6: rejected: neither a customer number nor an e-mail address" in done.output
    assert "3 people: 3 new, 0 changed, 0 unchanged." in done.output
    assert "2 departed as of 2026-09-30, 1 of them without a reason." in done.output
    assert "1 negative values, kept as they are." in done.output
    assert (_count(Person), _count(Departure)) == (3, 2)
    assert person_by_external_id("5").latest.value_minor == 120050


def test_the_same_file_again_changes_nothing(run):
    run(FILE)
    done = run(FILE)
    assert "3 people: 0 new, 0 changed, 3 unchanged." in done.output
    assert (_count(Person), _count(Departure)) == (3, 2)


def test_columns_are_mapped_and_other_words_for_left_are_taken(run):
    done = run(FILE, "--map", "city=segment.city", "--departed", "stayed", "--currency", "CHF")
    assert "1 departed" in done.output
    somebody = person_by_external_id("1")
    assert (somebody.segments, somebody.latest.currency) == ({"city": "Bern"}, "CHF")


def test_days_that_can_be_two_are_read_as_the_file_shows_them(run):
    head = "id,start date\n1,03/04/2026\n"
    assert "line 2: rejected: “03/04/2026” can be two days" in run(head + "2,2026-01-01\n").output
    assert "2 stored" in run(head + "2,25/04/2026\n").output
    assert person_by_external_id("1").latest.started_on.isoformat() == "2026-04-03"


def test_an_owner_may_say_how_days_are_written(run):
    assert "1 stored" in run("id,start date\n1,03/04/2026\n", "--dates", "mdy").output
    assert person_by_external_id("1").latest.started_on.isoformat() == "2026-03-04"


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        ("", (), "The file is empty."),
        ("name\nAda\n", (), "No column holds a customer number or an e-mail address"),
        ("id\n1\n", ("--map", "nope=value"), "There is no column “nope”"),
        ("id\n1\n", ("--map", "id=nope"), "There is no field “nope”"),
        ("id\n1\n", ("--currency", "much"), "not a currency"),
        ("id,email\n1,x\n", (), "No row could be stored."),
    ],
)
def test_what_cannot_be_done_is_said_and_fails(run, content, options, words):
    done = run(content, *options)
    assert done.exit_code != 0
    assert words in done.output


def test_more_rows_than_one_chunk_are_all_stored(run):
    rows = "".join(f"{number},left\n" for number in range(1201))
    done = run("id,status\n" + rows)
    assert "1,201 people: 1,201 new" in done.output
    assert _count(Departure) == 1201
