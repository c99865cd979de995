"""What is changed anywhere is seen by the very next visit: by another process, by a command, or by hand in SQL."""

from dataclasses import fields, replace

import pytest
from sqlalchemy import text

from survey.foundation.clock import now
from survey.foundation.db import connection, write
from survey.organisation.actions import change
from survey.organisation.queries import organisation
from survey.organisation.rules import Settings
from survey.questionnaires.actions import close, publish, reopen
from survey.questionnaires.queries import survey_by_slug
from tests.conftest import dispose, make_app
from tests.factories.surveys import from_template, hidden

ADDRESS = "/s/spring"


@pytest.fixture
def elsewhere(app):
    """What writes in another app on the same database, as another process would."""
    config = app.extensions["hearback.config"]
    other = make_app(config.instance_path, config.database_url)

    def run(fn):
        with other.app_context():
            write(fn)

    yield run
    dispose(other)


def _close():
    close(survey_by_slug("spring"), now=now())


def _reopen():
    reopen(survey_by_slug("spring"), now=now(), answers=0)


def _publish():
    survey = survey_by_slug("spring")
    survey.draft = {**survey.draft, "title": "A second version"}
    publish(survey, now=now())


def _settings(**changes):
    def run():
        owner = organisation()
        now_set = {field.name: getattr(owner, field.name) for field in fields(Settings)}
        change(replace(Settings(**now_set), **changes), by=None)

    return run


def test_closing_and_opening_again_take_effect_at_once(client, elsewhere):
    from_template()
    form = hidden(client.get(ADDRESS).text)
    for _ in range(3):
        elsewhere(_close)
        assert client.get(ADDRESS).status_code == 410
        assert client.post(ADDRESS, data={**form, "nps": "9"}).status_code == 410
        elsewhere(_reopen)
        assert client.get(ADDRESS).status_code == 200
    assert client.post(ADDRESS, data={**form, "nps": "9"}).status_code == 303


def test_the_next_version_is_shown_at_once(client, elsewhere):
    from_template()
    assert "A second version" not in client.get(ADDRESS).text
    elsewhere(_publish)
    page = client.get(ADDRESS).text
    assert "A second version" in page
    assert hidden(page)["form.version"] == "2"


def test_a_new_name_and_accent_are_shown_at_once(client, elsewhere):
    from_template()
    assert "Blue Heron" not in client.get(ADDRESS).text
    elsewhere(_settings(name="Blue Heron"))
    page = client.get(ADDRESS).text
    assert "Blue Heron" in page
    elsewhere(_settings(accent="#1F4E9E"))
    assert client.get(ADDRESS).text.split("/look/")[1][:30] != page.split("/look/")[1][:30]


def test_what_is_changed_by_hand_in_sql_is_seen_too(client, elsewhere):
    from_template()
    assert client.get(ADDRESS).status_code == 200
    elsewhere(lambda: connection().execute(text("UPDATE survey SET closed_at = created_at WHERE slug = 'spring'")))
    assert client.get(ADDRESS).status_code == 410
