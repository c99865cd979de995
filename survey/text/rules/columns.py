"""Which column of a file is the text, and what the cells beside it mean."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from survey.foundation.errors import Refused
from survey.text.rules.values import AsksFor

WELL_KNOWN = {
    **dict.fromkeys(
        ("text", "comment", "comments", "answer", "answers", "verbatim", "verbatims", "freetext", "words", "feedback",
         "review", "message", "remark", "remarks", "opinion"),
        "text",
    ),
    **dict.fromkeys(("label", "truth", "humansentiment"), "label"),
    **dict.fromkeys(("language", "lang", "locale"), "language"),
    "role": "role",
    "rating": "rating",
    "score": "rating",
}  # fmt: skip
LABELS = {
    **dict.fromkeys(("negative", "neg", "bad", "unhappy"), "negative"),
    **dict.fromkeys(("neutral", "neu", "none", "nosignal", "no signal"), "neutral"),
    **dict.fromkeys(("mixed", "both", "conflict"), "mixed"),
    **dict.fromkeys(("positive", "pos", "good", "happy"), "positive"),
}
ROLES: Mapping[str, AsksFor] = {
    "improve": "faults", "faults": "faults", "good": "praise", "praise": "praise", "reason": "open", "open": "open",
}  # fmt: skip
FEWEST_WORDS = 2.5
SCALE = re.compile(r"\s*(?P<worst>-?\d+(?:\.\d+)?)\s*\.\.\s*(?P<best>-?\d+(?:\.\d+)?)\s*")


def wordiest(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str | None:
    """The column with the most words a filled cell; None where no column holds sentences."""
    ranked = {column: _words_a_cell(row[column] for row in rows) for column in columns if column}
    best = max(ranked, key=lambda column: ranked[column], default=None)
    return best if best is not None and ranked[best] >= FEWEST_WORDS else None


def _words_a_cell(cells: Iterable[str]) -> float:
    filled = [len(cell.split()) for cell in cells if cell.strip()]
    return sum(filled) / len(filled) if filled else 0.0


def label(cell: str) -> str | None:
    """The sentiment that a person’s label means, of negative, neutral, mixed and positive; None for any other word."""
    return LABELS.get(cell.strip().casefold())


def rating_scale(words: str) -> Callable[[str], float | None]:
    """Return what turns a cell into a rating from -1 to 1, for a scale “worst..best” such as “1..5” or, reversed, “5..1”.

    A cell that is no number, or off the scale, is None: no opinion. Raises Refused where the words are no scale.
    """
    found = SCALE.fullmatch(words)
    worst, best = (float(found["worst"]), float(found["best"])) if found else (0.0, 0.0)
    if worst == best:
        raise Refused(
            f"“{words}” is no scale. Write the worst and the best value, such as 1..5, or 5..1 where 1 is best."
        )

    return between(worst, best)


def between(worst: float, best: float) -> Callable[[str], float | None]:
    """Return what turns a cell into a rating from -1 to 1, for a scale with these ends."""

    def rating(cell: str) -> float | None:
        try:
            value = 2 * (float(cell) - worst) / (best - worst) - 1
        except ValueError:
            return None
        return value if math.isfinite(value) and -1 <= value <= 1 else None

    return rating


def ends(cells: Iterable[str]) -> tuple[float, float]:
    """The worst and the best value of a column of scores whose scale nobody named.

    -1 to 1 where all lie there, else 5 to 1, as the grades of patients' surveys are.
    """
    inside = between(-1, 1)
    return (-1.0, 1.0) if all(inside(cell) is not None for cell in cells if cell.strip()) else (5.0, 1.0)


def asks_for(cell: str) -> AsksFor:
    """What a question asks for, by the word for its role: improve, good, reason or open; open for any other word."""
    return ROLES.get(cell.strip().casefold(), "open")
