"""Reads behind two records that become one: everything in the database that points to a person or a stay."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, UniqueConstraint, and_, exists, func, literal, select, union_all

from survey.customers.models import MergedPerson
from survey.foundation.db import db


def kept_for(id: UUID) -> UUID | None:
    """Who a record is now that was merged with another; None where it never was."""
    return db.session.scalar(select(MergedPerson.person_id).where(MergedPerson.id == id))


def pointing_at(table: str) -> Sequence[Column[Any]]:
    """The columns of all rooms that point to rows of a table."""
    keys = [key for one in db.metadata.sorted_tables for key in one.foreign_keys if key.column.table.name == table]
    return sorted((key.parent for key in keys), key=lambda column: (column.table.name, column.name))


def clashes(column: Column[Any], gone: UUID, kept: UUID) -> list[tuple[Column[Any] | None, ColumnElement[bool]]]:
    """Which rows that point to one record cannot point to the other, because that has such a row already.

    With each the column that may be emptied so that the row can stay beside the other; None where there is none.
    """
    found = []
    for together in _once_only(column):
        others = [one for one in together if one is not column]
        theirs = column.table.alias("theirs")
        alike = [theirs.c[one.name] == one for one in others]
        taken = exists().where(theirs.c[column.name] == kept, *alike)
        spare = next((one for one in others if one.nullable), None)
        found.append((spare, and_(column == gone, taken)))
    return found


def _once_only(column: Column[Any]) -> list[list[Column[Any]]]:
    """The sets of columns with this one among them that no two rows may have alike."""
    table = column.table
    assert isinstance(table, Table)  # noqa: S101
    rules = [table.primary_key, *(one for one in table.constraints if isinstance(one, UniqueConstraint))]
    sets = [list(rule.columns) for rule in rules]
    sets += [
        list(index.columns)
        for index in table.indexes
        if index.unique and index.dialect_options["sqlite"]["where"] is None
    ]
    return [own for own in sets if column in own]


def tally(person_id: UUID) -> Mapping[str, int]:
    """How many rows of each table point to somebody, by the table’s name."""
    counts = [
        select(literal(column.table.name).label("name"), func.count().label("n")).where(column == person_id)
        for column in pointing_at("person")
    ]
    added: dict[str, int] = {}
    for name, n in db.session.execute(union_all(*counts)):
        added[name] = added.get(name, 0) + n
    return {name: n for name, n in added.items() if n}
