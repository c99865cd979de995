"""Rows of files as people: one way of reading them, for the command and for the browser."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from survey.customers.actions import Recorded, record_all
from survey.customers.queries import people_meant
from survey.customers.rules import (
    LEFT_WORDS,
    SEGMENT,
    DayOrder,
    Known,
    PersonEntry,
    Reading,
    currency_code,
    day_order,
    entry_of,
    money_words,
)
from survey.foundation.clock import now
from survey.foundation.csv import Row
from survey.foundation.errors import Refused
from survey.foundation.imports.models import ImportFile
from survey.foundation.imports.queries import content_of
from survey.foundation.imports.reader import RowReader
from survey.foundation.jsonl import Entry
from survey.foundation.language import lazy_gettext
from survey.foundation.tables import Table
from survey.organisation.queries import organisation

ROOM = "customers"
DATES = ("started_on", "ended_on")
GROUP = "@group"
NO_TABLE = lazy_gettext("Lines of JSON hold answers. People are read from a table: CSV or a spreadsheet.")


def entry_in(row: Row | Entry, fields: Mapping[str, str], reading: Reading) -> PersonEntry:
    """Return what a row says of a person; raises Refused with the reason where it cannot be taken."""
    if isinstance(row, Entry):
        raise Refused(str(NO_TABLE))
    return entry_of({name: row.cells[column] for column, name in fields.items()}, reading)


def shown_order(table: Table, fields: Mapping[str, str]) -> DayOrder | None:
    """How a file writes its days; it is read for this only where it has any."""
    columns = [column for column, name in fields.items() if name in DATES]
    if not columns:
        return None
    return day_order(row.cells[column] for row in table.rows if isinstance(row, Row) for column in columns)


# ---- what somebody chose in the browser ------------------------------------------------------------------------------


def fields_in(choices: Mapping[str, Any]) -> dict[str, str]:
    """Return which column is which field; one that is kept as a group is called like its column."""
    named = choices["columns"]
    return {column: SEGMENT + column.strip().lower() if name == GROUP else name for column, name in named.items()}


def reading_in(choices: Mapping[str, Any], order: DayOrder | None) -> Reading:
    """Return how the rows are meant; raises Refused where a currency is none."""
    return Reading(
        as_of=date.fromisoformat(choices["as_of"]),
        currency=currency_code(choices.get("currency", "")) or organisation().currency,
        left_words=tuple(choices.get("left") or LEFT_WORDS),
        day_order=order,
    )


def reader_of(file: ImportFile) -> RowReader:
    """Return how the rows of a file are read, tried and stored."""
    fields, content = fields_in(file.choices), content_of(file)
    order = file.choices.get("dates") or (shown_order(content.table(), fields) if content else None)
    reading = reading_in(file.choices, order)
    return RowReader(
        read=lambda row: entry_in(row, fields, reading),
        expect=_expecting(),
        store=lambda entries: _counts(record_all(entries, now=now(), is_history=True)),
        headings=[words for words, _said in SHOWN],
        cells=lambda entry: [said(entry) for _words, said in SHOWN],
    )


SHOWN: Sequence[tuple[str, Callable[[PersonEntry], str]]] = (
    (lazy_gettext("Number"), lambda entry: entry.external_id or ""),
    (lazy_gettext("Name"), lambda entry: entry.name),
    (lazy_gettext("E-mail"), lambda entry: entry.email or ""),
    (lazy_gettext("Telephone"), lambda entry: entry.phone or ""),
    (lazy_gettext("Since"), lambda entry: _day(entry.started_on)),
    (lazy_gettext("Left"), lambda entry: _day(entry.ended_on)),
    (lazy_gettext("Plan"), lambda entry: entry.plan or ""),
    (lazy_gettext("Value"), lambda entry: _value(entry)),
    (lazy_gettext("Level"), lambda entry: entry.tier or ""),
    (lazy_gettext("Reason"), lambda entry: (entry.reason or "")[:80]),
    (lazy_gettext("Groups"), lambda entry: ", ".join(f"{name}: {value}" for name, value in entry.segments.items())),
)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _value(entry: PersonEntry) -> str:
    return "" if entry.value_minor is None else money_words(entry.value_minor, entry.currency)


@dataclass
class Newcomer:
    """Somebody whom an earlier row of the file speaks of first."""

    external_id: str | None
    email: str | None


def _expecting() -> Callable[[Sequence[PersonEntry]], Mapping[str, int]]:
    """Count what storing rows would do: whom we know already, those of earlier rows of the file included."""
    met: Known[Newcomer] = Known()

    def expect(entries: Sequence[PersonEntry]) -> Mapping[str, int]:
        here, new = people_meant(entries), 0
        for entry in entries:
            if not here.meant(entry) and not met.meant(entry):
                new += 1
                met.add(Newcomer(entry.external_id, entry.email))
        return {"new": new, "known": len(entries) - new, **_left(entries)}

    return expect


def _counts(recorded: Sequence[Recorded]) -> Mapping[str, int]:
    novelties = [done.novelty for done in recorded]
    same = {name: novelties.count(name) for name in ("new", "changed", "unchanged")}
    return {**same, **_left([done.entry for done in recorded])}


def _left(entries: Sequence[PersonEntry]) -> Mapping[str, int]:
    left = [entry for entry in entries if entry.has_left]
    return {"left": len(left), "left_without_reason": sum(not entry.reason for entry in left)}
