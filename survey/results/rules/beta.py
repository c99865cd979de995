"""The incomplete beta function, and what follows from it: binomial tails and Student's t.

Written out here because the standard library stops at the normal distribution and one quantile is no
reason to install a scientific package.
"""

from functools import lru_cache
from math import exp, lgamma, log, log1p, sqrt

TINY = 1e-300
PRECISE = 1e-15
MOST_STEPS = 10_000


def beta_below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for a and b above 0.

    Source: NIST Digital Library of Mathematical Functions 8.17.22, the continued fraction, taken on
    the side of the mean where it converges quickly.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _front(1 - x, b, a) * _fraction(1 - x, b, a)
    return _front(x, a, b) * _fraction(x, a, b)


def _front(x: float, a: float, b: float) -> float:
    return exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz's method: numerator and denominator of the continued fraction, term by term."""
    above, below = 1.0, _not_zero(1 - (a + b) * x / (a + 1))
    below = 1 / below
    total = below
    for m in range(1, MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            below = 1 / _not_zero(1 + term * below)
            above = _not_zero(1 + term / above)
            total *= below * above
        if abs(below * above - 1) < PRECISE:
            break
    return total


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def at_least(hits: float, n: float, p: float) -> float:
    """The chance of at least `hits` of `n` when each comes with chance `p`: a binomial upper tail.

    Source: NIST DLMF 8.17.5. It also takes counts that are not whole, which the dispersion rule needs.
    """
    if hits <= 0:
        return 1.0
    return 0.0 if hits > n else beta_below(p, hits, n - hits + 1)


def two_sided(hits: float, n: float, p: float) -> float:
    """Two-sided mid-P value of `hits` of `n` against `p`: twice the smaller tail, half of the point in it.

    Source: Lancaster 1961; the mid-P value is less timid than the exact one for small counts.
    """
    upper = (at_least(hits, n, p) + at_least(hits + 1, n, p)) / 2
    return min(1.0, 2 * min(upper, 1 - upper))


@lru_cache(maxsize=512)
def t_quantile(degrees: float, confidence: float = 0.95) -> float:
    """The t that a two-sided interval of this confidence needs, for degrees of freedom above 0, whole or not.

    Source: P(|T| < t) = I_y(1/2, degrees/2) with y = t²/(degrees + t²) (NIST DLMF 8.17), halved until exact.
    """
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if beta_below(middle, 0.5, degrees / 2) < confidence:
            low = middle
        else:
            high = middle
    return sqrt(degrees * low / (1 - low))
