"""Two records of one person: what of each is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from survey.customers.rules.stays import Stay
from survey.foundation.language import lazy_gettext

# What is known of somebody and can be only one thing, by what it is called.
KEPT: Mapping[str, str] = {
    "name": lazy_gettext("Name"),
    "external_id": lazy_gettext("Number"),
    "email": lazy_gettext("E-mail"),
    "phone": lazy_gettext("Telephone"),
    "language": lazy_gettext("Language"),
    "time_zone": lazy_gettext("Time zone"),
}


class Record(Protocol):
    """What is known of a person."""

    segments: Any


def kept_values(kept: Record, gone: Record) -> dict[str, Any]:
    """Return what is known afterwards: what the record that stays says, and where it says nothing, what the other says."""
    values = {name: getattr(kept, name) or getattr(gone, name) for name in KEPT}
    return values | {"segments": {**gone.segments, **kept.segments}}


def in_order(stays: Sequence[Stay]) -> list[int]:
    """Return the indexes of stays by when they were: the first to begin first, one that goes on last."""

    def when(index: int) -> tuple[date, date]:
        stay = stays[index]
        ended_on = stay.ended_on or date.max
        return ended_on, stay.started_on or date.min

    return sorted(range(len(stays)), key=when)
