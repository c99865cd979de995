"""How well the machine reads, from what people said of comments: each of these was a test that it had not seen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.results.rules.intervals import Interval, wilson
from survey.text.rules.corrections import Judgement

FEW = 5  # of fewer no share is told
ENOUGH_BY_CHANCE = 20


@dataclass(frozen=True)
class Rate:
    """How many of how many, with the 95% interval."""

    hits: int
    n: int

    @property
    def share(self) -> float:
        """The share, 0 to 1."""
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> Interval:
        """Wilson’s interval."""
        return wilson(self.hits, self.n)

    @property
    def is_enough(self) -> bool:
        """Whether there are enough for a share."""
        return self.n >= FEW


@dataclass(frozen=True)
class Line:
    """One reason or sentiment: of those that the machine called so, how many people agreed; of people’s, how many it found."""

    value: str
    agreed: Rate
    found: Rate


@dataclass(frozen=True)
class Checked:
    """What people’s words say of the machine. `by_chance`: only comments that were picked by chance, which flatter nobody."""

    right: Rate
    lines: Sequence[Line]
    by_chance: bool


def checked(judgements: Sequence[Judgement]) -> Checked:
    """Reckon from comments picked by chance where these are enough, else from all that people looked at."""
    chance = [one for one in judgements if one.by_chance]
    used = chance if len(chance) >= ENOUGH_BY_CHANCE else judgements
    return Checked(Rate(sum(one.is_right for one in used), len(used)), _lines(used), used is chance)


def _lines(judgements: Iterable[Judgement]) -> list[Line]:
    called: Counter[str] = Counter()
    said: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for one in judgements:
        machine, people = set(one.machine) or {""}, set(one.said) or {""}
        called.update(machine)
        said.update(people)
        both.update(machine & people)
    lines = [
        Line(value, Rate(both[value], called[value]), Rate(both[value], said[value])) for value in {*called, *said}
    ]
    return sorted(lines, key=lambda line: (not line.value, -line.found.n, -line.agreed.n, line.value))
