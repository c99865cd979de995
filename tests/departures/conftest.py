from datetime import UTC, date, datetime

import pytest

from survey.customers.actions import record_all
from survey.customers.queries import person_by_external_id
from survey.customers.rules import PersonEntry
from survey.foundation.db import write

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)


@pytest.fixture
def recorded(app):
    """Store people by number; a number with a day left on it, a reason, a value as said."""

    def record(*entries):
        write(lambda: record_all(entries, now=NOW, is_history=True))
        return [person_by_external_id(entry.external_id) for entry in entries]

    return record


def entry(number, left_on=None, reason=None, value=None, currency="EUR", **said):
    return PersonEntry(
        external_id=number,
        has_left=left_on is not None,
        ended_on=left_on,
        reason=reason,
        value_minor=value,
        currency=currency if value is not None else None,
        **{"started_on": date(2024, 1, 15), **said},
    )
