"""The migrations that keep promises: rows that are there survive it, both ways, and anonymous ones lose what told them apart."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import IntegrityError

from survey.foundation.db import db
from tests.conftest import dispose, make_app, new_postgresql_database

BEFORE = "0002"
DAY = "2026-10-20"
MOMENT = "2026-10-20 12:00:00"


@pytest.fixture(params=["sqlite", "postgresql"])
def before(request, tmp_path):
    """An app whose database has the schema before, with answers by personal links to two surveys."""
    if request.param == "sqlite":
        yield from _filled(tmp_path, f"sqlite:///{tmp_path / 'hearback.sqlite3'}")
    else:
        with new_postgresql_database() as url:
            yield from _filled(tmp_path, url)


def _filled(instance, url):
    app = make_app(instance, url)
    try:
        with app.app_context():
            upgrade(revision=BEFORE)
            for number, privacy in enumerate(("identified", "anonymous")):
                _fill(number, privacy)
            yield app
    finally:
        dispose(app)


def _fill(number, privacy):
    is_anonymous = privacy == "anonymous"
    id = {
        name: UUID(int=100 * number + place)
        for place, name in enumerate(("survey", "version", "person", "invitation", "form"), 1)
    }
    _insert("survey", id=id["survey"], slug=privacy, purpose="other", privacy=privacy, is_listed=False, has_public_results=False,
            draft="{}", created_at=MOMENT, changed_at=MOMENT)  # fmt: skip
    _insert("survey_version", id=id["version"], survey_id=id["survey"], number=1, document="{}", published_at=MOMENT)
    _insert("person", id=id["person"], name="Mira", segments="{}", source="import", created_at=MOMENT)
    _insert(
        "invitation",
        id=id["invitation"],
        survey_id=id["survey"],
        person_id=id["person"],
        token_hash=privacy,
        created_at=MOMENT,
    )
    _insert("response", id=UUID(int=100 * number + 50), survey_id=id["survey"], version_id=id["version"], form_id=id["form"],
            is_anonymous=is_anonymous, submitted_on=DAY, channel="mira", voice="former_customer", language="fi",
            segments='{"site": "north"}', answers='{"nps": 9}')  # fmt: skip
    if not is_anonymous:
        _insert("participation", invitation_id=id["invitation"], form_id=id["form"], used_on=DAY)
    _insert("response_draft", form_id=UUID(int=100 * number + 60), survey_id=id["survey"], version_id=id["version"],
            is_anonymous=is_anonymous, language="fi", channel="mira", typed="{}", asked=1, answered=0, began_on=DAY,
            changed_on=DAY)  # fmt: skip


def _insert(table, **values):
    is_sqlite = db.engine.dialect.name == "sqlite"
    given = {name: value.hex if is_sqlite and isinstance(value, UUID) else value for name, value in values.items()}
    places = ", ".join(f":{name}" for name in given)
    with db.engines["write"].begin() as connection:
        connection.execute(sa.text(f"INSERT INTO {table} ({', '.join(given)}) VALUES ({places})"), given)


def _rows(words):
    with db.engine.connect() as connection:
        return connection.execute(sa.text(words)).all()


def test_rows_survive_and_anonymous_ones_lose_what_told_them_apart(before):
    upgrade()
    told = _rows(
        "SELECT is_anonymous, channel, voice, language, CAST(segments AS TEXT), answers ->> 'nps' FROM response ORDER BY id"
    )
    assert [tuple(row)[1:4] for row in told] == [("mira", "former_customer", "fi"), ("link", "unverified", "und")]
    assert [row[4] == "{}" for row in told] == [False, True]
    assert [str(row[5]) for row in told] == ["9", "9"]
    assert len(_rows("SELECT 1 FROM participation WHERE form_id IS NOT NULL AND used_on IS NOT NULL")) == 1
    assert [tuple(row) for row in _rows("SELECT channel, language FROM response_draft ORDER BY form_id")] == [
        ("mira", "fi"),
        ("link", "und"),
    ]


def test_the_way_back_and_forth_again_loses_no_answer(before):
    upgrade()
    downgrade(revision=BEFORE)
    assert len(_rows("SELECT 1 FROM response")) == 2
    assert len(_rows("SELECT 1 FROM participation")) == 1
    upgrade()
    assert len(_rows("SELECT 1 FROM response WHERE NOT is_mixed")) == 2
    assert len(_rows("SELECT 1 FROM participation")) == 1
    with pytest.raises(IntegrityError), db.engines["write"].begin() as connection:
        connection.execute(sa.text("UPDATE response SET voice = 'customer' WHERE is_anonymous"))
