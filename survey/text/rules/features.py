"""What the sentiment model sees of a comment: the shape of its lean, and its words and pairs of words.

Training and reading both ask here, so that they cannot drift apart.
"""

import math
from collections.abc import Collection

from survey.text.rules.plain import taken_apart
from survey.text.rules.sentiment import Lean

SHAPE = (
    "score", "strength", "best part", "worst part", "both ways", "no signal", "contrast", "length",
    "question", "exclamation", "first part", "last part",
)  # fmt: skip
NUMBER, BEGINS, ENDS = "#", "^", "$"


def shape(found: Lean, text: str) -> tuple[float, ...]:
    """The features of SHAPE, in its order."""
    best, worst = max(found.parts, default=0.0), -min(found.parts, default=0.0)
    return (
        found.score,
        abs(found.score),
        max(best, 0.0),
        max(worst, 0.0),
        2 * max(min(best, worst), 0.0),
        float(not found.signal_words),
        float(found.contrasts),
        math.log1p(sum(len(clause.keys) for clause in taken_apart(text))) / 3,
        float("?" in text),
        float("!" in text),
        found.parts[0] if found.parts else 0.0,
        found.parts[-1] if found.parts else 0.0,
    )


def terms(text: str, own_names: Collection[str] = ()) -> dict[str, int]:
    """How often each word and pair of words stands in normalised text; numbers are alike, clauses begin and end.

    Own names are left out: they say nothing about us.
    """
    found: dict[str, int] = {}
    for clause in taken_apart(text):
        before = BEGINS
        for key in clause.keys:
            if key != "," and key not in own_names:
                word = NUMBER if key[0].isdigit() else key
                pair = f"{before} {word}"
                found[word] = found.get(word, 0) + 1
                found[pair] = found.get(pair, 0) + 1
                before = word
        last = f"{before} {ENDS}"
        found[last] = found.get(last, 0) + 1
    return found
