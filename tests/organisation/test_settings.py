"""The settings page, and the mark."""

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from survey.access.queries import newest_audit
from survey.foundation.db import db
from survey.organisation.models import Organisation
from survey.organisation.queries import organisation, today
from survey.organisation.rules import Settings
from tests.factories.people import csrf_token, sign_in, submit
from tests.organisation.test_rules import PICTURES

PAGE = "/settings"
FILLED = {
    "name": "Corner shop", "accent": "#7a1f5c", "time_zone": "Pacific/Auckland", "language": "de", "languages": ["en", "de"],
    "currency": "chf", "postal_address": "1 High Street\nTown", "minimum_scores": "6", "minimum_comments": "9", "promised_hours": "24",
    "letter_limit": "4", "letter_days": "60",
}  # fmt: skip


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture
def admin(client):
    """A browser in which an admin is signed in."""
    sign_in(client, "admin")
    return client


def _save(client, **fields):
    return submit(client, PAGE, FILLED | fields)


def _mark(content, name="mark.png"):
    return (io.BytesIO(content), name)


def _save_large(client, size):
    """Send a large picture as ready bytes: the test client would leave a file of its own open."""
    picture = FileStorage(io.BytesIO(PICTURES["image/png"].ljust(size, b"\0")), "mark.png", "mark", "image/png")
    boundary, body = encode_multipart(FILLED | {"mark": picture, "csrf_token": csrf_token(client, PAGE)})
    return client.post(PAGE, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def _stored():
    return db.session.get(Organisation, 1, populate_existing=True)


def test_before_anything_is_set_the_page_shows_the_defaults(admin):
    text = admin.get(PAGE).text
    assert 'value="#0B6B5D"' in text
    assert 'value="Your organisation"' in text
    assert _stored() is None


@pytest.mark.usefixtures("both_databases")
def test_settings_are_stored_as_typed(admin):
    answer = _save(admin)
    assert (answer.status_code, answer.location) == (303, PAGE)
    stored = _stored()
    assert {name: getattr(stored, name) for name in Settings.__dataclass_fields__} == {
        "name": "Corner shop", "accent": "#7A1F5C", "time_zone": "Pacific/Auckland", "language": "de", "languages": ["en", "de"],
        "currency": "CHF", "postal_address": "1 High Street\r\nTown" if "\r" in stored.postal_address else "1 High Street\nTown",
        "minimum_scores": 6, "minimum_comments": 9, "promised_hours": 24, "letter_limit": 4, "letter_days": 60,
    }  # fmt: skip
    assert organisation().name == "Corner shop"
    assert today() is not None


def test_what_was_changed_is_written_down_and_nothing_else(admin):
    _save(admin)
    _save(admin, name="Corner shop & sons")
    _save(admin, name="Corner shop & sons")
    entries = [entry for entry, _ in newest_audit() if entry.what == "changed the settings:"]
    assert [entry.subject for entry in entries][0] == "name"
    assert len(entries) == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("name", " ", "that customers know"), ("name", "n" * 121, "120"), ("accent", "#FFD400", "is too light"),
     ("accent", "red", "such as #0B6B5D"), ("time_zone", "Mars/Olympus", "Not a valid choice"), ("language", "fr", "must be among them"),
     ("language", "xx", "Not a valid choice"), ("languages", [], "must be among them"), ("currency", "€", "three letters"),
     ("minimum_scores", "2", "from 3 to 100"), ("minimum_scores", "101", "from 3 to 100"), ("minimum_scores", "five", "from 3 to 100"),
     ("minimum_comments", "", "from 3 to 100"), ("promised_hours", "0", "from 1 to 720"), ("letter_limit", "31", "from 1 to 30"), ("letter_days", "0", "from 1 to 365"), ("postal_address", "x" * 501, "500")],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(admin, field, value, words):
    answer = _save(admin, **{"name": "Corner shop", field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert "<title>Error: " in answer.text
    assert 'value="24"' in answer.text or field == "promised_hours"
    assert _stored() is None


def test_the_accent_comes_with_the_style_sheet_and_a_new_address(admin):
    before = admin.get(PAGE).text.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
    _save(admin)
    after = admin.get(PAGE).text.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
    assert before != after
    assert "--accent:light-dark(#7A1F5C," in admin.get(after).text


@pytest.mark.parametrize(("kind", "content"), PICTURES.items())
def test_a_mark_is_served_as_what_it_is_and_may_be_kept_for_ever(admin, kind, content):
    assert _save(admin, mark=_mark(content, "mark.svg")).status_code == 303
    address = f"/mark/{_stored().mark_version}"
    assert address in admin.get(PAGE).text
    answer = admin.application.test_client().get(address)
    assert (answer.data, answer.mimetype) == (content, kind)
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("both_databases")
def test_another_mark_has_another_address_and_the_old_one_is_gone(admin):
    _save(admin, mark=_mark(PICTURES["image/png"]))
    first = _stored().mark_version
    _save(admin, mark=_mark(PICTURES["image/gif"]))
    assert _stored().mark_version != first
    assert admin.get(f"/mark/{first}").status_code == 404


def test_a_mark_stays_until_it_is_taken_away(admin):
    _save(admin, mark=_mark(PICTURES["image/png"]))
    assert _save(admin).status_code == 303
    version = _stored().mark_version
    assert version
    assert _save(admin, remove_mark="y").status_code == 303
    assert not _stored().has_mark
    assert admin.get(f"/mark/{version}").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"<svg onload='alert(1)'/>", "not a PNG"), (PICTURES["image/png"].ljust(200_001, b"\0"), "200 kB")],
)  # fmt: skip
def test_a_file_that_is_no_mark_comes_back_with_the_reason(admin, content, words):
    answer = _save(admin, mark=_mark(content))
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Corner shop"' in answer.text
    assert _stored() is None


def test_a_large_file_comes_back_with_the_reason_and_a_huge_one_is_not_read(admin):
    answer = _save_large(admin, 1_500_000)
    assert answer.status_code == 422
    assert "1,500 kB" in answer.text
    assert _save_large(admin, 3_000_000).status_code == 413
    assert _stored() is None


def test_there_is_no_mark_before_one_was_given(client):
    assert client.get("/mark/None").status_code == 404
    assert client.get("/mark/x").status_code == 404


def test_a_hostile_name_is_shown_as_text_everywhere(admin):
    _save(admin, name="<script>alert(1)</script>", postal_address="</textarea><script>alert(2)</script>")
    text = admin.get(PAGE).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
