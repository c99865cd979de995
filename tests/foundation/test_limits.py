"""Limits stand on single views."""

from uuid import uuid4

from sqlalchemy import func, select

from survey.foundation.db import db
from survey.foundation.limits import RateCount
from tests.factories.surveys import from_template


def test_a_limited_view_refuses_after_its_limit_and_no_other_view_counts(client):
    survey = from_template()
    statuses = [client.post(f"/s/{survey.slug}/thanks/{uuid4()}").status_code for _ in range(32)]
    assert statuses == [400] * 30 + [429] * 2
    assert client.get(f"/s/{survey.slug}").status_code == 200
    assert db.session.scalar(select(func.count()).select_from(RateCount)) == 1
