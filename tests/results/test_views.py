"""Saved views: what is kept of an address, who may save and open one."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from survey.foundation.db import db, write
from survey.foundation.errors import NotFound, Refused
from survey.results.actions import remove_view, rename_view, save_view
from survey.results.models import SavedView
from survey.results.queries.views import saved_views
from tests.factories.counted import NOW, TODAY, answer, make_survey
from tests.factories.people import sign_in, submit

PAGE = "/surveys/autumn/results"


@pytest.fixture
def app(sqlite_app):
    """What these pages read is tested on both databases elsewhere; how they say it does not depend on the database."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _save(survey, name="Each week", address=None):
    return write(lambda: save_view(survey, name, address or {"period": "this-month"}, by=None, now=NOW)).id


def _text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(page)))


def test_a_name_stands_for_one_view_of_a_survey(app):
    autumn, winter = make_survey("autumn"), make_survey("winter")
    id = _save(autumn)
    _save(winter)
    other = _save(autumn, "  Bad \n words ", {"sentiment": "negative"})
    assert [(one.name, one.address) for one in saved_views(autumn.id)] == [
        ("Bad words", {"sentiment": "negative"}),
        ("Each week", {"period": "this-month"}),
    ]
    with pytest.raises(Refused, match="already"):
        _save(autumn)
    with pytest.raises(Refused, match="already"):
        write(lambda: rename_view(other, "Each week"))
    write(lambda: rename_view(id, "Each week"))  # as it was
    for empty in ("", " \n "):
        with pytest.raises(Refused, match="name"):
            _save(autumn, empty)


def test_a_view_goes_without_a_trace(app):
    survey = make_survey()
    id = _save(survey)
    write(lambda: remove_view(id))
    assert saved_views(survey.id) == []
    for act in (lambda: remove_view(id), lambda: rename_view(uuid4(), "x")):
        with pytest.raises(NotFound):
            write(act)


def test_the_team_saves_the_present_view_and_finds_it_again(client):
    survey = make_survey()
    for day in (TODAY, TODAY - timedelta(days=40)):
        answer(survey, {"nps": 9, "why": "Good people"}, on=day)
    sign_in(client, "staff")
    page = client.get(f"{PAGE}?period=this-month&by=week").text
    fields = dict(re.findall(r'<input type="hidden" name="(period|by|voice|sentiment)" value="([^"]*)">', page))
    assert fields == {"period": "this-month", "by": "week"}
    done = submit(client, f"{PAGE}/views", {"name": "This month", **fields}, page=f"{PAGE}?period=this-month")
    assert done.status_code == 303
    assert done.headers["Location"] == f"{PAGE}?period=this-month&by=week#views"
    page = html.unescape(client.get(PAGE).text)
    [opens] = re.findall(r'<a href="([^"]*)">This month</a>', page)
    assert set(opens.removeprefix(f"{PAGE}?").split("&")) == {"period=this-month", "by=week"}
    assert "Save this view" not in page  # nothing is chosen


def test_only_filters_that_the_page_knows_are_kept(client):
    make_survey()
    sign_in(client)
    typed = {"name": "Odd", "period": "this-month", "slug": "winter", "_external": "1", "endpoint": "x", "lang": "de"}
    assert submit(client, f"{PAGE}/views", typed, page=f"{PAGE}?period=this-month").status_code == 303
    assert [one.address for one in db.session.query(SavedView)] == [{"period": "this-month"}]


def test_a_view_of_a_segment_is_kept_whole(client):
    survey = make_survey()
    answer(survey, {"nps": 9}, segments={"site": "North"})
    sign_in(client)
    page = f"{PAGE}?segment.site=North&channel=link"
    typed = {
        "name": "North",
        **dict(
            re.findall(r'<input type="hidden" name="(segment.site|channel)" value="([^"]*)">', client.get(page).text)
        ),
    }
    assert submit(client, f"{PAGE}/views", typed, page=page).status_code == 303
    [kept] = db.session.query(SavedView)
    assert kept.address == {"segment.site": "North", "channel": "link"}
    assert client.get(f"/views/{kept.id}/weekly").status_code == 200


@pytest.mark.parametrize("senseless", [{"period": "whenever"}, {"by": "year"}, {"sentiment": "x"}, {"voice": "x"}])
def test_what_makes_no_sense_is_refused_in_words(sqlite_app, senseless):
    make_survey()
    client = sqlite_app.test_client()
    sign_in(client)
    done = submit(client, f"{PAGE}/views", {"name": "Odd", **senseless}, page=f"{PAGE}?period=this-month")
    assert done.status_code == 400
    assert "Choose" in done.text or "Ask for one of" in done.text
    assert db.session.query(SavedView).count() == 0


def test_a_name_that_is_taken_is_said_on_the_page(client):
    _save(make_survey())
    sign_in(client)
    submit(client, f"{PAGE}/views", {"name": "Each week", "period": "last-month"}, page=f"{PAGE}?period=last-month")
    assert "There is a view of that name already." in client.get(PAGE).text


def test_the_team_renames_and_removes(client):
    survey = make_survey()
    id = _save(survey)
    sign_in(client)
    here = f"{PAGE}/views"
    assert "Each week" in client.get(here).text
    assert submit(client, f"/views/{id}/rename", {"name": "On Mondays"}, page=here).headers["Location"] == here
    assert "On Mondays" in client.get(here).text
    submit(client, f"/views/{id}/remove", page=here)
    assert "“On Mondays” is not kept any more." in _text(client.get(here).text)
    assert saved_views(survey.id) == []
    assert client.get("/surveys/winter/results/views").status_code == 404


def test_viewers_open_views_of_groups_and_change_none(client):
    survey = make_survey()
    id = _save(survey)
    _save(survey, "Bad words", {"sentiment": "negative"})
    sign_in(client, "viewer")
    page = client.get(PAGE).text
    assert "Each week" in page
    assert "Bad words" not in page
    assert "Save this view" not in page
    assert client.get(f"{PAGE}/views").status_code == 403
    assert client.post(f"/views/{id}/remove").status_code in (400, 403)


def test_where_only_groups_are_shown_a_view_narrows_to_a_period_alone(client):
    survey = make_survey(privacy="confidential")
    _save(survey)
    _save(survey, "Bad words", {"sentiment": "negative"})
    sign_in(client)
    page = client.get(PAGE).text
    assert "Each week" in page
    assert "Bad words" not in page
