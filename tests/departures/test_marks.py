"""What was marked on the time line stands on the run of months too."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from survey.departures.pages import run_events, run_marks
from survey.foundation.db import write
from survey.results.actions.marks import Marked, add_mark, remove_mark
from tests.departures.conftest import entry
from tests.factories.people import sign_in

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
MONTHS = [(date(2025 if month > 10 else 2026, month, 1), 0) for month in (11, 12, *range(1, 11))]


@pytest.fixture
def app(lean_app):
    """What is shown does not depend on the database."""
    return lean_app


def mark(day, words, kind="competitor"):
    return write(lambda: add_mark(Marked(day, kind, words, None), by=None, now=NOW))


@time_machine.travel(NOW, tick=True)
def test_marks_stand_in_the_picture_and_below_it(client, recorded):
    recorded(entry("p1", date(2026, 9, 3)), entry("p2", date(2026, 4, 3)))
    mark(date(2026, 9, 16), "Another gym opens by the station")
    mark(date(2025, 10, 31), "Long before the run")
    gone = mark(date(2026, 8, 1), "Taken off again")
    write(lambda: remove_mark(gone.id, by=None, now=NOW))
    sign_in(client, "staff")
    page, picture = client.get("/lost").text, client.get("/lost/trend.svg").text
    below = page.partition("What happened meanwhile")[2]
    assert "Another gym opens by the station" in below
    assert "16 September, competitor" in below
    assert "Another gym opens by the station" in picture
    for text in (page, picture):
        assert "Long before the run" not in text
        assert "Taken off again" not in text


def test_a_mark_stands_at_its_day_among_the_columns(app):
    for day in (date(2025, 11, 1), date(2026, 2, 15), date(2026, 10, 31)):
        mark(day, f"On {day}")
    first, middle, last = (at for at, _ in run_events(run_marks(MONTHS), MONTHS))
    assert 0 < first < 1 / 30
    assert middle == pytest.approx(3 + 14.5 / 28)
    assert 12 - 1 / 31 < last < 12
