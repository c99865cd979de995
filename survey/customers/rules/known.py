"""Whom an entry means, of the people whom we know."""

from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from survey.customers.rules.entries import PersonEntry


class Named(Protocol):
    """Somebody with a number, an address, or both (of rows of the database a type checker sees the column alone)."""

    external_id: Any
    email: Any


Somebody = TypeVar("Somebody", bound=Named)


@dataclass
class Known(Generic[Somebody]):
    """The people whom the entries at hand may mean, those made on the way included."""

    by_number: dict[str, Somebody] = field(default_factory=dict)
    by_email: dict[str, list[Somebody]] = field(default_factory=dict)
    by_former_number: dict[str, Somebody] = field(default_factory=dict)
    former_emails: set[str] = field(default_factory=set)

    def add(self, somebody: Somebody) -> None:
        """Know somebody, or what is new about them."""
        if somebody.external_id:
            self.by_number[somebody.external_id] = somebody
        same = self.by_email.setdefault(somebody.email, []) if somebody.email else []
        if somebody not in same:
            same.append(somebody)

    def add_former(self, record: Named, somebody: Somebody) -> None:
        """Know somebody by the number and the address of a record of theirs that was merged."""
        if record.external_id:
            self.by_former_number[record.external_id] = somebody
        same = self.by_email.setdefault(record.email, []) if record.email else []
        if record.email and somebody not in same:
            same.append(somebody)
            self.former_emails.add(record.email)

    def is_former(self, entry: PersonEntry, somebody: Somebody) -> bool:
        """Whether an entry speaks of somebody by a record that was merged: it then says nothing new of who they are."""
        if entry.external_id:
            return somebody.external_id != entry.external_id and entry.external_id in self.by_former_number
        return somebody.email != entry.email and entry.email in self.former_emails

    def meant(self, entry: PersonEntry) -> Somebody | None:
        """Return whom an entry means: by number; else by address, where that person has no other number."""
        if entry.external_id in self.by_number:
            return self.by_number[entry.external_id]
        if entry.external_id in self.by_former_number:
            return self.by_former_number[entry.external_id]
        same = self.by_email.get(entry.email, []) if entry.email else []
        return next((one for one in same if not entry.external_id or not one.external_id), None)
