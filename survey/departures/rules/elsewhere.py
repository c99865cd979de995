"""Better value elsewhere: how many customers say so, where, and whether the warning came true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.foundation.language import gettext as _
from survey.foundation.text import fold
from survey.results.rules.comparisons import Change, share_change
from survey.results.rules.metrics import Metric, share

KEY, WHERE = "better_value", "where"
YES, NO, NOT_SURE = "yes", "no", "not-sure"
FEWEST = 5  # of fewer people no share is told


@dataclass(frozen=True)
class Said:
    """So many people said this last; whether they are customers now, and whether they left after they had said it."""

    value: str
    is_customer: bool
    left_later: bool
    people: int


@dataclass(frozen=True)
class Elsewhere:
    """Customers of now by what they said, and of all who said yes or no how many left later."""

    customers: Mapping[str, int]
    yes: Metric
    left: Mapping[str, tuple[int, int]]  # value -> left later, of so many
    change: Change

    @property
    def asked(self) -> int:
        """How many customers of now have answered."""
        return sum(self.customers.values())

    def left_share(self, value: str) -> Metric:
        """The share of those who said this that left later."""
        return share(*self.left.get(value, (0, 0)))


def elsewhere(said: Sequence[Said]) -> Elsewhere:
    """Count what was said; every person stands in it once, by their last answer."""
    customers: dict[str, int] = {}
    left: dict[str, tuple[int, int]] = {}
    for one in said:
        if one.is_customer:
            customers[one.value] = customers.get(one.value, 0) + one.people
        gone, all_ = left.get(one.value, (0, 0))
        left[one.value] = gone + one.people * one.left_later, all_ + one.people
    yes = share(customers.get(YES, 0), sum(customers.values()))
    change = share_change(*left.get(YES, (0, 0)), *left.get(NO, (0, 0)))
    return Elsewhere(customers, yes, left, change)


def verdict(found: Elsewhere) -> str:
    """Say whether those who said yes left more often than those who said no."""
    if min(found.left.get(YES, (0, 0))[1], found.left.get(NO, (0, 0))[1]) < FEWEST:
        return _("Too few have said yes or no to compare whether they left.")
    if found.change.verdict == "more":
        return _("Who said yes left more often: the warning came true.")
    if found.change.verdict == "less":
        return _("Who said yes left less often than who said no.")
    return _("No clear difference yet between who said yes and who said no.")


def places(named: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """Put together what was written alike but for case and blanks; most people first, by the spelling that most used."""
    together: dict[str, list[tuple[int, str]]] = {}
    for words, n in named.items():
        together.setdefault(fold(words) or words, []).append((n, words))
    added = [(max(own)[1], sum(n for n, _words in own)) for own in together.values()]
    return sorted(added, key=lambda one: (-one[1], one[0]))[:most]
