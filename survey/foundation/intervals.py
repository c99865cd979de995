"""Intervals for proportions and their differences."""

from math import sqrt
from statistics import NormalDist

Interval = tuple[float, float]

Z = NormalDist().inv_cdf(0.975)  # 1.959964: 95 times in 100


def wilson(hits: int, n: int) -> Interval:
    """The 95% interval of a proportion, as fractions; (0, 1) when nobody answered.

    Source: Wilson 1927, (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
    """
    if n <= 0:
        return 0.0, 1.0
    p, square = hits / n, Z * Z
    centre = p + square / (2 * n)
    half = Z * sqrt(p * (1 - p) / n + square / (4 * n * n))
    low, high = (centre - half) / (1 + square / n), (centre + half) / (1 + square / n)
    # At the ends the formula gives p exactly; floating point may miss it by a hair.
    return max(0.0, min(low, p)), min(1.0, max(high, p))


def newcombe(hits_1: int, n_1: int, hits_2: int, n_2: int) -> Interval:
    """The 95% interval of the difference p1 − p2 of two independent proportions, as fractions.

    Source: Newcombe 1998, method 10: the distances to Wilson's limits, squared and added.
    """
    if n_1 <= 0 or n_2 <= 0:
        return -1.0, 1.0
    p_1, p_2 = hits_1 / n_1, hits_2 / n_2
    (low_1, high_1), (low_2, high_2) = wilson(hits_1, n_1), wilson(hits_2, n_2)
    down = sqrt((p_1 - low_1) ** 2 + (high_2 - p_2) ** 2)
    up = sqrt((high_1 - p_1) ** 2 + (p_2 - low_2) ** 2)
    return p_1 - p_2 - down, p_1 - p_2 + up
