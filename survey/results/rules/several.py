"""Several comparisons at once: how surprising each is by itself, and which hold when all are looked at together."""

from math import erfc, exp, lgamma, log, sqrt

from survey.results.rules.comparisons import CHANCE
from survey.text.rules.themes import z_of_change

CLEAR = CHANCE


def chance_of_z(z: float) -> float:
    """The two-sided p value of a z."""
    return erfc(abs(z) / sqrt(2))


def chance_of_shares(hits: int, n: int, others: int, n_others: int) -> float:
    """The two-sided p value of two shares: Fisher's exact test with mid-P, which holds for small groups too.

    Source: Lancaster 1961; mid-P for the hypergeometric tail.
    """
    if hits * n_others < others * n:  # the tail of the larger share is the short one to add up
        hits, others = n - hits, n_others - others
    return chance_of_z(z_of_change(hits, n, others, n_others))


def chance_of_chi_square(value: float, degrees: int) -> float:
    """The chance of a χ² at least so large, for whole degrees of freedom.

    Source: NIST DLMF 8.4.6, 8.4.8 and the recurrence 8.8.6 of the upper incomplete gamma function.
    """
    x, half = value / 2, 0.5 if degrees % 2 else 1.0
    if x <= 0:
        return 1.0
    total = erfc(sqrt(x)) if degrees % 2 else exp(-x)
    while half < degrees / 2:
        total += exp(half * log(x) - x - lgamma(half + 1))
        half += 1
    return min(1.0, total)
