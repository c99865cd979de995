"""Which words one group of comments uses more than others: log-odds with an informative Dirichlet prior.

Source: Monroe, Colaresi & Quinn 2008, “Fightin’ Words”. Comments are counted, not words: who repeats a word counts once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

PRIOR_SCALE = 0.05  # how much of all comments stands behind every group before it has said anything
CLEAR_Z = 1.96
FEWEST_COMMENTS = 5


@dataclass(frozen=True, slots=True)
class Key:
    """A word by its stems, in how many comments of this group and of the others it is, and how clearly that differs.

    `log_odds` above 0: this group says it more. `z` is that difference in units of its own uncertainty.
    """

    key: str
    here: int
    there: int
    log_odds: float
    z: float


def keyness(
    here: Mapping[str, int],
    there: Mapping[str, int],
    n_here: int,
    n_there: int,
    *,
    background: Mapping[str, int] | None = None,
    n_background: int | None = None,
) -> list[Key]:
    """The words that one group uses clearly more or less than the other, clearest first.

    Both give word -> comments that have it, beside the number of comments. The background is what everybody says, by
    default the two groups together. Words of fewer than five comments tell nothing.
    """
    usual, n_usual = (background, n_background) if background and n_background else (None, n_here + n_there)
    if not n_here or not n_there:
        return []
    found: list[Key] = []
    for key in here.keys() | there.keys():
        a, b = here.get(key, 0), there.get(key, 0)
        if a + b < FEWEST_COMMENTS:
            continue
        known = usual.get(key, a + b) if usual is not None else a + b
        one = _key(key, a, b, n_here, n_there, PRIOR_SCALE * known, PRIOR_SCALE * n_usual)
        if abs(one.z) >= CLEAR_Z:
            found.append(one)
    return sorted(found, key=lambda one: (-abs(one.z), one.key))


def _key(key: str, here: int, there: int, n_here: int, n_there: int, prior: float, prior_all: float) -> Key:
    a, b = here + prior, there + prior
    without_a, without_b = n_here + prior_all - a, n_there + prior_all - b
    difference = log(a / max(without_a, prior)) - log(b / max(without_b, prior))
    return Key(key, here, there, difference, difference / sqrt(1 / a + 1 / b))


def is_new(key: Key, n_here: int, n_there: int) -> bool:
    """Whether a word is new here rather than merely more frequent: it was said before at most a quarter as often."""
    return key.z >= CLEAR_Z and key.here >= FEWEST_COMMENTS and 4 * key.there * n_here <= key.here * n_there
