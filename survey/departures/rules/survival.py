"""How long it takes until something happens, where some still wait: Kaplan and Meier 1958.

Those who still wait are counted as waiting, not left out: a middle of those alone who were reached would flatter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from survey.foundation.intervals import Z


@dataclass(frozen=True)
class Spell:
    """How long somebody has waited so far, and whether that was the end of it; `n` people who waited alike."""

    time: float
    has_ended: bool
    n: int = 1


@dataclass(frozen=True)
class Step:
    """The share that still waits after a time, with Greenwood's sum for its error, and how many waited until then."""

    time: float
    share: float
    error: float  # the square root of Greenwood's sum: the standard error of log(share)
    at_risk: int
    ended: int


@dataclass(frozen=True)
class Median:
    """The time after which half no longer wait, with its 95 % interval; None: not reached yet."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    ended: int


def survival(spells: Iterable[Spell]) -> list[Step]:
    """Return the share that still waits after each time at which somebody’s wait ended."""
    waits = sorted(spells, key=lambda spell: spell.time)
    steps, share, greenwood, at_risk = [], 1.0, 0.0, sum(spell.n for spell in waits)
    index = 0
    while index < len(waits):
        same = _same(waits, index)
        ended = sum(spell.n for spell in same if spell.has_ended)
        if ended:
            share *= 1 - ended / at_risk
            greenwood += ended / (at_risk * (at_risk - ended)) if at_risk > ended else float("inf")
            steps.append(Step(waits[index].time, share, sqrt(greenwood), at_risk, ended))
        at_risk -= sum(spell.n for spell in same)
        index += len(same)
    return steps


def _same(waits: Sequence[Spell], index: int) -> Sequence[Spell]:
    end = index
    while end < len(waits) and waits[end].time == waits[index].time:
        end += 1
    return waits[index:end]


def median(spells: Iterable[Spell]) -> Median:
    """Return the time after which half no longer wait.

    The interval is that of Brookmeyer and Crowley 1982 on the scale log(−log), as R’s `survfit(conf.type="log-log")` has it.
    """
    known = list(spells)
    steps = survival(known)
    limits = [_limits(step) for step in steps]
    return Median(
        value=_first(steps, [step.share for step in steps]),
        low=_first(steps, [low for low, _high in limits]),
        high=_first(steps, [high for _low, high in limits]),
        n=sum(spell.n for spell in known),
        ended=sum(spell.n for spell in known if spell.has_ended),
    )


def _limits(step: Step) -> tuple[float, float]:
    if step.share <= 0.0:
        return 0.0, 0.0
    if step.share >= 1.0:
        return 1.0, 1.0
    spread = Z * step.error / abs(log(step.share))
    inner = log(-log(step.share))
    return _back(inner + spread), _back(inner - spread)


def _back(inner: float) -> float:
    return exp(-exp(inner))


def _first(steps: Sequence[Step], shares: Sequence[float]) -> float | None:
    return next((step.time for step, share in zip(steps, shares, strict=True) if share <= 0.5), None)
