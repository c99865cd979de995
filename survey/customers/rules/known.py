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

    def add(self, somebody: Somebody) -> None:
        """Know somebody, or what is new about them."""
        if somebody.external_id:
            self.by_number[somebody.external_id] = somebody
        same = self.by_email.setdefault(somebody.email, []) if somebody.email else []
        if somebody not in same:
            same.append(somebody)

    def meant(self, entry: PersonEntry) -> Somebody | None:
        """Return whom an entry means: by number; else by address, where that person has no other number."""
        if entry.external_id in self.by_number:
            return self.by_number[entry.external_id]
        same = self.by_email.get(entry.email, []) if entry.email else []
        return next((one for one in same if not entry.external_id or not one.external_id), None)
