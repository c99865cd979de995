"""Trying a version of the reader: what would change, counted batch by batch before anything does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EXAMPLES = 12


@dataclass(frozen=True)
class Compared:
    """One comment as it stands and as the other version reads it. `is_own`: a person has decided, and it stays."""

    comment_id: str
    was: tuple[str, ...]
    now: tuple[str, ...]
    sentiment_was: str | None
    sentiment_now: str
    text_hash: str = ""
    is_own: bool = False
    may_be_shown: bool = True

    @property
    def changes(self) -> bool:
        """Whether it gets other reasons or another sentiment."""
        return not self.is_own and (set(self.was) != set(self.now) or self.sentiment_was != self.sentiment_now)


@dataclass(frozen=True)
class Trial:
    """What was found so far; every field adds up over batches."""

    compared: int = 0
    own: int = 0
    change: int = 0
    gain: int = 0
    lose: int = 0
    moods: int = 0
    before: Mapping[str, int] | None = None
    after: Mapping[str, int] | None = None
    examples: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Trial":
        """The trial that a document holds."""
        return cls(**document)

    @property
    def codes(self) -> list[tuple[str, int, int]]:
        """How many comments have each reason before and after, those that move most first."""
        before, after = self.before or {}, self.after or {}
        rows = [(code, before.get(code, 0), after.get(code, 0)) for code in {*before, *after}]
        return sorted(rows, key=lambda row: (-abs(row[2] - row[1]), row[0]))


def added(so_far: Trial, batch: Iterable[Compared]) -> Trial:
    """The trial with another batch in it."""
    rows = list(batch)
    read = [one for one in rows if not one.is_own]
    changing = [one for one in read if one.changes]
    examples = {str(one["text_hash"]): one for one in so_far.examples}
    for one in changing:
        if one.may_be_shown:
            examples.setdefault(one.text_hash or one.comment_id, _example(one))
    return Trial(
        compared=so_far.compared + len(rows),
        own=so_far.own + len(rows) - len(read),
        change=so_far.change + len(changing),
        gain=so_far.gain + sum(bool(one.now and not one.was) for one in read),
        lose=so_far.lose + sum(bool(one.was and not one.now) for one in read),
        moods=so_far.moods + sum(one.sentiment_was != one.sentiment_now for one in read),
        before=_counted(so_far.before, (one.was for one in read)),
        after=_counted(so_far.after, (one.now for one in read)),
        examples=list(examples.values())[:EXAMPLES],
    )


def _example(one: Compared) -> dict[str, Any]:
    moods = [one.sentiment_was, one.sentiment_now] if one.sentiment_was != one.sentiment_now else []
    text_hash = one.text_hash or one.comment_id
    return {
        "comment": one.comment_id,
        "text_hash": text_hash,
        "was": list(one.was),
        "now": list(one.now),
        "moods": moods,
    }


def _counted(so_far: Mapping[str, int] | None, lists: Iterable[tuple[str, ...]]) -> dict[str, int]:
    found = dict(so_far or {})
    for codes in lists:
        for code in codes:
            found[code] = found.get(code, 0) + 1
    return found
