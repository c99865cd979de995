"""What the words of other systems mean: each once, however it is spelled, with how many people gave it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.reasons.rules import recognise, words_key


@dataclass(frozen=True)
class Meant:
    """Words, how they were spelled by how many people, the code chosen for them here, and the one everybody knows them by."""

    key: str
    words: str
    spelled: tuple[tuple[str, int], ...]
    chosen: str | None
    known: str | None

    @property
    def people(self) -> int:
        """How many people gave them as their first reason."""
        return sum(n for _words, n in self.spelled)

    @property
    def code(self) -> str | None:
        """What they are taken to mean."""
        return self.chosen or self.known


def meanings(said: Sequence[tuple[str, int]], chosen: Mapping[str, tuple[str, str]]) -> list[Meant]:
    """Return what was said and what was chosen: what has no code first, then what most people said."""
    together: dict[str, list[tuple[str, int]]] = {key: [] for key in chosen}
    for words, n in said:
        together.setdefault(words_key(words), []).append((words, n))
    found = [_meant(key, spelled, chosen.get(key)) for key, spelled in together.items() if key]
    return sorted(found, key=lambda one: (one.code is not None, -one.people, one.words))


def _meant(key: str, spelled: Sequence[tuple[str, int]], chosen: tuple[str, str] | None) -> Meant:
    most_first = tuple(sorted(spelled, key=lambda one: (-one[1], one[0])))
    words = most_first[0][0] if most_first else chosen[0] if chosen else key
    return Meant(key, words, most_first, chosen[1] if chosen else None, recognise(words))
