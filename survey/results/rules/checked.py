"""How well the machine reads, from what people said of comments: each of these was a test that it had not seen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from survey.foundation.intervals import Interval, wilson
from survey.text.rules.corrections import Judgement
from survey.text.rules.judging import running_accuracy

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
    """What people’s words say of the machine; `recent` is its share in the last fifty, None where there are not more.

    `by_chance`: only comments that were picked by chance, which flatter nobody.
    """

    right: Rate
    recent: float | None
    lines: Sequence[Line]
    by_chance: bool


def checked(judgements: Sequence[Judgement]) -> Checked:
    """Reckon from comments picked by chance where these are enough, else from all that people looked at, earlier ones first."""
    chance = [one for one in judgements if one.by_chance]
    used = chance if len(chance) >= ENOUGH_BY_CHANCE else judgements
    found = running_accuracy((one.said[0] if one.said else NOTHING, one.is_right) for one in used)
    everything = found.pop("", None)
    right = Rate(everything.right, everything.n) if everything else Rate(0, 0)
    rates = {code: Rate(honest.right, honest.n) for code, honest in found.items()}
    return Checked(right, everything.recent if everything else None, _lines(used, rates), used is chance)


NOTHING = "none"


def _lines(judgements: Sequence[Judgement], found: dict[str, Rate]) -> list[Line]:
    called: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    for one in judgements:
        machine, people = set(one.machine) or {NOTHING}, set(one.said) or {NOTHING}
        called.update(machine)
        agreed.update(machine & people)
    lines = [
        Line(value, Rate(agreed[value], called[value]), found.get(value, Rate(0, 0))) for value in {*called, *found}
    ]
    return sorted(lines, key=lambda line: (line.value == NOTHING, -line.found.n, -line.agreed.n, line.value))
